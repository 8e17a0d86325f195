"""J1 in a second engine: from the poster to the paid fee, in Firefox."""

import re

from e2e.conftest import WARD
from e2e.people.citizen import AUTHORISATION
from e2e.people.officer import inbox_item

HASH_MARK = re.compile(r"mã kiểm\s+[0-9A-F]{4} [0-9A-F]{4}")


def test_a_citizen_with_firefox_scans_sends_a_photo_and_pays(
    *, citizen, bank_app, house, poster, photo
):
    citizen.begins(poster)
    citizen.answers_for_another_person()
    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.photographs(photo)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("8.000 đ", "Phường đã giữ 1/1")
    citizen.sends()

    code = citizen.is_received()
    citizen.reads("2 trên 2 phần đến nguyên vẹn", f"{AUTHORISATION}, trang 1", HASH_MARK)

    citizen.presses("Trả phí")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.chooses("Quét VietQR")
    citizen.goes_on()
    citizen.sees("Trả 8.000 đ")
    citizen.copies("Nội dung, giữ đúng từng chữ")
    bank_app.pays(citizen.saves_the_code())
    citizen.sees("Đã trả 8.000 đ")
    assert citizen.saves_paper("Lưu biên nhận (PDF)").startswith(b"%PDF")
    assert inbox_item(house, WARD, code)["papers"] == {"have": 1, "need": 1}
