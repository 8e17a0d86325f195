"""J3: the law closes a form while it is filled in; what changed is told, what fits is kept."""

import json

import httpx

from e2e.conftest import WARD
from e2e.network import SUBMIT, refuses
from e2e.people.citizen import AUTHORISATION

PROCEDURE = "2.000635"
NEW = "mau-moi"


def closes_the_form(citizen, house):
    """From now on the ward takes a new form only: two copies at most, and another fee."""
    asked = {"unit": WARD}
    form = httpx.get(f"{house.web}/api/v1/procedures/{PROCEDURE}", params=asked).json()
    old = form["version"]
    form["version"] = NEW
    [copies] = [
        field
        for step in form["steps"]
        for field in step["fields"]
        if field["id"] == "so_luong_ban_sao"
    ]
    copies["max"] = 2
    form["fee"]["items"][0]["amount"] = 10_000

    def answer(route):
        if route.request.method != "PUT":
            return route.fallback()
        manifest = json.loads(route.request.post_data)
        if manifest["version"] == NEW:
            return route.continue_(post_data=json.dumps({**manifest, "version": old}))
        fault = {
            "pointer": "/version",
            "code": "unknown-version",
            "message_vi": "Biểu mẫu này không còn dùng.",
            "message_en": "This version is not taken any more.",
        }
        body = {"type": "unprocessable", "title": "Có chỗ cần sửa.", "status": 422}
        return route.fulfill(
            status=422,
            content_type="application/problem+json",
            json={**body, "errors": [fault]},
        )

    citizen.inspector.expect_status(422)
    citizen.page.route(
        f"**/api/v1/procedures/{PROCEDURE}?*", lambda route: route.fulfill(json=form)
    )
    citizen.page.route("**/api/v1/dossiers/*", answer)


def test_a_form_closed_by_law_is_told_in_words_and_every_fitting_answer_is_kept(
    citizen, house, poster, photo
):
    citizen.begins(poster)
    citizen.answers_for_another_person()
    citizen.presses("Thêm một")
    citizen.presses("Thêm một")
    citizen.goes_on()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    closes_the_form(citizen, house)
    citizen.page.reload()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()

    citizen.sees("Biểu mẫu của thủ tục này đã đổi")
    citizen.reads("Cần trả lời lại", "Số lượng bản sao", "Mức phí đã đổi.")
    citizen.presses("Tiếp tục với mẫu mới")
    citizen.sees("Bạn cần mấy bản?")
    citizen.fills({"Số lượng bản sao": "2"})
    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("Nguyễn Thị Bé Tư", "20.000")
    citizen.presses("Gửi hồ sơ")
    citizen.is_received()


def test_a_server_newer_than_the_page_is_heard_in_its_own_words_and_nothing_is_lost(
    citizen, poster, photo
):
    citizen.inspector.expect_status(409)
    citizen.is_at_the_last_look(poster, photo)
    words = "Trang này đã cũ. Tải lại trang rồi gửi lại."
    citizen.page.route(SUBMIT, refuses(409, words), times=1)
    citizen.sends()

    citizen.sees("Cần sửa trước khi gửi")
    citizen.reads(words, "Mọi thứ bạn đã điền và ảnh đã chụp vẫn còn trên máy này.")
    citizen.page.reload()
    citizen.presses("Thử gửi ngay")
    citizen.is_received()
