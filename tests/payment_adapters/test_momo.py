"""MoMo through the kit, byte for byte against published rules, and over HTTP."""

import asyncio
import json

import msgspec
import pytest

from payment_adapters.contract import (
    BadSignature,
    Malformed,
    Misconfigured,
    RawRequest,
    Redirect,
    Rejected,
    Secret,
    Transient,
    Unsure,
)
from payment_adapters.momo import wire
from payment_adapters.momo.adapter import create
from payment_adapters.testing import (
    CODE,
    REFUND_CODE,
    Conformance,
    context_of,
    sample_attempt,
    sample_refund,
)
from tests.payment_adapters.momo_harness import (
    ACCESS,
    BASE,
    INFO,
    MILLISECONDS,
    PARTNER,
    SECRET,
    SETTINGS,
    Answers,
    MoMoHarness,
)


class TestMoMo(Conformance):
    def harness(self):
        return MoMoHarness()


def start(harness, **changes):
    return asyncio.run(create().start(context_of(harness), sample_attempt(**changes)))


def query(harness):
    return asyncio.run(create().query(context_of(harness), sample_attempt()))


def refund(harness, **changes):
    return asyncio.run(create().refund(context_of(harness), sample_refund(**changes)))


def query_refund(harness):
    return asyncio.run(create().query_refund(context_of(harness), sample_refund()))


def signature_of(message):
    return json.loads(wire.signed(Secret(ACCESS), Secret(SECRET), message))["signature"]


def test_the_published_rules_give_the_golden_signatures():
    order = {"order_id": "P7K2M9QX4T01", "request_id": "REQ-P7K2M9QX4T01-1"}
    wish = wire.Create(
        partner_code=PARTNER,
        amount=15_000,
        order_info=INFO,
        redirect_url="https://mot-cua.example.vn/tt/momo/ve",
        ipn_url="https://mot-cua.example.vn/tt/momo/ipn",
        **order,
    )
    question = wire.Query(partner_code=PARTNER, request_id="REQ-Q-1", order_id="P7K2M9QX4T01")
    back = wire.Refund(
        partner_code=PARTNER,
        order_id="RF-P7K2M9QX4T01-1",
        request_id="REQ-RF-1",
        amount=5_000,
        trans_id=4_088_878_653,
        description="Hoan phi",
    )

    assert [signature_of(one) for one in (wish, question, back)] == [
        "0584138b4bca25ec692e01e0bedf0a5998d797e4f7617465392244a9702c0b18",
        "ca4baeccefb53e1b3c2311007dc1b1eedc267a5fd54d9491a66e5c64e15395d0",
        "7fc474cb3972d7894a26251c7aad4b1f528d78a763614ec54dc90b79c360dadf",
    ]


def test_the_published_rule_proves_the_golden_notice():
    told = {
        "partnerCode": PARTNER,
        "orderId": "P7K2M9QX4T01",
        "requestId": "REQ-P7K2M9QX4T01-1",
        "amount": 15_000,
        "orderInfo": INFO,
        "orderType": "momo_wallet",
        "transId": 4_088_878_653,
        "resultCode": 0,
        "message": "Thành công.",
        "payType": "qr",
        "responseTime": MILLISECONDS,
        "extraData": "",
        "signature": "cc1ce95a6c48b6a25576ae44d8ce60d8409690d1bd7bdd1a3f77935fb2d30dfc",
    }
    request = RawRequest(method="POST", body=json.dumps(told).encode())

    seen = create().parse_notice(context_of(MoMoHarness()), request).observations[0]

    assert (seen.provider_ref, seen.txn, seen.amount) == ("P7K2M9QX4T01", "4088878653", 15_000)


def test_letters_are_composed_and_no_text_passes_for_a_signed_field():
    decomposed = "Le\u0323\u0302 phi\u0301&resultCode=0\n\ttrích lục"

    assert wire.order_info(decomposed, instead="x") == "Lệ phí resultCode 0 trích lục"
    assert wire.order_info(" \n ", instead=CODE) == CODE


