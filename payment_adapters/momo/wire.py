"""What MoMo and we say to each other (gateway v2, documents v3), both sides; pure.

Source: developers.momo.vn/v3. Every message is signed over a row `name=value&name=value` of its
fixed fields in alphabetical order, the values exactly as they stand there, without any escaping;
the access key comes first in the row and is no part of the message.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from payment_adapters.contract import BadSignature, Dong, Malformed, Observation, Secret
from payment_adapters.plain import one_line
from payment_adapters.strict import (
    LATEST_MILLISECONDS,
    check_hmac_hex,
    from_milliseconds,
    hmac_sha256,
)

CREATE = "/v2/gateway/api/create"
QUERY = "/v2/gateway/api/query"
REFUND = "/v2/gateway/api/refund"

LEAST, MOST = 1_000, 50_000_000
_LONGEST_TEXT = 200

_CREATE_ROW = (
    "amount", "extraData", "ipnUrl", "orderId", "orderInfo", "partnerCode", "redirectUrl",
    "requestId", "requestType",
)  # fmt: skip
_CREATED_ROW = (
    "amount", "message", "orderId", "partnerCode", "payUrl", "requestId", "responseTime",
    "resultCode",
)  # fmt: skip
_TOLD_ROW = (
    "amount", "extraData", "message", "orderId", "orderInfo", "orderType", "partnerCode", "payType",
    "requestId", "responseTime", "resultCode", "transId",
)  # fmt: skip
_QUERY_ROW = ("orderId", "partnerCode", "requestId")
_REFUND_ROW = ("amount", "description", "orderId", "partnerCode", "requestId", "transId")

Meaning = Literal[
    "paid", "pending", "failed", "kept", "refused", "settings", "busy", "known", "missing"
]
"""Paid, pending and failed are verdicts on money, kept (the refund failed) on a refund alone; the
others tell only of the request."""

CODES: dict[int, Meaning] = {
    0: "paid",
    10: "busy",  # maintenance
    11: "settings",  # access denied
    12: "settings",  # version not supported
    13: "settings",  # authentication of the merchant failed
    20: "refused",  # bad format
    21: "refused",  # amount not valid
    22: "refused",  # amount out of range
    40: "known",  # requestId came before, its outcome is open
    41: "known",  # orderId came before
    42: "missing",  # orderId not found
    43: "known",  # a like transaction is in progress
    45: "refused",  # item came before
    47: "refused",  # information does not apply
    98: "refused",  # no QR was made
    1000: "pending",  # waits for the payer
    1001: "failed",  # balance
    1002: "failed",  # refused by the issuer
    1003: "failed",  # cancelled after authorisation
    1004: "failed",  # limit of the day or month
    1005: "failed",  # link or QR expired
    1006: "failed",  # refused by the payer
    1007: "failed",  # account inactive
    1017: "failed",  # cancelled by the merchant
    1026: "failed",  # rules of a promotion
    1080: "kept",  # refund failed on its way
    1081: "kept",  # refund refused: given back before, or too much
    1088: "kept",  # refund refused: this payment cannot be given back
    2019: "refused",  # orderGroupId
    4001: "failed",  # payer's account restricted
    4002: "failed",  # payer not verified
    4100: "failed",  # payer did not sign in
    7000: "pending",
    7002: "pending",
    8000: "pending",  # waits for the payer again
    9000: "pending",  # authorised; becomes 0 by itself
}
"""The published table, every code; 99 (unknown error) and what is not here is no verdict."""

VERDICTS: frozenset[Meaning] = frozenset({"paid", "pending", "failed", "kept"})
NOT_FOUND = 42

_Word = Annotated[str, Meta(max_length=1000)]
_Code = Annotated[int, Meta(ge=-(2**31), lt=2**31)]
_Transaction = Annotated[int, Meta(ge=0, le=2**63 - 1)]
_Moment = Annotated[int, Meta(ge=0, le=LATEST_MILLISECONDS)]


class Create(Struct, frozen=True, kw_only=True, rename="camel"):
    """Our wish to collect; the same request id with the same content is the same payment."""

    partner_code: str
    request_id: str
    amount: Dong
    order_id: str
    order_info: str
    redirect_url: str
    ipn_url: str
    request_type: str = "captureWallet"
    extra_data: str = ""
    lang: str = "vi"
    auto_capture: bool = True
    signature: str = ""


class Query(Struct, frozen=True, kw_only=True, rename="camel"):
    """Our question what became of an order."""

    partner_code: str
    request_id: str
    order_id: str
    lang: str = "vi"
    signature: str = ""


class Refund(Struct, frozen=True, kw_only=True, rename="camel"):
    """Our wish to give money back, under a new order id."""

    partner_code: str
    order_id: str
    request_id: str
    amount: Dong
    trans_id: int
    lang: str = "vi"
    description: str
    signature: str = ""


class Coded(Struct, frozen=True, kw_only=True, rename="camel"):
    """The least that every answer says."""

    result_code: _Code


class Created(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where to send the citizen."""

    partner_code: _Word
    order_id: _Word
    request_id: _Word
    result_code: _Code
    amount: Dong | None = None
    pay_url: _Word | None = None


