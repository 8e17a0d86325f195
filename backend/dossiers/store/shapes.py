"""Rows as they are stored; people stand only in sealed columns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from backend.dossiers.model.states import State
from backend.dossiers.model.supplements import Asker

T = TypeVar("T")


class Secret(Struct, frozen=True):
    """The columns that only the room's own actions see: key hash, private part, receipt."""

    key_hash: bytes
    sealed: bytes
    receipt: bytes | None = None


class MoveRow(Struct, frozen=True, kw_only=True):
    """One step of the past; its words are sealed."""

    dossier: UUID
    rev: int
    at: datetime
    verb: str
    before: State
    after: State
    actor: str
    until: datetime | None = None
    sealed: bytes | None = None


class SupplementRow(Struct, frozen=True, kw_only=True):
    """A supplement: items, answer, receipt and what stood before are sealed."""

    id: UUID
    dossier: UUID
    asked_by: Asker
    sealed: bytes
    asked_at: datetime
    until: datetime | None = None
    answer: bytes | None = None
    before: bytes | None = None
    receipt: bytes | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None


def columns(shape: type[Struct]) -> str:
    """List a shape's columns for a statement."""
    return ", ".join(shape.__struct_fields__)


def shaped(found: Mapping[str, Any], shape: type[T]) -> T:
    """Read a row; 0 and 1 become booleans on both engines."""
    return msgspec.convert(found, shape, strict=False)


def among(column: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """Write `column IN (…)`; an empty list matches nothing."""
    if not values:
        return "1 = 0", []
    return f"{column} IN ({', '.join(['{}'] * len(values))})", list(values)
