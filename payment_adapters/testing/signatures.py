"""Where a signature stands in a message, and how it is taken out, replaced, or given twice."""

import json
import re
from typing import Literal, TypeVar
from urllib.parse import quote_plus, unquote_plus

from msgspec.structs import replace

from payment_adapters.contract import HttpAnswer, RawRequest

Place = tuple[Literal["header", "query", "json"], str]
"""A header (in lower case), a pair of the query, or a member of the JSON body."""

Message = TypeVar("Message", RawRequest, HttpAnswer)


def of(message: RawRequest | HttpAnswer, place: Place) -> str:
    """Give the signature of a message."""
    kind, name = place
    if kind == "header":
        return dict(_headers(message))[name]
    if kind == "query":
        pairs = re.findall(rf"(?:^|&){re.escape(name)}=([^&]*)", _query(message))
        return unquote_plus(pairs[0])
    return str(json.loads(message.body)[name])


def without(message: Message, place: Place) -> Message:
    """Take the signature out."""
    kind, name = place
    if kind == "header":
        return _with_headers(message, [pair for pair in _headers(message) if pair[0] != name])
    if kind == "query":
        return _with_query(message, [pair for pair in _pairs(message) if pair[0] != name])
    members = json.loads(message.body)
    del members[name]
    return replace(message, body=_json(members))


def put(message: Message, place: Place, value: object) -> Message:
    """Put another value in the signature's place."""
    kind, name = place
    bare: Message = without(message, place)
    if kind == "header":
        return _with_headers(bare, [*_headers(bare), (name, str(value))])
    if kind == "query":
        return _with_query(bare, [*_pairs(bare), (name, quote_plus(str(value)))])
    return replace(bare, body=_json({**json.loads(bare.body), name: value}))


def twice(request: RawRequest, place: Place) -> RawRequest:
    """Give the right signature a second time."""
    kind, name = place
    right = of(request, place)
    if kind == "header":
        return _with_headers(request, [*request.headers, (name, right)])
    if kind == "query":
        return _with_query(request, [*_pairs(request), (name, quote_plus(right))])
    return replace(request, body=request.body[:-1] + f',"{name}":{json.dumps(right)}}}'.encode())


def _json(members: object) -> bytes:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def _headers(message: RawRequest | HttpAnswer) -> list[tuple[str, str]]:
    pairs = message.headers if isinstance(message, RawRequest) else message.headers.items()
    return [(name.lower(), value) for name, value in pairs]


def _with_headers(message: Message, pairs: list[tuple[str, str]]) -> Message:
    return replace(message, headers=tuple(pairs) if type(message) is RawRequest else dict(pairs))


def _query(message: RawRequest | HttpAnswer) -> str:
    return message.query if isinstance(message, RawRequest) else ""


def _pairs(message: RawRequest | HttpAnswer) -> list[tuple[str, str]]:
    cut = (piece.partition("=") for piece in _query(message).split("&"))
    return [(name, value) for name, _, value in cut]


def _with_query(message: Message, pairs: list[tuple[str, str]]) -> Message:
    return replace(message, query="&".join(f"{name}={value}" for name, value in pairs))
