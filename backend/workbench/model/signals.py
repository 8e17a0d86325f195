"""What an officer is told beside a dossier (điều cần để ý): signals, no verdicts."""

from datetime import timedelta

from msgspec import Struct

from backend.catalogue.model.fees import QuoteLine
from backend.catalogue.model.people import Answers
from backend.platform.kit.money import Dong

HELPED = 5
HELPED_WITHIN = timedelta(days=30)
"""A family settles its papers with a few dossiers a month; whoever is told of more than these
helps many, or files for money. That is a word to the officer and stops nobody."""

UNSETTLED = ("open", "paid", "nothing_due", "refund_due", "partly_refunded", "expired")
"""States of a fee whose lines an officer may still set."""


class Helped(Struct, frozen=True):
    """One phone is told of many dossiers of the unit (giúp nhiều người): a signal, no verdict."""

    dossiers: int
    days: int


class FeeByAnswers(Struct, frozen=True):
    """What the answers as they are now would cost (phí theo câu trả lời mới); nobody owes it."""

    amount: Dong
    lines: tuple[QuoteLine, ...]


class Changed(Struct, frozen=True):
    """What a citizen answered anew since filing (đã sửa): earlier values by question, and the fee.

    A question that was not answered then stands with None; `fee` where another one is written.
    """

    answers: Answers
    fee: FeeByAnswers | None


def helped(dossiers: int) -> Helped | None:
    """Say that one phone is told of many dossiers; None up to HELPED."""
    return Helped(dossiers, HELPED_WITHIN.days) if dossiers > HELPED else None


def earlier(before: Answers, now: Answers) -> Answers:
    """Give the earlier values of the questions that are answered otherwise now."""
    return {key: before.get(key) for key in {**before, **now} if before.get(key) != now.get(key)}
