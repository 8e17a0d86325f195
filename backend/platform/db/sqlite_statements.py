"""How one statement runs on one SQLite connection: types in and out, cursors closed at once.

A cursor left open (after RETURNING, for example) delays the commit, so that other connections do
not see the row; therefore each function fetches everything and closes its cursor.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import piccolo.engine.sqlite  # noqa: F401 - registers its converters first, ours replace them

from backend.platform.db import faults
from backend.platform.db.driver import Args, Rows

T = TypeVar("T")
Job = Callable[..., T]


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


@lru_cache(maxsize=4096)
def only_reads(text: str) -> bool:
    """Tell whether a statement may run on a connection that cannot write."""
    return text.lstrip()[:6].upper() == "SELECT"


@lru_cache(maxsize=4096)
def only_changes_rows(text: str) -> bool:
    """Tell whether a statement that changes no row changes nothing at all."""
    return text.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "WITH"))


def may_take_long(text: str) -> bool:
    """Tell whether a statement may touch any number of rows: sweeps delete."""
    return text.lstrip()[:6].upper() == "DELETE"


def fetch(connection: sqlite3.Connection, text: str, args: Args) -> Rows:
    """Run one statement and return its rows."""
    cursor = connection.execute(text, args)
    try:
        if cursor.description is None:
            return []
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    finally:
        cursor.close()


def run(connection: sqlite3.Connection, text: str, args: Args) -> int:
    """Run one statement and count the rows it changed."""
    cursor = connection.execute(text, args)
    try:
        if cursor.description is not None:
            cursor.fetchall()
        return max(cursor.rowcount, 0)
    finally:
        cursor.close()


def run_many(connection: sqlite3.Connection, text: str, many: Sequence[Args]) -> None:
    """Run one statement for each set of values."""
    connection.executemany(text, many).close()


def begin(connection: sqlite3.Connection) -> None:
    """Take SQLite's write lock now, not at the first write."""
    connection.execute("BEGIN IMMEDIATE").close()


def look(connection: sqlite3.Connection) -> None:
    """Begin to read as of one moment, beside a program that writes."""
    connection.execute("BEGIN").close()


def commit(connection: sqlite3.Connection) -> None:
    """Make it lasting, or else take it back."""
    try:
        connection.execute("COMMIT").close()
    except BaseException:
        rollback(connection)
        raise


def rollback(connection: sqlite3.Connection) -> None:
    """Take it back, if SQLite has not done so by itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK").close()


def save(connection: sqlite3.Connection) -> None:
    """Begin a part of the open transaction that can be taken back alone."""
    connection.execute("SAVEPOINT part").close()


def release(connection: sqlite3.Connection) -> None:
    """End such a part; it stands with the transaction."""
    connection.execute("RELEASE part").close()


def take_back(connection: sqlite3.Connection) -> None:
    """Take such a part back, if SQLite has not done so with the whole transaction."""
    if connection.in_transaction:
        connection.execute("ROLLBACK TO part").close()
        release(connection)


def patiently(connection: sqlite3.Connection, job: Job[T], *args: Any) -> T:
    """Run a job; while another program holds the lock, try for 5 s (never in the event loop)."""
    try:
        return job(connection, *args)
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    connection.execute(f"PRAGMA busy_timeout = {round(faults.PATIENCE * 1000)}").close()
    try:
        return job(connection, *args)
    finally:
        connection.execute("PRAGMA busy_timeout = 0").close()


def checkpoint(connection: sqlite3.Connection) -> None:
    """Copy the log into the database; a failed fsync here must be seen, so it is ours to call."""
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
