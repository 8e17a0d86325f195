"""Fixtures of the whole suite: a fresh, migrated database for each test that asks for one.

SQLite by default. PostgreSQL when MOTCUA_DATABASE_URL is `postgresql://…` (see
`tests/postgres.py`): each test gets its own copy of a migrated template database there.
"""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import hypothesis
import pytest

from backend.platform import outbox
from backend.platform.db import Database, migrations, open_database
from backend.platform.kit.logs import JsonLines

hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")
"""How fast a machine is decides no test."""

SERVER = os.environ.get("MOTCUA_DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")
_HERE = Path(__file__).parent
ROOMS = tuple(_HERE / room for room in ("backend", "platform", "payment_adapters", "procedures"))
"""Where a test that wants a database asks `migrated` for it; elsewhere whole houses are run."""
ONLY_HERE = "platform/test_postgresql.py"
collect_ignore = [] if ON_POSTGRESQL else [ONLY_HERE]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on the second engine, what asks for no database: it would be the same test."""
    if not ON_POSTGRESQL:
        return
    same = [item for item in items if _same_on_every_engine(item)]
    items[:] = [item for item in items if item not in set(same)]
    config.hook.pytest_deselected(items=same)


def _same_on_every_engine(item: pytest.Item) -> bool:
    if item.path == _HERE / ONLY_HERE:
        return False
    asked = getattr(item, "fixturenames", ())
    return any(item.path.is_relative_to(room) for room in ROOMS) and "migrated" not in asked


def _named(database: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{database}"))


async def _on_server(*statements: str) -> None:
    connection = await asyncpg.connect(SERVER)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


async def _migrate(url: str) -> None:
    database = await open_database(url)
    try:
        await migrations.apply(database, migrations.discover())
    finally:
        await database.close()


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Undo what a command run in this process says about its log: it outlives the command."""
    loggers = [logging.getLogger(), logging.getLogger("motcua")]
    before = [one.level for one in loggers]
    yield
    for one, level in zip(loggers, before, strict=True):
        one.setLevel(level)
    for handler in [*loggers[0].handlers]:
        if isinstance(handler.formatter, JsonLines):
            loggers[0].removeHandler(handler)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with all tables and no rows, to be copied: a file, or a template's name."""
    if not ON_POSTGRESQL:
        file = tmp_path_factory.mktemp("migrated") / "template.db"
        asyncio.run(_migrate(f"sqlite:///{file}"))
        yield str(file)
        return
    name = f"template_{uuid4().hex}"
    asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    asyncio.run(_migrate(_named(name)))
    yield name
    asyncio.run(_on_server(f"DROP DATABASE {name}"))


@pytest.fixture
def database_url(migrated: str, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database that nobody has opened."""
    if not ON_POSTGRESQL:
        file = tmp_path / "motcua.db"
        shutil.copyfile(migrated, file)
        yield f"sqlite:///{file}"
        return
    name = f"test_{uuid4().hex}"
    asyncio.run(_on_server(f"CREATE DATABASE {name} TEMPLATE {migrated} STRATEGY wal_log"))
    yield _named(name)
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database, open."""
    opened = await open_database(database_url)
    outbox.connect({})  # a test that wants reactions connects its own
    yield opened
    await opened.close()
