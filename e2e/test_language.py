"""The other language and larger text: what a page has told stays told, and fits."""

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import WARD
from tests.contract.people import Phone, sent_dossier

ONLY_WITH_NETWORK = "The form comes in English when there is a network."


@pytest.fixture
def dossier(house) -> Phone:
    """A dossier of one copy that was sent and is not paid."""
    return sent_dossier(house.web, WARD)


def told(person, words):
    """See what the page tells at once, without a look at its other state."""
    expect(person.page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def test_a_missing_paper_is_still_told_after_the_language_is_changed(citizen, poster):
    citizen.is_at_the_paper(poster)
    citizen.goes_on()
    told(citizen, "Còn thiếu:")
    citizen.loses_network()

    citizen.presses("EN, English")

    told(citizen, "Still missing:")
    citizen.reads(ONLY_WITH_NETWORK)
    citizen.finds_network()
    citizen.sees(re.compile("^Written authorisation"))
    citizen.reads_nowhere(ONLY_WITH_NETWORK)


def test_what_stands_against_sending_is_told_in_the_language_chosen_then(citizen, poster, photo):
    citizen.is_at_the_last_look(poster, photo)
    citizen.presses("Gửi hồ sơ")
    told(citizen, "Đánh dấu vào ô cam đoan để gửi")
    box = citizen.page.get_by_role("checkbox", name="Tôi cam đoan")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description("Đánh dấu vào ô cam đoan để gửi")

    citizen.presses("EN, English")

    told(citizen, "Tick the declaration to send")


def test_paying_that_failed_is_told_in_the_language_chosen_then(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.presses("EN, English")
    citizen.reads("8,000 đ", re.compile("^Fee for"))
    citizen.presses("VI, Tiếng Việt")
    citizen.loses_network()
    citizen.inspector.expect_lost_network()
    citizen.goes_on()
    told(citizen, "Chưa có mạng")

    citizen.presses("EN, English")

    told(citizen, "No network.")


def test_what_was_begun_in_vietnamese_is_named_in_english_wherever_it_is_listed(citizen, poster):
    citizen.begins(poster)
    citizen.presses("EN, English")
    citizen.sees("Who are you filing for?")
    english = re.compile("^Copy of a civil status extract")
    citizen.opens("/ho-so")
    citizen.reads(english)

    citizen.presses("VI, Tiếng Việt")
    citizen.reads("Bản sao trích lục hộ tịch")
    citizen.presses("EN, English")
    citizen.sees("My dossiers")
    citizen.scans(poster)

    citizen.reads("You have an unfinished draft")
    citizen.reads(re.compile("^Copy of a civil status extract .*, for UBND phường Long Hưng"))


def test_a_pay_link_names_the_procedure_in_the_language_chosen(citizen, someone_else, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.presses("Nhờ người thân trả hộ")
    someone_else.opens(citizen.makes_a_pay_link())
    someone_else.reads("Bản sao trích lục hộ tịch")

    someone_else.presses("EN, English")

    someone_else.reads(re.compile("^Copy of a civil status extract"))


def test_what_the_pay_link_refuses_is_told_in_the_language_chosen_then(
    citizen, someone_else, dossier
):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.presses("Nhờ người thân trả hộ")
    someone_else.opens(citizen.makes_a_pay_link())
    someone_else.sees("Trả hộ 8.000 đ")
    someone_else.loses_network()
    someone_else.inspector.expect_lost_network()
    someone_else.goes_on()
    told(someone_else, "Chưa có mạng")

    someone_else.presses("EN, English")

    told(someone_else, "No network.")


def test_my_dossiers_asks_where_each_stands(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    dossier.http.post(f"{dossier.path}/withdraw", json={"reason": "Nộp nhầm"}).raise_for_status()

    citizen.opens("/ho-so")
    citizen.reads("Hồ sơ đã rút")
    citizen.reads_nowhere("Biết lúc")


def test_what_was_taken_back_is_not_said_to_lie_with_the_ward(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.presses("Rút hồ sơ")
    citizen.sees("Rút hồ sơ này?")
    citizen.fills({"Lý do rút": "Nộp\u200bnhầm"})
    citizen.presses("Rút hồ sơ")
    citizen.reads("Lý do có ký tự ẩn không đọc được. Xóa đi và gõ lại.")
    citizen.fills({"Lý do rút": "Nộp nhầm"})
    citizen.presses("Rút hồ sơ")

    citizen.reads("Hồ sơ đã rút")
    strip = citizen.page.get_by_text("Phường đã nhận đủ", exact=True)
    expect(strip).to_have_count(0)


def test_without_network_my_dossiers_says_since_when_each_state_is_known(citizen, dossier):
    citizen.opens_the_dossier(dossier)
    citizen.page.route("**/api/v1/dossiers/*", lambda route: route.abort())
    citizen.inspector.expect_lost_network()

    citizen.opens("/ho-so")

    citizen.reads(re.compile(r"Biết lúc \d\d:\d\d ngày"))


def test_at_twice_the_text_the_header_leaves_the_screen_and_a_number_is_whole(citizen, poster):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.asks_for_help()
    citizen.page.evaluate("document.documentElement.style.fontSize = '200%'")

    header = citizen.page.get_by_role("banner").locator(".top__row").bounding_box()
    number = citizen.page.get_by_text("0292").first
    rows = number.evaluate(
        """(span) => {
          const range = document.createRange()
          range.setStart(span.firstChild, 0)
          range.setEnd(span.firstChild, 13)
          return new Set([...range.getClientRects()].map(({ top }) => top)).size
        }"""
    )
    assert header["height"] < 740 / 5
    assert rows == 1


def test_the_counter_and_an_exemption_are_told_in_english(citizen, dossier):
    claim = {"group": "tre_em", "evidence": ""}
    assert dossier.http.post(f"{dossier.path}/exemption", json=claim).status_code == 200
    citizen.opens_the_dossier(dossier)

    citizen.presses("EN, English")
    citizen.reads("An exemption from the fee was asked for")
    citizen.opens(f"/ho-so#{dossier.id}/tra-phi/tra")
    citizen.chooses("Pay at the counter")
    citizen.presses("Continue")

    citizen.reads("Go to the one-stop desk")
    citizen.reads_nowhere("tại quầy một cửa")
