"""What officers are told of the hand-over: how far it is, what waits, what differs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend import dossiers
from backend.forwarding import store
from backend.forwarding.actions.sealing import open_copy, open_remark
from backend.forwarding.model import Delivery, Difference, Sent, Waiting


async def sent(dossier: UUID) -> Delivery | None:
    """Tell how far a dossier's hand-over is; None while it is not due."""
    return await store.delivery(dossier)


async def waiting(units: Sequence[str], *, now: datetime) -> list[Waiting]:
    """List the dossiers of units that are due and not in the one-stop yet, oldest first."""
    return await store.waiting(units, now=now)


async def differences(units: Sequence[str]) -> list[Difference]:
    """List in what we and the one-stop do not agree, oldest first."""
    return await store.differences(units)


async def copies(opened: dossiers.Opened) -> list[Sent]:
    """Open the copies of everything that was sent about a dossier, oldest first."""
    found = await store.copies(opened.dossier.id)
    return [open_copy(opened.key, digest, sealed) for digest, sealed in found]


async def remark(opened: dossiers.Opened) -> str | None:
    """Open the one-stop's latest remark."""
    row = await store.get(opened.dossier.id)
    return open_remark(opened.key, row.remark) if row else None
