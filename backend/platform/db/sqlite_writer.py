"""The one connection that writes: transactions one after the other, commits shared.

A commit waits for the disk; what wants to write meanwhile stands in line. When the disk has
answered, all of the line is written in a row and shares the next commit, each transaction in a
savepoint of its own: one can be taken back without the others. None is told "done" before the
commit that holds it; when that commit fails, all that share it are told.

So a transaction must wait for nothing but its own statements: others wait for it to commit.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from backend.platform.db import faults
from backend.platform.db import sqlite_statements as statements
from backend.platform.db.driver import Args, Rows
from backend.platform.db.sqlite_thread import Connection
from backend.platform.kit import logs
from backend.platform.kit.errors import Busy

_logger = logs.get("db")

T = TypeVar("T")

COMMITS_PER_CHECKPOINT = 200
MOST_TOGETHER = 32
_FEW = 64


class Writer:
    """Hands its connection to one transaction at a time, in the order they came."""

    def __init__(
        self,
        opened: Callable[[], sqlite3.Connection],
        *,
        begin: Callable[[sqlite3.Connection], None] = statements.begin,
    ) -> None:
        self._thread = Connection(opened, "db-write")
        self._begin = begin
        self._line: deque[asyncio.Future[None]] = deque()
        self._taken = False
        self._together: list[asyncio.Future[None]] = []
        self._commits = 0

    async def start(self) -> None:
        """Open the file; raises what the file's check says."""
        self._hand = await self._thread.post(_itself)

    def post(self, job: Callable[..., T], *args: Any) -> "asyncio.Future[T]":
        """Run a job in the writer's thread; its turn must be held, or nobody else be there yet."""
        return self._thread.post(job, *args)

    async def begin(self) -> "Turn":
        """Wait for the turn and for SQLite's own write lock."""
        await self._stand_in_line()
        if self._together:
            statements.save(self._hand)
            return Turn(self, self._hand, shared=True)
        try:
            self._begin(self._hand)
        except sqlite3.Error:
            beginning = self._thread.post(statements.patiently, self._begin)
            try:
                await asyncio.shield(beginning)
            except BaseException:
                self._thread.post(statements.rollback).add_done_callback(self._pass_on)
                raise
        return Turn(self, self._hand, shared=False)

    def close(self) -> None:
        """Close the connection, which makes the last checkpoint."""
        self._thread.close()

    def written(self) -> "asyncio.Future[None]":
        """End a turn: done when the disk has what was written, and all it could have read."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._together.append(mine)
        self._pass_on()
        return mine

    def nothing_written(self) -> "asyncio.Future[None]":
        """End a turn that changed nothing: alone, it has no disk to wait for."""
        if self._together:
            return self.written()
        statements.rollback(self._hand)
        self._pass_on()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def take_back(self, job: Callable[[sqlite3.Connection], None]) -> "asyncio.Future[None]":
        """End a turn by taking back what it wrote."""
        undone = self._thread.post(job)
        undone.add_done_callback(self._pass_on)
        return undone

    def lost(self, why: BaseException) -> None:
        """Tell those who share the commit that SQLite took everything back (a full disk)."""
        together, self._together = self._together, []
        for one in together:
            _tell(one, why)

    async def _stand_in_line(self) -> None:
        """Wait for the turn, but not for longer than a caller can wait."""
        if not self._taken:
            self._taken = True
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            async with asyncio.timeout(faults.PATIENCE):
                await turn
        except TimeoutError:
            self._give_up(turn)
            raise Busy("database") from None
        except BaseException:
            self._give_up(turn)
            raise

    def _give_up(self, turn: "asyncio.Future[None]") -> None:
        """Leave the line; a turn that came just then is the next one's."""
        if turn.done() and not turn.cancelled():
            self._pass_on()
        turn.cancel()

    def _pass_on(self, _done: object = None) -> None:
        """Let the next one write; commit when nobody waits, or enough have written."""
        if len(self._together) < MOST_TOGETHER:
            while self._line:
                turn = self._line.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        if not self._together:
            self._taken = False
            return
        together, self._together = self._together, []
        commit = self._thread.post(statements.commit)
        commit.add_done_callback(lambda done: self._committed(done.exception(), together))

    def _committed(
        self, error: BaseException | None, together: Sequence["asyncio.Future[None]"]
    ) -> None:
        for one in together:
            _tell(one, error)
        self._commits += 1
        if self._commits % COMMITS_PER_CHECKPOINT:
            self._pass_on()
        else:
            self._thread.post(statements.checkpoint).add_done_callback(self._checkpointed)

    def _checkpointed(self, checkpoint: "asyncio.Future[None]") -> None:
        self._pass_on()
        if (error := checkpoint.exception()) is not None:
            _logger.error("checkpoint-failed", extra={"reason": type(error).__name__})


class Turn:
    """One transaction on the writer; its statements run at once, in the event loop."""

    def __init__(self, writer: Writer, hand: sqlite3.Connection, *, shared: bool) -> None:
        self._writer = writer
        self._hand = hand
        self._shared = shared
        self._changes = hand.total_changes
        self._wrote = False

    async def fetch(self, text: str, args: Args) -> Rows:
        """Run one statement and return its rows."""
        return self._now(statements.fetch, text, args)

    async def run(self, text: str, args: Args) -> int:
        """Run one statement and count the rows it changed."""
        return self._now(statements.run, text, args)

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        """Run one statement for each set of values."""
        await self.do(statements.run_many, text, many)

    async def do(self, job: Callable[..., T], text: str, args: Any) -> T:
        """Run one statement at once, or in the writer's thread when it may take long."""
        many = job is statements.run_many and len(args) > _FEW
        if not many and not statements.may_take_long(text):
            return self._now(job, text, args)
        try:
            return await asyncio.shield(self._writer.post(job, text, args))
        except Exception as fault:
            self._notice(fault)
            raise

    def commit(self) -> "asyncio.Future[None]":
        """Make it lasting, together with others."""
        if self._shared:
            statements.release(self._hand)
        wrote = self._wrote or self._hand.total_changes != self._changes
        return self._writer.written() if wrote else self._writer.nothing_written()

    def rollback(self) -> "asyncio.Future[None]":
        """Take it back, and nothing else."""
        return self._writer.take_back(statements.take_back if self._shared else statements.rollback)

    def _now(self, job: Callable[..., T], text: str, args: Any) -> T:
        if not statements.only_reads(text) and not statements.only_changes_rows(text):
            self._wrote = True
        try:
            return job(self._hand, text, args)
        except sqlite3.Error as error:
            fault = faults.of_sqlite(error)
            self._notice(fault)
            raise fault from error

    def _notice(self, fault: Exception) -> None:
        """See whether SQLite took the whole transaction back, as it does when the disk is full."""
        if not self._hand.in_transaction:
            self._writer.lost(fault)


def _itself(connection: sqlite3.Connection) -> sqlite3.Connection:
    return connection


def _tell(one: "asyncio.Future[None]", error: BaseException | None) -> None:
    if one.done():
        return
    if error is None:
        one.set_result(None)
    else:
        one.set_exception(error)
