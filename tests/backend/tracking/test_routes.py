"""Following a dossier by its code, proving a slip, files by sealed links."""

import asyncio
import hashlib
import json
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from backend import catalogue, dossiers, notices
from backend.dossiers import Item
from backend.notices.model import proof_of
from backend.payments.store import bills
from backend.payments.store.rows import BillRow
from backend.platform import db
from backend.platform.files import FileName
from backend.platform.workshop import Unreadable
from backend.tracking.model import purpose_stamp
from tests.backend.citizens import HERE, MORNING, ROOT, Phone, entry, photo
from tests.backend.dossiers.test_actions import ask
from tests.backend.dossiers.test_clock import serve
from tests.backend.intake.test_routes import refused


async def track(phone, *, code=None, digits="0417"):
    body = {"code": phone.answer["code"] if code is None else code, "phone_last4": digits}
    return await phone.web.post("/api/v1/track", json=body)


async def accept(house, phone):
    await dossiers.move(UUID(phone.id), "accept", by="officer:lan", now=house.now)


async def opened(phone, what):
    link = await phone.post("links", {"what": what})
    assert link.status_code == 200, link.text
    assert link.json()["url"].startswith(f"{HERE}/f/")
    return await phone.web.get(link.json()["url"])


# -- track -----------------------------------------------------------------------------------------


async def test_code_and_digits_show_state_and_next_step_and_no_names(house, sent):
    code = sent.answer["code"]
    unpaid = (await track(sent)).json()["next"]
    assert unpaid == "Còn phải trả 8.000\u00a0đ thì phường mới bắt đầu làm."
    await accept(house, sent)

    answer = await track(sent, code=f"{code[:4]}-{code[4:8]} {code[8:].lower()}")

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert (shown["code"], shown["procedure"], shown["unit"]) == (code, "2.000635", "om-long-hung")
    assert shown["state"] == "accepted"
    assert shown["next"] == "Phường đang giải quyết. Chờ đến ngày hẹn trả kết quả."
    assert shown["next_en"] == "The ward is at work. Wait for the promised day."
    assert shown["accepted_at"] == "2026-11-20T09:00:00+07:00"
    assert shown["due_at"] == "2026-11-20T17:00:00+07:00"
    assert (shown["paused"], shown["provisional"]) == (False, False)
    assert shown["code_by"] == "log"
    assert shown["obligation"] == {"state": "open", "amount": 8000}
    assert shown["procedure_title"] == "Bản sao trích lục hộ tịch"
    assert shown["unit_office"] == "UBND phường Long Hưng"
    for name in ("Nguyễn", "Tư", "Trần", "Lành", "0900000"):
        assert name not in answer.text


async def test_a_look_up_tells_that_a_visit_is_to_be_made_and_only_the_key_tells_which_day(
    house, web
):
    house.pass_time(hours=1)
    phone = Phone(web, procedure="2.000815")
    phone.manifest["answers"] |= {"ngay_den": "2026-11-23", "buoi_den": "chieu"}
    phone.answer = await phone.hand_in()
    digits = phone.manifest["owner"]["phone"][-4:]

    answer = await track(phone, digits=digits)
    shown = answer.json()
    assert (shown["visit_over"], shown["visit_before"], shown["until"]) == (False, "15:00", None)
    assert (shown["expected_at"], shown["expected_from"]) == (None, None)
    for told in ("2026-11-23", "23/11", "Buổi chiều", "Afternoon", "13:30"):
        assert told not in answer.text
    assert (await phone.look())["visit"] == {
        "begins": "2026-11-23T13:30:00+07:00",
        "ends": "2026-11-23T17:00:00+07:00",
        "session": "Buổi chiều",
        "session_en": "Afternoon",
        "before": "15:00",
    }

    dossier = await dossiers.by_code(phone.answer["code"])
    items = [Item(field="ten_giay_to", words="Ghi rõ tên giấy")]
    asked = await ask(house, dossier, items=items, until=house.now + timedelta(days=3))
    waiting = (await track(phone, digits=digits)).json()
    assert (waiting["state"], waiting["visit_over"]) == ("supplement_requested", False)
    assert waiting["until"] == "2026-11-23T10:00:00+07:00"
    assert asked.accepted_at is None