def test_the_citizen_is_sent_to_momos_page():
    assert start(MoMoHarness()).next_action == Redirect(f"{BASE}/v2/gateway/pay?t=x")


@pytest.mark.parametrize(
    "page",
    ["https://momo.evil.example/pay", "http://payment.momo.vn/pay", "javascript:x", "", None],
)
def test_a_page_elsewhere_is_not_followed(page):
    with pytest.raises(Unsure):
        start(Answers(payUrl=page, signature=None))


def test_a_start_that_is_answered_without_a_signature_is_taken_for_what_it_is():
    assert start(Answers(signature=None)).next_action == Redirect(f"{BASE}/v2/gateway/pay?t=x")


@pytest.mark.parametrize(
    "changes",
    [{"orderId": "OTHER"}, {"partnerCode": "OTHER"}, {"requestId": "OTHER"}, {"amount": 16_000}],
)
def test_an_answer_about_another_order_tells_nothing(changes):
    with pytest.raises(Unsure):
        start(Answers(**changes, signature=None))
    if "amount" not in changes:
        with pytest.raises(Unsure):
            query(Answers(**changes))
    with pytest.raises(Unsure):
        refund(Answers(**changes))


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, 20, Rejected),
        (400, 13, Misconfigured),
        (403, 11, Misconfigured),
        (400, 10, Transient),
        (400, 41, Unsure),
        (400, 1006, Unsure),
        (404, 99, Unsure),
        (429, 0, Transient),
        (500, 20, Unsure),
        (302, 0, Unsure),
    ],
)
def test_a_refusal_by_status_is_read_by_its_code(status, code, error):
    with pytest.raises(error):
        start(Answers(status, {"resultCode": code, "message": "x"}))


def test_a_refused_question_is_no_verdict():
    with pytest.raises(Unsure):
        query(Answers(400, {"resultCode": 20}))


@pytest.mark.parametrize("missing", ["amount", "transId"])
def test_paid_without_amount_or_movement_tells_nothing(missing):
    with pytest.raises(Unsure):
        query(Answers(**{missing: None}))


def test_a_moment_that_is_not_told_is_not_made_up():
    assert query(Answers(lastUpdated=None, responseTime=None))[0].occurred_at is None


def test_each_question_has_a_name_of_its_own():
    sent = []

    asyncio.run(create().query(context_of(MoMoHarness(), sent=sent), sample_attempt()))

    assert json.loads(sent[0].body)["requestId"] == f"ASK-{CODE}-{'07' * 8}"


def test_a_paid_notice_without_a_movement_is_malformed():
    told = MoMoHarness().told()
    values = {**json.loads(MoMoHarness().notice(told).body), "transId": 0}
    values["signature"] = wire.sign_told(Secret(ACCESS), Secret(SECRET), values)

    with pytest.raises(Malformed):
        create().parse_notice(
            context_of(MoMoHarness()),
            RawRequest(method="POST", body=json.dumps(values).encode()),
        )


def test_a_failed_notice_may_be_without_a_movement():
    told = MoMoHarness().told(says="failed")
    values = {**json.loads(MoMoHarness().notice(told).body), "transId": 0, "payType": None}
    values["signature"] = wire.sign_told(Secret(ACCESS), Secret(SECRET), values)
    request = RawRequest(method="POST", body=json.dumps(values).encode())

    seen = create().parse_notice(context_of(MoMoHarness()), request).observations[0]

    assert (seen.status, seen.txn) == ("failed", None)


@pytest.mark.parametrize("depth", [100, 600, 900, 960, 990, 100_000])
def test_a_list_without_end_is_refused(depth):
    body = MoMoHarness().notice(MoMoHarness().told()).body
    deep = body.replace(b'"extraData":""', b'"extraData":' + b"[" * depth + b"]" * depth)

    with pytest.raises((BadSignature, Malformed)):
        create().parse_notice(context_of(MoMoHarness()), RawRequest(method="POST", body=deep))
    assert b"extraData" not in create().redact(deep)


