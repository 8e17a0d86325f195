"""VNPAY byte for byte, its codes one by one, and over HTTP against a pretend VNPAY."""

import asyncio
import json
import re
from contextlib import suppress
from dataclasses import replace as with_
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode

import httpx
import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    BadSignature,
    HttpAnswer,
    Malformed,
    Misconfigured,
    Outcome,
    RawReply,
    RawRequest,
    Refund,
    Rejected,
    ReturnHint,
    Secret,
    Transient,
    Unsure,
)
from payment_adapters.testing import (
    CODE as KIT_CODE,
)
from payment_adapters.testing import (
    NOW,
    REFUND_TXN,
    TXN,
    Conformance,
    Harness,
    as_query,
    context_of,
    sample_attempt,
)
from payment_adapters.vnpay import wire
from payment_adapters.vnpay.adapter import LEAST, MOST, create
from tests.payment_adapters.pretend import pretending

SECRET = "DUMMYVNPAYSECRETDUMMYVNPAYSECRET"
KEY = Secret(SECRET)
SITE = "DEMO0001"
CODE = "P7K2M9QX4T01"
BEGUN = datetime(2026, 11, 22, 7, 30, 5, tzinfo=UTC)
SETTINGS = {
    "enabled": True,
    "tmn_code": SITE,
    "secret": SECRET,
    "base_url": "https://sandbox.vnpayment.vn",
    "server_ip": "203.0.113.10",
}

PAY_TEXT = (
    "vnp_Amount=1500000&vnp_Command=pay&vnp_CreateDate=20261122143005&vnp_CurrCode=VND"
    "&vnp_ExpireDate=20261122144505&vnp_IpAddr=203.0.113.7&vnp_Locale=vn"
    "&vnp_OrderInfo=Le+phi+ho+so+HS-2026-000123&vnp_OrderType=other"
    "&vnp_ReturnUrl=https%3A%2F%2Fmot-cua.example.vn%2Ftt%2Fvnpay%2Fve%3Fx%3D1"
    "&vnp_TmnCode=DEMO0001&vnp_TxnRef=P7K2M9QX4T01&vnp_Version=2.1.0"
)
PAY_HASH = (
    "e4ebcfd963c006f5301614049254f9afb20368dab0448dd9a8531310fa1f6130"
    "811bc5cc07bc4e92102b861732bb401bdb4299ddfcaeccabb2ddecac8372757f"
)
IPN_TEXT = (
    "vnp_Amount=1500000&vnp_BankCode=NCB&vnp_BankTranNo=VNP14226112&vnp_CardType=ATM"
    "&vnp_OrderInfo=Le+phi+ho+so+HS-2026-000123&vnp_PayDate=20261122143212&vnp_ResponseCode=00"
    "&vnp_TmnCode=DEMO0001&vnp_TransactionNo=14226112&vnp_TransactionStatus=00"
    "&vnp_TxnRef=P7K2M9QX4T01"
)
IPN_HASH = (
    "23bf6b677cd4eabe5fe367552a0299ec96b9aaf2af73e0bbe253b7d584c58ef3"
    "bbdb421fb7f4c476fa134030855423cbd59972d686ebf2a4b7b6ebe9a8ba89e0"
)
QUERY_TEXT = (
    "q0001|2.1.0|querydr|DEMO0001|P7K2M9QX4T01|20261122143005|20261122150000|203.0.113.10"
    "|Truy van P7K2M9QX4T01"
)
QUERY_HASH = (
    "c3681681ae3532124ae15e8e92cdc7769b4c495d9a72d28a6af78bb1b69e12b6"
    "876d1a9846ea8645ff963a75a4daa33970b44572533744cad153b4da640250d9"
)
ANSWER_TEXT = (
    "a1|querydr|00|QueryDR Success|DEMO0001|P7K2M9QX4T01|1500000|NCB|20261122143212|14226112"
    "|01|00|Le phi ho so HS-2026-000123||"
)
ANSWER_HASH = (
    "41bdfe0866661462f1d08e9b7f0578cbfbaf2f938afa17f4c21f09f2245b6263"
    "096417e2d891eb852262351534a02baeedfb2d1764db86a300595c545177700d"
)
REFUND_TEXT = (
    "r0001|2.1.0|refund|DEMO0001|03|P7K2M9QX4T01|500000|14226112|20261122143005|canbo01"
    "|20261123090000|203.0.113.10|Hoan phi ho so HS-2026-000123"
)
REFUND_HASH = (
    "af9723466593c6e32ebb4a3e9b96a1063411dac6adf01b054f728cf270441709"
    "071d33c39f0c6d4d52d2d7488128c96f38300aec674cdb74ff5b512e35c21d27"
)


def attempt(**changes):
    return sample_attempt(
        **{
            "code": CODE,
            "description": "Lệ phí hồ sơ HS-2026-000123",
            "created_at": BEGUN,
            "expires_at": BEGUN + timedelta(minutes=15),
            "payer_ip": "203.0.113.7",
            **changes,
        }
    )


