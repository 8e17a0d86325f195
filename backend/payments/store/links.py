"""Queries about pay links: which number of a fee's links is live."""

from datetime import datetime
from uuid import UUID

from backend.platform import db


async def begin(obligation: UUID, *, now: datetime) -> int:
    """Give the number of the live links, a new one when the earlier ones were ended."""
    found = await db.rows(
        "INSERT INTO pay_links (obligation, number, begun_at) VALUES ({}, 1, {})"
        " ON CONFLICT (obligation) DO UPDATE SET"
        " number = pay_links.number + CASE WHEN pay_links.ended_at IS NULL THEN 0 ELSE 1 END,"
        " ended_at = NULL RETURNING number",
        obligation, now,
    )  # fmt: skip
    number: int = found[0]["number"]
    return number


async def end(obligation: UUID, *, now: datetime) -> bool:
    """End the live links; False when there were none."""
    changed = await db.execute(
        "UPDATE pay_links SET ended_at = {} WHERE obligation = {} AND ended_at IS NULL",
        now, obligation,
    )  # fmt: skip
    return changed == 1


async def live(dossier: UUID) -> int | None:
    """Read the number of the live links of a dossier's fee."""
    found = await db.row(
        "SELECT l.number FROM pay_links l JOIN obligations o ON o.id = l.obligation"
        " WHERE o.dossier = {} AND l.ended_at IS NULL",
        dossier,
    )  # fmt: skip
    return found["number"] if found else None