async def test_a_look_up_tells_that_the_day_of_a_visit_is_over(house, web):
    phone = Phone(web, procedure="2.000815")
    phone.manifest["answers"] |= {"ngay_den": "2026-11-23", "buoi_den": "chieu"}
    phone.answer = await phone.hand_in()
    digits = phone.manifest["owner"]["phone"][-4:]

    house.now = datetime(2026, 11, 24, 2, tzinfo=UTC)

    shown = (await track(phone, digits=digits)).json()
    assert (shown["visit_over"], shown["expected_at"]) == (True, None)


async def test_a_visit_that_was_over_when_it_came_is_taken_and_expected_on_the_next_day(house, web):
    house.now = MORNING + timedelta(hours=11)
    phone = Phone(web, procedure="2.000815")
    phone.manifest["answers"] |= {"ngay_den": "2026-11-19", "buoi_den": "chieu"}
    await phone.hand_in()

    shown = await phone.look()

    assert shown["visit"]["ends"] == "2026-11-19T17:00:00+07:00"
    assert shown["expected_at"] == "2026-11-23T17:00:00+07:00"


@pytest.mark.parametrize(("day", "stays"), [("2026-11-23", True), ("2026-11-20", False)])
async def test_who_is_accepted_before_the_day_of_the_visit_still_has_to_come(
    house, web, day, stays
):
    phone = Phone(web, procedure="2.000815")
    phone.manifest["answers"] |= {"ngay_den": day, "buoi_den": "sang"}
    await phone.hand_in()
    house.pass_time(hours=1)
    await dossiers.move(
        UUID(phone.id), "accept", by="officer:lan", now=house.now, vault=house.vault
    )

    visit = (await phone.look())["visit"]

    assert (visit is not None) is stays
    if stays:
        assert visit["begins"] == "2026-11-23T07:00:00+07:00"


async def test_the_wards_reason_stands_by_itself_and_the_visit_is_over_with_the_end(house, web):
    phone = Phone(web, procedure="2.000815")
    await phone.hand_in()
    await dossiers.move(
        UUID(phone.id),
        "decline",
        by="officer:lan",
        now=house.now,
        reason="Sai nơi nộp",
        vault=house.vault,
    )

    shown = await phone.look()

    last = shown["timeline"][-1]
    assert (last["reason"], last["what"]) == (
        "Sai nơi nộp",
        "Phường không nhận hồ sơ. Lý do: Sai nơi nộp",
    )
    assert shown["visit"] is None


async def test_a_form_that_only_another_process_has_served_is_known_wherever_it_is_followed(
    house, sent, tmp_path
):
    await accept(house, sent)
    serve(house, tmp_path / "procedures", "max: 50", "max: 40")

    followed = await track(sent)
    papers = [await opened(sent, what) for what in ("receipt", "slip")]
    await house.work()

    assert (followed.status_code, followed.json()["code"]) == (200, sent.answer["code"])
    assert [one.headers["content-type"] for one in papers] == ["application/pdf"] * 2
    assert "Bản sao trích lục hộ tịch" in house.notices().decode()


def test_how_messages_go_out_is_told_by_the_channels_there_are(house, tmp_path):
    other = notices.LogChannel(tmp_path / "other.jsonl")
    other.id = "sms"
    log = notices.channels(house.settings)

    assert [notices.reach(one) for one in ([], log, [*log, other])] == [None, "log", "message"]


async def test_every_wrong_look_up_is_the_same_404(phone, sent):
    draft = [
        await track(sent, digits="0418"),
        await track(sent, code="2222222222222"),
        await track(sent, code="not a code"),
        await track(sent, code=""),
        await track(sent, digits=""),
    ]

    assert len({json.dumps(one.json() | {"trace_id": ""}) for one in draft}) == 1
    refused(draft[0], 404, "not-found")


async def test_after_five_wrong_digits_even_the_right_ones_wait_an_hour(house, sent):
    wrong = [(await track(sent, digits=f"{n:04d}")).status_code for n in range(6)]
    blocked = await track(sent)
    house.pass_time(minutes=61)

    assert wrong == [404] * 5 + [429]
    refused(blocked, 429, "too-many")
    assert int(blocked.headers["retry-after"]) <= 3600
    assert (await track(sent)).status_code == 200


