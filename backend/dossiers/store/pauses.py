"""Queries of the stretches in which a dossier's clock stands still; one is open at a time."""

from datetime import datetime
from uuid import UUID

from backend.dossiers.model.record import Standstill
from backend.dossiers.store.shapes import columns, shaped
from backend.platform.db import execute, rows

_COLUMNS = columns(Standstill)


async def of(dossier: UUID) -> list[Standstill]:
    """Read a dossier's stretches, oldest first."""
    found = await rows(
        f"SELECT {_COLUMNS} FROM dossier_pauses WHERE dossier = {{}} ORDER BY begins", dossier
    )
    return [shaped(one, Standstill) for one in found]


async def begin(dossier: UUID, *, at: datetime, due: datetime | None) -> None:
    """Stop the clock for a supplement."""
    await execute(
        "INSERT INTO dossier_pauses (dossier, begins, why, due_before)"
        " VALUES ({}, {}, 'supplement', {})",
        dossier, at, due,
    )  # fmt: skip


async def end(dossier: UUID, *, at: datetime, due: datetime | None) -> None:
    """Let the clock go on; `due` is what is promised from now on."""
    await execute(
        "UPDATE dossier_pauses SET ends = {}, due_after = {} WHERE dossier = {} AND ends IS NULL",
        at, due, dossier,
    )  # fmt: skip