def test_a_notice_without_one_of_its_signed_fields_does_not_pass():
    values = json.loads(MoMoHarness().notice(MoMoHarness().told()).body)
    del values["extraData"]

    with pytest.raises(BadSignature):
        create().parse_notice(
            context_of(MoMoHarness()),
            RawRequest(method="POST", body=json.dumps(values).encode()),
        )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"amount": 999}, Rejected),
        ({"txn": "not-a-number"}, Rejected),
        ({"txn": "١٢٣"}, Rejected),
    ],
)
def test_what_momo_would_not_give_back_is_refused_before_any_call(changes, error):
    with pytest.raises(error):
        refund(Answers(500), **changes)


def test_given_back_without_a_movement_tells_nothing():
    with pytest.raises(Unsure):
        refund(Answers(transId=None))


def test_a_giving_back_of_another_amount_tells_nothing():
    with pytest.raises(Unsure):
        query_refund(
            Answers(
                refundTrans=[
                    {
                        **MoMoHarness().one(MoMoHarness().told()),
                        "orderId": f"RF-{REFUND_CODE}",
                        "amount": 1_000,
                    }
                ]
            )
        )


@pytest.mark.parametrize("others", [[], None, ["RF-HSOTHER22"]])
def test_a_giving_back_that_momo_does_not_list_is_not_found(others):
    one = MoMoHarness().one(MoMoHarness().told())
    listed = others and [{**one, "orderId": ref, "amount": 1_000} for ref in others]

    assert query_refund(Answers(refundTrans=listed)).status == "not_found"


def test_without_its_payment_a_giving_back_is_a_doubt():
    with pytest.raises(Unsure):
        query_refund(Answers(refundTrans=[], resultCode=42))


@pytest.mark.parametrize(
    ("query_text", "ref", "claimed"),
    [
        (f"orderId={CODE}&resultCode=0", CODE, "paid"),
        (f"orderId={CODE}&resultCode=1006", CODE, "failed"),
        (f"orderId={CODE}&resultCode=9000", CODE, "pending"),
        (f"orderId={CODE}&resultCode=99", CODE, "unknown"),
        (f"orderId={CODE}&resultCode=-0", CODE, "unknown"),
        (f"orderId={CODE}&orderId={CODE}", None, "unknown"),
        ("orderId=%27+OR+1%3D1&resultCode=0", None, "paid"),
        ("orderId=" + "a" * 60, None, "unknown"),
        ("", None, "unknown"),
    ],
)
def test_the_return_is_a_hint_at_most(query_text, ref, claimed):
    request = RawRequest(method="GET", query=query_text)

    hint = create().parse_return(context_of(MoMoHarness()), request)

    assert (hint.provider_ref, hint.claimed) == (ref, claimed)


@pytest.mark.parametrize(
    ("url", "production"),
    [
        ("payment.momo.vn", False),
        ("https://payment.momo.vn/v2", False),
        ("http://payment.momo.vn", True),
        ("https://test-payment.momo.vn", True),
    ],
)
def test_settings_that_cannot_work_are_found(url, production):
    harness = MoMoHarness()
    harness.settings = {**SETTINGS, "base_url": url}

    assert create().check_config(context_of(harness, production=production))


def test_settings_of_another_adapter_are_refused():
    ctx = context_of(MoMoHarness())
    wrong = type(ctx)(**{**ctx.__dict__, "config": Wrong()})

    with pytest.raises(Misconfigured):
        asyncio.run(create().query(wrong, sample_attempt()))
    assert create().origins(Wrong()) == ()


class Wrong(msgspec.Struct):
    """Not MoMo's settings."""
