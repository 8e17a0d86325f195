"""payOS through the kit, byte for byte against its official library's rules, and over HTTP."""

import asyncio
import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_adapters.contract import (
    BadSignature,
    HttpAnswer,
    Malformed,
    Misconfigured,
    Outcome,
    RawRequest,
    Rejected,
    Secret,
    ShowQr,
    Transfer,
    Transient,
    Unsure,
)
from payment_adapters.payos import wire
from payment_adapters.payos.adapter import create
from payment_adapters.strict import read_verbatim
from payment_adapters.testing import (
    AMOUNT,
    CODE,
    Conformance,
    context_of,
    sample_attempt,
)
from payment_adapters.vietqr import wire as vietqr
from tests.payment_adapters.payos_harness import (
    ACCOUNT,
    BANK,
    HOLDER,
    KEY,
    ORDER,
    SAMPLE,
    SAMPLE_KEY,
    SETTINGS,
    Answers,
    PayOsHarness,
    envelope,
    qr,
    texts,
)


class TestPayOs(Conformance):
    def harness(self):
        return PayOsHarness()


def start(harness, **changes):
    return asyncio.run(create().start(context_of(harness), sample_attempt(**changes)))


def query(harness, **told):
    ctx = context_of(harness, told=harness.told(**told))
    return asyncio.run(create().query(ctx, sample_attempt()))


def notice(data, key=KEY):
    harness = PayOsHarness()
    harness.settings = {**SETTINGS, "checksum_key": key}
    request = RawRequest(method="POST", body=envelope(texts(data), key))
    return create().parse_notice(context_of(harness), request).observations


def test_the_official_librarys_sample_is_proven_byte_for_byte():
    golden = "412e915d2871504ed31be63c8f62a149a4410d34c4c42affc9006ef9917eaa03"

    wire.check(Secret(SAMPLE_KEY), {"data": SAMPLE, "signature": golden})

    assert wire.sign(Secret(SAMPLE_KEY), SAMPLE) == golden


def test_our_own_golden_signatures_are_met():
    key = Secret(KEY)
    wish = wire.Create(
        order_code=20_261_122_000_123,
        amount=15_000,
        description="HSP7K2M9Q",
        cancel_url="https://mot-cua.example.vn/tt/payos/huy",
        return_url="https://mot-cua.example.vn/tt/payos/ve",
        expired_at=0,
    )
    told = {
        **SAMPLE,
        "orderCode": 20_261_122_000_123,
        "amount": 15_000,
        "description": "HSP7K2M9Q",
        "transactionDateTime": "2026-11-22 14:32:12",
        "counterAccountName": None,
        "counterAccountNumber": None,
    }

    assert (wire.sign_create(key, wish), wire.sign(key, told)) == (
        "bd3d9a62312a23667cc17cb4ca97c631e0d3bcfcb6ee2f940a6e1b0d78072676",
        "612e607122ab512f4b2255a8feb0c9bf556c39180e74fe6674f37345c303a253",
    )


def test_null_in_every_spelling_counts_as_empty_and_lists_are_in_order():
    raw = (
        '{"z":null,"a":"null","b":"undefined","c":true,"d":false,"n":1.50,'
        '"l":[{"y":"Bưởi \\"é\\"","x":[1,null,true]},5],"e":[],"o":{"q":1}}'
    )

    signed = wire.row(read_verbatim(raw.encode())).decode()

    assert signed == (
        'a=&b=&c=true&d=false&e=[]&l=[{"x":[1,null,true],"y":"Bưởi \\"é\\""},5]'
        "&n=1.50&o=[object Object]&z="
    )


def test_the_sample_that_registers_an_address_is_answered_and_not_booked():
    assert notice(SAMPLE, SAMPLE_KEY) == ()
    assert notice({**SAMPLE, "orderCode": 124})[0].provider_ref == "124"
    assert create().notice_reply(Outcome.UNKNOWN_REF).status == 200


def test_a_transfer_that_is_no_success_is_no_verdict():
    assert notice({**SAMPLE, "orderCode": 5, "code": "01"})[0].status == "pending"


@pytest.mark.parametrize("missing", ["data", "signature"])
def test_a_notice_without_data_or_signature_does_not_pass(missing):
    body = json.loads(PayOsHarness().notice(PayOsHarness().told()).body)
    del body[missing]

    with pytest.raises(BadSignature):
        create().parse_notice(
            context_of(PayOsHarness()), RawRequest(method="POST", body=json.dumps(body).encode())
        )


