"""Queries of one-time codes (mã dùng một lần); what stands there is a keyed mark, never a code."""

from datetime import datetime
from uuid import UUID

from backend.platform.db import execute, row


async def keep(dossier: UUID, *, mark: bytes, now: datetime, ends_at: datetime) -> None:
    """Keep the newest code of a dossier; an earlier one ends."""
    await execute(
        "INSERT INTO one_time_codes (dossier, mark, tries, made_at, ends_at)"
        " VALUES ({}, {}, 0, {}, {}) ON CONFLICT (dossier) DO UPDATE"
        " SET mark = excluded.mark, tries = 0, made_at = excluded.made_at,"
        " ends_at = excluded.ends_at",
        dossier, mark, now, ends_at,
    )  # fmt: skip


async def take_try(dossier: UUID, *, most: int, now: datetime) -> bytes | None:
    """Count one try and give the mark to compare with; None when there is nothing left to try."""
    found = await row(
        "UPDATE one_time_codes SET tries = tries + 1"
        " WHERE dossier = {} AND tries < {} AND ends_at > {} RETURNING mark",
        dossier, most, now,
    )  # fmt: skip
    return bytes(found["mark"]) if found else None


async def use_up(dossier: UUID, mark: bytes) -> bool:
    """Use a code up; False when another request was first."""
    changed = await execute(
        "DELETE FROM one_time_codes WHERE dossier = {} AND mark = {}", dossier, mark
    )
    return bool(changed)


async def forget(*, before: datetime) -> None:
    """Delete codes that ended before a moment."""
    await execute("DELETE FROM one_time_codes WHERE ends_at < {}", before)
