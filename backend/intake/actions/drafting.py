"""Drafts (hồ sơ nháp): kept as they come, judged for shape and known ids only."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct

from backend import attachments, catalogue, dossiers, places, qr
from backend.attachments import FileState
from backend.dossiers import Opened, State
from backend.intake.actions.crowds import Crowds
from backend.intake.actions.opening import Citizen
from backend.intake.model import (
    AlreadySubmitted,
    Manifest,
    StaleDraft,
    cleaned,
    file_faults,
    manifest_of,
)
from backend.intake.model.words import fault
from backend.platform.db import transaction
from backend.platform.files import FileStore
from backend.platform.http import stale
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Busy, Fault, Unprocessable
from backend.platform.vault import Vault

_TRIES = 4
_COMMUNE = "commune"
_crowds = Crowds()


class FileCome(Struct, frozen=True):
    """How far a file of a draft has come, in bytes."""

    sha256: str
    size: int
    offset: int


class DraftShown(Struct, frozen=True):
    """A draft as it is kept (hồ sơ nháp), so that another device of the same person goes on."""

    manifest: Manifest
    files: list[FileCome]


class Kept(Struct, frozen=True):
    """A draft as it is kept now; `fresh` when this request made it."""

    opened: Opened
    fresh: bool


def etag(found: Opened) -> str:
    """Give the ETag of a dossier: its revision."""
    return f'"{found.dossier.rev}"'


async def keep(
    citizen: Citizen,
    manifest: Manifest,
    *,
    if_match: str | None,
    address: str | None,
    desks: Collection[str],
    examples: bool,
    vault: Vault,
    files: FileStore,
    now: datetime,
) -> Kept:
    """Keep a manifest as the draft, in place of the one before; the same one changes nothing.

    `desks` are the units that the sender works for: in production theirs alone may be filed
    another way than online. Files that it names no more are deleted. New drafts are counted by
    `address`, unless it is None. Unprocessable with the places; VersionNotBegun; StaleDraft with
    `current`; AlreadySubmitted; TooMany.
    """
    manifest = await _tidied(cleaned(manifest))
    judged = False
    for _ in range(_TRIES):
        known = await dossiers.opened_by_key(citizen.dossier, citizen.key_hash, vault)
        if known is not None and known.dossier.state is not State.DRAFT:
            return _unchanged(known, manifest)
        refuse_stale(if_match, known)
        if known is not None and _made_of(known) == manifest:
            return Kept(known, fresh=False)
        if not examples:  # the demo's scripts play the ward's part too
            _refuse_channel(manifest, known, desks)
        if not judged:
            await _refuse_unknown(manifest, examples=examples, now=now)
            if known is None and address is not None:
                _crowds.count(address, now=now)
            judged = True
        kept, left = await _keep(citizen, manifest, known, vault=vault, now=now)
        await attachments.delete(citizen.dossier, left, files=files, now=now)
        if kept is not None:
            return Kept(kept, fresh=known is None)
    raise Busy


async def show(found: Opened) -> DraftShown:
    """Show a draft whole, and how far each of its files has come; AlreadySubmitted."""
    if found.dossier.state is not State.DRAFT:
        raise AlreadySubmitted
    manifest = _made_of(found)
    states = await attachments.states(found.dossier.id)
    named = {file.sha256: file for paper in manifest.papers for file in paper.files}
    files = [
        FileCome(sha256, file.size, states[sha256].offset if sha256 in states else 0)
        for sha256, file in named.items()
    ]
    return DraftShown(manifest, files)


async def _tidied(manifest: Manifest) -> Manifest:
    """Bring the answers into their stored form, as the procedure asks them; unknown ones wait."""
    try:
        procedure = await catalogue.recall(manifest.procedure, version=manifest.version)
    except catalogue.UnknownProcedure:
        return manifest
    return msgspec.structs.replace(manifest, answers=procedure.stored(manifest.answers))


async def _keep(
    citizen: Citizen, manifest: Manifest, known: Opened | None, *, vault: Vault, now: datetime
) -> tuple[Opened | None, list[FileState]]:
    """Keep it once, and tell the files of the one before that it names no more."""
    draft = manifest.draft()
    async with transaction():
        kept = await dossiers.keep_draft(
            citizen.dossier, draft, known=known, key_hash=citizen.key_hash, vault=vault, now=now
        )
        if kept is None or known is None:
            return kept, []
        return kept, await attachments.forget_but(draft.private.files(), citizen.dossier)


def _unchanged(known: Opened, manifest: Manifest) -> Kept:
    if _made_of(known) == manifest:
        return Kept(known, fresh=False)
    raise AlreadySubmitted


def _made_of(known: Opened) -> Manifest:
    return manifest_of(known.dossier, known.private())


def refuse_stale(if_match: str | None, known: Opened | None) -> None:
    """Refuse what was meant for another edition of the draft: StaleDraft with `current`."""
    if not stale(if_match, etag(known) if known else None):
        return
    shown = msgspec.to_builtins(_made_of(known)) if known else None
    headers = {"ETag": etag(known)} if known else None
    raise StaleDraft(headers=headers, extra={"current": shown})


def _refuse_channel(manifest: Manifest, known: Opened | None, desks: Collection[str]) -> None:
    """Refuse a channel that only an officer of the unit may name; one they named stays as it is."""
    named = (manifest.unit, manifest.channel)
    kept = known is not None and named == (known.dossier.unit, known.dossier.channel)
    if manifest.channel != "online" and manifest.unit not in desks and not kept:
        raise Unprocessable(errors=[fault("officers-channel", "/channel")])


async def _refuse_unknown(manifest: Manifest, *, examples: bool, now: datetime) -> None:
    faults = _place_faults(manifest, now) + file_faults(manifest.papers)
    if manifest.example and not examples:
        faults.append(fault("example-not-here", "/example"))
    if manifest.qr is not None:
        try:
            await qr.find(manifest.qr, now=now)
        except qr.UnknownQr:
            faults.append(fault("unknown-qr", "/qr"))
    faults += await _form_faults(manifest, now)
    if faults:
        raise Unprocessable(errors=faults)


def _place_faults(manifest: Manifest, now: datetime) -> list[Fault]:
    try:
        unit = places.get(manifest.unit)
    except places.UnknownUnit:
        return [fault("unknown-unit", "/unit")]
    today = now.astimezone(VIETNAM).date()
    takes = unit.level == _COMMUNE and unit.exists(today)
    return [] if takes else [fault("unknown-unit", "/unit")]


async def _form_faults(manifest: Manifest, now: datetime) -> list[Fault]:
    try:
        procedure = await catalogue.recall(manifest.procedure, version=manifest.version)
    except catalogue.UnknownProcedure:
        return [await _unknown_form(manifest.procedure)]
    catalogue.refuse_early(procedure, on=now.astimezone(VIETNAM).date())
    if not procedure.fileable:
        return [fault("unknown-procedure", "/procedure")]
    return procedure.unknown_ids(manifest.answers, manifest.papers)


async def _unknown_form(code: str) -> Fault:
    try:
        catalogue.get(code)
    except catalogue.UnknownProcedure:
        return fault("unknown-procedure", "/procedure")
    return fault("unknown-version", "/version")