@pytest.mark.parametrize("depth", [100, 600, 900, 960, 990, 100_000])
def test_a_list_without_end_is_refused(depth):
    deep = "[" * depth + "]" * depth
    body = f'{{"code":"00","data":{{"x":{deep}}},"signature":"{"0" * 64}"}}'.encode()

    with pytest.raises((BadSignature, Malformed)):
        create().parse_notice(context_of(PayOsHarness()), RawRequest(method="POST", body=body))
    assert b"[[" not in create().redact(body)


@pytest.mark.parametrize("text", ["22/11/2026 14:32", "2026-13-01 00:00:00", "yesterday", ""])
def test_a_moment_that_is_none_is_malformed(text):
    with pytest.raises(Malformed):
        notice({**SAMPLE, "orderCode": 5, "transactionDateTime": text})


def test_a_moment_without_a_zone_is_vietnamese():
    wanted = datetime(2026, 11, 22, 7, 32, 12, tzinfo=UTC)

    for text in ("2026-11-22 14:32:12", "2026-11-22T14:32:12", "2026-11-22T07:32:12Z"):
        assert wire.moment(text) == wanted


@given(
    st.text(wire.ALPHABET, min_size=7, max_size=7), st.text(wire.ALPHABET, min_size=7, max_size=7)
)
def test_no_two_codes_give_the_same_number(first, second):
    numbers = [wire.order_code(f"HS{symbols}") for symbols in (first, second)]

    assert (numbers[0] == numbers[1]) == (first == second)
    assert all(10**10 <= number < 2**53 for number in numbers)


@pytest.mark.parametrize("code", ["", "HS", "HSP7K2M9QQ", "hsp7k2m9q", "HSP7K2M9O", "QUAY-1"])
def test_what_is_no_code_of_ours_has_no_number(code):
    with pytest.raises(ValueError, match="code"):
        wire.order_code(code)


def test_the_qr_of_the_link_is_shown_with_the_same_in_words():
    action = start(PayOsHarness()).next_action

    assert isinstance(action, ShowQr)
    assert action.payload == qr()
    assert action.transfer == Transfer(
        bank="MB", account=ACCOUNT, name=HOLDER, amount=AMOUNT, memo=CODE
    )
    assert "15.000\u00a0đ" in action.text


@pytest.mark.parametrize(
    "changes",
    [
        {"qrCode": qr(16_000)},
        {"qrCode": qr(account="0999999999")},
        {"qrCode": qr(bank_bin="970436")},
        {"qrCode": vietqr.write(vietqr.Transfer(bank_bin=BANK, account=ACCOUNT))},
        {"qrCode": qr()[:-1] + "0"},
        {"qrCode": "https://pay.payos.vn/web/a1"},
        {"qrCode": ""},
        {"amount": 16_000, "qrCode": qr(16_000)},
        {"orderCode": 5},
        {"currency": "USD"},
        {"accountNumber": "0999999999"},
    ],
)
def test_a_qr_that_asks_for_something_else_is_never_shown(changes):
    with pytest.raises(Unsure):
        start(Answers(**changes))


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({"bank_bin": BANK, "account_prefix": "VQRQ"}, True),
        ({"bank_bin": "970436"}, False),
        ({"account_prefix": "0123"}, False),
    ],
)
def test_money_goes_where_the_settings_say_and_nowhere_else(settings, shown):
    harness = PayOsHarness()
    harness.settings = {**SETTINGS, **settings}

    if shown:
        assert isinstance(start(harness).next_action, ShowQr)
    else:
        with pytest.raises(Unsure):
            start(harness)


def transaction(amount, reference):
    return {
        "reference": reference,
        "amount": amount,
        "transactionDateTime": "2026-11-22 14:32:12",
        "counterAccountName": None,
    }


class Moved(PayOsHarness):
    """payOS telling of transfers as they are given, with lists as its library writes them."""

    def __init__(self, moved, status="UNDERPAID", **changes):
        self.moved, self.status, self.changes = moved, status, changes

    def found(self, told):
        ordered = [dict(sorted(one.items())) for one in self.moved]
        text = json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))
        paid = sum(one["amount"] for one in self.moved)
        said = {
            **dict(super().found(told)),
            "amountPaid": str(paid),
            "status": f'"{self.status}"',
            "transactions": text,
        }
        return list({**said, **self.changes}.items())


