"""Telling citizens once, and the two slips as finished PDFs."""

import json
from datetime import timedelta
from uuid import UUID

import msgspec
import pypdfium2
import pytest
import zxingcpp

from backend import dossiers, notices, people
from backend.dossiers import DossierSubmitted, Item
from backend.notices import LogChannel, Teller
from backend.platform import signing
from backend.platform.db import rows
from tests.backend.citizens import HERE, Phone


def told(house):
    return [json.loads(line) for line in house.notices().splitlines()]


async def accept(house, phone):
    return await dossiers.move(
        UUID(phone.id), "accept", by="officer:lan", now=house.now, vault=house.vault
    )


# -- telling ---------------------------------------------------------------------------------------


async def test_a_submission_is_told_to_the_submitters_phone_with_the_owners_name_masked(
    house, sent
):
    await house.work()

    [notice] = told(house)
    code = sent.answer["code"]
    assert notice == {
        "at": "2026-11-20T09:00:00+07:00",
        "code": code,
        "to": "0900000523",
        "event": "submitted",
        "text": "Hồ sơ nộp thay Nguyễn T. B. T.: "
        f"Phường Long Hưng đã nhận đủ hồ sơ {code[:4]}-{code[4:8]}-{code[8:]} của ông/bà: "
        f"Bản sao trích lục hộ tịch. Xem hồ sơ tại {HERE}/tra-cuu",
    }


async def test_an_event_heard_twice_is_told_once_on_each_channel(house, sent, tmp_path):
    other = LogChannel(tmp_path / "other.jsonl")
    other.id = "other"
    teller = Teller(
        vault=house.vault,
        channels=[*notices.channels(house.settings), other],
        public_url=HERE,
    )
    event = DossierSubmitted(
        dossier=UUID(sent.id), at=house.now, unit="om-long-hung", procedure="2.000635",
        channel="online",
    )  # fmt: skip

    for _ in range(3):
        await notices.tell(event, teller=teller, now=house.now)

    assert len(told(house)) == 1
    assert len((tmp_path / "other.jsonl").read_text().splitlines()) == 1


async def test_the_way_of_a_dossier_is_told_step_by_step(house, sent):
    await dossiers.ask_supplement(
        UUID(sent.id), by="officer:lan", items=[Item(words="Ký lại", paper="uy_quyen")],
        until=house.now + timedelta(days=5), now=house.now, vault=house.vault,
    )  # fmt: skip
    await house.work()
    await house.work()

    assert [one["event"] for one in told(house)] == ["submitted", "supplement"]
    assert "chậm nhất 09:00 ngày 25/11/2026" in told(house)[-1]["text"]


async def test_a_promised_date_is_told_with_the_acceptance(house, sent):
    await accept(house, sent)
    await dossiers.move(UUID(sent.id), "finish", by="officer:lan", now=house.now)
    await house.work()

    texts = {one["event"]: one["text"] for one in told(house)}
    assert "17:00 ngày 20/11/2026" in texts["accepted"]
    assert "Phường Long Hưng" in texts["result_ready"]


async def test_production_has_no_log_of_notices(house):
    settings = msgspec.structs.replace(house.settings, mode="production")

    assert notices.channels(settings) == []


async def test_what_was_sent_stands_in_no_table(house, sent):
    await house.work()

    stored = repr(await rows("SELECT * FROM notices"))
    assert "0900000523" not in stored
    assert "nhận đủ" not in stored


# -- slips -----------------------------------------------------------------------------------------


@pytest.fixture
def printer(house):
    return notices.Printer(workshop=house.workshop, signer=house.signer, public_url=HERE)


def read(pdf):
    """Read a finished PDF as people and phones do: its words and its symbols."""
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    picture = document[0].render(scale=4).to_pil()
    return text, sorted(found.text for found in zxingcpp.read_barcodes(picture))


async def test_the_receipt_has_two_symbols_and_no_name_and_never_the_key(house, sent, printer):
    found = await dossiers.opened(UUID(sent.id), house.vault)

    text, symbols = read(await notices.receipt_pdf(found, printer))

    code = sent.answer["code"]
    assert symbols[0] == f"{HERE}/tra-cuu#{code}"
    token = symbols[1].removeprefix(f"{HERE}/v#")
    proof = json.loads(signing.verify(token, house.signer.jwks()))
    assert (proof["kind"], proof["code"], proof["unit"]) == ("receipt", code, "om-long-hung")
    assert "Đã nhận đủ hồ sơ" in text
    assert "Dự kiến trả kết quả" in text
    for secret in ("Nguyễn Thị", "Trần Văn", "0900000", sent.key):
        assert secret not in text
        assert secret not in "".join(symbols)


async def test_the_slip_names_the_promise_the_people_and_the_papers(house, sent, printer):
    await people.add_officer(
        "lan", "Phan Ngọc Lan", role="officer", units=["om-long-hung"], by="operator",
        random=house.random, now=house.now, title="Công chức tư pháp – hộ tịch",
    )  # fmt: skip
    await accept(house, sent)
    found = await dossiers.opened(UUID(sent.id), house.vault)

    text, symbols = read(await notices.slip_pdf(found, printer))

    assert symbols[0] == f"{HERE}/tra-cuu#{sent.answer['code']}"
    assert symbols[1].startswith(f"{HERE}/v#")
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "chậm nhất 17:00 ngày 20/11/2026" in text
    for name in (
        "Trần Văn Lành", "Nguyễn Thị Bé Tư", "Phan Ngọc Lan", "Công chức tư pháp – hộ tịch"
    ):  # fmt: skip
        assert name in text
    assert "Long Hưng, ngày 20 tháng 11 năm 2026" in text
    assert sent.key not in text


async def test_the_slip_names_both_who_apply_together_and_that_both_must_come(house, web, printer):
    couple = Phone(web, procedure="1.000894", seed=3)
    couple.answer = await couple.hand_in()
    await accept(house, couple)
    found = await dossiers.opened(UUID(couple.id), house.vault)

    text, _symbols = read(await notices.slip_pdf(found, printer))

    for words in ("Bên nữ", "Bùi Thị Cẩm Tiên", "Bên nam", "Võ Hoàng Long", "Hai bên cùng có mặt"):
        assert words in text


async def test_there_is_no_slip_before_acceptance_and_no_receipt_of_a_draft(house, phone, printer):
    await phone.prepare()
    draft = await dossiers.opened(UUID(phone.id), house.vault)
    with pytest.raises(notices.NotYet):
        await notices.receipt_pdf(draft, printer)
    await phone.post("submit")
    submitted = await dossiers.opened(UUID(phone.id), house.vault)

    with pytest.raises(notices.NotYet):
        await notices.slip_pdf(submitted, printer)


async def test_the_same_slip_printed_twice_is_the_same_bytes(house, sent, printer):
    found = await dossiers.opened(UUID(sent.id), house.vault)

    first = await notices.receipt_pdf(found, printer)
    second = await notices.receipt_pdf(found, printer)

    assert first == second


async def test_a_printed_slips_token_is_verified_by_anybody(house, sent, printer):
    found = await dossiers.opened(UUID(sent.id), house.vault)
    _text, symbols = read(await notices.receipt_pdf(found, printer))

    answer = await sent.web.post(
        "/api/v1/verify", json={"token": symbols[1].removeprefix(f"{HERE}/v#")}
    )

    assert answer.json()["genuine"] is True
    assert answer.json()["kind"] == "receipt"
