"""The end of the day: the till is counted blindly, the bank's file is set beside our books."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import expect

from e2e.conftest import WARD
from e2e.people.officer import OfficerAtDesk, by_http, shown
from e2e.phones import PHONE
from e2e.test_money_at_the_desk import DISTRICT
from tests.contract import people
from tests.contract.people import Phone, sent_dossier

HEAD = "Mã giao dịch\tThời gian\tTài khoản\tSố tiền vào\tNội dung"


@pytest.fixture
def officer(at_desk) -> OfficerAtDesk:
    """The ward's officer, signed in."""
    return at_desk()


@pytest.fixture
def owing(house):
    """Hand in dossiers that owe for so many copies."""

    def send(copies: int) -> Phone:
        return sent_dossier(house.web, WARD, answers={"so_luong_ban_sao": copies})

    return send


def test_a_till_is_counted_blindly_and_closed_with_its_report(at_desk, house, officer, owing):
    officer.inspector.expect_status(422)
    officer.opens("/can-bo/tien")
    officer.sees("Tiền cần đối chiếu")
    officer.presses("Ca thu tại quầy")
    officer.sees("Ca thu tại quầy")
    officer.presses("Mở ca")
    officer.reads("Ghi số tiền bằng chữ số")
    officer.fills({"Tiền lẻ đầu ca": "50.000"})
    officer.presses("Mở ca")
    officer.reads("Đếm trước. Máy cho thấy số phải có sau khi đóng.")

    code = owing(3).look()["code"]
    taken = by_http(house, WARD).act(code, "collect", kind="cash", amount=24_000)
    assert taken.status_code == 200, taken.text
    officer.opens_the_dossier(owing(1).look()["code"])
    officer.takes_a_card("8.000 đ", terminal="12345678", slip="000123")
    officer.opens("/can-bo/ca-thu")
    officer.presses("Đếm và đóng ca")
    officer.fills({"Tiền mặt đếm được": "73.000", "Tổng các biên lai máy thẻ (POS)": "8.000"})
    officer.presses("Đóng ca")
    officer.reads("Số đếm được khác số phải có. Ghi lý do chênh lệch.")
    officer.reads_nowhere("74.000 đ")
    officer.fills({"Lý do chênh lệch": "Thối nhầm một nghìn"})
    officer.presses("Đóng ca")

    officer.reads("Đã đóng ca", "74.000 đ", "thiếu 1.000 đ", "Thối nhầm một nghìn", shown(code))
    officer.reads("Thẻ, máy 12345678, biên lai 000123")
    officer.page.emulate_media(media="print")
    officer.reads("Biên bản đóng ca", shown(code))
    officer.page.emulate_media(media="screen")
    second = at_desk(DISTRICT, **PHONE)
    second.opens("/can-bo/ca-thu")
    second.sees("Ca thu tại quầy")
    second.reads("Tiền mặt thiếu 1.000 đ")
    assert second.widest() <= PHONE["viewport"]["width"]
    second.opens(officer.page.url)
    second.reads("Biên bản đóng ca", "thiếu 1.000 đ")
    assert second.widest() <= PHONE["viewport"]["width"]


def test_every_count_stays_and_whoever_reads_the_report_sees_the_recount(at_desk, house, officer):
    officer.inspector.expect_status(422)
    boxes = ("Tiền mặt đếm được", "Tổng các biên lai máy thẻ (POS)")
    differs = "Số đếm được khác số phải có. Ghi lý do chênh lệch."
    officer.opens("/can-bo/ca-thu")
    officer.sees("Ca thu tại quầy")
    officer.fills({"Tiền lẻ đầu ca": "50.000"})
    officer.presses("Mở ca")
    officer.reads("Mỗi số đếm bạn gửi được ghi lại cùng tên và giờ.")
    officer.fills({boxes[0]: "123456789012345", boxes[1]: "0"})
    officer.presses("Đóng ca")
    officer.reads("Số tiền lớn quá, nhiều nhất là một nghìn tỷ đồng.")
    officer.reads_nowhere("Các lần đếm")
    officer.fills({boxes[0]: "49.000"})
    officer.presses("Đóng ca")
    officer.reads(differs, "Lần đầu", "Tiền mặt 49.000 đ, thẻ 0 đ")
    officer.fills({boxes[0]: "50.000"})
    officer.reads_nowhere(differs)
    officer.presses("Đóng ca")

    officer.reads("Đã đóng ca", "không lệch", "Lần đầu", "Đếm lại, lần 2", "Tiền mặt 49.000 đ")
    officer.page.emulate_media(media="print")
    officer.reads("Đếm lại, lần 2")
    second = at_desk(DISTRICT, **PHONE)
    second.opens("/can-bo/ca-thu")
    second.sees("Ca thu tại quầy")
    second.reads("Đếm 2 lần")
    second.opens(officer.page.url)
    second.reads("Biên bản đóng ca", "Tiền mặt 49.000 đ", "Tiền mặt 50.000 đ")
    assert second.widest() <= PHONE["viewport"]["width"]


