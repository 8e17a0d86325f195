"""A citizen claims to pay no fee: the fee waits for an officer, who alone reads why."""

import asyncio
import uuid
from contextlib import suppress

import pytest

from backend import dossiers, payments
from backend.intake.actions import claiming
from backend.platform.db import rows
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
    return await dossiers.last_note(opened, "exemption_claim")


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


async def test_after_a_refusal_the_same_may_be_claimed_again(house, sent):
    await sent.post("exemption", POOR)
    until = house.now.replace(month=12)
    await payments.refuse_exemption(
        uuid.UUID(sent.id), until=until, by="officer:lan", now=house.now
    )

    assert (await sent.post("exemption", POOR)).status_code == 200
    assert (await steps_of(sent)).count("exemption_claim") == 2


async def test_who_waits_may_pay_after_all(sent):
    await sent.post("exemption", POOR)

    assert (await sent.post("payments", {"adapter": "vietqr"})).status_code == 201


async def test_where_nothing_is_due_nothing_is_claimed(house, sent):
    await payments.collect(
        uuid.UUID(sent.id),
        kind="cash",
        amount=8000,
        slip_number=None,
        by="officer:lan",
        now=house.now,
    )

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


async def test_a_dossier_claims_ten_times_a_day(sent):
    answers = [await sent.post("exemption", POOR) for _ in range(claiming.MOST_CLAIMS + 1)]

    assert [one.status_code for one in answers] == [200] * claiming.MOST_CLAIMS + [429]


@pytest.mark.parametrize("steps", range(1, 30, 2))
async def test_a_death_in_it_leaves_all_or_nothing(house, sent, steps):
    citizen = claiming.Citizen(uuid.UUID(sent.id), await _key_hash(sent))
    claimed = claiming.ExemptionClaimed(**POOR)
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
