"""An address: names of today are offered, names of before are explained and never forced."""

import re

import pytest
from playwright.sync_api import expect

WARD = "Phường, xã"
PROVINCE = "Tỉnh, thành phố"
NOT_KNOWN = "Không thấy tỉnh, thành phố này trong 34 tỉnh, thành phố."
AWAY = "Chưa gợi ý được tên ở tỉnh, thành phố này. Bạn gõ tên phường, xã."
RENAMED = "Từ 01/07/2025, phường Châu Văn Liêm thuộc phường Ô Môn."


@pytest.fixture
def at_the_address(citizen, poster):
    """A citizen before the question where they live."""
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.fills(
        {
            "Họ, chữ đệm, tên": "Lê Minh Khôi",
            "Số định danh cá nhân": "092095000789",
            "Số điện thoại": "0900000611",
        }
    )
    citizen.goes_on()
    citizen.sees("Bạn đang cư trú ở đâu?")
    return citizen


def test_a_ward_of_before_is_typed_without_marks_and_the_new_name_taken(at_the_address):
    citizen = at_the_address

    citizen.fills({WARD: "chau van liem"})
    citizen.reads(RENAMED)
    citizen.presses("Ghi tên mới: Phường Ô Môn")

    citizen.reads_in(WARD, "Phường Ô Môn")
    citizen.reads_in(PROVINCE, "Thành phố Cần Thơ")
    expect(citizen.page.get_by_role("textbox", name=WARD)).to_be_focused()
    citizen.reads_nowhere(RENAMED)
    citizen.goes_on()
    citizen.sees("Bạn cần bản sao của giấy nào?")


def test_the_name_of_before_is_kept_by_whom_it_suits(at_the_address):
    citizen = at_the_address

    citizen.fills({WARD: "Phường Châu Văn Liêm", PROVINCE: "Cần Thơ"})
    citizen.reads(RENAMED)
    citizen.presses("Giữ như đã ghi: Phường Châu Văn Liêm")

    citizen.reads_nowhere(RENAMED)
    citizen.reads_in(WARD, "Phường Châu Văn Liêm")
    citizen.goes_on()
    citizen.sees("Bạn cần bản sao của giấy nào?")


def test_names_are_offered_while_typing_also_without_network(at_the_address):
    citizen = at_the_address

    with citizen.without_network():
        citizen.fills({WARD: "phuoc th"})
        citizen.presses("Phường Phước Thới")

        citizen.reads_in(WARD, "Phường Phước Thới")


def test_nothing_is_said_of_the_ward_that_takes_the_dossier_or_of_a_name_of_ours_elsewhere(
    at_the_address,
):
    citizen = at_the_address

    citizen.fills({WARD: "Phường Long Hưng", PROVINCE: "Cần Thơ"})
    citizen.reads_nowhere("thuộc phường")
    citizen.fills({WARD: "Châu Văn Liêm", PROVINCE: "Cà Mau"})
    citizen.reads_nowhere("thuộc phường")
    citizen.reads_nowhere(NOT_KNOWN)
    citizen.goes_on()
    citizen.is_told("Xem lại 1 chỗ")
    citizen.reads("Tỉnh, thành phố đã ghi không có phường, xã này. Xem lại tên.")
    citizen.goes_on()
    citizen.sees("Bạn cần bản sao của giấy nào?")


def test_in_another_province_its_names_are_offered_and_those_of_before_explained(at_the_address):
    citizen = at_the_address

    citizen.fills({PROVINCE: "Tỉnh Ô Môn"})
    citizen.reads(re.compile(NOT_KNOWN))
    citizen.fills({PROVINCE: "Bình Dương"})
    citizen.reads("Từ 01/07/2025, tỉnh Bình Dương thuộc thành phố Hồ Chí Minh.")
    citizen.presses("Ghi tên mới: Thành phố Hồ Chí Minh")
    citizen.fills({WARD: "phuong 1"})
    citizen.reads(re.compile("Ghi thêm quận, huyện cũ sau dấu phẩy"))
    citizen.fills({WARD: "phuong 1, q. go vap"})
    citizen.presses("Ghi tên mới: Phường Hạnh Thông")

    citizen.reads_in(WARD, "Phường Hạnh Thông")
    citizen.goes_on()
    citizen.sees("Bạn cần bản sao của giấy nào?")


def test_without_network_another_province_is_typed_by_hand(at_the_address):
    citizen = at_the_address

    with citizen.without_network():
        citizen.fills({PROVINCE: "Hà Nội", WARD: "ba dinh"})
        citizen.reads(AWAY)
    citizen.presses("Phường Ba Đình")
    citizen.reads_nowhere(AWAY)
    citizen.goes_on()
    citizen.sees("Bạn cần bản sao của giấy nào?")
