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
    """Say how well all words fit: 0 what people call it, 1 title, 2 official name or code, 3 else.

    What people call it is matched whole; None where a word is nowhere.
    """
    if any(fold(one).split() == words for one in definition.keywords):
        return 0
    text = ""
    layers = (
        (definition.title,),
        (definition.name, definition.code),
        (*definition.keywords, *definition.summary, definition.field.name),
    )
    for rank, layer in enumerate(layers, 1):
        text += fold(" ".join(layer)) + " "
        if all(word in text for word in words):
            return rank
    return None
