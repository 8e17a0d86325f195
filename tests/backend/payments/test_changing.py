"""What is owed changes: a version more, a difference; exemptions; a time to pay that ends."""

from datetime import timedelta

import pytest

from backend import payments
from backend.payments import AlreadyPaid, ExemptionDecided, Line, NothingDue
from backend.payments.actions import asking
from backend.payments.model.words import still_due
from backend.platform import db
from backend.platform.kit.errors import Unprocessable
from tests.backend.payments.conftest import AMOUNT

LAN = "officer:lan"


def told(house):
    """List what citizens were told of exemptions."""
    decided = [one for one in house.events if isinstance(one, ExemptionDecided)]
    return [(one.granted, one.amount, one.until) for one in decided]


def copies(number):
    return [Line("Bản sao trích lục", "le_phi", number, 8_000, None, "TT 281/2016")]


async def paid(house, dossier):
    await house.hear(house.transfer(await house.code(dossier)))
    return dossier


async def test_more_copies_make_a_new_version_and_the_rest_is_due(house):
    dossier = await paid(house, await house.dossier())

    owed = await payments.restate(dossier, copies(5), by=LAN, now=house.now)
    opened = await house.start(dossier)
    memo = opened.attempt.next_action.transfer
    await house.hear(house.transfer(memo.memo, amount=memo.amount, txn=2))

    assert (owed.state, owed.amount, owed.due) == ("open", 40_000, 16_000)
    assert memo.amount == 16_000
    assert await house.state(dossier) == "paid"
    assert await house.attempts(dossier) == ["succeeded", "succeeded"]
    (kept,) = await db.rows("SELECT version, amount FROM obligation_versions")
    assert (kept["version"], kept["amount"]) == (1, AMOUNT)
    assert await payments.paid_online(dossier)


def test_a_provider_is_told_of_the_rest_as_one_line_that_sums_to_it():
    lines = [Line("Bản sao", "le_phi", 5, 8_000, 40_000, "TT 281/2016")]

    (rest,) = still_due(lines, amount=40_000, due=16_000)

    assert (rest.kind, rest.amount, rest.law) == ("le_phi", 16_000, "TT 281/2016")
    assert still_due(lines, amount=40_000, due=40_000) == tuple(lines)
    assert still_due([], amount=0, due=5) == ()


async def test_fewer_copies_give_the_difference_back(house):
    dossier = await paid(house, await house.dossier())

    owed = await payments.restate(dossier, copies(1), by=LAN, now=house.now)

    assert (owed.state, owed.due) == ("refund_due", 0)
    assert await house.surplus() == AMOUNT - 8_000


async def test_no_copies_give_all_back(house):
    dossier = await paid(house, await house.dossier())
    free = [Line("Bản sao trích lục", "le_phi", 1, 0, None, "miễn")]

    owed = await payments.restate(dossier, free, by=LAN, now=house.now)

    assert owed.state == "refund_due"
    assert await house.surplus() == AMOUNT


async def test_raised_again_the_request_shrinks(house):
    dossier = await paid(house, await house.dossier())
    await payments.restate(dossier, copies(1), by=LAN, now=house.now)

    owed = await payments.restate(dossier, copies(3), by=LAN, now=house.now)

    assert owed.state == "paid"
    assert await house.surplus() == 0


async def test_an_unpaid_fee_is_quoted_and_not_restated(house):
    dossier = await house.dossier()

    with pytest.raises(NothingDue):
        await payments.restate(dossier, copies(1), by=LAN, now=house.now)


async def test_a_restated_fee_has_a_limit(house):
    dossier = await paid(house, await house.dossier())

    with pytest.raises(Unprocessable):
        await payments.restate(
            dossier, [Line("x", "phi", 1000, 10**12, None, "x")], by=LAN, now=house.now
        )


async def test_of_a_dossier_that_ended_nothing_is_restated(house):
    dossier = await paid(house, await house.dossier())
    await payments.cancel(dossier, now=house.now)

    with pytest.raises(NothingDue):
        await payments.restate(dossier, copies(1), by=LAN, now=house.now)


# -- exemptions ------------------------------------------------------------------------------------


async def test_an_exemption_that_is_granted_settles(house):
    dossier = await house.dossier()

    asked = await payments.ask_exemption(dossier, by=LAN, now=house.now)
    granted = await payments.grant_exemption(dossier, by="officer:minh", now=house.now)

    assert (asked.state, granted.state) == ("exemption_review", "exempt")
    (settled, _decided) = house.events
    assert settled.state == "exempt"
    assert told(house) == [(True, 0, None)]
    assert payments.due_settled(granted)


async def test_an_exemption_that_is_refused_is_paid_until_a_day(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by=LAN, now=house.now)
    until = house.now + timedelta(days=3)

    owed = await payments.refuse_exemption(dossier, until=until, by=LAN, now=house.now)
    house.later(days=4)
    await house.work()
    after = await house.state(dossier)
    await house.hear(house.transfer(await house.code(dossier)))

    assert (owed.state, after) == ("open", "expired")
    assert told(house) == [(False, AMOUNT, until)]
    assert await house.state(dossier) == "paid"


