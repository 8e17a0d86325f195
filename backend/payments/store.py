"""Every query of this room; hand-written, for both engines.

`lock` takes an obligation's row first: whatever settles, starts or collects for one obligation
does so one after the other, on PostgreSQL too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from backend.payments.model.states import (
    AttemptState,
    Basis,
    Fact,
    ObligationState,
    Reason,
    Standing,
    Verb,
    sources,
)
from backend.payments.model.words import Line, NextAction
from backend.platform import db

_AT_ONCE = 500
_LIVE = "('created', 'pending', 'unknown')"
_EVENTS = UUID("6d6f6e65-7920-6576-656e-74732e763100")


class ObligationRow(Struct, frozen=True, kw_only=True):
    """A row of `obligations`."""

    id: UUID
    dossier: UUID
    unit: str
    procedure: str
    basis: Basis
    state: ObligationState
    amount: int | None
    paid: int
    lines: str
    bank_bin: str | None
    account: str | None
    account_name: str | None
    settled_at: datetime | None
    settled_by: str | None
    opened_at: datetime
    rev: int


class AttemptRow(Struct, frozen=True, kw_only=True):
    """A row of `payment_attempts`; an `account` is '' where no transfer is meant."""

    id: UUID
    obligation: UUID
    adapter: str
    state: AttemptState
    code: str
    provider_ref: str
    account: str
    amount: int
    description: str
    action: str | None
    created_at: datetime
    expires_at: datetime | None


class EventRow(Struct, frozen=True, kw_only=True):
    """A row of `money_events`; `codes` are those found in the memo, between spaces."""

    id: UUID
    adapter: str
    account: str
    txn: str
    kind: Literal["payment", "reversal"]
    status: Literal["succeeded", "failed", "aside"]
    amount: int
    provider_ref: str
    codes: str
    reason: Reason | None
    unit: str
    inbox: UUID | None
    sealed: bytes | None
    occurred_at: datetime | None
    received_at: datetime


class InboxRow(Struct, frozen=True, kw_only=True):
    """A row of `notices_inbox`: a notice as it came, sealed."""

    id: UUID
    adapter: str
    at: datetime
    digest: bytes
    wrapped_key: bytes
    sealed: bytes
    verdict: str | None = None


def event_id(*parts: str) -> UUID:
    """Name an event by what it says, so that the same one told twice has the same name."""
    return uuid5(_EVENTS, "\0".join(parts))


# -- obligations ----------------------------------------------------------------------------------


async def add_obligation(row: ObligationRow) -> bool:
    """Add an obligation; False when the dossier has one already."""
    return await _insert("obligations", row, conflict="dossier")


async def obligation_of(dossier: UUID) -> ObligationRow | None:
    """Read a dossier's obligation."""
    found = await db.row("SELECT * FROM obligations WHERE dossier = {}", dossier)
    return ObligationRow(**found) if found else None


async def lock(dossier: UUID) -> ObligationRow | None:
    """Read a dossier's obligation and keep it to this transaction."""
    found = await db.row(
        "UPDATE obligations SET rev = rev + 1 WHERE dossier = {} RETURNING *", dossier
    )
    return ObligationRow(**found) if found else None


async def lock_by_id(obligation: UUID) -> ObligationRow:
    """Read an obligation that is known to exist and keep it to this transaction."""
    found = await db.rows(
        "UPDATE obligations SET rev = rev + 1 WHERE id = {} RETURNING *", obligation
    )
    return ObligationRow(**found[0])


async def obligation(obligation_id: UUID) -> ObligationRow:
    """Read an obligation that is known to exist."""
    found = await db.rows("SELECT * FROM obligations WHERE id = {}", obligation_id)
    return ObligationRow(**found[0])


