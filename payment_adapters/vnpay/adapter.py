"""VNPAY as an adapter: the citizen pays on VNPAY's page; VNPAY tells us, and answers us."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from payment_adapters.contract import (
    Adapter,
    Attempt,
    BadSignature,
    Capabilities,
    Context,
    HttpRequest,
    Malformed,
    Misconfigured,
    Notice,
    Observation,
    Outcome,
    RawReply,
    RawRequest,
    Redirect,
    Refund,
    Rejected,
    ReturnHint,
    Secret,
    Spec,
    Started,
    Transient,
    Unsure,
)
from payment_adapters.strict import address_faults, check_amount, check_refund, redact
from payment_adapters.vnpay import wire

LEAST, MOST = 5_000, 999_999_999
_OK, _TOO_MANY = 200, 429
_IP = re.compile(r"[0-9A-Fa-f.:]{7,45}")
_NAMED = re.compile(r"[^A-Za-z0-9]+")
_SAYS = {
    Outcome.ACCEPTED: ("00", "Confirm Success"),
    Outcome.UNKNOWN_REF: ("01", "Order not found"),
    Outcome.DUPLICATE: ("02", "Order already confirmed"),
    Outcome.AMOUNT_MISMATCH: ("04", "Invalid amount"),
    Outcome.BAD_SIGNATURE: ("97", "Invalid Checksum"),
    Outcome.MALFORMED: ("99", "Input data required"),
    Outcome.RETRY_LATER: ("99", "Unknown error"),
}
_PERSONAL = ("SecureHash", "OrderInfo", "BankTranNo", "IpAddr", "CreateBy", "CardNumber")

Path = Annotated[str, Meta(pattern=r"\A/[A-Za-z0-9._/-]{1,200}\Z")]


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What VNPAY gave us with the contract, and where it is; `server_ip` is our own address."""

    enabled: bool = False
    tmn_code: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9]{8}\Z")]
    secret: Secret
    base_url: str = "https://sandbox.vnpayment.vn"
    pay_path: Path = "/paymentv2/vpcpay.html"
    api_base_url: str = ""
    api_path: Path = "/merchant_webapi/api/transaction"
    server_ip: Annotated[str, Meta(pattern=r"\A[0-9A-Fa-f.:]{7,45}\Z")] = "127.0.0.1"
    bank_code: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9]{0,20}\Z")] = ""

    @property
    def api_origin(self) -> str:
        """Give the origin that answers questions; the one of the pay page unless it is set."""
        return self.api_base_url or self.base_url


