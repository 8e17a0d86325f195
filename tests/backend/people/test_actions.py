"""Signing in and out, adding officers, and what they may see."""

import asyncio
import time
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from backend import people, places
from backend.people import actions, model
from backend.platform.db import rows
from backend.platform.kit.errors import TooMany

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
RANDOM = Random(7).randbytes  # noqa: S311 - repeatable on purpose
HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def wards(database):
    places.load("test")


async def add(login="lan", role="officer", units=("om-long-hung",)):
    return await people.add_officer(
        login, "Trần Thị Bích Lan", role=role, units=units, by="operator", random=RANDOM, now=NOON
    )


async def enter(login, password, *, address=HERE, now=NOON):
    return await actions.sign_in(login, password, address=address, random=RANDOM, now=now)


async def test_an_officer_signs_in_with_the_password_that_was_made():
    officer, password = await add()

    found, token = await enter(" LAN ", password)

    assert found == officer
    assert await actions.recognise(token, now=NOON) == officer


async def test_an_officer_has_a_title_where_one_was_given():
    officer, _password = await people.add_officer(
        "lan", "Trần Thị Bích Lan", role="officer", units=["om-long-hung"], by="operator",
        random=RANDOM, now=NOON, title="  Công chức tư pháp –  hộ tịch ",
    )  # fmt: skip
    bare, _password = await add(login="minh")

    assert (officer.title, bare.title) == ("Công chức tư pháp – hộ tịch", None)
    assert await people.names_of([officer.actor, bare.actor, "system"]) == {
        "officer:lan": "Trần Thị Bích Lan",
        "officer:minh": "Trần Thị Bích Lan",
    }
    assert [
        one.words() for one in (await people.signed_by([officer.actor, "system"])).values()
    ] == ["Trần Thị Bích Lan, Công chức tư pháp – hộ tịch"]
    assert {one.login: one.title for one in await people.officers(now=NOON)} == {
        "lan": "Công chức tư pháp – hộ tịch",
        "minh": None,
    }


async def test_a_title_is_given_later_changed_and_taken_away():
    officer, _password = await add()
    seen = []
    for title in ("Công chức văn phòng – thống kê", "Phó Chủ tịch", " "):
        await people.new_title("lan", title, by="operator", now=NOON)
        signed = await people.signed_by([officer.actor])
        seen.append(signed[officer.actor].title)

    assert seen == ["Công chức văn phòng – thống kê", "Phó Chủ tịch", None]


@pytest.mark.parametrize("title", ["x" * 121, "Chủ\u202e tịch"])
async def test_a_title_that_cannot_be_printed_is_refused(title):
    await add()

    with pytest.raises(ValueError, match="visible"):
        await people.new_title("lan", title, by="operator", now=NOON)


async def test_a_wrong_password_and_an_unknown_login_are_refused_alike():
    await add()

    with pytest.raises(model.SignInNeeded) as wrong:
        await enter("lan", "guess")
    with pytest.raises(model.SignInNeeded) as nobody:
        await enter("nobody", "guess")

    assert (wrong.value.title, wrong.value.detail) == (nobody.value.title, nobody.value.detail)


async def test_an_unknown_login_costs_as_much_time_as_a_known_one():
    await add()
    spent = {"lan": [], "nobody": [], "\x00": []}

    for login in list(spent) * 3:
        began = time.process_time()
        with pytest.raises(model.SignInNeeded):
            await enter(login, "guess")
        spent[login].append(time.process_time() - began)

    fastest = [min(times) for times in spent.values()]
    assert max(fastest) < 3 * min(fastest)


async def test_neither_password_nor_token_stands_in_the_database():
    _officer, password = await add()
    _officer, token = await enter("lan", password)

    kept = str(await rows("SELECT * FROM officers")) + str(await rows("SELECT * FROM sessions"))

    assert password not in kept
    assert token not in kept
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in kept


async def test_a_session_ends_when_idle_and_cannot_be_revived():
    _officer, password = await add()
    _officer, token = await enter("lan", password)

    with pytest.raises(model.SignInNeeded):
        await actions.recognise(token, now=NOON + model.IDLE)

    with pytest.raises(model.SignInNeeded):
        await actions.recognise(token, now=NOON)


async def test_use_keeps_a_session_alive_until_twelve_hours_have_passed():
    _officer, password = await add()
    _officer, token = await enter("lan", password)
    moment = NOON

    while moment < NOON + model.LONGEST - timedelta(minutes=20):
        moment += timedelta(minutes=20)
        if moment < NOON + model.LONGEST:
            await actions.recognise(token, now=moment)

    with pytest.raises(model.SignInNeeded):
        await actions.recognise(token, now=NOON + model.LONGEST)


async def test_signing_out_ends_the_session_on_the_server():
    _officer, password = await add()
    officer, token = await enter("lan", password)

    await actions.sign_out(token, officer, now=NOON)

    with pytest.raises(model.SignInNeeded):
        await actions.recognise(token, now=NOON)


