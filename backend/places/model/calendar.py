"""Working time (thời gian làm việc): desk hours, and the calendar of working days.

Years are dated data with their government notice; a year without one is our guess and says so.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.platform.kit.clock import VIETNAM

Line = Annotated[str, Meta(min_length=1, max_length=300)]
ClockTime = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]

SATURDAY = 5
LONGEST_SEARCH = 60
# Solar holidays of the Labour Code, for years nobody has written a file about yet.
FIXED_HOLIDAYS = ((1, 1), (4, 30), (5, 1), (9, 2))
CULTURE_DAY = (11, 24)
CULTURE_DAY_SINCE = 2026


class Session(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One stretch of a desk's day (buổi làm việc)."""

    opens: ClockTime
    closes: ClockTime


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Desk hours (giờ tiếp nhận) of a working day."""

    sessions: Annotated[tuple[Session, ...], Meta(min_length=1, max_length=4)]

    @property
    def spans(self) -> tuple[tuple[time, time], ...]:
        """The sessions as times of the clock."""
        clock = time.fromisoformat
        return tuple((clock(one.opens), clock(one.closes)) for one in self.sessions)

    def __str__(self) -> str:
        """Write them as on the door: 07:00–11:30, 13:30–17:00."""
        return ", ".join(f"{one.opens}–{one.closes}" for one in self.sessions)


OFFICE_HOURS = Hours(sessions=(Session("07:00", "11:30"), Session("13:30", "17:00")))


class DayOff(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day without work (ngày nghỉ) that is not a plain weekend."""

    day: date
    name: Line
    instead_of: date | None = None


class DayOn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A weekend day that is worked (ngày làm bù) for another one."""

    day: date
    name: Line
    instead_of: date | None = None


class CalendarYear(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One year of the calendar; without `notice` it is our guess and says so."""

    year: Annotated[int, Meta(ge=2020, le=2100)]
    notice: Line | None = None
    source: Line
    checked_on: date
    unverified: tuple[Line, ...] = ()
    off: Annotated[tuple[DayOff, ...], Meta(min_length=1)]
    work: tuple[DayOn, ...] = ()


class Calendar:
    """Working days (ngày làm việc), year by year as the government has announced them."""

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        self._years = {year.year: year for year in years}
        self._off = {off.day: off.name for year in self._years.values() for off in year.off}
        self._work = {on.day for year in self._years.values() for on in year.work}

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on that day."""
        if day in self._work:
            return True
        return day.weekday() < SATURDAY and self.holiday(day) is None

    def holiday(self, day: date) -> str | None:
        """Name the holiday or substitute day; None on any other day, weekends included."""
        if day.year in self._years:
            return self._off.get(day)
        fixed = (day.month, day.day)
        culture = fixed == CULTURE_DAY and day.year >= CULTURE_DAY_SINCE
        return "Ngày nghỉ lễ" if fixed in FIXED_HOLIDAYS or culture else None

    def is_made_up(self, day: date) -> bool:
        """Tell whether a weekend day is worked for another one (ngày làm bù)."""
        return day in self._work

    def next_working(self, day: date) -> date:
        """Find the first working day after that one."""
        for ahead in range(1, LONGEST_SEARCH):
            later = day + timedelta(days=ahead)
            if self.is_working(later):
                return later
        raise ValueError(f"no working day within {LONGEST_SEARCH} days after {day}")

    def announces(self, first: datetime, last: datetime) -> bool:
        """Tell whether government notices fix every year between two moments."""
        years = range(first.astimezone(VIETNAM).year, last.astimezone(VIETNAM).year + 1)
        return all(self.is_announced(year) for year in years)

    def is_announced(self, year: int) -> bool:
        """Tell whether a government notice fixes that year; without one a date is a guess."""
        known = self._years.get(year)
        return known is not None and known.notice is not None
