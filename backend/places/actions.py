"""Loads units and calendars from data files and answers for the whole process."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from backend.places.model import (
    Calendar,
    CalendarYear,
    Hours,
    Places,
    PlacesFile,
    Unit,
    linting,
)
from backend.platform import yamlfiles
from backend.platform.kit.errors import NotFound
from backend.platform.yamlfiles import Finding, Node, Place

T = TypeVar("T")

DATA = Path(__file__).parent / "data"
DEMO_FILE = "demo.yaml"
REAL_FILES = ("can-tho-2025.yaml",)


class UnknownUnit(NotFound):
    """No unit has that id."""

    slug = "unknown-unit"
    title = "Không có đơn vị này. Quét lại mã QR hoặc chọn phường trong danh sách."


class BadPlaces(Exception):  # noqa: N818 - read by the person who started the program
    """A data file of units or calendars has faults; nothing starts without them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


class _Loaded:
    """The places of this process; empty until load()."""

    places = Places((), Calendar(()))


def load(mode: str, *, folder: Path = DATA) -> None:
    """Load the units of a mode ('production', 'demo', 'test') and all calendars.

    Demo units (trình diễn) are loaded in demo and test only, and then they alone.
    """
    places, findings = read(folder, demo=mode != "production")
    if findings:
        raise BadPlaces(findings)
    _Loaded.places = places


def read(folder: Path, *, demo: bool) -> tuple[Places, list[Finding]]:
    """Read a folder of data files: the places, and every fault with file, line and column."""
    names = (DEMO_FILE,) if demo else REAL_FILES
    files, findings = _files(folder, names)
    years, more = _years(folder)
    findings += more + _contradictions(files, names)
    return Places(files, Calendar(year for year, _node in years)), findings


def warnings(folder: Path = DATA) -> list[Finding]:
    """List the years whose holidays no government notice fixes."""
    return [one for year, node in _years(folder)[0] for one in linting.warnings(year, node)]


def current() -> Places:
    """Give the places of this process."""
    return _Loaded.places


def get(code: str) -> Unit:
    """Find a unit by its id; raises UnknownUnit."""
    unit = _Loaded.places.unit(code)
    if unit is None:
        raise UnknownUnit
    return unit


def name(code: str) -> str:
    """Name a unit; raises UnknownUnit."""
    return get(code).name


def below(code: str, on: date) -> list[Unit]:
    """List a unit and all it administers or manages on a day."""
    return _Loaded.places.below(code, on=on)


def above(code: str, on: date) -> list[Unit]:
    """List a unit and all that administers or manages it on a day, nearest first."""
    return _Loaded.places.above(code, on=on)


def calendar() -> Calendar:
    """Give the calendar of working days."""
    return _Loaded.places.calendar


def hours(code: str) -> Hours:
    """Say when the desk of a unit is open."""
    return _Loaded.places.hours(code)


def _files(folder: Path, names: Sequence[str]) -> tuple[list[PlacesFile], list[Finding]]:
    read = [_typed(folder / name, PlacesFile) for name in names]
    found = [value for value, _node, _faults in read if value is not None]
    return found, [one for *_, faults in read for one in faults]


def _years(folder: Path) -> tuple[list[tuple[CalendarYear, Node]], list[Finding]]:
    years, findings = [], []
    for path in sorted(folder.glob("calendar-*.yaml")):
        year, node, faults = _typed(path, CalendarYear)
        findings += faults
        if year is not None and node is not None:
            years.append((year, node))
            findings += linting.faults(year, node, named=path.stem.removeprefix("calendar-"))
    return years, findings


def _typed(path: Path, wanted: type[T]) -> tuple[T | None, Node | None, list[Finding]]:
    file = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return None, None, [Place(file, 1, 1).finding("", "the file is missing")]
    node, findings = yamlfiles.read(path.read_text(encoding="utf-8"), file=file)
    if node is None:
        return None, None, findings
    value, more = yamlfiles.convert(node, wanted)
    return value, node, [*findings, *more]


def _contradictions(files: Sequence[PlacesFile], names: Sequence[str]) -> list[Finding]:
    """Find ids that stand twice, relations that lead nowhere, codes that mean two things."""
    place = Place(f"data/{names[0]}", 1, 1)
    findings = []
    seen: set[str] = set()
    for unit in (unit for file in files for unit in file.units):
        if unit.code in seen:
            findings.append(place.finding("units", f'the id "{unit.code}" stands twice'))
        seen.add(unit.code)
    for edge in (edge for file in files for edge in file.edges):
        findings.extend(
            place.finding("edges", f'"{end}" is no unit.{yamlfiles.suggestion(end, sorted(seen))}')
            for end in (edge.child, edge.parent)
            if end not in seen
        )
    return findings + _double_codes(files, place) + _disorderly_hours(files, place)


def _disorderly_hours(files: Sequence[PlacesFile], place: Place) -> list[Finding]:
    findings = []
    for unit in (unit for file in files for unit in file.units if unit.hours):
        times = [time for span in (unit.hours.spans if unit.hours else ()) for time in span]
        if times != sorted(set(times)):
            message = f"the hours of {unit.code} do not follow each other"
            findings.append(place.finding("units", message))
    return findings


def _double_codes(files: Sequence[PlacesFile], place: Place) -> list[Finding]:
    periods: dict[tuple[str, str], list[tuple[date, date]]] = {}
    findings = []
    for unit in (unit for file in files for unit in file.units):
        for code in unit.codes:
            period = (code.from_, code.to or date.max)
            others = periods.setdefault((code.system, code.code), [])
            if any(begin <= period[1] and period[0] <= end for begin, end in others):
                message = f"the {code.system} code {code.code} of {unit.code} means two units"
                findings.append(place.finding("units", message))
            others.append(period)
    return findings
