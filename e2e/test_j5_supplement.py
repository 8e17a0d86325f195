"""J5: the ward asks for something more, and the citizen answers on the same phone."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from backend.platform.keys import load_keys
from backend.platform.kit.clock import VIETNAM
from backend.platform.links import Links
from e2e.conftest import WARD
from e2e.network import FILES, refuses
from e2e.people.citizen import AUTHORISATION
from e2e.people.officer import by_http
from e2e.people.post import latest_message
from e2e.pictures import photo_of_paper
from tests.contract.people import Phone, sent_dossier

BLURRED = "Trang 1 mờ, không đọc được chữ ký. Ông/bà chụp lại giúp."
WHERE = "Ghi rõ tên xã lúc đăng ký, trước khi đổi tên."
FROM_ACCEPTANCE = "Thời hạn giải quyết tính từ lúc phường tiếp nhận hồ sơ."
STANDS_STILL = "Tạm dừng chờ bổ sung, ngày hẹn sẽ tính lại"
TOO_LATE = "Đã hết hạn bổ sung. Muốn làm lại thì nộp hồ sơ mới."
SUPPLEMENT = "**/api/v1/dossiers/*/supplement/*"
DOSSIER = re.compile(r"/api/v1/dossiers/[0-9a-f-]{36}$")
MOST_WRONG = 5
FEE = "8.000 đ"
OWED = f"Còn phải trả {FEE} thì phường mới bắt đầu làm."
ONCE = "Phường thường chỉ hỏi một lần. Nếu đã đúng, bấm “Gửi phần bổ sung” lần nữa."
UNSENT = "Phần bổ sung còn trên máy này, chưa gửi"
NEW_PLACE = "UBND xã Long Hưng, huyện Ô Môn"


def ask(house, code, *items):
    """Have the ward's officer ask for these items, until in a week."""
    until = (datetime.now(VIETNAM) + timedelta(days=7)).date().isoformat()
    items = items or (
        {"paper": "uy_quyen", "words": BLURRED},
        {"field": "ht_da_dang_ky_tai", "words": WHERE},
    )
    officer = by_http(house, WARD)
    return officer.act(code, "request_supplement", items=list(items), until=until)


def goes_to_the_answer(citizen):
    """Open what the ward asks for, from the list of one's dossiers."""
    citizen.opens("/ho-so")
    citizen.presses("Bản sao trích lục hộ tịch")
    citizen.presses("Bổ sung ngay")
    citizen.sees("Bổ sung hồ sơ")


def is_asked_for(citizen, house, poster, photo, item):
    """Hand a dossier in, be asked for one thing, and come to where it is answered."""
    citizen.is_at_the_last_look(poster, photo)
    citizen.sends()
    assert ask(house, citizen.is_received(), item).status_code == 200
    goes_to_the_answer(citizen)


@pytest.fixture
def asked(citizen, house, poster, photo) -> str:
    """A dossier sent from this phone, for which the ward asks two things; its code."""
    citizen.is_at_the_last_look(poster, photo)
    citizen.sends()
    code = citizen.is_received()
    assert ask(house, code).status_code == 200
    return code


@pytest.fixture
def better_photo(tmp_path):
    """The same paper photographed anew."""
    return photo_of_paper(tmp_path, "chup-lai", seed=7)


