"""What must come of a history of money: computed from what was told, compared with the books."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from backend import payments
from backend.platform import db, outbox
from tests.backend.payments.conftest import AMOUNT
from tests.proof.tellers import Movement

BY_MONEY = {"succeeded", "review"}
"""The states of an attempt that money alone decides."""

PAID = "proof.paid"
REACTIONS = {payments.ObligationSettled: outbox.Reaction(later=(PAID,))}
"""What a receipt follows from: it must be told once, however often we were told of the money."""


@dataclass
class History:
    """One dossier's money: what was told to us, and what became certain."""

    seed: int
    dossier: UUID
    came: set[Movement] = field(default_factory=set)
    taken_back: set[Movement] = field(default_factory=set)
    pages: dict[str, Movement] = field(default_factory=dict)
    ended: bool = False
    totals: Counter[str] = field(default_factory=Counter)

    @property
    def kept(self) -> list[int]:
        """List the amounts that came and were not taken back."""
        return [one.amount for one in self.came - self.taken_back]

    def wanted(self) -> tuple[str, int, int]:
        """Compute state, money and surplus from what was delivered, and nothing else."""
        total = sum(self.kept)
        if self.ended:
            return ("refund_due" if total else "cancelled"), total, total
        if AMOUNT not in self.kept:
            return "open", total, 0
        surplus = total - AMOUNT
        return ("refund_due" if surplus else "paid"), total, surplus

    def attempt(self, adapter: str) -> str:
        """Compute what money makes of an attempt; nothing where none came."""
        tells = "bank_notice" if adapter == "vietqr" else adapter
        if any(one.adapter == tells for one in self.taken_back):
            return "review"
        amounts = {one.amount for one in self.came if one.adapter == tells}
        return ("succeeded" if AMOUNT in amounts else "review") if amounts else ""


async def broken_in(histories: Iterable[History]) -> list[str]:
    """Compare every history with the books; list those that broke a promise."""
    owed = {one["dossier"]: one for one in await db.rows(_OWED)}
    tries: dict[UUID, list[tuple[str, str]]] = {}
    for one in await db.rows(_TRIES):
        tries.setdefault(one["dossier"], []).append((one["adapter"], one["state"]))
    lanes = await db.rows(
        "SELECT lane, COUNT(*) AS told FROM jobs WHERE topic = {} GROUP BY lane", PAID
    )
    told = {one["lane"]: one["told"] for one in lanes}
    return [
        f"history {history.seed}: {fault}\nagain: tests.proof.money.run({history.seed})"
        for history in histories
        for fault in _faults(
            history,
            owed[history.dossier],
            tries.get(history.dossier, []),
            told.get(f"proof:{history.dossier}", 0),
        )
    ]


_OWED = (
    "SELECT o.dossier, o.state, o.paid, o.settled_at, (SELECT CAST(COALESCE(SUM(r.amount), 0)"
    " AS BIGINT) FROM refunds r WHERE r.obligation = o.id AND r.state = 'requested') AS back"
    " FROM obligations o"
)
_TRIES = (
    "SELECT o.dossier, a.adapter, a.state FROM payment_attempts a"
    " JOIN obligations o ON o.id = a.obligation"
)


def _faults(
    history: History, owed: Mapping[str, Any], tries: list[tuple[str, str]], told: int
) -> list[str]:
    found, wanted = [], history.wanted()
    is_now = (owed["state"], owed["paid"], owed["back"])
    if is_now != wanted:
        found.append(f"is {is_now}, must be {wanted}")
    for adapter, state in tries:
        if (state if state in BY_MONEY else "") != (must := history.attempt(adapter)):
            found.append(f"the attempt at {adapter} is {state}, must be {must or 'undecided'}")
    if len(tries) != len({adapter for adapter, _ in tries}):
        found.append(f"one way was begun twice: {tries}")
    if told != (owed["settled_at"] is not None):
        found.append(f"told {told} times that it was settled at {owed['settled_at']}")
    if not history.ended and AMOUNT in history.kept and not told:
        found.append("paid, and nobody was told: there would be no receipt")
    return found
