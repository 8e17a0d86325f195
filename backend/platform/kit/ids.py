"""Codes that people read aloud, type and scan: mã hồ sơ (13 symbols) and mã QR of posters (8)."""

from collections.abc import Callable
from itertools import cycle

Randomness = Callable[[int], bytes]
"""Gives n random bytes: `os.urandom`; tests pass a seeded one."""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""30 symbols without look-alikes: no 0 O, 1 I L, U."""

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_BASE = len(ALPHABET)
_UNBIASED_BELOW = 256 - 256 % _BASE
_IGNORED = str.maketrans("", "", " -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014\u202f")
_LONGEST_INPUT = 64


def check_symbol(body: str) -> str:
    """Compute the check symbol of a code's body: Luhn mod 30.

    It catches every single wrong symbol and nearly every swap of neighbours.
    KeyError when the body holds a symbol outside ALPHABET.
    """
    total = 0
    for factor, symbol in zip(cycle((2, 1)), reversed(body), strict=False):
        product = factor * _VALUES[symbol]
        total += product // _BASE + product % _BASE
    return ALPHABET[-total % _BASE]


def make_code(length: int, *, random: Randomness) -> str:
    """Make a random code of `length` symbols, the check symbol included; every code is as likely.

    Bytes of 240 and above are thrown away: 256 is no multiple of 30.
    """
    body = ""
    while len(body) < length - 1:
        wanted = length - 1 - len(body)
        body += "".join(ALPHABET[b % _BASE] for b in random(wanted) if b < _UNBIASED_BELOW)
    return body + check_symbol(body)


def clean_code(text: str, *, length: int) -> str | None:
    """Bring what was typed or scanned into the plain form; None when it cannot be a code of ours.

    Case, spaces and hyphens do not count. Wrong length, foreign symbols and a wrong check symbol
    all look alike to the caller.
    """
    if len(text) > _LONGEST_INPUT:
        return None
    plain = text.translate(_IGNORED)
    if len(plain) != length or not plain.isascii():
        return None
    code = plain.upper()
    if not _VALUES.keys() >= set(code) or check_symbol(code[:-1]) != code[-1]:
        return None
    return code
