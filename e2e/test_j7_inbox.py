"""J7: an officer works through the queue, and the one-stop system takes each dossier once."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pypdfium2
import pytest
from playwright.sync_api import expect

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import WARD
from e2e.people.citizen import AUTHORISATION
from e2e.people.officer import OfficerAtDesk, by_http, shown
from e2e.people.post import messages
from e2e.phones import PHONE
from tests.contract.people import Phone, sent_dossier

NEIGHBOUR = "om-thoi-an"
UNPAID = "Người dân trả phí khi đến nhận kết quả"
RECEIPT_NUMBER = re.compile(r"000\.00\.\d{2}\.H13-\d{6}-\d{4}")


@pytest.fixture
def dossier(house) -> Phone:
    """A dossier that was sent from a citizen's phone."""
    return sent_dossier(house.web, WARD)


@pytest.fixture
def officer(at_desk) -> OfficerAtDesk:
    """The ward's officer, signed in."""
    return at_desk()


def arrived(house, code):
    """Tell what the one-stop system holds of a dossier, in effect."""
    received = httpx.get(f"{house.demo['addresses']['onestop']}/received").json()
    return [one for one in received if one["code"] == code]


def accepts(officer, code):
    """Accept an unpaid dossier at the desk, with the reason."""
    officer.opens_the_dossier(code)
    officer.decides("Tiếp nhận hồ sơ", words=UNPAID)
    officer.reads("Đã tiếp nhận hồ sơ")


@pytest.mark.parametrize("width", [360, 320])
def test_no_step_is_cut_off_on_a_narrow_phone(officer, width):
    officer.has_every_tab_in_sight("Lọc theo bước", width)


def test_the_queue_says_who_handed_in_and_for_whom(officer, dossier):
    officer.searches("Bé Tư")

    officer.reads("Trần V. L., nộp thay cho Nguyễn T. B. T.")


def test_in_english_the_words_of_the_form_are_english_and_answers_stay_as_written(officer, dossier):
    code = dossier.look()["code"]
    officer.presses("EN, English")
    officer.sees("Dossiers to do")
    officer.reads(re.compile(r"^Copy of a civil status extract"))
    officer.opens(f"/can-bo/ho-so#{code}")

    officer.sees("Copy of a civil status extract (bản sao trích lục hộ tịch)")
    officer.reads("Written authorisation", "Kind of record", "Birth", "Somebody authorised me")
    officer.reads("Nguyễn Thị Bé Tư")
    officer.presses("Ask for an addition")
    officer.page.get_by_role("combobox", name="Add what is missing").select_option(
        label="Kind of record"
    )
    officer.reads_nowhere("Loại việc hộ tịch")
    officer.inspector.look(officer.page)


def test_an_officer_works_through_a_dossier_and_the_citizen_is_told_once(
    *, officer, citizen, house, dossier
):
    code = dossier.look()["code"]
    colleague = by_http(house, WARD)
    ends = [colleague.dossier(one).json()["due_at"] for one in officer.queue()]
    promised = [end for end in ends if end]
    assert promised == sorted(promised)

    officer.searches(code)
    officer.sees("Bản sao trích lục hộ tịch")
    officer.sees_the_paper(AUTHORISATION)
    officer.reads("Nguyễn Thị Bé Tư", "Chưa trả 8.000 đ", "không đổi từ lúc dân gửi")
    officer.decides("Tiếp nhận hồ sơ", words=UNPAID)
    officer.reads("Đã tiếp nhận hồ sơ")
    officer.comes_back_until(RECEIPT_NUMBER)
    [held] = arrived(house, code)
    assert held["receipt_number"]
    assert [one["sha256"] for one in held["files"]] == [
        one["sha256"] for one in dossier.look()["files"]
    ]

    officer.decides("Đã có kết quả")
    officer.reads("Đã ghi có kết quả")
    citizen.opens_the_dossier(dossier)
    citizen.reads("Đã có kết quả")
    officer.decides("Đã trả kết quả")
    officer.reads("Đã ghi trả kết quả")
    assert len(messages(house, code, "result_ready")) == 1
    assert len(messages(house, code, "accepted")) == 1


