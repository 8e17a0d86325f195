"""The sandbox as an adapter: everything a provider can do, with pretend money."""

import re
from datetime import timedelta, timezone
from typing import TypeVar
from urllib.parse import parse_qs

import msgspec
from msgspec import Struct

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
    Transient,
    Unsure,
)
from payment_adapters.sandbox import wire
from payment_adapters.strict import check_amount, is_origin, read_json, redact

Said = TypeVar("Said", bound=Struct)

_VIETNAM = timezone(timedelta(hours=7))
_LONGEST_DESCRIPTION = 255
_LONGEST_PAYEE = 140
_REF = re.compile(r"[0-9A-Za-z-]{1,64}")
_LONGEST_QUERY = 500
_OK, _REFUSED, _TOO_MANY = 200, 422, 429
_REPLIES = {
    Outcome.ACCEPTED: RawReply(status=200, body=b'{"result":"ok"}'),
    Outcome.DUPLICATE: RawReply(status=200, body=b'{"result":"duplicate"}'),
    Outcome.UNKNOWN_REF: RawReply(status=200, body=b'{"result":"parked"}'),
    Outcome.AMOUNT_MISMATCH: RawReply(status=200, body=b'{"result":"parked"}'),
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"result":"retry"}'),
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"result":"bad-signature"}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"result":"malformed"}'),
}
_CLAIMS = {"paid": "paid", "failed": "failed", "pending": "pending"}


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the pretend bank is, who we are there, and the key both sign with."""

    enabled: bool = False
    base_url: str
    merchant: str
    secret: Secret


class Sandbox(Adapter):
    """Payment by the pretend bank (ngân hàng thử nghiệm); refused in production."""

    spec = Spec(
        id="sandbox",
        title_vi="Ngân hàng thử nghiệm",
        title_en="Sandbox bank",
        config_type=Config,
        capabilities=Capabilities(notices=True, queries=True, pretend=True),
    )

    def provider_ref(self, attempt: Attempt) -> str:
        """Write the Vietnamese day of its making, a hyphen, our code."""
        return f"{attempt.created_at.astimezone(_VIETNAM):%y%m%d}-{attempt.code}"

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Make the payment known to the pretend bank; the same reference is the same payment."""
        config, can = _config(ctx), self.spec.capabilities
        check_amount(attempt.amount, least=can.amount_min, most=can.amount_max)
        wish = wire.Start(
            merchant=config.merchant,
            ref=self.provider_ref(attempt),
            amount=attempt.amount,
            description=attempt.description[:_LONGEST_DESCRIPTION],
            return_url=ctx.return_url,
            notice_url=ctx.notice_url,
            expires_at=attempt.expires_at.astimezone(_VIETNAM).replace(microsecond=0),
            payee=attempt.account.name[:_LONGEST_PAYEE] if attempt.account else "",
        )
        answer = await self._call(ctx, wire.START, "start", wish)
        if answer.status == _REFUSED:
            raise Rejected(_refusal(answer.body))
        said = _proven(ctx, answer, wire.StartAnswer)
        at_home = said.pay_url.startswith(f"{config.base_url}{wire.PAGE}")
        if (said.merchant, said.ref) != (wish.merchant, wish.ref) or not at_home:
            raise Unsure("the answer is of another payment")
        return Started(next_action=Redirect(said.pay_url), expires_at=said.expires_at)

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an attempt; an answer that is not signed tells nothing."""
        config = _config(ctx)
        question = wire.Query(merchant=config.merchant, ref=self.provider_ref(attempt))
        answer = await self._call(ctx, wire.QUERY, "query", question)
        said = _proven(ctx, answer, wire.QueryAnswer)
        if (said.merchant, said.ref) != (question.merchant, question.ref):
            raise Unsure("the answer is of another payment")
        try:
            return wire.answered(said)
        except Malformed:
            raise Unsure("the answer cannot be read") from None

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the raw body, then read the one movement in it."""
        config = _config(ctx)
        wire.check(
            config.secret,
            "notice",
            request.body,
            timestamp=request.header(wire.TIMESTAMP),
            signature=request.header(wire.SIGNATURE),
            now=ctx.clock(),
        )
        said = read_json(request.body, wire.Notice)
        if said.merchant != config.merchant:
            raise BadSignature("another merchant")
        return Notice((wire.observed(said),))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer in one word; only 200 ends the pretend bank's repeating."""
        return _REPLIES[outcome]

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read `ref` and `result`; unsigned, so a hint for whom to ask about."""
        del ctx
        given = parse_qs(request.query[:_LONGEST_QUERY])
        refs, results = given.get("ref", []), given.get("result", [])
        claimed = _CLAIMS.get(results[0], "unknown") if len(results) == 1 else "unknown"
        ref = refs[0] if len(refs) == 1 and _REF.fullmatch(refs[0]) else None
        return ReturnHint(provider_ref=ref, claimed=claimed)  # type: ignore[arg-type]

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call the pretend bank alone."""
        return (config.base_url,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse production, and an address that is no origin."""
        found = []
        if ctx.production:
            found.append("payments.sandbox: pretend money is refused in production.")
        if not is_origin(_config(ctx).base_url):
            found.append("payments.sandbox.base_url: write scheme and host alone.")
        return found

    def redact(self, raw: bytes) -> bytes:
        """Blank the description and the address the browser comes back to."""
        return redact(raw, "description", "return_url")

    async def _call(
        self, ctx: Context, path: str, purpose: wire.Purpose, message: Struct
    ) -> HttpAnswer:
        if ctx.production:
            raise Misconfigured("payments.sandbox: pretend money is refused in production.")
        config = _config(ctx)
        body = msgspec.json.encode(message)
        headers = wire.sign(config.secret, purpose, body, at=ctx.clock())
        request = HttpRequest(
            method="POST",
            url=config.base_url + path,
            headers={"Content-Type": "application/json", **headers},
            body=body,
        )
        answer = await ctx.send(request)
        if answer.status == _TOO_MANY:
            raise Transient("too many requests")
        return answer


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return Sandbox()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.sandbox")
    return ctx.config


def _proven(ctx: Context, answer: HttpAnswer, kind: type[Said]) -> Said:
    """Read a signed answer; anything else leaves open what happened."""
    if answer.status != _OK:
        raise Unsure(f"status {answer.status}")
    try:
        wire.check(
            _config(ctx).secret,
            "answer",
            answer.body,
            timestamp=answer.headers.get(wire.TIMESTAMP, ""),
            signature=answer.headers.get(wire.SIGNATURE, ""),
            now=ctx.clock(),
        )
        return read_json(answer.body, kind)
    except (BadSignature, Malformed):
        raise Unsure("the answer is not proven") from None


def _refusal(body: bytes) -> str:
    try:
        return read_json(body, wire.Refusal).code
    except Malformed:
        return "refused"