def refund(**changes):
    made = Refund(
        code="r0001",
        amount=5_000,
        attempt=attempt(),
        txn="14226112",
        paid=15_000,
        paid_at=NOW,
        created_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
        reason="Hoàn phí hồ sơ HS-2026-000123",
        by="canbo01",
    )
    return replace(made, **changes)


class Fixed(Harness):
    """Answers every call with these values, signed or as given."""

    create = staticmethod(create)
    settings = SETTINGS

    def __init__(self, said=None, *, names=wire.QUERY_ANSWER, status=200, body=None):
        self.said, self.names, self.status, self.body = said or {}, names, status, body

    def answer(self, request, told):
        del request, told
        body = self.body
        if body is None:
            body = json.dumps(wire.signed_body(KEY, self.names, self.said)).encode()
        return HttpAnswer(status=self.status, body=body)


def ctx_of(harness=None, *, sent=None, **changes):
    return with_(context_of(harness or Fixed(), sent=sent), **changes)


ANSWERED = dict(zip(wire.QUERY_ANSWER, ANSWER_TEXT.split("|"), strict=True))
GIVEN_BACK = {
    **{n: ANSWERED[n] for n in wire.REFUND_ANSWER},
    "Command": "refund",
    "Amount": "500000",
    "TransactionNo": "14226999",
    "TransactionType": "03",
}


def query(said, **more):
    harness = Fixed({**ANSWERED, **said}, **more)
    return asyncio.run(create().query(ctx_of(harness), attempt()))


def give_back(said, **more):
    harness = Fixed({**GIVEN_BACK, **said}, names=wire.REFUND_ANSWER, **more)
    return asyncio.run(create().refund(ctx_of(harness), refund()))


def ipn(changes=None, *, key=KEY):
    said = dict(parse_qsl(IPN_TEXT)) | {f"vnp_{n}": v for n, v in (changes or {}).items()}
    short = {name.removeprefix("vnp_"): value for name, value in said.items() if value}
    return RawRequest(method="GET", query=wire.signed_query(key, short))


def heard(request):
    return create().parse_notice(ctx_of(), request).observations[0]


# -- byte for byte ------------------------------------------------------------------------------


def test_the_page_to_pay_on_is_signed_byte_for_byte():
    ctx = ctx_of(return_url="https://mot-cua.example.vn/tt/vnpay/ve?x=1")

    started = asyncio.run(create().start(ctx, attempt()))

    assert started.next_action.url == (
        f"https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?{PAY_TEXT}&vnp_SecureHash={PAY_HASH}"
    )
    assert started.expires_at == BEGUN + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        (PAY_TEXT, PAY_HASH),
        (IPN_TEXT, IPN_HASH),
        (QUERY_TEXT, QUERY_HASH),
        (ANSWER_TEXT, ANSWER_HASH),
        (REFUND_TEXT, REFUND_HASH),
    ],
)
def test_published_texts_have_their_signatures(text, signature):
    assert wire.hash_of(KEY, text) == signature


def test_the_notice_is_read_as_it_was_published():
    seen = heard(RawRequest(method="GET", query=f"{IPN_TEXT}&vnp_SecureHash={IPN_HASH}"))

    assert (seen.status, seen.amount, seen.txn) == ("succeeded", 15_000, "14226112")
    assert (seen.provider_ref, seen.code) == (CODE, "00/00")
    assert seen.occurred_at == NOW


def test_the_question_is_signed_byte_for_byte():
    sent = []
    ctx = ctx_of(Fixed(ANSWERED), sent=sent, clock=lambda: datetime(2026, 11, 22, 8, 0, tzinfo=UTC))

    asyncio.run(create().query(ctx, attempt()))

    body = json.loads(sent[0].body)
    assert sent[0].url == "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"
    assert body["vnp_RequestId"] == "07" * 16
    values = {name: body[f"vnp_{name}"] for name in wire.QUERY} | {"RequestId": "q0001"}
    assert wire.joined(wire.QUERY, values) == QUERY_TEXT
    assert wire.signed_body(KEY, wire.QUERY, values)["vnp_SecureHash"] == QUERY_HASH


def test_the_answer_is_read_as_it_was_published():
    harness = Fixed(ANSWERED)
    assert json.loads(harness.answer(None, None).body)["vnp_SecureHash"] == ANSWER_HASH

    seen = query({})[0]

    assert (seen.status, seen.amount, seen.txn) == ("succeeded", 15_000, "14226112")
    assert seen.occurred_at == NOW


def test_the_refund_is_signed_byte_for_byte_and_repeated_alike():
    sent = []
    harness = Fixed(GIVEN_BACK, names=wire.REFUND_ANSWER)
    ctx = ctx_of(harness, sent=sent)

    asyncio.run(create().refund(ctx, refund()))
    asyncio.run(create().refund(with_(ctx, clock=lambda: NOW + timedelta(days=1)), refund()))

    body = json.loads(sent[0].body)
    assert body["vnp_SecureHash"] == REFUND_HASH
    assert "|".join(body[f"vnp_{name}"] for name in wire.REFUND) == REFUND_TEXT
    assert sent[0].body == sent[1].body


