"""Receipts of a paid fee: opened on the phone, cancelled and replaced at the desk, both stay."""

from contextlib import closing
from urllib.parse import urlsplit

import httpx
import pypdfium2
import pytest
import zxingcpp

from e2e.conftest import WARD
from e2e.people.officer import by_http
from e2e.test_verify import SIGNATURE
from tests.contract.people import Phone, sent_dossier

NO_LONGER = "Biên lai này không còn giá trị"
TWO = 2


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


def on_paper(paid) -> list[str]:
    """Give the address in the QR of each numbered receipt, as its PDF shows it."""
    listed = paid.http.get(f"{paid.path}/fee_receipts").json()["receipts"]
    return [symbol_of(one["url"]) for one in listed if one["url"]]


def symbol_of(url: str) -> str:
    """Read the one QR of a PDF, without the name of the house."""
    with closing(pypdfium2.PdfDocument(httpx.get(url).content)) as pdf:
        picture = pdf[0].render(scale=4).to_pil()
    [found] = zxingcpp.read_barcodes(picture)
    address = urlsplit(found.text)
    return f"{address.path}#{address.fragment}"


def replace(house, paid) -> None:
    """Have an officer write another receipt in the place of the first."""
    officer = by_http(house, WARD)
    receipts = f"/api/v1/workbench/dossiers/{paid.look()['code']}/fee_receipts"
    [first] = (one["receipt"] for one in officer.http.get(receipts).json()["items"])
    body = {"seen": first["rev"], "reason": "Sai tên người nộp", "payer": "Trần Văn Đúng"}
    done = officer.http.post(f"{receipts}/{first['receipt']}/replace", json=body)
    assert done.status_code == 200, done.text
    paid.until(lambda _: len(on_paper(paid)) == TWO)


def test_a_receipt_on_paper_is_proven_until_another_takes_its_place(citizen, house, paid):
    [first] = on_paper(paid)
    citizen.opens(first)
    citizen.sees("Giấy này là thật")
    citizen.reads(
        "Phường xác nhận đã cấp giấy này.", "Biên lai thu phí, lệ phí", "Phường Long Hưng"
    )
    citizen.reads_nowhere(NO_LONGER)

    replace(house, paid)
    [second] = set(on_paper(paid)) - {first}
    citizen.page.reload()
    citizen.sees(NO_LONGER)
    citizen.reads("Giấy này là thật", "Cấp lúc")

    citizen.opens(second)
    citizen.sees("Giấy này là thật")
    citizen.reads_nowhere(NO_LONGER)


def test_a_receipt_whose_code_was_altered_is_told_forged(citizen, paid):
    [address] = on_paper(paid)

    citizen.opens(SIGNATURE.sub("A" * 86, address))

    citizen.sees("Giấy này không phải của phường")
    citizen.reads("Đừng tin giấy này, báo cho phường.")
