"""SQLite for a busy server: one connection writes and checkpoints, a few only read.

Each connection lives in its own thread and does its work in the order it was handed in, so a
roll-back that was handed in cannot be overtaken. One statement is one hop: run, fetch and close
the cursor together (a RETURNING statement left open delays the commit). BEGIN travels with the
first statement of a transaction. Only the writer checkpoints, between transactions: that keeps
clear of the WAL-reset race of SQLite before 3.51.3.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar
from uuid import UUID

import piccolo.engine.sqlite  # noqa: F401 - registers its converters first, ours replace them

from backend.platform.db import faults
from backend.platform.db.driver import Args, Rows
from backend.platform.kit.errors import Busy

log = logging.getLogger(__name__)

READERS = 3
COMMITS_PER_CHECKPOINT = 200
_LARGEST_WAL = 64 * 1024 * 1024

T = TypeVar("T")


class DamagedDatabase(Exception):  # noqa: N818
    """The database file does not pass SQLite's quick check (tệp dữ liệu bị hỏng)."""


def _time_in(value: datetime) -> str:
    """Write a moment so that text order is time order; a moment without a zone is refused."""
    if value.tzinfo is None:
        msg = "a time without a zone cannot be stored"
        raise ValueError(msg)
    return value.astimezone(UTC).isoformat(" ", "microseconds")


def _time_out(value: bytes) -> datetime:
    return datetime.fromisoformat(value.decode())


def _uuid_out(value: bytes) -> UUID:
    return UUID(value.decode())


def _bool_out(value: bytes) -> bool:
    return value == b"1"


sqlite3.register_adapter(datetime, _time_in)
sqlite3.register_converter("TIMESTAMPTZ", _time_out)
sqlite3.register_converter("UUID", _uuid_out)
sqlite3.register_converter("BOOLEAN", _bool_out)
sqlite3.register_converter("INTEGER", int)


