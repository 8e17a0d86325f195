"""J3: the network goes, the phone is switched off, and one dossier arrives whole."""

import secrets
from datetime import datetime, timedelta

import httpx
import pytest

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import WARD
from e2e.network import (
    FILES,
    NEXT,
    SUBMIT,
    HeldBack,
    brings_only_what,
    lets_through,
    loses_the_answer,
    refuses,
)
from e2e.people.citizen import AUTHORISATION, AUTHORISED, Citizen
from e2e.people.officer import by_http

TITLE = "Bản sao trích lục hộ tịch"
LITTLE_ROOM = 60_000
KEPT_DAYS = 30
LATER_STYLES = "**/assets/later-*.css"
STYLED = "(file) => [...document.styleSheets].some(({ href }) => href === file)"
# Of a network that was there all along and carried nothing, phones say nothing.
SAYS_NOTHING = "addEventListener('online', (event) => event.stopImmediatePropagation())"
SHELL = ("/assets/", "/manifest.webmanifest", "/icon")
PUBLIC = ("/api/v1/qr/", "/api/v1/procedures")


@pytest.fixture
def somebody() -> str:
    """The name of an owner who has no other dossier."""
    return "Võ Thị " + "".join(secrets.choice("aeghiklmnouxy") for _ in range(8)).capitalize()


def dossiers_of(house, owner):
    """Find what the ward has of this owner."""
    answer = by_http(house, WARD).http.get("/api/v1/workbench/dossiers", params={"q": owner})
    return [one["code"] for one in answer.json()["items"]]


def test_four_photos_queued_without_network_arrive_the_next_day_under_one_code(
    citizen, house, poster, four_photos, somebody
):
    citizen.begins(poster)
    citizen.loses_network()
    citizen.answers_for_another_person(owner=somebody)
    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos(four_photos)
    citizen.has_photos(4, "Trên máy này")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")
    citizen.reads("Đã đến phường 0 trên 5")

    lets_through(citizen.page, FILES, method="PATCH", count=2)
    citizen.finds_network()
    citizen.reads("Đã đến phường 3 trên 5", "Hồ sơ chưa gửi xong, nhưng không mất gì")
    citizen.loses_network()
    citizen.loses_the_tab()

    citizen.page.clock.install(time=datetime.now(VIETNAM) + timedelta(days=1))
    citizen.opens("/ho-so")
    citizen.sees("Hồ sơ của tôi")
    citizen.reads("Đang gửi")
    citizen.presses("Xem đang gửi đến đâu")
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")
    citizen.reads("Đã đến phường 3 trên 5")
    citizen.finds_network()

    code = citizen.is_received()
    citizen.reads("5 trên 5 phần đến nguyên vẹn")
    assert dossiers_of(house, somebody) == [code]


def test_network_that_goes_after_the_first_question_stops_nobody_from_answering(
    device, house, poster, photo
):
    context, inspector = device(service_workers="block")
    citizen = Citizen(context.new_page(), web=house.web, inspector=inspector)
    inspector.expect_lost_network()
    inspector.expect_no_worker()
    page = httpx.get(house.web).text
    citizen.page.route("**/assets/*.js", brings_only_what(page, besides=NEXT))
    citizen.begins(poster)
    context.set_offline(True)
    citizen.answers_for_another_person()
    citizen.goes_on()
    citizen.sees("Chưa có mạng")
    citizen.reads("Trang này sẽ tự mở khi có mạng.")

    citizen.page.unroute("**/assets/*.js")
    context.set_offline(False)
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")


def test_styles_that_once_did_not_come_are_asked_for_again(device, house, poster):
    context, inspector = device(service_workers="block")
    citizen = Citizen(context.new_page(), web=house.web, inspector=inspector)
    inspector.expect_lost_network()
    inspector.expect_no_worker()
    asked = []

    def fails_once(route):
        asked.append(route.request.url)
        if len(asked) == 1:
            route.abort("connectionreset")
        else:
            route.continue_()

    citizen.page.route(LATER_STYLES, fails_once)
    citizen.begins(poster)
    citizen.answers_up_to_the_paper()

    assert len(asked) == 2
    assert citizen.page.evaluate(STYLED, asked[0])


def test_network_that_goes_with_the_first_page_waits_with_the_answer_and_goes_on_by_itself(
    device, house, poster
):
    context, inspector = device(service_workers="block")
    citizen = Citizen(context.new_page(), web=house.web, inspector=inspector)
    inspector.expect_lost_network()
    inspector.expect_no_worker()
    citizen.page.add_init_script(SAYS_NOTHING)
    page = httpx.get(house.web).text
    citizen.page.route("**/assets/*", brings_only_what(page))
    citizen.scans(poster)
    citizen.presses("Xem và bắt đầu")
    citizen.presses("Bắt đầu")
    citizen.sees("Bạn nộp cho ai?")
    context.set_offline(True)
    citizen.chooses(AUTHORISED)
    citizen.goes_on()
    citizen.reads("Những gì đã điền vẫn còn trên máy này. Trang này sẽ tự mở khi có mạng.")
    assert citizen.page.get_by_role("radio", name=AUTHORISED).is_checked()

    citizen.page.unroute("**/assets/*")
    context.set_offline(False)
    citizen.sees("Thông tin của bạn")
    citizen.goes_on()
    citizen.is_told("Còn 3 chỗ cần sửa")


def test_a_lost_answer_to_sending_gives_one_dossier(citizen, house, poster, photo, somebody):
    citizen.inspector.expect_lost_network()
    citizen.is_at_the_last_look(poster, photo, owner=somebody)
    citizen.page.route(SUBMIT, loses_the_answer, times=1)
    citizen.sends()
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")

    code = citizen.is_received()
    assert dossiers_of(house, somebody) == [code]