async def freeze_account(obligation: UUID, bank_bin: str, account: str, name: str) -> None:
    """Freeze the account of an obligation that has none yet."""
    await db.execute(
        "UPDATE obligations SET bank_bin = {}, account = {}, account_name = {}"
        " WHERE id = {} AND account IS NULL",
        bank_bin, account, name, obligation,
    )  # fmt: skip


async def rebase(obligation: UUID, basis: Basis) -> None:
    """Change what an obligation is without looking at money."""
    await db.execute("UPDATE obligations SET basis = {} WHERE id = {}", basis, obligation)


async def requote(obligation: UUID, *, basis: Basis, amount: int, lines: tuple[Line, ...]) -> None:
    """Give an obligation its lines and amount."""
    await db.execute(
        "UPDATE obligations SET basis = {}, amount = {}, lines = {} WHERE id = {}",
        basis, amount, msgspec.json.encode(lines).decode(), obligation,
    )  # fmt: skip


async def stand(obligation: ObligationRow, standing: Standing) -> bool:
    """Write where an obligation stands; False when another transaction got in between."""
    changed = await db.execute(
        "UPDATE obligations SET state = {}, paid = {} WHERE id = {} AND rev = {}",
        standing.state, standing.paid, obligation.id, obligation.rev,
    )  # fmt: skip
    return changed == 1


async def settle(obligation: UUID, *, by: str | None, now: datetime) -> None:
    """Remember when an obligation was first settled, and by which adapter."""
    await db.execute(
        "UPDATE obligations SET settled_at = {}, settled_by = {}"
        " WHERE id = {} AND settled_at IS NULL",
        now, by, obligation,
    )  # fmt: skip


async def briefs(dossiers: Sequence[UUID]) -> list[dict[str, Any]]:
    """Read state, amount, paid and paying adapter of many dossiers."""
    found = []
    for start in range(0, len(dossiers), _AT_ONCE):
        part = dossiers[start : start + _AT_ONCE]
        found += await db.rows(
            "SELECT dossier, state, amount, paid, settled_by FROM obligations"
            f" WHERE dossier IN ({_places(part)})",
            *part,
        )
    return found


# -- attempts -------------------------------------------------------------------------------------


async def add_attempt(row: AttemptRow) -> bool:
    """Add an attempt; False when its code or reference is taken."""
    return await _insert("payment_attempts", row, conflict="")


async def attempt(attempt_id: UUID) -> AttemptRow | None:
    """Read an attempt."""
    found = await db.row("SELECT * FROM payment_attempts WHERE id = {}", attempt_id)
    return AttemptRow(**found) if found else None


async def attempts_of(obligation: UUID) -> list[AttemptRow]:
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


async def by_codes(account: str, codes: Sequence[str]) -> list[AttemptRow]:
    """Find the attempts that were issued to an account under one of the codes."""
    if not codes:
        return []
    found = await db.rows(
        f"SELECT * FROM payment_attempts WHERE code IN ({_places(codes)}) AND account = {{}}",
        *codes, account,
    )  # fmt: skip
    return [AttemptRow(**one) for one in found]


async def move(attempt_id: UUID, verb: Verb, after: AttemptState) -> bool:
    """Move an attempt if the table of moves lets it; False when it does not."""
    before = sources(verb)
    changed = await db.execute(
        f"UPDATE payment_attempts SET state = {{}} WHERE id = {{}} AND state IN ({_places(before)})",
        after, attempt_id, *before,
    )  # fmt: skip
    return changed == 1


async def fail_doubtful(attempt_id: UUID) -> None:
    """End an attempt that its provider never got."""
    await db.execute(
        "UPDATE payment_attempts SET state = 'failed' WHERE id = {} AND state = 'unknown'",
        attempt_id,
    )


