"""A bank's statement (sao kê): which columns of its file mean what, and what each line tells; pure.

Every line is read or none is. A formula is never worked out, money that goes out is no payment to
us, and a line without the bank's own reference is left to a person: a notice may have told of it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Literal

from msgspec import Meta, Struct

from payment_adapters.bank_notice.names import VIETNAM, name_of
from payment_adapters.bank_notice.sheets import rows_of
from payment_adapters.bank_notice.xlsx import Cell, Row
from payment_adapters.contract import NAMELESS, Malformed, Observation, StatementLine

_Title = Annotated[str, Meta(min_length=1, max_length=100)]
_MONEY = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,13}|[0-9]{1,3}(?:(?P<group>[., \u00a0])[0-9]{3})"
    r"(?:(?P=group)[0-9]{3}){0,3})(?P<rest>[.,]00?)?(?: ?(?:VND|VNĐ|đ))?"
)
_WHOLE = re.compile(r"-?[0-9]+(?:\.0{1,2})?")
_NUMBER = re.compile(r"[0-9]{1,20}")
_NO_TITLE = frozenset({"moments", "of"})
_LARGEST = 10**12
_HEADER_WITHIN = 60
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=VIETNAM)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]{1,12})?")


class Columns(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The titles of a bank's columns, as its file writes them, and how it writes a moment.

    `credit` may hold signed amounts; `debit` is named where money that goes out has its own column.
    `of` says whose file it is: then `reference` holds the bank's name of a movement, or the
    notice service's own number.
    """

    moment: _Title
    credit: _Title
    memo: _Title
    reference: _Title | None = None
    debit: _Title | None = None
    account: _Title | None = None
    of: Literal["bank", "service"] = "bank"
    moments: Annotated[tuple[_Title, ...], Meta(min_length=1)] = (
        "%d/%m/%Y %H:%M:%S",
        "%d/%m/%Y %H:%M",
        "%d/%m/%Y",
        "%Y-%m-%d %H:%M:%S",
    )


def read(body: bytes, columns: Columns, *, account: str) -> tuple[StatementLine, ...]:
    """Read a file's lines of money that came in; a line that stands twice is given once."""
    rows = iter(rows_of(body))
    places = _header(rows, columns)
    found: dict[str, StatementLine] = {}
    ended = 0
    for row in rows:
        line = _Line(row, places, columns)
        if line.is_nothing():
            continue
        if line.is_sum():
            ended = ended or (row.number if found else 0)
            continue
        if ended:
            raise Malformed(f"Dòng {ended}: thiếu ngày giao dịch.")
        seen = line.seen(account)
        if seen is not None:
            found.setdefault(_identity(seen), StatementLine(line=row.number, seen=seen))
    return tuple(found.values())


def money(text: str) -> int | None:
    """Read an amount as Vietnamese and English files write it; None when it is none."""
    match = _MONEY.fullmatch(text)
    if match is None or (match["rest"] and match["rest"][0] == match["group"]):
        return None
    amount = int(re.sub(r"[^0-9]", "", match["whole"]))
    if amount > _LARGEST:
        return None
    return -amount if match["sign"] == "-" else amount


def plain(title: str) -> str:
    """Write a title so that case, spaces and the way of writing accents do not matter."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


class _Line:
    """One row under the header, with the cells that the settings name."""

    def __init__(self, row: Row, places: dict[str, int], columns: Columns) -> None:
        self.number = row.number
        self._cells = row.cells
        self._places = places
        self._columns = columns

    def cell(self, title: str | None) -> Cell:
        place = self._places[plain(title)] if title else -1
        return self._cells[place] if 0 <= place < len(self._cells) else Cell()

    def is_nothing(self) -> bool:
        """Tell whether the row is empty, or the titles once more."""
        moment = self.cell(self._columns.moment)
        again = bool(moment.text) and plain(moment.text) == plain(self._columns.moment)
        return again or not any(cell.text or cell.kind == "formula" for cell in self._cells)

    def is_sum(self) -> bool:
        """Tell whether it has no moment, as a balance or a sum; a movement has a reference."""
        columns = self._columns
        undated = not self._text(columns.moment)
        if undated and self._name():
            raise self._fault(columns.moment, "thiếu ngày giao dịch")
        return undated

    def seen(self, account: str) -> Observation | None:
        """Give what the line tells; None when nothing came in."""
        columns = self._columns
        amount = self._amount()
        if amount is None or amount <= 0:
            return None
        occurred_at = self._moment()
        memo = self._text(columns.memo)
        own_account = self._text(columns.account) or account
        if not own_account:
            raise Malformed(f"Dòng {self.number}: không biết tài khoản nào nhận tiền.")
        told = f"{own_account}\0{occurred_at.isoformat()}\0{amount}\0{memo}"
        nameless = f"{NAMELESS}{sha256(told.encode()).hexdigest()[:24]}"
        txn = self._name() or nameless
        return Observation(
            status="review" if txn == nameless else "succeeded",
            amount=amount,
            account=own_account,
            memo=memo,
            txn=txn,
            occurred_at=occurred_at,
            code="no-reference" if txn == nameless else "",
        )

    def _name(self) -> str:
        """Give the name under which a notice tells of the same movement; empty without one."""
        text = self._text(self._columns.reference)
        if self._columns.of == "service":
            return text if _NUMBER.fullmatch(text) else ""
        return name_of(text, otherwise="")

    def _amount(self) -> int | None:
        columns = self._columns
        if not self._text(columns.credit) and self._money(columns.debit) is not None:
            return None
        amount = self._money(columns.credit)
        if amount is None:
            raise self._fault(columns.credit, "không phải số đồng nguyên")
        return amount

    def _money(self, title: str | None) -> int | None:
        text = self._text(title)
        if self.cell(title).kind == "number" and not _WHOLE.fullmatch(text):
            return None  # 15.125 is a number with a fraction there, and no fifteen thousand
        return money(text)

    def _moment(self) -> datetime:
        columns = self._columns
        cell = self.cell(columns.moment)
        if cell.kind == "number" and _SERIAL.fullmatch(cell.text):
            seconds = round(float(cell.text) * 86_400)  # not money: a day and its part
            return _DAY_ZERO + timedelta(seconds=seconds)
        for form in columns.moments:
            try:
                return datetime.strptime(cell.text, form).replace(tzinfo=VIETNAM)
            except ValueError:
                continue
        raise self._fault(columns.moment, "không phải ngày giờ theo mẫu đã khai")

    def _text(self, title: str | None) -> str:
        cell = self.cell(title)
        if cell.kind == "formula":
            raise self._fault(title or "", "là công thức, không được nhận")
        return cell.text

    def _fault(self, title: str, what: str) -> Malformed:
        return Malformed(f"Dòng {self.number}, cột “{title}”: {what}.")


def _header(rows: Iterator[Row], columns: Columns) -> dict[str, int]:
    """Find the row that holds every title; what stands above it is the bank's own heading."""
    named = (getattr(columns, name) for name in columns.__struct_fields__ if name not in _NO_TITLE)
    wanted = [title for title in named if title]
    for row in rows:
        places = _places(row.cells)
        if all(plain(title) in places for title in wanted):
            return places
        if row.number > _HEADER_WITHIN:
            break
    titles = ", ".join(f"“{title}”" for title in wanted)
    raise Malformed(f"Dòng 1: không thấy hàng tiêu đề có đủ các cột {titles}.")


def _places(cells: Sequence[Cell]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        places.setdefault(plain(cell.text), place)
    return places


def _identity(seen: Observation) -> str:
    return "\0".join((seen.account or "", seen.txn or "", str(seen.amount)))
