"""Own papers kept on this device alone, locked with the person's own code, for the next dossier."""

import re

import pytest

from e2e.people.citizen import AUTHORISATION, Citizen

CODE = "271950"

# Chromium believes for half a minute in the room it saw last, so the wallet alone is told so.
NO_ROOM = """() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...given) {
        if (this.name === 'bodies') throw new DOMException('', 'QuotaExceededError')
        return put.apply(this, given)
    }
}"""

# Every byte that lies in the wallet, as text of one byte a character.
SEALED = """() => new Promise((resolve) => {
    const opening = indexedDB.open('motcua-tui')
    opening.onsuccess = () => {
        const stores = [...opening.result.objectStoreNames]
        const text = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
        const all = stores.map((name) => new Promise((got) => {
            const asked = opening.result.transaction(name).objectStore(name).getAll()
            asked.onsuccess = () => got(asked.result)
        }))
        const sealed = (one) => one instanceof Uint8Array ? text(one) : ''
        Promise.all(all).then((found) => resolve(found.flat(2).map(sealed).join('')))
    }
})"""


def keeps_the_paper(citizen: Citizen, name: str = "Giấy của mẹ") -> None:
    """Put the paper that was photographed into a new wallet."""
    citizen.presses("Cất ảnh giấy này trong máy để lần sau dùng")
    citizen.sees("Cất vào túi giấy tờ")
    citizen.keys_in("Tự đặt mã mở túi", CODE)
    citizen.keys_in("Gõ lại mã", CODE)
    citizen.presses("Đặt mã")
    citizen.fills({"Tên để dễ tìm": name})
    citizen.presses("Cất vào túi")
    citizen.sees("Đã cất vào túi")


@pytest.fixture
def kept(citizen, poster, photo) -> Citizen:
    """Whoever has one paper in the wallet of their phone, and filed with it."""
    citizen.is_at_the_paper(poster)
    citizen.photographs(photo)
    citizen.has_photos(1, "Phường đã giữ")
    keeps_the_paper(citizen)
    citizen.presses("Trở lại giấy này")
    citizen.sees(AUTHORISATION)
    citizen.has_photos(1, "Phường đã giữ")
    return citizen


def at_the_paper_of_the_next_dossier(citizen: Citizen, poster: str) -> None:
    """Begin anew, in a page that was just opened."""
    citizen.loses_the_tab()
    citizen.scans(poster)
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.starts()
    citizen.answers_up_to_the_paper()


def test_a_paper_kept_once_serves_the_next_dossier_which_is_received(kept, poster):
    at_the_paper_of_the_next_dossier(kept, poster)
    kept.presses("Lấy từ túi giấy tờ trong máy")
    kept.sees("Lấy giấy nào?")
    kept.keys_in("Mã mở túi", CODE)
    kept.presses("Mở túi")
    kept.reads("Giấy của mẹ", re.compile("^1 trang, cất ngày"))
    kept.presses(re.compile("Giấy của mẹ"))
    kept.sees(AUTHORISATION)
    kept.has_photos(1, "Phường đã giữ")
    kept.goes_on()
    kept.sees("Xem lại trước khi gửi")
    kept.sends()

    kept.is_received()


def test_another_code_opens_nothing_and_nothing_can_be_read_where_it_lies(kept, poster):
    lying = kept.page.evaluate(SEALED)
    assert len(lying) > 10_000
    for words in ("\xff\xd8\xff\xe0", "JFIF", "image/jpeg", "giay-uy-quyen"):
        assert words not in lying, words
    at_the_paper_of_the_next_dossier(kept, poster)
    kept.presses("Lấy từ túi giấy tờ trong máy")
    kept.keys_in("Mã mở túi", "271951")
    kept.presses("Mở túi")
    kept.reads("Mã này không mở được túi. Ghi lại.")
    kept.reads_nowhere("Giấy của mẹ")

    kept.presses("Trở lại giấy này")
    kept.sees(AUTHORISATION)


def test_who_forgot_the_code_can_only_delete_the_wallet(kept, poster):
    at_the_paper_of_the_next_dossier(kept, poster)
    kept.presses("Lấy từ túi giấy tờ trong máy")
    kept.presses("Xóa cả túi")
    kept.is_told("Xóa mọi giấy trong túi khỏi máy này? Hồ sơ đã gửi không đổi.")
    kept.presses("Xóa túi")
    kept.reads(re.compile("^Máy này chưa có túi"))
    assert kept.page.evaluate(SEALED) == ""

    kept.presses("Trở lại giấy này")
    kept.sees(AUTHORISATION)
    kept.reads_nowhere("Lấy từ túi giấy tờ trong máy")


