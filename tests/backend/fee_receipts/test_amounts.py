"""Amounts in Vietnamese words, as people at the counter read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from backend.fee_receipts.model.amounts import in_words

VECTORS = {
    0: "Không đồng",
    5: "Năm đồng",
    10: "Mười đồng",
    11: "Mười một đồng",
    15: "Mười lăm đồng",
    20: "Hai mươi đồng",
    21: "Hai mươi mốt đồng",
    24: "Hai mươi bốn đồng",
    25: "Hai mươi lăm đồng",
    55: "Năm mươi lăm đồng",
    100: "Một trăm đồng",
    101: "Một trăm linh một đồng",
    105: "Một trăm linh năm đồng",
    110: "Một trăm mười đồng",
    115: "Một trăm mười lăm đồng",
    121: "Một trăm hai mươi mốt đồng",
    1_000: "Một nghìn đồng",
    1_001: "Một nghìn không trăm linh một đồng",
    1_010: "Một nghìn không trăm mười đồng",
    8_000: "Tám nghìn đồng",
    10_005: "Mười nghìn không trăm linh năm đồng",
    24_000: "Hai mươi bốn nghìn đồng",
    105_000: "Một trăm linh năm nghìn đồng",
    1_000_000: "Một triệu đồng",
    1_000_005: "Một triệu không trăm linh năm đồng",
    1_010_101: "Một triệu không trăm mười nghìn một trăm linh một đồng",
    21_000_000: "Hai mươi mốt triệu đồng",
    1_000_000_000: "Một tỷ đồng",
    5_000_015_000: "Năm tỷ không trăm mười lăm nghìn đồng",
    999_999_999_999: "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu "
    "chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng",
    1_000_000_000_000: "Một nghìn tỷ đồng",
}
DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def heard(words):
    """Read an amount back from its words, on another way than it was written."""
    amount = group = last = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in DIGITS:
            last = DIGITS[word]
        elif word == "trăm":
            group, last = group + last * 100, 0
        elif word == "mươi":
            group, last = group + last * 10, 0
        elif word == "mười":
            group, last = group + 10, 0
        elif word in {"nghìn", "triệu", "tỷ"}:
            amount += (group + last) * {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            group = last = 0
    return amount + group + last


@pytest.mark.parametrize(("amount", "words"), VECTORS.items())
def test_an_amount_is_read_as_people_read_it(amount, words):
    assert in_words(amount) == words


@given(some.integers(0, 10**12 - 1))
def test_what_is_read_is_the_amount(amount):
    assert heard(in_words(amount)) == amount


@pytest.mark.parametrize("amount", [-1, 10**12 + 1])
def test_what_no_fee_can_be_is_not_read(amount):
    with pytest.raises(ValueError, match="no amount"):
        in_words(amount)
