"""What only the embedded engine promises: one writer, one process, no silent damage."""

import asyncio
import logging
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextvars import Context
from pathlib import Path

import pytest

from backend.platform import db
from backend.platform.db import faults, sqlite, sqlite_writer
from backend.platform.db.sqlite_statements import fetch
from backend.platform.kit import logs
from backend.platform.kit.errors import Busy, Full
from tests.simulation.dying import DiedError, mortal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "motcua.db"


@pytest.fixture
async def shelf(file: Path) -> AsyncIterator[db.Database]:
    opened = await db.open_database(f"sqlite:///{file}")
    await db.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY)")
    yield opened
    await opened.close()


async def put(name: str) -> None:
    await db.execute("INSERT INTO shelf (name) VALUES ({})", name)


def python(code: str, *args: str | Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    file.write_bytes(content)


def peek(file: Path) -> list[str]:
    other = sqlite3.connect(file)
    try:
        return [name for (name,) in other.execute("SELECT name FROM shelf ORDER BY name")]
    finally:
        other.close()


async def test_another_process_sees_each_write_right_after_its_await(
    shelf: db.Database, file: Path
) -> None:
    await db.rows("INSERT INTO shelf (name) VALUES ({}) RETURNING name", "a")
    seen_after_returning = peek(file)
    async with db.transaction():
        await db.rows("INSERT INTO shelf (name) VALUES ({}) RETURNING name", "b")
        seen_inside = peek(file)

    assert (seen_after_returning, seen_inside, peek(file)) == (["a"], ["a"], ["a", "b"])


async def test_the_file_is_in_wal_mode_with_full_sync_and_foreign_keys(shelf: db.Database) -> None:
    async with db.transaction():
        found = [await db.row(f"PRAGMA {name}") for name in ("synchronous", "foreign_keys")]

    assert found == [{"synchronous": 2}, {"foreign_keys": 1}]
    assert await db.row("SELECT journal_mode FROM pragma_journal_mode") == {"journal_mode": "wal"}


async def test_a_reader_cannot_write_and_never_checkpoints(shelf: db.Database) -> None:
    assert isinstance(shelf.driver, sqlite.SQLite)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)"
    await db.rows(f"SELECT * FROM ({numbers} SELECT count(*) FROM n)")
    (reader,) = shelf.driver.readers

    asked = ("query_only", "wal_autocheckpoint")
    found = [await reader.post(fetch, f"PRAGMA {name}", ()) for name in asked]

    assert found == [[{"query_only": 1}], [{"wal_autocheckpoint": 0}]]


