"""payOS as an adapter: it draws the link's VietQR, hears each transfer, and can ask."""

import re
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
    HttpAnswer,
    HttpRequest,
    Malformed,
    Misconfigured,
    Notice,
    Observation,
    Outcome,
    RawReply,
    RawRequest,
    Rejected,
    ReturnHint,
    Secret,
    ShowQr,
    Spec,
    Started,
    Transfer,
    Transient,
    Unsure,
)
from payment_adapters.payos import wire
from payment_adapters.strict import (
    address_faults,
    check_amount,
    keep_only,
    read_json,
    read_query,
    read_verbatim,
)
from payment_adapters.vietqr import wire as vietqr
from payment_adapters.vietqr.adapter import in_words

Data = TypeVar("Data", wire.Link, wire.Found, wire.Told)

_OK, _ELSEWHERE, _WRONG, _TOO_MANY, _FAULT = 200, 300, 400, 429, 500
_HEARD = RawReply(status=200, body=b'{"success":true}')
_REPLIES = {
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"success":false}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"success":false}'),
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"success":false}'),
}
_CLAIMS = {"succeeded": "paid", "pending": "pending", "failed": "failed", None: "unknown"}
_LOGGED = (
    "code success data orderCode amount amountPaid amountRemaining status reference currency"
    " transactionDateTime transactions paymentLinkId id createdAt canceledAt expiredAt bin"
)


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where payOS is, the channel's two names and its key, and where its money must go."""

    enabled: bool = False
    base_url: str
    client_id: Annotated[str, Meta(pattern=r"\A[!-~]{1,100}\Z")]
    api_key: Secret
    checksum_key: Secret
    bank_bin: Annotated[str, Meta(pattern=r"\A([0-9]{6})?\Z")] = ""
    account_prefix: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z]{0,19}\Z")] = ""


