"""The clock of a dossier (thời hạn giải quyết): acceptance starts it, a supplement stops it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from backend import catalogue, places
from backend.catalogue import Visit
from backend.dossiers.actions.reading import Opened, private, procedure_of
from backend.dossiers.model.record import NO_DEADLINE, Dossier, Standstill
from backend.dossiers.model.states import OPEN_STATES, State
from backend.dossiers.store import pauses as store
from backend.places import Due, Pause
from backend.platform.kit.clock import VIETNAM
from backend.platform.vault import Vault


class Ahead(Struct, frozen=True):
    """A visit that is still to be made, without its day: what whoever looks it up may know.

    `over`: what was expected of it has passed. `before`: who comes earlier on the day that was
    chosen is served that day; None where no hour decides it.
    """

    over: bool
    before: str | None


class Tick(Struct, frozen=True):
    """A dossier with the date it has after a move, and how that date came about."""

    dossier: Dossier
    due: Due | None = None


async def tick(
    before: Dossier, after: Dossier, *, promised: datetime | None, vault: Vault | None
) -> Tick:
    """Say what a move does to the promised date: acceptance makes it, the end of a pause moves it.

    `promised` is a date that another authority gave with the acceptance. Where the time depends
    on the answers, acceptance needs the vault to read them (ValueError).
    """
    if before.accepted_at is None and after.accepted_at is not None:
        due = None if promised else await _due(after, after.accepted_at, vault)
        date = promised or (due.at if due else None)
        return Tick(_dated(after, date), due)
    if before.paused and not after.paused and before.due_at is not None:
        moved = await _gone_on(before, before.due_at, now=after.changed_at, vault=vault)
        return Tick(_dated(after, moved.at), moved)
    return Tick(after)


async def expect(dossier: Dossier, answers: Mapping[str, object]) -> Dossier:
    """Give a dossier the date that its new answers let expect, until acceptance promises one.

    What an officer has promised is kept whatever the answers become: it moves by pauses alone.
    """
    if dossier.accepted_at is not None or dossier.submitted_at is None:
        return dossier
    procedure = await procedure_of(dossier)
    start = places.current().reached(dossier.submitted_at, unit=dossier.unit)
    date = procedure.due_at(start, unit=dossier.unit, answers=answers)
    return msgspec.structs.replace(dossier, expected_at=date, queue_at=date or NO_DEADLINE)


async def keep(before: Dossier, after: Dossier) -> None:
    """Keep the stretch that a move begins or ends, in the caller's transaction."""
    if after.paused and not before.paused:
        await store.begin(after.id, at=after.changed_at, due=before.due_at)
    elif before.paused and not after.paused:
        await store.end(after.id, at=after.changed_at, due=after.due_at)


async def standstills(dossier: UUID) -> list[Standstill]:
    """List when the clock stood still (các lần tạm dừng), oldest first."""
    return await store.of(dossier)


async def expected_from(dossier: Dossier) -> date | None:
    """Say on which day a dossier must be received for the expected date (dự kiến) to hold.

    Where the time begins with a visit that is the day of the visit: it ends on the same one.
    """
    if dossier.expected_at is None or dossier.submitted_at is None:
        return None
    if (await procedure_of(dossier)).begins_with_a_visit:
        return dossier.expected_at.astimezone(VIETNAM).date()
    received = places.current().reached(dossier.submitted_at, unit=dossier.unit)
    return received.astimezone(VIETNAM).date()


async def visit(found: Opened) -> Visit | None:
    """Tell when somebody means to come (ngày đến), until the ward has received the dossier.

    Who accepts before that moment has what the phone sent, not the person: the visit stays to come.
    """
    dossier = found.dossier
    procedure = await _visited(dossier)
    if procedure is None:
        return None
    told = procedure.visit(found.private().answers, unit=dossier.unit)
    if told is not None and dossier.accepted_at is not None and dossier.accepted_at >= told.begins:
        return None
    return told


async def visit_ahead(dossier: Dossier, *, now: datetime) -> Ahead | None:
    """Tell that a visit is still to be made, by what stands outside the sealed answers."""
    procedure = await _visited(dossier)
    if procedure is None or not await _waits(dossier, procedure):
        return None
    date = dossier.due_at or dossier.expected_at
    return Ahead(over=date is not None and date < now, before=procedure.same_day_before)


async def _visited(dossier: Dossier) -> catalogue.Procedure | None:
    """Find the procedure of a dossier for which somebody may still have to come; else None."""
    if dossier.state is State.RESULT_READY or dossier.state not in OPEN_STATES:
        return None
    procedure = await procedure_of(dossier)
    return procedure if procedure.begins_with_a_visit else None


async def _waits(dossier: Dossier, procedure: catalogue.Procedure) -> bool:
    """Tell whether the visit is still to come: accepted, only where no pause moved a later date."""
    if dossier.accepted_at is None:
        return True
    at_once = procedure.due_at(dossier.accepted_at, unit=dossier.unit)
    later = at_once is not None and dossier.due_at is not None and dossier.due_at > at_once
    return later and not await store.of(dossier.id)


def provisional(dossier: Dossier) -> bool:
    """Tell whether the date that is shown may change with a notice of holidays still to come."""
    date, start = dossier.due_at or dossier.expected_at, dossier.accepted_at or dossier.submitted_at
    if date is None or start is None:
        return False
    return not places.calendar().announces(start, date)


async def _gone_on(
    dossier: Dossier, promised: datetime, *, now: datetime, vault: Vault | None
) -> Due:
    """Move a promise by what stood still: by the procedure's own rule where it made the promise."""
    found = await store.of(dossier.id)
    stood = [Pause(one.begins, one.ends) for one in found if one.ends is not None]
    begins = next((one.begins for one in found if one.ends is None), now)
    last = Pause(begins, now)
    start = dossier.accepted_at or now
    if vault is None and (await procedure_of(dossier)).times_by_answers:
        return places.current().shifted(promised, last, unit=dossier.unit)
    earlier = await _due(dossier, start, vault, stood)
    due = await _due(dossier, start, vault, [*stood, last])
    if earlier is not None and due is not None and earlier.at == promised:
        return due
    return places.current().shifted(promised, last, unit=dossier.unit)


async def _due(
    dossier: Dossier, start: datetime, vault: Vault | None, pauses: Sequence[Pause] = ()
) -> Due | None:
    procedure = await procedure_of(dossier)
    answers = None
    if procedure.times_by_answers:
        if vault is None:
            raise ValueError("the time depends on the answers: pass the vault")
        answers = (await private(dossier, vault)).answers
    return procedure.due(start, unit=dossier.unit, answers=answers, pauses=pauses)


def _dated(dossier: Dossier, due: datetime | None) -> Dossier:
    return msgspec.structs.replace(dossier, due_at=due, queue_at=due or NO_DEADLINE)
