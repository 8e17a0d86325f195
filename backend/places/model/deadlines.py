"""By when a result is due (hẹn trả kết quả): a clock that runs in working time, and its story.

Each duration becomes working time that must be lived through from a moment on. Working hours run
from the acceptance. Working days and plain days run from the end of the day of acceptance, which
is not counted, and end with the desk's hours. While a dossier is paused (tạm dừng) no clock runs:
what was left stays left. Everything is counted in whole minutes.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.places.model import story
from backend.places.model.calendar import LONGEST_SEARCH, Calendar, Hours
from backend.places.model.story import Lived, Step, Told
from backend.platform.kit.clock import VIETNAM

DurationUnit = Literal["working_hours", "working_days", "days"]
_DAY = timedelta(days=1)
_NONE = timedelta(0)


class Duration(Struct, frozen=True):
    """A time limit (thời hạn): so many working hours, working days or plain days.

    An amount of 0 is the same day, in whatever unit.
    """

    amount: Annotated[int, Meta(ge=0, le=2000)]
    unit: DurationUnit = "working_days"


class Pause(Struct, frozen=True):
    """A stretch in which the clock stands still (tạm dừng); without an end it still stands."""

    begins: datetime
    ends: datetime | None = None


class Due(Struct, frozen=True, kw_only=True):
    """When a result is due, and the steps that led to it; `at` is None while the clock stands.

    `unannounced` are years the count touched whose holidays no government notice has fixed.
    """

    at: datetime | None
    steps: tuple[Step, ...]
    unannounced: tuple[int, ...] = ()


def deadline(
    start: datetime,
    duration: Duration,
    *,
    calendar: Calendar,
    hours: Hours,
    cutoff: str | None = None,
    pauses: Sequence[Pause] = (),
) -> Due:
    """Say by when a result is due for a dossier accepted at `start`, and how that comes.

    Received after `cutoff` or on a day off counts as received when the next working day opens;
    without a cut-off only a same-day result asks for that. Pauses before `start` count from it.
    """
    desk = _Desk(calendar, hours)
    received = _whole_minute(start)
    counts_from, day = desk.received(start, duration, cutoff)
    standing = _merged(pauses, since=received)
    plain = duration.unit == "days"
    begins, need = desk.need(counts_from, day, duration)
    reached, lived = desk.live(begins, need, standing, plain=plain)
    hourly = duration.unit == "working_hours" and duration.amount > 0
    at = reached if hourly or reached is None else desk.last_day(reached, standing)
    told = Told(
        received=received,
        counts_from=None if counts_from == received else counts_from,
        first_day=day,
        cutoff=cutoff,
        amount=duration.amount,
        unit=duration.unit,
        whole_day=_DAY if plain else desk.day_length,
        pauses=tuple((one.begins, one.ends) for one in standing),
        lived=lived,
        at=at,
    )
    years = _unannounced(calendar, received, at or standing[-1].begins)
    return Due(at=at, steps=story.told(told, calendar, years), unannounced=years)


def shifted(promised: datetime, pause: Pause, *, calendar: Calendar, hours: Hours) -> Due:
    """Move a promise by the working time left of it when the pause began; for closed pauses."""
    desk = _Desk(calendar, hours)
    begins, ends = _whole_minute(pause.begins), _whole_minute(pause.ends or pause.begins)
    old = promised.astimezone(VIETNAM)
    left = desk.work(begins, old) if begins < old else _NONE
    at = old
    if left and ends > begins:
        at = desk.live(ends, left, (), plain=False)[0] or old
    years = _unannounced(calendar, begins, at)
    return Due(at=at, steps=story.moved(old, (begins, ends), at, years), unannounced=years)


def reached(start: datetime, *, calendar: Calendar, hours: Hours) -> datetime:
    """Say when a desk can receive what comes in at `start`: then, or when it opens next."""
    desk, today = _Desk(calendar, hours), start.astimezone(VIETNAM).date()
    if calendar.is_working(today) and start < desk.closing(today):
        return start
    return desk.opening(calendar.next_working(today))


class _Desk:
    """The working time of one unit."""

    def __init__(self, calendar: Calendar, hours: Hours) -> None:
        self._calendar = calendar
        self._sessions = hours.spans
        day = date(2026, 1, 1)
        self.day_length = sum((_at(day, b) - _at(day, a) for a, b in self._sessions), _NONE)

    def received(
        self, start: datetime, duration: Duration, cutoff: str | None
    ) -> tuple[datetime, date]:
        """Say from when the clock runs at the earliest, and which day is the day of receipt."""
        local = start.astimezone(VIETNAM)
        moment, today = _whole_minute(start), local.date()
        working = self._calendar.is_working(today)
        if cutoff is not None:
            in_time = working and local.time() <= time.fromisoformat(cutoff)
        else:
            in_time = working or duration.amount > 0
        if duration.amount == 0:
            in_time = in_time and moment < self.closing(today)
        if in_time:
            return moment, today
        later = self._calendar.next_working(today)
        return self.opening(later), later

    def need(
        self, counts_from: datetime, day: date, duration: Duration
    ) -> tuple[datetime, timedelta]:
        """Say from when how much time must be lived through."""
        closing, plain = self.closing(day), duration.unit == "days"
        if duration.amount == 0:
            return counts_from, closing - counts_from if plain else self.work(counts_from, closing)
        if duration.unit == "working_hours":
            return counts_from, timedelta(hours=duration.amount)
        return closing, duration.amount * (_DAY if plain else self.day_length)

    def opening(self, day: date) -> datetime:
        """Say when the desk opens on a day."""
        return _at(day, self._sessions[0][0])

    def closing(self, day: date) -> datetime:
        """Say when the desk closes on a day."""
        return _at(day, self._sessions[-1][1])

    def spans(self, day: date, *, plain: bool) -> Iterator[tuple[datetime, datetime]]:
        """List the stretches of a day in which a clock runs."""
        if plain:
            yield _at(day, time(0)), _at(day + _DAY, time(0))
        elif self._calendar.is_working(day):
            for opens, closes in self._sessions:
                yield _at(day, opens), _at(day, closes)

    def work(self, first: datetime, last: datetime) -> timedelta:
        """Measure the working time between two moments."""
        total, day = _NONE, first.date()
        while day <= last.date():
            for opens, closes in self.spans(day, plain=False):
                total += max(min(closes, last) - max(opens, first), _NONE)
            day += _DAY
        return total

    def live(
        self, begins: datetime, need: timedelta, pauses: Sequence[Pause], *, plain: bool
    ) -> tuple[datetime | None, tuple[Lived, ...]]:
        """Live through the needed time: the moment it is used up (None in an open pause)."""
        left, day, idle, lived = need, begins.date(), 0, []
        while idle <= LONGEST_SEARCH:
            counted = _NONE
            for opens, closes in self.spans(day, plain=plain):
                for first, last in _running(max(opens, begins), closes, pauses):
                    taken = min(last - first, left)
                    left, counted = left - taken, counted + taken
                    if not left:
                        lived.append(Lived(day, counted, left))
                        return first + taken, tuple(lived)
            lived.append(Lived(day, counted, left))
            if pauses and pauses[-1].ends is None and day >= pauses[-1].begins.date():
                return None, tuple(lived)
            idle = 0 if plain or self._calendar.is_working(day) else idle + 1
            day += _DAY
        raise ValueError(f"no working day within {LONGEST_SEARCH} days before {day}")

    def last_day(self, reached: datetime, pauses: Sequence[Pause]) -> datetime | None:
        """Give the end of the desk's day: the first that works and does not end in a pause."""
        day = reached.date()
        if reached > self.closing(day):
            day += _DAY
        while True:
            if not self._calendar.is_working(day):
                day = self._calendar.next_working(day)
            closing = self.closing(day)
            pause = next((one for one in pauses if _stands(one, closing)), None)
            if pause is None:
                return closing
            if pause.ends is None:
                return None
            day = max(day + _DAY, pause.ends.date())


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=VIETNAM)


