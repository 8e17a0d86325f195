"""Answers that must fit each other (câu trả lời phải khớp nhau): no stay ends before it began.

Dates that are known in part are compared as far as both are known; what nobody answered fits.
The PWA tells the same: `procedures/vectors/agreements.json` keeps both together.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from msgspec import Meta

from backend.catalogue.model.parts import English, Id, Part, Words

TESTS = ("before", "not_before", "after", "not_after", "unlike")

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", re.ASCII)
_BLANKS = re.compile(r"\s")

Other = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]


class Agreement(Part, frozen=True, kw_only=True):
    """Two answers that must fit each other (phải khớp nhau); exactly one test of the five."""

    id: Id
    answer: Annotated[Other, Meta(description="the later question; of rows: `rows.column`")]
    before: Annotated[Other, Meta(description="its date is before that of this question")] | (
        None
    ) = None
    not_before: Annotated[Other, Meta(description="its date is that date or later")] | None = None
    after: Annotated[Other, Meta(description="its date is after that date")] | None = None
    not_after: Annotated[Other, Meta(description="its date is that date or earlier")] | None = None
    unlike: Annotated[Other, Meta(description="its number is another one than that")] | None = None
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


def misfits(agreement: Agreement, values: Mapping[str, Any]) -> Iterator[str]:
    """Name each place of the answer that does not fit: `""`, or `/0/den` of a row."""
    test, other = agreement.test
    question, _, column = agreement.answer.partition(".")
    value = values.get(question)
    if not column:
        if not fits(test, value, _beside(other, values)):
            yield ""
        return
    for index, row in enumerate(value if isinstance(value, list) else []):
        own = row if isinstance(row, Mapping) else {}
        if not fits(test, own.get(column), _beside(other, values, {question: own})):
            yield f"/{index}/{column}"


def fits(test: str, value: object, other: object) -> bool:
    """Compare two answers; one that is missing or no date (no number) fits everything."""
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
    return (one < two) is (test in ("before", "not_after"))


def _beside(
    other: str, values: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]] | None = None
) -> object:
    question, _, column = other.partition(".")
    return (rows or {}).get(question, {}).get(column) if column else values.get(question)
