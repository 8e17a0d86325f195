"""What can go wrong below a query, said in our own words on both engines.

| what happened                                   | what the caller sees            |
|-------------------------------------------------|---------------------------------|
| a unique index refuses a row                    | `DuplicateRow`                  |
| a lock is held longer than 5 s, connection lost | `Busy`, 503 with Retry-After    |
| the disk is full                                | `Full`, 507                     |
| a text holds what PostgreSQL keeps not (NUL)    | `Malformed`, 400                |
| fsync failed                                    | nothing: the process ends       |
| anything else                                   | the driver's own error: our bug |
"""

import os
import sqlite3
import sys

import asyncpg

from backend.platform.kit.errors import Busy, Full, Malformed

PATIENCE = 5.0
"""Seconds that a query waits for a lock, a connection or its turn before it answers Busy."""

_DUPLICATE = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
}
_FSYNC = {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR}
_LOW_BYTE = 0xFF  # an extended result code keeps its plain code there
_EXIT_IO = 74  # EX_IOERR of sysexits.h

_POSTGRES_BUSY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a statement on a connection that is just being cut
    asyncpg.OperatorInterventionError,  # statement time limit, shut-down, crash of a neighbour
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,  # deadlock, serialisation
    asyncpg.IdleInTransactionSessionTimeoutError,
    ConnectionError,
    TimeoutError,
)


class DuplicateRow(Exception):  # noqa: N818 - it names the row, not an error of ours
    """A unique index refused the row (dòng đã có): the same thing is there already."""


def of_sqlite(error: sqlite3.Error) -> Exception:
    """Say an error of SQLite in our words; a failed fsync ends the process at once.

    After a failed fsync nobody knows what the disk holds, and a second fsync would say "fine":
    only a fresh start with recovery may go on (DESIGN.md, trust.md matrix).
    """
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    if code in _FSYNC:
        end_at_once(f"fsync failed: {error}")
    if code in _DUPLICATE:
        return DuplicateRow(str(error))
    if code & _LOW_BYTE == sqlite3.SQLITE_FULL:
        return Full("database")
    if code & _LOW_BYTE in _BUSY:
        return Busy("database")
    return error


def of_postgresql(error: Exception) -> Exception:
    """Say an error of PostgreSQL or of the way to it in our words."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return DuplicateRow(str(error))
    if isinstance(error, asyncpg.DiskFullError):
        return Full("database")
    if isinstance(error, asyncpg.CharacterNotInRepertoireError):
        return Malformed("a character that cannot be stored")
    if isinstance(error, _POSTGRES_BUSY):
        return Busy("database")
    return error


def end_at_once(why: str) -> None:
    """End the process without any clean-up that could write once more."""
    sys.stderr.write(f"motcua: {why}; stopping now, so that nothing unsafe is acknowledged\n")
    sys.stderr.flush()
    os._exit(_EXIT_IO)
