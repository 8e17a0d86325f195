"""J4: a grandson files for his grandmother; a helper files for one neighbour after the other."""

import secrets

import pytest

from e2e.conftest import WARD
from e2e.people.citizen import AUTHORISATION, AUTHORISED
from e2e.people.officer import shown
from e2e.people.post import latest_message
from tests.contract.people import sent_dossier

GRANDSON = ("Trần Văn Lành", "0900 000 523", "0900000523")
PEOPLE = ("Nguyễn Thị Bé Tư", "Huỳnh Văn Sáu", "Đặng Thị Út")


def test_without_the_authorisation_the_grandson_is_stopped_with_the_reason(citizen, poster):
    citizen.is_at_the_paper(poster)
    citizen.goes_on()

    citizen.is_told("Còn thiếu: Văn bản ủy quyền theo quy định")
    citizen.sees(AUTHORISATION)


def test_the_grandmothers_dossier_is_followed_at_the_counter_by_code_and_no_name_is_shown(
    *, citizen, someone_else, house, poster, photo, tmp_path
):
    citizen.is_at_the_last_look(poster, photo, owner=PEOPLE[0])
    citizen.sends()
    code = citizen.is_received()
    paper = citizen.saves_paper("Lưu biên nhận (PDF)")
    assert paper.startswith(b"%PDF-")
    citizen.presses("Không thấy tệp? Hiện biên nhận thành ảnh")
    citizen.holds(f"Ảnh biên nhận hồ sơ {shown(code)}", tmp_path)
    message = latest_message(house, code, "submitted")
    assert message["to"] == GRANDSON[2]
    assert message["text"].startswith("Hồ sơ nộp thay Nguyễn T. B. T.: Phường Long Hưng đã nhận đủ")

    someone_else.follows(code, digits="0523")
    someone_else.reads("Phường đã nhận đủ, chờ tiếp nhận")
    someone_else.reads_nowhere(PEOPLE[0])


def test_a_helper_with_three_neighbours_leaves_nothing_of_one_for_the_next(citizen, poster, photo):
    for owner in PEOPLE:
        citizen.scans(f"{poster}?may-chung=1")
        citizen.sees("Bản sao trích lục hộ tịch")
        citizen.starts()
        for words in (AUTHORISED,):
            assert not citizen.page.get_by_role("radio", name=words).is_checked()
        citizen.answers_up_to_the_paper(owner)
        citizen.chooses_photos([photo])
        citizen.has_photos(1, "Phường đã giữ")
        citizen.goes_on()
        citizen.sees("Xem lại trước khi gửi")
        citizen.reads(owner)
        for other in PEOPLE:
            if other != owner:
                citizen.reads_nowhere(other)
        citizen.sends()
        citizen.is_received()
        citizen.presses("Xong, xóa sạch khỏi máy này")
        citizen.presses("Xóa sạch")
        citizen.sees("Bạn cần làm việc gì?")

    held = str(citizen.what_the_phone_holds())
    for trace in (*PEOPLE, *GRANDSON, "092088000456", "092199000123"):
        assert trace not in held


@pytest.fixture
def helped(house):
    """Hand in one dossier for each of so many people, all on one helper's number."""

    def hand_in(count):
        number = f"09{secrets.randbelow(10**8):08}"
        for seed in range(count):
            phone = sent_dossier(house.web, WARD, seed=seed, helper=number)
        return phone.look()["code"]

    return hand_in


def test_a_number_that_is_told_of_many_dossiers_is_shown_to_the_officer_and_stops_nobody(
    at_desk, helped
):
    many, few = helped(6), helped(5)
    officer = at_desk()
    officer.opens_the_dossier(few)
    officer.reads("Nộp thay cho Nguyễn Thị Bé Tư")
    officer.reads_nowhere("Số điện thoại nhận tin đã dùng cho")

    officer.opens_the_dossier(many)
    officer.reads("Số điện thoại nhận tin đã dùng cho 6 hồ sơ trong 30 ngày.")
    officer.decides("Tiếp nhận hồ sơ", words="Thu phí khi trả kết quả")
    officer.reads("Đã tiếp nhận hồ sơ")