async def test_granted_after_payment_all_is_given_back(house):
    dossier = await paid(house, await house.dossier())

    owed = await payments.grant_exemption(dossier, by=LAN, now=house.now)

    assert owed.state == "refund_due"
    assert told(house) == [(True, AMOUNT, None)]
    assert await payments.is_exempt(dossier)
    assert await house.surplus() == AMOUNT
    (refund,) = await db.rows("SELECT reason FROM refunds WHERE state = 'requested'")
    assert refund["reason"] == "exempt"


async def test_a_paid_fee_is_not_put_under_review(house):
    dossier = await paid(house, await house.dossier())

    with pytest.raises(NothingDue):
        await payments.ask_exemption(dossier, by=LAN, now=house.now)

    assert not await payments.is_exempt(dossier)


async def test_who_pays_under_review_may_still_be_exempt(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by="citizen", now=house.now)
    await paid(house, dossier)

    owed = await payments.grant_exemption(dossier, by=LAN, now=house.now)

    assert owed.state == "refund_due"
    assert await house.surplus() == AMOUNT


async def test_refused_after_payment_the_fee_stays_paid_and_the_citizen_is_told(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by="citizen", now=house.now)
    await paid(house, dossier)

    owed = await payments.refuse_exemption(dossier, until=None, by=LAN, now=house.now)

    assert (owed.state, owed.paid, owed.due, owed.pay_until) == ("paid", AMOUNT, 0, None)
    assert told(house) == [(False, AMOUNT, None)]
    assert await house.surplus() == 0
    assert not await payments.is_exempt(dossier)


async def test_what_was_paid_twice_under_review_is_given_back_once_when_it_is_refused(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by="citizen", now=house.now)
    code = await house.code(dossier)
    await house.hear(house.transfer(code))
    await house.hear(house.transfer(code, txn=2))

    owed = await payments.refuse_exemption(dossier, until=None, by=LAN, now=house.now)

    assert owed.state == "refund_due"
    assert await house.surplus() == AMOUNT
    assert told(house) == [(False, AMOUNT, None)]


async def test_a_fee_quoted_anew_under_review_and_paid_can_be_refused_too(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by="citizen", now=house.now)
    await payments.quote(dossier, copies(3), by=LAN, now=house.now)
    await paid(house, dossier)

    owed = await payments.refuse_exemption(dossier, until=None, by=LAN, now=house.now)

    assert owed.state == "paid"


async def test_a_last_day_goes_with_what_is_not_paid_and_with_that_alone(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by="citizen", now=house.now)

    with pytest.raises(Unprocessable):
        await payments.refuse_exemption(dossier, until=None, by=LAN, now=house.now)
    await paid(house, dossier)
    with pytest.raises(AlreadyPaid):
        await payments.refuse_exemption(dossier, until=house.now, by=LAN, now=house.now)

    assert await house.state(dossier) == "paid"
    assert told(house) == []


async def test_an_exemption_that_nobody_claimed_is_not_refused(house):
    with pytest.raises(NothingDue):
        await payments.refuse_exemption(
            await house.dossier(), until=house.now, by=LAN, now=house.now
        )


async def test_a_fee_does_not_run_out_while_an_attempt_may_succeed(house):
    dossier = await house.dossier()
    await payments.ask_exemption(dossier, by=LAN, now=house.now)
    await payments.refuse_exemption(
        dossier, until=house.now + timedelta(minutes=5), by=LAN, now=house.now
    )
    await house.start(dossier, "sandbox")
    house.later(minutes=10)

    await house.work()
    held = await house.state(dossier)
    house.later(hours=2)
    await house.work()
    await house.work()

    assert held == "open"
    assert await house.state(dossier) == "expired"


async def test_cash_puts_an_open_attempt_aside_and_it_is_watched_on(house):
    dossier = await house.dossier()
    started = await house.start(dossier, "sandbox")
    await payments.collect(
        dossier, kind="cash", amount=AMOUNT, slip_number=None, by=LAN, now=house.now
    )
    named = await db.row(
        "SELECT provider_ref FROM payment_attempts WHERE id = {}", started.attempt.attempt
    )
    house.bank.said[named["provider_ref"]] = {
        "status": "paid", "amount": AMOUNT, "txn": "t1", "at": "2026-11-22T12:00:00+07:00",
    }  # fmt: skip

    aside = sorted(await house.attempts(dossier))
    house.later(hours=30)
    await house.work()

    assert aside == ["succeeded", "superseded"]
    assert await house.attempts(dossier) == ["succeeded", "succeeded"]
    assert await house.surplus() == AMOUNT


@pytest.mark.parametrize(
    ("hours", "times", "last"), [(24, 8, 23), (48, 9, 47), (72, 10, 71), (120, 12, 119)]
)
def test_the_ladder_ends_before_the_provider_tells_no_more(hours, times, last):
    steps = asking.ladder(hours)

    assert (len(steps), steps[-1]) == (times, timedelta(hours=last))
    assert list(steps) == sorted(set(steps))


def test_a_provider_that_tells_for_an_hour_is_asked_within_it():
    assert asking.ladder(1)[-2:] == (timedelta(minutes=30), timedelta(minutes=45))
