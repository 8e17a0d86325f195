"""The citizen's routes as a phone meets them: manifest, files, submission, links, payments."""

import asyncio
import base64
import hashlib
import json
import re
import shutil
import uuid
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import structs

from backend import catalogue, dossiers, people, qr
from backend.intake.actions.submitting import signed
from backend.people import actions as people_actions
from backend.platform import signing
from backend.platform.db import row, rows, transaction
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.ids import make_code
from tests.backend.citizens import ROOT, House, Phone, entry, photo


def refused(answer, status, slug):
    """Check a refusal; give its faults' pointers."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert body["type"] == slug, body
    assert body["title"]
    for one in body.get("errors", ()):
        assert one["message_vi"]
        assert one["message_en"]
    return [one["pointer"] for one in body.get("errors", ())]


# -- key -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer short", "Basic " + "x" * 40, "Bearer " + "x" * 21, "Bearer ỹ"],
)
async def test_without_a_key_of_128_bits_nobody_comes_in(phone, header):
    headers = {} if header is None else {"Authorization": header.encode()}

    answers = [
        await phone.web.put(phone.path, json=phone.manifest, headers=headers),
        await phone.web.get(phone.path, headers=headers),
        await phone.web.post(f"{phone.path}/submit", headers=headers),
    ]

    for answer in answers:
        refused(answer, 401, "unauthorised")
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_files_that_a_draft_names_no_more_are_deleted(house, phone):
    await phone.prepare()
    [paper, *_others] = phone.photos
    left, new = hashlib.sha256(phone.photos[paper]).hexdigest(), photo(99)
    house.pass_time(days=3650)

    phone.attach(paper, new)
    saved = await phone.save()
    sent = await phone.send(new)

    named = {file["sha256"] for one in phone.manifest["papers"] for file in one["files"]}
    stored = {path.name for path in house.settings.data.rglob("*") if path.is_file()}
    assert (saved.status_code, sent.status_code) == (200, 201)
    assert {one["sha256"] for one in (await phone.look())["files"]} == named
    assert not any(name.startswith(left) for name in stored)
    assert all(any(name.startswith(one) for name in stored) for one in named)


async def test_another_key_and_a_missing_dossier_are_the_same_404(phone):
    await phone.save()
    foreign, mine = {"Authorization": "Bearer " + "x" * 43}, phone.headers
    missing = f"/api/v1/dossiers/{uuid.uuid4()}"

    answers = [
        await phone.web.get(phone.path, headers=foreign),
        await phone.web.get(missing, headers=mine),
        await phone.web.put(phone.path, json=phone.manifest, headers=foreign),
        await phone.web.post(f"{phone.path}/submit", headers=foreign),
        await phone.web.post(f"{missing}/submit", headers=mine),
        await phone.web.post(f"{phone.path}/withdraw", json={"reason": "x"}, headers=foreign),
        await phone.web.post(f"{phone.path}/links", json={"what": "slip"}, headers=foreign),
        await phone.web.post(f"{phone.path}/payments", json={"adapter": "x"}, headers=foreign),
        await phone.web.head(f"{phone.path}/files/{'a' * 64}", headers=foreign),
    ]

    assert {answer.status_code for answer in answers} == {404}
    texts = {answer.json()["type"] + answer.json()["title"] for answer in answers[:-1]}
    assert len(texts) == 1


async def test_only_the_hash_of_a_key_is_kept(phone):
    await phone.save()

    kept = await row("SELECT key_hash FROM dossiers")
    assert kept["key_hash"] == hashlib.sha256(phone.key.encode()).digest()


@pytest.mark.parametrize("name", ["not-a-uuid", "1", "%00", "0" * 32 + "x"])
async def test_an_address_that_is_no_uuid_is_404(phone, name):
    answer = await phone.web.get(f"/api/v1/dossiers/{name}", headers=phone.headers)

    assert answer.status_code == 404


# -- manifest --------------------------------------------------------------------------------------


async def test_a_draft_is_201_then_200_with_an_etag(phone):
    first, second = await phone.save(), await phone.save()

    assert (first.status_code, second.status_code) == (201, 200), first.text
    assert first.headers["etag"] == second.headers["etag"]
    assert second.json() == await phone.look()
    assert second.json()["state"] == "draft"


async def test_each_put_replaces_the_draft(phone):
    await phone.save()
    phone.manifest["owner"]["name"] = "Trần Văn Bổ"
    second = await phone.save()

    again = await phone.save(**{"If-Match": second.headers["etag"]})

    assert again.headers["etag"] == second.headers["etag"]  # the same one changes nothing
    assert (await row("SELECT count(*) AS n FROM dossiers"))["n"] == 1


async def test_a_stale_draft_is_412_with_the_current_one(phone):
    old = (await phone.save()).headers["etag"]
    phone.manifest["owner"]["name"] = "Trần Văn Bổ"
    new = (await phone.save(**{"If-Match": old})).headers["etag"]
    phone.manifest["owner"]["name"] = "Trần Văn Ba"

    answer = await phone.save(**{"If-Match": old})

    refused(answer, 412, "stale-draft")
    assert answer.json()["current"]["owner"]["name"] == "Trần Văn Bổ"
    assert answer.headers["etag"] == new
    assert (await phone.save(**{"If-Match": new})).status_code == 200


async def test_another_device_with_the_key_gets_the_draft_and_how_far_its_files_are(phone):
    [paper, *_others] = phone.photos
    there, partly, nothing = phone.photos[paper], photo(71), photo(72)
    phone.attach(paper, there, partly, nothing)
    etag = (await phone.save()).headers["etag"]
    await phone.send(there)
    digest = hashlib.sha256(partly).hexdigest()
    piece = {"Content-Type": "application/partial-upload", "Upload-Offset": "0"}
    await phone.web.patch(
        f"{phone.path}/files/{digest}",
        content=partly[:100],
        headers=phone.headers | piece | {"Upload-Complete": "?0"},
    )

    answer = await phone.web.get(f"{phone.path}/draft", headers=phone.headers)

    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == etag
    shown = answer.json()
    assert [(one["size"], one["offset"]) for one in shown["files"]] == [
        (len(there), len(there)),
        (len(partly), 100),
        (len(nothing), 0),
    ]
    saved = await phone.web.put(phone.path, json=shown["manifest"], headers=phone.headers)
    assert saved.headers["etag"] == etag  # what was shown is what was kept


async def test_a_draft_is_shown_to_nobody_else_and_never_after_submission(phone):
    await phone.save()
    foreign = {"Authorization": "Bearer " + "x" * 43}

    others = await phone.web.get(f"{phone.path}/draft", headers=foreign)
    nobody = await phone.web.get(f"{phone.path}/draft")
    await phone.hand_in()
    sent = await phone.web.get(f"{phone.path}/draft", headers=phone.headers)

    refused(others, 404, "not-found")
    refused(nobody, 401, "unauthorised")
    refused(sent, 422, "already-submitted")


async def test_a_draft_that_is_expected_but_gone_is_412(phone):
    answer = await phone.save(**{"If-Match": '"3"'})

    refused(answer, 412, "stale-draft")
    assert answer.json()["current"] is None


async def test_of_sixteen_first_saves_one_makes_the_draft(phone):
    answers = await asyncio.gather(*[phone.save() for _ in range(16)])

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 503}
    assert (await row("SELECT count(*) AS n FROM dossiers"))["n"] == 1


async def test_an_incomplete_draft_is_kept_and_judged_at_submit(phone):
    phone.manifest["answers"] = {}
    phone.manifest["owner"] = {"name": ""}

    assert (await phone.save()).status_code == 201
    pointers = refused(await phone.post("submit"), 422, "content")

    assert "/answers/nop_cho" in pointers
    assert len(pointers) > 3


async def test_what_was_pasted_is_kept_as_one_line_and_the_same_again_changes_nothing(phone):
    phone.manifest["submitter"]["name"] = "\tNguyễn\u00a0\u00a0Thị\nMận "
    phone.manifest["submitter"]["address"]["ward"] = "Phường\tLong Hưng"
    phone.manifest["answers"]["muc_dich"] = "Làm hồ sơ\r\nxin\u3000việc"

    first, again = await phone.save(), await phone.save()

    answer = await phone.web.get(f"{phone.path}/draft", headers=phone.headers)
    kept = answer.json()["manifest"]
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert again.headers["etag"] == first.headers["etag"]
    assert kept["submitter"]["name"] == "Nguyễn Thị Mận"
    assert kept["submitter"]["address"]["ward"] == "Phường Long Hưng"
    assert kept["answers"]["muc_dich"] == "Làm hồ sơ xin việc"


async def test_after_submit_what_was_pasted_is_still_the_same_manifest(phone):
    phone.manifest["answers"]["muc_dich"] = "Xin\tviệc"

    await phone.hand_in()

    assert (await phone.save()).status_code == 200


@pytest.mark.parametrize("sign", ["\u0000", "\u0007", "\u0085", "\u200b", "\ufeff"])
async def test_a_control_character_is_refused_where_it_stands(phone, sign):
    phone.manifest["submitter"]["name"] = f"Nguyễn{sign}Mận"

    assert refused(await phone.save(), 422, "content") == ["/submitter/name"]


async def test_a_decomposed_name_is_kept_composed(phone):
    phone.manifest["owner"]["name"] = "Nguye\u0302\u0303n Thi\u0323 Be\u0301"
    await phone.save()
    phone.manifest["owner"]["name"] = "Nguyễn Thị Bé"

    first = await phone.save()
    again = await phone.save()

    assert first.headers["etag"] == again.headers["etag"] == '"1"'


def changed(**changes):
    return lambda manifest: manifest.update(changes)


async def signed_in(house, phone, login, *, unit, role="officer"):
    """Let the browser of the phone belong to somebody of a unit."""
    given, password = await people.add_officer(
        login, login, role=role, units=[unit], by="operator", random=house.random, now=house.now
    )
    _officer, token = await people_actions.sign_in(
        given.login, password, address="", random=house.random, now=house.now
    )
    phone.web.cookies.set("motcua", token)


@pytest.fixture
async def real(tmp_path, house):
    """A citizen's phone before a service in production, with a draft nobody has saved yet."""
    real = House(tmp_path, mode="production")
    async with real.browser() as web:
        phone = Phone(web)
        phone.house = real
        del phone.manifest["example"]
        yield phone


