"""Every query of the room: one row per file of a dossier."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from backend.attachments.model import Check, FileState, Kind
from backend.platform import db
from backend.platform.files import Mark

_COLUMNS = "sha256, size, kind, received, stored, segments, whole_at, check_state, pages"


class Kept(Struct, frozen=True):
    """A file's row: its state, and how far its sealed bytes are safe."""

    state: FileState
    mark: Mark


async def find(dossier: UUID, sha256: str) -> Kept | None:
    """Find one file."""
    found = await db.row(
        f"SELECT {_COLUMNS} FROM attachments WHERE dossier = {{}} AND sha256 = {{}}",
        dossier,
        sha256,
    )
    return _kept(found) if found else None


async def of_dossier(dossier: UUID) -> list[Kept]:
    """Find all files of a dossier."""
    found = await db.rows(f"SELECT {_COLUMNS} FROM attachments WHERE dossier = {{}}", dossier)
    return [_kept(one) for one in found]


async def save(
    dossier: UUID,
    sha256: str,
    *,
    size: int,
    kind: Kind | None,
    mark: Mark,
    whole: bool,
    now: datetime,
) -> None:
    """Remember how far a file is; one that is whole already stays as it is."""
    await db.execute(
        """INSERT INTO attachments (dossier, sha256, size, kind, received, stored, segments,
                changed_at, whole_at, check_state)
            VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, 'pending')
            ON CONFLICT (dossier, sha256) DO UPDATE SET size = excluded.size, kind = excluded.kind,
                received = excluded.received, stored = excluded.stored,
                segments = excluded.segments, changed_at = excluded.changed_at,
                whole_at = excluded.whole_at
            WHERE attachments.whole_at IS NULL""",
        dossier,
        sha256,
        size,
        kind,
        mark.plain,
        mark.sealed,
        mark.segments,
        now,
        now if whole else None,
    )


async def settle(
    dossier: UUID,
    sha256: str,
    *,
    check: Check,
    reason: str | None,
    pages: int | None,
    whole_by: datetime,
    now: datetime,
) -> bool:
    """Write what checking said, once; False when another process was first.

    What came whole after `whole_by`, when the check began, came anew and has a check of its own.
    """
    changed = await db.execute(
        """UPDATE attachments SET check_state = {}, check_reason = {}, pages = {}, checked_at = {}
            WHERE dossier = {} AND sha256 = {} AND check_state = 'pending' AND whole_at <= {}""",
        check,
        reason,
        pages,
        now,
        dossier,
        sha256,
        whole_by,
    )
    return changed == 1


async def unchecked(before: datetime, *, limit: int) -> list[tuple[UUID, str]]:
    """List whole files that still wait for their check, oldest first."""
    found = await db.rows(
        """SELECT dossier, sha256 FROM attachments
            WHERE check_state = 'pending' AND whole_at <= {} ORDER BY whole_at LIMIT {}""",
        before,
        limit,
    )
    return [(one["dossier"], one["sha256"]) for one in found]


async def forget_all(dossier: UUID, *, but: Collection[str] = ()) -> list[Kept]:
    """Forget the files of a dossier but some; gives what lies in the file store for them."""
    others = f" AND sha256 NOT IN ({', '.join(['{}'] * len(but))})" if but else ""
    found = await db.rows(
        f"DELETE FROM attachments WHERE dossier = {{}}{others} RETURNING {_COLUMNS}", dossier, *but
    )
    return [_kept(one) for one in found]


async def forget_parts(before: datetime, *, limit: int) -> list[tuple[UUID, str]]:
    """Forget parts that nobody went on with; gives what lies in the file store for them."""
    found = await db.rows(
        """DELETE FROM attachments WHERE whole_at IS NULL AND (dossier, sha256) IN (
                SELECT dossier, sha256 FROM attachments
                WHERE whole_at IS NULL AND changed_at < {} ORDER BY changed_at LIMIT {})
            RETURNING dossier, sha256""",
        before,
        limit,
    )
    return [(one["dossier"], one["sha256"]) for one in found]


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(
        FileState(
            sha256=row["sha256"],
            size=row["size"],
            offset=row["received"],
            check=row["check_state"],
            whole=row["whole_at"] is not None,
            kind=row["kind"],
            pages=row["pages"],
        ),
        Mark(row["received"], row["stored"], row["segments"]),
    )
