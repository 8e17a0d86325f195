"""Counter shifts: each đồng of the counter in exactly one of them, counted before it is shown."""

import asyncio
from datetime import timedelta

import pytest

from backend import payments
from backend.payments import Counted, ShiftClosed, ShiftOpen
from backend.payments.model.shifts import Taking, agrees, sums_of
from backend.platform import db
from backend.platform.kit.errors import NotFound, Unprocessable
from payment_adapters.contract import Observation
from tests.backend.payments.conftest import AMOUNT, WARD

LAN, MINH = "officer:lan", "officer:minh"
OTHER = "om-thoi-an"


async def opened(house, *, unit=WARD, opening=100_000, by=LAN):
    return await payments.open_shift(
        unit, opening=opening, by=by, random=house.random, vault=house.vault, now=house.now
    )


async def closed(house, shift, *, cash, pos=0, reason="", by=LAN):
    return await payments.close_shift(
        shift.shift, Counted(cash=cash, pos=pos), reason=reason, by=by, vault=house.vault,
        now=house.now,
    )  # fmt: skip


async def take(house, kind="cash", *, slip=None, terminal=None, unit=WARD):
    dossier = await house.dossier(unit=unit)
    house.later(minutes=1)
    await payments.collect(
        dossier, kind=kind, amount=AMOUNT, slip_number=slip, terminal=terminal, by=LAN,
        now=house.now,
    )  # fmt: skip
    return dossier


async def test_a_shift_that_agrees_closes_without_a_word(house):
    shift = await opened(house)
    dossier = await take(house)
    await take(house, "pos", slip="0007")

    done = await closed(house, shift, cash=100_000 + AMOUNT, pos=AMOUNT)

    lines = await payments.takings(shift.shift)
    assert (done.expected_cash, done.expected_pos, done.outside) == (100_000 + AMOUNT, AMOUNT, 0)
    assert not done.differs
    assert done.reason is None
    assert [(one.kind, one.amount, one.slip) for one in lines] == [
        ("cash", AMOUNT, None), ("pos", AMOUNT, "0007"),
    ]  # fmt: skip
    assert lines[0].dossier == dossier


async def test_nobody_is_shown_what_should_be_there_before_it_is_counted(house):
    shift = await opened(house)
    await take(house)

    seen = await payments.one_shift(shift.shift, vault=house.vault)

    assert (seen.expected_cash, seen.expected_pos, seen.counted_cash) == (None, None, None)
    assert await payments.takings(shift.shift) == []


@pytest.mark.parametrize(("cash", "pos"), [(-1_000, 0), (500, 0), (0, AMOUNT)])
async def test_a_difference_needs_its_reason_and_a_refused_close_takes_nothing(house, cash, pos):
    shift = await opened(house)
    await take(house)
    counted = 100_000 + AMOUNT + cash

    with pytest.raises(Unprocessable):
        await closed(house, shift, cash=counted, pos=pos)
    untouched = await db.rows("SELECT event FROM shift_lines")
    done = await closed(house, shift, cash=counted, pos=pos, reason="Thối nhầm", by=MINH)

    assert untouched == []
    assert done.differs
    assert (done.reason, done.closed_by) == ("Thối nhầm", MINH)


async def test_every_count_stays_as_it_was_said_also_where_the_close_was_refused(house):
    shift = await opened(house)
    await take(house)
    began = house.now
    with pytest.raises(Unprocessable):
        await closed(house, shift, cash=100_000, pos=1)
    house.later(minutes=5)

    waiting = await payments.one_shift(shift.shift, vault=house.vault)
    done = await closed(house, shift, cash=100_000 + AMOUNT, by=MINH)

    assert (waiting.closed_at, waiting.expected_cash) == (None, None)
    assert [(one.by, one.at, one.cash, one.pos) for one in waiting.told] == [
        (LAN, began, 100_000, 1)
    ]
    assert [(one.by, one.at - began, one.cash) for one in done.told[1:]] == [
        (MINH, timedelta(minutes=5), 100_000 + AMOUNT)
    ]
    (listed,) = await payments.listed_shifts((WARD,), vault=house.vault, before=house.now, most=2)
    assert listed.told == done.told


async def test_who_says_the_same_again_with_a_reason_has_counted_once(house):
    shift = await opened(house)
    for _ in range(2):
        with pytest.raises(Unprocessable):
            await closed(house, shift, cash=0)

    done = await closed(house, shift, cash=0, reason="Ca trước cầm đi")

    assert [one.cash for one in done.told] == [0]


async def test_another_persons_same_count_is_a_count_of_its_own(house):
    shift = await opened(house)
    for officer in (LAN, MINH, LAN):
        with pytest.raises(Unprocessable):
            await closed(house, shift, cash=0, by=officer)

    seen = await payments.one_shift(shift.shift, vault=house.vault)

    assert [one.by for one in seen.told] == [LAN, MINH, LAN]


async def test_counts_told_at_once_are_all_kept_each_once(house):
    shift = await opened(house)

    ends = await asyncio.gather(
        *(closed(house, shift, cash=cash) for cash in range(8) for _ in range(2)),
        return_exceptions=True,
    )

    seen = await payments.one_shift(shift.shift, vault=house.vault)
    assert {type(one) for one in ends} == {Unprocessable}
    assert {one.cash for one in seen.told} == set(range(8))


async def test_a_closed_shift_hears_no_further_count(house):
    shift = await opened(house)
    await closed(house, shift, cash=100_000)

    with pytest.raises(ShiftClosed):
        await closed(house, shift, cash=1)

    assert len((await payments.one_shift(shift.shift, vault=house.vault)).told) == 1