@pytest.mark.parametrize("channel", ["assisted", "direct", "post"])
async def test_nobody_but_an_officer_of_the_ward_says_that_it_was_not_filed_online(
    house, real, channel
):
    real.manifest["channel"] = channel

    assert refused(await real.save(), 422, "content") == ["/channel"]
    await signed_in(house, real, "lan", unit="om-thoi-an")
    assert refused(await real.save(), 422, "content") == ["/channel"]
    await signed_in(house, real, "chi", unit="om", role="leader")
    assert refused(await real.save(), 422, "content") == ["/channel"]
    await signed_in(house, real, "hoa", unit=real.manifest["unit"])
    assert (await real.save()).status_code == 201


async def test_a_draft_begun_at_the_desk_goes_on_at_home_but_not_to_another_ward(house, real):
    real.manifest["channel"] = "assisted"
    await signed_in(house, real, "hoa", unit=real.manifest["unit"])
    await real.save()
    real.web.cookies.clear()

    real.manifest["answers"]["muc_dich"] = "Làm hồ sơ xin việc"
    assert (await real.save()).status_code == 200
    real.manifest["channel"] = "direct"
    assert refused(await real.save(), 422, "content") == ["/channel"]
    real.manifest |= {"channel": "assisted", "unit": "om-thoi-an"}
    assert refused(await real.save(), 422, "content") == ["/channel"]
    real.manifest["channel"] = "online"
    assert (await real.save()).status_code == 200


