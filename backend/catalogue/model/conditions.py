"""Conditions over answers (điều kiện): small data, never code; the PWA evaluates the same ones.

A condition is exactly one of: `all`, `any`, `not`, or `answer` with one test. An answer that is
missing, hidden or of another kind makes every test false, but for `filled: false`.
Shared vectors: `procedures/vectors/conditions.json`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

Value = str | int | bool

_ALLOWED = {"above": (1,), "below": (-1,), "at_least": (0, 1), "at_most": (-1, 0)}
ORDERED = tuple(_ALLOWED)
TESTS = ("is_", "in_", "filled", *ORDERED, "older_than_days")


class Condition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One condition (điều kiện) under which a question, a paper or a fee line applies."""

    all_: Annotated[tuple["Condition", ...], Meta(description="each of these holds")] | None = (
        msgspec.field(default=None, name="all")
    )
    any_: Annotated[tuple["Condition", ...], Meta(description="one of these holds")] | None = (
        msgspec.field(default=None, name="any")
    )
    not_: "Annotated[Condition, Meta(description='this does not hold')] | None" = msgspec.field(
        default=None, name="not"
    )
    answer: Annotated[str, Meta(description="id of an earlier question")] | None = None
    is_: Annotated[Value, Meta(description="its answer is this")] | None = msgspec.field(
        default=None, name="is"
    )
    in_: Annotated[tuple[Value, ...], Meta(description="its answer is one of these")] | None = (
        msgspec.field(default=None, name="in")
    )
    filled: Annotated[bool, Meta(description="it is answered, or not")] | None = None
    above: Annotated[int | str, Meta(description="number or date above this")] | None = None
    below: Annotated[int | str, Meta(description="number or date below this")] | None = None
    at_least: Annotated[int | str, Meta(description="this or above")] | None = None
    at_most: Annotated[int | str, Meta(description="this or below")] | None = None
    older_than_days: (
        Annotated[int, Meta(ge=1, description="fees only: a date more than so many days ago")]
        | None
    ) = None


def holds(condition: Condition | None, answers: Mapping[str, Any], *, today: date) -> bool:
    """Tell whether a condition holds; no condition always does."""
    if condition is None:
        return True
    if condition.all_ is not None:
        return all(holds(part, answers, today=today) for part in condition.all_)
    if condition.any_ is not None:
        return any(holds(part, answers, today=today) for part in condition.any_)
    if condition.not_ is not None:
        return not holds(condition.not_, answers, today=today)
    return _passes(condition, answers.get(condition.answer or ""), today=today)


def asked_in(condition: Condition) -> Iterator[str]:
    """List the questions that a condition looks at, in its order."""
    if condition.answer is not None:
        yield condition.answer
    negated = () if condition.not_ is None else (condition.not_,)
    for part in (*(condition.all_ or ()), *(condition.any_ or ()), *negated):
        yield from asked_in(part)


def is_positive(condition: Condition) -> bool:
    """Tell whether it can hold only once something is answered: no `not`, no `filled: false`."""
    parts = (*(condition.all_ or ()), *(condition.any_ or ()))
    plain = condition.not_ is None and condition.filled is not False and condition.all_ != ()
    return plain and all(is_positive(part) for part in parts)


def is_filled(value: object) -> bool:
    """Tell whether an answer holds anything; `false` and 0 are answers, empty texts are none."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(is_filled(part) for part in value.values())
    return value is not None and value != []


def _passes(test: Condition, value: object, *, today: date) -> bool:
    if test.filled is not None:
        return is_filled(value) is test.filled
    if not is_filled(value):
        return False
    if test.is_ is not None:
        return _same(value, test.is_)
    if test.in_ is not None:
        return any(_same(value, one) for one in test.in_)
    if test.older_than_days is not None:
        return _older(value, test.older_than_days, today=today)
    return _compares(test, value)


def _same(value: object, wanted: Value) -> bool:
    return type(value) is type(wanted) and value == wanted


def _older(value: object, days: int, *, today: date) -> bool:
    day = full_date(value)
    return day is not None and (today - day).days > days


def _compares(test: Condition, value: object) -> bool:
    limits = {name: getattr(test, name) for name in ORDERED}
    return any(
        limit is not None and _in_order(name, value, limit) for name, limit in limits.items()
    )


def _in_order(name: str, value: Any, limit: Any) -> bool:
    """Compare two numbers, or two full dates (as text they sort like time)."""
    if type(value) is not type(limit):
        return False
    if isinstance(limit, str) and not (full_date(value) and full_date(limit)):
        return False
    order = (value > limit) - (value < limit)
    return order in _ALLOWED[name]


def full_date(value: object) -> date | None:
    """Read `YYYY-MM-DD`; None for anything else, partial dates included."""
    if not isinstance(value, str) or len(value) != len("2026-11-24"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
