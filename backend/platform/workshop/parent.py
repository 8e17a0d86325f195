"""The parent's side: starts the child, hands it one job at a time, and outlives it."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any

import msgspec

from backend.platform.kit import logs
from backend.platform.workshop.frames import HEAD, Job, Result, lengths, pack

_IDLE = 30.0
_ATTEMPTS = 2
_PATIENCE = 3.0
"""The child is ended by its use of the processor; a busy machine may need longer by the clock."""

_GRACE = 0.5
_logger = logs.get("workshop")


class Unreadable(Exception):  # noqa: N818
    """The bytes cannot be worked on; `reason` is a word such as `truncated` or `too-many-pages`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WorkshopFault(Exception):  # noqa: N818
    """A fault of ours, not of the bytes: a template that does not compile, an unknown task."""


class Interrupted(WorkshopFault):
    """The child was ended from outside, or got no time: the bytes are not to blame; try later."""


class Workshop:
    """Hands tasks of `workshop/tasks.py` to the child process; one instance per process."""

    def __init__(self, *, idle: float = _IDLE) -> None:
        self._idle = idle
        self._child: Process | None = None
        self._turn = asyncio.Lock()
        self._end: asyncio.TimerHandle | None = None

    async def run(
        self,
        task: str,
        payload: object,
        blob: bytes = b"",
        *,
        timeout: float = 10,  # noqa: ASYNC109 - the job is also limited in CPU time by it
    ) -> tuple[dict[str, Any], bytes]:
        """Run one task; Unreadable, Interrupted or WorkshopFault when nothing came of it.

        A child that dies in the middle is started anew and the job tried once more. The bytes are
        to blame when it fell by itself or used up its `timeout` seconds of the processor; a child
        that somebody killed (the system out of memory, an operator) proves nothing against them.
        """
        job = Job(task, payload, max(1, int(timeout)))
        blamed = False
        async with self._turn:
            for _attempt in range(_ATTEMPTS):
                try:
                    async with asyncio.timeout(timeout * _PATIENCE):
                        result, made = await self._ask(job, blob)
                    break
                except (OSError, EOFError, ValueError, TimeoutError, msgspec.DecodeError) as fault:
                    _logger.warning(
                        "child-lost", extra={"task": task, "reason": type(fault).__name__}
                    )
                    blamed |= await self._stop() not in _FROM_OUTSIDE
                except BaseException:
                    await self._stop()
                    raise
            else:
                raise Unreadable("crash") if blamed else Interrupted(task)
            self._rest_later()
        return _checked(task, result), made

    @property
    def child_id(self) -> int | None:
        """Tell the child's process id, for whoever watches memory; None while there is none."""
        return self._child.pid if self._child else None

    async def rested(self) -> None:
        """Wait until an idle child has ended."""
        if self._child:
            await self._child.wait()

    async def close(self) -> None:
        """End the child, at the end of the process."""
        async with self._turn:
            if self._end:
                self._end.cancel()
            await self._stop()

    async def _ask(self, job: Job, blob: bytes) -> tuple[Result, bytes]:
        child = await self._started()
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.writelines(pack(job, blob))
        await child.stdin.drain()
        words, made = lengths(await child.stdout.readexactly(HEAD))
        result = msgspec.msgpack.decode(await child.stdout.readexactly(words), type=Result)
        return result, await child.stdout.readexactly(made)

    async def _started(self) -> Process:
        if self._end:
            self._end.cancel()
        if self._child and self._child.stdin and self._child.stdin.is_closing():
            await self._stop()
        if self._child is None or self._child.returncode is not None:
            self._child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "backend.platform.workshop.child", str(os.getpid())),
                stdin=PIPE,
                stdout=PIPE,
                env={**os.environ, "MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"},
            )
        return self._child

    def _rest_later(self) -> None:
        self._end = asyncio.get_running_loop().call_later(self._idle, self._rest)

    def _rest(self) -> None:
        """Close the child's input, which ends it; the next job starts another."""
        if self._child and self._child.stdin and not self._turn.locked():
            self._child.stdin.close()

    async def _stop(self) -> int | None:
        """End the child, by force when it is deep in a job; how it ended, None when by us."""
        child, self._child = self._child, None
        if child is None or child.stdin is None:
            return None
        child.stdin.close()
        try:
            await asyncio.wait_for(child.wait(), _GRACE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):  # it ended just then
                child.kill()
            await child.wait()
            return None
        return child.returncode


_FROM_OUTSIDE = frozenset({None, 0, -signal.SIGKILL, -signal.SIGTERM})


def _checked(task: str, result: Result) -> dict[str, Any]:
    if result.unreadable:
        raise Unreadable(result.unreadable)
    if result.fault:
        raise WorkshopFault(f"{task}: {result.fault}")
    return result.answer
