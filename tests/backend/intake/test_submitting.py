"""What happens to a submission while something else happens to its dossier."""

import asyncio
import hashlib
import shutil
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

import msgspec
import pytest

from backend import catalogue, places
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
from tests.backend.citizens import ROOT, Phone


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
    assert problem["valid_to"] == f"{house.now - timedelta(days=1):%Y-%m-%d}"
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
                dossier,
                sha256,
                check="unreadable",
                reason="damaged",
                pages=None,
                whole_by=now,
                now=now,
            )
            event = FileChecked(dossier=dossier, at=now, sha256=sha256, check="unreadable")
            await outbox.emit(event)

    checking = asyncio.create_task(check())
    await held.wait()
    counter = Counter(
        vault=house.vault,
        signer=house.signer,
        random=random,
        adapters=house.adapters,
        files=house.files,
    )
    with pytest.raises(FilesUnreadable):
        await submitting.submit(citizen, counter=counter, now=house.now)

    await checking
    assert (await get(dossier)).state is State.DRAFT


async def test_a_draft_whose_law_has_ended_is_kept_and_told_what_to_do(house, web, tmp_path):
    copy = tmp_path / "procedures"
    shutil.copytree(ROOT / "procedures", copy)
    file = copy / "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
    ending = f"minutes: 3\nvalid_to: {house.now:%Y-%m-%d}\n"
    file.write_text(file.read_text(encoding="utf-8").replace("minutes: 3\n", ending, 1), "utf-8")
    catalogue.load(copy, demo=True, clock=house.clock)
    phone = Phone(web)
    await phone.prepare()

    house.pass_time(days=1)
    refused = await phone.post("submit")

    told = refused.json()
    assert refused.status_code == 409, refused.text
    assert (told["type"].rsplit("/", 1)[-1], told["valid_to"]) == (
        "version-closed",
        f"{house.now - timedelta(days=1):%Y-%m-%d}",
    )
    assert "mẫu mới" in told["title"]
    assert (await phone.look())["state"] == "draft"


async def test_a_form_not_yet_in_force_takes_no_draft_and_no_submission(house, web, tmp_path):
    copy = tmp_path / "procedures"
    shutil.copytree(ROOT / "procedures", copy)
    file = copy / "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
    beginning = f"minutes: 3\nvalid_from: {house.now + timedelta(days=1):%Y-%m-%d}\n"
    file.write_text(file.read_text(encoding="utf-8").replace("minutes: 3\n", beginning, 1), "utf-8")
    catalogue.load(copy, demo=True, clock=house.clock)
    phone = Phone(web)

    early = await phone.save()
    house.pass_time(days=1)
    await phone.prepare()
    house.pass_time(days=-1)
    early_too = await phone.post("submit")
    house.pass_time(days=1)

    for refused in (early, early_too):
        told = refused.json()
        assert refused.status_code == 409, refused.text
        assert told["type"].endswith("version-not-begun")
        assert told["valid_from"] == f"{house.now:%Y-%m-%d}"
        assert told["title"].startswith("Mẫu này chưa có hiệu lực.")
    assert (await phone.post("submit")).status_code == 200


async def test_a_ward_that_is_not_connected_keeps_a_draft_and_takes_no_submission(phone):
    phone.manifest["unit"] = "xa-vuon-mau"
    await phone.prepare()

    refused = await phone.post("submit")

    told = refused.json()
    assert (refused.status_code, told["type"].rsplit("/", 1)[-1]) == (409, "portal-only")
    assert "Cổng Dịch vụ công quốc gia" in told["title"]
    assert (await phone.look())["state"] == "draft"


async def test_what_was_handed_in_before_a_ward_was_cut_off_keeps_its_receipt(
    house, sent, tmp_path
):
    copy = tmp_path / "places"
    shutil.copytree(places.DATA, copy)
    file = copy / "demo.yaml"
    name = "name: Phường Long Hưng\n"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(name, f"{name}    portal_only: {{from: 2026-01-01}}\n"), "utf-8")
    places.load("test", folder=copy)
    catalogue.load(ROOT / "procedures", demo=True, clock=house.clock)

    again = await sent.post("submit")

    assert catalogue.get("2.000635").by_portal_alone(unit="om-long-hung", on=house.now.date())
    assert (again.status_code, again.json()) == (200, sent.answer)


async def test_a_form_that_is_published_before_its_law_takes_no_draft_either(house, phone):
    source = catalogue.served("2.000635")
    first = f"minutes: 3\nvalid_from: {house.now + timedelta(days=9):%Y-%m-%d}\n"
    source = msgspec.structs.replace(source, text=source.text.replace("minutes: 3\n", first, 1))
    given = {"reason": "Quyết định 2", "closes_drafts": False, "now": house.now}
    today = house.now.date()
    made = await catalogue.propose("2.000635", source, from_day=today, by=officer("an"), **given)
    await catalogue.approve(made.id, by=officer("binh"), now=house.now)
    phone.manifest["version"] = catalogue.get("2.000635").version

    refused = await phone.save()

    assert phone.manifest["version"] == made.version
    assert refused.status_code == 409, refused.text
    assert refused.json()["type"].endswith("version-not-begun")


async def test_answers_that_end_the_form_early_are_refused_with_the_next_door(house, web, tmp_path):
    copy = tmp_path / "procedures"
    shutil.copytree(ROOT / "procedures", copy)
    file = copy / "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
    stops = (
        "stops:\n  - {id: dung, when: {answer: so_luong_ban_sao, at_least: 1}, title: Dừng,"
        " reason: Chưa làm được., next: Đến phường.}\nfee:\n"
    )
    file.write_text(file.read_text(encoding="utf-8").replace("fee:\n", stops, 1), "utf-8")
    catalogue.load(copy, demo=True, clock=house.clock)
    phone = Phone(web)
    await phone.prepare()

    refused = await phone.post("submit")

    assert refused.status_code == 422, refused.text
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        ("/answers/so_luong_ban_sao", "not-eligible")
    ]
    assert refused.json()["errors"][0]["message_vi"] == "Chưa làm được. Đến phường."


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
