"""Events and jobs: announced with the commit, done at least once, in order, never dropped."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from msgspec import Struct

from backend.platform import db, jobs, outbox
from backend.platform.jobs import Later, Runner

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Note(Struct):
    text: str


class Moved(outbox.Event, frozen=True, kw_only=True):
    verb: str


class Settled(outbox.Event, frozen=True, kw_only=True):
    amount: int


def no_jitter(count: int) -> bytes:
    return bytes(count)


async def add(text: str, *, topic: str = "room.note", lane: str | None = None) -> None:
    await jobs.add(topic, lane=lane, key=text, payload=Note(text), due_at=NOW)


class Desk:
    """Handlers that write down what they were given."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.faults: list[Exception] = []

    async def note(self, payload: bytes) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.heard.append(msgspec.json.decode(payload, type=Note).text)

    def runner(self, clock: Callable[[], datetime] = lambda: NOW, **options: object) -> Runner:
        handlers = {"room.note": self.note, "room.other": self.note, "else.note": self.note}
        return Runner(handlers, clock=clock, random=no_jitter, **options)  # type: ignore[arg-type]


async def state() -> dict[str, object]:
    found = await db.row("SELECT due_at, failures, last_error, flagged_at, done_at FROM jobs")
    assert found is not None
    return found


async def test_a_job_is_done_once_and_its_key_is_kept(database: db.Database) -> None:
    desk = Desk()
    for _ in range(3):
        await add("a")
        await desk.runner().drain(NOW)

    assert desk.heard == ["a"]


async def test_a_job_of_a_failed_transaction_is_never_done(database: db.Database) -> None:
    async def fail() -> None:
        async with db.transaction():
            await add("lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await jobs.due_topics(NOW) == []


async def test_sixteen_racers_claim_each_job_once(database: db.Database) -> None:
    for number in range(20):
        await add(str(number))

    claims = await asyncio.gather(*(jobs.claim("room.note", most=3, now=NOW) for _ in range(16)))

    claimed = [job.id for jobs_ in claims for job in jobs_]
    assert len(claimed) == len(set(claimed)) == 20


async def test_jobs_of_a_lane_run_in_order_even_when_one_fails(database: db.Database) -> None:
    desk = Desk()
    desk.faults = [ValueError("the one-stop is down")]
    await add("1", lane="room:x")
    await add("2", lane="room:x", topic="room.other")
    await add("3", lane="room:x")
    await add("else", lane="else:x", topic="else.note")
    await add("free", topic="room.other")

    await desk.runner().drain(NOW)
    after_the_fault = list(desk.heard)
    await desk.runner().drain(NOW + 10 * SECOND)

    assert sorted(after_the_fault) == ["else", "free"] or after_the_fault[:1] == ["1"]
    assert [text for text in desk.heard if text in "123"] == ["1", "2", "3"]


async def test_racers_never_overtake_within_a_lane(database: db.Database) -> None:
    for number in range(6):
        await add(str(number), lane="room:x")
    order = []

    for _ in range(6):
        claims = await asyncio.gather(*(jobs.claim("room.note", most=3, now=NOW) for _ in range(4)))
        (job,) = [job for jobs_ in claims for job in jobs_]
        order.append(job.id)
        await jobs.finish(job, now=NOW)

    assert order == sorted(order)


async def test_who_adds_to_a_lane_later_commits_later(database: db.Database) -> None:
    desk, added = Desk(), asyncio.Event()

    async def follow() -> None:
        await added.wait()
        async with db.transaction():
            await add("2", lane="room:x")
        await desk.runner().drain(NOW)

    async def linger() -> None:
        added.set()
        await asyncio.wait({following}, timeout=0.5)
        overtaken.extend(desk.heard)

    overtaken: list[str] = []
    following = asyncio.create_task(follow())
    async with db.transaction():
        db.before_commit(linger, order="room:y")  # its job stands, its commit is still to come
        await add("1", lane="room:x")
    await following

    assert (overtaken, desk.heard) == ([], ["1", "2"])


async def test_who_adds_to_two_lanes_crosses_nobody_who_adds_to_them_the_other_way_round(
    database: db.Database,
) -> None:
    async def add_to(*lanes: str) -> None:
        async with db.transaction():
            for lane in lanes:
                await add(f"{lanes} {lane}", lane=lane)
                await asyncio.sleep(0.3)

    await asyncio.gather(add_to("room:x", "room:y"), add_to("room:y", "room:x"))

    (count,) = await db.rows("SELECT COUNT(*) AS jobs FROM jobs")
    assert count["jobs"] == 4


async def test_a_crash_between_claim_and_done_lets_the_lease_run_out(
    database: db.Database,
) -> None:
    desk = Desk()
    await add("a")
    (lost,) = await jobs.claim("room.note", most=1, now=NOW)

    await desk.runner().drain(NOW + 59 * SECOND)
    before = list(desk.heard)
    await desk.runner().drain(NOW + 60 * SECOND)
    await jobs.put_back(lost, due_at=NOW, failed="too late to say", now=NOW)

    assert (before, desk.heard) == ([], ["a"])
    assert (await state())["done_at"] == NOW + 60 * SECOND


async def test_a_failing_job_is_tried_again_ever_more_slowly(database: db.Database) -> None:
    desk = Desk()
    desk.faults = [ValueError("down")] * 20
    await add("a")
    now, pauses = NOW, []

    for _ in range(10):
        await desk.runner().drain(now)
        due_at = (await state())["due_at"]
        assert isinstance(due_at, datetime)
        pauses.append((due_at - now).total_seconds())
        now = due_at

    assert pauses == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 450.0, 450.0, 450.0]
    assert (await state())["last_error"] == "ValueError: down"


