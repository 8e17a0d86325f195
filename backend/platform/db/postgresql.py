"""PostgreSQL through one asyncpg pool, with time limits on locks and statements."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from backend.platform.db import faults
from backend.platform.db.driver import Args, Rows

_SERVER_SETTINGS = {
    "application_name": "motcua",
    "timezone": "UTC",
    "synchronous_commit": "on",
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "30s",
}


class _Plain(asyncpg.Connection):
    """A connection that is not reset between users: ours set nothing that outlives a commit."""

    def get_reset_query(self) -> str:
        return ""


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "uuid",
        schema="pg_catalog",
        format="binary",
        encoder=_uuid_in,
        decoder=_uuid_out,
    )


def _uuid_in(value: UUID) -> bytes:
    return value.bytes


def _uuid_out(value: bytes) -> UUID:
    return UUID(bytes=bytes(value))


@lru_cache(maxsize=4096)
def _numbered(sql: str) -> str:
    first, *others = sql.split("{}")
    return first + "".join(f"${number}{part}" for number, part in enumerate(others, start=1))


_FAULTS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # of asyncpg's own state: the connection is just being cut
    OSError,
)


@contextmanager
def _our_words() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        ours = faults.of_postgresql(fault)
        if ours is fault:
            raise
        raise ours from fault


def _aware(args: Args) -> Args:
    """Refuse a moment without a zone: asyncpg would take the machine's own."""
    for value in args:
        if type(value) is datetime and value.tzinfo is None:
            msg = "a time without a zone cannot be stored"
            raise ValueError(msg)
    return args


def _changed(status: str) -> int:
    """Read the number of rows from a command's tag, such as `UPDATE 3` or `INSERT 0 1`."""
    last = status.rpartition(" ")[2]
    return int(last) if last.isdigit() else 0


class PostgreSQL:
    """The distributed engine: several processes, one server."""

    engine = "postgresql"

    def __init__(self, pool: Any, *, read_only: bool) -> None:
        self._pool = pool
        self._begin = "BEGIN ISOLATION LEVEL REPEATABLE READ" if read_only else "BEGIN"

    @classmethod
    async def open(cls, url: str, *, read_only: bool) -> "PostgreSQL":
        """Open a small pool; it grows to ten connections."""
        settings = {
            **_SERVER_SETTINGS,
            "default_transaction_read_only": "on" if read_only else "off",
        }
        with _our_words():
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=10,
                timeout=faults.PATIENCE,
                init=_prepare,
                connection_class=_Plain,
                server_settings=settings,
            )
        return cls(pool, read_only=read_only)

    def compiled(self, sql: str) -> str:
        """Write `$1`, `$2` … for each `{}`."""
        return _numbered(sql)

    async def fetch(self, text: str, args: Args) -> Rows:
        """Run one statement of its own."""
        with _our_words():
            async with self._pool.acquire(timeout=faults.PATIENCE) as connection:
                return [dict(record) for record in await connection.fetch(text, *_aware(args))]

    async def run(self, text: str, args: Args) -> int:
        """Run one writing statement of its own."""
        with _our_words():
            async with self._pool.acquire(timeout=faults.PATIENCE) as connection:
                return _changed(await connection.execute(text, *_aware(args)))

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        """Run one statement for each set of values, all or none."""
        with _our_words():
            async with self._pool.acquire(timeout=faults.PATIENCE) as connection:
                await connection.executemany(text, [_aware(args) for args in many])

    async def begin(self) -> "_Link":
        """Take a connection and open a transaction on it."""
        with _our_words():
            connection = await self._pool.acquire(timeout=faults.PATIENCE)
            try:
                await connection.execute(self._begin)
            except BaseException:
                connection.terminate()
                await self._pool.release(connection)
                raise
        return _Link(self._pool, connection)

    async def close(self) -> None:
        """Close the pool; a connection that does not answer is cut after 5 s."""
        try:
            async with asyncio.timeout(faults.PATIENCE):
                await self._pool.close()
        except TimeoutError:
            self._pool.terminate()


class _Link:
    """One transaction on one connection of the pool."""

    def __init__(self, pool: Any, connection: PoolConnectionProxy) -> None:
        self._pool = pool
        self._connection = connection

    async def fetch(self, text: str, args: Args) -> Rows:
        with _our_words():
            return [dict(record) for record in await self._connection.fetch(text, *_aware(args))]

    async def run(self, text: str, args: Args) -> int:
        with _our_words():
            return _changed(await self._connection.execute(text, *_aware(args)))

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        with _our_words():
            await self._connection.executemany(text, [_aware(args) for args in many])

    def commit(self) -> "asyncio.Future[None]":
        return asyncio.ensure_future(self._end("COMMIT"))

    def rollback(self) -> "asyncio.Future[None]":
        return asyncio.ensure_future(self._take_back())

    async def _end(self, how: str) -> None:
        """End the transaction; a connection that cannot is thrown away, never lent again."""
        try:
            with _our_words():
                await self._connection.execute(how, timeout=faults.PATIENCE)
        except BaseException:
            self._connection.terminate()
            raise
        finally:
            await self._pool.release(self._connection)

    async def _take_back(self) -> None:
        try:
            await self._end("ROLLBACK")
        except Exception:  # noqa: BLE001 - the connection is cut, so the server takes it back
            return
