"""Bank notices as an adapter: it starts nothing and is never shown to citizens; it listens."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from payment_adapters.bank_notice import casso, wire
from payment_adapters.bank_notice import statement as bank_file
from payment_adapters.bank_notice.statement import Columns
from payment_adapters.contract import (
    Adapter,
    Capabilities,
    Context,
    Misconfigured,
    Notice,
    Outcome,
    RawReply,
    RawRequest,
    Secret,
    Spec,
    Statement,
    StatementLine,
    Unsupported,
)
from payment_adapters.strict import redact

_REPLIES = {
    Outcome.BAD_SIGNATURE: RawReply(status=401, body=b'{"success":false}'),
    Outcome.MALFORMED: RawReply(status=400, body=b'{"success":false}'),
    Outcome.RETRY_LATER: RawReply(status=503, body=b'{"success":false}'),
}
_HEARD = RawReply(status=200, body=b'{"success":true}')
_PERSONAL = (
    *("content", "description", "accountNumber", "subAccount", "bank_sub_acc_id", "subAccId"),
    *("virtualAccountNumber", "virtualAccountName", "counterAccountName", "counterAccountNumber"),
)


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who watches the account, the key it signs with, and how the bank's files are laid out."""

    enabled: bool = False
    dialect: Literal["sepay", "casso_v1", "casso_v2"]
    hmac_secret: Secret
    account: Annotated[str, Meta(max_length=34)] = ""
    name_by: Literal["id", "reference"] = "id"  # what names a movement: theirs, or the bank's
    statement: Columns | None = None


class BankNotice(Adapter):
    """Movements on the fee account (báo có), told by a service, or read from the bank's file."""

    spec = Spec(
        id="bank_notice",
        title_vi="Báo có ngân hàng",
        title_en="Bank notices",
        config_type=Config,
        capabilities=Capabilities(starts=False, notices=True, statements=True),
    )

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove the raw body, then read the movements in it."""
        config, body, now = _config(ctx), request.body, ctx.clock()
        by_reference = config.name_by == "reference"
        if config.dialect == "casso_v1":
            casso.check_token(config.hmac_secret, request.header(casso.TOKEN))
            return Notice(casso.read_first(body, by_reference=by_reference))
        if config.dialect == "casso_v2":
            signature = request.header(casso.SIGNATURE)
            casso.check(config.hmac_secret, body, signature=signature, now=now)
            return Notice(casso.read_second(body, by_reference=by_reference))
        wire.check(
            config.hmac_secret,
            body,
            timestamp=request.header(wire.TIMESTAMP),
            signature=request.header(wire.SIGNATURE),
            now=now,
        )
        return Notice(wire.read(body, by_reference=by_reference))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Answer as they want: success for everything genuine, so that they stop repeating."""
        return _REPLIES.get(outcome, _HEARD)

    def statement(self, ctx: Context, statement: Statement) -> tuple[StatementLine, ...]:
        """Read the bank's CSV or XLSX file by the columns that the settings name."""
        config = _config(ctx)
        if config.statement is None:
            raise Unsupported("payments.bank_notice.statement: name the columns of the file.")
        return bank_file.read(statement.body, config.statement, account=config.account)

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse statements whose lines would have other names than the notices."""
        config = _config(ctx)
        if config.statement is None:
            return []
        wanted = "id" if config.statement.of == "service" else "reference"
        if config.name_by == wanted:
            return []
        return [f'payments.bank_notice.name_by: write "{wanted}", or statements count twice.']

    def redact(self, raw: bytes) -> bytes:
        """Blank memos, names and account numbers; the rest names nobody."""
        return redact(raw, *_PERSONAL)


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return BankNotice()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.bank_notice")
    return ctx.config