# -- what is sent -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Lệ phí trích lục – Nguyễn Thị Bưởi", "Le phi trich luc Nguyen Thi Buoi"),
        ("Đường đi & \"nháy\" 100% + 'x' ~ (a) !*", "Duong di nhay 100 x a"),
        ("a\nb\tc\x00d 🎉", "a b c d"),
        ("x" * 300, "x" * 255),
        ("", "Phi ho so P7K2M9QX4T01"),
        ("🎉🎉", "Phi ho so P7K2M9QX4T01"),
    ],
)
def test_words_hold_only_what_all_encoders_write_alike(text, written):
    url = asyncio.run(create().start(ctx_of(), attempt(description=text))).next_action.url
    signed = url.partition("?")[2].partition("&vnp_SecureHash")[0]

    given = dict(parse_qsl(signed))

    assert given["vnp_OrderInfo"] == written
    assert signed == urlencode(given)
    assert signed == "&".join(
        f"{name}={quote(value, safe='-_.!~*()').replace('%20', '+')}"
        for name, value in given.items()
    )


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [(7, 30, "143000"), (17, 0, "000000"), (16, 59, "235900"), (5, 0, "120000")],
)
def test_moments_are_vietnams_on_a_clock_of_24_hours(hour, minute, written):
    moment = datetime(2026, 12, 31, hour, minute, tzinfo=UTC)

    assert wire.stamp(moment).endswith(written)
    assert wire.moment(wire.stamp(moment)) == moment


@pytest.mark.parametrize("amount", [0, 4_999, MOST + 1])
def test_an_amount_that_vnpay_refuses_is_refused_before(amount):
    with pytest.raises(Rejected):
        asyncio.run(create().start(ctx_of(), attempt(amount=amount)))


@pytest.mark.parametrize("amount", [LEAST, MOST])
def test_the_limits_themselves_are_taken(amount):
    url = asyncio.run(create().start(ctx_of(), attempt(amount=amount))).next_action.url

    assert f"vnp_Amount={amount}00&" in url


@pytest.mark.parametrize("ip", ["", "::1", "203.0.113.7, 10.0.0.1", "evil"])
def test_where_the_payers_address_is_not_known_ours_is_sent(ip):
    url = asyncio.run(create().start(ctx_of(), attempt(payer_ip=ip))).next_action.url

    assert "vnp_IpAddr=203.0.113.10&" in url


def test_an_address_that_encoders_write_differently_is_not_sent():
    ctx = ctx_of(return_url="https://example.vn/~mot-cua")

    assert create().check_config(ctx)
    with pytest.raises(Misconfigured):
        asyncio.run(create().start(ctx, attempt()))


# -- what comes back by GET ---------------------------------------------------------------------


def test_our_own_words_in_the_address_and_the_type_of_hash_are_not_signed():
    query_text = f"x=1&{ipn().query}&vnp_SecureHashType=HmacSHA512&y=%26"

    assert heard(RawRequest(method="GET", query=query_text)).status == "succeeded"


def test_the_pairs_may_come_in_any_order_and_the_signature_in_capitals():
    parts = ipn().query.split("&")
    signature = parts.pop()
    shuffled = "&".join([signature.partition("=")[0] + "=" + signature.partition("=")[2].upper()])

    assert heard(RawRequest(method="GET", query="&".join([shuffled, *reversed(parts)])))


def small_hex(text):
    return re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), quote(text))


@pytest.mark.parametrize("encode", [quote, small_hex, wire._form])
def test_a_sender_who_encodes_another_way_is_still_proven(encode):
    said = dict(parse_qsl(IPN_TEXT)) | {"vnp_OrderInfo": "Phi (a) ~ 'b' * !"}
    as_java = "&".join(f"{n}={wire._form(v)}" for n, v in sorted(said.items()))
    own = "&".join(f"{n}={encode(v)}" for n, v in sorted(said.items()))

    for signed in (own, as_java):
        query_text = f"{own}&vnp_SecureHash={wire.hash_of(KEY, signed)}"
        assert heard(RawRequest(method="GET", query=query_text)).amount == 15_000


@pytest.mark.parametrize(
    "broken",
    [
        IPN_TEXT,
        f"{IPN_TEXT}&vnp_SecureHash=",
        f"{IPN_TEXT}&vnp_SecureHash={IPN_HASH[:-1]}",
        f"{IPN_TEXT}&vnp_SecureHash={IPN_HASH}&vnp_SecureHash={IPN_HASH}",
        f"{IPN_TEXT}&vnp_SecureHash=null",
        f"{IPN_TEXT}&vnp_SecureHash={'é' * 128}",
        f"{IPN_TEXT}&vnp_Amount=1500000&vnp_SecureHash={IPN_HASH}",
        f"{IPN_TEXT}&vnp_More=1&vnp_SecureHash={IPN_HASH}",
        f"{IPN_TEXT.replace('1500000', '100')}&vnp_SecureHash={IPN_HASH}",
        "",
        "vnp_SecureHash",
    ],
)
def test_what_is_not_signed_as_it_stands_is_not_believed(broken):
    with pytest.raises(BadSignature):
        heard(RawRequest(method="GET", query=broken))
    assert create().parse_return(ctx_of(), RawRequest(method="GET", query=broken)) == ReturnHint()


