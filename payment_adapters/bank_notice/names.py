"""What a movement is called, whoever tells of it: by the bank's own reference if it gives one."""

import re
from datetime import timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

_WORTH = re.compile(r"(?=.*[0-9])[0-9A-Za-z][0-9A-Za-z ._/:-]{4,62}[0-9A-Za-z]")
"""A reference that can tell two movements apart; banks also write `x`, `-` or nothing."""


def name_of(reference: str | None, *, otherwise: str) -> str:
    """Name a movement so that a notice and a statement's line give it the same name."""
    plain = " ".join((reference or "").split())
    return plain if _WORTH.fullmatch(plain) else otherwise
