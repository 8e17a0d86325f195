"""What a payment adapter (kênh thanh toán) is: one class without state, and the errors it raises.

The core keeps the books: it owns state, retries, time limits, receipts, and the word "paid". An
adapter turns our wish into the provider's protocol and the provider's words into observations.
It never sees a dossier, a database, a session, or another adapter.
"""
# ruff: noqa: ARG002, N818
# The Protocol's defaults use no argument; errors are named for what happened.

from typing import Literal, Protocol

from msgspec import Struct

from payment_adapters.words import (
    Account,
    Attempt,
    Bill,
    BillLine,
    Context,
    Done,
    Dong,
    HttpAnswer,
    HttpRequest,
    Instructions,
    NextAction,
    Notice,
    Observation,
    Outcome,
    RawReply,
    RawRequest,
    Redirect,
    Refund,
    ReturnHint,
    Secret,
    Send,
    ShowQr,
    Started,
    Statement,
    StatementLine,
    Transfer,
)

API_VERSION = 1
GROUP = "payment_adapters.v1"
"""The entry-point group: each value is a function without arguments that returns an Adapter."""

NAMELESS = "line:"
"""Begins the `txn` that is made for a statement's line without a reference: no paper shows it."""

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


# -- what an adapter is ---------------------------------------------------------------------------


class Capabilities(Struct, frozen=True, kw_only=True):
    """What it can do; the screens and the reconciling jobs are driven by this alone."""

    amount_min: Dong = 1
    amount_max: Dong = 10**12
    starts: bool = True
    notices: bool = False
    queries: bool = False
    query_hours: int = 72  # how long after its start the provider still tells of an attempt
    needs_account: bool = False
    refund: Literal["none", "manual", "full", "partial"] = "manual"  # the last two: by the provider
    statements: bool = False
    lookups: bool = False
    bills: bool = False
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

    def answer_notice(self, ctx: Context, request: RawRequest, outcome: Outcome) -> RawReply:
        """Say the same where the provider wants its own words back, or our signature."""
        return self.notice_reply(outcome)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read what the browser brought back; a hint for whom to ask about, at most."""
        return ReturnHint()

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an attempt; at least one observation, `not_found` included.

        Raises Transient, Unsure, Misconfigured, Unsupported.
        """
        raise Unsupported("query")

    def refund_ref(self, refund: Refund) -> str:
        """Name the giving back for the provider: pure and stable, as `provider_ref` is."""
        return refund.code

    async def refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask the provider to give money back; `pending` until it says that it has.

        Safe to repeat with the same refund. Raises Transient, Unsure, Rejected, Misconfigured,
        Unsupported.
        """
        raise Unsupported("refund")

    async def query_refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask what became of a giving back.

        Raises Transient, Unsure, Misconfigured, Unsupported.
        """
        raise Unsupported("query_refund")

    def statement(self, ctx: Context, statement: Statement) -> tuple[StatementLine, ...]:
        """Read a provider's or bank's file, every line of it or none; pure.

        Raises Malformed (the sentence names the line), Unsupported.
        """
        raise Unsupported("statement")

    def parse_lookup(self, ctx: Context, request: RawRequest) -> str:
        """Prove the question "what is payable for dossier X" genuine and give X; pure.

        Raises BadSignature, Malformed, Unsupported.
        """
        raise Unsupported("parse_lookup")

    def lookup_reply(
        self, ctx: Context, attempt: Attempt | None, *, known: bool = True
    ) -> RawReply:
        """Answer it: the attempt holds the bill and the account; None when nothing is due.

        `known` is False where there is no such dossier.
        """
        raise Unsupported("lookup_reply")

    async def fetch_bill(self, ctx: Context, attempt: Attempt) -> bytes:
        """Fetch the provider's own receipt of a paid attempt, a PDF.

        Raises Transient, Unsure, Misconfigured, Unsupported.
        """
        raise Unsupported("fetch_bill")

    def origins(self, config: Struct) -> tuple[str, ...]:
        """List the origins it calls, such as https://pay.example.vn; no other can be reached."""
        return ()

    def check_config(self, ctx: Context) -> list[str]:
        """Say in sentences what is wrong with the settings; none when all is well."""
        return []

    def redact(self, raw: bytes) -> bytes:
        """Take keys, signatures, names and account numbers out of a message, for a log."""
        return b""


__all__ = [
    "API_VERSION",
    "GROUP",
    "Account",
    "Adapter",
    "AdapterError",
    "Attempt",
    "BadSignature",
    "Bill",
    "BillLine",
    "Capabilities",
    "Context",
    "Done",
    "Dong",
    "HttpAnswer",
    "HttpRequest",
    "Instructions",
    "Malformed",
    "Misconfigured",
    "NextAction",
    "Notice",
    "Observation",
    "Outcome",
    "RawReply",
    "RawRequest",
    "Redirect",
    "Refund",
    "Rejected",
    "ReturnHint",
    "Secret",
    "Send",
    "ShowQr",
    "Spec",
    "Started",
    "Statement",
    "StatementLine",
    "Transfer",
    "Transient",
    "Unsupported",
    "Unsure",
]