def test_a_weak_code_and_two_that_differ_are_told_before_anything_is_kept(citizen, poster, photo):
    citizen.is_at_the_paper(poster)
    citizen.photographs(photo)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.presses("Cất ảnh giấy này trong máy để lần sau dùng")
    for code, again, told in (
        ("", "", "Mã có từ 6 số trở lên"),
        ("12 34", "12 34", "Mã có từ 6 số trở lên"),
        ("123456", "123456", "Mã này dễ đoán. Đặt mã khác."),
        (CODE, "271951", "Hai lần ghi mã chưa giống nhau. Ghi lại."),
    ):
        citizen.keys_in("Tự đặt mã mở túi", code)
        citizen.keys_in("Gõ lại mã", again)
        citizen.presses("Đặt mã")
        citizen.reads(told)

    assert citizen.page.evaluate(SEALED) == ""


def test_a_paper_is_taken_out_again_from_my_dossiers_after_one_more_question(kept):
    kept.opens("/ho-so")
    kept.presses("Túi giấy tờ trong máy này")
    kept.sees("Túi giấy tờ")
    kept.presses("Mở túi")
    kept.reads("Ghi mã mở túi")
    kept.keys_in("Mã mở túi", CODE)
    kept.presses("Mở túi")
    kept.presses("Bỏ khỏi túi")
    kept.presses("Bỏ giấy này")

    kept.reads("Túi chưa có giấy nào.")


def test_who_clears_a_dossier_from_the_device_is_told_that_the_wallet_stays(kept):
    kept.opens("/ho-so")
    kept.presses("Xóa hồ sơ dở này")
    kept.reads(re.compile("^Giấy đã cất trong túi vẫn còn trên máy này"))
    kept.presses("Xóa sạch")
    kept.opens("/h#tui")

    kept.reads("Mã mở túi")


def test_the_same_paper_is_kept_once_and_a_name_is_wanted(kept):
    kept.presses("Cất ảnh giấy này trong máy để lần sau dùng")
    kept.fills({"Tên để dễ tìm": " "})
    kept.presses("Cất vào túi")
    kept.reads("Ghi tên cho giấy này")
    kept.fills({"Tên để dễ tìm": "Lần nữa"})
    kept.presses("Cất vào túi")

    kept.sees("Giấy này có sẵn trong túi")


def test_a_full_phone_says_that_nothing_was_kept_and_the_paper_stays_in_the_dossier(
    citizen, poster, photo
):
    citizen.is_at_the_paper(poster)
    citizen.photographs(photo)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.presses("Cất ảnh giấy này trong máy để lần sau dùng")
    citizen.keys_in("Tự đặt mã mở túi", CODE)
    citizen.keys_in("Gõ lại mã", CODE)
    citizen.presses("Đặt mã")
    citizen.fills({"Tên để dễ tìm": "Giấy của mẹ"})
    citizen.page.evaluate(NO_ROOM)
    citizen.presses("Cất vào túi")
    citizen.reads(re.compile("^Máy hết chỗ nên chưa cất được"))
    citizen.presses("Trở lại giấy này")

    citizen.sees(AUTHORISATION)
    citizen.has_photos(1, "Phường đã giữ")


def test_a_shared_device_offers_no_wallet_and_opens_none_by_its_address(citizen, poster, photo):
    citizen.opens(f"/q/{poster}?may-chung=1")
    citizen.sees("Bản sao trích lục hộ tịch")
    citizen.starts()
    citizen.answers_up_to_the_paper()
    citizen.photographs(photo)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.reads_nowhere("Cất ảnh giấy này trong máy để lần sau dùng")

    citizen.opens("/h#tui")
    citizen.reads("Máy dùng chung không có túi giấy tờ.")


def test_the_wallet_speaks_english_and_fits_a_narrow_screen_with_twice_the_text(kept):
    kept.presses("Cất ảnh giấy này trong máy để lần sau dùng")
    kept.presses("EN, English")
    kept.sees("Keep it in your paper wallet")
    kept.page.set_viewport_size({"width": 320, "height": 640})
    kept.page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert kept.widest() == 320
