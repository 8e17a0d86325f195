"""An exemption: claimed on the phone, granted or refused at the desk; refused, the fee stays."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from e2e.conftest import WARD
from e2e.people.citizen import Citizen
from e2e.people.officer import OfficerAtDesk, by_http
from e2e.people.post import messages
from e2e.phones import PHONE
from tests.contract.people import Phone, sent_dossier

WHY_NOT = "Giấy chứng nhận đã hết hạn năm 2025."
LOOKED = "Giấy chứng nhận hộ nghèo năm 2026"
TO_PAY = re.compile("^Trả phí")
EXEMPT = "Tôi thuộc diện được miễn phí"


@pytest.fixture
def owing(house) -> Phone:
    """A dossier that owes for two copies."""
    return sent_dossier(house.web, WARD, answers={"so_luong_ban_sao": 2})


def looks_at(officer: OfficerAtDesk, dossier: Phone) -> None:
    """Open the dossier and the form of an exemption."""
    officer.opens_the_dossier(dossier.look()["code"])
    officer.presses("Xét miễn phí")
    officer.reads("Người nộp thuộc diện nào?", "không cần người thứ hai")


def says(officer: OfficerAtDesk, outcome: str) -> None:
    """Say the group, what was looked at, and the outcome."""
    officer.chooses("Người thuộc hộ nghèo")
    officer.fills({"Giấy tờ đã xem": LOOKED})
    officer.chooses(outcome, of="Kết quả xét")


def test_who_is_exempt_is_asked_for_no_money(at_desk, citizen, owing):
    officer = at_desk()
    looks_at(officer, owing)
    officer.presses("Ghi kết quả")
    officer.reads("Chọn diện được miễn", "Ghi giấy tờ đã xem hoặc lý do", "Chọn kết quả xét")
    says(officer, "Miễn phí")
    officer.presses("Duyệt miễn phí")
    officer.reads("Đã duyệt miễn phí", "Được miễn phí", f"Người thuộc hộ nghèo: {LOOKED}")
    officer.reads_nowhere("Xét miễn phí")
    officer.reads_nowhere("Sửa mức phí")

    citizen.opens_the_dossier(owing)
    citizen.reads("Được miễn phí")
    citizen.reads_nowhere(LOOKED)
    assert citizen.button(TO_PAY).count() == 0


def test_who_is_not_exempt_still_owes_the_fee(at_desk, citizen, owing):
    officer = at_desk(**PHONE)
    looks_at(officer, owing)
    says(officer, "Xét sau")
    officer.presses("Ghi là đang xét")
    officer.reads("Đã ghi là đang xét miễn phí")
    officer.presses("Xét miễn phí")
    says(officer, "Không miễn")
    last = date.today() + timedelta(days=5)  # noqa: DTZ011 - any day soon will do
    parts = {"Ngày": last.day, "Tháng": last.month, "Năm": last.year}
    officer.fills({part: str(value) for part, value in parts.items()}, of="Ngày cuối để trả phí")
    officer.reads("Hết ngày này.")
    officer.fills({"Lời cho người nộp": WHY_NOT})
    assert officer.widest() <= PHONE["viewport"]["width"]
    officer.presses("Không miễn phí")
    officer.reads("Đã ghi không miễn. Phí vẫn phải trả.", "Sửa mức phí")

    assert owing.look()["obligation"]["state"] == "open"
    citizen.opens_the_dossier(owing)
    citizen.reads(f"Trả phí đến hết ngày {last:%d/%m/%Y}.")
    citizen.presses(TO_PAY)
    citizen.reads(f"Trả phí đến hết ngày {last:%d/%m/%Y}.", EXEMPT)


def claims(citizen: Citizen, group: str, evidence: str = "") -> None:
    """Say on the page of paying which group one belongs to."""
    citizen.presses(TO_PAY)
    citizen.presses(EXEMPT)
    citizen.sees(EXEMPT)
    if group:
        citizen.chooses(group)
    citizen.fills({"Giấy tờ chứng minh": evidence})
    citizen.presses("Đề nghị miễn phí")


def test_who_claims_on_the_phone_waits_and_is_exempt(at_desk, citizen, owing):
    citizen.opens_the_dossier(owing)
    claims(citizen, "")
    citizen.reads("Chọn diện được miễn phí")
    citizen.chooses("Người khuyết tật")
    citizen.fills({"Giấy tờ chứng minh": LOOKED})
    citizen.presses("Đề nghị miễn phí")
    citizen.sees("Đang xét miễn phí")
    citizen.reads("Bạn chưa phải trả phí.")

    officer = at_desk()
    officer.opens_the_dossier(owing.look()["code"])
    officer.reads("Người nộp khai", LOOKED)
    officer.presses("Xét miễn phí")
    expect(officer.page.get_by_role("radio", name="Người khuyết tật")).to_be_checked()
    officer.fills({"Giấy tờ đã xem": "Đã xem giấy xác nhận"})
    officer.chooses("Miễn phí Hồ sơ", of="Kết quả xét")
    officer.presses("Duyệt miễn phí")
    officer.reads("Đã duyệt miễn phí")

    citizen.sees("Được miễn phí")
    citizen.reads_nowhere(LOOKED)


def test_who_claimed_and_paid_meanwhile_is_exempt_and_gets_it_back(house, at_desk, citizen, owing):
    citizen.opens_the_dossier(owing)
    claims(citizen, "Người khuyết tật", LOOKED)
    citizen.sees("Đang xét miễn phí")
    code, fee = owing.look()["code"], owing.look()["obligation"]["amount"]
    by_http(house, WARD).act(code, "collect", kind="cash", amount=fee)
    owing.until(lambda found: found["obligation"]["state"] == "paid")

    officer = at_desk()
    officer.opens_the_dossier(code)
    officer.reads("Người nộp khai", LOOKED)
    officer.presses("Xét miễn phí")
    officer.reads("số này vào danh sách hoàn tiền", "Duyệt rồi không rút lại được.")
    officer.fills({"Giấy tờ đã xem": "Đã xem giấy xác nhận"})
    officer.chooses("Miễn phí Hồ sơ", of="Kết quả xét")
    officer.presses("Duyệt miễn phí")
    officer.reads("Đã duyệt miễn phí")
    officer.reads_nowhere("Người nộp khai")

    officer.opens_the_refund(f"{fee // 1000}.000")


def test_who_claimed_and_paid_meanwhile_is_told_that_the_fee_stays_paid(
    house, at_desk, citizen, owing
):
    citizen.opens_the_dossier(owing)
    claims(citizen, "Người khuyết tật", LOOKED)
    citizen.sees("Đang xét miễn phí")
    code, fee = owing.look()["code"], owing.look()["obligation"]["amount"]
    by_http(house, WARD).act(code, "collect", kind="cash", amount=fee)
    owing.until(lambda found: found["obligation"]["state"] == "paid")

    officer = at_desk(**PHONE)
    officer.opens_the_dossier(code)
    officer.presses("Xét miễn phí")
    officer.fills({"Giấy tờ đã xem": "Giấy hết hạn"})
    officer.chooses("Không miễn", of="Kết quả xét")
    officer.reads("Phí đã trả giữ nguyên.")
    officer.reads_nowhere("Ngày cuối để trả phí")
    officer.presses("Không miễn phí")
    officer.reads("Ghi vì sao không miễn, để người nộp đọc")
    officer.fills({"Lời cho người nộp": WHY_NOT})
    officer.presses("Không miễn phí")
    officer.reads("Đã ghi không miễn. Phí đã trả giữ nguyên.")
    officer.reads_nowhere("Người nộp khai")

    citizen.opens_the_dossier(owing)
    citizen.reads("không miễn phí, phí đã trả giữ nguyên", WHY_NOT)
    assert owing.look()["obligation"]["state"] == "paid"
    (message,) = messages(house, code, "not_exempt_paid")
    assert "giữ nguyên" in message["text"]


def test_who_claimed_may_pay_without_waiting(citizen, owing):
    citizen.opens_the_dossier(owing)
    claims(citizen, "Trẻ em")
    citizen.sees("Đang xét miễn phí")

    citizen.presses("Không chờ, trả phí")

    citizen.sees("Trả phí bằng cách nào?")
    citizen.reads_nowhere(EXEMPT)
    citizen.chooses("Trả tại quầy")
    citizen.goes_on()
    citizen.sees("Trả tại quầy")
    citizen.presses("Chọn cách trả khác")
    citizen.sees("Trả phí bằng cách nào?")


@pytest.mark.parametrize("way", ["Quét VietQR", "Trả tại quầy"])
def test_who_has_begun_to_pay_may_still_claim(citizen, owing, way):
    citizen.opens_the_dossier(owing)
    citizen.presses(TO_PAY)
    citizen.chooses(way)
    citizen.goes_on()
    citizen.reads("Chọn cách trả khác")
    citizen.presses(EXEMPT)

    citizen.sees(EXEMPT)


def test_what_was_claimed_is_changed_while_it_is_looked_at(citizen, owing):
    citizen.opens_the_dossier(owing)
    claims(citizen, "Trẻ em", "Giấy khai sinh")
    citizen.sees("Đang xét miễn phí")

    citizen.presses("Sửa lời khai")

    citizen.sees(EXEMPT)
    expect(citizen.page.get_by_role("radio", name="Trẻ em")).to_be_checked()
    citizen.reads_in("Giấy tờ chứng minh", "Giấy khai sinh")
    citizen.chooses("Người khuyết tật")
    citizen.presses("Đề nghị miễn phí")
    citizen.sees("Đang xét miễn phí")


def test_a_claim_half_written_is_found_again(citizen, owing):
    citizen.opens_the_dossier(owing)
    citizen.presses(TO_PAY)
    citizen.presses(EXEMPT)
    citizen.chooses("Người khuyết tật")
    citizen.fills({"Giấy tờ chứng minh": LOOKED})
    citizen.presses("Thôi, trả phí")
    citizen.presses(EXEMPT)
    citizen.reads_in("Giấy tờ chứng minh", LOOKED)

    citizen.page.reload()

    citizen.sees(EXEMPT)
    citizen.reads_in("Giấy tờ chứng minh", LOOKED)
    expect(citizen.page.get_by_role("radio", name="Người khuyết tật")).to_be_checked()
    citizen.presses("Đề nghị miễn phí")
    citizen.sees("Đang xét miễn phí")


def test_a_claim_without_network_is_kept_on_the_page_until_it_is_sent(citizen, owing):
    citizen.opens_the_dossier(owing)
    citizen.presses(TO_PAY)
    citizen.presses(EXEMPT)
    citizen.chooses("Trẻ em")
    citizen.loses_network()
    citizen.presses("Đề nghị miễn phí")
    citizen.reads("Chưa có mạng")
    assert owing.look()["obligation"]["state"] == "open"

    citizen.finds_network()
    citizen.presses("Đề nghị miễn phí")

    citizen.sees("Đang xét miễn phí")


def test_a_hidden_character_is_told_at_the_box_that_holds_it(citizen, owing):
    citizen.inspector.expect_status(422)
    citizen.opens_the_dossier(owing)
    claims(citizen, "Trẻ em", "Giấy\u200b số 12")

    citizen.is_told("Có ký tự ẩn")
    citizen.presses("EN, English")
    citizen.is_told("There are hidden characters.")

    assert owing.look()["obligation"]["state"] == "open"


def test_a_group_that_nobody_verified_bears_a_mark_and_no_bracket(citizen, owing, poster):
    group = "Đồng bào dân tộc thiểu số vùng đặc biệt khó khăn"
    citizen.scans(poster)
    citizen.presses("Xem và bắt đầu")
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.page.get_by_text("Ai được miễn phí?").click()
    told = citizen.page.get_by_role("listitem").filter(has_text=group)
    expect(told).to_contain_text("Chưa kiểm chứng")
    citizen.reads_nowhere("cần kiểm tra")

    citizen.opens_the_dossier(owing)
    citizen.presses(TO_PAY)
    citizen.presses(EXEMPT)
    citizen.sees(EXEMPT)

    citizen.reads_nowhere("cần kiểm tra")
    expect(citizen.page.get_by_role("radio", name=f"{group} Chưa kiểm chứng.")).to_be_visible()
    expect(citizen.page.get_by_role("radio", name="Trẻ em", exact=True)).to_be_visible()