class Connection:
    """One SQLite connection in its own thread; jobs run one after the other."""

    def __init__(self, opened: Callable[[], sqlite3.Connection], name: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._inbox: SimpleQueue[tuple[asyncio.Future[Any], Callable[..., Any], Any] | None]
        self._inbox = SimpleQueue()
        self._thread = Thread(target=self._work, args=(opened,), name=name, daemon=True)
        self._thread.start()

    def post(self, job: Callable[..., T], *args: Any) -> "asyncio.Future[T]":
        """Hand in a job; it is done even when nobody waits for it any more."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._inbox.put((future, job, args))
        return future

    def close(self) -> None:
        """Close the connection after the jobs that are already handed in, and wait for that."""
        self._inbox.put(None)
        self._thread.join()

    def _work(self, opened: Callable[[], sqlite3.Connection]) -> None:
        connection: sqlite3.Connection | None = None
        while (item := self._inbox.get()) is not None:
            future, job, args = item
            result: Any = None
            error: BaseException | None = None
            try:
                connection = connection or opened()
                result = job(connection, *args)
            except sqlite3.Error as fault:
                error = faults.of_sqlite(fault)
            except BaseException as fault:  # noqa: BLE001 - it belongs to the one who waits
                error = fault
            try:
                self._loop.call_soon_threadsafe(_settle, future, result, error)
            except RuntimeError:
                log.debug("the event loop ended before the answer of a query")
        if connection is not None:
            connection.close()


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


def fetch(connection: sqlite3.Connection, text: str, args: Args) -> Rows:
    """Run one statement and close its cursor in the same hop."""
    cursor = connection.execute(text, args)
    try:
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    finally:
        cursor.close()


def _run(connection: sqlite3.Connection, text: str, args: Args) -> int:
    cursor = connection.execute(text, args)
    try:
        if cursor.description is not None:
            cursor.fetchall()
        return max(cursor.rowcount, 0)
    finally:
        cursor.close()


def _run_many(connection: sqlite3.Connection, text: str, many: Sequence[Args]) -> None:
    connection.executemany(text, many).close()


def _after_begin(connection: sqlite3.Connection, job: Callable[..., T], *args: Any) -> T:
    connection.execute("BEGIN IMMEDIATE").close()
    return job(connection, *args)


def _whole(connection: sqlite3.Connection, job: Callable[..., T], *args: Any) -> T:
    """Run begin, the statements and the commit in one hop."""
    try:
        result = _after_begin(connection, job, *args)
        connection.execute("COMMIT").close()
    except BaseException:
        _rollback(connection)
        raise
    return result


def _commit(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("COMMIT").close()
    except BaseException:
        _rollback(connection)
        raise


def _rollback(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK").close()


def _checkpoint(connection: sqlite3.Connection) -> None:
    """Copy the log into the database; a failed fsync here must be seen, so it is ours to call."""
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()


@lru_cache(maxsize=4096)
def _only_reads(text: str) -> bool:
    return text.lstrip()[:6].upper() == "SELECT"


class SQLite:
    """The embedded engine: one process, one file, nothing to install."""

    engine = "sqlite"

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._read_only = read_only
        self._writer = Connection(self._open_reader if read_only else self._open_writer, "db-write")
        self._turn = asyncio.Lock()
        self._commits = 0
        self._idle: list[Connection] = []
        self.readers: list[Connection] = []
        self._free_readers = asyncio.Semaphore(READERS)

    def compiled(self, sql: str) -> str:
        """Write `?` for each `{}`."""
        return sql.replace("{}", "?")

    async def check(self) -> None:
        """Open the file and refuse a damaged one."""
        found = await self._writer.post(fetch, "PRAGMA quick_check", ())
        faults_found = [str(row["quick_check"]) for row in found]
        if faults_found != ["ok"]:
            raise DamagedDatabase(f"{self._path}: {faults_found[0]}")

    async def fetch(self, text: str, args: Args) -> Rows:
        """Run one statement of its own; SELECT goes to a reader."""
        if not _only_reads(text):
            return await self._alone(fetch, text, args)
        await _turn_of(self._free_readers)
        try:
            reader = self._idle.pop() if self._idle else self._another_reader()
            try:
                return await reader.post(fetch, text, args)
            finally:
                self._idle.append(reader)
        finally:
            self._free_readers.release()

    async def run(self, text: str, args: Args) -> int:
        """Run one writing statement of its own."""
        return await self._alone(_run, text, args)

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        """Run one statement for each set of values, all or none."""
        await self._alone(_whole, _run_many, text, many)

    async def begin(self) -> "_Link":
        """Wait for the writer; BEGIN IMMEDIATE travels with the first statement."""
        await _turn_of(self._turn)
        return _Link(self, self._writer)

    async def close(self) -> None:
        """Close the readers first, so that the writer makes the last checkpoint."""
        for reader in self.readers:
            reader.close()
        self._writer.close()

    def ended(self, *, wrote: bool) -> None:
        """Hand the writer on; now and then copy the log into the database in between."""
        if wrote:
            self._commits += 1
            if self._commits % COMMITS_PER_CHECKPOINT == 0:
                self._writer.post(_checkpoint).add_done_callback(_report)
        self._turn.release()

    async def _alone(self, job: Callable[..., T], *args: Any) -> T:
        await _turn_of(self._turn)
        try:
            return await self._writer.post(job, *args)
        finally:
            self.ended(wrote=True)

    def _another_reader(self) -> Connection:
        reader = Connection(self._open_reader, f"db-read-{len(self.readers)}")
        self.readers.append(reader)
        return reader

    def _open_writer(self) -> sqlite3.Connection:
        connection = self._connect("rwc")
        connection.execute("PRAGMA journal_mode = WAL").close()
        connection.execute("PRAGMA synchronous = FULL").close()
        connection.execute(f"PRAGMA journal_size_limit = {_LARGEST_WAL}").close()
        return connection

    def _open_reader(self) -> sqlite3.Connection:
        connection = self._connect("ro" if self._read_only else "rw")
        connection.execute("PRAGMA query_only = 1").close()
        return connection

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=faults.PATIENCE,
            isolation_level=None,
            detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
            cached_statements=512,
        )
        connection.execute("PRAGMA foreign_keys = 1").close()
        connection.execute("PRAGMA wal_autocheckpoint = 0").close()
        connection.execute("PRAGMA temp_store = MEMORY").close()
        return connection


class _Link:
    """One transaction on the writer."""

    def __init__(self, driver: SQLite, writer: Connection) -> None:
        self._driver = driver
        self._writer = writer
        self._begun = False

    async def fetch(self, text: str, args: Args) -> Rows:
        return await self._post(fetch, text, args)

    async def run(self, text: str, args: Args) -> int:
        return await self._post(_run, text, args)

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        await self._post(_run_many, text, many)

    def commit(self) -> "asyncio.Future[None]":
        return self._end(_commit, wrote=True)

    def rollback(self) -> "asyncio.Future[None]":
        return self._end(_rollback, wrote=False)

    def _post(self, job: Callable[..., T], *args: Any) -> "asyncio.Future[T]":
        if self._begun:
            return self._writer.post(job, *args)
        self._begun = True
        return self._writer.post(_after_begin, job, *args)

    def _end(self, job: Callable[..., None], *, wrote: bool) -> "asyncio.Future[None]":
        if not self._begun:
            self._driver.ended(wrote=False)
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            done.set_result(None)
            return done
        ending = self._writer.post(job)
        ending.add_done_callback(lambda _: self._driver.ended(wrote=wrote))
        return ending


async def _turn_of(line: asyncio.Lock | asyncio.Semaphore) -> None:
    """Stand in line, but not for longer than a caller can wait."""
    if not line.locked():
        await line.acquire()
        return
    try:
        async with asyncio.timeout(faults.PATIENCE):
            await line.acquire()
    except TimeoutError:
        raise Busy("database") from None


def _report(checkpoint: "asyncio.Future[None]") -> None:
    if (error := checkpoint.exception()) is not None:
        log.error("the checkpoint failed and will be tried again: %s", error)


_GOOD_FROM = (3, 51, 3)
_GOOD_BACKPORTS = {(3, 44): 6, (3, 50): 7}


def version_warning(version: tuple[int, int, int]) -> str | None:
    """Warn of the SQLite versions that carry the WAL-reset race (fixed in 3.51.3)."""
    major, minor, patch = version
    backport = _GOOD_BACKPORTS.get((major, minor))
    if version >= _GOOD_FROM or (backport is not None and patch >= backport):
        return None
    return (
        f"SQLite {major}.{minor}.{patch} has the WAL-reset race (good: 3.51.3, 3.50.7, 3.44.6); "
        "safe here, because one connection both writes and checkpoints. Let no other program "
        "write to the database file while the server runs."
    )
