"""The English beside the Vietnamese (bản tiếng Anh): what lacks it, and a document that speaks it.

A key `x_en` says in English what `x` says; a list has one line for each. The official name of a
procedure has no English: it is what the law calls it.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal, TypeVar

import msgspec

from backend.catalogue.model.definition import Definition
from backend.catalogue.model.parts import Part

Language = Literal["vi", "en"]
Spoken = TypeVar("Spoken", bound=Part)
Path = tuple[str | int, ...]
Text = str | tuple[str, ...]

BESIDE = "_en"
_fields = lru_cache(maxsize=256)(msgspec.structs.fields)


def missing(definition: Definition) -> Iterator[Path]:
    """Name every text for citizens that has no English beside it, in the order of the file."""
    return (path for path, _, english in pairs(definition) if not english)


def pairs(part: Part, path: Path = ()) -> Iterator[tuple[Path, Text, Text | None]]:
    """Walk all texts that may have English: their path, the text, its English or nothing."""
    for field in _fields(type(part)):
        value = getattr(part, field.name)
        here = (*path, field.encode_name)
        parted = isinstance(value, tuple) and any(isinstance(one, Part) for one in value)
        if value and not parted and hasattr(part, f"{field.name}{BESIDE}"):
            yield here, value, getattr(part, f"{field.name}{BESIDE}")
        elif isinstance(value, Part):
            yield from pairs(value, here)
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, Part):
                    yield from pairs(one, (*here, index))


def in_english(part: Spoken) -> Spoken:
    """Say a part in English: each text that has English beside it gives way to it."""
    changes: dict[str, Any] = {}
    for field in _fields(type(part)):
        value = getattr(part, field.name)
        if english := getattr(part, f"{field.name}{BESIDE}", None):
            changes[field.name] = english
        elif isinstance(value, Part):
            changes[field.name] = in_english(value)
        elif isinstance(value, tuple):
            parted = (in_english(one) if isinstance(one, Part) else one for one in value)
            changes[field.name] = tuple(parted)
    return msgspec.structs.replace(part, **changes)


def spoken(value: Any, language: Language) -> Any:
    """Write a document in one language: English texts take their place, or are left out."""
    if isinstance(value, Mapping):
        return {
            key: spoken((language == "en" and value.get(f"{key}{BESIDE}")) or inner, language)
            for key, inner in value.items()
            if not key.endswith(BESIDE)
        }
    return [spoken(one, language) for one in value] if isinstance(value, (list, tuple)) else value
