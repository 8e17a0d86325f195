"""What must come of a history of money: computed from what was told, compared with the books."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from backend import payments
from backend.fee_receipts import FOLLOW
from backend.platform import db, outbox
from tests.backend.payments.conftest import AMOUNT
from tests.proof.tellers import Movement

BY_MONEY = {"succeeded", "review"}
"""The states of an attempt that money alone decides."""

PAID = "proof.paid"
REACTIONS = {
    payments.ObligationSettled: outbox.Reaction(later=(PAID, FOLLOW)),
    payments.ObligationRestated: outbox.Reaction(later=(FOLLOW,)),
}
"""What a receipt follows from, as in the house; settled must be told once, however often to us."""

FEES: tuple[dict[str, int], ...] = (
    {"le_phi": AMOUNT},
    {"phi": AMOUNT},
    {"phi": 6_000, "le_phi": AMOUNT - 6_000},
)
"""What is owed, by kind; each kind has a receipt of its own."""

STATES = "wrong states"
REFUNDS = "surpluses without their exact refund"
TWICE = "fees and kinds with more than one valid receipt"
RECEIPTS = "receipts missing or wrong"
TOLD = "settled and not told once"
PROMISES = (STATES, REFUNDS, TWICE, RECEIPTS, TOLD)


class Fault(NamedTuple):
    """A promise that broke in a history."""

    promise: str
    seed: int
    words: str

    def __str__(self) -> str:
        return f"history {self.seed}: {self.words}\nagain: tests.proof.money.run({self.seed})"


def fee_of(seed: int) -> dict[str, int]:
    """Say what a history owes: they take turns."""
    return FEES[seed % len(FEES)]


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

    @property
    def whole(self) -> bool:
        """Tell whether all of the fee is ours: then, and only then, its receipts stand."""
        return not self.ended and AMOUNT in self.kept


async def broken_in(histories: Iterable[History]) -> list[Fault]:
    """Compare every history with the books; list what broke a promise."""
    owed = {one["dossier"]: one for one in await db.rows(_OWED)}
    tries = _by_dossier(await db.rows(_TRIES))
    written = _by_dossier(await db.rows(_WRITTEN))
    lanes = await db.rows(
        "SELECT lane, COUNT(*) AS told FROM jobs WHERE topic = {} GROUP BY lane", PAID
    )
    told = {one["lane"]: one["told"] for one in lanes}
    return [
        Fault(promise, history.seed, words)
        for history in histories
        for promise, words in (
            *_of_money(history, owed[history.dossier], tries.get(history.dossier, [])),
            *_of_telling(history, owed[history.dossier], told.get(f"proof:{history.dossier}", 0)),
            *_of_receipts(history, written.get(history.dossier, [])),
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
_WRITTEN = (
    "SELECT dossier, kind, state, amount FROM fee_receipts"
    " WHERE number IS NOT NULL OR sent_at IS NOT NULL ORDER BY dossier, kind, seq"
)
"""What exists outside, or may: a receipt that no issuer was asked for yet is nothing but a wish."""

Row = Mapping[str, Any]
Broken = Iterator[tuple[str, str]]


def _by_dossier(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {}
    for one in rows:
        found.setdefault(one["dossier"], []).append(one)
    return found


def _of_money(history: History, owed: Row, tries: list[Row]) -> Broken:
    state, total, surplus = history.wanted()
    if (owed["state"], owed["paid"]) != (state, total):
        yield STATES, f"is {owed['state']} with {owed['paid']}, must be {state} with {total}"
    if owed["back"] != surplus:
        yield REFUNDS, f"gives back {owed['back']}, must be {surplus}"
    for one in tries:
        must, is_now = history.attempt(one["adapter"]), one["state"]
        if (is_now if is_now in BY_MONEY else "") != must:
            yield STATES, f"the attempt at {one['adapter']} is {is_now}, must be {must or 'open'}"
    if len(tries) != len({one["adapter"] for one in tries}):
        yield STATES, f"one way was begun twice: {tries}"


def _of_telling(history: History, owed: Row, told: int) -> Broken:
    if told != (owed["settled_at"] is not None):
        yield TOLD, f"told {told} times that it was settled at {owed['settled_at']}"
    if history.whole and not told:
        yield TOLD, "paid, and nobody was told"


def _of_receipts(history: History, written: list[Row]) -> Broken:
    """Count the receipts of each kind: whole money has exactly one that stands, other money none.

    A receipt that is held for money that went is valid still: there may be no other beside it.
    """
    for kind in ("phi", "le_phi"):
        mine = [one for one in written if one["kind"] == kind]
        valid = [one for one in mine if one["state"] not in {"cancelled", "replaced"}]
        stand = [(one["state"], one["amount"]) for one in valid]
        due = fee_of(history.seed).get(kind)
        if len(valid) > 1:
            yield TWICE, f"{len(valid)} receipts of {kind} are valid: {stand}"
        elif mine and due is None:
            yield RECEIPTS, f"a receipt of {kind}, which nobody owes: {stand}"
        elif due and history.whole and stand != [("issued", due)]:
            yield RECEIPTS, f"{kind} has {stand}, must have one of {due} that stands"
        elif not history.whole and any(state != "on_hold" for state, _ in stand):
            yield RECEIPTS, f"{kind} has {stand} for money that is not whole"


async def numbers_astray() -> list[str]:
    """List numbers of receipts that are given twice, given to nobody, or left out."""
    lost = await db.rows(
        "SELECT n.form, n.number, n.receipt FROM receipt_numbers n LEFT JOIN fee_receipts r"
        " ON r.id = n.receipt AND r.form = n.form AND r.series = n.series"
        " AND CAST(r.number AS BIGINT) = n.number WHERE r.id IS NULL"
    )
    books = await db.rows(
        "SELECT b.form, b.last, COUNT(n.number) AS given FROM receipt_books b LEFT JOIN"
        " receipt_numbers n ON n.unit = b.unit AND n.form = b.form AND n.series = b.series"
        " GROUP BY b.unit, b.form, b.series, b.last"
    )
    found = [f"number {one['number']} of {one['form']} is on no receipt" for one in lost]
    return found + [
        f"{one['form']} has {one['given']} numbers up to {one['last']}"
        for one in books
        if one["given"] != one["last"]
    ]
