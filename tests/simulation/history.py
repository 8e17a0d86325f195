"""One history from one seed: a ward's days with a fault at any step, then quiet, then the count."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.simulation import invariants
from tests.simulation.dying import DiedError
from tests.simulation.people import Citizen, Officer
from tests.simulation.wires import through
from tests.simulation.world import World, open_world

STEPS = 130
_DAY = timedelta(hours=24)
QUIET = (*[15 * 60.0] * 14, *[6 * 3600.0] * 5, *[24 * 3600.0] * 2)
"""Seconds between the rounds of the quiet end: every pause of every job is over by then."""


class BrokenHistoryError(AssertionError):
    """A promise broke; the words hold the seed and every step that led there."""

    def __init__(self, world: World, why: AssertionError) -> None:
        """Write the history down."""
        steps = "\n".join(world.log)
        super().__init__(
            f"seed {world.seed}: {why}\n{steps}\nagain: python -m tests.simulation {world.seed}"
        )


async def play(seed: int, folder: Path, *, table: Any = None, calm: bool = False) -> World:
    """Play a history over a fresh database that is open; BrokenHistoryError names the seed.

    `calm`: without faults and deaths, and so the same on every engine.
    """
    world = await open_world(seed, folder, table=table)
    world.quiet = calm
    citizens = [Citizen(world, number) for number in range(world.chance.randrange(2, 6))]
    officer = Officer(world, citizens)
    try:
        for _ in range(STEPS):
            await _step(world, citizens, officer)
        await _come_to_rest(world, citizens)
        await invariants.check(world, citizens, officer)
    except AssertionError as why:
        raise BrokenHistoryError(world, why) from why
    return world


async def _step(world: World, citizens: list[Citizen], officer: Officer) -> None:
    """Let somebody do something, and some time pass."""
    chance = world.chance
    what = chance.choices(
        ("citizen", "work", "bank", "officer", "echo", "outage"), (60, 22, 8, 8, 5, 0.4)
    )[0]
    if what == "citizen":
        await chance.choice(citizens).step()
    elif what == "work":
        await world.work()
    elif what == "bank":
        await world.tell()
    elif what == "officer":
        await officer.step()
    elif what == "echo":
        await _echo(world)
    else:
        world.note("the one-stop is down for 24 hours")
        world.onestop_down_until = world.now + _DAY
    world.later(seconds=chance.choice((0, 1, 2, 5, 30, 90, 400)))


async def _echo(world: World) -> None:
    """Deliver a copy of an old request, late and out of order."""
    if not world.echoes:
        return
    name, request = world.echoes.pop(world.chance.randrange(len(world.echoes)))
    try:
        answer = await world.alive(through(world.web, request), f"echo of {name}")
        world.note(f"echo: {request.method} of {name} is {answer.status_code}")
        assert answer.status_code < 500 or answer.status_code in {503, 507}
    except DiedError:
        world.note(f"echo: {request.method} of {name} has no answer")


async def _come_to_rest(world: World, citizens: list[Citizen]) -> None:
    """Let everybody finish what they began, without faults, and days pass."""
    world.quiet = True
    world.onestop_down_until = world.now
    world.note("quiet")
    for citizen in citizens:
        for _ in range(60):
            if citizen.done:
                break
            await citizen.step()
    for pause in QUIET:
        await world.tell()
        await world.work()
        world.later(seconds=pause)
    await world.work()
