"""Queries of supplement requests; the unique indexes see to it that an officer asks once."""

from datetime import datetime
from uuid import UUID

from backend.dossiers.store.shapes import SupplementRow, columns, shaped
from backend.platform.db import execute, rows

_COLUMNS = columns(SupplementRow)


async def add(supplement: SupplementRow) -> None:
    """Keep a new request; DuplicateRow when an officer has asked before."""
    await execute(
        "INSERT INTO supplements (id, dossier, asked_by, sealed, asked_at, until)"
        " VALUES ({}, {}, {}, {}, {}, {})",
        supplement.id, supplement.dossier, supplement.asked_by, supplement.sealed,
        supplement.asked_at, supplement.until,
    )  # fmt: skip


async def of(dossier: UUID) -> list[SupplementRow]:
    """Read a dossier's requests, oldest first."""
    found = await rows(
        f"SELECT {_COLUMNS} FROM supplements WHERE dossier = {{}} ORDER BY asked_at", dossier
    )
    return [shaped(one, SupplementRow) for one in found]


async def reseal(supplement: UUID, sealed: bytes) -> None:
    """Replace the items of an open request."""
    await execute("UPDATE supplements SET sealed = {} WHERE id = {}", sealed, supplement)


async def keep_answer(supplement: UUID, answer: bytes) -> bool:
    """Keep the draft of an answer; False when it was handed in or closed."""
    changed = await execute(
        "UPDATE supplements SET answer = {}"
        " WHERE id = {} AND answered_at IS NULL AND closed_at IS NULL",
        answer, supplement,
    )  # fmt: skip
    return bool(changed)


async def hand_in(
    supplement: UUID, *, seen: bytes, before: bytes, receipt: bytes, now: datetime
) -> bool:
    """Hand in the answer that was read as `seen`; False when somebody was first."""
    changed = await execute(
        "UPDATE supplements SET answered_at = {}, before = {}, receipt = {}"
        " WHERE id = {} AND answer = {} AND answered_at IS NULL AND closed_at IS NULL",
        now, before, receipt, supplement, seen,
    )  # fmt: skip
    return bool(changed)


async def close(dossier: UUID, *, now: datetime, only_of_system: bool = False) -> None:
    """Close what still waits, because the dossier moved on."""
    only = " AND asked_by = 'system'" if only_of_system else ""
    await execute(
        "UPDATE supplements SET closed_at = {}"
        f" WHERE dossier = {{}} AND answered_at IS NULL AND closed_at IS NULL{only}",
        now, dossier,
    )  # fmt: skip
