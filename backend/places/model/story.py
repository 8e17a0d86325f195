"""How a due date came about (cách tính ngày hẹn), step by step, in words of the counter."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from backend.places.model.calendar import Calendar

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = timedelta(days=1)
_NONE = timedelta(0)
Stretch = tuple[datetime, datetime | None]


class Step(Struct, frozen=True):
    """One step of the count, in both languages."""

    vi: str
    en: str


class Lived(NamedTuple):
    """What one day counted, and what was left of the time limit after it."""

    day: date
    counted: timedelta
    left: timedelta


class Told(Struct, frozen=True, kw_only=True):
    """What the engine found; `whole_day` is what a full day counts, `at` is None in a pause."""

    received: datetime
    counts_from: datetime | None
    first_day: date
    cutoff: str | None
    amount: int
    unit: str
    whole_day: timedelta
    pauses: tuple[Stretch, ...]
    lived: tuple[Lived, ...]
    at: datetime | None

    @property
    def hourly(self) -> bool:
        """Whether hours are told, not days."""
        return self.unit == "working_hours" or self.amount == 0


def told(made: Told, calendar: Calendar, unannounced: Iterable[int]) -> tuple[Step, ...]:
    """Tell the whole count, from the acceptance to the due date."""
    steps = [Step(f"Nhận {_moment(made.received)}", f"Received {_moment_en(made.received)}")]
    if made.counts_from is not None:
        steps.append(_counts_from(made, made.counts_from, calendar))
    if made.amount and not made.hourly:
        steps.append(_not_counted(made.first_day))
    steps += _days(made, calendar)
    steps += [_unannounced(year) for year in unannounced]
    return (*steps, _end(made.at))


def moved(
    old: datetime, pause: tuple[datetime, datetime], at: datetime, unannounced: Iterable[int]
) -> tuple[Step, ...]:
    """Tell how a promise moved by a pause."""
    promised = Step(f"Hẹn trước đây: {_moment(old)}", f"Promised before: {_moment_en(old)}")
    years = [_unannounced(year) for year in unannounced]
    return (promised, _paused(pause), *years, _end(at))


def _days(made: Told, calendar: Calendar) -> Iterator[Step]:
    """Tell the days, those that are alike together; days wholly in a pause are told by it."""
    pauses = list(made.pauses)
    for pause in [one for one in pauses if one[0].date() < made.lived[0].day]:
        pauses.remove(pause)
        yield _paused(pause)
    days = [*made.lived, *_moved_off(made)]
    for _alike, found in groupby(days, lambda one: _kind(made, calendar, one)):
        run = list(found)
        yield from _run(made, calendar, run)
        while pauses and pauses[0][0].date() <= run[-1].day:
            yield _paused(pauses.pop(0))


def _moved_off(made: Told) -> list[Lived]:
    """List the days between the end of the count and the promised day."""
    last = made.lived[-1].day
    until = made.at.date() if made.at else last
    return [Lived(last + _DAY * ahead, _NONE, _NONE) for ahead in range(1, (until - last).days)]


def _kind(made: Told, calendar: Calendar, one: Lived) -> tuple[object, ...]:
    """Say what is told together: days off of one name, whole days; any other stands alone."""
    if any(begins.date() == one.day for begins, _ends in made.pauses):
        return ("alone", one.day)
    if made.unit == "days" and one.counted:
        return ("plain",)
    if not calendar.is_working(one.day):
        return ("off", calendar.holiday(one.day))
    whole = one.counted == made.whole_day and not made.hourly and not calendar.is_made_up(one.day)
    return ("whole",) if whole else ("alone", one.day)


def _run(made: Told, calendar: Calendar, run: list[Lived]) -> Iterator[Step]:
    first, last = run[0].day, run[-1].day
    counted = sum((one.counted for one in run), _NONE)
    if counted:
        if made.amount and first == made.first_day < last:
            first += _DAY  # the evening of the day of receipt is told with the days
        yield _counted(made, _between(first, last, calendar), counted, run[-1].left)
    elif not calendar.is_working(first) and not _within_pause(made, run):
        yield _closed(_between(first, last, calendar), calendar.holiday(first))


def _closed(between: Step, name: str | None) -> Step:
    if name is None:
        return Step(f"{between.vi}: nghỉ cuối tuần", f"{between.en}: closed, weekend")
    word = "" if name.startswith("Nghỉ") else "nghỉ "
    return Step(f"{between.vi}: {word}{name}", f"{between.en}: closed, {name}")


def _within_pause(made: Told, run: list[Lived]) -> bool:
    return any(
        begins.date() < run[0].day and (ends is None or run[-1].day < ends.date())
        for begins, ends in made.pauses
    )


def _counted(made: Told, between: Step, counted: timedelta, left: timedelta) -> Step:
    vi, en = _amount(made, counted)
    left_vi, left_en = _amount(made, left)
    if not left:
        return Step(f"{between.vi}: tính {vi}, đủ thời hạn", f"{between.en}: counts {en}, complete")
    return Step(
        f"{between.vi}: tính {vi}, còn {left_vi}", f"{between.en}: counts {en}, {left_en} left"
    )


def _amount(made: Told, span: timedelta) -> tuple[str, str]:
    """Write an amount of time: whole days where days are counted, then hours and minutes."""
    days, rest = (0, span) if made.hourly else divmod(span, made.whole_day)
    hours, minutes = divmod(rest // timedelta(minutes=1), 60)
    day = "ngày" if made.unit == "days" else "ngày làm việc"
    day_en = "day" if made.unit == "days" else "working day"
    parts = [
        (f"{days} {day}", f"{days} {day_en}{'s' * (days > 1)}", days),
        (f"{hours} giờ", f"{hours} h", hours),
        (f"{minutes} phút", f"{minutes} min", minutes),
    ]
    kept = [one for one in parts if one[2]] or [parts[-1]]
    return " ".join(one[0] for one in kept), " ".join(one[1] for one in kept)


def _counts_from(made: Told, since: datetime, calendar: Calendar) -> Step:
    """Say why a dossier counts as received later than it was."""
    why, why_en = "Ngoài giờ làm việc", "Outside desk hours"
    if not calendar.is_working(made.received.date()):
        why, why_en = "Ngày nghỉ", "A day off"
    elif made.cutoff is not None:
        why, why_en = f"Sau {made.cutoff}", f"After {made.cutoff}"
    return Step(
        f"{why}, tính như nhận {_moment(since)}",
        f"{why_en}, counts as received {_moment_en(since)}",
    )


def _not_counted(day: date) -> Step:
    return Step(
        f"Ngày nhận {_short(day)} không tính",
        f"{_short_en(day)}, the day of receipt, is not counted",
    )


def _paused(pause: Stretch) -> Step:
    begins, ends = pause
    if ends is None:
        return Step(f"Tạm dừng từ {_moment(begins)}", f"Paused since {_moment_en(begins)}")
    return Step(
        f"Tạm dừng từ {_moment(begins)} đến {_moment(ends)}",
        f"Paused from {_moment_en(begins)} to {_moment_en(ends)}",
    )


def _unannounced(year: int) -> Step:
    return Step(
        f"Năm {year} chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi",
        f"No notice fixes the holidays of {year} yet, the date may change",
    )


def _end(at: datetime | None) -> Step:
    if at is None:
        return Step("Đang tạm dừng, chưa có ngày hẹn mới", "Paused, there is no new date yet")
    return Step(f"Hẹn trả: {_moment(at)}", f"Due: {_moment_en(at)}")


def _between(first: date, last: date, calendar: Calendar) -> Step:
    """Name a day, or the first and the last of a stretch."""
    vi = _short(first)[0].upper() + _short(first)[1:]
    if first != last:
        return Step(f"{vi} đến {_short(last)}", f"{_short_en(first)} to {_short_en(last)}")
    if calendar.is_made_up(first):
        return Step(f"{vi} (làm bù)", f"{_short_en(first)} (worked instead)")
    return Step(vi, _short_en(first))


def _moment(at: datetime) -> str:
    return f"{at:%H:%M} {_short(at)}/{at:%Y}"


def _moment_en(at: datetime) -> str:
    return f"{at:%H:%M} {_short_en(at)}/{at:%Y}"


def _short(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day:%d/%m}"


def _short_en(day: date) -> str:
    return f"{_ENGLISH[day.weekday()]} {day:%d/%m}"
