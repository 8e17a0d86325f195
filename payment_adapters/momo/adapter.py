"""MoMo as an adapter: the wallet's page, signed notices, asking, giving back."""

import re
from typing import Annotated, NoReturn, TypeVar

from msgspec import Meta, Struct

from payment_adapters.contract import (
    Adapter,
    Attempt,
    BadSignature,
    Capabilities,
    Context,
    HttpAnswer,
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
from payment_adapters.momo import wire
from payment_adapters.strict import (
    address_faults,
    check_amount,
    check_refund,
    is_at_home,
    keep_only,
    read_json,
    read_query,
    read_verbatim,
)

Known = TypeVar("Known", wire.Created, wire.Found, wire.Refunded)

_TEST_HOST = "test-payment.momo.vn"
_OK, _WRONG, _TOO_MANY, _FAULT = 200, 400, 429, 500
_ORDER = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,49}")
_HEARD = RawReply(status=204)
_REPLIES = {
    Outcome.BAD_SIGNATURE: RawReply(status=401),
    Outcome.MALFORMED: RawReply(status=400),
    Outcome.RETRY_LATER: RawReply(status=503),
}
_LOGGED = (
    "partnerCode orderId requestId amount orderType transId resultCode payType responseTime"
    " requestType lang autoCapture lastUpdated refundTrans createdTime"
)

