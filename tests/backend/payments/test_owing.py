"""Obligations: opened once, quoted, cancelled, read."""

from uuid import UUID

import msgspec
import pytest

from backend import payments
from backend.catalogue import Quote, QuoteLine
from backend.dossiers import DossierMoved, State
from backend.platform.kit.errors import Unprocessable
from tests.backend.payments.conftest import AMOUNT, WARD, House


class Said(msgspec.Struct):
    unit_amount: int
    name: str = "Lệ phí"
    kind: str = "le_phi"
    quantity: int = 1
    law: str = "NQ 06/2020"


def ending(house, dossier, after):
    return DossierMoved(
        dossier=dossier, at=house.now, unit=WARD, procedure="2.000635", channel="online",
        verb="end", before=State.PROCESSING, after=State(after), by="officer:lan", rev=5,
    )  # fmt: skip


async def quote(house, dossier, *amounts):
    lines = [Said(amount) for amount in amounts]
    return await payments.quote(dossier, lines, by="officer:lan", now=house.now)


async def test_an_obligation_is_opened_once_with_its_frozen_lines(house):
    dossier = await house.dossier()
    other = Quote("open", (QuoteLine("x", "phi", 1, 1, 1, None),))

    again = await payments.open(dossier, other, unit="u", procedure="p", now=house.now)

    assert again.amount == AMOUNT
    assert again.lines[0].law == "TT 281/2016"


async def test_no_fee_makes_no_obligation_and_holds_nothing_back(house):
    made = await payments.open(UUID(int=1), None, unit="u", procedure="p", now=house.now)

    assert made is None
    assert payments.due_settled(made)
    assert await payments.of_dossier(UUID(int=1)) == (None, [])


async def test_zero_is_nothing_due_with_its_lines_and_told_at_once(house):
    dossier = await house.dossier(state="nothing_due", amount=0)

    obligation, _ = await payments.of_dossier(dossier)

    assert (obligation.state, obligation.amount, len(obligation.lines)) == ("nothing_due", 0, 1)
    assert payments.due_settled(obligation)
    assert [event.state for event in house.events] == ["nothing_due"]


async def test_an_officer_quotes_what_was_not_known(house):
    dossier = await house.dossier(state="unquoted", amount=None)

    obligation = await quote(house, dossier, 3_000, 5_000)

    assert (obligation.state, obligation.amount) == ("open", 8_000)
    assert [event.amount for event in house.events] == [8_000]
    assert not payments.due_settled(obligation)


async def test_a_corrected_quote_puts_old_attempts_aside(house):
    dossier = await house.dossier()
    await house.code(dossier)

    await quote(house, dossier, 8_000)

    assert await house.attempts(dossier) == ["superseded"]


async def test_a_quote_of_what_came_short_settles_it(house):
    dossier = await house.dossier()
    await house.hear(house.transfer(await house.code(dossier), amount=8_000))

    obligation = await quote(house, dossier, 8_000)

    assert obligation.state == "paid"
    assert house.events[-1].adapter == "vietqr"


async def test_a_quote_of_zero_means_nothing_is_due(house):
    dossier = await house.dossier(state="unquoted", amount=None)

    obligation = await quote(house, dossier, 0)

    assert obligation.state == "nothing_due"
    assert house.events[-1].state == "nothing_due"


async def test_a_paid_fee_is_not_quoted_again(house):
    dossier = await house.dossier()
    await house.hear(house.transfer(await house.code(dossier)))

    with pytest.raises(payments.AlreadyPaid):
        await quote(house, dossier, 1)


async def test_a_quote_needs_an_obligation_and_a_sum_in_range(house):
    dossier = await house.dossier()

    with pytest.raises(payments.NothingDue):
        await quote(house, UUID(int=5), 1)
    with pytest.raises(Unprocessable):
        await quote(house, dossier, 10**12, 1)


@pytest.mark.parametrize("end", ["declined", "withdrawn", "stopped", "expired"])
async def test_a_paid_fee_is_to_be_given_back_when_its_dossier_ends(house, end):
    dossier = await house.dossier()
    await house.hear(house.transfer(await house.code(dossier)))
    assert await house.unmatched() == []
    house.later(days=3)

    await payments.on_moved(ending(house, dossier, end))

    [item] = await house.unmatched()
    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT
    assert (item.reason, item.amount, item.dossier) == ("ended", AMOUNT, dossier)
    assert (item.at, item.counted) == (house.now, False)


async def test_the_end_is_counted_once_and_a_finished_dossier_keeps_its_fee(house):
    ended, finished = await house.dossier(), await house.dossier()
    for number, dossier in enumerate((ended, finished), start=1):
        await house.hear(house.transfer(await house.code(dossier), txn=number))

    for _ in range(3):
        await payments.on_moved(ending(house, ended, "withdrawn"))
    await payments.on_moved(ending(house, finished, "returned"))
    await payments.cancel(UUID(int=5), now=house.now)

    assert [await house.state(one) for one in (ended, finished)] == ["refund_due", "paid"]
    assert await house.surplus() == AMOUNT
    assert [(one.reason, one.amount) for one in house.aside] == [("ended", AMOUNT)]
    assert len(await house.unmatched()) == 1


