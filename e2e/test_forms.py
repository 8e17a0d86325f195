"""What a form can do beside asking: declare, work something out, want notice before a date."""

import json

import httpx
import pytest
from playwright.sync_api import expect

from e2e.conftest import WARD

EXTRACT, BIRTH, PROMOTION = "2.000635", "1.001193", "2.000033"
DECLARED = "Tôi đã đọc và cam đoan những điều khai dưới đây là đúng sự thật."


@pytest.fixture
def poster_of(house):
    """Find the ward's poster of a procedure."""
    return lambda code: next(
        one["code"]
        for one in house.demo["posters"]
        if one["procedure"] == code and one["unit"] == WARD
    )


def test_a_declaration_within_the_form_is_read_in_full_and_ticked_before_going_on(
    citizen, house, poster
):
    form = httpx.get(f"{house.web}/api/v1/procedures/{EXTRACT}", params={"unit": WARD}).json()
    declaration = {"id": "cam_doan", "kind": "declaration", "label": DECLARED, "required": True}
    form["steps"][0]["fields"].append(declaration)
    citizen.page.route(f"**/api/v1/procedures/{EXTRACT}?*", lambda route: route.fulfill(json=form))

    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.is_told("Còn 1 chỗ cần sửa")
    citizen.reads("Đánh dấu vào lời cam đoan trước khi gửi")
    citizen.ticks(DECLARED)
    citizen.goes_on()

    citizen.sees("Thông tin của bạn")


def test_a_childs_date_of_birth_is_written_in_words_and_is_after_its_mothers(citizen, poster_of):
    citizen.begins(poster_of(BIRTH), procedure="Đăng ký khai sinh")
    citizen.chooses("Cho con tôi")
    citizen.chooses("Mẹ", of="Bạn là gì của trẻ?")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.fills(
        {
            "Họ, chữ đệm, tên": "Trương Thị Mỹ Duyên",
            "Số định danh cá nhân": "０９２１９６０００５３１",
            "Số điện thoại": "0900000531",
        }
    )
    citizen.goes_on()
    citizen.sees("Bạn đang cư trú ở đâu?")
    citizen.fills({"Phường, xã": "Phường Thới An", "Tỉnh, thành phố": "Thành phố Cần Thơ"})
    citizen.goes_on()
    citizen.sees("Trẻ tên gì, sinh ngày nào?")
    citizen.fills({"Họ, chữ đệm, tên của trẻ": "Lê Bảo An"})
    citizen.types("12/5/2026", into="Ngày")
    citizen.reads_in("Ngày", "12")
    citizen.reads_in("Năm", "2026")
    citizen.chooses("Nữ")
    citizen.goes_on()
    citizen.sees("Dân tộc và quốc tịch của trẻ")
    dossier = citizen.page.url.split("#")[1].split("/")[0]
    citizen.opens(f"/ho-so#{dossier}/xem-lai")

    citizen.sees("Xem lại trước khi gửi")
    citizen.reads(
        "092196000531",
        "Ngày sinh ghi bằng chữ",
        "ngày mười hai tháng năm năm hai nghìn không trăm hai mươi sáu",
    )

    citizen.opens(f"/ho-so#{dossier}/b/nguoi_me")
    citizen.fills({"Ngày": "12", "Tháng": "5", "Năm": "2026"})
    citizen.goes_on()
    citizen.is_told("Còn 1 chỗ cần sửa")
    citizen.reads("Ngày sinh của mẹ phải trước ngày sinh của con. Xem lại cả hai ngày.")
    citizen.fills({"Năm": "1995"})
    citizen.goes_on()
    citizen.is_told("Xem lại 1 chỗ")
    citizen.reads("Số định danh ghi năm sinh 1996. Xem lại năm sinh và số định danh.")
    expect(citizen.page.get_by_role("link", name="Sửa ở trang “Thông tin của bạn”")).to_be_visible()
    expect(citizen.page.get_by_role("textbox", name="Năm")).not_to_have_attribute(
        "aria-invalid", "true"
    )
    citizen.fills({"Ngày": "ngày 12 tháng 5 năm 1996"})
    citizen.reads_in("Năm", "1996")
    citizen.goes_on()
    citizen.sees("Có ghi người cha trong giấy khai sinh không?")