class Vnpay(Adapter):
    """Payment on VNPAY's page (VNPAY 2.1.0): cards, bank accounts, VNPAY-QR."""

    spec = Spec(
        id="vnpay",
        title_vi="VNPAY",
        title_en="VNPAY",
        config_type=Config,
        capabilities=Capabilities(
            amount_min=LEAST, amount_max=MOST, notices=True, queries=True, refund="partial"
        ),
    )

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Write the address of VNPAY's page; nothing is called."""
        config = _config(ctx)
        check_amount(attempt.amount, least=LEAST, most=MOST)
        ref = self.provider_ref(attempt)
        values = {
            "Version": wire.VERSION,
            "Command": "pay",
            "TmnCode": config.tmn_code,
            "Amount": wire.hundredfold(attempt.amount),
            "CurrCode": "VND",
            "TxnRef": ref,
            "OrderInfo": wire.plain(attempt.description, otherwise=f"Phi ho so {ref}"),
            "OrderType": "other",
            "Locale": "vn",
            "IpAddr": attempt.payer_ip if _IP.fullmatch(attempt.payer_ip) else config.server_ip,
            "ReturnUrl": ctx.return_url,
            "CreateDate": wire.stamp(attempt.created_at),
            "ExpireDate": wire.stamp(attempt.expires_at),
            "BankCode": config.bank_code,
        }
        if not wire.can_send(values.values()):
            raise Misconfigured("payments.vnpay: the public address has signs that VNPAY mixes up")
        url = f"{config.base_url}{config.pay_path}?{wire.signed_query(config.secret, values)}"
        return Started(next_action=Redirect(url), expires_at=attempt.expires_at)

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the query string (IPN), then read the one payment in it."""
        return Notice((wire.observed(_proven(ctx, request)),))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer with VNPAY's RspCode; 00 and 02 end its repeating."""
        code, message = _SAYS[outcome]
        body = msgspec.json.encode({"RspCode": code, "Message": message})
        return RawReply(status=_OK, body=body)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read what the browser brought back; one that is not signed hints at nothing."""
        try:
            seen = wire.observed(_proven(ctx, request))
        except (BadSignature, Malformed):
            return ReturnHint()
        claims = {"succeeded": "paid", "failed": "failed", "pending": "pending"}
        return ReturnHint(
            provider_ref=seen.provider_ref,
            claimed=claims.get(seen.status, "unknown"),  # type: ignore[arg-type]
        )

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an attempt (querydr)."""
        ref = self.provider_ref(attempt)
        said = await _querydr(ctx, attempt, ref=ref, words=f"Truy van {ref}")
        verdict = _api_verdict(said)
        if verdict == "not_found":
            return (Observation(status="not_found", provider_ref=ref, code="91"),)
        if verdict == "refused":
            raise Misconfigured(f"payments.vnpay: VNPAY refused the question ({_code(said)})")
        if verdict != "answered":
            raise Unsure(_code(said))
        try:
            return (wire.answered(said),)
        except Malformed:
            raise Unsure("the answer cannot be read") from None

    async def refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask VNPAY to give money back, the whole or a part."""
        check_refund(refund, whole=False)
        ref = self.refund_ref(refund)
        answer = await _call(ctx, wire.REFUND, _refund_values(ctx, refund, ref=ref))
        said = _answer(ctx, wire.REFUND_ANSWER, answer, ref=self.provider_ref(refund.attempt))
        verdict = _api_verdict(said)
        if verdict in ("refused", "not_found"):
            raise Rejected(_code(said))
        if verdict == "unsure":
            raise Unsure(_code(said))
        if verdict == "in_progress":
            return Observation(
                status="pending", kind="refund", amount=refund.amount, provider_ref=ref, code="94"
            )
        return wire.given_back(said, ref=ref, amount=refund.amount)

    async def query_refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask about the payment; its answer tells of the refund where VNPAY has one of that sum."""
        ref, original = self.refund_ref(refund), self.provider_ref(refund.attempt)
        words = f"Truy van hoan tien {ref}"
        said = await _querydr(ctx, refund.attempt, ref=original, words=words)
        if _api_verdict(said) != "answered":
            raise Unsure(_code(said))
        return wire.given_back(said, ref=ref, amount=refund.amount)

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call the answering host alone; the pay page is the browser's business."""
        return (config.api_origin,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse addresses that are no origins, that are not secret, or that VNPAY mixes up."""
        config = _config(ctx)
        found: list[str] = []
        for name, url in (("base_url", config.base_url), ("api_base_url", config.api_origin)):
            found += address_faults(f"payments.vnpay.{name}", url, production=ctx.production)
        if not wire.can_send((ctx.return_url,)):
            found.append("public_url: VNPAY mixes up some of its signs; use A-Z, a-z, 0-9 . : / -")
        return found

    def redact(self, raw: bytes) -> bytes:
        """Blank signatures, addresses, and what names a person or a bank's own number."""
        return redact(raw, *(f"vnp_{name}" for name in _PERSONAL))


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return Vnpay()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.vnpay")
    return ctx.config


def _proven(ctx: Context, request: RawRequest) -> dict[str, str]:
    config = _config(ctx)
    said = wire.proven_query(config.secret, request.query)
    if said.get("TmnCode") != config.tmn_code:
        raise BadSignature("another site")
    return said


async def _querydr(ctx: Context, attempt: Attempt, *, ref: str, words: str) -> dict[str, str]:
    config = _config(ctx)
    values = {
        "RequestId": ctx.random(16).hex(),
        "Version": wire.VERSION,
        "Command": "querydr",
        "TmnCode": config.tmn_code,
        "TxnRef": ref,
        "TransactionDate": wire.stamp(attempt.created_at),
        "CreateDate": wire.stamp(ctx.clock()),
        "IpAddr": config.server_ip,
        "OrderInfo": words,
    }
    return _answer(ctx, wire.QUERY_ANSWER, await _call(ctx, wire.QUERY, values), ref=ref)


def _refund_values(ctx: Context, refund: Refund, *, ref: str) -> dict[str, str]:
    """Say what is wanted; the same refund is the same request, whenever it is repeated."""
    config = _config(ctx)
    return {
        "RequestId": ref,
        "Version": wire.VERSION,
        "Command": "refund",
        "TmnCode": config.tmn_code,
        "TransactionType": "02" if refund.amount == refund.paid else "03",
        "TxnRef": refund.attempt.code,
        "Amount": wire.hundredfold(refund.amount),
        "TransactionNo": refund.txn,
        "TransactionDate": wire.stamp(refund.attempt.created_at),
        "CreateBy": _NAMED.sub("", refund.by)[:100] or "canbo",
        "CreateDate": wire.stamp(refund.created_at),
        "IpAddr": config.server_ip,
        "OrderInfo": wire.plain(refund.reason, otherwise=f"Hoan phi {ref}"),
    }


async def _call(ctx: Context, names: Sequence[str], values: Mapping[str, str]) -> bytes:
    config = _config(ctx)
    answer = await ctx.send(
        HttpRequest(
            method="POST",
            url=config.api_origin + config.api_path,
            headers={"Content-Type": "application/json"},
            body=msgspec.json.encode(wire.signed_body(config.secret, names, values)),
        )
    )
    if answer.status == _TOO_MANY:
        raise Transient("too many requests")
    if answer.status != _OK:
        raise Unsure(f"status {answer.status}")
    return answer.body


def _answer(ctx: Context, names: Sequence[str], body: bytes, *, ref: str) -> dict[str, str]:
    """Read a proven answer about our payment; anything else leaves open what happened."""
    config = _config(ctx)
    try:
        said = wire.proven_answer(config.secret, names, body)
    except (BadSignature, Malformed):
        raise Unsure("the answer is not proven") from None
    if said.get("TmnCode") != config.tmn_code or said.get("TxnRef") != ref:
        raise Unsure("the answer is of another payment")
    return said


def _code(said: Mapping[str, str]) -> str:
    return said.get("ResponseCode", "")[:8]


def _api_verdict(said: Mapping[str, str]) -> str:
    return wire.API_CODES.get(_code(said), "unsure")
