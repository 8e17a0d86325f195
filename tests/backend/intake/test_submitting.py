"""What happens to a submission while something else happens to its dossier."""

import asyncio
import hashlib
from random import Random
from uuid import UUID, uuid4

import msgspec
import pytest

from backend import catalogue
from backend.attachments import FileChecked
from backend.attachments import store as files
from backend.dossiers import State, get
from backend.dossiers.store import dossiers as store
from backend.intake.actions import submitting
from backend.intake.actions.opening import Citizen, Counter
from backend.intake.model import FilesUnreadable
from backend.people import Officer
from backend.platform import outbox
from backend.platform.db import transaction
from tests.backend.citizens import ROOT


async def test_a_draft_of_a_version_that_the_law_closed_is_refused_and_told_what_changed(
    house, phone
):
    await phone.prepare()
    old = catalogue.get("2.000635").version
    source = catalogue.served("2.000635")
    source = msgspec.structs.replace(source, text=source.text.replace("max: 50", "max: 20"))
    given = {"reason": "Quyết định 1", "closes_drafts": True, "now": house.now}
    today = house.now.date()
    made = await catalogue.propose("2.000635", source, from_day=today, by=officer("an"), **given)
    await catalogue.approve(made.id, by=officer("binh"), now=house.now)

    kept = await phone.save()
    refused = await phone.post("submit")
    catalogue.load(ROOT / "procedures", demo=True, clock=house.clock)

    assert (kept.status_code, refused.status_code) == (200, 409)
    problem = refused.json()
    assert problem["type"].endswith("version-closed")
    assert [one["message_vi"] for one in problem["errors"]] == [
        "Câu hỏi “Số lượng bản sao”, mức lớn nhất: 50 → 20."
    ]
    assert old != made.version
    assert (await phone.look())["state"] == "draft"


def officer(login):
    return Officer(uuid4(), login, login, "author", ("om",))


async def test_a_photo_found_unreadable_in_the_middle_of_a_submission_is_never_overlooked(
    house, phone
):
    await phone.prepare()
    dossier, sha256 = UUID(phone.id), hashlib.sha256(phone.photos["uy_quyen"]).hexdigest()
    citizen = Citizen(dossier, hashlib.sha256(phone.key.encode()).digest())
    held, judged = asyncio.Event(), asyncio.Event()
    chance = Random(3)  # noqa: S311 - repeatable on purpose

    def random(size):
        judged.set()
        return chance.randbytes(size)

    async def check():
        async with transaction():
            await store.hold(dossier)
            held.set()
            await judged.wait()
            now = house.now
            await files.settle(
                dossier, sha256, check="unreadable", reason="damaged", pages=None, now=now
            )
            event = FileChecked(dossier=dossier, at=now, sha256=sha256, check="unreadable")
            await outbox.emit(event)

    checking = asyncio.create_task(check())
    await held.wait()
    counter = Counter(
        vault=house.vault, signer=house.signer, random=random, adapters=house.adapters
    )
    with pytest.raises(FilesUnreadable):
        await submitting.submit(citizen, counter=counter, now=house.now)

    await checking
    assert (await get(dossier)).state is State.DRAFT
