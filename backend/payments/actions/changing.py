"""What is owed changes (thay đổi khoản thu): another quantity, an exemption, a time limit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.payments.actions.folding import refold
from backend.payments.actions.owing import as_obligation, sum_of
from backend.payments.model.states import LIVE, OWED, PAID, Basis
from backend.payments.model.words import (
    NO_LAST_DAY,
    AlreadyPaid,
    ExemptionDecided,
    NothingDue,
    Obligation,
    ObligationQuoted,
    ObligationRestated,
    Priced,
    priced,
)
from backend.payments.store import attempts, obligations
from backend.payments.store.rows import ObligationRow
from backend.platform import audit, db, outbox
from backend.platform.kit.errors import Unprocessable

_MOST = 200
_CLAIMABLE: frozenset[Basis] = frozenset({"open", "expired"})
_IN_REVIEW: frozenset[Basis] = frozenset({"exemption_review"})


async def restate(dossier: UUID, lines: Sequence[Priced], *, by: str, now: datetime) -> Obligation:
    """Give a paid fee other lines (đổi số lượng): a new version, and the difference.

    What came counts by its sum from now on: a rest is due, a surplus is given back. The earlier
    version is kept. NothingDue where nothing was paid: such a fee is quoted.
    """
    frozen_lines, amount = priced(lines), sum_of(lines)
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or (row.state not in PAID and row.counting == "exact"):
            raise NothingDue
        if row.basis in {"cancelled", "exempt"}:
            raise NothingDue
        basis: Basis = "open" if amount else "nothing_due"
        await obligations.end_version(row, by=by, now=now)
        await obligations.count_sum(row.id)
        await obligations.requote(row.id, basis=basis, amount=amount, lines=frozen_lines)
        await attempts.supersede(row.id)
        await _journal(row, "restate_fee", by=by, amount=amount, now=now)
        changed = replace(row, basis=basis, amount=amount, counting="sum")
        where = await refold(changed, now=now)
        await outbox.emit(ObligationRestated(dossier=dossier, at=now))
        if where.due:
            await outbox.emit(
                ObligationQuoted(
                    dossier=dossier, at=now, unit=row.unit, procedure=row.procedure,
                    amount=where.due,
                )
            )  # fmt: skip
        there = await obligations.get(row.id)
    return as_obligation(there)


async def ask_exemption(dossier: UUID, *, by: str, now: datetime) -> Obligation:
    """Note that an exemption is claimed (đề nghị miễn phí): the fee waits; NothingDue when paid.

    A last day that was given before stays for whoever pays after all.
    """
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or row.basis not in _CLAIMABLE or row.state in PAID:
            raise NothingDue
        await _rebase(row, "exemption_review", until=row.pay_until, now=now)
        await _journal(row, "ask_exemption", by=by, amount=row.amount or 0, now=now)
        return as_obligation(await obligations.get(row.id))


async def grant_exemption(dossier: UUID, *, by: str, now: datetime) -> Obligation:
    """Agree that nobody pays (duyệt miễn phí); what was paid is to be given back."""
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or row.basis not in OWED:
            raise NothingDue
        await attempts.supersede(row.id)
        await _rebase(row, "exempt", until=None, now=now)
        await _journal(row, "grant_exemption", by=by, amount=row.amount or 0, now=now)
        there = await obligations.get(row.id)
        await _tell(row, granted=True, amount=there.paid, until=None, now=now)
    return as_obligation(there)


async def refuse_exemption(
    dossier: UUID, *, until: datetime | None, claimed: bool = True, by: str, now: datetime
) -> Obligation:
    """Refuse an exemption (không miễn): the fee is to be paid until a day; None: it stays paid.

    `claimed` tells whether somebody waits for this: what was paid and never claimed is NothingDue.
    NothingDue; AlreadyPaid for a last day of what was paid meanwhile, Unprocessable for none of
    what was not.
    """
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or not _refusable(row, claimed=claimed):
            raise NothingDue
        paid = row.state in PAID
        if paid and until is not None:
            raise AlreadyPaid
        if not paid and until is None:
            raise Unprocessable(errors=[NO_LAST_DAY])
        await _rebase(row, "open", until=until, now=now)
        await _journal(row, "refuse_exemption", by=by, amount=row.amount or 0, now=now)
        there = await obligations.get(row.id)
        amount = (row.amount or 0) if paid else there.due
        await _tell(row, granted=False, amount=amount, until=until, now=now)
    return as_obligation(there)


def _refusable(row: ObligationRow, *, claimed: bool) -> bool:
    """Tell whether a claim can be refused: it is under review, or its fee was paid all the same."""
    return row.basis in _IN_REVIEW or (claimed and row.basis in OWED and row.state in PAID)


async def end_unpaid(*, now: datetime) -> int:
    """End fees whose time to pay is over (recurring work); money that comes later pays them still.

    One whose attempt may yet succeed waits: that attempt is asked about before it ends.
    """
    ended = 0
    for row in await obligations.run_out(now, most=_MOST):
        if any(one.state in LIVE for one in await attempts.of(row.id)):
            continue
        async with db.transaction():
            locked = await obligations.lock_by_id(row.id)
            if (locked.basis, locked.state) != ("open", "open"):
                continue
            await obligations.rebase(row.id, "expired")
            await _journal(locked, "fee_expired", by="system", amount=locked.due, now=now)
            await refold(replace(locked, basis="expired"), now=now)
            ended += 1
    return ended


async def _rebase(
    row: ObligationRow, basis: Basis, *, until: datetime | None, now: datetime
) -> None:
    await obligations.rebase(row.id, basis)
    await obligations.pay_until(row.id, until)
    await refold(replace(row, basis=basis, pay_until=until), now=now)


async def _tell(
    row: ObligationRow, *, granted: bool, amount: int, until: datetime | None, now: datetime
) -> None:
    await outbox.emit(
        ExemptionDecided(
            dossier=row.dossier, at=now, unit=row.unit, procedure=row.procedure,
            granted=granted, amount=amount, until=until,
        )
    )  # fmt: skip


async def _journal(row: ObligationRow, verb: str, *, by: str, amount: int, now: datetime) -> None:
    await audit.write(
        actor=by,
        verb=verb,
        dossier=row.dossier,
        unit=row.unit,
        facts={"amount": amount, "version": row.version},
        now=now,
    )
