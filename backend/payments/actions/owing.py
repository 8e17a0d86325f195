"""What is owed (nghĩa vụ tài chính): opened, quoted, cancelled, read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from backend.catalogue import Quote
from backend.dossiers import DossierMoved
from backend.payments.actions import health
from backend.payments.actions.adapters import Adapters
from backend.payments.actions.folding import back_of, open_books, paying_facts, refold, stands
from backend.payments.model.states import OWED, PAID, PAYABLE, Basis
from backend.payments.model.words import (
    AlreadyPaid,
    Attempt,
    Bill,
    Kept,
    Line,
    MoneySetAside,
    NextAction,
    NothingDue,
    Obligation,
    ObligationBrief,
    ObligationQuoted,
    ObligationSettled,
    Priced,
    frozen,
    priced,
)
from backend.payments.store import attempts, money, obligations, refunds
from backend.payments.store.rows import AttemptRow, ObligationRow
from backend.platform import audit, db, outbox
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Fault, Unprocessable
from backend.platform.outbox import Event
from backend.platform.settings import Account

_LARGEST = 10**12
_NO_FACTS: tuple[()] = ()
_ENDED_UNSERVED = frozenset({"declined", "withdrawn", "stopped", "expired"})


async def open_for(
    dossier: UUID,
    quote: Quote | None,
    *,
    unit: str,
    procedure: str,
    now: datetime,
    account: Account | None = None,
) -> Obligation | None:
    """Open a dossier's obligation in the caller's transaction; None where no fee is carried.

    Lines, basis and account are frozen here; a second call answers the first one's obligation.
    A unit that has no account yet freezes it with its first transfer.
    """
    if quote is None:
        return None
    lines = frozen(quote.lines)
    row = ObligationRow(
        id=uuid5(dossier, "obligation"),
        dossier=dossier,
        unit=unit,
        procedure=procedure,
        basis=quote.state,
        state=quote.state,
        amount=quote.amount,
        paid=0,
        lines=msgspec.json.encode(lines).decode(),
        bank_bin=account.bank_bin if account else None,
        account=account.account if account else None,
        account_name=account.name if account else None,
        settled_at=now if quote.state == "nothing_due" else None,
        settled_by=None,
        opened_at=now,
        rev=0,
    )
    async with db.transaction():
        if not await obligations.add(row):
            there = await obligations.of(dossier)
            return as_obligation(there) if there else None
        await open_books(row, now=now)
        if row.settled_at:
            await _announce_nothing_due(row, now=now)
    return as_obligation(row)


async def quote_for(
    dossier: UUID, lines: Sequence[Priced], *, by: str, now: datetime
) -> Obligation:
    """Let an officer say how much it is, with its basis (báo phí); an unpaid one may be corrected.

    Attempts under the old amount are put aside; money that came short and fits now settles it.
    """
    frozen_lines, amount = priced(lines), sum_of(lines)
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or row.state in {"cancelled", "exempt"}:
            raise NothingDue
        if row.state not in {"unquoted", "nothing_due", *PAYABLE}:
            raise AlreadyPaid
        basis: Basis = "open" if amount else "nothing_due"
        await obligations.end_version(row, by=by, now=now)
        await obligations.requote(row.id, basis=basis, amount=amount, lines=frozen_lines)
        if amount != row.amount:
            await attempts.supersede(row.id)
        await audit.write(
            actor=by,
            verb="quote",
            dossier=dossier,
            unit=row.unit,
            facts={"amount": amount},
            now=now,
        )
        quoted = replace(row, basis=basis, amount=amount)
        await outbox.emit(
            ObligationQuoted(
                dossier=dossier, at=now, unit=row.unit, procedure=row.procedure, amount=amount
            )
        )
        await refold(quoted, now=now)
        there = await obligations.of(dossier)
    return as_obligation(there or quoted)


def sum_of(lines: Sequence[Priced]) -> int:
    """Sum an officer's lines; Unprocessable when it is more than a fee can be."""
    amount = sum(line.quantity * line.unit_amount for line in lines)
    if amount > _LARGEST:
        raise Unprocessable(errors=[_TOO_MUCH])
    return amount


async def cancel(dossier: UUID, *, now: datetime) -> None:
    """End what is owed when the dossier ends (rút, dừng); its money is to be given back."""
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or row.basis not in {"unquoted", *OWED}:
            return
        await obligations.rebase(row.id, "cancelled")
        await attempts.supersede(row.id)
        await audit.write(
            actor="system", verb="cancel_fee", dossier=dossier, unit=row.unit, facts={}, now=now
        )
        await refold(replace(row, basis="cancelled"), now=now)
        there = await obligations.get(row.id)
        if there.state == "refund_due":
            await outbox.emit(
                MoneySetAside(
                    dossier=dossier, at=now, unit=row.unit, reason="ended", amount=there.paid
                )
            )