def test_what_nobody_sees_in_pasted_words_is_left_out_and_what_cannot_be_read_is_marked(
    officer, dossier
):
    code = dossier.look()["code"]
    officer.opens_the_dossier(code)
    officer.presses("Yêu cầu bổ sung")
    more = officer.page.get_by_role("combobox", name="Thêm chỗ cần bổ sung")
    more.select_option(label=AUTHORISATION)
    box = officer.page.get_by_role("textbox", name=AUTHORISATION)
    unread = "Có chữ máy không đọc được"
    box.fill("Trang\t1\u00a0mờ,\u200b chụp \ue000lại.")
    officer.reads(unread)
    expect(box).to_have_attribute("aria-invalid", "true")
    box.fill("Trang\t1\u00a0mờ,\u200b chụp\u202e lại.")
    officer.reads_nowhere(unread)
    officer.presses("Gửi yêu cầu bổ sung")

    officer.reads("Đã gửi yêu cầu bổ sung")
    (asked,) = dossier.look()["supplement"]["items"]
    assert asked["words"] == "Trang 1 mờ, chụp lại."


def test_a_dossiers_page_has_one_main_button_whichever_form_is_open(officer, dossier):
    officer.opens_the_dossier(dossier.look()["code"])
    main = officer.page.locator("main .btn--main:visible")
    for step in ("Sửa mức phí", "Thu tại quầy", "Xét miễn phí"):
        officer.page.get_by_role("button", name=step, exact=True).click()
        expect(main).to_have_count(1)
        officer.presses("Thôi")
    officer.page.get_by_role("button", name="Sửa mức phí", exact=True).click()
    officer.fills({"Căn cứ": "NQ 12/2026"})
    officer.presses("Yêu cầu bổ sung")
    expect(main).to_have_count(1)
    officer.page.get_by_role("button", name="Sửa mức phí", exact=True).click()

    expect(main).to_have_count(1)
    officer.reads_in("Căn cứ", "NQ 12/2026")


def test_a_form_of_money_that_is_offered_no_more_leaves_the_decision_its_main_button(
    officer, dossier, house
):
    code = dossier.look()["code"]
    officer.inspector.expect_status(409)
    officer.opens_the_dossier(code)
    officer.presses("Xét miễn phí")
    by_http(house, WARD).act(code, "collect", kind="cash", amount=8000)
    officer.chooses("Người khuyết tật")
    officer.fills({"Giấy tờ đã xem": "Đã xem giấy xác nhận"})
    officer.chooses("Miễn phí Hồ sơ", of="Kết quả xét")
    officer.presses("Duyệt miễn phí")
    officer.presses("Tải lại hồ sơ")

    officer.reads_nowhere("Kết quả xét")
    expect(officer.page.locator("main .btn--main:visible")).to_have_count(1)


def test_without_the_form_it_was_filed_on_todays_form_says_what_it_can(officer, dossier):
    officer.inspector.expect_status(404)
    gone = {"status": 404, "content_type": "application/problem+json", "body": "{}"}
    officer.page.route(re.compile("/api/v1/procedures/.*version="), lambda one: one.fulfill(**gone))
    officer.opens_the_dossier(dossier.look()["code"])

    officer.reads("Chưa tải được biểu mẫu của hồ sơ này.", "Loại việc hộ tịch", "Khai sinh")

    officer.page.route(re.compile("/api/v1/procedures/"), lambda one: one.fulfill(**gone))
    officer.page.reload()
    officer.reads("(mã: khai_sinh)")