def test_pauses_stay_between_five_seconds_and_fifteen_minutes() -> None:
    shortest = [jobs.pause(failures, bytes) for failures in range(40)]
    longest = [jobs.pause(failures, lambda count: b"\xff" * count) for failures in range(40)]

    assert (min(shortest), max(longest) <= 900.0, max(longest) > 899.0) == (5.0, True, True)


async def test_a_handler_may_ask_to_be_called_later_without_failing(
    database: db.Database,
) -> None:
    desk = Desk()
    desk.faults = [Later(30)]
    await add("a")

    await desk.runner().drain(NOW)
    await desk.runner().drain(NOW + 29 * SECOND)
    before = (await state())["failures"], list(desk.heard)
    await desk.runner().drain(NOW + 30 * SECOND)

    assert (before, desk.heard) == ((0, []), ["a"])


async def test_after_72_hours_a_job_is_flagged_and_tried_hourly_until_it_works(
    database: db.Database,
) -> None:
    desk = Desk()
    desk.faults = [ValueError("down")] * 3
    await add("a", lane="room:x")
    late = NOW + timedelta(hours=72)

    await desk.runner().drain(NOW)
    assert await jobs.flagged() == []
    await desk.runner().drain(late)
    await desk.runner().drain(late + timedelta(hours=1))

    (waiting,) = await jobs.flagged()
    assert (waiting.flagged_at, waiting.due_at) == (late, late + timedelta(hours=2))
    await jobs.retry(waiting.id, now=late + timedelta(hours=1, minutes=1))
    desk.faults.clear()
    await desk.runner().drain(late + timedelta(hours=1, minutes=1))
    assert (desk.heard, await jobs.flagged()) == (["a"], [])


async def test_done_jobs_are_forgotten_and_waiting_ones_never(database: db.Database) -> None:
    desk = Desk()
    await add("done")
    await desk.runner().drain(NOW)
    await add("waiting")

    assert await jobs.forget(before=NOW + timedelta(days=1)) == 1
    assert await db.rows("SELECT key FROM jobs") == [{"key": "waiting"}]


async def run_until(runner: Runner, met: asyncio.Event) -> None:
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(5):
        await met.wait()
        runner.stop()
        await running


