"""VietQR as an adapter: it draws the payload and cannot ask; `bank_notice` hears the money."""

from msgspec import Struct

from payment_adapters.contract import (
    Adapter,
    Attempt,
    Capabilities,
    Context,
    Misconfigured,
    Rejected,
    ShowQr,
    Spec,
    Started,
    Transfer,
)
from payment_adapters.vietqr import wire


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The account comes with each attempt, so there is nothing else to set."""

    enabled: bool = False


class VietQr(Adapter):
    """Transfer by VietQR (chuyển khoản quét mã), matched by our code in the memo."""

    spec = Spec(
        id="vietqr",
        title_vi="Quét VietQR",
        title_en="Scan a VietQR",
        config_type=Config,
        capabilities=Capabilities(needs_account=True, amount_max=wire.LARGEST_AMOUNT),
    )

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Draw the payload for the frozen account; the code alone is the purpose."""
        del ctx
        account = attempt.account
        if account is None:
            raise Misconfigured("payments.accounts: no account fits this unit")
        try:
            payload = wire.write(
                wire.Transfer(
                    bank_bin=account.bank_bin,
                    account=account.number,
                    amount=attempt.amount,
                    purpose=attempt.code,
                )
            )
        except ValueError as fault:
            raise Rejected(str(fault)) from None
        transfer = Transfer(
            bank=wire.bank_name(account.bank_bin),
            account=account.number,
            name=account.name,
            amount=attempt.amount,
            memo=attempt.code,
        )
        return Started(
            next_action=ShowQr(payload=payload, text=in_words(transfer), transfer=transfer),
            expires_at=attempt.expires_at,
        )


def in_words(transfer: Transfer) -> str:
    """Say the same as the code, for who types the transfer by hand."""
    money = f"{transfer.amount:,}".replace(",", ".") + "\u00a0đ"
    return (
        f"Ngân hàng: {transfer.bank}\n"
        f"Số tài khoản: {transfer.account}\n"
        f"Người nhận: {transfer.name}\n"
        f"Số tiền: {money}\n"
        f"Nội dung, giữ đúng từng chữ: {transfer.memo}"
    )


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return VietQr()
