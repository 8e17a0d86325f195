"""The words between the core and an adapter: what one is given, and what one answers.

Frozen structs without behaviour; `contract` shows them again, so an adapter imports from there.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hmac import compare_digest
from typing import Annotated, Literal

from msgspec import Meta, Struct

Dong = Annotated[int, Meta(ge=0, le=10**12)]
"""Whole đồng; the bound keeps every amount inside a 64-bit column."""


class Secret:
    """A key that shows itself only to who asks for it; never in a repr, a log or an error."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        if not value or not value.isprintable():
            raise ValueError("a secret must be printable text and not empty")
        self._value = value

    def reveal(self) -> bytes:
        """Give the key as the bytes that are signed with."""
        return self._value.encode()

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        return isinstance(other, Secret) and compare_digest(self.reveal(), other.reveal())

    def __hash__(self) -> int:
        """Tell nothing of the value."""
        return hash(Secret)

    def __repr__(self) -> str:
        """Show that there is one, and no more."""
        return "Secret(…)"


# -- what an adapter is given ---------------------------------------------------------------------


class Account(Struct, frozen=True, kw_only=True):
    """The bank account (tài khoản thu phí) that an obligation froze."""

    bank_bin: str
    number: str
    name: str


class BillLine(Struct, frozen=True, kw_only=True):
    """One line of what is owed: a fee (phí) or a charge (lệ phí)."""

    kind: Literal["phi", "le_phi"]
    code: str
    title: str
    amount: Dong


class Bill(Struct, frozen=True, kw_only=True):
    """What a payment is for (khoản phải nộp); nobody's name stands in it."""

    reference: str  # the dossier's code (mã hồ sơ)
    service_code: str  # the procedure's national code
    service_title: str
    unit_code: str
    unit_title: str
    lines: tuple[BillLine, ...]


class Attempt(Struct, frozen=True, kw_only=True):
    """One try to pay (lần trả tiền), as an adapter sees it.

    `code` is our own reference, 9 symbols such as HSP7K2M9Q; `description` is text for a human and
    may hold anything; `provider_ref` is what `provider_ref()` gave when the attempt was made;
    `payer_ip` is given to `start` alone, where a provider wants it, and is kept nowhere.
    """

    code: str
    amount: Dong
    description: str
    created_at: datetime
    expires_at: datetime
    account: Account | None = None
    bill: Bill | None = None
    provider_ref: str = ""
    payer_ip: str = ""


class Refund(Struct, frozen=True, kw_only=True):
    """One giving back (lần hoàn tiền) of a movement, or of a part of it.

    `code` is our own reference, as of an attempt; `amount` is given back of `paid`, which movement
    `txn` brought at `paid_at`; `by` is the officer's short id, never a name.
    """

    code: str
    amount: Dong
    attempt: Attempt
    txn: str
    paid: Dong
    paid_at: datetime
    created_at: datetime
    reason: str
    by: str
    provider_ref: str = ""


class RawRequest(Struct, frozen=True, kw_only=True):
    """A request as it came: nothing decoded, header names in lower case."""

    method: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Give the one value of a header; empty when it is missing or stands there twice."""
        found = [value for key, value in self.headers if key == name]
        return found[0] if len(found) == 1 else ""


class RawReply(Struct, frozen=True, kw_only=True):
    """An answer in the provider's own form."""

    status: int
    body: bytes = b""
    media_type: str = "application/json"


class HttpRequest(Struct, frozen=True, kw_only=True):
    """One outgoing call; only to an origin that `Adapter.origins` names."""

    method: Literal["GET", "POST"]
    url: str
    headers: Mapping[str, str] = {}
    body: bytes = b""


class HttpAnswer(Struct, frozen=True, kw_only=True):
    """What came back: no redirect was followed, and it is no longer than 1 MB."""

    status: int
    headers: Mapping[str, str] = {}
    body: bytes = b""


Send = Callable[[HttpRequest], Awaitable[HttpAnswer]]
"""The one way out. Transient: it never left; Unsure: cut, too slow, too long, certificate."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """Everything an adapter may use; there is nothing else."""

    config: Struct
    send: Send
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    notice_url: str
    return_url: str
    production: bool


# -- what an adapter answers ----------------------------------------------------------------------


class Transfer(Struct, frozen=True, kw_only=True):
    """A bank transfer spelt out, for a person who types it by hand."""

    bank: str
    account: str
    name: str
    amount: Dong
    memo: str


class Redirect(Struct, frozen=True, tag="redirect", tag_field="kind"):
    """Send the citizen's browser to the provider's page."""

    url: str


class ShowQr(Struct, frozen=True, tag="qr", tag_field="kind", kw_only=True):
    """Show a QR code; `text` says the same in words."""

    payload: str
    text: str
    transfer: Transfer


class Instructions(Struct, frozen=True, tag="instructions", tag_field="kind"):
    """Tell the citizen in words what to do."""

    text: str


class Done(Struct, frozen=True, tag="done", tag_field="kind"):
    """Nothing is left to do; it still needs an observation to be called paid."""


NextAction = Redirect | ShowQr | Instructions | Done


class Started(Struct, frozen=True, kw_only=True):
    """A payment began; without `expires_at` the attempt does not run out."""

    next_action: NextAction
    expires_at: datetime | None


class Observation(Struct, frozen=True, kw_only=True):
    """What a provider says of one movement of money (một lần tiền về).

    Either `provider_ref`, or `account` with the `memo` that the payer's bank made of our code.
    `txn` names the movement for ever; a reversal carries the one it takes back. It may be missing
    only where no money moved (pending, not_found, failed).
    """

    status: Literal["succeeded", "pending", "failed", "review", "not_found"]
    kind: Literal["payment", "reversal", "refund"] = "payment"
    amount: Dong | None = None
    currency: str = "VND"
    provider_ref: str | None = None
    account: str | None = None
    memo: str | None = None
    txn: str | None = None
    occurred_at: datetime | None = None
    code: str = ""
    test: bool = False


class Notice(Struct, frozen=True):
    """A message that is proven genuine; it may speak of no movement or of many."""

    observations: tuple[Observation, ...] = ()


class Statement(Struct, frozen=True, kw_only=True):
    """A file of settlement or of account movements (sao kê), as it was uploaded."""

    name: str
    body: bytes


class StatementLine(Struct, frozen=True, kw_only=True):
    """One line of it: where it stands, what it tells, what the provider kept for itself."""

    line: int
    seen: Observation
    charge: Dong = 0


class ReturnHint(Struct, frozen=True, kw_only=True):
    """What the returning browser claims; never proof."""

    provider_ref: str | None = None
    claimed: Literal["paid", "failed", "pending", "unknown"] = "unknown"


class Outcome(Enum):
    """What the core made of a notice; the adapter puts it into the provider's words."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    UNKNOWN_REF = "unknown_ref"
    AMOUNT_MISMATCH = "amount_mismatch"
    RETRY_LATER = "retry_later"
    BAD_SIGNATURE = "bad_signature"
    MALFORMED = "malformed"
