"""What an issuer of receipts (đơn vị cấp biên lai) is: a number for a receipt, once and for ever.

Raise NotNow when it cannot be reached: the same receipt is asked for again. Raise NoNumber when it
will not: the receipt waits, is asked for again every ten minutes, and the log says why.
"""

from typing import Protocol
from uuid import UUID

from backend.fee_receipts.model.receipts import Collector, Numbered, Wanted
from backend.payments import FeeKind


class NotNow(Exception):  # noqa: N818 - it is the issuer's answer
    """The issuer cannot be reached, or its answer was lost."""


class NoNumber(Exception):  # noqa: N818 - it is the issuer's answer
    """The issuer gives no number, such as for a book that is full; the text says why."""


class ReceiptIssuer(Protocol):
    """Gives numbers to receipts of fees; called outside of any transaction."""

    id: str

    def collector(self, unit: str, kind: FeeKind) -> Collector | None:
        """Say who collects this kind for a unit; None where no receipts are issued."""
        ...

    async def issue(self, wanted: Wanted) -> Numbered:
        """Give the number; asked again for the same `wanted.receipt`, the same number."""
        ...

    async def void(self, receipt: UUID, *, reason: str) -> None:
        """Hear that a numbered receipt is void; safe to repeat. The number is never used again."""
        ...
