"""Units (đơn vị hành chính) as a dated graph.

A unit has our own id, stable and never reused. What the state calls it, its GSO code, its
parents and its successors all hold from a date to a date: since 1 July 2025 the code 31157 means
another ward than before, so a code alone names nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.places.model.calendar import OFFICE_HOURS, Calendar, Hours, Line
from backend.places.model.deadlines import Due, Duration, Pause, deadline, reached, shifted
from backend.platform.kit import logs

_logger = logs.get("places")

UnitId = Annotated[str, Meta(pattern="^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=48)]
Relation = Literal["administrative", "manages", "successor_of", "desk_of"]


class DatedCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code that others use for a unit (mã GSO, mã cơ quan) in a period."""

    system: Literal["gso", "agency"]
    code: Annotated[str, Meta(max_length=32)]
    from_: date = msgspec.field(name="from")
    to: date | None = None


class PortalOnly(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time in which a unit takes dossiers through the national portal alone (Cổng DVCQG)."""

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
    portal_only: PortalOnly | None = None
    demo: bool = False

    def exists(self, on: date) -> bool:
        """Tell whether the unit is there on a day."""
        return self.from_ <= on and (self.to is None or on <= self.to)

    def takes_by_portal_alone(self, on: date) -> bool:
        """Tell whether nothing is handed in to it from here on a day: it is not connected."""
        period = self.portal_only
        return period is not None and period.from_ <= on and (period.to is None or on <= period.to)


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

    def deadline(
        self,
        start: datetime,
        duration: Duration,
        *,
        unit: str,
        cutoff: str | None = None,
        pauses: Sequence[Pause] = (),
    ) -> Due:
        """Say by when a unit owes a result for a dossier accepted at `start`, and why.

        Warns where the calendar is only our guess.
        """
        made = deadline(
            start,
            duration,
            calendar=self.calendar,
            hours=self.hours(unit),
            cutoff=cutoff,
            pauses=pauses,
        )
        return _warned(made)

    def day_after(self, day: date, duration: Duration) -> date:
        """Find the day on which so many days, or working days, are over; the first is not one."""
        if duration.unit == "days":
            return day + timedelta(days=duration.amount)
        for _ in range(duration.amount):
            day = self.calendar.next_working(day)
        return day

    def shifted(self, promised: datetime, pause: Pause, *, unit: str) -> Due:
        """Move a promise that no rule of ours made by the working time the clock stood still."""
        hours = self.hours(unit)
        return _warned(shifted(promised, pause, calendar=self.calendar, hours=hours))

    def reached(self, start: datetime, *, unit: str) -> datetime:
        """Say when a unit can receive what comes in at `start`: then, or when it opens next."""
        return reached(start, calendar=self.calendar, hours=self.hours(unit))

    def hours(self, code: str) -> Hours:
        """Say when the desk of a unit is open."""
        unit = self._units.get(code)
        return unit.hours if unit is not None and unit.hours is not None else OFFICE_HOURS


def _leads(edge: Edge, on: date) -> bool:
    return edge.relation in ("administrative", "manages") and edge.holds(on)


def _warned(made: Due) -> Due:
    for year in made.unannounced:
        _logger.warning("calendar-not-announced", extra={"reason": f"year {year}"})
    return made
