"""The long figures of the README: `make proof`, or `python -m tests.proof` with names of parts.

Each part prints one line per figure; all are written to docs/proof.json with commit, date and
machine, each with the command that makes it again. A breach is printed whole and ends in exit 1.
"""

import argparse
import json
import logging
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.bad_inputs import run as bad_inputs
from tests.faults.installation import DISTRICT, WARD, Installation, installed
from tests.faults.storm import VICTIMS, Storm
from tests.proof import deadlines as wall
from tests.proof import memos as banks
from tests.proof import money as cash
from tests.proof import sends as sending
from tests.proof import shelves as books
from tests.proof.fuzz import World
from tests.running import ROOT
from tests.simulation import __main__ as simulation

OFFICERS = (("officer", WARD), ("officer", WARD), ("leader", DISTRICT))
REPORT = ROOT / "docs" / "proof.json"


class Figure(NamedTuple):
    """One figure and the command that makes it."""

    name: str
    value: int | float | str
    command: str


class Part(NamedTuple):
    """What one part found."""

    figures: list[Figure]
    breaches: list[str]


@contextmanager
def house() -> Iterator[Installation]:
    """Run a fresh installation in a temporary folder."""
    with ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="motcua-proof-", ignore_cleanup_errors=True)
        )
        yield stack.enter_context(installed(Path(folder) / "data", officers=OFFICERS))


def kills(wanted: argparse.Namespace) -> Part:
    """Kill every process of the installation in turn while phones hand in dossiers."""
    command = f"python -m tests.proof kills --kills {wanted.kills} --seed {wanted.seed}"
    chance = Random(wanted.seed)  # noqa: S311 - the order of victims, no secret
    victims = [chance.choice(VICTIMS) for _ in range(wanted.kills * 2)]
    begun = time.monotonic()
    with house() as found:
        storm = Storm(found, seed=wanted.seed, phones=4)
        storm.rage(victims, pause=0.5, most_kills=wanted.kills)
        out = storm.count(patience=180)
        faults = found.output("service").count('"event":"fault"')
    figures = {
        "kills": out.kills.total(),
        **{f"kills of the {name}": number for name, number in sorted(out.kills.items())},
        "acknowledged dossiers": out.acknowledged,
        "acknowledged dossiers or files lost": len(out.lost),
        "acknowledged files": out.files,
        "files with another hash": len(out.hashes),
        "dossiers in effect at the one-stop": out.delivered,
        "doubled at the one-stop": len(out.doubled),
        "moves out of order": len(out.order),
        "payments that do not add up": len(out.money),
        "surpluses given back by two persons": out.given_back,
        "audits of the money at the moment of a kill": out.audits,
        "audits of the money that found a difference": len(out.books),
        "answers that broke a promise": len(out.breaches),
        "answers 5xx during the kills": sum(
            number for status, number in out.answers.items() if status >= 500
        ),
        "journal": out.audit,
        "seconds of kills": round(time.monotonic() - begun),
    }
    breaches = out.faults + [f"{faults} faults of ours in the log"] * (faults > 0)
    return Part([Figure(name, value, command) for name, value in figures.items()], breaches)


