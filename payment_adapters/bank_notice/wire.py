"""SePay's notice of a movement on a bank account, as developer.sepay.vn publishes it; pure."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from payment_adapters.bank_notice.names import VIETNAM, name_of
from payment_adapters.contract import Dong, Malformed, Observation, Secret
from payment_adapters.strict import (
    check_hmac_sha256,
    check_timestamp,
    hmac_sha256,
    read_json,
)

TIMESTAMP = "x-sepay-timestamp"
SIGNATURE = "x-sepay-signature"

_Text = Annotated[str, Meta(max_length=1000)]


class Movement(Struct, frozen=True):
    """One line of the account; fields that decide nothing are not read."""

    id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    transactionDate: Annotated[str, Meta(max_length=19)]  # noqa: N815 - SePay's name
    accountNumber: Annotated[str, Meta(min_length=1, max_length=34)]  # noqa: N815
    transferType: Literal["in", "out"]  # noqa: N815
    transferAmount: Dong  # noqa: N815
    content: _Text | None = None
    code: _Text | None = None
    subAccount: Annotated[str, Meta(max_length=34)] | None = None  # noqa: N815
    referenceCode: _Text | None = None  # noqa: N815


def sign(secret: Secret, body: bytes, *, at: datetime) -> dict[str, str]:
    """Sign a body as SePay does: over the timestamp, a point, and the raw body."""
    timestamp = str(int(at.timestamp()))
    signature = hmac_sha256(secret, timestamp.encode() + b"." + body)
    return {"X-SePay-Timestamp": timestamp, "X-SePay-Signature": f"sha256={signature}"}


def check(secret: Secret, body: bytes, *, timestamp: str, signature: str, now: datetime) -> None:
    """Prove a body genuine and fresh; BadSignature otherwise."""
    check_hmac_sha256(secret, timestamp.encode() + b"." + body, signature)
    check_timestamp(timestamp, now=now)


def read(body: bytes, *, by_reference: bool = False) -> tuple[Observation, ...]:
    """Read one movement; money that goes out, and a line of 0 đ, is no payment to us."""
    movement = read_json(body, Movement)
    occurred_at = _moment(movement.transactionDate)
    if movement.transferType == "out" or movement.transferAmount == 0:
        return ()
    memo = " ".join(part for part in (movement.content, movement.code) if part)
    return (
        Observation(
            status="succeeded",
            amount=movement.transferAmount,
            account=movement.subAccount or movement.accountNumber,
            memo=memo,
            txn=name_of(
                movement.referenceCode if by_reference else None, otherwise=str(movement.id)
            ),
            occurred_at=occurred_at,
        ),
    )


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=VIETNAM)
    except ValueError:
        raise Malformed("transactionDate") from None
