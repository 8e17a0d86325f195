"""Answers that must fit each other (câu trả lời phải khớp nhau): no stay ends before it began.

Dates that are known in part are compared as far as both are known; what nobody answered fits.
The PWA tells the same: `procedures/vectors/agreements.json` keeps both together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from backend.catalogue.model.conditions import Condition, holds, is_filled
from backend.catalogue.model.parts import English, Id, Part, Words

TESTS = ("before", "not_before", "after", "not_after", "unlike", "aged", "apart")
YEARS = ("before", "not_before", "after", "not_after", "aged")
EARLIER = ("before", "not_after")

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_BLANKS = re.compile(r"\s")

Other = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]


class Agreement(Part, frozen=True, kw_only=True):
    """Answers that must fit each other (phải khớp nhau): exactly one test, or `when` alone."""

    id: Id
    answer: Annotated[Other, Meta(description="the later question; of rows: `rows.column`")]
    before: Annotated[Other, Meta(description="its date is before that of this question")] | (
        None
    ) = None
    not_before: Annotated[Other, Meta(description="its date is that date or later")] | None = None
    after: Annotated[Other, Meta(description="its date is after that date")] | None = None
    not_after: Annotated[Other, Meta(description="its date is that date or earlier")] | None = None
    unlike: Annotated[Other, Meta(description="its number is another one than that")] | None = None
    aged: (
        Annotated[Other, Meta(description="who was born on that date is `years` old today")] | None
    ) = None
    apart: (
        Annotated[Other, Meta(description="no row begins before another ended: its last day")]
        | None
    ) = None
    years: (
        Annotated[int, Meta(ge=1, le=120, description="so many years lie between, at least")] | None
    ) = None
    when: (
        Annotated[Condition, Meta(description="only when this holds; alone: this does not fit")]
        | None
    ) = None
    mild: Annotated[bool, Meta(description="the phone asks once, nothing is refused")] | None = None
    words: Annotated[Words, Meta(description="what does not fit, and what to look at again")]
    words_en: English | None = None

    @property
    def test(self) -> tuple[str, str]:
        """The test and the question it looks at; the first where a file has several."""
        return next(iter(self.tests), ("", ""))

    @property
    def tests(self) -> list[tuple[str, str]]:
        """All tests that are set; one in a file that is in order."""
        return [(name, other) for name in TESTS if (other := getattr(self, name)) is not None]


def misfits(agreement: Agreement, values: Mapping[str, Any], *, today: date) -> Iterator[str]:
    """Name each place of the answer that does not fit: `""`, or `/0/den` of a row."""
    test, other = agreement.test
    question, _, column = agreement.answer.partition(".")
    value = values.get(question)
    if not is_filled(value) or not holds(agreement.when, values, today=today):
        return
    if not column:
        if not _fits(agreement, value, _beside(other, values), today):
            yield ""
        return
    given = value if isinstance(value, list) else []
    rows = [row if isinstance(row, Mapping) else {} for row in given]
    for index, row in enumerate(rows):
        if test == "apart":
            good = _apart(rows[: index + 1], column, other.partition(".")[2])
        else:
            beside = _beside(other, values, {question: row})
            good = _fits(agreement, row.get(column), beside, today)
        if not good:
            yield f"/{index}/{column}"


def _fits(agreement: Agreement, value: object, other: object, today: date) -> bool:
    """Compare two answers; one that is missing or no date (no number) fits everything."""
    test, years = agreement.test[0], agreement.years or 0
    if test == "":
        return False
    if test == "aged":
        return fits("not_before", today.isoformat(), _later(other, years))
    return fits(test, value, _later(other, -years if test in EARLIER else years))


def fits(test: str, value: object, other: object) -> bool:
    """Compare two answers as they are, without the years that may lie between."""
    if not (isinstance(value, str) and isinstance(other, str)):
        return True
    if test == "unlike":
        return _BLANKS.sub("", value) != _BLANKS.sub("", other) or not value.strip()
    if not (_DATE.fullmatch(value) and _DATE.fullmatch(other)):
        return True
    known = min(len(value), len(other))
    one, two = value[:known], other[:known]
    if one == two:
        return test in ("not_before", "not_after") or known < len("2026-11-24")
    return (one < two) is (test in EARLIER)


def _apart(rows: Sequence[Mapping[str, Any]], first: str, last: str) -> bool:
    """Tell whether the last of these rows shares no time with one before; no end is not yet."""
    *before, row = rows
    return not any(
        _is_earlier(row.get(first), one.get(last)) and _is_earlier(one.get(first), row.get(last))
        for one in before
    )


def _is_earlier(begin: object, end: object) -> bool:
    """Tell whether a time began before that end, as far as both are known."""
    began = isinstance(begin, str) and _DATE.fullmatch(begin) is not None
    return began and not fits("not_before", begin, end or "9999")


def _later(day: object, years: int) -> object:
    """Write the same day so many years later; what is no date stays."""
    dated = years and isinstance(day, str) and _DATE.fullmatch(day)
    return f"{int(str(day)[:4]) + years:04d}{str(day)[4:]}" if dated else day


def _beside(
    other: str, values: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]] | None = None
) -> object:
    question, _, column = other.partition(".")
    return (rows or {}).get(question, {}).get(column) if column else values.get(question)
