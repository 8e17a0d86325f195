"""Events (sự kiện): told in the transaction that made them true, acted on after its commit.

Who reacts to what is one table, handed in once by `connect` when the app is built, so that no room
imports a room above it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct

from backend.platform import db, jobs


class Event(Struct, frozen=True, kw_only=True, tag=True):
    """Something that has happened; rooms subclass it with what a reader needs to know.

    In a job's payload its class's name stands as `type`, so that a handler of several events
    decodes their union.
    """

    dossier: UUID | None
    at: datetime


class Reaction(Struct, frozen=True):
    """What follows an event: together, in its transaction, and later, as jobs by their topic."""

    together: tuple[Callable[[Event], Awaitable[None]], ...] = ()
    later: tuple[str, ...] = ()


_reactions: list[Mapping[type[Event], Reaction]] = []


def connect(reactions: Mapping[type[Event], Reaction]) -> None:
    """Set who reacts to what; a second call replaces the first."""
    _reactions[:] = [dict(reactions)]


async def emit(event: Event) -> None:
    """Tell an event inside the transaction that made it true; its jobs wait for the commit.

    A topic is `<room>.<verb>`; jobs of one room about one dossier run in the order of their
    events, while another room's jobs are not held up by them.
    """
    if not db.in_transaction():
        raise db.TransactionBroken("an event is told inside the transaction that made it true")
    if not _reactions:
        raise RuntimeError("outbox.connect was not called: nobody would hear this event")
    reaction = _reactions[0].get(type(event), Reaction())
    for react in reaction.together:
        await react(event)
    key = uuid4().hex
    for topic in reaction.later:
        lane = f"{topic.partition('.')[0]}:{event.dossier}" if event.dossier else None
        await jobs.add(topic, lane=lane, key=key, payload=event, due_at=event.at)
