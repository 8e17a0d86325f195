"""J1, where the way to the counter goes wrong: poster, ward, camera, photo, network, tab."""

import re
from datetime import datetime, timedelta

import httpx
import pytest
from playwright.sync_api import expect

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import WARD
from e2e.network import FILES, refuses
from e2e.people.citizen import AUTHORISATION
from e2e.people.officer import by_http, inbox_item
from e2e.pictures import photo_of_paper
from tests.contract.people import sent_dossier
from tests.papers import HEIC, zipped

OTHER_WARD = "om-thoi-an"
FILE = re.compile(r"/files/[0-9a-f]{64}$")
MOST_BYTES = 500_000
LATER = "Đến sau thì phường trả vào ngày làm việc kế tiếp."
MISSED = "Buổi này đã qua. Nếu chưa đến, gọi phường để hẹn buổi khác; hồ sơ vẫn còn ở phường."


def test_a_citizen_of_another_ward_sends_there_and_the_poster_still_counts(citizen, house, poster):
    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.presses("Không phải phường của bạn?")
    citizen.sees("Bạn nộp ở phường nào?")
    citizen.presses("Phường Thới An")
    citizen.reads("Nơi nhận: UBND phường Thới An")
    citizen.presses("Xem và bắt đầu")
    citizen.presses("Bắt đầu")
    citizen.sees("Bạn nộp cho ai?")
    citizen.answers_for_oneself()
    citizen.sees("Xem lại trước khi gửi")
    with citizen.page.expect_request(lambda one: one.method == "PUT") as manifest:
        citizen.sends()

    code = citizen.is_received()
    citizen.reads("UBND phường Thới An")
    assert manifest.value.post_data_json["qr"] == poster
    assert inbox_item(house, OTHER_WARD, code)["unit"] == OTHER_WARD
    assert by_http(house, WARD).dossier(code).status_code == 404


def test_who_looks_for_another_procedure_behind_a_poster_is_not_asked_for_the_ward_again(
    citizen, poster
):
    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.presses("Việc khác phường nhận qua mạng")
    citizen.sees("Bạn cần làm việc gì?")
    citizen.reads("UBND phường Long Hưng")
    citizen.presses("Đăng ký khai tử")

    citizen.sees("Đăng ký khai tử")
    citizen.reads_nowhere("Chọn phường để bắt đầu")
    assert f"unit={WARD}&qr={poster}" in citizen.page.url
    citizen.presses("Bắt đầu")
    citizen.sees("Bạn nộp cho ai?")
    citizen.reads("UBND phường Long Hưng")


def test_prices_that_depend_on_the_case_and_papers_needed_in_some_are_said_plainly(citizen):
    citizen.opens(f"/p/1.000656?unit={WARD}")

    citizen.reads(re.compile("đúng hạn\\s*Không thu phí.*Trong 15 ngày kể từ ngày có người chết."))
    citizen.reads("5.000\u00a0đ", "8.000\u00a0đ mỗi bản")
    citizen.reads_nowhere("Từ 0")
    citizen.reads(re.compile("Cần khi bạn nộp thay người khác."), re.compile("Cần khi mất đã lâu"))


def test_an_unknown_ward_in_an_address_is_named_and_another_is_chosen(citizen):
    citizen.inspector.expect_status(404)
    citizen.opens("/p/2.000635?unit=khong-co")

    citizen.sees("Không có phường này")
    citizen.presses("Chọn phường để bắt đầu")
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.presses("Chọn phường để bắt đầu")
    citizen.sees("Bạn nộp ở phường nào?")


def test_an_address_that_leads_nowhere_says_so_and_leads_on(citizen):
    citizen.inspector.expect_status(404)
    citizen.opens("/khong-co")

    citizen.sees("Không có trang này")
    citizen.presses("Xem mọi việc làm được qua mạng")
    citizen.sees("Bạn cần làm việc gì?")


@pytest.mark.parametrize("replaced", [True, False], ids=["with-a-successor", "for-good"])
def test_a_withdrawn_poster_says_so_and_leads_on(citizen, house, poster, replaced):
    successor = next(one["code"] for one in house.demo["posters"] if one["procedure"] == "1.001193")

    def withdrawn(route):
        answer = route.fetch()
        gone = {"state": "withdrawn", "replaced_by": successor if replaced else None}
        route.fulfill(response=answer, json=answer.json() | gone)

    citizen.page.route(f"**/api/v1/qr/{poster}", withdrawn)
    citizen.scans(poster)

    citizen.sees("Tờ dán này không còn dùng")
    citizen.presses("Mở tờ dán mới" if replaced else "Bản sao trích lục hộ tịch")
    citizen.sees("Đăng ký khai sinh" if replaced else "Bản sao trích lục hộ tịch")


