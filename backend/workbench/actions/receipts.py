"""Receipts of fees at the desk: read, cancelled, replaced, in the officer's own units."""

from uuid import UUID

from backend import fee_receipts
from backend.dossiers import Dossier
from backend.fee_receipts import FEE_RECEIPT, Clerk
from backend.workbench.actions.reading import LINK_LIVES, Desk, mine
from backend.workbench.model.money import MoneyAct
from backend.workbench.model.receipts import ReceiptList, ReceiptShown, Replacement


async def listed(desk: Desk, code: str) -> ReceiptList:
    """List the receipts of a dossier, those that wait for a number too."""
    return await _listed(desk, await mine(desk, code))


async def cancel(
    desk: Desk, code: str, receipt: UUID, wish: MoneyAct, *, clerk: Clerk
) -> ReceiptList:
    """Cancel a receipt; it stays, and says so."""
    dossier = await mine(desk, code)
    await fee_receipts.belongs(dossier.id, receipt)
    await fee_receipts.cancel(
        receipt,
        seen=wish.seen,
        reason=wish.checked_reason(),
        by=desk.officer.actor,
        clerk=clerk,
        now=desk.now,
    )
    return await _listed(desk, dossier)


async def replace(
    desk: Desk, code: str, receipt: UUID, wish: Replacement, *, clerk: Clerk
) -> ReceiptList:
    """Replace a receipt by one with the next number; both stay."""
    dossier = await mine(desk, code)
    await fee_receipts.belongs(dossier.id, receipt)
    await fee_receipts.replace(
        receipt,
        seen=wish.seen,
        reason=wish.checked_reason(),
        payer=wish.checked_payer(),
        by=desk.officer.actor,
        clerk=clerk,
        now=desk.now,
    )
    return await _listed(desk, dossier)


async def _listed(desk: Desk, dossier: Dossier) -> ReceiptList:
    shelf = await fee_receipts.of_dossier(dossier.id, wanted=True)
    return ReceiptList(
        items=[
            ReceiptShown(
                receipt=one,
                url=_url(desk, dossier, f"{FEE_RECEIPT}{one.receipt}") if one.number else None,
            )
            for one in shelf.receipts
        ],
        acknowledgement_url=_url(desk, dossier, "paid") if shelf.acknowledged else None,
    )


def _url(desk: Desk, dossier: Dossier, what: str) -> str:
    until = desk.now + LINK_LIVES
    token = desk.links.make(dossier.id, what, purpose="officer", until=until)
    return desk.address(f"/f/{token}")
