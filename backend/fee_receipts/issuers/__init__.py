"""Issuers of receipts (cấp biên lai), one module each; chosen by settings."""

from backend.fee_receipts.issuers.contract import NoNumber, NotNow, ReceiptIssuer
from backend.fee_receipts.issuers.own import OwnBooks
from backend.platform.settings import Receipts

__all__ = ["NoNumber", "NotNow", "OwnBooks", "ReceiptIssuer", "issuer_of"]


def issuer_of(settings: Receipts) -> ReceiptIssuer:
    """Build the issuer that the settings name; without books nothing is issued."""
    return OwnBooks(settings.books)
