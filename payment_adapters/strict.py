"""Reading what strangers send: signatures in constant time, JSON without second meanings."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

import msgspec

from payment_adapters.contract import (
    BadSignature,
    Dong,
    Malformed,
    Misconfigured,
    Refund,
    Rejected,
    Secret,
)

T = TypeVar("T")

WINDOW_SECONDS = 300
"""How far a signed timestamp may lie from our clock, both ways."""

_LONGEST_TIMESTAMP = 12
_HEX = frozenset("0123456789abcdef")
_VALUE = rb"|".join(
    (
        rb'"(?:[^"\\]|\\.)*"',  # text
        rb'\\"(?:[^"\\]|\\\\(?:\\["\\]|[^"\\]))*\\"',  # text of JSON that stands inside a text
        rb"-?[0-9][0-9.eE+-]*",
    )
)
_CARD = re.compile(rb"[0-9]{13,}")


def read_json(raw: bytes, kind: type[T]) -> T:
    """Decode JSON strictly: no number in a string, no float for an integer, no key twice.

    Malformed otherwise; its words tell where, never what stood there.
    """
    try:
        value = msgspec.json.decode(raw, type=kind, strict=True)
        json.loads(raw, object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise Malformed(type(fault).__name__) from None
    return value


def as_text(value: object) -> str:
    """Give a member as the text that its sender signed: text and whole numbers as they stand.

    Nothing is the empty text; Malformed for a fraction, true or false, a list, an object.
    """
    if value is None or isinstance(value, str) or type(value) is int:
        return "" if value is None else str(value)
    raise Malformed("a member is neither text nor a whole number")


def read_config(kind: type[T], table: Mapping[str, object]) -> T:
    """Turn the operator's table into an adapter's settings; Misconfigured names the key."""
    try:
        return msgspec.convert(dict(table), kind, strict=True, dec_hook=_secret)
    except msgspec.ValidationError as fault:
        raise Misconfigured(str(fault)) from None


def hmac_sha256(secret: Secret, message: bytes) -> str:
    """Sign a message: lower-case hexadecimal HMAC-SHA256."""
    return hmac.new(secret.reveal(), message, hashlib.sha256).hexdigest()


def check_hmac_sha256(secret: Secret, message: bytes, signature: str) -> None:
    """Prove a signature written as `sha256=<64 lower-case hex digits>`; BadSignature otherwise."""
    given = signature.removeprefix("sha256=")
    wanted = hmac_sha256(secret, message)
    well_formed = signature.startswith("sha256=") and _HEX.issuperset(given)
    if not well_formed or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise BadSignature("signature")


def check_timestamp(text: str, *, now: datetime) -> None:
    """Refuse a signed time (Unix seconds) more than five minutes from now; BadSignature."""
    plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST_TIMESTAMP
    if not plain or str(int(text)) != text:
        raise BadSignature("timestamp")
    if abs(now.timestamp() - int(text)) > WINDOW_SECONDS:
        raise BadSignature("stale")


def check_amount(amount: object, *, least: Dong, most: Dong) -> None:
    """Refuse what is no whole number of đồng within the limits, before any call; Rejected."""
    if type(amount) is not int or not max(least, 1) <= amount <= most:
        raise Rejected("amount")


def check_refund(refund: Refund, *, whole: bool) -> None:
    """Refuse to give back more than was paid or, where only the `whole` can be, less; Rejected."""
    check_amount(refund.amount, least=refund.paid if whole else 1, most=refund.paid)


def redact(raw: bytes, *names: str) -> bytes:
    """Blank members and pairs by name, JSON inside a string too, and every card-like number."""
    for name in (re.escape(name.encode()) for name in names):
        raw = re.sub(rb'("%b\\?"\s*:\s*)(?:%b)' % (name, _VALUE), rb'\1"..."', raw)
        raw = re.sub(rb"(^|&)(%b)=[^&]*" % name, rb"\1\2=...", raw)
    return _CARD.sub(b"...", raw)


def is_origin(url: str) -> bool:
    """Tell whether a text is scheme and host alone, such as https://pay.example.vn."""
    scheme, separator, rest = url.partition("://")
    host = rest.partition(":")[0]
    return (
        separator == "://"
        and scheme in {"http", "https"}
        and bool(host)
        and all(mark not in rest for mark in "/?#@\\")
        and rest.isascii()
        and rest.isprintable()
        and " " not in rest
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _secret(kind: type, value: object) -> object:
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    raise TypeError(f"expected {kind.__name__}")
