"""Attempts: begun, repeated, changed, doubted; and money at the counter."""

import asyncio
from uuid import UUID

import pytest

from backend import payments
from backend.platform import db
from backend.platform.kit.errors import Unprocessable
from payment_adapters.vietqr import wire as vietqr
from tests.backend.payments.conftest import ACCOUNT, AMOUNT, BANK


async def collect(house, dossier, **changes):
    wanted = {"kind": "cash", "amount": AMOUNT, "slip_number": None, **changes}
    return await payments.collect(dossier, by="officer:lan", now=house.now, **wanted)


async def test_vietqr_shows_a_code_for_the_frozen_account_with_our_memo(house):
    dossier = await house.dossier()

    opened = await house.start(dossier)

    action = opened.attempt.next_action
    read = vietqr.read(action.payload)
    assert opened.fresh
    assert (opened.attempt.state, action.kind) == ("pending", "qr")
    assert (read.account, read.amount, read.purpose) == (ACCOUNT, AMOUNT, action.transfer.memo)
    assert action.transfer.memo in action.text
    assert opened.attempt.expires_at > house.now


async def test_starting_again_gives_the_live_attempt_back(house):
    dossier = await house.dossier()
    first = await house.start(dossier)

    second = await house.start(dossier)

    assert not second.fresh
    assert second.attempt == first.attempt


async def test_sixteen_starts_at_once_make_one_attempt(house):
    dossier = await house.dossier()

    opened = await asyncio.gather(*(house.start(dossier) for _ in range(16)))

    assert sum(one.fresh for one in opened) == 1
    assert len({one.attempt.attempt for one in opened}) == 1


async def test_another_adapter_puts_the_pending_one_aside_and_its_money_still_counts(house):
    dossier = await house.dossier()
    code = await house.code(dossier)

    await house.start(dossier, "sandbox")
    await house.hear(house.transfer(code))

    assert sorted(await house.attempts(dossier)) == ["succeeded", "superseded"]
    assert await house.state(dossier) == "paid"


async def test_an_expired_code_is_replaced_by_a_new_one(house):
    dossier = await house.dossier()
    first = await house.code(dossier)
    house.later(minutes=16)

    second = await house.code(dossier)

    assert first != second
    assert await house.attempts(dossier) == ["expired_unverified", "pending"]


async def test_the_sandbox_sends_to_its_page(house):
    opened = await house.start(await house.dossier(), "sandbox")

    assert opened.attempt.next_action.kind == "redirect"
    assert opened.attempt.next_action.url.startswith(f"{BANK}/sandbox/pay/")


async def test_a_lost_answer_leaves_the_outcome_open_and_blocks_another_adapter(house):
    dossier = await house.dossier()
    house.bank.mood = "lost"

    opened = await house.start(dossier, "sandbox")

    assert opened.attempt.state == "unknown"
    with pytest.raises(payments.ProviderDeciding):
        await house.start(dossier, "vietqr")


async def test_starting_an_unknown_attempt_again_asks_for_the_same_reference(house):
    dossier = await house.dossier()
    house.bank.mood = "lost"
    await house.start(dossier, "sandbox")
    house.bank.mood = ""

    again = await house.start(dossier, "sandbox")

    assert again.attempt.state == "pending"
    assert not again.fresh
    assert len(set(house.bank.started)) == 1


@pytest.mark.parametrize("asked_since", [False, True])
async def test_an_attempt_whose_process_died_in_the_call_is_called_again(house, asked_since):
    class DiedError(BaseException):
        """The process ends here; nothing after it is stored."""

    async def die(asked):
        raise DiedError

    dossier = await house.dossier()
    house.bank.before_answer = die
    with pytest.raises(DiedError):
        await house.start(dossier, "sandbox")
    house.bank.before_answer = None
    house.later(minutes=2)
    if asked_since:
        await house.work()

    again = await house.start(dossier, "sandbox")

    assert again.attempt.state == "pending"
    assert again.attempt.next_action.kind == "redirect"
    assert len(set(house.bank.started)) == 1