def test_on_a_phone_the_result_of_a_till_stands_above_its_long_list(at_desk, house, owing):
    """The report is seen, focused and told at once; it names the officer as a paper does."""
    officer = at_desk(**PHONE)
    officer.opens("/can-bo/ca-thu")
    officer.sees("Ca thu tại quầy")
    officer.fills({"Tiền lẻ đầu ca": "0"})
    officer.presses("Mở ca")
    officer.reads("Đếm trước. Máy cho thấy số phải có sau khi đóng.")
    counter = by_http(house, WARD)
    for _ in range(4):
        taken = counter.act(owing(1).look()["code"], "collect", kind="cash", amount=8_000)
        assert taken.status_code == 200, taken.text
    officer.fills({"Tiền mặt đếm được": "32.000", "Tổng các biên lai máy thẻ (POS)": "0"})
    officer.presses("Đóng ca")

    report = officer.page.get_by_role("heading", name="Biên bản đóng ca")
    expect(report).to_be_focused()
    expect(report).to_be_in_viewport()
    expect(officer.page.get_by_role("status").filter(has_text="Đã đóng ca")).to_be_in_viewport()
    lines = officer.page.get_by_role("heading", name="Các khoản trong ca")
    assert report.bounding_box()["y"] < lines.bounding_box()["y"]
    officer.page.emulate_media(media="print")
    officer.reads(f"Công chức tư pháp – hộ tịch {counter.me['name']}")
    assert "bạn (" not in officer.page.locator("main").inner_text()


def test_a_counter_has_one_open_shift_whoever_is_slower_is_told(at_desk, officer):
    officer.inspector.expect_status(409)
    officer.opens("/can-bo/ca-thu")
    officer.sees("Ca thu tại quầy")
    other = at_desk()
    other.opens("/can-bo/ca-thu")
    other.sees("Ca thu tại quầy")
    for one in (other, officer):
        one.fills({"Tiền lẻ đầu ca": "0"})
        one.presses("Mở ca")

    officer.is_told("Quầy này đang có ca mở.")
    officer.reads("Ca đang mở")
    officer.presses("Đếm và đóng ca")
    officer.fills({"Tiền mặt đếm được": "0", "Tổng các biên lai máy thẻ (POS)": "0"})
    officer.presses("Đóng ca")
    officer.reads("Đã đóng ca", "không lệch")


