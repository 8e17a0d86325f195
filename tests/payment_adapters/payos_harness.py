"""What the kit must know of payOS: it signs and answers by readings of its own."""

import hashlib
import hmac
import json
from typing import ClassVar

from payment_adapters.contract import (
    HttpAnswer,
    Outcome,
    RawReply,
    RawRequest,
)
from payment_adapters.payos import wire
from payment_adapters.payos.adapter import create
from payment_adapters.testing import (
    AMOUNT,
    CODE,
    TXN,
    Harness,
)
from payment_adapters.vietqr import wire as vietqr

BASE = "https://api-merchant.payos.vn"
CLIENT, API_KEY = "payos-client-of-the-tests", "payos-api-key-of-the-tests"
KEY = "dummy-checksum-key-0123456789abcdef"
SETTINGS = {
    "enabled": True,
    "base_url": BASE,
    "client_id": CLIENT,
    "api_key": API_KEY,
    "checksum_key": KEY,
}
ORDER = str(wire.order_code(CODE))
BANK, ACCOUNT, HOLDER = "970422", "VQRQ0001ABCDE", "UBND PHUONG MAU"
SAMPLE_KEY = "1a54716c8f0efb2744fb28b6e38b25da7f67a925d98bc1c18bd8faaecadd7675"
SAMPLE = {
    "orderCode": 123,
    "amount": 3000,
    "description": "VQRIO123",
    "accountNumber": "12345678",
    "reference": "TF230204212323",
    "transactionDateTime": "2023-02-04 18:25:00",
    "currency": "VND",
    "paymentLinkId": "124c33293c43417ab7879e14c8d9eb18",
    "code": "00",
    "desc": "Thành công",
    "counterAccountBankId": "",
    "counterAccountBankName": "",
    "counterAccountName": "",
    "counterAccountNumber": "",
    "virtualAccountName": "",
    "virtualAccountNumber": "",
}
STARTS = {"refused": "rejected", "settings": "misconfigured", "busy": "transient"}
ASKS = {"missing": "not_found", "settings": "misconfigured", "busy": "transient"}
GOLDEN = (
    "https://api-merchant.payos.vn/v2/payment-requests\n"
    f'{{"orderCode":{ORDER},"amount":15000,"description":"HSP7K2M9Q",'
    '"cancelUrl":"https://motcua.example.vn/api/v1/payments/return/x",'
    '"returnUrl":"https://motcua.example.vn/api/v1/payments/return/x",'
    '"expiredAt":1795333632,"signature":"bdb33e3d13046b7c4cab3e0b24892b22b1d17d3ca78349f4186da53607ba4c3b"}'
)


def hashed(row, key=KEY):
    return hmac.new(key.encode(), row.encode(), hashlib.sha256).hexdigest()


def row(members):
    """Write what the official library signs, from the members' text in JSON."""
    return "&".join(f"{name}={written(text)}" for name, text in sorted(members))


def written(text):
    if text.startswith("{"):
        return "[object Object]"
    plain = text.removeprefix('"').removesuffix('"') if text.startswith('"') else text
    return "" if plain in {"null", "undefined"} else plain


def envelope(members, key=KEY):
    data = "{" + ",".join(f'"{name}":{text}' for name, text in members) + "}"
    return (
        f'{{"code":"00","desc":"success","success":true,"data":{data},'
        f'"signature":"{hashed(row(members), key)}"}}'
    ).encode()


def texts(data):
    return [(name, json.dumps(value, ensure_ascii=False)) for name, value in data.items()]


def qr(amount=AMOUNT, **changes):
    transfer = {"bank_bin": BANK, "account": ACCOUNT, "amount": amount, "purpose": CODE, **changes}
    return vietqr.write(vietqr.Transfer(**transfer))


class PayOsHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (KEY, API_KEY)
    sent_secrets = (API_KEY,)
    personal = (b"NGUYEN THI BUOI", b"0123499999")
    replies: ClassVar = {
        **{outcome: RawReply(status=200, body=b'{"success":true}') for outcome in Outcome},
        Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"success":false}'),
        Outcome.MALFORMED: RawReply(status=400, body=b'{"success":false}'),
        Outcome.RETRY_LATER: RawReply(status=503, body=b'{"success":false}'),
    }
    golden = GOLDEN
    ref_pattern = r"[1-9][0-9]{10}"
    proof = "members"
    notice_signature = ("json", "signature")
    answer_signature = ("json", "signature")
    unsigned = (b'"code":"00","desc":"success","success":true,',)
    leaves_out = ("merchant", "at")
    codes: ClassVar = {
        "start": {code: STARTS.get(meaning, "unsure") for code, meaning in wire.CODES.items()},
        "query": {code: ASKS.get(meaning, "unsure") for code, meaning in wire.CODES.items()},
    }

    def notice(self, told):
        moved = told.moved_at.astimezone(wire.VIETNAM)
        members = [
            ("orderCode", ORDER),
            ("amount", told.amount),
            ("description", f'"{CODE}"'),
            ("accountNumber", '"0123456789"'),
            ("reference", f'"{TXN}"'),
            ("transactionDateTime", f'"{moved:%Y-%m-%d %H:%M:%S}"'),
            ("currency", f'"{told.currency}"'),
            ("paymentLinkId", '"a1"'),
            ("code", '"00"'),
            ("desc", '"Thành công"'),
            ("counterAccountBankId", "null"),
            ("counterAccountBankName", '"null"'),
            ("counterAccountName", '"NGUYEN THI BUOI"'),
            ("counterAccountNumber", '"0123499999"'),
            ("virtualAccountName", '""'),
            ("virtualAccountNumber", '"undefined"'),
            *told.more,
        ]
        return RawRequest(method="POST", body=envelope(members, told.secret or KEY))

    def back(self, told):
        state = {"paid": "PAID", "failed": "CANCELLED"}[told.says]
        text = f"code=00&id=a1&cancel=false&status={state}&orderCode={ORDER}"
        return RawRequest(method="GET", query=text)

    def answer(self, request, told):
        assert request.headers["x-client-id"] == CLIENT
        assert request.headers["x-api-key"] == API_KEY
        asked = json.loads(request.body) if request.method == "POST" else {}
        if told.code or (not asked and told.says == "not_found"):
            refusal = {"code": told.code or "101", "desc": "x", "data": None, "signature": None}
            return HttpAnswer(status=200, body=json.dumps(refusal).encode())
        if asked:
            names = ("amount", "cancelUrl", "description", "orderCode", "returnUrl")
            signed = "&".join(f"{name}={asked[name]}" for name in names)
            assert asked["signature"] == hashed(signed)
            return self.signed(texts(self.link()))
        assert request.url == f"{BASE}/v2/payment-requests/{ORDER}"
        return self.signed(self.found(told))

    def signed(self, members):
        return HttpAnswer(status=200, body=envelope(members))

    def link(self):
        return {
            "bin": BANK,
            "accountNumber": ACCOUNT,
            "accountName": HOLDER,
            "amount": AMOUNT,
            "description": CODE,
            "orderCode": int(ORDER),
            "currency": "VND",
            "paymentLinkId": "a1",
            "status": "PENDING",
            "checkoutUrl": "https://pay.payos.vn/web/a1",
            "qrCode": qr(),
        }

    def found(self, told):
        paid = told.says == "paid"
        moved = told.moved_at.astimezone(wire.VIETNAM).isoformat()
        one = (
            f'[{{"accountNumber":"0123456789","amount":{told.amount},"counterAccountName":null,'
            f'"description":"{CODE}","reference":"{TXN}","transactionDateTime":"{moved}"}}]'
        )
        return [
            ("id", '"a1"'),
            ("orderCode", ORDER),
            ("amount", str(AMOUNT)),
            ("amountPaid", told.amount if paid else "0"),
            ("amountRemaining", "0" if paid else str(AMOUNT)),
            ("status", {"paid": '"PAID"', "failed": '"CANCELLED"'}.get(told.says, '"PENDING"')),
            ("createdAt", '"2026-11-22T14:30:00+07:00"'),
            ("transactions", one if paid else "[]"),
            ("cancellationReason", "null"),
            ("canceledAt", "null"),
        ]


class Answers(PayOsHarness):
    """payOS answering with other members, rightly signed."""

    def __init__(self, status=200, **changes):
        self.status, self.changes = status, changes

    def signed(self, members):
        changed = {**dict(members), **{n: json.dumps(v) for n, v in self.changes.items()}}
        return HttpAnswer(status=self.status, body=envelope(list(changed.items())))
