"""The first visible sheet of an XLSX file as rows of cells; nothing in it is worked out; pure.

A reader of our own, because it needs a hundredth of what the libraries do: openpyxl (MIT) has had
no release since June 2024 and reads formulas, pictures and styles that nobody wants from a
stranger's file. This one opens four parts of the archive, each with a limit, and refuses any DTD.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Literal
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from msgspec import Struct

from payment_adapters.contract import Malformed

LARGEST_PART = 64 * 1024 * 1024
LARGEST_RATIO = 200
MOST_PARTS = 1_000
MOST_COLUMNS = 256
MOST_ROWS = 100_000
LONGEST_CELL = 5_000
_SMALL = 1024 * 1024
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+")
_BROKEN = (BadZipFile, LookupError, ValueError, RuntimeError, OSError, EOFError, zlib.error)
_NOT_READ = "Tệp XLSX bị hỏng hoặc không đọc được."


class Cell(Struct, frozen=True):
    """One cell: text as typed, a number as the file writes it, or a formula, never its result."""

    text: str = ""
    kind: Literal["text", "number", "formula"] = "text"


class Row(Struct, frozen=True):
    """One row and its number in the file."""

    number: int
    cells: tuple[Cell, ...]


def rows_of(body: bytes) -> Iterator[Row]:
    """Give the rows of the first sheet that is not hidden; Malformed says in a sentence why not."""
    try:
        with ZipFile(BytesIO(body)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise Malformed("Tệp XLSX có quá nhiều phần.")
            sheet = _sheet(archive)
            strings = _strings(archive)
            found = _Sheet(strings)
            _walk(_part(archive, sheet), found)
    except _BROKEN:
        raise Malformed(_NOT_READ) from None
    return iter(found.rows)


def _part(archive: ZipFile, name: str) -> bytes:
    """Read one part, at most as large as its limit and its packed size allow."""
    info = archive.getinfo(name)
    most = min(LARGEST_PART, max(_SMALL, info.compress_size * LARGEST_RATIO))
    with archive.open(info) as part:
        content = part.read(most + 1)
    if len(content) > most:
        raise Malformed("Tệp XLSX nở ra quá lớn.")
    return content


def _sheet(archive: ZipFile) -> str:
    book = _Names("sheet", "workbookPr")
    _walk(_part(archive, "xl/workbook.xml"), book)
    if any(one.get("date1904") in {"1", "true"} for one in book.found["workbookPr"]):
        raise Malformed("Tệp XLSX đếm ngày từ năm 1904. Hãy lưu lại thành .csv.")
    seen = [one for one in book.found["sheet"] if one.get("state", "visible") == "visible"]
    links = _Names("Relationship")
    _walk(_part(archive, "xl/_rels/workbook.xml.rels"), links)
    targets = {one["Id"]: one["Target"] for one in links.found["Relationship"]}
    if not seen:
        raise Malformed("Tệp XLSX không có trang tính nào.")
    target = targets[seen[0]["id"]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _strings(archive: ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    found = _Strings()
    _walk(_part(archive, name), found)
    return found.texts


# -- reading XML: three small listeners ------------------------------------------------------------


class _Listener:
    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""

    def end(self, tag: str) -> None:
        """Hear that it ends."""

    def data(self, text: str) -> None:
        """Hear its text."""


class _Names(_Listener):
    """Collects the attributes of the elements that are asked for."""

    def __init__(self, *tags: str) -> None:
        self.found: dict[str, list[dict[str, str]]] = {tag: [] for tag in tags}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self.found:
            self.found[tag].append(attributes)


class _Strings(_Listener):
    """Collects the shared texts; the reading aids of Japanese are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = False
        self._aid = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        del attributes
        if tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._aid = True
        self._inside = tag == "t" and not self._aid

    def end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append("".join(self._pieces))
        elif tag == "rPh":
            self._aid = False
        self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)


class _Sheet(_Listener):
    """Collects the rows of a sheet."""

    def __init__(self, strings: list[str]) -> None:
        self.rows: list[Row] = []
        self._strings = strings
        self._number = 0
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._kind = ""
        self._formula = False
        self._pieces: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._cells, self._column = {}, -1
        elif tag == "c":
            self._column = _column(attributes.get("r", ""), after=self._column)
            self._kind = attributes.get("t", "n")
            self._formula, self._pieces = False, []
        elif tag == "f":
            self._formula = True
        self._inside = tag in {"v", "t"}

    def end(self, tag: str) -> None:
        self._inside = False
        if tag == "c":
            self._cells[self._column] = self._cell("".join(self._pieces))
        elif tag == "row":
            width = max(self._cells, default=-1) + 1
            cells = tuple(self._cells.get(column, Cell()) for column in range(width))
            self.rows.append(Row(number=self._number, cells=cells))
            if len(self.rows) > MOST_ROWS:
                raise Malformed(f"Dòng {self._number}: tệp quá dài.")

    def data(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _cell(self, text: str) -> Cell:
        if self._formula:
            return Cell(kind="formula")
        if self._kind == "s":
            text = self._strings[int(text)]
        if len(text) > LONGEST_CELL:
            raise Malformed(f"Dòng {self._number}: một ô quá dài.")
        return Cell(text=text.strip(), kind="number" if self._kind == "n" and text else "text")


def _column(reference: str, *, after: int) -> int:
    match = _CELL.fullmatch(reference)
    column = after + 1
    if match:
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        column -= 1
    if column >= MOST_COLUMNS:
        raise Malformed(_NOT_READ)
    return column


def _walk(content: bytes, listener: _Listener) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        plain = {name.rpartition(" ")[2]: value for name, value in attributes.items()}
        listener.start(tag.rpartition(" ")[2], plain)

    def refuse(*_: object) -> None:
        raise Malformed("Tệp XLSX có khai báo DTD, không được nhận.")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: listener.end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = listener.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat's own word for the last piece
    except expat.ExpatError:
        raise Malformed(_NOT_READ) from None
