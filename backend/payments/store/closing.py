"""Queries about daily closes: kept with their list, signed once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from backend.payments.model.closing import CloseLine, Foreign, Movement
from backend.platform import db


class CloseRow(Struct, frozen=True, kw_only=True):
    """A row of `daily_closes`; the file stands among the notices under the same id, sealed."""

    id: UUID
    unit: str
    adapter: str
    day: str
    uploaded_by: str
    uploaded_at: datetime
    signed_by: str | None = None
    signed_at: datetime | None = None
    note: bytes | None = None


async def add(row: CloseRow, lines_: Sequence[CloseLine]) -> None:
    """Keep a close and its list."""
    await db.insert("daily_closes", row, conflict="id")
    if not lines_:
        return
    await db.execute_many(
        "INSERT INTO close_lines (daily_close, seq, verdict, account, txn, kind, ours, theirs)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, {})",
        [
            (row.id, seq, line.verdict, line.account, line.txn, line.kind, line.ours, line.theirs)
            for seq, line in enumerate(lines_)
        ],
    )


async def get(close: UUID) -> CloseRow | None:
    """Read a close."""
    found = await db.row("SELECT * FROM daily_closes WHERE id = {}", close)
    return CloseRow(**found) if found else None


async def wrapped_key(close: UUID) -> bytes:
    """Read the wrapped key under which a close's file and note are sealed."""
    found = await db.rows("SELECT wrapped_key FROM notices_inbox WHERE id = {}", close)
    key: bytes = found[0]["wrapped_key"]
    return key


async def lines(close: UUID) -> tuple[CloseLine, ...]:
    """Read the list of a close."""
    found = await db.rows(
        "SELECT verdict, account, txn, kind, ours, theirs FROM close_lines"
        " WHERE daily_close = {} ORDER BY seq",
        close,
    )
    return tuple(CloseLine(**one) for one in found)


async def page(
    units: Sequence[str], *, before: datetime, beyond: UUID, most: int
) -> list[CloseRow]:
    """List closes of these units, newest first, then by id."""
    if not units:
        return []
    found = await db.rows(
        f"SELECT * FROM daily_closes WHERE unit IN ({db.places(units)})"
        " AND (uploaded_at < {} OR (uploaded_at = {} AND id > {}))"
        " ORDER BY uploaded_at DESC, id LIMIT {}",
        *units, before, before, beyond, most,
    )  # fmt: skip
    return [CloseRow(**one) for one in found]


async def accounts(adapter: str, *, since: datetime, until: datetime) -> list[str]:
    """List the accounts to which money came through an adapter in a span."""
    found = await db.rows(
        "SELECT DISTINCT account FROM money_events WHERE adapter = {} AND status = 'succeeded'"
        " AND COALESCE(occurred_at, received_at) >= {}"
        " AND COALESCE(occurred_at, received_at) < {} ORDER BY account",
        adapter, since, until,
    )  # fmt: skip
    return [one["account"] for one in found]


async def astray(adapter: str, *, since: datetime, until: datetime) -> list[Foreign]:
    """Sum by account the money of a span that a bank told of and that has no dossier."""
    found = await db.rows(
        "SELECT e.account, COUNT(*) AS count, CAST(SUM(CASE WHEN e.kind = 'payment' THEN e.amount"
        " ELSE -e.amount END) AS BIGINT) AS amount FROM money_events e"
        " LEFT JOIN placed p ON p.event = e.id"
        " WHERE e.adapter = {} AND e.status = 'succeeded' AND p.event IS NULL"
        " AND e.provider_ref = '' AND e.account <> ''"
        " AND COALESCE(e.occurred_at, e.received_at) >= {}"
        " AND COALESCE(e.occurred_at, e.received_at) < {} GROUP BY e.account ORDER BY e.account",
        adapter, since, until,
    )  # fmt: skip
    return [Foreign(**one) for one in found]


async def movements(
    adapter: str, accounts_: Sequence[str], *, since: datetime, until: datetime
) -> list[Movement]:
    """List the proven movements of a span that came through an adapter to these accounts."""
    if not accounts_:
        return []
    found = await db.rows(
        "SELECT account, txn, kind, amount FROM money_events WHERE adapter = {}"
        f" AND account IN ({db.places(accounts_)}) AND status = 'succeeded'"
        " AND COALESCE(occurred_at, received_at) >= {}"
        " AND COALESCE(occurred_at, received_at) < {} ORDER BY received_at, id",
        adapter, *accounts_, since, until,
    )  # fmt: skip
    return [Movement(**one) for one in found]


async def named(adapter: str, account: str, txn: str, kind: str) -> Movement | None:
    """Find a proven movement by its name, on whatever day we wrote it down."""
    found = await db.row(
        "SELECT account, txn, kind, amount FROM money_events WHERE adapter = {} AND account = {}"
        " AND txn = {} AND kind = {} AND status = 'succeeded'",
        adapter, account, txn, kind,
    )  # fmt: skip
    return Movement(**found) if found else None


async def sign(close: UUID, *, by: str, now: datetime, note: bytes | None) -> bool:
    """Sign a close; False when it is signed."""
    changed = await db.execute(
        "UPDATE daily_closes SET signed_by = {}, signed_at = {}, note = {}"
        " WHERE id = {} AND signed_at IS NULL",
        by, now, note, close,
    )  # fmt: skip
    return changed == 1
