"""The issuer of this house: counts each book by itself, one after the other and without gaps.

A book is a unit, a kind, a form and a series. Its row is locked while a number is taken, and the
number is kept under the receipt's id in the same transaction: all or nothing.
"""

from collections.abc import Sequence
from uuid import UUID

from backend.fee_receipts import store
from backend.fee_receipts.issuers.contract import NoNumber
from backend.fee_receipts.model.receipts import (
    LAST_NUMBER,
    TITLES,
    Collector,
    Numbered,
    Wanted,
)
from backend.payments import FeeKind
from backend.platform import db
from backend.platform.settings import ReceiptBook


class OwnBooks:
    """Numbers receipts out of the books that the settings name."""

    id = "own"

    def __init__(self, books: Sequence[ReceiptBook]) -> None:
        """Take the books; the first that fits a unit and kind is the open one."""
        self._books = tuple(books)

    def collector(self, unit: str, kind: FeeKind) -> Collector | None:
        """Say who collects, as the open book does."""
        book = self._open(unit, kind)
        if book is None:
            return None
        return Collector(
            title=book.title or TITLES[kind],
            name=book.name,
            tax_code=book.tax_code,
            checked=book.checked,
        )

    async def issue(self, wanted: Wanted) -> Numbered:
        """Take the next number of the open book, or give the one that the receipt has."""
        book = self._open(wanted.unit, wanted.kind)
        if book is None:
            raise NoNumber(f"no book of {wanted.kind} for {wanted.unit}")
        async with db.transaction():
            last = await store.lock_book(
                book.unit, book.kind, book.form, book.series, start=book.first - 1
            )
            there = await store.number_of(wanted.receipt)
            if there is not None:
                return there
            if last >= LAST_NUMBER:
                raise NoNumber(f"the book {book.form} {book.series} of {book.unit} is full")
            return await store.take_number(
                wanted.receipt, book.unit, book.form, book.series, last + 1, at=wanted.at
            )

    async def void(self, receipt: UUID, *, reason: str) -> None:
        """Do nothing: the receipt's own row says that it is void, and its number stays taken."""

    def _open(self, unit: str, kind: FeeKind) -> ReceiptBook | None:
        return next((one for one in self._books if (one.unit, one.kind) == (unit, kind)), None)
