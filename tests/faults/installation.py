"""A whole installation as processes that can be killed one by one and started again.

Unlike `make run` it has no supervisor that ends everything when one process ends, and its pretend
systems keep their books in files, as real ones do. The service runs in mode `test`.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import httpx

from backend import payments
from backend.demo.folder import DemoFolder
from backend.platform.db import open_database
from tests.running import ROOT, free_port, own_database

WARD = "om-long-hung"
DISTRICT = "om"
MOTCUA = (sys.executable, "-m", "backend.cli")
_PRETEND = (
    "from pathlib import Path; from backend.demo import {name};"
    "{name}.run({port}, Path({faults!r}), state=Path({state!r}), {more})"
)


class Installation:
    """The service, the pretend one-stop and the pretend bank over one data folder."""

    def __init__(self, data: Path, *, environ: Mapping[str, str] | None = None) -> None:
        """Name the folder; `environ` is added to every process of the service."""
        self.data = data
        port = free_port()
        self.folder = DemoFolder(data, host="127.0.0.1", ports=(port, port + 1, port + 2))
        self.web, self.onestop, self.bank = self.folder.addresses.values()
        self.environ = {
            key: value for key, value in os.environ.items() if not key.startswith("MOTCUA_")
        } | dict(environ or {})
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.accounts: list[dict[str, str]] = []
        self.restarts = 0

    # -- making it ------------------------------------------------------------------------------

    def prepare(self, *, officers: Sequence[tuple[str, str]] = (("officer", WARD),) * 2) -> None:
        """Make keys, settings, the database and accounts by role and unit; no demo history."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.environ |= own_database()
        (self.data / "demo.toml").write_text('mode = "test"\n')
        (self.data / "demo.json").write_text('{"accounts": [{"role": "none"}]}')
        self.folder.prepare()
        self.folder.faults()
        for number, (role, unit) in enumerate(officers):
            login = f"{role}-{number}"
            said = self.run("officers", "add", login, "--role", role, "--unit", unit)
            password = re.search(r"Mật khẩu.*: (\S+)", said)[1]
            self.accounts.append({"role": role, "unit": unit, "login": login, "password": password})

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment of the service's processes."""
        return self.environ | {
            "MOTCUA_DATA": str(self.data),
            "MOTCUA_CONFIG": str(self.data / "settings.toml"),
        }

    @property
    def secrets(self) -> dict[str, Any]:
        """Give the secrets with which a script plays the bank."""
        found: dict[str, Any] = json.loads((self.data / "demo.json").read_text())["secrets"]
        return found

    def account(self, role: str, number: int = 0) -> dict[str, str]:
        """Give the first account of a role, or a later one."""
        return [one for one in self.accounts if one["role"] == role][number]

    def run(self, *words: str, check: bool = True) -> str:
        """Run one `motcua` command beside it; give what it printed."""
        done = subprocess.run(
            [*MOTCUA, *words],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(done.stdout.decode())
        return done.stdout.decode()

    # -- running it -----------------------------------------------------------------------------

    def command(self, name: str) -> list[str]:
        """Give the command line of one of its processes."""
        if name == "service":
            return [*MOTCUA, "serve"]
        more = f"data=Path({str(self.data)!r})" if name == "bank" else ""
        call = _PRETEND.format(
            name=name,
            port=self.folder.ports[("onestop", "bank").index(name) + 1],
            faults=str(self.data / f"faults-{name}.toml"),
            state=str(self.data / f"pretend-{name}.db"),
            more=more,
        )
        return [sys.executable, "-c", call]

    def start(self, *names: str, timeout: float = 60) -> "Installation":
        """Start processes (all by default) and wait until the service answers."""
        for name in names or ("onestop", "bank", "service"):
            with (self.data / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    self.command(name),
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        for name in names or ("onestop", "bank", "service"):
            self.wait_for(name, timeout=timeout)
        return self

    def wait_for(self, name: str, *, timeout: float = 60) -> None:
        """Wait until one of its processes answers."""
        path = {"service": "/health/ready", "onestop": "/received", "bank": "/"}[name]
        address = dict(zip(("service", "onestop", "bank"), self._origins, strict=True))[name]
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{address}{path}", timeout=5).status_code == 200:
                    return
            if self.processes[name].poll() is not None:
                raise RuntimeError(self.output(name))
            time.sleep(0.05)
        raise TimeoutError(f"{name}: {self.output(name)}")

    @property
    def _origins(self) -> tuple[str, str, str]:
        return self.web, self.onestop, self.bank

    def output(self, name: str) -> str:
        """Give the last that a process printed."""
        return (self.data / f"{name}.log").read_text(errors="replace")[-6000:]

    def fail(self, name: str, text: str) -> None:
        """Set the fault switch of a pretend system; an empty text makes it well."""
        (self.data / f"faults-{name}.toml").write_text(text)

    # -- hurting it -----------------------------------------------------------------------------

    def pids(self) -> dict[str, int]:
        """Name every process of the installation that lives now."""
        found = {}
        for name, process in self.processes.items():
            if process.poll() is None:
                found[name] = process.pid
        for pid, words in _descendants(found.get("service", 0)):
            if "workshop.child" in words:
                found["photo child"] = pid
            elif " serve" in words:
                found["web worker"] = pid
        return found

    def kill(self, name: str) -> bool:
        """Kill one process by SIGKILL; False when it does not live now."""
        pid = self.pids().get(name)
        if pid is None:
            return False
        leader = self.processes.get(name)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        if leader is not None:
            leader.wait(10)
        return True

    def revive(self) -> list[str]:
        """Start again what has ended; the names of it. The caller waits until it answers."""
        dead = [name for name, process in self.processes.items() if process.poll() is not None]
        for name in dead:
            self.restarts += 1
            with (self.data / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    self.command(name),
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
        return dead

    def stop(self) -> None:
        """End everything."""
        for process in self.processes.values():
            _signal(process, signal.SIGTERM)
        until = time.monotonic() + 12
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
        for process in self.processes.values():
            _signal(process, signal.SIGKILL)
            process.wait(5)
        self.processes.clear()

    # -- looking at it --------------------------------------------------------------------------

    def received(self) -> list[dict[str, Any]]:
        """Ask the pretend one-stop what it holds in effect."""
        found: list[dict[str, Any]] = httpx.get(f"{self.onestop}/received", timeout=30).json()
        return found

    def audit_of_money(self) -> payments.Audit | None:
        """Audit the money in one moment's copy of the database, while everything goes on.

        None where the database is a server's.
        """
        file = self.data / "motcua.db"
        if not file.exists():
            return None
        with tempfile.TemporaryDirectory(prefix="motcua-books-") as folder:
            copy = Path(folder) / "copy.db"
            source = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
            target = sqlite3.connect(copy)
            with contextlib.closing(source), contextlib.closing(target):
                source.backup(target)
            return asyncio.run(_audited(copy))


async def _audited(file: Path) -> payments.Audit:
    database = await open_database(f"sqlite:///{file}")
    try:
        return await payments.audit()
    finally:
        await database.close()


class Keeper:
    """Starts again, in a thread, whatever ends: what systemd is to a real installation."""

    def __init__(self, house: Installation) -> None:
        """Take the installation to keep up."""
        self._house = house
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while not self._stop.wait(0.05):
            self._house.revive()

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self
        return self

    def __exit__(self, *_: object) -> None:
        """Let be."""
        self._stop.set()
        self._thread.join()


@contextlib.contextmanager
def installed(data: Path, **given: Any) -> Iterator[Installation]:
    """Run an installation for the length of a block."""
    house = Installation(data)
    try:
        house.prepare(**given)
        yield house.start()
    finally:
        house.stop()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _descendants(parent: int) -> Iterator[tuple[int, str]]:
    """Give pid and command line of all children and grandchildren."""
    if not parent:
        return
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if found := re.match(r"(\d+) \(.*\) \S (\d+)", stat.read_text(), re.DOTALL):
                below.setdefault(int(found[2]), []).append(int(found[1]))
    waiting = below.get(parent, [])
    while waiting:
        pid = waiting.pop()
        waiting += below.get(pid, [])
        with contextlib.suppress(OSError):
            yield pid, (Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode())
