"""J2: a link opened inside Zalo or Facebook; everything works there, and the draft can leave."""

import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from e2e.cards import photo_of_card
from e2e.people.citizen import AUTHORISATION, Citizen
from e2e.people.officer import shown
from e2e.phones import PHONE

ZALO = f"{PHONE['user_agent']} Zalo android/24110 ZaloTheme/light ZaloLanguage/vi"
FACEBOOK = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/430.0.0.9.113]"
)
INSIDE = "Trang đang mở bên trong ứng dụng khác"
TAKEN_AWAY = """
  for (const name of ['mediaDevices', 'clipboard', 'share', 'locks', 'serviceWorker', 'storage'])
    Reflect.deleteProperty(Navigator.prototype, name)
  IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }
  Reflect.deleteProperty(globalThis, 'BroadcastChannel')
  Reflect.deleteProperty(globalThis, 'caches')
"""
"""What web views lack: live camera, storage, locks, sharing, copying."""

NEVER_ANSWERS = "MediaDevices.prototype.getUserMedia = () => new Promise(() => {})"
"""As in web views that neither ask nor refuse."""

HIDES_ITS_NAME = "Reflect.deleteProperty(globalThis, 'Notification')"
"""A web view of Android that calls itself Chrome, and drops what is downloaded."""

SENDS_FILES_ON = """
  Navigator.prototype.canShare = ({ files }) => files.length === 1
  Navigator.prototype.share = async ({ files }) => { document.title = files[0].name }
"""

PRIVATE = """
  IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }
  Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError') }
"""
"""A private window of an iPhone: the page runs, and nothing is kept."""

DRAFT = re.compile(r"/api/v1/dossiers/[0-9a-f-]{36}$")


@pytest.fixture
def inside(device, house):
    """A phone whose page stands inside another app; `poor` takes away what web views lack."""

    def make(agent, *, poor=False):
        context, inspector = device(user_agent=agent)
        if poor:
            context.add_init_script(TAKEN_AWAY)
        return Citizen(context.new_page(), web=house.web, inspector=inspector)

    return make


def link_out_of(citizen):
    """Read where `Mở bằng trình duyệt` leads, as Android does."""
    href = citizen.page.get_by_role("link", name="Mở bằng trình duyệt").get_attribute("href")
    return href.rpartition("#Intent;")[0].replace("intent://", "http://")


def test_inside_zalo_the_draft_leaves_for_a_browser_and_is_sent_there(
    inside, someone_else, poster, photo
):
    citizen = inside(ZALO)
    citizen.scans(poster)
    citizen.reads(INSIDE, "đóng ứng dụng có thể mất phần đang làm")
    expect(citizen.page.locator(".beside").get_by_text(INSIDE)).to_have_count(0)
    way_out = citizen.page.get_by_role("link", name="Mở bằng trình duyệt")
    intent = re.compile(f"^intent://.*/Q/{poster}#Intent;", re.IGNORECASE)
    expect(way_out).to_have_attribute("href", intent)
    expect(citizen.page.locator(".btn--main")).to_have_text("Xem và bắt đầu")
    citizen.starts()
    citizen.answers_up_to_the_paper()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.presses("Mở bằng trình duyệt, mang theo hồ sơ này")
    citizen.presses("Đồng ý, gửi bản nháp lên")
    citizen.reads("Đủ 1 ảnh ở phường")
    someone_else.opens(link_out_of(citizen))
    someone_else.sees("Xem lại trước khi gửi")
    someone_else.sends()
    someone_else.is_received()


def test_inside_facebook_on_an_iphone_the_words_name_safari(inside, poster):
    citizen = inside(FACEBOOK)
    citizen.scans(poster)

    citizen.reads(INSIDE, "Chép đường dẫn, mở Safari, dán vào ô địa chỉ.")
    citizen.reads_nowhere("Mở bằng trình duyệt")


def test_a_web_view_that_keeps_nothing_completes_everything_and_says_so(inside, poster, photo):
    citizen = inside(ZALO, poor=True)
    citizen.begins(poster)
    citizen.reads("Trong trang này", "Trình duyệt này không giữ hồ sơ lại được.")
    citizen.answers_up_to_the_paper()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()

    citizen.is_received()


def test_where_nothing_can_be_copied_the_link_is_there_to_hold(inside, poster):
    citizen = inside(ZALO, poor=True)
    citizen.begins(poster)
    citizen.presses("Mở bằng trình duyệt, mang theo hồ sơ này")
    citizen.presses("Đồng ý, gửi bản nháp lên")
    citizen.presses("Chép đường dẫn")

    citizen.reads("Nhấn giữ đường dẫn dưới đây để chép.")
    link = citizen.page.get_by_role("textbox", name="Đường dẫn mở hồ sơ")
    expect(link).to_have_value(re.compile(r"/h#[0-9a-f-]{36}\.[\w-]{43}$"))