async def test_both_payments_of_a_dossier_that_ended_are_to_be_given_back(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await house.hear(house.transfer(code, txn=1))
    await house.hear(house.transfer(code, txn=2))

    await payments.cancel(dossier, now=house.now)

    assert await house.surplus() == 2 * AMOUNT
    assert [item.reason for item in await house.unmatched()] == ["ended", "ended"]


async def test_money_after_the_end_is_to_be_given_back_beside_the_money_before_it(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await house.hear(house.transfer(code, txn=1))
    await payments.cancel(dossier, now=house.now)
    house.later(hours=1)

    await house.hear(house.transfer(code, txn=2))

    assert [item.reason for item in await house.unmatched()] == ["ended", "ended"]
    assert await house.surplus() == 2 * AMOUNT


async def test_money_taken_back_before_the_end_is_not_given_back_again(house):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    ref = house.bank.started[0]
    await house.hear(house.notice(ref), "sandbox")
    await house.hear(house.notice(ref, event="reversal"), "sandbox")
    await house.hear(house.transfer(await house.code(dossier)))

    await payments.cancel(dossier, now=house.now)

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT
    assert sorted(item.reason for item in await house.unmatched()) == ["ended", "reversed"]


async def test_money_of_ended_dossiers_is_read_page_by_page_newest_end_first(house):
    made = [await house.dossier() for _ in range(3)]
    for number, dossier in enumerate(made, start=1):
        await house.hear(house.transfer(await house.code(dossier), txn=number))
    for dossier in (made[1], made[0], made[2]):
        house.later(hours=1)
        await payments.cancel(dossier, now=house.now)

    first = await house.unmatched()
    rest = await payments.unmatched(
        [WARD],
        adapters=house.adapters,
        now=house.now,
        before=first[0].at,
        beyond=first[0].event,
        vault=house.vault,
    )

    assert [item.dossier for item in first] == [made[2], made[0], made[1]]
    assert rest == first[1:]


async def test_cancelling_gives_short_money_back(house):
    dossier = await house.dossier()
    await house.hear(house.transfer(await house.code(dossier), amount=1_000))

    await payments.cancel(dossier, now=house.now)

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == 1_000
    with pytest.raises(payments.AlreadyPaid):
        await house.start(dossier)


async def test_a_bill_names_the_ways_that_can_take_it_now(house):
    dossier = await house.dossier()
    before = await payments.bill(dossier, house.adapters)
    code = await house.code(dossier)

    await house.hear(house.transfer(code))
    after = await payments.bill(dossier, house.adapters)

    assert [way.adapter for way in before.ways] == ["counter", "vietqr", "sandbox"]
    assert (before.obligation.state, before.attempts) == ("open", ())
    assert (after.obligation.state, len(after.attempts), after.ways) == ("paid", 1, ())


async def test_a_bill_offers_a_transfer_only_where_an_account_is(vault, house):
    nowhere = House(vault, accounts=())
    late = await house.dossier()
    frozen = await house.dossier()
    await house.start(frozen)

    unsure = [one.adapter for one in (await payments.bill(late, nowhere.adapters)).ways]
    known = [one.adapter for one in (await payments.bill(frozen, nowhere.adapters)).ways]

    assert unsure == ["counter", "sandbox"]
    assert known == ["counter", "vietqr", "sandbox"]


async def test_a_bill_in_production_offers_no_pretend_money(vault, house):
    dossier = await house.dossier()

    found = await payments.bill(dossier, House(vault, mode="production").adapters)

    assert [one.adapter for one in found.ways] == ["counter", "vietqr"]


@pytest.mark.parametrize(("state", "amount"), [("unquoted", None), ("nothing_due", 0)])
async def test_a_bill_without_something_due_offers_nothing(house, state, amount):
    bill = await payments.bill(await house.dossier(state=state, amount=amount), house.adapters)

    assert (bill.obligation.state, bill.ways) == (state, ())
    assert await payments.bill(UUID(int=1), house.adapters) == payments.Bill()


async def test_many_dossiers_are_read_at_once(house):
    paid, owing = await house.dossier(), await house.dossier()
    await house.hear(house.transfer(await house.code(paid)))

    found = await payments.of_dossiers([paid, owing, *(UUID(int=n) for n in range(1, 1200))])

    assert {one: (brief.state, brief.adapter) for one, brief in found.items()} == {
        paid: ("paid", "vietqr"),
        owing: ("open", None),
    }
    assert not await payments.paid_online(owing)
