"""The citizen's key (khóa hồ sơ), and a dossier as its citizen sees it."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, structs

from backend import attachments, dossiers, notices, payments
from backend.catalogue import Visit
from backend.dossiers import Asker, Item, Opened, PaperFiles, State, Step, Supplement
from backend.intake.model import FileShown
from backend.platform.files import FileStore
from backend.platform.kit.errors import NotFound, Unauthorised
from backend.platform.kit.ids import Randomness
from backend.platform.signing import Signer
from backend.platform.vault import Vault

_KEY = re.compile(r"Bearer +([A-Za-z0-9._~+/-]{22,256}=*)\Z", re.IGNORECASE | re.ASCII)


class Citizen(Struct, frozen=True):
    """Who asks: the dossier named in the address, and the hash of the key that came along."""

    dossier: UUID
    key_hash: bytes


class Counter(Struct, frozen=True, kw_only=True):
    """What the citizen's desk works with: keys, signature, chance, ways to pay, stored files."""

    vault: Vault
    signer: Signer
    random: Randomness
    adapters: payments.Adapters
    files: FileStore


class SupplementShown(Struct, frozen=True, kw_only=True):
    """What is to be completed, as the citizen sees it; `papers` as flagged ones stand now."""

    id: UUID
    by: Asker
    items: list[Item]
    reason: str | None
    until: datetime | None
    papers: list[PaperFiles]


class Shown(Struct, frozen=True, kw_only=True):
    """A dossier as its citizen sees it (hồ sơ của tôi).

    `expected_at` holds if it is received on the day `expected_from`. `paused`: the clock stands
    still, `due_at` is what was promised before. `provisional`: the date may change when the
    holidays of its year are announced. `visit` is when somebody means to come, until received.
    """

    id: UUID
    state: State
    code: str | None
    procedure: str
    version: str
    unit: str
    track_digits: str | None
    submitted_at: datetime | None
    expected_at: datetime | None
    expected_from: date | None
    visit: Visit | None
    due_at: datetime | None
    paused: bool
    provisional: bool
    timeline: list[Step]
    files: list[FileShown]
    obligation: payments.Obligation | None
    attempts: list[payments.Attempt]
    ways: tuple[payments.Way, ...]
    ways_down: tuple[payments.Way, ...]
    supplement: SupplementShown | None
    verify_token: str | None


class Story(Struct, frozen=True, kw_only=True):
    """What only a submitted dossier has."""

    timeline: Sequence[Step] = ()
    visit: Visit | None = None
    bill: payments.Bill = payments.Bill()
    supplement: SupplementShown | None = None
    verify_token: str | None = None


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


async def show(found: Opened, counter: Counter) -> Shown:
    """Show a dossier: a draft has its files only, a submitted one its whole story."""
    dossier = found.dossier
    states = await attachments.states(dossier.id)
    files = _files(found, states)
    if dossier.state is State.DRAFT:
        return await _shown(found, files, Story())
    asked = await dossiers.supplements(found)
    answered = any(one.answered_at for one in asked)
    receipt = await dossiers.latest_receipt(found) if answered else found.receipt()
    story = Story(
        timeline=await dossiers.timeline(dossier, found.key),
        visit=await dossiers.visit(found),
        bill=await payments.bill(dossier.id, counter.adapters),
        supplement=_waiting(found, asked),
        verify_token=notices.verify_token(receipt, counter.signer),
    )
    return await _shown(found, files, story)


async def _shown(found: Opened, files: list[FileShown], story: Story) -> Shown:
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
        expected_from=await dossiers.expected_from(dossier),
        visit=story.visit,
        due_at=_local(dossier.due_at),
        paused=dossier.paused,
        provisional=dossiers.provisional(dossier),
        timeline=list(story.timeline),
        files=files,
        obligation=story.bill.obligation,
        attempts=[local(one) for one in story.bill.attempts],
        ways=story.bill.ways,
        ways_down=story.bill.ways_down,
        supplement=story.supplement,
        verify_token=story.verify_token,
    )


def _files(found: Opened, states: Mapping[str, attachments.FileState]) -> list[FileShown]:
    if not states:
        return []
    named = [*found.private().files(), *states]
    come = {sha256: one for sha256, one in states.items() if one.whole}
    return [FileShown(one, come[one].check) for one in dict.fromkeys(named) if one in come]


def _waiting(found: Opened, asked: Sequence[Supplement]) -> SupplementShown | None:
    """Show the request that waits for an answer, the official one first."""
    waiting = sorted((one for one in asked if one.open), key=lambda one: one.by)
    return _asked(found, waiting[0]) if waiting else None


def _asked(found: Opened, supplement: Supplement) -> SupplementShown:
    flagged = {item.paper for item in supplement.items}
    return SupplementShown(
        id=supplement.id,
        by=supplement.by,
        items=supplement.items,
        reason=supplement.reason,
        until=_local(supplement.until),
        papers=[paper for paper in found.private().papers if paper.paper in flagged],
    )


def local(attempt: payments.Attempt) -> payments.Attempt:
    """Bring an attempt to the form of the wire: Vietnamese time."""
    return structs.replace(attempt, expires_at=_local(attempt.expires_at))


def _local(moment: datetime | None) -> datetime | None:
    return dossiers.local(moment) if moment else None
