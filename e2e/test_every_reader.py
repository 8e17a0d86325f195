"""Every reader: keyboard alone, large text, narrow screens, chosen colours, another language."""

import httpx
import pytest
from playwright.sync_api import expect

from e2e.conftest import PICTURES, WARD
from e2e.people.citizen import Citizen
from e2e.people.keyboard import Keyboard
from tests.contract.people import sent_dossier

TITLE = "Bản sao trích lục hộ tịch"
ENGLISH = "**/assets/*.en-*.js"
KEPT = "Ghi mã hồ sơ ra giấy. Đóng, tải lại hay để yên {minutes} phút là máy xóa sạch."
WIPED = "Máy dùng chung đã xóa sạch những gì vừa nhập. Hồ sơ đã nộp thì tra bằng mã hồ sơ."
STREET = "Nhà trọ Hai Lúa, hẻm 12 đường Trần Hưng Đạo nối dài, tổ 7, khu vực Thới Trinh A"
BELOW_THE_EDGE = "(box) => Math.max(0, box.scrollHeight - box.clientHeight)"
OVER_THE_EDGE = "(box) => Math.max(0, box.scrollWidth - box.clientWidth)"


def test_a_form_is_filled_and_sent_with_the_keyboard_alone(citizen, poster):
    keys = Keyboard(citizen.page)
    citizen.scans(poster)
    citizen.sees(TITLE)
    keys.presses("Xem và bắt đầu")
    citizen.reads("Bạn cần có trong tay")
    keys.presses("Bắt đầu")
    citizen.sees("Bạn nộp cho ai?")
    keys.goes_on()
    citizen.is_told("Còn 1 chỗ cần sửa")
    keys.presses("Chọn một câu trả lời")
    keys.chooses("Cho chính tôi")
    keys.goes_on()
    citizen.sees("Thông tin của bạn")
    keys.types("Họ, chữ đệm, tên", "Lê Minh Khôi")
    keys.types("Số định danh cá nhân", "092095000789")
    keys.types("Số điện thoại", "0900000611")
    keys.goes_on()
    citizen.sees("Bạn đang cư trú ở đâu?")
    keys.types("Số nhà, đường, khu vực", STREET)
    assert citizen.page.get_by_role("textbox", name="Số nhà").evaluate(BELOW_THE_EDGE) == 0
    keys.types("Phường, xã", "Phường Long Hưng")
    keys.types("Tỉnh, thành phố", "Thành phố Cần Thơ")
    keys.goes_on()
    citizen.sees("Bạn cần bản sao của giấy nào?")
    keys.chooses("Kết hôn")
    keys.goes_on()
    citizen.sees("Người có tên trong giấy sinh ngày nào?")
    keys.types("Năm", "1995")
    keys.chooses("Nam")
    keys.goes_on()
    citizen.sees("Giấy đó đăng ký ở đâu, khi nào?")
    keys.types("Nơi đã đăng ký", "UBND phường Long Hưng")
    citizen.page.keyboard.press("Enter")
    citizen.sees("Bạn cần mấy bản?")
    keys.presses("Thêm một")
    citizen.reads("2 × 8.000 đ = 16.000 đ")
    keys.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads(STREET)
    keys.ticks("Tôi cam đoan")
    keys.presses("Gửi hồ sơ")

    citizen.is_received()


@pytest.fixture
def screens(house):
    """What a visit shows: addresses, each with the heading that stands there."""
    phone = sent_dossier(house.web, WARD)
    poster = next(one["code"] for one in house.demo["posters"] if one["unit"] == WARD)
    return {
        "dau": ("/", "Bạn cần làm việc gì?"),
        "to-dan": (f"/q/{poster}", None),
        "thu-tuc": ("/p/2.000635?unit=om-long-hung", TITLE),
        "tra-cuu": ("/tra-cuu", "Tra cứu hồ sơ"),
        "theo-doi": (f"/h#{phone.id}.{phone.key}", TITLE),
    }


def visits(person, screens, picture):
    """Open each screen, keep a picture of it, and see that nothing sticks out sideways."""
    PICTURES.mkdir(exist_ok=True)
    for name, (address, heading) in screens.items():
        person.opens(address)
        if heading is None:
            expect(person.page.get_by_role("heading", level=1)).to_be_visible()
            person.inspector.look(person.page)
        else:
            person.sees(heading)
        person.page.screenshot(path=PICTURES / f"{picture}-{name}.png", full_page=True)
        assert person.widest() <= person.page.viewport_size["width"], name
        for shutter in person.page.locator(".gate__leaf").all():
            opening = person.page.locator(".gate__open").bounding_box()
            assert shutter.bounding_box()["height"] < opening["height"] + 50


