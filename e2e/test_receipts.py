"""Receipts of a paid fee: opened on the phone, cancelled and replaced at the desk, both stay."""

import httpx
import pytest

from e2e.conftest import WARD
from e2e.people.officer import by_http
from tests.contract.people import Phone, sent_dossier


@pytest.fixture
def paid(house) -> Phone:
    """A dossier whose fee was taken at the counter, with its receipt."""
    dossier = sent_dossier(house.web, WARD, answers={"so_luong_ban_sao": 2})
    code = dossier.look()["code"]
    taken = by_http(house, WARD).act(code, "collect", kind="cash", amount=16_000)
    assert taken.status_code == 200, taken.text
    receipts = f"{dossier.path}/fee_receipts"
    dossier.until(lambda _: dossier.http.get(receipts).json()["receipts"])
    return dossier


def opens_each_receipt(page) -> int:
    """Fetch the PDF behind each link to a receipt; tell how many there are."""
    links = page.get_by_role("link", name="Biên lai số").all()
    for link in links:
        assert httpx.get(link.get_attribute("href") or "").content.startswith(b"%PDF-")
    return len(links)


def test_a_citizen_opens_the_receipt_of_a_paid_fee(citizen, paid):
    citizen.opens_the_dossier(paid)
    citizen.reads("Đã trả 16.000 đ")
    citizen.presses("Biên lai, xác nhận đã nhận tiền")
    citizen.reads("Biên lai số")

    assert opens_each_receipt(citizen.page) == 1


def test_a_receipt_is_replaced_with_a_reason_and_both_stay(at_desk, house, paid):
    officer = at_desk()
    officer.opens_the_dossier(paid.look()["code"])
    officer.presses("Xem biên lai")
    officer.reads("Còn giá trị", "Xác nhận đã nhận tiền (PDF)", "không phải biên lai")
    officer.presses("Lập lại biên lai")
    officer.presses("Lập biên lai thay thế")
    officer.reads("Ghi lý do")
    officer.fills({"Lý do": "Sai tên người nộp", "Tên người nộp tiền": "Trần Văn Đúng"})
    officer.presses("Lập biên lai thay thế")

    officer.reads("Đã lập biên lai thay thế", "Đã thay thế", "Còn giá trị")
    assert opens_each_receipt(officer.page) == 2