def test_a_name_that_stands_twice_is_malformed_even_when_it_is_signed():
    text = "&".join(sorted([*IPN_TEXT.split("&"), "vnp_Amount=900"]))
    signed = f"{text}&vnp_SecureHash={wire.hash_of(KEY, text)}"

    with pytest.raises(Malformed):
        heard(RawRequest(method="GET", query=signed))


@pytest.mark.parametrize("changes", [{"TmnCode": "OTHER001"}, {"TmnCode": ""}])
def test_a_notice_for_another_site_is_not_believed(changes):
    with pytest.raises(BadSignature):
        heard(ipn(changes))


@pytest.mark.parametrize(
    "amount",
    ["", "0", "15000.0", "1.5e4", "-1500000", "1500001", "01500000", "9" * 19, "1" + "0" * 400],
)
def test_an_amount_that_is_no_whole_number_of_dong_is_malformed(amount):
    with pytest.raises(Malformed):
        heard(ipn({"Amount": amount}))


@pytest.mark.parametrize(
    "changes",
    [
        {"TxnRef": ""},
        {"ResponseCode": ""},
        {"TransactionStatus": ""},
        {"TransactionNo": ""},
        {"TransactionNo": "0"},
        {"PayDate": "20261322143212"},
        {"PayDate": "2026112214321"},
    ],
)
def test_a_notice_without_what_decides_is_malformed(changes):
    with pytest.raises(Malformed):
        heard(ipn(changes))


def test_a_notice_may_leave_out_what_decides_nothing():
    seen = heard(ipn({"BankTranNo": "", "CardType": "", "PayDate": "", "BankCode": ""}))

    assert (seen.status, seen.occurred_at) == ("succeeded", None)


@pytest.mark.parametrize(
    ("response", "status", "said"),
    [
        ("00", "00", "succeeded"),
        ("00", "01", "pending"),
        ("00", "02", "pending"),
        ("24", "00", "pending"),
        ("07", "00", "review"),
        ("07", "07", "review"),
        ("00", "04", "review"),
        ("00", "07", "review"),
        ("24", "02", "failed"),
        ("24", "01", "pending"),
        ("99", "02", "pending"),
        ("88", "02", "pending"),
        ("24", "88", "pending"),
    ],
)
def test_both_codes_decide_and_a_doubt_is_no_failure(response, status, said):
    seen = heard(ipn({"ResponseCode": response, "TransactionStatus": status}))

    assert (seen.status, seen.code) == (said, f"{response}/{status}")


def test_every_published_code_is_classified():
    pay = {f"{n:02d}" for n in range(14)} | {"24", "51", "65", "75", "79", "99"}

    assert set(wire.PAY_CODES) == pay
    assert set(wire.STATUSES) == {"00", "01", "02", "04", "05", "06", "07", "09"}
    assert set(wire.REFUND_STATUSES) == set(wire.STATUSES)
    assert set(wire.API_CODES) == {"00", "02", "03", "91", "94", "95", "97", "98", "99"}
    failed = {code for code, verdict in wire.PAY_CODES.items() if verdict == "failed"}
    assert failed == {"09", "10", "11", "12", "13", "24", "51", "65", "75", "79"}


def test_money_that_is_held_has_a_name_even_without_vnpays_number():
    seen = heard(ipn({"ResponseCode": "07", "TransactionNo": "0"}))

    assert (seen.status, seen.txn) == ("review", CODE)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.ACCEPTED, "00"),
        (Outcome.UNKNOWN_REF, "01"),
        (Outcome.DUPLICATE, "02"),
        (Outcome.AMOUNT_MISMATCH, "04"),
        (Outcome.BAD_SIGNATURE, "97"),
        (Outcome.MALFORMED, "99"),
        (Outcome.RETRY_LATER, "99"),
    ],
)
def test_every_outcome_has_vnpays_reply(outcome, code):
    reply = create().answer_notice(ctx_of(), ipn(), outcome)

    assert (reply.status, json.loads(reply.body)["RspCode"]) == (200, code)


@pytest.mark.parametrize(
    ("changes", "claimed"),
    [
        ({}, "paid"),
        ({"ResponseCode": "24", "TransactionStatus": "02"}, "failed"),
        ({"ResponseCode": "99", "TransactionStatus": "01"}, "pending"),
        ({"ResponseCode": "07"}, "unknown"),
    ],
)
def test_the_return_is_a_hint_at_most(changes, claimed):
    hint = create().parse_return(ctx_of(), ipn(changes))

    assert hint == ReturnHint(provider_ref=CODE, claimed=claimed)


# -- answers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"TransactionStatus": "01"}, "pending"),
        ({"TransactionStatus": "02"}, "failed"),
        ({"TransactionStatus": "04"}, "review"),
        ({"TransactionStatus": "05"}, "succeeded"),
        ({"TransactionStatus": "07"}, "review"),
        ({"TransactionStatus": "88"}, "pending"),
        ({"TransactionType": "02"}, "review"),
        ({"ResponseCode": "91"}, "not_found"),
    ],
)
def test_asking_tells_what_vnpay_says(changes, status):
    assert [seen.status for seen in query(changes)] == [status]


