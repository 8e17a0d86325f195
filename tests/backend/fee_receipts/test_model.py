"""When a receipt is wanted, numbered, held, let go; and what the papers say."""

from datetime import UTC, datetime

import pytest

from backend.fee_receipts.model.receipts import ENDABLE, lines_of, next_step, total
from backend.fee_receipts.model.sheets import (
    PROVED,
    UNCHECKED,
    banner_of,
    day_of,
    fine_of,
    rows_of,
)
from backend.payments import Line

LINES = (
    Line("Bản sao", "le_phi", 3, 8_000, 24_000, "NQ"),
    Line("Chứng thực", "phi", 2, 2_000, 4_000, "TT"),
    Line("Miễn", "phi", 1, 0, 0, None),
    Line("Chưa rõ", "phi", 1, None, None, None),
)


@pytest.mark.parametrize(
    ("state", "sent", "ever", "whole", "same", "step"),
    [
        (None, False, False, True, False, "want"),
        (None, False, True, True, False, None),
        (None, False, False, False, False, None),
        ("wanted", False, True, True, True, "issue"),
        ("wanted", False, True, True, False, "renew"),
        ("wanted", False, True, False, False, None),
        ("wanted", True, True, False, False, "issue"),
        ("issued", True, True, True, True, None),
        ("issued", True, True, True, False, "hold"),
        ("issued", True, True, False, False, "hold"),
        ("on_hold", True, True, True, True, "release"),
        ("on_hold", True, True, False, False, None),
        ("on_hold", True, True, True, False, None),
    ],
)
def test_each_state_has_its_next_step(state, sent, ever, whole, same, step):
    assert next_step(state, sent=sent, ever=ever, whole=whole, same=same) == step


def test_phi_and_le_phi_are_parted_and_lines_that_cost_nothing_are_left_out():
    assert lines_of("le_phi", LINES) == LINES[:1]
    assert lines_of("phi", LINES) == LINES[1:2]
    assert total(lines_of("phi", LINES)) == 4_000


def test_only_a_numbered_receipt_is_cancelled_or_replaced():
    assert not any("wanted" in states or "replaced" in states for states in ENDABLE.values())


def test_a_paper_says_above_all_that_it_does_not_stand():
    said = {
        state: banner_of(state, replaced_by="0000002", replaces=None)
        for state in ("issued", "on_hold", "cancelled", "replaced")
    }

    assert said["issued"] is None
    assert "TẠM GIỮ" in said["on_hold"]
    assert "ĐÃ HỦY" in said["cancelled"]
    assert "0000002" in said["replaced"]
    assert "ĐÃ ĐƯỢC THAY THẾ" in banner_of("replaced", replaced_by=None, replaces=None)
    assert banner_of("issued", replaced_by=None, replaces="0000001") == (
        "Thay thế biên lai số 0000001"
    )


def test_a_form_that_nobody_checked_says_so():
    assert fine_of(None) == [UNCHECKED, PROVED]
    assert fine_of("Phòng Tài chính, 11/2026") == [PROVED]


def test_lines_and_day_are_written_for_people():
    row = rows_of(LINES[:1])[0]

    assert (row.quantity, row.unit_amount, row.amount) == ("3", "8.000\u00a0đ", "24.000\u00a0đ")
    assert rows_of(LINES[3:])[0].amount == "0\u00a0đ"
    at = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
    assert day_of(at, "Long Hưng") == "Long Hưng, ngày 01 tháng 12 năm 2026"
