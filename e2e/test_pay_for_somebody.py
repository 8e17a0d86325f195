"""A citizen asks a relative to pay; the relative pays one fee and learns no more."""

import pytest

from e2e.conftest import WARD
from tests.contract.people import Phone, sent_dossier


@pytest.fixture
def dossier(house) -> Phone:
    """A dossier of one copy that was sent and is not paid."""
    return sent_dossier(house.web, WARD)


@pytest.fixture
def link(citizen, dossier) -> str:
    """The address of a pay link, as the citizen sends it."""
    citizen.opens_the_dossier(dossier)
    citizen.presses("Trả phí 8.000 đ")
    citizen.sees("Trả phí bằng cách nào?")
    citizen.presses("Nhờ người thân trả hộ")
    citizen.sees("Nhờ người thân trả hộ")
    return citizen.makes_a_pay_link()


@pytest.fixture
def relative(someone_else):
    """Who pays, with a phone of their own."""
    return someone_else


def test_a_relative_pays_by_the_link_and_both_phones_turn_to_paid(
    citizen, relative, bank_app, link, dossier
):
    relative.opens(link)
    relative.sees("Trả hộ 8.000 đ")
    relative.reads("Bản sao trích lục hộ tịch")
    relative.reads_nowhere("Nguyễn")
    relative.reads_nowhere(dossier.look()["code"])
    relative.chooses("Quét VietQR")
    relative.goes_on()
    bank_app.pays(relative.saves_the_code())

    relative.sees("Khoản phí này đã trả xong")
    citizen.sees("Đã trả 8.000 đ")


def test_a_relative_comes_back_from_the_banks_page_to_the_fee(relative, link):
    relative.opens(link)
    relative.sees("Trả hộ 8.000 đ")
    relative.chooses("Trang thanh toán thử")
    relative.goes_on()
    relative.sees("Trả 8.000 đ")
    relative.presses("Trả tiền")

    relative.sees("Khoản phí này đã trả xong")


def test_a_link_that_was_ended_opens_nothing(citizen, relative, link):
    citizen.presses("Hủy mọi đường dẫn đã gửi")
    citizen.reads("Đã hủy. Đường dẫn đã gửi không mở được nữa.")
    citizen.reads_nowhere("Hủy mọi đường dẫn đã gửi")

    relative.inspector.expect_status(404)
    relative.opens(link)

    relative.sees("Đường dẫn này không còn dùng được")


def test_without_network_the_link_speaks_of_nothing_filled_in(relative, link):
    relative.opens("/")
    relative.sees("Bạn cần làm việc gì?")
    relative.loses_network()
    relative.inspector.expect_lost_network()
    relative.opens(link)

    relative.reads("Trang này sẽ tự mở khi có mạng.")
    relative.reads_nowhere("Những gì đã điền")
