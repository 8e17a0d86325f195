"""Following the money (lập biên lai): a receipt is wanted, numbered, held, let go.

Each step is decided under the lock of the fee, so that money that comes now waits; the issuer is
asked outside of any transaction, under a name that stays, so that a crash asks for the same number.
"""

import contextlib
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from backend import dossiers, payments
from backend.dossiers import Opened
from backend.fee_receipts import store
from backend.fee_receipts.issuers import NoNumber, NotNow, ReceiptIssuer
from backend.fee_receipts.model.receipts import (
    KINDS,
    Numbered,
    Step,
    Wanted,
    digest_of,
    lines_of,
    next_step,
    total,
)
from backend.fee_receipts.store import ReceiptRow
from backend.payments import FeeKind, Kept, Line
from backend.platform import audit, db
from backend.platform.kit import logs
from backend.platform.vault import Vault

PAYER = "fee_receipts.payer"
REASON = "fee_receipts.reason"
SYSTEM = "system"
_MOST = 200
_NOBODY = UUID(int=0)
_logger = logs.get("fee_receipts")


class Clerk(Struct, frozen=True, kw_only=True):
    """What writing receipts needs: the issuer, and the vault for the payer's name."""

    issuer: ReceiptIssuer
    vault: Vault


async def follow(dossier: UUID, *, clerk: Clerk, now: datetime) -> None:
    """Bring the receipts of a dossier to what its money says; safe to repeat.

    Where nobody issues for the unit there is none, later either: its fees have paper receipts.
    NotNow of an issuer leaves a receipt to the next try.
    """
    found = await dossiers.opened(dossier, clerk.vault)
    for kind in KINDS:
        row = await _arrange(found, kind, clerk=clerk, now=now)
        if row is not None and await _numbered(found, row, clerk=clerk, now=now):
            await _arrange(found, kind, clerk=clerk, now=now)


async def follow_waiting(*, clerk: Clerk, now: datetime) -> None:
    """Try receipts that have no number yet (recurring work): a new book may be there by now."""
    last = _NOBODY
    while page := await store.waiting(last, most=_MOST):
        for one in page:
            with contextlib.suppress(NotNow):
                await follow(one["dossier"], clerk=clerk, now=now)
        last = page[-1]["id"]


def receipt_id(obligation: UUID, kind: FeeKind, seq: int) -> UUID:
    """Name a receipt: the same fee, kind and turn always give the same one."""
    return uuid5(obligation, f"receipt {kind} {seq}")


def wanted_row(
    found: Opened, kept: Kept, kind: FeeKind, *, seq: int, payer: str, now: datetime
) -> ReceiptRow:
    """Write down a receipt that is wanted, of the fee as it stands."""
    lines = lines_of(kind, kept.lines)
    named = receipt_id(kept.obligation, kind, seq)
    return ReceiptRow(
        id=named,
        obligation=kept.obligation,
        dossier=found.dossier.id,
        unit=kept.unit,
        kind=kind,
        seq=seq,
        state="wanted",
        amount=total(lines),
        lines=msgspec.json.encode(lines).decode(),
        payer=found.key.seal(PAYER, payer.encode()),
        wanted_at=now,
    )


def payer_of(found: Opened) -> str:
    """Name who pays: whoever handed the dossier in, else its owner."""
    private = found.private()
    return (private.submitter or private.owner).name


def as_wanted(found: Opened, row: ReceiptRow, before: ReceiptRow | None) -> Wanted:
    """Put a row into the words of the issuers."""
    return Wanted(
        receipt=row.id,
        unit=row.unit,
        kind=row.kind,
        amount=row.amount,
        lines=msgspec.json.decode(row.lines, type=tuple[Line, ...]),
        payer=found.key.open(PAYER, row.payer).decode(),
        at=row.sent_at or row.wanted_at,
        replaces=numbers_of(before) if before else None,
    )


def numbers_of(row: ReceiptRow) -> Numbered | None:
    """Give a receipt's number; None while it has none."""
    if row.form is None or row.series is None or row.number is None:
        return None
    return Numbered(form=row.form, series=row.series, number=row.number)


