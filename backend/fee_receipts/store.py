"""Every query of this room: receipts, their books and numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.fee_receipts.model.receipts import ENDABLE, Numbered, State, Verb
from backend.payments import FeeKind
from backend.platform import db

_LIVE = "state NOT IN ('cancelled', 'replaced')"


class ReceiptRow(Struct, frozen=True, kw_only=True):
    """A row of `fee_receipts`; `payer` and `reason` are sealed under the dossier's key."""

    id: UUID
    obligation: UUID
    dossier: UUID
    unit: str
    kind: FeeKind
    seq: int
    state: State
    amount: int
    lines: str
    payer: bytes
    wanted_at: datetime
    replaces: UUID | None = None
    collector: str | None = None
    sent_at: datetime | None = None
    issued_at: datetime | None = None
    form: str | None = None
    series: str | None = None
    number: str | None = None
    digest: str | None = None
    held_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    reason: bytes | None = None
    rev: int = 0


async def add(row: ReceiptRow) -> bool:
    """Add a receipt that is wanted; False when there is a live one of the fee and kind."""
    return await db.insert("fee_receipts", row, conflict="")


async def get(receipt: UUID) -> ReceiptRow | None:
    """Read a receipt."""
    found = await db.row("SELECT * FROM fee_receipts WHERE id = {}", receipt)
    return ReceiptRow(**found) if found else None


async def of_dossier(dossier: UUID) -> list[ReceiptRow]:
    """Read the receipts of a dossier, by kind, the first one first."""
    found = await db.rows(
        "SELECT * FROM fee_receipts WHERE dossier = {} ORDER BY kind DESC, seq", dossier
    )
    return [ReceiptRow(**one) for one in found]


async def of_kind(obligation: UUID, kind: FeeKind) -> list[ReceiptRow]:
    """Read the receipts of a fee and kind, the first one first."""
    found = await db.rows(
        "SELECT * FROM fee_receipts WHERE obligation = {} AND kind = {} ORDER BY seq",
        obligation, kind,
    )  # fmt: skip
    return [ReceiptRow(**one) for one in found]


async def after(receipt: UUID) -> ReceiptRow | None:
    """Find the receipt that replaces another."""
    found = await db.row("SELECT * FROM fee_receipts WHERE replaces = {}", receipt)
    return ReceiptRow(**found) if found else None


async def by_digest(digest: str) -> ReceiptRow | None:
    """Find a receipt by what its verification token says."""
    found = await db.row("SELECT * FROM fee_receipts WHERE digest = {}", digest)
    return ReceiptRow(**found) if found else None


async def waiting(after_id: UUID, *, most: int) -> list[dict[str, Any]]:
    """List receipts that have no number yet, in the order of their ids; they are few."""
    return await db.rows(
        "SELECT id, dossier FROM fee_receipts WHERE state = 'wanted' AND id > {}"
        " ORDER BY id LIMIT {}",
        after_id, most,
    )  # fmt: skip


async def renew(receipt: UUID, *, amount: int, lines: str) -> None:
    """Give a receipt that nobody was asked for yet other lines."""
    await db.execute(
        "UPDATE fee_receipts SET amount = {}, lines = {}"
        " WHERE id = {} AND state = 'wanted' AND sent_at IS NULL",
        amount, lines, receipt,
    )  # fmt: skip


async def send(receipt: UUID, *, collector: str, at: datetime) -> ReceiptRow | None:
    """Note that an issuer is asked now, and who collects; the first time decides both."""
    found = await db.row(
        "UPDATE fee_receipts SET sent_at = COALESCE(sent_at, {}),"
        " collector = COALESCE(collector, {}) WHERE id = {} AND state = 'wanted' RETURNING *",
        at, collector, receipt,
    )  # fmt: skip
    return ReceiptRow(**found) if found else None


async def unsend(receipt: UUID) -> None:
    """Note that the issuer gave no number, for certain: it knows nothing of this receipt."""
    await db.execute(
        "UPDATE fee_receipts SET sent_at = NULL, collector = NULL"
        " WHERE id = {} AND state = 'wanted'",
        receipt,
    )


async def issue(receipt: UUID, given: Numbered, *, digest: str, at: datetime) -> bool:
    """Write the number that the issuer gave; False when it stands there."""
    changed = await db.execute(
        "UPDATE fee_receipts SET state = 'issued', form = {}, series = {}, number = {},"
        " digest = {}, issued_at = {}, rev = rev + 1 WHERE id = {} AND state = 'wanted'",
        given.form, given.series, given.number, digest, at, receipt,
    )  # fmt: skip
    return changed == 1


async def move(receipt: UUID, before: State, after_: State, *, held_at: datetime | None) -> bool:
    """Put a receipt on hold, or let it go; False when it is in another state."""
    changed = await db.execute(
        "UPDATE fee_receipts SET state = {}, held_at = {}, rev = rev + 1"
        " WHERE id = {} AND state = {}",
        after_, held_at, receipt, before,
    )  # fmt: skip
    return changed == 1


async def end(
    receipt: UUID, verb: Verb, *, seen: int, by: str, reason: bytes, now: datetime
) -> bool:
    """Cancel a receipt or have it replaced; False when another step came first."""
    states: Sequence[str] = sorted(ENDABLE[verb])
    changed = await db.execute(
        "UPDATE fee_receipts SET state = {}, ended_by = {}, ended_at = {}, reason = {},"
        f" rev = rev + 1 WHERE id = {{}} AND rev = {{}} AND state IN ({db.places(states)})",
        "cancelled" if verb == "cancel" else "replaced", by, now, reason, receipt, seen, *states,
    )  # fmt: skip
    return changed == 1


# -- books -----------------------------------------------------------------------------------------


async def lock_book(unit: str, kind: FeeKind, form: str, series: str, *, start: int) -> int:
    """Keep a book to this transaction, opening it if it is new; give its last number."""
    await db.execute(
        "INSERT INTO receipt_books (unit, kind, form, series, last) VALUES ({}, {}, {}, {}, {})"
        " ON CONFLICT DO NOTHING",
        unit, kind, form, series, start,
    )  # fmt: skip
    found = await db.rows(
        "UPDATE receipt_books SET last = last WHERE unit = {} AND form = {} AND series = {}"
        " RETURNING last",
        unit, form, series,
    )  # fmt: skip
    last: int = found[0]["last"]
    return last


async def number_of(receipt: UUID) -> Numbered | None:
    """Read the number that a receipt was given."""
    found = await db.row("SELECT * FROM receipt_numbers WHERE receipt = {}", receipt)
    return _numbered(found["form"], found["series"], found["number"]) if found else None


async def take_number(
    receipt: UUID, unit: str, form: str, series: str, number: int, *, at: datetime
) -> Numbered:
    """Give a receipt the next number of a locked book."""
    await db.execute(
        "UPDATE receipt_books SET last = {} WHERE unit = {} AND form = {} AND series = {}",
        number, unit, form, series,
    )  # fmt: skip
    await db.execute(
        "INSERT INTO receipt_numbers (receipt, unit, form, series, number, at)"
        " VALUES ({}, {}, {}, {}, {}, {})",
        receipt, unit, form, series, number, at,
    )  # fmt: skip
    return _numbered(form, series, number)


def _numbered(form: str, series: str, number: int) -> Numbered:
    return Numbered(form=form, series=series, number=f"{number:07d}")
