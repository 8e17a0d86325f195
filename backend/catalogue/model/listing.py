"""The list of procedures (danh mục thủ tục): one line of it, and how well it fits a search."""

import re

import msgspec

from backend.platform.kit.vietnamese import fold

_WORD = re.compile(r"[a-z0-9]+", re.ASCII)


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
    keywords: tuple[str, ...]
    field: Area
    fileable: bool
    why_not: str | None
    minutes: int | None
    fee_note: str
    deadline: str | None


def words_of(text: str) -> list[str]:
    """Split a text into what is compared: words in lower case without marks, and figures."""
    return _WORD.findall(fold(text))


def rank(listed: Listed, typed: str) -> int | None:
    """Say how well a line fits a search; None where it does not. The PWA ranks the same.

    0 what people call it, 1 title, 2 official name or code, 3 else. All words stand in one phrase,
    in any order; the last may be begun only. Shared vectors: `procedures/vectors/search.json`.
    """
    words = words_of(typed)
    if any(words_of(one) == words for one in listed.keywords):
        return 0
    layers = (
        (listed.title,),
        (listed.name, listed.code),
        (*listed.keywords, *listed.summary, f"{listed.title} {listed.field.name}"),
    )
    for place, layer in enumerate(layers, 1):
        if any(_says(words_of(phrase), words) for phrase in layer):
            return place
    return None


def _says(phrase: list[str], words: list[str]) -> bool:
    *whole, begun = words or [""]
    return all(word in phrase for word in whole) and any(one.startswith(begun) for one in phrase)
