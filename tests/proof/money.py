"""Histories of money from seeds: repeats, losses, races, deaths, in any order, to the đồng.

Each goes through an adapter's own parser and the core; what must come of it is computed apart, from
what was delivered alone. A further adapter takes part by one line in WIRES.
"""
# ruff: noqa: S311 - seeded on purpose: a history can be repeated

import asyncio
import logging
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from backend import payments
from backend.payments.model.matching import codes_in, make_payment_code
from backend.platform import db, outbox
from backend.platform.db import migrate, open_database
from backend.platform.keys import make_keys
from backend.platform.kit.errors import Problem
from backend.platform.vault import Vault
from payment_adapters.contract import RawRequest
from tests.backend.payments.conftest import AMOUNT, House
from tests.backend.payments.test_model import MANGLINGS, SHAPES
from tests.simulation.dying import DiedError, mortal

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory: these histories need no disk
PLACE = MEMORY if MEMORY.is_dir() else None
A_BOOK = 1_000
"""So many histories share one database, so that the audit sees many obligations at once."""

AMOUNTS = (AMOUNT, AMOUNT, AMOUNT, AMOUNT - 1_000, AMOUNT + 500, 1)
LONGEST_LIFE = 8


class Movement(NamedTuple):
    """One movement of money as it happened outside."""

    adapter: str
    txn: str
    amount: int


@dataclass
class History:
    """One dossier's money: what was told to us, and what became certain."""

    seed: int
    dossier: UUID
    came: set[Movement] = field(default_factory=set)
    taken_back: set[str] = field(default_factory=set)
    ended: bool = False
    deaths: int = 0
    told: int = 0

    def wanted(self) -> tuple[str, int, int]:
        """Compute state, money and surplus from what was delivered, and nothing else."""
        kept = [one.amount for one in self.came if one.txn not in self.taken_back]
        total = sum(kept)
        if self.ended:
            return ("refund_due" if total else "cancelled"), total, total
        if AMOUNT not in kept:
            return "open", total, 0
        surplus = total - AMOUNT
        return ("refund_due" if surplus else "paid"), total, surplus


class Told(NamedTuple):
    """A message on its way to us, and what is certain once it was taken."""

    adapter: str
    request: Callable[[], RawRequest]
    movement: Movement | None
    takes_back: str


async def _transfers(house: House, dossier: UUID, seed: int, chance: Random) -> list[Told]:
    """Make transfers with our code in a mangled memo (bank_notice)."""
    code = await house.code(dossier)
    told = []
    for number in range(chance.randrange(1, 4)):
        amount = chance.choice(AMOUNTS)
        txn = seed * 100 + number
        memo = chance.choice(MANGLINGS)(chance.choice(SHAPES).format(code))
        movement = Movement("bank_notice", str(txn), amount)
        request = _later(house.transfer, memo, amount=amount, txn=txn)
        told.append(Told("bank_notice", request, movement, ""))
    return told


async def _payments(house: House, dossier: UUID, seed: int, chance: Random) -> list[Told]:
    """Make payments, failures and reversals of a provider's page (sandbox)."""
    started = await house.start(dossier, "sandbox")
    found = await db.row(
        "SELECT provider_ref FROM payment_attempts WHERE id = {}", started.attempt.attempt
    )
    assert found is not None
    told = []
    for number in range(chance.randrange(1, 3)):
        amount, txn = chance.choice(AMOUNTS), f"s{seed}-{number}"
        named = {"amount": amount, "txn": txn}
        request = _later(house.notice, found["provider_ref"], **named)
        told.append(Told("sandbox", request, Movement("sandbox", txn, amount), ""))
        if chance.random() < 0.3:
            back = _later(house.notice, found["provider_ref"], event="reversal", **named)
            told.append(Told("sandbox", back, None, txn))
        if chance.random() < 0.3:
            failed = _later(house.notice, found["provider_ref"], status="failed", **named)
            told.append(Told("sandbox", failed, None, ""))
    return told


WIRES: dict[str, Callable[[House, UUID, int, Random], Awaitable[list[Told]]]] = {
    "bank_notice": _transfers,
    "sandbox": _payments,
}


def _later(make: Callable[..., RawRequest], *given: Any, **named: Any) -> Callable[[], RawRequest]:
    return lambda: make(*given, **named)


async def play(house: House, seed: int) -> History:
    """Play one history; AssertionError tells what does not hold."""
    chance = Random(seed)
    history = History(seed, await house.dossier())
    told: list[Told] = []
    for wire in chance.sample(sorted(WIRES), chance.randrange(1, len(WIRES) + 1)):
        told += await WIRES[wire](house, history.dossier, seed, chance)
    told = [one for one in told if chance.random() < 0.9]  # lost for good
    told += [one for one in told if chance.random() < 0.5]  # repeated
    chance.shuffle(told)
    while told:
        some = [told.pop() for _ in range(min(len(told), chance.choice((1, 1, 1, 3, 6))))]
        told += await _deliver(house, history, some, chance)
        await _meanwhile(house, history, chance)
    await _check(history)
    return history