async def test_a_running_runner_hears_of_a_commit_and_follows_a_lane(
    database: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "POLL", 60.0)
    met, ready, heard = asyncio.Event(), asyncio.Event(), []

    async def note(payload: bytes) -> None:
        heard.append(msgspec.json.decode(payload, type=Note).text)
        if len(heard) == 12:
            met.set()

    async def tick() -> None:
        ready.set()

    runner = Runner(
        {"room.note": note, "room.other": note}, clock=lambda: NOW, random=no_jitter,
        every={"tick": (60, tick)}, at_once={"room.note": 2},
    )  # fmt: skip
    running = asyncio.create_task(run_until(runner, met))
    await ready.wait()
    async with db.transaction():
        for number in range(6):
            await add(f"{number}", lane="room:x", topic=("room.note", "room.other")[number % 2])
        for letter in "abcdef":
            await add(letter)

    await running
    assert [text for text in heard if text.isdigit()] == list("012345")
    assert sorted(heard) == sorted("012345abcdef")


async def test_no_more_jobs_of_a_topic_run_at_once_than_its_limit(database: db.Database) -> None:
    met, now_running, most = asyncio.Event(), set(), 0

    async def note(payload: bytes) -> None:
        nonlocal most
        now_running.add(payload)
        most = max(most, len(now_running))
        for _ in range(20):
            await asyncio.sleep(0)
        now_running.discard(payload)
        if payload == b'{"text":"9"}':
            met.set()

    for number in range(10):
        await add(str(number))

    await run_until(
        Runner({"room.note": note}, clock=lambda: NOW, random=no_jitter,
               at_once={"room.note": 2}), met,
    )  # fmt: skip

    assert most == 2


async def test_stopping_releases_what_is_cut_short(
    database: db.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "GRACE", 0.01)
    met = asyncio.Event()

    async def note(_: bytes) -> None:
        met.set()
        await asyncio.Event().wait()

    await add("a")
    await run_until(Runner({"room.note": note}, clock=lambda: NOW, random=no_jitter), met)

    assert [job.payload for job in await jobs.claim("room.note", most=1, now=NOW)] == [
        '{"text":"a"}'
    ]


async def test_recurring_work_survives_its_own_failure(
    database: db.Database,
) -> None:
    met, calls = asyncio.Event(), 0

    async def tick() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            met.set()
        raise ZeroDivisionError

    moments = iter(NOW + number * SECOND for number in range(10_000))
    await run_until(
        Runner({}, clock=lambda: next(moments), random=no_jitter, every={"tick": (0.01, tick)}),
        met,
    )

    assert calls >= 3


async def test_an_event_is_acted_on_together_and_later(database: db.Database) -> None:
    together, later = [], []

    async def count(event: outbox.Event) -> None:
        assert db.in_transaction()
        together.append(event)

    async def send(payload: bytes) -> None:
        later.append(msgspec.json.decode(payload, type=Moved | Settled))

    outbox.connect({
        Moved: outbox.Reaction(together=(count,), later=("room.send", "else.send")),
        Settled: outbox.Reaction(later=("room.send",)),
    })  # fmt: skip
    moved = Moved(dossier=uuid4(), at=NOW, verb="accept")
    settled = Settled(dossier=moved.dossier, at=NOW, amount=24_000)

    async with db.transaction():
        await outbox.emit(moved)
        await outbox.emit(settled)
    await Runner({"room.send": send, "else.send": send}, clock=lambda: NOW, random=no_jitter).drain(
        NOW
    )

    lanes = await db.rows("SELECT topic, lane FROM jobs ORDER BY id")
    assert together == [moved]
    assert later.count(moved) == 2
    assert later.count(settled) == 1
    assert [(row["topic"], row["lane"]) for row in lanes] == [
        ("else.send", f"else:{moved.dossier}"),
        ("room.send", f"room:{moved.dossier}"),
        ("room.send", f"room:{moved.dossier}"),
    ]


async def test_an_event_outside_a_transaction_is_refused(database: db.Database) -> None:
    with pytest.raises(db.TransactionBroken):
        await outbox.emit(Moved(dossier=UUID(int=1), at=NOW, verb="accept"))


async def test_a_reaction_that_fails_takes_its_event_back(database: db.Database) -> None:
    async def refuse(_: outbox.Event) -> None:
        raise ZeroDivisionError

    async def move() -> None:
        async with db.transaction():
            await outbox.emit(Moved(dossier=UUID(int=1), at=NOW, verb="accept"))

    outbox.connect({Moved: outbox.Reaction(together=(refuse,), later=("room.send",))})

    with pytest.raises(ZeroDivisionError):
        await move()

    assert await db.rows("SELECT * FROM jobs") == []
