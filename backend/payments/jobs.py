"""Work for later about money: asking, giving back, ending attempts, matching what came early."""

from collections.abc import Mapping

import msgspec

from backend.payments.actions import (
    asking,
    changing,
    evidence,
    giving,
    hearing,
    settling,
)
from backend.payments.actions.adapters import Adapters
from backend.platform.jobs import Handler, Handler0
from backend.platform.kit.clock import Clock
from backend.platform.kit.ids import Randomness
from backend.platform.vault import Vault

SWEEP_SECONDS = 20.0


def handlers(
    adapters: Adapters, vault: Vault, *, clock: Clock, random: Randomness
) -> Mapping[str, Handler]:
    """Give the handlers of this room's topics."""

    async def ask(payload: bytes) -> None:
        work = msgspec.json.decode(payload, type=asking.Ask)
        await asking.ask(work, adapters=adapters, clock=clock, random=random)

    async def give(payload: bytes) -> None:
        work = msgspec.json.decode(payload, type=giving.Give)
        await giving.give(work, adapters=adapters, clock=clock)

    async def fetch(payload: bytes) -> None:
        work = msgspec.json.decode(payload, type=settling.Fetch)
        await evidence.fetch(work, adapters=adapters, vault=vault, now=clock())

    return {asking.TOPIC: ask, giving.TOPIC: give, settling.FETCH: fetch}


def recurring(
    adapters: Adapters, vault: Vault, *, clock: Clock
) -> Mapping[str, tuple[float, Handler0]]:
    """Give the work that comes round again."""

    async def read() -> None:
        await hearing.finish_unread(adapters=adapters, vault=vault, now=clock())

    async def match() -> None:
        await settling.match_lately_parked(now=clock())

    async def end() -> None:
        await asking.sweep(adapters=adapters, now=clock())

    async def run_out() -> None:
        await changing.end_unpaid(now=clock())

    async def probe() -> None:
        await asking.probe(adapters=adapters, clock=clock)

    # Apart, so that a fault of one holds up none of the others.
    return {
        "payments.unread": (SWEEP_SECONDS, read),
        "payments.parked": (SWEEP_SECONDS, match),
        "payments.overdue": (SWEEP_SECONDS, end),
        "payments.run_out": (SWEEP_SECONDS, run_out),
        "payments.probe": (SWEEP_SECONDS, probe),
    }