def test_an_unknown_poster_warns_of_forged_ones(citizen):
    citizen.inspector.expect_status(404)
    citizen.scans("2222-2222")

    citizen.sees("Không có tờ dán này")
    citizen.presses("Xem mọi việc làm được qua mạng")
    citizen.sees("Bạn cần làm việc gì?")


def test_without_a_camera_a_photo_is_chosen_from_the_gallery(citizen, poster, photo):
    citizen.is_at_the_paper(poster)
    citizen.opens_the_camera()

    citizen.goes_on()
    citizen.is_told(f"Còn thiếu: {AUTHORISATION}")
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")


def test_a_photo_of_48_megapixels_is_made_small_and_kept(citizen, poster, tmp_path):
    large = photo_of_paper(tmp_path, "IMG_4800", width=8000, height=6000)
    citizen.is_at_the_paper(poster)
    with citizen.page.expect_request(carries_a_photo) as sent:
        citizen.chooses_photos([large])
        citizen.has_photos(1, "Phường đã giữ")

    assert len(sent.value.post_data_buffer) <= MOST_BYTES


def carries_a_photo(request):
    return FILE.search(request.url) is not None and request.post_data_buffer is not None


def test_a_heic_photo_is_taken_and_the_officer_sees_a_picture(citizen, house, poster, tmp_path):
    heic = tmp_path / "IMG_0417.HEIC"
    heic.write_bytes(HEIC)

    citizen.is_at_the_last_look(poster, heic)
    citizen.sends()

    code = citizen.is_received()
    view = by_http(house, WARD).dossier(code).json()["files"][0]["view_url"]
    assert httpx.get(view).content.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("don.docx", zipped(), "Chỉ nhận ảnh hoặc PDF. Chọn tệp khác."),
        (
            "giay.pdf",
            b"%PDF-1.7\n" + bytes(12 * 1024 * 1024),
            "Tệp quá 12 MB. Chụp lại từng trang.",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    *, citizen, poster, photo, tmp_path, name, content, words
):
    file = tmp_path / name
    file.write_bytes(content)
    citizen.is_at_the_paper(poster)
    citizen.chooses_photos([file])

    citizen.is_told(words)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")


def test_a_photo_that_does_not_open_is_asked_for_again(citizen, poster, photo, tmp_path):
    torn = tmp_path / "rach.heic"
    torn.write_bytes(HEIC[:-20])
    citizen.is_at_the_paper(poster)
    citizen.chooses_photos([torn])

    citizen.has_photos(1, "Ảnh không mở được. Chụp lại.")
    citizen.photographs(photo, with_="Chụp lại")
    citizen.has_photos(1, "Phường đã giữ")


def test_a_photo_that_does_not_open_is_not_counted_and_is_named_before_sending(
    citizen, poster, photo, tmp_path
):
    torn = tmp_path / "rach.heic"
    torn.write_bytes(HEIC[:-20])
    citizen.is_at_the_paper(poster)
    citizen.chooses_photos([photo, torn])
    citizen.has_photos(1, "Ảnh không mở được. Chụp lại.")
    citizen.has_photos(1, "Phường đã giữ")
    dossier = citizen.page.url.split("#")[1].split("/")[0]
    citizen.opens(f"/ho-so#{dossier}/xem-lai")

    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("Phường đã giữ 1/2", "Trang 2 không mở được, chụp lại")
    citizen.sends()
    citizen.presses(f"{AUTHORISATION}, trang 2: chụp lại trang này")
    citizen.sees(AUTHORISATION)


