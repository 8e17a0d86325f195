"""Reading dossiers: by id, key, code or second factor, and the officers' queue."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from backend import catalogue, places
from backend.dossiers.model.record import (
    CODE_LENGTH,
    Dossier,
    Noted,
    Private,
    Receipt,
    Step,
    Why,
    cursor,
    read_cursor,
    told,
)
from backend.dossiers.model.states import NEXT, OPEN_STATES, NotAllowedNow, State
from backend.dossiers.store import dossiers as store
from backend.dossiers.store import lists
from backend.dossiers.store.shapes import MoveRow, Secret
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import clean_code
from backend.platform.kit.vietnamese import fold, masked_name
from backend.platform.vault import DossierKey, Vault

PRIVATE = "dossiers.private.1"
RECEIPT = "dossiers.receipt.1"

_MARK = 16
_MOST_WORDS = 6
_ANYTHING = tuple(state for state in State if state is not State.DRAFT)
_OFFICES = {"ward": "Phường", "commune": "Xã", "town": "Thị trấn"}

_read_private = msgspec.json.Decoder(Private).decode
_read_receipt = msgspec.json.Decoder(Receipt).decode
_read_why = msgspec.json.Decoder(Why).decode


class Opened(Struct, frozen=True):
    """A dossier in the hands of somebody who may read it: with its open key."""

    dossier: Dossier
    key: DossierKey
    sealed: bytes
    sealed_receipt: bytes | None = None

    def private(self) -> Private:
        """Read the people, answers and papers."""
        return _read_private(self.key.open(PRIVATE, self.sealed))

    def receipt(self) -> Receipt:
        """Read the receipt of the submission; NotAllowedNow while it is a draft."""
        if self.sealed_receipt is None:
            raise NotAllowedNow("a draft has no receipt")
        return _read_receipt(self.key.open(RECEIPT, self.sealed_receipt))


class Listed(Struct, frozen=True):
    """One line of the officers' queue (hàng chờ)."""

    dossier: Dossier
    owner_masked: str
    submitter_masked: str | None
    private: Private


class Page(Struct, frozen=True):
    """A page of the queue; `next` is the cursor of the following one."""

    items: list[Listed]
    next: str | None


async def get(dossier: UUID) -> Dossier:
    """Find a dossier by id; NotFound."""
    return _found(await store.get(dossier))


async def by_code(code: str) -> Dossier:
    """Find a submitted dossier by its code, however it was typed; NotFound."""
    clean = clean_code(code, length=CODE_LENGTH)
    return _found(await store.by_code(clean) if clean else None)


async def opened(dossier: UUID, vault: Vault) -> Opened:
    """Open a dossier for somebody whose right to it was checked before; NotFound."""
    found = await store.with_secret(dossier)
    if found is None:
        raise NotFound
    return _opened(*found, vault)


async def opened_by_key(dossier: UUID, key_hash: bytes, vault: Vault) -> Opened | None:
    """Open a dossier for the holder of its key.

    None when there is no such dossier, NotFound when the key is another's: who reads, turns None
    into the same NotFound; who writes may make it.
    """
    found = await store.with_secret(dossier)
    if found is None:
        return None
    if not hmac.compare_digest(found[1].key_hash, key_hash):
        raise NotFound
    return _opened(*found, vault)


async def private(dossier: Dossier, vault: Vault) -> Private:
    """Read the people, answers and papers of a dossier."""
    return (await opened(dossier.id, vault)).private()


async def procedure_of(dossier: Dossier) -> catalogue.Procedure:
    """Find the form a dossier was filed on, also where only another process has served it."""
    return await catalogue.recall(dossier.procedure, version=dossier.version)


async def by_second_factor(code: str, digits: str, vault: Vault) -> Dossier:
    """Find a dossier by code and four digits; every wrong look-up is the same NotFound."""
    clean = clean_code(code, length=CODE_LENGTH) or ""
    found = await store.with_track_marks(clean)
    unit, marks = (found[0].unit, found[1]) if found else ("", b"")
    mark = track_mark(unit, clean, digits, vault)
    fits = [hmac.compare_digest(mark, marks[at : at + _MARK]) for at in range(0, len(marks), _MARK)]
    if found is None or not any(fits):
        raise NotFound
    return found[0]


async def timeline(dossier: Dossier, key: DossierKey | None = None) -> list[Step]:
    """Tell what happened to a dossier (quá trình giải quyết), oldest first.

    With its key the reasons are told too.
    """
    return [step for step, _why in await _past(dossier, key)]


async def noted_timeline(dossier: Dossier, key: DossierKey) -> list[Noted]:
    """Tell an officer what happened: each step with the note that stays in the office."""
    return [
        Noted(**msgspec.structs.asdict(step), note=why.note)
        for step, why in await _past(dossier, key)
    ]


