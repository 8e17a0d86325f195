"""Moving dossiers from state to state: one conditional UPDATE, one step, one row, one event."""

from datetime import datetime
from uuid import UUID

import msgspec

from backend.dossiers.actions import clock
from backend.dossiers.actions.reading import get
from backend.dossiers.model.events import DossierMoved
from backend.dossiers.model.record import Dossier, Why
from backend.dossiers.model.states import ENDS, NotAllowedNow, Stale, State, allowed, kind_of
from backend.dossiers.store import dossiers as store
from backend.dossiers.store import supplements
from backend.dossiers.store.shapes import MoveRow
from backend.places import Due
from backend.platform import audit, outbox
from backend.platform.db import in_transaction, transaction
from backend.platform.vault import DossierKey, Vault

_TRIES = 3
_DATED = frozenset({"accept", "answer"})
_OWN_WAY = frozenset({"submit", "request_supplement", "answer"})


async def move(
    dossier: UUID,
    verb: str,
    *,
    by: str,
    now: datetime,
    seen: int | None = None,
    reason: str | None = None,
    note: str | None = None,
    due_at: datetime | None = None,
    vault: Vault | None = None,
) -> Dossier:
    """Move a dossier by one of MOVES; row, timeline, audit and event stand or fall together.

    `seen` is the revision that the actor read; another one is Stale. `reason` is told to the
    citizen, `note` to officers only; both are sealed, so they need the vault (ValueError).
    `accept` promises `due_at`, or the due date of the pinned procedure. NotFound, NotAllowedNow.
    """
    if verb in _OWN_WAY:
        raise NotAllowedNow(f"{verb} has its own way")
    tries = _TRIES if seen is None and not in_transaction() else 1
    while True:
        tries -= 1
        try:
            async with transaction():
                current = await get(dossier)
                refuse_stale(current, seen)
                sealed = seal_why(current, reason, note, vault)
                return await moved(
                    current, verb, by=by, now=now, due_at=due_at, sealed=sealed, vault=vault
                )
        except Stale:
            if not tries:
                raise


async def moved(
    current: Dossier,
    verb: str,
    *,
    by: str,
    now: datetime,
    due_at: datetime | None = None,
    until: datetime | None = None,
    sealed: bytes | None = None,
    vault: Vault | None = None,
) -> Dossier:
    """Make one move in the caller's transaction; Stale when somebody was first."""
    after = allowed(verb, current.state, by=by, came_from=current.came_from)
    tick = await clock.tick(
        current, current.changed(after, verb, now=now), promised=due_at, vault=vault
    )
    made = tick.dossier
    if not await store.move(made, before=current.state):
        raise Stale
    await clock.keep(current, made)
    if after in ENDS or current.held:
        await supplements.close(made.id, now=now, only_of_system=after not in ENDS)
    ends = until or (made.due_at if verb in _DATED else None)
    await add_step(made, verb, before=current.state, by=by, until=ends, sealed=sealed, due=tick.due)
    await outbox.emit(_told(current, made, verb, by=by))
    return made


async def note_step(
    dossier: UUID,
    verb: str,
    *,
    by: str,
    now: datetime,
    seen: int,
    reason: str | None = None,
    note: str | None = None,
    vault: Vault | None = None,
) -> None:
    """Note a step that changes no state (báo phí, thu phí), in the caller's transaction; Stale.

    `reason` is told to the citizen, `note` to officers only, as in `move`.
    """
    current = await get(dossier)
    refuse_stale(current, seen)
    sealed = seal_why(current, reason, note, vault)
    await step_aside(current, verb, held_at=current.held_at, by=by, now=now, sealed=sealed)


async def step_aside(
    current: Dossier,
    verb: str,
    *,
    held_at: datetime | None,
    by: str,
    now: datetime,
    sealed: bytes | None = None,
) -> None:
    """Note a step that changes no state, only whether the forward is held back; Stale."""
    made = msgspec.structs.replace(current, held_at=held_at, rev=current.rev + 1, changed_at=now)
    if not await store.move(made, before=current.state):
        raise Stale
    await add_step(made, verb, before=current.state, by=by, sealed=sealed)


async def mark_received(dossier: UUID, *, receipt_number: str, now: datetime) -> None:
    """Note the number under which the one-stop received a dossier (số biên nhận)."""
    async with transaction():
        current = await get(dossier)
        if await store.mark_received(dossier, receipt_number):
            await audit.write(
                actor="onestop",
                verb="dossier.received",
                dossier=dossier,
                unit=current.unit,
                facts={"receipt_number": receipt_number},
                now=now,
            )


async def add_step(
    made: Dossier,
    verb: str,
    *,
    before: State,
    by: str,
    until: datetime | None = None,
    sealed: bytes | None = None,
    due: Due | None = None,
) -> None:
    """Keep a step for the timeline and for the journal, with the count where it made a date."""
    step = MoveRow(
        dossier=made.id,
        rev=made.rev,
        at=made.changed_at,
        verb=verb,
        before=before,
        after=made.state,
        actor=by,
        until=until,
        sealed=sealed,
    )
    await store.add_move(step)
    await audit.write(
        actor=by,
        verb=f"dossier.{verb}",
        dossier=made.id,
        unit=made.unit,
        facts={
            "before": before.value,
            "after": made.state.value,
            "rev": made.rev,
            **_counted(due),
        },
        now=made.changed_at,
    )


def refuse_stale(current: Dossier, seen: int | None) -> None:
    """Refuse a decision that was made on another revision: Stale."""
    if seen is not None and seen != current.rev:
        raise Stale(extra={"rev": current.rev})


def seal_why(
    current: Dossier, reason: str | None, note: str | None, vault: Vault | None
) -> bytes | None:
    """Seal the words of the step that follows a revision; None when there are none."""
    if reason is None and note is None:
        return None
    if vault is None:
        raise ValueError("a reason or note is sealed: pass the vault")
    key = vault.open_key(current.wrapped_key, current.id)
    return sealed_why(current, Why(reason=reason, note=note), key)


def sealed_why(current: Dossier, why: Why, key: DossierKey) -> bytes:
    """Seal words for the step that follows a revision."""
    return key.seal(f"dossiers.step.{current.rev + 1}", msgspec.json.encode(why))


def _counted(due: Due | None) -> dict[str, str]:
    """Write how a date came about, for the journal."""
    return {"count": " · ".join(step.vi for step in due.steps)} if due else {}


def _told(current: Dossier, made: Dossier, verb: str, *, by: str) -> DossierMoved:
    return DossierMoved(
        dossier=made.id,
        at=made.changed_at,
        unit=made.unit,
        procedure=made.procedure,
        channel=made.channel,
        verb=verb,
        before=current.state,
        after=made.state,
        by=kind_of(by),
        rev=made.rev,
    )
