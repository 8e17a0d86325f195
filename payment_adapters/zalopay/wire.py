"""What ZaloPay and we say to each other (openapi v2), both sides; pure.

Source: docs.zalopay.vn and the vendor's OpenAPI file. A message of ours carries `mac`, made with
key1 over some of its fields joined by `|`; a callback is signed with key2 over the text of its
`data`, exactly as it came. Answers carry no proof of their own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from payment_adapters.contract import Dong, Malformed, Observation, Secret
from payment_adapters.plain import one_line
from payment_adapters.strict import (
    LATEST_MILLISECONDS,
    check_hmac_hex,
    from_milliseconds,
    hmac_sha256,
)

CREATE = "/v2/create"
QUERY = "/v2/query"
REFUND = "/v2/refund"
QUERY_REFUND = "/v2/query_refund"

VIETNAM = timezone(timedelta(hours=7))
NO_ITEMS = "[]"
LEAST, MOST = 1_000, 100_000_000
SHORTEST_SECONDS, LONGEST_SECONDS = 300, 2_592_000
_LONGEST_TEXT = 256
_LONGEST_REASON = 100
_SUCCESS, _FAIL, _PROCESSING = 1, 2, 3

Meaning = Literal[
    "done", "pending", "failed", "missing", "refused", "settings", "busy", "known", "unclear"
]
"""Done, pending, failed and missing are answers; the others tell only of the request."""

REQUEST_CODES: dict[int, Meaning] = {
    -3: "settings",  # mac invalid
    -10: "settings",  # app_id invalid
    -12: "refused",  # format
    -27: "settings",  # client id invalid
    -33: "busy",  # application in maintenance
    -53: "settings",  # mac invalid
    -401: "refused",  # data
    -402: "settings",  # app or signature
    -403: "settings",  # signature
    -405: "refused",  # client
    -429: "busy",  # too many requests
    -500: "unclear",  # fault at ZaloPay
    -999: "busy",  # maintenance
    406: "unclear",  # illegal status
}
"""What any call may answer, as `return_code` (newer table) or beside return_code 2 (older)."""

CREATE_CODES: dict[int, Meaning] = {
    **REQUEST_CODES,
    -68: "known",  # app_trans_id came before
}
QUERY_CODES: dict[int, Meaning] = {
    **REQUEST_CODES,
    -49: "pending",  # no payment for this order yet
    -54: "failed",  # time is over
    -63: "pending",  # balance; the payer may add to it and try again
    -92: "unclear",  # app_trans_id malformed
    -101: "missing",
    -217: "failed",  # bank
    -322: "failed",  # payment code expired
    -329: "failed",  # cancelled by the payer
    -332: "failed",  # rules of a promotion
    -333: "failed",
    **dict.fromkeys((-32, -34, -35, -43, -88, -135, -301), "unclear"),  # maintenance somewhere
    **dict.fromkeys(range(-1333, -1329), "failed"),  # limit of the day
    **dict.fromkeys(range(-1343, -1339), "failed"),  # limit of the month
}
_NEVER_GIVEN = (
    -2,  # order cannot be given back
    -4,  # way of paying cannot be given back
    -5,  # payment not complete
    -6,  # payment failed
    -8,  # payment not found
    -9,  # kind of payment cannot be given back
    -13,  # time for refunds is over
    -14,  # amount
    -18,  # state of the payment
    -28,  # payment invalid
    -32,  # no part of it can be given back
)
_FAULTS = (-15, -16, -17, -19, -20, -22, -29, -30, -31)
REFUND_CODES: dict[int, Meaning] = {
    **REQUEST_CODES,
    **dict.fromkeys(_NEVER_GIVEN, "refused"),
    **dict.fromkeys((*_FAULTS, -21, -63), "unclear"),
    -1: "pending",  # waits for a person at ZaloPay
    -11: "known",  # given back before
    -23: "known",  # m_refund_id came before
    -24: "refused",  # form of m_refund_id
    -25: "refused",  # its date
    -26: "refused",  # its app_id
    -101: "refused",  # zp_trans_id not found
}
QUERY_REFUND_CODES: dict[int, Meaning] = {
    **REQUEST_CODES,
    **dict.fromkeys(_NEVER_GIVEN, "failed"),
    **dict.fromkeys(_FAULTS, "unclear"),
    0: "failed",
    -1: "pending",
    -21: "missing",
    -101: "missing",
}
"""The published tables beside return_code 2, every code; what is not here is no verdict."""

_Word = Annotated[str, Meta(max_length=1000)]
_Code = Annotated[int, Meta(ge=-(2**31), lt=2**31)]
_Transaction = (
    Annotated[int, Meta(ge=0, le=2**63 - 1)] | Annotated[str, Meta(pattern=r"\A[0-9]{1,64}\Z")]
)
_Moment = Annotated[int, Meta(ge=0, le=LATEST_MILLISECONDS)]


class Create(Struct, frozen=True, kw_only=True):
    """Our wish to collect; `item` and `embed_data` are JSON inside of text."""

    app_id: int
    app_user: str
    app_trans_id: str
    app_time: int
    amount: Dong
    item: str = NO_ITEMS
    embed_data: str
    description: str
    bank_code: str = ""
    callback_url: str
    expire_duration_seconds: int
    mac: str


class Query(Struct, frozen=True, kw_only=True):
    """Our question what became of an order."""

    app_id: int
    app_trans_id: str
    mac: str


class Refund(Struct, frozen=True, kw_only=True):
    """Our wish to give money back; ZaloPay decides later."""

    app_id: int
    m_refund_id: str
    zp_trans_id: str
    amount: Dong
    description: str
    timestamp: int
    mac: str


class QueryRefund(Struct, frozen=True, kw_only=True):
    """Our question what became of it."""

    app_id: int
    m_refund_id: str
    timestamp: int
    mac: str


class Answer(Struct, frozen=True, kw_only=True):
    """Every answer of ZaloPay; each call fills in its own part."""

    return_code: _Code
    sub_return_code: _Code | None = None
    order_url: _Word | None = None
    amount: Dong | None = None
    zp_trans_id: _Transaction | None = None
    server_time: _Moment | None = None

    @property
    def code(self) -> int:
        """Give the code that tells most."""
        if self.return_code == _FAIL and self.sub_return_code is not None:
            return self.sub_return_code
        return self.return_code

    def meaning(self, table: Mapping[int, Meaning]) -> Meaning:
        """Classify it by the table of its call; a success beside a failure is unclear."""
        if self.return_code == _SUCCESS:
            return "done"
        if self.return_code == _PROCESSING:
            return "pending"
        if self.return_code == _FAIL and self.sub_return_code is not None:
            return table.get(self.sub_return_code, "unclear")
        return REQUEST_CODES.get(self.return_code, "unclear")


class Callback(Struct, frozen=True, kw_only=True):
    """The envelope of a callback; `type` is not signed and decides nothing."""

    data: Annotated[str, Meta(max_length=20_000)]
    mac: str


class Paid(Struct, frozen=True, kw_only=True):
    """What the text of a callback says; only successes are called back."""

    app_id: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    app_trans_id: Annotated[str, Meta(min_length=1, max_length=40)]
    amount: Dong
    zp_trans_id: _Transaction
    server_time: _Moment


def day(moment: datetime) -> str:
    """Write the Vietnamese day that every reference begins with."""
    return f"{moment.astimezone(VIETNAM):%y%m%d}"


def milliseconds(moment: datetime) -> int:
    """Count a moment as ZaloPay does."""
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def refund_id(ref: str, app_id: int) -> str:
    """Put the application into our reference of a refund, where ZaloPay wants it."""
    date, _, code = ref.partition("_")
    return f"{date}_{app_id}_{code}"


def embed_data(return_url: str) -> str:
    """Write where the browser comes back, as JSON inside of text."""
    return msgspec.json.encode({"redirecturl": return_url}).decode()


def description(text: str, *, instead: str) -> str:
    """Write what the payer reads; never empty."""
    return one_line(text, most=_LONGEST_TEXT) or instead


def reason(text: str, *, instead: str) -> str:
    """Write why money is given back, without the sign that joins what is signed."""
    return one_line(text, most=_LONGEST_REASON, without="|") or instead


def mac(key: Secret, *fields: str | int) -> str:
    """Sign fields joined by `|`."""
    return hmac_sha256(key, "|".join(map(str, fields)).encode(errors="replace"))


def sign_create(key1: Secret, message: Create) -> str:
    """Sign our wish to collect."""
    return mac(
        key1,
        message.app_id,
        message.app_trans_id,
        message.app_user,
        message.amount,
        message.app_time,
        message.embed_data,
        message.item,
    )


def sign_query(key1: Secret, message: Query) -> str:
    """Sign our question; the key stands in the text as well."""
    return mac(key1, message.app_id, message.app_trans_id, key1.reveal().decode())


def sign_refund(key1: Secret, message: Refund) -> str:
    """Sign our wish to give back; its own id is not signed."""
    return mac(
        key1,
        message.app_id,
        message.zp_trans_id,
        message.amount,
        message.description,
        message.timestamp,
    )


def sign_query_refund(key1: Secret, message: QueryRefund) -> str:
    """Sign our question about a refund."""
    return mac(key1, message.app_id, message.m_refund_id, message.timestamp)


def returned(given: Mapping[str, str]) -> bytes:
    """Write what is signed with key2 of what the browser brings back, as ZaloPay is said to do."""
    return "|".join(given.get(name, "") for name in _RETURNED).encode(errors="replace")


def check_callback(key2: Secret, callback: Callback) -> None:
    """Prove a callback genuine over its text as it came; BadSignature otherwise."""
    check_hmac_hex(key2, callback.data.encode(), callback.mac)


def observed(paid: Paid) -> Observation:
    """Put a callback into the core's words."""
    txn = _named(paid.zp_trans_id)
    if txn is None:
        raise Malformed("paid without zp_trans_id")
    return Observation(
        status="succeeded",
        amount=paid.amount,
        provider_ref=paid.app_trans_id,
        txn=txn,
        occurred_at=from_milliseconds(paid.server_time),
        code="1",
    )