async def test_the_reason_is_kept_sealed(house):
    shift = await opened(house)
    await closed(house, shift, cash=0, reason="Ông Tư cầm nhầm")

    (row,) = await db.rows("SELECT reason FROM till_shifts")
    assert "Ông Tư".encode() not in row["reason"]


async def test_one_till_has_one_shift_at_a_time_and_units_have_their_own(house):
    first = await opened(house)
    await opened(house, unit=OTHER)

    with pytest.raises(ShiftOpen):
        await opened(house, by=MINH)
    await closed(house, first, cash=100_000)

    assert (await opened(house, by=MINH)).opened_by == MINH


async def test_of_sixteen_who_open_and_sixteen_who_close_one_is_heard(house):
    ends = await asyncio.gather(*(opened(house) for _ in range(16)), return_exceptions=True)
    (shift,) = [one for one in ends if not isinstance(one, Exception)]
    await take(house)

    closings = await asyncio.gather(
        *(closed(house, shift, cash=100_000 + AMOUNT) for _ in range(16)), return_exceptions=True
    )

    assert [type(one) for one in ends].count(ShiftOpen) == 15
    assert [type(one) for one in closings].count(ShiftClosed) == 15
    assert len(await payments.takings(shift.shift)) == 1


async def test_money_taken_while_no_shift_was_open_stands_outside_of_the_next(house):
    await take(house)
    house.later(minutes=1)
    shift = await opened(house)
    await take(house)

    done = await closed(house, shift, cash=100_000 + AMOUNT)

    assert (done.outside, done.differs) == (AMOUNT, False)
    assert [one.outside for one in await payments.takings(shift.shift)] == [True, False]


async def test_all_shifts_together_hold_what_the_ledger_says_the_till_holds(house):
    for opening in (0, AMOUNT):
        shift = await opened(house, opening=opening)
        await asyncio.gather(*(take(house) for _ in range(3)))
        await take(house, unit=OTHER)
        await closed(house, shift, cash=opening + 3 * AMOUNT)

    (till,) = await db.rows(
        "SELECT CAST(SUM(amount) AS BIGINT) AS amount FROM ledger"
        " WHERE account = 'till' AND holder = {}",
        f"counter:{WARD}",
    )
    (told,) = await db.rows("SELECT CAST(SUM(cash) AS BIGINT) AS amount FROM till_shifts")
    assert told["amount"] == till["amount"] == 6 * AMOUNT


async def test_money_taken_back_counts_against_the_shift(house):
    shift = await opened(house)
    await take(house, "pos", slip="0001")
    (event,) = await db.rows("SELECT * FROM money_events")
    seen = Observation(
        status="succeeded", kind="reversal", amount=AMOUNT, txn=event["txn"],
        account=event["account"], provider_ref=event["provider_ref"],
    )  # fmt: skip
    source = payments.Source(adapter="counter")
    await payments.settle(seen, source=source, adapters=house.adapters, now=house.now)

    done = await closed(house, shift, cash=100_000)

    assert (done.expected_pos, done.differs) == (0, False)


async def test_a_slip_is_used_once_on_its_terminal(house):
    await take(house, "pos", slip="0001", terminal="T1")
    await take(house, "pos", slip="0001", terminal="T2")

    with pytest.raises(Unprocessable):
        await take(house, "pos", slip="0001", terminal="T1")


async def test_shifts_are_listed_newest_first_page_by_page(house):
    made = []
    for _ in range(3):
        shift = await opened(house)
        made.append(shift.shift)
        await closed(house, shift, cash=100_000)
        house.later(hours=1)

    first = await payments.listed_shifts((WARD,), vault=house.vault, before=house.now, most=2)
    rest = await payments.listed_shifts(
        (WARD,), vault=house.vault, before=first[-1].opened_at, beyond=first[-1].shift, most=2
    )

    assert [one.shift for one in (*first, *rest)] == made[::-1]
    assert await payments.listed_shifts((), vault=house.vault, before=house.now) == []


async def test_a_shift_that_is_not_there_is_not_found(house):
    shift = await opened(house)
    missing = type(shift.shift)(int=1)

    with pytest.raises(NotFound):
        await payments.one_shift(missing, vault=house.vault)
    with pytest.raises(NotFound):
        await payments.close_shift(
            missing, Counted(cash=0, pos=0), reason="", by=LAN, vault=house.vault, now=house.now
        )


async def test_what_a_shift_held_is_never_changed(house):
    shift = await opened(house)
    await take(house)
    await closed(house, shift, cash=100_000 + AMOUNT)

    for statement in (
        "UPDATE shift_lines SET outside = 1",
        "DELETE FROM shift_lines",
        "UPDATE shift_counts SET cash = 1",
        "DELETE FROM shift_counts",
    ):
        with pytest.raises(Exception, match="never changed"):
            await db.execute(statement)


def test_sums_part_cash_slips_and_what_stands_outside():
    lines = [
        Taking(
            event=None, at=None, kind=kind, amount=amount, slip=None, dossier=None,
            outside=outside,
        )
        for kind, amount, outside in (
            ("cash", 5, False), ("cash", -2, False), ("pos", 7, False), ("cash", 11, True),
        )
    ]  # fmt: skip

    sums = sums_of(lines)

    assert (sums.cash, sums.pos, sums.outside) == (3, 7, 11)
    assert agrees(10, sums, Counted(cash=13, pos=7))
    assert not agrees(10, sums, Counted(cash=13, pos=8))