def test_an_officer_asks_for_a_paper_and_an_answer_once(officer, citizen, dossier):
    code = dossier.look()["code"]
    officer.opens_the_dossier(code)
    week = datetime.now(VIETNAM).date() + timedelta(days=7)
    whose = "Số định danh cá nhân · Thông tin của bạn"
    needs = {AUTHORISATION: "Trang 1 mờ, chụp lại giúp.", whose: "Xem lại số."}
    officer.asks_for(needs, until=week)
    officer.reads("Đã gửi yêu cầu bổ sung", "Thời hạn giải quyết tính từ lúc tiếp nhận.")
    officer.reads(*needs.values())

    citizen.opens_the_dossier(dossier)
    citizen.reads("Cần ông/bà bổ sung 2 chỗ", whose, *needs.values())


def test_an_unpaid_dossier_is_not_accepted_without_a_reason(officer, dossier):
    officer.opens_the_dossier(dossier.look()["code"])
    officer.decides("Tiếp nhận hồ sơ")

    officer.reads("Ghi lý do", "Phí chưa trả. Muốn nhận ngay thì ghi lý do.")
    assert dossier.look()["state"] == "submitted"


def test_a_dossier_that_is_not_accepted_tells_the_citizen_why(officer, citizen, dossier):
    reason = "Việc này do xã Thới Thạnh làm. Ông/bà nộp ở đó."
    officer.opens_the_dossier(dossier.look()["code"])
    officer.decides("Không nhận hồ sơ", words=reason)
    officer.reads("Đã trả lời không nhận")

    citizen.opens_the_dossier(dossier)
    citizen.reads(reason)


def test_of_two_officers_the_second_is_told_that_the_first_was_quicker(at_desk, officer, dossier):
    code = dossier.look()["code"]
    officer.opens_the_dossier(code)
    colleague = at_desk()
    colleague.inspector.expect_status(409)
    colleague.opens_the_dossier(code)
    officer.decides("Tiếp nhận hồ sơ", words=UNPAID)
    officer.reads("Đã tiếp nhận hồ sơ")
    colleague.decides("Tiếp nhận hồ sơ", words="Tôi cũng nhận")

    colleague.reads("Có người vừa làm việc với hồ sơ này.")
    colleague.reads_in("Lý do nhận khi chưa có phí", "Tôi cũng nhận")
    colleague.presses("Tải lại hồ sơ")
    colleague.reads("Đã tiếp nhận")


def test_a_session_that_ends_keeps_the_words_and_goes_on_after_signing_in(officer, house, dossier):
    officer.opens_the_dossier(dossier.look()["code"])
    officer.page.context.clear_cookies()
    officer.decides("Tiếp nhận hồ sơ", words=UNPAID)
    officer.reads("Máy đã tự đăng xuất để giữ an toàn.")
    officer.gives_name_and_password(house.account("officer", WARD))

    officer.sees("Bản sao trích lục hộ tịch")
    officer.reads_in("Lý do nhận khi chưa có phí", UNPAID)


def test_another_wards_dossier_looks_like_one_that_does_not_exist(at_desk, dossier):
    stranger = at_desk(NEIGHBOUR)
    stranger.inspector.expect_status(404)
    code = dossier.look()["code"]
    pages = []
    for one in (code, "2222222222222"):
        stranger.opens("/can-bo/")
        stranger.sees("Hồ sơ cần làm")
        stranger.opens(f"/can-bo/ho-so#{one}")
        stranger.reads("Không có hồ sơ này")
        pages.append(stranger.page.get_by_role("main").inner_text())

    assert pages[0] == pages[1]
    assert shown(code) not in pages[0]


