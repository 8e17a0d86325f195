"""Refunds: a second person, one reference, never twice, and never more than came."""

import asyncio
from datetime import timedelta

import pytest

from backend import payments
from backend.payments import (
    NotByProvider,
    Payee,
    RefundDecided,
    SamePerson,
    TooMuchBack,
)
from backend.payments.actions import giving
from backend.platform import db
from backend.platform.kit.errors import NotFound
from payment_adapters.contract import (
    Capabilities,
    Observation,
    Rejected,
    Spec,
    Transient,
    Unsure,
)
from payment_adapters.sandbox.adapter import Config, Sandbox
from tests.backend.payments.conftest import AMOUNT, TABLES, WARD

LAN, MINH = "officer:lan", "officer:minh"


class Giver(Sandbox):
    """The sandbox that gives money back: `moods` says what it does, call by call."""

    def __init__(self, refund="partial"):
        self.moods, self.said, self.calls = [], [], []
        self.spec = Spec(
            id="sandbox", title_vi="x", title_en="x", config_type=Config,
            capabilities=Capabilities(notices=True, queries=True, pretend=True, refund=refund),
        )  # fmt: skip

    def refund_ref(self, refund):
        return f"R-{refund.code}"

    async def refund(self, ctx, refund):
        self.calls.append(("refund", refund.provider_ref, refund.amount))
        return self._answer(refund)

    async def query_refund(self, ctx, refund):
        self.calls.append(("query", refund.provider_ref, refund.amount))
        return self._answer(refund)

    def _answer(self, refund):
        mood = self.moods.pop(0) if self.moods else "succeeded"
        if isinstance(mood, Exception):
            raise mood
        return Observation(
            status=mood, kind="refund", amount=refund.amount, provider_ref=refund.provider_ref
        )


@pytest.fixture
def giver(house):
    made = Giver()
    house.adapters.plug("sandbox", lambda: lambda: made, TABLES["sandbox"])
    return made


async def paid_twice(house):
    """Pay by the sandbox after cash; give the dossier and the refund that asks for itself."""
    dossier = await house.dossier()
    started = await house.start(dossier, "sandbox")
    named = await db.row(
        "SELECT provider_ref FROM payment_attempts WHERE id = {}", started.attempt.attempt
    )
    await payments.collect(
        dossier, kind="cash", amount=AMOUNT, slip_number=None, by=LAN, now=house.now
    )
    await house.hear(house.notice(named["provider_ref"]), "sandbox")
    (refund,) = await listed(house)
    return dossier, refund


async def listed(house, *, by=MINH, states=None):
    return await payments.refunds(
        (WARD,), states=states or tuple(payments.OPEN), by=by, adapters=house.adapters,
        vault=house.vault, before=house.now + timedelta(days=1),
    )  # fmt: skip


async def approve(house, refund, *, by=MINH, route="provider", seen=0, payee=None):
    return await payments.approve_refund(
        refund.refund, seen=seen, route=route, payee=payee, by=by, adapters=house.adapters,
        vault=house.vault, random=house.random, now=house.now,
    )  # fmt: skip


async def state(house):
    found = await db.rows("SELECT state FROM refunds ORDER BY at, id")
    return [one["state"] for one in found]


# -- by the provider -------------------------------------------------------------------------------


async def test_a_surplus_is_given_back_by_its_provider_once_a_second_person_agrees(house, giver):
    dossier, refund = await paid_twice(house)

    await approve(house, refund)
    await house.work()

    assert refund.routes == ("provider", "manual")
    assert [call[0] for call in giver.calls] == ["refund"]
    assert await state(house) == ["succeeded"]
    assert await house.state(dossier) == "partly_refunded"
    assert payments.due_settled((await payments.of_dossier(dossier))[0])
    assert [one.amount for one in house.events if isinstance(one, payments.RefundGiven)] == [AMOUNT]


async def test_a_lost_answer_is_asked_about_and_never_sent_again(house, giver):
    _dossier, refund = await paid_twice(house)
    giver.moods = [Unsure("cut"), "pending", "succeeded"]

    await approve(house, refund)
    await house.work()
    unknown = await state(house)
    for _ in range(3):
        house.later(hours=1)
        await house.work()

    assert unknown == ["unknown"]
    assert [call[0] for call in giver.calls] == ["refund", "query", "query"]
    assert len({call[1] for call in giver.calls}) == 1
    assert await state(house) == ["succeeded"]


async def test_what_the_provider_never_got_is_sent_again_under_the_same_name(house, giver):
    _dossier, refund = await paid_twice(house)
    giver.moods = [Unsure("cut"), "not_found", "succeeded"]

    await approve(house, refund)
    for _ in range(3):
        await house.work()
        house.later(hours=1)

    assert [call[0] for call in giver.calls] == ["refund", "query", "refund"]
    assert len({call[1] for call in giver.calls}) == 1


