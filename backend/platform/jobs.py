"""Work for later (việc nền): rows of `jobs`, added in a transaction, done at least once.

A job is leased for 60 s; a crash lets the lease run out and it is done again, so every handler
must bear being called twice. Jobs of one lane run one after the other, in the order they were
added. A job that fails is tried again after 5 s … 15 min; it is never dropped: after 72 h it is
flagged for people to see and tried every hour.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import msgspec
from msgspec import Struct

from backend.platform import db
from backend.platform.kit import logs
from backend.platform.kit.clock import Clock
from backend.platform.kit.ids import Randomness

_logger = logs.get("jobs")

Handler = Callable[[bytes], Awaitable[None]]
Handler0 = Callable[[], Awaitable[None]]

LEASE = timedelta(seconds=60)
DEADLINE = 50.0
"""Seconds a handler may take: it ends before its lease does, so no second one runs beside it."""
GRACE = 5.0
POLL = 1.0
FLAG_AFTER = timedelta(hours=72)
FLAGGED_EVERY = timedelta(hours=1)
SHORTEST, LONGEST = 5.0, 900.0
AT_ONCE = 4
_ERROR_LENGTH = 300
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


class Later(Exception):  # noqa: N818
    """A handler asks to be called again `after` so many seconds; that is no failure."""

    def __init__(self, after: float) -> None:
        super().__init__(f"again in {after} s")
        self.after = after


class Job(Struct, frozen=True):
    """One claimed job; `attempts` tells this claim from any later one."""

    id: int
    topic: str
    lane: str | None
    payload: str
    first_due_at: datetime
    attempts: int
    failures: int
    flagged_at: datetime | None


class Waiting(Struct, frozen=True):
    """A job that people should look at (việc bị treo), with its age and last error."""

    id: int
    topic: str
    lane: str | None
    first_due_at: datetime
    due_at: datetime
    failures: int
    last_error: str | None
    flagged_at: datetime | None


_runners: "set[Runner]" = set()


async def add(topic: str, *, lane: str | None, key: str, payload: Struct, due_at: datetime) -> None:
    """Add a job in the caller's transaction; the same topic and key a second time changes nothing.

    Jobs of one lane run in order, whatever their topics: who adds to a lane keeps it until the
    commit, so that the order of ids is the order of commits, whatever rows the callers hold. Lanes
    are taken at the end of the transaction and in their order: no two wait for each other's.
    """
    async with db.transaction():
        put = partial(_put, topic, lane=lane, key=key, payload=payload, due_at=due_at)
        db.before_commit(put, order=lane or "")
        db.after_commit(lambda: _wake(topic))


async def _put(
    topic: str, *, lane: str | None, key: str, payload: Struct, due_at: datetime
) -> None:
    if lane is not None and db.engine() == "postgresql":  # on SQLite there is one writer at a time
        await db.row("SELECT pg_advisory_xact_lock(hashtextextended({}, 0))::text AS held", lane)
    await db.execute(
        "INSERT INTO jobs (topic, key, lane, payload, first_due_at, due_at)"
        " VALUES ({}, {}, {}, {}, {}, {}) ON CONFLICT (topic, key) DO NOTHING",
        topic, key, lane, msgspec.json.encode(payload).decode(), due_at, due_at,
    )  # fmt: skip


def _wake(topic: str) -> None:
    for runner in _runners:
        runner.hint(topic)


_CLAIM = """WITH picked AS MATERIALIZED (
    SELECT id FROM jobs AS job
    WHERE topic = {} AND done_at IS NULL AND due_at <= {}
      AND (leased_until IS NULL OR leased_until <= {})
      AND NOT EXISTS (SELECT 1 FROM jobs AS earlier
                      WHERE earlier.lane = job.lane AND earlier.id < job.id
                        AND earlier.done_at IS NULL)
    ORDER BY due_at, id LIMIT {} /*skip locked*/)
