"""The clock of a dossier: acceptance starts it, a supplement stops it, the end of that moves it."""

import json
import shutil
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from backend import catalogue, dossiers, places
from backend.dossiers import Item, State, Supplement
from backend.migrations import m0011_pauses
from backend.platform.db import execute, rows
from backend.platform.kit.clock import VIETNAM
from tests.backend.citizens import ROOT, Phone
from tests.backend.dossiers.test_actions import ask, move

MONDAY = datetime(2026, 11, 23, 14, tzinfo=VIETNAM)
WEDNESDAY = datetime(2026, 11, 25, 17, tzinfo=VIETNAM)


@pytest.fixture
async def dossier(sent):
    return await dossiers.by_code(sent.answer["code"])


async def counted(dossier: UUID) -> list[str]:
    """Read from the journal how each date came about."""
    found = await rows("SELECT facts FROM audit WHERE dossier = {} ORDER BY id", dossier)
    facts = [json.loads(one["facts"]) for one in found]
    return [one["count"] for one in facts if "count" in one]


async def test_the_clock_starts_with_the_acceptance_and_the_journal_tells_the_count(house, dossier):
    accepted = await move(house, dossier, "accept")

    assert accepted.due_at == datetime(2026, 11, 20, 17, tzinfo=VIETNAM)
    [count] = await counted(dossier.id)
    assert count.split(" · ") == [
        "Nhận 09:00 thứ Sáu 20/11/2026",
        "Thứ Sáu 20/11: tính 6 giờ, đủ thời hạn",
        "Hẹn trả: 17:00 thứ Sáu 20/11/2026",
    ]


async def test_a_request_after_the_acceptance_stops_the_clock_and_keeps_the_stretch(house, dossier):
    accepted = await move(house, dossier, "accept")
    house.pass_time(hours=1)

    asked = await ask(house, dossier)

    [stood] = await dossiers.standstills(dossier.id)
    assert asked.paused
    assert asked.due_at == accepted.due_at
    assert (stood.begins, stood.ends, stood.due_before) == (house.now, None, accepted.due_at)


async def test_a_request_before_the_acceptance_stops_nothing(house, dossier):
    asked = await ask(house, dossier)

    assert not asked.paused
    assert await dossiers.standstills(dossier.id) == []


async def test_who_withdraws_while_it_stands_still_ends_before_the_moved_date(house, dossier):
    accepted = await move(house, dossier, "accept")
    house.pass_time(hours=1)
    await ask(house, dossier, until=house.now + timedelta(days=20))
    house.now = MONDAY

    withdrawn = await move(house, dossier, "withdraw", by="citizen")

    [stood] = await dossiers.standstills(dossier.id)
    assert withdrawn.due_at == WEDNESDAY
    assert (stood.ends, stood.due_before, stood.due_after) == (
        MONDAY, accepted.due_at, WEDNESDAY,
    )  # fmt: skip


async def test_a_request_that_came_after_the_promised_date_moves_it_no_more(house, dossier):
    accepted = await move(house, dossier, "accept")
    house.now = MONDAY
    await ask(house, dossier, until=house.now + timedelta(days=5))
    house.pass_time(days=6)

    assert await dossiers.expire_supplements(now=house.now) == 1

    assert (await dossiers.get(dossier.id)).due_at == accepted.due_at


async def test_a_date_promised_elsewhere_moves_by_the_working_time_that_stood_still(house, dossier):
    promised = datetime(2026, 11, 23, 11, tzinfo=VIETNAM)
    await move(house, dossier, "accept", by="onestop", due_at=promised)
    house.now = datetime(2026, 11, 20, 16, tzinfo=VIETNAM)
    await ask(house, dossier, until=house.now + timedelta(days=20))
    house.now = datetime(2026, 11, 25, 8, tzinfo=VIETNAM)

    withdrawn = await move(house, dossier, "withdraw", by="citizen")

    assert withdrawn.due_at == datetime(2026, 11, 25, 15, tzinfo=VIETNAM)
    assert "Hẹn trước đây: 11:00 thứ Hai 23/11/2026" in (await counted(dossier.id))[-1]


async def test_the_answer_lets_the_clock_go_on_and_tells_the_new_date(house, sent, dossier):
    await move(house, dossier, "accept")
    house.pass_time(hours=1)
    await ask(house, dossier, until=house.now + timedelta(days=20), reason="Chữ ký mờ")
    house.now = MONDAY

    after = await answered(house, sent)

    told = await dossiers.timeline(after)
    assert (after.state, after.due_at, after.queue_at) == (State.ACCEPTED, WEDNESDAY, WEDNESDAY)
    assert [step.what for step in told[-2:]] == [
        "Cần ông/bà bổ sung hồ sơ. Thời hạn giải quyết tạm dừng",
        "Ông/bà đã bổ sung hồ sơ. Thời hạn tính tiếp, hẹn trả chậm nhất 17:00 ngày 25/11/2026",
    ]
    assert told[-1].until == WEDNESDAY
    assert (
        "Tạm dừng từ 10:00 thứ Sáu 20/11/2026 đến 14:00 thứ Hai 23/11/2026"
        in ((await counted(dossier.id))[-1])
    )