def _whole_minute(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM).replace(second=0, microsecond=0)


def _stands(pause: Pause, closing: datetime) -> bool:
    return pause.begins < closing and (pause.ends is None or closing <= pause.ends)


def _merged(pauses: Sequence[Pause], *, since: datetime) -> tuple[Pause, ...]:
    """Bring pauses into order, in whole minutes, without what lies before the acceptance."""
    merged: list[Pause] = []
    whole = [
        Pause(max(_whole_minute(one.begins), since), one.ends and _whole_minute(one.ends))
        for one in pauses
    ]
    for one in sorted(whole, key=lambda pause: pause.begins):
        if one.ends is not None and one.ends <= one.begins:
            continue
        last = merged[-1] if merged else None
        if last is None or (last.ends is not None and last.ends < one.begins):
            merged.append(one)
        elif last.ends is not None and (one.ends is None or one.ends > last.ends):
            merged[-1] = Pause(last.begins, one.ends)
    return tuple(merged)


def _running(
    opens: datetime, closes: datetime, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime]]:
    """Cut the pauses out of a stretch."""
    for pause in pauses:
        if pause.begins >= closes:
            break
        if opens < pause.begins:
            yield opens, pause.begins
        if pause.ends is None:
            return
        opens = max(opens, pause.ends)
    if opens < closes:
        yield opens, closes


def _unannounced(calendar: Calendar, first: datetime, last: datetime) -> tuple[int, ...]:
    years = range(first.year, last.year + 1)
    return tuple(year for year in years if not calendar.is_announced(year))
