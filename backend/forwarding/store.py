"""Every query of the hand-over; written by hand, as each dossier passes here more than once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from backend.dossiers import State
from backend.forwarding.model import Delivery, Difference, Move, Waiting
from backend.forwarding.model.standing import Kind
from backend.platform.db import execute, places, row, rows
from backend.platform.jobs import FLAG_AFTER

CopyKind = Literal["create", "update"]

_PROBLEM = 300


class Forwarding(Struct, frozen=True, kw_only=True):
    """One dossier's hand-over as it is stored."""

    dossier: UUID
    unit: str
    due_at: datetime
    unsure: bool
    receipt_number: str | None
    state: str | None
    remark: bytes | None


async def make_due(dossier: UUID, unit: str, *, now: datetime) -> None:
    """Let a dossier be handed over; once it is due, it stays so."""
    await execute(
        "INSERT INTO forwardings (dossier, unit, due_at) VALUES ({}, {}, {})"
        " ON CONFLICT (dossier) DO NOTHING",
        dossier, unit, now,
    )  # fmt: skip


async def get(dossier: UUID) -> Forwarding | None:
    """Read one hand-over; None when the dossier is not due."""
    found = await row(
        "SELECT dossier, unit, due_at, unsure, receipt_number, state, remark"
        " FROM forwardings WHERE dossier = {}",
        dossier,
    )
    return msgspec.convert(found, Forwarding, strict=False) if found else None


async def doubt(dossier: UUID) -> None:
    """Note that from here on something may have had an effect at the one-stop."""
    await execute("UPDATE forwardings SET unsure = 1 WHERE dossier = {}", dossier)


async def mark_created(dossier: UUID, *, receipt_number: str, state: str, now: datetime) -> None:
    """Note that the one-stop has the dossier; the first number stays."""
    await execute(
        "UPDATE forwardings SET receipt_number = {}, state = {}, sent_at = {}, unsure = 0,"
        " tries = 0, problem = NULL WHERE dossier = {} AND receipt_number IS NULL",
        receipt_number, state, now, dossier,
    )  # fmt: skip


async def mark_told(dossier: UUID, moves: Sequence[Move], *, state: str, now: datetime) -> None:
    """Note that the one-stop has heard of these moves."""
    await execute(
        "UPDATE forwarding_moves SET told_at = {}"
        " WHERE dossier = {} AND told_at IS NULL AND rev <= {}",
        now, dossier, moves[-1].rev,
    )  # fmt: skip
    await execute(
        "UPDATE forwardings SET unsure = 0, state = {}, tries = 0, problem = NULL"
        " WHERE dossier = {}",
        state, dossier,
    )  # fmt: skip


async def note_problem(dossier: UUID, problem: str) -> None:
    """Count a failed try and keep its words for the desk."""
    await execute(
        "UPDATE forwardings SET tries = tries + 1, problem = {} WHERE dossier = {}",
        problem[:_PROBLEM], dossier,
    )  # fmt: skip


# -- moves to tell ---------------------------------------------------------------------------------


async def add_move(dossier: UUID, move: Move) -> None:
    """Keep a move that the one-stop is to hear of."""
    await execute(
        "INSERT INTO forwarding_moves (dossier, rev, at, verb, after) VALUES ({}, {}, {}, {}, {})"
        " ON CONFLICT (dossier, rev) DO NOTHING",
        dossier, move.rev, move.at, move.verb, move.after.value,
    )  # fmt: skip


async def untold_moves(dossier: UUID) -> list[Move]:
    """List the moves that the one-stop has not heard of, in order."""
    found = await rows(
        "SELECT rev, at, verb, after FROM forwarding_moves"
        " WHERE dossier = {} AND told_at IS NULL ORDER BY rev",
        dossier,
    )
    return [Move(**{**one, "after": State(one["after"])}) for one in found]


# -- copies of what was sent -----------------------------------------------------------------------


async def keep_copy(
    dossier: UUID, *, kind: CopyKind, digest: bytes, sealed: bytes, now: datetime
) -> None:
    """Keep what is about to be sent; the same content a second time is the same copy."""
    await execute(
        "INSERT INTO forwarding_copies (dossier, digest, kind, at, sealed)"
        " VALUES ({}, {}, {}, {}, {}) ON CONFLICT (dossier, digest) DO NOTHING",
        dossier, digest, kind, now, sealed,
    )  # fmt: skip


async def first_copy(dossier: UUID) -> tuple[bytes, bytes] | None:
    """Read the sealed copy of the first delivery with its digest."""
    found = await row(
        "SELECT digest, sealed FROM forwarding_copies WHERE dossier = {} AND kind = 'create'",
        dossier,
    )
    return (bytes(found["digest"]), bytes(found["sealed"])) if found else None


