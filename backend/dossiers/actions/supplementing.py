"""Completing dossiers (bổ sung hồ sơ): ask, answer, hold back, let go."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from backend.attachments.model import FileWanted
from backend.catalogue.model.people import Answers
from backend.catalogue.model.procedure import Procedure
from backend.dossiers.actions import clock
from backend.dossiers.actions.drafting import track_marks, word_marks
from backend.dossiers.actions.moving import moved, refuse_stale, sealed_why, step_aside
from backend.dossiers.actions.reading import PRIVATE, Opened, get, opened, procedure_of
from backend.dossiers.model.events import SupplementAnswered, SupplementAsked
from backend.dossiers.model.record import Dossier, PaperFiles, Private, Receipt, Why
from backend.dossiers.model.states import ENDS, AlreadyAsked, State, allowed
from backend.dossiers.model.supplements import (
    Answer,
    Asker,
    Item,
    Request,
    Supplement,
    TooLate,
    besides,
    merged,
    refuse_items,
    retake,
)
from backend.dossiers.store import dossiers as store
from backend.dossiers.store import supplements as asked
from backend.dossiers.store.shapes import SupplementRow
from backend.platform import outbox
from backend.platform.db import DuplicateRow, transaction
from backend.platform.kit.errors import NotFound
from backend.platform.vault import DossierKey, Vault

_read_request = msgspec.json.Decoder(Request).decode
_read_answer = msgspec.json.Decoder(Answer).decode
_read_private = msgspec.json.Decoder(Private).decode
_read_receipt = msgspec.json.Decoder(Receipt).decode


async def ask_supplement(
    dossier: UUID,
    *,
    by: str,
    items: Sequence[Item],
    until: datetime | None,
    now: datetime,
    vault: Vault,
    seen: int | None = None,
    reason: str | None = None,
    note: str | None = None,
) -> Dossier:
    """Ask the citizen to complete a dossier (yêu cầu bổ sung), once.

    What the system has asked and still waits for joins the request. AlreadyAsked, NotAllowedNow,
    Stale; Unprocessable when an item is unknown or `until` is no day to come.
    """
    try:
        async with transaction():
            current = await get(dossier)
            earlier = await asked.of(dossier)
            if any(one.asked_by == "officer" for one in earlier):
                raise AlreadyAsked
            refuse_stale(current, seen)
            allowed("request_supplement", current.state, by=by)
            procedure = await procedure_of(current)
            refuse_items(
                items,
                fields=field_ids(procedure),
                papers=paper_names(procedure),
                until=until,
                now=now,
            )
            key = vault.open_key(current.wrapped_key, current.id)
            waiting = [_supplement(one, key) for one in earlier]
            joined = [item for one in waiting if one.open for item in one.items]
            request = Request(items=besides(items, joined), reason=reason)
            await asked.close(dossier, now=now, only_of_system=True)
            made = _row(current, request, by="officer", until=until, key=key, now=now)
            await asked.add(made)
            why = sealed_why(current, Why(reason=reason, note=note), key)
            result = await moved(
                current, "request_supplement", by=by, now=now, until=until, sealed=why
            )
            await outbox.emit(_asked(made, current.unit, now))
            return result
    except DuplicateRow:
        raise AlreadyAsked from None


async def note_unreadable(dossier: UUID, sha256: str, *, vault: Vault, now: datetime) -> None:
    """Ask, as the system, for a photo that was found unreadable after the submission.

    No state changes; before acceptance the forward is held back. A second photo joins the request
    that still waits; drafts and ended dossiers are left alone.
    """
    async with transaction():
        await store.hold(dossier)
        found = await opened(dossier, vault)
        current, owned = found.dossier, found.private()
        papers = owned.papers_of(sha256)
        if current.state in {State.DRAFT, *ENDS} or not papers:
            return
        procedure = await procedure_of(current)
        names = paper_names(procedure)
        items = [retake(paper, names.get(paper, paper)) for paper in papers]
        waiting = [one for one in await asked.of(dossier) if _waits(one)]
        for one in waiting:
            known = _read_request(found.key.open(_place(one.id, "items"), one.sealed))
            more = msgspec.structs.replace(known, items=besides(known.items, items))
            if more != known:
                await asked.reseal(one.id, _sealed_request(one.id, more, found.key))
            return
        request = Request(items=items)
        made = _row(current, request, by="system", until=None, key=found.key, now=now)
        await asked.add(made)
        held = now if current.state is State.SUBMITTED else current.held_at
        await step_aside(current, "retake", held_at=held, by="system", now=now)
        await outbox.emit(_asked(made, current.unit, now))


async def supplements(found: Opened) -> list[Supplement]:
    """List a dossier's supplement requests, oldest first, opened."""
    return [_supplement(one, found.key) for one in await asked.of(found.dossier.id)]


