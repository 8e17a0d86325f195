"""The list of procedures: all of them, or what a search finds, with what leads to it."""

from collections.abc import Iterable

import msgspec

from backend import places
from backend.catalogue.actions import serving
from backend.catalogue.model import choosers, elsewhere, english, searching
from backend.catalogue.model.choosers import ChooserShown
from backend.catalogue.model.elsewhere import ElsewhereShown
from backend.catalogue.model.english import Language
from backend.catalogue.model.listing import Area, Listed
from backend.catalogue.model.procedure import Procedure


class Procedures(msgspec.Struct, frozen=True):
    """The procedures that were found, best first, and what leads to them or past them.

    `near`: none says all that was typed, these come close. `elsewhere` is done by other offices.
    `fillers` are words that a search passes over.
    """

    items: list[Listed]
    next: str | None = None
    choosers: list[ChooserShown] = []
    near: bool = False
    elsewhere: list[ElsewhereShown] = []
    fillers: tuple[str, ...] = ()


def listing(
    *, unit: str | None = None, q: str | None = None, language: Language = "vi"
) -> list[Listed]:
    """List the procedures, those that can be filed first; `q` finds, the best first."""
    return found(unit=unit, q=q, language=language).items


def found(
    *, unit: str | None = None, q: str | None = None, language: Language = "vi"
) -> Procedures:
    """List the procedures with what leads to them; without `q` all, and every other office."""
    if unit is not None:
        places.get(unit)
    listed = [_listed(one, unit, language) for one in serving.in_force()]
    listed.sort(key=lambda one: (not one.fileable, one.title))
    words = serving.search_words()
    hits = searching.find(listed, q or "", fillers=words.fillers, elsewhere=words.elsewhere)
    doors = hits.elsewhere if q else words.elsewhere
    codes = [one.code for one in hits.lines or listed]
    return Procedures(
        hits.lines,
        choosers=offered(codes, language=language),
        near=hits.near,
        elsewhere=[elsewhere.shown(one, language) for one in doors],
        fillers=words.fillers,
    )


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
    plain = english.spoken(msgspec.to_builtins(definition), language)
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
