"""Histories of money from seeds: repeats, losses, races, deaths, in any order, to the đồng.

Each goes through the adapters' own parsers, the core and the clerk who writes receipts; what must
come of it is computed apart, from what was delivered alone. Some run at the same time, as in a
real house, over one database.
"""
# ruff: noqa: S311 - seeded on purpose: a history can be repeated

import asyncio
import gc
import logging
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from math import inf
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from backend import payments
from backend.payments.actions import asking, hearing, paying
from backend.payments.actions.paying import PATIENCE
from backend.platform import db, outbox
from backend.platform.db import faults, migrate, open_database
from backend.platform.keys import make_keys
from backend.platform.kit.errors import Busy, Problem
from backend.platform.vault import Vault
from tests.backend.payments.conftest import AMOUNT
from tests.proof import clerk
from tests.proof.promises import (
    BY_MONEY,
    PROMISES,
    REACTIONS,
    History,
    broken_in,
    fee_of,
    numbers_astray,
)
from tests.proof.tellers import DIALECTS, TELLERS, Movement, Told, Ward, towns
from tests.simulation.dying import DiedError, mortal

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory: these histories need no disk
PLACE = MEMORY if MEMORY.is_dir() else None
A_BOOK = 1_000
"""So many histories share one database, so that the audit sees many obligations at once."""

T = TypeVar("T")

AT_ONCE = 32
LONGEST_LIFE = 8
MOST_TIMES = 60


async def play(town: Ward, seed: int) -> History:
    """Play one history; AssertionError tells what does not hold."""
    chance, house = Random(seed), town.of(seed)
    history = History(seed, await _patiently(partial(clerk.handed_in, house, fee_of(seed))))
    told: list[Told] = []
    for name in chance.sample(sorted(TELLERS), chance.choice((1, 1, 2))):
        told += await _begin(house, history, name, chance)
    told = [one for one in told if chance.random() < 0.9]  # lost for good
    told += [one for one in told if chance.random() < 0.4]  # repeated
    chance.shuffle(told)
    while told:
        some = [told.pop() for _ in range(min(len(told), chance.choice((1, 1, 1, 3, 6))))]
        told += await _deliver(house, history, some, chance)
        await _meanwhile(house, history, chance)
        if chance.random() < 0.6:
            await _writes(house, history, chance)
    return history


async def _begin(house: Ward, history: History, name: str, chance: Random) -> list[Told]:
    """Begin to pay in one way, and list what its provider will tell."""
    told: list[Told] | None = None

    async def told_before_the_answer(ref: str) -> None:
        nonlocal told
        told = _words(house, history, name, ref, chance)
        told += await _deliver(house, history, [told.pop()], chance, may_die=False)

    if name == "payplat":
        await _patiently(partial(house.named, history.dossier, history.seed))
    fate = chance.random()
    if fate > 0.9:
        with suppress(Problem):
            await _dies(house.start(history.dossier, name), history, chance)
        house.later(seconds=20)
    house.while_called = told_before_the_answer if fate < 0.15 else None
    try:
        started = await _started(house, history, name)
    except payments.AlreadyPaid:
        return told or []
    finally:
        house.while_called = None
    if told is None:
        told = _words(house, history, name, await _ref(house, name, started), chance)
    return told


async def _started(house: Ward, history: History, name: str) -> payments.Attempt:
    """Start; a provider that has yet to say what became of another attempt is asked first."""
    start = partial(house.start, history.dossier, name)
    try:
        return (await _patiently(start)).attempt
    except payments.ProviderDeciding:
        await _ask(house, history, ends=False)
    return (await _patiently(start)).attempt


async def _ref(house: Ward, name: str, started: payments.Attempt) -> str:
    """Look up how an attempt is named outside; at VNPAY the citizen opens the page first."""
    found = await db.row(
        "SELECT code, provider_ref FROM payment_attempts WHERE id = {}", started.attempt
    )
    assert found is not None
    if name == "vnpay":
        await house.opens(started.next_action.url)
    return str(found["code" if name == "vietqr" else "provider_ref"])


def _words(house: Ward, history: History, name: str, ref: str, chance: Random) -> list[Told]:
    told = TELLERS[name](house, ref, history.seed, chance)
    if name != "vietqr":
        history.pages[name] = told[0].movements[0]
    return told


