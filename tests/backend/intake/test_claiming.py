"""A citizen claims to pay no fee: the fee waits for an officer, who alone reads why."""

import asyncio
import uuid
from contextlib import suppress

import pytest

from backend import dossiers, payments
from backend.intake.actions import claiming
from backend.intake.model.claims import ExemptionClaimed
from backend.platform.db import rows, transaction
from tests.backend.intake.test_routes import refused
from tests.simulation.dying import mortal

POOR = {"group": "ho_ngheo", "evidence": "Giấy chứng nhận hộ nghèo số 12"}
NOTE = "Người thuộc hộ nghèo: Giấy chứng nhận hộ nghèo số 12"


async def steps_of(phone):
    found = await rows(
        "SELECT verb FROM dossier_moves WHERE dossier = {} ORDER BY rev", uuid.UUID(phone.id)
    )
    return [one["verb"] for one in found]


async def read_by_officer(house, phone):
    """Read the last claim as the desk does."""
    opened = await dossiers.opened(uuid.UUID(phone.id), house.vault)
    return (await dossiers.notes_of(opened, "exemption_claim"))[-1][1]


async def refuse(house, phone):
    """Refuse the exemption as the desk does: a step of the dossier, and one of the money."""
    dossier, by = uuid.UUID(phone.id), "officer:lan"
    until = house.now.replace(month=12)
    async with transaction():
        seen = (await dossiers.get(dossier)).rev
        await dossiers.note_step(dossier, "exemption_refuse", by=by, now=house.now, seen=seen)
        await payments.refuse_exemption(dossier, until=until, by=by, now=house.now)


async def test_a_claim_lets_the_fee_wait_and_is_read_by_officers_alone(house, sent):
    answer = await sent.post("exemption", POOR)

    assert answer.status_code == 200
    assert answer.json()["obligation"]["state"] == "exemption_review"
    assert answer.json()["timeline"][-1]["what"] == "Ông/bà đã đề nghị được miễn phí"
    assert "hộ nghèo" not in answer.text
    assert await read_by_officer(house, sent) == NOTE


async def test_what_proves_it_may_be_left_out(house, sent):
    assert (await sent.post("exemption", {"group": "tre_em"})).status_code == 200

    assert await read_by_officer(house, sent) == "Trẻ em"


async def test_repeats_and_two_at_once_are_one_claim(house, sent):
    answers = await asyncio.gather(*(sent.post("exemption", POOR) for _ in range(4)))
    again = await sent.post("exemption", POOR)

    assert {one.status_code for one in (*answers, again)} == {200}
    assert (await steps_of(sent)).count("exemption_claim") == 1


async def test_another_claim_under_review_is_added(house, sent):
    await sent.post("exemption", POOR)

    answer = await sent.post("exemption", {"group": "khuyet_tat"})

    assert answer.json()["obligation"]["state"] == "exemption_review"
    assert (await steps_of(sent)).count("exemption_claim") == 2
    assert await read_by_officer(house, sent) == "Người khuyết tật"


async def test_a_refused_claim_is_not_made_again_another_is(house, sent):
    await sent.post("exemption", POOR)
    await refuse(house, sent)

    refused(await sent.post("exemption", POOR), 409, "exemption-refused")
    shown = (await sent.look())["obligation"]
    assert (shown["state"], shown["pay_until"][:10]) == ("open", "2026-12-20")
    another = await sent.post("exemption", {**POOR, "evidence": "Giấy năm 2026"})

    assert another.json()["obligation"]["state"] == "exemption_review"
    assert (await steps_of(sent)).count("exemption_claim") == 2


async def test_a_claim_does_not_take_the_last_day_away(house, sent):
    await sent.post("exemption", POOR)
    await refuse(house, sent)
    await sent.post("exemption", {"group": "tre_em"})

    (kept,) = await rows("SELECT pay_until FROM obligations")
    assert kept["pay_until"] is not None


