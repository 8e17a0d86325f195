"""How far the hand-over is: delivered, waiting, agreeing or not with what the one-stop holds."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from backend.forwarding.model.mapping import VERBS
from backend.forwarding.model.vocabulary import ProgressRow, Record

Kind = Literal["fields", "receipt_number", "status", "missing"]
Authority = Literal["here", "onestop"]


class HeldRow(Struct, frozen=True):
    """A row of progress that the one-stop holds."""

    at: str
    state: str


class Held(Struct, frozen=True, kw_only=True):
    """A dossier as the one-stop holds it (hồ sơ trên hệ thống một cửa)."""

    receipt_number: str
    state: str
    remark: str
    fields: Mapping[str, object]
    rows: tuple[HeldRow, ...]


class Delivery(Struct, frozen=True, kw_only=True):
    """How far a dossier's hand-over is (tình trạng chuyển hồ sơ), for the officer's desk."""

    due_at: datetime
    receipt_number: str | None
    sent_at: datetime | None
    state: str | None
    moves_waiting: int
    tries: int
    problem: str | None


class Waiting(Struct, frozen=True, kw_only=True):
    """A dossier that is not in the one-stop yet (chưa lên một cửa), with its age in seconds."""

    dossier: UUID
    unit: str
    due_at: datetime
    age: int
    tries: int
    problem: str | None
    flagged: bool


class Difference(Struct, frozen=True, kw_only=True):
    """Something in which we and the one-stop do not agree (sai lệch); names and codes only."""

    dossier: UUID
    unit: str
    kind: Kind
    ours: str
    theirs: str
    seen_at: datetime


_COMPARED = (
    "MaTTHC",
    "ChuHoSo",
    "SoGiayToChuHoSo",
    "SoDienThoai",
    "Email",
    "KenhThucHien",
    "NgayNopHoSo",
)
"""What we alone say of a dossier; state, remarks and the office's times may move on there."""


def differing(record: Record, held: Held) -> list[str]:
    """Name the fields of ours that the one-stop holds with another content.

    A field that it does not tell is no difference.
    """
    found = [
        name
        for name in _COMPARED
        if name in held.fields and held.fields[name] != getattr(record, name)
    ]
    theirs = held.fields.get("TaiLieuNop")
    ours = {paper.TepDinhKemId for paper in record.TaiLieuNop}
    if isinstance(theirs, list) and {_id_of(paper) for paper in theirs} != ours:
        found.append("TaiLieuNop")
    return found


def untold(rows: tuple[ProgressRow, ...], held: Held) -> tuple[ProgressRow, ...]:
    """Keep the rows that the one-stop does not hold yet."""
    known = {(row.at, row.state) for row in held.rows}
    return tuple(row for row in rows if (row.ThoiDiemXuLy, row.TrangThai) not in known)


def way_from(current: str, held: Held) -> Iterator[str]:
    """Give the states that the one-stop went through since ours, its present one last."""
    states = [row.state for row in held.rows]
    after = len(states) - states[::-1].index(current) if current in states else 0
    before = current
    for state in [*states[after:], held.state]:
        if state != before:
            yield state
        before = state


def move_for(state: str, *, authority: Authority) -> str | None:
    """Name the move that an incoming state asks for, if the one-stop may ask for it.

    Where officers decide here, it only adds `process`: nobody takes that move here.
    """
    verb = VERBS.get(state)
    return verb if authority == "onestop" or verb == "process" else None


def _id_of(paper: object) -> object:
    return paper.get("TepDinhKemId") if isinstance(paper, dict) else None
