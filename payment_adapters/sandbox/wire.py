"""What the sandbox and the pretend bank say to each other, both sides; pure.

Every message is signed over `{timestamp}.{purpose}.` and the raw body, so that none can be
replayed as another kind. The pretend bank (`motcua simulate bank`) uses these same functions.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from payment_adapters.contract import Dong, Malformed, Observation, Secret
from payment_adapters.strict import check_hmac_sha256, check_timestamp, hmac_sha256

TIMESTAMP = "x-sandbox-timestamp"
SIGNATURE = "x-sandbox-signature"
START = "/sandbox/payments"
QUERY = "/sandbox/query"
PAGE = "/sandbox/pay/"

Purpose = Literal["start", "query", "answer", "notice"]
Status = Literal["paid", "pending", "failed", "reversed", "not_found"]
Script = Literal[
    "normal",
    "pay_at_once",
    "fail",
    "pay_later",
    "notice_twice",
    "notice_first",
    "wrong_amount",
    "never",
    "pay_after_expiry",
    "reversal",
    "silent_paid",
    "start_lost",
    "double",
]

SCRIPTS: dict[int, Script] = {
    1: "pay_at_once",
    2: "fail",
    3: "pay_later",
    4: "notice_twice",
    5: "notice_first",
    6: "wrong_amount",
    7: "never",
    8: "pay_after_expiry",
    9: "reversal",
    10: "silent_paid",
    11: "start_lost",
    12: "double",
}
"""What the pretend bank does, by the last two digits of the amount; anything else is normal."""

_Ref = Annotated[str, Meta(pattern=r"\A[0-9]{6}-[0-9A-Z]{9}\Z")]
_Word = Annotated[str, Meta(min_length=1, max_length=64)]
_Url = Annotated[str, Meta(max_length=500)]


class Start(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Our wish to collect; the same `ref` with the same content is the same payment.

    `payee` is the holder of the account that the fee goes to, for the person who pays; it may be
    empty.
    """

    merchant: _Word
    ref: _Ref
    amount: Dong
    description: Annotated[str, Meta(max_length=1000)]
    return_url: _Url
    notice_url: _Url
    expires_at: datetime
    payee: Annotated[str, Meta(max_length=140)] = ""


class StartAnswer(Struct, frozen=True, kw_only=True):
    """Where to send the citizen."""

    merchant: _Word
    ref: _Ref
    pay_url: _Url
    expires_at: datetime


class Refusal(Struct, frozen=True, kw_only=True):
    """The pretend bank's certain no."""

    code: _Word


class Query(Struct, frozen=True, kw_only=True):
    """Our question what became of a payment."""

    merchant: _Word
    ref: _Ref


class QueryAnswer(Struct, frozen=True, kw_only=True):
    """What the pretend bank knows; amount, txn and at stand there once something moved."""

    merchant: _Word
    ref: _Ref
    status: Status
    amount: Dong | None = None
    currency: _Word = "VND"
    txn: _Word | None = None
    at: datetime | None = None
    code: Annotated[str, Meta(max_length=64)] = ""


class Notice(Struct, frozen=True, kw_only=True):
    """What the pretend bank tells unasked; a reversal carries the txn that it takes back."""

    merchant: _Word
    ref: _Ref
    txn: _Word
    event: Literal["payment", "reversal"]
    status: Literal["paid", "pending", "failed"]
    amount: Dong
    currency: _Word
    at: datetime
    code: Annotated[str, Meta(max_length=64)] = ""


def script(amount: int) -> Script:
    """Tell what the pretend bank does with an amount."""
    return SCRIPTS.get(amount % 100, "normal")


def sign(secret: Secret, purpose: Purpose, body: bytes, *, at: datetime) -> dict[str, str]:
    """Make the two headers of a message."""
    timestamp = str(int(at.timestamp()))
    signature = hmac_sha256(secret, _signed(timestamp, purpose, body))
    return {"X-Sandbox-Timestamp": timestamp, "X-Sandbox-Signature": f"sha256={signature}"}


def check(
    secret: Secret,
    purpose: Purpose,
    body: bytes,
    *,
    timestamp: str,
    signature: str,
    now: datetime,
) -> None:
    """Prove a message genuine, fresh and of this purpose; BadSignature otherwise."""
    check_hmac_sha256(secret, _signed(timestamp, purpose, body), signature)
    check_timestamp(timestamp, now=now)


def observed(notice: Notice) -> Observation:
    """Put a notice into the core's words; Malformed for a moment without a time zone."""
    status = {"paid": "succeeded", "pending": "pending", "failed": "failed"}[notice.status]
    return Observation(
        status=status,  # type: ignore[arg-type]
        kind=notice.event,
        amount=notice.amount,
        currency=notice.currency,
        provider_ref=notice.ref,
        txn=notice.txn,
        occurred_at=_aware(notice.at),
        code=notice.code,
        test=True,
    )


def answered(answer: QueryAnswer) -> tuple[Observation, ...]:
    """Put an answer into the core's words; a reversal speaks of the payment and its end."""
    payment = Observation(
        status=_ANSWERS[answer.status],
        amount=answer.amount,
        currency=answer.currency,
        provider_ref=answer.ref,
        txn=answer.txn,
        occurred_at=None if answer.at is None else _aware(answer.at),
        code=answer.code,
        test=True,
    )
    if payment.status == "succeeded" and (answer.amount is None or answer.txn is None):
        raise Malformed("paid without amount or txn")
    if answer.status != "reversed":
        return (payment,)
    return (payment, _reversal(payment))


def _reversal(payment: Observation) -> Observation:
    return Observation(
        status="succeeded",
        kind="reversal",
        amount=payment.amount,
        currency=payment.currency,
        provider_ref=payment.provider_ref,
        txn=payment.txn,
        occurred_at=payment.occurred_at,
        code=payment.code,
        test=True,
    )


def _signed(timestamp: str, purpose: Purpose, body: bytes) -> bytes:
    return f"{timestamp}.{purpose}.".encode() + body


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise Malformed("a moment without a time zone")
    return moment


_ANSWERS: dict[Status, Literal["succeeded", "pending", "failed", "not_found"]] = {
    "paid": "succeeded",
    "reversed": "succeeded",
    "pending": "pending",
    "failed": "failed",
    "not_found": "not_found",
}
