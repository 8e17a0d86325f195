"""Files of tables as rows of cells: CSV in the encodings that banks use, and XLSX; pure.

XLSX is read by `xlsx`; here the encoding of a text file is recognised or refused, never guessed.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from payment_adapters.bank_notice import xlsx
from payment_adapters.bank_notice.xlsx import Cell, Row
from payment_adapters.contract import Malformed

LARGEST_FILE = 16 * 1024 * 1024
LONGEST_CELL = 5_000
MOST_ROWS = 100_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MARKS = "".join(map(chr, (0x300, 0x301, 0x303, 0x309, 0x323)))
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_LETTERS = frozenset(
    unicodedata.normalize("NFC", vowel + mark) for vowel in _VOWELS for mark in ("", *_MARKS)
) | frozenset("đĐ₫ \u00a0–—‘’“”…•")
"""What may stand beside ASCII in a Vietnamese file; anything else means another encoding."""


def rows_of(body: bytes) -> Iterator[Row]:
    """Give the rows of a file with their numbers in it; Malformed says in a sentence why not."""
    if len(body) > LARGEST_FILE:
        raise Malformed("Tệp lớn hơn 16 MB.")
    if body.startswith(_OLD_EXCEL):
        raise Malformed("Tệp Excel cũ hoặc có mật khẩu. Hãy lưu lại thành .xlsx hoặc .csv.")
    if body.startswith(b"PK"):
        return xlsx.rows_of(body)
    text = _text_of(body)
    if text.lstrip()[:1] == "<":
        raise Malformed("Dòng 1: tệp là trang web, không phải bảng. Hãy lưu lại thành .xlsx.")
    return _csv_rows(text)


def _csv_rows(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), start=1):
        if "\x00" in line:
            raise Malformed(f"Dòng {number}: có ký tự rỗng, tệp không phải văn bản.")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    before, count = 0, 0
    try:
        for cells in reader:
            count += 1
            if count > MOST_ROWS or max(map(len, cells), default=0) > LONGEST_CELL:
                raise Malformed(f"Dòng {before + 1}: tệp quá dài.")
            yield Row(number=before + 1, cells=tuple(Cell(text=cell.strip()) for cell in cells))
            before = reader.line_num
    except csv.Error:
        raise Malformed(f"Dòng {before + 1}: dấu ngoặc kép không khép lại.") from None


def _delimiter(text: str) -> str:
    """Choose the mark that stands most often in the ten fullest lines."""
    told = re.match(r"sep=([,;\t|])\r?\n", text)
    if told:
        return told[1]
    counts = {
        mark: sum(sorted((line.count(mark) for line in text.splitlines()), reverse=True)[:10])
        for mark in ",;\t|"
    }
    return max(counts, key=lambda mark: counts[mark])


def _text_of(body: bytes) -> str:
    if body.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise Malformed("Dòng 1: bảng mã UTF-32. Hãy lưu lại thành UTF-8.")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(body, "utf-16")
    if b"\x00" in body[:200]:
        return _decoded(body, "utf-16-be" if body[:1] == b"\x00" else "utf-16-le")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _old_vietnamese(body)


def _decoded(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as fault:
        line = body[: fault.start].decode(encoding, "replace").count("\n") + 1
        raise Malformed(f"Dòng {line}: bảng mã UTF-16 bị hỏng.") from None


def _old_vietnamese(body: bytes) -> str:
    """Read windows-1258 if every letter is then a Vietnamese one; refuse the line otherwise."""
    lines = body.splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        try:
            text = unicodedata.normalize("NFC", line.decode("cp1258"))
        except UnicodeDecodeError:
            text = "\ufffd"
        if any(not letter.isascii() and letter not in _LETTERS for letter in text):
            raise Malformed(f"Dòng {number}: không nhận ra bảng mã. Hãy lưu lại thành UTF-8.")
    return unicodedata.normalize("NFC", body.decode("cp1258"))
