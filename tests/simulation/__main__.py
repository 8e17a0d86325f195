"""Play seeds by hand: `python -m tests.simulation 17` tells one history, `… 1 2000` many."""

import asyncio
import logging
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path

from backend.platform.db import migrate, open_database
from tests.simulation.history import BrokenHistoryError, play
from tests.simulation.world import World, load_records

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory: these histories need no disk


async def _template(folder: Path) -> Path:
    """Make a migrated database without rows, to be copied for each seed."""
    file = folder / "template.db"
    database = await open_database(f"sqlite:///{file}")
    await migrate(database)
    await database.close()
    return file


async def _played(seed: int, template: Path, folder: Path) -> World:
    """Play one seed over its own copy."""
    own = folder / str(seed)
    own.mkdir()
    shutil.copyfile(template, own / "motcua.db")
    database = await open_database(f"sqlite:///{own / 'motcua.db'}")
    try:
        return await play(seed, own)
    finally:
        await database.close()
        shutil.rmtree(own)


def run(first: int, last: int) -> tuple[Counter[str], list[str]]:
    """Play seeds one after the other: how many, what they met, and the histories that broke."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    load_records()
    totals: Counter[str] = Counter()
    broken = []
    place = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="motcua-seeds-", dir=place) as name:
        folder = Path(name)
        template = asyncio.run(_template(folder))
        for seed in range(first, last + 1):
            totals["histories"] += 1
            try:
                world = asyncio.run(_played(seed, template, folder))
            except BrokenHistoryError as failure:
                broken.append(str(failure))
                continue
            totals["deaths of the process"] += world.deaths
            totals["faults on the wires"] += world.faults
            totals["dossiers handed in"] += world.handed_in
            totals["deliveries in effect"] += len(world.onestop.book.received())
    return totals, broken


def main(words: list[str]) -> int:
    """Play what was asked for and tell it."""
    first = int(words[0]) if words else 1
    last = int(words[1]) if words[1:] else first
    totals, broken = run(first, last)
    for name, number in totals.items():
        print(f"{name:<28}{number}")
    for history in broken:
        print(f"\n{history}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
