"""Start the whole installation as `make run` does, for tests that use HTTP alone."""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import httpx

ROOT = Path(__file__).parents[1]
MOTCUA = Path(sys.executable).parent / "motcua"
_LOWEST_PORT, _PORTS = 11_000, 20_000


def free_port() -> int:
    """Give a port where three in a row are free: the service and the two pretend systems.

    Low ones, which the machine gives to nobody's outgoing call before the processes listen.
    """
    while True:
        port = _LOWEST_PORT + secrets.randbelow(_PORTS)
        with contextlib.ExitStack() as stack:
            try:
                for beside in (port, port + 1, port + 2):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", beside))
            except OSError:
                continue
            return port


def own_database() -> dict[str, str]:
    """Make an empty database where the suite runs on PostgreSQL; SQLite makes its own file."""
    server = os.environ.get("MOTCUA_DATABASE_URL", "")
    if not server.startswith("postgres"):
        return {}
    name = f"house_{uuid4().hex}"

    async def create() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(create())
    return {"MOTCUA_DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}


class Running:
    """A running demo: its processes, its addresses, its accounts."""

    def __init__(
        self,
        data: Path,
        *,
        port: int | None = None,
        toml: str = "",
        motcua: Path = MOTCUA,
        cwd: Path = ROOT,
    ) -> None:
        """Prepare the data folder; `toml` becomes DATA/demo.toml."""
        self.motcua, self.cwd = motcua, cwd
        self.data = data
        self.port = port or free_port()
        data.mkdir(parents=True, exist_ok=True)
        if toml:
            (data / "demo.toml").write_text(toml)
        self.database = own_database()
        self.process: subprocess.Popen[bytes] | None = None
        self.demo: dict[str, Any] = {}

    def start(self, *, timeout: float = 120) -> "Running":
        """Start, wait until /health/ready answers 200, read demo.json."""
        log = (self.data / "output.log").open("ab")
        self.process = subprocess.Popen(
            [self.motcua, "demo", "--port", str(self.port), "--data", str(self.data)],
            cwd=self.cwd,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={key: value for key, value in os.environ.items() if not key.startswith("MOTCUA_")}
            | self.database,
        )
        log.close()
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(self.output())
            with contextlib.suppress(httpx.HTTPError, FileNotFoundError):
                if httpx.get(f"http://127.0.0.1:{self.port}/health/ready").status_code == 200:
                    self.demo = json.loads((self.data / "demo.json").read_text())
                    return self
            time.sleep(0.05)
        self.stop()
        raise TimeoutError(self.output())

    def output(self) -> str:
        """Give what the processes printed."""
        return (self.data / "output.log").read_text(errors="replace")[-8000:]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop all of its processes."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
                return
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)

    @property
    def web(self) -> str:
        """The service's address."""
        return str(self.demo["addresses"]["web"])

    def account(self, role: str, unit: str | None = None) -> dict[str, str]:
        """Give the demo account of a role, of a unit where it matters."""
        return next(
            one
            for one in self.demo["accounts"]
            if one["role"] == role and (unit is None or one["unit"] == unit)
        )


@contextlib.contextmanager
def running(data: Path, *, toml: str = "") -> Iterator[Running]:
    """Run the installation for the length of a block."""
    house = Running(data, toml=toml)
    try:
        yield house.start()
    finally:
        house.stop()