async def test_after_a_death_in_the_call_the_provider_is_asked_first(house, giver):
    _dossier, refund = await paid_twice(house)
    await approve(house, refund)
    await db.execute("UPDATE refunds SET state = 'submitted'")  # committed, and then the power went

    await house.work()

    assert [call[0] for call in giver.calls] == ["query"]
    assert await state(house) == ["succeeded"]


async def test_a_refund_that_runs_beside_itself_calls_once(house, giver):
    _dossier, refund = await paid_twice(house)
    await approve(house, refund)
    giver.moods = ["pending"] * 16
    work = giving.Give(refund.refund, 0)

    await asyncio.gather(
        *(giving.give(work, adapters=house.adapters, clock=house.clock) for _ in range(16))
    )

    assert [call[0] for call in giver.calls].count("refund") == 1


async def test_what_did_not_begin_is_tried_again(house, giver):
    _dossier, refund = await paid_twice(house)
    giver.moods = [Transient("down"), "not_found", "succeeded"]

    await approve(house, refund)
    await house.work()
    waiting = await state(house)
    house.later(minutes=5)
    await house.work()

    assert waiting == ["submitted"]
    assert await state(house) == ["succeeded"]


async def test_a_refused_refund_fails_and_another_asks_for_itself(house, giver):
    dossier, refund = await paid_twice(house)
    giver.moods = [Rejected("91")]

    await approve(house, refund)
    await house.work()

    assert sorted(await state(house)) == ["failed", "requested"]
    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT


async def test_a_late_success_wins_and_takes_the_second_request_back(house, giver):
    dossier, refund = await paid_twice(house)
    giver.moods = ["failed"]
    await approve(house, refund)
    await house.work()
    (named,) = await db.rows("SELECT provider_ref FROM refunds WHERE state = 'failed'")

    told = Observation(
        status="succeeded", kind="refund", amount=AMOUNT, provider_ref=named["provider_ref"]
    )
    await payments.settle(
        told, source=payments.Source(adapter="sandbox"), adapters=house.adapters, now=house.now
    )

    assert sorted(await state(house)) == ["succeeded", "withdrawn"]
    assert await house.state(dossier) == "partly_refunded"


async def test_an_unknown_refund_is_asked_about_until_its_provider_tells_no_more(house, giver):
    _dossier, refund = await paid_twice(house)
    giver.moods = [Unsure("cut")] + ["pending"] * 40

    await approve(house, refund)
    for _ in range(100):
        await house.work()
        house.later(hours=1)

    assert [call[0] for call in giver.calls].count("refund") == 1
    assert 10 <= len(giver.calls) <= 12
    assert await state(house) == ["unknown"]


async def test_a_told_refund_of_another_amount_decides_nothing(house, giver):
    _dossier, refund = await paid_twice(house)
    giver.moods = [Unsure("cut")]
    await approve(house, refund)
    await house.work()
    (named,) = await db.rows("SELECT provider_ref FROM refunds")

    told = Observation(
        status="succeeded", kind="refund", amount=1, provider_ref=named["provider_ref"]
    )
    await payments.settle(
        told, source=payments.Source(adapter="sandbox"), adapters=house.adapters, now=house.now
    )

    assert await state(house) == ["unknown"]


async def test_a_refund_is_known_by_the_payment_that_it_gives_back(house, giver):
    dossier, refund = await paid_twice(house)
    giver.moods = [Unsure("cut")]
    await approve(house, refund)
    await house.work()
    (named,) = await db.rows("SELECT provider_ref FROM payment_attempts WHERE adapter = 'sandbox'")
    told = {"kind": "refund", "amount": AMOUNT, "provider_ref": named["provider_ref"]}

    for status in ("failed", "succeeded"):
        await payments.settle(
            Observation(status=status, **told), source=payments.Source(adapter="sandbox"),
            adapters=house.adapters, now=house.now,
        )  # fmt: skip

    assert sorted(await state(house)) == ["succeeded", "withdrawn"]
    assert await house.state(dossier) == "partly_refunded"


async def test_a_refund_that_is_none_of_ours_is_left_to_people(house, giver):
    await paid_twice(house)
    told = Observation(
        status="succeeded", kind="refund", amount=5, provider_ref="foreign", txn="t9"
    )

    await payments.settle(
        told, source=payments.Source(adapter="sandbox"), adapters=house.adapters, now=house.now
    )

    assert ("review", 5) in [(one.reason, one.amount) for one in await house.unmatched()]


@pytest.mark.parametrize("can", ["none", "manual"])
async def test_a_provider_that_gives_nothing_back_is_not_asked(house, can):
    made = Giver(refund=can)
    house.adapters.plug("sandbox", lambda: lambda: made, TABLES["sandbox"])
    _dossier, refund = await paid_twice(house)

    with pytest.raises(NotByProvider):
        await approve(house, refund)

    assert refund.routes == ("manual",)
    assert made.calls == []


async def test_a_part_is_not_given_back_where_only_all_can_be(house):
    made = Giver(refund="full")
    house.adapters.plug("sandbox", lambda: lambda: made, TABLES["sandbox"])
    _dossier, refund = await paid_twice(house)
    await db.execute("UPDATE refunds SET amount = amount - 1")

    with pytest.raises(NotByProvider):
        await approve(house, refund)

    await db.execute("UPDATE refunds SET amount = amount + 1")


