"""`transaction()` and the few functions that run SQL, the same on both engines."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, Protocol

from backend.platform.db.driver import Args, Driver, Link, Rows, Statements, outlast


class Opened(Protocol):
    """The database that this process has open."""

    driver: Driver


class TransactionBroken(RuntimeError):  # noqa: N818
    """A transaction was used in a way that could store half of a thing; nothing was stored."""


class Transaction:
    """One open transaction, tied to the task that opened it."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.callbacks: list[Callable[[], None]] = []
        self.last: list[tuple[str, Callable[[], Awaitable[None]]]] = []
        self.doomed = ""
        self._task = asyncio.current_task()
        self._ended = False

    def guard(self) -> Link:
        """Refuse a query that can no longer be part of this transaction."""
        if self._ended:
            raise TransactionBroken(
                "this task was started inside a transaction that has ended; start it after_commit"
            )
        if asyncio.current_task() is not self._task:
            raise TransactionBroken("a transaction belongs to one task: no gather inside it")
        if self.doomed:
            raise TransactionBroken(f"this transaction can only be taken back: {self.doomed}")
        return self.link

    async def work_last(self) -> None:
        """Do what was put off to the end, in its order."""
        for _, work in sorted(self.last, key=lambda one: one[0]):
            await work()

    def end(self) -> None:
        """From now on its task's children may not query through it."""
        self._ended = True

    async def fetch(self, text: str, args: Args) -> Rows:
        """Run one statement of this transaction and return its rows."""
        try:
            return await self.guard().fetch(text, args)
        except BaseException as fault:
            self.doom(fault)
            raise

    async def run(self, text: str, args: Args) -> int:
        """Run one statement of this transaction and count the rows it changed."""
        try:
            return await self.guard().run(text, args)
        except BaseException as fault:
            self.doom(fault)
            raise

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        """Run one statement of this transaction for each set of values."""
        try:
            await self.guard().run_many(text, many)
        except BaseException as fault:
            self.doom(fault)
            raise

    def doom(self, fault: BaseException) -> None:
        """Remember that part of the work failed: PostgreSQL would drop it, SQLite would keep it."""
        self.doomed = self.doomed or f"{type(fault).__name__}: {fault}"


current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)
_opened: list[Opened] = []


def opened(database: Opened) -> None:
    """Make this the process's database."""
    if _opened:
        msg = "this process has a database open already"
        raise RuntimeError(msg)
    _opened.append(database)


def closed(database: Opened) -> None:
    """Forget the process's database."""
    if database in _opened:
        _opened.remove(database)


def driver() -> Driver:
    """Give the engine that is open."""
    if not _opened:
        msg = "no database is open; call open_database first"
        raise RuntimeError(msg)
    return _opened[0].driver


def statements() -> Statements:
    """Give what runs a statement here: the open transaction, or else the engine itself."""
    return current.get() or driver()


class transaction:  # noqa: N801 - reads as the verb it is: `async with transaction():`
    """Store, audit and announce together, or not at all (giao dịch).

    An inner one joins the outer one. A failure inside, even one that somebody catches, takes the
    whole transaction back: half of an action is never kept. No network, no file and no other task
    in here; PostgreSQL would lose its connection, SQLite would keep all others waiting.
    """

    _token: Token[Transaction | None] | None = None
    _mine: Transaction | None = None

    async def __aenter__(self) -> None:
        """Open it, or join the one that is open."""
        outer = current.get()
        if outer is not None:
            outer.guard()
            return
        self._mine = Transaction(await driver().begin())
        self._token = current.set(self._mine)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit, or take all of it back."""
        if self._mine is None or self._token is None:
            outer = current.get()
            if fault is not None and outer is not None:
                outer.doom(fault)
            return
        late = await _worked(self._mine) if fault is None and not self._mine.doomed else None
        current.reset(self._token)
        self._mine.end()
        if fault is None and not self._mine.doomed:
            await _commit(self._mine)
            return
        cancelled = await outlast(self._mine.link.rollback())
        if late is not None:
            raise late
        if fault is None:
            raise TransactionBroken(f"part of it failed, all was taken back: {self._mine.doomed}")
        if cancelled:
            raise asyncio.CancelledError


async def _worked(transaction: Transaction) -> BaseException | None:
    """Do what was put off to the end; what fails there takes the transaction back."""
    try:
        await transaction.work_last()
    except BaseException as fault:  # noqa: BLE001 - it is raised once all is taken back
        transaction.doom(fault)
        return fault
    return None


async def _commit(transaction: Transaction) -> None:
    cancelled = await outlast(transaction.link.commit())
    for callback in transaction.callbacks:
        callback()
    if cancelled:
        raise asyncio.CancelledError


def in_transaction() -> bool:
    """Tell whether this task has a transaction open."""
    return current.get() is not None


def engine() -> str:
    """Say `sqlite` or `postgresql`, for the rare statement that must differ."""
    return driver().engine


def after_commit(callback: Callable[[], None]) -> None:
    """Call back once what is being done here is stored; at once when no transaction is open."""
    transaction = current.get()
    if transaction is None:
        callback()
        return
    transaction.guard()
    transaction.callbacks.append(callback)


def before_commit(work: Callable[[], Awaitable[None]], *, order: str) -> None:
    """Put work off to the end of the open transaction, of which it is part.

    All such work of a transaction is done by `order`: what takes locks takes them in the same
    order as every other transaction, so that no two wait for each other.
    """
    transaction = current.get()
    if transaction is None:
        raise TransactionBroken("work is put off to the end of a transaction; none is open")
    transaction.guard()
    transaction.last.append((order, work))


async def rows(sql: str, *args: Any) -> list[dict[str, Any]]:
    """Run hand-written SQL with `{}` for each value and return its rows, RETURNING included.

    UUIDs, aware UTC times, bytes and whole numbers come back as such on both engines. A time out
    of an expression (MAX, COALESCE) is text on SQLite: read the column itself instead.
    """
    return await statements().fetch(driver().compiled(sql), args)


async def row(sql: str, *args: Any) -> dict[str, Any] | None:
    """Return the first row, or None when there is none."""
    found = await rows(sql, *args)
    return found[0] if found else None


async def execute(sql: str, *args: Any) -> int:
    """Run a statement and return how many rows it changed."""
    return await statements().run(driver().compiled(sql), args)


async def execute_many(sql: str, many: Sequence[Args]) -> None:
    """Run one statement for each set of values, in one go and all or none."""
    if many:
        await statements().run_many(driver().compiled(sql), many)
