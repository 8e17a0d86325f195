"""The facts follow each dossier in its own transaction; numbers and lists are made from them."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from backend import dossiers, payments, targets
from backend.dossiers import Item
from backend.platform.db import engine, rows, transaction
from backend.platform.kit.errors import NotFound
from backend.targets import actions, store
from payment_adapters.contract import Observation

DAY = date(2026, 11, 30)
MONTH = "2026-11"


@pytest.fixture
def sent(sent):
    """A dossier that was handed in, with its id as rooms know it."""
    sent.uuid = UUID(str(sent.id))
    return sent


async def code_of(sent):
    return (await dossiers.get(sent.uuid)).code


async def figure(indicator, unit="om-long-hung"):
    table = await actions.table("om", MONTH, today=DAY)
    return next(one for one in table.items if (one.unit, one.indicator) == (unit, indicator))


async def accept(house, sent):
    await dossiers.move(
        sent.uuid, "accept", by="officer:x", now=house.now, vault=house.vault, reason="Đủ"
    )


async def test_a_dossier_counts_from_its_acceptance_on(house, sent):
    before = await store.fact_of(sent.uuid)
    await accept(house, sent)

    fact = await store.fact_of(sent.uuid)

    assert before is None
    assert fact.code == await code_of(sent)
    assert (fact.amount, fact.paid_online) == (8000, False)
    assert (await figure("filed_online")).share == 100.0
    assert (await figure("paid_online")).share == 0.0


async def test_money_at_the_counter_is_not_paid_online(house, sent):
    await accept(house, sent)
    await payments.collect(
        sent.uuid, kind="cash", amount=8000, slip_number=None, by="officer:x", now=house.now
    )

    found = await figure("paid_online")

    assert (found.numerator, found.denominator) == (0, 1)


async def test_money_that_was_taken_back_is_not_paid_online(house, sent):
    await accept(house, sent)
    opened = await payments.start(
        sent.uuid, "vietqr", adapters=house.adapters, clock=house.clock, random=house.random
    )
    transfer = opened.attempt.next_action.transfer
    seen = []

    for kind in ("payment", "reversal"):
        observation = Observation(
            status="succeeded",
            kind=kind,
            amount=8000,
            account=transfer.account,
            memo=transfer.memo,
            txn="1",
        )
        source = payments.Source(adapter="bank_notice")
        await payments.settle(observation, source=source, adapters=house.adapters, now=house.now)
        seen.append((await figure("paid_online")).numerator)

    assert seen == [1, 0]


async def test_who_is_exempt_after_paying_does_not_count_as_owing(house, sent):
    await accept(house, sent)
    await payments.collect(
        sent.uuid, kind="cash", amount=8000, slip_number=None, by="officer:x", now=house.now
    )
    await payments.grant_exemption(sent.uuid, by="officer:x", now=house.now)

    found = await figure("paid_online")

    assert (found.numerator, found.denominator) == (0, 0)


async def test_money_that_comes_in_the_middle_of_an_acceptance_counts(house, sent):
    opened = await payments.start(
        sent.uuid, "vietqr", adapters=house.adapters, clock=house.clock, random=house.random
    )
    transfer = opened.attempt.next_action.transfer
    accepted = asyncio.Event()

    async def pay():
        await accepted.wait()
        observation = Observation(
            status="succeeded", amount=8000, account=transfer.account, memo=transfer.memo, txn="1"
        )
        source = payments.Source(adapter="bank_notice")
        await payments.settle(observation, source=source, adapters=house.adapters, now=house.now)

    async def wait_until_it_waits():
        await accepted.wait()
        while engine() == "postgresql" and not await rows(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ):
            pass

    money = asyncio.create_task(pay())
    waiting = asyncio.create_task(wait_until_it_waits())
    async with transaction():
        await accept(house, sent)
        accepted.set()
        await waiting
    await money

    assert (await figure("paid_online")).numerator == 1


async def test_a_refused_move_leaves_no_fact_behind(house, sent):
    with pytest.raises(dossiers.NotAllowedNow):
        await dossiers.move(sent.uuid, "finish", by="officer:x", now=house.now, vault=house.vault)

    assert await store.fact_of(sent.uuid) is None


async def test_the_end_and_the_waiting_are_kept_by_day(house, sent):
    await accept(house, sent)
    house.pass_time(hours=1)
    await dossiers.move(sent.uuid, "finish", by="officer:x", now=house.now)

    fact = await store.fact_of(sent.uuid)

    assert fact.ended_on == date(2026, 11, 20)
    assert (await figure("on_time")).share == 100.0


async def ask(house, sent):
    await dossiers.ask_supplement(
        sent.uuid, by="officer:x", items=[Item(words="Ký lại", paper="uy_quyen")],
        until=house.now + timedelta(days=20), now=house.now, vault=house.vault,
    )  # fmt: skip


async def test_the_promised_day_moves_by_what_stood_still_and_the_dossier_stays_on_time(
    house, sent
):
    await accept(house, sent)
    house.pass_time(hours=1)
    await ask(house, sent)
    waiting = await store.fact_of(sent.uuid)
    house.pass_time(days=4)
    on_time = await figure("on_time")
    await dossiers.move(sent.uuid, "withdraw", by="citizen", now=house.now)

    ended = await store.fact_of(sent.uuid)

    assert (waiting.due_on, waiting.waiting_since) == (date(2026, 11, 20), date(2026, 11, 20))
    assert on_time.share == 100.0
    assert (ended.due_on, ended.waiting_since) == (date(2026, 11, 25), None)
    assert ended.ended_on == date(2026, 11, 24)
    assert (await figure("on_time")).share == 100.0


async def test_a_request_after_the_promised_day_makes_no_late_dossier_punctual(house, sent):
    await accept(house, sent)
    house.pass_time(days=3)
    await ask(house, sent)
    house.pass_time(days=1)
    await dossiers.move(sent.uuid, "withdraw", by="citizen", now=house.now)

    assert (await store.fact_of(sent.uuid)).due_on == date(2026, 11, 20)
    assert (await figure("on_time")).share == 0.0


async def test_a_later_return_does_not_move_the_end(house, sent):
    await accept(house, sent)
    await dossiers.move(sent.uuid, "finish", by="officer:x", now=house.now)
    house.pass_time(days=9)
    await dossiers.move(sent.uuid, "return", by="officer:x", now=house.now)

    assert (await store.fact_of(sent.uuid)).ended_on == date(2026, 11, 20)


async def test_a_district_has_a_line_for_each_ward_and_its_own(house):
    table = await actions.table("om", MONTH, today=DAY)

    assert len({one.unit for one in table.items}) == 8
    assert table.items[-1].unit == "om"
    assert all(one.share is None for one in table.items)


async def test_a_ward_has_its_own_line_only(house):
    table = await actions.table("om-long-hung", MONTH, today=DAY)

    assert {one.unit for one in table.items} == {"om-long-hung"}


async def test_a_goal_stands_beside_the_share_and_is_replaced(house):
    await targets.set_goal("om", 2026, "filed_online", 70.0, head="Chủ tịch UBND quận")
    await targets.set_goal("om", 2026, "filed_online", 80.0, head="Chủ tịch UBND quận")

    assert (await figure("filed_online", unit="om")).target == 80.0
    assert (await figure("filed_online")).target is None


async def test_the_list_behind_a_number_is_just_its_numerator(house, sent):
    await accept(house, sent)

    async def listed(counted):
        page = await actions.behind(
            "paid_online", "om", MONTH, counted=counted, after=None, today=DAY
        )
        return [one.code for one in page.items]

    assert await listed(counted=True) == []
    assert await listed(counted=False) == [await code_of(sent)]
    assert await listed(counted=None) == [await code_of(sent)]


async def test_an_unknown_indicator_is_not_found(house):
    with pytest.raises(NotFound):
        await actions.behind("bribes", "om", MONTH, counted=None, after=None, today=DAY)


async def test_long_lists_come_page_by_page(house):
    fact = {
        "unit": "om-long-hung", "procedure": "2.000635", "channel": "online",
        "accepted_at": house.now, "accepted_on": date(2026, 11, 20), "due_on": None,
        "ended_on": None, "waiting_since": None, "amount": 0, "exempt": False,
        "paid_online": False,
    }  # fmt: skip
    for number in range(actions.PAGE + 5):
        await store.put(house_id(house), actions.Fact(code=f"{number:013d}", **fact))

    first = await actions.behind("filed_online", "om", MONTH, counted=True, after=None, today=DAY)
    second = await actions.behind(
        "filed_online", "om", MONTH, counted=True, after=first.next, today=DAY
    )

    assert (len(first.items), len(second.items), second.next) == (actions.PAGE, 5, None)
    assert not {one.code for one in first.items} & {one.code for one in second.items}


def house_id(house):
    return UUID(bytes=house.random(16), version=4)


async def test_the_table_carries_the_definition_of_each_of_its_indicators(house):
    table = await actions.table("om", MONTH, today=DAY)

    assert {one.id for one in table.definitions} == {one.indicator for one in table.items}
    assert all(one.sentence and one.sentence_en and one.version for one in table.definitions)


async def test_a_place_that_is_not_in_the_list_ends_it(house, sent):
    await accept(house, sent)

    page = await actions.behind(
        "filed_online", "om", MONTH, counted=None, after="2" * 13, today=DAY
    )

    assert (page.items, page.next) == ([], None)