async def test_outside_production_a_script_may_play_the_wards_part(phone):
    phone.manifest["channel"] = "direct"

    assert (await phone.save()).status_code == 201


async def test_an_ended_session_names_no_channel(house, real):
    await signed_in(house, real, "hoa", unit=real.manifest["unit"])
    real.house.pass_time(days=2)
    real.manifest["channel"] = "direct"

    assert refused(await real.save(), 422, "content") == ["/channel"]


def person(**changes):
    return lambda manifest: manifest["owner"].update(changes)


def files(*named):
    return changed(papers=[{"paper": "uy_quyen", "files": list(named)}])


ONE = entry(b"x" * 100)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (changed(unit="khong-co"), "/unit"),
        (changed(unit="om"), "/unit"),
        (changed(procedure="9.999999"), "/procedure"),
        (changed(procedure="1.001776"), "/version"),
        (changed(version="0" * 16), "/version"),
        (changed(qr="22222222"), "/qr"),
        (changed(channel="telepathy"), "/channel"),
        (changed(answers="text"), "/answers"),
        (changed(answers={"khong_co": "1"}), "/answers/khong_co"),
        (changed(answers={"so_luong_ban_sao": "1"}), "/answers/so_luong_ban_sao"),
        (changed(answers={"so_luong_ban_sao": 1.5}), "/answers"),
        (changed(answers={"muc_dich": "a\u202eb"}), "/answers/muc_dich"),
        (changed(answers={"muc_dich": "x" * 100_000}), "/answers/muc_dich"),
        (changed(papers=[{"paper": "khong_co", "files": []}]), "/papers/0/paper"),
        (changed(papers=[{"paper": "uy_quyen", "files": []}] * 2), "/papers/1/paper"),
        (changed(papers=[{"paper": "uy_quyen"}]), "/papers/0/files"),
        (changed(surprise=1), "/surprise"),
        (changed(owner=None), "/owner"),
        (changed(example="yes"), "/example"),
        (changed(consents=[{"id": "x", "version": "1", "at": "hôm nay"}]), "/consents/0/at"),
        (person(name="Bé\u200bTư"), "/owner/name"),
        (person(name="Bé\x00Tư"), "/owner/name"),
        (person(name="Bé\x07Tư"), "/owner/name"),
        (person(name="x" * 200), "/owner/name"),
        (person(phone=900000417), "/owner/phone"),
        (person(surprise="x"), "/owner/surprise"),
        (files(ONE | {"sha256": "A" * 64}), "/papers/0/files/0/sha256"),
        (files(ONE | {"sha256": "a" * 63 + "\n"}), "/papers/0/files/0/sha256"),
        (files(ONE | {"size": "100"}), "/papers/0/files/0/size"),
        (files(ONE | {"size": 0}), "/papers/0/files/0/size"),
        (files(ONE | {"size": 13 * 1024 * 1024}), "/papers/0/files/0/size"),
        (files(ONE | {"size": 2**70}), "/papers/0/files/0/size"),
        (files(ONE | {"media_type": "image/svg+xml"}), "/papers/0/files/0/media_type"),
        (files(ONE | {"name": "a\u202egpj.exe"}), "/papers/0/files/0/name"),
        (files(ONE, ONE | {"size": 7}), "/papers/0/files/1/size"),
    ],
)
async def test_a_manifest_with_a_wrong_shape_or_unknown_ids_is_refused_with_its_place(
    phone, change, pointer
):
    change(phone.manifest)

    pointers = refused(await phone.save(), 422, "content")

    assert any(one.startswith(pointer) for one in pointers), pointers
    assert (await row("SELECT count(*) AS n FROM dossiers"))["n"] == 0


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"", "application/json", 400),
        (b"null", "application/json", 422),
        (b"[" * 100_000, "application/json", 400),
        (b'{"procedure":' * 20_000, "application/json", 400),
        (b'{"answers": {"so_luong_ban_sao": ' + b"9" * 4000 + b"}}", "application/json", 422),
        (b'{"answers": {"so_luong_ban_sao": NaN}}', "application/json", 400),
        (b"{}", "text/plain", 415),
        (b" " * (256 * 1024 + 1), "application/json", 413),
    ],
)
async def test_a_body_that_is_no_manifest_is_refused_without_a_5xx(
    phone, body, content_type, status
):
    answer = await phone.web.put(
        phone.path, content=body, headers=phone.headers | {"Content-Type": content_type}
    )

    assert answer.status_code == status, answer.text
    assert answer.json()["title"]


