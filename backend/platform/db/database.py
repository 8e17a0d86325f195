"""Opening the process's one database."""

import sqlite3
from pathlib import Path
from urllib.parse import unquote

from backend.platform.db import tables, transactions
from backend.platform.db.driver import Driver
from backend.platform.db.postgresql import PostgreSQL
from backend.platform.db.sqlite import SQLite, version_warning
from backend.platform.kit import logs

_logger = logs.get("db")

_SQLITE = "sqlite:///"
_POSTGRESQL = ("postgresql://", "postgres://")


class Database:
    """The open database (cơ sở dữ liệu) of this process; `close()` it once."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver

    @property
    def engine(self) -> str:
        """Say `sqlite` or `postgresql`."""
        return self.driver.engine

    async def close(self) -> None:
        """Let go of every connection; on SQLite the log is copied into the database."""
        transactions.closed(self)
        await self.driver.close()


async def open_database(url: str, *, read_only: bool = False) -> Database:
    """Open `sqlite:///PATH` or `postgresql://…` and let every table query it.

    Read-only, a transaction sees one moment of the database, whatever others write meanwhile.
    The file is made when it is missing, not its tables: that is `migrate`. A damaged file is
    refused. Errors: `Busy` when the server cannot be reached, `DamagedDatabase`, ValueError.
    """
    database = Database(await _open_driver(url, read_only=read_only))
    try:
        transactions.opened(database)
    except RuntimeError:
        await database.driver.close()
        raise
    tables.bind(database.engine)
    return database


async def _open_driver(url: str, *, read_only: bool) -> Driver:
    if url.startswith(_POSTGRESQL):
        return await PostgreSQL.open(url, read_only=read_only)
    if not url.startswith(_SQLITE):
        msg = "MOTCUA_DATABASE_URL must begin with sqlite:/// or postgresql://"
        raise ValueError(msg)
    version = {"version": sqlite3.sqlite_version}
    _logger.info("sqlite", extra=version)
    major, minor, patch = sqlite3.sqlite_version_info
    if warning := version_warning((major, minor, patch)):
        _logger.warning("sqlite-version", extra={"reason": warning, **version})
    driver = SQLite(Path(unquote(url.removeprefix(_SQLITE))), read_only=read_only)
    try:
        await driver.start()
    except BaseException:
        await driver.close()
        raise
    return driver