async def test_a_made_up_token_is_nobody():
    with pytest.raises(model.SignInNeeded):
        await actions.recognise("A" * 43, now=NOON)


async def test_too_many_tries_at_one_login_are_stopped_even_with_the_right_password():
    _officer, password = await add()
    for place in range(10):
        with pytest.raises(model.SignInNeeded):
            await enter("lan", "guess", address=f"10.0.0.{place}")

    with pytest.raises(TooMany) as stopped:
        await enter("lan", password)

    assert 0 < stopped.value.retry_after <= 900
    assert (await enter("lan", password, now=NOON + timedelta(minutes=16)))[1]


async def test_the_right_password_starts_the_count_anew():
    _officer, password = await add()

    for _round in range(3):
        for _try in range(8):
            with pytest.raises(model.SignInNeeded):
                await enter("lan", "guess")
        assert (await enter("lan", password))[1]


async def test_signing_in_many_times_at_once_works_two_by_two():
    _officer, password = await add()

    entered = await asyncio.gather(*(enter("lan", password) for _ in range(8)))

    assert len({token for _officer, token in entered}) == 8


async def test_a_login_is_given_once():
    await add("lan")

    with pytest.raises(model.LoginTaken):
        await add("LAN")


async def test_an_officer_of_an_unknown_ward_is_refused():
    with pytest.raises(places.UnknownUnit):
        await add(units=("om-nowhere",))


async def test_a_new_password_ends_every_session():
    _officer, password = await add()
    _officer, token = await enter("lan", password)

    newer = await people.new_password("lan", by="operator", random=RANDOM, now=NOON)

    with pytest.raises(model.SignInNeeded):
        await actions.recognise(token, now=NOON)
    with pytest.raises(model.SignInNeeded):
        await enter("lan", password)
    assert (await enter("lan", newer))[1]


async def test_a_closed_account_opens_no_more():
    _officer, password = await add()
    _officer, token = await enter("lan", password)

    await people.end_officer("lan", by="operator", now=NOON)

    with pytest.raises(model.SignInNeeded):
        await actions.recognise(token, now=NOON)
    with pytest.raises(model.SignInNeeded):
        await enter("lan", password)
    with pytest.raises(people.UnknownOfficer):
        await people.end_officer("lan", by="operator", now=NOON)
    assert await people.officers(now=NOON) == []


async def test_a_unit_counts_from_its_day_to_its_day(database):
    officer, password = await add()
    await actions.store.add_units(officer.id, ["om-thoi-an"], since=date(2026, 12, 1))

    before, _token = await enter("lan", password)
    after, _token = await enter("lan", password, now=NOON + timedelta(days=8))

    assert before.units == ("om-long-hung",)
    assert after.units == ("om-long-hung", "om-thoi-an")


async def test_an_officer_sees_the_own_ward_and_a_leader_all_wards_below():
    officer, _password = await add("lan")
    leader, _password = await add("head", "leader", ["om"])

    on = date(2026, 11, 23)

    assert people.visible_units(officer, on) == ["om-long-hung"]
    assert set(people.visible_units(leader, on)) > {"om", "om-long-hung", "om-thoi-an"}
    assert len(people.visible_units(leader, on)) == 8


async def test_every_sign_in_and_refusal_stands_in_the_journal():
    _officer, password = await add()
    await enter("lan", password)
    with pytest.raises(model.SignInNeeded):
        await enter("lan", "guess")
    with pytest.raises(model.SignInNeeded):
        await enter("0912345678", "guess")

    written = [(one["actor"], one["verb"]) for one in await rows("SELECT * FROM audit ORDER BY id")]

    assert written == [
        ("operator", "officer.added"),
        ("officer:lan", "officer.signed_in"),
        ("officer:lan", "officer.refused"),
        ("system", "officer.refused"),
    ]
    assert "0912345678" not in str(await rows("SELECT * FROM audit"))


# -- commands --------------------------------------------------------------------------------------


async def test_who_gives_a_command_proves_it_without_a_session():
    officer, password = await add("an", role="author")

    vouched = await people.vouch("AN", password, roles=("author",), now=NOON)

    assert vouched == officer
    assert await rows("SELECT officer FROM sessions") == []


async def test_a_command_takes_neither_a_wrong_password_nor_another_role():
    _officer, password = await add("an", role="officer")

    for login, given in (("an", "sai"), ("nobody", password)):
        with pytest.raises(model.SignInNeeded):
            await people.vouch(login, given, roles=("author",), now=NOON)
    with pytest.raises(model.RoleNotAllowed):
        await people.vouch("an", password, roles=("author",), now=NOON)
    assert [one["verb"] for one in await rows("SELECT verb FROM audit WHERE verb LIKE '%refused'")]


async def test_guessing_a_password_by_commands_ends_after_ten():
    await add("an", role="author")

    for _ in range(10):
        with pytest.raises(model.SignInNeeded):
            await people.vouch("an", "sai", roles=("author",), now=NOON)
    with pytest.raises(TooMany):
        await people.vouch("an", "sai", roles=("author",), now=NOON)