async def test_a_short_select_needs_no_thread_and_a_long_one_gets_one(shelf: db.Database) -> None:
    assert isinstance(shelf.driver, sqlite.SQLite)
    many = [(f"{number}",) for number in range(3000)]
    await db.execute_many("INSERT INTO shelf (name) VALUES ({})", many)
    short = "SELECT name FROM shelf WHERE name = {}"
    long = "SELECT count(*) AS pairs FROM shelf a, shelf b WHERE a.name < b.name"

    for number in range(2000):
        await db.row(short, str(number))
    assert shelf.driver.readers == []
    answers = [await db.row(long) for _ in range(2)]

    assert answers == [{"pairs": 3000 * 2999 // 2}] * 2
    assert len(shelf.driver.readers) == 1


async def test_the_event_loop_turns_while_a_long_select_runs(shelf: db.Database) -> None:
    many = [(f"{number}",) for number in range(3000)]
    await db.execute_many("INSERT INTO shelf (name) VALUES ({})", many)
    long = asyncio.create_task(
        db.row("SELECT count(*) AS pairs FROM shelf a, shelf b WHERE a.name < b.name")
    )

    turns = 0
    while not long.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 10


async def test_a_lock_held_by_another_program_answers_busy(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "PATIENCE", 0.05)
    opened = await db.open_database(f"sqlite:///{file}")
    await db.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY)")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy):
            await put("a")
        with pytest.raises(Busy):
            async with db.transaction():
                await put("a")
        other.execute("ROLLBACK")
        await put("b")
        assert peek(file) == ["b"]
    finally:
        other.close()
        await opened.close()


async def test_a_writer_who_stands_in_line_too_long_is_told_busy(
    shelf: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "PATIENCE", 0.05)
    inside, told = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with db.transaction():
            await put("first")
            inside.set()
            await told.wait()

    holding = asyncio.create_task(hold())
    await inside.wait()
    with pytest.raises(Busy) as busy:
        await put("late")
    told.set()
    await holding

    assert busy.value.headers["Retry-After"] == "5"
    assert await db.rows("SELECT name FROM shelf") == [{"name": "first"}]


async def test_those_who_write_at_once_share_commits(shelf: db.Database, file: Path) -> None:
    log = file.with_name(file.name + "-wal")
    before = log.stat().st_size

    await asyncio.gather(*(put(f"{number}") for number in range(60)))

    frames = (log.stat().st_size - before) // 4096
    assert len(peek(file)) == 60
    assert frames < 20


async def test_one_that_is_taken_back_leaves_those_who_share_its_commit(
    shelf: db.Database, file: Path
) -> None:
    async def refused() -> None:
        async with db.transaction():
            await put("half")
            await put("1")

    done = await asyncio.gather(
        *map(put, "123"), refused(), *map(put, "45"), return_exceptions=True
    )

    assert [type(one) for one in done] == [type(None)] * 3 + [db.DuplicateRow] + [type(None)] * 2
    assert peek(file) == ["1", "2", "3", "4", "5"]


async def test_who_reads_what_a_shared_commit_holds_waits_for_it(
    shelf: db.Database, file: Path
) -> None:
    async def look() -> list[str]:
        async with db.transaction():
            seen = await db.rows("SELECT name FROM shelf")
        return [] if peek(file) == [row["name"] for row in seen] else ["told too early"]

    done = await asyncio.gather(put("a"), put("b"), look())

    assert done[-1] == []


async def test_a_full_disk_is_told_to_all_who_share_the_commit(
    shelf: db.Database, file: Path
) -> None:
    await put("a")
    await db.execute("PRAGMA max_page_count = 3")

    writes = (put("b"), put("c"), put("x" * 100_000), put("d"))
    done = await asyncio.gather(*writes, return_exceptions=True)

    acknowledged = {name for name, one in zip("bcxd", done, strict=True) if one is None}
    assert acknowledged | {"a"} == set(peek(file))
    assert isinstance(done[2], Full)


async def test_a_turn_that_comes_to_somebody_cancelled_goes_to_the_next(
    shelf: db.Database, file: Path
) -> None:
    for waits in range(12):
        first, gone = (asyncio.create_task(put(f"{name}{waits}")) for name in ("first", "gone"))
        for _ in range(waits):
            await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(first, gone, return_exceptions=True)
        await put(f"next{waits}")

    kept = peek(file)
    assert {f"{name}{waits}" for name in ("first", "next") for waits in range(12)} <= set(kept)


async def test_a_turn_is_never_given_to_somebody_who_left_the_line(
    shelf: db.Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "PATIENCE", 1.0)
    deaths: list[int] = []
    async with db.transaction():
        await put("first")
        others = asyncio.create_task(put("second"), context=Context())
        gone = mortal(put("gone"), 1, deaths, gently=False)
        dying = asyncio.create_task(gone, context=Context())
        await asyncio.wait({dying})
    await others
    await put("next")

    assert (deaths, peek(file)) == ([1], ["first", "next", "second"])
    assert isinstance(dying.exception(), DiedError)


async def test_a_full_disk_answers_full_and_reading_goes_on(shelf: db.Database) -> None:
    await put("a")
    await db.execute("PRAGMA max_page_count = 3")

    with pytest.raises(Full):
        await put("x" * 100_000)

    assert await db.rows("SELECT name FROM shelf") == [{"name": "a"}]


def test_a_failed_fsync_ends_the_process_at_once() -> None:
    code = (
        "import sqlite3\n"
        "from backend.platform.db import faults\n"
        "error = sqlite3.OperationalError('disk I/O error')\n"
        "error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC\n"
        "faults.of_sqlite(error)\n"
        "print('still here')\n"
    )

    ended = python(code)

    assert (ended.returncode, ended.stdout) == (74, "")
    assert "fsync failed" in ended.stderr


async def test_the_log_is_copied_into_the_database_now_and_then(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writer, "COMMITS_PER_CHECKPOINT", 5)
    opened = await db.open_database(f"sqlite:///{file}")
    await db.execute("CREATE TABLE shelf (name TEXT PRIMARY KEY)")

    for number in range(30):
        await put(f"{number} " + "x" * 3000)

    log_size = file.with_name(file.name + "-wal").stat().st_size
    await opened.close()
    assert log_size < 12 * 4 * 4096
    assert not file.with_name(file.name + "-wal").exists()


async def test_a_damaged_file_is_refused(shelf: db.Database, file: Path) -> None:
    for number in range(200):
        await db.execute("INSERT INTO shelf (name) VALUES ({})", f"{number:0500}")
    await shelf.close()
    spoil(file)

    with pytest.raises((db.DamagedDatabase, sqlite3.DatabaseError)):
        await db.open_database(f"sqlite:///{file}")


async def test_opening_read_only_reads_beside_a_server_and_never_writes(
    shelf: db.Database, file: Path
) -> None:
    await put("a")
    code = (
        "import asyncio, sqlite3, sys\n"
        "from backend.platform import db\n"
        "async def main():\n"
        "    await db.open_database(sys.argv[1], read_only=True)\n"
        "    print((await db.row('SELECT name FROM shelf'))['name'])\n"
        "    try:\n"
        "        await db.execute('DELETE FROM shelf')\n"
        "    except sqlite3.OperationalError as refused:\n"
        "        print(refused)\n"
        "asyncio.run(main())\n"
    )

    beside = python(code, f"sqlite:///{file}").stdout
    await shelf.close()
    alone = python(code, f"sqlite:///{file}").stdout

    assert beside == alone == "a\nattempt to write a readonly database\n"


async def test_read_only_a_transaction_sees_one_moment(shelf: db.Database, file: Path) -> None:
    await put("a")
    code = (
        "import asyncio, sqlite3, sys\n"
        "from backend.platform import db\n"
        "async def names():\n"
        "    return len(await db.rows('SELECT name FROM shelf'))\n"
        "async def main():\n"
        "    await db.open_database(f'sqlite:///{sys.argv[1]}', read_only=True)\n"
        "    async with db.transaction():\n"
        "        print(await names())\n"
        "        with sqlite3.connect(sys.argv[1]) as other:\n"
        "            other.execute(\"INSERT INTO shelf (name) VALUES ('b')\")\n"
        "        other.close()\n"
        "        print(await names())\n"
        "    print(await names())\n"
        "asyncio.run(main())\n"
    )

    assert python(code, file).stdout.split() == ["1", "1", "2"]


def test_only_one_process_may_write_to_a_data_folder(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom backend.platform import db\n"
        "try:\n    db.hold_lock(Path(sys.argv[1]))\nexcept db.LockHeld as held:\n    print(held)\n"
    )

    with db.hold_lock(tmp_path):
        refused = python(code, tmp_path).stdout
    taken = python(code, tmp_path).stdout

    assert "stop it first" in refused
    assert taken == ""


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 0), (3, 50, 7), (3, 44, 6)])
def test_a_sqlite_without_the_race_gives_no_warning(version: tuple[int, int, int]) -> None:
    assert sqlite.version_warning(version) is None


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 51, 2), (3, 50, 6), (3, 45, 0)])
def test_a_sqlite_with_the_race_is_named(version: tuple[int, int, int]) -> None:
    assert "WAL-reset race" in str(sqlite.version_warning(version))


async def test_the_version_stands_in_the_log(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    opened = await db.open_database(f"sqlite:///{file}")
    await opened.close()

    lines = [logs.JsonLines().format(record) for record in caplog.records]
    assert any(sqlite3.sqlite_version in line for line in lines)
