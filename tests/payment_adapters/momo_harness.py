"""What the kit must know of MoMo: it signs and answers by readings of its own."""

import hashlib
import hmac
import json
from typing import ClassVar
from urllib.parse import urlencode

from payment_adapters.contract import (
    HttpAnswer,
    Outcome,
    RawReply,
    RawRequest,
)
from payment_adapters.momo import wire
from payment_adapters.momo.adapter import create
from payment_adapters.testing import (
    REFUND_CODE,
    REFUND_TXN,
    TXN,
    Harness,
    as_members,
)

BASE = "https://payment.momo.vn"
PARTNER, ACCESS, SECRET = "MOMODUMMY", "DUMMYACCESSKEY01", "DummyMomoSecretKey0123456789abcd"
SETTINGS = {
    "enabled": True,
    "base_url": BASE,
    "partner_code": PARTNER,
    "access_key": ACCESS,
    "secret_key": SECRET,
}
INFO = "Lệ phí hồ sơ HS-2026-000123"
MILLISECONDS = 1_795_246_332_000
SAYS = {"paid": "0", "pending": "1000", "failed": "1006", "not_found": "42"}
NOTICE = (
    '{"partnerCode":"PARTNER","orderId":"HSP7K2M9Q","requestId":"REQ-HSP7K2M9Q-1","amount":AMOUNT,'
    '"orderInfo":"Phí hồ sơ","orderType":"momo_wallet","transId":92704,"resultCode":RESULT,'
    '"message":"Thành công.","payType":"qr","responseTime":TIME,"extraData":"",'
    '"signature":"SIGNATURE"MORE}'
)
TOLD = (
    "accessKey=ACCESS&amount=AMOUNT&extraData=&message=Thành công.&orderId=HSP7K2M9Q"
    "&orderInfo=Phí hồ sơ&orderType=momo_wallet&partnerCode=PARTNER&payType=qr"
    "&requestId=REQ-HSP7K2M9Q-1&responseTime=TIME&resultCode=RESULT&transId=92704"
)
ROWS = {
    wire.CREATE: "accessKey amount extraData ipnUrl orderId orderInfo partnerCode redirectUrl"
    " requestId requestType",
    wire.QUERY: "accessKey orderId partnerCode requestId",
    wire.REFUND: "accessKey amount description orderId partnerCode requestId transId",
}
CREATED = "accessKey amount message orderId partnerCode payUrl requestId responseTime resultCode"
GOLDEN = (
    "https://payment.momo.vn/v2/gateway/api/create\n"
    '{"partnerCode":"MOMODUMMY","requestId":"REQ-HSP7K2M9Q-1","amount":15000,'
    '"orderId":"HSP7K2M9Q","orderInfo":"Phí hồ sơ",'
    '"redirectUrl":"https://motcua.example.vn/api/v1/payments/return/x",'
    '"ipnUrl":"https://motcua.example.vn/api/v1/payments/notices/x",'
    '"requestType":"captureWallet","extraData":"","lang":"vi","autoCapture":true,'
    '"signature":"bf637fa53de4d82e469e762ca966d245542a357de78341da854a299117d827a4"}'
)
STATUS = {"paid": "succeeded", "pending": "pending", "failed": "failed"}
STARTS = {
    "failed": "rejected",
    "kept": "rejected",
    "refused": "rejected",
    "missing": "rejected",
    "settings": "misconfigured",
    "busy": "transient",
}
ASKS_BACK = {**STATUS, "kept": "failed", "settings": "misconfigured", "busy": "transient"}
ASKS = {**STATUS, "missing": "not_found", "settings": "misconfigured", "busy": "transient"}


def sign(row, secret=""):
    return hmac.new((secret or SECRET).encode(), row.encode(), hashlib.sha256).hexdigest()


def row(names, values):
    known = {**values, "accessKey": ACCESS}
    return "&".join(f"{name}={known[name]}" for name in names.split())


class MoMoHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (ACCESS, SECRET)
    personal = ("Phí hồ sơ".encode(),)
    replies: ClassVar = {
        **{outcome: RawReply(status=204) for outcome in Outcome},
        Outcome.BAD_SIGNATURE: RawReply(status=401),
        Outcome.MALFORMED: RawReply(status=400),
        Outcome.RETRY_LATER: RawReply(status=503),
    }
    golden = GOLDEN
    ref_pattern = r"[0-9a-zA-Z]([-_.]*[0-9a-zA-Z]+)*"
    proof = "members"
    notice_signature = ("json", "signature")
    answer_signature = ("json", "signature")
    leaves_out = ("currency", "at")
    scenes: ClassVar = {
        "notice": ("paid", "pending", "failed"),
        "query_refund": ("paid", "pending", "failed"),
    }
    codes: ClassVar = {
        "notice": {str(code): STATUS.get(m, "pending") for code, m in wire.CODES.items()},
        "start": {str(c): STARTS.get(m, "unsure") for c, m in wire.CODES.items() if c},
        "query": {str(c): ASKS.get(m, "unsure") for c, m in wire.CODES.items()},
        "refund": {
            str(c): {"paid": "succeeded", "pending": "pending"}.get(m) or STARTS.get(m, "unsure")
            for c, m in wire.CODES.items()
        },
        "query_refund": {str(c): ASKS_BACK.get(m, "unsure") for c, m in wire.CODES.items()},
    }

    def notice(self, told):
        body, signed = NOTICE, TOLD
        for name, text in {
            "ACCESS": ACCESS,
            "PARTNER": told.merchant or PARTNER,
            "AMOUNT": told.amount,
            "RESULT": told.code or SAYS[told.says],
            "TIME": str(int(told.moved_at.timestamp() * 1000)),
            "MORE": as_members(told.more),
        }.items():
            body, signed = body.replace(name, text), signed.replace(name, text)
        text_amount = told.amount.removeprefix('"').removesuffix('"')
        signed = signed.replace(f"amount={told.amount}", f"amount={text_amount}")
        body = body.replace("SIGNATURE", sign(signed, told.secret))
        return RawRequest(method="POST", body=body.encode())

    def back(self, told):
        given = json.loads(self.notice(told).body)
        return RawRequest(method="GET", query=urlencode(given))

    def answer(self, request, told):
        path = request.url.removeprefix(BASE)
        asked = json.loads(request.body)
        assert asked["signature"] == sign(row(ROWS[path], asked))
        assert (request.method, asked["partnerCode"]) == ("POST", PARTNER)
        names = {name: asked[name] for name in ("partnerCode", "orderId", "requestId")}
        said = {
            wire.CREATE: self.created,
            wire.QUERY: self.found,
            wire.REFUND: self.refunded,
        }[path](names, told)
        text = json.dumps(said, ensure_ascii=False).replace('"AMOUNT"', told.amount)
        return HttpAnswer(status=200, body=text.encode())

    def created(self, names, told):
        said = {
            **names,
            "amount": "AMOUNT",
            "responseTime": MILLISECONDS,
            "message": "Thành công.",
            "resultCode": int(told.code or 0),
            "payUrl": f"{BASE}/v2/gateway/pay?t=x",
        }
        return {**said, "signature": sign(row(CREATED, {**said, "amount": told.amount}))}

    def found(self, names, told):
        """Answer about the payment and about what was given back of it at once."""
        code = int(told.code or SAYS[told.says])
        said = {**names, "resultCode": code, "message": "x", "signature": None}
        if told.says == "not_found":
            return said
        return {
            **said,
            "amount": "AMOUNT",
            "transId": int(TXN),
            "responseTime": MILLISECONDS + 5_000,
            "lastUpdated": int(told.moved_at.timestamp() * 1000),
            "refundTrans": [
                {**self.one(told), "orderId": f"RF-{REFUND_CODE}", "createdTime": MILLISECONDS}
            ],
        }

    def refunded(self, names, told):
        return {**names, **self.one(told), "message": "x", "responseTime": MILLISECONDS}

    def one(self, told):
        usual = {**SAYS, "failed": "1081"}[told.says]
        return {
            "amount": "AMOUNT",
            "transId": int(REFUND_TXN),
            "resultCode": int(told.code or usual),
        }

    def spoil(self, answer, odd):
        if b"payUrl" not in answer.body or odd == "unsigned":
            return None
        return super().spoil(answer, odd)


class Answers(MoMoHarness):
    """MoMo answering with changes, or with something else altogether."""

    def __init__(self, status=200, body=None, **changes):
        self.status, self.body, self.changes = status, body, changes

    def answer(self, request, told):
        usual = json.loads(super().answer(request, told).body)
        said = {**usual, **self.changes} if self.body is None else self.body
        return HttpAnswer(status=self.status, body=json.dumps(said).encode())
