"""What payOS and we say to each other (version 2), both sides; pure.

Source: payOSHQ/payos-lib-node 2 and payos.vn/docs. What we ask for is signed over five fields in a
fixed order. What payOS says is signed over all of `data`, known or not: `name=value` by name,
joined by `&`, without any escaping; null counts as empty, and so does the text "null".
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from payment_adapters.contract import BadSignature, Dong, Malformed, Observation, Secret
from payment_adapters.strict import Number, check_hmac_hex, hmac_sha256

LINKS = "/v2/payment-requests"
LEAST, MOST = 2_000, 499_999_999
DONE = "00"

VIETNAM = timezone(timedelta(hours=7))
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOLS = 7
_FIRST = len(ALPHABET) ** _SYMBOLS
_CODE = re.compile(rf"HS([{ALPHABET}]{{{_SYMBOLS}}})")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")

Meaning = Literal["refused", "settings", "busy", "known", "missing"]

CODES: dict[str, Meaning] = {
    "01": "refused",  # parameters
    "20": "refused",  # information not right
    "101": "missing",  # no such link
    "201": "settings",  # signature not right: the checksum key
    "214": "settings",  # channel does not exist or is paused
    "231": "known",  # orderCode came before
    "401": "settings",  # client id or API key
    "429": "busy",  # too many requests
}
"""Seen beside HTTP 200 without data or signature; 00 is success, others are no verdict."""

STATES: dict[str, Literal["succeeded", "pending", "failed"]] = {
    "PENDING": "pending",
    "PROCESSING": "pending",
    "UNDERPAID": "pending",
    "PAID": "succeeded",
    "CANCELLED": "failed",
    "EXPIRED": "failed",
    "FAILED": "failed",
}
"""Every published state of a link; money that came is told by its transactions alone."""

_PROBE = (123, "124c33293c43417ab7879e14c8d9eb18")
"""Order and link of the sample that payOS sends when an address is registered; no money."""

_AN_OBJECT = "[object Object]"
"""So the official library writes an object inside of `data`; no field that we read is one."""

_Word = Annotated[str, Meta(max_length=1000)]
_Order = Annotated[int, Meta(ge=1, le=2**53 - 1)]
_Reference = Annotated[str, Meta(min_length=1, max_length=100)]


class Create(Struct, frozen=True, kw_only=True, rename="camel"):
    """Our wish for a link; an order code is taken once."""

    order_code: int
    amount: Dong
    description: str
    cancel_url: str
    return_url: str
    expired_at: int
    signature: str = ""


class Envelope(Struct, frozen=True, kw_only=True):
    """What is round every answer and every notice; only `data` is signed."""

    code: Annotated[str, Meta(max_length=20)]


class Signed(Struct, frozen=True, kw_only=True):
    """The part of it that is signed, to be read once it is proven."""

    data: msgspec.Raw


class Link(Struct, frozen=True, kw_only=True, rename="camel"):
    """A new link: where the money goes, and the VietQR that says the same."""

    bin: _Word
    account_number: _Word
    account_name: _Word
    amount: Dong
    order_code: _Order
    currency: _Word
    status: _Word
    qr_code: _Word


class Transaction(Struct, frozen=True, kw_only=True, rename="camel"):
    """One transfer that came for a link."""

    reference: _Reference
    amount: Dong
    transaction_date_time: Annotated[str, Meta(max_length=40)]


class Found(Struct, frozen=True, kw_only=True, rename="camel"):
    """What payOS knows of a link."""

    order_code: _Order
    amount_paid: Dong
    status: _Word
    transactions: list[Transaction] | None = None


class Told(Struct, frozen=True, kw_only=True, rename="camel"):
    """A notice (webhook) of one transfer."""

    order_code: _Order
    amount: Dong
    reference: _Reference
    transaction_date_time: Annotated[str, Meta(max_length=40)]
    currency: _Word
    payment_link_id: _Word
    code: _Word


def order_code(code: str) -> int:
    """Turn our code into payOS's whole number, and no two codes into the same; ValueError.

    All symbols after HS are digits of base 30; a leading 1 keeps every number 11 digits long.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError("not a code of ours")
    number = 0
    for symbol in found[1]:
        number = number * len(ALPHABET) + ALPHABET.index(symbol)
    return _FIRST + number


def sign_create(key: Secret, message: Create) -> str:
    """Sign a wish of ours."""
    row = (
        f"amount={message.amount}&cancelUrl={message.cancel_url}"
        f"&description={message.description}&orderCode={message.order_code}"
        f"&returnUrl={message.return_url}"
    )
    return hmac_sha256(key, row.encode())


def row(data: Mapping[str, object]) -> bytes:
    """Write what payOS signs of `data`; BadSignature where that is too deep to be written."""
    try:
        fields = [f"{name}={_text(data[name])}" for name in sorted(data)]
    except RecursionError:
        raise BadSignature("too deep") from None
    return "&".join(fields).encode(errors="replace")


def sign(key: Secret, data: Mapping[str, object]) -> str:
    """Sign `data`, as payOS does."""
    return hmac_sha256(key, row(data))


def check(key: Secret, values: Mapping[str, object]) -> None:
    """Prove an answer or a notice genuine from its values as they came; BadSignature otherwise."""
    data = values.get("data")
    if not isinstance(data, dict):
        raise BadSignature("no data")
    check_hmac_hex(key, row(data), values.get("signature"))


def observed(told: Told) -> Observation | None:
    """Put a notice into the core's words; None for the sample sent at registration."""
    if (told.order_code, told.payment_link_id) == _PROBE:
        return None
    return Observation(
        status="succeeded" if told.code == DONE else "pending",
        amount=told.amount,
        currency=told.currency,
        provider_ref=str(told.order_code),
        txn=told.reference,
        occurred_at=moment(told.transaction_date_time),
        code=told.code,
    )


def answered(found: Found) -> tuple[Observation, ...]:
    """Put an answer into the core's words: each transfer, else the link's state.

    Empty when it is no verdict: a state that is not published, sums that do not add up.
    """
    moved = found.transactions or []
    if sum(one.amount for one in moved) != found.amount_paid:
        return ()
    if moved:
        return tuple(_transfer(one, found) for one in moved)
    status = STATES.get(found.status)
    if status is None or status == "succeeded":
        return ()
    return (Observation(status=status, provider_ref=str(found.order_code), code=found.status),)


def moment(text: str) -> datetime:
    """Read a time of payOS: Vietnamese wall clock, or ISO 8601 with its zone; Malformed."""
    try:
        if _MOMENT.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=VIETNAM)
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("transactionDateTime") from None
    return read if read.tzinfo else read.replace(tzinfo=VIETNAM)


def _transfer(one: Transaction, found: Found) -> Observation:
    return Observation(
        status="succeeded",
        amount=one.amount,
        provider_ref=str(found.order_code),
        txn=one.reference,
        occurred_at=moment(one.transaction_date_time),
        code=found.status,
    )


def _text(value: object) -> str:
    """Write a value as the official library does."""
    if value is None or value in ("null", "undefined"):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _compact([_by_name(item) for item in value])
    return _AN_OBJECT if isinstance(value, dict) else str(value)


def _by_name(item: object) -> object:
    return dict(sorted(item.items())) if isinstance(item, dict) else item


def _compact(value: object) -> str:
    """Write JSON without spaces, letters as they are, numbers as they came."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(map(_compact, value)) + "]"
    if isinstance(value, dict):
        inner = (f"{_compact(name)}:{_compact(one)}" for name, one in value.items())
        return "{" + ",".join(inner) + "}"
    return json.dumps(value, ensure_ascii=False)
