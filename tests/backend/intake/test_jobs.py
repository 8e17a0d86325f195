"""What the citizen's side does later."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from backend import dossiers
from backend.attachments import FileChecked
from backend.dossiers import Item, State
from backend.intake.jobs import NOTE_UNREADABLE, queue_unreadable
from backend.platform.db import row, rows, transaction
from backend.platform.kit.errors import NotFound


@pytest.mark.parametrize(("check", "jobs"), [("ok", 0), ("unreadable", 1)])
async def test_only_a_file_that_does_not_open_makes_work_and_once(house, check, jobs):
    event = FileChecked(dossier=uuid4(), at=house.now, sha256="a" * 64, check=check)

    for _ in range(2):
        async with transaction():
            await queue_unreadable(event)

    found = await rows("SELECT topic FROM jobs")
    assert [one["topic"] for one in found] == [NOTE_UNREADABLE] * jobs


async def test_old_drafts_end_and_old_one_time_codes_with_them(house, phone, sent):
    draft = type(phone)(phone.web, seed=99)
    await draft.save()
    body = {"code": sent.answer["code"], "phone_last4": "0417"}
    await phone.web.post("/api/v1/keys", json=body)
    house.pass_time(days=31)

    await house.end_of("intake.end_drafts")

    with pytest.raises(NotFound):
        await dossiers.get(UUID(draft.id))
    assert (await dossiers.get(UUID(sent.id))).state is State.SUBMITTED
    assert (await row("SELECT count(*) AS n FROM one_time_codes"))["n"] == 0


async def test_a_supplement_that_nobody_answers_ends_the_dossier(house, sent):
    await dossiers.ask_supplement(
        UUID(sent.id), by="officer:lan", items=[Item(words="Ký lại", paper="uy_quyen")],
        until=house.now + timedelta(days=5), now=house.now, vault=house.vault,
    )  # fmt: skip
    house.pass_time(days=6)

    await house.end_of("intake.end_supplements")
    await house.work()

    assert (await sent.look())["state"] == "expired"
    assert b'"event":"expired"' in house.notices()
