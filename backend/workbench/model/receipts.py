"""What the desk reads and sends of receipts of fees."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.fee_receipts.model.receipts import FeeReceipt
from backend.platform.kit.vietnamese import nfc, refuse_control_characters
from backend.workbench.model.money import MoneyAct


class Replacement(MoneyAct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A receipt is replaced (lập lại biên lai); `payer` corrects the name on it."""

    payer: Annotated[str, Meta(min_length=1, max_length=200)] | None = None

    def checked_payer(self) -> str | None:
        """Give the name in its one form, without hidden characters; None keeps the earlier one."""
        if self.payer is None:
            return None
        refuse_control_characters(self.payer, pointer="/payer")
        return nfc(self.payer) or None


class ReceiptShown(Struct, frozen=True, kw_only=True):
    """A receipt of a fee at the desk; `url` leads to its PDF once it has a number."""

    receipt: FeeReceipt
    url: str | None


class ReceiptList(Struct, frozen=True, kw_only=True):
    """The receipts of a dossier's fee; the acknowledgement is none, and stands while it is paid."""

    items: list[ReceiptShown]
    acknowledgement_url: str | None
    next: None = None