@pytest.mark.parametrize("mood", ["down", "refuses"])
async def test_what_certainly_did_not_begin_is_failed_and_another_way_is_open(house, mood):
    dossier = await house.dossier()
    house.bank.mood = mood

    opened = await house.start(dossier, "sandbox")

    assert opened.attempt.state == "failed"
    assert (await house.start(dossier, "vietqr")).attempt.state == "pending"


async def test_the_attempt_is_stored_before_the_provider_is_called(house):
    dossier = await house.dossier()
    seen = []

    async def look(asked):
        seen.append(await house.attempts(dossier))

    house.bank.before_answer = look
    await house.start(dossier, "sandbox")

    assert seen == [["created"]]


async def test_a_paid_fee_is_not_paid_again(house):
    dossier = await house.dossier()
    await house.hear(house.transfer(await house.code(dossier)))

    with pytest.raises(payments.AlreadyPaid):
        await house.start(dossier)
    with pytest.raises(payments.AlreadyPaid):
        await collect(house, dossier)


@pytest.mark.parametrize(("state", "amount"), [("unquoted", None), ("nothing_due", 0)])
async def test_where_nothing_is_due_nothing_is_started(house, state, amount):
    dossier = await house.dossier(state=state, amount=amount)

    with pytest.raises(payments.NothingDue):
        await house.start(dossier)


async def test_a_dossier_without_a_fee_has_nothing_to_pay(house):
    with pytest.raises(payments.NothingDue):
        await house.start(UUID(int=9))


@pytest.mark.parametrize("adapter", ["nobody", "bank_notice", ""])
async def test_a_way_that_cannot_be_started_is_refused_with_its_place(house, adapter):
    with pytest.raises(Unprocessable) as refused:
        await house.start(await house.dossier(), adapter)

    assert refused.value.errors[0].pointer == "/adapter"


async def test_cash_at_the_counter_settles_and_is_not_online(house):
    dossier = await house.dossier()
    await house.start(dossier)

    obligation = await collect(house, dossier)

    assert obligation.state == "paid"
    assert sorted(await house.attempts(dossier)) == ["succeeded", "superseded"]
    assert house.events[0].adapter == "counter"
    assert not await payments.paid_online(dossier)
    assert await house.unmatched() == []


async def test_of_two_officers_at_once_one_takes_the_money(house):
    dossier = await house.dossier()

    done = await asyncio.gather(
        *(collect(house, dossier) for _ in range(2)), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in done) == ["AlreadyPaid", "Obligation"]


async def test_a_transfer_after_cash_is_given_back(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await collect(house, dossier)

    await house.hear(house.transfer(code))

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT
    assert not await payments.paid_online(dossier)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"amount": AMOUNT - 1}, "/amount"),
        ({"kind": "pos"}, "/slip_number"),
        ({"slip_number": "12"}, "/slip_number"),
    ],
)
async def test_money_at_the_counter_must_fit(house, changes, pointer):
    dossier = await house.dossier()

    with pytest.raises(Unprocessable) as refused:
        await collect(house, dossier, **changes)

    assert refused.value.errors[0].pointer == pointer
    assert await house.state(dossier) == "open"


async def test_one_card_slip_pays_one_fee(house):
    first, second = await house.dossier(), await house.dossier()
    await collect(house, first, kind="pos", slip_number="0042")

    with pytest.raises(Unprocessable):
        await collect(house, second, kind="pos", slip_number="0042")

    assert await house.state(second) == "open"


async def test_who_did_what_stands_in_the_journal(house):
    dossier = await house.dossier()
    await house.start(dossier)
    await collect(house, dossier)

    rows = await db.rows("SELECT actor, verb FROM audit ORDER BY id")

    assert [(row["actor"], row["verb"]) for row in rows] == [
        ("citizen", "pay_start"),
        ("officer:lan", "collect_cash"),
        ("adapter:counter", "money_payment"),
    ]
