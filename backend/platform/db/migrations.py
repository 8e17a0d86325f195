"""One linear history of hand-written migrations (nâng cấp dữ liệu), the same on both engines.

A migration is a module `mNNNN_name.py` of `backend/migrations` with a docstring (why, how long)
and `STATEMENTS`. Each runs in one transaction, together with its row in `migrations`.
"""

import importlib
import pkgutil
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from backend.platform.db import transactions
from backend.platform.db.transactions import execute, rows, transaction

_NAME = re.compile(r"m(\d{4})_[a-z0-9_]+")

_TOKENS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "{uuid}": "UUID",
        "{time}": "TIMESTAMPTZ",
        "{blob}": "BLOB",
        "{json}": "TEXT",
        "{int}": "BIGINT",
        "{serial}": "INTEGER PRIMARY KEY",
    },
    "postgresql": {
        "{uuid}": "UUID",
        "{time}": "TIMESTAMPTZ",
        "{blob}": "BYTEA",
        "{json}": "TEXT",
        "{int}": "BIGINT",
        "{serial}": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    },
}


class MigrationRefused(Exception):  # noqa: N818
    """The database and the migrations of this version do not fit; nothing was changed."""


class OnEngine(Struct, frozen=True):
    """Statements that differ by engine, such as triggers."""

    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


Statement = str | OnEngine


class Migration(Struct, frozen=True):
    """One step of the history."""

    number: int
    name: str
    statements: tuple[Statement, ...]


def append_only(table: str) -> OnEngine:
    """Let rows of a table be added, never changed or deleted (chỉ ghi thêm)."""
    words = f"rows of {table} are never changed or deleted"
    return OnEngine(
        sqlite=tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            for verb in ("UPDATE", "DELETE")
        ),
        postgresql=(
            f"""CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION '{words}'; END $$""",
            f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()""",
        ),
    )


def discover(package: str = "backend.migrations") -> list[Migration]:
    """Read the migrations of a package in the order of their numbers."""
    found = []
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        match = _NAME.fullmatch(module.name)
        if match is None:
            raise MigrationRefused(f"{package}.{module.name} is not named mNNNN_name")
        code = importlib.import_module(f"{package}.{module.name}")
        found.append(Migration(int(match[1]), module.name, tuple(code.STATEMENTS)))
    return sorted(found, key=lambda migration: migration.name)


def check(migrations: Sequence[Migration]) -> None:
    """Refuse a history with a gap or a number given twice."""
    for expected, migration in enumerate(migrations, start=1):
        if migration.number != expected:
            raise MigrationRefused(f"{migration.name}: number {expected:04} was expected here")


def outstanding(migrations: Sequence[Migration], applied: Sequence[str]) -> list[Migration]:
    """Return what is still to apply; refuse a database that is newer or took another way."""
    known = [migration.name for migration in migrations]
    for name in applied:
        if name not in known:
            raise MigrationRefused(f"the database is newer than this version: it has {name}")
    if known[: len(applied)] != list(applied):
        raise MigrationRefused(f"applied in another order: {', '.join(applied)}")
    return list(migrations[len(applied) :])


async def migrate(database: transactions.Opened, package: str = "backend.migrations") -> list[str]:
    """Bring the database to this version; return the names of the migrations applied now."""
    migrations = discover(package)
    check(migrations)
    return await apply(database, migrations)


async def apply(database: transactions.Opened, migrations: Sequence[Migration]) -> list[str]:
    """Apply what is outstanding, one transaction each."""
    engine = database.driver.engine
    await execute(_sql(engine, _OWN_TABLE))
    applied = await rows("SELECT name FROM migrations ORDER BY name")
    todo = outstanding(migrations, [str(one["name"]) for one in applied])
    return [migration.name for migration in todo if await _apply_one(engine, migration)]


_OWN_TABLE = (
    "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied_at {time} NOT NULL)"
)


async def _apply_one(engine: str, migration: Migration) -> bool:
    """Apply one step, unless another process that starts at the same time has just done it."""
    async with transaction():
        if engine == "postgresql":
            await execute("SET LOCAL statement_timeout = 0")
            await execute("SET LOCAL lock_timeout = 0")
            await execute("LOCK TABLE migrations")
        if await rows("SELECT name FROM migrations WHERE name = {}", migration.name):
            return False
        await execute(
            "INSERT INTO migrations (name, applied_at) VALUES ({}, {})",
            migration.name,
            datetime.now(UTC),
        )
        for statement in migration.statements:
            for text in _texts(engine, statement):
                await transactions.statements().run(_sql(engine, text), ())
    return True


def _texts(engine: str, statement: Statement) -> tuple[str, ...]:
    if isinstance(statement, str):
        return (statement,)
    return statement.sqlite if engine == "sqlite" else statement.postgresql


def _sql(engine: str, text: str) -> str:
    for token, word in _TOKENS[engine].items():
        text = text.replace(token, word)
    return text
