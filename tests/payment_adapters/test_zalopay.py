"""ZaloPay through the kit, byte for byte against published rules, and over HTTP."""

import asyncio
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import msgspec
import pytest

from payment_adapters.contract import (
    Malformed,
    Misconfigured,
    RawRequest,
    Redirect,
    Rejected,
    Secret,
    Transient,
    Unsure,
)
from payment_adapters.testing import (
    AMOUNT,
    CODE,
    REFUND_CODE,
    Conformance,
    context_of,
    sample_attempt,
    sample_refund,
)
from payment_adapters.zalopay import wire
from payment_adapters.zalopay.adapter import create
from tests.payment_adapters.zalopay_harness import (
    APP,
    KEY1,
    KEY2,
    MILLISECONDS,
    REF,
    SETTINGS,
    Answers,
    ZaloPayHarness,
    mac,
)


class TestZaloPay(Conformance):
    def harness(self):
        return ZaloPayHarness()


def start(harness, **changes):
    return asyncio.run(create().start(context_of(harness), sample_attempt(**changes)))


def query(harness):
    return asyncio.run(create().query(context_of(harness), sample_attempt()))


def refund(harness, **changes):
    return asyncio.run(create().refund(context_of(harness), sample_refund(**changes)))


def query_refund(harness):
    return asyncio.run(create().query_refund(context_of(harness), sample_refund()))


def notice(data):
    text = json.dumps(data)
    body = json.dumps({"data": text, "mac": mac(KEY2, text), "type": 1}).encode()
    request = RawRequest(method="POST", body=body)
    return create().parse_notice(context_of(ZaloPayHarness()), request).observations[0]


def test_the_published_rules_give_the_golden_macs():
    key = Secret(KEY1)
    wish = wire.Create(
        app_id=APP,
        app_user="mot-cua",
        app_trans_id="261122_P7K2M9QX4T01",
        app_time=1_795_246_205_000,
        amount=15_000,
        embed_data=wire.embed_data("https://mot-cua.example.vn/tt/zalopay/ve"),
        description="x",
        callback_url="x",
        expire_duration_seconds=900,
        mac="",
    )
    question = wire.Query(app_id=APP, app_trans_id="261122_P7K2M9QX4T01", mac="")
    back = wire.Refund(
        app_id=APP,
        m_refund_id="261123_2554_RF0001",
        zp_trans_id="261122000007041",
        amount=5_000,
        description="Hoan phi",
        timestamp=1_795_312_800_000,
        mac="",
    )
    asked = wire.QueryRefund(
        app_id=APP, m_refund_id="261123_2554_RF0001", timestamp=1_795_312_900_000, mac=""
    )

    assert [
        wire.sign_create(key, wish),
        wire.sign_query(key, question),
        wire.sign_refund(key, back),
        wire.sign_query_refund(key, asked),
    ] == [
        "37eec01e6dbd162da4ac97e3480392e55a40d5fe135b42c819610f558d193e99",
        "790469a36fd286effdd7930826a376b020a16286d1522bee32fb504478727976",
        "20ba7f5b5b7d5363a73c2fb25a14229d5eee5307d24d3644bc40f7ad9428190d",
        "70ad51325f9ca20f952b7de96b20d322c07c8e593f110f693a2b73035d487401",
    ]


def test_the_published_rule_proves_the_golden_callback():
    data = (
        '{"app_id":2554,"app_trans_id":"261122_P7K2M9QX4T01","app_time":1795246205000,'
        '"app_user":"mot-cua","amount":15000,'
        '"embed_data":"{\\"redirecturl\\":\\"https://mot-cua.example.vn/tt/zalopay/ve\\"}",'
        '"item":"[]","zp_trans_id":261122000007041,"server_time":1795246332000,"channel":38,'
        '"merchant_user_id":"x","user_fee_amount":0,"discount_amount":0}'
    )
    golden = "77e9e9fc8b051dbabe6a3c944c5fcf66faca659a1abad4dd5aa8361394df7d02"
    body = json.dumps({"data": data, "mac": golden, "type": 1}).encode()

    seen = (
        create()
        .parse_notice(context_of(ZaloPayHarness()), RawRequest(method="POST", body=body))
        .observations[0]
    )

    assert (seen.provider_ref, seen.txn, seen.amount) == (
        "261122_P7K2M9QX4T01",
        "261122000007041",
        15_000,
    )


