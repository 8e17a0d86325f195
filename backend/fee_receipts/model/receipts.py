"""The receipt of a fee (biên lai thu phí, lệ phí): its states, what it says, who may change it.

Problem
├── NoReceiptNow 409       the fee is not paid whole, or has nothing of this kind
└── ReceiptDecided 409     somebody changed this receipt meanwhile
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from backend.payments.model.words import FeeKind, Line
from backend.platform.kit.clock import iso
from backend.platform.kit.errors import Problem
from backend.platform.kit.money import Dong

State = Literal["wanted", "issued", "on_hold", "cancelled", "replaced"]
Step = Literal["want", "renew", "issue", "hold", "release"]
Verb = Literal["cancel", "replace"]

KINDS: tuple[FeeKind, ...] = ("phi", "le_phi")
ENDABLE: dict[Verb, frozenset[State]] = {
    "cancel": frozenset({"issued", "on_hold"}),
    "replace": frozenset({"issued", "on_hold", "cancelled"}),
}
"""What an officer may do with a numbered receipt; both the old and the new one stay."""

TITLES: dict[FeeKind, str] = {"phi": "Biên lai thu phí", "le_phi": "Biên lai thu lệ phí"}
LAST_NUMBER = 9_999_999
FEE_RECEIPT = "fee_receipt:"
"""Before a receipt's id in the sealed link that leads to its PDF."""

PayerName = Annotated[str, Meta(min_length=1, max_length=200)]


class Collector(Struct, frozen=True, kw_only=True):
    """Who collects, as the receipt prints it; `checked` says who confirmed form and contents."""

    title: str
    name: str
    tax_code: str
    checked: str | None = None


class Numbered(Struct, frozen=True, kw_only=True):
    """The number that a receipt has: form (mẫu số), series (ký hiệu), number (số)."""

    form: str
    series: str
    number: str


class Wanted(Struct, frozen=True, kw_only=True):
    """A receipt that an issuer is asked for; the same `receipt` asked twice is the same one."""

    receipt: UUID
    unit: str
    kind: FeeKind
    amount: Dong
    lines: tuple[Line, ...]
    payer: str
    at: datetime
    replaces: Numbered | None = None


class FeeReceipt(Struct, frozen=True, kw_only=True):
    """A receipt of a fee as people see it (biên lai); numbers are None while it is wanted."""

    receipt: UUID
    kind: FeeKind
    state: State
    amount: Dong
    form: str | None
    series: str | None
    number: str | None
    issued_at: datetime | None
    replaces: UUID | None
    rev: int


class NoReceiptNow(Problem):
    """A receipt is written of a fee that is paid whole, and of nothing else."""

    status = 409
    slug = "no-receipt-now"
    title = "Khoản này chưa thu đủ hoặc đang hoàn, nên chưa lập biên lai được."


class ReceiptDecided(Problem):
    """Another step came first, or the receipt is not in a state for this one."""

    status = 409
    slug = "receipt-decided"
    title = "Biên lai này vừa được xử lý. Tải lại để xem."


def lines_of(kind: FeeKind, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Pick the lines of one kind that cost something: phí and lệ phí have receipts of their own."""
    return tuple(line for line in lines if line.kind == kind and line.amount)


def total(lines: Sequence[Line]) -> int:
    """Sum lines."""
    return sum(line.amount or 0 for line in lines)


def next_step(
    state: State | None, *, sent: bool, ever: bool, whole: bool, same: bool
) -> Step | None:
    """Say what is to be done about one kind of a fee; None when all is as it should be.

    `whole`: the fee is paid whole and has this kind; `same`: and as the receipt says. `sent`: its
    issuer may know of it, so it is finished even when the money has gone, and held then. What an
    officer cancelled is not issued again by itself (`ever`).
    """
    if state is None:
        return "want" if whole and not ever else None
    if state == "wanted":
        if sent or same:
            return "issue"
        return "renew" if whole else None
    if state == "issued":
        return None if same else "hold"
    return "release" if state == "on_hold" and same else None


def digest_of(receipt: UUID, wanted: Wanted, given: Numbered) -> str:
    """Give what a verification token says of a receipt: its hash, in which no name stands."""
    said = {
        "amount": wanted.amount,
        "at": iso(wanted.at),
        "form": given.form,
        "id": str(receipt),
        "kind": wanted.kind,
        "number": given.number,
        "series": given.series,
        "unit": wanted.unit,
    }
    hashed = hashlib.sha256(msgspec.json.encode(said, order="sorted")).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
