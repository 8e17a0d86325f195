"""Money at the desk: one officer matches it, two give it back, and the slower of two is told."""

import httpx
import pytest
from playwright.sync_api import expect

from e2e.conftest import WARD
from e2e.people.officer import OfficerAtDesk, shown
from e2e.phones import PHONE
from tests.contract import people
from tests.contract.people import Phone, sent_dossier

DISTRICT = "om"
WITHOUT_TEXT = "chuyen tien"


@pytest.fixture
def officer(at_desk) -> OfficerAtDesk:
    """The ward's officer, signed in."""
    return at_desk()


@pytest.fixture
def accountant(at_desk) -> OfficerAtDesk:
    """The second person, signed in: the district's accountant."""
    return at_desk(DISTRICT)


@pytest.fixture
def owing(house):
    """Hand in dossiers that owe for so many copies, each with a VietQR on its phone."""

    def send(copies: int) -> Phone:
        phone = sent_dossier(house.web, WARD, answers={"so_luong_ban_sao": copies})
        answer = phone.pay("vietqr")
        assert answer.status_code == 201, answer.text
        phone.transfer = answer.json()["next_action"]["transfer"]
        return phone

    return send


@pytest.fixture
def transfer(house):
    """Play the payer's bank: money comes to the ward's account with these words."""

    def send(amount: int, words: str) -> None:
        secret = house.demo["secrets"]["bank_notice"]
        body, headers = people.sepay_notice(
            secret["hmac_secret"], account=secret["account"], amount=amount, memo=words
        )
        address = f"{house.web}/api/v1/payments/notices/bank_notice"
        assert httpx.post(address, content=body, headers=headers).status_code == 200

    return send


def test_money_without_its_text_is_matched_by_an_officer(officer, owing, transfer):
    dossier = owing(7)
    code = dossier.look()["code"]
    transfer(56_000, WITHOUT_TEXT)

    officer.opens_the_money("56.000 đ")
    officer.reads("Nội dung chuyển không có mã", "Cùng số tiền", "còn phải trả 56.000 đ")
    officer.presses(f"Khớp với hồ sơ này {shown(code)}")
    officer.presses("Khớp 56.000 đ")
    officer.reads("Ghi lý do")
    officer.fills({"Lý do": "Người trả đọc đúng giờ chuyển và số tiền"})
    officer.presses("Khớp 56.000 đ")

    officer.reads("Đã khớp 56.000 đ vào hồ sơ", "Người trả đọc đúng giờ chuyển và số tiền")
    dossier.until(lambda seen: seen["obligation"]["state"] == "paid")


def test_of_two_officers_at_once_the_slower_one_is_told_and_sees_what_was_done(
    *, officer, accountant, owing, transfer
):
    dossier = owing(9)
    code = dossier.look()["code"]
    transfer(72_000, WITHOUT_TEXT)
    for one in (officer, accountant):
        one.opens_the_money("72.000 đ")
    accountant.inspector.expect_status(409)

    officer.presses(f"Khớp với hồ sơ này {shown(code)}")
    officer.fills({"Lý do": "Đúng người, đúng số tiền"})
    officer.presses("Khớp 72.000 đ")
    officer.reads("Đã khớp 72.000 đ vào hồ sơ")
    accountant.settles("Đề nghị hoàn", "Đề nghị hoàn 72.000 đ", reason="Không rõ của ai")

    accountant.is_told("Có người vừa xử lý khoản này trước bạn.")
    accountant.reads("Khớp với hồ sơ", "Đúng người, đúng số tiền", "Không còn gì phải làm.")
    assert dossier.look()["obligation"]["state"] == "paid"


def test_a_surplus_is_given_back_by_two_persons(officer, accountant, owing, transfer):
    dossier = owing(11)
    for _ in range(2):
        transfer(88_000, dossier.transfer["memo"])
    dossier.until(lambda seen: seen["obligation"]["state"] == "refund_due")

    officer.opens_the_refund("88.000 đ")
    officer.reads("Trả hai lần", "Máy tự đề nghị")
    officer.settles(
        "Duyệt hoàn",
        "Duyệt hoàn 88.000 đ",
        reason="Sao kê có hai lần trả",
        **{"Ngân hàng": "VietinBank", "Số tài khoản": "1010 0000 2244", "Tên chủ": "Bé Tư"},
    )
    officer.reads("Đã duyệt hoàn 88.000 đ", "VietinBank, 101000002244")
    officer.settles(
        "Ghi đã chi",
        "Ghi đã chi 88.000 đ",
        reason="Kế toán đã chuyển",
        **{"Số chứng từ": "UNC-0117"},
    )
    officer.reads("Bạn đã ghi là đã chi. Nhờ cán bộ khác xác nhận.")
    expect(officer.page.get_by_role("button", name="Xác nhận đã chi")).to_have_count(0)

    accountant.opens_the_refund("88.000 đ")
    accountant.settles("Xác nhận đã chi", "Xác nhận đã chi 88.000 đ", reason="Đã xem ủy nhiệm chi")
    accountant.reads("Đã xác nhận chi 88.000 đ", "Đã hoàn xong")
    dossier.until(lambda seen: seen["obligation"]["state"] == "partly_refunded")


def test_who_asks_for_a_refund_does_not_agree_to_it(at_desk, officer, transfer):
    transfer(104_000, WITHOUT_TEXT)

    officer.opens_the_money("104.000 đ")
    officer.reads("Máy không tìm thấy hồ sơ nào giống.")
    officer.settles("Đề nghị hoàn", "Đề nghị hoàn 104.000 đ", reason="Người trả xin lại")
    officer.sees("Hoàn 104.000 đ")
    officer.reads("Bước này cần người thứ hai. Nhờ cán bộ khác của đơn vị duyệt.")
    expect(officer.page.get_by_role("button", name="Duyệt hoàn")).to_have_count(0)

    second = at_desk(DISTRICT, **PHONE)
    second.opens("/can-bo/hoan-tien")
    second.reads("Từ lúc đề nghị:")
    second.opens_the_refund("104.000 đ")
    assert second.widest() <= PHONE["viewport"]["width"]
    second.settles("Không hoàn", "Không hoàn", reason="Hỏi lại người trả trước")
    second.reads("Đã từ chối hoàn 104.000 đ")
    second.opens_the_money("104.000 đ")
    assert second.widest() <= PHONE["viewport"]["width"]


def test_the_payout_list_is_a_file_for_the_accountant(accountant):
    accountant.opens("/can-bo/hoan-tien")
    accountant.sees("Hoàn tiền")
    with accountant.page.expect_download() as coming:
        accountant.presses("Tải danh sách chi hoàn")

    assert coming.value.suggested_filename == "danh-sach-hoan.csv"