async def test_a_huge_number_in_an_answer_is_refused_where_it_stands(phone):
    phone.manifest["answers"]["so_luong_ban_sao"] = 10**30

    answer = await phone.save()
    if answer.status_code == 201:
        answer = await phone.post("submit")

    assert any("so_luong_ban_sao" in one for one in refused(answer, 422, "content"))


async def test_too_many_and_too_large_files_together_are_refused(phone):
    many = [ONE | {"sha256": f"{n:064x}", "size": 4 * 1024 * 1024} for n in range(25)]
    phone.manifest["papers"] = [{"paper": "uy_quyen", "files": many}]

    assert "/papers" in refused(await phone.save(), 422, "content")


async def test_production_takes_no_example(database, tmp_path, house):
    real = House(tmp_path, mode="production")
    async with real.browser() as web:
        answer = await Phone(web).save()

    assert refused(answer, 422, "content") == ["/example"]


async def test_after_submit_the_same_manifest_is_200_and_another_422(sent):
    same = await sent.save()
    sent.manifest["answers"]["muc_dich"] = "khác"
    other = await sent.save()

    assert same.status_code == 200
    assert same.json()["state"] == "submitted"
    refused(other, 422, "already-submitted")


# -- files -----------------------------------------------------------------------------------------


async def test_a_file_goes_in_pieces_and_tells_its_offset(phone):
    data = photo(7, size=(600, 800))
    phone.attach("uy_quyen", data)
    await phone.save()
    path = f"{phone.path}/files/{hashlib.sha256(data).hexdigest()}"

    async def piece(part, start, complete="?0"):
        headers = {"Content-Type": "application/partial-upload", "Upload-Complete": complete}
        headers |= phone.headers | {"Upload-Offset": str(start)}
        return await phone.web.patch(path, content=part, headers=headers)

    before = await phone.web.head(path, headers=phone.headers)
    first = await piece(data[:900], 0)
    wrong = await piece(data[5:9], 5)
    last = await piece(data[900:], 900, "?1")
    again = await phone.send(data)
    after = await phone.web.head(path, headers=phone.headers)

    assert (before.status_code, before.headers["upload-offset"]) == (204, "0")
    assert (first.status_code, first.headers["upload-offset"]) == (204, "900")
    assert (wrong.status_code, wrong.headers["upload-offset"]) == (409, "900")
    assert last.status_code == 201, last.text
    assert set(last.json()) == {"sha256", "size", "check"}
    assert again.status_code == 200
    assert after.headers["upload-offset"] == str(len(data))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Offset": "0"},
        {"Upload-Complete": "?0"},
        {"Upload-Offset": "-1", "Upload-Complete": "?0"},
        {"Upload-Offset": "0", "Upload-Complete": "true"},
        {"Upload-Offset": "9" * 30, "Upload-Complete": "?0"},
        {"Upload-Offset": "٣".encode(), "Upload-Complete": "?0"},
    ],
)
async def test_a_piece_without_readable_headers_is_400(phone, headers):
    data = photo()
    phone.attach("uy_quyen", data)
    await phone.save()
    path = f"{phone.path}/files/{hashlib.sha256(data).hexdigest()}"
    known = phone.headers | {"Content-Type": "application/partial-upload"}

    answer = await phone.web.patch(path, content=data[:10], headers=known | headers)

    refused(answer, 400, "malformed")


