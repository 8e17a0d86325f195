"""What every part of a procedure file is made of: ids, texts and their English."""

from typing import Annotated

import msgspec
from msgspec import Meta

Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,47}$", description="stable, never reused")]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Code = Annotated[str, Meta(pattern=r"^[0-9]\.[0-9]{6}$")]
English = Annotated[str, Meta(min_length=1, max_length=2000, description="the same in English")]
EnglishLines = Annotated[tuple[Words, ...], Meta(description="the same in English, line by line")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of keys of a procedure file."""
