"""A pay link lets whoever holds it pay one fee, see it live, and do nothing else."""

import asyncio
from uuid import UUID

import pytest

from backend import payments
from backend.platform import db
from tests.backend.citizens import HERE, Phone
from tests.backend.intake.test_routes import refused


async def made(phone):
    answer = await phone.post("pay-link")
    assert answer.status_code == 200, answer.text
    address, _, token = answer.json()["url"].partition("#")
    assert address == f"{HERE}/tra-phi"
    return token


async def seen(phone, token):
    return await phone.web.post("/api/v1/pay-link", json={"token": token})


async def pays(phone, token, adapter="vietqr"):
    body = {"token": token, "adapter": adapter}
    return await phone.web.post("/api/v1/pay-link/payments", json=body)


async def ended(phone):
    return await phone.web.delete(f"{phone.path}/pay-link", headers=phone.headers)


async def collected(house, phone):
    await payments.collect(
        UUID(phone.id), kind="cash", amount=8000, slip_number=None, by="officer:lan", now=house.now
    )


async def test_a_relative_sees_what_is_paid_to_whom_and_nobodys_name(sent):
    shown = await seen(sent, await made(sent))

    code = sent.answer["code"]
    told = shown.json()
    assert shown.status_code == 200, shown.text
    assert told["procedure_title"] == "Bản sao trích lục hộ tịch"
    assert (told["unit_name"], told["unit_office"]) == ("Phường Long Hưng", "UBND phường Long Hưng")
    assert told["code_masked"] == f"{code[:4]}•••••{code[-4:]}"
    assert (told["state"], told["amount"], told["due"]) == ("open", 8000, 8000)
    assert (told["payee"], told["attempts"]) == ("UBND PHUONG", [])
    assert [way["adapter"] for way in told["ways"]] == ["vietqr"]
    for name in ("Nguyễn", "Tư", "Trần", "Lành", "0900000", code, sent.id):
        assert name not in shown.text


async def test_the_link_itself_tells_nothing_and_stands_behind_the_hash(sent):
    token = await made(sent)

    for told in (sent.answer["code"], sent.id, sent.id.replace("-", ""), "om-long-hung"):
        assert told not in token


async def test_a_relative_pays_and_both_see_it_live(house, sent):
    token = await made(sent)

    begun = await pays(sent, token)
    again = await pays(sent, token)

    told = (await seen(sent, token)).json()
    mine = (await sent.look())["attempts"]
    assert (begun.status_code, again.status_code) == (201, 200)
    assert begun.json()["next_action"]["transfer"]["amount"] == 8000
    assert [(one["adapter"], one["state"]) for one in told["attempts"]] == [("vietqr", "pending")]
    assert "next_action" not in told["attempts"][0]
    assert [one["attempt"] for one in mine] == [begun.json()["attempt"]]


async def test_what_is_paid_is_told_and_paid_no_second_time(house, sent):
    token = await made(sent)
    await collected(house, sent)

    told = (await seen(sent, token)).json()
    twice = await pays(sent, token)

    assert (told["state"], told["due"], told["ways"]) == ("paid", 0, [])
    refused(twice, 409, "already-paid")
    refused(await sent.post("pay-link"), 409, "already-paid")


async def test_the_citizen_ends_every_link_with_one_word_and_no_new_one_brings_them_back(sent):
    first, second = await made(sent), await made(sent)

    assert (await seen(sent, first)).status_code == 200
    assert (await ended(sent)).status_code == 204
    assert (await ended(sent)).status_code == 204
    third = await made(sent)

    assert [(await seen(sent, one)).status_code for one in (first, second, third)] == [
        404, 404, 200,
    ]  # fmt: skip
    refused(await pays(sent, first), 404, "not-found")


async def test_a_link_ends_after_thirty_days(house, sent):
    token = await made(sent)

    house.pass_time(days=29, hours=23)
    last = await seen(sent, token)
    house.pass_time(hours=1)

    assert (last.status_code, (await seen(sent, token)).status_code) == (200, 404)


