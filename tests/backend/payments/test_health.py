"""A provider that does not answer is noticed, hidden, asked, and back by itself."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from backend import payments
from backend.payments.actions import paying
from backend.payments.model.health import APART, REST, ROW, WELL, Health, after, is_down
from backend.payments.store import health as kept
from backend.platform import db
from tests.backend.payments.conftest import NOON


def folded(*met, every=timedelta(seconds=10), start=NOON):
    found, at = WELL, start
    for one in met:
        found, at = after(found, one, at=at), at + every
    return found


def test_one_failure_hides_nothing():
    assert not is_down(folded("silence"), now=NOON)


def test_three_silent_calls_that_lie_apart_are_a_provider_that_is_down():
    assert not is_down(folded("silence", "silence"), now=NOON)
    assert is_down(folded("silence", "silence", "silence"), now=NOON)


def test_one_cut_that_hits_many_calls_at_once_hides_nothing():
    burst = folded(*["silence"] * 50, every=timedelta(0))

    assert not is_down(burst, now=NOON)
    assert is_down(after(burst, "silence", at=NOON + APART), now=NOON + APART)


def test_any_answer_ends_the_row():
    assert folded("silence", "silence", "answer", "silence") == Health(
        1, NOON + timedelta(seconds=30), NOON + timedelta(seconds=30)
    )


def test_silent_calls_far_apart_are_no_row():
    assert folded("silence", "silence", "silence", every=ROW + timedelta(seconds=1)).silent == 1


def test_what_nobody_calls_any_more_is_offered_again_to_be_found_out():
    down = folded("silence", "silence", "silence")
    rested = down.latest + REST

    assert is_down(down, now=rested - timedelta(seconds=1))
    assert not is_down(down, now=rested)
    assert is_down(after(down, "silence", at=rested), now=rested)


def test_calls_that_end_in_another_order_are_the_same_row():
    early, late = NOON, NOON + APART

    found = WELL
    for at in (late, early, late):
        found = after(found, "silence", at=at)

    assert found == Health(3, early, late)


async def offered(house, dossier):
    bill = await payments.bill(dossier, house.adapters)
    return [[way.adapter for way in ways] for ways in (bill.ways, bill.ways_down)]


async def fail(house, *, times, mood="down"):
    house.bank.mood = mood
    for _ in range(times):
        await house.start(await house.dossier(), "sandbox")
        house.later(seconds=10)


async def test_a_way_whose_provider_is_down_is_hidden_and_the_others_are_offered(house):
    dossier = await house.dossier()

    await fail(house, times=3)

    assert await offered(house, dossier) == [["counter", "vietqr"], ["sandbox"]]


@pytest.mark.parametrize("mood", ["", "refuses"])
async def test_a_provider_that_answers_whatever_it_says_stays(house, mood):
    dossier = await house.dossier()

    await fail(house, times=5, mood=mood)

    assert await offered(house, dossier) == [["counter", "vietqr", "sandbox"], []]


async def test_two_failures_hide_nothing_and_an_answer_begins_anew(house):
    dossier = await house.dossier()
    await fail(house, times=2)
    await fail(house, times=1, mood="")

    await fail(house, times=2)

    assert await offered(house, dossier) == [["counter", "vietqr", "sandbox"], []]


@pytest.mark.parametrize(
    ("status", "silent"), [(502, 1), (503, 1), (504, 1), (500, 0), (429, 0), (404, 0), (200, 0)]
)
async def test_only_a_gateway_that_finds_nobody_is_silence(house, status, silent):
    answer = httpx.MockTransport(lambda _: httpx.Response(status, content=b"<html>"))
    house.adapters.use(httpx.AsyncClient(transport=answer))

    await house.start(await house.dossier(), "sandbox")

    assert (await kept.of("sandbox")).silent == silent


async def test_a_provider_that_never_ends_its_answer_is_silent(house, monkeypatch):
    async def hang(_):
        await asyncio.Event().wait()

    monkeypatch.setattr(paying, "DEADLINE", 0.01)
    house.adapters.use(httpx.AsyncClient(transport=httpx.MockTransport(hang)))

    opened = await house.start(await house.dossier(), "sandbox")

    assert opened.attempt.state == "unknown"
    assert (await kept.of("sandbox")).silent == 1


async def test_choosing_a_way_that_is_down_is_refused_in_a_sentence(house):
    dossier = await house.dossier()
    await fail(house, times=3)

    with pytest.raises(payments.WayDown):
        await house.start(dossier, "sandbox")

    assert await house.attempts(dossier) == []
    assert (await house.start(dossier, "vietqr")).fresh


async def test_a_live_attempt_at_a_provider_that_is_down_is_given_back(house):
    dossier = await house.dossier()
    first = await house.start(dossier, "sandbox")
    await fail(house, times=3)

    again = await house.start(dossier, "sandbox")

    assert (again.fresh, again.attempt) == (False, first.attempt)


async def test_the_asking_alone_notices_that_a_provider_is_down_and_that_it_is_back(house):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    house.bank.mood = "down"
    for _ in range(4):
        house.later(minutes=4)
        await house.work()
    hidden = await offered(house, dossier)

    house.bank.mood = ""
    house.later(minutes=5)
    await house.work()

    assert hidden == [["counter", "vietqr"], ["sandbox"]]
    assert await offered(house, dossier) == [["counter", "vietqr", "sandbox"], []]


async def test_a_hidden_way_is_asked_about_its_latest_attempt_and_comes_back(house):
    dossier = await house.dossier()
    await fail(house, times=3)
    house.bank.mood = ""

    await house.work()

    assert await offered(house, dossier) == [["counter", "vietqr", "sandbox"], []]


async def test_what_the_asking_hears_of_the_latest_attempt_counts(house):
    await fail(house, times=3)
    [latest] = await db.rows(
        "SELECT provider_ref, obligation FROM payment_attempts ORDER BY created_at DESC LIMIT 1"
    )
    house.bank.mood = ""
    house.bank.said[latest["provider_ref"]] = {
        "status": "paid", "amount": 24_000, "txn": "t1", "at": "2026-11-22T12:00:00+07:00",
    }  # fmt: skip

    await house.work()

    [owed] = await db.rows("SELECT state FROM obligations WHERE id = {}", latest["obligation"])
    assert owed["state"] == "paid"


async def test_a_provider_that_stays_down_stays_hidden_however_long(house):
    dossier = await house.dossier()
    await fail(house, times=3)

    for _ in range(30):
        house.later(minutes=1)
        await house.work()

    assert await offered(house, dossier) == [["counter", "vietqr"], ["sandbox"]]


async def test_silent_calls_at_once_are_all_counted(house):
    dossiers = [await house.dossier() for _ in range(16)]
    house.bank.mood = "down"

    await asyncio.gather(*(house.start(one, "sandbox") for one in dossiers))

    assert (await kept.of("sandbox")).silent == 16


async def test_that_it_cannot_be_noted_changes_nothing_of_the_payment(house):
    await fail(house, times=1)
    for statement in getattr(db.append_only("provider_health"), db.engine()):
        await db.execute(statement)
    house.bank.mood = ""

    opened = await house.start(await house.dossier(), "sandbox")

    assert (opened.attempt.state, opened.attempt.next_action.kind) == ("pending", "redirect")
    assert (await kept.of("sandbox")).silent == 1


async def test_the_operator_reads_who_answers_and_who_does_not(house):
    await fail(house, times=3)

    found = {one.adapter: one for one in await payments.health(house.adapters)}

    assert (found["sandbox"].down, found["sandbox"].silent) == (True, 3)
    assert found["sandbox"].since == NOON
    assert (found["vietqr"].calls, found["vietqr"].down) == (False, False)


async def test_an_answer_costs_no_write(house):
    await house.start(await house.dossier(), "sandbox")

    assert await db.rows("SELECT adapter FROM provider_health") == []
