"""Run the checks of the house in order and stop at the first that fails, saying which.

`quick` is what a developer runs before a commit (static checks, unit tests on SQLite);
`all` is what CI runs: both databases, the browser journeys, and the parts in between.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ("pytest", "-q", "-x", "--durations=5")
ON_POSTGRESQL = (sys.executable, "tests/postgres.py")
NPM = ("npm", "--prefix", "pwa", "run", "--silent")
BOTH_CORES = ("-n", "2", "--dist", "worksteal")
TWO_HOUSES = ("-n", "2", "--dist", "loadfile")
FIRST_ENGINE = ("e2e", "--ignore=e2e/second_engine")
ON_BOTH = "test_j1_poster or works_through or of_two_officers or arrives_once or asks_for_a_paper"
"""The journeys that are walked over PostgreSQL too: from the poster to the one-stop system."""

WHOLE = ("tests/simulation", "tests/contract")
ROOMS = ("tests/backend", "tests/platform", "tests/payment_adapters", "tests/procedures")

STATIC: tuple[tuple[str, ...], ...] = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("motcua", "check-procedures"),
    (*NPM, "check"),
    (*NPM, "test"),
    (*NPM, "size"),
)
QUICK = (*STATIC, (*PYTEST, *BOTH_CORES, "tests/house", *ROOMS))
ALL = (
    *STATIC,
    ("coverage", "erase"),
    ("coverage", "run", "-m", *PYTEST, *BOTH_CORES, "tests/house", *ROOMS),
    ("coverage", "combine", "-q"),
    (sys.executable, "requirements/coverage_bars.py"),
    (*ON_POSTGRESQL, *PYTEST, *BOTH_CORES, *ROOMS),
    (*PYTEST, *TWO_HOUSES, *WHOLE, "tests/faults", "tests/bad_inputs"),
    (*ON_POSTGRESQL, *PYTEST, *TWO_HOUSES, *WHOLE),
    (*PYTEST, *BOTH_CORES, *FIRST_ENGINE),
)
SIDE_BY_SIDE: tuple[tuple[str, ...], ...] = (
    (*PYTEST, "tests/third_party", "tests/release"),
    (*PYTEST, "e2e/second_engine"),
    (*ON_POSTGRESQL, *PYTEST, *FIRST_ENGINE, "-k", ON_BOTH),
)
"""Each of these keeps one core busy at most."""

MEMORY = Path("/dev") / "shm"
ROOMY = 8 * 1024**3
DEBIAN = {
    "chromium": Path("/usr/bin/chromium"),
    "firefox-esr": Path("/usr/bin/firefox-esr"),
    "fonts-noto-core": Path("/usr/share/fonts/truetype/noto"),
    "tesseract-ocr-vie": Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata"),
    "tesseract-ocr": Path("/usr/bin/tesseract"),
}
"""What the journeys need of Debian: two browsers, Vietnamese letters, eyes for photos of paper."""


def need_browser() -> None:
    """Install what is missing of Debian's packages when root may; else name them."""
    missing = [name for name, proof in DEBIAN.items() if not proof.exists()]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(missing)} …", flush=True)
        for step in (("update",), ("install", "-y", "--no-install-recommends", *missing)):
            subprocess.run(["apt-get", "-qq", *step], check=True, stdout=subprocess.DEVNULL)
        return
    sys.exit(f"The journeys need browsers: sudo apt-get install {' '.join(missing)}")


def run(command: tuple[str, ...]) -> None:
    """Run one check; its output is shown as it comes."""
    name = " ".join(Path(part).name if part.startswith("/") else part for part in command)
    print(f"\n── {name}", flush=True)
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"\nFailed: {name}")
    print(f"   {time.monotonic() - begun:.1f} s", flush=True)


def run_side_by_side(commands: Sequence[tuple[str, ...]]) -> None:
    """Run several checks at once; the output of each is shown when it has ended."""
    names = [" ".join(command) for command in commands]
    print("".join(f"\n── {name}" for name in names), flush=True)
    begun = time.monotonic()
    with ExitStack() as closing:
        outputs = [closing.enter_context(TemporaryFile("w+")) for _ in commands]
        running = [
            subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
            for command, output in zip(commands, outputs, strict=True)
        ]
        codes = [one.wait() for one in running]
        for output in outputs:
            output.seek(0)
            print(output.read(), flush=True)
    if failed := [name for name, code in zip(names, codes, strict=True) if code]:
        sys.exit(f"\nFailed: {', '.join(failed)}")
    print(f"   {time.monotonic() - begun:.1f} s", flush=True)


@contextmanager
def files_in_memory() -> Iterator[None]:
    """Let the tests keep their files in memory where the machine has room: databases wait less.

    What is written is synced as ever; only the disk, which is shared, is left out.
    """
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOMY:
        yield
        return
    with TemporaryDirectory(prefix="motcua-", dir=MEMORY, ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = folder
        yield


def main(which: str) -> None:
    """Run one of the two sets."""
    begun = time.monotonic()
    if which == "all":
        need_browser()
    with files_in_memory():
        for command in {"quick": QUICK, "all": ALL}[which]:
            run(command)
        if which == "all":
            run_side_by_side(SIDE_BY_SIDE)
    print(f"\nAll checks passed in {(time.monotonic() - begun) / 60:.1f} minutes.")


if __name__ == "__main__":
    main(sys.argv[1])
