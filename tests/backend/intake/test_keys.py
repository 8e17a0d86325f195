"""A lost key: a one-time code to the dossier's phone, then a new key; earlier ones end."""

import json
import re

import pytest

from backend.platform.db import rows
from tests.backend.intake.test_routes import refused


@pytest.fixture
def lost(sent):
    sent.code = sent.answer["code"]
    return sent


async def ask(phone, *, code=None, digits="0417"):
    body = {"code": code or phone.code, "phone_last4": digits}
    return await phone.web.post("/api/v1/keys", json=body)


async def confirm(phone, one_time_code, *, code=None):
    body = {"code": code or phone.code, "one_time_code": one_time_code}
    return await phone.web.post("/api/v1/keys/confirm", json=body)


def sent_codes(house):
    lines = [json.loads(line) for line in house.notices().splitlines()]
    found = [one for one in lines if one["event"] == "one_time_code"]
    return [(one["to"], re.search(r"\b\d{6}\b", one["text"])[0]) for one in found]


async def test_a_lost_key_comes_back_and_the_old_one_ends(house, lost):
    asked = await ask(lost)
    [(to, digits)] = sent_codes(house)
    answer = await confirm(lost, digits)

    assert asked.status_code == 202
    assert to == "0900000417"
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == lost.id
    assert len(answer.json()["key"]) == 43
    refused(await lost.web.get(lost.path, headers=lost.headers), 404, "not-found")
    lost.key = answer.json()["key"]
    assert (await lost.look())["code"] == lost.code


async def test_the_code_goes_to_the_phone_that_was_named(house, lost):
    await ask(lost, digits="0523")

    assert [to for to, _digits in sent_codes(house)] == ["0900000523"]


async def test_asking_always_looks_the_same(house, lost):
    answers = [
        await ask(lost),
        await ask(lost),
        await ask(lost, digits="9999"),
        await ask(lost, code="2222222222222"),
        await ask(lost, code="no code"),
    ]

    assert {(one.status_code, one.content) for one in answers} == {(202, answers[0].content)}
    assert len(sent_codes(house)) == 1


async def test_a_code_works_once_and_for_five_minutes(house, lost):
    await ask(lost)
    [(_to, digits)] = sent_codes(house)
    assert (await confirm(lost, digits)).status_code == 200
    refused(await confirm(lost, digits), 404, "wrong-code")
    house.pass_time(minutes=2)
    await ask(lost)
    house.pass_time(minutes=6)

    refused(await confirm(lost, sent_codes(house)[-1][1]), 404, "wrong-code")


async def test_five_tries_are_all_there_are(house, lost):
    await ask(lost)
    [(_to, digits)] = sent_codes(house)
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"

    tries = [await confirm(lost, wrong) for _ in range(5)]
    late = await confirm(lost, digits)

    bodies = {json.dumps(one.json() | {"trace_id": ""}) for one in (*tries, late)}
    assert {one.status_code for one in (*tries, late)} == {404}
    assert len(bodies) == 1


async def test_a_newer_code_ends_the_earlier_one(house, lost):
    await ask(lost)
    house.pass_time(minutes=2)
    await ask(lost)
    [(_to, first), (_to2, second)] = sent_codes(house)

    refused(await confirm(lost, first), 404, "wrong-code")
    assert (await confirm(lost, second)).status_code == 200


async def test_a_wrong_dossier_and_a_wrong_code_are_the_same_refusal(lost):
    await ask(lost)

    answers = [
        await confirm(lost, "000000", code="2222222222222"),
        await confirm(lost, "abc"),
        await confirm(lost, ""),
    ]

    assert len({json.dumps(one.json() | {"trace_id": ""}) for one in answers}) == 1
    refused(answers[0], 404, "wrong-code")


async def test_a_dossier_gets_five_codes_a_day_and_an_address_ten_askings_an_hour(house, lost):
    for _ in range(6):
        house.pass_time(minutes=2)
        assert (await ask(lost)).status_code == 202
    assert len(sent_codes(house)) == 5

    for _ in range(4):
        assert (await ask(lost, code="2222222222222")).status_code == 202
    answer = await ask(lost, code="2222222222222")

    refused(answer, 429, "too-many")
    assert int(answer.headers["retry-after"]) > 0


async def test_no_code_and_no_key_stands_in_clear(house, lost):
    await ask(lost)
    [(_to, digits)] = sent_codes(house)
    stored = repr(await rows("SELECT * FROM one_time_codes"))
    key = (await confirm(lost, digits)).json()["key"]

    assert digits not in stored
    assert key not in repr(await rows("SELECT * FROM dossiers"))


@pytest.mark.parametrize("body", [{}, {"code": 7, "phone_last4": "1"}, {"code": "x"}, []])
async def test_a_body_of_a_wrong_shape_is_refused(web, body):
    refused(await web.post("/api/v1/keys", json=body), 422, "content")
    refused(await web.post("/api/v1/keys/confirm", json=body), 422, "content")


async def test_the_log_of_notices_belongs_to_its_owner_alone(house, lost):
    await ask(lost)

    assert (house.settings.data / "notices.jsonl").stat().st_mode & 0o777 == 0o600
