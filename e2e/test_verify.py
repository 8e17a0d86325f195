"""Anybody checks a paper (kiểm tra giấy tờ): genuine, forged, and without network."""

import re

import pytest

from e2e.conftest import WARD
from tests.contract.people import sent_dossier

VERIFY = "**/api/v1/verify"
SIGNATURE = re.compile(r"[^.]+$")


@pytest.fixture
def token(house) -> str:
    """What the QR of a receipt holds."""
    return sent_dossier(house.web, WARD).look()["verify_token"]


def test_a_genuine_receipt_names_its_office_with_and_without_network(citizen, token):
    citizen.opens(f"/v#{token}")
    citizen.sees("Giấy này là thật")
    citizen.reads("Phường xác nhận đã cấp giấy này.", "Phường Long Hưng")

    citizen.inspector.expect_lost_network()
    citizen.page.route(VERIFY, lambda route: route.abort("internetdisconnected"))
    citizen.page.reload()
    citizen.sees("Giấy này là thật")
    citizen.reads("Chữ ký đúng, kiểm ngay trên máy không cần mạng.", "Phường Long Hưng")
    citizen.reads_nowhere(WARD)


def test_a_receipt_whose_signature_is_another_is_told_forged(citizen, token):
    citizen.opens(f"/v#{SIGNATURE.sub('A' * 86, token)}")

    citizen.sees("Giấy này không phải của phường")
    citizen.reads("Đừng tin giấy này, báo cho phường.")


@pytest.mark.parametrize("kept", [0, 40, -5])
def test_an_empty_or_cut_address_is_told_incomplete_and_not_forged(citizen, token, kept):
    citizen.opens(f"/v#{token[:kept]}")

    citizen.sees("Mã này chưa đủ")
    citizen.reads("Quét lại mã QR trên giấy.")
    citizen.reads_nowhere("Đừng tin")