async def asked_until(dossier: UUID) -> datetime | None:
    """Say the last moment to add what an open request asks for, without opening what it asks."""
    waiting = [one for one in await asked.of(dossier) if not one.answered_at and not one.closed_at]
    return next((one.until for one in waiting if one.until), None)


async def answers_before(found: Opened) -> Answers | None:
    """Give the answers as they were filed; None while no request was answered."""
    done = [row for row in await asked.of(found.dossier.id) if row.before and row.answered_at]
    if not done:
        return None
    first = min(done, key=lambda row: row.answered_at or row.asked_at)
    return _read_private(found.key.open(_place(first.id, "before"), first.before or b"")).answers


async def earlier_file(found: Opened, sha256: str) -> FileWanted | None:
    """Find a file that an answer brings, or that stood in the dossier before one."""
    return (await _earlier_files(found)).get(sha256)


async def papers_of(found: Opened, sha256s: Collection[str]) -> set[str]:
    """Name all papers that hold one of these files, held it before an answer, or would by one."""
    papers = [*found.private().papers, *await _earlier_papers(found)]
    return {one.paper for one in papers if any(file.sha256 in sha256s for file in one.files)}


async def _earlier_files(found: Opened) -> dict[str, FileWanted]:
    papers = await _earlier_papers(found)
    return {file.sha256: file for paper in papers for file in paper.files}


async def _earlier_papers(found: Opened) -> list[PaperFiles]:
    papers: list[PaperFiles] = []
    for row in await asked.of(found.dossier.id):
        if row.answer is not None:
            papers += _read_answer(found.key.open(_place(row.id, "answer"), row.answer)).papers
        if row.before is not None:
            papers += _read_private(found.key.open(_place(row.id, "before"), row.before)).papers
    return papers


async def supplement_receipt(found: Opened, supplement: UUID) -> Receipt | None:
    """Read the receipt of an answer; None while it is not handed in. NotFound."""
    row = await _of(found, supplement)
    if row.receipt is None:
        return None
    return _read_receipt(found.key.open(_place(row.id, "receipt"), row.receipt))


async def latest_receipt(found: Opened) -> Receipt:
    """Read the newest receipt: of the last answer, else of the submission; NotAllowedNow."""
    answers = [row for row in await asked.of(found.dossier.id) if row.receipt and row.answered_at]
    if not answers:
        return found.receipt()
    last = max(answers, key=lambda row: row.answered_at or row.asked_at)
    return _read_receipt(found.key.open(_place(last.id, "receipt"), last.receipt or b""))


async def keep_answer(
    found: Opened, supplement: Supplement, answer: Answer, *, vault: Vault
) -> set[str] | None:
    """Keep the draft of an answer, in the caller's transaction; None when it is not open any more.

    Gives the hashes of all files that the dossier and its answers name from now on.
    """
    await store.hold(supplement.dossier)
    sealed = found.key.seal(_place(supplement.id, "answer"), msgspec.json.encode(answer))
    if not await asked.keep_answer(supplement.id, sealed):
        return None
    now_there = await opened(supplement.dossier, vault)
    return {*now_there.private().files(), *await _earlier_files(now_there)}


def answered(owned: Private, answer: Answer, procedure: Procedure) -> Private:
    """Give the private part as it is after an answer; Unprocessable with the places."""
    return merged(owned, answer, people_fields=people_fields(procedure, owned))