@pytest.mark.parametrize("name", ["f" * 64, "F" * 64, "abc", "a" * 65, "%2e%2e"])
async def test_a_file_the_manifest_does_not_name_is_404(phone, name):
    await phone.save()
    path = f"{phone.path}/files/{name}"

    answer = await phone.web.put(
        path, content=b"x", headers=phone.headers | {"Content-Type": "image/jpeg"}
    )

    refused(answer, 404, "not-in-manifest")
    assert (await phone.web.head(path, headers=phone.headers)).status_code == 404


async def test_bytes_of_another_hash_are_refused_and_the_offset_returns_to_0(phone):
    data = photo(9)
    phone.attach("uy_quyen", data)
    await phone.save()
    path = f"{phone.path}/files/{hashlib.sha256(data).hexdigest()}"
    headers = phone.headers | {"Content-Type": "image/jpeg"}

    other = await phone.web.put(path, content=data[:-1] + b"!", headers=headers)
    longer = await phone.web.put(path, content=data + b"!", headers=headers)

    refused(other, 422, "hash-mismatch")
    refused(longer, 422, "hash-mismatch")
    assert (await phone.web.head(path, headers=phone.headers)).headers["upload-offset"] == "0"


async def test_a_content_type_that_is_not_the_files_is_415(phone):
    data = photo()
    phone.attach("uy_quyen", data)
    await phone.save()

    refused(await phone.send(data, media_type="text/html"), 415, "wrong-type")


