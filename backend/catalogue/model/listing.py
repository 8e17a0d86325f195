"""The list of procedures (danh mục thủ tục): one line of it, and how well it fits a search."""

import msgspec

from backend.catalogue.model.definition import Definition
from backend.platform.kit.vietnamese import fold


class Area(msgspec.Struct, frozen=True):
    """A field of administration (lĩnh vực)."""

    id: str
    name: str


class Listed(msgspec.Struct, frozen=True):
    """One line of the list of procedures (danh mục thủ tục)."""

    code: str
    name: str
    title: str
    summary: tuple[str, ...]
    field: Area
    fileable: bool
    why_not: str | None
    minutes: int | None
    fee_note: str
    deadline: str | None


def rank(definition: Definition, words: list[str]) -> int | None:
    """Say where all words are found: title 0, official name or code 1, elsewhere 2, not None."""
    text = ""
    layers = (
        (definition.title,),
        (definition.name, definition.code),
        (*definition.keywords, *definition.summary, definition.field.name),
    )
    for rank, layer in enumerate(layers):
        text += fold(" ".join(layer)) + " "
        if all(word in text for word in words):
            return rank
    return None