async def test_a_withdrawn_dossier_has_nothing_to_pay_any_more(sent):
    token = await made(sent)
    await sent.post("withdraw", {"reason": "Đã nộp nơi khác"})

    told = (await seen(sent, token)).json()

    assert (told["state"], told["due"], told["ways"]) == ("cancelled", 0, [])
    refused(await pays(sent, token), 409, "nothing-due")


@pytest.mark.parametrize(
    "token", ["", "x", "AAAA", "ÿ" * 40, "A" * 512, "../../etc/passwd", "1.5e4"]
)
async def test_a_forged_link_is_no_link(sent, token):
    refused(await seen(sent, token), 404, "not-found")
    refused(await pays(sent, token), 404, "not-found")


async def test_each_changed_sign_of_a_link_spoils_it(sent):
    token = await made(sent)
    spoilt = [
        f"{token[:at]}{'A' if token[at] != 'A' else 'B'}{token[at + 1 :]}"
        for at in range(0, len(token) - 1, 7)
    ]

    answers = await asyncio.gather(*(seen(sent, one) for one in spoilt))

    assert {one.status_code for one in answers} == {404}


async def test_a_link_to_a_paper_pays_nothing_and_a_pay_link_opens_no_paper(sent):
    paper = (await sent.post("links", {"what": "receipt"})).json()["url"].rpartition("/")[2]
    token = await made(sent)

    refused(await seen(sent, paper), 404, "not-found")
    refused(await sent.web.get(f"/f/{token}"), 404, "not-found")


async def test_a_pay_link_is_no_key_to_the_dossier(sent):
    token = await made(sent)

    answer = await sent.web.get(sent.path, headers={"Authorization": f"Bearer {token}"})

    refused(answer, 404, "not-found")


async def test_only_the_key_makes_or_ends_links(sent, web):
    stranger = Phone(web, seed=2)
    stranger.path = sent.path

    refused(await stranger.post("pay-link"), 404, "not-found")
    refused(await ended(stranger), 404, "not-found")


async def test_a_draft_has_nothing_to_be_paid_by_anybody(phone):
    await phone.save()

    refused(await phone.post("pay-link"), 409, "nothing-due")
    assert (await ended(phone)).status_code == 204


@pytest.mark.parametrize("adapter", ["counter", "momo"])
async def test_a_way_that_a_link_does_not_offer_is_refused_in_a_sentence(sent, adapter):
    answer = await pays(sent, await made(sent), adapter)

    refused(answer, 422, "content")
    assert answer.json()["errors"][0]["pointer"] == "/adapter"


@pytest.mark.parametrize(
    "body", [{}, {"token": 1}, {"token": "x" * 513}, {"token": "x", "more": 1}, []]
)
async def test_an_odd_body_is_refused_and_never_a_fault_of_ours(sent, body):
    answer = await sent.web.post("/api/v1/pay-link", json=body)

    assert answer.status_code in {400, 422}


async def test_who_begins_too_often_by_a_link_leaves_the_citizens_own_beginnings(sent):
    token = await made(sent)
    for _ in range(30):
        await pays(sent, token)

    refused(await pays(sent, token), 429, "too-many")
    assert (await sent.post("payments", {"adapter": "vietqr"})).status_code == 200


async def test_links_made_and_ended_at_once_leave_one_truth(sent):
    tokens = await asyncio.gather(*(made(sent) for _ in range(8)))
    await asyncio.gather(*(ended(sent) for _ in range(8)))

    states = [(await seen(sent, one)).status_code for one in tokens]
    rows = await db.rows("SELECT number, ended_at FROM pay_links")
    assert states == [404] * 8
    assert (rows[0]["number"], rows[0]["ended_at"] is None) == (1, False)


async def test_making_beginning_and_ending_stand_in_the_journal(sent):
    token = await made(sent)
    await pays(sent, token)
    await ended(sent)

    rows = await db.rows("SELECT actor, verb FROM audit ORDER BY id")
    told = [(row["actor"], row["verb"]) for row in rows]
    assert ("citizen", "pay_link_made") in told
    assert ("pay-link", "pay_start") in told
    assert told[-1] == ("citizen", "pay_links_ended")