async def _deliver(house: House, history: History, some: list[Told], chance: Random) -> list[Told]:
    """Deliver messages, many at once or one that dies in us; what was not taken comes again."""
    if len(some) == 1 and chance.random() < 0.2:
        taken = [await _dies(house, history, some[0], chance)]
    else:
        taken = list(await asyncio.gather(*(_hear(house, one) for one in some)))
    for one, was_taken in zip(some, taken, strict=True):
        history.told += 1
        if was_taken and one.movement:
            history.came.add(one.movement)
        if was_taken and one.takes_back:
            history.taken_back.add(one.takes_back)
    return [one for one, was_taken in zip(some, taken, strict=True) if not was_taken]


async def _hear(house: House, one: Told) -> bool:
    return await house.hear(one.request(), one.adapter) == 200


async def _dies(house: House, history: History, one: Told, chance: Random) -> bool:
    deaths: list[int] = []
    steps = chance.randrange(1, LONGEST_LIFE)
    try:
        return bool(await mortal(_hear(house, one), steps, deaths, gently=True))
    except (DiedError, asyncio.CancelledError):
        history.deaths += 1
        return False


async def _meanwhile(house: House, history: History, chance: Random) -> None:
    """Let the office do something in between: take cash, end the dossier, let time pass."""
    what = chance.random()
    if what < 0.08:
        with suppress(Problem):
            await payments.collect(
                history.dossier, kind="cash", amount=AMOUNT, slip_number=None,
                by="officer:lan", now=house.now,
            )  # fmt: skip
            history.came.add(Movement("counter", "cash", AMOUNT))
    elif what < 0.14 and not history.ended:
        await payments.cancel(history.dossier, now=house.now)
        history.ended = True
    house.later(seconds=chance.choice((1, 30, 400, 1200)))


async def _check(history: History) -> None:
    owed, _ = await payments.of_dossier(history.dossier)
    assert owed is not None
    found = await db.row(
        "SELECT COALESCE(SUM(amount), 0) AS back FROM refunds"
        " WHERE obligation = {} AND state = 'requested'",
        owed.id,
    )
    assert found is not None
    is_now = (owed.state, owed.paid, int(found["back"]))
    assert is_now == history.wanted(), f"is {is_now}, must be {history.wanted()}"


async def audited() -> None:
    """Check the books of all histories so far."""
    found = await payments.audit()
    assert found.right, f"drift {found.drift}: {found.gaps[:5]} {found.uncovered[:5]}"


def run(first: int, last: int) -> tuple[Counter[str], list[str]]:
    """Play histories first to last: what they met, and those that broke a promise."""
    logging.disable(logging.CRITICAL)
    totals: Counter[str] = Counter()
    broken: list[str] = []
    for begin in range(first, last + 1, A_BOOK):
        asyncio.run(_book(begin, min(begin + A_BOOK - 1, last), totals, broken))
    return totals, broken


async def _book(first: int, last: int, totals: Counter[str], broken: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="motcua-money-", dir=PLACE) as folder:
        database = await open_database(f"sqlite:///{folder}/money.db")
        try:
            await migrate(database)
            outbox.connect({})
            house = House(Vault(make_keys(random=Random(first).randbytes)))
            house.random = Random(first).randbytes
            for seed in range(first, last + 1):
                await _one(house, seed, totals, broken)
            await _audit(first, last, totals, broken)
        finally:
            await database.close()


async def _one(house: House, seed: int, totals: Counter[str], broken: list[str]) -> None:
    try:
        history = await play(house, seed)
    except AssertionError as why:
        broken.append(f"history {seed}: {why}\nagain: tests.proof.money.run({seed}, {seed})")
        return
    state, _, surplus = history.wanted()
    totals["notices told"] += history.told
    totals["deaths of the process"] += history.deaths
    totals[f"fees that ended {state}"] += 1
    totals["surpluses with their refund"] += surplus > 0


async def _audit(first: int, last: int, totals: Counter[str], broken: list[str]) -> None:
    found = await payments.audit()
    totals["obligations audited"] += found.obligations
    totals["drift of the ledger in đồng"] += found.drift
    if not found.right:
        broken.append(f"the books of {first} to {last}: {found}")


class Memos(NamedTuple):
    """What the matcher made of mangled memos."""

    missed: list[str]
    wrong: list[str]


NOISE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-/"


def mangled(wanted: int, *, seed: int) -> Memos:
    """Mangle so many memos as banks do, and look for the code that each holds."""
    chance = Random(seed)
    codes = [make_payment_code(random=chance.randbytes) for _ in range(wanted)]
    issued, missed, wrong = set(codes), [], []
    for code in codes:
        memo = _memo(code, chance)
        found = set(codes_in(memo)) & issued
        if code not in found:
            missed.append(memo)
        if found - {code}:
            wrong.append(memo)
    return Memos(missed, wrong)


def _memo(code: str, chance: Random) -> str:
    """Put noise around a code that cannot run into it, then do to all of it what banks do."""
    noise = "".join(chance.choices(NOISE, k=chance.randrange(0, 40)))
    shaped = chance.choice(SHAPES).format(code)
    return chance.choice(MANGLINGS)(f"{noise} {shaped} {noise[::-1]}")
