"""The sandbox through the kit, against a small pretend bank that speaks the same wire."""

import asyncio
import json
from dataclasses import replace
from typing import ClassVar

import msgspec
import pytest

from payment_adapters.contract import (
    HttpAnswer,
    Malformed,
    Misconfigured,
    Outcome,
    RawReply,
    RawRequest,
    Redirect,
    Rejected,
    Secret,
    Transient,
    Unsure,
)
from payment_adapters.sandbox import wire
from payment_adapters.sandbox.adapter import create
from payment_adapters.testing import (
    AMOUNT,
    NOW,
    TXN,
    Conformance,
    Harness,
    as_members,
    context_of,
    sample_attempt,
)

SECRET = "sandbox-secret-of-the-tests"
BASE = "https://bank.example.vn"
REF = "261122-HSP7K2M9Q"
NOTICE = (
    '{"merchant":"MERCHANT","ref":"261122-HSP7K2M9Q","txn":"92704","event":"payment",'
    '"status":"SAYS","amount":AMOUNT,"currency":"CURRENCY","at":"AT","code":"00"MORE}'
)

SETTINGS = {"enabled": True, "base_url": BASE, "merchant": "mot-cua", "secret": SECRET}
REPLIES = {
    Outcome.ACCEPTED: RawReply(status=200, body=b'{"result":"ok"}'),
    Outcome.DUPLICATE: RawReply(status=200, body=b'{"result":"duplicate"}'),
    Outcome.UNKNOWN_REF: RawReply(status=200, body=b'{"result":"parked"}'),
    Outcome.AMOUNT_MISMATCH: RawReply(status=200, body=b'{"result":"parked"}'),
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"result":"retry"}'),
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"result":"bad-signature"}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"result":"malformed"}'),
}
GOLDEN = (
    f"{BASE}/sandbox/payments\n"
    '{"merchant":"mot-cua","ref":"261122-HSP7K2M9Q","amount":15000,"description":"Phí hồ sơ",'
    '"return_url":"https://motcua.example.vn/api/v1/payments/return/x",'
    '"notice_url":"https://motcua.example.vn/api/v1/payments/notices/x",'
    '"expires_at":"2026-11-22T14:47:12+07:00","payee":"UBND PHUONG MAU"}'
)


def signed(message, purpose="answer", *, secret="", at=NOW):
    content = message if isinstance(message, bytes) else msgspec.json.encode(message)
    headers = wire.sign(Secret(secret or SECRET), purpose, content, at=at)
    return {name.lower(): value for name, value in headers.items()}, content


class SandboxHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (SECRET,)
    replies = REPLIES
    golden = GOLDEN
    ref_pattern = r"[0-9]{6}-[0-9A-Z]{9}"
    notice_signature = ("header", wire.SIGNATURE)
    answer_signature = ("header", wire.SIGNATURE)
    scenes: ClassVar = {"notice": ("paid", "pending", "failed")}

    def notice(self, told):
        content = NOTICE
        for name, text in {
            "MERCHANT": told.merchant or "mot-cua",
            "SAYS": told.says,
            "AMOUNT": told.amount,
            "CURRENCY": told.currency,
            "AT": told.moved_at.isoformat(),
            "MORE": as_members(told.more),
        }.items():
            content = content.replace(name, text)
        headers, content = signed(content.encode(), "notice", secret=told.secret, at=told.at)
        return RawRequest(method="POST", headers=tuple(headers.items()), body=content)

    def back(self, told):
        return RawRequest(method="GET", query=f"ref={REF}&result={told.says}")

    def answer(self, request, told):
        given = {name.lower(): value for name, value in request.headers.items()}
        purpose = "start" if request.url == BASE + wire.START else "query"
        wire.check(
            Secret(SECRET),
            purpose,
            request.body,
            timestamp=given[wire.TIMESTAMP],
            signature=given[wire.SIGNATURE],
            now=NOW,
        )
        headers, content = signed(self.said(json.loads(request.body), purpose, told))
        return HttpAnswer(status=200, headers=headers, body=content)

    def said(self, asked, purpose, told):
        own = {"merchant": asked["merchant"], "ref": asked["ref"]}
        if purpose == "start":
            page = f"{BASE}/sandbox/pay/{asked['ref']}"
            return {**own, "pay_url": page, "expires_at": asked["expires_at"]}
        moved = {"amount": msgspec.Raw(told.amount.encode()), "txn": TXN, "at": told.moved_at}
        return {**own, "status": told.says, "code": "00", **(moved if told.says == "paid" else {})}


class AnswersWith(SandboxHarness):
    def __init__(self, status, message):
        self.status, self.message = status, message

    def answer(self, request, told):
        headers, content = signed(self.message)
        return HttpAnswer(status=self.status, headers=headers, body=content)


class TestSandbox(Conformance):
    def harness(self):
        return SandboxHarness()


def start(harness, **changes):
    return asyncio.run(create().start(context_of(harness), sample_attempt(**changes)))


def good_notice():
    return SandboxHarness().notice(SandboxHarness().told())


def query(harness):
    return asyncio.run(create().query(context_of(harness), sample_attempt()))


def test_the_start_request_is_signed_with_the_clock_of_the_context():
    sent = []

    asyncio.run(create().start(context_of(SandboxHarness(), sent=sent), sample_attempt()))

    assert sent[0].headers["X-Sandbox-Timestamp"] == str(int(NOW.timestamp()))