async def hand_in(
    found: Opened,
    supplement: Supplement,
    *,
    after: Private,
    receipt: Receipt,
    vault: Vault,
    now: datetime,
) -> bool:
    """Hand in the answer (nộp phần bổ sung), in the caller's transaction.

    The official request returns the dossier to where it came from; the system's lets the forward
    go. False when another request was first; TooLate after `until`.
    """
    current, key = found.dossier, found.key
    if supplement.until is not None and now > supplement.until:
        raise TooLate
    await store.hold(current.id)  # the dossier before its request, as everybody who changes both
    row = await _of(found, supplement.id)
    before = key.seal(_place(row.id, "before"), key.open(PRIVATE, found.sealed))
    sealed = key.seal(_place(row.id, "receipt"), msgspec.json.encode(receipt))
    if row.answer is None or not await asked.hand_in(
        row.id, seen=row.answer, before=before, receipt=sealed, now=now
    ):
        return False
    if supplement.by == "officer":
        # before the new answers stand: a promise goes on by the case that it was made for
        expected = await clock.expect(current, after.answers)
        await moved(expected, "answer", by="citizen", now=now, vault=vault)
    else:
        await step_aside(current, "retaken", held_at=None, by="citizen", now=now)
    await store.replace_private(current.id, key.seal(PRIVATE, msgspec.json.encode(after)))
    await store.replace_words(current.id, await word_marks(current, after, vault))
    await store.replace_track_marks(current.id, track_marks(current, after, vault))
    await outbox.emit(
        SupplementAnswered(
            dossier=current.id,
            at=now,
            unit=current.unit,
            supplement=row.id,
            by=supplement.by,
        )
    )
    return True


def field_ids(procedure: Procedure) -> set[str]:
    """List the questions of a procedure's form."""
    return {field.id for step in procedure.steps for field in step.fields}


def paper_names(procedure: Procedure) -> dict[str, str]:
    """List the papers of a procedure that take files, by id."""
    return {paper.id: paper.name for paper in procedure.papers if paper.kind == "upload"}


def people_fields(procedure: Procedure, owned: Private) -> dict[str, tuple[str, str]]:
    """List the questions that edit a person: whom (`owner` or `submitter`) and which part."""
    requester = "submitter" if owned.submitter else "owner"
    named = {field.id: field.is_ for step in procedure.steps for field in step.fields if field.is_}
    parts = {field: is_.split(".") for field, is_ in named.items()}
    return {
        field: (requester if who == "requester" else who, what)
        for field, (who, what) in parts.items()
    }


async def _of(found: Opened, supplement: UUID) -> SupplementRow:
    for row in await asked.of(found.dossier.id):
        if row.id == supplement:
            return row
    raise NotFound


def _waits(row: SupplementRow) -> bool:
    return row.asked_by == "system" and row.answered_at is None and row.closed_at is None


def _row(
    dossier: Dossier,
    request: Request,
    *,
    by: Asker,
    until: datetime | None,
    key: DossierKey,
    now: datetime,
) -> SupplementRow:
    made = uuid4()
    return SupplementRow(
        id=made,
        dossier=dossier.id,
        asked_by=by,
        sealed=_sealed_request(made, request, key),
        asked_at=now,
        until=until,
    )


def _supplement(row: SupplementRow, key: DossierKey) -> Supplement:
    request = _read_request(key.open(_place(row.id, "items"), row.sealed))
    answer = _read_answer(key.open(_place(row.id, "answer"), row.answer)) if row.answer else None
    return Supplement(
        id=row.id,
        dossier=row.dossier,
        by=row.asked_by,
        items=request.items,
        reason=request.reason,
        asked_at=row.asked_at,
        until=row.until,
        answer=answer,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
    )


def _sealed_request(supplement: UUID, request: Request, key: DossierKey) -> bytes:
    return key.seal(_place(supplement, "items"), msgspec.json.encode(request))


def _place(supplement: UUID, what: str) -> str:
    return f"supplements.{what}.{supplement}"


def _asked(row: SupplementRow, unit: str, now: datetime) -> SupplementAsked:
    return SupplementAsked(
        dossier=row.dossier, at=now, unit=unit, supplement=row.id, by=row.asked_by
    )