@pytest.mark.parametrize("code", ["94", "98", "99", "xx", ""])
def test_an_answer_that_says_nothing_of_the_money_tells_nothing(code):
    with pytest.raises(Unsure):
        query({"ResponseCode": code})


@pytest.mark.parametrize("code", ["02", "03", "95", "97"])
def test_a_refused_question_is_a_matter_of_settings(code):
    with pytest.raises(Misconfigured):
        query({"ResponseCode": code})


@pytest.mark.parametrize(
    "changes",
    [{"TxnRef": "OTHER"}, {"TmnCode": "OTHER001"}, {"Amount": "15"}, {"TransactionNo": ""}],
)
def test_an_answer_about_another_payment_or_without_its_money_tells_nothing(changes):
    with pytest.raises(Unsure):
        query(changes)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"{}",
        b"[1]",
        b'{"vnp_Amount": 15000.0}',
        json.dumps({f"vnp_{n}": v for n, v in ANSWERED.items()}).encode(),
        json.dumps(
            {**{f"vnp_{n}": v for n, v in ANSWERED.items()}, "vnp_SecureHash": "0" * 128}
        ).encode(),
    ],
)
def test_an_answer_that_is_not_signed_tells_nothing(body):
    with pytest.raises(Unsure):
        query({}, body=body)
    with pytest.raises(Unsure):
        give_back({}, body=body)


def test_numbers_and_nothing_are_signed_as_they_stand():
    said = {f"vnp_{n}": v for n, v in ANSWERED.items()}
    said |= {"vnp_Amount": 1500000, "vnp_PromotionCode": None, "vnp_SecureHash": ANSWER_HASH}

    assert query({}, body=json.dumps(said).encode())[0].amount == 15_000


@pytest.mark.parametrize(("status", "error"), [(500, Unsure), (302, Unsure), (429, Transient)])
def test_another_status_is_no_answer(status, error):
    with pytest.raises(error):
        query({}, status=status)


# -- giving back --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "succeeded"),
        ({"TransactionStatus": "05"}, "pending"),
        ({"TransactionStatus": "06"}, "pending"),
        ({"TransactionStatus": "09"}, "failed"),
        ({"TransactionStatus": "88"}, "pending"),
        ({"TransactionType": "01"}, "pending"),
        ({"Amount": "400000"}, "pending"),
        ({"ResponseCode": "94"}, "pending"),
    ],
)
def test_a_refund_is_given_only_when_vnpay_says_so(changes, status):
    seen = give_back(changes)

    assert (seen.kind, seen.status, seen.amount) == ("refund", status, 5_000)
    assert seen.provider_ref == "r0001"


@pytest.mark.parametrize("code", ["02", "03", "91", "95", "97"])
def test_a_certain_no_to_a_refund_has_its_code(code):
    with pytest.raises(Rejected) as refused:
        give_back({"ResponseCode": code})

    assert refused.value.code == code


@pytest.mark.parametrize("code", ["98", "99", "xx"])
def test_a_doubt_about_a_refund_is_no_refusal(code):
    with pytest.raises(Unsure):
        give_back({"ResponseCode": code})


def test_the_whole_and_a_part_have_their_types():
    sent = []
    ctx = ctx_of(Fixed(GIVEN_BACK, names=wire.REFUND_ANSWER), sent=sent)

    asyncio.run(create().refund(ctx, refund(amount=15_000, by="lê thị b", reason="")))

    body = json.loads(sent[0].body)
    assert (body["vnp_TransactionType"], body["vnp_Amount"]) == ("02", "1500000")
    assert (body["vnp_CreateBy"], body["vnp_OrderInfo"]) == ("lthb", "Hoan phi r0001")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"TransactionType": "03", "Amount": "500000", "TransactionNo": "9"}, "succeeded"),
        ({"TransactionType": "01"}, "pending"),
        ({"TransactionStatus": "09"}, "failed"),
    ],
)
def test_asking_about_a_refund(said, status):
    harness = Fixed({**ANSWERED, **said})

    seen = asyncio.run(create().query_refund(ctx_of(harness), refund()))

    assert (seen.kind, seen.status) == ("refund", status)


def test_asking_about_a_refund_of_what_is_not_known_tells_nothing():
    with pytest.raises(Unsure):
        asyncio.run(
            create().query_refund(ctx_of(Fixed({**ANSWERED, "ResponseCode": "91"})), refund())
        )


# -- settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": "https://vnpay.vn/path"},
        {"api_base_url": "vnpay.vn"},
    ],
)
def test_an_address_that_is_no_origin_is_found(changes):
    harness = Fixed()
    harness.settings = {**SETTINGS, **changes}

    assert create().check_config(ctx_of(harness))


def test_production_needs_https_and_good_settings_have_no_finding():
    harness = Fixed()
    harness.settings = {**SETTINGS, "base_url": "http://127.0.0.1:8103"}

    assert create().check_config(ctx_of()) == []
    assert create().check_config(ctx_of(harness)) == []
    assert create().check_config(ctx_of(harness, production=True))


