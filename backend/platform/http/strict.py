"""Strict JSON bodies: no numbers in strings, no fractions for money, faults with their place.

A handler declares `data: Submission` with `dto=Strict[Submission]`. Litestar's own decoding takes
`"8000"` and `8000.0` for an integer and answers 500 to deep nesting; this one does neither.
"""

import re
from typing import Generic, TypeVar

import msgspec
from litestar._openapi.schema_generation import SchemaCreator
from litestar.dto import MsgspecDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition
from msgspec import Struct

from backend.platform.kit.errors import Fault, Malformed, Unprocessable

T = TypeVar("T", bound=Struct)
B = TypeVar("B")


class Strict(MsgspecDTO[T], Generic[T]):
    """Decodes the body of a request into the Struct T, strictly."""

    def decode_bytes(self, value: bytes) -> T:
        """Decode a body; Malformed 400 or Unprocessable 422."""
        return decode(value, self.model_type)

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: SchemaCreator
    ) -> Reference | Schema:
        """Describe T itself: the transfer type of the DTO cannot bound optional texts."""
        del field_definition, handler_id
        return schema_creator.for_field_definition(FieldDefinition.from_annotation(cls.model_type))


def decode(raw: bytes, kind: type[B]) -> B:
    """Decode a JSON body strictly: Malformed when it is no JSON, Unprocessable with the place."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as fault:
        _refuse_what_is_no_json(raw)
        raise Unprocessable(errors=[fault_of(str(fault))]) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Malformed from None


def _refuse_what_is_no_json(raw: bytes) -> None:
    """Read to the end what was refused at its first wrong place: it may be no JSON at all."""
    try:
        msgspec.json.decode(raw)
    except msgspec.ValidationError:
        return  # JSON, with a number beyond all bounds
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Malformed from None


def fault_of(message: str) -> Fault:
    """Turn msgspec's sentence into a fault with a JSON pointer and a sentence in both languages."""
    what, _, path = message.partition(" - at `")
    pointer = _pointer(path.rstrip("`"))
    for pattern, code, vi, en in _KINDS:
        if found := pattern.match(what):
            named = found.groupdict()
            if field := named.get("field"):
                pointer += "/" + field.replace("~", "~0").replace("/", "~1")
            return Fault(
                pointer=pointer,
                code=code,
                message_vi=vi.format(**named),
                message_en=en.format(**named),
            )
    return Fault(
        pointer=pointer,
        code="wrong",
        message_vi="Giá trị này không dùng được. Sửa lại rồi gửi.",
        message_en="This value cannot be used.",
    )


def _pointer(path: str) -> str:
    """`$.papers[0].files` reads `/papers/0/files`; keys of free tables are not named by msgspec."""
    steps = re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", path)
    return "".join(f"/{name or place}" for name, place in steps if place != "...")


_KINDS = tuple(
    (re.compile(pattern), code, vi, en)
    for pattern, code, vi, en in (
        (
            r"Object missing required field `(?P<field>[^`]+)`",
            "missing",
            "Thiếu mục này.",
            "This value is missing.",
        ),
        (
            r"Object contains unknown field `(?P<field>[^`]+)`",
            "unknown",
            "Mục này không có trong biểu mẫu.",
            "This form has no such value.",
        ),
        (
            r"Expected `(str|array|bytes|object)` of length <= (?P<most>\d+)",
            "too-long",
            "Dài quá, nhiều nhất {most}.",
            "Too long, at most {most}.",
        ),
        (
            r"Expected `(str|array|bytes|object)` of length >= (?P<least>\d+)",
            "too-short",
            "Ngắn quá, ít nhất {least}.",
            "Too short, at least {least}.",
        ),
        (
            r"Expected `(int|float)` <=? (?P<most>-?\d+)",
            "too-big",
            "Số lớn quá, nhiều nhất {most}.",
            "The number is too large, at most {most}.",
        ),
        (
            r"Expected `(int|float)` >=? (?P<least>-?\d+)",
            "too-small",
            "Số nhỏ quá, ít nhất {least}.",
            "The number is too small, at least {least}.",
        ),
        (
            r"Expected `str` matching regex",
            "pattern",
            "Viết chưa đúng mẫu. Kiểm tra lại.",
            "Not of the expected form. Look at it again.",
        ),
        (
            r"Invalid enum value",
            "choice",
            "Chọn một trong các giá trị có sẵn.",
            "Choose one of the values offered.",
        ),
        (
            r"Invalid (RFC3339 encoded datetime|.*date|.*time)",
            "date",
            "Ngày giờ không đúng. Viết như 2026-11-22.",
            "Not a right date or time. Write it like 2026-11-22.",
        ),
        (
            r"(Expected|Invalid|Integer|Number)",
            "type",
            "Giá trị không đúng kiểu. Sửa lại rồi gửi.",
            "Not the right kind of value. Correct it and send again.",
        ),
    )
)
