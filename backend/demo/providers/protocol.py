"""What a provider's own module fills in; everything else is the same for all of them.

A module has one function `create(settings) -> Provider` and one line in `app.PROVIDERS`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

import msgspec

Status = Literal["made", "pending", "paid", "failed", "review", "reversed"]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One wish to collect, by the merchant's reference, and what became of it.

    `why` says why it failed: `cancelled` or `declined`. `txn` is 15 digits, `extra` holds what this
    provider wants to say again later. A fault may alter `amount`, `paid` and `merchant` just before
    they are told, so shape answers and notices from the order and never from the settings.
    """

    ref: str
    merchant: str
    amount: int
    words: str
    return_url: str
    notice_url: str
    made_at: datetime
    expires_at: datetime
    extra: Mapping[str, str] = {}
    status: Status = "made"
    paid: int = 0
    txn: str = ""
    moved_at: datetime | None = None
    why: Literal["", "cancelled", "declined"] = ""


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """One giving back, by the merchant's code for it."""

    code: str
    ref: str
    amount: int
    at: datetime
    txn: str = ""
    status: Literal["pending", "done", "refused"] = "done"
    extra: Mapping[str, str] = {}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The service's origin, and its own `[payments.NAME]` table: the secrets that both sides know.

    `minute` is how many seconds a minute of waiting lasts, so that a test need not wait.
    """

    web: str
    table: Mapping[str, object]
    minute: float = 60.0

    def text(self, key: str) -> str:
        """Give one setting as text; a missing one ends the start with its name."""
        found = self.table.get(key)
        if found is None:
            raise SystemExit(f"Thiếu thiết lập {key!r} của nhà cung cấp giả định.")
        return str(found)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A call of the merchant as it came: `query` undecoded, header names in lower case.

    `origin` is where we are reached, without a slash at its end.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    origin: str


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """Our answer; with `location` the browser is sent on."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"
    location: str = ""


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call of ours to the merchant: a notice, or a question."""

    method: Literal["GET", "POST"]
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class Desk(Protocol):
    """What a provider's module may do with the book while it answers one call."""

    @property
    def now(self) -> datetime:
        """Tell the time, with its zone."""

    def order(self, ref: str) -> Order | None:
        """Give an order as it is to be told now: lies of the fault file are in it."""

    def make(self, order: Order) -> Order:
        """Enter a new order, or give the one that has this reference already."""

    def page(self, order: Order) -> str:
        """Give the address of the page where the payer presses a button."""

    def give_back(self, refund: Refund) -> Refund:
        """Enter a refund, or give the one that has this code already; never above what was paid.

        What it answers is `refused` where the money does not suffice, or as the fault file says.
        """

    def paid_by(self, txn: str) -> Order | None:
        """Give the order that a movement of money paid."""

    def refund(self, code: str) -> Refund | None:
        """Give one refund as it now stands."""

    def refunds(self, ref: str) -> Sequence[Refund]:
        """Give all refunds of an order."""

    async def call(self, call: Call) -> tuple[int, bytes]:
        """Ask the merchant something; status 0 when nothing came back."""


class Provider(Protocol):
    """One provider: its addresses, its proofs, its words."""

    title: str
    """How the page names it, such as "VNPAY giả định"."""
    pauses: tuple[float, ...]
    """Minutes between the tries of a notice; after the last one it is given up."""

    def service(self, asked: Asked) -> str:
        """Name the service that is asked for, for the fault file; "" when there is none."""

    async def answer(self, service: str, asked: Asked, desk: Desk) -> Reply:
        """Check who asks as strictly as the real one does, then answer."""

    def notice(self, order: Order, *, now: datetime) -> Call | None:
        """Shape and sign a notice of how an order stands; made anew for each try.

        None where this provider does not tell of it.
        """

    def heard(self, status: int, body: bytes) -> bool:
        """Tell whether the merchant's reply ends the repeating."""

    def back(self, order: Order) -> str:
        """Give the address that the payer's browser goes back to."""