@pytest.mark.parametrize(
    ("picture", "profile"),
    [
        ("toi", {"color_scheme": "dark"}),
        ("tuong-phan", {"contrast": "more"}),
        ("toi-tuong-phan", {"color_scheme": "dark", "contrast": "more"}),
        ("mau-ep", {"forced_colors": "active"}),
        ("hep", {"viewport": {"width": 320, "height": 568}}),
        ("ngang", {"viewport": {"width": 740, "height": 360}}),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_screens_can_be_read_in(device, house, screens, picture, profile):
    context, inspector = device(**profile)
    person = Citizen(context.new_page(), web=house.web, inspector=inspector)

    visits(person, screens, picture)


def test_at_320_pixels_and_twice_the_text_nothing_sticks_out_sideways(device, house, screens):
    context, inspector = device(viewport={"width": 320, "height": 568})
    context.add_init_script(
        "document.addEventListener('DOMContentLoaded', "
        "() => document.documentElement.style.setProperty('font-size', '200%'))"
    )
    person = Citizen(context.new_page(), web=house.web, inspector=inspector)

    visits(person, screens, "chu-to")


def test_digits_are_whole_in_their_box_at_320_pixels_and_twice_the_text(device, house, poster):
    context, inspector = device(viewport={"width": 320, "height": 568})
    person = Citizen(context.new_page(), web=house.web, inspector=inspector)
    person.begins(poster)
    person.chooses("Cho chính tôi")
    person.goes_on()
    person.sees("Thông tin của bạn")
    person.fills({"Số định danh cá nhân": "092095000789"})
    person.page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert person.page.get_by_label("Số định danh cá nhân").evaluate(OVER_THE_EDGE) == 0
    person.opens("/tra-cuu")
    person.fills({"Mã hồ sơ": "C7KQ4XRT9MHD2"})
    person.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert person.page.get_by_label("Mã hồ sơ").evaluate(OVER_THE_EDGE) == 0
    assert person.page.get_by_role("button", name="Chữ to hơn").evaluate(BELOW_THE_EDGE) == 0


def test_a_form_at_320_pixels_and_large_text_is_filled_without_sideways_scrolling(
    device, house, poster, photo
):
    context, inspector = device(viewport={"width": 320, "height": 568})
    person = Citizen(context.new_page(), web=house.web, inspector=inspector)
    widths = []
    sees = person.sees
    person.sees = lambda heading: (sees(heading), widths.append((heading, person.widest())))
    person.scans(poster)
    person.presses("Chữ to hơn")
    person.is_at_the_last_look(poster, photo)
    person.sends()
    person.is_received()

    assert [one for one in widths if one[1] > 320] == []


def test_on_the_narrowest_phone_a_date_is_one_row_and_the_code_stands_beside_its_square(
    device, house, poster, photo
):
    context, inspector = device(viewport={"width": 320, "height": 568})
    person = Citizen(context.new_page(), web=house.web, inspector=inspector)
    tops = {}
    sees = person.sees
    person.sees = lambda heading: (sees(heading), tops.update({heading: tops_of_a_date(person)}))
    person.is_at_the_last_look(poster, photo)
    person.sends()
    person.is_received()
    code = person.page.locator(".proof__code").bounding_box()
    square = person.page.locator(".proof__qr").bounding_box()

    assert len(set(tops["Người có tên trong giấy sinh ngày nào?"])) == 1
    assert square["x"] >= code["x"] + code["width"]
    assert square["y"] < code["y"]


def tops_of_a_date(person):
    """How far down the boxes for day, month and year stand, where the page asks for a date."""
    boxes = [person.page.get_by_role("textbox", name=one) for one in ("Ngày", "Tháng", "Năm")]
    return [box.bounding_box()["y"] for box in boxes if box.count() == 1]


def test_changing_the_language_keeps_page_and_answers(citizen, poster):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.fills({"Họ, chữ đệm, tên": "Lê Minh Khôi", "Số điện thoại": "0900000611"})

    citizen.presses("EN, English")
    citizen.sees("Your details")
    citizen.reads_in("Full name", "Lê Minh Khôi")
    citizen.reads_in("Phone number", "0900000611")
    citizen.presses("Continue")
    citizen.is_told("Things to put right: 1")
    citizen.presses("VI, Tiếng Việt")
    citizen.sees("Thông tin của bạn")
    citizen.reads_in("Họ, chữ đệm, tên", "Lê Minh Khôi")
    citizen.is_told("Còn 1 chỗ cần sửa")
    citizen.reads("Chưa ghi số định danh cá nhân")


def test_changing_the_language_keeps_what_was_looked_up(citizen, house):
    phone = sent_dossier(house.web, WARD)
    citizen.follows(phone.look()["code"], digits="0523")
    citizen.sees("Phường đã nhận đủ, chờ tiếp nhận")

    citizen.presses("EN, English")
    citizen.sees("Received, waiting to be accepted")
    citizen.presses("VI, Tiếng Việt")
    citizen.sees("Phường đã nhận đủ, chờ tiếp nhận")


def test_changing_the_language_keeps_what_is_wrong_with_a_look_up(citizen):
    citizen.opens("/tra-cuu")
    citizen.fills({"Mã hồ sơ": "C7KQ"})
    citizen.presses("Xem hồ sơ")
    citizen.is_told("Còn 2 chỗ cần sửa")

    citizen.presses("EN, English")
    citizen.is_told("Things to put right: 2")


def test_english_stays_the_language_of_the_next_visit(citizen, poster, house):
    phone = sent_dossier(house.web, WARD)
    citizen.scans(poster)
    citizen.presses("EN, English")
    citizen.reads("Look and begin")
    for address in ("/", "/tra-cuu", "/ho-so", f"/h#{phone.id}.{phone.key}"):
        citizen.opens(address)
        expect(citizen.page.get_by_role("heading", level=1)).to_be_visible()
        citizen.inspector.look(citizen.page)

    assert citizen.page.evaluate("document.documentElement.lang") == "en"


def test_an_expired_poster_names_its_procedure_in_the_language_that_is_read(citizen, house, poster):
    found = httpx.get(f"{house.web}/api/v1/qr/{poster}").json() | {"state": "expired"}
    citizen.page.route(f"**/api/v1/qr/{poster}*", lambda route: route.fulfill(json=found))
    citizen.scans(poster)
    citizen.reads("Tờ dán này đã hết hạn", "Bản sao trích lục hộ tịch")
    citizen.inspector.expect_lost_network()
    citizen.page.route(ENGLISH, lambda route: route.abort())
    citizen.presses("EN, English")
    citizen.is_told("English needs a network.")
    citizen.page.unroute(ENGLISH)
    citizen.presses("EN, English")

    citizen.reads("This poster has expired", "Copy of a civil status extract")


def test_a_shared_device_keeps_nothing_and_waits_for_money_as_long_as_a_code(
    citizen, poster, photo
):
    citizen.page.clock.install()
    citizen.scans(f"{poster}?may-chung=1")
    citizen.sees(TITLE)
    citizen.starts()
    citizen.answers_up_to_the_paper()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("Máy dùng chung: đóng trang là xóa sạch.")
    held = citizen.what_the_phone_holds()
    citizen.sends()
    citizen.is_received()
    receipt = citizen.page.url
    citizen.reads(KEPT.format(minutes=3))
    citizen.reads_nowhere("Đang dùng máy của người khác?")

    for kept in (held, citizen.what_the_phone_holds()):
        assert not any(kept["stores"].values()), kept["stores"]
        assert all("dossier" not in path for path in kept["cached"])
        assert "Trần Văn Lành" not in str(kept)
        assert kept["cookies"] == ""
    citizen.presses("Trả phí")
    citizen.presses("Tiếp tục")
    citizen.sees("Trả 8.000 đ")
    citizen.page.clock.fast_forward("14:00")
    citizen.sees("Trả 8.000 đ")
    citizen.page.clock.fast_forward("00:40")
    citizen.is_told("Còn 30 giây nữa trang sẽ tự xóa.")
    citizen.page.clock.fast_forward("00:40")
    citizen.sees("Bạn cần làm việc gì?")
    citizen.reads(WIPED)
    citizen.page.reload()
    citizen.reads_nowhere(WIPED)
    citizen.opens(receipt)
    citizen.sees("Hồ sơ này không có trên máy")
    citizen.reads(WIPED)


def test_a_shared_device_that_is_left_alone_clears_itself(citizen, poster):
    citizen.page.clock.install()
    citizen.scans(poster)
    citizen.sees(TITLE)
    citizen.presses("Không giữ gì lại trên máy này")
    citizen.reads("Máy dùng chung: đóng trang là xóa sạch.")
    citizen.starts()
    citizen.page.clock.fast_forward("02:35")
    citizen.is_told("Còn 30 giây nữa trang sẽ tự xóa.")
    citizen.page.clock.fast_forward("00:40")

    citizen.sees("Bạn cần làm việc gì?")
    citizen.reads(WIPED)
    citizen.opens("/ho-so")
    citizen.reads("Máy này chưa có hồ sơ nào")


def test_wiping_a_sent_dossier_leaves_nothing_of_it_on_the_phone(citizen, poster, photo):
    citizen.is_at_the_last_look(poster, photo)
    citizen.sends()
    citizen.is_received()
    citizen.presses("Xong, xóa sạch khỏi máy này")
    citizen.is_told("Ghi lại mã hồ sơ trước khi xóa. Hồ sơ ở phường vẫn còn.")
    citizen.presses("Xóa sạch")

    citizen.sees("Bạn cần làm việc gì?")
    kept = citizen.what_the_phone_holds()
    assert kept["stores"]["dossiers"] == kept["stores"]["bytes"] == []
