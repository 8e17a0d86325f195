"""What Ví Sen and we say to each other, byte for byte; pure: no input, no output, no clock.

Every message carries `X-Timestamp` and `X-Signature: sha256=` with the hexadecimal HMAC-SHA256
of the timestamp, a point, and the raw body.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from payment_adapters.contract import Dong, Malformed, Observation, Secret
from payment_adapters.strict import check_hmac_sha256, check_timestamp, hmac_sha256

TIMESTAMP = "x-timestamp"
SIGNATURE = "x-signature"
PAYMENTS = "/v1/payments"
QUERY = "/v1/payments/query"
PAGE = "/pay/"

STATES: dict[str, Literal["succeeded", "pending", "failed", "review", "not_found"]] = {
    "00": "succeeded",
    "01": "pending",
    "02": "failed",
    "04": "not_found",
    "07": "review",
}
"""The provider's published codes; a code that is not published is no verdict."""

_Word = Annotated[str, Meta(min_length=1, max_length=64)]


class Start(Struct, frozen=True, kw_only=True):
    """Our wish to collect; the same order is the same payment."""

    merchant: _Word
    order: _Word
    amount: Dong
    note: Annotated[str, Meta(max_length=200)]
    back_url: str
    notice_url: str


class StartAnswer(Struct, frozen=True, kw_only=True):
    """Where to send the citizen."""

    merchant: _Word
    order: _Word
    pay_url: Annotated[str, Meta(max_length=500)]


class Query(Struct, frozen=True, kw_only=True):
    """Our question what became of an order."""

    merchant: _Word
    order: _Word


class State(Struct, frozen=True, kw_only=True):
    """What they say of an order, unasked or asked; the rest stands there once money moved."""

    merchant: _Word
    order: _Word
    state: _Word
    amount: Dong | None = None
    currency: _Word = "VND"
    transaction: _Word | None = None
    at: datetime | None = None


def sign(secret: Secret, body: bytes, *, at: datetime) -> dict[str, str]:
    """Make the two headers of a message."""
    timestamp = str(int(at.timestamp()))
    signature = hmac_sha256(secret, timestamp.encode() + b"." + body)
    return {"X-Timestamp": timestamp, "X-Signature": f"sha256={signature}"}


def check(secret: Secret, body: bytes, *, timestamp: str, signature: str, now: datetime) -> None:
    """Prove a message genuine and fresh; BadSignature otherwise."""
    check_hmac_sha256(secret, timestamp.encode() + b"." + body, signature)
    check_timestamp(timestamp, now=now)


def observed(state: State) -> Observation:
    """Put it into the core's words; Malformed where money moved and the rest is missing."""
    status = STATES.get(state.state, "pending")
    if status in {"succeeded", "review"}:
        if state.amount is None or state.transaction is None or state.at is None:
            raise Malformed("money without amount, transaction or moment")
        if state.at.tzinfo is None:
            raise Malformed("a moment without a time zone")
    return Observation(
        status=status,
        amount=state.amount,
        currency=state.currency,
        provider_ref=state.order,
        txn=state.transaction,
        occurred_at=state.at,
        code=state.state,
    )
