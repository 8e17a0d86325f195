"""Queries over many dossiers: the officers' queue, and what is due for retention."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.dossiers.model.record import Dossier
from backend.dossiers.model.states import State
from backend.dossiers.store.shapes import among, columns, shaped
from backend.platform.db import rows

_COLUMNS = columns(Dossier)


async def inbox(
    units: Sequence[str],
    *,
    states: Sequence[State],
    code: str | None,
    marks: Sequence[bytes],
    words: int,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[tuple[Dossier, bytes]]:
    """Read a page of the queue by deadline, then code; each dossier with its private part.

    `marks` are the search words' marks for every unit; `words` says how many a dossier must have.
    """
    where, values = among("unit", units)
    more, found = among("state", [state.value for state in states])
    where, values = f"{where} AND {more}", [*values, *found]
    if code is not None:
        where, values = f"{where} AND code = {{}}", [*values, code]
    if words:
        more, found = among("mark", marks)
        where += f" AND id IN (SELECT dossier FROM dossier_words WHERE {more}"
        where += " GROUP BY dossier HAVING count(*) = {})"
        values = [*values, *found, words]
    if after is not None:
        where, values = f"{where} AND (queue_at, code) > ({{}}, {{}})", [*values, *after]
    page = await rows(
        f"SELECT {_COLUMNS}, sealed FROM dossiers WHERE {where} ORDER BY queue_at, code LIMIT {{}}",
        *values,
        limit,
    )
    return [(shaped(one, Dossier), bytes(one["sealed"])) for one in page]


async def counts(units: Sequence[str], states: Sequence[State]) -> dict[State, int]:
    """Count units' dossiers by state, from the queue's index alone; a state without any misses."""
    where, values = among("unit", units)
    more, found = among("state", [state.value for state in states])
    counted = await rows(
        f"SELECT state, count(*) AS dossiers FROM dossiers WHERE {where} AND {more} GROUP BY state",
        *values,
        *found,
    )
    return {State(one["state"]): one["dossiers"] for one in counted}


async def marked(mark: bytes, *, since: datetime) -> int:
    """Count the dossiers handed in since a moment that have a mark."""
    [counted] = await rows(
        "SELECT count(*) AS dossiers FROM dossier_words w JOIN dossiers d ON d.id = w.dossier"
        " WHERE w.mark = {} AND d.submitted_at >= {}",
        mark,
        since,
    )
    return int(counted["dossiers"])


async def past_until(now: datetime, *, limit: int) -> list[UUID]:
    """List dossiers whose supplement was not answered in time."""
    found = await rows(
        "SELECT s.dossier FROM supplements s JOIN dossiers d ON d.id = s.dossier"
        " WHERE s.until < {} AND s.answered_at IS NULL AND s.closed_at IS NULL"
        " AND s.asked_by = 'officer' AND d.state = 'supplement_requested'"
        " ORDER BY s.until LIMIT {}",
        now,
        limit,
    )
    return [one["dossier"] for one in found]


async def old_drafts(before: datetime, *, limit: int) -> list[UUID]:
    """List drafts that nobody touched since a moment."""
    found = await rows(
        "SELECT id FROM dossiers WHERE state = 'draft' AND changed_at < {}"
        " ORDER BY changed_at LIMIT {}",
        before,
        limit,
    )
    return [one["id"] for one in found]
