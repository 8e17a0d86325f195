"""Migrations: one line of history, in order, without gaps, never backwards."""

import asyncio
import sys
from pathlib import Path

import pytest

from backend.platform import db
from backend.platform.db import migrations
from backend.platform.db.migrations import Migration, MigrationRefused

FIRST = Migration(1, "m0001_shelf", ("CREATE TABLE shelf (id {serial}, body {blob}, at {time})",))
SECOND = Migration(2, "m0002_name", ("ALTER TABLE shelf ADD COLUMN name TEXT",))
BROKEN = Migration(2, "m0002_name", ("CREATE TABLE other (id {serial})", "NO SUCH STATEMENT"))


async def wipe() -> None:
    await db.execute("DELETE FROM migrations")


async def test_each_step_runs_once_and_in_order(database: db.Database) -> None:
    await wipe()

    assert await migrations.apply(database, [FIRST]) == ["m0001_shelf"]
    assert await migrations.apply(database, [FIRST, SECOND]) == ["m0002_name"]
    assert await migrations.apply(database, [FIRST, SECOND]) == []
    await db.execute("INSERT INTO shelf (body, name) VALUES ({}, {})", b"x", "a")
    assert await db.rows("SELECT id, name FROM shelf") == [{"id": 1, "name": "a"}]


async def test_two_servers_that_start_together_apply_each_step_once(
    database: db.Database,
) -> None:
    await wipe()

    done = await asyncio.gather(*(migrations.apply(database, [FIRST, SECOND]) for _ in range(4)))

    assert sorted(name for names in done for name in names) == ["m0001_shelf", "m0002_name"]


async def test_a_step_that_fails_leaves_nothing_and_can_be_mended(database: db.Database) -> None:
    await wipe()

    with pytest.raises(Exception, match="syntax error"):
        await migrations.apply(database, [FIRST, BROKEN])

    assert await db.rows("SELECT name FROM migrations") == [{"name": "m0001_shelf"}]
    assert await migrations.apply(database, [FIRST, SECOND]) == ["m0002_name"]


def test_a_gap_is_refused() -> None:
    third = Migration(3, "m0003_more", ())

    with pytest.raises(MigrationRefused, match=r"m0003_more: number 0002 was expected"):
        migrations.check([FIRST, third])


def test_a_number_given_twice_is_refused() -> None:
    with pytest.raises(MigrationRefused, match=r"m0002_name: number 0003 was expected"):
        migrations.check([FIRST, SECOND, SECOND])


def test_a_database_newer_than_this_version_is_refused() -> None:
    with pytest.raises(MigrationRefused, match=r"newer than this version: it has m0002_name"):
        migrations.outstanding([FIRST], ["m0001_shelf", "m0002_name"])


def test_a_database_that_skipped_a_step_is_refused() -> None:
    with pytest.raises(MigrationRefused, match="another order"):
        migrations.outstanding([FIRST, SECOND], ["m0002_name"])


def test_a_module_with_another_name_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "oddsteps").mkdir()
    (tmp_path / "oddsteps" / "__init__.py").touch()
    (tmp_path / "oddsteps" / "m1_short.py").write_text("STATEMENTS = ()")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(MigrationRefused, match="m1_short is not named mNNNN_name"):
        migrations.discover("oddsteps")

    sys.modules.pop("oddsteps")


async def test_our_own_steps_have_no_gap_and_say_why(database: db.Database) -> None:
    found = migrations.discover()

    migrations.check(found)
    assert found[0].name == "m0001_ground"
    for migration in found:
        code = sys.modules[f"backend.migrations.{migration.name}"]
        assert (code.__doc__ or "").strip(), migration.name


async def test_append_only_rows_can_be_added_only(database: db.Database) -> None:
    await db.execute("CREATE TABLE shelf (name TEXT)")
    rule = db.append_only("shelf")
    for text in rule.sqlite if database.engine == "sqlite" else rule.postgresql:
        await db.execute(text)
    await db.execute("INSERT INTO shelf (name) VALUES ({})", "a")

    for forbidden in ("UPDATE shelf SET name = 'b'", "DELETE FROM shelf"):
        with pytest.raises(Exception, match="never changed or deleted"):
            await db.execute(forbidden)

    assert await db.rows("SELECT name FROM shelf") == [{"name": "a"}]
