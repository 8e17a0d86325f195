"""The database (cơ sở dữ liệu): SQLite or PostgreSQL behind the same few functions.

`open_database` once per process, `migrate`, then `async with transaction():` around what must
stand or fall together, Piccolo's tables for everyday queries and `rows`, `row`, `execute` with
`{}` placeholders on hot paths.
"""

from backend.platform.db.database import Database, open_database
from backend.platform.db.faults import DuplicateRow
from backend.platform.db.inserting import insert, places
from backend.platform.db.lock import DataLock, LockHeld, hold_lock
from backend.platform.db.migrations import MigrationRefused, OnEngine, append_only, migrate
from backend.platform.db.sqlite import DamagedDatabase
from backend.platform.db.transactions import (
    TransactionBroken,
    after_commit,
    before_commit,
    engine,
    execute,
    execute_many,
    in_transaction,
    row,
    rows,
    transaction,
)

__all__ = [
    "DamagedDatabase",
    "DataLock",
    "Database",
    "DuplicateRow",
    "LockHeld",
    "MigrationRefused",
    "OnEngine",
    "TransactionBroken",
    "after_commit",
    "append_only",
    "before_commit",
    "engine",
    "execute",
    "execute_many",
    "hold_lock",
    "in_transaction",
    "insert",
    "migrate",
    "open_database",
    "places",
    "row",
    "rows",
    "transaction",
]
