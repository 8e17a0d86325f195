"""Reading what strangers send: signatures in constant time, JSON without second meanings."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

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

LATEST_MILLISECONDS = 4_102_444_800_000
"""The year 2100; a moment of a message beyond it is no moment."""

_LONGEST_TIMESTAMP = 12
_LONGEST_QUERY = 4_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
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


class Number(str):
    """A number of a message: its digits as they came."""

    __slots__ = ()


def read_verbatim(raw: bytes) -> dict[str, object]:
    """Decode a JSON object and leave its numbers as written: some sign the values, not the bytes.

    Malformed otherwise. What is proven so far is read anew with `read_json`.
    """
    try:
        value = json.loads(
            raw.decode(),
            parse_int=Number,
            parse_float=Number,
            parse_constant=_no_number,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError) as fault:
        raise Malformed(type(fault).__name__) from None
    if not isinstance(value, dict):
        raise Malformed("no object")
    return value


def read_query(query: str) -> dict[str, str]:
    """Read what a browser brought back: the names that stand there once, with their values."""
    given = parse_qs(query[:_LONGEST_QUERY], keep_blank_values=True)
    return {name: values[0] for name, values in given.items() if len(values) == 1}


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


def check_hmac_hex(secret: Secret, message: bytes, signature: object) -> None:
    """Prove a signature written as 64 lower-case hex digits alone; BadSignature otherwise."""
    wanted = hmac_sha256(secret, message)
    given = signature if isinstance(signature, str) and signature.isascii() else ""
    if not hmac.compare_digest(given, wanted):
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


def address_faults(setting: str, url: str, *, production: bool) -> list[str]:
    """Say what is wrong with a provider's address: no origin, or open in production."""
    if not is_origin(url):
        return [f"{setting}: write scheme and host alone."]
    if production and not url.startswith("https://"):
        return [f"{setting}: production needs https."]
    return []


def is_at_home(url: str, origin: str) -> bool:
    """Tell whether a provider's page lies at its own origin, or at https under the same domain.

    So https://pay.example.vn may send citizens to https://gate.example.vn/…, and nowhere else.
    """
    if url.startswith(f"{origin}/"):
        return True
    _, _, domain = (urlsplit(origin).hostname or "").partition(".")
    named = "." in domain and domain.rpartition(".")[2].isalpha()
    start, _, _ = url.removeprefix("https://").partition("/")
    plain = url.startswith("https://") and is_origin(f"https://{start}")
    return named and plain and start.endswith(f".{domain}")


def from_milliseconds(count: int) -> datetime:
    """Turn milliseconds since 1970 into a moment."""
    return _EPOCH + timedelta(milliseconds=count)


def keep_only(raw: bytes, names: str) -> bytes:
    """Leave of a JSON message the listed names, for a log; nothing of what cannot be read."""
    try:
        return json.dumps(_kept(json.loads(raw), frozenset(names.split()))).encode()
    except (ValueError, RecursionError):
        return b""


def _kept(value: object, names: frozenset[str]) -> object:
    if isinstance(value, dict):
        return {name: _kept(inner, names) for name, inner in value.items() if name in names}
    if isinstance(value, list):
        return [_kept(inner, names) for inner in value]
    return value


def _no_number(name: str) -> None:
    raise ValueError(name)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _secret(kind: type, value: object) -> object:
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    raise TypeError(f"expected {kind.__name__}")
