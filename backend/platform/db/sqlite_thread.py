"""One SQLite connection with a thread beside it, for the work that waits for the disk."""

import asyncio
import sqlite3
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from backend.platform.db import faults
from backend.platform.kit import logs

_logger = logs.get("db")

T = TypeVar("T")


class Connection:
    """A connection whose jobs run in its thread, in the order they were handed in."""

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
                _logger.debug("answer-not-awaited")
        if connection is not None:
            connection.close()


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
