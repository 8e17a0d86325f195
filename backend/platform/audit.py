"""The journal (nhật ký): who did what when, added only, sealed into a chain.

A row is written in the transaction of the action it tells of. Within a second a job seals the
committed rows: each seal is an HMAC over the seal before it, its position, the row and the row's
digest, so that no row can be changed, removed or moved without the key. The tail alone could be
cut unseen; therefore the head is published daily to a file outside the database.
"""

import hmac
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from backend.platform import db
from backend.platform.kit.clock import iso

_START = bytes(32)
_BATCH = 500
_PAGE = 2000
_LATE_COMMITS = {"postgresql": 20_000, "sqlite": 0}
"""So many ids may be committed after a higher one: a transaction of 30 s in a storm of others."""

_SEAL_WITHIN = timedelta(seconds=60)


class Finding(Struct, frozen=True):
    """One thing that is wrong with the journal; `entry` is the row's id when it is known."""

    kind: str
    entry: int | None
    position: int | None


class Verdict(Struct, frozen=True):
    """What a check of the whole journal found (kết quả kiểm tra nhật ký)."""

    rows: int
    sealed: int
    head: str
    findings: list[Finding]

    @property
    def intact(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings


class Head(Struct, frozen=True):
    """The end of the chain as it was published; one line of JSON a day."""

    at: str
    position: int
    seal: str


async def write(
    *,
    actor: str,
    verb: str,
    dossier: UUID | None,
    unit: str | None,
    facts: Mapping[str, str | int | None],
    now: datetime,
) -> None:
    """Add a row in the caller's transaction; facts hold no personal data beyond ids.

    Actors: `citizen`, `officer:<login>`, `system`, `onestop`, `adapter:<id>`.
    """
    await db.execute(
        "INSERT INTO audit (at, actor, verb, dossier, unit, facts) VALUES ({}, {}, {}, {}, {}, {})",
        now, actor, verb, dossier, unit, msgspec.json.encode(facts, order="sorted").decode(),
    )  # fmt: skip


async def seal(*, key: bytes) -> int:
    """Chain the committed rows that have no seal yet; return how many (recurring work, 1 s)."""
    sealed = 0
    while batch := await _unsealed():
        await _seal(batch, key)
        sealed += len(batch)
        if len(batch) < _BATCH:
            break
    return sealed


async def _unsealed() -> list[dict[str, Any]]:
    return await db.rows(
        "SELECT a.* FROM audit a LEFT JOIN audit_seals s ON s.entry = a.id"
        " WHERE a.id > (SELECT COALESCE(MAX(entry), 0) FROM audit_seals) - {}"
        " AND s.entry IS NULL ORDER BY a.id LIMIT {}",
        _LATE_COMMITS[db.engine()], _BATCH,
    )  # fmt: skip


async def _seal(batch: Sequence[Mapping[str, Any]], key: bytes) -> None:
    async with db.transaction():
        last = await _last()
        position, before = (last["position"], last["seal"]) if last else (0, _START)
        seals = []
        for entry in batch:
            position += 1
            digest = _digest(entry)
            before = _chained(key, before, position, entry["id"], digest)
            seals.append((position, entry["id"], digest, before))
        await db.execute_many(
            "INSERT INTO audit_seals (position, entry, digest, seal) VALUES ({}, {}, {}, {})", seals
        )


async def _last() -> dict[str, Any] | None:
    return await db.row("SELECT position, seal FROM audit_seals ORDER BY position DESC LIMIT 1")


def _digest(entry: Mapping[str, Any]) -> bytes:
    """Hash what a row says, without its id: a moved row is then known by what it says."""
    said = [
        entry["at"].astimezone(UTC).isoformat(timespec="microseconds"),
        entry["actor"], entry["verb"], entry["dossier"], entry["unit"], entry["facts"],
    ]  # fmt: skip
    return sha256(msgspec.json.encode(said)).digest()


def _chained(key: bytes, before: bytes, position: int, entry: int, digest: bytes) -> bytes:
    message = b"".join([before, position.to_bytes(8, "big"), entry.to_bytes(8, "big"), digest])
    return hmac.digest(key, message, "sha256")


async def publish(heads: Path, *, now: datetime) -> bool:
    """Append today's head to a file that is kept elsewhere; once a day, True when it was due."""
    last = await _last()
    today = iso(now)
    if last is None or any(head.at[:10] == today[:10] for head in read_heads(heads)):
        return False
    line = msgspec.json.encode(Head(today, last["position"], last["seal"].hex())) + b"\n"
    file = os.open(heads, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)
    return True


def read_heads(heads: Path) -> list[Head]:
    """Read the published heads; a missing file has none."""
    if not heads.exists():
        return []
    return [msgspec.json.decode(line, type=Head) for line in heads.read_bytes().splitlines()]


async def verify(*, key: bytes, heads: Iterable[Head], now: datetime) -> Verdict:
    """Check every row, every seal and every published head; name what is wrong.

    Kinds: `altered` (says something else now), `reordered` (says what another row said), `deleted`
    (sealed, but gone), `unsealed` (older than a minute without a seal), `cut` (seals are missing
    in between), `forged` (a seal that the key did not make), `cut_tail` (a published head is gone).
    """
    before, position, sealed = _START, 0, 0
    findings: list[Finding] = []
    while page := await _page_of_seals(after=position):
        for row in page:
            if row["position"] != position + 1:
                findings.append(Finding("cut", None, position + 1))
            elif not _follows(row, before, key):
                findings.append(Finding("forged", row["entry"], row["position"]))
            if (kind := await _wrong(row)) is not None:
                findings.append(Finding(kind, row["entry"], row["position"]))
            before, position = row["seal"], row["position"]
        sealed += len(page)
    findings += await _never_sealed(now)
    findings += [lost for head in heads if (lost := await _lost(head)) is not None]
    counted = await db.row("SELECT count(*) AS rows FROM audit")
    return Verdict(
        rows=counted["rows"] if counted else 0,
        sealed=sealed,
        head=before.hex() if sealed else "",
        findings=findings,
    )


async def _page_of_seals(*, after: int) -> list[dict[str, Any]]:
    """Read a page of the chain, each seal with its row (whose `id` is None when it is gone)."""
    return await db.rows(
        "SELECT s.position, s.entry, s.digest, s.seal, a.id, a.at, a.actor, a.verb, a.dossier,"
        " a.unit, a.facts FROM audit_seals s LEFT JOIN audit a ON a.id = s.entry"
        " WHERE s.position > {} ORDER BY s.position LIMIT {}",
        after, _PAGE,
    )  # fmt: skip


def _follows(row: Mapping[str, Any], before: bytes, key: bytes) -> bool:
    expected = _chained(key, before, row["position"], row["entry"], row["digest"])
    return hmac.compare_digest(expected, row["seal"])


async def _wrong(row: Mapping[str, Any]) -> str | None:
    if row["id"] is None:
        return "deleted"
    digest = _digest(row)
    if digest == row["digest"]:
        return None
    moved = await db.row("SELECT entry FROM audit_seals WHERE digest = {} LIMIT 1", digest)
    return "altered" if moved is None else "reordered"


async def _never_sealed(now: datetime) -> list[Finding]:
    found = await db.rows(
        "SELECT a.id FROM audit a LEFT JOIN audit_seals s ON s.entry = a.id"
        " WHERE s.entry IS NULL AND a.at < {} ORDER BY a.id",
        now - _SEAL_WITHIN,
    )
    return [Finding("unsealed", row["id"], None) for row in found]


async def _lost(head: Head) -> Finding | None:
    found = await db.row("SELECT seal FROM audit_seals WHERE position = {}", head.position)
    if found is not None and found["seal"].hex() == head.seal:
        return None
    return Finding("cut_tail", None, head.position)
