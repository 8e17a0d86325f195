"""Start the demo (bản trình diễn): the service and its two pretend systems, until Ctrl-C.

Each is a process of its own in a group of its own, so that a signal reaches it once, through us;
each dies with us even when we are killed. When one of them ends, all end.
"""

import contextlib
import ctypes
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

from backend.demo import folder
from backend.demo.folder import DemoFolder

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 8.0
READY_SECONDS = 90.0
LAST_PORT = 65_535 - 2
"""The two pretend systems listen at the two ports after the service's."""


def die_with_parent() -> None:
    """Ask the kernel to end this child when its parent is gone, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_ports(host: str, wanted: Sequence[int]) -> list[int]:
    """Give the wanted ports where they are free, others where not."""
    found: list[int] = []
    with contextlib.ExitStack() as stack:
        for port in wanted:
            door = stack.enter_context(socket.socket())
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((host, port))
            except (OSError, OverflowError):
                door.bind((host, 0))
            found.append(door.getsockname()[1])
    return found


def note_of(line: str) -> str | None:
    """Say in a sentence what a line of the log warns of that concerns this machine; else None."""
    if '"sqlite-version"' not in line:
        return None
    version = json.loads(line).get("version")
    return (
        f"  Lưu ý: máy này dùng SQLite {version}, vẫn an toàn. "
        "Khi đang chạy, đừng để chương trình khác ghi vào tệp dữ liệu.\n"
    )


_LISTENS = re.compile(r"\d+ http://\S+")
"""What a pretend system says first; the demo's table says it in words."""


class Child:
    """One process of the demo, its lines labelled with its name."""

    def __init__(self, name: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start it."""
        self.name = name
        self.notes: list[str] = []
        self.process = subprocess.Popen(
            command,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one call into the kernel, no locks
        )
        self.thread = threading.Thread(target=self._relay, args=(self.process.stdout,), daemon=True)
        self.thread.start()

    def _relay(self, lines: IO[bytes]) -> None:
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            if note := note_of(text):
                self.notes.append(note)
            elif not _LISTENS.fullmatch(text):
                print(f"{self.name:<8}| {text}", flush=True)

    def signal(self, number: signal.Signals) -> None:
        """Signal its whole group: a leader that has died may have left others."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


class Supervisor:
    """The demo's processes together."""

    def __init__(self, *, host: str, port: int, data: Path) -> None:
        """Prepare the folder and choose the addresses."""
        if not 0 < port <= LAST_PORT:
            sys.exit(f"Cổng phải từ 1 đến {LAST_PORT}. Chạy: make run PORT=8100")
        if free_ports(host, [port]) != [port]:
            (other,) = free_ports(host, [port + 100])
            sys.exit(f"Cổng {port} đang có chương trình khác dùng. Chạy: make run PORT={other}")
        _web, onestop, bank = free_ports(host, [port, port + 1, port + 2])
        self.folder = DemoFolder(data.resolve(), host=host, ports=(port, onestop, bank))
        self.children: list[Child] = []
        self.stopping = threading.Event()

    def run(self) -> int:
        """Start everything, print the table when ready, wait, stop everything; the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        begun = time.monotonic()
        self._wait_for_folder()
        self.folder.prepare()
        self._start()
        code = self._until_ready(begun)
        while code is None:
            code = self._ended() if not self.stopping.wait(0.1) else 0
        self._end()
        return code

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _wait_for_folder(self) -> None:
        """Let an installation that was just killed end; leave a living one and its files alone."""
        until = time.monotonic() + STOP_SECONDS
        while self.folder.is_in_use():
            if self.stopping.wait(0.2) or time.monotonic() > until:
                sys.exit(
                    f"Thư mục {self.folder.data} đang có bản khác chạy. "
                    "Dừng bản đó trước, hoặc chọn thư mục khác: make run DATA=./data-khac"
                )

    def _start(self) -> None:
        motcua = [sys.executable, "-m", "backend.cli"]
        environ = self.folder.environment()
        _web, onestop, bank = self.folder.ports
        simulate = [*motcua, "simulate"]
        faults = self.folder.faults()
        here = ["--host", self.folder.host]
        commands = {
            "service": [*motcua, "serve"],
            "onestop": [*simulate, "onestop", "--port", str(onestop), *here, *faults["onestop"]],
            "bank": [*simulate, "bank", "--port", str(bank), *here, *faults["bank"]],
        }
        self.children = [Child(name, line, environ) for name, line in commands.items()]

    def _until_ready(self, begun: float) -> int | None:
        """Wait for the service; None when it is ready, else the exit code to end with."""
        address = f"{self.folder.web}/health/ready"
        while not self.stopping.wait(0.05):
            if self._ended() is not None:
                return self._ended()
            if time.monotonic() - begun > READY_SECONDS:
                print("Dịch vụ chưa sẵn sàng sau 90 giây; xem các dòng ở trên.", flush=True)
                return 1
            if self._listening() and _answers(address):
                print(folder.table(self.folder, seconds=time.monotonic() - begun), flush=True)
                for note in (note for child in self.children for note in child.notes):
                    print(note, flush=True)
                return None
        return 0

    def _listening(self) -> bool:
        """Tell whether both pretend systems take connections; before that nobody is ready."""
        for port in self.folder.ports[1:]:
            with socket.socket() as door:
                if door.connect_ex((self.folder.host, port)):
                    return False
        return True

    def _ended(self) -> int | None:
        """Tell the exit code to end with when one of the processes has ended by itself."""
        for child in self.children:
            code = child.process.poll()
            if code is not None:
                print(f"{child.name} đã dừng (mã {code}); dừng tất cả.", flush=True)
                return 1
        return None

    def _end(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, until - time.monotonic()))
        for child in self.children:
            child.signal(signal.SIGKILL)
            child.thread.join(1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError, json.JSONDecodeError):
        return False


def run(*, host: str, port: int, data: Path) -> int:
    """Run the demo until it is stopped; give the exit code."""
    return Supervisor(host=host, port=port, data=data).run()