def answered(answer: Answer, ref: str) -> Observation | None:
    """Put an answer about an order into the core's words; None when it is no verdict."""
    status = _STATUS.get(answer.meaning(QUERY_CODES))
    txn = _named(answer.zp_trans_id)
    if status is None or (status == "succeeded" and not (txn and answer.amount)):
        return None
    paid = status == "succeeded"
    return Observation(
        status=status,
        amount=answer.amount if paid else None,
        provider_ref=ref,
        txn=txn if paid else None,
        occurred_at=from_milliseconds(answer.server_time) if answer.server_time else None,
        code=str(answer.code),
    )


def given_back(
    answer: Answer, table: Mapping[int, Meaning], ref: str, amount: int
) -> Observation | None:
    """Put an answer about a refund into the core's words; None when it is no verdict.

    Asking does not tell ZaloPay's own number of it, so our reference names the movement.
    """
    status = _STATUS.get(answer.meaning(table))
    if status is None:
        return None
    return Observation(
        status=status,
        kind="refund",
        amount=amount,
        provider_ref=ref,
        txn=ref,
        code=str(answer.code),
    )


def _named(transaction: int | str | None) -> str | None:
    """Keep ZaloPay's number as text; 0 stands for none."""
    return None if transaction is None or int(transaction) == 0 else str(transaction)


_RETURNED = ("appid", "apptransid", "pmcid", "bankcode", "amount", "discountamount", "status")
_STATUS: dict[Meaning, Literal["succeeded", "pending", "failed", "not_found"]] = {
    "done": "succeeded",
    "pending": "pending",
    "failed": "failed",
    "missing": "not_found",
}
