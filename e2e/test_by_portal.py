"""Mode B: what the ward cannot take from here is prepared here and filed at the national portal."""

import json
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from backend.demo.bank.picture import read_code
from e2e.cards import film_of_card, photo_of_card
from e2e.conftest import PICTURES
from e2e.network import SUBMIT, refuses
from e2e.people.citizen import AUTHORISATION, Citizen

NOT_CONNECTED = "/p/2.000635?unit=xa-vuon-mau"
SHEET = "Chuẩn bị nộp trên Cổng Dịch vụ công quốc gia"
PREPARE = "Chuẩn bị nộp trên Cổng"
DONE = "Nộp xong, ghi mã hồ sơ"
WRITE = "Ghi mã hồ sơ mà Cổng cấp"
BOX = "Mã hồ sơ trên Cổng"
FILED = "Đã nộp trên Cổng Dịch vụ công quốc gia"
CODE = "H13.12-261122-0001"


def prepares(person, *photos, picture="giay"):
    """Fill in everything at a ward that is not connected, up to the sheet for the portal."""
    person.opens(NOT_CONNECTED)
    person.reads("Tự nộp trên Cổng Dịch vụ công quốc gia.")
    person.reads("UBND xã Vườn Mẫu chưa nối với hệ thống một cửa điện tử.")
    person.starts_here()
    person.sees("Bạn nộp cho ai?")
    if photos:
        person.answers_up_to_the_paper()
        person.chooses_photos(photos)
        person.has_photos(len(photos), "Trên máy này")
        person.goes_on()
    else:
        person.answers_for_oneself()
    person.sees("Xem lại trước khi chuẩn bị nộp")
    person.reads("8.000 đ", "Trả trên Cổng, theo mức Cổng báo.")
    person.reads_nowhere("Phí phải trả")
    person.reads_nowhere("Thuộc diện được miễn phí")
    pictured(person, f"{picture}-xem-lai")
    expect(person.page.get_by_role("button", name="Gửi hồ sơ")).to_have_count(0)
    person.presses(PREPARE)
    person.sees(SHEET)


def pictured(person, name):
    """Keep a picture of the whole screen; nothing of it sticks out sideways."""
    PICTURES.mkdir(exist_ok=True)
    person.page.screenshot(path=PICTURES / f"cong-{name}.png", full_page=True)
    assert person.widest() <= person.page.viewport_size["width"], name


def test_a_dossier_is_prepared_filed_at_the_portal_and_kept_with_its_code(
    citizen, four_photos, photo
):
    sent = citizen.what_is_sent()
    prepares(citizen, photo, four_photos[0])
    citizen.reads("Hồ sơ này chưa nộp.", "Câu trả lời để chép", "Chưa kiểm chứng:")
    expect(citizen.page.get_by_text("UBND xã Vườn Mẫu").first).to_be_visible()
    pictured(citizen, "to")

    copies(citizen, "Mã thủ tục", "2.000635")
    copies(citizen, "Số điện thoại của người ủy quyền", "0900000417")
    copies(citizen, "Nơi cư trú: Phường, xã", "Phường Long Hưng")
    name, pdf = citizen.saves_pdf(AUTHORISATION)
    assert name.endswith(".pdf")
    assert name.isascii()
    assert [round(page.get_width()) for page in pypdfium2.PdfDocument(pdf)] == [595, 595]

    citizen.presses(DONE)
    citizen.sees(WRITE)
    citizen.fills({BOX: CODE.lower().replace("-", " – ")})
    citizen.presses("Giữ mã này")
    citizen.sees(FILED)
    citizen.reads(CODE, "không gửi qua trang này", "Hoặc hỏi UBND xã Vườn Mẫu, đọc mã trên.")
    citizen.reads_nowhere("Phường đã nhận đủ")
    pictured(citizen, "da-nop")

    assert sent == []


def copies(person, what, text):
    """Tap `Chép` beside a line of the sheet, and find it where a tap would paste it."""
    person.copies(what)
    assert person.page.evaluate("navigator.clipboard.readText()") == text
    place = person.button(f"Đã chép {what}").bounding_box()
    assert place["height"] >= 48