async def test_of_many_wrong_digits_at_once_five_are_judged(sent):
    answers = await asyncio.gather(*(track(sent, digits=f"{n:04d}") for n in range(24)))

    assert sorted(one.status_code for one in answers) == [404] * 5 + [429] * 19
    refused(await track(sent), 429, "too-many")


async def test_a_right_look_up_does_not_forgive_wrong_ones(sent):
    wrong = [(await track(sent, digits=f"{n:04d}")).status_code for n in range(4)]
    right = await track(sent)
    last = [(await track(sent, digits=digits)).status_code for digits in ("0004", "0417")]

    assert (wrong, right.status_code, last) == ([404] * 4, 200, [404, 429])


async def test_right_look_ups_are_not_counted(sent):
    statuses = {(await track(sent)).status_code for _ in range(8)}

    assert statuses == {200}


async def test_an_address_has_sixty_wrong_look_ups_an_hour(sent):
    codes = [f"{n:013d}" for n in range(60)]
    statuses = {(await track(sent, code=code)).status_code for code in codes}

    assert statuses == {404}
    refused(await track(sent, code="x"), 429, "too-many")


@pytest.mark.parametrize(
    "body",
    [{}, {"code": "x"}, {"code": 1, "phone_last4": "1"}, {"code": "x" * 65, "phone_last4": ""}, []],
)
async def test_a_body_of_a_wrong_shape_is_refused(web, body):
    refused(await web.post("/api/v1/track", json=body), 422, "content")


# -- verification ----------------------------------------------------------------------------------


async def test_a_slips_token_is_genuine_and_shows_only_a_masked_code(house, sent):
    found = await dossiers.opened(UUID(sent.id), house.vault)
    token = house.signer.sign(proof_of(found.receipt(), kind="receipt", at=house.now))

    answer = await sent.web.post("/api/v1/verify", json={"token": token})

    code = sent.answer["code"]
    assert answer.json() == {
        "genuine": True,
        "kind": "receipt",
        "unit": "om-long-hung",
        "unit_name": "Phường Long Hưng",
        "unit_office": "UBND phường Long Hưng",
        "at": "2026-11-20T09:00:00+07:00",
        "code_masked": f"{code[:4]}•••••{code[-4:]}",
    }


async def test_a_forged_or_strange_token_is_not_genuine(house, sent):
    receipt = sent.answer["receipt"]["signature"]  # ours, but no proof of a slip
    head, payload, signature = receipt.split(".")
    tokens = ["", "x", "a.b.c", "eyJh.eyJh.c2ln", receipt, f"{head}.{payload}x.{signature}", "ỹ"]

    answers = [await sent.web.post("/api/v1/verify", json={"token": one}) for one in tokens]

    assert {one.status_code for one in answers} == {200}
    assert {one.json()["genuine"] for one in answers} == {False}


async def test_a_huge_token_is_refused(web):
    refused(await web.post("/api/v1/verify", json={"token": "x" * 5000}), 422, "content")


async def test_the_public_keys_are_there_and_nothing_else(house, web):
    answer = await web.get("/.well-known/jwks.json")

    assert answer.json() == house.signer.jwks()
    assert all("d" not in key for key in answer.json()["keys"])


# -- files -----------------------------------------------------------------------------------------


async def test_a_file_comes_back_byte_for_byte_and_may_not_run(sent):
    data = next(iter(sent.photos.values()))

    answer = await opened(sent, hashlib.sha256(data).hexdigest())

    assert answer.content == data
    assert answer.headers["content-type"] == "image/jpeg"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="')


async def test_a_view_link_gives_a_jpeg_without_the_originals_bytes(house, sent):
    data = next(iter(sent.photos.values()))
    until = house.now + timedelta(minutes=5)
    digest = hashlib.sha256(data).hexdigest()
    token = house.links.make(UUID(sent.id), digest, purpose="view", until=until)

    answer = await sent.web.get(f"/f/{token}")

    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.content[:3] == b"\xff\xd8\xff"
    assert answer.content != data