async def notes_of(opened: Opened, *verbs: str) -> list[tuple[str, str | None]]:
    """List what officers alone read of some kinds of steps: (verb, note), oldest first."""
    steps = [one for one in await store.moves(opened.dossier.id) if one.verb in verbs]
    return [(one.verb, _why(one, opened.key).note) for one in steps]


async def accepted_by(dossier: UUID) -> str | None:
    """Name who accepted a dossier, as the journal does: `officer:ovl-01`; None before that."""
    steps = await store.moves(dossier)
    return next((one.actor for one in steps if one.verb == "accept"), None)


async def _past(dossier: Dossier, key: DossierKey | None) -> list[tuple[Step, Why]]:
    office = office_of(dossier.unit)
    past = [(step, _why(step, key)) for step in await store.moves(dossier.id)]
    return [(_told(one, office, why), why) for one, why in past]


async def inbox(
    units: Sequence[str],
    *,
    state: State | None = None,
    q: str = "",
    after: str | None = None,
    limit: int = 50,
    vault: Vault,
) -> Page:
    """List a page of units' dossiers by deadline, then code.

    `q` is a code or words of a name, with or without marks. Without `state` and `q` the list holds
    what still needs work. Malformed when the cursor `after` is none of ours.
    """
    code = clean_code(q, length=CODE_LENGTH)
    words = [] if code else sorted(set(fold(q).split()))[:_MOST_WORDS]
    found = await lists.inbox(
        units,
        states=(state,) if state else _ANYTHING if code or words else OPEN_STATES,
        code=code,
        marks=[vault.blind(unit, word) for unit in units for word in words],
        words=len(words),
        after=read_cursor(after) if after else None,
        limit=limit + 1,
    )
    page = [_listed(dossier, sealed, vault) for dossier, sealed in found[:limit]]
    last = page[-1].dossier if len(found) > limit else None
    follows = cursor(last.queue_at, last.code) if last and last.queue_at and last.code else None
    return Page(items=page, next=follows)


async def counts(units: Sequence[str]) -> dict[State, int]:
    """Count what still needs work in some units, by state (số hồ sơ theo bước)."""
    return await lists.counts(units, OPEN_STATES)


async def told_to_same_phone(found: Opened, *, since: datetime, vault: Vault) -> int:
    """Count the unit's dossiers handed in since a moment whose news go to this one's phone.

    Itself included; 0 where nobody left a phone. Numbers are compared blind.
    """
    phone = found.private().contact()
    if phone is None:
        return 0
    return await lists.marked(contact_mark(found.dossier.unit, phone, vault), since=since)


def next_of(dossier: Dossier, instead: tuple[str, str] | None = None) -> tuple[str, str]:
    """Say what happens next, in Vietnamese and English: by the state, or what stands `instead`."""
    office = office_of(dossier.unit)
    words, english = instead or NEXT[dossier.state]
    words = words.replace("{Office}", office)
    return words.replace("{office}", office[0].lower() + office[1:]), english


def office_of(unit: str) -> str:
    """Say what kind of office a unit is, as a sentence begins: Phường, Xã."""
    return _OFFICES.get(places.get(unit).kind, "Cơ quan")


def track_mark(unit: str, code: str, digits: str, vault: Vault) -> bytes:
    """Make the blind mark of a code with four digits."""
    return vault.blind(unit, f"{code}:{digits}")


def contact_mark(unit: str, phone: str, vault: Vault) -> bytes:
    """Make the blind mark of the phone that is told; no word of a search can be equal to it."""
    return vault.blind(unit, f"phone {phone}")


def _found(dossier: Dossier | None) -> Dossier:
    if dossier is None:
        raise NotFound
    return dossier


def _opened(dossier: Dossier, secret: Secret, vault: Vault) -> Opened:
    key = vault.open_key(dossier.wrapped_key, dossier.id)
    return Opened(dossier, key, secret.sealed, secret.receipt)


def _listed(dossier: Dossier, sealed: bytes, vault: Vault) -> Listed:
    key = vault.open_key(dossier.wrapped_key, dossier.id)
    owned = _read_private(key.open(PRIVATE, sealed))
    other = owned.submitter
    submitter = masked_name(other.name or "") if other is not None else None
    return Listed(dossier, masked_name(owned.owner.name or ""), submitter, owned)


def _told(one: MoveRow, office: str, why: Why) -> Step:
    return told(
        one.verb,
        one.after,
        one.at,
        one.until,
        office=office,
        before=one.before,
        reason=why.reason,
    )


def _why(step: MoveRow, key: DossierKey | None) -> Why:
    if step.sealed is None or key is None:
        return Why()
    return _read_why(key.open(f"dossiers.step.{step.rev}", step.sealed))
