"""Deciding at the desk: accept, decline, ask, finish, hand over; quote a fee and take money."""

from backend import dossiers, payments
from backend.dossiers import Dossier
from backend.platform.db import transaction
from backend.workbench.actions.reading import Desk, full, mine
from backend.workbench.model import (
    PAID_LATER,
    Collection,
    DecidedElsewhere,
    Decision,
    Full,
    Quotation,
    ReasonNeeded,
    SupplementWanted,
)


async def move(desk: Desk, code: str, verb: str, decision: Decision) -> Full:
    """Move a dossier: decline, stop, finish or return; accept has its own rule."""
    dossier = await mine(desk, code)
    _refuse_elsewhere(desk)
    moved = await _moved(desk, dossier, verb, decision)
    return await full(desk, moved)


async def accept(desk: Desk, code: str, decision: Decision) -> Full:
    """Accept a dossier (tiếp nhận): from now on the promised date holds.

    While its fee is unpaid an officer may accept it only with a reason: ReasonNeeded. The reason
    stays in the office as a note; the citizen reads that the fee is paid later.
    """
    dossier = await mine(desk, code)
    _refuse_elsewhere(desk)
    async with transaction():
        obligation, _attempts = await payments.of_dossier(dossier.id)
        unpaid = obligation is not None and not payments.due_settled(obligation)
        if unpaid and decision.checked_reason() is None:
            raise ReasonNeeded
        moved = await _moved(desk, dossier, "accept", decision.kept(PAID_LATER if unpaid else None))
    return await full(desk, moved)


async def _moved(desk: Desk, dossier: Dossier, verb: str, decision: Decision) -> Dossier:
    return await dossiers.move(
        dossier.id,
        verb,
        by=desk.officer.actor,
        now=desk.now,
        seen=decision.seen,
        reason=decision.checked_reason(),
        note=decision.checked_note(),
        vault=desk.vault,
    )


def _refuse_elsewhere(desk: Desk) -> None:
    if not desk.decided_here:
        raise DecidedElsewhere


async def request_supplement(desk: Desk, code: str, wanted: SupplementWanted) -> Full:
    """Ask the citizen once to complete the dossier (yêu cầu bổ sung)."""
    dossier = await mine(desk, code)
    _refuse_elsewhere(desk)
    asked = await dossiers.ask_supplement(
        dossier.id,
        by=desk.officer.actor,
        items=wanted.checked_items(),
        until=wanted.ends_at(),
        now=desk.now,
        vault=desk.vault,
        seen=wanted.seen,
        reason=wanted.checked_reason(),
        note=wanted.checked_note(),
    )
    return await full(desk, asked)


async def quote(desk: Desk, code: str, quotation: Quotation) -> Full:
    """Set a fee that was not known at submission (báo phí), with its legal basis."""
    dossier = await mine(desk, code)
    by, lines = desk.officer.actor, quotation.checked_lines()
    async with transaction():
        await dossiers.note_step(dossier.id, "quoted", by=by, now=desk.now, seen=quotation.seen)
        await payments.quote(dossier.id, lines, by=by, now=desk.now)
    return await full(desk, await dossiers.get(dossier.id))


async def collect(desk: Desk, code: str, collection: Collection) -> Full:
    """Take money at the counter (thu tại quầy): cash, or a card slip's number."""
    dossier = await mine(desk, code)
    by, slip_number = desk.officer.actor, collection.checked_slip()
    async with transaction():
        await dossiers.note_step(dossier.id, "collected", by=by, now=desk.now, seen=collection.seen)
        await payments.collect(
            dossier.id,
            kind=collection.kind,
            amount=collection.amount,
            slip_number=slip_number,
            terminal=collection.checked_terminal(),
            by=by,
            now=desk.now,
        )
    return await full(desk, await dossiers.get(dossier.id))
