"""Publishes procedures with two persons (công bố): propose, approve, withdraw, roll back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec

from backend.catalogue import store
from backend.catalogue.actions import serving
from backend.catalogue.actions.checking import check, texts
from backend.catalogue.actions.comparing import NotComparable
from backend.catalogue.actions.serving import UnknownProcedure
from backend.catalogue.model import folder as folders
from backend.catalogue.model import publication as rules
from backend.catalogue.model.differences import differences
from backend.catalogue.model.editions import begins
from backend.catalogue.model.english import Language
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.publication import (
    AlreadyPlanned,
    DayGone,
    InForce,
    Kind,
    NothingBefore,
    NotWaiting,
    Publication,
    SamePerson,
    UnknownPublication,
    VersionClosed,
    VersionNotBegun,
)
from backend.catalogue.model.reading import SHARED, Source
from backend.catalogue.model.sidebyside import Difference
from backend.people import Officer, Role
from backend.platform import audit
from backend.platform.db import DuplicateRow, transaction
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Fault
from backend.platform.yamlfiles import Finding

ROLES: tuple[Role, ...] = ("author", "operator")
"""Who proposes and who approves: người soạn thủ tục, người vận hành."""


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


def checked_source(file: Path) -> tuple[str, Source]:
    """Read a file that may be published: it stands in a folder of procedures and passes there.

    Its golden dossiers are run. Raises NotComparable with every fault of the file, its golden
    dossiers and the blocks it uses.
    """
    whole = file.resolve()
    root, path = whole.parents[1], f"{whole.parent.name}/{whole.name}"
    found = folders.collect(texts(root), name=root.name)
    reading = next(
        (one for one in found.good.values() if one.source.path == f"{root.name}/{path}"), None
    )
    about = (f"{root.name}/{path.removesuffix('.yaml')}.", f"{root.name}/{SHARED}/")
    faults = tuple(one for one in check(root) if one.file.startswith(about) and _counts(one))
    if reading is None or faults:
        raise NotComparable(f"Tệp {file} chưa công bố được: kiểm tra chưa đạt.", faults)
    return reading.code, reading.source


def _counts(finding: Finding) -> bool:
    return "no procedure uses this block" not in finding.message


async def propose(
    code: str,
    source: Source,
    *,
    from_day: date,
    by: Officer,
    reason: str,
    closes_drafts: bool,
    now: datetime,
) -> Publication:
    """Propose that a text is served from 00:00 of a day on (đề nghị công bố).

    Raises DayGone for a day that lies behind, AlreadyPlanned when that day has a publication.
    """
    if from_day < _today(now):
        raise DayGone
    planned = await store.publications(code)
    if any(one.state != "withdrawn" and one.from_day == from_day for one in planned):
        raise AlreadyPlanned
    return await _add(
        "publish",
        code,
        source,
        from_day=from_day,
        by=by,
        reason=reason,
        closes_drafts=closes_drafts,
        now=now,
    )


async def roll_back(
    code: str, *, by: Officer, reason: str, now: datetime, version: str | None = None
) -> Publication:
    """Propose to serve the version before this one again, or the one named (quay lại bản trước).

    It counts from its approval on. Raises UnknownProcedure, NothingBefore, AlreadyPlanned.
    """
    current = serving.get(code).version
    for source in await _earlier(code, now=now):
        if source.version == (version or source.version) and source.version != current:
            return await _add(
                "rollback",
                code,
                source,
                from_day=_today(now),
                by=by,
                reason=reason,
                closes_drafts=False,
                now=now,
            )
    raise NothingBefore


async def _earlier(code: str, *, now: datetime) -> list[Source]:
    """List what could be served again: publications, latest first; the folder; versions served.

    An edition of the folder that begins on a later day is none of them.
    """
    today = _today(now)
    published = rules.in_order(await store.publications(code), on=today)
    kept = [one.source for one in await store.all_versions() if one.code == code]
    return [
        *(one.source for one in published[1:]),
        *serving.held(code),
        *(one for one in kept if _begun(one, today)),
    ]


def _begun(source: Source, today: date) -> bool:
    definition = serving.definition_of(source)
    return definition is not None and begins(definition) <= today


async def _add(
    kind: Kind,
    code: str,
    source: Source,
    *,
    from_day: date,
    by: Officer,
    reason: str,
    closes_drafts: bool,
    now: datetime,
) -> Publication:
    made = Publication(
        id=0,
        code=code,
        kind=kind,
        state="proposed",
        from_day=from_day,
        closes_drafts=closes_drafts,
        source=source,
        reason=reason,
        proposed_by=by.login,
        proposed_at=now,
        approved_by=None,
        approved_at=None,
        withdrawn_by=None,
        withdrawn_why=None,
    )
    try:
        async with transaction():
            number = await store.add_publication(made)
            made = msgspec.structs.replace(made, id=number)
            await _note(made, f"procedure.{kind}_proposed", by=by, now=now)
    except DuplicateRow as taken:
        raise AlreadyPlanned from taken
    return made


async def approve(number: int, *, by: Officer, now: datetime) -> Publication:
    """Approve as the second person (duyệt): it is served from 00:00 of its day, or at once.

    Raises SamePerson for the one who proposed, DayGone when its day has gone by unapproved.
    """
    found = await publication(number)
    if found.state != "proposed":
        raise NotWaiting
    if by.login == found.proposed_by:
        raise SamePerson
    today = _today(now)
    from_day = today if found.kind == "rollback" else found.from_day
    if from_day < today:
        raise DayGone
    async with transaction():
        if not await store.approve(number, by=by.login, from_day=from_day, now=now):
            raise NotWaiting
        await _note(found, "procedure.approved", by=by, now=now)
    await serving.hear_of_publications()
    return await publication(number)


async def withdraw(number: int, *, by: Officer, reason: str, now: datetime) -> Publication:
    """Withdraw what is not served yet (thu hồi); one person may, what is served stays as it is.

    Raises InForce for what is served already, NotWaiting for what was withdrawn before.
    """
    found = await publication(number)
    async with transaction():
        done = await store.withdraw(number, by=by.login, why=reason, today=_today(now), now=now)
        if not done:
            raise InForce if found.state == "approved" else NotWaiting
        await _note(found, "procedure.withdrawn", by=by, now=now)
    await serving.hear_of_publications()
    return await publication(number)


async def publication(number: int) -> Publication:
    """Find a publication by its number; raises UnknownPublication."""
    found = await store.publication(number)
    if found is None:
        raise UnknownPublication(str(number))
    return found


async def publications(code: str | None = None) -> Sequence[Publication]:
    """List what was ever proposed, in that order."""
    return await store.publications(code)


def changes(found: Publication, *, language: Language = "vi") -> list[Difference]:
    """Say what a publication changes in what is served today; a new procedure changes nothing."""
    now = serving.served(found.code)
    return changes_between(now, found.source, language=language) if now else []


def changes_between(
    before: Source, after: Source, *, language: Language = "vi"
) -> list[Difference]:
    """Say in words what differs between two texts that were served."""
    was, is_now = serving.definition_of(before), serving.definition_of(after)
    return differences(was, is_now, language=language) if was and is_now else []


def refuse_early(procedure: Procedure, *, on: date) -> None:
    """Refuse a draft whose version has not begun by its own first day, published or not.

    Raises VersionNotBegun with that day.
    """
    first = procedure.begins_after(on)
    if first is not None:
        raise VersionNotBegun(extra={"valid_from": first.isoformat()})


def refuse_out_of_force(procedure: Procedure, *, on: date) -> None:
    """Refuse to take a dossier of a version before its first day, or after its last.

    It ends by its own last day or by a publication. Raises VersionNotBegun, and VersionClosed with
    the last day and what changed.
    """
    refuse_early(procedure, on=on)
    begins = rules.closed_from(serving.published(procedure.code), procedure.version, on=on)
    last = begins - timedelta(days=1) if begins else procedure.definition.valid_to
    if last is not None and last < on:
        raise VersionClosed(errors=_changed(procedure), extra={"valid_to": last.isoformat()})


def _changed(procedure: Procedure) -> list[Fault]:
    """Say in both languages what is new in what is served now."""
    try:
        now = serving.get(procedure.code).definition
    except UnknownProcedure:  # nothing has taken its place
        return []
    pairs = zip(
        differences(procedure.definition, now, language="vi"),
        differences(procedure.definition, now, language="en"),
        strict=True,
    )
    return [Fault("", "changed", vietnamese.words, english.words) for vietnamese, english in pairs]


async def _note(one: Publication, verb: str, *, by: Officer, now: datetime) -> None:
    await audit.write(
        actor=by.actor,
        verb=verb,
        dossier=None,
        unit=None,
        facts={
            "number": one.id,
            "procedure": one.code,
            "version": one.version,
            "from": one.from_day.isoformat(),
        },
        now=now,
    )