def test_the_said_rule_proves_the_golden_return():
    given = {
        "appid": "2554",
        "apptransid": "261122_P7K2M9QX4T01",
        "pmcid": "38",
        "bankcode": "",
        "amount": "15000",
        "discountamount": "0",
        "status": "1",
        "checksum": "188fcdcb6a9aa70ca0cb8a794a31c5e3dc76871fd9dae1c2d66d5a567d5f47f9",
    }
    request = RawRequest(method="GET", query=urlencode(given))

    hint = create().parse_return(context_of(ZaloPayHarness()), request)

    assert (hint.provider_ref, hint.claimed) == ("261122_P7K2M9QX4T01", "paid")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 16, 59, 59, tzinfo=UTC), "261122"),
        (datetime(2026, 11, 22, 17, 0, 0, tzinfo=UTC), "261123"),
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), "270101"),
    ],
)
def test_a_reference_begins_with_the_vietnamese_day(moment, day):
    attempt = sample_attempt(created_at=moment)

    assert create().provider_ref(attempt) == f"{day}_{CODE}"
    assert create().refund_ref(sample_refund(created_at=moment)) == f"{day}_{REFUND_CODE}"


def test_a_refund_carries_the_application_on_the_wire():
    sent = []

    asyncio.run(create().refund(context_of(ZaloPayHarness(), sent=sent), sample_refund()))

    assert json.loads(sent[0].body)["m_refund_id"] == f"261122_{APP}_{REFUND_CODE}"


def test_a_reason_does_not_hold_the_sign_that_joins_what_is_signed():
    assert wire.reason("Nộp | hai\nlần", instead="x") == "Nộp hai lần"
    assert wire.reason("|", instead="x") == "x"
    assert len(wire.description("x" * 5_000, instead="")) == 256


@pytest.mark.parametrize(
    ("minutes", "seconds"), [(1, 300), (15, 900), (-5, 300), (60 * 24 * 90, 2_592_000)]
)
def test_the_life_of_an_order_is_what_zalopay_takes(minutes, seconds):
    sent = []
    ends = sample_attempt().created_at.timestamp() + minutes * 60

    asyncio.run(
        create().start(
            context_of(ZaloPayHarness(), sent=sent),
            sample_attempt(expires_at=datetime.fromtimestamp(ends, UTC)),
        )
    )

    assert json.loads(sent[0].body)["expire_duration_seconds"] == seconds


def test_the_citizen_is_sent_to_zalopays_page():
    page = "https://gateway.zalopay.vn/openinapp?order=x"

    assert start(ZaloPayHarness()).next_action == Redirect(page)


@pytest.mark.parametrize(
    "page",
    [
        "https://zalopay.vn.evil.example/",
        "http://gateway.zalopay.vn/",
        "https://evilzalopay.vn/",
        "",
    ],
)
def test_a_page_elsewhere_is_not_followed(page):
    with pytest.raises(Unsure):
        start(Answers(return_code=1, order_url=page))


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"return_code": -401}, Rejected),
        ({"return_code": -402}, Misconfigured),
        ({"return_code": -429}, Transient),
        ({"return_code": -999}, Transient),
        ({"return_code": -500}, Unsure),
        ({"return_code": 2}, Unsure),
        ({"return_code": 2, "sub_return_code": 1}, Unsure),
        ({"return_code": 3}, Unsure),
        ({"return_code": 0}, Unsure),
        ({"return_code": 1}, Unsure),
        ({"return_code": "1"}, Unsure),
    ],
)
def test_the_newer_table_puts_the_code_in_front(said, error):
    with pytest.raises(error):
        start(Answers(**said))