@pytest.fixture
def proves_identity(tmp_path):
    """Procedures in which the authorisation proves who one is."""
    folder = tmp_path / "procedures"
    shutil.copytree(ROOT / "procedures", folder)
    shared = folder / "_shared" / "giay-to-chung.yaml"
    marked = shared.read_text().replace("max_files: 6", "max_files: 6\n  identity: true", 1)
    shared.write_text(marked)

    async def load():
        catalogue.load(folder, demo=True, clock=lambda: MORNING)
        await catalogue.remember_versions(now=MORNING)

    return load


async def seen(house, sent, purpose, what=None):
    digest = hashlib.sha256(next(iter(sent.photos.values()))).hexdigest()
    until = house.now + timedelta(minutes=5)
    token = house.links.make(UUID(sent.id), what or digest, purpose=purpose, until=until)
    return await sent.web.get(f"/f/{token}")


async def test_the_desk_sees_an_identity_paper_with_its_purpose_all_over_it(
    house, web, proves_identity
):
    plain = Phone(web)
    await plain.hand_in()
    await proves_identity()
    marked = Phone(web, seed=2)
    marked.photos = dict(plain.photos)
    await marked.hand_in()

    view = await seen(house, plain, "view")
    stamped = await seen(house, marked, "view")
    pdf = await seen(house, marked, "paper", "uy_quyen")

    assert view.headers["content-type"] == stamped.headers["content-type"] == "image/jpeg"
    assert view.content != stamped.content
    assert pdf.content != (await seen(house, plain, "paper", "uy_quyen")).content
    digest = hashlib.sha256(next(iter(marked.photos.values()))).hexdigest()
    assert (await opened(marked, digest)).content == next(iter(marked.photos.values()))


async def stamped_copies(house, sent, data):
    """Count the stamped and the plain view copies of a photo after the desk saw it."""
    digest = hashlib.sha256(data).hexdigest()
    token = house.links.make(
        UUID(sent.id), digest, purpose="view", until=house.now + timedelta(minutes=5)
    )
    assert (await sent.web.get(f"/f/{token}")).status_code == 200
    names = [f"{digest}.{kind}.1" for kind in ("stamped", "view")]
    sizes = [await house.files.size(FileName(UUID(sent.id), name)) for name in names]
    return [size is not None for size in sizes]


async def test_an_identity_paper_that_was_replaced_keeps_its_purpose_over_it(
    house, web, proves_identity
):
    await proves_identity()
    phone = Phone(web)
    await phone.hand_in()
    old, new = phone.photos["uy_quyen"], photo(77)
    await dossiers.ask_supplement(
        UUID(phone.id),
        by="officer:lan",
        items=[dossiers.Item(words="Chụp lại", paper="uy_quyen")],
        until=house.now + timedelta(days=5),
        now=house.now,
        vault=house.vault,
        reason="Mờ",
    )
    asked = (await phone.look())["supplement"]["id"]
    answer = {"papers": [{"paper": "uy_quyen", "files": [entry(new)]}]}
    assert (await phone.put(f"supplement/{asked}", answer)).status_code == 200
    assert (await phone.send(new)).status_code == 201
    assert (await phone.post(f"supplement/{asked}/submit")).status_code == 200

    assert await stamped_copies(house, phone, old) == [True, False]
    assert await stamped_copies(house, phone, new) == [True, False]


async def test_a_photo_given_for_two_papers_is_stamped_when_either_proves_identity(
    house, web, proves_identity
):
    await proves_identity()
    phone = Phone(web)
    picture = phone.photos["uy_quyen"]
    phone.photos = {"uy_quyen": picture}
    phone.manifest["papers"] = []
    phone.attach("van_ban_co_quan", picture)
    await phone.hand_in()

    assert await stamped_copies(house, phone, picture) == [True, False]


async def test_all_pages_of_a_paper_open_as_one_pdf(house, sent):
    pdf = await seen(house, sent, "paper", "uy_quyen")

    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert "sandbox" in pdf.headers["content-security-policy"]
    assert f"{sent.answer['code']}-uy_quyen.pdf" in pdf.headers["content-disposition"]


async def test_a_paper_that_ends_the_child_is_413_with_a_sentence(house, sent, monkeypatch):
    run = house.workshop.run

    async def crash(task, *given, **how):
        if task == "join_pages":
            raise Unreadable("crash")
        return await run(task, *given, **how)

    monkeypatch.setattr(house.workshop, "run", crash)

    answer = await seen(house, sent, "paper", "uy_quyen")

    refused(answer, 413, "not-joined")
    assert answer.json()["title"].endswith("Hãy xem từng trang.")


