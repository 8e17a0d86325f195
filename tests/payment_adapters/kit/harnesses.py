"""How the two invented providers sign and answer."""

import csv
import hashlib
import hmac
import io
import json
from typing import ClassVar
from urllib.parse import quote_plus

from payment_adapters.contract import HttpAnswer, Outcome, RawReply, RawRequest, Statement
from payment_adapters.testing import CODE, REFUND_CODE, REFUND_TXN, TXN, Harness, sample_bill
from payment_adapters.testing import as_query as query_of
from tests.payment_adapters.kit import as_query, everything

SECRET = "secret-of-everything"
QUERY_SECRET = "secret-of-the-query"
SAYS = {"paid": "00", "pending": "01", "failed": "02", "not_found": "04"}
DOUBTS = {Outcome.BAD_SIGNATURE, Outcome.MALFORMED, Outcome.RETRY_LATER}


class EverythingHarness(Harness):
    create = everything.Everything
    settings: ClassVar = {"enabled": True, "merchant": "us", "secret": SECRET}
    secrets = (SECRET,)
    personal = (b"NGUYEN VAN A",)
    proof = "members"
    notice_signature = ("json", "signature")
    answer_signature = ("json", "signature")
    leaves_out = ("at",)
    optional = ("payer",)
    ref_pattern = r"[0-9A-Z]{9}"
    scenes: ClassVar = {
        "notice": ("paid", "pending", "failed"),
        "refund": ("paid", "pending", "failed"),
    }
    codes: ClassVar = {
        "notice": everything.STATUSES,
        "start": {**dict.fromkeys(everything.STATUSES, "started"), "02": "rejected"},
        "query": everything.STATUSES,
        "refund": everything.STATUSES,
        "query_refund": everything.STATUSES,
    }
    replies: ClassVar = {
        outcome: RawReply(status=400 if outcome in DOUBTS else 204, media_type="text/plain")
        for outcome in Outcome
    }

    @property
    def golden(self):
        members = {
            "ref": CODE,
            "amount": 15_000,
            "at": "2026-11-22T07:32:12Z",
            "merchant": "us",
        }
        members["signature"] = everything.signature_of(SECRET.encode(), members)
        return f"{everything.BASE}/start\n{json.dumps(members)}"

    def said(self, told, *, ref=CODE, txn=TXN):
        members = {
            "merchant": json.dumps(told.merchant or "us"),
            "ref": json.dumps(ref),
            "status": json.dumps(told.code or SAYS[told.says]),
            "amount": told.amount,
            "currency": json.dumps(told.currency),
            "at": json.dumps(told.moved_at.isoformat()),
            "txn": json.dumps(txn),
            "payer": '"NGUYEN VAN A"',
        }
        members.pop(told.without, None)
        plain = [(name, text.strip('"')) for name, text in (*members.items(), *told.more)]
        secret = (told.secret or SECRET).encode()
        text = "&".join(f"{name}={value}" for name, value in sorted(dict(plain).items()))
        signature = hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
        pairs = [*members.items(), *told.more, ("signature", json.dumps(signature))]
        return ("{" + ",".join(f'"{name}":{text}' for name, text in pairs) + "}").encode()

    def notice(self, told):
        return RawRequest(method="POST", body=self.said(told))

    def back(self, told):
        return RawRequest(method="GET", query=f"{CODE}.{told.says}")

    def answer(self, request, told):
        asked = json.loads(request.body)
        wanted = everything.signature_of(SECRET.encode(), asked)
        assert hmac.compare_digest(asked["signature"], wanted)
        if request.url.endswith("/bill"):
            return HttpAnswer(status=200, body=b"%PDF-1.7 receipt")
        is_refund = asked["ref"] == REFUND_CODE
        txn = REFUND_TXN if is_refund else TXN
        return HttpAnswer(status=200, body=self.said(told, ref=asked["ref"], txn=txn))

    def spoil(self, answer, odd):
        return None if answer.body.startswith(b"%PDF") else super().spoil(answer, odd)

    def statement(self, rows):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(everything.HEADER)
        for row in rows:
            moment = row.moved_at.isoformat()
            writer.writerow([row.code, row.txn, row.amount, row.charge, moment, row.memo])
        return Statement(name="settlement.csv", body=text.getvalue().encode())

    def lookup(self, told):
        return RawRequest(method="POST", body=self.said(told, ref=sample_bill().reference))

    def read_lookup(self, reply):
        return int(reply.body) or None


class OnlyWholeHarness(EverythingHarness):
    create = everything.OnlyWhole
    codes: ClassVar = {}


class AsQueryHarness(Harness):
    create = as_query.AsQuery
    settings: ClassVar = {"enabled": True, "secret": QUERY_SECRET}
    secrets = (QUERY_SECRET,)
    personal = (b"NGUYEN",)
    unit = 100
    notice_signature = ("query", "hash")
    any_case = True
    proof = "members"
    leaves_out = ("at",)
    scenes: ClassVar = {"notice": ("paid", "failed")}
    codes: ClassVar = {"notice": as_query.STATUSES}

    replies: ClassVar = {o: RawReply(status=200, body=o.value.encode()) for o in Outcome}

    def notice(self, told):
        pairs = {
            "amount": told.amount,
            "currency": told.currency,
            "payer": "NGUYEN+VAN+A",
            "paid_at": f"{told.moved_at.astimezone(as_query.VIETNAM):%Y%m%d%H%M%S}",
            "ref": CODE,
            "site": told.merchant or "DEMO0001",
            "status": told.code or {"paid": "00", "failed": "24"}[told.says],
            "txn": TXN,
        }
        query = "&".join(f"{name}={quote_plus(text, safe='+')}" for name, text in pairs.items())
        query += query_of(told.more)
        secret = (told.secret or QUERY_SECRET).encode()
        signature = as_query.signature_of(secret, query.split("&"))
        return RawRequest(method="GET", query=f"{query}&hash={signature}")
