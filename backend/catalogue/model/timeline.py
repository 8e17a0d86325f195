"""Compares two lists of amounts in time (mức thu theo ngày): what is charged from which day on."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from backend.catalogue.model.wording import Speaker, day, money

_LIMITS = ("then", "most")
_SAID = ("from", "amount", "law", "verified", "to", "procedure", "item", "channel", *_LIMITS)
Change = tuple[str, dict[str, str]]


def changes(old: Sequence[Any], new: Sequence[Any], speak: Speaker) -> Iterator[Change]:
    """Give each change as a kind of sentence and what fills it, in the order of days."""
    was, now = ({one.from_: one for one in amounts} for amounts in (old, new))
    for first in sorted({*was, *now}):
        if first not in was:
            before = _in_force(old, first)
            yield "amount_from", _blanks(_said(before, speak), now[first], speak)
            yield from _limits(before, now[first], speak)
            if getattr(now[first], "verified", True) is False:
                yield "amount_unverified", {"date": day(first)}
        elif first not in now:
            then = _said(_in_force(new, first), speak)
            blanks = {"old": money(was[first].amount, speak.language), "date": day(first)}
            yield "amount_dropped", {**blanks, "new": then}
        elif was[first] != now[first]:
            yield from _same_day(was[first], now[first], speak)


def _same_day(old: Any, new: Any, speak: Speaker) -> Iterator[Change]:
    on = {"date": day(new.from_)}
    if old.amount != new.amount:
        yield "amount_from", _blanks(money(old.amount, speak.language), new, speak)
    yield from _limits(old, new, speak)
    if old.law != new.law:
        yield "amount_law", {**on, "old": old.law, "new": new.law}
    verified = getattr(new, "verified", True)
    if getattr(old, "verified", True) != verified:
        yield "amount_verified" if verified else "amount_unverified", on
    last, no_end = getattr(new, "to", None), speak.words.say["no_end"]
    before = getattr(old, "to", None)
    if before != last:
        days = [day(one) if one else no_end for one in (before, last)]
        yield "amount_until", {**on, "old": days[0], "new": days[1]}
    for field in msgspec.structs.fields(type(new)):
        if field.encode_name not in _SAID:
            yield from _key(field.encode_name, field.name, old, new, speak)


def _limits(old: Any, new: Any, speak: Speaker) -> Iterator[Change]:
    """Say what later ones cost, and the most that is charged."""
    for key in _LIMITS:
        yield from _key(key, key, old, new, speak)


def _key(key: str, name: str, old: Any, new: Any, speak: Speaker) -> Iterator[Change]:
    said = [speak.value(type(new), key, getattr(one, name, None)) for one in (old, new)]
    if said[0] != said[1]:
        blanks = {"key": speak.key(type(new), key), "old": said[0], "new": said[1]}
        yield "amount_key", {"date": day(new.from_), **blanks}


def _blanks(before: str, now: Any, speak: Speaker) -> dict[str, str]:
    said = money(now.amount, speak.language)
    return {"old": before, "new": said, "date": day(now.from_), "law": now.law}


def _in_force(amounts: Sequence[Any], on: date) -> Any:
    begun = [one for one in amounts if one.from_ < on]
    return max(begun, key=lambda one: one.from_) if begun else None


def _said(one: Any, speak: Speaker) -> str:
    return money(one.amount, speak.language) if one else speak.words.say["unknown_amount"]
