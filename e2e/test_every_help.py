"""For everyone: help, a voice, stronger contrast, paper, the home screen, little room."""

import re
from datetime import datetime, timedelta

import pypdfium2
import pytest
from playwright.sync_api import expect

from backend.platform.kit.clock import VIETNAM
from e2e.people.citizen import Citizen
from e2e.phones import PHONE

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
)
VOICES = """(languages) => {
  const said = { words: [], stopped: 0 }
  const voices = languages.map((lang) => ({ lang, name: lang }))
  const voice = new EventTarget()
  Object.assign(voice, {
    getVoices: () => voices, speak: ({ text }) => said.words.push(text),
    cancel: () => { said.stopped += 1 } })
  globalThis.said = said
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text } }
  Object.defineProperty(globalThis, 'speechSynthesis', { value: voice })
}"""
OFFER = """() => setTimeout(() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true })
  offer.prompt = () => { globalThis.prompted = true; return Promise.resolve() }
  dispatchEvent(offer)
}, 1500)"""
LITTLE_ROOM = """StorageManager.prototype.estimate =
  () => Promise.resolve({ quota: 5_000_000, usage: 1_000_000 })"""


@pytest.fixture
def at_a_question(citizen, poster):
    """A citizen before the second question, with help open below it."""

    def go(script=None, *, given="null"):
        if script is not None:
            citizen.page.add_init_script(f"({script})({given})")
        citizen.begins(poster)
        citizen.chooses("Cho chính tôi")
        citizen.goes_on()
        citizen.sees("Thông tin của bạn")
        citizen.asks_for_help()
        citizen.reads("Giờ tiếp nhận ngày làm việc: 07:00–11:30, 13:30–17:00")
        return citizen

    return go


def test_help_names_the_wards_phone_its_hours_and_the_way_there(at_a_question):
    citizen = at_a_question()

    citizen.reads("cán bộ làm cùng bạn")
    call = citizen.page.get_by_role("link", name="Gọi UBND phường Long Hưng")
    expect(call).to_have_attribute("href", re.compile(r"^tel:0292\d{7}$"))
    citizen.presses("EN, English")
    citizen.reads("Desk hours on working days: 07:00–11:30, 13:30–17:00", "Print this page")


def test_a_page_is_read_aloud_where_the_phone_has_a_vietnamese_voice(at_a_question):
    citizen = at_a_question(VOICES, given="['en-US', 'vi-VN']")

    citizen.presses("Nghe đọc trang này")
    citizen.reads("Dừng đọc")
    [words] = citizen.page.evaluate("said.words")
    assert words.startswith("Bước 2 trên")
    assert "Thông tin của bạn" in words
    assert "Họ, chữ đệm, tên" in words
    assert "Đang mở" not in words
    citizen.presses("Dừng đọc")
    citizen.reads("Nghe đọc trang này")
    assert citizen.page.evaluate("said.stopped") >= 1


def test_without_such_a_voice_nothing_is_offered(at_a_question):
    citizen = at_a_question(VOICES, given="['en-US']")

    citizen.reads_nowhere("Nghe đọc trang này")


def test_stronger_contrast_is_kept_for_the_next_visit(at_a_question):
    citizen = at_a_question()
    paper = "getComputedStyle(document.body).backgroundColor"

    citizen.presses("Chữ đậm, nền rõ hơn")
    citizen.reads("Trở lại màu thường")
    assert citizen.page.evaluate(paper) == "rgb(255, 255, 255)"
    citizen.page.reload()
    citizen.asks_for_help()
    citizen.reads("Trở lại màu thường")
    assert citizen.page.evaluate(paper) == "rgb(255, 255, 255)"
    citizen.presses("Trở lại màu thường")
    assert citizen.page.evaluate(paper) == "rgb(248, 244, 233)"


def test_the_last_look_prints_as_no_receipt_and_the_receipt_on_one_page(citizen, poster, photo):
    citizen.is_at_the_last_look(poster, photo)
    citizen.asks_for_help()
    citizen.reads("In trang này")

    expect(citizen.page.get_by_text("CHƯA GỬI")).to_be_hidden()
    citizen.page.emulate_media(media="print")

    expect(citizen.page.get_by_text("Trần Văn Lành")).to_be_visible()
    for hidden in ("Gửi hồ sơ", "In trang này"):
        expect(citizen.page.get_by_role("button", name=hidden)).to_be_hidden()
    expect(citizen.page.get_by_role("banner")).to_be_hidden()
    expect(citizen.page.get_by_text("CHƯA GỬI – đây chưa phải là biên nhận")).to_be_visible()

    citizen.page.emulate_media(media="null")
    citizen.sends()
    citizen.is_received()
    printed = pypdfium2.PdfDocument(citizen.page.pdf(format="A4"))
    words = [page.get_textpage().get_text_bounded() for page in printed]
    assert len(words) == 1
    assert "ĐÃ NHẬN ĐỦ" in words[0]
    assert "Lưu biên nhận" not in words[0]


def test_after_the_first_sent_dossier_the_home_screen_is_offered_once(citizen, poster, photo):
    citizen.page.add_init_script(f"({OFFER})()")
    citizen.is_at_the_last_look(poster, photo)
    citizen.reads_nowhere("Đặt lên màn hình chính")
    citizen.sends()
    citizen.is_received()

    citizen.presses("Đặt lên màn hình chính")
    expect(citizen.page.get_by_text("Để lần sau mở nhanh hơn")).to_be_hidden()
    assert citizen.page.evaluate("prompted")
    citizen.page.reload()
    citizen.is_received()
    citizen.page.wait_for_timeout(4000)
    citizen.reads_nowhere("Đặt lên màn hình chính")


@pytest.fixture
def iphone(device, house):
    """A citizen with an iPhone's Safari, by its name."""
    context, inspector = device(**{**PHONE, "user_agent": IPHONE})
    return Citizen(context.new_page(), web=house.web, inspector=inspector)


def test_an_iphone_says_how_to_put_it_there_and_that_seven_days_delete(iphone, poster, photo):
    iphone.is_at_the_last_look(poster, photo)
    iphone.opens("/ho-so")
    week = datetime.now(VIETNAM) + timedelta(days=7)
    iphone.reads(f"Máy này giữ đến hết {week:%d/%m/%Y}", "nếu 7 ngày không mở trang")
    iphone.presses("Làm tiếp")
    iphone.sees("Xem lại trước khi gửi")
    iphone.sends()
    iphone.is_received()

    iphone.reads("rồi chọn Thêm vào MH chính.")


def test_a_draft_near_its_end_is_marked_two_days_before(citizen, poster):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    last = datetime.now(VIETNAM) + timedelta(days=30)
    citizen.loses_the_tab()
    citizen.page.clock.install(time=last - timedelta(days=1))

    citizen.opens("/ho-so")
    citizen.reads("Sắp xóa", f"Máy này giữ đến hết {last:%d/%m/%Y}")


def test_little_room_is_told_before_the_first_photo(citizen, poster):
    citizen.page.add_init_script(LITTLE_ROOM)
    citizen.is_at_the_paper(poster)

    citizen.reads("Máy còn ít chỗ: 4,0 MB cho trang này.", "Xóa bớt ảnh hoặc ứng dụng")