class _Case(Struct, frozen=True, kw_only=True):
    """One kind of a locked fee: its live receipt if there is one, and what it should say."""

    kept: Kept
    kind: FeeKind
    row: ReceiptRow | None
    ever: bool
    lines: tuple[Line, ...]

    @property
    def encoded(self) -> str:
        """Give the lines as they are kept."""
        return msgspec.json.encode(self.lines).decode()

    def step(self) -> Step | None:
        """Say what is to be done."""
        whole = self.kept.whole and bool(self.lines)
        return next_step(
            self.row.state if self.row else None,
            sent=bool(self.row and self.row.sent_at),
            ever=self.ever,
            whole=whole,
            same=bool(whole and self.row and _same(self.row, self.lines)),
        )


async def _arrange(
    found: Opened, kind: FeeKind, *, clerk: Clerk, now: datetime
) -> ReceiptRow | None:
    """Take the steps of one kind under the fee's lock; give the receipt to be numbered, if any."""
    async with db.transaction():
        await payments.hold(found.dossier.id)
        kept = await payments.kept(found.dossier.id)
        if kept is None:
            return None
        rows = await store.of_kind(kept.obligation, kind)
        live = next((one for one in rows if one.state not in {"cancelled", "replaced"}), None)
        case = _Case(
            kept=kept, kind=kind, row=live, ever=bool(rows), lines=lines_of(kind, kept.lines)
        )
        return await _take(case, found, clerk=clerk, now=now)


async def _take(case: _Case, found: Opened, *, clerk: Clerk, now: datetime) -> ReceiptRow | None:
    step, row = case.step(), case.row
    if step == "want":
        if clerk.issuer.collector(case.kept.unit, case.kind) is None:
            return None
        payer = payer_of(found)
        made = wanted_row(found, case.kept, case.kind, seq=1, payer=payer, now=now)
        await store.add(made)
        return await _send(made, clerk, now)
    if row is None or step is None:
        return None
    if step == "renew":
        await store.renew(row.id, amount=total(case.lines), lines=case.encoded)
    if step in {"renew", "issue"}:
        return await _send(row, clerk, now)
    await _hold(row, holds=step == "hold", now=now)
    return None


def _same(row: ReceiptRow, lines: tuple[Line, ...]) -> bool:
    """Compare as values: a database may write JSON in its own way."""
    return msgspec.json.decode(row.lines, type=tuple[Line, ...]) == lines


async def _send(row: ReceiptRow, clerk: Clerk, now: datetime) -> ReceiptRow | None:
    """Note that the issuer is asked; None where nobody issues for this unit and kind."""
    collector = clerk.issuer.collector(row.unit, row.kind)
    if collector is None:
        return None
    encoded = msgspec.json.encode(collector).decode()
    return await store.send(row.id, collector=encoded, at=now)


async def _hold(row: ReceiptRow, *, holds: bool, now: datetime) -> None:
    """Put a receipt on hold when its money went, or let it go when all is there again."""
    moved = (
        await store.move(row.id, "issued", "on_hold", held_at=now)
        if holds
        else await store.move(row.id, "on_hold", "issued", held_at=None)
    )
    if moved:
        await journal(row, "receipt_hold" if holds else "receipt_release", by=SYSTEM, now=now)


async def _numbered(found: Opened, row: ReceiptRow, *, clerk: Clerk, now: datetime) -> bool:
    """Ask the issuer for a number and write it; False when it gives none now."""
    before = await store.get(row.replaces) if row.replaces else None
    wanted = as_wanted(found, row, before)
    try:
        given = await clerk.issuer.issue(wanted)
    except NoNumber as fault:
        _logger.warning("no-receipt-number", extra={"unit": row.unit, "reason": str(fault)})
        await store.unsend(row.id)
        return False
    async with db.transaction():
        digest = digest_of(row.id, wanted, given)
        if await store.issue(row.id, given, digest=digest, at=wanted.at):
            await journal(row, "receipt_issue", by=f"issuer:{clerk.issuer.id}", now=now)
    return True


async def journal(row: ReceiptRow, verb: str, *, by: str, now: datetime) -> None:
    """Write a step of a receipt into the journal; no name stands there."""
    await audit.write(
        actor=by,
        verb=verb,
        dossier=row.dossier,
        unit=row.unit,
        facts={"receipt": str(row.id), "kind": row.kind, "amount": row.amount},
        now=now,
    )
