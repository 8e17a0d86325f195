"""The database door: the same words and the same promises on both engines."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from piccolo import columns
from piccolo.table import Table

from backend.platform import db

YES = True
NOW = datetime(2026, 11, 22, 9, 0, 0, 5, tzinfo=UTC)


class Shelf(Table, tablename="shelf"):
    id = columns.UUID(primary_key=True, default=None)
    name = columns.Text()
    n = columns.BigInt(default=0)
    at = columns.Timestamptz(null=True, default=None)


@pytest.fixture
async def shelf(database: db.Database) -> db.Database:
    blob = "BLOB" if database.engine == "sqlite" else "BYTEA"
    await db.execute(
        "CREATE TABLE shelf (id UUID PRIMARY KEY, name TEXT UNIQUE, n BIGINT NOT NULL DEFAULT 0,"
        f" at TIMESTAMPTZ, body {blob}, yes BOOLEAN)"
    )
    return database


async def put(name: str) -> UUID:
    key = uuid4()
    await db.execute("INSERT INTO shelf (id, name) VALUES ({}, {})", key, name)
    return key


async def names() -> list[str]:
    return [row["name"] for row in await db.rows("SELECT name FROM shelf ORDER BY name")]


async def test_values_come_back_as_they_went_in(shelf: db.Database) -> None:
    key = uuid4()

    await db.execute(
        "INSERT INTO shelf (id, name, n, at, body, yes) VALUES ({}, {}, {}, {}, {}, {})",
        key, "Nguyễn", 10**12, NOW, b"\x00\xff", YES,
    )  # fmt: skip

    found = await db.row("SELECT * FROM shelf WHERE id = {} AND at = {}", key, NOW)
    assert found == {"id": key, "name": "Nguyễn", "n": 10**12, "at": NOW, "body": b"\x00\xff",
                     "yes": True}  # fmt: skip
    assert type(found["id"]) is UUID
    assert type(found["body"]) is bytes
    assert found["at"].tzinfo is UTC


async def test_times_sort_as_moments(shelf: db.Database) -> None:
    moments = [NOW.replace(microsecond=micro) for micro in (500_000, 0, 5, 50)]

    for moment in moments:
        key = await put(str(moment))
        await db.execute("UPDATE shelf SET at = {} WHERE id = {}", moment, key)

    found = await db.rows("SELECT at FROM shelf WHERE at >= {} ORDER BY at", moments[1])
    assert [row["at"] for row in found] == sorted(moments)


async def test_a_time_without_a_zone_is_refused(shelf: db.Database) -> None:
    with pytest.raises(Exception, match=r"zone|binding"):
        await db.execute("UPDATE shelf SET at = {}", NOW.replace(tzinfo=None))


async def test_returning_gives_typed_values_and_execute_counts(shelf: db.Database) -> None:
    key = uuid4()

    made = await db.rows(
        "INSERT INTO shelf (id, name, at) VALUES ({}, {}, {}) RETURNING id, at", key, "a", NOW
    )

    assert made == [{"id": key, "at": NOW}]
    assert await db.execute("UPDATE shelf SET n = n + 1 WHERE name = {}", "a") == 1
    assert await db.execute("UPDATE shelf SET n = n + 1 WHERE name = {}", "b") == 0


async def test_many_rows_go_in_at_once_all_or_none(shelf: db.Database) -> None:
    insert = "INSERT INTO shelf (id, name) VALUES ({}, {})"
    await db.execute_many(insert, [(uuid4(), "a"), (uuid4(), "b")])

    with pytest.raises(db.DuplicateRow):
        await db.execute_many(insert, [(uuid4(), "c"), (uuid4(), "b")])

    assert await names() == ["a", "b"]


async def test_a_second_equal_row_is_a_duplicate(shelf: db.Database) -> None:
    await put("a")

    with pytest.raises(db.DuplicateRow):
        await put("a")


async def test_another_connection_sees_a_row_right_after_the_await(
    shelf: db.Database, database_url: str
) -> None:
    made = await db.rows(
        "INSERT INTO shelf (id, name) VALUES ({}, {}) RETURNING name", uuid4(), "a"
    )

    await shelf.close()
    again = await db.open_database(database_url)
    try:
        assert await db.rows("SELECT name FROM shelf") == made
    finally:
        await again.close()


async def test_a_failed_transaction_leaves_nothing(shelf: db.Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            await put("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await names() == []


async def test_a_transaction_reads_its_own_rows_and_others_do_not(shelf: db.Database) -> None:
    inside, outside = asyncio.Event(), asyncio.Event()

    async def write() -> list[str]:
        async with db.transaction():
            await put("a")
            seen = await names()
            inside.set()
            await outside.wait()
        return seen

    writing = asyncio.create_task(write())
    await inside.wait()
    seen_outside = await names()
    outside.set()

    assert (await writing, seen_outside, await names()) == (["a"], [], ["a"])


async def test_an_inner_transaction_joins_the_outer_one(shelf: db.Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            async with db.transaction():
                await put("inner")
            assert db.in_transaction()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with db.transaction():
        async with db.transaction():
            await put("inner")
        await put("outer")

    assert await names() == ["inner", "outer"]


async def test_an_inner_failure_that_is_swallowed_takes_all_back(shelf: db.Database) -> None:
    async def half() -> None:
        async with db.transaction():
            await put("inner")
            raise ZeroDivisionError

    async def swallow() -> None:
        async with db.transaction():
            try:
                await half()
            except ZeroDivisionError:
                return

    with pytest.raises(db.TransactionBroken):
        await swallow()

    assert await names() == []


async def test_a_failed_statement_that_is_swallowed_takes_all_back(shelf: db.Database) -> None:
    async def swallow() -> None:
        async with db.transaction():
            await put("a")
            try:
                await put("a")
            except db.DuplicateRow:
                return

    with pytest.raises(db.TransactionBroken):
        await swallow()

    assert await names() == []


async def test_a_callback_runs_after_the_commit_only(shelf: db.Database) -> None:
    heard: list[str] = []

    async def work(word: str, *, fail: bool) -> None:
        async with db.transaction():
            await put(word)
            db.after_commit(lambda: heard.append(word))
            assert heard == []
            if fail:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await work("lost", fail=True)
    await work("kept", fail=False)

    assert heard == ["kept"]


async def test_what_is_put_off_to_the_end_is_done_in_its_order_and_is_part_of_it(
    shelf: db.Database,
) -> None:
    done = []

    async def work(word: str) -> None:
        await put(word)
        done.append(word)

    async with db.transaction():
        for word in ("b", "a", "c"):
            db.before_commit(partial(work, word), order=word)
        assert done == []

    assert done == ["a", "b", "c"]
    assert sorted(await names()) == ["a", "b", "c"]


async def test_what_fails_at_the_end_takes_all_of_it_back(shelf: db.Database) -> None:
    heard: list[str] = []

    async def fail() -> None:
        raise ZeroDivisionError

    async def work() -> None:
        async with db.transaction():
            await put("lost")
            db.after_commit(lambda: heard.append("lost"))
            db.before_commit(fail, order="")

    with pytest.raises(ZeroDivisionError):
        await work()

    assert (await names(), heard) == ([], [])
    with pytest.raises(db.TransactionBroken):
        db.before_commit(fail, order="")


async def test_sixty_concurrent_conditional_updates_all_count(shelf: db.Database) -> None:
    key = await put("counter")

    async def add_one() -> None:
        changed = 0
        while not changed:
            async with db.transaction():
                found = await db.row("SELECT n FROM shelf WHERE id = {}", key)
                assert found is not None
                changed = await db.execute(
                    "UPDATE shelf SET n = {} WHERE id = {} AND n = {}",
                    found["n"] + 1, key, found["n"],
                )  # fmt: skip

    await asyncio.gather(*(add_one() for _ in range(60)))

    assert await db.row("SELECT n FROM shelf WHERE id = {}", key) == {"n": 60}


async def test_a_cancelled_transaction_is_taken_back(shelf: db.Database) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with db.transaction():
            await put("a")
            inside.set()
            await asyncio.Event().wait()

    for _ in range(15):
        inside.clear()
        writing = asyncio.create_task(write())
        await inside.wait()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)

    assert await names() == []
    await put("b")
    assert await names() == ["b"]


async def test_cancelling_at_any_moment_leaves_the_database_usable(shelf: db.Database) -> None:
    async def write(number: int) -> None:
        async with db.transaction():
            await put(f"{number} first")
            await put(f"{number} second")

    for steps in range(40):
        writing = asyncio.create_task(write(steps))
        for _ in range(steps % 8):
            await asyncio.sleep(0)
        if steps % 3 == 0:
            await put(f"{steps} between")
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)

    stored = await names()
    first = {name.split()[0] for name in stored if name.endswith("first")}
    assert first == {name.split()[0] for name in stored if name.endswith("second")}


async def test_gathering_inside_a_transaction_is_refused(shelf: db.Database) -> None:
    async def gather() -> None:
        async with db.transaction():
            await asyncio.gather(put("a"), put("b"))

    with pytest.raises(db.TransactionBroken, match="one task"):
        await gather()

    await put("c")
    assert await names() == ["c"]


async def test_a_task_started_inside_a_transaction_may_not_query_later(shelf: db.Database) -> None:
    ended = asyncio.Event()

    async def late() -> None:
        await ended.wait()
        await put("late")

    async with db.transaction():
        await put("a")
        task = asyncio.create_task(late())
    ended.set()

    with pytest.raises(db.TransactionBroken, match="after_commit"):
        await task
    assert await names() == ["a"]


async def test_piccolo_tables_share_the_transaction(shelf: db.Database) -> None:
    key = uuid4()

    async def fail() -> None:
        async with db.transaction():
            await Shelf(id=uuid4(), name="lost").save()
            await put("lost too")
            raise ZeroDivisionError

    await Shelf.insert(Shelf(id=key, name="kept", at=NOW))
    with pytest.raises(ZeroDivisionError):
        await fail()
    changed = (
        await Shelf.update({Shelf.n: Shelf.n + 2})
        .where(Shelf.id == key)
        .returning(Shelf.n, Shelf.at)
    )

    found = await Shelf.objects().get(Shelf.name == "kept")
    assert found is not None
    assert changed == [{"n": 2, "at": NOW}]
    assert (found.id, found.n, found.at) == (key, 2, NOW)
    assert await Shelf.count() == 1
    assert await Shelf.exists().where(Shelf.name == "lost") is False


async def test_piccolo_saves_a_row_it_has_read(shelf: db.Database) -> None:
    made = Shelf(id=uuid4(), name="a")
    await made.save()
    made.name = "b"
    await made.save()

    assert await Shelf.select(Shelf.name, Shelf.id) == [{"name": "b", "id": made.id}]


async def test_a_second_database_at_once_is_refused(
    database: db.Database, database_url: str
) -> None:
    with pytest.raises(RuntimeError, match="open already"):
        await db.open_database(database_url)


async def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(ValueError, match="MOTCUA_DATABASE_URL"):
        await db.open_database("mysql://localhost/x")


WRITER = """
import asyncio, sys
from uuid import uuid4
from backend.platform import db

