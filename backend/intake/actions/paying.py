"""Beginning to pay (trả phí) with the citizen's key, and letting a relative pay (trả hộ)."""

from datetime import datetime, timedelta

from msgspec import structs

from backend import dossiers, payments
from backend.dossiers import State
from backend.intake.actions.opening import Citizen, Counter, enter, local
from backend.intake.model import LinkMade
from backend.payments import NothingDue, Opened
from backend.platform import limits
from backend.platform.kit.clock import Clock
from backend.platform.links import Links
from backend.platform.vault import Vault

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


async def lend(
    citizen: Citizen, *, links: Links, origin: str, vault: Vault, now: datetime
) -> LinkMade:
    """Make a link by which anybody may pay this fee and see nothing else; AlreadyPaid, NothingDue.

    Its token stands behind `#`, so that no server on the way sees it.
    """
    found = await enter(citizen, vault)
    token, until = await payments.lend(found.dossier.id, links=links, now=now)
    return LinkMade(url=f"{origin}/tra-phi#{token}", expires_at=dossiers.local(until))


async def end_lending(citizen: Citizen, *, vault: Vault, now: datetime) -> None:
    """End every such link; repeating it changes nothing."""
    found = await enter(citizen, vault)
    await payments.end_lending(found.dossier.id, now=now)
