"""Questions that lead to one of several sister procedures (chọn đúng thủ tục), at most three.

They stand in `choosers/<id>.yaml`: a question leads by its options to a later question, to a
procedure, or to a door elsewhere.
"""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.catalogue.model import english
from backend.catalogue.model.english import Language
from backend.catalogue.model.notes import Path
from backend.catalogue.model.parts import Code, English, Id, Line, Part, Words

MOST_QUESTIONS = 3


class Way(Part, frozen=True, kw_only=True):
    """One answer of a chooser, and where it leads: exactly one of the three."""

    label: Annotated[Line, Meta(description="the answer in a few words")]
    label_en: English | None = None
    hint: Annotated[Line, Meta(description="one sentence under it")] | None = None
    hint_en: English | None = None
    next: Annotated[Id, Meta(description="id of a later question")] | None = None
    procedure: Annotated[Code, Meta(description="the procedure that fits")] | None = None
    elsewhere: Annotated[Words, Meta(description="where to go, if none of ours fits")] | None = None
    elsewhere_en: English | None = None


class Question(Part, frozen=True, kw_only=True):
    """One question of a chooser."""

    id: Id
    question: Annotated[Line, Meta(description="the question, in the words of the counter")]
    question_en: English | None = None
    options: Annotated[tuple[Way, ...], Meta(min_length=2, description="two or more")]


class Chooser(Part, frozen=True, kw_only=True):
    """A family of procedures that are easily mistaken for one another."""

    title: Annotated[Line, Meta(description="what the person came for: Tôi cần giấy khai sinh")]
    title_en: English | None = None
    questions: Annotated[
        tuple[Question, ...], Meta(min_length=1, description="the first is asked first")
    ]


class WayShown(msgspec.Struct, frozen=True):
    """An answer as the phone draws it."""

    label: str
    hint: str | None = None
    next: str | None = None
    procedure: str | None = None
    elsewhere: str | None = None


class QuestionShown(msgspec.Struct, frozen=True):
    """A question as the phone draws it."""

    id: str
    question: str
    options: list[WayShown]


class ChooserShown(msgspec.Struct, frozen=True):
    """A chooser in one language (chọn đúng thủ tục); the first question is asked first."""

    id: str
    title: str
    questions: list[QuestionShown]


def shown(id_: str, chooser: Chooser, language: Language) -> ChooserShown:
    """Write a chooser in one language."""
    plain = english.spoken(msgspec.to_builtins(chooser), language)
    return msgspec.convert({**plain, "id": id_}, ChooserShown)


def leads_to(chooser: Chooser) -> set[str]:
    """List the procedures that it can lead to."""
    ways = [way for one in chooser.questions for way in one.options]
    return {way.procedure for way in ways if way.procedure is not None}


def faults(chooser: Chooser, known: set[str]) -> Iterator[tuple[Path, str]]:
    """List what is wrong with it, by the path of keys; `known` are the codes that are here."""
    ids = [one.id for one in chooser.questions]
    reached = {ids[0]}
    for index, one in enumerate(chooser.questions):
        path: Path = ("questions", index)
        if one.id in ids[:index]:
            yield (*path, "id"), f'"{one.id}" stands here already; ids are unique'
        elif one.id not in reached:
            yield (*path, "id"), f'"{one.id}" is never asked: no option before leads here'
        for place, way in enumerate(one.options):
            reached.add(way.next or "")
            for key, message in _wrong(way, ids[index + 1 :], known):
                yield (*path, "options", place, *key), message
    longest = _longest(chooser, ids[0], len(ids))
    if longest > MOST_QUESTIONS:
        yield ("questions",), f"asks up to {longest} questions; at most {MOST_QUESTIONS}"


def _wrong(way: Way, later: list[str], known: set[str]) -> Iterator[tuple[Path, str]]:
    ends = [end for end in (way.next, way.procedure, way.elsewhere) if end is not None]
    if len(ends) != 1:
        yield (), "leads to exactly one of next, procedure, elsewhere"
    if way.next is not None and way.next not in later:
        yield ("next",), f'"{way.next}" is no later question'
    if way.procedure is not None and way.procedure not in known:
        yield ("procedure",), f'"{way.procedure}" is no procedure here'


def _longest(chooser: Chooser, start: str, left: int) -> int:
    """Count the questions on the longest way from one; circles end where no question is left."""
    question = next((one for one in chooser.questions if one.id == start), None)
    if question is None or left == 0:
        return 0
    ways = [_longest(chooser, way.next, left - 1) for way in question.options if way.next]
    return 1 + max(ways, default=0)
