"""The journal: every kind of tampering is named."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backend.platform import audit, db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
KEY = b"k" * 32


async def write(verb: str, *, dossier: UUID | None = None) -> None:
    await audit.write(
        actor="officer:lan", verb=verb, dossier=dossier, unit="om-long-hung",
        facts={"note": "đủ", "pages": 2, "reason": None}, now=NOW,
    )  # fmt: skip


@pytest.fixture
async def journal(database: db.Database) -> db.Database:
    for number in range(6):
        await write(f"verb-{number}", dossier=uuid4())
    assert await audit.seal(key=KEY) == 6
    return database


async def unlock(database: db.Database) -> None:
    """Do as an intruder with the database's own rights: take the triggers away."""
    for table in ("audit", "audit_seals"):
        if database.engine == "sqlite":
            await db.execute(f"DROP TRIGGER {table}_no_update")
            await db.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            await db.execute(f"DROP TRIGGER {table}_stays ON {table}")


async def found(heads: Sequence[audit.Head] = ()) -> list[tuple[str, int | None]]:
    verdict = await audit.verify(key=KEY, heads=heads, now=LATER)
    return [(finding.kind, finding.entry) for finding in verdict.findings]


async def test_an_untouched_journal_is_intact(journal: db.Database) -> None:
    verdict = await audit.verify(key=KEY, heads=[], now=LATER)

    assert (verdict.intact, verdict.rows, verdict.sealed, len(verdict.head)) == (True, 6, 6, 64)


async def test_sealing_again_adds_only_what_is_new(journal: db.Database) -> None:
    assert await audit.seal(key=KEY) == 0
    await write("later")

    assert await audit.seal(key=KEY) == 1
    assert await found() == []


async def test_a_row_of_a_failed_action_is_not_kept(journal: db.Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            await write("lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await audit.seal(key=KEY) == 0


async def test_rows_and_seals_cannot_be_changed_by_us(journal: db.Database) -> None:
    for table in ("audit", "audit_seals"):
        with pytest.raises(Exception, match="never changed"):
            await db.execute(f"DELETE FROM {table}")
    with pytest.raises(Exception, match="never changed"):
        await db.execute("UPDATE audit SET actor = 'nobody'")


async def test_an_altered_row_is_named(journal: db.Database) -> None:
    await unlock(journal)
    await db.execute("UPDATE audit SET actor = 'officer:mai' WHERE id = 3")

    assert await found() == [("altered", 3)]


async def test_a_deleted_row_is_named(journal: db.Database) -> None:
    await unlock(journal)
    await db.execute("DELETE FROM audit WHERE id = 4")

    assert await found() == [("deleted", 4)]


async def test_rows_that_changed_places_are_named(journal: db.Database) -> None:
    await unlock(journal)
    for old, new in ((2, 99), (5, 2), (99, 5)):
        override = "" if journal.engine == "sqlite" else " OVERRIDING SYSTEM VALUE"
        columns = "at, actor, verb, dossier, unit, facts"
        await db.execute(
            f"INSERT INTO audit (id, {columns}){override} SELECT {{}}, {columns} FROM audit"
            " WHERE id = {}", new, old,
        )  # fmt: skip
        await db.execute("DELETE FROM audit WHERE id = {}", old)

    assert await found() == [("reordered", 2), ("reordered", 5)]


async def test_an_old_row_without_a_seal_is_named_and_a_young_one_is_not(
    journal: db.Database,
) -> None:
    await write("slipped in")

    assert await found() == [("unsealed", 7)]
    assert (await audit.verify(key=KEY, heads=[], now=NOW)).intact


async def test_rows_cut_out_with_their_seals_are_named(journal: db.Database) -> None:
    await unlock(journal)
    await db.execute("DELETE FROM audit WHERE id IN (3, 4)")
    await db.execute("DELETE FROM audit_seals WHERE entry IN (3, 4)")

    verdict = await audit.verify(key=KEY, heads=[], now=LATER)

    assert {(finding.kind, finding.position) for finding in verdict.findings} == {("cut", 3)}


async def test_seals_renumbered_after_a_cut_are_forged(journal: db.Database) -> None:
    await unlock(journal)
    await db.execute("DELETE FROM audit WHERE id = 6")
    await db.execute("DELETE FROM audit_seals WHERE entry = 5")
    await db.execute("UPDATE audit_seals SET position = 5, entry = 5 WHERE entry = 6")

    assert ("forged", 5) in await found()


async def test_a_chain_made_with_another_key_is_forged(journal: db.Database) -> None:
    verdict = await audit.verify(key=b"x" * 32, heads=[], now=LATER)

    assert {finding.kind for finding in verdict.findings} == {"forged"}


async def test_a_cut_tail_is_seen_by_the_published_head_only(
    journal: db.Database, tmp_path: Path
) -> None:
    heads = tmp_path / "heads.jsonl"
    assert await audit.publish(heads, now=NOW)
    await unlock(journal)
    await db.execute("DELETE FROM audit WHERE id > 4")
    await db.execute("DELETE FROM audit_seals WHERE entry > 4")

    assert await found() == []
    assert await found(audit.read_heads(heads)) == [("cut_tail", None)]


async def test_the_head_is_published_once_a_day(journal: db.Database, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"

    published = [
        await audit.publish(heads, now=NOW + timedelta(hours=hours)) for hours in (0, 1, 24)
    ]

    assert published == [True, False, True]
    assert [head.position for head in audit.read_heads(heads)] == [6, 6]
    assert await found(audit.read_heads(heads)) == []
