"""Queries about receipts that providers gave out for payments."""

from collections.abc import Sequence
from uuid import UUID

from backend.payments.store.rows import BillRow
from backend.platform import db


async def keep(row: BillRow) -> bool:
    """Keep a receipt; False when there is one."""
    return await db.insert("provider_bills", row, conflict="attempt")


async def has(attempt: UUID) -> bool:
    """Tell whether the receipt of an attempt is there."""
    return bool(await db.row("SELECT attempt FROM provider_bills WHERE attempt = {}", attempt))


async def of(attempts: Sequence[UUID]) -> BillRow | None:
    """Read the first receipt of these attempts."""
    if not attempts:
        return None
    found = await db.row(
        f"SELECT * FROM provider_bills WHERE attempt IN ({db.places(attempts)})"
        " ORDER BY at LIMIT 1",
        *attempts,
    )
    return BillRow(**found) if found else None
