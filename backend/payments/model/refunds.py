"""Giving money back (hoàn tiền): the steps of a refund, who takes them, and out of what.

Problem
├── SamePerson 409         the second step needs another officer
├── RefundDecided 409      somebody has taken this step meanwhile
├── TooMuchBack 409        more would be given back than came
└── NotByProvider 422      the provider cannot give this payment back
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from backend.payments.model.states import Fact
from backend.platform.kit.errors import Fault, Problem, Unprocessable

RefundState = Literal[
    "requested",
    "approved",
    "rejected",
    "submitted",
    "unknown",
    "succeeded",
    "failed",
    "paid_out",
    "confirmed",
    "withdrawn",
]
RefundVerb = Literal[
    "approve",
    "reject",
    "withdraw",
    "submit",
    "doubt",
    "succeed",
    "fail",
    "pay_out",
    "send_back",
    "confirm",
]
Route = Literal["provider", "manual"]

REFUND_MOVES: dict[RefundState, dict[RefundVerb, RefundState]] = {
    "requested": {"approve": "approved", "reject": "rejected", "withdraw": "withdrawn"},
    "approved": {"submit": "submitted", "pay_out": "paid_out", "withdraw": "withdrawn"},
    "submitted": {"succeed": "succeeded", "fail": "failed", "doubt": "unknown"},
    "unknown": {"succeed": "succeeded", "fail": "failed"},
    "paid_out": {"confirm": "confirmed", "send_back": "approved"},
    "failed": {"succeed": "succeeded"},
    "succeeded": {},
    "confirmed": {},
    "rejected": {},
    "withdrawn": {},
}
"""Steps of a refund; what is not here changes nothing. A late success wins over a failure."""

GIVEN: frozenset[RefundState] = frozenset({"succeeded", "confirmed"})
"""The money has left us."""
VOID: frozenset[RefundState] = frozenset({"withdrawn", "failed"})
"""Counts for nothing: another refund may stand for the same money."""
REDUCIBLE: frozenset[RefundState] = frozenset({"requested", "approved"})
"""Nobody was told to pay yet: it may be withdrawn when the surplus shrinks."""
OPEN: frozenset[RefundState] = frozenset(
    {"requested", "approved", "submitted", "unknown", "paid_out"}
)
"""Somebody has still something to do."""

STEPS: dict[RefundState, tuple[RefundVerb, ...]] = {
    "requested": ("approve", "reject"),
    "approved": ("pay_out",),
    "paid_out": ("confirm", "send_back"),
}
"""What officers can do; all other steps follow from what the provider says."""


def before(verb: RefundVerb) -> tuple[RefundState, ...]:
    """List the states that a verb leads out of, for a conditional UPDATE."""
    return tuple(state for state, moves in REFUND_MOVES.items() if verb in moves)


def after(verb: RefundVerb) -> RefundState:
    """Give the state that a verb leads to: each has one alone."""
    return next(moves[verb] for moves in REFUND_MOVES.values() if verb in moves)


def told(statuses: Sequence[str]) -> RefundState:
    """Fold what a provider said of a refund into its state, whatever the order."""
    if "succeeded" in statuses:
        return "succeeded"
    return "failed" if "failed" in statuses else "submitted"


def shares(
    payments: Sequence[Fact], *, keep: int, taken: Mapping[str, int], missing: int
) -> list[tuple[Fact | None, int]]:
    """Say out of which payments an amount is given back: the newest first, one that fits before.

    `keep` is the exact payment that settles the fee (0: none stays apart), `taken` what refunds
    take of a movement already. What no payment covers stands without one.
    """
    kept_one = next((fact for fact in payments if fact.amount == keep and keep), None)
    free = [fact for fact in reversed(payments) if fact is not kept_one]
    free.sort(key=lambda fact: fact.amount - taken.get(fact.movement, 0) != missing)
    found: list[tuple[Fact | None, int]] = []
    for fact in free:
        share = min(missing, fact.amount - taken.get(fact.movement, 0))
        if share > 0:
            found.append((fact, share))
            missing -= share
    return [*found, (None, missing)] if missing > 0 else found


class SamePerson(Problem):
    """Who asked for it, paid it out or uploaded it may not agree to it too."""

    status = 409
    slug = "same-person"
    title = "Bước này cần người thứ hai. Nhờ cán bộ khác của đơn vị duyệt."


class RefundDecided(Problem):
    """The refund is not where it was when the officer read it."""

    status = 409
    slug = "refund-decided"
    title = "Có người vừa xử lý khoản hoàn này. Tải lại rồi xem tiếp."


class TooMuchBack(Problem):
    """All refunds together would be more than what came."""

    status = 409
    slug = "too-much-back"
    title = "Tổng tiền hoàn lớn hơn tiền đã nhận. Xem lại các khoản hoàn của hồ sơ này."


class NotByProvider(Unprocessable):
    """The provider of this payment gives nothing back by itself, or only all of it."""

    slug = "not-by-provider"
    title = "Kênh thanh toán này không tự hoàn được khoản đó. Chọn hoàn qua kế toán."

    def __init__(self) -> None:
        wrong = Fault(
            pointer="/route",
            code="choice",
            message_vi="Chọn hoàn qua kế toán cho khoản này.",
            message_en="Choose the payout list for this refund.",
        )
        super().__init__(errors=[wrong])
