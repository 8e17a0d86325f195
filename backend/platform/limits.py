"""How often something may be tried (giới hạn số lần thử), counted in the database.

A window opens at the first try and closes after its length; a refused try says when. One atomic
statement on both engines, so several processes count together. Keys (a phone, an address) are
stored only as a hash, and only until their window closes.
"""

import math
from contextvars import ContextVar
from datetime import datetime, timedelta
from hashlib import sha256

from backend.platform import db
from backend.platform.kit.errors import TooMany

lifted: ContextVar[bool] = ContextVar("lifted", default=False)
"""Set by the gate for callers on this machine in mode `test`: for them nothing counts."""


async def hit(name: str, key: str, *, limit: int, window: timedelta, now: datetime) -> None:
    """Count one try; refuse it with `TooMany` when `limit` tries were made in this window.

    Outside of any transaction: a try that fails must stay counted.
    """
    if db.in_transaction():
        raise db.TransactionBroken("count outside of a transaction, or a failed try is forgotten")
    if lifted.get():
        return
    counted = await db.row(
        "INSERT INTO limits (bucket, hits, until) VALUES ({}, 1, {})"
        " ON CONFLICT (bucket) DO UPDATE SET"
        " hits = CASE WHEN limits.until <= {} THEN 1 ELSE limits.hits + 1 END,"
        " until = CASE WHEN limits.until <= {} THEN excluded.until ELSE limits.until END"
        " WHERE limits.until <= {} OR limits.hits < {} RETURNING hits",
        _bucket(name, key), now + window, now, now, now, limit,
    )  # fmt: skip
    if counted is None:
        await check(name, key, limit=limit, now=now)


async def check(name: str, key: str, *, limit: int, now: datetime) -> None:
    """Refuse with `TooMany` when nothing is left, without counting (where only failures count)."""
    if lifted.get():
        return
    found = await db.row(
        "SELECT hits, until FROM limits WHERE bucket = {} AND until > {}", _bucket(name, key), now
    )
    if found is not None and found["hits"] >= limit:
        raise TooMany(name, retry_after=math.ceil((found["until"] - now).total_seconds()))


async def give_back(name: str, key: str) -> None:
    """Take back one counted try, where only failures shall stay counted."""
    await db.execute(
        "UPDATE limits SET hits = hits - 1 WHERE bucket = {} AND hits > 0", _bucket(name, key)
    )


async def clear(name: str, key: str) -> None:
    """Forget the tries, for example after the right password."""
    await db.execute("DELETE FROM limits WHERE bucket = {}", _bucket(name, key))


async def sweep(*, now: datetime) -> None:
    """Delete closed windows (recurring work)."""
    await db.execute("DELETE FROM limits WHERE until <= {}", now)


def _bucket(name: str, key: str) -> bytes:
    return sha256(f"{name}\0{key}".encode()).digest()[:16]
