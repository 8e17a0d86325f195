"""Reading receipts (xem biên lai): of a dossier, one of it, and whether one still stands."""

from uuid import UUID

from msgspec import Struct

from backend import payments
from backend.fee_receipts import store
from backend.fee_receipts.model.receipts import FeeReceipt, State
from backend.fee_receipts.store import ReceiptRow
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import NotFound


class Shelf(Struct, frozen=True, kw_only=True):
    """What a dossier has of its fee: receipts with a number, and whether money can be confirmed."""

    acknowledged: bool
    receipts: tuple[FeeReceipt, ...]


async def of_dossier(dossier: UUID, *, wanted: bool = False) -> Shelf:
    """List the receipts of a dossier; `wanted` shows those that have no number yet, too."""
    rows = await store.of_dossier(dossier)
    kept = await payments.kept(dossier)
    return Shelf(
        acknowledged=kept is not None and kept.whole,
        receipts=tuple(_shown(row) for row in rows if wanted or row.number is not None),
    )


async def one(dossier: UUID, receipt: UUID) -> ReceiptRow:
    """Read a numbered receipt of a dossier; NotFound."""
    row = await store.get(receipt)
    if row is None or row.dossier != dossier or row.number is None:
        raise NotFound
    return row


async def belongs(dossier: UUID, receipt: UUID) -> FeeReceipt:
    """Read one receipt of a dossier, numbered or not; NotFound for another's."""
    row = await store.get(receipt)
    if row is None or row.dossier != dossier:
        raise NotFound
    return _shown(row)


async def standing(digest: str) -> State | None:
    """Tell how a receipt stands that a verification token speaks of; None for no receipt."""
    row = await store.by_digest(digest)
    return row.state if row else None


def _shown(row: ReceiptRow) -> FeeReceipt:
    return FeeReceipt(
        receipt=row.id,
        kind=row.kind,
        state=row.state,
        amount=row.amount,
        form=row.form,
        series=row.series,
        number=row.number,
        issued_at=row.issued_at and row.issued_at.astimezone(VIETNAM),
        replaces=row.replaces,
        rev=row.rev,
    )