def test_a_statement_finds_money_nobody_told_of_and_another_person_signs(
    at_desk, house, officer, owing
):
    dossier = owing(15)
    payload = dossier.pay("vietqr").json()["next_action"]["payload"]
    bank = house.demo["addresses"]["bank"]
    paid = httpx.post(f"{bank}/pay", json={"payload": payload, "situation": "never"})
    assert paid.status_code == 201, paid.text
    file = httpx.get(f"{bank}/statement").content
    today = f"{datetime.now(UTC) + timedelta(hours=7):%d/%m/%Y}"

    officer.opens("/can-bo/doi-soat")
    officer.sees("Đối soát ngày")
    compare = officer.page.get_by_role("button", name="Đối soát", exact=True)
    compare.click()
    officer.is_told("Chọn tệp, hoặc dán bảng sao kê")
    officer.page.get_by_label("Chọn tệp sao kê").set_input_files(
        {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": file}
    )
    officer.reads("Bỏ tệp sao-ke.csv")
    officer.reads_nowhere("Chọn tệp, hoặc dán bảng sao kê")
    compare.click()

    officer.sees(f"Đối soát ngày {today}")
    officer.reads("Máy chưa có", str(paid.json()["transfers"][0]["id"]), "120.000 đ")
    officer.reads("Bạn lập bảng này. Nhờ cán bộ khác của đơn vị xem lại và ký.")
    dossier.until(lambda seen: seen["obligation"]["state"] == "paid")

    second = at_desk(DISTRICT, **PHONE)
    second.opens("/can-bo/doi-soat")
    second.sees("Đối soát ngày")
    assert second.widest() <= PHONE["viewport"]["width"]
    second.opens(officer.page.url)
    second.sees(f"Đối soát ngày {today}")
    assert second.widest() <= PHONE["viewport"]["width"]
    sign = second.page.get_by_role("button", name="Ký", exact=True)
    sign.click()
    second.reads("Có khoản lệch. Ghi đã hỏi ai và vì sao lệch.")
    second.fills({"Đã hỏi ai, vì sao lệch": "Ngân hàng báo có chậm"})
    sign.click()
    second.reads("Đã ký bảng đối soát", "Người ký:", "Ngân hàng báo có chậm")


def test_money_told_of_an_account_that_is_not_the_units_is_marked(at_desk, house, officer):
    secret = house.demo["secrets"]["bank_notice"]
    body, headers = people.sepay_notice(
        secret["hmac_secret"], account="0999000111222", amount=37_000, memo="HS ho so"
    )
    notices = f"{house.web}/api/v1/payments/notices/bank_notice"
    assert httpx.post(notices, content=body, headers=headers).status_code == 200
    foreign = "Tài khoản không phải của đơn vị"
    today = f"{datetime.now(UTC) + timedelta(hours=7):%d/%m/%Y}"

    officer.opens_the_money("37.000 đ")
    officer.reads(foreign, "Hỏi người quản trị và ngân hàng trước khi khớp hay hoàn.")
    officer.opens("/can-bo/tien")
    officer.reads(foreign)
    officer.opens("/can-bo/doi-soat")
    officer.sees("Đối soát ngày")
    line = f"FT1\t{today} 00:00:01\t{secret['account']}\t4321\tchuyen tien"
    officer.fills({"Bảng sao kê đã chép": f"{HEAD}\n{line}"})
    officer.page.get_by_role("button", name="Đối soát", exact=True).click()

    officer.sees(f"Đối soát ngày {today}")
    officer.reads(foreign, "0999000111222", "1 khoản, 37.000 đ", "Chúng không nằm trong bảng")
    second = at_desk(DISTRICT, **PHONE)
    second.opens(officer.page.url)
    second.reads(foreign)
    assert second.widest() <= PHONE["viewport"]["width"]


def test_a_pasted_statement_with_a_wrong_line_is_refused_by_its_line(officer):
    officer.inspector.expect_status(422)
    officer.opens("/can-bo/doi-soat")
    officer.sees("Đối soát ngày")
    line = "92704\t27/11/2026 09:00:00\t0123456789\t=1+1\tchuyen tien"
    officer.fills({"Bảng sao kê đã chép": f"{HEAD}\n{line}"})
    officer.page.get_by_role("button", name="Đối soát", exact=True).click()

    officer.is_told("Máy không đọc được sao kê này. Chưa ghi gì.")
    officer.reads("Dòng 2, cột “Số tiền vào”")
    officer.reads_in("Bảng sao kê đã chép", f"{HEAD}\n{line}")


def test_a_line_without_a_reference_is_told_in_words(officer):
    today = f"{datetime.now(UTC) + timedelta(hours=7):%d/%m/%Y}"
    officer.opens("/can-bo/doi-soat")
    officer.sees("Đối soát ngày")
    line = f"khong ro\t{today} 00:00:01\t0123456789\t4321\tchuyen tien"
    officer.fills({"Bảng sao kê đã chép": f"{HEAD}\n{line}"})
    officer.page.get_by_role("button", name="Đối soát", exact=True).click()

    officer.sees(f"Đối soát ngày {today}")
    officer.reads("Dòng không có mã giao dịch đọc được", "4.321 đ", "thì không tự khớp")
    officer.reads_nowhere("line:")
