"""The citizen's key (khóa hồ sơ), and a dossier as its citizen sees it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from backend import attachments, dossiers, payments
from backend.dossiers import Item, Opened, State, Step, Supplement
from backend.intake.model import FileShown
from backend.platform.kit.errors import NotFound, Unauthorised
from backend.platform.vault import Vault

_KEY = re.compile(r"Bearer +([A-Za-z0-9._~+/-]{22,256}=*)\Z", re.IGNORECASE | re.ASCII)


class Citizen(Struct, frozen=True):
    """Who asks: the dossier named in the address, and the hash of the key that came along."""

    dossier: UUID
    key_hash: bytes


class SupplementShown(Struct, frozen=True, kw_only=True):
    """What is to be completed, as the citizen sees it."""

    id: UUID
    by: str
    items: list[Item]
    reason: str | None
    until: datetime | None


class Shown(Struct, frozen=True, kw_only=True):
    """A dossier as its citizen sees it (hồ sơ của tôi)."""

    id: UUID
    state: State
    code: str | None
    procedure: str
    version: str
    unit: str
    track_digits: str | None
    submitted_at: datetime | None
    expected_at: datetime | None
    due_at: datetime | None
    timeline: list[Step]
    files: list[FileShown]
    obligation: payments.Obligation | None
    attempts: list[payments.Attempt]
    supplement: SupplementShown | None


def key_hash(authorization: str | None) -> bytes:
    """Read the key of at least 128 bits from the header; Unauthorised without one.

    Only the SHA-256 of a key is ever kept or compared.
    """
    found = _KEY.match(authorization or "")
    if found is None:
        raise Unauthorised(headers={"WWW-Authenticate": "Bearer"})
    return hashlib.sha256(found[1].encode()).digest()


async def enter(citizen: Citizen, vault: Vault) -> Opened:
    """Open the citizen's dossier; a missing one and another's are the same NotFound."""
    found = await dossiers.opened_by_key(citizen.dossier, citizen.key_hash, vault)
    if found is None:
        raise NotFound
    return found


async def show(found: Opened) -> Shown:
    """Show a dossier: a draft has its files only, a submitted one its whole story."""
    dossier = found.dossier
    states = await attachments.states(dossier.id)
    files = _files(found, states)
    if dossier.state is State.DRAFT:
        return _shown(found, files, [], (None, []), None)
    waiting = [one for one in await dossiers.supplements(found) if one.open]
    waiting.sort(key=lambda one: one.by)  # the official one first
    return _shown(
        found,
        files,
        await dossiers.timeline(dossier, found.key),
        await payments.of_dossier(dossier.id),
        waiting[0] if waiting else None,
    )


def _shown(
    found: Opened,
    files: list[FileShown],
    timeline: list[Step],
    money: tuple[payments.Obligation | None, list[payments.Attempt]],
    supplement: Supplement | None,
) -> Shown:
    dossier = found.dossier
    return Shown(
        id=dossier.id,
        state=dossier.state,
        code=dossier.code,
        procedure=dossier.procedure,
        version=dossier.version,
        unit=dossier.unit,
        track_digits=dossier.track_digits,
        submitted_at=_local(dossier.submitted_at),
        expected_at=_local(dossier.expected_at),
        due_at=_local(dossier.due_at),
        timeline=timeline,
        files=files,
        obligation=money[0],
        attempts=[local(one) for one in money[1]],
        supplement=_asked(supplement) if supplement else None,
    )


def _files(found: Opened, states: Mapping[str, attachments.FileState]) -> list[FileShown]:
    if not states:
        return []
    named = [*found.private().files(), *states]
    come = {sha256: one for sha256, one in states.items() if one.whole}
    return [FileShown(one, come[one].check) for one in dict.fromkeys(named) if one in come]


def _asked(supplement: Supplement) -> SupplementShown:
    return SupplementShown(
        id=supplement.id,
        by=supplement.by,
        items=supplement.items,
        reason=supplement.reason,
        until=_local(supplement.until),
    )


def local(attempt: payments.Attempt) -> payments.Attempt:
    """Bring an attempt to the form of the wire: Vietnamese time."""
    return structs.replace(attempt, expires_at=_local(attempt.expires_at))


def _local(moment: datetime | None) -> datetime | None:
    return dossiers.local(moment) if moment else None
