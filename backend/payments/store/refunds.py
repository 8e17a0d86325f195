"""Queries about refunds; each step is one conditional UPDATE, so that one of many at once wins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.payments.model.refunds import RefundVerb, after, before
from backend.payments.store.rows import RefundRow
from backend.platform import db

_WITH_DOSSIER = (
    "SELECT r.*, o.dossier, e.adapter FROM refunds r"
    " LEFT JOIN obligations o ON o.id = r.obligation LEFT JOIN money_events e ON e.id = r.event"
)


async def add(row: RefundRow) -> bool:
    """Add a refund; False when it is there, or another stands for the same unmatched money."""
    return await db.insert("refunds", row, conflict="")


async def get(refund: UUID) -> RefundRow | None:
    """Read a refund."""
    found = await db.row("SELECT * FROM refunds WHERE id = {}", refund)
    return RefundRow(**found) if found else None


async def of(obligation: UUID) -> list[RefundRow]:
    """Read the refunds of an obligation, oldest first."""
    found = await db.rows("SELECT * FROM refunds WHERE obligation = {} ORDER BY at, id", obligation)
    return [RefundRow(**one) for one in found]


async def of_event(event: UUID) -> list[RefundRow]:
    """Read the refunds out of one movement."""
    found = await db.rows("SELECT * FROM refunds WHERE event = {} ORDER BY at, id", event)
    return [RefundRow(**one) for one in found]


async def take(refund: UUID, verb: RefundVerb, *, seen: int | None = None, **more: Any) -> bool:
    """Take a step if the table of steps lets it (and nobody came first); False otherwise."""
    names = "".join(f", {name} = {{}}" for name in more)
    states = before(verb)
    seen_too = "" if seen is None else " AND rev = {}"
    changed = await db.execute(
        f"UPDATE refunds SET state = {{}}, rev = rev + 1{names}"
        f" WHERE id = {{}} AND state IN ({db.places(states)}){seen_too}",
        after(verb), *more.values(), refund, *states, *([] if seen is None else [seen]),
    )  # fmt: skip
    return changed == 1


async def by_ref(provider_ref: str, adapter: str) -> RefundRow | None:
    """Find a refund by the name that the adapter gave it."""
    found = await db.row(
        "SELECT r.* FROM refunds r JOIN money_events e ON e.id = r.event"
        " WHERE r.provider_ref = {} AND e.adapter = {}",
        provider_ref, adapter,
    )  # fmt: skip
    return RefundRow(**found) if found else None


async def by_attempt(provider_ref: str, adapter: str, amount: int) -> RefundRow | None:
    """Find a refund of this amount out of an attempt: some providers name the payment alone."""
    found = await db.row(
        "SELECT r.* FROM refunds r JOIN placed p ON p.event = r.event"
        " JOIN payment_attempts a ON a.id = p.attempt"
        " WHERE a.provider_ref = {} AND a.adapter = {} AND r.amount = {}"
        " AND r.state IN ('submitted', 'unknown', 'succeeded', 'failed')"
        " ORDER BY r.at, r.id LIMIT 1",
        provider_ref, adapter, amount,
    )  # fmt: skip
    return RefundRow(**found) if found else None


async def one(refund: UUID) -> dict[str, Any] | None:
    """Read a refund with its dossier and where its money came to."""
    return await db.row(f"{_WITH_DOSSIER} WHERE r.id = {{}}", refund)


async def page(
    units: Sequence[str],
    *,
    states: Sequence[str],
    before: datetime,
    beyond: UUID,
    most: int,
) -> list[dict[str, Any]]:
    """List refunds of these units, newest first, then by id, with dossier and way."""
    if not units or not states:
        return []
    return await db.rows(
        f"{_WITH_DOSSIER} WHERE r.unit IN ({db.places(units)}) AND r.state IN ({db.places(states)})"
        " AND (r.at < {} OR (r.at = {} AND r.id > {})) ORDER BY r.at DESC, r.id LIMIT {}",
        *units, *states, before, before, beyond, most,
    )  # fmt: skip
