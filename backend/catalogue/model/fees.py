"""What a dossier costs (phí, lệ phí): lines from answers, place, channel and date.

An amount that nobody has verified is unknown, never 0: the whole quote is then `unquoted`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from backend.catalogue.model import conditions
from backend.catalogue.model.costs import Amount, Fee, FeeItem, Quantity, Tier
from backend.catalogue.model.parts import Code, English, Id, Line, Part

QuoteState = Literal["unquoted", "open", "nothing_due"]
FeeKind = Literal["phi", "le_phi"]
Channel = Literal["online", "assisted", "direct", "post"]


class TariffPrice(Part, frozen=True, kw_only=True):
    """One amount that a council has set (mức thu theo nghị quyết)."""

    procedure: Annotated[Code, Meta(description="national code, in quotes")]
    item: Annotated[Id, Meta(description="id of the fee line in the procedure's file")]
    from_: Annotated[date, Meta(description="first day")] = msgspec.field(name="from")
    to: Annotated[date, Meta(description="last day, where one is known")] | None = None
    channel: Annotated[Channel, Meta(description="only for this channel; else for all")] | None = (
        None
    )
    amount: Annotated[int, Meta(ge=0, le=10**9, description="đồng for one")]
    then: Annotated[tuple[Tier, ...], Meta(description="what later ones cost")] = ()
    most: Annotated[int, Meta(ge=1, le=10**9, description="never more than this")] | None = None
    law: Annotated[Line, Meta(description="the resolution and its article")]
    law_en: English | None = None
    verified: Annotated[bool, Meta(description="compared with the resolution")] = True


class TariffFile(Part, frozen=True, kw_only=True):
    """The amounts of one place (biểu mức thu) with the resolution behind them."""

    place: Annotated[str, Meta(description="unit id; counts for all units below it")]
    demo: Annotated[bool, Meta(description="invented; loaded in demo and test only")] = False
    resolution: Annotated[Line, Meta(description="number and date of the resolution")]
    source: Annotated[Line, Meta(description="where its text was read")]
    checked_on: date
    prices: Annotated[tuple[TariffPrice, ...], Meta(min_length=1)]


class Price(msgspec.Struct, frozen=True):
    """The amount in force for one, or None where it is not known.

    `unverified` is a figure that somebody read and nobody compared: shown as such, never asked for.
    `at_counter` is what the tariff asks of those who come to the counter, where it is not the same.
    """

    amount: int | None = None
    law: str | None = None
    then: tuple[Tier, ...] = ()
    most: int | None = None
    unverified: int | None = None
    at_counter: int | None = None
    law_en: str | None = None

    def of(self, count: int) -> int | None:
        """Give the amount for so many of what the tiers count."""
        if self.amount is None:
            return None
        begins = (0, *(tier.above for tier in self.then), count)
        each = (self.amount, *(tier.amount for tier in self.then))
        total = sum(
            amount * max(0, min(count, begins[place + 1]) - begins[place])
            for place, amount in enumerate(each)
        )
        return total if self.most is None else min(total, self.most)


class QuoteLine(msgspec.Struct, frozen=True):
    """One line of a quote; amounts are None while unknown."""

    name: str
    kind: FeeKind
    quantity: int
    unit_amount: int | None
    amount: int | None
    law: str | None


class Quote(msgspec.Struct, frozen=True):
    """What is to pay, with its basis, as it is frozen in the obligation."""

    state: QuoteState
    lines: tuple[QuoteLine, ...]

    @property
    def amount(self) -> int | None:
        """Sum of the lines in đồng; None while one of them is unknown."""
        if self.state == "unquoted":
            return None
        return sum(line.amount or 0 for line in self.lines)


def price(
    item: FeeItem,
    *,
    procedure: str,
    tariffs: Sequence[TariffFile],
    places: Sequence[str],
    channel: str,
    on: date,
) -> Price:
    """Find the amount in force; `places` is the unit and what is above it, nearest first."""
    if item.amounts:
        begun = [amount for amount in item.amounts if amount.from_ <= on]
        return _price(begun[-1]) if begun else Price()
    for place in places:
        found = [
            line
            for tariff in tariffs
            if tariff.place == place
            for line in tariff.prices
            if (line.procedure, line.item) == (procedure, item.id)
            and line.from_ <= on
            and (line.to is None or on <= line.to)
            and line.channel in (None, channel)
        ]
        if found:
            best = max(found, key=lambda line: (line.channel is not None, line.from_))
            return _price(best)
    return Price()


def _price(found: Amount | TariffPrice) -> Price:
    if not found.verified:
        return Price(unverified=found.amount)
    english = found.law_en if isinstance(found, TariffPrice) else None
    return Price(found.amount, found.law, found.then, found.most, law_en=english)


def quote(fee: Fee, answers: Mapping[str, Any], prices: Mapping[str, Price], *, on: date) -> Quote:
    """Add up the lines that apply; `prices` by item id, `answers` without hidden ones."""
    lines = tuple(
        line
        for item in fee.items
        if conditions.holds(item.when, answers, today=on)
        and (line := _line(item, answers, prices.get(item.id, Price()))) is not None
    )
    if any(line.amount is None for line in lines):
        return Quote("unquoted", lines)
    total = sum(line.amount or 0 for line in lines)
    return Quote("open" if total else "nothing_due", lines)


def _line(item: FeeItem, answers: Mapping[str, Any], one: Price) -> QuoteLine | None:
    quantity, count = _count(item.quantity, answers), _count(item.per, answers)
    if quantity is None or count is None:
        return None
    each = one.of(count)
    amount = None if each is None else each * quantity
    return QuoteLine(item.name, item.kind, quantity, each, amount, one.law)


def _count(quantity: Quantity | None, answers: Mapping[str, Any]) -> int | None:
    """Find a number answered; 1 where none is asked for, None where it is no count."""
    given: object = 1 if quantity is None else answers.get(quantity.answer)
    counts = isinstance(given, int) and not isinstance(given, bool) and given >= 1
    return given if counts else None  # type: ignore[return-value]
