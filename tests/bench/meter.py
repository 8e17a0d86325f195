"""CPU seconds and memory of process trees, read from /proc; and what others use meanwhile."""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def children_of(pid: int) -> list[int]:
    """List a process and all below it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parent = int(stat[stat.rindex(")") + 2 :].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += parents.get(one, [])
    return found


def cpu_of(pid: int, *, children: bool = True) -> float:
    """Give user and system seconds of one process, those of its ended children included."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0.0
    fields = stat[stat.rindex(")") + 2 :].split()
    return sum(map(int, fields[11 : 15 if children else 13])) / TICKS


def pss_of(pids: list[int]) -> float:
    """Give the proportional memory of some processes, in MB."""
    total = 0
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


class Machine:
    """What the whole machine used since it was looked at."""

    def __init__(self) -> None:
        """Look now."""
        self._busy, self._at = self._read(), time.monotonic()

    @staticmethod
    def _read() -> float:
        fields = [
            int(part) for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
        ]
        return (sum(fields) - fields[3] - fields[4]) / TICKS

    def since(self) -> tuple[float, float]:
        """Give the busy CPU seconds of all processes and the wall seconds since the look."""
        return self._read() - self._busy, time.monotonic() - self._at