def test_a_citizen_answers_what_the_ward_asks_before_any_clock_has_begun(
    *, citizen, someone_else, house, asked, better_photo
):
    message = latest_message(house, asked, "supplement")
    assert message["to"] == "0900000523"
    assert "cần ông/bà bổ sung" in message["text"]
    assert f"Mở hồ sơ tại {house.web}/tra-cuu để xem" in message["text"]
    someone_else.follows(asked, digits="0523")
    someone_else.sees("Chờ ông/bà bổ sung")
    someone_else.reads(f"Mở hồ sơ để xem nội dung cần bổ sung. {OWED}", "Gửi phần bổ sung trước")
    someone_else.reads(f"Trả {FEE} trên máy đã nộp, hoặc mang mã hồ sơ đến phường.")
    someone_else.reads_nowhere(BLURRED)

    citizen.opens("/ho-so")
    citizen.sees("Hồ sơ của tôi")
    citizen.presses("Bản sao trích lục hộ tịch")
    citizen.reads("Cần ông/bà bổ sung 2 chỗ", BLURRED, WHERE, "Cán bộ tiếp nhận")
    citizen.reads_nowhere(STANDS_STILL)
    citizen.reads(FROM_ACCEPTANCE)
    citizen.presses("Bổ sung ngay")
    citizen.sees("Bổ sung hồ sơ")
    citizen.reads("chờ bổ sung")
    citizen.photographs(better_photo, with_="Chụp lại Trang 1")
    citizen.has_photos(1, "Trên máy này")
    citizen.reads("chưa gửi")
    citizen.opens("/ho-so")
    citizen.reads(UNSENT, "Nguyễn T. B. Tư")
    citizen.opens("/")
    citizen.reads("Hồ sơ của tôi (1)", UNSENT)
    citizen.opens("/ho-so")
    citizen.presses("Bản sao trích lục hộ tịch")
    expect(citizen.page.get_by_text(UNSENT)).to_have_count(2)
    citizen.reads(OWED)
    citizen.presses("Bổ sung ngay")
    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    citizen.presses("Gửi phần bổ sung")

    citizen.sees("Phường đã nhận phần bổ sung")
    citizen.reads(FROM_ACCEPTANCE, OWED, f"Trả phí {FEE}")
    citizen.presses("Xem hồ sơ đi đến đâu")
    citizen.reads_nowhere("Cần ông/bà bổ sung 2 chỗ")
    seen = by_http(house, WARD).dossier(asked).json()
    assert seen["state"] == "submitted"
    assert seen["answers"]["ht_da_dang_ky_tai"] == NEW_PLACE

    by_http(house, WARD).act(asked, "decline", reason="Nơi đăng ký không phải phường này.")
    citizen.page.reload()
    citizen.reads("“Nơi đăng ký không phải phường này.”")
    citizen.page.get_by_role("button", name="Nộp lại, dùng các câu đã trả lời").dblclick()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads(NEW_PLACE, "Trần Văn Lành")
    citizen.opens("/")
    citizen.reads("Hồ sơ của tôi (2)")


def test_who_changes_nothing_is_asked_once_about_each_and_not_stopped(citizen, asked):
    goes_to_the_answer(citizen)
    citizen.presses("Gửi phần bổ sung")
    citizen.is_told(f"Chưa sửa: {AUTHORISATION}, Nơi đã đăng ký. {ONCE}")

    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    citizen.reads_nowhere("Chưa sửa")
    citizen.presses("Gửi phần bổ sung")
    citizen.is_told(f"Chưa sửa: {AUTHORISATION}. {ONCE}")
    citizen.presses("Gửi phần bổ sung")
    citizen.sees("Phường đã nhận phần bổ sung")


def test_a_new_photo_beside_the_old_one_is_asked_about_and_one_instead_of_it_is_not(
    citizen, asked, better_photo
):
    goes_to_the_answer(citizen)
    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    citizen.chooses_photos([better_photo])
    citizen.has_photos(1, "Trên máy này")
    citizen.presses("Gửi phần bổ sung")
    citizen.is_told(f"Ảnh cũ vẫn còn cạnh ảnh mới: {AUTHORISATION}. Ảnh nào hỏng thì xóa. {ONCE}")

    citizen.presses("Xóa Trang 2")
    citizen.photographs(better_photo, with_="Chọn ảnh khác Trang 1")
    citizen.has_photos(1, "Trên máy này")
    citizen.reads_nowhere("Ảnh cũ vẫn còn")
    citizen.presses("Gửi phần bổ sung")
    citizen.sees("Phường đã nhận phần bổ sung")


