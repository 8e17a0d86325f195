"""Queries of one dossier; each change names the revision it was decided on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.dossiers.model.record import Dossier, Draft
from backend.dossiers.model.states import State
from backend.dossiers.store.shapes import MoveRow, Secret, columns, shaped
from backend.platform.db import execute, execute_many, row, rows

_COLUMNS = columns(Dossier)
_MOVE = columns(MoveRow)


async def get(dossier: UUID) -> Dossier | None:
    """Read one dossier by id."""
    found = await row(f"SELECT {_COLUMNS} FROM dossiers WHERE id = {{}}", dossier)
    return shaped(found, Dossier) if found else None


async def by_code(code: str) -> Dossier | None:
    """Read one dossier by its code."""
    found = await row(f"SELECT {_COLUMNS} FROM dossiers WHERE code = {{}}", code)
    return shaped(found, Dossier) if found else None


async def with_secret(dossier: UUID) -> tuple[Dossier, Secret] | None:
    """Read one dossier with its sealed columns: the one read of a citizen's request."""
    found = await row(
        f"SELECT {_COLUMNS}, key_hash, sealed, receipt FROM dossiers WHERE id = {{}}", dossier
    )
    return (shaped(found, Dossier), shaped(found, Secret)) if found else None


async def with_track_marks(code: str) -> tuple[Dossier, bytes] | None:
    """Read one dossier by code with the marks of its second factors."""
    found = await row(f"SELECT {_COLUMNS}, track_marks FROM dossiers WHERE code = {{}}", code)
    return (shaped(found, Dossier), bytes(found["track_marks"] or b"")) if found else None


async def insert_draft(
    dossier: UUID, draft: Draft, *, key_hash: bytes, wrapped: bytes, sealed: bytes, now: datetime
) -> bool:
    """Insert a new draft; False when another request made it first."""
    changed = await execute(
        "INSERT INTO dossiers (id, procedure, version, unit, channel, qr, example, state, rev,"
        " created_at, changed_at, key_hash, wrapped_key, sealed)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, 'draft', 1, {}, {}, {}, {}, {})"
        " ON CONFLICT (id) DO NOTHING",
        dossier, draft.procedure, draft.version, draft.unit, draft.channel, draft.qr,
        int(draft.example), now, now, key_hash, wrapped, sealed,
    )  # fmt: skip
    return bool(changed)


async def replace_draft(
    dossier: UUID, draft: Draft, *, seen: int, sealed: bytes, now: datetime
) -> bool:
    """Replace a draft of a known revision; False when it changed meanwhile."""
    changed = await execute(
        "UPDATE dossiers SET procedure = {}, version = {}, unit = {}, channel = {}, qr = {},"
        " example = {}, rev = rev + 1, changed_at = {}, sealed = {}"
        " WHERE id = {} AND state = 'draft' AND rev = {}",
        draft.procedure, draft.version, draft.unit, draft.channel, draft.qr,
        int(draft.example), now, sealed, dossier, seen,
    )  # fmt: skip
    return bool(changed)


async def submit(made: Dossier, *, track_marks: bytes, receipt: bytes) -> bool:
    """Turn the draft of the revision before `made` into it; False when somebody was first."""
    changed = await execute(
        "UPDATE dossiers SET state = 'submitted', rev = {}, code = {}, submitted_at = {},"
        " changed_at = {}, expected_at = {}, queue_at = {}, campaign = {}, track_digits = {},"
        " track_marks = {}, receipt = {} WHERE id = {} AND state = 'draft' AND rev = {}",
        made.rev, made.code, made.submitted_at, made.changed_at, made.expected_at, made.queue_at,
        made.campaign, made.track_digits, track_marks, receipt, made.id, made.rev - 1,
    )  # fmt: skip
    return bool(changed)


async def hold(dossier: UUID) -> None:
    """Keep a dossier to this transaction: who is changing it now has ended before it is read."""
    await execute("UPDATE dossiers SET rev = rev WHERE id = {}", dossier)


async def move(made: Dossier, *, before: State) -> bool:
    """Write a moved dossier over the revision before it; False when somebody was first."""
    changed = await execute(
        "UPDATE dossiers SET state = {}, came_from = {}, rev = {}, changed_at = {},"
        " accepted_at = {}, expected_at = {}, due_at = {}, finished_at = {}, returned_at = {},"
        " held_at = {}, queue_at = {} WHERE id = {} AND state = {} AND rev = {}",
        made.state.value, made.came_from.value if made.came_from else None, made.rev,
        made.changed_at, made.accepted_at, made.expected_at, made.due_at, made.finished_at,
        made.returned_at, made.held_at, made.queue_at, made.id, before.value, made.rev - 1,
    )  # fmt: skip
    return bool(changed)


async def add_move(move: MoveRow) -> None:
    """Keep one step for the timeline."""
    await execute(
        f"INSERT INTO dossier_moves ({_MOVE}) VALUES ({{}}, {{}}, {{}}, {{}}, {{}}, {{}}, {{}},"
        " {}, {})",
        move.dossier, move.rev, move.at, move.verb, move.before.value, move.after.value,
        move.actor, move.until, move.sealed,
    )  # fmt: skip


async def moves(dossier: UUID) -> list[MoveRow]:
    """Read the steps of a dossier, oldest first."""
    found = await rows(
        f"SELECT {_MOVE} FROM dossier_moves WHERE dossier = {{}} ORDER BY rev", dossier
    )
    return [shaped(one, MoveRow) for one in found]


async def replace_private(dossier: UUID, sealed: bytes) -> None:
    """Replace the private part, after a supplement was answered."""
    await execute("UPDATE dossiers SET sealed = {} WHERE id = {}", sealed, dossier)


async def replace_words(dossier: UUID, marks: Sequence[bytes]) -> None:
    """Replace the blind marks a dossier is found by."""
    await execute("DELETE FROM dossier_words WHERE dossier = {}", dossier)
    await add_words(dossier, marks)


async def add_words(dossier: UUID, marks: Sequence[bytes]) -> None:
    """Keep the blind marks a dossier is found by."""
    await execute_many(
        "INSERT INTO dossier_words (mark, dossier) VALUES ({}, {})",
        [(mark, dossier) for mark in marks],
    )


async def replace_track_marks(dossier: UUID, marks: bytes) -> None:
    """Replace the marks of the second factors, after a phone was corrected."""
    await execute("UPDATE dossiers SET track_marks = {} WHERE id = {}", marks, dossier)


async def replace_key(dossier: UUID, key_hash: bytes) -> None:
    """Replace the hash of the citizen's key: earlier keys end."""
    await execute("UPDATE dossiers SET key_hash = {} WHERE id = {}", key_hash, dossier)


async def mark_received(dossier: UUID, receipt_number: str) -> bool:
    """Note the one-stop's number; False when it stands already."""
    changed = await execute(
        "UPDATE dossiers SET receipt_number = {}"
        " WHERE id = {} AND (receipt_number IS NULL OR receipt_number <> {})",
        receipt_number, dossier, receipt_number,
    )  # fmt: skip
    return bool(changed)


async def delete_draft(dossier: UUID, *, before: datetime) -> bool:
    """Delete a draft that is still untouched since a moment."""
    changed = await execute(
        "DELETE FROM dossiers WHERE id = {} AND state = 'draft' AND changed_at < {}",
        dossier, before,
    )  # fmt: skip
    return bool(changed)
