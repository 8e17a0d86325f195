"""What is worked out of answers (tự tính): a date in words, an age, an address in one line.

A kind is known by its name, never code; it is shown at the last look and on paper, never asked.
The PWA works out the same: `procedures/vectors/derived.json` keeps both together.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from backend.catalogue.model.conditions import full_date
from backend.catalogue.model.parts import English, Id, Line, Part

DerivedKind = Literal["date_in_words", "age", "address_line"]

SOURCES: dict[DerivedKind, tuple[str, ...]] = {
    "date_in_words": ("date", "partial_date"),
    "age": ("date", "partial_date"),
    "address_line": ("address",),
}
"""The kinds of questions that each is worked out of."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_DATE = re.compile(r"([1-9][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?", re.ASCII)
_TEN = 10
_APRIL = 4


class Derived(Part, frozen=True, kw_only=True):
    """What is worked out of answers (tự tính), shown beside them and never asked."""

    id: Id
    kind: Annotated[DerivedKind, Meta(description="how it is worked out")]
    of: Annotated[Line, Meta(description="id of the question it is worked out of")]
    at: (
        Annotated[Line, Meta(description="for an age: the date it is counted at; else filing")]
        | None
    ) = None
    label: Annotated[Line, Meta(description="what it is, as the form calls it")]
    label_en: English | None = None


def work_out(derived: Derived, values: Mapping[str, Any], *, today: date) -> str | None:
    """Work one out of the values by question; None while they do not say enough."""
    value = values.get(derived.of)
    if derived.kind == "date_in_words":
        return date_in_words(value)
    if derived.kind == "age":
        at = full_date(values.get(derived.at)) if derived.at else today
        return _age(value, at)
    return _address_line(value)


def date_in_words(value: object) -> str | None:
    """Write a date, or as much of it as is known, as people say it: `ngày hai tháng tư năm …`."""
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None or (found[3] is not None and full_date(value) is None):
        return None
    said = [f"năm {_year(int(found[1]))}"]
    if found[2] is not None:
        month = int(found[2])
        said.insert(0, f"tháng {'tư' if month == _APRIL else _below_hundred(month)}")
    if found[3] is not None:
        said.insert(0, f"ngày {_below_hundred(int(found[3]))}")
    return " ".join(said)


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    if tens == 0:
        return _DIGITS[ones]
    said = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if ones == 0:
        return said
    last = {5: "lăm"} if tens == 1 else {1: "mốt", 5: "lăm"}
    return f"{said} {last.get(ones, _DIGITS[ones])}"


def _year(number: int) -> str:
    """Say a year of four digits; a nought within is said (hai nghìn không trăm linh năm)."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    said = f"{_DIGITS[thousands]} nghìn"
    if hundreds or rest:
        said += f" {_DIGITS[hundreds]} trăm"
    if rest:
        said += f" {'linh ' if rest < _TEN else ''}{_below_hundred(rest)}"
    return said


def _age(born: object, at: date | None) -> str | None:
    """Count whole years; None for a birth that is known by its year alone, or after that day."""
    birth = full_date(born)
    if birth is None or at is None or birth > at:
        return None
    return str(at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day)))


def _address_line(value: object) -> str | None:
    parts = value if isinstance(value, Mapping) else {}
    said = [str(parts.get(part) or "").strip() for part in ("street", "ward", "province")]
    return ", ".join(part for part in said if part) or None