_Key = Annotated[str, Meta(min_length=1, max_length=50)]


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where MoMo is, who we are there, and the two keys of the contract."""

    enabled: bool = False
    base_url: str
    partner_code: _Key
    access_key: Secret
    secret_key: Secret


class MoMo(Adapter):
    """Payment with the wallet MoMo (ví MoMo)."""

    spec = Spec(
        id="momo",
        title_vi="Ví MoMo",
        title_en="MoMo wallet",
        config_type=Config,
        capabilities=Capabilities(
            amount_min=wire.LEAST,
            amount_max=wire.MOST,
            notices=True,
            queries=True,
            refund="partial",
        ),
    )

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Make the order known to MoMo; the same attempt is the same request."""
        check_amount(attempt.amount, least=wire.LEAST, most=wire.MOST)
        config, ref = _config(ctx), self.provider_ref(attempt)
        wish = wire.Create(
            partner_code=config.partner_code,
            request_id=f"REQ-{ref}-1",
            amount=attempt.amount,
            order_id=ref,
            order_info=wire.order_info(attempt.description, instead=ref),
            redirect_url=ctx.return_url,
            ipn_url=ctx.notice_url,
        )
        answer = await _call(ctx, wire.CREATE, wish)
        said = _read(answer, wire.Created, wish)
        if wire.CODES[said.result_code] != "paid":
            _refuse(said.result_code)
        _prove_created(config, answer)
        page = said.pay_url or ""
        if said.amount != wish.amount or not is_at_home(page, config.base_url):
            raise Unsure("the answer is of another payment")
        return Started(next_action=Redirect(page), expires_at=attempt.expires_at)

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an order; a technical code is no verdict."""
        ref = self.provider_ref(attempt)
        found = await _ask(ctx, ref)
        if found is None:
            return (Observation(status="not_found", provider_ref=ref, code=str(wire.NOT_FOUND)),)
        seen = wire.answered(found)
        if seen is None:
            raise Unsure(str(found.result_code))
        return (seen,)

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the values of the body as they came, then read them."""
        config = _config(ctx)
        values = read_verbatim(request.body)
        wire.check_told(config.access_key, config.secret_key, values)
        told = read_json(request.body, wire.Told)
        if told.partner_code != config.partner_code:
            raise BadSignature("another merchant")
        return Notice((wire.observed(told),))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer with an empty 204 to everything genuine; anything else makes MoMo repeat."""
        return _REPLIES.get(outcome, _HEARD)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read `orderId` and `resultCode`; for the screen alone, so the signature is not asked."""
        del ctx
        given = read_query(request.query)
        ref, code = given.get("orderId", ""), given.get("resultCode", "")
        meaning = wire.CODES.get(int(code)) if re.fullmatch("[0-9]{1,5}", code) else None
        known = meaning if meaning in {"paid", "pending", "failed"} else "unknown"
        named = ref if _ORDER.fullmatch(ref) else None
        return ReturnHint(provider_ref=named, claimed=known)

    def refund_ref(self, refund: Refund) -> str:
        """Name the giving back by an order id of its own."""
        return f"RF-{refund.code}"

    async def refund(self, ctx: Context, refund: Refund) -> Observation:
        """Give money back to the wallet; the same refund is the same request."""
        check_refund(refund, whole=False)
        check_amount(refund.amount, least=wire.LEAST, most=wire.MOST)
        if not refund.txn.isascii() or not refund.txn.isdigit():
            raise Rejected("txn")
        ref = self.refund_ref(refund)
        wish = wire.Refund(
            partner_code=_config(ctx).partner_code,
            order_id=ref,
            request_id=f"REQ-{ref}-1",
            amount=refund.amount,
            trans_id=int(refund.txn),
            description=wire.order_info(refund.reason, instead=ref),
        )
        said = _read(await _call(ctx, wire.REFUND, wish), wire.Refunded, wish)
        seen = wire.given_back(said)
        if seen is None or seen.status == "failed":
            _refuse(said.result_code)
        if said.amount != wish.amount:
            raise Unsure("the answer is of another refund")
        return seen

    async def query_refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask about the payment: its answer lists what was given back of it."""
        ref = self.refund_ref(refund)
        found = await _ask(ctx, self.provider_ref(refund.attempt))
        for given in (found and found.refund_trans) or ():
            if given.order_id == ref:
                seen = wire.given_back(given)
                if seen is None or seen.amount != refund.amount:
                    raise Unsure(str(given.result_code))
                return seen
        if found is None or wire.CODES[found.result_code] != "paid":
            raise Unsure("the payment itself is in doubt")
        return Observation(status="not_found", kind="refund", provider_ref=ref)

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call MoMo's gateway alone."""
        return (config.base_url,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse an address that is no origin, and MoMo's test system in production."""
        url = _config(ctx).base_url
        found = address_faults("payments.momo.base_url", url, production=ctx.production)
        if ctx.production and url.endswith(_TEST_HOST):
            found.append("payments.momo.base_url: the test system is refused in production.")
        return found

    def redact(self, raw: bytes) -> bytes:
        """Keep codes, amounts and references; texts, addresses and signatures go."""
        return keep_only(raw, _LOGGED)


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return MoMo()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.momo")
    return ctx.config


async def _call(
    ctx: Context, path: str, message: wire.Create | wire.Query | wire.Refund
) -> HttpAnswer:
    config = _config(ctx)
    request = HttpRequest(
        method="POST",
        url=config.base_url + path,
        headers={"Content-Type": "application/json; charset=UTF-8"},
        body=wire.signed(config.access_key, config.secret_key, message),
    )
    answer = await ctx.send(request)
    if answer.status == _TOO_MANY:
        raise Transient("too many requests")
    if answer.status != _OK and not _WRONG <= answer.status < _FAULT:
        raise Unsure(f"status {answer.status}")
    return answer


async def _ask(ctx: Context, order_id: str) -> wire.Found | None:
    """Ask under a name of its own, since MoMo answers a name it knows with code 40.

    None when MoMo does not know the order.
    """
    question = wire.Query(
        partner_code=_config(ctx).partner_code,
        request_id=f"ASK-{order_id}-{ctx.random(8).hex()}",
        order_id=order_id,
    )
    try:
        return _read(await _call(ctx, wire.QUERY, question), wire.Found, question)
    except Rejected as fault:
        if fault.code == str(wire.NOT_FOUND):
            return None
        raise Unsure(fault.code) from None


def _read(
    answer: HttpAnswer, kind: type[Known], wish: wire.Create | wire.Query | wire.Refund
) -> Known:
    """Read a verdict on this very message; a technical code is raised as what it means."""
    try:
        code = read_json(answer.body, wire.Coded).result_code
        if wire.CODES.get(code) not in wire.VERDICTS:
            _refuse(code)
        said = read_json(answer.body, kind)
    except Malformed:
        raise Unsure("the answer cannot be read") from None
    names = (said.partner_code, said.order_id, said.request_id)
    if answer.status != _OK or names != (wish.partner_code, wish.order_id, wish.request_id):
        raise Unsure("the answer is of another order")
    return said


def _refuse(code: int) -> NoReturn:
    """Raise what a code that is no success means for a wish of ours."""
    meaning = wire.CODES.get(code)
    if meaning in {"refused", "failed", "kept", "missing"}:
        raise Rejected(str(code))
    if meaning == "busy":
        raise Transient(str(code))
    if meaning == "settings":
        raise Misconfigured(f"payments.momo: MoMo refuses our keys or rights (code {code}).")
    raise Unsure(str(code))


def _prove_created(config: Config, answer: HttpAnswer) -> None:
    try:
        wire.check_created(config.access_key, config.secret_key, read_verbatim(answer.body))
    except (BadSignature, Malformed):
        raise Unsure("the answer is not proven") from None
