"""Completing a dossier over HTTP: flagged items only, then a new receipt."""

import asyncio
import hashlib
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from backend import dossiers
from backend.dossiers import Item
from backend.dossiers.store import dossiers as dossier_rows
from backend.dossiers.store import supplements as request_rows
from backend.platform import signing
from backend.platform.db import rows
from tests.backend.citizens import entry, photo
from tests.backend.intake.test_routes import refused

ITEMS = [
    Item(words="Chữ ký bị mờ, chụp lại", paper="uy_quyen"),
    Item(words="Ghi rõ mục đích", field="muc_dich"),
]
NEW = photo(77)


@pytest.fixture
async def asked(house, sent):
    """A dossier that an officer asks to be completed; `sid` names the request."""
    await dossiers.ask_supplement(
        UUID(sent.id),
        by="officer:lan",
        items=ITEMS,
        until=house.now + timedelta(days=5),
        now=house.now,
        vault=house.vault,
        reason="Thiếu chữ ký",
    )
    sent.sid = (await sent.look())["supplement"]["id"]
    return sent


ANSWER = {
    "answers": {"muc_dich": "Làm hồ sơ xin việc ở tỉnh khác"},
    "papers": [{"paper": "uy_quyen", "files": [entry(NEW, "ký lại.jpg")]}],
}


async def answered(phone, body=ANSWER):
    """Keep the answer, send its photo, hand it in; give the last answer."""
    kept = await phone.put(f"supplement/{phone.sid}", body)
    assert kept.status_code == 200, kept.text
    if body["papers"]:
        assert (await phone.send(NEW)).status_code == 201
    return await phone.post(f"supplement/{phone.sid}/submit")


async def test_the_citizen_sees_what_is_asked_by_whom_and_until_when(asked):
    shown = await asked.look()

    assert shown["state"] == "supplement_requested"
    assert shown["supplement"] == {
        "id": asked.sid,
        "by": "officer",
        "items": [
            {"words": "Chữ ký bị mờ, chụp lại", "paper": "uy_quyen"},
            {"words": "Ghi rõ mục đích", "field": "muc_dich"},
        ],
        "reason": "Thiếu chữ ký",
        "until": "2026-11-25T09:00:00+07:00",
        "papers": [one for one in asked.manifest["papers"] if one["paper"] == "uy_quyen"],
    }
    assert shown["timeline"][-1]["until"] == "2026-11-25T09:00:00+07:00"