@pytest.mark.parametrize("paper", ["to_khai", "khong_co", "", "../uy_quyen"])
async def test_a_paper_without_pages_is_404(house, sent, paper):
    refused(await seen(house, sent, "paper", paper or "x"), 404, "not-found")


def test_a_purpose_stamp_names_dossier_office_and_day():
    words = purpose_stamp("C7KQ4XRT9MHD2", "Phường Long Hưng", date(2026, 11, 7))

    assert words == (
        "Chỉ dùng để giải quyết hồ sơ C7KQ-4XRT-9MHD2, Phường Long Hưng, ngày 07/11/2026"
    )


async def test_a_link_ends_after_five_minutes(house, sent):
    link = (await sent.post("links", {"what": "receipt"})).json()
    house.pass_time(minutes=6)

    refused(await sent.web.get(link["url"]), 404, "not-found")


@pytest.mark.parametrize("token", ["A" * 80, "x", "%00", "A" * 3000, "ỹ"])
async def test_a_forged_token_is_404(web, token):
    assert (await web.get(f"/f/{token}")).status_code == 404


async def test_a_link_to_a_file_that_never_came_is_404(house, phone):
    phone.attach("uy_quyen", b"\xff\xd8\xff" + b"x" * 50)
    await phone.save()
    digest = phone.manifest["papers"][0]["files"][0]["sha256"]

    refused(await opened(phone, digest), 404, "not-found")


async def test_a_files_strange_name_stays_in_its_header(phone):
    data = phone.photos["uy_quyen"]
    phone.attach("uy_quyen", data)
    phone.manifest["papers"][0]["files"][0]["name"] = 'giấy "ủy";\\quyền.jpg'
    await phone.save()
    await phone.send(data)

    answer = await opened(phone, hashlib.sha256(data).hexdigest())

    said = answer.headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="[\w ._-]+"; filename\*=UTF-8\'\'[\w.%-]+', said)


# -- slips -----------------------------------------------------------------------------------------


async def test_the_receipt_and_after_acceptance_the_slip_open_as_pdf(house, sent):
    receipt = await opened(sent, "receipt")
    await accept(house, sent)
    slip = await opened(sent, "slip")

    for answer in (receipt, slip):
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"%PDF")
        assert answer.headers["content-type"] == "application/pdf"
        assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_slip_link_made_too_early_is_not_yet(house, sent):
    token = house.links.make(
        UUID(sent.id), "slip", purpose="x", until=house.now + timedelta(minutes=5)
    )

    refused(await sent.web.get(f"/f/{token}"), 409, "not-yet")


# -- what a provider gave out ----------------------------------------------------------------------


async def provider_bill(house, sent, pdf):
    begun = (await sent.post("payments", {"adapter": "vietqr"})).json()
    attempt = UUID(begun["attempt"])
    await db.execute("UPDATE payment_attempts SET state = 'succeeded' WHERE id = {}", attempt)
    wrapped, key = house.vault.new_key(attempt)
    await bills.keep(
        BillRow(
            attempt=attempt,
            at=house.now,
            digest=hashlib.sha256(pdf).digest(),
            wrapped_key=wrapped,
            sealed=key.seal("provider_bills.pdf", pdf),
        )
    )


async def test_a_providers_receipt_is_opened_by_a_link_made_for_it_and_by_no_other(house, sent):
    until = house.now + timedelta(minutes=5)
    made = {
        purpose: house.links.make(UUID(sent.id), "fee", purpose=purpose, until=until)
        for purpose in ("provider-bill", "view", "citizen")
    }
    before = await sent.web.get(f"/f/{made['provider-bill']}")
    await provider_bill(house, sent, b"%PDF-1.4 receipt")

    opened = {purpose: await sent.web.get(f"/f/{token}") for purpose, token in made.items()}

    assert before.status_code == 404
    assert opened["provider-bill"].content == b"%PDF-1.4 receipt"
    assert opened["provider-bill"].headers["content-type"] == "application/pdf"
    assert [opened[one].status_code for one in ("view", "citizen")] == [404, 404]