async def main():
    await db.open_database(sys.argv[1])
    number = int(sys.argv[2])
    async def write():
        nonlocal number
        while True:
            number += 1
            mine = number
            async with db.transaction():
                await db.execute("INSERT INTO shelf (id, name) VALUES ({}, {})", uuid4(), str(mine))
                await db.execute("UPDATE shelf SET n = n + 1 WHERE name = {}", str(mine))
            print(mine, flush=True)
    await asyncio.gather(*(write() for _ in range(4)))

asyncio.run(main())
"""


def write_until_killed(database_url: str, *, start: int) -> set[str]:
    """Let another process write, kill it in the middle, return what it had acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, database_url, str(start)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    assert writer.stdout is not None
    acknowledged = {writer.stdout.readline() for _ in range(25)}
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged |= set(writer.stdout)
    writer.stdout.close()
    writer.wait()
    return {line.strip() for line in acknowledged if line.endswith("\n")}


async def test_a_writer_killed_at_once_loses_nothing_it_acknowledged(
    shelf: db.Database, database_url: str
) -> None:
    await shelf.close()

    acknowledged: set[str] = set()
    for start in (0, 100_000, 200_000):
        acknowledged |= write_until_killed(database_url, start=start)

    again = await db.open_database(database_url)
    try:
        found = await db.rows("SELECT name, n FROM shelf")
        assert len(acknowledged) >= 75
        assert acknowledged <= {row["name"] for row in found}
        assert {row["n"] for row in found} == {1}
    finally:
        await again.close()
