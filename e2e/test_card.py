"""The identity card: read live or from a photo, shown first, marked, and never sent by itself."""

import json

from playwright.sync_api import expect

from e2e.cards import CARD, film_of_card, photo_of_card
from e2e.people.citizen import AUTHORISED
from e2e.people.keyboard import Keyboard

SCAN = "Quét mã trên thẻ căn cước"
READ = "Đã đọc thẻ. Thông tin đúng chưa?"
USE = "Đúng, dùng thông tin này"


def is_asked_about_oneself(person, poster):
    """Go to the questions about the person who files, for themselves."""
    person.begins(poster)
    person.chooses("Cho chính tôi")
    person.goes_on()
    person.sees("Thông tin của bạn")


def test_a_card_before_the_camera_fills_the_answers_and_nothing_is_sent(
    before_a_camera, poster, tmp_path
):
    with before_a_camera(film_of_card(tmp_path)) as citizen:
        is_asked_about_oneself(citizen, poster)
        sent = citizen.what_is_sent()

        citizen.presses(SCAN)
        citizen.sees(READ)
        citizen.reads("Nguyễn Thị Bé Tư", "092199000123", "01/02/1999", "Nữ")
        citizen.reads_nowhere("361234567")
        citizen.presses(USE)

        citizen.sees("Thông tin của bạn")
        citizen.reads_in("Họ, chữ đệm, tên", "Nguyễn Thị Bé Tư")
        citizen.reads_in("Số định danh cá nhân", "092199000123")
        expect(citizen.page.get_by_text("Từ thẻ")).to_have_count(2)
        assert sent == []
        assert CARD not in json.dumps(citizen.what_the_phone_holds(), ensure_ascii=False)

        citizen.fills({"Họ, chữ đệm, tên": "Nguyễn Thị Bé Năm", "Số điện thoại": "0900000417"})
        expect(citizen.page.get_by_text("Từ thẻ")).to_have_count(1)
        citizen.goes_on()
        citizen.sees("Bạn đang cư trú ở đâu?")
        citizen.reads_in("Số nhà, đường, khu vực", "Khu vực 5")
        citizen.reads_in("Phường, xã", "Châu Văn Liêm, Ô Môn")
        citizen.presses("Phường Ô Môn")
        citizen.reads_in("Phường, xã", "Phường Ô Môn")
        citizen.goes_on()
        citizen.chooses("Kết hôn")
        citizen.goes_on()
        citizen.sees("Người có tên trong giấy sinh ngày nào?")
        citizen.reads_in("Năm", "1999")
        expect(citizen.page.get_by_role("radio", name="Nữ")).to_be_checked()


def test_a_code_before_the_camera_that_is_no_card_is_told_from_one(
    before_a_camera, poster, house, tmp_path
):
    film = film_of_card(tmp_path, f"{house.web}/q/{poster}".upper())
    with before_a_camera(film) as citizen:
        is_asked_about_oneself(citizen, poster)
        citizen.presses(SCAN)

        citizen.is_told("Đây không phải mã trên thẻ căn cước. Tìm mã vuông trên thẻ.")
        citizen.presses("Tự gõ, không dùng thẻ")
        citizen.sees("Thông tin của bạn")


def test_a_scratched_code_before_the_camera_leads_to_another_way(before_a_camera, poster, tmp_path):
    with before_a_camera(film_of_card(tmp_path, scratched=True)) as citizen:
        is_asked_about_oneself(citizen, poster)
        citizen.presses(SCAN)

        citizen.is_told("Chưa đọc được mã. Lau thẻ, tránh chói, hoặc chụp ảnh mã.")
        citizen.photographs(photo_of_card(tmp_path))
        citizen.sees(READ)


def test_without_leave_for_the_camera_a_photo_of_the_card_does(before_a_camera, poster, tmp_path):
    with before_a_camera(film_of_card(tmp_path), allowed=False) as citizen:
        is_asked_about_oneself(citizen, poster)
        citizen.presses(SCAN)
        citizen.sees(SCAN)
        citizen.reads("Máy chưa cho dùng camera. Chụp ảnh mã, hoặc mở quyền camera trong Cài đặt.")

        citizen.photographs(photo_of_card(tmp_path))

        citizen.sees(READ)


