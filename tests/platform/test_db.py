"""The database door: the same words on both engines."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from backend.platform import db

YES = True
NOW = datetime(2026, 11, 22, 9, 0, 0, 5, tzinfo=UTC)


async def put(name: str) -> UUID:
    key = uuid4()
    await db.execute("INSERT INTO shelf (id, name) VALUES ({}, {})", key, name)
    return key


async def names() -> list[str]:
    return [row["name"] for row in await db.rows("SELECT name FROM shelf ORDER BY name")]


@pytest.fixture
async def shelf(database: db.Database) -> db.Database:
    time, blob = ("TIMESTAMPTZ", "BLOB" if database.engine == "sqlite" else "BYTEA")
    await db.execute(
        f"CREATE TABLE shelf (id UUID PRIMARY KEY, name TEXT UNIQUE, n BIGINT NOT NULL DEFAULT 0,"
        f" at {time}, body {blob}, yes BOOLEAN)"
    )
    return database


async def test_values_come_back_as_they_went_in(shelf: db.Database) -> None:
    key = uuid4()

    await db.execute(
        "INSERT INTO shelf (id, name, n, at, body, yes) VALUES ({}, {}, {}, {}, {}, {})",
        key, "Nguyễn", 10**12, NOW, b"\x00\xff", YES,
    )  # fmt: skip

    found = await db.row("SELECT * FROM shelf WHERE id = {}", key)
    assert found == {"id": key, "name": "Nguyễn", "n": 10**12, "at": NOW, "body": b"\x00\xff",
                     "yes": True}  # fmt: skip
    assert type(found["id"]) is UUID
    assert found["at"].tzinfo is UTC


async def test_returning_gives_typed_values_and_execute_counts(shelf: db.Database) -> None:
    key = uuid4()

    made = await db.rows(
        "INSERT INTO shelf (id, name, at) VALUES ({}, {}, {}) RETURNING id, at", key, "a", NOW
    )

    assert made == [{"id": key, "at": NOW}]
    assert await db.execute("UPDATE shelf SET n = n + 1 WHERE name = {}", "a") == 1
    assert await db.execute("UPDATE shelf SET n = n + 1 WHERE name = {}", "b") == 0


async def test_a_second_equal_row_is_a_duplicate(shelf: db.Database) -> None:
    await db.execute("INSERT INTO shelf (id, name) VALUES ({}, {})", uuid4(), "a")

    with pytest.raises(db.DuplicateRow):
        await db.execute("INSERT INTO shelf (id, name) VALUES ({}, {})", uuid4(), "a")


async def test_a_failed_transaction_leaves_nothing(shelf: db.Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            await put("a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await names() == []
