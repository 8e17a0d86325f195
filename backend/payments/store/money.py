"""Queries about money that came, and where it was posted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from backend.payments.model.states import (
    Fact,
    Reason,
)
from backend.payments.store.rows import AttemptRow, EventRow, insert, places
from backend.platform import db

_EVENTS = UUID("6d6f6e65-7920-6576-656e-74732e763100")
_LAST_REFUND = (
    "r.obligation = o.id AND o.basis = 'cancelled' AND r.state = 'requested'"
    " AND NOT EXISTS (SELECT 1 FROM refunds later WHERE later.obligation = r.obligation"
    " AND later.state = 'requested' AND (later.at, later.id) > (r.at, r.id))"
)
_ENDED = (
    "(r.id IS NOT NULL AND e.kind = 'payment' AND COALESCE(p.reason, '') <> 'closed'"
    " AND NOT EXISTS (SELECT 1 FROM money_events back WHERE back.kind = 'reversal'"
    " AND back.status = 'succeeded' AND back.adapter = e.adapter"
    " AND back.account = e.account AND back.txn = e.txn))"
)
"""Money of a dossier that ended and is to be given back; what came after its end is `closed`."""

_SINCE = f"CASE WHEN {_ENDED} THEN r.at ELSE e.received_at END"


def event_id(*parts: str) -> UUID:
    """Name an event by what it says, so that the same one told twice has the same name."""
    return uuid5(_EVENTS, "\0".join(parts))


async def add(row: EventRow) -> EventRow | None:
    """Add a movement of money; the one that stands there when it was told before."""
    if await insert("money_events", row, conflict="id"):
        return None
    found = await db.rows("SELECT * FROM money_events WHERE id = {}", row.id)
    return EventRow(**found[0])


async def post(
    event: UUID, attempt_row: AttemptRow, *, reason: Reason | None, now: datetime
) -> bool:
    """Post a movement to an attempt; False when it was posted before."""
    changed = await db.execute(
        "INSERT INTO postings (event, obligation, attempt, reason, at)"
        " VALUES ({}, {}, {}, {}, {}) ON CONFLICT (event) DO NOTHING",
        event, attempt_row.obligation, attempt_row.id, reason, now,
    )  # fmt: skip
    return changed == 1


async def is_posted(event: UUID) -> bool:
    """Tell whether a movement belongs to an attempt."""
    return await db.row("SELECT event FROM postings WHERE event = {}", event) is not None


async def facts(obligation: UUID) -> list[Fact]:
    """Read the proven movements of an obligation."""
    found = await db.rows(
        "SELECT p.attempt, e.adapter, e.account, e.txn, e.kind, e.amount"
        " FROM postings p JOIN money_events e ON e.id = p.event"
        " WHERE p.obligation = {} AND e.status = 'succeeded' ORDER BY p.at, e.id",
        obligation,
    )
    return [
        Fact(
            attempt=one["attempt"],
            movement="\0".join((one["adapter"], one["account"], one["txn"])),
            kind=one["kind"],
            amount=one["amount"],
        )
        for one in found
    ]


async def parked_for(row: AttemptRow) -> list[EventRow]:
    """Find money that came before this attempt was known."""
    found = await db.rows(
        "SELECT e.* FROM money_events e LEFT JOIN postings p ON p.event = e.id"
        " WHERE p.event IS NULL AND e.status <> 'aside'"
        " AND ((e.adapter = {} AND e.provider_ref = {})"
        "      OR (e.account = {} AND e.account <> '' AND e.codes LIKE {}))",
        row.adapter, row.provider_ref, row.account, f"%{row.code}%",
    )  # fmt: skip
    return [EventRow(**one) for one in found]


async def parked_since(since: datetime, *, most: int) -> list[EventRow]:
    """List money that came lately and belongs to no attempt yet."""
    found = await db.rows(
        "SELECT e.* FROM money_events e LEFT JOIN postings p ON p.event = e.id"
        " WHERE p.event IS NULL AND e.status <> 'aside' AND e.received_at >= {}"
        " ORDER BY e.received_at LIMIT {}",
        since, most,
    )  # fmt: skip
    return [EventRow(**one) for one in found]


async def set_aside(
    units: Sequence[str], *, before: datetime, beyond: UUID, most: int
) -> list[dict[str, Any]]:
    """List money that an officer of these units should look at, newest first, then by id.

    It begins after the one of the moment `before` with the id `beyond`.
    """
    if not units:
        return []
    return await db.rows(
        "SELECT e.*, p.reason AS posted_reason, o.dossier, o.unit AS owner, o.state,"
        f" i.wrapped_key, r.at AS ended_at, CASE WHEN {_ENDED} THEN 1 ELSE 0 END AS ended"
        " FROM money_events e"
        " LEFT JOIN postings p ON p.event = e.id LEFT JOIN obligations o ON o.id = p.obligation"
        f" LEFT JOIN notices_inbox i ON i.id = e.inbox LEFT JOIN refunds r ON {_LAST_REFUND}"
        " WHERE e.status <> 'failed'"
        f" AND (p.event IS NULL OR p.reason IS NOT NULL OR e.reason IS NOT NULL OR {_ENDED})"
        f" AND COALESCE(o.unit, e.unit) IN ({places([*units, '*'])})"
        f" AND ({_SINCE} < {{}} OR ({_SINCE} = {{}} AND e.id > {{}}))"
        f" ORDER BY {_SINCE} DESC, e.id LIMIT {{}}",
        *units, "*", before, before, beyond, most,
    )  # fmt: skip
