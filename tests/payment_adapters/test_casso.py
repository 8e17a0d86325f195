"""Casso's two dialects of bank notices through the kit, and the published vector of the second."""

import json
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from payment_adapters.bank_notice import casso
from payment_adapters.bank_notice.adapter import create
from payment_adapters.contract import BadSignature, Malformed, RawRequest, Secret, Statement
from payment_adapters.testing import CODE, NOW, Conformance, Harness, as_members, context_of
from tests.payment_adapters.banks import COLUMNS, VIETNAM, as_csv, cells_of
from tests.payment_adapters.test_bank_notice import REPLIES

SECRET = "dummy-key-of-casso"
PUBLISHED_KEY = "mgExMrjj4i7a1p8Cs6LmFbpCd8lbw4sSX4LZXPag7TKazeIogtR90tvWYTkwQbvs"
PUBLISHED = {
    "error": 0,
    "data": {
        "id": 0,
        "reference": "MA_GIAO_DICH_THU_NGHIEM",
        "description": "giao dich thu nghiem",
        "amount": 599000,
        "runningBalance": 25000000,
        "transactionDateTime": "2024-10-03 15:06:37",
        "accountNumber": "88888888",
        "bankName": "VPBank",
        "bankAbbreviation": "VPB",
        "virtualAccountNumber": "",
        "virtualAccountName": "",
        "counterAccountName": "NGUYEN VAN A",
        "counterAccountNumber": "8888888888",
        "counterAccountBankId": "970415",
        "counterAccountBankName": "VietinBank",
    },
}
SIGNATURE = (
    "t=1727948258788,v1=ed0a4bd2e826d5cb69988cdb141e6c1a080e21f3b57eb72cd78192220042b9e7dde0868fc6"
    "67faea8e224900fa7904e7c88dfa098032fb2d6b6996856e8b7ff3"
)
BODY = (
    '{"error":0,"data":{"id":92704,"reference":"FT26326000123","description":"HSP7K2M9Q phí/lệ",'
    '"amount":AMOUNT,"runningBalance":1,"transactionDateTime":"MOMENT","accountNumber":"0123456789",'
    '"virtualAccountNumber":"","counterAccountName":"NGUYEN VAN A"MORE}}'
)
FIRST = (
    '{"error":0,"data":[{"id":92704,"tid":"FT26326000123","description":"HSP7K2M9Q NGUYEN VAN A",'
    '"amount":AMOUNT,"cusum_balance":1,"when":"MOMENT","bank_sub_acc_id":"0123456789"MORE}]}'
)


def written(text, told):
    moment = f"{told.moved_at.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}"
    text = text.replace("AMOUNT", told.amount).replace("MOMENT", moment)
    return text.replace("MORE", as_members(told.more)).encode()


def lower(headers):
    return tuple((name.lower(), value) for name, value in headers.items())


class SecondHarness(Harness):
    create = staticmethod(create)
    settings: ClassVar = {
        "enabled": True,
        "dialect": "casso_v2",
        "hmac_secret": SECRET,
        "account": "0123456789",
        "name_by": "reference",
        "statement": COLUMNS,
    }
    secrets = (SECRET,)
    personal = (b"NGUYEN VAN A", b"0123456789")
    replies = REPLIES
    proof = "members"
    notice_signature = ("header", casso.SIGNATURE)
    leaves_out = ("currency", "merchant")
    txn = "FT26326000123"

    def notice(self, told):
        body = written(BODY, told)
        try:
            headers = casso.sign(Secret(told.secret or SECRET), body, at=told.at)
        except ValueError:  # no JSON at all: whatever signs it
            headers = {"X-Casso-Signature": f"t={int(told.at.timestamp())}000,v1=00"}
        return RawRequest(method="POST", headers=lower(headers), body=body)

    def statement(self, rows):
        return Statement(name="sao-ke.csv", body=as_csv(map(cells_of, rows)).encode())


class FirstHarness(SecondHarness):
    settings: ClassVar = {**SecondHarness.settings, "dialect": "casso_v1"}
    proof = "token"
    notice_signature = ("header", casso.TOKEN)
    leaves_out = ("currency", "merchant", "at")

    def notice(self, told):
        headers = ((casso.TOKEN, told.secret or SECRET),)
        return RawRequest(method="POST", headers=headers, body=written(FIRST, told))


class TestCassoSecond(Conformance):
    def harness(self):
        return SecondHarness()


class TestCassoFirst(Conformance):
    def harness(self):
        return FirstHarness()


def hear(harness, body, headers):
    request = RawRequest(method="POST", headers=lower(headers), body=body)
    return create().parse_notice(context_of(harness), request).observations


