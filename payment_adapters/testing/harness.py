"""What the kit must know of a provider: how it signs, how it answers, what it leaves out.

No form is assumed: a notice may be a query, JSON, JSON inside a string, signed in a header or in
a member. The harness writes what `Told` says in its provider's own form; the kit does the rest.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Literal
from urllib.parse import quote_plus

from msgspec import Struct
from msgspec.structs import replace

from payment_adapters.contract import (
    Account,
    Adapter,
    Attempt,
    Bill,
    BillLine,
    HttpAnswer,
    HttpRequest,
    Outcome,
    RawReply,
    RawRequest,
    Refund,
    Statement,
)
from payment_adapters.testing import signatures
from payment_adapters.testing.signatures import Place

NOW = datetime(2026, 11, 22, 7, 32, 12, tzinfo=UTC)
CODE = "HSP7K2M9Q"
AMOUNT = 15_000
TXN = "92704"
REFUND_CODE = "HSR3W8N2K"
REFUND_TXN = "92811"

Says = Literal["paid", "pending", "failed", "not_found"]
Where = Literal["notice", "start", "query", "refund", "query_refund"]
Detail = Literal["currency", "merchant", "moved_at", "at"]


class Told(Struct, frozen=True, kw_only=True):
    """What the provider says, in a notice or in an answer, about the sample attempt or refund."""

    amount: str  # the text in the amount's place, put there as it is; it may be no number at all
    says: Says = "paid"  # of a refund: given back, on its way, refused, unknown
    code: str = ""  # a code of the published table, in the place of the usual one
    currency: str = "VND"
    merchant: str = ""  # another merchant's name in the place of ours, rightly signed
    moved_at: datetime = NOW  # when the money moved
    at: datetime = NOW  # when the provider signs
    secret: str = ""  # another key to sign with
    more: tuple[tuple[str, str], ...] = ()  # further members in the proven part: name, plain text
    without: str = ""  # the name of an optional member that is left out


class Row(Struct, frozen=True, kw_only=True):
    """One line of a statement that the harness is to write; the texts are put in as they are."""

    amount: str
    txn: str
    code: str = CODE  # the attempt it is for
    memo: str = ""  # what stands beside our code, where there is such a field
    moved_at: datetime = NOW
    charge: int = 0


class Harness:
    """What the kit must know of a provider; override what the adapter claims.

    `settings` is the operator's table with `secrets` in it; of these, `sent_secrets` (API keys)
    are sent in headers. `personal` are words in the sample notice that `redact` must take out.
    """

    create: Callable[[], Adapter]
    settings: Mapping[str, object] = {}
    secrets: tuple[str, ...] = ()
    sent_secrets: tuple[str, ...] = ()
    personal: tuple[bytes, ...] = ()
    replies: Mapping[Outcome, RawReply] = {}
    golden: str = ""
    """What the first start of the sample attempt gives, byte for byte: `url`, a line break and
    the body of its call; where it makes none, the page's url, the code's payload, or the text."""

    refund_txn: str = REFUND_TXN
    """How a giving back is named where the provider does not tell its number in every answer."""

    ref_pattern: str = r"[!-~]{1,64}"
    unit: int = 1
    """How many of the provider's units one đồng is (100 where it counts in hundredths)."""

    proof: Literal["raw", "members", "token"] = "raw"
    """What a notice's signature is over: the raw body, the members read, or nothing (a token)."""

    notice_signature: Place = ("header", "x-signature")
    answer_signature: Place | None = None
    any_case: bool = False
    """Whether the provider writes its signatures in lower or upper case."""

    unsigned: tuple[bytes, ...] = ()
    """Pieces of the sample notice that its signature is not over; altering them changes nothing."""

    optional: tuple[str, ...] = ()
    """The members of the sample notice that the provider may leave out."""

    leaves_out: Collection[Detail] = ()
    """What the provider's notices do not tell."""

    scenes: Mapping[Where, tuple[Says, ...]] = {}
    """What the provider can say, where it is less than everything; notices: paid alone."""

    codes: Mapping[Where, Mapping[str, str]] = {}
    """The published tables: code to a status of Observation, or rejected, unsure, transient,
    misconfigured, malformed."""

    unknown_code: str = "7777"
    txn: str = TXN
    """The movement's name in the sample notice, in the answers, and in a statement's line."""

    first_line: int = 2
    """Where the first row of a statement stands in the file."""

    def told(self, **changes: Any) -> Told:
        """Say that the sample attempt is paid, with changes."""
        return Told(**{"amount": str(AMOUNT * self.unit), **changes})

    def notice(self, told: Told) -> RawRequest:
        """Make a signed notice of the sample attempt; the movement is `txn`."""
        raise NotImplementedError

    def answer(self, request: HttpRequest, told: Told) -> HttpAnswer:
        """Play the provider: check one call of the adapter strictly, and answer it.

        A payment is `txn`, a giving back is REFUND_TXN.
        """
        raise NotImplementedError

    def back(self, told: Told) -> RawRequest:
        """Make the request with which the browser comes back."""
        raise NotImplementedError

    def statement(self, rows: tuple[Row, ...]) -> Statement:
        """Write a settlement file or an account's statement."""
        raise NotImplementedError

    def lookup(self, told: Told) -> RawRequest:
        """Make the signed question what is payable for the dossier of the sample bill."""
        raise NotImplementedError

    def read_lookup(self, reply: RawReply) -> int | None:
        """Read the amount in our answer to it, in đồng; None when it says that nothing is due."""
        raise NotImplementedError

    def spoil(self, answer: HttpAnswer, odd: str) -> HttpAnswer | None:
        """Make an answer `unsigned` or `forged`; None where the provider signs no such answer."""
        if self.answer_signature is None:
            return None
        if odd == "unsigned":
            return signatures.without(answer, self.answer_signature)
        right = signatures.of(answer, self.answer_signature)
        wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
        return signatures.put(answer, self.answer_signature, wrong)

    def says(self, where: Where) -> tuple[Says, ...]:
        """List what the provider can say there."""
        usual: dict[Where, tuple[Says, ...]] = {
            "notice": ("paid",),
            "refund": ("paid", "pending", "failed"),
        }
        return self.scenes.get(where, usual.get(where, ("paid", "pending", "failed", "not_found")))


