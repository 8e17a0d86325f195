"""Limits: so many tries in a window, counted once each, whoever asks."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from backend.platform import db, limits
from backend.platform.kit.errors import TooMany

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def hit(key: str = "0901234567", *, now: datetime = NOW) -> None:
    await limits.hit("track", key, limit=5, window=HOUR, now=now)


async def test_the_sixth_try_is_refused_until_the_window_closes(database: db.Database) -> None:
    for minute in range(5):
        await hit(now=NOW + timedelta(minutes=minute))

    with pytest.raises(TooMany) as refused:
        await hit(now=NOW + timedelta(minutes=30))

    assert refused.value.headers["Retry-After"] == "1800"
    await hit(now=NOW + HOUR)


async def test_each_key_and_each_name_counts_for_itself(database: db.Database) -> None:
    for _ in range(5):
        await hit()

    await hit("0907654321")
    await limits.hit("sign-in", "0901234567", limit=5, window=HOUR, now=NOW)


async def test_racers_get_exactly_the_limit(database: db.Database) -> None:
    answers = await asyncio.gather(*(hit() for _ in range(16)), return_exceptions=True)

    assert sum(answer is None for answer in answers) == 5
    assert sum(isinstance(answer, TooMany) for answer in answers) == 11


async def test_looking_does_not_count_and_clearing_forgets(database: db.Database) -> None:
    for _ in range(8):
        await limits.check("track", "a", limit=1, now=NOW)
    await limits.hit("track", "a", limit=1, window=HOUR, now=NOW)
    with pytest.raises(TooMany):
        await limits.check("track", "a", limit=1, now=NOW)

    await limits.clear("track", "a")

    await limits.check("track", "a", limit=1, now=NOW)


async def test_counting_inside_a_transaction_is_refused(database: db.Database) -> None:
    async def count() -> None:
        async with db.transaction():
            await hit()

    with pytest.raises(db.TransactionBroken):
        await count()


async def test_no_key_is_stored_and_closed_windows_are_swept(database: db.Database) -> None:
    await hit()
    stored = await db.rows("SELECT * FROM limits")
    assert "0901234567" not in str(stored)

    await limits.sweep(now=NOW + HOUR)

    assert await db.rows("SELECT * FROM limits") == []


async def test_where_limits_are_lifted_nothing_counts(database: db.Database) -> None:
    token = limits.lifted.set(True)
    for _ in range(8):
        await hit()
    limits.lifted.reset(token)

    for _ in range(5):
        await hit()
    with pytest.raises(TooMany):
        await hit()
