"""The deadline engine against a clock on the wall: random cases, lived through minute by minute.

The simulation shares nothing with the engine but the words of the rule. It reads the calendar
files itself, marks every minute of four years as open or closed, strikes out the paused ones, and
counts. Beside each case three laws are tried: later acceptance, longer pauses, pauses of nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import compress, count, islice
from random import Random
from typing import NamedTuple

import yaml

from backend import places
from backend.places.model import (
    OFFICE_HOURS,
    Calendar,
    CalendarYear,
    DayOff,
    DayOn,
    Duration,
    Hours,
    Pause,
    Session,
    deadline,
)
from backend.platform.kit.clock import VIETNAM

FIRST, LAST = date(2025, 12, 1), date(2029, 12, 31)
WINDOW = 500 * 1440
MOST = {"working_hours": 90, "working_days": 30, "days": 60}
CUTOFFS = (None, "15:00", "11:00", "16:30")
STROKES = ("00:00", "07:00", "11:30", "13:30", "15:00", "16:30", "17:00", "19:59")
DESKS = {
    "office": OFFICE_HOURS,
    "early": Hours((Session("07:30", "11:00"), Session("13:00", "16:30"))),
    "mornings": Hours((Session("08:00", "12:00"),)),
    "busy": Hours(
        (Session("06:45", "09:10"), Session("09:20", "12:00"), Session("15:05", "19:59"))
    ),
}


class Case(NamedTuple):
    """One dossier and its desk."""

    desk: str
    calendar: str
    start: datetime
    amount: int
    unit: str
    cutoff: str | None
    pauses: tuple[Pause, ...]


class Difference(NamedTuple):
    """A case on which engine and simulation do not agree, or a law that is broken."""

    case: Case
    what: str


# -- the wall --------------------------------------------------------------------------------------


class Wall:
    """A wall calendar and a clock: which minutes since FIRST a desk is open."""

    def __init__(self, hours: Hours, off: set[str], work: set[str]) -> None:
        minutes = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1440)]
        pattern = bytes(
            any(one.opens <= minute < one.closes for one in hours.sessions) for minute in minutes
        )
        days = [FIRST + timedelta(days=ahead) for ahead in range((LAST - FIRST).days)]
        self.working = [
            f"{day}" in work or (f"{day:%a}" not in ("Sat", "Sun") and f"{day}" not in off)
            for day in days
        ]
        self.open = b"".join(pattern if working else bytes(1440) for working in self.working)
        self.always = bytes([1]) * len(self.open)
        self.opens, self.closes = pattern.index(1), pattern.rindex(1) + 1
        self.minutes = pattern.count(1)

    def due(self, case: Case) -> datetime | None:
        """Live through a case."""
        now = _minute(case.start)
        begin, day = self._received(case, now)
        running = self.always if case.unit == "days" else self.open
        closing = day * 1440 + self.closes
        if case.amount == 0:
            need = running[begin:closing].count(1)
        elif case.unit == "working_hours":
            need = case.amount * 60
        else:
            begin, need = closing, case.amount * (1440 if case.unit == "days" else self.minutes)
        asleep = _asleep(case.pauses, now, len(self.open))
        ticking = compress(count(), _awake(running[begin : begin + WINDOW], begin, asleep))
        used = next(islice(ticking, need - 1, None), None)
        if used is None:
            return None
        if case.unit == "working_hours" and case.amount:
            return _moment(begin + used + 1)
        return self._evening(begin + used + 1, asleep)

    def _received(self, case: Case, now: int) -> tuple[int, int]:
        """Say from which minute the clock may run, and the day of receipt."""
        local, day = case.start.astimezone(VIETNAM), now // 1440
        early = case.cutoff is None or f"{local:%H:%M:%S.%f}" <= f"{case.cutoff}:00.000000"
        welcome = early and (self.working[day] or (case.cutoff is None and case.amount > 0))
        if welcome and (case.amount > 0 or now % 1440 < self.closes):
            return now, day
        day = self.working.index(True, day + 1)
        return day * 1440 + self.opens, day

    def _evening(self, reached: int, asleep: Sequence[tuple[int, int]]) -> datetime | None:
        for day in range((reached - 1) // 1440, len(self.working)):
            closing = day * 1440 + self.closes
            paused = any(first < closing <= last for first, last in asleep)
            if self.working[day] and closing >= reached and not paused:
                return _moment(closing)
        return None


def _asleep(pauses: Sequence[Pause], since: int, end: int) -> list[tuple[int, int]]:
    found = []
    for pause in pauses:
        first = max(_minute(pause.begins), since)
        last = end if pause.ends is None else _minute(pause.ends)
        if first < last:
            found.append((first, last))
    return _joined(found)


def _awake(minutes: bytes, begin: int, asleep: Sequence[tuple[int, int]]) -> bytes:
    """Strike out the minutes that are paused."""
    window = bytearray(minutes)
    for first, last in asleep:
        low, high = max(first - begin, 0), min(last - begin, len(window))
        if low < high:
            window[low:high] = bytes(high - low)
    return bytes(window.rstrip(b"\0"))


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _minute(moment: datetime) -> int:
    begin = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=VIETNAM)
    return (moment - begin) // timedelta(minutes=1)


def _moment(minute: int) -> datetime:
    begin = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=VIETNAM)
    return begin + timedelta(minutes=minute)


# -- calendars ------------------------------------------------------------------------------------


def _fixed() -> set[str]:
    days = ("01-01", "04-30", "05-01", "09-02", "11-24")
    return {f"{year}-{day}" for year in range(2025, 2030) for day in days} - {"2025-11-24"}


def _announced() -> tuple[Calendar, set[str], set[str]]:
    found, _findings = places.read(places.DATA, demo=True)
    off, work, written = set(), set(), set()
    for path in places.DATA.glob("calendar-*.yaml"):
        text = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts only
        written.add(text["year"])
        off |= {one["day"] for one in text["off"]}
        work |= {one["day"] for one in text.get("work", ())}
    return found.calendar, off | {day for day in _fixed() if day[:4] not in written}, work


def _wild() -> tuple[Calendar, set[str], set[str]]:
    """Make a calendar of chance: a day in six is off, a weekend day in three is worked."""
    chance = Random("wild")  # noqa: S311 - no secret
    off: set[str] = set()
    work: set[str] = set()
    years = []
    for year in range(2025, 2030):
        days = [date(year, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
        free = [DayOff(day=day, name="Nghỉ") for day in days if chance.random() < 1 / 6]
        taken = {one.day for one in free}
        saturdays = [day for day in days if day.weekday() > 4 and day not in taken]
        worked = [DayOn(day=day, name="Làm bù") for day in saturdays if chance.random() < 1 / 3]
        years.append(
            CalendarYear(
                year=year, source="-", checked_on=days[0], off=tuple(free), work=tuple(worked)
            )
        )
        off |= {str(one.day) for one in free}
        work |= {str(one.day) for one in worked}
    return Calendar(years), off, work


CALENDARS = {
    "announced": _announced(),
    "none": (Calendar(()), _fixed(), set[str]()),
    "wild": _wild(),
}
WALLS: dict[tuple[str, str], Wall] = {}


def wall(case: Case) -> Wall:
    """Give the wall of a case, made once."""
    key = (case.desk, case.calendar)
    if key not in WALLS:
        _calendar, off, work = CALENDARS[case.calendar]
        WALLS[key] = Wall(DESKS[case.desk], off, work)
    return WALLS[key]


# -- the cases ------------------------------------------------------------------------------------


def cases(seed: int, number: int) -> Iterator[Case]:
    """Make so many cases of chance."""
    chance = Random(f"deadlines {seed}")  # noqa: S311 - no secret
    for _ in range(number):
        seconds = chance.randrange(2 * 365 * 86_400)
        start = datetime(2026, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds)
        start = _on_the_stroke(chance, start)
        unit = chance.choice(tuple(MOST))
        yield Case(
            desk=chance.choice(tuple(DESKS)),
            calendar=chance.choice(tuple(CALENDARS)),
            start=start,
            amount=chance.choice((0, 1, 2, chance.randrange(MOST[unit]))),
            unit=unit,
            cutoff=chance.choice(CUTOFFS),
            pauses=tuple(_pauses(chance, start)),
        )


def _pauses(chance: Random, start: datetime) -> Iterator[Pause]:
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        longest = chance.choice((300, 3_000, 40_000))
        before = chance.choice((0, 0, 0, 900))
        begins = start + timedelta(minutes=chance.randrange(chance.choice((600, 20_000))) - before)
        ends = begins + timedelta(minutes=chance.randrange(longest), seconds=chance.randrange(60))
        begins, ends = _on_the_stroke(chance, begins), _on_the_stroke(chance, ends)
        yield Pause(begins, None if chance.random() < 1 / 15 else ends)


def _on_the_stroke(chance: Random, moment: datetime) -> datetime:
    """Bring a moment, now and then, onto a cut-off, an opening or a closing."""
    if chance.random() < 1 / 2:
        return moment
    clock = chance.choice(STROKES)
    return datetime.fromisoformat(f"{moment:%Y-%m-%d}T{clock}:00+07:00")


def engine(case: Case) -> datetime | None:
    """Ask the engine."""
    return deadline(
        case.start,
        Duration(case.amount, case.unit),  # type: ignore[arg-type]
        calendar=CALENDARS[case.calendar][0],
        hours=DESKS[case.desk],
        cutoff=case.cutoff,
        pauses=case.pauses,
    ).at


def judged(case: Case) -> Difference | None:
    """Say where engine and simulation part, or which law is broken."""
    found, lived = engine(case), wall(case).due(case)
    if found != lived:
        return Difference(case, f"engine {found}, minute by minute {lived}")
    nothing = Pause(case.start + timedelta(hours=9), case.start + timedelta(hours=9))
    if engine(case._replace(pauses=(*case.pauses, nothing))) != found:
        return Difference(case, "a pause of nothing changes the date")
    if _before(engine(longer(case)), found):
        return Difference(case, "a longer pause makes it due earlier")
    later = case.start + timedelta(minutes=_minute(case.start) % 4_321)
    fair = all(later <= one.begins for one in case.pauses)
    if fair and _before(engine(case._replace(start=later)), found):
        return Difference(case, f"accepted later, at {later}, it is due earlier")
    return None


def longer(case: Case) -> Case:
    """Make each pause a good day longer."""
    more = timedelta(minutes=1_501)
    pauses = (
        Pause(one.begins, one.ends and max(one.ends, one.begins) + more) for one in case.pauses
    )
    return case._replace(pauses=tuple(pauses))


def _before(one: datetime | None, other: datetime | None) -> bool:
    """Compare two due moments; what is never due comes last."""
    return one is not None and (other is None or one < other)


def differences(seed: int, number: int) -> list[str]:
    """Judge so many cases; name those that part."""
    found = (judged(case) for case in cases(seed, number))
    return [f"{one.what}: {one.case}" for one in found if one is not None]