async def test_an_answer_before_the_acceptance_promises_nothing(house, sent, dossier):
    await ask(house, dossier)

    after = await answered(house, sent)

    assert (after.state, after.due_at) == (State.SUBMITTED, None)
    assert (await dossiers.timeline(after))[-1].what == "Ông/bà đã bổ sung hồ sơ"


async def test_while_it_stands_still_the_citizen_is_told_so(house, sent, dossier):
    await move(house, dossier, "accept")
    running = await sent.look()
    await ask(house, dossier)

    paused = await sent.look()

    assert (running["paused"], paused["paused"]) == (False, True)
    assert not paused["provisional"]


async def test_a_date_in_a_year_without_a_notice_is_provisional(house, dossier):
    house.now = datetime(2026, 12, 31, 16, tzinfo=VIETNAM)

    accepted = await move(house, dossier, "accept")

    assert accepted.due_at.astimezone(VIETNAM).year == 2027
    assert dossiers.provisional(accepted)
    assert not places.calendar().is_announced(2027)


FORM = "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
CASES = """  cases:
    - when: {answer: so_luong_ban_sao, at_least: 10}
      text: Nhiều bản sao thì 5 ngày làm việc
      days: 5

consents:
"""
MANY = Item(words="Ghi lại số bản", field="so_luong_ban_sao")


def serve(house, folder, old, new):
    """Serve the form with other words from now on; the text before is known to others alone."""
    shutil.copytree(ROOT / "procedures", folder)
    text = (folder / FORM).read_text(encoding="utf-8")
    assert old in text
    (folder / FORM).write_text(text.replace(old, new, 1), encoding="utf-8")
    catalogue.load(folder, demo=True, clock=house.clock)


@pytest.fixture
async def by_case(house, web, tmp_path):
    """A dossier of few copies, of a form that takes five days for many."""
    serve(house, tmp_path / "procedures", "\nconsents:\n", CASES)
    phone = Phone(web)
    phone.manifest["answers"]["so_luong_ban_sao"] = 1
    phone.answer = await phone.hand_in()
    return phone


async def test_an_answer_before_the_acceptance_that_makes_it_another_case_is_expected_by_that(
    house, by_case
):
    dossier = await dossiers.get(UUID(by_case.id))
    await ask(house, dossier, items=[MANY])

    after = await answered(house, by_case, {"so_luong_ban_sao": 20})

    assert dossier.expected_at == datetime(2026, 11, 20, 17, tzinfo=VIETNAM)
    assert after.expected_at == after.queue_at == datetime(2026, 11, 30, 17, tzinfo=VIETNAM)
    assert (await move(house, after, "accept", vault=house.vault)).due_at == after.expected_at


async def test_a_promise_moves_by_what_stood_still_even_when_the_answer_makes_it_another_case(
    house, by_case
):
    dossier = await dossiers.get(UUID(by_case.id))
    accepted = await move(house, dossier, "accept", vault=house.vault)
    house.pass_time(hours=1)
    await ask(house, dossier, items=[MANY], until=house.now + timedelta(days=20))
    house.now = MONDAY

    after = await answered(house, by_case, {"so_luong_ban_sao": 20})

    assert accepted.due_at == datetime(2026, 11, 20, 17, tzinfo=VIETNAM)
    assert (after.expected_at, after.due_at) == (accepted.expected_at, WEDNESDAY)


async def test_a_form_that_only_another_process_has_served_has_its_clock_here_too(
    house, sent, dossier, tmp_path
):
    serve(house, tmp_path / "procedures", "max: 50", "max: 40")

    with pytest.raises(catalogue.UnknownProcedure):
        catalogue.get(dossier.procedure, version=dossier.version)
    assert (await move(house, dossier, "accept")).due_at == dossier.expected_at
    house.pass_time(hours=1)
    await ask(house, dossier, until=house.now + timedelta(days=20))
    house.now = MONDAY
    assert (await answered(house, sent)).due_at == WEDNESDAY


async def answered(house, sent, answers=None) -> dossiers.Dossier:
    """Answer what the officer asks with the same photo again, as a phone does."""
    supplement: Supplement = (
        await dossiers.supplements(await dossiers.opened(UUID(sent.id), house.vault))
    )[0]
    papers = [one for one in sent.manifest["papers"] if one["paper"] == "uy_quyen"]
    body = {"answers": answers} if answers else {"answers": {}, "papers": papers}
    place = f"supplement/{supplement.id}"
    assert (await sent.put(place, body)).status_code == 200
    sent_answer = await sent.post(f"{place}/submit")
    assert sent_answer.status_code == 200, sent_answer.text
    return await dossiers.get(UUID(sent.id))


async def test_a_dossier_that_waited_before_the_stretches_were_kept_goes_on_as_well(
    house, sent, dossier
):
    await move(house, dossier, "accept")
    house.pass_time(hours=1)
    await ask(house, dossier, until=house.now + timedelta(days=20))
    kept = await dossiers.standstills(dossier.id)
    await execute("DELETE FROM dossier_pauses")
    await execute(m0011_pauses.STATEMENTS[-1])

    assert await dossiers.standstills(dossier.id) == kept
    house.now = MONDAY
    assert (await answered(house, sent)).due_at == WEDNESDAY
