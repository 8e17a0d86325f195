"""What the citizen's side does later."""

from datetime import timedelta
from uuid import UUID

import pytest

from backend import dossiers
from backend.dossiers import Item, State
from backend.platform.db import row
from backend.platform.kit.errors import NotFound


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
