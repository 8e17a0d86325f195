"""What follows from the money that came: states are folded from facts, never set by hand.

The order in which facts arrive does not matter: each function takes all of them. A proven success
always wins over an earlier failure or the end of time.
"""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

Basis = Literal[
    "unquoted", "open", "nothing_due", "exemption_review", "exempt", "cancelled", "expired"
]
"""What an obligation is without looking at money: decided by tariff, officer or dossier."""

ObligationState = Literal[
    "unquoted",
    "open",
    "paid",
    "exemption_review",
    "exempt",
    "nothing_due",
    "refund_due",
    "partly_refunded",
    "refunded",
    "cancelled",
    "expired",
]
AttemptState = Literal[
    "created",
    "pending",
    "unknown",
    "succeeded",
    "failed",
    "superseded",
    "expired",
    "expired_unverified",
    "review",
]
Verb = Literal["start", "refuse", "doubt", "fail", "supersede", "expire", "give_up"]
Counting = Literal["exact", "sum"]
"""How money settles: one payment of the exact amount; or, when an officer says so, its sum."""

LIVE: frozenset[AttemptState] = frozenset({"created", "pending", "unknown"})
"""An attempt that the citizen can still use."""

ATTEMPT_MOVES: dict[AttemptState, dict[Verb, AttemptState]] = {
    "created": {
        "start": "pending",
        "refuse": "failed",
        "doubt": "unknown",
        "fail": "failed",
        "supersede": "superseded",
        "expire": "expired",
        "give_up": "expired_unverified",
    },
    "pending": {
        "fail": "failed",
        "supersede": "superseded",
        "expire": "expired",
        "give_up": "expired_unverified",
    },
    "unknown": {
        "start": "pending",
        "refuse": "failed",
        "fail": "failed",
        "supersede": "superseded",
        "expire": "expired",
        "give_up": "expired_unverified",
    },
    "succeeded": {},
    "failed": {},
    "superseded": {},
    "expired": {},
    "expired_unverified": {},
    "review": {},
}
"""Moves without money; what is not here changes nothing. Money decides over all of them."""

SETTLED: frozenset[ObligationState] = frozenset(
    {"paid", "nothing_due", "exempt", "refund_due", "partly_refunded", "refunded"}
)
PAID: frozenset[ObligationState] = frozenset({"paid", "refund_due", "partly_refunded", "refunded"})
PAYABLE: frozenset[ObligationState] = frozenset({"open", "exemption_review", "expired"})
OWED: frozenset[Basis] = frozenset({"open", "exemption_review", "expired"})

Reason = Literal[
    "unknown",
    "no_text",
    "ambiguous",
    "short",
    "over",
    "second",
    "late",
    "closed",
    "ended",
    "reversed",
    "currency",
    "test",
    "contradiction",
    "review",
]
"""Why money stands in the officers' list (khoản tiền cần xem)."""


class Fact(Struct, frozen=True):
    """One proven movement of money (một lần tiền vào, tiền ra) posted to an obligation."""

    attempt: UUID
    movement: str
    kind: Literal["payment", "reversal"]
    amount: int
    event: UUID | None = None


class Back(Struct, frozen=True):
    """What became of surplus (tiền hoàn): `given` back in effect; `refused` stays with us."""

    given: int = 0
    refused: int = 0


class Standing(Struct, frozen=True):
    """Where an obligation stands: its state, all that was received, what is surplus of it.

    `applied` of what was received pays the fee; `due` is what is still to be paid.
    """

    state: ObligationState
    paid: int
    surplus: int
    applied: int
    due: int


def sources(verb: Verb) -> tuple[AttemptState, ...]:
    """List the states that a verb leads out of, for a conditional UPDATE."""
    return tuple(state for state, moves in ATTEMPT_MOVES.items() if verb in moves)


def kept(facts: Sequence[Fact]) -> list[Fact]:
    """List the payments that were not taken back, each movement once."""
    reversed_ = {fact.movement for fact in facts if fact.kind == "reversal"}
    payments = {fact.movement: fact for fact in facts if fact.kind == "payment"}
    return [fact for movement, fact in payments.items() if movement not in reversed_]


def standing(
    basis: Basis,
    amount: int | None,
    facts: Sequence[Fact],
    *,
    counting: Counting = "exact",
    back: Back = Back(),  # noqa: B008 - frozen
) -> Standing:
    """Fold the facts into the state of an obligation (nghĩa vụ tài chính).

    One payment of the exact amount settles it; whatever came besides is surplus. Money of another
    amount alone settles nothing and waits for an officer, who may let its sum count. Where nothing
    is owed, all is surplus. What was given back pays nothing any more.
    """
    payments = kept(facts)
    received = sum(fact.amount for fact in payments)
    owed = amount if amount is not None and basis in OWED else None
    settled = owed is not None and _covers(owed, payments, counting, given=back.given)
    applied = owed if settled and owed is not None else 0
    waits = not settled and (basis in OWED or basis == "unquoted")
    surplus = 0 if waits else max(0, received - applied)
    held = received - back.given if counting == "sum" else 0
    return Standing(
        state=_state(basis, settled=settled, surplus=surplus, applied=applied, back=back),
        paid=received,
        surplus=surplus,
        applied=applied,
        due=max(0, (owed or 0) - held) if waits else 0,
    )


def _covers(owed: int, payments: Sequence[Fact], counting: Counting, *, given: int) -> bool:
    if counting == "sum":
        return bool(payments) and sum(fact.amount for fact in payments) - given >= owed
    return any(fact.amount == owed for fact in payments)


def _state(
    basis: Basis, *, settled: bool, surplus: int, applied: int, back: Back
) -> ObligationState:
    if surplus > back.given + back.refused:
        return "refund_due"
    if surplus and back.given:
        return "partly_refunded" if applied else "refunded"
    return "paid" if settled else basis


def attempt_by_money(
    amount: int | None, facts: Sequence[Fact], *, counting: Counting = "exact"
) -> AttemptState | None:
    """Fold an attempt's own facts into its state; None while no money speaks."""
    if any(fact.kind == "reversal" for fact in facts):
        return "review"
    payments = kept(facts)
    if any(fact.amount == amount or counting == "sum" for fact in payments):
        return "succeeded"
    return "review" if payments else None


def reason_of(
    *,
    kind: Literal["payment", "reversal"],
    money: int,
    amount: int | None,
    before: ObligationState,
    attempt: AttemptState,
) -> Reason | None:
    """Tell why an officer should look at money that just came; None when all is as agreed.

    `amount` is what was still due before it.
    """
    if kind == "reversal":
        return "reversed"
    if before in PAID:
        return "second"
    if before in {"cancelled", "nothing_due", "exempt"}:
        return "closed"
    if amount is None or money != amount:
        return "short" if amount is not None and money < amount else "over"
    return None if attempt in LIVE else "late"
