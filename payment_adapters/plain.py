"""Texts for a human, made fit for a provider: what we write, never what we read."""

import re
import unicodedata

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def one_line(text: str, *, most: int, without: str = "") -> str:
    """Bring a text to one line in NFC of at most `most` characters, without certain signs.

    A row of fields that is signed without escaping must not hold its own separators.
    """
    cleared = "".join(
        " " if sign in without else sign for sign in unicodedata.normalize("NFC", text)
    )
    return _BREAKS.sub(" ", cleared).strip()[:most].strip()