async def copies(dossier: UUID) -> list[tuple[bytes, bytes]]:
    """Read all sealed copies with their digests, oldest first."""
    found = await rows(
        "SELECT digest, sealed FROM forwarding_copies WHERE dossier = {} ORDER BY at, kind",
        dossier,
    )
    return [(bytes(one["digest"]), bytes(one["sealed"])) for one in found]


# -- what comes back -------------------------------------------------------------------------------


async def to_poll(*, most: int) -> list[Forwarding]:
    """List hand-overs to ask about: those asked longest ago, none with moves still to tell."""
    found = await rows(
        "SELECT dossier, unit, due_at, unsure, receipt_number, state, remark FROM forwardings AS f"
        " WHERE receipt_number IS NOT NULL AND ended = 0"
        " AND NOT EXISTS (SELECT 1 FROM forwarding_moves AS m"
        "                 WHERE m.dossier = f.dossier AND m.told_at IS NULL)"
        " ORDER BY polled_at IS NOT NULL, polled_at, dossier LIMIT {}",
        most,
    )
    return [msgspec.convert(one, Forwarding, strict=False) for one in found]


async def mark_polled(dossiers: Sequence[UUID], *, now: datetime) -> None:
    """Note that dossiers are being asked about: the others come first next time."""
    await execute(
        f"UPDATE forwardings SET polled_at = {{}} WHERE dossier IN ({places(dossiers)})",
        now, *dossiers,
    )  # fmt: skip


async def agree(dossier: UUID, *, state: str, ended: bool) -> None:
    """Note that both sides say the same of a dossier's state."""
    await execute(
        "UPDATE forwardings SET state = {}, ended = {} WHERE dossier = {}"
        " AND (state IS NULL OR state <> {} OR ended <> {})",
        state, int(ended), dossier, state, int(ended),
    )  # fmt: skip


async def keep_remark(dossier: UUID, sealed: bytes) -> None:
    """Keep the one-stop's latest remark."""
    await execute("UPDATE forwardings SET remark = {} WHERE dossier = {}", sealed, dossier)


# -- differences -----------------------------------------------------------------------------------


async def open_difference(
    dossier: UUID, kind: Kind, *, unit: str, ours: str, theirs: str, now: datetime
) -> bool:
    """Put a difference on the list; False when it stands there already."""
    changed = await execute(
        "INSERT INTO forwarding_differences (dossier, kind, unit, ours, theirs, seen_at)"
        " VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (dossier, kind) DO UPDATE"
        " SET ours = excluded.ours, theirs = excluded.theirs, seen_at = excluded.seen_at,"
        " closed_at = NULL WHERE forwarding_differences.closed_at IS NOT NULL"
        " OR forwarding_differences.ours <> excluded.ours"
        " OR forwarding_differences.theirs <> excluded.theirs",
        dossier, kind, unit, ours, theirs, now,
    )  # fmt: skip
    return changed == 1


async def close_difference(dossier: UUID, kind: Kind, *, now: datetime) -> None:
    """Take a difference off the list."""
    await execute(
        "UPDATE forwarding_differences SET closed_at = {}"
        " WHERE dossier = {} AND kind = {} AND closed_at IS NULL",
        now, dossier, kind,
    )  # fmt: skip


async def differences(units: Sequence[str]) -> list[Difference]:
    """List what is open, oldest first."""
    found = await rows(
        "SELECT dossier, unit, kind, ours, theirs, seen_at FROM forwarding_differences"
        f" WHERE closed_at IS NULL AND unit IN ({places(units)}) ORDER BY seen_at, dossier",
        *units,
    )
    return [Difference(**one) for one in found]


# -- for the desk ----------------------------------------------------------------------------------


async def delivery(dossier: UUID) -> Delivery | None:
    """Read how far a hand-over is."""
    found = await row(
        "SELECT due_at, receipt_number, sent_at, state, tries, problem,"
        " (SELECT count(*) FROM forwarding_moves AS m"
        "  WHERE m.dossier = f.dossier AND m.told_at IS NULL) AS moves_waiting"
        " FROM forwardings AS f WHERE dossier = {}",
        dossier,
    )
    return Delivery(**found) if found else None


async def waiting(units: Sequence[str], *, now: datetime) -> list[Waiting]:
    """List what is due and not in the one-stop yet, oldest first."""
    found = await rows(
        "SELECT dossier, unit, due_at, tries, problem FROM forwardings"
        f" WHERE receipt_number IS NULL AND unit IN ({places(units)}) ORDER BY due_at, dossier",
        *units,
    )
    return [_waiting(one, now) for one in found]


def _waiting(found: dict[str, Any], now: datetime) -> Waiting:
    age = now - found["due_at"]
    return Waiting(**found, age=int(age.total_seconds()), flagged=age >= FLAG_AFTER)