def test_a_filed_dossier_is_shown_apart_from_what_was_sent_and_is_never_sent_from_here(citizen):
    prepares(citizen)
    citizen.presses(DONE)
    citizen.fills({BOX: CODE})
    citizen.presses("Giữ mã này")
    citizen.sees(FILED)

    citizen.loses_the_tab()
    citizen.opens("/")
    citizen.reads(f"Đã nộp trên Cổng quốc gia, mã {CODE}")
    pictured(citizen, "trang-dau")
    citizen.opens("/ho-so")
    citizen.sees("Hồ sơ của tôi")
    citizen.reads("Tự nộp trên Cổng quốc gia", CODE)
    citizen.reads_nowhere("Chưa gửi")
    citizen.reads_nowhere("Đã gửi")
    pictured(citizen, "cua-toi")
    citizen.presses(re.compile(CODE))
    citizen.sees(FILED)

    citizen.presses("Xem lại tờ chuẩn bị")
    citizen.sees(SHEET)
    citizen.presses("Xem lại và sửa câu trả lời")
    citizen.reads(f"Bạn ghi là đã nộp trên Cổng, mã {CODE}. Gửi ở đây nữa là nộp hai lần.")
    expect(citizen.page.get_by_role("button", name=PREPARE)).to_have_count(0)
    citizen.presses("Xem mã và nơi tra cứu")
    citizen.presses("Sửa mã")
    citizen.reads_in(BOX, CODE)
    citizen.presses("Tôi chưa nộp trên Cổng, bỏ mã này")
    citizen.sees(SHEET)
    citizen.reads("Hồ sơ này chưa nộp.")


def test_a_code_that_looks_wrong_is_told_and_an_unusual_one_is_kept_when_insisted(citizen):
    prepares(citizen)
    citizen.presses(DONE)
    citizen.presses("Giữ mã này")
    citizen.is_told("Chưa ghi mã hồ sơ")
    citizen.fills({BOX: "<b>H13</b>"})
    citizen.presses("Giữ mã này")
    citizen.is_told("Mã chỉ có chữ không dấu, số, dấu chấm và gạch ngang.")
    citizen.fills({BOX: "abc"})
    citizen.presses("Giữ mã này")
    citizen.is_told("Mã này chưa đủ số. Mã thường giống H13.12-261122-0001.")
    citizen.fills({BOX: "DVC-2026-77815"})
    citizen.presses("Giữ mã này")
    citizen.is_told("Mã này khác dạng thường gặp.")
    pictured(citizen, "ma-la")
    citizen.presses("Đúng như trên giấy, giữ mã này")

    citizen.sees(FILED)
    citizen.reads("DVC-2026-77815")


def test_the_printed_sheet_leads_back_to_the_draft_on_this_phone_alone(citizen, someone_else):
    prepares(citizen)
    citizen.page.emulate_media(media="print")
    expect(citizen.page.get_by_role("button", name="Chép Mã thủ tục")).to_be_hidden()
    expect(citizen.page.get_by_text("Lê Minh Khôi")).to_be_visible()
    pictured(citizen, "in")
    symbol = citizen.page.get_by_role("img", name="Mã QR mở lại hồ sơ trên điện thoại này")
    address = read_code(symbol.screenshot())
    printed = pypdfium2.PdfDocument(citizen.page.pdf(path=PICTURES / "cong-in.pdf", format="A4"))
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert len(printed) == 1
    assert "Lê Minh Khôi" in text
    assert "dichvucong.gov.vn" in text
    assert "In tờ này" not in text
    citizen.page.emulate_media(media="screen")

    assert not re.search(r"[\w-]{40}", address.partition("#")[2])  # its id, and no key
    citizen.opens("/")
    citizen.opens(address)
    citizen.sees(SHEET)
    someone_else.opens(address)
    someone_else.sees("Hồ sơ này không có trên máy")


def test_the_code_on_the_portals_paper_is_scanned(before_a_camera, tmp_path):
    film = film_of_card(tmp_path, f"https://dichvucong.gov.vn/?ma={CODE}")
    with before_a_camera(film) as citizen:
        prepares(citizen)
        citizen.presses(DONE)
        citizen.presses("Quét mã QR của Cổng")

        citizen.sees(WRITE)
        citizen.reads_in(BOX, CODE)
        citizen.presses("Giữ mã này")
        citizen.sees(FILED)


