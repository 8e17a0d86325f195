"""Checks one answer (kiểm tra một câu trả lời): its shape at any time, its content at submission.

Words are those of the form: what is wrong with the value, and how to mend it. The PWA makes the
same checks; `procedures/vectors/fields.json` keeps both together.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from backend.catalogue.model import dates
from backend.catalogue.model.conditions import is_filled
from backend.catalogue.model.definition import Field
from backend.catalogue.model.wrong import Wrong
from backend.platform.kit.errors import Fault
from backend.platform.kit.vietnamese import (
    has_control_characters,
    narrow,
    nfc,
    one_line,
    phone_digits,
)

LONGEST = {
    "name": 120,
    "personal_number": 20,
    "phone": 20,
    "email": 254,
    "text": 200,
    "long_text": 2000,
    "choice": 48,
    "date": 10,
    "partial_date": 10,
}
FIGURES = ("personal_number", "phone", "date", "partial_date", "number", "money")
FIXED = ("choice", "date", "partial_date")
ADDRESS_PARTS = {"province": 120, "ward": 120, "street": 200}
LARGEST = 10**12
MOST_ROWS = 50
NUMBER_LENGTH = 12

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
_NO_SUCH_PHONE = re.compile(r"(00(?!84)|01)[0-9]{8}", re.ASCII)
_OLD_PHONE = re.compile(r"(?:\+84|0084|84|0)(1[0-9]{2})([0-9]{7})", re.ASCII)
_FAR_TOO_LONG = re.compile(r"[0-9]{16,}", re.ASCII)
_BETWEEN_DIGITS = re.compile(r"[\s.]", re.ASCII)
_ROW = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


SHAPE = Wrong(
    "shape",
    "Câu trả lời gửi lên sai dạng. Tải lại trang rồi trả lời lại.",
    "This answer came in a wrong form. Reload the page and answer again.",
)
UNKNOWN = Wrong(
    "unknown",
    "Mẫu này không hỏi câu đó. Tải lại trang để dùng mẫu mới nhất.",
    "This form does not ask that. Reload the page to use the current form.",
)
HIDDEN = Wrong(
    "hidden-characters",
    "Có ký tự ẩn không đọc được. Xóa đi và gõ lại.",
    "There are hidden characters. Delete the text and type it again.",
)
CHOOSE = Wrong("choose", "Chọn một câu trả lời", "Choose one answer")
DECLARE = Wrong(
    "declare", "Đánh dấu vào lời cam đoan trước khi gửi", "Tick the declaration before sending"
)
NAME = Wrong(
    "name",
    "Họ tên phải có chữ cái. Ghi như trên giấy tờ.",
    "A name has letters. Write it as on your papers.",
)
PHONE = Wrong(
    "phone",
    "Số điện thoại bắt đầu bằng 0, có 10 số; máy bàn có 11 số",
    "A phone number begins with 0 and has 10 digits, a landline 11",
)
# Mobile numbers of eleven digits got new beginnings in 2018; the rest of the number stayed.
PHONES_OF_2018 = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    **{f"16{one}": f"3{one}" for one in range(2, 10)},
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip
PHONES = Wrong("too-long", "Chỉ ghi một số điện thoại", "Write one phone number only")
NUMBER_ZEROS = Wrong(
    "idnumber",
    "Số định danh không bắt đầu bằng 000. Xem lại số trên thẻ căn cước.",
    "A personal number does not begin with 000. Look at it on the identity card.",
)
EMAIL = Wrong(
    "email", "Email có dạng ten@noi.vn. Kiểm tra lại.", "An e-mail looks like name@place.vn"
)
ROW = Wrong(
    "row", "Có dòng bị trùng. Xóa dòng đó và thêm lại.", "A row is doubled. Delete and add it again"
)


def tidied(field: Field, value: Any) -> Any:
    """Bring an answer into its stored form: composed letters, and of one line where it has one."""
    if isinstance(value, str) and field.kind in FIGURES:
        value = narrow(value)
    if isinstance(value, str) and field.kind not in FIXED:
        return nfc(value) if field.kind == "long_text" else one_line(value)
    if field.kind == "address" and isinstance(value, Mapping):
        return {
            part: one_line(text) if isinstance(text, str) else text for part, text in value.items()
        }
    if field.kind == "rows" and isinstance(value, list):
        columns = {column.id: column for column in field.columns}
        return [_tidied_row(row, columns) for row in value]
    return value


def _tidied_row(row: Any, columns: Mapping[str, Field]) -> Any:
    if not isinstance(row, Mapping):
        return row
    return {
        key: tidied(columns[key], inner) if key in columns else inner for key, inner in row.items()
    }


def shape_faults(field: Field, value: object, pointer: str) -> Iterator[Fault]:
    """Check what even a draft must keep: kind of JSON value, lengths, known columns."""
    value = tidied(field, value)
    if value is None or value == "":
        return
    if field.kind in LONGEST:
        yield from _text_shape(value, longest_of(field), pointer, kind=field.kind)
    elif field.kind in ("number", "money"):
        yield from _number_shape(field, value, pointer)
    elif field.kind in ("yes_no", "declaration"):
        if type(value) is not bool:
            yield SHAPE.at(pointer)
    elif field.kind == "address":
        yield from _address_shape(value, pointer)
    else:
        yield from _rows_shape(field, value, pointer)


def content_faults(field: Field, value: object, pointer: str, *, today: date) -> Iterator[Fault]:
    """Check an answer as it is handed in: present where required, and true to its kind."""
    value = tidied(field, value)
    shape = list(shape_faults(field, value, pointer))
    if shape:
        yield from shape
    elif field.kind == "address":
        yield from _address(field, value, pointer)
    elif field.kind == "rows":
        yield from _rows(field, value, pointer, today=today)
    elif not is_filled(value):
        if field.required:
            yield _missing(field).at(pointer)
    else:
        check = _CHECKS.get(field.kind)
        wrong = check(field, value, today) if check else None
        if wrong is not None:
            yield wrong.at(pointer)


def longest_of(field: Field) -> int:
    """Say how many characters a text may have."""
    return field.max_length or LONGEST[field.kind]


def _text_shape(value: object, longest: int, pointer: str, *, kind: str) -> Iterator[Fault]:
    if not isinstance(value, str) or (kind in FIXED and len(value) > longest):
        yield SHAPE.at(pointer)
    elif len(value) > longest and kind == "phone":
        yield PHONES.at(pointer)
    elif len(value) > longest:
        yield Wrong(
            "too-long",
            f"Chỉ ghi được {longest} ký tự, bạn đã ghi {len(value)}",
            f"At most {longest} characters fit, you wrote {len(value)}",
        ).at(pointer)
    elif has_control_characters(value, lines=kind == "long_text"):
        yield HIDDEN.at(pointer)


def _number_shape(field: Field, value: object, pointer: str) -> Iterator[Fault]:
    if _is_far_too_large(value):
        most = f"{_most(field):,}"
        vi, en = most.replace(",", "."), most
        yield Wrong(
            "too-large",
            f"Số này quá lớn. Lớn nhất là {vi}.",
            f"This number is too large. The largest is {en}.",
        ).at(pointer)
    elif type(value) is not int or value < -LARGEST:
        yield SHAPE.at(pointer)


def _is_far_too_large(value: object) -> bool:
    if isinstance(value, str):
        return _FAR_TOO_LONG.fullmatch(_BETWEEN_DIGITS.sub("", value)) is not None
    return type(value) is int and value > LARGEST


def _most(field: Field) -> int:
    return field.max if isinstance(field.max, int) else LARGEST


def _address_shape(value: object, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield SHAPE.at(pointer)
        return
    for part, text in value.items():
        if part not in ADDRESS_PARTS:
            yield UNKNOWN.at(f"{pointer}/{part}")
        elif text is not None:
            yield from _text_shape(text, ADDRESS_PARTS[part], f"{pointer}/{part}", kind="text")


def _rows_shape(field: Field, value: object, pointer: str) -> Iterator[Fault]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        yield SHAPE.at(pointer)
        return
    columns = {column.id: column for column in field.columns}
    seen: set[str] = set()
    for index, row in enumerate(value):
        where = f"{pointer}/{index}"
        name = row.get("row") if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or not isinstance(name, str) or not _ROW.fullmatch(name):
            yield SHAPE.at(where)
            continue
        if name in seen:
            yield ROW.at(f"{where}/row")
        seen.add(name)
        for key, inner in row.items():
            if key in columns:
                yield from shape_faults(columns[key], inner, f"{where}/{key}")
            elif key != "row":
                yield UNKNOWN.at(f"{where}/{key}")


def _missing(field: Field) -> Wrong:
    if field.kind in ("choice", "yes_no"):
        return CHOOSE
    if field.kind == "declaration":
        return DECLARE
    if field.label.endswith("?"):
        asked = field.label_en or field.label
        return Wrong("empty", f"Chưa trả lời: {field.label}", f"Not answered: {asked}")
    english = _inner(field.label_en or field.label)
    return Wrong("empty", f"Chưa ghi {_inner(field.label)}", f"This is missing: {english}")


def _inner(label: str) -> str:
    """Write a label as it stands inside a sentence; CCCD stays CCCD."""
    if label[1:2].islower() or label[1:2] in {" ", ","}:
        return label[:1].lower() + label[1:]
    return label


def _personal_number(_: Field, value: Any, __: date) -> Wrong | None:
    if len(value) == NUMBER_LENGTH and value.isascii() and value.isdigit():
        return NUMBER_ZEROS if value.startswith("000") else None
    count = sum(letter.isdigit() for letter in value)
    if count == NUMBER_LENGTH:
        return Wrong(
            "idnumber",
            "Số định danh chỉ gồm 12 số, không có chữ hay dấu cách",
            "The personal number is 12 digits, without letters or spaces",
        )
    return Wrong(
        "idnumber",
        f"Số định danh có 12 số, bạn đã ghi {count}",
        f"The personal number has 12 digits, you wrote {count}",
    )


def _name(_: Field, value: Any, __: date) -> Wrong | None:
    """One word and ethnic names are names; figures and signs alone are none."""
    return None if any(letter.isalpha() for letter in value) else NAME


def _phone(_: Field, value: Any, __: date) -> Wrong | None:
    digits = re.sub(r"[\s.\-()]", "", value)
    old = _OLD_PHONE.fullmatch(digits)
    if old and old[1] in PHONES_OF_2018:
        now = f"0{PHONES_OF_2018[old[1]]}{old[2]}"
        return Wrong(
            "phone",
            f"Đầu số 0{old[1]} đã đổi từ năm 2018. Số mới là {now}.",
            f"Numbers with 0{old[1]} changed in 2018. The new one is {now}.",
        )
    known = phone_digits(value)
    none = _NO_SUCH_PHONE.fullmatch(known or digits)
    if none:
        return Wrong(
            "phone",
            f"Số điện thoại không bắt đầu bằng {none[1]}. Xem lại số của bạn.",
            f"A phone number does not begin with {none[1]}. Look at your number again.",
        )
    return None if known else PHONE


def _email(_: Field, value: Any, __: date) -> Wrong | None:
    return None if _EMAIL.fullmatch(value) else EMAIL


def _choice(field: Field, value: Any, _: date) -> Wrong | None:
    return None if value in [option.id for option in field.options] else CHOOSE


def _declaration(field: Field, value: Any, _: date) -> Wrong | None:
    return DECLARE if field.required and value is not True else None


def _number(field: Field, value: Any, _: date) -> Wrong | None:
    least = field.min if isinstance(field.min, int) else 0
    most = _most(field)
    if value < least:
        return Wrong(
            "too-small",
            f"Số nhỏ nhất là {least}, bạn đã ghi {value}",
            f"The smallest is {least}, you wrote {value}",
        )
    if value > most:
        return Wrong(
            "too-large",
            f"Số lớn nhất là {most}, bạn đã ghi {value}",
            f"The largest is {most}, you wrote {value}",
        )
    return None


def _address(field: Field, value: object, pointer: str) -> Iterator[Fault]:
    parts: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    if not field.required and not is_filled(parts):
        return
    boxes = {"ward": "phường, xã", "province": "tỉnh, thành phố"}
    for part, name in boxes.items():
        if not is_filled(parts.get(part)):
            wrong = Wrong("empty", f"Chưa ghi {name}", f"This is missing: {name}")
            yield wrong.at(f"{pointer}/{part}")


def _rows(field: Field, value: object, pointer: str, *, today: date) -> Iterator[Fault]:
    rows = value if isinstance(value, list) else []
    least = field.min if isinstance(field.min, int) else int(field.required)
    most = field.max if isinstance(field.max, int) else MOST_ROWS
    if len(rows) < least:
        vi, en = _inner(field.label), _inner(field.label_en or field.label)
        wrong = Wrong("rows", f"Thêm ít nhất {least} dòng: {vi}", f"Add at least {least}: {en}")
        yield wrong.at(pointer)
    if len(rows) > most:
        wrong = Wrong("rows", f"Chỉ ghi được {most} dòng", f"At most {most} rows fit")
        yield wrong.at(pointer)
    for index, row in enumerate(rows):
        for column in field.columns:
            where = f"{pointer}/{index}/{column.id}"
            yield from content_faults(column, row.get(column.id), where, today=today)


_CHECKS: dict[str, Callable[[Field, Any, date], Wrong | None]] = {
    "name": _name,
    "personal_number": _personal_number,
    "phone": _phone,
    "email": _email,
    "choice": _choice,
    "declaration": _declaration,
    "number": _number,
    "money": _number,
    "date": dates.whole,
    "partial_date": dates.partial,
}
