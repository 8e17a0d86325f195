"""Queries about counter shifts: one open one a unit, and each movement in exactly one of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from backend.payments.model.shifts import Counted, Sums, Taking, Told
from backend.platform import db


class ShiftRow(Struct, frozen=True, kw_only=True):
    """A row of `till_shifts`; the reason of a difference is sealed."""

    id: UUID
    unit: str
    opened_by: str
    opened_at: datetime
    opening: int
    closed_by: str | None = None
    closed_at: datetime | None = None
    cash: int | None = None
    pos: int | None = None
    outside: int | None = None
    counted_cash: int | None = None
    counted_pos: int | None = None
    wrapped_key: bytes | None = None
    reason: bytes | None = None


async def add(row: ShiftRow) -> bool:
    """Open a shift; False when the unit has an open one."""
    return await db.insert("till_shifts", row, conflict="")


async def get(shift: UUID) -> ShiftRow | None:
    """Read a shift."""
    found = await db.row("SELECT * FROM till_shifts WHERE id = {}", shift)
    return ShiftRow(**found) if found else None


async def lock(shift: UUID) -> ShiftRow | None:
    """Read an open shift and keep it to this transaction; None when it is closed."""
    found = await db.row(
        "UPDATE till_shifts SET opening = opening WHERE id = {} AND closed_at IS NULL RETURNING *",
        shift,
    )
    return ShiftRow(**found) if found else None


async def page(
    units: Sequence[str], *, before: datetime, beyond: UUID, most: int
) -> list[ShiftRow]:
    """List shifts of these units, newest first, then by id."""
    if not units:
        return []
    found = await db.rows(
        f"SELECT * FROM till_shifts WHERE unit IN ({db.places(units)})"
        " AND (opened_at < {} OR (opened_at = {} AND id > {}))"
        " ORDER BY opened_at DESC, id LIMIT {}",
        *units, before, before, beyond, most,
    )  # fmt: skip
    return [ShiftRow(**one) for one in found]


async def claim(row: ShiftRow) -> None:
    """Put every movement of the counter that is in no shift yet into this one."""
    await db.execute(
        "INSERT INTO shift_lines (event, shift, outside)"
        " SELECT e.id, {}, CASE WHEN e.received_at < {} THEN 1 ELSE 0 END FROM money_events e"
        " WHERE e.adapter = 'counter' AND e.account = {} AND e.status = 'succeeded'"
        " AND NOT EXISTS (SELECT 1 FROM shift_lines l WHERE l.event = e.id)",
        row.id, row.opened_at, row.unit,
    )  # fmt: skip


async def takings(shift: UUID) -> list[Taking]:
    """List the movements of a shift as they came."""
    found = await db.rows(
        "SELECT e.id, e.received_at, e.txn, e.kind, e.amount, l.outside, o.dossier"
        " FROM shift_lines l JOIN money_events e ON e.id = l.event"
        " LEFT JOIN placed p ON p.event = e.id LEFT JOIN obligations o ON o.id = p.obligation"
        " WHERE l.shift = {} ORDER BY e.received_at, e.id",
        shift,
    )
    return [
        Taking(
            event=one["id"],
            at=one["received_at"],
            kind="cash" if one["txn"].startswith("cash:") else "pos",
            amount=one["amount"] if one["kind"] == "payment" else -one["amount"],
            slip=None if one["txn"].startswith("cash:") else one["txn"].removeprefix("pos:"),
            dossier=one["dossier"],
            outside=bool(one["outside"]),
        )
        for one in found
    ]


async def tell(shift: UUID, number: int, told: Told) -> None:
    """Keep a count as it was said."""
    await db.execute(
        "INSERT INTO shift_counts (shift, number, told_by, told_at, cash, pos)"
        " VALUES ({}, {}, {}, {}, {}, {})",
        shift, number, told.by, told.at, told.cash, told.pos,
    )  # fmt: skip


async def told(shifts: Sequence[UUID]) -> dict[UUID, list[Told]]:
    """Read the counts of these shifts in the order in which they were said."""
    found = await db.rows(
        "SELECT shift, told_by, told_at, cash, pos FROM shift_counts"
        f" WHERE shift IN ({db.places(shifts)}) ORDER BY shift, number",
        *shifts,
    )
    counts: dict[UUID, list[Told]] = {shift: [] for shift in shifts}
    for one in found:
        said = Told(by=one["told_by"], at=one["told_at"], cash=one["cash"], pos=one["pos"])
        counts[one["shift"]].append(said)
    return counts


async def close(
    shift: UUID,
    sums: Sums,
    counted: Counted,
    *,
    by: str,
    now: datetime,
    wrapped_key: bytes | None,
    reason: bytes | None,
) -> bool:
    """Close an open shift for ever; False when it is closed."""
    changed = await db.execute(
        "UPDATE till_shifts SET closed_by = {}, closed_at = {}, cash = {}, pos = {}, outside = {},"
        " counted_cash = {}, counted_pos = {}, wrapped_key = {}, reason = {}"
        " WHERE id = {} AND closed_at IS NULL",
        by, now, sums.cash, sums.pos, sums.outside, counted.cash, counted.pos,
        wrapped_key, reason, shift,
    )  # fmt: skip
    return changed == 1
