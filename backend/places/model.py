"""Units (đơn vị hành chính) as a dated graph, desk hours and the calendar of working days.

A unit has our own id, stable and never reused. What the state calls it, its GSO code, its
parents and its successors all hold from a date to a date: since 1 July 2025 the code 31157 means
another ward than before, so a code alone names nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM

_logger = logs.get("places")

UnitId = Annotated[str, Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=48)]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
ClockTime = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Relation = Literal["administrative", "manages", "successor_of", "desk_of"]

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
    def closes(self) -> time:
        """When the last session ends: a promised result is there by then."""
        return time.fromisoformat(self.sessions[-1].closes)

    def __str__(self) -> str:
        """Write them as on the door: 07:00–11:30, 13:30–17:00."""
        return ", ".join(f"{one.opens}–{one.closes}" for one in self.sessions)


OFFICE_HOURS = Hours(sessions=(Session("07:00", "11:30"), Session("13:30", "17:00")))


class DatedCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code that others use for a unit (mã GSO, mã cơ quan) in a period."""

    system: Literal["gso", "agency"]
    code: Annotated[str, Meta(max_length=32)]
    from_: date = msgspec.field(name="from")
    to: date | None = None


class Unit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit (đơn vị): province, district, ward, commune or desk."""

    code: UnitId
    name: Line
    kind: Literal["city", "province", "district", "ward", "commune", "town", "desk", "cluster"]
    level: Literal["province", "district", "commune"]
    from_: date = msgspec.field(name="from")
    to: date | None = None
    office: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    codes: tuple[DatedCode, ...] = ()
    hours: Hours | None = None
    demo: bool = False

    def exists(self, on: date) -> bool:
        """Tell whether the unit is there on a day."""
        return self.from_ <= on and (self.to is None or on <= self.to)


class Edge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A relation of two units in a period: child administrative / manages / … parent."""

    child: UnitId
    parent: UnitId
    relation: Relation
    from_: date = msgspec.field(name="from")
    to: date | None = None
    note: Line | None = None

    def holds(self, on: date) -> bool:
        """Tell whether the relation is in force on a day."""
        return self.from_ <= on and (self.to is None or on <= self.to)


class PlacesFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One data file of units with its source."""

    source: Line
    checked_on: date
    demo: bool = False
    units: Annotated[tuple[Unit, ...], Meta(min_length=1)]
    edges: tuple[Edge, ...] = ()


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

    def next_working(self, day: date) -> date:
        """Find the first working day after that one."""
        for ahead in range(1, LONGEST_SEARCH):
            later = day + timedelta(days=ahead)
            if self.is_working(later):
                return later
        raise ValueError(f"no working day within {LONGEST_SEARCH} days after {day}")

    def add_working(self, day: date, count: int) -> date:
        """Count working days on from a day; that day itself is not counted."""
        for _ in range(count):
            day = self.next_working(day)
        return day

    def is_announced(self, year: int) -> bool:
        """Tell whether a government notice fixes that year; without one a date is a guess."""
        known = self._years.get(year)
        return known is not None and known.notice is not None


def due(
    start: datetime, *, days: int, cutoff: str | None, calendar: Calendar, hours: Hours
) -> datetime:
    """Say by when a result is due (hẹn trả kết quả) for a dossier accepted at `start`.

    Same day (`days` 0): accepted on a working day up to `cutoff`, due that day; later or on a day
    off, the next working day. Else the day of acceptance is not counted and the last working day
    is due. Always at the end of desk hours. Times in +07:00.
    """
    local = start.astimezone(VIETNAM)
    if days:
        last = calendar.add_working(local.date(), days)
    elif calendar.is_working(local.date()) and _in_time(local, cutoff):
        last = local.date()
    else:
        last = calendar.next_working(local.date())
    return datetime.combine(last, hours.closes, tzinfo=VIETNAM)


def _in_time(local: datetime, cutoff: str | None) -> bool:
    return cutoff is None or local.time() <= time.fromisoformat(cutoff)


class Places:
    """The graph of units, asked by day."""

    def __init__(self, files: Iterable[PlacesFile], calendar: Calendar) -> None:
        self.calendar = calendar
        loaded = tuple(files)
        self._units: Mapping[str, Unit] = {
            unit.code: msgspec.structs.replace(unit, demo=unit.demo or file.demo)
            for file in loaded
            for unit in file.units
        }
        self._edges = tuple(edge for file in loaded for edge in file.edges)

    def unit(self, code: str) -> Unit | None:
        """Find a unit, of whatever time."""
        return self._units.get(code)

    def units(self) -> Iterator[Unit]:
        """List all units of all times, in the order of the files."""
        return iter(self._units.values())

    def by_gso(self, code: str, *, on: date) -> Unit | None:
        """Find the unit that a GSO code meant on a day; codes are reused with other meanings."""
        for unit in self._units.values():
            for dated in unit.codes:
                begun = dated.from_ <= on and (dated.to is None or on <= dated.to)
                if (dated.system, dated.code) == ("gso", code) and begun:
                    return unit
        return None

    def below(self, code: str, *, on: date) -> list[Unit]:
        """List a unit and all it administers or manages on a day, each once."""
        found: dict[str, Unit] = {}
        waiting = [code]
        while waiting:
            unit = self._units.get(waiting.pop(0))
            if unit is None or unit.code in found or not unit.exists(on):
                continue
            found[unit.code] = unit
            waiting.extend(
                edge.child for edge in self._edges if edge.parent == unit.code and _leads(edge, on)
            )
        return list(found.values())

    def above(self, code: str, *, on: date) -> list[Unit]:
        """List a unit and all that administers or manages it on a day, nearest first."""
        found: dict[str, Unit] = {}
        waiting = [code]
        while waiting:
            unit = self._units.get(waiting.pop(0))
            if unit is None or unit.code in found:
                continue
            found[unit.code] = unit
            waiting.extend(
                edge.parent for edge in self._edges if edge.child == unit.code and _leads(edge, on)
            )
        return list(found.values())

    def successors(self, code: str, *, on: date) -> list[Unit]:
        """List the units that took over from a unit; figures of both are never added up."""
        return [
            self._units[edge.child]
            for edge in self._edges
            if edge.relation == "successor_of" and edge.parent == code and edge.holds(on)
        ]

    def due(self, start: datetime, *, days: int, cutoff: str | None, unit: str) -> datetime:
        """Say by when a unit owes a result; warn where the calendar is only our guess."""
        result = due(
            start, days=days, cutoff=cutoff, calendar=self.calendar, hours=self.hours(unit)
        )
        for year in range(start.astimezone(VIETNAM).year, result.year + 1):
            if not self.calendar.is_announced(year):
                _logger.warning("calendar-not-announced", extra={"reason": f"year {year}"})
        return result

    def due_in_days(self, start: datetime, *, days: int, unit: str) -> datetime:
        """Say by when a unit owes a result counted in days of the calendar.

        The day of acceptance is not counted; a last day off moves to the next working day.
        """
        last = start.astimezone(VIETNAM).date() + timedelta(days=days)
        if not self.calendar.is_working(last):
            last = self.calendar.next_working(last)
        return datetime.combine(last, self.hours(unit).closes, tzinfo=VIETNAM)

    def hours(self, code: str) -> Hours:
        """Say when the desk of a unit is open."""
        unit = self._units.get(code)
        return unit.hours if unit is not None and unit.hours is not None else OFFICE_HOURS


def _leads(edge: Edge, on: date) -> bool:
    return edge.relation in ("administrative", "manages") and edge.holds(on)
