"""Bank notices as an adapter: it starts nothing and is never shown to citizens; it listens."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from payment_adapters.bank_notice import wire
from payment_adapters.contract import (
    Adapter,
    Capabilities,
    Context,
    Notice,
    Outcome,
    RawReply,
    RawRequest,
    Secret,
    Spec,
)
from payment_adapters.strict import redact

_REPLIES = {
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"success":false}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"success":false}'),
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"success":false}'),
}
_HEARD = RawReply(status=200, body=b'{"success":true}')


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who watches the account, and the key it signs with."""

    enabled: bool = False
    dialect: Literal["sepay"]
    hmac_secret: Secret
    account: Annotated[str, Meta(max_length=34)] = ""


class BankNotice(Adapter):
    """Movements on the fee account (báo có), proven by SePay's signature."""

    spec = Spec(
        id="bank_notice",
        title_vi="Báo có ngân hàng",
        title_en="Bank notices",
        config_type=Config,
        capabilities=Capabilities(starts=False, notices=True),
    )

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the raw body, then read the one movement in it."""
        config = ctx.config
        assert isinstance(config, Config)  # noqa: S101 - made by read_config with our config_type
        wire.check(
            config.hmac_secret,
            request.body,
            timestamp=request.header(wire.TIMESTAMP),
            signature=request.header(wire.SIGNATURE),
            now=ctx.clock(),
        )
        return Notice(wire.read(request.body))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer as SePay wants: success for everything genuine, so that it stops repeating."""
        return _REPLIES.get(outcome, _HEARD)

    def redact(self, raw: bytes) -> bytes:
        """Blank the memo and the account numbers; the rest names nobody."""
        return redact(raw, "content", "description", "accountNumber", "subAccount")


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return BankNotice()
