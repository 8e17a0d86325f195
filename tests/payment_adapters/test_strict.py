"""What strangers send is read strictly, and secrets stay secret."""

import msgspec
import pytest

from payment_adapters import plain, strict
from payment_adapters.contract import Adapter, BadSignature, Dong, Malformed, Misconfigured, Secret
from payment_adapters.testing import NOW


class Money(msgspec.Struct):
    amount: Dong


class Config(msgspec.Struct):
    secret: Secret


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b'{"amount":"15000"}',
        b'{"amount":15000.0}',
        b'{"amount":1.5e4}',
        b'{"amount":true}',
        b'{"amount":-1}',
        b'{"amount":1000000000001}',
        b'{"amount":9223372036854775808}',
        b'{"amount":1' + b"0" * 400 + b"}",
        b'{"amount":1,"x":1' + b"0" * 5000 + b"}",
        b'{"amount":1,"amount":2}',
        b'{"amount":1,"x":{"y":1,"y":2}}',
        b'{"amount":[1]}',
        b'{"amount":1,"x":NaN}',
        b'{"amount":1,"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"amount":1,"x":"\xff"}',
    ],
    ids=range(17),
)
def test_what_is_no_plain_json_of_whole_numbers_is_malformed(raw):
    with pytest.raises(Malformed):
        strict.read_json(raw, Money)


def test_a_plain_message_is_read():
    assert strict.read_json(b'{"amount":15000,"more":[1,{"x":null}]}', Money).amount == 15_000


@pytest.mark.parametrize("table", [{}, {"secret": ""}, {"secret": 5}, {"secret": "a\nb"}])
def test_a_setting_that_cannot_work_is_named_without_its_value(table):
    with pytest.raises(Misconfigured) as refused:
        strict.read_config(Config, table)

    assert "secret" in str(refused.value)
    assert "a\nb" not in str(refused.value)


def test_a_secret_shows_itself_only_when_asked():
    secret = Secret("opensesame")

    assert "opensesame" not in f"{secret!r} {secret} {Config(secret)!r}"
    assert secret.reveal() == b"opensesame"
    assert secret == Secret("opensesame")
    assert secret != Secret("other")
    assert secret != "opensesame"
    assert hash(secret) == hash(Secret("other"))


@pytest.mark.parametrize("text", ["", "1", "-5", "1e9", "01795246332", "١٧٩٥", "9" * 13])
def test_a_timestamp_must_be_plain_seconds_near_now(text):
    with pytest.raises(BadSignature):
        strict.check_timestamp(text, now=NOW)


@pytest.mark.parametrize(
    "signature", ["", "sha256=", "sha256=" + "0" * 64, "sha256=" + "é" * 64, "0" * 64]
)
def test_a_signature_must_be_ours_and_well_written(signature):
    with pytest.raises(BadSignature):
        strict.check_hmac_sha256(Secret("x"), b"message", signature)


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://pay.example.vn", True),
        ("http://127.0.0.1:8002", True),
        ("https://pay.example.vn/", False),
        ("https://user@pay.example.vn", False),
        ("pay.example.vn", False),
        ("https://", False),
        ("javascript://x", False),
        ("https://p ay", False),
    ],
)
def test_an_origin_is_scheme_and_host_alone(url, fits):
    assert strict.is_origin(url) == fits


@pytest.mark.parametrize(
    ("page", "home"),
    [
        ("https://api.pay.example.vn/x", True),
        ("https://gate.pay.example.vn/x?order=1", True),
        ("https://pay.example.vn/x", False),
        ("https://evilpay.example.vn/x", False),
        ("https://gate.pay.example.vn.evil.example/x", False),
        ("https://a@gate.pay.example.vn/x", False),
        ("https://evil.example\\.pay.example.vn/x", False),
        ("http://gate.pay.example.vn/x", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_page_is_at_home_at_its_origin_or_under_the_same_domain(page, home):
    assert strict.is_at_home(page, "https://api.pay.example.vn") == home


@pytest.mark.parametrize(
    ("page", "origin"),
    [
        ("https://127.9.9.9/x", "https://127.0.0.1"),
        ("https://evil.vn/x", "https://example.vn"),
        ("https://x/", "https://localhost"),
    ],
)
def test_a_number_or_a_short_name_has_no_domain_of_its_own(page, origin):
    assert not strict.is_at_home(page, origin)
    assert strict.is_at_home(f"{origin}/x", origin)


def test_numbers_are_read_as_they_came():
    values = strict.read_verbatim(b'{"a":1.50,"b":"1.50","c":[1e3],"d":null,"e":true}')

    assert values == {"a": "1.50", "b": "1.50", "c": ["1e3"], "d": None, "e": True}
    assert [type(values[name]) for name in "ab"] == [strict.Number, str]


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"1", b'{"a":NaN}', b'{"a":1,"a":1}', b'{"a":"\xff"}', b"[" * 100_000]
)
def test_what_is_no_plain_object_is_malformed_too(raw):
    with pytest.raises(Malformed):
        strict.read_verbatim(raw)


def test_of_a_query_only_what_stands_there_once_is_read():
    assert strict.read_query("a=1&b=2&b=3&c=&d=%C3%A9") == {"a": "1", "c": "", "d": "é"}


def test_a_log_keeps_what_is_listed_and_nothing_else():
    raw = '{"amount":5,"name":"Bưởi","list":[{"amount":6,"name":"x"}]}'.encode()

    assert strict.keep_only(raw, "amount list") == b'{"amount": 5, "list": [{"amount": 6}]}'
    assert strict.keep_only(b"<html>", "amount") == b""


def test_a_text_is_one_line_and_composed():
    assert plain.one_line("Le\u0323\u0302\n\tphi\u0301 ", most=6) == "Lệ phí"
    assert plain.one_line("a|b", most=9, without="|") == "a b"


def test_what_an_adapter_leaves_out_tells_nothing():
    class Bare(Adapter):
        pass

    assert Bare().redact(b"anything") == b""
