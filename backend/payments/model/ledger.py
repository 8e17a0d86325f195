"""The ledger (sổ cái): every movement of money written twice, in whole đồng, added only.

An entry is a few lines whose amounts sum to 0: plus is debit (nợ), minus is credit (có). `holder`
says whose account it is: an adapter with its bank account, a counter's till, or a unit.
"""

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

from backend.payments.model.states import OWED, Basis, Fact, Standing

Account = Literal[
    "receivable",
    "fees",
    "collected",
    "till",
    "suspense",
    "received",
    "give_back",
    "given_back",
]
ACCOUNTS: dict[Account, str] = {
    "receivable": "Phí phải thu",
    "fees": "Phí, lệ phí",
    "collected": "Tiền đã về tài khoản",
    "till": "Tiền mặt tại quầy",
    "suspense": "Tiền về chưa khớp hồ sơ",
    "received": "Tiền đã khớp, chưa tính vào phí",
    "give_back": "Phải hoàn",
    "given_back": "Đã hoàn",
}
"""The chart of accounts (hệ thống tài khoản). `collected`, `till` and `given_back` are what moved;
`receivable` and `fees` what is owed; the others say whose the money is."""

_OF_OBLIGATION: tuple[Account, ...] = ("receivable", "fees", "give_back")


class Line(Struct, frozen=True, kw_only=True):
    """One line of an entry (định khoản)."""

    account: Account
    holder: str
    amount: int
    obligation: UUID | None = None


class Gap(Struct, frozen=True, kw_only=True):
    """A place where the ledger does not say what the events say (chênh lệch)."""

    account: str
    holder: str
    ledger: int
    events: int


def holder_of(adapter: str, account: str) -> str:
    """Name where money came to: `vietqr:0123456789`, or `counter:om-long-hung`."""
    return f"{adapter}:{account}"


def place_of(adapter: str, txn: str) -> Account:
    """Tell what took the money: the till for cash, an account for everything else."""
    return "till" if adapter == "counter" and txn.startswith("cash:") else "collected"


def came(
    adapter: str, account: str, txn: str, *, kind: Literal["payment", "reversal"], amount: int
) -> list[Line]:
    """Write down that money came, or was taken back; nobody knows yet what for."""
    signed = amount if kind == "payment" else -amount
    holder = holder_of(adapter, account)
    return pair(
        Line(account=place_of(adapter, txn), holder=holder, amount=signed),
        Line(account="suspense", holder=holder, amount=-signed),
    )


def given(obligation: UUID | None, holder: str, amount: int) -> list[Line]:
    """Write down that money was given back out of where it had come to."""
    return pair(
        Line(account="give_back", holder=holder, amount=amount, obligation=obligation),
        Line(account="given_back", holder=holder, amount=-amount),
    )


def pair(debit: Line, credit: Line) -> list[Line]:
    """Make an entry of two lines; nothing where nothing moves."""
    return [debit, credit] if debit.amount else []


def balances(
    basis: Basis,
    amount: int | None,
    where: Standing,
    facts: Sequence[Fact],
    *,
    given_back: int,
    refused: int,
) -> dict[Account, int]:
    """Say what the four accounts of an obligation must hold, from its events alone.

    Their sum is what was given back less what came: the rest stands where it came to.
    """
    charged = (amount or 0) if basis in OWED else 0
    raw = sum(fact.amount if fact.kind == "payment" else -fact.amount for fact in facts)
    return {
        "receivable": charged - where.applied,
        "fees": -charged,
        "give_back": -(where.surplus - given_back - refused),
        "received": -(raw - where.applied - where.surplus + refused),
    }


def towards(
    wanted: Mapping[Account, int], held: Mapping[str, int], *, obligation: UUID, unit: str
) -> list[Line]:
    """Write the entry that brings an obligation's accounts to what they must hold.

    The money that is posted to it stands in `received`, and is shared out from there.
    """
    moved = {name: wanted[name] - held.get(name, 0) for name in _OF_OBLIGATION}
    moved["received"] = -sum(moved.values())
    return [
        Line(account=name, holder=unit, amount=amount, obligation=obligation)
        for name, amount in moved.items()
        if amount
    ]