class Given(Struct, frozen=True, kw_only=True, rename="camel"):
    """One refund in the answer about its order."""

    order_id: _Word
    amount: Dong
    result_code: _Code
    trans_id: _Transaction


class Found(Struct, frozen=True, kw_only=True, rename="camel"):
    """What MoMo knows of an order."""

    partner_code: _Word
    order_id: _Word
    request_id: _Word
    result_code: _Code
    amount: Dong | None = None
    trans_id: _Transaction | None = None
    response_time: _Moment | None = None
    last_updated: _Moment | None = None
    refund_trans: list[Given] | None = None


class Refunded(Struct, frozen=True, kw_only=True, rename="camel"):
    """What MoMo says to a wish for a refund."""

    partner_code: _Word
    order_id: _Word
    request_id: _Word
    result_code: _Code
    amount: Dong | None = None
    trans_id: _Transaction | None = None


class Told(Struct, frozen=True, kw_only=True, rename="camel"):
    """A notice (IPN); its other fields are signed too and decide nothing."""

    partner_code: _Word
    order_id: Annotated[str, Meta(min_length=1, max_length=50)]
    amount: Dong
    result_code: _Code
    trans_id: _Transaction
    response_time: _Moment


_ROWS: dict[type[Struct], tuple[str, ...]] = {
    Create: _CREATE_ROW,
    Query: _QUERY_ROW,
    Refund: _REFUND_ROW,
}


def order_info(text: str, *, instead: str) -> str:
    """Write what the payer reads; never empty, and nothing that could pass for a signed field."""
    return one_line(text, most=_LONGEST_TEXT, without="&=") or instead


def row(access_key: Secret, names: tuple[str, ...], values: Mapping[str, object]) -> bytes:
    """Write what is signed; what is missing or null stands there empty."""
    fields = [f"accessKey={access_key.reveal().decode()}"]
    fields += [f"{name}={'' if values.get(name) is None else values[name]}" for name in names]
    return "&".join(fields).encode(errors="replace")


def signed(access_key: Secret, secret: Secret, message: Create | Query | Refund) -> bytes:
    """Write a message of ours as it is sent, with its signature."""
    values = msgspec.to_builtins(message)
    signature = hmac_sha256(secret, row(access_key, _ROWS[type(message)], values))
    return msgspec.json.encode({**values, "signature": signature})


def sign_told(access_key: Secret, secret: Secret, values: Mapping[str, object]) -> str:
    """Sign a notice, as MoMo does."""
    return hmac_sha256(secret, row(access_key, _TOLD_ROW, values))


def check_told(access_key: Secret, secret: Secret, values: Mapping[str, object]) -> None:
    """Prove a notice genuine from its values as they came, every one; BadSignature otherwise."""
    if not values.keys() >= set(_TOLD_ROW):
        raise BadSignature("a signed field is missing")
    check_hmac_hex(secret, row(access_key, _TOLD_ROW, values), values.get("signature"))


def check_created(access_key: Secret, secret: Secret, values: Mapping[str, object]) -> None:
    """Prove the answer to Create, if it is signed at all, as it is said to be; BadSignature."""
    if values.get("signature"):
        check_hmac_hex(secret, row(access_key, _CREATED_ROW, values), values["signature"])


def observed(told: Told) -> Observation:
    """Put a notice into the core's words; a code that is no verdict means: ask."""
    status = _STATUS.get(CODES.get(told.result_code, "known"), "pending")
    if status == "succeeded" and told.trans_id == 0:
        raise Malformed("paid without transId")
    return Observation(
        status=status,
        amount=told.amount,
        provider_ref=told.order_id,
        txn=str(told.trans_id) if told.trans_id else None,
        occurred_at=from_milliseconds(told.response_time),
        code=str(told.result_code),
    )


def answered(found: Found) -> Observation | None:
    """Put an answer into the core's words; None when it is no verdict."""
    status = _STATUS.get(CODES.get(found.result_code, "known"))
    if status is None:
        return None
    if status == "succeeded" and not (found.amount and found.trans_id):
        return None
    moment = found.last_updated or found.response_time
    return Observation(
        status=status,
        amount=found.amount,
        provider_ref=found.order_id,
        txn=str(found.trans_id) if found.trans_id else None,
        occurred_at=from_milliseconds(moment) if moment else None,
        code=str(found.result_code),
    )


def given_back(given: Given | Refunded) -> Observation | None:
    """Put what MoMo says of a refund into the core's words; None when it is no verdict."""
    status = _GIVEN.get(CODES.get(given.result_code, "known"))
    if status is None or (status == "succeeded" and not given.trans_id):
        return None
    return Observation(
        status=status,
        kind="refund",
        amount=given.amount,
        provider_ref=given.order_id,
        txn=str(given.trans_id) if given.trans_id else None,
        code=str(given.result_code),
    )


_STATUS: dict[Meaning, Literal["succeeded", "pending", "failed"]] = {
    "paid": "succeeded",
    "pending": "pending",
    "failed": "failed",
}
_GIVEN: dict[Meaning, Literal["succeeded", "pending", "failed"]] = {**_STATUS, "kept": "failed"}