def test_each_transfer_on_one_link_is_a_movement_of_its_own():
    seen = query(Moved([transaction(5_000, "FT1"), transaction(10_000, "FT2")], "PAID"))

    assert [(s.status, s.amount, s.txn, s.provider_ref) for s in seen] == [
        ("succeeded", 5_000, "FT1", ORDER),
        ("succeeded", 10_000, "FT2", ORDER),
    ]


@pytest.mark.parametrize("state", sorted(wire.STATES))
def test_every_published_state_is_classified(state):
    wanted = {"pending": "pending", "failed": "failed"}.get(wire.STATES[state])

    if wanted is None:
        with pytest.raises(Unsure):
            query(Moved([], state))
    else:
        assert [seen.status for seen in query(Moved([], state))] == [wanted]


@pytest.mark.parametrize(
    "harness",
    [
        Moved([transaction(5_000, "FT1")], amountPaid="15000"),
        Moved([], "PAID"),
        Moved([], "NEWSTATE"),
        Moved([], orderCode="5"),
        Moved([transaction(5_000, "")]),
        Moved([{**transaction(5_000, "FT1"), "transactionDateTime": "x"}]),
        Moved([], "PENDING", transactions="null", amountPaid="5"),
    ],
    ids=range(7),
)
def test_an_answer_that_does_not_add_up_is_no_verdict(harness):
    with pytest.raises(Unsure):
        query(harness)


def test_expired_with_money_is_told_as_the_money():
    assert [s.status for s in query(Moved([transaction(5_000, "FT1")], "EXPIRED"))] == ["succeeded"]


@pytest.mark.parametrize(
    ("status", "error"), [(429, Transient), (500, Unsure), (302, Unsure), (201, Unsure)]
)
def test_a_status_that_is_no_success_is_no_verdict(status, error):
    with pytest.raises(error):
        start(Answers(status))
    with pytest.raises(error):
        query(Answers(status))


class Refusing(PayOsHarness):
    """payOS refusing with a code and a status."""

    def __init__(self, status, code):
        self.status, self.code = status, code

    def answer(self, request, told):
        body = json.dumps({"code": self.code, "desc": "x", "data": None, "signature": None})
        return HttpAnswer(status=self.status, body=body.encode())


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, "20", Rejected),
        (401, "401", Misconfigured),
        (200, "214", Misconfigured),
        (200, "231", Unsure),
        (200, "999", Unsure),
        (500, "20", Unsure),
    ],
)
def test_a_refusal_is_read_by_its_code(status, code, error):
    with pytest.raises(error):
        start(Refusing(status, code))
    with pytest.raises(Unsure if error is Rejected else error):
        query(Refusing(status, code))


def test_a_link_that_is_not_there_is_not_found_whatever_the_status():
    assert query(Refusing(404, "101"))[0].status == "not_found"
    with pytest.raises(Unsure):
        query(Refusing(503, "101"))


@pytest.mark.parametrize(
    ("query_text", "ref", "claimed"),
    [
        (f"orderCode={ORDER}&status=PAID", ORDER, "paid"),
        (f"orderCode={ORDER}&status=CANCELLED&cancel=true", ORDER, "failed"),
        (f"orderCode={ORDER}&status=PROCESSING", ORDER, "pending"),
        (f"orderCode={ORDER}&status=STOLEN", ORDER, "unknown"),
        (f"orderCode={ORDER}&orderCode={ORDER}", None, "unknown"),
        ("orderCode=0&status=PAID", None, "paid"),
        ("orderCode=" + "9" * 17, None, "unknown"),
        ("orderCode=١٢", None, "unknown"),
    ],
)
def test_the_return_is_a_hint_at_most(query_text, ref, claimed):
    request = RawRequest(method="GET", query=query_text)

    hint = create().parse_return(context_of(PayOsHarness()), request)

    assert (hint.provider_ref, hint.claimed) == (ref, claimed)


@pytest.mark.parametrize(
    ("url", "production"), [("api-merchant.payos.vn", False), ("http://api.payos.example", True)]
)
def test_settings_that_cannot_work_are_found(url, production):
    harness = PayOsHarness()
    harness.settings = {**SETTINGS, "base_url": url}

    assert create().check_config(context_of(harness, production=production))


def test_settings_of_another_adapter_are_refused():
    ctx = context_of(PayOsHarness())
    wrong = type(ctx)(**{**ctx.__dict__, "config": Wrong()})

    with pytest.raises(Misconfigured):
        asyncio.run(create().query(wrong, sample_attempt()))
    assert create().origins(Wrong()) == ()


class Wrong(msgspec.Struct):
    """Not payOS's settings."""