async def decide(attempt_id: UUID, state: AttemptState) -> None:
    """Let money decide an attempt's state."""
    await db.execute(
        "UPDATE payment_attempts SET state = {} WHERE id = {} AND state <> {}",
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
        "UPDATE payment_attempts SET state = 'superseded'"
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


# -- money ----------------------------------------------------------------------------------------


async def add_event(row: EventRow) -> EventRow | None:
    """Add a movement of money; the one that stands there when it was told before."""
    if await _insert("money_events", row, conflict="id"):
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
        " WHERE p.obligation = {} AND e.status = 'succeeded'",
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


async def set_aside(units: Sequence[str], *, before: datetime, most: int) -> list[dict[str, Any]]:
    """List money that an officer of these units should look at, newest first."""
    if not units:
        return []
    return await db.rows(
        "SELECT e.*, p.reason AS posted_reason, o.dossier, o.unit AS owner, o.state,"
        " i.wrapped_key FROM money_events e"
        " LEFT JOIN postings p ON p.event = e.id LEFT JOIN obligations o ON o.id = p.obligation"
        " LEFT JOIN notices_inbox i ON i.id = e.inbox"
        " WHERE e.status <> 'failed'"
        " AND (p.event IS NULL OR p.reason IS NOT NULL OR e.reason IS NOT NULL)"
        f" AND COALESCE(o.unit, e.unit) IN ({_places([*units, '*'])})"
        " AND e.received_at < {} ORDER BY e.received_at DESC, e.id LIMIT {}",
        *units, "*", before, most,
    )  # fmt: skip


async def surplus_recorded(obligation: UUID) -> int:
    """Sum what is to be given back by the records."""
    found = await db.rows(
        "SELECT amount FROM refunds WHERE obligation = {} AND state = 'requested'", obligation
    )
    return sum(one["amount"] for one in found)


async def record_surplus(obligation: ObligationRow, surplus: int, *, now: datetime) -> None:
    """Bring the refund records to the exact surplus: add what is missing, or write them anew."""
    missing = surplus - await surplus_recorded(obligation.id)
    if missing < 0:
        await db.execute(
            "UPDATE refunds SET state = 'withdrawn' WHERE obligation = {}", obligation.id
        )
        missing = surplus
    if missing > 0:
        await db.execute(
            "INSERT INTO refunds (id, obligation, amount, state, at)"
            " VALUES ({}, {}, {}, 'requested', {})",
            uuid5(obligation.id, f"refund {obligation.rev}"), obligation.id, missing, now,
        )  # fmt: skip


# -- inbox ----------------------------------------------------------------------------------------


async def receive(row: InboxRow) -> None:
    """Keep a notice as it came."""
    await _insert("notices_inbox", row, conflict="id")


async def judge(inbox: UUID, verdict: str) -> None:
    """Write what became of a notice."""
    await db.execute("UPDATE notices_inbox SET verdict = {} WHERE id = {}", verdict, inbox)


async def unread(*, before: datetime, most: int) -> list[InboxRow]:
    """List notices that nobody finished with: a crash came in between."""
    found = await db.rows(
        "SELECT * FROM notices_inbox WHERE verdict IS NULL AND at < {} ORDER BY at LIMIT {}",
        before, most,
    )  # fmt: skip
    return [InboxRow(**one) for one in found]


async def forget_refused(*, before: datetime) -> int:
    """Delete what was never proven genuine."""
    return await db.execute(
        "DELETE FROM notices_inbox WHERE verdict = 'bad_signature' AND at < {}", before
    )


async def forget(inbox: UUID) -> None:
    """Delete one notice that was not proven genuine."""
    await db.execute("DELETE FROM notices_inbox WHERE id = {}", inbox)


async def _insert(table: str, row: Struct, *, conflict: str) -> bool:
    fields = row.__struct_fields__
    target = f" ({conflict})" if conflict else ""
    changed = await db.execute(
        f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({_places(fields)})"
        f" ON CONFLICT{target} DO NOTHING",
        *(getattr(row, field) for field in fields),
    )
    return changed == 1


def _places(values: Iterable[object]) -> str:
    return ", ".join("{}" for _ in values)
