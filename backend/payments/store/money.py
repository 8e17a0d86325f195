"""Queries about money that came, and where it was posted."""

from datetime import datetime
from uuid import UUID, uuid5

from backend.payments.model.states import (
    Fact,
    Reason,
)
from backend.payments.store.rows import AttemptRow, EventRow
from backend.platform import db

_EVENTS = UUID("6d6f6e65-7920-6576-656e-74732e763100")
_ASKED_BACK = (
    "SELECT 1 FROM refunds r WHERE r.event = {} AND r.obligation IS NULL"
    " AND r.state NOT IN ('rejected', 'failed', 'withdrawn')"
)
_UNPLACED = (
    "NOT EXISTS (SELECT 1 FROM postings p WHERE p.event = e.id)"
    f" AND NOT EXISTS ({_ASKED_BACK.format('e.id')})"
)
"""Money that belongs to no attempt and that nobody asked to give back."""


def event_id(*parts: str) -> UUID:
    """Name an event by what it says, so that the same one told twice has the same name."""
    return uuid5(_EVENTS, "\0".join(parts))


async def add(row: EventRow) -> EventRow | None:
    """Add a movement of money; the one that stands there when it was told before."""
    if await db.insert("money_events", row, conflict="id"):
        return None
    found = await db.rows("SELECT * FROM money_events WHERE id = {}", row.id)
    return EventRow(**found[0])


async def post(
    event: UUID, attempt_row: AttemptRow, *, reason: Reason | None, now: datetime
) -> bool:
    """Post a movement to an attempt; False when it was posted before, or is asked back."""
    await hold(event)
    changed = await db.execute(
        "INSERT INTO postings (event, obligation, attempt, reason, at)"
        " SELECT e.id, {}, {}, {}, {} FROM money_events e WHERE e.id = {}"
        f" AND NOT EXISTS ({_ASKED_BACK}) ON CONFLICT (event) DO NOTHING",
        attempt_row.obligation, attempt_row.id, reason, now, event, event,
    )  # fmt: skip
    return changed == 1


async def hold(event: UUID) -> None:
    """Keep a movement to this transaction: it is posted, or asked back, and never both."""
    if db.engine() == "postgresql":  # on SQLite there is one writer at a time
        await db.row("SELECT id FROM money_events WHERE id = {} FOR UPDATE", event)


async def get(event: UUID) -> EventRow | None:
    """Read a movement."""
    found = await db.row("SELECT * FROM money_events WHERE id = {}", event)
    return EventRow(**found) if found else None


async def place(event: UUID) -> tuple[UUID, UUID] | None:
    """Tell to which obligation and attempt a movement belongs now; None for neither."""
    found = await db.row("SELECT obligation, attempt FROM placed WHERE event = {}", event)
    return (found["obligation"], found["attempt"]) if found else None


async def was_posted(event: UUID) -> bool:
    """Tell whether a movement ever belonged to an attempt."""
    return await db.row("SELECT event FROM postings WHERE event = {}", event) is not None


async def repost(
    event: UUID, attempt_row: AttemptRow | None, *, reason: Reason | None, now: datetime
) -> int:
    """Put a movement to another attempt, or to none; answers its number."""
    last = await db.row("SELECT MAX(seq) AS seq FROM repostings WHERE event = {}", event)
    seq = ((last and last["seq"]) or 0) + 1
    await db.execute(
        "INSERT INTO repostings (event, seq, obligation, attempt, reason, at)"
        " VALUES ({}, {}, {}, {}, {}, {})",
        event, seq, attempt_row and attempt_row.obligation, attempt_row and attempt_row.id,
        reason, now,
    )  # fmt: skip
    return int(seq)


async def twin(event: EventRow, kind: str) -> UUID | None:
    """Find the other half of a movement: its payment, or what took it back."""
    found = await db.row(
        "SELECT id FROM money_events WHERE adapter = {} AND account = {} AND txn = {}"
        " AND kind = {} AND status = 'succeeded'",
        event.adapter, event.account, event.txn, kind,
    )  # fmt: skip
    return found["id"] if found else None


async def facts(obligation: UUID) -> list[Fact]:
    """Read the proven movements of an obligation."""
    found = await db.rows(
        "SELECT e.id, p.attempt, e.adapter, e.account, e.txn, e.kind, e.amount"
        " FROM placed p JOIN money_events e ON e.id = p.event"
        " WHERE p.obligation = {} AND e.status = 'succeeded' ORDER BY p.at, e.id",
        obligation,
    )
    return [
        Fact(
            attempt=one["attempt"],
            movement="\0".join((one["adapter"], one["account"], one["txn"])),
            kind=one["kind"],
            amount=one["amount"],
            event=one["id"],
        )
        for one in found
    ]


async def parked_for(row: AttemptRow, *, since: datetime) -> list[EventRow]:
    """Find money that came before this attempt was known, but not longer ago than that."""
    found = await db.rows(
        f"SELECT e.* FROM money_events e WHERE {_UNPLACED} AND e.status <> 'aside'"
        " AND ((e.adapter = {} AND e.provider_ref = {})"
        " OR (e.account = {} AND e.received_at >= {} AND e.account <> '' AND e.codes LIKE {}))",
        row.adapter, row.provider_ref, row.account, since, f"%{row.code}%",
    )  # fmt: skip
    return [EventRow(**one) for one in found]


async def parked_since(since: datetime, *, most: int) -> list[EventRow]:
    """List money that came lately and belongs to no attempt yet."""
    found = await db.rows(
        f"SELECT e.* FROM money_events e WHERE {_UNPLACED}"
        " AND e.status <> 'aside' AND e.received_at >= {}"
        " ORDER BY e.received_at LIMIT {}",
        since, most,
    )  # fmt: skip
    return [EventRow(**one) for one in found]
