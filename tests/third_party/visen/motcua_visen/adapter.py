"""Ví Sen as a payment adapter: it starts, listens, asks; money is given back by hand."""

from typing import TypeVar
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

from motcua_visen import wire
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
    Rejected,
    ReturnHint,
    Secret,
    Spec,
    Started,
    Unsure,
)
from payment_adapters.strict import check_amount, is_origin, read_json, redact

Said = TypeVar("Said", bound=Struct)

_REFUSED = 422
_OK = 200
_LONGEST_NOTE = 200
_REPLIES = {
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"ok":false}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"ok":false}'),
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"ok":false}'),
}
_HEARD = RawReply(status=200, body=b'{"ok":true}')


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where they are, who we are there, and the key both sign with."""

    enabled: bool = False
    base_url: str
    merchant: str
    secret: Secret


class Visen(Adapter):
    """Payment by Ví Sen (ví điện tử)."""

    spec = Spec(
        id="visen",
        title_vi="Ví Sen",
        title_en="Lotus wallet",
        config_type=Config,
        capabilities=Capabilities(
            amount_min=1_000, amount_max=50_000_000, notices=True, queries=True, query_hours=48
        ),
    )

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Make the order known to them; the same order is the same payment."""
        config, can = _config(ctx), self.spec.capabilities
        check_amount(attempt.amount, least=can.amount_min, most=can.amount_max)
        wish = wire.Start(
            merchant=config.merchant,
            order=attempt.provider_ref,
            amount=attempt.amount,
            note=attempt.description[:_LONGEST_NOTE],
            back_url=ctx.return_url,
            notice_url=ctx.notice_url,
        )
        answer = await self._call(ctx, wire.PAYMENTS, wish)
        if answer.status == _REFUSED:
            raise Rejected("refused")
        said = _proven(ctx, answer, wire.StartAnswer)
        at_home = said.pay_url.startswith(f"{config.base_url}{wire.PAGE}")
        if (said.merchant, said.order) != (wish.merchant, wish.order) or not at_home:
            raise Unsure("the answer is of another order")
        return Started(next_action=Redirect(said.pay_url), expires_at=attempt.expires_at)

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an order; an answer that is not signed tells nothing."""
        question = wire.Query(merchant=_config(ctx).merchant, order=attempt.provider_ref)
        said = _proven(ctx, await self._call(ctx, wire.QUERY, question), wire.State)
        if (said.merchant, said.order) != (question.merchant, question.order):
            raise Unsure("the answer is of another order")
        try:
            return (wire.observed(said),)
        except Malformed:
            raise Unsure("the answer cannot be read") from None

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the raw body, then read the one order in it."""
        _check(ctx, request.body, request.header(wire.TIMESTAMP), request.header(wire.SIGNATURE))
        said = read_json(request.body, wire.State)
        if said.merchant != _config(ctx).merchant:
            raise BadSignature("another merchant")
        return Notice((wire.observed(said),))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Say ok to everything genuine, so that they stop repeating."""
        return _REPLIES.get(outcome, _HEARD)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read the order; unsigned, so a hint for whom to ask about."""
        del ctx
        orders = parse_qs(request.query[:500]).get("order", [])
        plain = len(orders) == 1 and orders[0].isascii() and orders[0].isalnum()
        return ReturnHint(provider_ref=orders[0] if plain else None)

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call Ví Sen alone."""
        return (config.base_url,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse an address that is no origin."""
        if is_origin(_config(ctx).base_url):
            return []
        return ["payments.visen.base_url: write scheme and host alone."]

    def redact(self, raw: bytes) -> bytes:
        """Blank the note and the payer."""
        return redact(raw, "note", "payer")

    async def _call(self, ctx: Context, path: str, message: Struct) -> HttpAnswer:
        config, body = _config(ctx), msgspec.json.encode(message)
        headers = wire.sign(config.secret, body, at=ctx.clock())
        return await ctx.send(
            HttpRequest(
                method="POST",
                url=config.base_url + path,
                headers={"Content-Type": "application/json", **headers},
                body=body,
            )
        )


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return Visen()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.visen")
    return ctx.config


def _check(ctx: Context, body: bytes, timestamp: str, signature: str) -> None:
    secret = _config(ctx).secret
    wire.check(secret, body, timestamp=timestamp, signature=signature, now=ctx.clock())


def _proven(ctx: Context, answer: HttpAnswer, kind: type[Said]) -> Said:
    """Read a signed answer; anything else leaves open what happened."""
    if answer.status != _OK:
        raise Unsure(f"status {answer.status}")
    headers = answer.headers
    try:
        _check(ctx, answer.body, headers.get(wire.TIMESTAMP, ""), headers.get(wire.SIGNATURE, ""))
        return read_json(answer.body, kind)
    except (BadSignature, Malformed):
        raise Unsure("the answer is not proven") from None
