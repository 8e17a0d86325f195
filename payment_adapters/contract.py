"""What a payment adapter (kênh thanh toán) is: one class without state, and the words it uses.

The core keeps the books: it owns state, retries, time limits, receipts, and the word "paid". An
adapter turns our wish into the provider's protocol and the provider's words into observations.
It never sees a dossier, a database, a session, or another adapter.
"""
# ruff: noqa: ARG002, N818
# The Protocol's defaults use no argument; errors are named for what happened.

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hmac import compare_digest
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

API_VERSION = 1
GROUP = "payment_adapters.v1"
"""The entry-point group: each value is a function without arguments that returns an Adapter."""

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


# -- errors: the only ones an adapter may raise ---------------------------------------------------


class AdapterError(Exception):
    """The root of what an adapter may raise; its words never hold a key or a name."""


class Transient(AdapterError):
    """Nothing has begun at the provider, for certain; trying again later is safe."""


class Unsure(AdapterError):
    """It is not known whether the provider took the request: ask, and never call it failed."""


class Rejected(AdapterError):
    """The provider refused, for certain; `code` is its own word for the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Misconfigured(AdapterError):
    """The operator's settings cannot work; the sentence names the setting, never its value."""


class Unsupported(AdapterError):
    """The adapter does not do that; its capabilities say so too."""


class BadSignature(AdapterError):
    """A message is not proven genuine: unsigned, forged, altered or stale."""


class Malformed(AdapterError):
    """A message cannot be read, or holds an amount that is no whole number of đồng."""


# -- what an adapter is given ---------------------------------------------------------------------


class Account(Struct, frozen=True, kw_only=True):
    """The bank account (tài khoản thu phí) that an obligation froze."""

    bank_bin: str
    number: str
    name: str


class Attempt(Struct, frozen=True, kw_only=True):
    """One try to pay (lần trả tiền), as an adapter sees it.

    `code` is our own reference, 9 symbols such as HSP7K2M9Q; `description` is text for a human and
    may hold anything; `provider_ref` is what `provider_ref()` gave when the attempt was made.
    """

    code: str
    amount: Dong
    description: str
    created_at: datetime
    expires_at: datetime
    account: Account | None = None
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
    kind: Literal["payment", "reversal"] = "payment"
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


# -- what an adapter is ---------------------------------------------------------------------------


class Capabilities(Struct, frozen=True, kw_only=True):
    """What it can do; the screens and the reconciling jobs are driven by this alone."""

    amount_min: Dong = 1
    amount_max: Dong = 10**12
    starts: bool = True
    notices: bool = False
    queries: bool = False
    needs_account: bool = False
    refund: Literal["none", "manual"] = "manual"
    late_success_possible: bool = True
    pretend: bool = False


class Spec(Struct, frozen=True, kw_only=True):
    """The adapter's card: a stable id, its titles, and the struct of its settings."""

    id: str
    title_vi: str
    title_en: str
    config_type: type[Struct]
    capabilities: Capabilities
    api_version: int = API_VERSION


class Adapter(Protocol):
    """Subclass it and override what the provider can do; the rest stays `Unsupported`.

    An instance holds no state: the same call with the same context gives the same answer.
    """

    spec: Spec

    def provider_ref(self, attempt: Attempt) -> str:
        """Name the attempt for the provider: pure, stable, its alphabet and its length."""
        return attempt.code

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Begin to collect; safe to repeat with the same attempt.

        Raises Transient, Unsure, Rejected, Misconfigured, Unsupported.
        """
        raise Unsupported("start")

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove a notice genuine, then read it; pure, and `ctx.clock` is when it came.

        Raises BadSignature, Malformed, Unsupported.
        """
        raise Unsupported("parse_notice")

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Say to the provider, in its own form, what became of its notice."""
        raise Unsupported("notice_reply")

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read what the browser brought back; a hint for whom to ask about, at most."""
        return ReturnHint()

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an attempt; at least one observation, `not_found` included.

        Raises Transient, Unsure, Misconfigured, Unsupported.
        """
        raise Unsupported("query")

    def origins(self, config: Struct) -> tuple[str, ...]:
        """List the origins it calls, such as https://pay.example.vn; no other can be reached."""
        return ()

    def check_config(self, ctx: Context) -> list[str]:
        """Say in sentences what is wrong with the settings; none when all is well."""
        return []

    def redact(self, raw: bytes) -> bytes:
        """Take keys, signatures, names and account numbers out of a message, for a log."""
        return b""
