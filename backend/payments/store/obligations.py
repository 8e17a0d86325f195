"""Queries about what is owed, and what is to be given back.

`lock` takes an obligation's row first: whatever settles, starts or collects for one obligation
does so one after the other, on PostgreSQL too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec

from backend.payments.model.states import (
    Basis,
    Standing,
)
from backend.payments.model.words import Line
from backend.payments.store.rows import ObligationRow, insert, places
from backend.platform import db

_AT_ONCE = 500


async def add(row: ObligationRow) -> bool:
    """Add an obligation; False when the dossier has one already."""
    return await insert("obligations", row, conflict="dossier")


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
            f" WHERE dossier IN ({places(part)})",
            *part,
        )
    return found


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
