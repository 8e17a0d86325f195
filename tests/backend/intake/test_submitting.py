"""What happens to a submission while something else happens to its dossier."""

import asyncio
import hashlib
from random import Random
from uuid import UUID

import pytest

from backend.attachments import FileChecked
from backend.attachments import store as files
from backend.dossiers import State, get
from backend.dossiers.store import dossiers as store
from backend.intake.actions import submitting
from backend.intake.actions.opening import Citizen, Counter
from backend.intake.model import FilesUnreadable
from backend.platform import outbox
from backend.platform.db import transaction


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


async def test_an_older_manifest_that_came_late_is_not_handed_in_instead_of_the_newest(phone):
    await phone.prepare()
    old = dict(phone.manifest)
    phone.manifest["owner"] = {**phone.manifest["owner"], "name": "Trần Văn Bổ"}
    newest = (await phone.save()).headers["etag"]
    await phone.web.put(phone.path, json=old, headers=phone.headers)  # was on the way for long

    guard = phone.headers | {"If-Match": newest}
    refused = await phone.web.post(f"{phone.path}/submit", headers=guard)
    again = (await phone.save()).headers["etag"]
    done = await phone.web.post(f"{phone.path}/submit", headers=phone.headers | {"If-Match": again})
    repeat = await phone.web.post(f"{phone.path}/submit", headers=guard)

    assert (refused.status_code, refused.json()["type"]) == (412, "stale-draft")
    assert refused.json()["current"]["owner"]["name"] == old["owner"]["name"]
    assert done.status_code == 200
    assert repeat.json()["receipt"] == done.json()["receipt"]
