"""The list of procedures: all of them, or what a search finds, with what leads to it."""

from collections.abc import Iterable
from typing import Any

import msgspec

from backend import places
from backend.catalogue.actions import serving
from backend.catalogue.model import choosers, elsewhere, english, searching
from backend.catalogue.model.choosers import ChooserShown
from backend.catalogue.model.definition import Definition
from backend.catalogue.model.elsewhere import ElsewhereShown, SearchWordsShown
from backend.catalogue.model.english import Language
from backend.catalogue.model.listing import Area, Listed
from backend.catalogue.model.procedure import Procedure

_HEAD = ("title", "summary", "field", "not_fileable", "minutes", "deadline", "no_deadline")


class Door(msgspec.Struct, frozen=True):
    """What another office does, and which; `unverified`: nobody has compared it yet."""

    id: str
    title: str
    office: str
    unverified: bool


class Procedures(msgspec.Struct, frozen=True):
    """The procedures that were found, best first, and what leads to them or past them.

    `near`: none says all that was typed, these come close. `elsewhere` is what other offices do of
    what was typed; a phone that searches by itself takes search_words().
    """

    items: list[Listed]
    next: str | None = None
    choosers: list[ChooserShown] = []
    near: bool = False
    elsewhere: list[Door] = []


def listing(
    *, unit: str | None = None, q: str | None = None, language: Language = "vi"
) -> list[Listed]:
    """List the procedures, those that can be filed first; `q` finds, the best first."""
    return found(unit=unit, q=q, language=language).items


def found(
    *, unit: str | None = None, q: str | None = None, language: Language = "vi"
) -> Procedures:
    """List the procedures with what leads to them; without `q` all."""
    if unit is not None:
        places.get(unit)
    listed = [_listed(one, unit, language) for one in serving.in_force()]
    listed.sort(key=lambda one: (not one.fileable, one.title))
    words = serving.search_words()
    hits = searching.find(
        listed,
        q or "",
        fillers=words.fillers,
        common=words.common,
        elsewhere=words.elsewhere,
    )
    codes = [one.code for one in hits.lines or listed]
    return Procedures(
        hits.lines,
        choosers=offered(codes, language=language),
        near=hits.near,
        elsewhere=[_door(elsewhere.shown(one, language)) for one in hits.elsewhere],
    )


def search_words(*, language: Language = "vi") -> SearchWordsShown:
    """Give what a phone needs beside the list to search it without the server."""
    return elsewhere.all_shown(serving.search_words(), language)


def _door(one: ElsewhereShown) -> Door:
    return Door(one.id, one.title, one.office, one.unverified)


def offered(codes: Iterable[str], *, language: Language = "vi") -> list[ChooserShown]:
    """List the choosers that lead to one of these procedures."""
    wanted = set(codes)
    return [
        choosers.shown(id_, chooser, language)
        for id_, chooser in serving.known_choosers().items()
        if choosers.leads_to(chooser) & wanted
    ]


def _listed(procedure: Procedure, unit: str | None, language: Language) -> Listed:
    today = serving.today()
    definition = procedure.as_of(today)
    plain = english.spoken(_head(definition), language)
    return Listed(
        code=procedure.code,
        name=procedure.name,
        title=plain["title"],
        summary=tuple(plain["summary"]),
        keywords=definition.keywords,
        field=Area(**plain["field"]),
        fileable=definition.not_fileable is None,
        why_not=plain["not_fileable"],
        minutes=plain["minutes"],
        fee_note=procedure.fee_note(unit=unit, on=today, language=language),
        deadline=(plain["deadline"] or plain["no_deadline"] or {}).get("text"),
    )


def _head(definition: Definition) -> dict[str, Any]:
    """Write what the list says of a procedure: the whole of all of them takes too long."""
    keys = (name for key in _HEAD for name in (key, f"{key}{english.BESIDE}"))
    known = {key: getattr(definition, key) for key in keys if hasattr(definition, key)}
    plain: dict[str, Any] = msgspec.to_builtins(known)
    return plain
