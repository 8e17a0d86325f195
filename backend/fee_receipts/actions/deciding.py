"""What an officer decides of a receipt (hủy, lập lại): with a reason, and both receipts stay."""

import contextlib
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace as changed

from backend import dossiers, payments
from backend.dossiers import Opened
from backend.fee_receipts import store
from backend.fee_receipts.actions.following import (
    PAYER,
    REASON,
    Clerk,
    follow,
    journal,
    wanted_row,
)
from backend.fee_receipts.issuers import NotNow
from backend.fee_receipts.model.receipts import NoReceiptNow, ReceiptDecided, Verb, lines_of
from backend.fee_receipts.store import ReceiptRow
from backend.platform import db, jobs
from backend.platform.kit.errors import NotFound

VOID = "fee_receipts.void"
FOLLOW = "fee_receipts.follow"


class Voided(Struct, frozen=True):
    """A job: tell the issuer that a numbered receipt is void."""

    dossier: UUID
    receipt: UUID


async def cancel(
    receipt: UUID, *, seen: int, reason: str, by: str, clerk: Clerk, now: datetime
) -> None:
    """Cancel a receipt (hủy biên lai); its number stays taken. ReceiptDecided, NotFound."""
    row, found = await _opened(receipt, clerk)
    async with db.transaction():
        await payments.hold(row.dossier)
        await _end(row, found, "cancel", seen=seen, reason=reason, by=by, now=now)


async def replace(
    receipt: UUID,
    *,
    seen: int,
    reason: str,
    by: str,
    clerk: Clerk,
    now: datetime,
    payer: str | None = None,
) -> UUID:
    """Replace a receipt by another of the fee as it stands now (lập biên lai thay thế).

    The new one gets the next number; `payer` corrects the name. NoReceiptNow, ReceiptDecided.
    """
    row, found = await _opened(receipt, clerk)
    async with db.transaction():
        await payments.hold(row.dossier)
        kept = await payments.kept(row.dossier)
        if kept is None or not kept.whole or not lines_of(row.kind, kept.lines):
            raise NoReceiptNow
        await _end(row, found, "replace", seen=seen, reason=reason, by=by, now=now)
        name = payer or found.key.open(PAYER, row.payer).decode()
        made = wanted_row(found, kept, row.kind, seq=row.seq + 1, payer=name, now=now)
        if not await store.add(changed(made, replaces=row.id)):
            raise ReceiptDecided
        await _follow_later(row, now=now)
    with contextlib.suppress(NotNow):  # the job asks again
        await follow(row.dossier, clerk=clerk, now=now)
    return made.id


async def void(work: Voided, *, clerk: Clerk) -> None:
    """Tell the issuer that a receipt is void; it may be told twice."""
    row, found = await _opened(work.receipt, clerk)
    reason = found.key.open(REASON, row.reason).decode() if row.reason else ""
    await clerk.issuer.void(row.id, reason=reason)


async def _follow_later(row: ReceiptRow, *, now: datetime) -> None:
    await jobs.add(
        FOLLOW,
        lane=_lane(row),
        key=f"{row.id}:replaced",
        payload=payments.ObligationRestated(dossier=row.dossier, at=now),
        due_at=now,
    )


def _lane(row: ReceiptRow) -> str:
    return f"fee_receipts:{row.dossier}"


async def _opened(receipt: UUID, clerk: Clerk) -> tuple[ReceiptRow, Opened]:
    row = await store.get(receipt)
    if row is None:
        raise NotFound
    return row, await dossiers.opened(row.dossier, clerk.vault)


async def _end(
    row: ReceiptRow,
    found: Opened,
    verb: Verb,
    *,
    seen: int,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    sealed = found.key.seal(REASON, reason.encode())
    if not await store.end(row.id, verb, seen=seen, by=by, reason=sealed, now=now):
        raise ReceiptDecided
    await journal(row, f"receipt_{verb}", by=by, now=now)
    await jobs.add(
        VOID,
        lane=_lane(row),
        key=f"{row.id}:{seen}",
        payload=Voided(row.dossier, row.id),
        due_at=now,
    )
