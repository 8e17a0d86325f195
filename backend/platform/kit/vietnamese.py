"""Vietnamese text at the door: one form of each letter, search keys, masked names, phones."""

import re
import unicodedata

from backend.platform.kit.errors import Fault, Unprocessable

_LOOK_ALIKES = str.maketrans({"\u00d0": "\u0110", "\u00f0": "\u0111"})
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_STROKE = str.maketrans({"\u0111": "d"})
_PHONE_NOISE = re.compile(r"[\s.\-()]+")
_PHONE = re.compile(r"(?:\+84|0084|84|0)([1-9][0-9]{8}|2[0-9]{9})\Z", re.ASCII)
# Spelled out, because languages differ in what white space is; the phone has the same list.
_BLANKS = re.compile("[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_LINE_BREAKS = frozenset("\n\r\t")
_NO_BREAKS = dict.fromkeys(map(ord, _LINE_BREAKS))
# Control, format (zero-width, right-to-left override …), surrogate, private use, unassigned.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def nfc(text: str) -> str:
    """Bring text into the one stored form: NFC, Icelandic eth turned into đ, ends trimmed.

    Some keyboards send decomposed marks, others U+00D0, which looks like Đ.
    """
    return _composed(text).strip()


def one_line(text: str) -> str:
    """Bring text of one line into its stored form: composed, each run of white space one blank.

    Tabs, no-break spaces and line breaks come with what is pasted, and nobody sees them. Control
    characters that are no white space stay, to be refused.
    """
    return _BLANKS.sub(" ", _composed(text)).strip(" ")


def narrow(text: str) -> str:
    """Turn figures and signs as wide as a letter of Chinese, from some keyboards, into plain ones.

    For numbers and dates alone: `０９２` is what a person means by `092`. The phone does the same.
    """
    return text.translate(_NARROW)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES)


def fold(text: str) -> str:
    """Make the search key of a text: lower case, no tone or vowel marks, đ as d, single spaces."""
    lowered = unicodedata.normalize("NFD", text.translate(_LOOK_ALIKES).casefold())
    bare = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(bare.translate(_STROKE).split())


def masked_name(name: str) -> str:
    """Hide a person's name in lists (họ tên che bớt): `Nguyễn Thị Bích` reads `Nguyễn T. B.`."""
    family, *others = nfc(name).split() or [""]
    return " ".join([family, *(f"{word[0]}." for word in others)])


def phone_digits(text: str) -> str | None:
    """Read a Vietnamese phone number as `0` and nine digits, of a landline ten; else None.

    `+84 912 345 678`, `0912.345.678` and `84912345678` are the same number.
    """
    found = _PHONE.match(_PHONE_NOISE.sub("", narrow(text)))
    return f"0{found[1]}" if found else None


def has_control_characters(text: str, *, lines: bool = False) -> bool:
    """Tell whether a text hides characters that nobody typed; `lines` allows line breaks and tabs.

    Control, zero-width and direction characters make two names that look alike differ.
    """
    if (text.translate(_NO_BREAKS) if lines else text).isprintable():
        return False
    return any(
        unicodedata.category(letter) in _REFUSED_CATEGORIES
        and not (lines and letter in _LINE_BREAKS)
        for letter in text
    )


def refuse_control_characters(text: str, *, pointer: str = "", lines: bool = False) -> None:
    """Refuse hidden characters with Unprocessable, naming the place by its JSON pointer."""
    if has_control_characters(text, lines=lines):
        raise Unprocessable(
            errors=[
                Fault(
                    pointer=pointer,
                    code="hidden-characters",
                    message_vi="Có ký tự ẩn không đọc được. Xóa đi và gõ lại.",
                    message_en="There are hidden characters. Delete the text and type it again.",
                )
            ]
        )
