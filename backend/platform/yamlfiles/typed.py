"""Fits nodes into a msgspec struct and collects every fault, not only the first."""

import re
from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

import msgspec
from msgspec import inspect

from backend.platform.yamlfiles.nodes import (
    Finding,
    Mapping,
    Node,
    Scalar,
    Sequence,
    suggestion,
)

T = TypeVar("T")

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TRUTH = {"true": True, "false": False}
_SHORT = 60


def convert(node: Node, wanted: type[T], *, path: str = "") -> tuple[T | None, list[Finding]]:
    """Read a node as the wanted type: the value, or None with all its faults."""
    fitting = _Fitting()
    plain = fitting.fit(node, _type_info(cast("Hashable", wanted)), path)
    if fitting.findings:
        return None, fitting.findings
    try:
        return msgspec.convert(plain, wanted), []
    except msgspec.ValidationError as error:
        return None, [node.place.finding(path, str(error))]


@lru_cache(maxsize=32)
def _type_info(wanted: Hashable) -> inspect.Type:
    return inspect.type_info(wanted)


def _quote(text: str) -> str:
    return f'"{text}"' if len(text) <= _SHORT else f'"{text[:_SHORT]}…"'


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return _quote(node.text)
    return "a list" if isinstance(node, Sequence) else "a group of keys"


class _Fitting:
    """Walks nodes and types side by side."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def fit(self, node: Node, wanted: inspect.Type, path: str) -> object:
        """Give the plain value of a node, noting what does not fit."""
        if isinstance(wanted, inspect.Metadata):
            return self.fit(node, wanted.type, path)
        if isinstance(wanted, inspect.UnionType):
            return self.fit(node, _one_of(node, wanted), path)
        if isinstance(wanted, inspect.StructType):
            return self._struct(node, wanted, path)
        if isinstance(wanted, inspect.DictType):
            return self._dict(node, wanted, path)
        if isinstance(wanted, (inspect.ListType, inspect.VarTupleType)):
            return self._list(node, wanted, path)
        return self._scalar(node, wanted, path)

    def _note(self, node: Node, path: str, message: str) -> None:
        self.findings.append(node.place.finding(path, message))

    def _struct(self, node: Node, wanted: inspect.StructType, path: str) -> dict[str, object]:
        if not isinstance(node, Mapping):
            self._note(node, path, f"found {_found(node)}, wanted a group of keys")
            return {}
        fields = {field.encode_name: field for field in wanted.fields}
        for key, (place, _) in node.entries.items():
            if key not in fields:
                message = f'"{key}" is not a key here.{suggestion(key, fields)}'
                self.findings.append(place.finding(path, message))
        for name, field in fields.items():
            if field.required and name not in node.entries:
                self._note(node, path, f'the key "{name}" is missing')
        return {
            key: self.fit(value, fields[key].type, f"{path}.{key}" if path else key)
            for key, (_, value) in node.entries.items()
            if key in fields
        }

    def _dict(self, node: Node, wanted: inspect.DictType, path: str) -> dict[str, object]:
        if not isinstance(node, Mapping):
            self._note(node, path, f"found {_found(node)}, wanted a group of keys")
            return {}
        return {
            key: self.fit(value, wanted.value_type, f"{path}.{key}" if path else key)
            for key, (_, value) in node.entries.items()
        }

    def _list(
        self, node: Node, wanted: inspect.ListType | inspect.VarTupleType, path: str
    ) -> list[object]:
        if not isinstance(node, Sequence):
            self._note(node, path, f"found {_found(node)}, wanted a list")
            return []
        if wanted.min_length is not None and len(node.items) < wanted.min_length:
            self._note(node, path, f"has {len(node.items)}, wanted at least {wanted.min_length}")
        if wanted.max_length is not None and len(node.items) > wanted.max_length:
            self._note(node, path, f"has {len(node.items)}, wanted at most {wanted.max_length}")
        return [
            self.fit(item, wanted.item_type, f"{path}[{index}]")
            for index, item in enumerate(node.items)
        ]

    def _scalar(self, node: Node, wanted: inspect.Type, path: str) -> object:
        if not isinstance(node, Scalar):
            self._note(node, path, f"found {_found(node)}, wanted {_words(wanted)}")
            return None
        if not node.text.strip() and not node.quoted:
            self._note(node, path, f"has no value, wanted {_words(wanted)}")
            return None
        value = _value(node.text, wanted)
        if value is None:
            known = _known(wanted)
            help_ = suggestion(node.text, known) if known else ""
            self._note(node, path, f"{_quote(node.text)} is not {_words(wanted)}.{help_}")
        return value


def _one_of(node: Node, wanted: inspect.UnionType) -> inspect.Type:
    """Choose the branch of a union by the shape of the node; text wins among scalars."""
    kinds = [kind for kind in wanted.types if not isinstance(kind, inspect.NoneType)]
    if isinstance(node, Scalar):
        texts = [kind for kind in kinds if isinstance(_bare(kind), inspect.StrType)]
        return (texts or kinds)[0]
    shapes: tuple[type, ...] = (inspect.StructType, inspect.DictType)
    if isinstance(node, Sequence):
        shapes = (inspect.ListType, inspect.VarTupleType)
    return next((kind for kind in kinds if isinstance(_bare(kind), shapes)), kinds[0])


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _known(wanted: inspect.Type) -> list[str]:
    return [str(one) for one in wanted.values] if isinstance(wanted, inspect.LiteralType) else []


def _value(text: str, wanted: inspect.Type) -> object:
    """Read a scalar as the wanted type; None when it is not one."""
    if isinstance(wanted, inspect.StrType):
        return text if _fits_text(text, wanted) else None
    if isinstance(wanted, inspect.IntType):
        return int(text) if _WHOLE.fullmatch(text) and _fits_int(int(text), wanted) else None
    if isinstance(wanted, inspect.BoolType):
        return _TRUTH.get(text)
    if isinstance(wanted, inspect.DateType):
        return _date(text)
    if isinstance(wanted, inspect.LiteralType):
        return text if text in wanted.values else None
    raise TypeError(f"no data file holds a {wanted}")


def _fits_text(text: str, wanted: inspect.StrType) -> bool:
    if wanted.pattern is not None and not re.search(wanted.pattern, text):
        return False
    longest = wanted.max_length
    return len(text) >= (wanted.min_length or 0) and (longest is None or len(text) <= longest)


def _fits_int(value: int, wanted: inspect.IntType) -> bool:
    return (wanted.ge is None or value >= wanted.ge) and (wanted.le is None or value <= wanted.le)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _words(wanted: inspect.Type) -> str:
    """Say in words what is wanted."""
    if isinstance(wanted, inspect.StrType):
        return _text_words(wanted)
    if isinstance(wanted, inspect.IntType):
        low, high = wanted.ge, wanted.le
        span = f" from {low} to {high}" if low is not None and high is not None else ""
        return f"a whole number{span or (f' of at least {low}' if low is not None else '')}"
    if isinstance(wanted, inspect.BoolType):
        return "true or false"
    if isinstance(wanted, inspect.DateType):
        return "a date that exists, written 2026-11-24"
    return "one of the known words"


def _text_words(wanted: inspect.StrType) -> str:
    if wanted.pattern is not None:
        return f"text of the form {wanted.pattern}"
    least = f"at least {wanted.min_length}" if wanted.min_length else ""
    most = f"at most {wanted.max_length}" if wanted.max_length else ""
    both = " and ".join(part for part in (least, most) if part)
    return f"text of {both} characters" if both else "text"