def fuzz(wanted: argparse.Namespace) -> Part:
    """Fuzz the API from its own description until enough cases were made."""
    command = f"python -m tests.proof fuzz --cases {wanted.cases} --seed {wanted.seed}"
    cases, errors, breaches = 0, 0, []
    statuses: Counter[str] = Counter()
    seed = wanted.seed
    while cases < wanted.cases:
        with house() as found:
            fuzzed = World(found).fuzz(seed=seed, examples=max(1, wanted.cases // 100))
        if not fuzzed.cases:
            breaches.append(fuzzed.said[-4000:])
            break
        cases, errors, seed = cases + fuzzed.cases, errors + fuzzed.server_errors, seed + 1
        for call, number in fuzzed.calls.items():
            statuses[call[0]] += number
        if not fuzzed.passed:
            breaches.append(fuzzed.said[-4000:])
    figures = {
        "schemathesis cases": cases,
        "schemathesis 5xx": errors,
        "schemathesis runs that failed": len(breaches),
        "schemathesis answers by class": ", ".join(
            f"{key}xx {number}" for key, number in sorted(statuses.items())
        ),
    }
    return Part([Figure(name, value, command) for name, value in figures.items()], breaches)


def bad(_wanted: argparse.Namespace) -> Part:
    """Send the whole catalogue of bad inputs."""
    command = "python -m tests.proof bad"
    answers: list[bad_inputs.Judged] = []
    with house() as found:
        for name in bad_inputs.PARTS:
            answers += bad_inputs.part(found, name)
    breaches = [f"{one.name}: {one.fault}" for one in answers if one.fault]
    figures = {
        "bad inputs": bad_inputs.count(),
        "bad input answers": len(answers),
        "bad input 5xx": sum(one.status >= 500 for one in answers),
        "bad inputs answered wrongly or without a sentence": len(breaches),
    }
    return Part([Figure(name, value, command) for name, value in figures.items()], breaches)


def seeds(wanted: argparse.Namespace) -> Part:
    """Play the simulated histories, half of the seeds in each of two processes."""
    command = f"python -m tests.proof seeds --seeds {wanted.seeds}"
    middle = wanted.seeds // 2
    with ProcessPoolExecutor(2) as pool:
        halves = list(pool.map(simulation.run, (1, middle + 1), (middle, wanted.seeds)))
    totals = sum((total for total, _ in halves), Counter())
    broken = [history for _, histories in halves for history in histories]
    figures = {f"simulated {name}": number for name, number in totals.items()}
    figures["simulated histories that broke a promise"] = len(broken)
    return Part([Figure(name, value, command) for name, value in figures.items()], broken)


def deadlines(wanted: argparse.Namespace) -> Part:
    """Compare the deadline engine with a simulation, half of the cases in each of two processes."""
    command = f"python -m tests.proof deadlines --dates {wanted.dates} --seed {wanted.seed}"
    halves = (wanted.dates // 2, wanted.dates - wanted.dates // 2)
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(wall.differences, (2 * wanted.seed, 2 * wanted.seed + 1), halves))
    breaches = [one for half in found for one in half]
    figures = {
        "due dates compared minute by minute": wanted.dates,
        "due dates that differ or break a law": len(breaches),
    }
    return Part([Figure(name, value, command) for name, value in figures.items()], breaches[:20])


def sends(wanted: argparse.Namespace) -> Part:
    """Let phones send through cuts, kills, repeats and late arrivals."""
    command = f"python -m tests.proof sends --sends {wanted.sends} --seed {wanted.seed}"
    begun = time.monotonic()
    with house() as found:
        counted = sending.send(found, wanted.sends, seed=wanted.seed)
    figures = {
        "simulated sends": counted.sent,
        "simulated sends at the ward": counted.at_ward,
        "simulated sends lost": len(counted.lost),
        "simulated sends doubled": len(counted.doubled),
        "simulated sends incomplete": len(counted.incomplete),
        **{
            f"requests of simulated sends: {fate}": number
            for fate, number in sorted(counted.fates.items())
        },
        "seconds of simulated sends": round(time.monotonic() - begun),
    }
    return Part([Figure(name, value, command) for name, value in figures.items()], counted.faults)


def money(wanted: argparse.Namespace) -> Part:
    """Play histories of money through the core and the adapters' parsers, and mangle memos."""
    command = (
        f"python -m tests.proof money --histories {wanted.histories} --memos {wanted.memos}"
        f" --seed {wanted.seed}"
    )
    found = _histories(wanted)
    totals, broken = books.totals(found), [words for one in found for words in one.broken]
    memos = banks.mangled(wanted.memos, seed=wanted.seed)
    figures = {
        **{f"money: {name}": number for name, number in sorted(totals.items())},
        "money: histories that broke a promise": len(broken),
        "money: mangled memos": wanted.memos,
        "money: memos whose code was not found": len(memos.missed),
        "money: memos matched to another's code": len(memos.wrong),
    }
    breaches = broken + memos.missed[:20] + memos.wrong[:20]
    return Part([Figure(name, value, command) for name, value in figures.items()], breaches)


def _histories(wanted: argparse.Namespace) -> list[books.Shelf]:
    """Play the shelves that the kept file does not have yet, two at a time."""
    commit = _commit()
    spans = books.spans(wanted.histories)
    found = books.kept(wanted.kept, commit=commit, wanted=spans)
    had = {(one.first, one.last) for one in found}
    left = [span for span in spans if span not in had]
    ends = [time.time() + wanted.minutes * 60] * len(left)
    firsts, lasts = ([span[at] for span in left] for at in (0, 1))
    with ProcessPoolExecutor(2) as pool:
        played = zip(left, pool.map(cash.run, firsts, lasts, ends), strict=True)
        for (first, last), (met, broken) in played:
            found.append(books.Shelf(commit, first, last, dict(met), broken))
            books.keep(wanted.kept, found[-1])
            said = f"money: {books.totals(found)['histories']} histories"
            print(
                f"{said}, {sum(len(one.broken) for one in found)} broken",
                file=sys.stderr,
                flush=True,
            )
    return found


PARTS: dict[str, Callable[[argparse.Namespace], Part]] = {
    "bad": bad,
    "seeds": seeds,
    "deadlines": deadlines,
    "money": money,
    "fuzz": fuzz,
    "kills": kills,
    "sends": sends,
}


def machine() -> str:
    """Say what the figures were made on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, Python {python}"


def main() -> int:
    """Run the parts that were asked for (all by default) and write the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, default=2_000)
    parser.add_argument("--histories", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=600, help="end histories of money then")
    parser.add_argument("--kept", type=Path, help="a file that keeps what histories found")
    parser.add_argument("--memos", type=int, default=200_000)
    parser.add_argument("--dates", type=int, default=100_000)
    parser.add_argument("--sends", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    # The house writes its own log; what is opened here is read to be counted.
    logging.getLogger("motcua").setLevel(logging.ERROR)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the house is stopped too
    figures: dict[str, Figure] = {}
    breaches: list[str] = []
    for name in wanted.parts or PARTS:
        found = PARTS[name](wanted)
        breaches += found.breaches
        for figure in found.figures:
            figures[figure.name] = figure
            print(f"{figure.name:<52}{figure.value}", flush=True)
        _write(figures)
    for words in breaches:
        print(f"\nBREACH {words}", file=sys.stderr)
    return 1 if breaches else 0


def _commit() -> str:
    asked = ["git", "rev-parse", "--short=12", "HEAD"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    return answer.stdout.decode().strip()


def _write(figures: dict[str, Figure]) -> None:
    """Write the report; figures of parts that were not run now stay as they were."""
    kept = json.loads(REPORT.read_text())["figures"] if REPORT.exists() else []
    names = set(figures)
    figures_now = [one for one in kept if one["name"] not in names]
    figures_now += [figure._asdict() for figure in figures.values()]
    report = {
        "commit": _commit(),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "figures": figures_now,
    }
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