async def _deliver(
    house: Ward, history: History, some: list[Told], chance: Random, *, may_die: bool = True
) -> list[Told]:
    """Deliver messages, many at once or one that dies in us; what was not taken comes again."""
    if may_die and len(some) == 1 and not some[0].forged and chance.random() < 0.2:
        taken = [bool(await _dies(house.takes(some[0]), history, chance))]
    else:
        taken = list(await asyncio.gather(*(house.takes(one) for one in some)))
    again = []
    for one, was_taken in zip(some, taken, strict=True):
        history.totals["notices told"] += 1
        if one.forged:
            assert not was_taken, f"a forged notice was believed: {one}"
            history.totals["forged notices refused"] += 1
        elif was_taken:
            history.came |= set(one.movements)
            history.taken_back |= set(one.takes_back)
        else:
            again.append(one)
    assert history.totals["notices told"] < MOST_TIMES, f"nobody takes {again}"
    return again


async def _dies(
    life: Awaitable[Any], history: History, chance: Random, longest: int = LONGEST_LIFE
) -> Any:
    """Let the process die somewhere in what it does; None when it did."""
    deaths: list[int] = []
    steps = chance.randrange(1, longest)
    try:
        return await mortal(life, steps, deaths, gently=True)
    except (DiedError, asyncio.CancelledError):
        history.totals["deaths of the process"] += 1
        return None


async def _patiently(act: Callable[[], Awaitable[T]]) -> T:
    """Do it again while the database is busy: this machine may have other work."""
    while True:
        with suppress(Busy):
            return await act()


async def _meanwhile(house: Ward, history: History, chance: Random) -> None:
    """Let the office do something in between: take cash, end the dossier, ask, wait."""
    what = chance.random()
    if what < 0.08:
        await _collect(house, history, chance)
    elif what < 0.14 and not history.ended:
        await _patiently(partial(payments.cancel, history.dossier, now=house.now))
        history.ended = True
    elif what < 0.24 and history.pages:
        await _ask(house, history, ends=house.now - house.began > PATIENCE)
    house.later(seconds=chance.choice((1, 30, 400, 1200)))


async def _collect(house: Ward, history: History, chance: Random) -> None:
    """Take money at the counter: one officer, two at once, or one whose process dies in it."""
    kind = chance.choice(("cash", "pos"))
    slip = str(history.seed) if kind == "pos" else None
    dies = chance.random() < 0.2

    async def collect() -> bool:
        try:
            await payments.collect(
                history.dossier, kind=kind, amount=AMOUNT, slip_number=slip,
                by="officer:lan", now=house.now,
            )  # fmt: skip
        except Problem:
            return False
        return True

    if dies:
        await _dies(collect(), history, chance)
    else:
        wins = await asyncio.gather(*(collect() for _ in range(chance.choice((1, 2)))))
        assert sum(wins) <= 1, "two officers booked the same fee"
    found = await db.rows(
        "SELECT e.txn FROM placed p JOIN money_events e ON e.id = p.event"
        " JOIN obligations o ON o.id = p.obligation"
        " WHERE o.dossier = {} AND e.adapter = 'counter'",
        history.dossier,
    )
    assert dies or sum(wins) <= len(found)
    history.came |= {Movement("counter", one["txn"], AMOUNT) for one in found}


async def _writes(house: Ward, history: History, chance: Random) -> None:
    """Let the clerk do a job: alone, two at the same one, or dying in it; some are replaced."""
    act = partial(clerk.next_job, history.dossier, house.clerk, now=house.now)
    replaced = await clerk.seen_by_officer(history) if chance.random() < 0.1 else None
    if replaced:
        act = partial(clerk.replaces, house, *replaced)
    if chance.random() < 0.25:
        await _dies(act(), history, chance, clerk.LONGEST_LIFE)
        return
    did = await asyncio.gather(*(_patiently(act) for _ in range(chance.choice((1, 1, 2)))))
    if replaced:
        assert sum(did) <= 1, "two officers replaced the same receipt"
        history.totals["receipts replaced"] += sum(did)


async def _ask(house: Ward, history: History, *, ends: bool) -> None:
    """Ask about every open attempt; what a page took is certain then, with or without a notice."""
    for one in (await payments.of_dossier(history.dossier))[1]:
        if one.adapter not in TELLERS or one.adapter == "vietqr" or one.state in BY_MONEY:
            continue
        asked = await _patiently(partial(house.ask, one.attempt, ends=ends))
        if asked and one.adapter in history.pages:
            history.came.add(history.pages[one.adapter])
            history.totals["movements found by asking"] += 1