def second(**changes):
    message = {"error": 0, "data": {**PUBLISHED["data"], "id": 7, **changes}}
    body = json.dumps(message).encode()
    return hear(SecondHarness(), body, casso.sign(Secret(SECRET), body, at=NOW))


def first(*lines, error=0):
    usual = {"when": "2026-11-22 14:32:12", "bank_sub_acc_id": "0123456789"}
    body = json.dumps({"error": error, "data": [{**usual, **line} for line in lines]}).encode()
    return hear(FirstHarness(), body, {casso.TOKEN: SECRET})


def test_the_published_vector_is_signed_byte_for_byte():
    moment = datetime.fromtimestamp(1727948258.788, UTC)

    signed = casso.sign(Secret(PUBLISHED_KEY), json.dumps(PUBLISHED).encode(), at=moment)

    assert signed == {"X-Casso-Signature": SIGNATURE}


def test_the_published_trial_call_is_genuine_and_tells_of_no_money():
    body = json.dumps(PUBLISHED).encode()
    moment = datetime.fromtimestamp(1727948258, UTC)

    casso.check(Secret(PUBLISHED_KEY), body, signature=SIGNATURE, now=moment)

    assert casso.read_second(body) == ()


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ('{"b":1,"a":{"d":2,"c":3}}', '{"a":{"c":3,"d":2},"b":1}'),
        ('{ "a" : "phí/lệ phí \\u0111" }', '{"a":"phí/lệ phí đ"}'),
        ('{"a":[1.0,1.5,2e3,-0.5]}', '{"a":[1,1.5,2000,-0.5]}'),
        ('{"a":null,"b":true,"c":"\\n\\t\\u0001"}', '{"a":null,"b":true,"c":"\\n\\t\\u0001"}'),
    ],
)
def test_json_is_signed_as_javascript_writes_it(text, signed):
    assert casso.canonical(text.encode()) == signed.encode()


def test_half_a_letter_is_malformed():
    body = b'{"error":0,"data":{"x":"\\ud83d"}}'

    with pytest.raises(Malformed):
        casso.canonical(body)


def test_account_memo_and_reference_are_passed_on():
    seen = second(description=CODE, virtualAccountNumber="VA001", reference="FT26326000009")[0]

    assert (seen.account, seen.memo, seen.txn) == ("VA001", CODE, "FT26326000009")
    assert second(accountNumber="1", virtualAccountNumber=None)[0].account == "1"


@pytest.mark.parametrize("amount", [-15_000, 0])
def test_money_that_goes_out_is_no_payment(amount):
    assert second(amount=amount) == ()
    assert first({"id": 1, "amount": amount}) == ()


def test_several_movements_come_in_one_call():
    seen = first(
        {"id": 1, "amount": 15_000, "tid": "FT26326000001", "description": "a"},
        {"id": 2, "amount": -3_000, "tid": "FT26326000002"},
        {"id": 3, "amount": 8_000, "tid": None, "subAccId": "VA9"},
    )

    assert [(one.txn, one.amount, one.account) for one in seen] == [
        ("FT26326000001", 15_000, "0123456789"),
        ("3", 8_000, "VA9"),
    ]


@pytest.mark.parametrize("when", ["", "22/11/2026", "2026-02-30 10:00:00"])
def test_a_moment_that_does_not_exist_is_malformed(when):
    with pytest.raises(Malformed):
        first({"id": 1, "amount": 1, "when": when})


def test_a_moment_with_its_zone_is_that_moment():
    seen = first({"id": 1, "amount": 1, "when": "2026-11-22T07:32:12+00:00"})[0]

    assert seen.occurred_at == NOW


def test_a_call_that_reports_an_error_tells_of_no_money():
    with pytest.raises(Malformed):
        first({"id": 1, "amount": 1}, error=1)
    with pytest.raises(Malformed):
        first({"id": 1, "amount": 1, "bank_sub_acc_id": None})
    body = json.dumps({**PUBLISHED, "error": 5}).encode()
    with pytest.raises(Malformed):
        hear(SecondHarness(), body, casso.sign(Secret(SECRET), body, at=NOW))


@pytest.mark.parametrize(
    "signature", ["", "t=,v1=", "v1=00,t=1", "t=1e9,v1=00", "t=١,v1=00", "t=1,v1=00", SIGNATURE]
)
def test_a_signature_must_be_well_written_and_ours(signature):
    body = json.dumps(PUBLISHED).encode()

    with pytest.raises(BadSignature):
        casso.check(Secret(SECRET), body, signature=signature, now=NOW)