def as_members(more: tuple[tuple[str, str], ...]) -> str:
    """Write further members for JSON, to be put before the closing brace."""
    return "".join(f',"{name}":{text}' for name, text in more)


def as_query(more: tuple[tuple[str, str], ...]) -> str:
    """Write further pairs for a query, to be put at its end."""
    return "".join(f"&{quote_plus(name)}={quote_plus(text)}" for name, text in more)


def sample_bill() -> Bill:
    """Make the bill that the kit works with: a fee and a charge."""
    return Bill(
        reference="23456789ABCDE",
        service_code="2.000635",
        service_title="Cấp bản sao trích lục hộ tịch",
        unit_code="31153",
        unit_title="UBND phường Mẫu",
        lines=(
            BillLine(kind="phi", code="PHI01", title="Phí khai thác", amount=7_000),
            BillLine(kind="le_phi", code="LP01", title="Lệ phí hộ tịch", amount=8_000),
        ),
    )


def sample_attempt(**changes: Any) -> Attempt:
    """Make the attempt that the kit works with."""
    attempt = Attempt(
        code=CODE,
        amount=AMOUNT,
        description="Phí hồ sơ",
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
        account=Account(bank_bin="970436", number="0123456789", name="UBND PHUONG MAU"),
        bill=sample_bill(),
        payer_ip="203.0.113.7",
    )
    return replace(attempt, **changes)


def sample_refund(**changes: Any) -> Refund:
    """Make the giving back that the kit works with: all of the sample attempt."""
    refund = Refund(
        code=REFUND_CODE,
        amount=AMOUNT,
        attempt=sample_attempt(),
        txn=TXN,
        paid=AMOUNT,
        paid_at=NOW,
        created_at=NOW,
        reason="Nộp hai lần",
        by="cb01",
    )
    return replace(refund, **changes)


def make_code(seed: Random) -> str:
    """Make a code of our form; its check symbol does not matter to adapters."""
    return "HS" + "".join(seed.choices("23456789ABCDEFGHJKMNPQRSTVWXYZ", k=7))
