"""Money under pressure: fifty copies of one notice at once, and a storm of copies.

The first over HTTP against the running house; the second in this process, over a database of its
own on the same disk, so that nothing but proving, settling and committing is counted.
"""

import asyncio
import hmac
import json
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from backend import payments
from backend.platform import outbox
from backend.platform.db import migrate, open_database, row, transaction
from backend.platform.keys import make_keys
from backend.platform.vault import Vault
from payment_adapters.contract import RawRequest
from tests.backend.payments.conftest import SEPAY, House
from tests.bench.job import NOTICES, Setting, handed_in, notice_of, ok
from tests.bench.meter import Machine
from tests.bench.wire import Line

COPIES = 50
CASES = 100
STORM = 6_000
AT_ONCE = 32
PATIENCE = 10.0
GLANCE = 0.005
"""How often the watcher looks: more often, its own questions would be what is measured."""

CORES = os.cpu_count() or 1


# -- fifty at once, over HTTP ----------------------------------------------------------------------


async def fifty_at_once(
    place: tuple[str, int], setting: Setting, used: Callable[[], float]
) -> dict[str, list[float]]:
    """Tell each of many fees fifty times at once; give milliseconds until it is seen as paid.

    `answered` holds those until each single copy was answered, `cpu` what the service `used` for
    all of them.
    """
    lines = [Line(*place) for _ in range(COPIES)]
    watcher = Line(*place)
    found: dict[str, list[float]] = {"visible": [], "answered": [], "cpu": []}
    for _ in range(CASES):
        owing = await handed_in(watcher, setting)
        await asyncio.gather(*(line.call("GET", "/health/live") for line in lines))
        await asyncio.sleep(0.2)  # what the case before left to be forwarded is done
        headers, body = notice_of(setting, owing)
        begun, before = time.perf_counter(), used()

        async def tell(line: Line, begun: float, headers: str, body: bytes) -> None:
            await ok(line, "POST", NOTICES, body, headers)
            found["answered"].append((time.perf_counter() - begun) * 1000)

        async def watch(begun: float, path: str, auth: str) -> None:
            while (await ok(watcher, "GET", path, b"", auth)).json()["obligation"]["paid"] == 0:
                assert time.perf_counter() - begun < PATIENCE, "it is never seen as paid"
                await asyncio.sleep(GLANCE)
            found["visible"].append((time.perf_counter() - begun) * 1000)

        await asyncio.gather(
            watch(begun, owing.path, owing.auth),
            *(tell(one, begun, headers, body) for one in lines),
        )
        found["cpu"].append((used() - before) * 1000)
        seen = (await ok(watcher, "GET", owing.path, b"", owing.auth)).json()["obligation"]
        assert (seen["state"], seen["paid"]) == ("paid", owing.amount), seen
    for line in (*lines, watcher):
        line.close()
    return found


# -- a storm of copies, in this process ------------------------------------------------------------


class Storm:
    """A paid fee, and its notice told again and again by many at once."""

    def __init__(self, house: House, notice: RawRequest) -> None:
        self.house, self.notice = house, notice

    async def heard(self) -> None:
        """Take a copy in as the address does: kept, proven, settled, judged."""
        assert await self.house.hear(self.notice) == 200

    async def settled(self) -> None:
        """Prove a copy and settle it."""
        adapters = self.house.adapters
        adapter, ctx = adapters.listening("bank_notice"), adapters.context("bank_notice")
        source = payments.Source(adapter="bank_notice")
        async with transaction():
            for seen in adapter.parse_notice(ctx, self.notice).observations:
                outcome = await payments.settle(
                    seen, source=source, adapters=adapters, now=self.house.now
                )
                assert outcome.value == "duplicate", outcome


async def storm(folder: Path) -> dict[str, dict[str, float]]:
    """Tell one paid fee thousands of times; give copies per CPU second and per second, by way."""
    database = await open_database(f"sqlite:///{folder}/storm.db")
    try:
        await migrate(database)
        outbox.connect({})
        house = House(Vault(make_keys(random=os.urandom)))
        dossier = await house.dossier()
        told = Storm(house, house.transfer(await house.code(dossier)))
        await told.heard()
        rates = {
            "settled": await _rate(told.settled, STORM),
            "heard": await _rate(told.heard, STORM // 3),
            "by hand": {"per_cpu_second": by_hand(folder, told.notice.body)},
        }
        found = await row("SELECT COUNT(*) AS events FROM money_events")
        audit = await payments.audit()
        assert found == {"events": 1}
        assert await house.state(dossier) == "paid"
        assert audit.right, audit
        return rates
    finally:
        await database.close()


async def _rate(act: Callable[[], Awaitable[None]], times: int) -> dict[str, float]:
    left = iter(range(times))

    async def teller() -> None:
        for _ in left:
            await act()

    machine, used, begun = Machine(), time.process_time(), time.perf_counter()
    await asyncio.gather(*(teller() for _ in range(AT_ONCE)))
    busy, cpu = machine.since(), time.process_time() - used
    return {
        "per_cpu_second": times / cpu,
        "per_second": times / (time.perf_counter() - begun),
        "others": max(0.0, (busy[0] - cpu) / (busy[1] * CORES)),
    }


def by_hand(folder: Path, body: bytes) -> float:
    """Give copies per CPU second of the least that can be done: one proof, one point read."""
    connection = sqlite3.connect(folder / "by-hand.db")
    try:
        connection.execute("CREATE TABLE seen (txn TEXT PRIMARY KEY, amount INTEGER)")
        connection.execute("INSERT INTO seen VALUES ('1', 24000)")
        used = time.process_time()
        for _ in range(STORM):
            hmac.new(SEPAY.encode(), b"1795246332." + body, "sha256").hexdigest()
            named = (str(json.loads(body)["id"]),)
            assert connection.execute("SELECT amount FROM seen WHERE txn = ?", named).fetchone()
        return STORM / (time.process_time() - used)
    finally:
        connection.close()