UPDATE jobs SET attempts = attempts + 1, leased_until = {}
WHERE id IN (SELECT id FROM picked)
RETURNING id, topic, lane, payload, first_due_at, attempts, failures, flagged_at"""
_SKIP_LOCKED = _CLAIM.replace("/*skip locked*/", "FOR UPDATE SKIP LOCKED")


async def claim(topic: str, *, most: int, now: datetime) -> list[Job]:
    """Lease jobs of a topic that are due and first in their lane; nobody else gets them."""
    sql = _SKIP_LOCKED if db.engine() == "postgresql" else _CLAIM
    found = await db.rows(sql, topic, now, now, most, now + LEASE)
    return sorted((Job(**row) for row in found), key=lambda job: job.id)


async def due_topics(now: datetime) -> list[str]:
    """Name the topics that have something to do."""
    found = await db.rows(
        "SELECT DISTINCT topic FROM jobs WHERE done_at IS NULL AND due_at <= {}"
        " AND (leased_until IS NULL OR leased_until <= {}) ORDER BY topic",
        now, now,
    )  # fmt: skip
    return [row["topic"] for row in found]


async def finish(job: Job, *, now: datetime) -> None:
    """Mark a job done, unless its lease ran out and another claim has it now."""
    await db.execute(
        "UPDATE jobs SET done_at = {}, leased_until = NULL, last_error = NULL"
        " WHERE id = {} AND attempts = {}",
        now, job.id, job.attempts,
    )  # fmt: skip


async def put_back(job: Job, *, due_at: datetime, failed: str | None, now: datetime) -> None:
    """Let a job be tried again at `due_at`; `failed` says what went wrong, if anything did."""
    flag = failed is not None and now - job.first_due_at >= FLAG_AFTER
    await db.execute(
        "UPDATE jobs SET due_at = {}, leased_until = NULL, last_error = {}, failures = {},"
        " flagged_at = {} WHERE id = {} AND attempts = {}",
        due_at, failed, 0 if failed is None else job.failures + 1,
        (job.flagged_at or now) if flag else None, job.id, job.attempts,
    )  # fmt: skip
    if flag and job.flagged_at is None:
        _logger.error("job-flagged", extra=_named(job))


def _named(job: Job) -> dict[str, object]:
    """Name a job for the log; the words of its fault stay in its row."""
    return {"job": job.id, "topic": job.topic, "failed": job.failures}


async def _release(job: Job) -> None:
    await db.execute(
        "UPDATE jobs SET leased_until = NULL WHERE id = {} AND attempts = {}", job.id, job.attempts
    )


async def flagged(*, most: int = 100) -> list[Waiting]:
    """List the jobs that still fail after 72 hours, the oldest first (for the officer's desk)."""
    found = await db.rows(
        "SELECT id, topic, lane, first_due_at, due_at, failures, last_error, flagged_at FROM jobs"
        " WHERE done_at IS NULL AND flagged_at IS NOT NULL ORDER BY first_due_at, id LIMIT {}",
        most,
    )
    return [Waiting(**row) for row in found]


async def retry(job: int, *, now: datetime) -> None:
    """Try a waiting job now instead of at its time (an officer's button)."""
    found = await db.row(
        "UPDATE jobs SET due_at = {} WHERE id = {} AND done_at IS NULL RETURNING topic", now, job
    )
    if found is not None:
        db.after_commit(lambda: _wake(found["topic"]))


async def forget(*, before: datetime) -> int:
    """Delete jobs done before a day; until then their keys refuse a second adding."""
    return await db.execute("DELETE FROM jobs WHERE done_at < {}", before)


def pause(failures: int, random: Randomness) -> float:
    """Seconds until the next try after so many failures before: 5 s … 15 min, with jitter."""
    upper = min(LONGEST, SHORTEST * 2 ** min(failures + 1, 16))
    share = int.from_bytes(random(2), "big") / 65536
    return max(SHORTEST, upper * (0.5 + 0.5 * share))


class Runner:
    """Runs jobs and recurring work until it is stopped; one in each process that works."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        *,
        clock: Clock,
        random: Randomness,
        every: Mapping[str, tuple[float, Handler0]] = _NONE,
        at_once: Mapping[str, int] = _NONE,
    ) -> None:
        """Take the handlers by topic, recurring work by name, and how many run at once (else 4)."""
        self._handlers = handlers
        self._every = every
        self._at_once = at_once
        self._clock = clock
        self._random = random
        self._running: defaultdict[str, set[asyncio.Task[None]]] = defaultdict(set)
        self._hints: set[str] = set()
        self._more: set[str] = set()
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()

    def hint(self, topic: str) -> None:
        """Look for jobs of this topic now rather than at the next poll."""
        if topic in self._handlers:
            self._hints.add(topic)
            self._woken.set()

    def stop(self) -> None:
        """Take no more jobs; `run` ends when those at work have ended, at most 5 s later."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Work until `stop`. On SQLite this is the only runner, so leases of a crash end now."""
        _runners.add(self)
        recurring = [
            asyncio.create_task(self._repeat(name, seconds, handler))
            for name, (seconds, handler) in self._every.items()
        ]
        try:
            await self._until_stopped()
        finally:
            _runners.discard(self)
            for task in recurring:
                task.cancel()
            await self._wind_up(recurring)

    async def drain(self, now: datetime) -> None:
        """Do everything that is due at `now`, and what follows from it, one by one (for tests)."""
        while True:
            todo = [topic for topic in await due_topics(now) if topic in self._handlers]
            claimed = [job for topic in todo for job in await claim(topic, most=20, now=now)]
            if not claimed:
                return
            for job in claimed:
                await self._do(job, now=lambda: now)

    async def _until_stopped(self) -> None:
        fresh = db.engine() == "sqlite"
        while not self._stopped.is_set():
            try:
                if fresh:
                    await db.execute("UPDATE jobs SET leased_until = NULL WHERE done_at IS NULL")
                    fresh = False
                hints, self._hints = self._hints, set()
                self._woken.clear()
                await self._start(hints or await due_topics(self._clock()))
            except Exception:
                _logger.exception("jobs-unread")
            await _wait(self._woken, POLL)

    async def _start(self, topics: Collection[str]) -> None:
        """Claim what there is room for, all in one commit, and begin it."""
        known = [topic for topic in topics if topic in self._handlers]
        if self._stopped.is_set() or not known:
            return
        async with db.transaction():
            claimed = {topic: await self._claim(topic) for topic in known}
        for topic, jobs in claimed.items():
            for job in jobs:
                task = asyncio.create_task(self._work(job))
                self._running[topic].add(task)
                task.add_done_callback(partial(self._made_room, topic))

    async def _claim(self, topic: str) -> list[Job]:
        free = self._at_once.get(topic, AT_ONCE) - len(self._running[topic])
        claimed = await claim(topic, most=free, now=self._clock()) if free > 0 else []
        if len(claimed) >= free:
            self._more.add(topic)
        return claimed

    def _made_room(self, topic: str, task: asyncio.Task[None]) -> None:
        self._running[topic].discard(task)
        if topic in self._more:
            self._more.discard(topic)
            self.hint(topic)

    async def _work(self, job: Job) -> None:
        try:
            await self._do(job, now=self._clock)
            if job.lane is not None:
                await self._next_of(job.lane)
        except Exception:
            _logger.exception("outcome-not-stored", extra=_named(job))

    async def _do(self, job: Job, *, now: Clock) -> None:
        try:
            async with asyncio.timeout(DEADLINE):
                await self._handlers[job.topic](job.payload.encode())
        except Later as later:
            due_at = now() + timedelta(seconds=max(1.0, later.after))
            await put_back(job, due_at=due_at, failed=None, now=now())
        except asyncio.CancelledError:
            await _release(job)
            raise
        except Exception as fault:
            _logger.warning("job-failed", extra=_named(job), exc_info=True)
            await self._failed(job, fault, now())
        else:
            await finish(job, now=now())

    async def _failed(self, job: Job, fault: Exception, now: datetime) -> None:
        wait = timedelta(seconds=pause(job.failures, self._random))
        if now - job.first_due_at >= FLAG_AFTER:
            wait = FLAGGED_EVERY
        words = f"{type(fault).__name__}: {fault}"[:_ERROR_LENGTH]
        await put_back(job, due_at=now + wait, failed=words, now=now)

    async def _next_of(self, lane: str) -> None:
        first = await db.row(
            "SELECT topic FROM jobs WHERE lane = {} AND done_at IS NULL ORDER BY id LIMIT 1", lane
        )
        if first is not None:
            self.hint(first["topic"])

    async def _repeat(self, name: str, seconds: float, handler: Handler0) -> None:
        while not self._stopped.is_set():
            try:
                if await self._my_turn(name, seconds):
                    await handler()
            except Exception:
                _logger.exception("recurring-failed", extra={"task": name})
            await _wait(self._stopped, seconds)

    async def _my_turn(self, name: str, seconds: float) -> bool:
        """Let one of several processes do recurring work; on SQLite there is only this one."""
        if db.engine() == "sqlite":
            return True
        now = self._clock()
        changed = await db.execute(
            "INSERT INTO turns (topic, until) VALUES ({}, {}) ON CONFLICT (topic)"
            " DO UPDATE SET until = excluded.until WHERE turns.until <= {}",
            name, now + timedelta(seconds=seconds * 0.9), now,
        )  # fmt: skip
        return changed == 1

    async def _wind_up(self, recurring: list[asyncio.Task[None]]) -> None:
        at_work = [task for tasks in self._running.values() for task in tasks] + recurring
        if at_work:
            _, late = await asyncio.wait(at_work, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*at_work, return_exceptions=True)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
