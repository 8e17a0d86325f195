"""The leader's indicators (chỉ tiêu): each is one sentence, one source, one test a dossier."""

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct

from backend.platform.kit.errors import Problem

LEGAL_ONLINE = ("online", "assisted")
SHORT_OF_TARGET = 8.0


class BadPeriod(Problem):
    """A period that is neither a year, a quarter nor a month."""

    status = 422
    slug = "period"
    title = "Chưa hiểu kỳ báo cáo. Ghi năm 2026, quý 2026-Q4 hoặc tháng 2026-11."


class Period(Struct, frozen=True):
    """A stretch of days by which dossiers are counted, both ends included."""

    name: str
    first: date
    last: date


class Fact(Struct, frozen=True):
    """What the indicators need to know of one accepted dossier; no names, no papers."""

    code: str
    unit: str
    procedure: str
    channel: str
    accepted_at: datetime
    accepted_on: date
    due_on: date | None
    ended_on: date | None
    waiting_since: date | None
    amount: int
    exempt: bool
    paid_online: bool


class Indicator(Struct, frozen=True):
    """One indicator: what is counted, out of what, by which definition of which version.

    `base` tells whether a dossier belongs to the denominator, `hit` whether it counts; both take
    the last day that has been seen of the period.
    """

    id: str
    sentence: str
    sentence_en: str
    source: str
    source_en: str
    version: str
    base: Callable[[Fact, date], bool]
    hit: Callable[[Fact, date], bool]


def period(text: str) -> Period:
    """Read `2026`, `2026-Q4` or `2026-11`; raises BadPeriod."""
    found = re.fullmatch(r"(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", text, re.ASCII)
    if not found:
        raise BadPeriod
    year, quarter, month = int(found[1]), found[2], found[3]
    first, last = 1, 12
    if quarter:
        first, last = int(quarter) * 3 - 2, int(quarter) * 3
    elif month:
        first = last = int(month)
    days = calendar.monthrange(year, last)[1]
    return Period(name=text, first=date(year, first, 1), last=date(year, last, days))


def share(numerator: int, denominator: int) -> float | None:
    """Give a percentage with one decimal, halves away from zero; None of nothing."""
    if denominator == 0:
        return None
    return ((numerator * 2000 + denominator) // (2 * denominator)) / 10


def _owes(fact: Fact, _seen: date) -> bool:
    return fact.amount > 0 and not fact.exempt


def _in_time(fact: Fact, seen: date) -> bool:
    """Measure an open dossier at the last day seen, a waiting one at the day of the request."""
    end = fact.ended_on or fact.waiting_since or seen
    return fact.due_on is not None and end <= fact.due_on


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="filed_online",
        sentence="Hồ sơ nộp trực tuyến (tự nộp hoặc được cán bộ giúp) trên tổng hồ sơ đã tiếp nhận "
        "trong kỳ, theo ngày tiếp nhận.",
        sentence_en="Dossiers filed online (by oneself or with an officer’s help) out of all "
        "dossiers accepted in the period, by day of acceptance.",
        source="Mô tả công thức QĐ 766/QĐ-TTg, dòng 3.3, chỉ theo kênh (chưa kiểm chứng)",
        source_en="Description of formulas of Decision 766/QĐ-TTg, row 3.3, by channel only "
        "(not verified)",
        version="2026-11",
        base=lambda _fact, _seen: True,
        hit=lambda fact, _seen: fact.channel in LEGAL_ONLINE,
    ),
    Indicator(
        id="paid_online",
        sentence="Hồ sơ có phí trên 0 đồng đã trả trực tuyến trên hồ sơ có phí, trừ người được "
        "miễn; tiền thu tại quầy không tính.",
        sentence_en="Dossiers with a fee above 0 that was paid online, out of dossiers with a fee, "
        "exempt people left out; money taken at the counter does not count.",
        source="Mô tả công thức QĐ 766/QĐ-TTg, dòng 3.6 (chưa kiểm chứng)",
        source_en="Description of formulas of Decision 766/QĐ-TTg, row 3.6 (not verified)",
        version="2026-11",
        base=_owes,
        hit=lambda fact, _seen: fact.paid_online,
    ),
    Indicator(
        id="on_time",
        sentence="Hồ sơ kết thúc không sau ngày hẹn trả, so theo ngày; hồ sơ đang làm được xét đến "
        "hết kỳ hoặc hôm nay; hồ sơ chờ bổ sung xét tại ngày yêu cầu; thủ tục không hẹn ngày không "
        "tính.",
        sentence_en="Dossiers that ended no later than the promised date, compared by day. Open "
        "ones are judged up to the end of the period or today, waiting ones at the day of the "
        "request; procedures without a promised date are left out.",
        source="Mô tả công thức QĐ 766/QĐ-TTg, dòng 2.1 (chưa kiểm chứng)",
        source_en="Description of formulas of Decision 766/QĐ-TTg, row 2.1 (not verified)",
        version="2026-11",
        base=lambda fact, _seen: fact.due_on is not None,
        hit=_in_time,
    ),
)
BY_ID = {indicator.id: indicator for indicator in INDICATORS}
