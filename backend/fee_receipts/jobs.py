"""Writing receipts, as work for later: after every change of a fee, and for those that wait."""

from collections.abc import Mapping

import msgspec

from backend.fee_receipts.actions import deciding, following
from backend.fee_receipts.actions.deciding import FOLLOW, VOID, Voided
from backend.fee_receipts.actions.following import Clerk
from backend.payments import ObligationRestated, ObligationSettled
from backend.platform.jobs import Handler, Handler0
from backend.platform.kit.clock import Clock

WAITING_SECONDS = 600.0

_read = msgspec.json.Decoder(ObligationSettled | ObligationRestated).decode


def handlers(clerk: Clerk, *, clock: Clock) -> Mapping[str, Handler]:
    """Give the handlers of this room's topics."""

    async def follow(payload: bytes) -> None:
        event = _read(payload)
        if event.dossier is not None:
            await following.follow(event.dossier, clerk=clerk, now=clock())

    async def void(payload: bytes) -> None:
        await deciding.void(msgspec.json.decode(payload, type=Voided), clerk=clerk)

    return {FOLLOW: follow, VOID: void}


def recurring(clerk: Clerk, *, clock: Clock) -> Mapping[str, tuple[float, Handler0]]:
    """Give the recurring work: try what waits for a book."""

    async def wait() -> None:
        await following.follow_waiting(clerk=clerk, now=clock())

    return {"fee_receipts.waiting": (WAITING_SECONDS, wait)}