async def test_the_answer_returns_the_dossier_and_gives_a_new_signed_receipt(house, asked):
    house.pass_time(hours=3)

    answer = await answered(asked)

    assert answer.status_code == 200, answer.text
    receipt = answer.json()["receipt"]
    unsigned = {key: value for key, value in receipt.items() if key != "signature"}
    canonical = json.dumps(unsigned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    shown = await asked.look()
    assert signing.verify(receipt["signature"], house.signer.jwks()) == canonical.encode()
    assert receipt["code"] == asked.answer["code"]
    assert receipt["at"] == "2026-11-20T12:00:00+07:00"
    assert [one["sha256"] for one in receipt["files"]] == [hashlib.sha256(NEW).hexdigest()]
    assert (shown["state"], shown["supplement"]) == ("submitted", None)
    assert (await asked.post("submit")).json()["receipt"] == asked.answer["receipt"]


async def test_the_new_receipt_has_a_token_of_its_own_that_repeats_and_the_story_give(house, asked):
    before = (await asked.look())["verify_token"]
    house.pass_time(hours=3)

    answer = await answered(asked)
    again = await asked.post(f"supplement/{asked.sid}/submit")

    proof = json.loads(signing.verify(answer.json()["verify_token"], house.signer.jwks()))
    assert before == asked.answer["verify_token"] != answer.json()["verify_token"]
    assert (proof["kind"], proof["at"]) == ("receipt", "2026-11-20T12:00:00+07:00")
    assert again.json()["verify_token"] == answer.json()["verify_token"]
    assert (await asked.look())["verify_token"] == answer.json()["verify_token"]


async def test_what_stood_before_and_after_is_kept(house, asked):
    await answered(asked)

    found = await dossiers.opened(UUID(asked.id), house.vault)
    old = hashlib.sha256(next(iter(asked.photos.values()))).hexdigest()
    assert found.private().answers["muc_dich"] == "Làm hồ sơ xin việc ở tỉnh khác"
    assert (await dossiers.earlier_file(found, old)).size == len(asked.photos["uy_quyen"])
    assert "tỉnh khác" not in repr(await rows("SELECT * FROM supplements"))


async def test_files_that_an_answer_names_no_more_are_deleted_and_those_of_before_stay(
    house, asked
):
    await asked.put(f"supplement/{asked.sid}", ANSWER)
    await asked.send(NEW)
    house.pass_time(days=3650)
    other = photo(78)
    replaced = {"papers": [{"paper": "uy_quyen", "files": [entry(other, "lần hai.jpg")]}]}

    kept = await asked.put(f"supplement/{asked.sid}", replaced)
    sent = await asked.send(other)

    old, left, new = (
        hashlib.sha256(one).hexdigest() for one in (asked.photos["uy_quyen"], NEW, other)
    )
    stored = {path.name for path in house.settings.data.rglob("*") if path.is_file()}
    known = {one["sha256"] for one in await rows("SELECT sha256 FROM attachments")}
    assert (kept.status_code, sent.status_code) == (200, 201)
    assert known == {old, new}
    assert not any(name.startswith(left) for name in stored)
    assert all(any(name.startswith(one) for name in stored) for one in (old, new))


async def test_what_an_answer_has_replaced_stays_when_the_next_answer_is_prepared(house, asked):
    await answered(asked)
    await house.work()
    await dossiers.note_unreadable(
        UUID(asked.id), hashlib.sha256(NEW).hexdigest(), vault=house.vault, now=house.now
    )
    shown = await asked.look()

    again = await asked.put(
        f"supplement/{shown['supplement']['id']}",
        {"papers": [{"paper": "uy_quyen", "files": [entry(photo(79), "lần ba.jpg")]}]},
    )

    known = {one["sha256"] for one in await rows("SELECT sha256 FROM attachments")}
    first = hashlib.sha256(asked.photos["uy_quyen"]).hexdigest()
    assert again.status_code == 200
    assert known == {first, hashlib.sha256(NEW).hexdigest()}


async def test_repeats_and_racers_get_the_same_new_receipt(asked):
    await asked.put(f"supplement/{asked.sid}", ANSWER)
    await asked.send(NEW)

    tries = [asked.post(f"supplement/{asked.sid}/submit") for _ in range(16)]
    answers = await asyncio.gather(*tries)
    again = await asked.post(f"supplement/{asked.sid}/submit", {})

    assert {one.status_code for one in answers} == {200}
    assert {json.dumps(one.json()["receipt"]) for one in answers} == {
        json.dumps(again.json()["receipt"])
    }
    steps = await rows("SELECT verb FROM dossier_moves WHERE verb = 'answer'")
    assert len(steps) == 1


async def test_one_of_two_items_may_be_answered(asked):
    answer = await answered(asked, {"answers": ANSWER["answers"], "papers": []})

    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("body", "slug", "pointer"),
    [
        ({"answers": {"so_luong_ban_sao": 9}}, "not-asked", "/answers/so_luong_ban_sao"),
        ({"answers": {"khong_co": "x"}}, "not-asked", "/answers/khong_co"),
        ({"papers": [{"paper": "khac", "files": []}]}, "not-asked", "/papers/0"),
        ({"answers": {"muc_dich": 7}}, "content", "/answers/muc_dich"),
        ({"answers": {"muc_dich": "x" * 9000}}, "content", "/answers/muc_dich"),
        (
            {"papers": [{"paper": "uy_quyen", "files": [entry(NEW) | {"size": 0}]}]},
            "content",
            "/papers/0/files/0/size",
        ),
        (
            {"papers": [{"paper": "uy_quyen", "files": [entry(NEW, "a\u202eb.jpg")]}]},
            "content",
            "/papers/0/files/0/name",
        ),
        ({"surprise": 1}, "content", "/surprise"),
        ({"answers": []}, "content", "/answers"),
    ],
)
async def test_an_answer_to_something_else_or_of_a_wrong_shape_is_refused(
    asked, body, slug, pointer
):
    answer = await asked.put(f"supplement/{asked.sid}", body)

    assert any(one.startswith(pointer) for one in refused(answer, 422, slug))


async def test_an_answer_without_its_photo_is_refused_with_the_place(asked):
    await asked.put(f"supplement/{asked.sid}", ANSWER)

    answer = await asked.post(f"supplement/{asked.sid}/submit")

    assert refused(answer, 409, "files-missing") == ["/papers/0/files/0"]