async def test_a_file_that_is_no_paper_is_415(phone):
    data = b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 50
    phone.attach("uy_quyen", data)
    await phone.save()

    refused(await phone.send(data), 415, "wrong-type")


async def test_a_draft_shows_the_files_that_came_whole_in_the_manifests_order(phone):
    one, two = photo(1), photo(2)
    phone.attach("uy_quyen", one, two)
    await phone.save()
    await phone.send(two)
    await phone.send(one)

    shown = (await phone.look())["files"]

    assert [file["check"] for file in shown] == ["pending", "pending"]
    assert [file["sha256"] for file in shown] == [
        hashlib.sha256(data).hexdigest() for data in (one, two)
    ]


# -- submission ------------------------------------------------------------------------------------


async def test_submit_names_missing_papers_then_missing_files(phone):
    await phone.save()
    papers = await phone.post("submit")
    phone.attach("uy_quyen", photo(1), photo(2))
    await phone.save()
    await phone.send(photo(1))
    missing = await phone.post("submit", {})

    assert refused(papers, 409, "papers-missing") == ["/papers/uy_quyen"]
    assert refused(missing, 409, "files-missing") == ["/papers/0/files/1"]
    assert "trang 2" in missing.json()["errors"][0]["message_vi"]


async def test_submit_names_the_files_that_do_not_open(house, phone):
    data = photo(11, size=(400, 400))[:600]
    phone.attach("uy_quyen", data)
    await phone.save()
    await phone.send(data)
    await house.work()

    answer = await phone.post("submit")

    assert refused(answer, 409, "files-unreadable") == ["/papers/0/files/0"]


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"force": true}', b"1", b"null"])
async def test_the_body_of_submit_is_empty_or_an_empty_object(phone, body):
    await phone.prepare()

    answer = await phone.web.post(
        f"{phone.path}/submit",
        content=body,
        headers=phone.headers | {"Content-Type": "application/json"},
    )

    assert answer.status_code in {400, 422}
    assert (await phone.look())["state"] == "draft"


async def test_a_declaration_that_is_not_ticked_is_named(phone):
    await phone.prepare()
    phone.manifest["consents"] = []
    await phone.save()

    assert refused(await phone.post("submit"), 422, "content") == ["/consents"]