# -- by the accountant -----------------------------------------------------------------------------


async def test_a_payout_needs_evidence_and_another_person(house, giver):
    dossier, refund = await paid_twice(house)
    payee = Payee(bank="Vietcombank", account="0011", name="NGUYEN VAN A")

    await approve(house, refund, route="manual", payee=payee)
    (ready,) = await listed(house, by=LAN)
    await payments.pay_out_refund(
        refund.refund, seen=1, evidence="UNC 12/2026", by=LAN, now=house.now
    )
    with pytest.raises(SamePerson):
        await payments.confirm_refund(refund.refund, seen=2, by=LAN, now=house.now)
    (own,) = await listed(house, by=LAN)
    await payments.confirm_refund(refund.refund, seen=2, by=MINH, now=house.now)

    assert (ready.can, ready.payee) == (("pay_out",), payee)
    assert own.can == ("send_back",)
    assert await state(house) == ["confirmed"]
    assert await house.state(dossier) == "partly_refunded"
    assert giver.calls == []


async def test_a_payout_with_a_wrong_proof_is_sent_back(house, giver):
    _dossier, refund = await paid_twice(house)
    await approve(house, refund, route="manual")
    await payments.pay_out_refund(refund.refund, seen=1, evidence="UNC 1", by=LAN, now=house.now)

    await payments.send_back_refund(refund.refund, seen=2, by=MINH, now=house.now)

    assert await state(house) == ["approved"]


async def test_a_payout_is_for_the_accountants_refunds_alone(house, giver):
    _dossier, refund = await paid_twice(house)
    await approve(house, refund)

    with pytest.raises(RefundDecided):
        await payments.pay_out_refund(refund.refund, seen=1, evidence="1", by=LAN, now=house.now)


async def test_the_account_of_the_payee_is_sealed(house, giver):
    _dossier, refund = await paid_twice(house)
    payee = Payee(bank="Vietcombank", account="0123499999", name="NGUYEN VAN A")

    await approve(house, refund, route="manual", payee=payee)

    (row,) = await db.rows("SELECT payee FROM refunds")
    assert b"0123499999" not in row["payee"]


# -- agreeing --------------------------------------------------------------------------------------


async def test_of_sixteen_who_agree_at_once_one_does(house, giver):
    _dossier, refund = await paid_twice(house)

    answers = await asyncio.gather(
        *(approve(house, refund, by=f"officer:{one}") for one in range(16)), return_exceptions=True
    )
    await house.work()

    assert [type(one) for one in answers].count(RefundDecided) == 15
    assert [call[0] for call in giver.calls] == ["refund"]


async def test_who_asked_does_not_agree(house, giver):
    _dossier, refund = await paid_twice(house)
    await db.execute("UPDATE refunds SET requested_by = {}", MINH)

    for agree in (
        approve(house, refund),
        payments.reject_refund(refund.refund, seen=0, by=MINH, now=house.now),
    ):
        with pytest.raises(SamePerson):
            await agree

    assert (await listed(house))[0].can == ()


async def test_a_refused_surplus_stays_with_us_and_asks_no_more(house, giver):
    dossier, refund = await paid_twice(house)

    await payments.reject_refund(refund.refund, seen=0, by=MINH, now=house.now)

    assert await state(house) == ["rejected"]
    assert await house.state(dossier) == "paid"


async def test_more_than_came_is_never_agreed_to(house, giver):
    _dossier, refund = await paid_twice(house)
    await db.execute("UPDATE refunds SET amount = amount * 3")

    with pytest.raises(TooMuchBack):
        await approve(house, refund)

    await db.execute("UPDATE refunds SET amount = amount / 3")


async def test_a_reversal_takes_back_what_was_only_asked_for(house, giver):
    dossier, _refund = await paid_twice(house)
    (named,) = await db.rows("SELECT provider_ref FROM payment_attempts WHERE adapter = 'sandbox'")

    await house.hear(house.notice(named["provider_ref"], event="reversal"), "sandbox")

    assert await state(house) == ["withdrawn"]
    assert await house.state(dossier) == "paid"


async def test_an_agreed_refund_is_withdrawn_before_its_provider_is_called(house, giver):
    _dossier, refund = await paid_twice(house)
    await approve(house, refund)
    (named,) = await db.rows("SELECT provider_ref FROM payment_attempts WHERE adapter = 'sandbox'")

    await house.hear(house.notice(named["provider_ref"], event="reversal"), "sandbox")
    await house.work()

    assert await state(house) == ["withdrawn"]
    assert giver.calls == []


async def test_a_refund_of_another_unit_is_not_found(house, giver):
    _dossier, refund = await paid_twice(house)

    with pytest.raises(NotFound):
        await payments.refund(
            refund.refund, ("om-thoi-an",), by=LAN, adapters=house.adapters, vault=house.vault
        )
