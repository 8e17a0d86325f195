"""Receipts of fees (biên lai thu phí, lệ phí): one for each fee and kind, numbered without gaps.

They follow the money by themselves: wanted when a fee is paid whole, numbered by the issuer, on
hold while the money is not whole. An officer cancels or replaces one, and both stay. Until there is
a receipt, an acknowledgement says that money came, and that it is no receipt.
"""

from backend.fee_receipts.actions.deciding import FOLLOW, cancel, replace
from backend.fee_receipts.actions.following import Clerk, follow
from backend.fee_receipts.actions.printing import acknowledgement_pdf, receipt_pdf
from backend.fee_receipts.actions.reading import Shelf, belongs, of_dossier, standing
from backend.fee_receipts.issuers import ReceiptIssuer, issuer_of
from backend.fee_receipts.model.receipts import (
    FEE_RECEIPT,
    FeeReceipt,
    NoReceiptNow,
    ReceiptDecided,
    State,
)

__all__ = [
    "FEE_RECEIPT",
    "FOLLOW",
    "Clerk",
    "FeeReceipt",
    "NoReceiptNow",
    "ReceiptDecided",
    "ReceiptIssuer",
    "Shelf",
    "State",
    "acknowledgement_pdf",
    "belongs",
    "cancel",
    "follow",
    "issuer_of",
    "of_dossier",
    "receipt_pdf",
    "replace",
    "standing",
]