def test_the_citizen_is_sent_to_the_pretend_banks_page():
    assert start(SandboxHarness()).next_action == Redirect(f"{BASE}/sandbox/pay/{REF}")


def test_a_page_elsewhere_is_not_followed():
    asked = {"merchant": "mot-cua", "ref": REF, "expires_at": NOW}
    said = SandboxHarness().said(asked, "start", None)

    with pytest.raises(Unsure):
        start(AnswersWith(200, {**said, "pay_url": "https://elsewhere.example/sandbox/pay/1"}))


@pytest.mark.parametrize("changes", [{"ref": "261122-HSOTHER22"}, {"merchant": "other"}])
def test_an_answer_about_another_payment_tells_nothing(changes):
    said = {"merchant": "mot-cua", "ref": REF, "status": "failed", **changes}
    page = {**said, "pay_url": f"{BASE}/sandbox/pay/{REF}", "expires_at": "2026-11-22T15:00:00Z"}

    with pytest.raises(Unsure):
        query(AnswersWith(200, said))
    with pytest.raises(Unsure):
        start(AnswersWith(200, page))


def test_a_certain_no_is_a_refusal_with_its_code():
    with pytest.raises(Rejected) as refused:
        start(AnswersWith(422, {"code": "amount"}))

    assert refused.value.code == "amount"


def test_a_no_that_cannot_be_read_is_still_a_refusal():
    with pytest.raises(Rejected):
        start(AnswersWith(422, b"<html>"))


def test_too_many_calls_means_nothing_began():
    with pytest.raises(Transient):
        start(AnswersWith(429, {}))


def test_what_was_taken_back_is_a_payment_and_its_reversal():
    moved = {"amount": AMOUNT, "txn": TXN, "at": "2026-11-22T14:32:12+07:00"}
    said = {"merchant": "mot-cua", "ref": REF, "status": "reversed", **moved}

    seen = query(AnswersWith(200, said))

    assert [(s.kind, s.status, s.txn) for s in seen] == [
        ("payment", "succeeded", TXN),
        ("reversal", "succeeded", TXN),
    ]


@pytest.mark.parametrize("missing", ["amount", "txn"])
def test_paid_without_amount_or_movement_tells_nothing(missing):
    moved = {"amount": AMOUNT, "txn": TXN, "at": "2026-11-22T14:32:12+07:00"}
    moved.pop(missing)

    with pytest.raises(Unsure):
        query(AnswersWith(200, {"merchant": "mot-cua", "ref": REF, "status": "paid", **moved}))


def test_a_moment_without_a_zone_is_malformed():
    good = good_notice().body.replace(b"+00:00", b"")
    headers, content = signed(good, "notice")

    with pytest.raises(Malformed):
        create().parse_notice(
            context_of(SandboxHarness()),
            RawRequest(method="POST", headers=tuple(headers.items()), body=content),
        )


@pytest.mark.parametrize("purpose", ["start", "query", "answer"])
def test_a_message_of_another_purpose_is_no_notice(purpose):
    headers, content = signed(good_notice().body, purpose)

    with pytest.raises(Exception, match="signature"):
        create().parse_notice(
            context_of(SandboxHarness()),
            RawRequest(method="POST", headers=tuple(headers.items()), body=content),
        )


def test_a_notice_for_another_merchant_does_not_pass():
    headers, content = signed(good_notice().body.replace(b"mot-cua", b"other"), "notice")

    with pytest.raises(Exception, match="merchant"):
        create().parse_notice(
            context_of(SandboxHarness()),
            RawRequest(method="POST", headers=tuple(headers.items()), body=content),
        )


def test_production_is_refused_at_every_call():
    ctx = context_of(SandboxHarness(), production=True)

    with pytest.raises(Misconfigured):
        asyncio.run(create().start(ctx, sample_attempt()))
    with pytest.raises(Misconfigured):
        asyncio.run(create().query(ctx, sample_attempt()))


@pytest.mark.parametrize(
    "url", ["bank", "https://bank/path", "https://", "ftp://bank", "https://b b"]
)
def test_an_address_that_is_no_origin_is_found(url):
    harness = SandboxHarness()
    harness.settings = {**SETTINGS, "base_url": url}

    assert create().check_config(context_of(harness))


@pytest.mark.parametrize(
    ("query_text", "ref", "claimed"),
    [
        (f"ref={REF}&result=paid", REF, "paid"),
        (f"ref={REF}&ref={REF}", None, "unknown"),
        ("result=stolen", None, "unknown"),
        ("ref=%00&result=paid", None, "paid"),
        ("ref=%27+OR+1%3D1&result=paid", None, "paid"),
        ("a=1&" * 100, None, "unknown"),
    ],
)
def test_the_return_is_a_hint_at_most(query_text, ref, claimed):
    request = RawRequest(method="GET", query=query_text)

    hint = create().parse_return(context_of(SandboxHarness()), request)

    assert (hint.provider_ref, hint.claimed) == (ref, claimed)


def test_the_amount_chooses_the_script():
    assert wire.script(24_000) == "normal"
    assert wire.script(15_001) == "pay_at_once"
    assert wire.script(15_012) == "double"


def test_settings_of_another_adapter_are_refused():
    ctx = replace(context_of(SandboxHarness()), config=Wrong())

    with pytest.raises(Misconfigured):
        asyncio.run(create().query(ctx, sample_attempt()))


class Wrong(msgspec.Struct):
    """Not the sandbox's settings."""