def test_an_answer_that_is_emptied_or_does_not_fit_another_is_asked_for_before_sending(
    citizen, house, poster, photo
):
    citizen.is_at_the_last_look(poster, photo)
    citizen.sends()
    place, day = ({"field": one, "words": WHERE} for one in ("ht_da_dang_ky_tai", "ht_ngay_dk"))
    assert ask(house, citizen.is_received(), place, day).status_code == 200
    goes_to_the_answer(citizen)
    citizen.fills({"Nơi đã đăng ký": "", "Ngày": "2", "Tháng": "2", "Năm": "1998"})
    citizen.presses("Gửi phần bổ sung")
    citizen.is_told("Còn 2 chỗ cần sửa")
    citizen.reads("Ngày đăng ký không thể trước ngày sinh. Xem lại cả hai ngày.")

    citizen.fills({"Nơi đã đăng ký": NEW_PLACE, "Năm": "1999"})
    citizen.presses("Gửi phần bổ sung")
    citizen.sees("Phường đã nhận phần bổ sung")


# For two seconds nothing else is written on this device, as on a phone whose storage is slow.
STORAGE_IS_SLOW = """() => {
    const opening = indexedDB.open('motcua')
    opening.onsuccess = () => {
        const store = opening.result.transaction('dossiers', 'readwrite').objectStore('dossiers')
        const until = Date.now() + 2000
        const hold = () => { if (Date.now() < until) store.count().onsuccess = hold }
        hold()
    }
}"""


def test_a_day_that_is_none_is_told_in_an_answer_too(citizen, house, poster, photo):
    is_asked_for(
        citizen, house, poster, photo, {"field": "ht_ngay_dk", "words": "Ghi lại ngày đăng ký."}
    )

    citizen.page.evaluate(STORAGE_IS_SLOW)
    citizen.fills({"Ngày": "31", "Tháng": "2", "Năm": "2025"})
    citizen.presses("Gửi phần bổ sung")
    citizen.is_told("Còn 1 chỗ cần sửa")
    citizen.reads("Tháng 2 năm 2025 chỉ có 28 ngày, không có ngày 31")
    citizen.fills({"Ngày": "28"})
    citizen.presses("Gửi phần bổ sung")

    citizen.sees("Phường đã nhận phần bổ sung")


def test_an_odd_name_in_an_answer_is_asked_about_once(citizen, house, poster, photo):
    is_asked_for(
        citizen,
        house,
        poster,
        photo,
        {"field": "nyc_ho_ten", "words": "Ghi lại họ tên của ông/bà."},
    )

    citizen.fills({"Họ, chữ đệm, tên": "Trần Văn Lành 2"})
    citizen.presses("Gửi phần bổ sung")
    citizen.is_told("Xem lại 1 chỗ")
    citizen.reads("Nếu đã đúng, bấm “Gửi phần bổ sung” lần nữa.")
    citizen.presses("Gửi phần bổ sung")

    citizen.sees("Phường đã nhận phần bổ sung")


