"""Judges days (kiểm tra ngày): those written whole, and those of which a part is known.

Each sentence names the fault: which piece is missing, or which bound the value passes.
"""

import calendar
import re
from datetime import date
from typing import Any

from backend.catalogue.model.definition import Field, Lead
from backend.catalogue.model.wrong import Wrong

EARLIEST = "1900-01-01"
LAST_MONTH = 12
LAST_DAY = 31

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_DAY_ALONE = re.compile(r"[0-9]{4}--[0-9]{1,2}", re.ASCII)

PAST = Wrong(
    "too-early",
    "Ngày đến này đã qua. Chọn ngày khác, từ hôm nay trở đi.",
    "This day has passed. Choose another one, from today on.",
)
"""Of a visit: no day that has passed is offered instead."""

FUTURE = Wrong(
    "future",
    "Ngày này chưa đến. Kiểm tra lại năm.",
    "This date is in the future. Check the year.",
)
WHOLE_DATE = Wrong(
    "date",
    "Ghi ngày dương lịch: ngày, tháng bằng số, năm đủ 4 số",
    "Write day and month of the solar calendar, and the year in 4 digits",
)
MONTH_MISSING = Wrong(
    "month",
    "Có ngày mà chưa có tháng. Ghi thêm tháng, hoặc xóa ngày.",
    "There is a day without its month. Add the month, or delete the day.",
)
PARTIAL_DATE = Wrong(
    "date",
    "Ghi năm dương lịch gồm 4 số; ngày, tháng nếu nhớ",
    "Write the year in 4 digits; day and month if known",
)


def whole(field: Field, value: Any, today: date) -> Wrong | None:
    """Judge a date that is written whole."""
    found = _PARTIAL.fullmatch(value)
    if found is None or found[3] is None:
        return WHOLE_DATE
    return _no_such_day(found) or _outside(field, value, today)


def partial(field: Field, value: Any, today: date) -> Wrong | None:
    """Judge a date of which only the year, or year and month, may be known."""
    found = _PARTIAL.fullmatch(value)
    if found is None:
        return MONTH_MISSING if _DAY_ALONE.fullmatch(value) else PARTIAL_DATE
    return _no_such_day(found) or _outside(field, value, today)


def _no_such_day(found: re.Match[str]) -> Wrong | None:
    year, month, day = max(int(found[1]), 1), int(found[2] or 1), int(found[3] or 1)
    if not 1 <= month <= LAST_MONTH:
        return Wrong(
            "month",
            f"Tháng phải từ 1 đến 12, bạn đã ghi {month}",
            f"The month must be between 1 and 12, you wrote {month}",
        )
    if not 1 <= day <= LAST_DAY:
        return Wrong(
            "day",
            f"Ngày phải từ 1 đến 31, bạn đã ghi {day}",
            f"The day must be between 1 and 31, you wrote {day}",
        )
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return Wrong(
            "day",
            f"Tháng {month} năm {year} chỉ có {last} ngày, không có ngày {day}",
            f"Month {month} of {year} has only {last} days, there is no day {day}",
        )
    return None


def _outside(field: Field, value: str, today: date) -> Wrong | None:
    """Compare as texts, as far as the partial date says anything."""
    least = field.min if isinstance(field.min, str) else EARLIEST
    most = field.max if isinstance(field.max, str) else today.isoformat()
    if value > most[: len(value)]:
        if field.max is None:
            return FUTURE
        return Wrong(
            "too-late",
            f"Ngày muộn nhất là {day_words(most)}",
            f"The latest date is {day_words(most)}",
        )
    if field.min_age is not None and value > _years_before(today, field.min_age)[: len(value)]:
        return _too_young(field.min_age, value)
    if value < least[: len(value)]:
        return _too_early(field.lead, least)
    return None


def _too_early(lead: Lead | None, least: str) -> Wrong:
    if lead is not None and lead.days:
        return _too_soon(lead, least)
    if lead is not None and lead.open:
        return PAST
    return Wrong(
        "too-early",
        f"Ngày sớm nhất là {day_words(least)}. Kiểm tra lại năm.",
        f"The earliest date is {day_words(least)}. Check the year.",
    )


def _years_before(day: date, years: int) -> str:
    """Write the day so many years before; as text it sorts like time, also a 29 February."""
    return f"{day.year - years:04d}-{day:%m-%d}"


def _too_young(years: int, born: str) -> Wrong:
    """Say from when on it goes, or in which month or year where no more of the birth is known.

    Born on 29 February: of age on 1 March in other years. This is our reading; no source of law
    that we hold says which day it is (docs/decisions/0018).
    """
    year = int(born[:4]) + years
    leapless = born.endswith("-02-29") and not calendar.isleap(year)
    since = day_words(f"{year}-03-01" if leapless else f"{year}{born[4:]}")
    vi, en = {
        4: (f"trong năm {since}, khi đủ tuổi", f"in {since}, once of that age"),
        7: (f"trong tháng {since}, khi đủ tuổi", f"in {since}, once of that age"),
        10: (f"từ ngày {since}", f"from {since} on"),
    }[len(since)]
    return Wrong(
        "too-young",
        f"Phải từ đủ {years} tuổi: nộp được {vi}. Nếu ghi sai, sửa lại.",
        f"At least {years} years of age: {en}. If it is wrong, correct it.",
    )


def _too_soon(lead: Lead, least: str) -> Wrong:
    days = "ngày làm việc" if lead.unit == "working_days" else "ngày"
    days_en = "working days" if lead.unit == "working_days" else "days"
    return Wrong(
        "too-early",
        f"Phải báo trước ít nhất {lead.days} {days}. Ngày sớm nhất là {day_words(least)}.",
        f"At least {lead.days} {days_en} before. The earliest date is {day_words(least)}.",
    )


def day_words(day: str) -> str:
    """Write a date as people read it: 24/11/2026, 11/2026 or 2026."""
    return "/".join(reversed(day.split("-")))
