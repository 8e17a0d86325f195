"""The issuer of this house counts its books by itself."""

import pytest

from backend.fee_receipts.issuers import NoNumber, OwnBooks
from backend.platform import db
from backend.platform.settings import ReceiptBook
from tests.backend.fee_receipts.kit import WARD, Conformance, wanted

OTHER = "om-thoi-an"


def book(kind, *, unit=WARD, series="AA-26E", first=1):
    form = "01BLP2-001" if kind == "phi" else "01BLLP2-001"
    return ReceiptBook(
        unit=unit, kind=kind, form=form, series=series, name="UBND phường Mẫu",
        tax_code="0100000000", first=first,
    )  # fmt: skip


@pytest.fixture
def issuer(database):
    return OwnBooks([book("phi"), book("le_phi"), book("le_phi", unit=OTHER)])


class TestOwn(Conformance):
    """The kit, played by our own books."""


async def test_units_are_counted_apart(issuer):
    mine = [(await issuer.issue(wanted())).number for _ in range(2)]
    theirs = (await issuer.issue(wanted(unit=OTHER))).number

    assert (mine, theirs) == (["0000001", "0000002"], "0000001")


async def test_a_book_begins_where_the_paper_one_ended_and_ends_at_seven_digits(database):
    issuer = OwnBooks([book("le_phi", first=9_999_999)])

    last = await issuer.issue(wanted())

    assert last.number == "9999999"
    with pytest.raises(NoNumber, match="full"):
        await issuer.issue(wanted())


async def test_the_next_series_begins_anew_and_an_old_receipt_keeps_its_number(database):
    asked = wanted()
    old = await OwnBooks([book("le_phi")]).issue(asked)

    following = OwnBooks([book("le_phi", series="AB-27E"), book("le_phi")])

    assert (await following.issue(wanted())).series == "AB-27E"
    assert await following.issue(asked) == old


async def test_a_unit_without_a_book_gets_no_number(database):
    with pytest.raises(NoNumber, match="no book"):
        await OwnBooks([]).issue(wanted())


async def test_a_number_whose_transaction_fails_is_not_used_up(issuer):
    first = await issuer.issue(wanted())

    with pytest.raises(RuntimeError, match="power"):  # noqa: PT012 - the fault of the test
        async with db.transaction():
            await issuer.issue(wanted())
            raise RuntimeError("power cut")

    assert int((await issuer.issue(wanted())).number) == int(first.number) + 1


async def test_numbers_are_never_changed_or_deleted(issuer):
    await issuer.issue(wanted())

    for statement in ("UPDATE receipt_numbers SET number = 7", "DELETE FROM receipt_numbers"):
        with pytest.raises(Exception, match="never changed"):
            await db.execute(statement)
