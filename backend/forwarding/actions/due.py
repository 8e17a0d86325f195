"""When a dossier goes to the one-stop: reactions, in the transaction of the event they follow."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from backend import dossiers, payments
from backend.forwarding import store
from backend.forwarding.model import Move
from backend.platform import jobs
from backend.platform.outbox import Event

DELIVER = "forwarding.deliver"


class Due(Struct, frozen=True):
    """The payload of a delivery's job."""

    dossier: UUID


async def on_submitted(event: Event) -> None:
    """Let a dossier go where its procedure carries no fee at all."""
    assert isinstance(event, dossiers.DossierSubmitted)  # noqa: S101 - the reactions table
    dossier = await dossiers.get(_id_of(event))
    procedure = await dossiers.procedure_of(dossier)
    if procedure.definition.fee is None:
        await _make_due(dossier.id, event.unit, key="submitted", now=event.at)


async def on_settled(event: Event) -> None:
    """Let a dossier go when nothing is owed any more, unless it has ended before."""
    assert isinstance(event, payments.ObligationSettled)  # noqa: S101 - the reactions table
    dossier = await dossiers.get(_id_of(event))
    if dossier.state not in dossiers.ENDS:
        await _make_due(dossier.id, event.unit, key="settled", now=event.at)


async def on_moved(event: Event) -> None:
    """Keep a move to tell, unless the one-stop made it; acceptance lets an unpaid dossier go."""
    assert isinstance(event, dossiers.DossierMoved)  # noqa: S101 - the reactions table
    if event.by == "onestop":
        return
    dossier = _id_of(event)
    move = Move(rev=event.rev, at=event.at, verb=event.verb, after=event.after)
    await store.add_move(dossier, move)
    if event.verb == "accept" or await store.get(dossier) is not None:
        await _make_due(dossier, event.unit, key=str(event.rev), now=event.at)


async def _make_due(dossier: UUID, unit: str, *, key: str, now: datetime) -> None:
    await store.make_due(dossier, unit, now=now)
    lane = f"forwarding:{dossier}"
    await jobs.add(DELIVER, lane=lane, key=f"{dossier}:{key}", payload=Due(dossier), due_at=now)


def _id_of(event: Event) -> UUID:
    if event.dossier is None:
        raise ValueError("an event of the hand-over names its dossier")
    return event.dossier