def test_a_promotion_that_begins_too_soon_is_told_the_earliest_day(citizen, house, poster_of):
    form = httpx.get(f"{house.web}/api/v1/procedures/{PROMOTION}", params={"unit": WARD})
    fields = {one["id"]: one for step in json.loads(form.text)["steps"] for one in step["fields"]}
    first = "/".join(reversed(fields["tu_ngay"]["min"].split("-")))

    citizen.scans(poster_of(PROMOTION))
    citizen.sees("Thông báo khuyến mại")
    citizen.presses("Xem và bắt đầu")
    citizen.reads("Cần biết trước khi nộp")
    citizen.presses("Bắt đầu")
    citizen.sees("Bạn nộp cho ai?")
    citizen.fills(
        {
            "Tên thương nhân": "Hộ kinh doanh Phát Lộc",
            "Mã số thuế": "0000000872",
            "Điện thoại của thương nhân": "0900000533",
        }
    )
    citizen.goes_on()
    citizen.sees("Phường liên hệ với ai?")
    citizen.fills({"Họ tên người liên hệ": "Ông Văn Phát", "Số điện thoại": "0900000532"})
    citizen.fills({"Email": "phat@quanan.example"})
    citizen.goes_on()
    citizen.sees("Trụ sở chính ở đâu?")
    citizen.fills({"Phường, xã": "Phường Thới Hòa", "Tỉnh, thành phố": "Thành phố Cần Thơ"})
    citizen.goes_on()
    citizen.sees("Chương trình khuyến mại gì?")
    citizen.fills({"Tên chương trình": "Mua mười tặng một"})
    citizen.chooses("Tặng hàng")
    citizen.goes_on()
    citizen.sees("Khuyến mại từ ngày nào đến ngày nào?")
    citizen.reads(f"thì sớm nhất là ngày {first}.")
    citizen.fills({"Ngày": "2", "Tháng": "1", "Năm": "2026"}, of="Ngày bắt đầu")
    citizen.fills({"Ngày": "31", "Tháng": "12", "Năm": "2029"}, of="Ngày kết thúc")
    citizen.fills({"Ở tỉnh, thành phố nào?": "thành phố Cần Thơ"})
    citizen.goes_on()

    citizen.reads(f"Phải báo trước ít nhất 3 ngày làm việc. Ngày sớm nhất là {first}.")


@pytest.fixture
def at_the_name(citizen, poster):
    """A citizen who is asked for name, number and phone."""
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.fills({"Số định danh cá nhân": "092095000789", "Số điện thoại": "0900000611"})
    return citizen


@pytest.mark.parametrize("name", ["Nguyễn Văn 4n", "Trần @ B", "Lê Lan 🙂"])
def test_a_name_with_a_figure_or_a_sign_is_asked_about_once_and_taken(at_the_name, name):
    at_the_name.fills({"Họ, chữ đệm, tên": name})

    at_the_name.goes_on()
    at_the_name.is_told("Xem lại 1 chỗ")
    at_the_name.reads("Nếu đã đúng, bấm “Tiếp tục” lần nữa.")
    box = at_the_name.page.get_by_label("Họ, chữ đệm, tên")
    expect(box).to_have_accessible_description("Tên có số hoặc dấu lạ. Xem lại theo giấy tờ.")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    at_the_name.goes_on()

    at_the_name.sees("Bạn đang cư trú ở đâu?")


def test_another_odd_name_is_asked_about_again(at_the_name):
    at_the_name.fills({"Họ, chữ đệm, tên": "Trần @ B"})
    at_the_name.goes_on()
    at_the_name.is_told("Xem lại 1 chỗ")

    at_the_name.fills({"Họ, chữ đệm, tên": "Trần & B"})
    at_the_name.goes_on()

    at_the_name.is_told("Xem lại 1 chỗ")


@pytest.mark.parametrize("name", ["Y-Bih H'Đơk", "Kim·Lee", "D’Arcy Jr."])
def test_a_name_that_is_only_rare_is_not_asked_about(at_the_name, name):
    at_the_name.fills({"Họ, chữ đệm, tên": name})
    at_the_name.goes_on()

    at_the_name.sees("Bạn đang cư trú ở đâu?")


def test_what_is_pasted_with_tabs_and_breaks_is_taken_and_read_back_in_one_line(at_the_name):
    at_the_name.fills({"Họ, chữ đệm, tên": "\tLê\u00a0\u00a0Minh\tKhôi "})
    at_the_name.goes_on()
    at_the_name.sees("Bạn đang cư trú ở đâu?")
    dossier = at_the_name.page.url.split("#")[1].split("/")[0]
    at_the_name.opens(f"/ho-so#{dossier}/xem-lai")

    at_the_name.reads("Lê Minh Khôi")


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (("5", "", "1995"), "Có ngày mà chưa có tháng. Ghi thêm tháng, hoặc xóa ngày."),
        (("0", "2", "1995"), "Ngày phải từ 1 đến 31, bạn đã ghi 0"),
        (("5", "0", "1995"), "Tháng phải từ 1 đến 12, bạn đã ghi 0"),
        (("5", "13", "1995"), "Tháng phải từ 1 đến 12, bạn đã ghi 13"),
        (("30/6/1955 âm lịch", "6", "1955"), "Ghi năm dương lịch gồm 4 số; ngày, tháng nếu nhớ"),
        (("31", "2", "2025"), "Tháng 2 năm 2025 chỉ có 28 ngày, không có ngày 31"),
    ],
)
def test_a_date_that_is_none_is_told_what_is_wrong_with_it(citizen, poster, date, told):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    dossier = citizen.page.url.split("#")[1].split("/")[0]
    citizen.opens(f"/ho-so#{dossier}/b/viec_ho_tich")
    citizen.chooses("Kết hôn")
    citizen.goes_on()
    citizen.chooses("Nam")
    citizen.fills(dict(zip(("Ngày", "Tháng", "Năm"), date, strict=True)))
    citizen.goes_on()

    citizen.reads(told)
