"""ZaloPay as an adapter: its gateway, signed callbacks, asking for 48 hours, giving back."""

import re
from contextlib import suppress
from typing import Annotated, NoReturn, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

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
from payment_adapters.strict import (
    address_faults,
    check_amount,
    check_hmac_hex,
    check_refund,
    is_at_home,
    keep_only,
    read_json,
    read_query,
)
from payment_adapters.zalopay import wire

Message = TypeVar("Message", wire.Create, wire.Query, wire.Refund, wire.QueryRefund)

_TEST_HOST = "sb-openapi.zalopay.vn"
_OK, _TOO_MANY = 200, 429
_REF = re.compile(r"[0-9]{6}_[0-9A-Za-z]{1,33}")
_HEARD = RawReply(status=200, body=b'{"return_code":1,"return_message":"success"}')
_REPLIES = {
    Outcome.DUPLICATE: RawReply(status=200, body=b'{"return_code":2,"return_message":"duplicate"}'),
    Outcome.RETRY_LATER: RawReply(status=200, body=b'{"return_code":0,"return_message":"retry"}'),
    Outcome.BAD_SIGNATURE: RawReply(
        status=200, body=b'{"return_code":-1,"return_message":"mac not equal"}'
    ),
    Outcome.MALFORMED: RawReply(
        status=200, body=b'{"return_code":-1,"return_message":"malformed"}'
    ),
}
_LOGGED = (
    "app_id app_trans_id app_time amount zp_trans_id server_time channel user_fee_amount"
    " discount_amount type return_code sub_return_code is_processing m_refund_id refund_id"
    " timestamp bank_code expire_duration_seconds"
)


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where ZaloPay is, which application is ours, the key of ours and the key of theirs."""

    enabled: bool = False
    base_url: str
    app_id: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    key1: Secret
    key2: Secret
    app_user: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z._-]{1,50}\Z")] = "mot-cua"


class ZaloPay(Adapter):
    """Payment with the wallet ZaloPay (ví ZaloPay) or a bank at its gateway."""

    spec = Spec(
        id="zalopay",
        title_vi="Ví ZaloPay",
        title_en="ZaloPay wallet",
        config_type=Config,
        capabilities=Capabilities(
            amount_min=wire.LEAST,
            amount_max=wire.MOST,
            notices=True,
            queries=True,
            query_hours=48,
            refund="partial",
        ),
    )

    def provider_ref(self, attempt: Attempt) -> str:
        """Write the Vietnamese day of its making, an underscore, our code."""
        return f"{wire.day(attempt.created_at)}_{attempt.code}"

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Make the order known to ZaloPay, which takes each reference once."""
        check_amount(attempt.amount, least=wire.LEAST, most=wire.MOST)
        config, ref, now = _config(ctx), self.provider_ref(attempt), ctx.clock()
        left = int((attempt.expires_at - now).total_seconds())
        wish = wire.Create(
            app_id=config.app_id,
            app_user=config.app_user,
            app_trans_id=ref,
            app_time=wire.milliseconds(now),
            amount=attempt.amount,
            embed_data=wire.embed_data(ctx.return_url),
            description=wire.description(attempt.description, instead=ref),
            callback_url=ctx.notice_url,
            expire_duration_seconds=min(max(left, wire.SHORTEST_SECONDS), wire.LONGEST_SECONDS),
            mac="",
        )
        signed = replace(wish, mac=wire.sign_create(config.key1, wish))
        said = await _call(ctx, wire.CREATE, signed)
        if (meaning := said.meaning(wire.CREATE_CODES)) != "done":
            _refuse(meaning, said.code)
        page = said.order_url or ""
        if not is_at_home(page, config.base_url):
            raise Unsure("the page is not ZaloPay's")
        return Started(next_action=Redirect(page), expires_at=attempt.expires_at)

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an order; the answer names no order, so TLS alone binds it to ours."""
        config, ref = _config(ctx), self.provider_ref(attempt)
        question = wire.Query(app_id=config.app_id, app_trans_id=ref, mac="")
        signed = replace(question, mac=wire.sign_query(config.key1, question))
        said = await _call(ctx, wire.QUERY, signed)
        seen = wire.answered(said, ref)
        if seen is None:
            _doubt(said.meaning(wire.QUERY_CODES), said.code)
        return (seen,)

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the text of `data` as it came, then read it; ZaloPay calls back successes alone."""
        config = _config(ctx)
        callback = read_json(request.body, wire.Callback)
        wire.check_callback(config.key2, callback)
        paid = read_json(callback.data.encode(), wire.Paid)
        if paid.app_id != config.app_id:
            raise BadSignature("another application")
        return Notice((wire.observed(paid),))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer by return_code: 1 done, 2 had it, 0 call again (at most 3 times), -1 refused."""
        return _REPLIES.get(outcome, _HEARD)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read `apptransid` and `status`; the claim counts only with its checksum."""
        given = read_query(request.query)
        ref = given.get("apptransid", "")
        named = ref if _REF.fullmatch(ref) else None
        try:
            check_hmac_hex(_config(ctx).key2, wire.returned(given), given.get("checksum"))
        except BadSignature:
            return ReturnHint(provider_ref=named)
        if given.get("status") != "1":
            return ReturnHint(provider_ref=named)
        return ReturnHint(provider_ref=named, claimed="paid")

    def refund_ref(self, refund: Refund) -> str:
        """Write the Vietnamese day of its making, an underscore, our code."""
        return f"{wire.day(refund.created_at)}_{refund.code}"

    async def refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask ZaloPay to give money back, which takes each reference once and decides later."""
        check_refund(refund, whole=False)
        config, ref = _config(ctx), self.refund_ref(refund)
        wish = wire.Refund(
            app_id=config.app_id,
            m_refund_id=wire.refund_id(ref, config.app_id),
            zp_trans_id=refund.txn,
            amount=refund.amount,
            description=wire.reason(refund.reason, instead=ref),
            timestamp=wire.milliseconds(ctx.clock()),
            mac="",
        )
        signed = replace(wish, mac=wire.sign_refund(config.key1, wish))
        said = await _call(ctx, wire.REFUND, signed)
        seen = wire.given_back(said, wire.REFUND_CODES, ref, refund.amount)
        if seen is None:
            _refuse(said.meaning(wire.REFUND_CODES), said.code)
        return seen

    async def query_refund(self, ctx: Context, refund: Refund) -> Observation:
        """Ask what became of it, until it is done or has failed."""
        config, ref = _config(ctx), self.refund_ref(refund)
        question = wire.QueryRefund(
            app_id=config.app_id,
            m_refund_id=wire.refund_id(ref, config.app_id),
            timestamp=wire.milliseconds(ctx.clock()),
            mac="",
        )
        signed = replace(question, mac=wire.sign_query_refund(config.key1, question))
        said = await _call(ctx, wire.QUERY_REFUND, signed)
        seen = wire.given_back(said, wire.QUERY_REFUND_CODES, ref, refund.amount)
        if seen is None:
            _doubt(said.meaning(wire.QUERY_REFUND_CODES), said.code)
        return seen

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call ZaloPay's gateway alone."""
        return (config.base_url,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse an address that is no origin, one key for two, the test system in production."""
        config, setting = _config(ctx), "payments.zalopay.base_url"
        found = address_faults(setting, config.base_url, production=ctx.production)
        if config.key1 == config.key2:
            found.append("payments.zalopay.key2: ZaloPay gives two different keys.")
        if ctx.production and config.base_url.endswith(_TEST_HOST):
            found.append(f"{setting}: the test system is refused in production.")
        return found

    def redact(self, raw: bytes) -> bytes:
        """Keep codes, amounts and references, also those inside of a callback's text."""
        with suppress(Malformed):
            raw = read_json(raw, wire.Callback).data.encode()
        return keep_only(raw, _LOGGED)


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return ZaloPay()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.zalopay")
    return ctx.config


async def _call(ctx: Context, path: str, message: Message) -> wire.Answer:
    request = HttpRequest(
        method="POST",
        url=_config(ctx).base_url + path,
        headers={"Content-Type": "application/json"},
        body=msgspec.json.encode(message),
    )
    answer = await ctx.send(request)
    if answer.status == _TOO_MANY:
        raise Transient("too many requests")
    if answer.status != _OK:
        raise Unsure(f"status {answer.status}")
    try:
        return read_json(answer.body, wire.Answer)
    except Malformed:
        raise Unsure("the answer cannot be read") from None


def _refuse(meaning: wire.Meaning, code: int) -> NoReturn:
    """Raise what a code that is no success means for a wish of ours."""
    if meaning == "refused":
        raise Rejected(str(code))
    _doubt(meaning, code)


def _doubt(meaning: wire.Meaning, code: int) -> NoReturn:
    """Raise what a code means that is no verdict."""
    if meaning == "busy":
        raise Transient(str(code))
    if meaning == "settings":
        raise Misconfigured(f"payments.zalopay: ZaloPay refuses our keys or rights (code {code}).")
    raise Unsure(str(code))