async def test_the_receipt_names_every_file_and_no_person_and_is_signed(house, sent):
    receipt = sent.answer["receipt"]
    unsigned = {key: value for key, value in receipt.items() if key != "signature"}
    canonical = json.dumps(unsigned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert set(unsigned) == {
        "v", "id", "code", "procedure", "version", "unit", "channel", "at", "files", "amount",
    }  # fmt: skip
    assert signing.verify(receipt["signature"], house.signer.jwks()) == canonical.encode()
    assert receipt["at"] == "2026-11-20T09:00:00+07:00"
    assert receipt["amount"] == 8000
    assert [(one["sha256"], one["size"]) for one in receipt["files"]] == [
        (one["sha256"], one["size"]) for paper in sent.manifest["papers"] for one in paper["files"]
    ]
    assert sent.manifest["owner"]["name"] not in json.dumps(receipt, ensure_ascii=False)
    assert re.fullmatch(r"[23456789ABCDEFGHJKMNPQRSTVWXYZ]{13}", sent.answer["code"])


async def test_repeats_get_the_same_receipt_byte_for_byte(house, sent):
    house.pass_time(hours=5)

    answers = [await sent.post("submit"), await sent.post("submit", {})]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json() == sent.answer


async def test_the_receipt_comes_with_the_token_that_its_paper_prints(house, sent):
    token = sent.answer["verify_token"]
    proof = json.loads(signing.verify(token, house.signer.jwks()))
    receipt = {key: one for key, one in sent.answer["receipt"].items() if key != "signature"}
    signed_bytes = json.dumps(receipt, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = base64.urlsafe_b64encode(hashlib.sha256(signed_bytes.encode()).digest()).decode()

    answer = await sent.web.post("/api/v1/verify", json={"token": token})

    assert proof == {
        "at": "2026-11-20T09:00:00+07:00", "code": sent.answer["code"],
        "digest": digest.rstrip("="), "kind": "receipt", "unit": "om-long-hung", "v": 1,
    }  # fmt: skip
    assert answer.json()["genuine"] is True
    assert (await sent.look())["verify_token"] == token


async def test_a_draft_is_handed_in_under_its_own_version_after_the_procedure_changed(
    house, phone, tmp_path
):
    await phone.prepare()
    changed = Path(shutil.copytree(ROOT / "procedures", tmp_path / "procedures"))
    file = changed / "_shared/phi-ban-sao.yaml"
    file.write_text(file.read_text("utf-8").replace("amount: 8000", "amount: 9000"), "utf-8")
    catalogue.load(changed, demo=True, clock=house.clock)
    await catalogue.remember_versions(now=house.now)

    answer = (await phone.post("submit")).json()

    assert catalogue.get("2.000635").version != phone.manifest["version"]
    assert answer["receipt"]["version"] == phone.manifest["version"]
    assert answer["obligation"]["amount"] == 8000


async def test_of_sixteen_submissions_at_once_all_get_one_receipt(phone):
    await phone.prepare()

    answers = await asyncio.gather(*[phone.post("submit") for _ in range(16)])

    assert [answer.status_code for answer in answers] == [200] * 16
    assert len({json.dumps(answer.json()["receipt"]) for answer in answers}) == 1
    assert len({answer.json()["obligation"]["id"] for answer in answers}) == 1
    steps = await rows("SELECT verb FROM dossier_moves")
    opened = await rows("SELECT id FROM obligations")
    told = await rows("SELECT topic FROM jobs WHERE topic = 'notices.tell'")
    assert (len(steps), len(opened), len(told)) == (1, 1, 1)


async def test_a_manifest_that_changes_during_submissions_gives_one_whole_dossier(phone):
    await phone.prepare()
    saves = [phone.save() for _ in range(4)]
    tries = [phone.post("submit") for _ in range(4)]

    answers = await asyncio.gather(*saves, *tries)

    assert {answer.status_code for answer in answers} <= {200, 503}
    assert len({json.dumps(one.json()["receipt"]) for one in answers[4:] if one.is_success}) == 1


async def test_without_a_phone_four_digits_are_made_and_open_the_tracking_page(house, phone):
    await phone.prepare()
    found = await dossiers.opened(uuid.UUID(phone.id), house.vault)
    owned = structs.replace(
        found.private(),
        owner=structs.replace(found.private().owner, phone=None),
        submitter=structs.replace(found.private().submitter, phone=None),
    )
    code, digits = make_code(13, random=house.random), "0042"
    receipt = signed(found, owned, code=code, amount=0, signer=house.signer, now=house.now)
    async with transaction():
        await dossiers.submit(
            found, receipt, owned=owned, campaign=None, expected_at=None, track_digits=digits,
            vault=house.vault, now=house.now,
        )  # fmt: skip

    assert (await dossiers.by_second_factor(code, digits, house.vault)).track_digits == digits
    assert (await phone.look())["track_digits"] == digits
    asked = await phone.web.post("/api/v1/track", json={"code": code, "phone_last4": digits})
    assert asked.json()["code_by"] is None
    assert (await phone.post("submit")).json()["track_digits"] == digits


async def test_a_dossier_is_counted_for_the_posters_campaign(house, phone):
    poster = await qr.make_poster(
        "om-long-hung", "2.000635", "thang-11", by="officer:lan", random=house.random, now=house.now
    )
    phone.manifest["qr"] = poster.code
    answer = await phone.hand_in()

    found = await dossiers.by_code(answer["code"])
    assert (found.qr, found.campaign) == (poster.code, "thang-11")


async def test_a_submitted_dossier_shows_its_story(house, sent):
    shown = await sent.look()

    assert shown["state"] == "submitted"
    assert shown["code"] == sent.answer["code"]
    assert shown["obligation"]["state"] == "open"
    assert shown["attempts"] == []
    assert shown["supplement"] is None
    assert [step["state"] for step in shown["timeline"]] == ["submitted"]
    assert shown["timeline"][0]["at"] == "2026-11-20T09:00:00+07:00"
    assert shown["expected_at"] == shown["timeline"][0]["until"] == "2026-11-20T17:00:00+07:00"
    assert (shown["expected_from"], shown["due_at"]) == ("2026-11-20", None)


async def test_what_is_sent_on_a_day_off_is_expected_as_received_when_the_ward_opens_next(
    house, phone
):
    house.now = datetime(2026, 11, 28, 9, tzinfo=VIETNAM)
    await phone.hand_in()

    shown = await phone.look()

    assert shown["expected_from"] == "2026-11-30"
    assert shown["expected_at"] == "2026-11-30T17:00:00+07:00"


# -- withdrawal, links, payments -------------------------------------------------------------------


async def test_a_withdrawn_dossier_says_so_and_repeats_change_nothing(sent):
    first = await sent.post("withdraw", {"reason": "Đã nộp nơi khác"})
    again = await sent.post("withdraw", {"reason": "Đã nộp nơi khác"})

    assert first.status_code == again.status_code == 200
    assert first.json()["state"] == "withdrawn"
    assert [step["state"] for step in again.json()["timeline"]] == ["submitted", "withdrawn"]


async def test_a_draft_cannot_be_withdrawn(phone):
    await phone.save()

    refused(await phone.post("withdraw", {"reason": "x"}), 409, "not-allowed-now")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reason": ""},
        {"reason": "x" * 1001},
        {"reason": 7},
        {"reason": "   "},
        {"reason": "a\u0000b"},
    ],
)
async def test_a_withdrawal_needs_a_reason(sent, body):
    refused(await sent.post("withdraw", body), 422, "content")