def test_settings_of_another_adapter_are_refused():
    with pytest.raises(Misconfigured):
        asyncio.run(create().query(ctx_of(config=object()), attempt()))
    assert create().origins(object()) == ()


def test_redacting_blanks_signatures_and_what_names_somebody():
    query_text = ipn().query.encode()
    body = json.dumps(wire.signed_body(KEY, wire.REFUND, {"CreateBy": "canbo01"})).encode()

    left = create().redact(query_text) + create().redact(body)

    for word in (b"HS-2026", b"VNP14226112", b"canbo01", wire.hash_of(KEY, IPN_TEXT).encode()):
        assert word not in left
    assert b"vnp_TxnRef=P7K2M9QX4T01" in left


# -- the kit ------------------------------------------------------------------------------------

RESPONSES = {"paid": ("00", "00"), "pending": ("99", "01"), "failed": ("24", "02")}
STATES = {"paid": "00", "pending": "01", "failed": "02", "not_found": "00"}
REFUND_STATES = {"paid": "00", "pending": "05", "failed": "09"}


KIT_REPLIES = {
    outcome: RawReply(
        status=200,
        body=json.dumps({"RspCode": code, "Message": words}, separators=(",", ":")).encode(),
    )
    for outcome, code, words in [
        (Outcome.ACCEPTED, "00", "Confirm Success"),
        (Outcome.UNKNOWN_REF, "01", "Order not found"),
        (Outcome.DUPLICATE, "02", "Order already confirmed"),
        (Outcome.AMOUNT_MISMATCH, "04", "Invalid amount"),
        (Outcome.BAD_SIGNATURE, "97", "Invalid Checksum"),
        (Outcome.MALFORMED, "99", "Input data required"),
        (Outcome.RETRY_LATER, "99", "Unknown error"),
    ]
}
KIT_SCENES = {
    "notice": ("paid", "pending", "failed"),
    "query_refund": ("paid", "pending", "failed"),
}
KIT_CODES = {
    "notice": wire.PAY_CODES,
    "query": wire.STATUSES,
    "refund": {
        "00": "succeeded",
        "02": "rejected",
        "03": "rejected",
        "91": "rejected",
        "94": "pending",
        "95": "rejected",
        "97": "rejected",
        "98": "unsure",
        "99": "unsure",
    },
    "query_refund": wire.REFUND_STATUSES,
}


