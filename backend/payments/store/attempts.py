"""Queries about attempts to pay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from backend.payments.model.states import (
    AttemptState,
    Verb,
    sources,
)
from backend.payments.model.words import NextAction
from backend.payments.store.rows import AttemptRow
from backend.platform import db

_LIVE = "('created', 'pending', 'unknown')"
_PAGE_FORGOTTEN = "action = CASE WHEN action LIKE '%\"redirect\"%' THEN NULL ELSE action END"
"""The address of a provider's page may hold the payer's own; it ends with the attempt."""


async def add(row: AttemptRow) -> bool:
    """Add an attempt; False when its code or reference is taken."""
    return await db.insert("payment_attempts", row, conflict="")


async def get(attempt_id: UUID) -> AttemptRow | None:
    """Read an attempt."""
    found = await db.row("SELECT * FROM payment_attempts WHERE id = {}", attempt_id)
    return AttemptRow(**found) if found else None


async def of(obligation: UUID) -> list[AttemptRow]:
    """Read the attempts of an obligation, oldest first."""
    found = await db.rows(
        "SELECT * FROM payment_attempts WHERE obligation = {} ORDER BY created_at, id", obligation
    )
    return [AttemptRow(**one) for one in found]


async def by_ref(adapter: str, provider_ref: str) -> list[AttemptRow]:
    """Find the attempts that an adapter named so."""
    found = await db.rows(
        "SELECT * FROM payment_attempts WHERE provider_ref = {} AND adapter = {}",
        provider_ref, adapter,
    )  # fmt: skip
    return [AttemptRow(**one) for one in found]


async def latest(adapter: str) -> AttemptRow | None:
    """Read the newest attempt at an adapter."""
    found = await db.row(
        "SELECT * FROM payment_attempts WHERE adapter = {} ORDER BY created_at DESC LIMIT 1",
        adapter,
    )
    return AttemptRow(**found) if found else None


async def by_codes(account: str, codes: Sequence[str]) -> list[AttemptRow]:
    """Find the attempts that were issued to an account under one of the codes."""
    if not codes:
        return []
    found = await db.rows(
        f"SELECT * FROM payment_attempts WHERE code IN ({db.places(codes)}) AND account = {{}}",
        *codes, account,
    )  # fmt: skip
    return [AttemptRow(**one) for one in found]


async def move(attempt_id: UUID, verb: Verb, after: AttemptState) -> bool:
    """Move an attempt if the table of moves lets it; False when it does not."""
    before = sources(verb)
    forgets = "" if after in _LIVE else f", {_PAGE_FORGOTTEN}"
    changed = await db.execute(
        f"UPDATE payment_attempts SET state = {{}}{forgets}"
        f" WHERE id = {{}} AND state IN ({db.places(before)})",
        after, attempt_id, *before,
    )  # fmt: skip
    return changed == 1


async def fail_doubtful(attempt_id: UUID) -> None:
    """End an attempt that its provider never got."""
    await db.execute(
        f"UPDATE payment_attempts SET state = 'failed', {_PAGE_FORGOTTEN}"
        " WHERE id = {} AND state = 'unknown'",
        attempt_id,
    )


async def decide(attempt_id: UUID, state: AttemptState) -> None:
    """Let money decide an attempt's state."""
    await db.execute(
        f"UPDATE payment_attempts SET state = {{}}, {_PAGE_FORGOTTEN}"
        " WHERE id = {} AND state <> {}",
        state, attempt_id, state,
    )  # fmt: skip


async def offer(attempt_id: UUID, action: NextAction, expires_at: datetime | None) -> None:
    """Store what the citizen does next."""
    await db.execute(
        "UPDATE payment_attempts SET action = {}, expires_at = {} WHERE id = {}",
        msgspec.json.encode(action).decode(), expires_at, attempt_id,
    )  # fmt: skip


async def supersede(obligation: UUID, *, keep: UUID | None = None) -> int:
    """Put aside every live attempt of an obligation but one; they are still watched."""
    return await db.execute(
        f"UPDATE payment_attempts SET state = 'superseded', {_PAGE_FORGOTTEN}"
        f" WHERE obligation = {{}} AND state IN {_LIVE} AND id <> {{}}",
        obligation, keep or UUID(int=0),
    )  # fmt: skip


async def overdue(now: datetime, *, most: int) -> list[AttemptRow]:
    """List live attempts whose time is over."""
    found = await db.rows(
        f"SELECT * FROM payment_attempts WHERE state IN {_LIVE} AND expires_at < {{}}"
        " ORDER BY expires_at LIMIT {}",
        now, most,
    )  # fmt: skip
    return [AttemptRow(**one) for one in found]
