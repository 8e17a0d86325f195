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
from backend.platform.kit.errors import Fault, Problem, Unprocessable
from backend.platform.kit.vietnamese import refuse_control_characters
from backend.platform.vault import Vault

MOST_CLAIMS = 5
WINDOW = timedelta(days=1)
"""How many claims one dossier may make; repeats do not count."""

_TRIES = 3
_CLAIM, _REFUSAL = "exemption_claim", "exemption_refuse"
_CLAIMABLE = frozenset({"open", "expired", "exemption_review"})


class ExemptionRefused(Problem):
    """The same claim was looked at before, and refused."""

    status = 409
    slug = "exemption-refused"
    title = "Phường đã xem đề nghị này và không miễn. Có giấy tờ khác thì ghi thêm."


class NothingToClaim(NothingDue):
    """There is no fee that waits to be paid."""

    title = "Hồ sơ này không còn phí chờ trả, nên không cần đề nghị miễn."


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
    """Claim an exemption: the fee waits for an officer. Repeating it changes nothing.

    What proves it names people's circumstances: it is sealed, and officers alone read it.
    NothingToClaim, ExemptionRefused.
    """
    found = await enter(citizen, vault)
    if found.dossier.state is State.DRAFT:
        raise NothingToClaim
    note = claimed.note((await dossiers.procedure_of(found.dossier)).exempt_groups())
    if await _is_new(found, note):
        key = citizen.dossier.hex
        await limits.hit("exemption.claim", key, limit=MOST_CLAIMS, window=WINDOW, now=now)
        await _note(citizen, note, vault=vault, now=now)
    return await enter(citizen, vault)


async def _is_new(found: Opened, note: str) -> bool:
    """Tell whether this claim is not under review already; ExemptionRefused, NothingToClaim."""
    obligation, _attempts = await payments.of_dossier(found.dossier.id)
    if obligation is None or obligation.state not in _CLAIMABLE:
        raise NothingToClaim
    steps = await dossiers.notes_of(found, _CLAIM, _REFUSAL)
    same = note in [said for verb, said in steps if verb == _CLAIM][-1:]
    if same and steps[-1][0] == _REFUSAL:
        raise ExemptionRefused
    return not same or obligation.state != "exemption_review"


async def _note(citizen: Citizen, note: str, *, vault: Vault, now: datetime) -> None:
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
    """Note the claim and let the fee wait, together; another one under review is added."""
    dossier = found.dossier
    if not await _is_new(found, note):
        return
    await dossiers.note_step(
        dossier.id, _CLAIM, by="citizen", now=now, seen=dossier.rev, note=note, vault=vault
    )
    obligation, _attempts = await payments.of_dossier(dossier.id)
    if obligation is not None and obligation.state != "exemption_review":
        await payments.ask_exemption(dossier.id, by="citizen", now=now)