def test_a_new_photo_that_arrives_broken_is_sent_again(citizen, asked, better_photo):
    def spoil(route):
        body = route.request.post_data_buffer
        if body is None:
            route.continue_()
        else:
            route.continue_(post_data=body[: len(body) // 2].ljust(len(body), b"\0"))
            citizen.page.unroute(FILES, spoil)

    citizen.inspector.expect_status(422)
    goes_to_the_answer(citizen)
    citizen.photographs(better_photo, with_="Chụp lại Trang 1")
    citizen.has_photos(1, "Trên máy này")
    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    citizen.page.route(FILES, spoil)
    citizen.presses("Gửi phần bổ sung")

    citizen.sees("Phường đã nhận phần bổ sung")


def test_without_network_the_answer_waits_and_goes_on(citizen, asked, better_photo):
    goes_to_the_answer(citizen)
    citizen.photographs(better_photo, with_="Chụp lại Trang 1")
    citizen.has_photos(1, "Trên máy này")
    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    with citizen.without_network():
        citizen.presses("Gửi phần bổ sung")
        citizen.sees("Phần bổ sung chưa gửi xong, nhưng không mất gì")

    citizen.sees("Phường đã nhận phần bổ sung")


@pytest.fixture
def sent(house) -> Phone:
    """A dossier that was handed in from another phone."""
    return sent_dossier(house.web, WARD)


def test_an_accepted_dossier_stands_still_while_it_is_asked_and_then_has_a_new_date(
    citizen, someone_else, house, sent
):
    code = sent.look()["code"]
    accepted = by_http(house, WARD).act(code, "accept", reason="Thu phí khi trả kết quả")
    assert accepted.status_code == 200, accepted.text
    assert ask(house, code, {"field": "ht_da_dang_ky_tai", "words": WHERE}).status_code == 200

    citizen.opens_the_dossier(sent)
    citizen.reads(STANDS_STILL, "Trong lúc chờ, thời hạn giải quyết tạm dừng.")
    citizen.reads(re.compile("Thời hạn giải quyết tạm dừng"))
    someone_else.follows(code, digits="0523")
    someone_else.reads(STANDS_STILL)
    assert "tạm dừng" in latest_message(house, code, "supplement")["text"]

    citizen.presses("Bổ sung ngay")
    citizen.sees("Bổ sung hồ sơ")
    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    citizen.presses("Gửi phần bổ sung")
    citizen.sees("Phường đã nhận phần bổ sung")
    citizen.reads("Thời hạn giải quyết chạy tiếp từ bây giờ.")
    citizen.presses("Xem hồ sơ đi đến đâu")
    citizen.reads(re.compile("Thời hạn tính tiếp, hẹn trả chậm nhất"))
    citizen.reads_nowhere(STANDS_STILL)
    assert "hẹn trả kết quả chậm nhất" in latest_message(house, code, "answered")["text"]


def test_an_answer_that_comes_after_the_time_is_told_so_and_what_to_do(
    citizen, asked, better_photo
):
    def closed(route):
        answer = route.fetch()
        gone = {"state": "expired", "supplement": None}
        route.fulfill(response=answer, json=answer.json() | gone)

    citizen.inspector.expect_status(409)
    goes_to_the_answer(citizen)
    citizen.photographs(better_photo, with_="Chụp lại Trang 1")
    citizen.fills({"Nơi đã đăng ký": NEW_PLACE})
    citizen.page.route(SUPPLEMENT, refuses(409, TOO_LATE))
    citizen.presses("Gửi phần bổ sung")

    citizen.is_told(TOO_LATE)
    citizen.page.route(DOSSIER, closed)
    citizen.page.reload()
    citizen.reads("Đã đóng, quá hạn bổ sung", "Muốn làm lại thì nộp hồ sơ mới.")


def test_a_link_with_another_key_opens_nothing(someone_else, sent):
    someone_else.inspector.expect_status(404)
    someone_else.opens(f"/h#{sent.id}.{'x' * 43}")

    someone_else.sees("Đường dẫn này không mở được hồ sơ nào")
    someone_else.presses("Tra cứu hồ sơ")
    someone_else.sees("Tra cứu hồ sơ")


def test_a_lost_key_is_made_anew_and_the_old_phone_is_told(citizen, someone_else, house, sent):
    code = sent.look()["code"]
    citizen.opens_the_dossier(sent)

    someone_else.follows(code, digits="0523")
    someone_else.sees("Phường đã nhận đủ, chờ tiếp nhận")
    someone_else.presses("Mở đầy đủ trên máy này")
    someone_else.reads("Máy cũ sẽ không mở được hồ sơ nữa.")
    digits = latest_message(house, code, "one_time_code")["text"].split(" là ")[1][:6]
    someone_else.fills({"Mã 6 số": digits})
    someone_else.presses("Mở hồ sơ")
    someone_else.sees("Bản sao trích lục hộ tịch")

    citizen.inspector.expect_status(404)
    citizen.page.reload()
    citizen.reads("Máy này không mở được hồ sơ nữa")


def test_a_second_request_is_not_the_officers_and_a_superior_is_named(at_desk, house, sent):
    officer = at_desk()
    officer.inspector.expect_status(409)
    code = sent.look()["code"]
    officer.opens_the_dossier(code)
    assert ask(house, code).status_code == 200
    week = datetime.now(VIETNAM).date() + timedelta(days=7)
    officer.asks_for({"Nơi đã đăng ký": WHERE}, until=week)

    officer.is_told("Hồ sơ này đã được yêu cầu bổ sung một lần. Lần nữa phải trình lãnh đạo.")
    officer.presses("Tải lại hồ sơ")
    officer.reads(re.compile("Mỗi hồ sơ chỉ một lần, lần nữa phải trình lãnh đạo."))
    expect(officer.button("Yêu cầu bổ sung")).to_have_count(0)
    assert ask(house, code).json()["type"].endswith("already-asked")


def test_who_comes_by_the_messages_link_without_the_digits_sees_nothing(someone_else, house, asked):
    someone_else.inspector.expect_status(404, 429)
    someone_else.follows(asked, digits="9999")

    someone_else.is_told("Không tìm thấy. Kiểm tra lại mã và 4 số cuối điện thoại.")
    for words in ("Bản sao trích lục hộ tịch", "Chờ ông/bà bổ sung", BLURRED):
        someone_else.reads_nowhere(words)

    with someone_else.without_network():
        someone_else.presses("Xem hồ sơ")
        someone_else.is_told("Chưa có mạng. Thử lại khi có mạng.")
        someone_else.reads_nowhere("Còn 1 chỗ cần sửa")
    for _ in range(MOST_WRONG):
        with someone_else.page.expect_response("**/api/v1/track"):
            someone_else.presses("Xem hồ sơ")
    someone_else.is_told("Đã thử quá nhiều lần. Thử lại sau 60 phút.")
    expect(someone_else.page.get_by_label("Mã hồ sơ")).not_to_have_attribute("aria-invalid", "true")


def test_a_papers_link_that_has_ended_says_so_and_leads_back_to_the_dossier(citizen, house, sent):
    links = Links(load_keys(house.data / "keys.toml"))
    yesterday = datetime.now(VIETNAM) - timedelta(days=1)
    ended = links.make(UUID(sent.id), "receipt", purpose="citizen", until=yesterday)
    citizen.inspector.expect_status(404)
    citizen.opens_the_dossier(sent)
    citizen.opens(f"/f/{ended}")

    citizen.sees("Đường dẫn đến giấy này đã hết hạn")
    citizen.presses("Hồ sơ của tôi")
    citizen.presses("Bản sao trích lục hộ tịch")
    citizen.sees("Bản sao trích lục hộ tịch")


def test_a_papers_link_that_opens_nothing_yet_says_why_in_the_readers_language(
    citizen, house, sent
):
    links = Links(load_keys(house.data / "keys.toml"))
    tomorrow = datetime.now(VIETNAM) + timedelta(days=1)
    early = links.make(UUID(sent.id), "slip", purpose="citizen", until=tomorrow)
    citizen.inspector.expect_status(409)
    citizen.opens(f"/f/{early}")

    citizen.sees("Chưa mở được giấy này")
    citizen.reads("Chưa có giấy hẹn. Giấy hẹn có sau khi phường tiếp nhận hồ sơ.")
    citizen.presses("EN, English")
    citizen.sees("This paper cannot be opened now")
    citizen.reads("There is no such slip yet.")


@pytest.mark.parametrize("paid", [False, True])
def test_an_answer_that_changes_the_fee_is_told_and_the_officer_corrects_it(
    *, house, sent, at_desk, paid
):
    officer, desk = at_desk(), by_http(house, WARD)
    code = sent.look()["code"]
    if paid:
        assert desk.act(code, "collect", kind="cash", amount=8000).status_code == 200
    asked = ask(house, code, {"field": "so_luong_ban_sao", "words": "Ghi lại số bản."})
    assert asked.status_code == 200
    place = f"{sent.path}/supplement/{sent.look()['supplement']['id']}"
    body = {"answers": {"so_luong_ban_sao": 3}, "papers": []}
    assert sent.http.put(place, json=body).status_code == 200
    assert sent.http.post(f"{place}/submit").status_code == 200

    officer.opens_the_dossier(code)
    officer.reads("Theo câu trả lời mới, phí là 24.000 đ; đang ghi 8.000 đ.", "Trước đó: 1")
    officer.presses("Sửa mức phí")
    if paid:
        officer.presses("Báo phí 24.000 đ")
        officer.reads("Ghi lý do sửa mức phí")
        officer.fills({"Lý do sửa mức phí": "Người nộp xin 3 bản"})
    officer.presses("Báo phí 24.000 đ")
    officer.reads("Đã báo phí 24.000 đ")

    officer.reads_nowhere("Theo câu trả lời mới")
    owed = desk.dossier(code).json()["obligation"]
    assert (owed["amount"], owed["due"]) == (24_000, 16_000 if paid else 24_000)
