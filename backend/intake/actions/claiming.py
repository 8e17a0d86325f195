"""Claiming that nobody pays (đề nghị miễn phí) with the citizen's key: the ward looks at it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta, Struct

from backend import dossiers, payments
from backend.dossiers import Opened, Stale, State
from backend.intake.actions.opening import Citizen, enter
from backend.payments import NothingDue
from backend.platform import limits
from backend.platform.db import transaction
from backend.platform.kit.errors import Fault, Unprocessable
from backend.platform.kit.vietnamese import refuse_control_characters
from backend.platform.vault import Vault

MOST_CLAIMS = 10
WINDOW = timedelta(days=1)
"""How often one dossier may claim, repeats included."""

_TRIES = 3
_STEP = "exemption_claim"
_CLAIMABLE = frozenset({"open", "expired", "exemption_review"})


class ExemptionClaimed(Struct, frozen=True, forbid_unknown_fields=True):
    """Who says to pay nothing: a group of the procedure, and what proves it, in their words."""

    group: Annotated[str, Meta(min_length=1, max_length=64)]
    evidence: Annotated[str, Meta(max_length=300)] = ""

    def note(self, groups: Mapping[str, str]) -> str:
        """Write the claim for officers; Unprocessable for no group of the procedure."""
        refuse_control_characters(self.evidence, pointer="/evidence", lines=True)
        words = groups.get(self.group)
        if words is None:
            said = ("Chọn một diện trong danh sách.", "Choose a group of the list.")
            raise Unprocessable(errors=[Fault("/group", "unknown", *said)])
        evidence = self.evidence.strip()
        return f"{words}: {evidence}" if evidence else words


async def claim(
    citizen: Citizen, claimed: ExemptionClaimed, *, vault: Vault, now: datetime
) -> Opened:
    """Claim an exemption: the fee waits for an officer. Repeating it changes nothing; NothingDue.

    What proves it names people's circumstances: it is sealed, and officers alone read it.
    """
    found = await enter(citizen, vault)
    if found.dossier.state is State.DRAFT:
        raise NothingDue
    pinned = await dossiers.procedure_of(found.dossier)
    note = claimed.note(pinned.exempt_groups())
    await limits.hit(
        "exemption.claim", citizen.dossier.hex, limit=MOST_CLAIMS, window=WINDOW, now=now
    )
    for left in reversed(range(_TRIES)):
        try:
            await _note(found, note, vault=vault, now=now)
            break
        except Stale:
            if not left:
                raise
            found = await enter(citizen, vault)
    return await enter(citizen, vault)


async def _note(found: Opened, note: str, *, vault: Vault, now: datetime) -> None:
    """Note the claim and let the fee wait, together; another claim under review is added."""
    dossier = found.dossier
    async with transaction():
        obligation, _attempts = await payments.of_dossier(dossier.id)
        if obligation is None or obligation.state not in _CLAIMABLE:
            raise NothingDue
        waits = obligation.state == "exemption_review"
        if waits and await dossiers.last_note(found, _STEP) == note:
            return
        await dossiers.note_step(
            dossier.id, _STEP, by="citizen", now=now, seen=dossier.rev, note=note, vault=vault
        )
        if not waits:
            await payments.ask_exemption(dossier.id, by="citizen", now=now)
