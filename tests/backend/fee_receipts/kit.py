"""The conformance kit of issuers: what each must do, whoever gives the numbers.

An issuer's test module gives the fixture `issuer` (which issues for `WARD`, both kinds, with a book
of its own for each), and subclasses `Conformance`.
"""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from backend.fee_receipts.model.receipts import Collector, Wanted
from backend.payments import Line

WARD = "om-long-hung"
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
RACERS = 16


def wanted(*, kind="le_phi", unit=WARD, receipt=None):
    line = Line("Bản sao trích lục", kind, 3, 8_000, 24_000, "NQ")
    return Wanted(
        receipt=receipt or uuid4(), unit=unit, kind=kind, amount=24_000, lines=(line,),
        payer="Nguyễn Thị Thử", at=NOON,
    )  # fmt: skip


class Conformance:
    async def test_it_says_who_collects(self, issuer):
        collector = issuer.collector(WARD, "phi")

        assert isinstance(collector, Collector)
        assert all((collector.title, collector.name, collector.tax_code))

    async def test_for_a_unit_without_a_book_nobody_collects(self, issuer):
        assert issuer.collector("nowhere", "phi") is None

    async def test_the_same_receipt_asked_twice_has_the_same_number(self, issuer):
        asked = wanted()

        first = await issuer.issue(asked)
        await issuer.issue(wanted())

        assert await issuer.issue(asked) == first

    async def test_sixteen_at_once_for_one_receipt_get_one_number(self, issuer):
        asked = wanted()

        given = await asyncio.gather(*(issuer.issue(asked) for _ in range(RACERS)))
        after = await issuer.issue(wanted())

        assert len({one.number for one in given}) == 1
        assert int(after.number) == int(given[0].number) + 1

    async def test_sixteen_receipts_at_once_get_numbers_without_gaps(self, issuer):
        given = await asyncio.gather(*(issuer.issue(wanted()) for _ in range(RACERS)))

        numbers = sorted(int(one.number) for one in given)
        assert numbers == list(range(numbers[0], numbers[0] + RACERS))
        assert {(one.form, one.series) for one in given} == {(given[0].form, given[0].series)}

    async def test_a_number_has_seven_digits(self, issuer):
        given = await issuer.issue(wanted())

        assert len(given.number) == 7
        assert given.number.isdigit()

    async def test_phi_and_le_phi_are_counted_apart(self, issuer):
        phi = await issuer.issue(wanted(kind="phi"))
        le_phi = await issuer.issue(wanted(kind="le_phi"))

        assert (phi.form, phi.series) != (le_phi.form, le_phi.series)
        assert phi.number == le_phi.number

    async def test_a_void_number_is_never_used_again(self, issuer):
        asked = wanted()
        given = await issuer.issue(asked)

        await issuer.void(asked.receipt, reason="Sai tên")
        await issuer.void(asked.receipt, reason="Sai tên")

        assert int((await issuer.issue(wanted())).number) == int(given.number) + 1
