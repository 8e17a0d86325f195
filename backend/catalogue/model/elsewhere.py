"""What helps finding (`search/words.yaml`): words that say nothing, and what other offices do."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from backend.catalogue.model import english
from backend.catalogue.model.definition import Law
from backend.catalogue.model.english import Language
from backend.catalogue.model.parts import English, Id, Line, Part, Words


class Elsewhere(Part, frozen=True, kw_only=True):
    """Something people look for here that another office does (nơi khác giải quyết)."""

    id: Id
    title: Annotated[Line, Meta(description="what it is about: Căn cước")]
    title_en: English | None = None
    keywords: Annotated[
        tuple[Line, ...], Meta(min_length=1, description="what people call it, whole")
    ]
    office: Annotated[Words, Meta(description="which office does it, for citizens")]
    office_en: English | None = None
    law: Annotated[tuple[Law, ...], Meta(min_length=1, description="căn cứ pháp lý")]
    source: Annotated[Words, Meta(description="where it was read")]
    checked_on: Annotated[date, Meta(description="when somebody last looked")]
    confidence: Annotated[
        Literal["high", "medium", "low"], Meta(description="low is said to citizens")
    ]


class SearchWords(Part, frozen=True, kw_only=True):
    """Words that help finding a procedure, for the server and the phone alike."""

    fillers: Annotated[
        tuple[Line, ...], Meta(description="words that say nothing of what is wanted")
    ] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


class ElsewhereShown(msgspec.Struct, frozen=True):
    """What another office does, in one language; `unverified`: nobody has compared it yet."""

    id: str
    title: str
    office: str
    keywords: tuple[str, ...]
    unverified: bool


def shown(one: Elsewhere, language: Language) -> ElsewhereShown:
    """Write what another office does in one language."""
    plain: dict[str, Any] = english.spoken(msgspec.to_builtins(one), language)
    known = {key: plain[key] for key in ("id", "title", "office", "keywords")}
    return msgspec.convert({**known, "unverified": one.confidence == "low"}, ElsewhereShown)
