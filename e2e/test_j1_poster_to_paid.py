"""J1: a citizen at a poster asks for copies of a birth entry and pays by bank QR."""

import re
import time
from datetime import datetime, timedelta

from playwright.sync_api import expect

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import WARD
from e2e.people.citizen import AUTHORISATION, Citizen
from e2e.people.officer import inbox_item
from e2e.phones import SLOWER_PROCESSOR, slow

FIVE_MINUTES = 300
FIVE_SECONDS_MS = 5_000
HASH_MARK = re.compile(r"mã kiểm\s+[0-9A-F]{4} [0-9A-F]{4}")


def mends_the_phone_number(citizen, number):
    """Change one answer from the last look, and come back to it."""
    citizen.presses("Sửa số điện thoại")
    citizen.sees("Thông tin của bạn")
    citizen.fills({"Số điện thoại": number})
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads(number)


def pays_by_bank(citizen, bank_app, amount):
    """Pay with the picture of the VietQR, and see the page turn to paid by itself."""
    citizen.presses("Trả phí")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Quét VietQR")
    citizen.goes_on()
    citizen.sees(f"Trả {amount}")
    citizen.reads("Mã còn dùng được", "Nội dung, giữ đúng từng chữ")
    citizen.copies("Nội dung, giữ đúng từng chữ")
    bank_app.pays(citizen.saves_the_code())
    paid = citizen.page.get_by_role("heading", level=1, name=f"Đã trả {amount}")
    expect(paid).to_be_visible(timeout=FIVE_SECONDS_MS)
    citizen.sees(f"Đã trả {amount}")


def test_the_poster_says_at_once_what_it_costs_how_long_it_takes_and_what_to_bring(citizen, poster):
    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")

    citizen.reads("8.000 đ mỗi bản", "Khoảng 3 phút", "Trong ngày làm việc", "Cần có trong tay")
    citizen.reads(re.compile("^Có khi cần: Văn bản ủy quyền"))


def test_a_citizen_scans_pays_and_follows_a_birth_certificate_copy(
    *, citizen, bank_app, device, house, poster, photo, measured
):
    began = time.monotonic()
    with slow(citizen.page, processor=SLOWER_PROCESSOR):
        citizen.begins(poster)
        citizen.answers_for_another_person()
        citizen.presses("Thêm một")
        citizen.presses("Thêm một")
        citizen.reads("3 × 8.000 đ = 24.000 đ")
        citizen.goes_on()

        citizen.sees(AUTHORISATION)
        citizen.photographs(photo)
        citizen.has_photos(1, "Phường đã giữ")
        citizen.goes_on()

        citizen.sees("Xem lại trước khi gửi")
        citizen.reads("24.000 đ", "Phường đã giữ 1/1", "0900 000 523")
        mends_the_phone_number(citizen, "0900 000 529")
        citizen.sends()

        code = citizen.is_received()
        citizen.reads("Còn phải trả 24.000 đ thì phường mới bắt đầu làm.")
        citizen.reads("2 trên 2 phần đến nguyên vẹn", f"{AUTHORISATION}, trang 1", HASH_MARK)
        pays_by_bank(citizen, bank_app, "24.000 đ")
        assert citizen.saves_paper("Lưu biên nhận (PDF)").startswith(b"%PDF")
    took = time.monotonic() - began
    measured(
        f"J1 at 400 kbit/s, 400 ms, processor ÷ {SLOWER_PROCESSOR}: {took:.0f} s, "
        f"{citizen.taps} taps on buttons and answers"
    )
    assert took < FIVE_MINUTES

    context, inspector = device()
    context.clock.install(time=datetime.now(VIETNAM) + timedelta(days=1))
    next_day = Citizen(context.new_page(), web=house.web, inspector=inspector)
    next_day.follows(code, digits="0529")
    next_day.sees("Phường đã nhận đủ, chờ tiếp nhận")
    next_day.reads("Đã trả 24.000 đ")
    item = inbox_item(house, WARD, code)
    assert item["channel"] == "online"
    assert item["papers"] == {"have": 1, "need": 1}
