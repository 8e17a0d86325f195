"""VietQR byte for byte: published payloads, our own, and everything that may not be drawn."""

import asyncio
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_adapters.contract import Misconfigured, Rejected, ShowQr
from payment_adapters.testing import Conformance, Harness, context_of, sample_attempt
from payment_adapters.vietqr import wire
from payment_adapters.vietqr.adapter import create
from payment_adapters.vietqr.wire import Transfer

GOLDEN = [
    (
        Transfer(bank_bin="970436", account="0123456789"),
        (
            "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN"
            "63046A15"
        ),
    ),
    (
        Transfer(bank_bin="970436", account="0123456789", amount=15_000, purpose="HSP7K2M9Q"),
        (
            "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA5303704540515000"
            "5802VN62130809HSP7K2M9Q63048571"
        ),
    ),
    (
        Transfer(
            bank_bin="970405", account="1800201234567", amount=8_000, purpose="HS7Q4KX2M9 LE PHI"
        ),
        (
            "00020101021238570010A00000072701270006970405011318002012345670208QRIBFTTA530370454048000"
            "5802VN62210817HS7Q4KX2M9 LE PHI630444F9"
        ),
    ),
    (
        Transfer(
            bank_bin="970436",
            account="9704361234567890",
            amount=50_000,
            purpose="HSABCDEFGH",
            service="QRIBFTTC",
        ),
        (
            "00020101021238600010A00000072701300006970436011697043612345678900208QRIBFTTC530370454055"
            "00005802VN62140810HSABCDEFGH630442CC"
        ),
    ),
    (
        Transfer(bank_bin="970422", account="VQRQ0001ABCDE", amount=1, purpose="A"),
        (
            "00020101021238570010A000000727012700069704220113VQRQ0001ABCDE0208QRIBFTTA5303704540115802"
            "VN62050801A630456BB"
        ),
    ),
    (
        Transfer(
            bank_bin="970418",
            account="12345678901234567",
            amount=999_999_999,
            purpose="HS0123456789ABCDEFGHJKMNP",
        ),
        (
            "00020101021238610010A000000727013100069704180117123456789012345670208QRIBFTTA530370454099"
            "999999995802VN62290825HS0123456789ABCDEFGHJKMNP6304CF92"
        ),
    ),
    (
        Transfer(
            bank_bin="970415", account="113366668888", amount=79_000, purpose="Ung Ho Quy Vac Xin"
        ),
        (
            "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA530370454057900058"
            "02VN62220818Ung Ho Quy Vac Xin63043ACF"
        ),
    ),
    (
        Transfer(bank_bin="970403", account="0011012345678"),
        (
            "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN"
            "63049E6F"
        ),
    ),
]
WITH_BILL_NUMBER = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802"
    "VN62340107NPS68690819thanh toan don hang63042E2E"
)

SETTINGS = {"enabled": True}


class VietQrHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    golden = GOLDEN[1][1]


class TestVietQr(Conformance):
    def harness(self):
        return VietQrHarness()


def test_the_checksum_gives_the_published_check_value():
    assert wire.checksum("123456789") == "29B1"


@pytest.mark.parametrize(("transfer", "payload"), GOLDEN)
def test_a_payload_is_written_byte_for_byte(transfer, payload):
    assert wire.write(transfer) == payload


@pytest.mark.parametrize(("transfer", "payload"), GOLDEN)
def test_a_payload_is_read_back(transfer, payload):
    assert wire.read(payload) == transfer


def test_a_payload_of_another_maker_is_read():
    found = wire.read(WITH_BILL_NUMBER)

    assert (found.amount, found.purpose) == (180_000, "thanh toan don hang")


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 15_000.0},
        {"amount": True},
        {"amount": 10**13},
        {"purpose": "x" * 26},
        {"purpose": "x" * 120},
        {"purpose": "lệ phí"},
        {"purpose": "A&B"},
        {"bank_bin": "97043"},
        {"bank_bin": "97043a"},
        {"bank_bin": "٩٧٠٤٣٦"},
        {"account": ""},
        {"account": "1" * 20},
        {"account": "12 34"},
        {"account": "số1"},
    ],
)
def test_what_does_not_fit_the_format_is_never_drawn(changes):
    fields = {"bank_bin": "970436", "account": "0123456789", "amount": 15_000, **changes}

    with pytest.raises(ValueError, match=r"."):
        wire.write(Transfer(**fields))


@pytest.mark.parametrize(
    "payload", ["", "63046A15", GOLDEN[0][1][:-1], GOLDEN[0][1].lower(), "9" * 600, "mã " * 20]
)
def test_what_is_no_payload_is_not_read(payload):
    with pytest.raises(ValueError, match=r"."):
        wire.read(payload)


def with_checksum(text):
    return text + wire.checksum(text)


@pytest.mark.parametrize(
    "text",
    [
        "0002016304",
        GOLDEN[1][1][:-4].replace("5303704", "5303840"),
        GOLDEN[1][1][:-4].replace("A000000727", "A000000775"),
        GOLDEN[1][1][:-4].replace("540515000", "5405150.0"),
        GOLDEN[1][1][:-4].replace("540515000", "540500000"),
        GOLDEN[1][1][:-4].replace("5802VN", "5899VN"),
        GOLDEN[1][1][:-4].replace("5802VN", "5800"),
    ],
)
def test_a_payload_with_a_right_checksum_and_wrong_content_is_not_read(text):
    with pytest.raises(ValueError, match=r"."):
        wire.read(with_checksum(text))


@given(
    place=st.integers(0, len(GOLDEN[1][1]) - 1),
    sign=st.characters(min_codepoint=32, max_codepoint=126),
)
def test_one_altered_sign_is_never_read_as_another_transfer(place, sign):
    good = GOLDEN[1][1]
    altered = good[:place] + sign + good[place + 1 :]

    try:
        found = wire.read(altered)
    except ValueError:
        found = None

    assert (found is not None) == (altered == good)


@given(st.text(max_size=200))
def test_reading_anything_raises_value_error_only(text):
    with contextlib.suppress(ValueError):
        wire.read(text)


def test_the_citizen_gets_the_code_and_the_same_in_words():
    started = asyncio.run(create().start(context_of(VietQrHarness()), sample_attempt()))

    action = started.next_action
    assert isinstance(action, ShowQr)
    assert wire.read(action.payload) == GOLDEN[1][0]
    assert action.transfer.bank == "Vietcombank"
    for part in ("0123456789", "15.000\u00a0đ", "HSP7K2M9Q", "UBND PHUONG MAU"):
        assert part in action.text


def test_without_an_account_nothing_is_drawn():
    with pytest.raises(Misconfigured):
        asyncio.run(create().start(context_of(VietQrHarness()), sample_attempt(account=None)))


def test_an_amount_of_nothing_is_refused_for_certain():
    with pytest.raises(Rejected):
        asyncio.run(create().start(context_of(VietQrHarness()), sample_attempt(amount=0)))


def test_a_bank_that_is_not_in_the_list_shows_its_number():
    assert wire.bank_name("970499") == "970499"