async def on_moved(event: Event) -> None:
    """End what is owed when a dossier ended without a result (không nhận, rút, dừng, hết hạn)."""
    assert isinstance(event, DossierMoved)  # noqa: S101 - the reactions table
    if event.dossier is not None and event.after in _ENDED_UNSERVED:
        await cancel(event.dossier, now=event.at)


async def of_dossier(dossier: UUID) -> tuple[Obligation | None, list[Attempt]]:
    """Read a dossier's obligation and its attempts, oldest first."""
    row = await obligations.of(dossier)
    if row is None:
        return None, []
    tries = await attempts.of(row.id)
    return as_obligation(row), [as_attempt(one) for one in tries]


async def hold(dossier: UUID) -> None:
    """Keep what is owed to the caller's transaction: money that comes now waits for its end."""
    await obligations.lock(dossier)


async def bill(dossier: UUID, adapters: Adapters) -> Bill:
    """Read what is owed, the attempts, and the ways that `start` would take now."""
    row = await obligations.of(dossier)
    if row is None:
        return Bill()
    tries = await attempts.of(row.id)
    told = Bill(
        obligation=as_obligation(row),
        attempts=tuple(as_attempt(one) for one in tries),
        payee=_payee(row, adapters),
    )
    if row.state not in PAYABLE:
        return told
    down = await health.down(now=adapters.now())
    ways = adapters.ways(row.due, account=told.payee is not None)
    return replace(
        told,
        ways=tuple(way for way in ways if way.adapter not in down),
        ways_down=tuple(way for way in ways if way.adapter in down),
    )


async def of_dossiers(dossiers: Sequence[UUID]) -> dict[UUID, ObligationBrief]:
    """Read state and amount of many dossiers, for lists and figures."""
    return {
        one["dossier"]: ObligationBrief(
            state=one["state"], amount=one["amount"], paid=one["paid"], adapter=one["settled_by"]
        )
        for one in await obligations.briefs(dossiers)
    }


async def kept(dossier: UUID) -> Kept | None:
    """Read what we keep of a dossier's fee (tiền phí đã thu), for receipts of it."""
    row = await obligations.of(dossier)
    if row is None:
        return None
    back = back_of(await refunds.of(row.id))
    where = stands(row, await money.facts(row.id), back)
    return Kept(
        obligation=row.id,
        unit=row.unit,
        lines=as_obligation(row).lines,
        amount=row.amount,
        whole=bool(row.amount) and where.applied == row.amount,
        settled_at=row.settled_at,
    )


async def is_exempt(dossier: UUID) -> bool:
    """Tell whether nobody pays (được miễn phí), also while money that came is given back."""
    row = await obligations.of(dossier)
    return row is not None and row.basis == "exempt"


async def paid_online(dossier: UUID) -> bool:
    """Tell whether the fee was paid, not at the counter, and not taken back (trả trực tuyến)."""
    row = await obligations.of(dossier)
    if row is None or row.settled_at is None:
        return False
    if row.counting == "sum" and row.state not in PAID:
        return False
    facts = paying_facts(row, await money.facts(row.id))
    tried = [await attempts.get(fact.attempt) for fact in facts]
    ways = [attempt.adapter for attempt in tried if attempt is not None]
    paid_by = row.settled_by if row.settled_by in ways else next(iter(ways), None)
    return paid_by not in {None, "counter"}


def as_obligation(row: ObligationRow) -> Obligation:
    """Put a row into the words of the wire."""
    lines = msgspec.json.decode(row.lines, type=tuple[Line, ...])
    last_day = row.pay_until if row.state == "open" else None
    return Obligation(
        id=row.id,
        state=row.state,
        amount=row.amount,
        paid=row.paid,
        lines=lines,
        due=row.due if row.state in PAYABLE else 0,
        pay_until=last_day.astimezone(VIETNAM) if last_day else None,
    )


def as_attempt(row: AttemptRow) -> Attempt:
    """Put a row into the words of the wire."""
    action = msgspec.json.decode(row.action, type=NextAction) if row.action else None
    return Attempt(
        attempt=row.id,
        adapter=row.adapter,
        state=row.state,
        next_action=action,
        expires_at=row.expires_at and row.expires_at.astimezone(VIETNAM),
    )


def _payee(row: ObligationRow, adapters: Adapters) -> str | None:
    """Tell to whom a transfer goes: frozen already, or frozen by the first one; None: nowhere."""
    if row.account is not None:
        return row.account_name
    found = adapters.account_for(row.unit, row.procedure)
    return found.name if found else None


async def _announce_nothing_due(row: ObligationRow, *, now: datetime) -> None:
    await outbox.emit(
        ObligationSettled(
            dossier=row.dossier,
            at=now,
            unit=row.unit,
            procedure=row.procedure,
            state="nothing_due",
            adapter=None,
            amount=0,
        )
    )


_TOO_MUCH = Fault(
    pointer="/lines",
    code="too-big",
    message_vi="Tổng số tiền lớn quá. Kiểm tra lại từng dòng.",
    message_en="The sum is too large.",
)