async def test_a_withdrawn_dossier_claims_nothing(sent):
    await sent.post("exemption", POOR)
    await sent.post("withdraw", {"reason": "Đã nộp nơi khác"})

    refused(await sent.post("exemption", {"group": "tre_em"}), 409, "nothing-due")
    assert (await sent.look())["obligation"]["state"] == "cancelled"


async def test_who_waits_may_pay_after_all(sent):
    await sent.post("exemption", POOR)

    assert (await sent.post("payments", {"adapter": "vietqr"})).status_code == 201


async def pays_at_the_counter(house, phone):
    await payments.collect(
        uuid.UUID(phone.id),
        kind="cash",
        amount=8000,
        slip_number=None,
        by="officer:lan",
        now=house.now,
    )


async def test_what_was_refused_after_payment_is_not_claimed_again_for_a_rest(house, sent):
    dossier, by = uuid.UUID(sent.id), "officer:lan"
    await sent.post("exemption", POOR)
    await pays_at_the_counter(house, sent)
    async with transaction():
        seen = (await dossiers.get(dossier)).rev
        await dossiers.note_step(dossier, "exemption_refuse_paid", by=by, now=house.now, seen=seen)
        await payments.refuse_exemption(dossier, until=None, by=by, now=house.now)
    three = [payments.Line("Bản sao trích lục", "le_phi", 3, 8000, None, "TT 281/2016")]
    await payments.restate(dossier, three, by=by, now=house.now)

    refused(await sent.post("exemption", POOR), 409, "exemption-refused")


async def test_where_nothing_is_due_nothing_is_claimed(house, sent):
    await pays_at_the_counter(house, sent)

    refused(await sent.post("exemption", POOR), 409, "nothing-due")
    assert "exemption_claim" not in await steps_of(sent)


async def test_a_draft_claims_nothing(phone):
    await phone.save()

    refused(await phone.post("exemption", POOR), 409, "nothing-due")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"group": ""},
        {"group": "x" * 65},
        {"group": 7},
        {"group": "khong_co"},
        {"group": "Người thuộc hộ nghèo"},
        {"group": "ho_ngheo", "evidence": "x" * 301},
        {"group": "ho_ngheo", "evidence": "a\u202eb"},
        {"group": "ho_ngheo", "evidence": None},
        {"group": "ho_ngheo", "more": 1},
    ],
)
async def test_a_claim_of_another_shape_is_refused(sent, body):
    answer = await sent.post("exemption", body)

    refused(answer, 422, "content")
    assert "exemption_claim" not in await steps_of(sent)


async def test_claims_are_counted_and_repeats_are_not(sent):
    other = [{**POOR, "evidence": str(number)} for number in range(claiming.MOST_CLAIMS)]
    taken = [await sent.post("exemption", one) for one in other]
    repeats = [await sent.post("exemption", other[-1]) for _ in range(3)]
    more = await sent.post("exemption", {"group": "tre_em"})

    assert {one.status_code for one in (*taken, *repeats)} == {200}
    assert more.status_code == 429


@pytest.mark.parametrize("steps", range(1, 30, 2))
async def test_a_death_in_it_leaves_all_or_nothing(house, sent, steps):
    citizen = claiming.Citizen(uuid.UUID(sent.id), await _key_hash(sent))
    claimed = ExemptionClaimed(**POOR)
    life = claiming.claim(citizen, claimed, vault=house.vault, now=house.now)

    with suppress(asyncio.CancelledError):
        await mortal(life, steps, [], gently=True)

    shown = (await sent.look())["obligation"]["state"]
    assert (shown == "exemption_review") == ("exemption_claim" in await steps_of(sent))
    assert (await sent.post("exemption", POOR)).json()["obligation"]["state"] == "exemption_review"
    assert (await steps_of(sent)).count("exemption_claim") == 1


async def _key_hash(phone):
    (kept,) = await rows("SELECT key_hash FROM dossiers WHERE id = {}", uuid.UUID(phone.id))
    return kept["key_hash"]
