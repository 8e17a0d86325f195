"""Asking: the ladder, the end of time, and what the provider says."""

import pytest

from backend.payments.actions import asking
from backend.platform import db

PAID = {"status": "paid", "amount": 24_000, "txn": "t1", "at": "2026-11-22T12:00:00+07:00"}


async def begun(house, adapter="sandbox"):
    dossier = await house.dossier()
    await house.start(dossier, adapter)
    return dossier


def says(house, **said):
    house.bank.said[house.bank.started[0]] = said


async def test_a_payment_without_any_notice_is_found_by_asking(house):
    dossier = await begun(house)
    says(house, **PAID)
    house.later(minutes=2)

    await house.work()

    assert await house.state(dossier) == "paid"
    assert await house.attempts(dossier) == ["succeeded"]


async def test_answer_and_notice_of_one_payment_count_once(house):
    dossier = await begun(house)
    says(house, **PAID)
    await house.hear(house.notice(house.bank.started[0]), "sandbox")
    await asking.ask(
        asking.Ask((await db.rows("SELECT id FROM payment_attempts"))[0]["id"], 0),
        adapters=house.adapters,
        clock=house.clock,
        random=house.random,
    )

    assert await house.state(dossier) == "paid"
    assert len(await db.rows("SELECT id FROM money_events")) == 1


async def test_the_ladder_asks_ten_times_in_three_days_and_then_stops(house):
    await begun(house)
    asked = []

    for _ in range(230):
        before = len(await db.rows("SELECT id FROM jobs WHERE done_at IS NOT NULL"))
        await house.work()
        after = len(await db.rows("SELECT id FROM jobs WHERE done_at IS NOT NULL"))
        if after > before:
            asked.append(house.now)
        house.later(minutes=20)

    left = await db.rows("SELECT id FROM jobs WHERE done_at IS NULL")
    steps = await db.rows("SELECT key FROM jobs WHERE topic = 'payments.ask'")
    assert left == []
    assert len(steps) == len(asking.ladder(72)) + 1


async def test_an_unpaid_attempt_ends_only_after_it_was_asked_about(house):
    dossier = await begun(house)
    house.later(minutes=16)

    await house.work()
    await house.work()

    assert await house.attempts(dossier) == ["expired"]
    assert await house.state(dossier) == "open"


async def test_paid_at_the_last_moment_is_paid_and_not_expired(house):
    dossier = await begun(house)
    says(house, **PAID)
    house.later(minutes=16)

    await house.work()

    assert await house.attempts(dossier) == ["succeeded"]


async def test_a_provider_that_cannot_be_asked_ends_unverified_and_is_watched_on(house):
    dossier = await begun(house)
    house.bank.mood = "down"
    for _ in range(8):
        house.later(minutes=5)
        await house.work()
    assert await house.attempts(dossier) == ["expired_unverified"]

    house.bank.mood = ""
    says(house, **PAID)
    house.later(hours=3)
    await house.work()

    assert await house.state(dossier) == "paid"


async def test_what_the_provider_never_got_is_failed_after_a_while(house):
    house.bank.mood = "lost"
    dossier = await begun(house)
    house.bank.mood = ""
    says(house, status="not_found")
    house.later(minutes=4)

    await house.work()

    assert await house.attempts(dossier) == ["failed"]
    assert (await house.start(dossier, "vietqr")).fresh


async def test_an_attempt_left_behind_by_a_crash_is_asked_about(house):
    dossier = await begun(house)
    await db.execute("UPDATE payment_attempts SET state = 'created', action = NULL")
    house.later(minutes=2)

    await house.work()

    assert await house.attempts(dossier) == ["pending"]


@pytest.mark.parametrize("said", [{"status": "failed", "code": "51"}])
async def test_a_refused_payment_is_failed_and_the_fee_stays_open(house, said):
    dossier = await begun(house)
    says(house, **said)
    house.later(minutes=2)

    await house.work()

    assert await house.attempts(dossier) == ["failed"]
    assert await house.state(dossier) == "open"


async def test_a_returning_browser_makes_us_ask_once(house):
    dossier = await begun(house)
    says(house, **PAID)

    for _ in range(3):
        await asking.ask_soon("sandbox", house.bank.started[0], now=house.now)
    await house.work()

    assert await house.state(dossier) == "paid"


async def test_an_attempt_of_an_adapter_that_is_gone_ends_unverified(house):
    dossier = await begun(house)
    await db.execute("UPDATE payment_attempts SET adapter = 'gone'")
    house.later(minutes=16)

    await house.work()

    assert await house.attempts(dossier) == ["expired_unverified"]