def test_while_the_one_stop_is_down_dossiers_wait_in_sight_and_dates_stand(
    *, officer, house, dossier, faults
):
    code = dossier.look()["code"]
    faults("onestop", '[[fault]]\nkind = "down"\n')
    accepts(officer, code)
    promised = dossier.look()["due_at"]
    officer.presses("Chưa sang một cửa")
    officer.sees("Chưa sang một cửa điện tử")
    officer.comes_back_until(shown(code))
    assert arrived(house, code) == []

    faults("onestop", "")
    officer.opens_the_dossier(code)
    officer.comes_back_until(RECEIPT_NUMBER)
    assert len(arrived(house, code)) == 1
    assert dossier.look()["due_at"] == promised


@pytest.mark.parametrize("kind", ["refuse", "duplicate", "lose", "slow"])
def test_whatever_the_one_stop_answers_a_dossier_arrives_once(
    *, officer, house, dossier, faults, kind
):
    code = dossier.look()["code"]
    faults("onestop", f'[[fault]]\nkind = "{kind}"\nnext = 1\nseconds = 2\n')
    accepts(officer, code)
    officer.comes_back_until(RECEIPT_NUMBER)

    assert len(arrived(house, code)) == 1


def test_on_a_phone_the_desk_folds_and_still_decides(at_desk, dossier):
    officer = at_desk(**PHONE)
    assert officer.widest() <= PHONE["viewport"]["width"]
    accepts(officer, dossier.look()["code"])
    assert officer.widest() <= PHONE["viewport"]["width"]
    for place, heading in {
        "/can-bo/chuyen": "Chưa sang một cửa điện tử",
        "/can-bo/tien": "Tiền cần đối chiếu",
        "/can-bo/to-dan": "Tờ dán mã QR",
    }.items():
        officer.opens(place)
        officer.sees(heading)
        assert officer.widest() <= PHONE["viewport"]["width"], place


def test_beside_twice_the_text_no_number_is_broken_where_answers_can_be_asked(at_desk, dossier):
    officer = at_desk(**PHONE)
    officer.searches(dossier.look()["code"])
    officer.opens_the_dossier(dossier.look()["code"])
    officer.page.evaluate("document.documentElement.style.fontSize = '200%'")
    officer.presses("Yêu cầu bổ sung")
    officer.reads("Cần sửa")

    number = officer.page.get_by_role("definition").filter(has_text=re.compile(r"^0\d{11}$"))
    lines = "at => Math.round(at.offsetHeight / parseFloat(getComputedStyle(at).lineHeight))"
    assert number.first.evaluate(lines) == 1


def test_a_new_poster_is_made_and_leads_to_its_procedure(officer, citizen, house):
    officer.opens("/can-bo/to-dan")
    officer.sees("Tờ dán mã QR")
    officer.page.get_by_role("combobox", name="Mở thủ tục nào?").select_option(
        label="Bản sao trích lục hộ tịch"
    )
    officer.fills({"Thuộc đợt, hoặc nơi dán": "Nhà văn hóa khu vực 5"})
    officer.presses("Tạo tờ dán")
    made = officer.page.get_by_text(re.compile(r"Đã tạo tờ dán \w{4}\W?\w{4}")).first
    code = re.sub(r"\W", "", made.inner_text().removeprefix("Đã tạo tờ dán"))[:8]

    citizen.scans(code)
    citizen.sees("Bản sao trích lục hộ tịch")


def test_an_officer_turns_a_page_and_opens_the_whole_paper_as_pdf(officer, dossier):
    officer.opens_the_dossier(dossier.look()["code"])
    officer.sees_the_paper(AUTHORISATION)

    officer.presses("Xoay trái")
    turned = officer.page.get_by_role("img", name=f"{AUTHORISATION}, bản xem").locator("g")
    expect(turned).to_have_attribute("transform", re.compile(r"rotate\(270\)"))
    with officer.page.expect_download() as download:
        officer.presses(f"Mở cả giấy tờ (PDF) {AUTHORISATION}")

    pdf = pypdfium2.PdfDocument(Path(download.value.path()).read_bytes())
    assert [tuple(round(side) for side in page.get_size()) for page in pdf] == [(595, 842)]