class PayOs(Adapter):
    """Transfer by payOS's VietQR (chuyển khoản quét mã), confirmed by payOS."""

    spec = Spec(
        id="payos",
        title_vi="Quét VietQR qua payOS",
        title_en="Scan a VietQR of payOS",
        config_type=Config,
        capabilities=Capabilities(
            amount_min=wire.LEAST,
            amount_max=wire.MOST,
            notices=True,
            queries=True,
            refund="manual",
        ),
    )

    def provider_ref(self, attempt: Attempt) -> str:
        """Write our code as the whole number that payOS wants."""
        return str(wire.order_code(attempt.code))

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Ask for a link and show its VietQR, once that says what we asked for."""
        check_amount(attempt.amount, least=wire.LEAST, most=wire.MOST)
        config = _config(ctx)
        wish = wire.Create(
            order_code=wire.order_code(attempt.code),
            amount=attempt.amount,
            description=attempt.code,
            cancel_url=ctx.return_url,
            return_url=ctx.return_url,
            expired_at=int(attempt.expires_at.timestamp()),
        )
        signed = replace(wish, signature=wire.sign_create(config.checksum_key, wish))
        answer = await _send(ctx, "POST", wire.LINKS, msgspec.json.encode(signed))
        said = _proven(ctx, answer, wire.Link)
        if (said.order_code, said.amount, said.currency) != (wish.order_code, wish.amount, "VND"):
            raise Unsure("the answer is of another payment")
        transfer = _checked(config, said)
        action = ShowQr(payload=said.qr_code, text=in_words(transfer), transfer=transfer)
        return Started(next_action=action, expires_at=attempt.expires_at)

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask which transfers came for a link; each is one movement."""
        ref = self.provider_ref(attempt)
        answer = await _send(ctx, "GET", f"{wire.LINKS}/{ref}")
        if wire.CODES.get(_code(answer)) == "missing":
            return (Observation(status="not_found", provider_ref=ref, code=_code(answer)),)
        try:
            found = _proven(ctx, answer, wire.Found)
            seen = wire.answered(found)
        except Rejected as fault:
            raise Unsure(fault.code) from None
        except Malformed:
            raise Unsure("the answer cannot be read") from None
        if not seen or str(found.order_code) != ref:
            raise Unsure("the answer is no verdict on this payment")
        return seen

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove all of `data` as it came, then read the one transfer in it."""
        values = read_verbatim(request.body)
        wire.check(_config(ctx).checksum_key, values)
        seen = wire.observed(_data(request.body, wire.Told))
        return Notice(() if seen is None else (seen,))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer success to everything genuine, also to the sample of an unknown order."""
        return _REPLIES.get(outcome, _HEARD)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Read `orderCode` and `status`; unsigned, so a hint for whom to ask about."""
        del ctx
        given = read_query(request.query)
        ref = given.get("orderCode", "")
        claimed = _CLAIMS[wire.STATES.get(given.get("status", ""))]
        named = ref if re.fullmatch("[1-9][0-9]{0,15}", ref) else None
        return ReturnHint(provider_ref=named, claimed=claimed)  # type: ignore[arg-type]

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call payOS alone."""
        return (config.base_url,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse an address that is no origin, and plain http in production."""
        url = _config(ctx).base_url
        return address_faults("payments.payos.base_url", url, production=ctx.production)

    def redact(self, raw: bytes) -> bytes:
        """Keep codes, amounts and references; names, accounts, memos and signatures go."""
        return keep_only(raw, _LOGGED)


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return PayOs()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.payos")
    return ctx.config


def _checked(config: Config, link: wire.Link) -> Transfer:
    """Read the link's VietQR and compare it with the answer; what differs is never shown."""
    try:
        asked = vietqr.read(link.qr_code)
    except ValueError:
        raise Unsure("the QR cannot be read") from None
    says = (asked.bank_bin, asked.account, asked.amount)
    if says != (link.bin, link.account_number, link.amount):
        raise Unsure("the QR asks for another transfer")
    at_home = link.account_number.startswith(config.account_prefix)
    if not at_home or config.bank_bin not in {"", link.bin}:
        raise Unsure("the money would go to another account")
    return Transfer(
        bank=vietqr.bank_name(link.bin),
        account=link.account_number,
        name=link.account_name,
        amount=link.amount,
        memo=asked.purpose,
    )


async def _send(ctx: Context, method: str, path: str, body: bytes = b"") -> HttpAnswer:
    config = _config(ctx)
    request = HttpRequest(
        method="POST" if method == "POST" else "GET",
        url=config.base_url + path,
        headers={
            "x-client-id": config.client_id,
            "x-api-key": config.api_key.reveal().decode(),
            "Content-Type": "application/json",
        },
        body=body,
    )
    answer = await ctx.send(request)
    if answer.status == _TOO_MANY:
        raise Transient("too many requests")
    if _ELSEWHERE <= answer.status < _WRONG or answer.status >= _FAULT:
        raise Unsure(f"status {answer.status}")
    return answer


def _code(answer: HttpAnswer) -> str:
    try:
        return read_json(answer.body, wire.Envelope).code
    except Malformed:
        raise Unsure(f"status {answer.status}, unreadable") from None


def _proven(ctx: Context, answer: HttpAnswer, kind: type[Data]) -> Data:
    """Read an answer that is signed; a refusal by its code, anything else leaves all open."""
    if (code := _code(answer)) != wire.DONE:
        _refuse(code)
    if answer.status != _OK:
        raise Unsure(f"status {answer.status}")
    try:
        wire.check(_config(ctx).checksum_key, read_verbatim(answer.body))
        return _data(answer.body, kind)
    except (BadSignature, Malformed):
        raise Unsure("the answer is not proven") from None


def _data(body: bytes, kind: type[Data]) -> Data:
    return read_json(bytes(read_json(body, wire.Signed).data), kind)


def _refuse(code: str) -> NoReturn:
    """Raise what a code that is no success means."""
    meaning = wire.CODES.get(code)
    if meaning == "busy":
        raise Transient(code)
    if meaning == "settings":
        raise Misconfigured(f"payments.payos: payOS refuses our keys or channel (code {code}).")
    if meaning == "refused":
        raise Rejected(code)
    raise Unsure(code)
