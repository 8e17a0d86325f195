"""The sandbox through the kit, against a small pretend bank that speaks the same wire."""

import asyncio
import json
from dataclasses import replace

import msgspec
import pytest

from payment_adapters.contract import (
    HttpAnswer,
    Malformed,
    Misconfigured,
    Outcome,
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
    context_of,
    sample_attempt,
)

SECRET = "sandbox-secret-of-the-tests"
BASE = "https://bank.example.vn"
REF = "261122-HSP7K2M9Q"
NOTICE = (
    '{"merchant":"mot-cua","ref":"261122-HSP7K2M9Q","txn":"92704","event":"payment","status":"paid",'
    '"amount":AMOUNT,"currency":"VND","at":"2026-11-22T14:32:12+07:00","code":"00"MORE}'
)

SETTINGS = {"enabled": True, "base_url": BASE, "merchant": "mot-cua", "secret": SECRET}
REPLIES = {
    Outcome.ACCEPTED: (200, b'{"result":"ok"}'),
    Outcome.DUPLICATE: (200, b'{"result":"duplicate"}'),
    Outcome.UNKNOWN_REF: (200, b'{"result":"parked"}'),
    Outcome.AMOUNT_MISMATCH: (200, b'{"result":"parked"}'),
    Outcome.RETRY_LATER: (503, b'{"result":"retry"}'),
    Outcome.BAD_SIGNATURE: (401, b'{"result":"bad-signature"}'),
    Outcome.MALFORMED: (400, b'{"result":"malformed"}'),
}


def signed(message, purpose="answer"):
    content = message if isinstance(message, bytes) else msgspec.json.encode(message)
    headers = wire.sign(Secret(SECRET), purpose, content, at=NOW)
    return {name.lower(): value for name, value in headers.items()}, content


class SandboxHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (SECRET,)
    replies = REPLIES

    def notice(self, *, amount=str(AMOUNT), at=NOW, secret=None, more=""):
        content = NOTICE.replace("AMOUNT", amount).replace("MORE", more).encode()
        headers = wire.sign(Secret(secret or SECRET), "notice", content, at=at)
        lower = tuple((name.lower(), value) for name, value in headers.items())
        return RawRequest(method="POST", headers=lower, body=content)

    def answer(self, request, scene):
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
        headers, content = signed(self.said(json.loads(request.body), purpose, scene))
        return HttpAnswer(status=200, headers=headers, body=content)

    def said(self, asked, purpose, scene):
        own = {"merchant": asked["merchant"], "ref": asked["ref"]}
        if purpose == "start":
            page = f"{BASE}/sandbox/pay/{asked['ref']}"
            return {**own, "pay_url": page, "expires_at": asked["expires_at"]}
        moved = {"amount": AMOUNT, "txn": TXN, "at": "2026-11-22T14:32:12+07:00"}
        return {**own, "status": scene, "code": "00", **(moved if scene == "paid" else {})}


class AnswersWith(SandboxHarness):
    def __init__(self, status, message):
        self.status, self.message = status, message

    def answer(self, request, scene):
        headers, content = signed(self.message)
        return HttpAnswer(status=self.status, headers=headers, body=content)


class TestSandbox(Conformance):
    def harness(self):
        return SandboxHarness()


def start(harness, **changes):
    return asyncio.run(create().start(context_of(harness), sample_attempt(**changes)))


def query(harness):
    return asyncio.run(create().query(context_of(harness), sample_attempt()))


def test_the_start_request_is_signed_byte_for_byte():
    sent = []

    asyncio.run(create().start(context_of(SandboxHarness(), sent=sent), sample_attempt()))

    assert (
        sent[0].body
        == (
            '{"merchant":"mot-cua","ref":"261122-HSP7K2M9Q","amount":15000,'
            '"description":"Phí hồ sơ",'
            '"return_url":"https://motcua.example.vn/api/v1/payments/return/x",'
            '"notice_url":"https://motcua.example.vn/api/v1/payments/notices/x",'
            '"expires_at":"2026-11-22T14:47:12+07:00"}'
        ).encode()
    )
    assert sent[0].headers["X-Sandbox-Timestamp"] == str(int(NOW.timestamp()))


def test_the_citizen_is_sent_to_the_pretend_banks_page():
    assert start(SandboxHarness()).next_action == Redirect(f"{BASE}/sandbox/pay/{REF}")


def test_a_page_elsewhere_is_not_followed():
    asked = {"merchant": "mot-cua", "ref": REF, "expires_at": NOW}
    said = SandboxHarness().said(asked, "start", "")

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
    good = SandboxHarness().notice().body.replace(b"+07:00", b"")
    headers, content = signed(good, "notice")

    with pytest.raises(Malformed):
        create().parse_notice(
            context_of(SandboxHarness()),
            RawRequest(method="POST", headers=tuple(headers.items()), body=content),
        )


@pytest.mark.parametrize("purpose", ["start", "query", "answer"])
def test_a_message_of_another_purpose_is_no_notice(purpose):
    headers, content = signed(SandboxHarness().notice().body, purpose)

    with pytest.raises(Exception, match="signature"):
        create().parse_notice(
            context_of(SandboxHarness()),
            RawRequest(method="POST", headers=tuple(headers.items()), body=content),
        )


def test_a_notice_for_another_merchant_does_not_pass():
    headers, content = signed(
        SandboxHarness().notice().body.replace(b"mot-cua", b"other"), "notice"
    )

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
