"""What a procedure costs, as its file says it (phí, lệ phí): lines, amounts, exemptions."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.parts import English, EnglishLines, Id, Line, Part


class Quantity(Part, frozen=True, kw_only=True):
    """How many times an amount counts: the number answered there."""

    answer: Annotated[Id, Meta(description="id of a question for a number")]


class Tier(Part, frozen=True, kw_only=True):
    """Another amount from a number on (mức lũy tiến): the third page costs less than the first."""

    above: Annotated[int, Meta(ge=1, description="for what comes after so many")]
    amount: Annotated[int, Meta(ge=0, le=10**9, description="đồng for each of those")]


class Amount(Part, frozen=True, kw_only=True):
    """An amount fixed by central law (mức thu), from a date on."""

    from_: Annotated[date, Meta(description="first day")] = msgspec.field(name="from")
    amount: Annotated[int, Meta(ge=0, le=10**9, description="đồng for one")]
    then: Annotated[tuple[Tier, ...], Meta(description="with per: what later ones cost")] = ()
    most: Annotated[int, Meta(ge=1, le=10**9, description="with per: never more than this")] | (
        None
    ) = None
    law: Annotated[Line, Meta(description="document and article")]
    verified: Annotated[bool, Meta(description="compared with the official text or portal")] = False


class FeeItem(Part, frozen=True, kw_only=True):
    """One line of the fee (phí, lệ phí)."""

    id: Id
    name: Annotated[Line, Meta(description="what the money is for")]
    name_en: English | None = None
    kind: Annotated[Literal["phi", "le_phi"], Meta(description="phí or lệ phí, not mixed")]
    unit: Annotated[Line, Meta(description="what one is: bản, trang, trường hợp")] | None = None
    unit_en: English | None = None
    quantity: Annotated[Quantity, Meta(description="times this answer; else once")] | None = None
    per: (
        Annotated[Quantity, Meta(description="what tiers count, as the pages of one copy")] | None
    ) = None
    when: Annotated[Condition, Meta(description="counts only when this holds")] | None = None
    amounts: Annotated[
        tuple[Amount, ...], Meta(description="set centrally; without it the tariffs decide")
    ] = ()
    note: Annotated[Line, Meta(description="one sentence beside the line")] | None = None
    note_en: English | None = None

    @property
    def may_cost(self) -> bool:
        """Whether it may come to more than 0: tariffs decide, or the newest amount says so."""
        if not self.amounts:
            return True
        newest = max(self.amounts, key=lambda one: one.from_)
        return bool(newest.amount or any(tier.amount for tier in newest.then))


class Exemption(Part, frozen=True, kw_only=True):
    """Who pays nothing (miễn phí), and what proves it; a citizen may claim it before paying."""

    id: Id
    words: Annotated[Line, Meta(description="who, in words")]
    words_en: English | None = None
    evidence: Annotated[Line, Meta(description="the paper that proves it")] | None = None
    evidence_en: English | None = None
    law: Annotated[Line, Meta(description="document and article")] | None = None


class Fee(Part, frozen=True, kw_only=True):
    """What the procedure costs; a procedure without this key carries no fee."""

    items: Annotated[tuple[FeeItem, ...], Meta(min_length=1)]
    exemptions: Annotated[
        tuple[Line | Exemption, ...],
        Meta(description="who pays nothing: groups of keys, or lines of words alone"),
    ] = ()
    exemptions_en: EnglishLines = ()
    note: Annotated[Line, Meta(description="what to show as proof of an exemption")] | None = None
    note_en: English | None = None
