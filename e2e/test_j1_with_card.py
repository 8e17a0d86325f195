"""J1 in the fewest taps: the card fills the answers, one paper is photographed, the fee is paid."""

import time

from e2e.cards import film_of_card
from e2e.people.citizen import AUTHORISATION, AUTHORISED
from e2e.phones import SLOWER_PROCESSOR, slow
from e2e.test_j1_poster_to_paid import pays_by_bank

MOST_TAPS = 25
THREE_MINUTES = 180


def test_with_a_card_and_one_photo_a_dossier_is_handed_in_within_three_minutes(
    *, before_a_camera, bank_app, poster, photo, tmp_path, measured
):
    with (
        before_a_camera(film_of_card(tmp_path)) as citizen,
        slow(citizen.page, processor=SLOWER_PROCESSOR),
    ):
        began = time.monotonic()
        citizen.begins(poster)
        citizen.chooses(AUTHORISED)
        citizen.goes_on()
        citizen.presses("Quét mã trên thẻ căn cước")
        citizen.presses("Đúng, dùng thông tin này")
        citizen.sees("Thông tin của bạn")
        citizen.fills({"Số điện thoại": "0900 000 523"})
        citizen.goes_on()
        citizen.fills({"Phường, xã": "Phường Ô Môn"})
        citizen.goes_on()
        citizen.sees("Ai ủy quyền cho bạn?")
        citizen.fills(
            {
                "Họ, chữ đệm, tên người ủy quyền": "Lê Thị Sáu",
                "Số định danh cá nhân của người ủy quyền": "092199000311",
                "Số điện thoại của người ủy quyền": "0900000417",
            }
        )
        citizen.goes_on()
        citizen.answers_about_the_paper()
        citizen.goes_on()
        citizen.sees(AUTHORISATION)
        citizen.photographs(photo)
        citizen.has_photos(1, "Phường đã giữ")
        citizen.goes_on()
        citizen.sees("Xem lại trước khi gửi")
        citizen.sends()
        citizen.is_received()
        took, taps = time.monotonic() - began, citizen.taps
        pays_by_bank(citizen, bank_app, "8.000 đ")

    measured(
        f"J1 with card and one photo at 400 kbit/s, 400 ms, processor ÷ {SLOWER_PROCESSOR}: "
        f"{took:.0f} s, {taps} taps until the receipt, {citizen.taps} until it is paid"
    )
    assert citizen.taps <= MOST_TAPS
    assert took < THREE_MINUTES
