"""Queries of the desk of unmatched money (bàn đối chiếu): the list, and who decided what."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.platform import db

_LAST_REFUND = (
    "r.obligation = o.id AND o.basis = 'cancelled' AND r.reason = 'ended'"
    " AND r.state NOT IN ('withdrawn', 'rejected', 'failed', 'succeeded', 'confirmed')"
    " AND NOT EXISTS (SELECT 1 FROM refunds later WHERE later.obligation = r.obligation"
    " AND later.reason = 'ended'"
    " AND later.state NOT IN ('withdrawn', 'rejected', 'failed', 'succeeded', 'confirmed')"
    " AND (later.at, later.id) > (r.at, r.id))"
)
_ENDED = (
    "(r.id IS NOT NULL AND e.kind = 'payment' AND COALESCE(p.reason, '') <> 'closed'"
    " AND NOT EXISTS (SELECT 1 FROM money_events back WHERE back.kind = 'reversal'"
    " AND back.status = 'succeeded' AND back.adapter = e.adapter"
    " AND back.account = e.account AND back.txn = e.txn))"
)
"""Money of a dossier that ended and is to be given back; what came after its end is `closed`."""

_SINCE = f"CASE WHEN {_ENDED} THEN r.at ELSE e.received_at END"
_FROM = (
    " FROM money_events e"
    " LEFT JOIN repostings m ON m.event = e.id AND NOT EXISTS"
    " (SELECT 1 FROM repostings n WHERE n.event = e.id AND n.seq > m.seq)"
    " LEFT JOIN postings p ON p.event = e.id AND m.event IS NULL"
    " LEFT JOIN obligations o ON o.id = COALESCE(p.obligation, m.obligation)"
    " LEFT JOIN money_desk d ON d.event = e.id"
    f" LEFT JOIN notices_inbox i ON i.id = e.inbox LEFT JOIN refunds r ON {_LAST_REFUND}"
)
_WHAT = (
    "SELECT e.*, COALESCE(p.reason, m.reason) AS posted_reason, o.dossier, o.unit AS owner,"
    " o.state, i.wrapped_key, r.at AS ended_at,"
    " COALESCE(d.rev, 0) AS rev, d.handled_at,"
    " CASE WHEN o.id IS NULL THEN 0 ELSE 1 END AS placed,"
    f" CASE WHEN {_ENDED} THEN 1 ELSE 0 END AS ended"
)


class DecisionRow(Struct, frozen=True, kw_only=True):
    """A row of `money_decisions`: what an officer decided of money, the words sealed."""

    id: UUID
    event: UUID | None
    refund: UUID | None
    obligation: UUID | None
    verb: str
    officer: str
    at: datetime
    wrapped_key: bytes
    reason: bytes


async def page(
    units: Sequence[str], *, before: datetime, beyond: UUID, most: int
) -> list[dict[str, Any]]:
    """List money that an officer of these units should look at, newest first, then by id.

    It begins after the one of the moment `before` with the id `beyond`.
    """
    if not units:
        return []
    return await db.rows(
        f"{_WHAT}{_FROM} WHERE e.status <> 'failed' AND d.handled_at IS NULL"
        " AND (o.id IS NULL OR p.reason IS NOT NULL OR m.reason IS NOT NULL"
        f" OR e.reason IS NOT NULL OR {_ENDED})"
        f" AND COALESCE(o.unit, e.unit) IN ({db.places([*units, '*'])})"
        f" AND ({_SINCE} < {{}} OR ({_SINCE} = {{}} AND e.id > {{}}))"
        f" ORDER BY {_SINCE} DESC, e.id LIMIT {{}}",
        *units, "*", before, before, beyond, most,
    )  # fmt: skip


async def one(event: UUID) -> dict[str, Any] | None:
    """Read one movement as the list shows it, decided of or not."""
    return await db.row(f"{_WHAT}{_FROM} WHERE e.id = {{}} AND e.status <> 'failed'", event)


async def claim(event: UUID, *, seen: int, handled_at: datetime | None) -> bool:
    """Take a movement for a decision; False when another one came first."""
    await db.execute(
        "INSERT INTO money_desk (event, rev) VALUES ({}, 0) ON CONFLICT (event) DO NOTHING", event
    )
    changed = await db.execute(
        "UPDATE money_desk SET rev = rev + 1, handled_at = {} WHERE event = {} AND rev = {}",
        handled_at, event, seen,
    )  # fmt: skip
    return changed == 1


async def handle(event: UUID, *, handled_at: datetime | None) -> None:
    """Take a movement off the list, or put it on it again, when its refund was decided."""
    await db.execute(
        "INSERT INTO money_desk (event, rev, handled_at) VALUES ({}, 1, {}) ON CONFLICT (event)"
        " DO UPDATE SET rev = money_desk.rev + 1, handled_at = excluded.handled_at",
        event, handled_at,
    )  # fmt: skip


async def decide(row: DecisionRow) -> None:
    """Keep what was decided, and why."""
    await db.insert("money_decisions", row, conflict="id")


async def decisions(event: UUID) -> list[DecisionRow]:
    """Read what was decided of a movement, oldest first."""
    found = await db.rows("SELECT * FROM money_decisions WHERE event = {} ORDER BY at, id", event)
    return [DecisionRow(**row) for row in found]


async def explanations(refund: UUID) -> list[DecisionRow]:
    """Read why the steps of a refund were taken, oldest first."""
    found = await db.rows("SELECT * FROM money_decisions WHERE refund = {} ORDER BY at, id", refund)
    return [DecisionRow(**row) for row in found]


async def candidates(
    units: Sequence[str], *, account: str, since: datetime, until: datetime, most: int
) -> list[dict[str, Any]]:
    """List attempts of these units that money of an account may be meant for, newest first."""
    if not units:
        return []
    return await db.rows(
        "SELECT a.code, a.amount, a.created_at, o.dossier"
        " FROM payment_attempts a JOIN obligations o ON o.id = a.obligation"
        f" WHERE o.unit IN ({db.places(units)}) AND a.created_at BETWEEN {{}} AND {{}}"
        " AND ({} = '' OR a.account IN ('', {})) AND a.adapter <> 'counter'"
        " AND o.state IN ('open', 'exemption_review', 'expired')"
        " ORDER BY a.created_at DESC LIMIT {}",
        *units, since, until, account, account, most,
    )  # fmt: skip