@pytest.mark.parametrize(("status", "error"), [(429, Transient), (404, Unsure), (500, Unsure)])
def test_a_status_that_is_no_success_is_no_verdict(status, error):
    with pytest.raises(error):
        query(Answers(status, return_code=1, amount=AMOUNT, zp_trans_id=1))


@pytest.mark.parametrize(
    "said",
    [
        {"amount": AMOUNT},
        {"amount": AMOUNT, "zp_trans_id": 0},
        {"amount": AMOUNT, "zp_trans_id": "0"},
        {"amount": 0, "zp_trans_id": 1},
        {"zp_trans_id": 1},
        {"amount": AMOUNT, "zp_trans_id": "one"},
    ],
)
def test_paid_without_amount_or_movement_tells_nothing(said):
    with pytest.raises(Unsure):
        query(Answers(return_code=1, **said))


def test_a_failure_beside_a_success_is_no_verdict():
    with pytest.raises(Unsure):
        query(Answers(return_code=2, sub_return_code=1, amount=AMOUNT, zp_trans_id=1))
    with pytest.raises(Unsure):
        query_refund(Answers(return_code=2, sub_return_code=1))


def test_a_moment_that_is_not_told_is_not_made_up():
    seen = query(Answers(return_code=1, amount=AMOUNT, zp_trans_id=1))[0]

    assert (seen.occurred_at, seen.txn) == (None, "1")


def test_a_number_of_theirs_stays_text_in_either_form():
    said = {"app_id": APP, "app_trans_id": REF, "amount": AMOUNT, "server_time": MILLISECONDS}

    assert notice({**said, "zp_trans_id": "000261122000007"}).txn == "000261122000007"
    assert notice({**said, "zp_trans_id": 261_122_000_007_041}).txn == "261122000007041"
    with pytest.raises(Malformed):
        notice({**said, "zp_trans_id": 0})


@pytest.mark.parametrize(
    ("query_text", "ref"),
    [
        (f"apptransid={REF}&status=1", REF),
        (f"apptransid={REF}&status=1&checksum=é", REF),
        (f"apptransid={REF}&apptransid={REF}", None),
        ("apptransid=%00", None),
        ("", None),
    ],
)
def test_a_return_without_its_checksum_claims_nothing(query_text, ref):
    request = RawRequest(method="GET", query=query_text)

    hint = create().parse_return(context_of(ZaloPayHarness()), request)

    assert (hint.provider_ref, hint.claimed) == (ref, "unknown")


def test_a_message_of_ours_is_redacted_too():
    sent = []
    asyncio.run(create().start(context_of(ZaloPayHarness(), sent=sent), sample_attempt()))

    left = json.loads(create().redact(sent[0].body))

    assert left["app_trans_id"] == REF
    assert not {"mac", "description", "embed_data"} & left.keys()
    assert create().redact(b"<html>") == b""


@pytest.mark.parametrize(
    ("changes", "production"),
    [
        ({"base_url": "openapi.zalopay.vn"}, False),
        ({"base_url": "http://openapi.zalopay.vn"}, True),
        ({"base_url": "https://sb-openapi.zalopay.vn"}, True),
        ({"key2": KEY1}, False),
    ],
)
def test_settings_that_cannot_work_are_found(changes, production):
    harness = ZaloPayHarness()
    harness.settings = {**SETTINGS, **changes}

    assert create().check_config(context_of(harness, production=production))


def test_settings_of_another_adapter_are_refused():
    ctx = context_of(ZaloPayHarness())
    wrong = type(ctx)(**{**ctx.__dict__, "config": Wrong()})

    with pytest.raises(Misconfigured):
        asyncio.run(create().query(wrong, sample_attempt()))
    assert create().origins(Wrong()) == ()


class Wrong(msgspec.Struct):
    """Not ZaloPay's settings."""
