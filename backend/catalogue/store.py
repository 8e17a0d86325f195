"""Every query of the versions ever served."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from backend.catalogue.model.reading import Source
from backend.platform.db import execute, rows


class Kept(msgspec.Struct, frozen=True):
    """A stored version, with the code it belongs to."""

    code: str
    version: str
    source: Source


async def keep(served: Iterable[tuple[str, Source]], *, now: datetime) -> None:
    """Write versions that are new, and note for all of them that they were served now."""
    for code, source in served:
        await execute(
            "INSERT INTO procedure_versions"
            " (version, code, path, text, blocks, first_served_at, last_served_at)"
            " VALUES ({}, {}, {}, {}, {}, {}, {})"
            " ON CONFLICT (version) DO UPDATE SET last_served_at = excluded.last_served_at",
            source.version,
            code,
            source.path,
            source.text,
            msgspec.json.encode(source.blocks).decode(),
            now,
            now,
        )


async def all_versions() -> list[Kept]:
    """List every version ever served, the one served last first."""
    found = await rows(
        "SELECT version, code, path, text, blocks FROM procedure_versions"
        " ORDER BY last_served_at DESC, first_served_at DESC, version"
    )
    return [_kept(row) for row in found]


async def one(code: str, version: str) -> Kept | None:
    """Find one version, perhaps written by another process since our start."""
    found = await rows(
        "SELECT version, code, path, text, blocks FROM procedure_versions"
        " WHERE code = {} AND version = {}",
        code,
        version,
    )
    return _kept(found[0]) if found else None


def _kept(row: Mapping[str, Any]) -> Kept:
    blocks = msgspec.json.decode(row["blocks"], type=dict[str, str])
    return Kept(row["code"], row["version"], Source(row["path"], row["text"], blocks))