# -- many ------------------------------------------------------------------------------------------


async def finish(town: Ward) -> None:
    """Read what deaths left unread, which changes nothing, and write the receipts they left."""
    day = town.began.replace(day=town.began.day + 1)
    for _ in range(A_BOOK):
        if not await hearing.finish_unread(adapters=town.adapters, vault=town.vault, now=day):
            break
    else:
        raise AssertionError("a notice cannot be read to its end")
    await clerk.catch_up(town.clerk, now=day)


async def audited() -> None:
    """Check the books of all histories so far."""
    found = await payments.audit()
    assert found.right, f"drift {found.drift}: {found.gaps[:5]} {found.uncovered[:5]}"


def run(first: int, last: int = 0, until: float = inf) -> tuple[Counter[str], list[str]]:
    """Play histories first to last: what they met, and those that broke a promise.

    No book is begun after `until` (seconds since 1970).
    """
    logging.disable(logging.CRITICAL)
    last = max(first, last)
    totals: Counter[str] = Counter()
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="motcua-money-", dir=PLACE) as folder:
        empty, book = Path(folder) / "empty.db", Path(folder) / "money.db"
        asyncio.run(_make(empty))
        for begin in range(first, last + 1, A_BOOK):
            if time.time() > until:
                break
            seeds = range(begin, min(begin + A_BOOK - 1, last) + 1)
            shutil.copyfile(empty, book)
            asyncio.run(_book(book, _towns()[dialect_of(begin)], seeds, totals, broken))
            for left in Path(folder).glob("money.db*"):
                left.unlink()
    return totals, broken


@cache
def _towns() -> dict[str, Ward]:
    made = towns(Vault(make_keys(random=Random(1).randbytes)))
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    return made


def dialect_of(seed: int) -> str:
    """Say in which dialect the bank speaks in the book of a seed."""
    return DIALECTS[(seed - 1) // A_BOOK % len(DIALECTS)]


async def _make(file: Path) -> None:
    database = await open_database(f"sqlite:///{file}")
    try:
        await migrate(database)
    finally:
        await database.close()


async def _book(
    file: Path, town: Ward, seeds: range, totals: Counter[str], broken: list[str]
) -> None:
    database = await open_database(f"sqlite:///{file}")
    try:
        outbox.connect(REACTIONS)
        histories, failed = await play_all(town, seeds)
        await finish(town)
        faults = await broken_in(histories)
        broken += failed + [str(one) for one in faults]
        broken += [f"the books of {seeds}: {words}" for words in await numbers_astray()]
        totals.update(dict.fromkeys(PROMISES, 0))
        totals.update(one.promise for one in faults)
        _count(histories, totals)
        await _count_receipts(totals)
        found = await payments.audit()
        totals["histories"] += len(seeds)
        totals["obligations audited"] += found.obligations
        totals["drift of the ledger in đồng"] += found.drift
        if not found.right:
            broken.append(f"the books of {seeds}: {found}")
    finally:
        await database.close()


@contextmanager
def unhurried() -> Iterator[None]:
    """Let no clock on the wall end a call: how fast a machine is decides no history."""
    with ExitStack() as stack:
        for module, name in ((paying, "DEADLINE"), (asking, "_DEADLINE"), (faults, "PATIENCE")):
            stack.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, 86_400.0)
        yield


async def play_all(town: Ward, seeds: Iterable[int]) -> tuple[list[History], list[str]]:
    """Play histories, several at a time; those that ended, and those that broke a promise."""
    left, histories, broken = iter(seeds), [], []

    async def some() -> None:
        for seed in left:
            try:
                histories.append(await play(town, seed))
            except Exception as why:  # noqa: BLE001 - whatever it was, this history failed
                broken.append(f"history {seed}: {why!r}\nagain: tests.proof.money.run({seed})")

    with unhurried():
        await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return histories, broken


def _count(histories: Iterable[History], totals: Counter[str]) -> None:
    for history in histories:
        state, _, surplus = history.wanted()
        totals.update(history.totals)
        totals.update(f"movements through {one.adapter}" for one in history.came)
        totals[f"fees that ended {state}"] += 1
        totals["surpluses with their refund"] += surplus > 0


async def _count_receipts(totals: Counter[str]) -> None:
    for one in await db.rows(
        "SELECT kind, state, COUNT(*) AS many FROM fee_receipts GROUP BY kind, state"
    ):
        totals[f"receipts of {one['kind']} that are {one['state']}"] += one["many"]