def test_a_refused_photo_is_named_by_paper_and_page_and_taken_again(citizen, poster, four_photos):
    first, refused, other, _ = four_photos
    citizen.inspector.expect_status(413)
    citizen.is_at_the_paper(poster)
    citizen.photographs(first)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.page.route(FILES, refuses(413, "Tệp này quá lớn. Chụp lại từng trang."))
    citizen.photographs(refused)
    citizen.has_photos(1, "Ảnh này không gửi được. Chụp lại.")
    citizen.goes_on()
    citizen.sends()

    citizen.sees("Cần sửa trước khi gửi")
    citizen.reads("Tệp này quá lớn. Chụp lại từng trang.")
    citizen.page.unroute(FILES)
    citizen.presses(f"{AUTHORISATION}, trang 2: chụp lại trang này")
    citizen.sees(AUTHORISATION)
    citizen.photographs(other, with_="Chụp lại Trang 2")
    citizen.has_photos(2, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()

    citizen.is_received()


def test_airplane_mode_while_photographing_loses_nothing(citizen, poster, photo):
    citizen.is_at_the_paper(poster)
    with citizen.without_network():
        citizen.photographs(photo)
        citizen.has_photos(1, "Trên máy này")
        citizen.goes_on()
        citizen.sees("Xem lại trước khi gửi")
        citizen.reads("Phường đã giữ 0/1")

    citizen.reads("Phường đã giữ 1/1")


def test_airplane_mode_while_sending_waits_and_goes_on_by_itself(citizen, poster, photo):
    citizen.is_at_the_last_look(poster, photo)
    with citizen.without_network():
        citizen.sends()
        citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")
        citizen.reads("Cứ để trang này mở", "Mất mạng từ")

    citizen.is_received()


def test_a_tab_killed_while_the_camera_is_open_comes_back_to_the_same_paper(citizen, poster, photo):
    citizen.is_at_the_paper(poster)
    citizen.opens_the_camera()
    citizen.loses_the_tab()
    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.reads("Bạn còn một hồ sơ làm dở")
    citizen.presses("Làm tiếp hồ sơ dở")

    citizen.sees(AUTHORISATION)
    citizen.reads("Ảnh vừa chụp chưa kịp giữ. Chụp lại giúp.")
    citizen.photographs(photo)
    citizen.has_photos(1, "Phường đã giữ")


TICK_AND_SEND = """async () => {
    document.querySelector('input[type=checkbox]').click()
    await Promise.resolve().then(() => undefined)
    document.querySelector('button[type=submit]').click()
}"""


def test_a_tick_counts_before_a_slow_phone_has_written_it_down(citizen, poster, photo):
    citizen.is_at_the_last_look(poster, photo)

    citizen.page.evaluate(TICK_AND_SEND)

    citizen.is_received()


def test_the_header_names_the_office_alike_on_every_page(citizen, poster):
    header, office = citizen.page.get_by_role("banner"), "UBND phường Long Hưng"
    citizen.scans(poster)
    expect(header).to_contain_text(office)
    citizen.presses("Không phải phường của bạn?")
    citizen.sees("Bạn nộp ở phường nào?")
    expect(header).to_contain_text(office)
    citizen.presses("Quay lại")
    citizen.presses("Xem và bắt đầu")
    citizen.sees("Bản sao trích lục hộ tịch")
    expect(header).to_contain_text(office)
    citizen.starts_here()
    expect(header).to_contain_text(office)
    citizen.opens(f"/?unit={WARD}")
    citizen.sees("Bạn cần làm việc gì?")
    expect(header).to_contain_text(office)


def test_a_visit_is_told_by_link_and_look_up_and_a_missed_one_asks_for_another_time(
    citizen, someone_else, house
):
    title, code = "Chứng thực bản sao từ bản chính", "2.000815"
    now = datetime.now(VIETNAM)
    ahead, past = ((now + timedelta(days=days)).date() for days in (14, -1))
    answers = {"ngay_den": ahead.isoformat(), "buoi_den": "chieu"}
    phone = sent_dossier(house.web, WARD, code=code, answers=answers)

    citizen.opens(f"/h#{phone.id}.{phone.key}")
    citizen.sees(title)
    citizen.reads(f"Ngày đến: {ahead:%d/%m/%Y}, Buổi chiều", "Nếu bạn đến trước 15:00 ", LATER)
    someone_else.follows(phone.look()["code"], digits=phone.manifest["owner"]["phone"][-4:])
    someone_else.reads("Ngày đã chọn ghi trên biên nhận.", f"trong ngày. {LATER}")
    expect(someone_else.page.locator("main")).not_to_contain_text(f"{ahead:%d/%m}")

    answers = {"ngay_den": past.isoformat(), "buoi_den": "chieu"}
    late = sent_dossier(house.web, WARD, seed=2, code=code, answers=answers)
    citizen.opens(f"/h#{late.id}.{late.key}")
    citizen.sees(title)
    citizen.reads(MISSED)
