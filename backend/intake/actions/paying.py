"""Beginning to pay (trả phí) with the citizen's key."""

from datetime import timedelta

from msgspec import structs

from backend import payments
from backend.dossiers import State
from backend.intake.actions.opening import Citizen, Counter, enter, local
from backend.payments import NothingDue, Opened
from backend.platform import limits
from backend.platform.kit.clock import Clock

MOST_STARTS = 30
WINDOW = timedelta(hours=1)
"""How often paying may be begun for one dossier; repeats of a live attempt count too."""


async def start(
    citizen: Citizen, adapter: str, *, counter: Counter, clock: Clock, payer_ip: str = ""
) -> Opened:
    """Begin an attempt, or give back the live one; the refusals of payments.

    `payer_ip` is passed on to a provider that wants it, and kept nowhere.
    """
    found = await enter(citizen, counter.vault)
    if found.dossier.state is State.DRAFT:
        raise NothingDue
    await limits.hit(
        "payments.start", citizen.dossier.hex, limit=MOST_STARTS, window=WINDOW, now=clock()
    )
    begun = await payments.start(
        citizen.dossier,
        adapter,
        adapters=counter.adapters,
        clock=clock,
        random=counter.random,
        payer_ip=payer_ip,
    )
    return structs.replace(begun, attempt=local(begun.attempt))