def test_without_a_camera_a_photo_from_the_gallery_does(citizen, poster, tmp_path):
    is_asked_about_oneself(citizen, poster)
    citizen.presses(SCAN)
    citizen.sees(SCAN)
    citizen.reads("Không mở được camera ở đây. Chụp ảnh mã, hoặc tự gõ.")

    citizen.chooses_photos([photo_of_card(tmp_path)])
    citizen.sees(READ)
    citizen.presses("Quét lại thẻ khác")
    citizen.sees(SCAN)
    citizen.chooses_photos([photo_of_card(tmp_path)])
    citizen.sees(READ)
    citizen.presses(USE)

    citizen.reads_in("Họ, chữ đệm, tên", "Nguyễn Thị Bé Tư")


def test_photos_that_show_no_card_are_answered_each_in_its_words(citizen, poster, photo, tmp_path):
    is_asked_about_oneself(citizen, poster)
    citizen.presses(SCAN)
    torn = tmp_path / "rach.jpg"
    torn.write_bytes(b"\xff\xd8\xff\xe0 no picture")
    worn = CARD.replace("Bé Tư", "B\ufffd Tư")
    for picture, words in (
        (photo_of_card(tmp_path, scratched=True, name="xuoc"), "Chưa đọc được mã."),
        (photo_of_card(tmp_path, worn, name="mo"), "Mã trên thẻ bị mờ hoặc hỏng."),
        (photo_of_card(tmp_path, "HTTPS://A.VN/1", name="khac"), "Đây không phải mã trên thẻ"),
        (photo, "Chưa đọc được mã."),
        (torn, "Chưa đọc được mã."),
    ):
        citizen.photographs(picture)
        citizen.is_told(words)


def test_a_card_is_read_without_network(citizen, poster, tmp_path):
    is_asked_about_oneself(citizen, poster)
    citizen.loses_network()

    citizen.presses(SCAN)
    citizen.sees(SCAN)
    citizen.photographs(photo_of_card(tmp_path))

    citizen.sees(READ)
    citizen.presses(USE)
    citizen.reads_in("Số định danh cá nhân", "092199000123")
    citizen.page.go_back()
    citizen.sees("Bạn nộp cho ai?")


def test_whose_card_it_was_is_not_forgotten_when_one_person_becomes_two(citizen, poster, tmp_path):
    is_asked_about_oneself(citizen, poster)
    citizen.presses(SCAN)
    citizen.photographs(photo_of_card(tmp_path))
    citizen.presses(USE)
    citizen.sees("Thông tin của bạn")
    citizen.presses("Câu trước")
    citizen.sees("Bạn nộp cho ai?")

    citizen.chooses(AUTHORISED)
    citizen.goes_on()
    citizen.fills({"Số điện thoại": "0900000523"})
    citizen.goes_on()
    citizen.fills({"Phường, xã": "Phường Ô Môn"})
    citizen.goes_on()
    citizen.sees("Ai ủy quyền cho bạn?")
    owner = {"Họ, chữ đệm, tên người ủy quyền": "Trần Văn Lành"}
    citizen.fills({**owner, "Số định danh cá nhân của người ủy quyền": "092088000456"})
    citizen.goes_on()
    citizen.chooses("Khai sinh")
    citizen.chooses("Có", of="Giấy đó mang tên người ủy quyền phải không?")
    citizen.goes_on()

    citizen.sees("Người có tên trong giấy sinh ngày nào?")
    citizen.reads_in("Năm", "")
    expect(citizen.page.get_by_role("radio", name="Nữ")).not_to_be_checked()


def test_the_card_is_read_with_the_keyboard_and_in_english(citizen, poster, tmp_path):
    is_asked_about_oneself(citizen, poster)
    citizen.presses("EN, English")
    citizen.sees("Your details")
    keys = Keyboard(citizen.page)

    keys.presses("Scan the code on your identity card")
    citizen.sees("Scan the code on your identity card")
    with citizen.page.expect_file_chooser() as chooser:
        keys.presses("Choose a photo")
    chooser.value.set_files(photo_of_card(tmp_path))
    citizen.sees("Card read. Are these details correct?")
    citizen.reads("Female")
    keys.presses("Correct, use these details")

    citizen.sees("Your details")
    expect(citizen.page.get_by_text("From the card")).to_have_count(2)
