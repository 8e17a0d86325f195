"""Completing a dossier (bổ sung hồ sơ): flagged items only, then a new receipt."""

from datetime import datetime
from uuid import UUID

import msgspec

from backend import attachments, dossiers, payments
from backend.catalogue import Procedure
from backend.dossiers import Answer, NotAllowedNow, Opened, Private, Receipt, Stale, Supplement
from backend.intake.actions import submitting
from backend.intake.actions.opening import Citizen, Counter, enter
from backend.intake.actions.submitting import Submitted, signed
from backend.intake.model import (
    AlreadySubmitted,
    cleaned_answer,
    file_faults,
    people_of,
    refuse_bad_files,
    refuse_missing_papers,
)
from backend.intake.model.words import fault
from backend.platform.db import transaction
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Busy, Fault, NotFound, Unprocessable
from backend.platform.signing import Signer
from backend.platform.vault import Vault

_TRIES = 4


async def keep_answer(
    citizen: Citizen, supplement: UUID, answer: Answer, *, counter: Counter, now: datetime
) -> Opened:
    """Keep the answer to a request until it is handed in; NotAsked, Unprocessable.

    Files that neither it nor the dossier names any more are deleted. Handed in, the same answer
    changes nothing and another one is AlreadySubmitted.
    """
    answer = cleaned_answer(answer)
    found = await enter(citizen, counter.vault)
    asked = await _asked(found, supplement)
    procedure = await _procedure(found)
    answer = msgspec.structs.replace(answer, answers=procedure.stored(answer.answers))
    if asked.answered_at is not None:
        if asked.answer == answer:
            return found
        raise AlreadySubmitted
    dossiers.refuse_unasked(answer, asked.items)
    faults = _faults(found.private(), answer, procedure)
    if faults:
        raise Unprocessable(errors=faults)
    async with transaction():
        named = await dossiers.keep_answer(found, asked, answer, vault=counter.vault)
        if named is None:
            raise NotAllowedNow("closed")
        left = await attachments.forget_but(named, citizen.dossier)
    await attachments.delete(citizen.dossier, left, files=counter.files, now=now)
    return found


async def hand_in(
    citizen: Citizen, supplement: UUID, *, vault: Vault, signer: Signer, now: datetime
) -> Submitted:
    """Hand in the answer; a repeat gets the same receipt, byte for byte.

    PapersMissing, FilesMissing, FilesUnreadable, Unprocessable, TooLate, NotAllowedNow.
    """
    for _ in range(_TRIES):
        found = await enter(citizen, vault)
        receipt = await dossiers.supplement_receipt(found, supplement)
        obligation, _attempts = await payments.of_dossier(citizen.dossier)
        amount = obligation.amount if obligation else None
        if receipt is None:
            asked = await _asked(found, supplement)
            receipt = await _hand_in(
                found, asked, amount=amount, vault=vault, signer=signer, now=now
            )
        if receipt is not None:
            digits = found.dossier.track_digits
            return submitting.answer(receipt, digits, obligation, signer=signer)
    raise Busy


async def _hand_in(
    found: Opened,
    asked: Supplement,
    *,
    amount: int | None,
    vault: Vault,
    signer: Signer,
    now: datetime,
) -> Receipt | None:
    """Do it once; None when somebody changed the dossier or the answer meanwhile."""
    if asked.answered_at is not None:
        return None
    after = await _judged(found, asked, now=now)
    code = found.dossier.code or ""
    receipt = signed(found, after, code=code, amount=amount, signer=signer, now=now)
    try:
        async with transaction():
            done = await dossiers.hand_in(
                found, asked, after=after, receipt=receipt, vault=vault, now=now
            )
    except Stale:
        return None
    return receipt if done else None


async def _judged(found: Opened, asked: Supplement, *, now: datetime) -> Private:
    """Judge the dossier as it is after the answer; give its private part."""
    answer = asked.answer
    if not asked.open:
        raise NotAllowedNow("closed")
    if answer is None or not (answer.answers or answer.papers):
        raise Unprocessable(errors=[fault("empty-answer", "")])
    procedure = await _procedure(found)
    after = dossiers.answered(found.private(), answer, procedure)
    people, answers = procedure.clean(people_of(after), after.answers)
    filed = (found.dossier.submitted_at or now).astimezone(VIETNAM).date()
    today = now.astimezone(VIETNAM).date()
    faults = procedure.faults(people, answers, today=today, filed=filed)
    if faults:
        raise Unprocessable(errors=faults)
    named = {paper.paper for paper in answer.papers}
    wanted = [one for one in procedure.papers_wanted(people, answers) if one.id in named]
    refuse_missing_papers(wanted, answer.papers)
    states = await attachments.states(found.dossier.id) if answer.papers else {}
    refuse_bad_files(answer.papers, states, procedure.papers)
    return after


def _faults(owned: Private, answer: Answer, procedure: Procedure) -> list[Fault]:
    people = dossiers.people_fields(procedure, owned)
    dossiers.answered(owned, answer, procedure)  # a person's part of a wrong kind is refused here
    form = {key: value for key, value in answer.answers.items() if key not in people}
    return file_faults(answer.papers) + procedure.unknown_ids(form, answer.papers)


async def _asked(found: Opened, supplement: UUID) -> Supplement:
    for one in await dossiers.supplements(found):
        if one.id == supplement:
            return one
    raise NotFound


async def _procedure(found: Opened) -> Procedure:
    return await dossiers.procedure_of(found.dossier)
