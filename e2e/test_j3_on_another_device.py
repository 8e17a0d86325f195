"""J3 and J2: a draft goes on with another device, and neither device undoes the other."""

import re

from playwright.sync_api import expect

from e2e.network import FILES

HAND_OVER = "Làm tiếp trên máy khác"
DRAFT = "**/api/v1/dossiers/*"


def link_on(citizen):
    """Read the link under the code, as the other phone's camera does."""
    citizen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(citizen.page.get_by_role("img", name="Mã QR mở hồ sơ này trên máy khác")).to_be_visible()
    citizen.presses("Chép đường dẫn")
    citizen.reads("Đã chép")
    return citizen.page.evaluate("navigator.clipboard.readText()")


def hands_over(citizen):
    """Agree that the draft is kept at the ward, and read the link."""
    citizen.opens("/ho-so")
    citizen.presses(HAND_OVER)
    citizen.sees(HAND_OVER)
    citizen.reads("Cán bộ chưa xem được")
    citizen.presses("Đồng ý, gửi bản nháp lên")
    return link_on(citizen)


def test_another_phone_goes_on_with_the_draft_and_its_photos_and_sends_it(
    citizen, someone_else, poster, photo
):
    citizen.is_at_the_paper(poster)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    link = hands_over(citizen)
    citizen.reads("Đủ 1 ảnh ở phường")
    assert re.search(r"/h#[0-9a-f-]{36}\.[\w-]{43}$", link)

    someone_else.opens(link)
    someone_else.sees("Xem lại trước khi gửi")
    someone_else.reads("Nguyễn Thị Bé Tư", "Phường đã giữ 1/1", "Mỗi lúc chỉ sửa trên một máy.")
    someone_else.sends()
    code = someone_else.is_received()

    citizen.inspector.expect_status(422)
    citizen.opens("/ho-so")
    citizen.presses("Làm tiếp")
    citizen.reads("Phường đã nhận đủ hồ sơ", f"{code[:4]} {code[4:8]} {code[8:]}")


def test_what_two_devices_changed_apart_is_asked_and_never_mixed(
    citizen, someone_else, poster, photo
):
    citizen.inspector.expect_status(412)
    citizen.is_at_the_last_look(poster, photo)
    someone_else.opens(hands_over(citizen))
    someone_else.sees("Xem lại trước khi gửi")
    someone_else.presses("Sửa số lượng bản sao")
    someone_else.sees("Bạn cần mấy bản?")
    someone_else.presses("Thêm một")
    someone_else.goes_on()
    someone_else.sees("Xem lại trước khi gửi")
    hands_over_again(someone_else)

    citizen.opens("/ho-so")
    citizen.presses("Làm tiếp")
    citizen.sees("Hồ sơ này vừa được sửa trên máy khác")
    citizen.reads("Chưa có gì mất", "Hai bản khác nhau ở:", "Số lượng bản sao")
    citizen.presses("Giữ bản trên máy này")
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.is_received()


def hands_over_again(citizen):
    """A draft that is shared already goes up as it is now."""
    citizen.asks_for_help()
    citizen.presses(HAND_OVER)
    link_on(citizen)


def test_the_other_devices_draft_can_be_taken_instead(citizen, someone_else, poster):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    someone_else.opens(hands_over(citizen))
    someone_else.sees("Thông tin của bạn")
    someone_else.fills({"Họ, chữ đệm, tên": "Lê Minh Khôi"})
    hands_over_again(someone_else)

    citizen.opens("/ho-so")
    citizen.presses("Làm tiếp")
    citizen.sees("Hồ sơ này vừa được sửa trên máy khác")
    citizen.presses("Dùng bản của máy kia")
    citizen.sees("Thông tin của bạn")
    citizen.reads_in("Họ, chữ đệm, tên", "Lê Minh Khôi")


def test_without_network_the_draft_stays_and_says_why_then_goes_by_itself(citizen, poster):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.loses_network()
    citizen.asks_for_help()
    citizen.reads("Chưa có mạng nên chưa xem được số điện thoại của phường.")
    citizen.presses(HAND_OVER)
    citizen.presses("Đồng ý, gửi bản nháp lên")
    citizen.reads("Chưa có mạng, nên chưa đưa sang máy khác được. Có mạng là tự gửi.")
    citizen.finds_network()

    link_on(citizen)


def test_an_answer_lost_while_handing_over_is_no_change_of_another_device(
    citizen, someone_else, poster
):
    citizen.inspector.expect_status(412)
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    hands_over(citizen)
    citizen.presses("Quay lại hồ sơ")
    citizen.fills({"Họ, chữ đệm, tên": "Lê Minh Khôi"})
    citizen.inspector.expect_lost_network()
    lost = []

    def loses_one_answer(route):
        if route.request.method == "PUT" and not lost:
            lost.append(route.fetch())
            return route.abort("connectionreset")
        return route.continue_()

    citizen.page.route(DRAFT, loses_one_answer)
    hands_over_again(citizen)

    assert [answer.status for answer in lost] == [200]
    someone_else.opens(link_on(citizen))
    someone_else.reads_in("Họ, chữ đệm, tên", "Lê Minh Khôi")


def test_a_photo_that_never_left_the_first_phone_is_asked_for_again_on_the_other(
    citizen, someone_else, poster, photo
):
    citizen.inspector.expect_lost_network()
    citizen.page.route(FILES, lambda route: route.abort("internetdisconnected"))
    citizen.is_at_the_paper(poster)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Trên máy này")
    someone_else.opens(hands_over(citizen))
    citizen.reads("Ảnh đã đến phường: 0/1. Giữ trang này mở đến khi đủ.")

    someone_else.sees("Xem lại trước khi gửi")
    someone_else.reads("Phường đã giữ 0/1")
    someone_else.sends()
    someone_else.sees("Cần sửa trước khi gửi")
    someone_else.reads("Có ảnh không còn trên máy này. Chụp lại rồi gửi.")
    someone_else.presses("Chụp lại")
    someone_else.sees("Văn bản ủy quyền theo quy định")
    someone_else.photographs(photo, with_="Chụp lại")
    someone_else.has_photos(1, "Phường đã giữ")
    someone_else.goes_on()
    someone_else.sees("Xem lại trước khi gửi")
    someone_else.presses("Gửi hồ sơ")
    someone_else.is_received()


def test_a_link_that_was_cut_short_opens_nothing(citizen):
    citizen.opens("/h#12345")
    citizen.reads("Đường dẫn này không mở được hồ sơ nào")
