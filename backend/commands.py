"""The commands for procedure authors (`motcua procedures …`): compare, preview, publish, import."""

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from backend.platform.settings import bundled

if TYPE_CHECKING:
    from backend import catalogue
    from backend.app import House

Run = Callable[[argparse.Namespace], int]
_VERSION = re.compile(r"([0-9]\.[0-9]{6})@([0-9a-f]{16})")


class Inside(Protocol):
    """Runs one piece of work in an opened house and gives its exit code."""

    def __call__(self, run: "Callable[[House], Awaitable[int]]", *, writes: bool = True) -> int:
        """Run it."""


def describe(parser: argparse.ArgumentParser, inside: Inside) -> None:
    """Describe every command below `motcua procedures`."""
    commands = parser.add_subparsers(metavar="WHAT", required=True)

    def command(name: str, says: str, run: Run) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=says, description=says)
        made.set_defaults(run=run)
        return made

    diff = command(
        "diff",
        "say in words what differs; exit code 0 the same, 1 different, 2 not readable",
        lambda given: _diff(given, inside),
    )
    for side in ("before", "after"):
        diff.add_argument(side, help="a file, a folder, or CODE@VERSION kept in the database")
    diff.add_argument("--language", choices=["vi", "en"], default="vi")
    preview = command("preview", "show a file as citizens, officers or paper will", _preview)
    preview.add_argument("file", type=Path)
    preview.add_argument(
        "--as", dest="audience", choices=["citizen", "officer", "print"], default="citizen"
    )
    preview.add_argument("--out", type=Path, help="folder for the PDF, or for the text")
    preview.add_argument("--language", choices=["vi", "en"], default="vi")


def folder() -> Path:
    """Name the folder of procedures that is served from here."""
    given = os.environ.get("MOTCUA_PROCEDURES")
    return Path(given) if given else bundled("procedures", "procedures")


def complain(sentence: str, lines: Iterable[object] = ()) -> int:
    """Say why nothing was done; the exit code is 2."""
    print("\n".join([sentence, *map(str, lines)]), file=sys.stderr)
    return 2


# -- diff ----------------------------------------------------------------------------------------


def _diff(given: argparse.Namespace, inside: Inside) -> int:
    from backend import catalogue

    named = (given.before, given.after)
    sides: list[catalogue.Side] = []

    async def read(_house: "House | None") -> int:
        sides.extend([await _side(one) for one in named])
        return 0

    try:
        if any(map(_VERSION.fullmatch, named)):
            failed = inside(read, writes=False)
        else:
            failed = asyncio.run(read(None))
    except catalogue.NotComparable as wrong:
        return complain(str(wrong), wrong.findings)
    if failed:
        return 2
    return catalogue.print_comparison(*sides, language=given.language)


async def _side(words: str) -> "catalogue.Side":
    from backend import catalogue

    version = _VERSION.fullmatch(words)
    if version:
        return await catalogue.side_of_version(version[1], version[2])
    return catalogue.side_of_path(Path(words), shared=folder())


# -- preview -------------------------------------------------------------------------------------


def _preview(given: argparse.Namespace) -> int:
    from backend import catalogue

    asked = {"shared": folder(), "language": given.language}
    try:
        if given.audience == "print":
            made = asyncio.run(catalogue.preview_pdf(given.file, **asked))
        else:
            lines = catalogue.preview_text(given.file, audience=given.audience, **asked)
            made = ("\n".join(lines) + "\n").encode()
    except catalogue.NotComparable as wrong:
        return complain(str(wrong), wrong.findings)
    if given.audience != "print" and given.out is None:
        print(made.decode(), end="")
        return 0
    return _write(given, made)


def _write(given: argparse.Namespace, made: bytes) -> int:
    kind = "pdf" if given.audience == "print" else "txt"
    out = (given.out or Path()) / f"{given.file.stem}.{given.audience}.{kind}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(made)
    except OSError as wrong:
        return complain(f"Không ghi được {out}: {wrong.strerror}.")
    print(f"Đã ghi: {out}")
    return 0
