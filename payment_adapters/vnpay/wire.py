"""What we and VNPAY 2.1.0 say to each other: how it is signed, written and classified; pure.

Sources: sandbox.vnpayment.vn, "Cổng thanh toán PAY" and "Truy vấn & hoàn tiền"; the code tables are
those of public integrations. A code that stands in no table is `pending`: we go on asking.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Literal
from urllib.parse import quote_plus, unquote_plus

from payment_adapters.contract import BadSignature, Malformed, Observation, Secret
from payment_adapters.strict import as_text, read_json

VERSION = "2.1.0"
VIETNAM = timezone(timedelta(hours=7))
HASH, HASH_TYPE = "vnp_SecureHash", "vnp_SecureHashType"

Verdict = Literal["succeeded", "pending", "failed", "review"]
Pairs = Sequence[tuple[str, str]]
Names = tuple[str, ...]

QUERY: Names = ("RequestId", "Version", "Command", "TmnCode", "TxnRef")
QUERY += ("TransactionDate", "CreateDate", "IpAddr", "OrderInfo")
REFUND: Names = (
    "RequestId",
    "Version",
    "Command",
    "TmnCode",
    "TransactionType",
    "TxnRef",
    "Amount",
)
REFUND += ("TransactionNo", "TransactionDate", "CreateBy", "CreateDate", "IpAddr", "OrderInfo")
REFUND_ANSWER: Names = (
    "ResponseId",
    "Command",
    "ResponseCode",
    "Message",
    "TmnCode",
    "TxnRef",
    "Amount",
)
REFUND_ANSWER += ("BankCode", "PayDate", "TransactionNo", "TransactionType", "TransactionStatus")
REFUND_ANSWER += ("OrderInfo",)
QUERY_ANSWER = (*REFUND_ANSWER, "PromotionCode", "PromotionAmount")
"""What is signed, joined with `|`, in this order; each name has the prefix `vnp_`."""

PAY_CODES: dict[str, Verdict] = {
    "00": "succeeded",
    "01": "pending",  # 01–06 and 08 stand in older tables only
    "02": "pending",
    "03": "pending",
    "04": "pending",
    "05": "pending",
    "06": "pending",
    "07": "review",  # money taken, suspected of fraud
    "08": "pending",
    "09": "failed",  # no internet banking
    "10": "failed",  # not authenticated, three times
    "11": "failed",  # the time to pay is over
    "12": "failed",  # card locked
    "13": "failed",  # wrong one-time code
    "24": "failed",  # cancelled by the payer
    "51": "failed",  # balance
    "65": "failed",  # daily limit
    "75": "failed",  # the bank is being serviced
    "79": "failed",  # wrong password too often
    "99": "pending",  # "other": no verdict on the money
}
"""vnp_ResponseCode of a payment."""

STATUSES: dict[str, Verdict] = {
    "00": "succeeded",
    "01": "pending",  # not finished
    "02": "failed",
    "04": "review",  # taken at the bank, not successful at VNPAY
    "05": "succeeded",  # paid; VNPAY is giving it back
    "06": "succeeded",  # paid; the bank was told to give it back
    "07": "review",  # suspected of fraud
    "09": "succeeded",  # paid; giving back was refused
}
"""vnp_TransactionStatus, as of the payment."""

REFUND_STATUSES: dict[str, Verdict] = {
    "00": "succeeded",
    "01": "pending",
    "02": "failed",
    "04": "review",
    "05": "pending",
    "06": "pending",
    "07": "review",
    "09": "failed",
}
"""vnp_TransactionStatus, as of a refund."""

API_CODES: dict[str, Literal["answered", "not_found", "refused", "in_progress", "unsure"]] = {
    "00": "answered",
    "02": "refused",  # TmnCode
    "03": "refused",  # format
    "91": "not_found",
    "94": "in_progress",  # asked twice, or the refund is under way
    "95": "refused",  # the payment had not succeeded
    "97": "refused",  # checksum
    "98": "unsure",  # time ran out
    "99": "unsure",
}
"""vnp_ResponseCode of querydr and refund."""

_HASH_LENGTH = 128
_HEX = frozenset("0123456789abcdef")
_SENDABLE = re.compile(r"[A-Za-z0-9 ._:/?=&-]*")
_NO_WORD = re.compile(r"[^A-Za-z0-9.-]+")
_AMOUNT = re.compile(r"[1-9][0-9]{2,13}")
_STAMP = re.compile(r"[0-9]{14}", re.ASCII)
_LONGEST_WORDS = 255
_SAID = frozenset(f"vnp_{name}" for name in (*QUERY_ANSWER, "SecureHash"))


def stamp(moment: datetime) -> str:
    """Write a moment as VNPAY does: yyyyMMddHHmmss in Vietnam's time, 24 hours."""
    return f"{moment.astimezone(VIETNAM):%Y%m%d%H%M%S}"


