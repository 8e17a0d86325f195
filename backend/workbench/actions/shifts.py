"""Counter shifts at the desk: opened, counted, closed and read, in the officer's own units.

Another unit's shift raises the same NotFound as one that is not there.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from msgspec.structs import asdict

from backend import dossiers, payments, people, places
from backend.payments import Counted, Shift, Taking
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.workbench.actions.reading import PAGE, Desk, names_in, titles_in, unit_names
from backend.workbench.model.money import money_cursor, read_money_cursor
from backend.workbench.model.shifts import (
    Closing,
    Opening,
    ShiftList,
    ShiftReport,
    ShiftShown,
    TakingShown,
    difference,
)

_AHEAD = timedelta(days=1)
"""The first page begins after now: what was opened at this very moment stands in it too."""


async def listed(desk: Desk, after: str | None) -> ShiftList:
    """List a page of shifts of the own units."""
    before, beyond = read_money_cursor(after) if after else (desk.now + _AHEAD, None)
    found = await payments.listed_shifts(
        desk.units(), vault=desk.vault, before=before, beyond=beyond, most=PAGE + 1
    )
    page = found[:PAGE]
    follows = money_cursor(page[-1].opened_at, page[-1].shift) if len(found) > PAGE else None
    return ShiftList(items=await _shown(page), next=follows, units=unit_names(desk))


async def open_till(desk: Desk, wish: Opening, *, random: Randomness) -> ShiftReport:
    """Open the till of an own unit."""
    if wish.unit not in desk.units():
        raise NotFound
    made = await payments.open_shift(
        wish.unit,
        opening=wish.opening,
        by=desk.officer.actor,
        random=random,
        vault=desk.vault,
        now=desk.now,
    )
    return await _report(made)


async def report(desk: Desk, shift: UUID) -> ShiftReport:
    """Read a shift with its lines."""
    return await _report(await _mine(desk, shift))


async def close(desk: Desk, shift: UUID, wish: Closing) -> ShiftReport:
    """Close a shift by what was counted."""
    await _mine(desk, shift)
    counted = Counted(cash=wish.counted_cash, pos=wish.counted_pos)
    closed = await payments.close_shift(
        shift,
        counted,
        reason=wish.checked_reason(),
        by=desk.officer.actor,
        vault=desk.vault,
        now=desk.now,
    )
    return await _report(closed)


async def _mine(desk: Desk, shift: UUID) -> Shift:
    found = await payments.one_shift(shift, vault=desk.vault)
    if found.unit not in desk.units():
        raise NotFound
    return found


async def _report(shift: Shift) -> ShiftReport:
    lines = await payments.takings(shift.shift)
    (shown,) = await _shown([shift])
    return ShiftReport(
        shift=shown,
        unit_name=places.name(shift.unit),
        cash_difference=difference(shift.counted_cash, shift.expected_cash),
        pos_difference=difference(shift.counted_pos, shift.expected_pos),
        lines=[await _line(one) for one in lines],
    )


async def _shown(shifts: Sequence[Shift]) -> list[ShiftShown]:
    """Put the names of those who acted beside each."""
    acted = [(one.opened_by, one.closed_by, *(count.by for count in one.told)) for one in shifts]
    known = await people.signed_by(who for everybody in acted for who in everybody)
    return [
        ShiftShown(**asdict(one), names=names_in(known, who), titles=titles_in(known, who))
        for one, who in zip(shifts, acted, strict=True)
    ]


async def _line(one: Taking) -> TakingShown:
    dossier = await dossiers.get(one.dossier) if one.dossier else None
    return TakingShown(
        at=dossiers.local(one.at),
        kind=one.kind,
        amount=one.amount,
        slip=one.slip,
        code=dossier.code if dossier else None,
        outside=one.outside,
    )
