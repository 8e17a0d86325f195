"""Our code in what banks make of a memo (nội dung chuyển khoản): found again, or not at all.

Banks put numbers before and after it, change case, drop marks, cut the text by spaces. The code
is `HS` and 7 symbols of the house's alphabet, the last one a check symbol.
"""

import re
import unicodedata

from backend.platform.kit.ids import ALPHABET, Randomness, check_symbol, make_code

PREFIX = "HS"
_BODY = 7
_LONGEST_MEMO = 1000
_LAST_SHOWN = 4
_LONG_ENOUGH = 12
_DIGIT = re.compile(r"[0-9]")
_FOREIGN = re.compile(r"[^A-Z0-9]+")
_CODE = re.compile(rf"(?={PREFIX}([{ALPHABET}]{{{_BODY}}}))")


def make_payment_code(*, random: Randomness) -> str:
    """Make a code for one attempt, 9 symbols such as HSP7K2M9Q."""
    return PREFIX + make_code(_BODY, random=random)


def codes_in(memo: str) -> tuple[str, ...]:
    """Find every well-formed code in a memo, overlapping ones too, each once."""
    plain = unicodedata.normalize("NFKD", memo[:_LONGEST_MEMO]).upper().replace("Đ", "D")
    plain = _FOREIGN.sub("", plain)
    bodies = dict.fromkeys(found[1] for found in _CODE.finditer(plain))
    return tuple(PREFIX + body for body in bodies if check_symbol(body[:-1]) == body[-1])


def masked(memo: str) -> str:
    """Leave of a long text what tells it from others (bốn chữ số cuối), and no letter of a name."""
    digits = "".join(_DIGIT.findall(memo)) if len(memo) >= _LONG_ENOUGH else ""
    return f"…{digits[-_LAST_SHOWN:]}"