@pytest.mark.parametrize("what", ["receipts", "", "../x", "A" * 64, "receipt\n", 7, None])
async def test_a_link_to_something_else_is_refused(sent, what):
    refused(await sent.post("links", {"what": what}), 422, "content")


async def test_a_link_to_a_foreign_file_is_404(sent):
    refused(await sent.post("links", {"what": "f" * 64}), 404, "not-in-manifest")


async def test_the_slip_is_not_yet_before_acceptance_and_nothing_is_before_submission(phone):
    await phone.prepare()
    refused(await phone.post("links", {"what": "receipt"}), 409, "not-yet")
    await phone.post("submit")

    refused(await phone.post("links", {"what": "slip"}), 409, "not-yet")
    assert (await phone.post("links", {"what": "receipt"})).status_code == 200


async def test_paying_begins_once_and_repeats_give_the_live_attempt(sent):
    first = await sent.post("payments", {"adapter": "vietqr"})
    again = await sent.post("payments", {"adapter": "vietqr"})

    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert first.json()["attempt"] == again.json()["attempt"]
    assert first.json()["next_action"]["kind"] == "qr"
    assert first.json()["expires_at"] == "2026-11-20T09:15:00+07:00"
    assert [one["attempt"] for one in (await sent.look())["attempts"]] == [first.json()["attempt"]]


async def test_the_ways_to_pay_are_offered_while_something_is_due(sent):
    due = await sent.look()
    await sent.post("withdraw", {"reason": "Đã nộp nơi khác"})
    ended = await sent.look()

    assert due["ways"] == [
        {"adapter": "vietqr", "title_vi": "Quét VietQR", "title_en": "Scan a VietQR"},
        {"adapter": "counter", "title_vi": "Trả tại quầy", "title_en": "Pay at the counter"},
    ]
    assert (ended["obligation"]["state"], ended["ways"]) == ("cancelled", [])


async def test_a_draft_has_nothing_to_pay(phone):
    await phone.save()
    shown = await phone.look()

    assert (shown["obligation"], shown["ways"], shown["verify_token"]) == (None, [], None)
    refused(await phone.post("payments", {"adapter": "vietqr"}), 409, "nothing-due")


@pytest.mark.parametrize("adapter", ["sandbox", "khong_co", "x" * 40, "", "../x", 7])
async def test_a_way_of_paying_that_is_not_there_is_refused(sent, adapter):
    refused(await sent.post("payments", {"adapter": adapter}), 422, "content")


def test_a_key_of_the_phone_has_more_than_128_bits():
    assert len(base64.urlsafe_b64decode(Phone(None).key + "=")) == 32
