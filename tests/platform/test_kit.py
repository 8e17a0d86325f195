"""The small tools: codes, money, Vietnamese text, moments."""

# ruff: noqa: S311 - seeded randomness, so that a failing case can be replayed

import random
from datetime import UTC, datetime

import pytest

from backend.platform.kit import errors, ids
from backend.platform.kit.clock import iso
from backend.platform.kit.money import dong
from backend.platform.kit.vietnamese import (
    fold,
    has_control_characters,
    masked_name,
    nfc,
    one_line,
    phone_digits,
    refuse_control_characters,
)


def test_a_moment_is_written_in_vietnamese_time():
    moment = datetime(2026, 11, 22, 9, 5, 9, 999, tzinfo=UTC)

    assert iso(moment) == "2026-11-22T16:05:09+07:00"


def test_a_moment_without_a_zone_is_not_guessed():
    with pytest.raises(ValueError, match="time zone"):
        iso(datetime(2026, 11, 22))  # noqa: DTZ001


def test_a_code_has_the_wanted_length_and_reads_back():
    codes = [ids.make_code(13, random=random.Random(seed).randbytes) for seed in range(200)]

    assert all(ids.clean_code(code, length=13) == code for code in codes)
    assert len(set(codes)) == 200


def test_every_symbol_is_as_likely():
    text = "".join(
        ids.make_code(13, random=random.Random(seed).randbytes)[:-1] for seed in range(5000)
    )

    shares = [text.count(symbol) / len(text) * 30 for symbol in ids.ALPHABET]

    assert 0.9 < min(shares) < max(shares) < 1.1


def test_randomness_that_is_thrown_away_is_asked_for_again():
    source = iter([b"\xff\xff\xff", b"\x00\xf0\x01", b"\x02"])

    assert ids.make_code(4, random=lambda _n: next(source)).startswith("234")


def test_every_single_wrong_symbol_is_noticed():
    code = ids.make_code(13, random=random.Random(7).randbytes)

    wrong = [
        code[:place] + symbol + code[place + 1 :]
        for place in range(13)
        for symbol in ids.ALPHABET
        if symbol != code[place]
    ]

    assert all(ids.clean_code(text, length=13) is None for text in wrong)


@pytest.mark.parametrize("shape", ["{0} {1}", "{0}-{1}", " {0}\u00a0–{1}\n", "{0}{1}"])
def test_case_spaces_and_hyphens_do_not_count(shape):
    code = ids.make_code(8, random=random.Random(1).randbytes)

    assert ids.clean_code(shape.format(code[:4].lower(), code[4:]), length=8) == code


@pytest.mark.parametrize(
    "text", ["", "A", "ßßßßßßßß"[:8], "０" * 8, "A" * 9, "\0" * 8, "A" * 10**5]
)
def test_what_cannot_be_a_code_is_none(text):
    assert ids.clean_code(text, length=8) is None


def test_money_is_written_with_points_and_a_space_that_does_not_break():
    assert dong(0) == "0\u00a0đ"
    assert dong(24000) == "24.000\u00a0đ"
    assert dong(1234567890) == "1.234.567.890\u00a0đ"


def test_text_is_stored_in_one_form():
    assert nfc(" Nguye\u0302\u0303n \u00d0ức ") == "Nguyễn Đức"


@pytest.mark.parametrize(
    "blank", ["\t", "\n", "\r\n", "\v", "\u00a0", "\u2003", "\u2028", "\u3000", "   "]
)
def test_white_space_that_was_pasted_is_one_blank(blank):
    assert one_line(f"{blank}Lê{blank}Thị \u00d0ức{blank}") == "Lê Thị Đức"


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1c", "\x85", "\u200b", "\ufeff"])
def test_a_sign_that_is_no_white_space_stays_to_be_refused(sign):
    assert has_control_characters(one_line(f"Lê An{sign}"))


@pytest.mark.parametrize("text", ["Hòa Bình", "Hoà  bình", "HO\u0300A BI\u0300NH", "hoa binh"])
def test_search_keys_do_not_care_for_tones_or_their_place(text):
    assert fold(text) == "hoa binh"


def test_a_search_key_has_no_stroke():
    assert fold("ĐƯỜNG Đặng") == "duong dang"


def test_a_masked_name_keeps_the_family_name_and_initials():
    assert masked_name("Nguyễn Thị Bích Trâm") == "Nguyễn T. B. T."
    assert masked_name("Lan") == "Lan"
    assert masked_name("") == ""


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "+84 912 345 678",
        "84912345678",
        "0912.345.678",
        "(0912) 345-678",
        "０９１２３４５６７８",
    ],
)
def test_a_phone_number_is_read_in_every_usual_shape(text):
    assert phone_digits(text) == "0912345678"


@pytest.mark.parametrize(
    "text", ["", "091234567", "09123456789", "0012345678", "٠٩١٢٣٤٥٦٧٨", "0912345678x"]
)
def test_what_is_no_phone_number_is_none(text):
    assert phone_digits(text) is None


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "a\0b", "a\ud800b", "a\nb"])
def test_hidden_characters_are_refused_with_their_place(text):
    with pytest.raises(errors.Unprocessable) as refusal:
        refuse_control_characters(text, pointer="/owner/name")

    assert refusal.value.errors[0].pointer == "/owner/name"


def test_line_breaks_are_allowed_where_lines_are():
    assert not has_control_characters("một\nhai", lines=True)
    assert has_control_characters("một\u200bhai", lines=True)


def test_a_problem_that_passes_says_when():
    assert errors.Busy().headers["Retry-After"] == "5"
    assert errors.TooMany(retry_after=0).headers["Retry-After"] == "1"
    assert errors.Full().status == 507
