"""`make bench`: one JSON object a line, each figure beside its limit, measured in the same run.

`python -m tests.bench money` measures the rows about money alone. Only the ratios may be quoted,
and none is printed where other programs used more than a fifth of the machine meanwhile.
"""

import asyncio
import contextlib
import json
import logging
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.bench import anchors, money
from tests.bench.job import PHOTOS, Setting, dossier
from tests.bench.meter import Machine, children_of, cpu_of, pss_of
from tests.bench.wire import Line
from tests.running import MOTCUA, ROOT, Running, running

OTHERS_AT_MOST = 0.20
ROUNDS = ((1, 30), (8, 120), (32, 256)) * 3
CORES = os.cpu_count() or 1


def say(
    name: str, value: float, unit: str, *, limit: tuple[str, float] | None = None, **more: Any
) -> None:
    """Print one row; `limit` is the goal or the anchor beside it, `others` may refuse the ratio."""
    row: dict[str, Any] = {"name": name, "value": round(value, 4), "unit": unit}
    row["limit_name"], row["limit_value"] = (
        (limit[0], round(limit[1], 4)) if limit else (None, None)
    )
    noisy = more.get("others", 0.0) > OTHERS_AT_MOST
    row["ratio"] = round(value / limit[1], 4) if limit and limit[1] and not noisy else None
    if noisy:
        row["refused"] = "others used more than 20 % of the machine"
    print(json.dumps(row | more, ensure_ascii=False), flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Processes:
    """The installation's processes by role."""

    def __init__(self, house: Running) -> None:
        """Find the service, its workshop, and the pretend systems below the supervisor."""
        assert house.process is not None
        self.top = house.process.pid

    def pids(self) -> dict[str, list[int]]:
        """Sort every process by what its command line says."""
        found: dict[str, list[int]] = {"service": [], "pretend": [], "supervisor": [self.top]}
        for pid in children_of(self.top):
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
                if "simulate" in words:
                    found["pretend"] += children_of(pid)
                elif "serve" in words:
                    found["service"] += children_of(pid)
        return {role: sorted(set(pids)) for role, pids in found.items()}

    def cpu(self) -> dict[str, float]:
        """Give CPU seconds: of the service whole, and of its busiest process (the database's)."""
        pids = self.pids()
        return {
            "service": sum(map(cpu_of, pids["service"])),
            "database": max(cpu_of(pid, children=False) for pid in pids["service"]),
            "pretend": sum(map(cpu_of, pids["pretend"])),
        }


async def load(setting: Setting, host: str, port: int, clients: int, jobs: int) -> dict[str, Any]:
    """Run `jobs` dossiers with `clients` phones at once; give timings and what was handed in."""
    timings: dict[str, list[float]] = {}
    left = iter(range(jobs))
    done: list[dict[str, Any]] = []
    traffic = [0, 0]

    async def phone() -> None:
        line = Line(host, port)
        for _ in left:
            done.append(await dossier(line, setting, timings))
        traffic[0] += line.sent
        traffic[1] += line.received
        line.close()

    begun = time.perf_counter()
    await asyncio.gather(*(phone() for _ in range(clients)))
    return {
        "seconds": time.perf_counter() - begun,
        "timings": timings,
        "done": done,
        "sent": traffic[0],
        "received": traffic[1],
    }


def received(house: Running) -> dict[str, dict[str, Any]]:
    """Ask the pretend one-stop what it holds, by code."""
    with urllib.request.urlopen(f"{house.demo['addresses']['onestop']}/received") as answer:  # noqa: S310
        return {one["code"]: one for one in json.load(answer)}


def until_forwarded(house: Running, done: list[dict[str, Any]], seconds: float = 120) -> float:
    """Wait until every dossier arrived at the one-stop; give the seconds it took."""
    begun = time.monotonic()
    wanted = {one["code"] for one in done}
    while time.monotonic() - begun < seconds:
        held = received(house)
        if wanted <= held.keys() and all(held[code]["files"] for code in wanted):
            return time.monotonic() - begun
        time.sleep(0.3)
    missing = len(wanted - received(house).keys())
    raise AssertionError(f"{missing} dossiers never arrived")


def audit(house: Running, done: list[dict[str, Any]]) -> None:
    """Fail unless each dossier is at the one-stop once, with its three files and nothing else."""
    held = received(house)
    for one in done:
        there = held[one["code"]]
        assert there["deliveries"] == 1, there
        assert {file["sha256"] for file in there["files"]} == one["files"], there


def main() -> None:
    """Run every benchmark, or those about money alone."""
    # The house writes its own log; what is opened here is read to be counted.
    logging.getLogger("motcua").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        if sys.argv[1:] == ["money"]:
            with running(Path(folder) / "data", toml='mode = "test"\n') as house:
                money_rows(house, setting_of(house), Path(folder))
            return
        begun = time.perf_counter()
        house = Running(Path(folder) / "data", toml='mode = "test"\n').start()
        say("first_start", time.perf_counter() - begun, "s")
        try:
            bench(house, Path(folder))
        finally:
            house.stop()
        begun = time.perf_counter()
        house.start()
        say("second_start_ready", time.perf_counter() - begun, "s", limit=("goal", 5.0))
        house.stop()
        checked = subprocess.run(
            [MOTCUA, "verify-audit"], cwd=ROOT, capture_output=True, text=True, check=False,
            env=os.environ | {
                "MOTCUA_DATA": str(house.data), "MOTCUA_CONFIG": str(house.data / "settings.toml"),
            },
        )  # fmt: skip
        say("audit_chain_faults", float(checked.returncode), "faults", said=checked.stdout.strip())


def bench(house: Running, folder: Path) -> None:
    """Measure the running installation."""
    host, port = place_of(house)
    setting = setting_of(house)
    processes = Processes(house)
    warm = asyncio.run(load(setting, host, port, 4, 12))
    until_forwarded(house, warm["done"])
    rounds: dict[int, list[dict[str, float]]] = {}
    everything = list(warm["done"])
    for clients, jobs in ROUNDS:
        rounds.setdefault(clients, []).append(
            one_round(house, setting, processes, (host, port), clients, jobs, everything)
        )
    for clients, found in rounds.items():
        rows(clients, found)
    audit(house, everything)
    say("dossiers_audited", len(everything), "dossiers", lost=0, doubled=0)
    side_rows(house, setting, folder)
    money_rows(house, setting, folder)
    memory(processes)


def place_of(house: Running) -> tuple[str, int]:
    """Give host and port of the service."""
    host, _, port = house.web.removeprefix("http://").partition(":")
    return host, int(port)


def setting_of(house: Running) -> Setting:
    """Read what a job needs to know."""
    poster = next(one for one in house.demo["posters"] if one["procedure"] == "2.000635")
    address = f"{house.web}/api/v1/procedures/2.000635/example?unit={poster['unit']}"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own service
        return Setting(house.demo, json.load(answer))


def one_round(
    house: Running,
    setting: Setting,
    processes: Processes,
    place: tuple[str, int],
    clients: int,
    jobs: int,
    everything: list[dict[str, Any]],
) -> dict[str, float]:
    """Run one load and wait for its forwards; give CPU, rates and times per dossier."""
    machine, before, own = Machine(), processes.cpu(), time.process_time()
    found = asyncio.run(load(setting, *place, clients, jobs))
    drained = until_forwarded(house, found["done"])
    after, busy_wall = processes.cpu(), machine.since()
    used = {role: after[role] - before[role] for role in before}
    driver = time.process_time() - own
    others = (busy_wall[0] - used["service"] - used["pretend"] - driver) / (busy_wall[1] * CORES)
    everything += found["done"]
    job = found["timings"]["job"]
    return {
        "cpu_ms": used["service"] / jobs * 1000,
        "database_ms": used["database"] / jobs * 1000,
        "rate": jobs / found["seconds"],
        "drained": drained,
        "p50": statistics.median(job) * 1000,
        "p95": percentile(job, 0.95) * 1000,
        "p99": percentile(job, 0.99) * 1000,
        "driver_ms": driver / jobs * 1000,
        "pretend_ms": used["pretend"] / jobs * 1000,
        "wire_bytes": (found["sent"] + found["received"]) / jobs - PHOTOS * len(setting.photo),
        "others": max(0.0, others),
    }


def rows(clients: int, found: list[dict[str, float]]) -> None:
    """Print the medians of a number of clients, with their spread."""

    def middle(key: str) -> float:
        return statistics.median(one[key] for one in found)

    def spread(key: str) -> str:
        return f"{min(one[key] for one in found):.1f}–{max(one[key] for one in found):.1f}"

    others = round(middle("others"), 3)
    suffix = f"_{clients}_clients"
    say(
        "cpu_per_dossier" + suffix, middle("cpu_ms"), "ms", limit=("goal", 40.0), others=others,
        spread=spread("cpu_ms"),
    )  # fmt: skip
    say(
        "cpu_per_dossier_database_process" + suffix, middle("database_ms"), "ms",
        limit=("goal", 28.0), others=others, spread=spread("database_ms"),
    )  # fmt: skip
    say(
        "dossiers_per_second" + suffix, middle("rate"), "1/s", limit=("goal", 30.0), others=others,
        spread=spread("rate"), drained_s=round(middle("drained"), 2),
        driver_ms=round(middle("driver_ms"), 1), pretend_ms=round(middle("pretend_ms"), 1),
    )  # fmt: skip
    say(
        "job_time_p50" + suffix, middle("p50"), "ms", others=others,
        p95=round(middle("p95"), 1), p99=round(middle("p99"), 1),
    )  # fmt: skip
    say("wire_bytes_without_photos" + suffix, middle("wire_bytes"), "B")


def side_rows(house: Running, setting: Setting, folder: Path) -> None:
    """Measure the anchors, and what stands beside the job: view copy, receipt, first load."""
    found = asyncio.run(_pages(house, setting))
    say("first_load_critical_path", found["bytes"] / 1000, "kB", limit=("goal", 35.0))
    pairs: tuple[tuple[str, Callable[[], float], str], ...] = (
        ("anchor_sqlite_commits", lambda: anchors.commits(folder), "1/s"),
        ("anchor_durable_photos", lambda: anchors.durable_files(folder), "1/s"),
        ("anchor_sha256", anchors.hashing, "MB/s"),
        ("anchor_reduced_decode", lambda: anchors.small_decode(setting.photo), "1/s"),
    )
    for name, measure, unit in pairs:
        say(name, measure(), unit)
    bare = 1000 / anchors.full_view(setting.photo)
    say("view_copy_first_opening", found["first_ms"], "ms", limit=("bare Pillow", bare))
    say("view_copy_again", found["again_ms"], "ms")
    say("receipt_pdf", found["receipt_ms"], "ms")
    say("check_of_all_procedures", _checking(), "s", limit=("goal", 2.0))


def money_rows(house: Running, setting: Setting, folder: Path) -> None:
    """Measure fifty copies of a notice at once, and a storm of copies in this process."""
    processes = Processes(house)
    machine, before, own = Machine(), processes.cpu(), time.process_time()
    used = partial(_cpu_of_all, processes.pids()["service"])
    found = asyncio.run(money.fifty_at_once(place_of(house), setting, used))
    after, busy = processes.cpu(), machine.since()
    ours = sum(after[role] - before[role] for role in ("service", "pretend"))
    others = (busy[0] - ours - (time.process_time() - own)) / (busy[1] * CORES)
    visible, answered = found["visible"], found["answered"]
    say(
        "fifty_notices_at_once_visible_p99", percentile(visible, 0.99), "ms", limit=("goal", 50.0),
        others=max(0.0, round(others, 3)), p50=round(statistics.median(visible), 1),
        answered_p50=round(statistics.median(answered), 1),
        answered_p99=round(percentile(answered, 0.99), 1), cases=len(visible),
        cpu_of_fifty=round(statistics.mean(found["cpu"]), 1),
    )  # fmt: skip
    rates = asyncio.run(money.storm(folder))
    settled, heard = rates["settled"], rates["heard"]
    say(
        "duplicate_notices_settled_per_cpu_second", settled["per_cpu_second"], "1/s",
        limit=("goal", 3_000.0), others=round(settled["others"], 3),
        per_second=round(settled["per_second"]), by_hand=round(rates["by hand"]["per_cpu_second"]),
    )  # fmt: skip
    say(
        "duplicate_notices_heard_per_cpu_second", heard["per_cpu_second"], "1/s",
        others=round(heard["others"], 3), per_second=round(heard["per_second"]),
    )  # fmt: skip


def _cpu_of_all(pids: Sequence[int]) -> float:
    return sum(map(cpu_of, pids))


def _checking() -> float:
    """Time the linter over all procedure files, its golden dossiers and its own start included."""
    begun = time.perf_counter()
    subprocess.run([MOTCUA, "check-procedures"], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


async def _pages(house: Running, setting: Setting) -> dict[str, float]:
    """Fetch what a phone needs for the first question, and time view copies and a receipt."""
    line = Line(*place_of(house))
    size = await _critical_path(line, setting)
    done = [await dossier(line, setting, {}) for _ in range(3)]
    views = await _views(house, line, setting, [one["code"] for one in done])
    auth = f"Authorization: Bearer {done[0]['key']}\r\n"
    path = f"/api/v1/dossiers/{done[0]['id']}/links"
    link = (await line.call("POST", path, b'{"what":"receipt"}', headers=auth)).json()["url"]
    found = {
        "bytes": float(size),
        "first_ms": await _timed(line, views),
        "again_ms": await _timed(line, views),
        "receipt_ms": await _timed(line, [_below(link)] * 7),
    }
    line.close()
    return found


async def _critical_path(line: Line, setting: Setting) -> int:
    """Weigh the page, all that its head asks for at once, and the definition, as sent."""
    coded, poster = "Accept-Encoding: br\r\n", setting.poster
    page = await line.call("GET", f"/q/{poster['code']}", headers=coded)
    html = (ROOT / "pwa/dist/index.html").read_text()
    paths = [*dict.fromkeys(re.findall(r'(?:src|href)="(/assets/[^"]+)"', html))]
    paths.append(f"/api/v1/procedures/{poster['procedure']}?unit={poster['unit']}")
    answers = [page, *[await line.call("GET", path, headers=coded) for path in paths]]
    assert all(one.status == HTTPStatus.OK for one in answers), paths
    return sum(len(one.body) for one in answers)


async def _views(house: Running, line: Line, setting: Setting, codes: list[str]) -> list[str]:
    """Sign an officer in; list the addresses of the dossiers' view copies."""
    account = house.account("officer", setting.poster["unit"])
    words = json.dumps({name: account[name] for name in ("login", "password")}).encode()
    signed_in = await line.call("POST", "/api/v1/session", words)
    cookie = signed_in.headers[b"set-cookie"].decode().partition(";")[0]
    found = []
    for code in codes:
        path = f"/api/v1/workbench/dossiers/{code}"
        shown = (await line.call("GET", path, headers=f"Cookie: {cookie}\r\n")).json()
        found += [_below(file["view_url"]) for file in shown["files"]]
    return found


async def _timed(line: Line, paths: Sequence[str]) -> float:
    """Fetch each path; give the median in milliseconds."""
    times = []
    for path in paths:
        begun = time.perf_counter()
        answer = await line.call("GET", path)
        assert answer.status == HTTPStatus.OK, answer.body[:200]
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _below(url: str) -> str:
    return urlsplit(url).path


def memory(processes: Processes) -> None:
    """Measure the service's memory a minute after the last request."""
    time.sleep(60)
    say("memory_after_a_minute", pss_of(processes.pids()["service"]), "MB", limit=("goal", 150.0))


if __name__ == "__main__":
    sys.exit(main())
