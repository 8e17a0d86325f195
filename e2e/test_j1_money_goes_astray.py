"""J1, where paying goes wrong: twice, short, without its text, late, never, out of order."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import WARD
from e2e.people.officer import by_http
from tests.contract.people import Phone, sent_dossier

QUARTER_HOUR_AND_MORE = "16:00"
UNPAID = "Còn phải trả 8.000 đ thì phường mới bắt đầu làm."


@pytest.fixture
def dossier(house) -> Phone:
    """A dossier of one copy that was sent and is not paid."""
    return sent_dossier(house.web, WARD)


@pytest.fixture
def code_of_the_bank(citizen, dossier):
    """The citizen looks at a VietQR of 8.000 đ; its picture is saved."""
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Quét VietQR")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    return citizen.saves_the_code()


def test_who_pays_twice_is_told_that_the_surplus_comes_back(citizen, bank_app, code_of_the_bank):
    bank_app.pays(code_of_the_bank, situation="Chuyển hai lần liền")

    citizen.sees("Phí đã trả đủ. Bạn đã trả dư 8.000 đ. Phường đang làm thủ tục hoàn.")


def test_a_transfer_that_the_bank_tells_twice_counts_once(
    citizen, bank_app, code_of_the_bank, dossier
):
    bank_app.pays(code_of_the_bank, situation="Báo có bị gửi hai lần")

    citizen.sees("Đã trả 8.000 đ")
    citizen.reads_nowhere("Bạn đã trả dư")
    assert dossier.look()["obligation"]["paid"] == 8000


def test_who_pays_a_thousand_less_is_told_how_much_is_missing(
    citizen, bank_app, code_of_the_bank, dossier
):
    bank_app.pays(code_of_the_bank, amount=7000)

    citizen.reads("Tiền về thiếu 1.000 đ. Cán bộ đang xem, hồ sơ vẫn giữ nguyên chỗ.")
    citizen.reads("Gọi UBND phường Long Hưng:")
    assert dossier.look()["obligation"]["state"] == "open"
    citizen.follows(dossier.look()["code"], digits=dossier.manifest["owner"]["phone"][-4:])
    citizen.reads("Tiền phí về chưa đủ. Hỏi phường về phần còn lại.")
    citizen.reads("Cán bộ đang xem khoản tiền của bạn")
    expect(citizen.page.get_by_role("link", name="Trả phí")).to_have_count(0)


def test_money_without_its_text_waits_for_an_officer_who_takes_it_at_the_counter(
    citizen, bank_app, code_of_the_bank, dossier, house
):
    bank_app.pays(code_of_the_bank, words="chuyen tien")

    citizen.presses("Tôi đã chuyển rồi")
    citizen.reads("Đã hỏi lại. Có ngân hàng báo sau vài phút, cứ để trang này mở.")
    assert dossier.look()["obligation"]["paid"] == 0
    by_http(house, WARD).act(dossier.look()["code"], "collect", kind="cash", amount=8000)
    citizen.sees("Đã trả 8.000 đ")


def test_who_pays_after_the_code_has_run_out_has_paid_all_the_same(citizen, bank_app, dossier):
    citizen.page.clock.install(time=datetime.now(VIETNAM) + timedelta(days=1))
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Quét VietQR")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    expect(citizen.page.get_by_role("timer")).to_contain_text(re.compile(r"1[0-5]:\d\d$"))
    picture = citizen.saves_the_code()

    citizen.page.clock.fast_forward(QUARTER_HOUR_AND_MORE)
    citizen.reads("Mã đã hết giờ. Nếu lỡ chuyển rồi, tiền vẫn được ghi nhận.")
    bank_app.pays(picture)

    citizen.sees("Đã trả 8.000 đ")


def test_when_the_bank_never_tells_another_way_stands_open(
    citizen, bank_app, code_of_the_bank, dossier, house
):
    bank_app.pays(code_of_the_bank, situation="Không bao giờ báo có")

    citizen.reads("Đang chờ tiền về.")
    citizen.presses("Chọn cách trả khác")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Trả tại quầy")
    citizen.goes_on()
    citizen.sees("Trả tại quầy")
    by_http(house, WARD).act(dossier.look()["code"], "collect", kind="cash", amount=8000)
    citizen.sees("Đã trả 8.000 đ")


def test_who_chose_a_way_that_is_down_is_told_so_and_pays_another_way(citizen, dossier):
    def down(route):
        answer = route.fetch()
        shown = answer.json()
        shown["ways_down"] = [way for way in shown["ways"] if way["adapter"] == "sandbox"]
        shown["ways"] = [way for way in shown["ways"] if way["adapter"] != "sandbox"]
        route.fulfill(response=answer, json=shown)

    citizen.page.route(f"**/api/v1/dossiers/{dossier.id}", down)
    citizen.opens_the_dossier(dossier)
    citizen.opens(f"/ho-so#{dossier.id}/tra-phi/sandbox")

    citizen.sees("Trả phí bằng cách nào?")
    citizen.reads("Trang thanh toán thử đang tạm ngừng. Chọn cách khác, hoặc thử lại sau ít phút.")
    citizen.chooses("Quét VietQR")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    citizen.page.unroute_all(behavior="wait")


def test_the_banks_notice_may_come_before_the_browser_comes_back(citizen, dossier, house):
    def paid(seen):
        return seen["obligation"]["state"] == "paid"

    def come_back_late(route):
        dossier.until(paid)
        route.continue_()

    citizen.page.route("**/api/v1/payments/return/**", come_back_late)
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Trang thanh toán thử")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    citizen.presses("Trả tiền")

    citizen.sees("Đã trả 8.000 đ")


def test_who_cancels_at_the_payment_page_may_choose_again(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Trang thanh toán thử")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    citizen.presses("Hủy, không trả")

    citizen.sees("Lần trả này không thành")
    citizen.presses("Chọn cách trả khác")
    citizen.sees("Trả phí bằng cách nào?")


def test_who_puts_off_paying_comes_back_to_the_dossier_that_a_link_opened(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.presses("Để sau")

    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.reads("Hồ sơ đã đi đến đâu", UNPAID)
    citizen.reads_nowhere("Gửi hồ sơ")
    citizen.opens("/ho-so")
    citizen.reads("Chưa trả 8.000 đ")
    citizen.follows(dossier.look()["code"], digits=dossier.manifest["owner"]["phone"][-4:])
    citizen.sees("Phường đã nhận đủ, chờ tiếp nhận")
    citizen.reads(UNPAID)
    citizen.presses("Trả phí")
    citizen.sees("Trả phí bằng cách nào?")


def test_who_comes_for_the_result_is_told_what_is_still_to_pay(citizen, dossier, house):
    officer, code = by_http(house, WARD), dossier.look()["code"]
    officer.act(code, "accept", reason="Trả phí khi nhận kết quả")
    officer.act(code, "finish")

    citizen.opens_the_dossier(dossier)
    citizen.reads("Còn phải trả 8.000 đ: trả ngay, hoặc trả khi đến nhận.")
    citizen.reads("Mời đến nhận kết quả")
    citizen.reads_nowhere("chậm nhất")


def test_what_the_ward_does_not_take_says_why_and_what_to_do_now(citizen, dossier, house):
    code = dossier.look()["code"]
    by_http(house, WARD).act(code, "decline", reason="Nơi đăng ký không phải phường này.")

    citizen.opens_the_dossier(dossier)
    citizen.reads("“Nơi đăng ký không phải phường này.”", "Gọi UBND phường Long Hưng:")
    expect(citizen.page.get_by_text("Phường đã nhận đủ", exact=True)).to_have_count(0)
    citizen.reads_nowhere("Dự kiến trả kết quả")
    citizen.reads_nowhere("dùng các câu đã trả lời")
    citizen.presses("Nộp hồ sơ mới")
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.reads("Bắt đầu")


def test_the_back_button_from_the_payment_page_finds_the_dossier_as_it_is(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Trang thanh toán thử")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    citizen.page.go_back()

    citizen.sees("Đang chờ trang thanh toán")
    citizen.presses("Mở trang thanh toán")
    citizen.sees("Trả 8.000 đ")
    citizen.presses("Trả tiền")
    citizen.sees("Đã trả 8.000 đ")


def test_the_back_button_from_the_banks_app_finds_what_was_paid_meanwhile(
    citizen, bank_app, code_of_the_bank
):
    citizen.opens(bank_app.address)
    bank_app.pays(code_of_the_bank)
    citizen.page.go_back()

    citizen.sees("Đã trả 8.000 đ")


def test_a_fee_that_changed_between_filling_in_and_sending_is_told_before_anybody_pays(
    citizen, poster
):
    def yesterday(route):
        answer = route.fetch()
        form = answer.json()
        form["fee"]["items"][0]["amount"] = 5000
        route.fulfill(response=answer, json=form)

    citizen.page.route("**/api/v1/procedures/2.000635?*", yesterday)
    citizen.begins(poster)
    citizen.answers_for_oneself()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("5.000 đ")
    citizen.sends()

    citizen.is_received()
    citizen.reads("Mức phí đã đổi: lúc bạn điền là 5.000 đ, nay là 8.000 đ.", "Trả phí 8.000 đ")
