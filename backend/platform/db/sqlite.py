"""SQLite for a busy server: one connection writes and checkpoints, a few only read.

What needs no disk is done at once in the event loop: a hop to a thread and back costs ten times
what a usual statement does. That is each statement of an open transaction (its pages wait in
memory until the commit) and each short SELECT; a SELECT that turns out to be long is stopped after
a millisecond or two and done by a reader in its thread, from then on at once.

What waits for the disk or for another program runs in a thread: a commit, a checkpoint, a sweep,
BEGIN while another program holds the lock. Only the writer checkpoints, between transactions: that
keeps clear of the WAL-reset race of SQLite before 3.51.3.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from backend.platform.db import faults
from backend.platform.db import sqlite_statements as statements
from backend.platform.db.driver import Args, Rows, outlast
from backend.platform.db.sqlite_thread import Connection
from backend.platform.db.sqlite_writer import Turn, Writer
from backend.platform.kit.errors import Busy

READERS = 3
_LARGEST_WAL = 64 * 1024 * 1024
_STEPS, _GLANCE = 5_000, 4
"""A glance is over after 4 times 5,000 steps of SQLite's machine: one or two milliseconds."""
_MOST_REMEMBERED = 1_000

T = TypeVar("T")


class DamagedDatabase(Exception):  # noqa: N818
    """The database file does not pass SQLite's quick check (tệp dữ liệu bị hỏng)."""


class _Glance:
    """A connection for short SELECTs in the event loop; it stops what takes too long."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._too_long: set[str] = set()
        self._spent = 0
        connection.set_progress_handler(self._stop, _STEPS)

    def fetch(self, text: str, args: Args) -> Rows | None:
        """Return the rows, or None when this is work for a thread."""
        if text in self._too_long:
            return None
        self._spent = 0
        try:
            return statements.fetch(self.connection, text, args)
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                if len(self._too_long) >= _MOST_REMEMBERED:
                    self._too_long.clear()
                self._too_long.add(text)
            elif fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise faults.of_sqlite(fault) from fault
            return None

    def _stop(self) -> bool:
        self._spent += 1
        return self._spent > _GLANCE


class SQLite:
    """The embedded engine: one process, one file, nothing to install."""

    engine = "sqlite"

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._path = path
        self._read_only = read_only
        self._writer = (
            Writer(self._open_reader, begin=statements.look)
            if read_only
            else Writer(self._open_writer)
        )
        self._idle: list[Connection] = []
        self.readers: list[Connection] = []
        self._free_readers = asyncio.Semaphore(READERS)

    def compiled(self, sql: str) -> str:
        """Write `?` for each `{}`."""
        return sql.replace("{}", "?")

    async def start(self) -> None:
        """Open the file and refuse a damaged one."""
        found = await self._writer.post(statements.fetch, "PRAGMA quick_check", ())
        if [row["quick_check"] for row in found] != ["ok"]:
            raise DamagedDatabase(f"{self._path}: {found[0]['quick_check']}")
        await self._writer.start()
        self._glance = _Glance(self._open_reader())

    async def fetch(self, text: str, args: Args) -> Rows:
        """Run one statement of its own; SELECT goes to a reader."""
        if not statements.only_reads(text):
            return await self._alone(statements.fetch, text, args)
        seen = self._glance.fetch(text, args)
        return await self._read(text, args) if seen is None else seen

    async def run(self, text: str, args: Args) -> int:
        """Run one writing statement of its own."""
        return await self._alone(statements.run, text, args)

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        """Run one statement for each set of values, all or none."""
        await self._alone(statements.run_many, text, many)

    async def begin(self) -> Turn:
        """Wait for the writer and for SQLite's own write lock."""
        return await self._writer.begin()

    async def close(self) -> None:
        """Close the readers first, so that the writer makes the last checkpoint."""
        for reader in self.readers:
            reader.close()
        if hasattr(self, "_glance"):
            self._glance.connection.close()
        self._writer.close()

    async def _alone(self, job: Callable[..., T], text: str, args: Any) -> T:
        """Run one writing statement as a transaction of its own."""
        turn = await self._writer.begin()
        try:
            done = await turn.do(job, text, args)
        except BaseException:
            await outlast(turn.rollback())
            raise
        if await outlast(turn.commit()):
            raise asyncio.CancelledError
        return done

    async def _read(self, text: str, args: Args) -> Rows:
        await _turn_of(self._free_readers)
        reader = self._idle.pop() if self._idle else self._another_reader()
        reading = reader.post(statements.patiently, statements.fetch, text, args)
        try:
            return await asyncio.shield(reading)
        finally:
            self._idle.append(reader)
            self._free_readers.release()

    def _another_reader(self) -> Connection:
        reader = Connection(self._open_reader, f"db-read-{len(self.readers)}")
        self.readers.append(reader)
        return reader

    def _open_writer(self) -> sqlite3.Connection:
        connection = self._connect("rwc")
        statements.patiently(connection, statements.run, "PRAGMA journal_mode = WAL", ())
        connection.execute("PRAGMA synchronous = FULL").close()
        connection.execute(f"PRAGMA journal_size_limit = {_LARGEST_WAL}").close()
        return connection

    def _open_reader(self) -> sqlite3.Connection:
        connection = self._connect("ro" if self._read_only else "rw")
        connection.execute("PRAGMA query_only = 1").close()
        return connection

    def _connect(self, mode: str) -> sqlite3.Connection:
        """Open a connection; only one thread uses it at a time, though not always the same."""
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=0,  # the event loop never waits for a lock; `patiently` does, in a thread
            isolation_level=None,
            check_same_thread=False,
            detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
            cached_statements=512,
        )
        connection.execute("PRAGMA foreign_keys = 1").close()
        connection.execute("PRAGMA wal_autocheckpoint = 0").close()
        connection.execute("PRAGMA temp_store = MEMORY").close()
        return connection


async def _turn_of(line: asyncio.Semaphore) -> None:
    """Stand in line, but not for longer than a caller can wait."""
    if not line.locked():
        await line.acquire()
        return
    try:
        async with asyncio.timeout(faults.PATIENCE):
            await line.acquire()
    except TimeoutError:
        raise Busy("database") from None


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
