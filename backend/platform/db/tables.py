"""Piccolo's tables on our engines: its queries run through the same transactions as our SQL."""

import sqlite3
from typing import Any

from piccolo.engine.base import BaseAtomic, BaseBatch, Engine
from piccolo.query.base import Query
from piccolo.querystring import QueryString
from piccolo.table import TABLE_REGISTRY

from backend.platform.db import transactions

_PICCOLO_NAMES = {"sqlite": "sqlite", "postgresql": "postgres"}


class HouseEngine(Engine[Any]):
    """Piccolo's engine for both databases: it builds the SQL, `transactions` runs it."""

    def __init__(self, engine: str) -> None:  # Piccolo's own start would open connections
        self.log_queries = False
        self.log_responses = False
        self.engine_type = _PICCOLO_NAMES[engine]
        self.min_version_number = 0
        self.query_id = 0
        self.current_transaction = transactions.current

    async def get_version(self) -> float:
        """Say the version as Piccolo asks for it."""
        return self.get_version_sync()

    def get_version_sync(self) -> float:
        """Say what Piccolo may use: RETURNING needs SQLite 3.35; PostgreSQL is never asked."""
        major, minor, _ = sqlite3.sqlite_version_info
        return float(f"{major}.{minor}")

    async def prep_database(self) -> None:
        """Nothing to prepare: migrations are ours."""

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:  # noqa: ARG002, FBT001, FBT002
        """Run one query of a table."""
        text, args = querystring.compile_string(engine_type=self.engine_type)
        return await transactions.statements().fetch(text, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:  # noqa: ARG002, FBT001, FBT002
        """Run one statement that changes tables."""
        return await transactions.statements().fetch(ddl, ())

    def transaction(self, *_: Any, **__: Any) -> Any:
        """Open or join our own transaction."""
        return transactions.transaction()

    async def batch(
        self, query: Query[Any, Any], batch_size: int = 100, node: str | None = None
    ) -> BaseBatch:
        """Not offered: page with `limit` and the last key seen."""
        raise NotImplementedError

    def atomic(self) -> BaseAtomic:
        """Not offered: use `transaction()`."""
        raise NotImplementedError


def bind(engine: str) -> None:
    """Let every table that is imported so far query the database that was opened."""
    house = HouseEngine(engine)
    for table in TABLE_REGISTRY:
        table._meta.db = house  # noqa: SLF001 - Piccolo offers no other way to set it late