def test_two_tabs_send_one_dossier(citizen, house, poster, photo, somebody):
    citizen.is_at_the_last_look(poster, photo, owner=somebody)
    citizen.ticks("Tôi cam đoan")
    other = citizen.another_tab()
    other.sees("Xem lại trước khi gửi")
    held_back = HeldBack()
    citizen.page.route(SUBMIT, held_back)
    citizen.presses("Gửi hồ sơ")
    other.presses("Gửi hồ sơ")
    for tab in (citizen, other):
        tab.sees("Đang gửi hồ sơ")
    held_back.let_go()

    codes = {citizen.is_received(), other.is_received()}
    assert codes == set(dossiers_of(house, somebody))
    assert len(codes) == 1


@pytest.mark.parametrize("days", [-1, 1], ids=["behind", "ahead"])
def test_a_clock_that_is_wrong_by_a_day_changes_nothing(citizen, poster, photo, days):
    citizen.page.clock.install(time=datetime.now(VIETNAM) + timedelta(days=days))
    citizen.is_at_the_last_look(poster, photo)
    citizen.sends()

    citizen.is_received()


def test_a_clock_that_is_put_right_does_not_keep_a_dossier_waiting(citizen, poster, photo):
    citizen.page.clock.install(time=datetime.now(VIETNAM) + timedelta(days=1))
    citizen.is_at_the_last_look(poster, photo)
    citizen.loses_network()
    citizen.sends()
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")
    citizen.loses_the_tab()
    citizen.finds_network()

    citizen.page.clock.install(time=datetime.now(VIETNAM))
    citizen.opens("/ho-so")
    citizen.presses("Xem đang gửi đến đâu")
    citizen.is_received()


def test_a_full_phone_is_told_before_a_photo_is_lost(citizen, poster, photo):
    citizen.scans(poster)
    citizen.sees(TITLE)
    with citizen.with_room_for(LITTLE_ROOM):
        citizen.starts()
        citizen.answers_up_to_the_paper()
        citizen.chooses_photos([photo])
        citizen.is_told("Máy hết chỗ. Xóa bớt ảnh, bài làm vẫn còn.")
        citizen.reads_nowhere("Máy không đọc được ảnh này")

    citizen.loses_the_tab()
    citizen.scans(poster)
    citizen.presses("Làm tiếp hồ sơ dở")
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.reads_nowhere("Máy hết chỗ")


def test_a_server_that_refuses_a_photo_as_too_large_says_what_to_do(citizen, poster, photo):
    citizen.inspector.expect_status(413)
    citizen.is_at_the_paper(poster)
    citizen.loses_network()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Trên máy này")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.sees("Hồ sơ chưa gửi xong, nhưng không mất gì")
    citizen.page.route(FILES, refuses(413, "Tệp quá 12 MB. Chụp lại từng trang."), times=1)
    citizen.finds_network()

    citizen.sees("Cần sửa trước khi gửi")
    citizen.reads("Tệp quá 12 MB. Chụp lại từng trang.", "vẫn còn trên máy này")
    citizen.presses("Thử gửi ngay")
    citizen.is_received()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (429, "Đang đông người, máy tự thử lại"),
        (500, "Máy chủ đang trục trặc, không phải lỗi của bạn. Máy tự thử lại."),
        (503, "Đang đông người, máy tự thử lại"),
    ],
)
def test_a_busy_or_broken_server_is_asked_again_by_itself(*, citizen, poster, photo, status, words):
    citizen.inspector.expect_status(status)
    citizen.is_at_the_last_look(poster, photo)
    busy = refuses(status, "Đang đông người. Máy tự thử lại.", **{"Retry-After": "2"})
    citizen.page.route(SUBMIT, busy, times=1)
    citizen.sends()

    citizen.reads(words, "không mất gì", "Đã đến 2 trên 2, còn chờ phường xác nhận")
    citizen.is_received()


def test_storage_that_the_system_closes_is_opened_again(citizen, poster):
    citizen.page.add_init_script(
        """const open = indexedDB.open.bind(indexedDB); globalThis.cupboards = []
        indexedDB.open = (...words) => {
          const request = open(...words)
          request.addEventListener('success', () => globalThis.cupboards.push(request.result))
          return request
        }"""
    )
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.page.evaluate("cupboards.forEach((cupboard) => cupboard.close())")
    citizen.fills({"Họ, chữ đệm, tên": "Lê Minh Khôi"})
    citizen.presses("Câu trước")
    citizen.sees("Bạn nộp cho ai?")
    citizen.loses_the_tab()

    citizen.scans(poster)
    citizen.presses("Làm tiếp hồ sơ dở")
    citizen.sees("Thông tin của bạn")
    citizen.reads_in("Họ, chữ đệm, tên", "Lê Minh Khôi")


def test_a_draft_older_than_we_keep_it_is_gone(citizen, poster):
    citizen.begins(poster)
    citizen.chooses("Cho chính tôi")
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")
    citizen.loses_the_tab()
    later = datetime.now(VIETNAM) + timedelta(days=KEPT_DAYS + 1)
    citizen.page.clock.install(time=later)

    citizen.opens("/ho-so")
    citizen.reads("Máy này chưa có hồ sơ nào")


def test_after_the_receipt_the_phone_holds_no_photo_and_no_paper_in_its_caches(
    citizen, poster, photo
):
    citizen.is_at_the_last_look(poster, photo)
    citizen.sends()
    citizen.is_received()

    kept = citizen.what_the_phone_holds()
    assert kept["stores"]["bytes"] == []
    assert kept["cached"]
    assert all(path == "/" or path.startswith(SHELL + PUBLIC) for path in kept["cached"])
