"""Counter shifts (ca thu): a till is opened, counted blindly, and closed with its report.

The shift that is closed takes every movement of the unit's counter that no earlier one has: each
đồng is in exactly one shift, whatever clocks say. Until then nobody is shown what should be there.
Every count is kept as it was said, the refused ones too: nobody tries sums in secret.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.payments.model.shifts import (
    REASON_NEEDED,
    Counted,
    Shift,
    ShiftClosed,
    ShiftOpen,
    Taking,
    Told,
    agrees,
    sums_of,
)
from backend.payments.store import shifts
from backend.payments.store.shifts import ShiftRow
from backend.platform import audit, db
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import NotFound, Unprocessable
from backend.platform.kit.ids import Randomness
from backend.platform.vault import Vault

_REASON = "till_shifts.reason"
_LAST = UUID(int=2**128 - 1)


async def open_shift(
    unit: str, *, opening: int, by: str, random: Randomness, vault: Vault, now: datetime
) -> Shift:
    """Open the till of a unit (mở ca) with the change that lies in it; ShiftOpen."""
    row = ShiftRow(
        id=UUID(bytes=random(16), version=4),
        unit=unit,
        opened_by=by,
        opened_at=now,
        opening=opening,
    )
    async with db.transaction():
        if not await shifts.add(row):
            raise ShiftOpen
        await _journal(row, "shift_open", by=by, amount=opening, now=now)
    return _shown(row, (), vault)


async def close_shift(
    shift: UUID,
    counted: Counted,
    *,
    reason: str,
    by: str,
    vault: Vault,
    now: datetime,
) -> Shift:
    """Close a shift (đóng ca) by what was counted; a difference needs its reason.

    ShiftClosed, NotFound, Unprocessable. A refused close takes nothing into the shift, but its
    count stays as it was said.
    """
    await _tell(shift, Told(by=by, at=now, cash=counted.cash, pos=counted.pos))
    async with db.transaction():
        row = await _open(shift)
        await shifts.claim(row)
        sums = sums_of(await shifts.takings(shift))
        if not agrees(row.opening, sums, counted) and not reason:
            raise Unprocessable(errors=[REASON_NEEDED])
        wrapped, key = vault.new_key(shift)
        await shifts.close(
            shift,
            sums,
            counted,
            by=by,
            now=now,
            wrapped_key=wrapped if reason else None,
            reason=key.seal(_REASON, reason.encode()) if reason else None,
        )
        await _journal(row, "shift_close", by=by, amount=counted.cash, now=now)
    return await one_shift(shift, vault=vault)


async def _tell(shift: UUID, count: Told) -> None:
    """Keep what was counted, before it is judged; the same person's repeat is no new count."""
    async with db.transaction():
        row = await _open(shift)
        said = (await shifts.told([shift]))[shift]
        if said and count.repeats(said[-1]):
            return
        await shifts.tell(shift, len(said) + 1, count)
        await _journal(row, "shift_count", by=count.by, amount=count.cash, now=count.at)


async def _open(shift: UUID) -> ShiftRow:
    """Keep an open shift to this transaction; ShiftClosed, NotFound."""
    row = await shifts.lock(shift)
    if row is None:
        raise ShiftClosed if await shifts.get(shift) else NotFound
    return row


async def one_shift(shift: UUID, *, vault: Vault) -> Shift:
    """Read a shift; NotFound."""
    row = await shifts.get(shift)
    if row is None:
        raise NotFound
    return _shown(row, (await shifts.told([shift]))[shift], vault)


async def takings(shift: UUID) -> list[Taking]:
    """List the movements of a closed shift (bảng kê); an open one has none yet."""
    return await shifts.takings(shift)


async def listed_shifts(
    units: Sequence[str],
    *,
    vault: Vault,
    before: datetime,
    beyond: UUID | None = None,
    most: int = 50,
) -> list[Shift]:
    """List shifts of these units, newest first; a further page begins after the last one seen."""
    found = await shifts.page(units, before=before, beyond=beyond or _LAST, most=most)
    told = await shifts.told([row.id for row in found])
    return [_shown(row, told[row.id], vault) for row in found]


async def _journal(row: ShiftRow, verb: str, *, by: str, amount: int, now: datetime) -> None:
    await audit.write(
        actor=by,
        verb=verb,
        dossier=None,
        unit=row.unit,
        facts={"shift": str(row.id), "cash": amount},
        now=now,
    )


def _shown(row: ShiftRow, told: Iterable[Told], vault: Vault) -> Shift:
    reason = None
    if row.wrapped_key and row.reason:
        reason = vault.open_key(row.wrapped_key, row.id).open(_REASON, row.reason).decode()
    return Shift(
        shift=row.id,
        unit=row.unit,
        opened_by=row.opened_by,
        opened_at=row.opened_at.astimezone(VIETNAM),
        opening=row.opening,
        closed_by=row.closed_by,
        closed_at=row.closed_at and row.closed_at.astimezone(VIETNAM),
        expected_cash=None if row.cash is None else row.opening + row.cash,
        expected_pos=row.pos,
        outside=row.outside,
        counted_cash=row.counted_cash,
        counted_pos=row.counted_pos,
        reason=reason,
        told=tuple(replace(one, at=one.at.astimezone(VIETNAM)) for one in told),
    )
