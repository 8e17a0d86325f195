"""Every query of the versions ever served, and of what is published from which day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from backend.catalogue.model.publication import Publication
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


_PUBLICATION = (
    "SELECT id, code, kind, state, from_day, closes_drafts, path, text, blocks, reason,"
    " proposed_by, proposed_at, approved_by, approved_at, withdrawn_by, withdrawn_why"
    " FROM procedure_publications"
)


async def publications(code: str | None = None) -> list[Publication]:
    """List all publications, or those of one procedure, in the order they were proposed."""
    if code is None:
        found = await rows(f"{_PUBLICATION} ORDER BY id")
    else:
        found = await rows(f"{_PUBLICATION} WHERE code = {{}} ORDER BY id", code)
    return [_publication(row) for row in found]


async def publication(number: int) -> Publication | None:
    """Find one publication."""
    found = await rows(f"{_PUBLICATION} WHERE id = {{}}", number)
    return _publication(found[0]) if found else None


async def add_publication(made: Publication) -> int:
    """Write a new proposal and give its number."""
    found = await rows(
        "INSERT INTO procedure_publications (code, version, kind, state, from_day, closes_drafts,"
        " path, text, blocks, reason, proposed_by, proposed_at)"
        " VALUES ({}, {}, {}, 'proposed', {}, {}, {}, {}, {}, {}, {}, {}) RETURNING id",
        made.code,
        made.version,
        made.kind,
        made.from_day,
        made.closes_drafts,
        made.source.path,
        made.source.text,
        msgspec.json.encode(made.source.blocks).decode(),
        made.reason,
        made.proposed_by,
        made.proposed_at,
    )
    return int(found[0]["id"])


async def approve(number: int, *, by: str, from_day: date, now: datetime) -> bool:
    """Approve a proposal; False when it waits no more."""
    changed = await execute(
        "UPDATE procedure_publications SET state = 'approved', approved_by = {},"
        " approved_at = {}, from_day = {} WHERE id = {} AND state = 'proposed'",
        by,
        now,
        from_day,
        number,
    )
    return changed == 1


async def withdraw(number: int, *, by: str, why: str, today: date, now: datetime) -> bool:
    """Withdraw what is not served yet; False when it is, or was withdrawn already."""
    changed = await execute(
        "UPDATE procedure_publications SET state = 'withdrawn', withdrawn_by = {},"
        " withdrawn_at = {}, withdrawn_why = {} WHERE id = {}"
        " AND (state = 'proposed' OR (state = 'approved' AND from_day > {}))",
        by,
        now,
        why,
        number,
        today,
    )
    return changed == 1


def _publication(row: Mapping[str, Any]) -> Publication:
    plain = {key: value for key, value in row.items() if key not in {"path", "text", "blocks"}}
    source = _kept({**row, "version": ""}).source
    return msgspec.convert(
        {**plain, "source": msgspec.to_builtins(source)}, Publication, strict=False
    )
