"""Bank notices through the kit, and the published vector of SePay."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from payment_adapters.bank_notice import wire
from payment_adapters.bank_notice.adapter import create
from payment_adapters.bank_notice.statement import Columns
from payment_adapters.contract import (
    BadSignature,
    Malformed,
    Misconfigured,
    Outcome,
    RawReply,
    RawRequest,
    Secret,
    Statement,
)
from payment_adapters.testing import CODE, NOW, Conformance, Harness, as_members, context_of
from payment_adapters.testing.filed import Statements
from tests.payment_adapters.banks import COLUMNS, as_csv, as_xlsx, cells_of

SECRET = "DummySepaySecret"
BODY = (
    '{"id":92704,"gateway":"Vietcombank","transactionDate":"MOMENT",'
    '"accountNumber":"0123456789","code":"HSP7K2M9Q","content":"MBVCB.3278907687.HSP7K2M9Q.CT tu '
    '0123499999 NGUYEN VAN A toi 0123456789","transferType":"in","transferAmount":AMOUNT,'
    '"accumulated":19077000,"subAccount":null,"referenceCode":"MBVCB.3278907687","description":""'
    "MORE}"
)
REFUSED = b'{"success":false}'
HEARD = RawReply(status=200, body=b'{"success":true}')

SETTINGS = {
    "enabled": True,
    "dialect": "sepay",
    "hmac_secret": SECRET,
    "account": "0123456789",
    "name_by": "reference",
    "statement": COLUMNS,
}
REPLIES = {
    Outcome.ACCEPTED: HEARD,
    Outcome.DUPLICATE: HEARD,
    Outcome.UNKNOWN_REF: HEARD,
    Outcome.AMOUNT_MISMATCH: HEARD,
    Outcome.RETRY_LATER: RawReply(status=503, body=REFUSED),
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=REFUSED),
    Outcome.MALFORMED: RawReply(status=400, body=REFUSED),
}


def request(body, *, at=NOW, secret=SECRET):
    headers = wire.sign(Secret(secret), body, at=at)
    lower = tuple((name.lower(), value) for name, value in headers.items())
    return RawRequest(method="POST", headers=lower, body=body)


class BankNoticeHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (SECRET,)
    personal = (b"NGUYEN VAN A", b"0123499999", b"0123456789")
    replies = REPLIES

    notice_signature = ("header", wire.SIGNATURE)
    leaves_out = ("currency", "merchant")
    optional = ("code", "subAccount", "gateway")
    txn = "MBVCB.3278907687"

    def notice(self, told):
        moment = f"{told.moved_at.astimezone(wire.VIETNAM):%Y-%m-%d %H:%M:%S}"
        body = BODY.replace("AMOUNT", told.amount).replace("MOMENT", moment)
        body = body.replace("MORE", as_members(told.more))
        if told.without:
            body = re.sub(rf'"{told.without}":("[^"]*"|null),', "", body)
        return request(body.encode(), at=told.at, secret=told.secret or SECRET)

    def statement(self, rows):
        return Statement(name="sao-ke.csv", body=as_csv(map(cells_of, rows)).encode())


class WithXlsx(BankNoticeHarness):
    def statement(self, rows):
        return Statement(name="sao-ke.xlsx", body=as_xlsx(map(cells_of, rows)))


class TestBankNotice(Conformance):
    def harness(self):
        return BankNoticeHarness()


class TestXlsx(Statements):
    def harness(self):
        return WithXlsx()


def parse(body):
    return create().parse_notice(context_of(BankNoticeHarness()), request(body.encode()))


def body(**changes):
    text = BODY.replace("AMOUNT", "15000").replace("MORE", "")
    text = text.replace("MOMENT", "2026-11-22 14:32:12")
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def test_the_published_vector_is_signed_byte_for_byte():
    moment = datetime.fromtimestamp(1795246332, UTC)

    headers = wire.sign(Secret(SECRET), body().encode(), at=moment)

    assert headers == {
        "X-SePay-Timestamp": "1795246332",
        "X-SePay-Signature": (
            "sha256=e59e59bc6f3baafbd1b08f5c98517e6069d25fcb9bc71920e259b68de03edf71"
        ),
    }


def test_account_and_memo_are_passed_on():
    seen = parse(body()).observations[0]

    assert seen.account == "0123456789"
    assert CODE in seen.memo
    assert seen.occurred_at.utcoffset() == timedelta(hours=7)


def test_the_banks_reference_names_the_movement_where_statements_are_read():
    assert parse(body()).observations[0].txn == "MBVCB.3278907687"


def test_the_services_own_number_names_the_movement_where_there_is_no_statement():
    harness = BankNoticeHarness()
    harness.settings = {"dialect": "sepay", "hmac_secret": SECRET}

    seen = create().parse_notice(context_of(harness), request(body().encode())).observations[0]

    assert seen.txn == "92704"


def test_settings_of_another_adapter_are_refused():
    ctx = replace(context_of(BankNoticeHarness()), config=Columns(**COLUMNS))

    with pytest.raises(Misconfigured):
        create().parse_notice(ctx, request(b"{}"))


def test_statements_are_refused_while_notices_are_named_otherwise():
    harness = BankNoticeHarness()
    harness.settings = {**SETTINGS, "name_by": "id"}

    assert "name_by" in create().check_config(context_of(harness))[0]


@pytest.mark.parametrize(("name_by", "faults"), [("id", 0), ("reference", 1)])
def test_a_list_of_the_notice_service_needs_notices_named_by_its_number(name_by, faults):
    harness = BankNoticeHarness()
    harness.settings = {**SETTINGS, "name_by": name_by, "statement": {**COLUMNS, "of": "service"}}

    assert len(create().check_config(context_of(harness))) == faults


@pytest.mark.parametrize("reference", ["null", '""', '"x"', '"-"', '"FT1"', '"khong co ma"'])
def test_a_reference_that_tells_nothing_apart_is_not_taken_for_a_name(reference):
    seen = parse(body(**{'"MBVCB.3278907687"': reference})).observations[0]

    assert seen.txn == "92704"


def test_money_to_a_virtual_account_counts_for_that_account():
    seen = parse(body(**{'"subAccount":null': '"subAccount":"VQRQ0001ABCDE"'})).observations[0]

    assert seen.account == "VQRQ0001ABCDE"


@pytest.mark.parametrize(("old", "new"), [('"in"', '"out"'), ("15000", "0")])
def test_money_going_out_and_empty_lines_are_no_payment(old, new):
    assert parse(body(**{old: new})).observations == ()


@pytest.mark.parametrize("moment", ["2026-02-30 10:00:00", "22/11/2026", "2026-11-22T14:32:12", ""])
def test_a_moment_that_does_not_exist_is_malformed(moment):
    with pytest.raises(Malformed):
        parse(body(**{"2026-11-22 14:32:12": moment}))


@pytest.mark.parametrize("timestamp", ["", "1e9", "01795246332", "-5", "١٧٩٥", "9" * 13])
def test_a_timestamp_must_be_plain_seconds(timestamp):
    good = request(body().encode())
    headers = tuple((n, timestamp if n == wire.TIMESTAMP else v) for n, v in good.headers)

    with pytest.raises(BadSignature):
        create().parse_notice(
            context_of(BankNoticeHarness()),
            RawRequest(method="POST", headers=headers, body=good.body),
        )
