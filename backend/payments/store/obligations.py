"""Queries about what is owed, and what is to be given back.

`lock` takes an obligation's row first: whatever settles, starts or collects for one obligation
does so one after the other, on PostgreSQL too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from backend.payments.model.states import (
    Basis,
    Standing,
)
from backend.payments.model.words import Line
from backend.payments.store.rows import ObligationRow
from backend.platform import db

_AT_ONCE = 500


async def add(row: ObligationRow) -> bool:
    """Add an obligation; False when the dossier has one already."""
    return await db.insert("obligations", row, conflict="dossier")


async def of(dossier: UUID) -> ObligationRow | None:
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


async def get(obligation_id: UUID) -> ObligationRow:
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


async def count_sum(obligation: UUID) -> None:
    """Let the sum of what came count from now on, not one exact payment alone."""
    await db.execute("UPDATE obligations SET counting = 'sum' WHERE id = {}", obligation)


async def pay_until(obligation: UUID, until: datetime | None) -> None:
    """Set by when a fee is to be paid; None takes the time limit away."""
    await db.execute("UPDATE obligations SET pay_until = {} WHERE id = {}", until, obligation)


async def run_out(now: datetime, *, most: int) -> list[ObligationRow]:
    """List open fees whose time to pay is over."""
    found = await db.rows(
        "SELECT * FROM obligations WHERE pay_until IS NOT NULL AND pay_until < {}"
        " AND basis = 'open' AND state = 'open' ORDER BY pay_until LIMIT {}",
        now, most,
    )  # fmt: skip
    return [ObligationRow(**one) for one in found]


async def end_version(row: ObligationRow, *, by: str, now: datetime) -> None:
    """Keep what was owed until now, before it changes (phiên bản trước)."""
    await db.execute(
        "INSERT INTO obligation_versions (obligation, version, basis, amount, lines, ended_by,"
        " ended_at) VALUES ({}, {}, {}, {}, {}, {}, {})",
        row.id, row.version, row.basis, row.amount, row.lines, by, now,
    )  # fmt: skip
    await db.execute("UPDATE obligations SET version = version + 1 WHERE id = {}", row.id)


async def page(after: UUID, *, most: int) -> list[ObligationRow]:
    """Read obligations in the order of their ids, a page at a time (for the audit of money)."""
    found = await db.rows(
        "SELECT * FROM obligations WHERE id > {} ORDER BY id LIMIT {}", after, most
    )
    return [ObligationRow(**one) for one in found]


async def requote(obligation: UUID, *, basis: Basis, amount: int, lines: tuple[Line, ...]) -> None:
    """Give an obligation its lines and amount."""
    await db.execute(
        "UPDATE obligations SET basis = {}, amount = {}, lines = {} WHERE id = {}",
        basis, amount, msgspec.json.encode(lines).decode(), obligation,
    )  # fmt: skip


async def stand(obligation: ObligationRow, standing: Standing, *, given_back: int) -> bool:
    """Write where an obligation stands; False when another transaction got in between."""
    changed = await db.execute(
        "UPDATE obligations SET state = {}, paid = {}, given_back = {} WHERE id = {} AND rev = {}",
        standing.state, standing.paid, given_back, obligation.id, obligation.rev,
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
            f" WHERE dossier IN ({db.places(part)})",
            *part,
        )
    return found