def test_a_camera_that_never_answers_leaves_the_photo_of_the_card_open(inside, poster, tmp_path):
    citizen = inside(ZALO)
    citizen.page.add_init_script(NEVER_ANSWERS)
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.presses("Quét mã trên thẻ căn cước")
    citizen.reads("Camera chưa mở. Nếu máy không hỏi gì, hãy chụp ảnh mã.")
    expect(citizen.page.get_by_role("link", name="Mở bằng trình duyệt để quét")).to_be_visible()
    citizen.photographs(photo_of_card(tmp_path))

    citizen.sees("Đã đọc thẻ. Thông tin đúng chưa?")


def test_what_an_app_wipes_on_closing_comes_back_by_the_link_that_was_kept(inside, poster, photo):
    citizen = inside(ZALO)
    citizen.is_at_the_paper(poster)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.presses("Mở bằng trình duyệt, mang theo hồ sơ này")
    citizen.presses("Đồng ý, gửi bản nháp lên")
    citizen.reads("Đủ 1 ảnh ở phường")
    link = link_out_of(citizen)
    citizen.loses_all_it_kept()

    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.reads_nowhere("Bạn còn một hồ sơ làm dở")
    citizen.opens(link)
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.is_received()


@pytest.fixture
def dropping(device, house):
    """A phone whose page stands in a view that says nothing of itself and saves no file."""
    context, inspector = device(accept_downloads=False)
    context.add_init_script(HIDES_ITS_NAME)
    return Citizen(context.new_page(), web=house.web, inspector=inspector)


def test_where_nothing_is_downloaded_the_receipt_and_the_payment_code_are_pictures(
    dropping, bank_app, poster, tmp_path
):
    dropping.page.add_init_script(SENDS_FILES_ON)
    dropping.begins(poster)
    dropping.answers_for_oneself()
    dropping.sees("Xem lại trước khi gửi")
    dropping.sends()
    code = dropping.is_received()
    receipt = dropping.holds(f"Ảnh biên nhận hồ sơ {shown(code)}", tmp_path)
    symbols = [found.text for found in zxingcpp.read_barcodes(Image.open(receipt))]
    assert f"{dropping.web}/tra-cuu#{code}" in symbols
    assert any(text.startswith(f"{dropping.web}/v#") for text in symbols)
    dropping.reads("Nhấn giữ ảnh, chọn Lưu ảnh.")
    dropping.presses("Gửi ảnh")
    expect(dropping.page).to_have_title(f"bien-nhan-{code}.png")

    dropping.presses("Trả phí 8.000 đ")
    dropping.sees("Trả phí bằng cách nào?")
    dropping.chooses("Quét VietQR")
    dropping.goes_on()
    dropping.sees("Trả 8.000 đ")
    dropping.reads_nowhere("Lưu ảnh mã để quét")
    bank_app.pays(dropping.holds("Ảnh mã VietQR trả 8.000\u00a0đ", tmp_path))
    dropping.sees("Đã trả 8.000 đ")


def test_where_files_are_saved_the_pictures_are_one_tap_away(citizen, poster, tmp_path):
    citizen.begins(poster)
    citizen.answers_for_oneself()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    code = citizen.is_received()

    citizen.presses("Không thấy tệp? Hiện biên nhận thành ảnh")
    citizen.holds(f"Ảnh biên nhận hồ sơ {shown(code)}", tmp_path)


def test_in_a_private_window_the_ward_keeps_the_draft_if_the_person_agrees(
    device, house, poster, photo
):
    context, inspector = device()
    context.add_init_script(PRIVATE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    citizen = Citizen(context.new_page(), web=house.web, inspector=inspector)
    citizen.begins(poster)
    citizen.reads("Trong trang này", "Trình duyệt này không giữ hồ sơ lại được. Đóng trang là mất.")
    sent = citizen.what_is_sent()
    citizen.presses("Giữ bản nháp ở phường")
    citizen.sees("Làm tiếp trên máy khác")
    assert sent == []
    citizen.presses("Đồng ý, gửi bản nháp lên")
    citizen.presses("Chép đường dẫn")
    citizen.reads("Đã chép.")
    link = citizen.page.evaluate("navigator.clipboard.readText()")
    citizen.presses("Quay lại hồ sơ")
    citizen.sees("Bạn nộp cho ai?")
    citizen.reads("Phường giữ bản nháp này.")
    citizen.answers_for_another_person()
    with citizen.page.expect_response(is_kept):
        citizen.goes_on()
        citizen.sees(AUTHORISATION)
    citizen.loses_the_tab()

    citizen.opens(link)
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("Nguyễn Thị Bé Tư")
    citizen.sends()
    citizen.is_received()


def is_kept(answer):
    """Tell whether the ward has just kept a draft."""
    return answer.request.method == "PUT" and DRAFT.search(answer.url) is not None and answer.ok