class Kit(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (SECRET,)
    personal = (b"NGUYEN", b"VNP92704")
    replies = KIT_REPLIES
    golden = (
        "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?vnp_Amount=1500000&vnp_Command=pay"
        "&vnp_CreateDate=20261122143212&vnp_CurrCode=VND&vnp_ExpireDate=20261122144712"
        "&vnp_IpAddr=203.0.113.7&vnp_Locale=vn&vnp_OrderInfo=Phi+ho+so&vnp_OrderType=other"
        "&vnp_ReturnUrl=https%3A%2F%2Fmotcua.example.vn%2Fapi%2Fv1%2Fpayments%2Freturn%2Fx"
        "&vnp_TmnCode=DEMO0001&vnp_TxnRef=HSP7K2M9Q&vnp_Version=2.1.0&vnp_SecureHash="
        "fd1e7d9b31121d941d91b96b54de54988bdb6869becb3a4fa7f7b0e0705f8aca"
        "29423569e51bc565256a2e41694a70f246d1903a4b9bb4fc30f250df54108f55"
    )
    ref_pattern = "[0-9A-Za-z]{1,100}"
    unit = 100
    notice_signature = ("query", "vnp_SecureHash")
    answer_signature = ("json", "vnp_SecureHash")
    any_case = True
    leaves_out = ("currency", "at")
    scenes = KIT_SCENES
    codes = KIT_CODES

    def notice(self, told):
        response, status = RESPONSES[told.says]
        if told.code:
            response, status = told.code, "00" if told.code == "00" else "02"
        pairs = {
            "Amount": told.amount,
            "BankCode": "NCB",
            "BankTranNo": "VNP92704",
            "OrderInfo": "Phi ho so NGUYEN VAN A",
            "PayDate": wire.stamp(told.moved_at),
            "ResponseCode": response,
            "TmnCode": told.merchant or SITE,
            "TransactionNo": TXN,
            "TransactionStatus": status,
            "TxnRef": KIT_CODE,
        }
        text = urlencode({f"vnp_{name}": value for name, value in pairs.items() if value})
        text += as_query(tuple((f"vnp_{name}", value.strip('"')) for name, value in told.more))
        signed = "&".join(sorted(part for part in text.split("&") if part[-1] != "="))
        key = Secret(told.secret or SECRET)
        return RawRequest(method="GET", query=f"{text}&vnp_SecureHash={wire.hash_of(key, signed)}")

    def back(self, told):
        return self.notice(told)

    def answer(self, request, told):
        asked = {n.removeprefix("vnp_"): v for n, v in json.loads(request.body).items()}
        gives_back = asked["Command"] == "refund"
        names = wire.REFUND if gives_back else wire.QUERY
        assert wire.hash_of(KEY, wire.joined(names, asked)) == asked["SecureHash"]
        said = {
            **ANSWERED,
            "TmnCode": told.merchant or SITE,
            "TxnRef": asked["TxnRef"],
            "Amount": told.amount,
            "PayDate": wire.stamp(told.moved_at),
            "TransactionNo": TXN,
            "TransactionStatus": told.code or STATES[told.says],
        }
        if told.says == "not_found":
            said |= {"ResponseCode": "91"}
        if "hoan tien" in asked["OrderInfo"] or gives_back:
            said |= {"TransactionType": "02", "TransactionNo": REFUND_TXN}
            said |= {"TransactionStatus": told.code or REFUND_STATES[told.says]}
        if gives_back and told.code:
            said |= {"ResponseCode": told.code, "TransactionStatus": "00"}
        answer_names = wire.REFUND_ANSWER if gives_back else wire.QUERY_ANSWER
        body = wire.signed_body(Secret(told.secret or SECRET), answer_names, said)
        return HttpAnswer(status=200, body=json.dumps(body).encode())


class TestVnpay(Conformance):
    def harness(self):
        return Kit()


# -- over HTTP, against a pretend VNPAY in a process of its own ---------------------------------


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    settings = {"tmn_code": SITE, "secret": SECRET}
    with pretending("vnpay", tmp_path_factory.mktemp("vnpay"), create(), settings) as made:
        yield made


@pytest.fixture
def world(bank):
    return bank.afresh()


numbers = iter(range(1, 10_000))


def new_attempt(**changes):
    now = datetime.now(UTC)
    return sample_attempt(
        code=f"HSTEST{next(numbers):04d}",
        description="Lệ phí hồ sơ – Nguyễn Thị Bưởi (bản sao)",
        created_at=now,
        expires_at=now + timedelta(minutes=15),
        **changes,
    )


def new_refund(paid, **changes):
    made = Refund(
        code=f"RF{next(numbers):04d}",
        amount=5_000,
        attempt=paid,
        txn="",
        paid=15_000,
        paid_at=datetime.now(UTC),
        created_at=datetime.now(UTC),
        reason="Trả thừa",
        by="canbo01",
    )
    return replace(made, **changes)


def paid_attempt(world):
    made = new_attempt()
    world.opens(made)
    world.press(made)
    seen = world.notices(1)[0]
    return made, seen


def test_a_citizen_pays_and_notice_answer_and_return_say_the_same(world):
    made = new_attempt()

    page = world.opens(made)
    unpaid = world.does("query", made)[0]
    pressed = world.press(made)
    told = world.notices(1)[0]
    asked = world.does("query", made)[0]

    assert "15.000" in page
    assert unpaid.status == "pending"
    assert (told.status, told.amount, told.provider_ref) == ("succeeded", 15_000, made.code)
    assert (asked.status, asked.amount, asked.txn) == ("succeeded", 15_000, told.txn)
    assert (asked.occurred_at, told.occurred_at) == (told.occurred_at, asked.occurred_at)
    back = RawRequest(method="GET", query=pressed["return_url"].partition("?")[2])
    assert create().parse_return(world.context(), back).claimed == "paid"
    assert world.told(made) == [(1, "đã nghe: 200")]


@pytest.mark.parametrize(
    ("act", "status"), [("cancel", "failed"), ("decline", "failed"), ("suspect", "review")]
)
def test_what_is_not_paid_is_told_as_it_is(world, act, status):
    made = new_attempt()
    world.opens(made)

    world.press(made, act)

    assert world.notices(1)[0].status == status
    assert world.does("query", made)[0].status == status


def test_money_that_was_taken_back_is_a_matter_for_a_person(world):
    made, _ = paid_attempt(world)

    world.press(made, "reverse")

    assert world.notices(2)[1].status == "review"
    assert world.does("query", made)[0].status == "review"


def test_what_was_never_begun_is_not_found(world):
    assert world.does("query", new_attempt())[0].status == "not_found"


def test_the_page_refuses_another_key_another_site_and_other_limits(world):
    good = world.does("start", new_attempt()).next_action.url
    place, _, query_text = good.partition("?")
    values = {n.removeprefix("vnp_"): v for n, v in parse_qsl(query_text)[:-1]}

    def says(key=KEY, **changes):
        url = f"{place}?{wire.signed_query(key, {**values, **changes})}"
        return httpx.get(url).text

    assert "70" in httpx.get(good.replace("vnp_Locale=vn", "vnp_Locale=en")).text
    assert "70" in says(key=Secret("another"))
    assert "72" in says(TmnCode="OTHER001")
    assert "32" in says(Amount="499900")
    assert "32" in says(Amount="1500001")
    assert "03" in says(TxnRef="HS-1")


@pytest.mark.parametrize("fault", ["forge", "other_merchant"])
def test_a_forged_or_foreign_notice_is_refused_and_asking_tells_the_truth(world, fault):
    world.faults({"kind": fault, "service": "notice"})
    made = new_attempt()
    world.opens(made)

    world.press(made)
    world.notices(1)

    assert world.ears.heard == []
    assert [type(error) for error in world.ears.refused] == [BadSignature]
    assert world.does("query", made)[0].status == "succeeded"


def test_another_amount_is_told_as_it_was_said_and_repeated_until_it_is_heard(world):
    world.faults({"kind": "other_amount", "service": "notice"})
    world.ears.outcome = Outcome.AMOUNT_MISMATCH
    made = new_attempt()
    world.opens(made)

    world.press(made)
    world.notices(2)
    world.ears.outcome = Outcome.ACCEPTED

    assert world.told(made)[0][1] == "đã nghe: 200"
    assert {seen.amount for seen in world.ears.heard} == {16_000}


def test_a_repeated_notice_is_the_same_movement_and_the_second_reply_ends_it(world):
    world.faults({"kind": "repeat", "service": "notice", "times": 3})
    world.ears.outcome = Outcome.DUPLICATE
    made = new_attempt()
    world.opens(made)

    world.press(made)

    assert len({seen.txn for seen in world.notices(3)}) == 1
    assert world.told(made) == [(1, "đã nghe: 200")] * 3


def test_notices_out_of_order_each_tell_their_own(world):
    world.faults({"kind": "reorder", "service": "notice", "next": 1, "seconds": 60})
    first, second = new_attempt(), new_attempt()
    for made in (first, second):
        world.opens(made)
        world.press(made)

    heard_refs = [seen.provider_ref for seen in world.notices(2)]

    assert heard_refs == [second.code, first.code]


def test_a_lost_notice_is_found_by_asking(world):
    world.faults({"kind": "lose", "service": "notice"})
    made = new_attempt()
    world.opens(made)
    world.press(made)

    assert world.does("query", made)[0].status == "succeeded"
    assert world.owed(made) == []


def test_a_provider_that_dies_before_it_tells_tells_after_its_next_start(world):
    world.faults({"kind": "die", "service": "notice", "next": 1})
    made = new_attempt()
    world.opens(made)
    with suppress(httpx.RemoteProtocolError):  # it may die before this is answered
        world.press(made)
    world.process.wait(20)
    world.faults()

    world.begin()

    assert world.notices(1)[0].provider_ref == made.code


@pytest.mark.parametrize("fault", ["down", "error", "html", "cut", "forge", "other_merchant"])
def test_an_answer_that_is_broken_or_not_proven_tells_nothing(world, fault):
    made, _ = paid_attempt(world)
    world.faults({"kind": fault, "service": "query"}, {"kind": fault, "service": "refund"})

    assert type(world.fails("query", made)) is Unsure
    assert type(world.fails("refund", new_refund(made))) is Unsure


def test_an_answer_that_never_comes_tells_nothing_and_one_that_cannot_be_asked_says_so(world):
    made, _ = paid_attempt(world)
    world.faults({"kind": "slow", "service": "query", "seconds": 4})
    slow = world.fails("query", made)
    world.kill()

    gone = world.fails("query", made)
    world.faults()
    world.begin()

    assert (type(slow), type(gone)) == (Unsure, Transient)


def test_a_part_and_then_the_rest_is_given_back_and_no_more(world):
    made, seen = paid_attempt(world)
    part = new_refund(made, txn=seen.txn)

    first = world.does("refund", part)
    asked = world.does("query_refund", part)
    rest = world.does("refund", new_refund(made, amount=10_000, txn=seen.txn))
    more = world.fails("refund", new_refund(made, amount=1, txn=seen.txn))

    assert (first.status, first.kind, first.amount) == ("succeeded", "refund", 5_000)
    assert (asked.status, asked.txn) == ("succeeded", first.txn)
    assert rest.status == "succeeded"
    assert (type(more), more.code) == (Rejected, "03")


def test_a_refund_whose_answer_was_lost_is_repeated_and_asked_about(world):
    made, _ = paid_attempt(world)
    wish = new_refund(made)
    world.faults({"kind": "error", "service": "refund"})

    lost = world.fails("refund", wish)
    world.faults()
    again = world.does("refund", wish)
    asked = world.does("query_refund", wish)

    assert type(lost) is Unsure
    assert (again.status, again.code) == ("pending", "94")
    assert asked.status == "succeeded"
    refunds = httpx.get(f"{world.url}/orders").json()[0]["refunds"]
    assert [one["amount"] for one in refunds] == [5_000]


def test_a_refund_that_is_done_later_or_refused_is_told_as_it_is(world):
    made, _ = paid_attempt(world)
    world.faults({"kind": "refund_later", "service": "refund", "next": 1, "seconds": 600})
    later = new_refund(made)

    taken = world.does("refund", later)
    asked = world.does("query_refund", later)
    world.faults({"kind": "refund_refused", "service": "refund"})
    refused = world.does("refund", new_refund(made, amount=6_000))

    assert (taken.status, asked.status, refused.status) == ("pending", "pending", "failed")


def test_what_was_not_paid_cannot_be_given_back(world):
    made = new_attempt()
    world.opens(made)

    assert world.fails("refund", new_refund(made)).code == "95"
