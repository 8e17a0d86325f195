"""The tills of the demo's past: each day with cash has its shift, counted at its end."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from msgspec import Struct

from backend import payments
from backend.app import House
from backend.payments import Counted
from backend.platform.kit.clock import VIETNAM

CHANGE = 50_000
_MORNING, _EVENING = time(7, 0), time(17, 0)


class _Open(Struct):
    """A till that is open: its shift, whose it is, and what lies in it."""

    shift: UUID
    by: str
    day: date
    cash: int


class Tills:
    """Opens the till of a ward when the first cash of a day comes, closes it that evening."""

    def __init__(self, house: House) -> None:
        """Take the opened house."""
        self._house = house
        self._open: dict[str, _Open] = {}

    async def take(self, unit: str, amount: int, *, by: str, at: datetime) -> None:
        """Note cash that is about to be taken; the shift is opened if it is not yet."""
        till = self._open.get(unit)
        if till is None:
            day = at.astimezone(VIETNAM).date()
            made = await payments.open_shift(
                unit,
                opening=CHANGE,
                by=by,
                random=self._house.random,
                vault=self._house.vault,
                now=_at(day, _MORNING),
            )
            till = self._open[unit] = _Open(shift=made.shift, by=by, day=day, cash=CHANGE)
        till.cash += amount

    async def close_before(self, day: date) -> None:
        """Close the tills of earlier days; nothing was missing in any."""
        for unit in [one for one, till in self._open.items() if till.day < day]:
            till = self._open.pop(unit)
            await payments.close_shift(
                till.shift,
                Counted(cash=till.cash, pos=0),
                reason="",
                by=till.by,
                vault=self._house.vault,
                now=_at(till.day, _EVENING),
            )


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=VIETNAM).astimezone(UTC)
