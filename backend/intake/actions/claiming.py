"""Claiming that nobody pays (đề nghị miễn phí) with the citizen's key: the ward looks at it."""

from datetime import datetime, timedelta
from typing import Literal

from backend import dossiers, payments
from backend.dossiers import Opened, Stale, State
from backend.intake.actions.opening import Citizen, enter
from backend.intake.model.claims import ExemptionClaimed, ExemptionRefused, NothingToClaim
from backend.platform import limits
from backend.platform.db import transaction
from backend.platform.vault import Vault

MOST_CLAIMS = 5
WINDOW = timedelta(days=1)
"""How many claims one dossier may make; repeats do not count."""

_TRIES = 3
_CLAIM = "exemption_claim"
_REFUSALS = ("exemption_refuse", "exemption_refuse_paid")
_CLAIMABLE = frozenset({"open", "expired", "exemption_review"})


async def claim(
    citizen: Citizen, claimed: ExemptionClaimed, *, vault: Vault, now: datetime
) -> Opened:
    """Claim an exemption: the fee waits for an officer. Repeating it changes nothing.

    What proves it names people's circumstances: it is sealed, and officers alone read it.
    NothingToClaim, ExemptionRefused.
    """
    found = await enter(citizen, vault)
    if found.dossier.state is State.DRAFT:
        raise NothingToClaim
    groups = (await dossiers.procedure_of(found.dossier)).exempt_groups()
    note = claimed.checked(groups).note()
    if await _wanted(found, note):
        key = citizen.dossier.hex
        await limits.hit("exemption.claim", key, limit=MOST_CLAIMS, window=WINDOW, now=now)
        await _note(citizen, note, vault=vault, now=now)
    return await enter(citizen, vault)


async def _wanted(found: Opened, note: str) -> Literal["review", "note"] | None:
    """Tell whether a claim begins a review, is a further note under one, or is known already.

    NothingToClaim, ExemptionRefused.
    """
    obligation, _attempts = await payments.of_dossier(found.dossier.id)
    if obligation is None or obligation.state not in _CLAIMABLE:
        raise NothingToClaim
    steps = await dossiers.notes_of(found, _CLAIM, *_REFUSALS)
    same = note in [said for verb, said in steps if verb == _CLAIM][-1:]
    if same and steps[-1][0] in _REFUSALS:
        raise ExemptionRefused
    if obligation.state != "exemption_review":
        return "review"
    return None if same else "note"


async def _note(citizen: Citizen, note: str, *, vault: Vault, now: datetime) -> None:
    """Note the claim and let the fee wait, together; again when an officer was first."""
    for left in reversed(range(_TRIES)):
        found = await enter(citizen, vault)
        try:
            async with transaction():
                await _add(found, note, vault=vault, now=now)
        except Stale:
            if not left:
                raise
        else:
            return


async def _add(found: Opened, note: str, *, vault: Vault, now: datetime) -> None:
    wanted, dossier = await _wanted(found, note), found.dossier
    if wanted:
        await dossiers.note_step(
            dossier.id, _CLAIM, by="citizen", now=now, seen=dossier.rev, note=note, vault=vault
        )
    if wanted == "review":
        await payments.ask_exemption(dossier.id, by="citizen", now=now)
