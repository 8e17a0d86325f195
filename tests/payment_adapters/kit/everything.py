"""An invented provider that can do all that the contract knows; JSON whose signature is a member.

The signature is over every other member, sorted, `name=value` joined by `&`; numbers as digits.
"""

import csv
import hashlib
import hmac
import io
import json
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from payment_adapters.contract import (
    Adapter,
    BadSignature,
    Capabilities,
    Dong,
    HttpRequest,
    Malformed,
    Notice,
    Observation,
    Outcome,
    RawReply,
    Redirect,
    Rejected,
    ReturnHint,
    Secret,
    Spec,
    Started,
    StatementLine,
    Unsure,
)
from payment_adapters.strict import check_amount, check_refund, read_json, redact

BASE = "https://everything.example.vn"
STATUSES = {"00": "succeeded", "01": "pending", "02": "failed", "03": "review", "04": "not_found"}
HEADER = ["ref", "txn", "amount", "charge", "at", "memo"]


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    enabled: bool = False
    merchant: str
    secret: Secret


class Said(Struct, frozen=True, kw_only=True):
    merchant: str
    ref: str
    status: str
    amount: Dong
    currency: str
    at: datetime
    txn: Annotated[str, Meta(max_length=40)]
    signature: str


def signature_of(secret: bytes, members: dict) -> str:
    rest = sorted((name, value) for name, value in members.items() if name != "signature")
    text = "&".join(f"{name}={_plain(value)}" for name, value in rest)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


class Everything(Adapter):
    spec = Spec(
        id="everything",
        title_vi="Ví đủ thứ",
        title_en="Everything",
        config_type=Config,
        capabilities=Capabilities(
            notices=True,
            queries=True,
            refund="partial",
            statements=True,
            lookups=True,
            bills=True,
        ),
    )

    async def start(self, ctx, attempt):
        can = self.spec.capabilities
        check_amount(attempt.amount, least=can.amount_min, most=can.amount_max)
        said = await self.call(
            ctx, "start", ref=attempt.code, amount=attempt.amount, at=attempt.created_at
        )
        if said.status not in STATUSES:
            raise Unsure(said.status)
        if STATUSES[said.status] == "failed":
            raise Rejected(said.status)
        return Started(next_action=Redirect(f"{BASE}/pay/{said.ref}"), expires_at=None)

    async def query(self, ctx, attempt):
        return (self.seen(await self.call(ctx, "query", ref=attempt.code)),)

    async def refund(self, ctx, refund):
        check_refund(refund, whole=False)
        said = await self.call(ctx, "refund", ref=refund.code, of=refund.txn, amount=refund.amount)
        return self.seen(said, kind="refund")

    async def query_refund(self, ctx, refund):
        return self.seen(await self.call(ctx, "query", ref=refund.code), kind="refund")

    async def fetch_bill(self, ctx, attempt):
        answer = await ctx.send(self.message(ctx, "bill", {"ref": attempt.code}))
        if answer.status != 200 or not answer.body.startswith(b"%PDF-"):
            raise Unsure("no receipt")
        return answer.body

    def parse_notice(self, ctx, request):
        return Notice((self.seen(self.proven(ctx, request.body)),))

    def notice_reply(self, outcome):
        good = outcome not in {Outcome.BAD_SIGNATURE, Outcome.MALFORMED, Outcome.RETRY_LATER}
        return RawReply(status=204 if good else 400, media_type="text/plain")

    def parse_return(self, ctx, request):
        ref, _, claimed = request.query.partition(".")
        known = {"paid": "paid", "failed": "failed"}
        return ReturnHint(provider_ref=ref, claimed=known.get(claimed, "unknown"))

    def statement(self, ctx, statement):
        try:
            rows = list(csv.reader(io.StringIO(statement.body.decode("utf-8-sig")), strict=True))
        except (UnicodeDecodeError, csv.Error):
            raise Malformed("line 1: no UTF-8") from None
        if not rows or rows[0] != HEADER:
            raise Malformed("line 1: not the header")
        return tuple(_line(number, row) for number, row in enumerate(rows[1:], start=2))

    def parse_lookup(self, ctx, request):
        return self.proven(ctx, request.body).ref

    def lookup_reply(self, ctx, attempt):
        return RawReply(status=200, body=b"0" if attempt is None else b"%d" % attempt.amount)

    def origins(self, config):
        return (BASE,)

    def redact(self, raw):
        return redact(raw, "signature", "payer")

    # -- pieces ---------------------------------------------------------------------------------

    def message(self, ctx, path, members):
        members = {**members, "merchant": ctx.config.merchant}
        plain = json.loads(msgspec.json.encode(members))
        plain["signature"] = signature_of(ctx.config.secret.reveal(), plain)
        return HttpRequest(method="POST", url=f"{BASE}/{path}", body=json.dumps(plain).encode())

    async def call(self, ctx, path, **members):
        answer = await ctx.send(self.message(ctx, path, members))
        if answer.status != 200:
            raise Unsure("status")
        try:
            return self.proven(ctx, answer.body)
        except (BadSignature, Malformed):
            raise Unsure("not proven") from None

    def proven(self, ctx, body):
        said = read_json(body, Said)
        wanted = signature_of(ctx.config.secret.reveal(), json.loads(body, parse_float=str))
        if not hmac.compare_digest(wanted.encode(), said.signature.encode()):
            raise BadSignature("signature")
        if said.merchant != ctx.config.merchant or said.at.tzinfo is None:
            raise Malformed("members")
        return said

    def seen(self, said, kind="payment"):
        status = STATUSES.get(said.status, "pending")
        moved = status in {"succeeded", "review"}
        return Observation(
            status=status,
            kind=kind,
            amount=said.amount,
            currency=said.currency,
            provider_ref=said.ref,
            txn=said.txn if moved else None,
            occurred_at=said.at,
            code=said.status,
        )


class OnlyWhole(Everything):
    """The same, but it gives back all or nothing, and refuses outright."""

    spec = replace(
        Everything.spec, capabilities=replace(Everything.spec.capabilities, refund="full")
    )

    async def refund(self, ctx, refund):
        check_refund(refund, whole=True)
        seen = await super().refund(ctx, refund)
        if seen.status == "failed":
            raise Rejected(seen.code)
        return seen


def _line(number, row):
    try:
        ref, txn, amount, charge, at, _memo = row
        seen = Observation(
            status="succeeded",
            amount=msgspec.json.decode(amount.encode(), type=Dong, strict=True),
            provider_ref=ref,
            txn=txn,
            occurred_at=datetime.fromisoformat(at),
        )
        return StatementLine(line=number, seen=seen, charge=int(charge))
    except ValueError:
        raise Malformed(f"line {number} cannot be read") from None
