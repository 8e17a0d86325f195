"""Visen through the conformance kit, against a provider that is played here.

Change this file first, until it says what your provider's documents say; it signs on its own, so
that an error in `wire.py` cannot prove itself right.
"""

import hashlib
import hmac
import json

from motcua_visen.adapter import create

from payment_adapters.contract import HttpAnswer, Outcome, RawReply, RawRequest
from payment_adapters.testing import NOW, Conformance, Harness, as_members

BASE = "https://visen.example.vn"
SECRET = "secret-of-the-tests"
SAYS = {"paid": "00", "pending": "01", "failed": "02", "not_found": "04"}
PUBLISHED = {
    "00": "succeeded",
    "01": "pending",
    "02": "failed",
    "04": "not_found",
    "07": "review",
}
HEARD = RawReply(status=200, body=b'{"ok":true}')
SETTINGS = {"enabled": True, "base_url": BASE, "merchant": "UBND01", "secret": SECRET}
SCENES = {"notice": ("paid", "pending", "failed")}
CODES = {"notice": PUBLISHED, "query": PUBLISHED}
REPLIES = {
    Outcome.ACCEPTED: HEARD,
    Outcome.DUPLICATE: HEARD,
    Outcome.UNKNOWN_REF: HEARD,
    Outcome.AMOUNT_MISMATCH: HEARD,
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"ok":false}'),
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"ok":false}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"ok":false}'),
}
GOLDEN = (
    BASE + "/v1/payments\n"
    '{"merchant":"UBND01","order":"HSP7K2M9Q","amount":15000,"note":"Phí hồ sơ",'
    '"back_url":"https://motcua.example.vn/api/v1/payments/return/x",'
    '"notice_url":"https://motcua.example.vn/api/v1/payments/notices/x"}'
)


def signed(body, *, secret="", at=NOW):
    timestamp = str(int(at.timestamp()))
    message = timestamp.encode() + b"." + body
    signature = hmac.new((secret or SECRET).encode(), message, hashlib.sha256).hexdigest()
    return {"x-timestamp": timestamp, "x-signature": f"sha256={signature}"}


class VisenHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    secrets = (SECRET,)
    personal = (b"NGUYEN VAN A",)
    golden = GOLDEN
    ref_pattern = r"[0-9A-Z]{9}"
    notice_signature = ("header", "x-signature")
    answer_signature = ("header", "x-signature")
    scenes = SCENES
    codes = CODES
    replies = REPLIES

    def notice(self, told):
        body = self.state("HSP7K2M9Q", told)
        headers = signed(body, secret=told.secret, at=told.at)
        return RawRequest(method="POST", headers=tuple(headers.items()), body=body)

    def back(self, told):
        return RawRequest(method="GET", query="order=HSP7K2M9Q")

    def answer(self, request, told):
        given = {name.lower(): value for name, value in request.headers.items()}
        assert given["x-signature"] == signed(request.body)["x-signature"]
        asked = json.loads(request.body)
        body = self.state(asked["order"], told)
        if request.url == f"{BASE}/v1/payments":
            page = f"{BASE}/pay/{asked['order']}"
            body = json.dumps({**asked, "pay_url": page}).encode()
        return HttpAnswer(status=200, headers=signed(body), body=body)

    def state(self, order, told):
        """Write what `told` says; its amount is a text that is put in as it is."""
        return (
            f'{{"merchant":"{told.merchant or "UBND01"}","order":"{order}",'
            f'"state":"{told.code or SAYS[told.says]}","amount":{told.amount},'
            f'"currency":"{told.currency}","transaction":"{self.txn}",'
            f'"at":"{told.moved_at.isoformat()}","payer":"NGUYEN VAN A"{as_members(told.more)}}}'
        ).encode()


class TestVisen(Conformance):
    def harness(self):
        return VisenHarness()
