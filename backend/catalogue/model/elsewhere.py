"""What helps finding (`search/words.yaml`): words that say nothing, and what other offices do."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from backend.catalogue.model import english
from backend.catalogue.model.definition import Law
from backend.catalogue.model.english import Language, Path
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
        Literal["high", "medium", "low"],
        Meta(description="all but high is told to citizens as not verified"),
    ]


class SearchWords(Part, frozen=True, kw_only=True):
    """Words that help finding a procedure, for the server and the phone alike."""

    fillers: Annotated[
        tuple[Line, ...], Meta(description="words that say nothing of what is wanted")
    ] = ()
    common: Annotated[
        tuple[Line, ...],
        Meta(description="words of many procedures: alone no reason to show one beside elsewhere"),
    ] = ()
    elsewhere: tuple[Elsewhere, ...] = ()


def faults(words: SearchWords) -> Iterator[tuple[Path, str]]:
    """Say what no search could use: two of one id, a word given twice, a filler of two words."""
    known: set[str] = set()
    for index, one in enumerate(words.elsewhere):
        if one.id in known:
            yield ("elsewhere", index, "id"), f'"{one.id}" is there already'
        known.add(one.id)
    for key, texts in (("fillers", words.fillers), ("common", words.common)):
        for index, text in enumerate(texts):
            if len(text.split()) != 1:
                yield (key, index), f'"{text}" is not one word'
            elif text in texts[:index]:
                yield (key, index), f'"{text}" is there already'


class ElsewhereShown(msgspec.Struct, frozen=True):
    """What another office does, in one language; `unverified`: nobody has compared it yet."""

    id: str
    title: str
    office: str
    keywords: tuple[str, ...]
    unverified: bool


class SearchWordsShown(msgspec.Struct, frozen=True):
    """What a phone needs beside the list to search it, in one language."""

    fillers: tuple[str, ...]
    common: tuple[str, ...]
    elsewhere: tuple[ElsewhereShown, ...]


def all_shown(words: SearchWords, language: Language) -> SearchWordsShown:
    """Write the words for finding, and every other office, in one language."""
    doors = tuple(shown(one, language) for one in words.elsewhere)
    return SearchWordsShown(words.fillers, words.common, doors)


def shown(one: Elsewhere, language: Language) -> ElsewhereShown:
    """Write what another office does in one language."""
    plain: dict[str, Any] = english.spoken(msgspec.to_builtins(one), language)
    known = {key: plain[key] for key in ("id", "title", "office", "keywords")}
    return msgspec.convert({**known, "unverified": one.confidence != "high"}, ElsewhereShown)