async def test_a_paper_without_a_page_takes_nothing_away(asked):
    kept = await asked.put(
        f"supplement/{asked.sid}", {"papers": [{"paper": "uy_quyen", "files": []}]}
    )

    answer = await asked.post(f"supplement/{asked.sid}/submit")

    assert kept.status_code == 200, kept.text
    assert refused(answer, 409, "papers-missing") == ["/papers/uy_quyen"]
    assert (await asked.look())["state"] == "supplement_requested"


async def test_what_was_pasted_into_an_answer_is_kept_as_one_line(house, asked):
    body = {"answers": {"muc_dich": "\tXin\u00a0việc\nở tỉnh khác"}, "papers": []}

    answer = await answered(asked, body)
    again = await asked.put(f"supplement/{asked.sid}", body)

    found = await dossiers.opened(UUID(asked.id), house.vault)
    assert answer.status_code == 200, answer.text
    assert again.status_code == 200, again.text
    assert found.private().answers["muc_dich"] == "Xin việc ở tỉnh khác"


async def test_nothing_is_no_answer(asked):
    without = await asked.post(f"supplement/{asked.sid}/submit")
    await asked.put(f"supplement/{asked.sid}", {"answers": {}, "papers": []})
    empty = await asked.post(f"supplement/{asked.sid}/submit")

    refused(without, 422, "content")
    refused(empty, 422, "content")


async def test_an_answer_handed_in_stays_as_it_is(asked):
    await answered(asked)

    same = await asked.put(f"supplement/{asked.sid}", ANSWER)
    other = await asked.put(f"supplement/{asked.sid}", {"answers": {"muc_dich": "khác"}})

    assert same.status_code == 200
    refused(other, 422, "already-submitted")


async def test_an_answer_after_the_last_day_is_refused(house, asked):
    await asked.put(f"supplement/{asked.sid}", {"answers": ANSWER["answers"]})
    house.pass_time(days=6)

    late = await asked.post(f"supplement/{asked.sid}/submit")
    await house.end_of("intake.end_supplements")
    later = await asked.post(f"supplement/{asked.sid}/submit")

    refused(late, 409, "not-allowed-now")
    refused(later, 409, "not-allowed-now")
    assert (await asked.look())["state"] == "expired"


async def test_a_request_that_is_not_there_is_404(asked):
    refused(await asked.put(f"supplement/{uuid4()}", ANSWER), 404, "not-found")
    refused(await asked.post(f"supplement/{uuid4()}/submit"), 404, "not-found")


async def test_a_photo_found_unreadable_after_submit_is_asked_for_by_the_system(house, phone):
    broken = photo(11, size=(400, 400))[:600]
    phone.attach("uy_quyen", broken)
    await phone.save()
    await phone.send(broken)
    assert (await phone.post("submit")).status_code == 200

    await house.work()

    shown = await phone.look()
    assert shown["state"] == "submitted"
    assert shown["supplement"]["by"] == "system"
    assert shown["supplement"]["until"] is None
    assert [one["paper"] for one in shown["supplement"]["items"]] == ["uy_quyen"]
    assert shown["files"][0]["check"] == "unreadable"
    phone.sid = shown["supplement"]["id"]
    answer = await answered(phone, {"answers": {}, "papers": ANSWER["papers"]})
    assert answer.status_code == 200, answer.text
    found = await dossiers.get(UUID(phone.id))
    assert not found.held
    assert (await phone.look())["supplement"] is None
    assert [step["state"] for step in (await phone.look())["timeline"]] == ["submitted"] * 3


def slowed(monkeypatch, module, name):
    """Let a statement of a store be followed by a pause, its rows held."""
    real = getattr(module, name)

    async def slow(*given, **named):
        done = await real(*given, **named)
        await asyncio.sleep(0.4)
        return done

    monkeypatch.setattr(module, name, slow)


async def test_an_answer_that_is_kept_while_it_is_handed_in_waits_for_no_one_who_waits_for_it(
    asked, monkeypatch
):
    await asked.put(f"supplement/{asked.sid}", ANSWER)
    assert (await asked.send(NEW)).status_code == 201
    slowed(monkeypatch, request_rows, "hand_in")
    slowed(monkeypatch, dossier_rows, "hold")

    handed_in, kept = await asyncio.gather(
        asked.post(f"supplement/{asked.sid}/submit"), asked.put(f"supplement/{asked.sid}", ANSWER)
    )

    assert handed_in.status_code == 200, handed_in.text
    assert kept.status_code in {200, 409}, kept.text