def test_a_code_that_holds_no_dossier_code_is_told_from_one_that_does(citizen, house, tmp_path):
    prepares(citizen)
    sheet = citizen.page.url
    citizen.presses(DONE)
    citizen.presses("Quét mã QR của Cổng")
    for text, words in (
        (sheet, "Đây là mã của tờ chuẩn bị. Quét mã trên giấy của Cổng."),
        (f"{house.web}/q/ABC", "Mã QR này không có mã hồ sơ. Gõ mã bằng tay."),
    ):
        citizen.photographs(photo_of_card(tmp_path, text))
        citizen.is_told(words)

    citizen.photographs(photo_of_card(tmp_path, CODE))
    citizen.sees(WRITE)
    citizen.reads_in(BOX, CODE)


def test_at_a_connected_ward_the_portal_is_another_way_and_what_is_filed_there_is_not_sent_here(
    citizen, poster
):
    citizen.begins(poster)
    citizen.answers_for_oneself()
    citizen.sees("Xem lại trước khi gửi")
    citizen.presses("Hoặc tự nộp trên Cổng Dịch vụ công quốc gia")
    citizen.sees(SHEET)
    citizen.presses(DONE)
    citizen.fills({BOX: CODE})
    citizen.presses("Giữ mã này")
    citizen.sees(FILED)

    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.reads_nowhere("Bạn còn một hồ sơ làm dở")


def test_a_ward_that_is_cut_off_in_the_meantime_leads_to_the_sheet(citizen, poster):
    citizen.begins(poster)
    citizen.answers_for_oneself()
    citizen.sees("Xem lại trước khi gửi")
    citizen.inspector.expect_status(409)
    words = "Hồ sơ này chưa gửi được từ đây."
    citizen.page.route(SUBMIT, refuses(409, words, slug="portal-only"))
    citizen.sends()
    citizen.sees("Cần sửa trước khi gửi")
    citizen.reads("Hồ sơ này chưa gửi được từ đây.")

    citizen.presses(PREPARE)
    citizen.sees(SHEET)


def test_the_wards_are_told_apart_before_one_is_chosen(citizen, poster):
    citizen.scans(poster)
    citizen.presses("Không phải phường của bạn?")
    citizen.sees("Bạn nộp ở phường nào?")
    citizen.reads("Tự nộp trên Cổng quốc gia")
    citizen.presses("Xã Vườn Mẫu")
    citizen.presses("Xem và bắt đầu")
    citizen.reads("UBND xã Vườn Mẫu chưa nối với hệ thống một cửa điện tử.")


def test_what_cannot_be_filed_at_all_says_so_and_offers_no_beginning(citizen):
    citizen.opens("/p/1.001776?unit=xa-vuon-mau")
    citizen.reads("Thủ tục này chưa nộp được qua mạng.")
    citizen.reads_nowhere("Tự nộp trên Cổng Dịch vụ công quốc gia.")
    expect(citizen.page.get_by_role("button", name="Bắt đầu")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360])
def test_the_sheet_is_read_in_english_with_large_text_and_without_network(device, house, width):
    context, inspector = device(viewport={"width": width, "height": 568})
    person = Citizen(context.new_page(), web=house.web, inspector=inspector)
    prepares(person, picture=f"{width}")
    person.loses_network()
    person.presses("EN, English")
    person.sees("Prepare for the national portal (Cổng Dịch vụ công quốc gia)")
    person.page.evaluate("document.documentElement.style.fontSize = '200%'")
    pictured(person, f"{width}-en")
    person.presses("Filed, write down the code")
    person.fills({"Dossier code on the portal": CODE})
    pictured(person, f"{width}-en-ma")
    person.presses("Keep this code")
    person.sees("Filed on the national portal (Cổng Dịch vụ công quốc gia)")
    pictured(person, f"{width}-en-da-nop")

    assert CODE in json.dumps(person.page.evaluate(KEPT))


KEPT = """async () => {
  const wait = (request) =>
    new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
  const database = await wait(indexedDB.open('motcua'))
  return wait(database.transaction('dossiers').objectStore('dossiers').getAll())
}"""