def moment(text: str) -> datetime:
    """Read such a moment; Malformed otherwise."""
    if not _STAMP.fullmatch(text):
        raise Malformed("a moment")
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        raise Malformed("a moment") from None


def plain(text: str, *, otherwise: str) -> str:
    """Write Vietnamese without its marks and without anything that encoders disagree on."""
    marked = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(mark for mark in marked if not unicodedata.combining(mark))
    words = _NO_WORD.sub(" ", bare).strip()[:_LONGEST_WORDS].rstrip()
    return words or otherwise


def can_send(values: Iterable[str]) -> bool:
    """Tell whether all encoders write these values alike."""
    return all(_SENDABLE.fullmatch(value) for value in values)


def hundredfold(amount: int) -> str:
    """Write an amount in VNPAY's unit, a hundredth of a đồng."""
    return str(amount * 100)


def dong(text: str) -> int:
    """Read an amount of VNPAY's; Malformed unless it is a whole number of đồng above 0."""
    if not _AMOUNT.fullmatch(text) or int(text) % 100:
        raise Malformed("vnp_Amount")
    return int(text) // 100


def hash_of(secret: Secret, text: str) -> str:
    """Sign a text: lower-case hexadecimal HMAC-SHA512."""
    return hmac.new(secret.reveal(), text.encode(), hashlib.sha512).hexdigest()


def is_hash(secret: Secret, text: str, given: str) -> bool:
    """Compare a signature in constant time; capital hexadecimal digits are the same."""
    small = given.lower()
    well_formed = given.isascii() and len(small) == _HASH_LENGTH and _HEX.issuperset(small)
    return hmac.compare_digest(small.encode(), hash_of(secret, text).encode()) and well_formed


# -- the page to pay on, and what comes back by GET -----------------------------------------------


def signed_query(secret: Secret, values: Mapping[str, str]) -> str:
    """Write a query string once, sign it, and append the signature to the very same text."""
    text = _encoded([(f"vnp_{name}", value) for name, value in values.items()])
    return f"{text}&{HASH}={hash_of(secret, text)}"


def proven_query(secret: Secret, query: str) -> dict[str, str]:
    """Prove a query string that VNPAY sent and give its values without `vnp_`.

    BadSignature when it is unsigned, forged or altered; Malformed when a name stands twice.
    """
    raw = [part.partition("=")[::2] for part in query.split("&") if part.startswith("vnp_")]
    hashes = [value for name, value in raw if name == HASH]
    signed = [(n, v) for n, v in raw if v and n not in (HASH, HASH_TYPE)]
    as_sent = "&".join(f"{name}={value}" for name, value in sorted(signed))
    pairs = [(unquote_plus(name), unquote_plus(value)) for name, value in signed]
    given = hashes[0] if len(hashes) == 1 else ""
    if not any(is_hash(secret, text, given) for text in (as_sent, _encoded(pairs))):
        raise BadSignature("vnp_SecureHash")
    if len(dict(pairs)) != len(pairs):
        raise Malformed("a name stands twice")
    return {name.removeprefix("vnp_"): value for name, value in pairs}


def _encoded(pairs: Pairs) -> str:
    """Write pairs as a form, sorted, in capital hexadecimal, space as `+`."""
    kept = sorted((name, value) for name, value in pairs if value)
    return "&".join(f"{quote_plus(n, '*')}={_form(v)}" for n, v in kept)


def _form(value: str) -> str:
    return quote_plus(value, safe="*", errors="replace").replace("~", "%7E")


