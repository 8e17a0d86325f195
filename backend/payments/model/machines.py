"""The state machines of money as tables (bảng trạng thái): for people, documents and tests.

What decides is the fold in `states.py`; a test walks every arrow here through it. The arrows of an
attempt without money are ATTEMPT_MOVES, those of a refund REFUND_MOVES.
"""

from typing import Literal

from backend.payments.model.states import AttemptState, ObligationState

MoneyVerb = Literal["exact_amount", "other_amount", "taken_back"]
ObligationVerb = Literal[
    "quote",
    "quote_zero",
    "ask_exemption",
    "grant_exemption",
    "refuse_exemption",
    "run_out",
    "end_dossier",
    "exact_amount",
    "more_money",
    "taken_back",
    "raise_fee",
    "lower_fee",
    "give_back_rest",
    "give_back_all",
    "keep_rest",
]

_MONEY: dict[MoneyVerb, AttemptState] = {
    "exact_amount": "succeeded",
    "other_amount": "review",
    "taken_back": "review",
}
ATTEMPT_MONEY: dict[AttemptState, dict[MoneyVerb, AttemptState]] = {
    "created": _MONEY,
    "pending": _MONEY,
    "unknown": _MONEY,
    "failed": _MONEY,
    "superseded": _MONEY,
    "expired": _MONEY,
    "expired_unverified": _MONEY,
    "succeeded": {"exact_amount": "succeeded", "other_amount": "succeeded", "taken_back": "review"},
    "review": {"exact_amount": "succeeded", "other_amount": "review", "taken_back": "review"},
}
"""Money decides over every state of an attempt (lần trả tiền); taken back, it stays in review."""

OBLIGATION_MOVES: dict[ObligationState, dict[ObligationVerb, ObligationState]] = {
    "unquoted": {
        "quote": "open",
        "quote_zero": "nothing_due",
        "end_dossier": "cancelled",
    },
    "open": {
        "quote": "open",
        "quote_zero": "nothing_due",
        "ask_exemption": "exemption_review",
        "run_out": "expired",
        "end_dossier": "cancelled",
        "exact_amount": "paid",
    },
    "exemption_review": {
        "grant_exemption": "exempt",
        "refuse_exemption": "open",
        "end_dossier": "cancelled",
        "exact_amount": "paid",
    },
    "expired": {"quote": "open", "end_dossier": "cancelled", "exact_amount": "paid"},
    "nothing_due": {"quote": "open", "more_money": "refund_due"},
    "exempt": {"more_money": "refund_due"},
    "cancelled": {"more_money": "refund_due"},
    "paid": {
        "more_money": "refund_due",
        "taken_back": "open",
        "raise_fee": "open",
        "lower_fee": "refund_due",
        "grant_exemption": "refund_due",
        "end_dossier": "refund_due",
    },
    "refund_due": {
        "more_money": "refund_due",
        "give_back_rest": "partly_refunded",
        "give_back_all": "refunded",
        "keep_rest": "paid",
    },
    "partly_refunded": {"more_money": "refund_due", "end_dossier": "refund_due"},
    "refunded": {"more_money": "refund_due"},
}
"""States of an obligation (nghĩa vụ tài chính): what moves them, by decision or by money."""
