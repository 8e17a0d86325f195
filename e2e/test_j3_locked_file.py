"""J3: without network a dossier leaves the phone as a locked file, and is sent once."""

import re
from datetime import datetime, timedelta

from backend.platform.kit.clock import VIETNAM

HAND_OVER = "Làm tiếp trên máy khác"
LONG_ENOUGH_TO_SEND_MS = 1500


def waits_with_a_photo(citizen, poster, photo):
    """Fill in everything, lose the network, and press send."""
    citizen.begins(poster)
    citizen.loses_network()
    citizen.answers_up_to_the_paper()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Trên máy này")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")


def locks_it(citizen, folder):
    """Make the locked file; read the digits as they are written on paper."""
    citizen.presses(HAND_OVER)
    citizen.sees(HAND_OVER)
    citizen.presses("Làm tệp có khóa")
    citizen.reads("Số chỉ hiện một lần.", "Hồ sơ vẫn còn trên máy này cho đến khi gửi xong.")
    digits = citizen.page.get_by_text(re.compile(r"^(\d{4} ){3}\d{4}$")).inner_text()
    return citizen.saves_file(folder), digits


def test_a_file_is_sent_from_another_phone_and_the_first_one_learns_of_it(
    citizen, someone_else, poster, photo, tmp_path
):
    waits_with_a_photo(citizen, poster, photo)
    file, digits = locks_it(citizen, tmp_path)
    assert file.suffix == ".motcua"

    someone_else.inspector.expect_status(404)  # asked whether it was changed, before it was sent
    someone_else.opens_file(file, digits)
    someone_else.sees("Xem lại trước khi gửi")
    someone_else.sends()
    code = someone_else.is_received()

    citizen.presses("Quay lại hồ sơ")
    citizen.finds_network()
    assert citizen.is_received() == code


def test_wrong_digits_a_foreign_file_or_nothing_is_told_and_what_is_here_stays(
    citizen, someone_else, poster, photo, tmp_path
):
    citizen.is_at_the_paper(poster)
    citizen.asks_for_help()
    file, digits = locks_it(citizen, tmp_path)

    someone_else.opens_file(file, "0000 0000 0000 0000")
    someone_else.is_told("Xem lại 16 số trên giấy.")
    someone_else.opens_file(photo, digits)
    someone_else.is_told("Đây không phải tệp hồ sơ.")
    someone_else.opens_file(file, "")
    someone_else.is_told("Chọn tệp và ghi đủ 16 số.")
    citizen.opens_file(file, digits)
    citizen.is_told("Hồ sơ này đã có trên máy này.")


def test_who_makes_a_file_has_agreed_to_send_nothing(citizen, poster, tmp_path):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.inspector.expect_status(404)  # the ward knows nothing of the draft, and is asked
    sent = citizen.what_is_sent()
    citizen.asks_for_help()
    locks_it(citizen, tmp_path)
    citizen.presses("Quay lại hồ sơ")
    citizen.sees("Thông tin của bạn")
    citizen.asks_for_help()
    citizen.presses(HAND_OVER)
    citizen.sees(HAND_OVER)

    citizen.reads("Đồng ý, gửi bản nháp lên")
    citizen.page.wait_for_timeout(LONG_ENOUGH_TO_SEND_MS)
    citizen.reads("Đồng ý, gửi bản nháp lên")
    assert sent == []


def test_the_sending_page_and_my_dossiers_name_the_same_last_day(citizen, poster, photo):
    waits_with_a_photo(citizen, poster, photo)
    last = f"{datetime.now(VIETNAM) + timedelta(days=30):%d/%m/%Y}"
    citizen.reads(f"Máy này giữ đến hết {last}.")

    citizen.opens("/ho-so")
    citizen.reads(f"Máy này giữ đến hết {last}.")