def observed(said: Mapping[str, str]) -> Observation:
    """Put a proven notice into the core's words; Malformed when something is missing."""
    try:
        response, status = said["ResponseCode"], said["TransactionStatus"]
        ref, amount = said["TxnRef"], dong(said["Amount"])
    except KeyError as missing:
        raise Malformed(f"vnp_{missing.args[0]}") from None
    return _payment(
        _verdict(response, status),
        ref=ref,
        amount=amount,
        number=said.get("TransactionNo", ""),
        paid_at=said.get("PayDate", ""),
        code=f"{response}/{status}",
    )


def _verdict(response: str, status: str) -> Verdict:
    """Judge a notice: both codes must say the same, and a doubt is never a failure."""
    both = (PAY_CODES.get(response, "pending"), STATUSES.get(status, "pending"))
    if response == status == "00":
        return "succeeded"
    if "review" in both:
        return "review"
    return "failed" if both == ("failed", "failed") else "pending"


def _payment(
    verdict: Verdict, *, ref: str, amount: int, number: str, paid_at: str, code: str
) -> Observation:
    txn = number if number.strip("0") else None
    if verdict == "succeeded" and txn is None:
        raise Malformed("vnp_TransactionNo")
    if verdict == "review":
        txn = txn or ref  # VNPAY may have no number yet, but money was taken
    return Observation(
        status=verdict,
        amount=amount,
        provider_ref=ref,
        txn=txn,
        occurred_at=moment(paid_at) if paid_at else None,
        code=code[:64],
    )


# -- asking and giving back: JSON -----------------------------------------------------------------


def joined(names: Sequence[str], values: Mapping[str, str]) -> str:
    """Join values in the order of a table; what is missing is empty."""
    return "|".join(values.get(name, "") for name in names)


def signed_body(secret: Secret, names: Sequence[str], values: Mapping[str, str]) -> dict[str, str]:
    """Make the members of a request; what is signed is what is sent."""
    body = {f"vnp_{name}": values.get(name, "") for name in names}
    return {**body, HASH: hash_of(secret, joined(names, values))}


def proven_answer(secret: Secret, names: Sequence[str], body: bytes) -> dict[str, str]:
    """Prove an answer and give its values without `vnp_`; one without signature is not proven.

    BadSignature, or Malformed when it is no JSON of plain values.
    """
    said = read_json(body, dict[str, object])
    values = {n.removeprefix("vnp_"): as_text(v) for n, v in said.items() if n in _SAID}
    if not is_hash(secret, joined(names, values), values.get("SecureHash", "")):
        raise BadSignature("vnp_SecureHash")
    return values


def answered(said: Mapping[str, str]) -> Observation:
    """Put a proven answer to querydr into the core's words."""
    kind, status = said.get("TransactionType", ""), said.get("TransactionStatus", "")
    verdict = STATUSES.get(status, "pending")
    if kind not in ("", "01"):
        verdict = "review"  # it speaks of a refund that we did not ask about: a person must look
    if verdict == "pending":
        return Observation(status="pending", provider_ref=said["TxnRef"], code=status[:64])
    return _payment(
        verdict,
        ref=said["TxnRef"],
        amount=dong(said.get("Amount", "")),
        number=said.get("TransactionNo", ""),
        paid_at=said.get("PayDate", ""),
        code=f"{kind}/{status}",
    )


def given_back(said: Mapping[str, str], *, ref: str, amount: int) -> Observation:
    """Put a proven answer about a refund into the core's words; a doubt is `pending`.

    querydr names no refund, so an answer of another kind or amount says nothing of this one.
    """
    kind, status = said.get("TransactionType", ""), said.get("TransactionStatus", "")
    verdict = REFUND_STATUSES.get(status, "pending")
    speaks_of_it = kind in ("02", "03") and said.get("Amount") == hundredfold(amount)
    if not speaks_of_it and status != "09":
        verdict = "pending"
    number = said.get("TransactionNo", "")
    return Observation(
        status=verdict,
        kind="refund",
        amount=amount,
        provider_ref=ref,
        txn=number if speaks_of_it and number.strip("0") else ref,
        code=f"{kind}/{status}"[:64],
    )
