"""The desk of unmatched money (bàn đối chiếu tiền): what can be done, and whose it may be.

Problem
├── MoneyDecided 409       somebody decided of this money meanwhile
├── MoneyTakenBack 409     the bank has taken it back
└── MoneyGivenBack 409     it is on its way back to the payer
"""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Literal

from backend.payments.model.matching import PREFIX
from backend.payments.model.states import ObligationState, Reason
from backend.platform.kit.errors import Problem
from backend.platform.kit.ids import ALPHABET, check_symbol

DeskVerb = Literal["match", "move", "count", "give_back", "note"]
Why = Literal["dossier_code", "near_code", "same_amount", "same_time", "same_day"]

POINTS: dict[Why, int] = {
    "dossier_code": 60,
    "near_code": 60,
    "same_amount": 30,
    "same_time": 20,
    "same_day": 10,
}
"""What a likeness is worth; suggestions are shown by their sum and never matched by themselves."""

ENOUGH = 40
CLOSE = timedelta(minutes=30)
_DAY = timedelta(days=1)
_WAITING: frozenset[ObligationState] = frozenset(
    {"unquoted", "open", "exemption_review", "expired"}
)
_FOREIGN = re.compile(r"[^A-Z0-9]+")
_LONGEST = 300
_DOSSIER = 13


def steps(
    *,
    kind: str,
    status: str,
    placed: bool,
    state: ObligationState | None,
    reason: Reason,
) -> tuple[DeskVerb, ...]:
    """List what an officer can do with money, the likeliest first."""
    if status == "aside" or kind == "reversal":
        return ("note",)
    if not placed:
        return ("match", "give_back", "note")
    if state in _WAITING and reason in {"short", "over"}:
        return ("move", "count", "give_back", "note")
    return ("move", "note")


def plain(memo: str) -> str:
    """Bring a memo into capital letters and digits without marks."""
    bare = unicodedata.normalize("NFKD", memo[:_LONGEST]).upper().replace("Đ", "D")
    return _FOREIGN.sub("", bare)


def dossier_codes(memo: str) -> tuple[str, ...]:
    """Find every code of a dossier (mã hồ sơ) in a memo: 13 symbols, the last one checks."""
    text = plain(memo)
    found: dict[str, None] = {}
    for at in range(len(text) - _DOSSIER + 1):
        word = text[at : at + _DOSSIER]
        if set(word) <= set(ALPHABET) and check_symbol(word[:-1]) == word[-1]:
            found[word] = None
    return tuple(found)


class Near:
    """Finds codes that a memo holds nearly: a symbol wrong, missing, or too many."""

    def __init__(self, memo: str) -> None:
        """Cut the memo into every piece as long as a code, and those with a symbol less."""
        text = plain(memo)
        self._pieces: set[str] = set()
        for length in (8, 9, 10):
            for at in range(max(0, len(text) - length + 1)):
                self._pieces |= _shortened(text[at : at + length])
        self._text = text

    def holds(self, code: str) -> bool:
        """Tell whether a code stands in the memo but for one symbol, or without its HS."""
        return code.removeprefix(PREFIX) in self._text or not self._pieces.isdisjoint(
            _shortened(code)
        )


def likeness(
    *,
    near: bool,
    named: bool,
    amount: int,
    due: int,
    came: datetime,
    begun: datetime | None,
) -> tuple[Why, ...]:
    """Say in what money is like what a dossier owes."""
    found: list[Why] = []
    if named:
        found.append("dossier_code")
    if near:
        found.append("near_code")
    if amount == due:
        found.append("same_amount")
    if begun is not None and timedelta(0) <= came - begun <= CLOSE:
        found.append("same_time")
    elif begun is not None and abs(came - begun) <= _DAY:
        found.append("same_day")
    return tuple(found)


def score(why: tuple[Why, ...]) -> int:
    """Sum the points of a likeness."""
    return sum(POINTS[one] for one in why)


def _shortened(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


class MoneyDecided(Problem):
    """Another officer, or the matching itself, was faster."""

    status = 409
    slug = "money-decided"
    title = "Khoản tiền này vừa được xử lý. Tải lại danh sách rồi xem tiếp."


class MoneyTakenBack(Problem):
    """What the bank has taken back cannot be matched or moved."""

    status = 409
    slug = "money-taken-back"
    title = "Ngân hàng đã lấy lại khoản này. Không khớp hay chuyển được nữa."


class MoneyGivenBack(Problem):
    """Money that is on its way back to the payer stays where it is."""

    status = 409
    slug = "money-given-back"
    title = "Khoản này đang hoặc đã được hoàn. Xem lại danh sách hoàn tiền."
