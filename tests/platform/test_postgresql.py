"""What only the distributed engine promises; collected when MOTCUA_DATABASE_URL names a server."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from backend.platform import audit, db
from backend.platform.db import faults, postgresql
from backend.platform.kit.errors import Busy, Full, Malformed

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


async def test_a_lost_connection_answers_busy_and_the_next_query_works(
    database: db.Database, database_url: str
) -> None:
    await db.rows("SELECT 1 AS one")
    other = await asyncpg.connect(database_url)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"

    async def lose() -> None:
        async with db.transaction():
            await db.rows("SELECT 1 AS one")
            await other.fetch(cut + " AND datname = current_database()")
            await db.rows("SELECT 2 AS two")

    try:
        with pytest.raises(Busy):
            await lose()
    finally:
        await other.close()

    assert await db.rows("SELECT 3 AS three") == [{"three": 3}]


@pytest.mark.parametrize("fault", [asyncpg.InternalClientError, ConnectionResetError, TimeoutError])
def test_a_connection_that_is_just_being_cut_is_busy_whatever_the_driver_says(
    fault: type[Exception],
) -> None:
    with pytest.raises(Busy), postgresql._our_words():
        raise fault


async def test_a_server_that_is_not_there_answers_busy() -> None:
    with pytest.raises(Busy):
        await db.open_database("postgresql://postgres@127.0.0.1:1/none")


async def test_a_lock_held_too_long_answers_busy(database: db.Database, database_url: str) -> None:
    await db.execute("CREATE TABLE shelf (name TEXT)")
    other = await asyncpg.connect(database_url)

    async def wait() -> None:
        async with db.transaction():
            await db.execute("SET LOCAL lock_timeout = '50ms'")
            await db.execute("LOCK TABLE shelf")

    try:
        async with other.transaction():
            await other.execute("LOCK TABLE shelf")
            with pytest.raises(Busy):
                await wait()
    finally:
        await other.close()


async def test_a_character_that_cannot_be_stored_is_no_fault_of_ours(database: db.Database) -> None:
    with pytest.raises(Malformed):
        await db.rows("SELECT 1 AS one WHERE 'a' = {}", "a\0b")


async def test_many_failures_leave_no_connection_behind(database: db.Database) -> None:
    for _ in range(25):
        with pytest.raises(asyncpg.UndefinedTableError):
            async with db.transaction():
                await db.rows("SELECT * FROM missing")

    async with asyncio.timeout(5):
        assert await db.rows("SELECT 1 AS one") == [{"one": 1}]


async def test_opening_read_only_never_writes(database: db.Database, database_url: str) -> None:
    await database.close()
    reading = await db.open_database(database_url, read_only=True)

    try:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await db.execute("CREATE TABLE shelf (name TEXT)")
    finally:
        await reading.close()


async def test_read_only_a_transaction_sees_one_moment(
    database: db.Database, database_url: str
) -> None:
    await db.execute("CREATE TABLE shelf (name TEXT)")
    await database.close()
    reading = await db.open_database(database_url, read_only=True)
    other = await asyncpg.connect(database_url)

    try:
        async with db.transaction():
            before = await db.rows("SELECT name FROM shelf")
            await other.execute("INSERT INTO shelf VALUES ('a')")
            meanwhile = await db.rows("SELECT name FROM shelf")
        after = await db.rows("SELECT name FROM shelf")
    finally:
        await other.close()
        await reading.close()

    assert (before, meanwhile, after) == ([], [], [{"name": "a"}])


def test_a_full_disk_and_a_deadlock_have_their_words() -> None:
    assert isinstance(faults.of_postgresql(asyncpg.DiskFullError("x")), Full)
    assert isinstance(faults.of_postgresql(asyncpg.DeadlockDetectedError("x")), Busy)
    assert isinstance(faults.of_postgresql(TimeoutError()), Busy)


async def test_a_row_of_the_journal_that_is_committed_after_thousands_of_others_is_sealed(
    database: db.Database,
) -> None:
    written, others = asyncio.Event(), asyncio.Event()

    async def write(verb: str) -> None:
        await audit.write(actor="system", verb=verb, dossier=None, unit=None, facts={}, now=NOW)

    async def slow() -> None:
        async with db.transaction():
            await write("slow")
            written.set()
            await others.wait()

    waiting = asyncio.create_task(slow())
    await written.wait()
    await db.execute(
        "INSERT INTO audit (at, actor, verb, facts)"
        " SELECT {}, 'system', 'quick', '[]' FROM generate_series(1, 5000)",
        NOW,
    )
    await audit.seal(key=b"k" * 32)
    others.set()
    await waiting

    assert await audit.seal(key=b"k" * 32) == 1
    assert (await audit.verify(key=b"k" * 32, heads=[], now=NOW + timedelta(hours=1))).intact
