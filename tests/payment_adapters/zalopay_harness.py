"""What the kit must know of ZaloPay: it signs and answers by readings of its own."""

import hashlib
import hmac
import json
from typing import ClassVar
from urllib.parse import urlencode

from msgspec.structs import replace

from payment_adapters.contract import (
    HttpAnswer,
    Outcome,
    RawReply,
    RawRequest,
)
from payment_adapters.testing import (
    AMOUNT,
    CODE,
    REFUND_CODE,
    REFUND_TXN,
    TXN,
    Harness,
    as_members,
)
from payment_adapters.zalopay import wire
from payment_adapters.zalopay.adapter import create

BASE = "https://openapi.zalopay.vn"
APP = 2554
KEY1, KEY2 = "DummyKey1DummyKey1DummyKey1Dummy", "DummyKey2DummyKey2DummyKey2Dummy"
SETTINGS = {"enabled": True, "base_url": BASE, "app_id": APP, "key1": KEY1, "key2": KEY2}
REF = f"261122_{CODE}"
MILLISECONDS = 1_795_246_332_000
FAILS = {"failed": -54, "not_found": -101}
DATA = (
    '{"app_id":MERCHANT,"app_trans_id":"261122_HSP7K2M9Q","app_time":1795246205000,'
    '"app_user":"nguyen-thi-buoi","amount":AMOUNT,"embed_data":"{}","item":"[]",'
    '"zp_trans_id":92704,"server_time":TIME,"channel":38,"merchant_user_id":"0909123456",'
    '"user_fee_amount":0,"discount_amount":0MORE}'
)
ROWS = {
    wire.CREATE: "app_id app_trans_id app_user amount app_time embed_data item",
    wire.REFUND: "app_id zp_trans_id amount description timestamp",
    wire.QUERY_REFUND: "app_id m_refund_id timestamp",
}
GOLDEN = (
    "https://openapi.zalopay.vn/v2/create\n"
    '{"app_id":2554,"app_user":"mot-cua","app_trans_id":"261122_HSP7K2M9Q",'
    '"app_time":1795332732000,"amount":15000,"item":"[]",'
    '"embed_data":"{\\"redirecturl\\":\\"https://motcua.example.vn/api/v1/payments/return/x\\"}",'
    '"description":"Phí hồ sơ","bank_code":"",'
    '"callback_url":"https://motcua.example.vn/api/v1/payments/notices/x",'
    '"expire_duration_seconds":900,"mac":"7554278ff39128149a477fe6c435245a96a568fde59d70b3690fbb3b5f53510a"}'
)
STARTS = {"refused": "rejected", "settings": "misconfigured", "busy": "transient"}
STATUS = {"done": "succeeded", "pending": "pending", "failed": "failed", "missing": "not_found"}
ASKS = {**STATUS, "settings": "misconfigured", "busy": "transient"}


def classes(table, names):
    return {str(code): names.get(meaning, "unsure") for code, meaning in table.items()}


def mac(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


class ZaloPayHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (KEY1, KEY2)
    personal = (b"nguyen-thi-buoi", b"0909123456")
    replies: ClassVar = {
        outcome: RawReply(status=200, body=body)
        for outcome, body in {
            Outcome.ACCEPTED: b'{"return_code":1,"return_message":"success"}',
            Outcome.UNKNOWN_REF: b'{"return_code":1,"return_message":"success"}',
            Outcome.AMOUNT_MISMATCH: b'{"return_code":1,"return_message":"success"}',
            Outcome.DUPLICATE: b'{"return_code":2,"return_message":"duplicate"}',
            Outcome.RETRY_LATER: b'{"return_code":0,"return_message":"retry"}',
            Outcome.BAD_SIGNATURE: b'{"return_code":-1,"return_message":"mac not equal"}',
            Outcome.MALFORMED: b'{"return_code":-1,"return_message":"malformed"}',
        }.items()
    }
    golden = GOLDEN
    refund_txn = f"261122_{REFUND_CODE}"
    ref_pattern = r"[0-9]{6}_HS[0-9A-Z]{7}"
    proof = "members"
    notice_signature = ("json", "mac")
    unsigned = (b',"type":1',)
    leaves_out = ("currency", "at")
    codes: ClassVar = {
        "start": classes(wire.CREATE_CODES, STARTS),
        "query": classes(wire.QUERY_CODES, ASKS),
        "refund": classes(wire.REFUND_CODES, {**STARTS, "pending": "pending"}),
        "query_refund": classes(wire.QUERY_REFUND_CODES, ASKS),
    }

    def notice(self, told):
        data = DATA
        for name, text in {
            "MERCHANT": "2555" if told.merchant else str(APP),
            "AMOUNT": told.amount,
            "TIME": str(int(told.moved_at.timestamp() * 1000)),
            "MORE": as_members(told.more),
        }.items():
            data = data.replace(name, text)
        signed = {"data": data, "mac": mac(told.secret or KEY2, data), "type": 1}
        body = json.dumps(signed, ensure_ascii=False, separators=(",", ":"))
        return RawRequest(method="POST", body=body.encode())

    def back(self, told):
        said = {
            "appid": str(APP),
            "apptransid": REF,
            "pmcid": "38",
            "bankcode": "",
            "amount": str(AMOUNT),
            "discountamount": "0",
            "status": "1" if told.says == "paid" else "-49",
        }
        checksum = mac(KEY2, "|".join(said.values()))
        return RawRequest(method="GET", query=urlencode({**said, "checksum": checksum}))

    def answer(self, request, told):
        path, asked = request.url.removeprefix(BASE), json.loads(request.body)
        if path == wire.QUERY:
            signed = f"{APP}|{asked['app_trans_id']}|{KEY1}"
        else:
            signed = "|".join(str(asked[name]) for name in ROWS[path].split())
        assert (request.method, asked["app_id"]) == ("POST", APP)
        assert asked["mac"] == mac(KEY1, signed)
        text = json.dumps(self.said(path, told)).replace('"AMOUNT"', told.amount)
        return HttpAnswer(status=200, body=text.encode())

    def said(self, path, told):
        if told.code:
            return {"return_code": 2, "sub_return_code": int(told.code)}
        if path == wire.CREATE:
            return {"return_code": 1, "order_url": "https://gateway.zalopay.vn/openinapp?order=x"}
        if told.says == "pending":
            return {"return_code": 3, "sub_return_code": 1, "is_processing": True}
        if told.says != "paid":
            refunds = {"failed": -14 if path == wire.REFUND else 0, "not_found": -101}
            codes = FAILS if path == wire.QUERY else refunds
            return {"return_code": 2, "sub_return_code": codes[told.says]}
        done = {"return_code": 1, "sub_return_code": 1}
        if path == wire.QUERY:
            moved = int(told.moved_at.timestamp() * 1000)
            done |= {"amount": "AMOUNT", "zp_trans_id": int(TXN), "server_time": moved}
        return {**done, "refund_id": int(REFUND_TXN)} if path == wire.REFUND else done


class Answers(ZaloPayHarness):
    """ZaloPay answering something else."""

    def __init__(self, status=200, **said):
        self.status, self.other = status, said

    def answer(self, request, told):
        return replace(super().answer(request, told), status=self.status)

    def said(self, path, told):
        return self.other
