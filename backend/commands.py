"""Commands (dòng lệnh) for procedure authors, `motcua procedures …`.

They compare, preview, publish with two persons, and import.
"""

import argparse
import asyncio
import getpass
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from backend.platform.kit.clock import VIETNAM, utc_now
from backend.platform.settings import bundled

if TYPE_CHECKING:
    from backend import catalogue
    from backend.app import House
    from backend.people import Officer

    Work = Callable[[argparse.Namespace, Officer], Awaitable[catalogue.Publication]]

Run = Callable[[argparse.Namespace], int]
Command = Callable[[str, str, Run], argparse.ArgumentParser]
_TEXT = "the procedure's file"
_CODE = "code of the procedure, such as 2.000635"
_TONGUE = "language of the sentences (default vi)"
_WHY = "the decision behind it, for the record"
_WHO = "login of who does it; the password is asked for"
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
    diff.add_argument("--language", choices=["vi", "en"], default="vi", help=_TONGUE)
    preview = command("preview", "show a file as citizens, officers or paper will", _preview)
    preview.add_argument("file", type=Path, help=_TEXT)
    preview.add_argument(
        "--as",
        dest="audience",
        choices=["citizen", "officer", "print"],
        default="citizen",
        help="whose eyes it is shown to (default citizen)",
    )
    preview.add_argument("--out", type=Path, help="folder for the PDF, or for the text")
    preview.add_argument("--language", choices=["vi", "en"], default="vi", help=_TONGUE)
    _describe_publishing(command, inside)
    imported = command("import", "draft a file from a national procedure record", _import)
    imported.add_argument("file", type=Path, help="the record, as JSON")
    imported.add_argument("--out", type=Path, required=True, help="a folder of procedures")
    imported.add_argument("--code", help="national code, where the record has none")


def _describe_publishing(command: Command, inside: Inside) -> None:
    """Describe the commands that take two persons: who proposes does not approve."""
    propose = command(
        "propose",
        "propose a file to be served from a day on; another person approves",
        lambda given: _publish(given, inside, _propose),
    )
    propose.add_argument("file", type=Path, help=_TEXT)
    propose.add_argument(
        "--from",
        dest="from_day",
        type=date.fromisoformat,
        required=True,
        metavar="DAY",
        help="first day it is served, 2027-01-01",
    )
    propose.add_argument("--reason", required=True, help=_WHY)
    propose.add_argument(
        "--close-drafts",
        action="store_true",
        help="from that day on, drafts begun before are refused and told what changed",
    )
    for name, says, work, what in (
        ("approve", "approve as the second person", _approve, "number"),
        ("withdraw", "withdraw what is not served yet", _withdraw, "number"),
        ("rollback", "propose the version before this one again", _roll_back, "code"),
    ):
        made = command(name, says, partial(_publish, inside=inside, work=work))
        numbered = what == "number"
        made.add_argument(
            what,
            type=int if numbered else str,
            help="as `motcua procedures list` numbers it" if numbered else _CODE,
        )
        if work is not _approve:
            made.add_argument("--reason", required=True, help=_WHY)
        if work is _roll_back:
            made.add_argument("--to", metavar="VERSION", help="this version, not the one before")
        made.add_argument("--by", required=True, metavar="LOGIN", help=_WHO)
    propose.add_argument("--by", required=True, metavar="LOGIN", help=_WHO)
    listed = command(
        "list", "list what was proposed and approved", lambda given: _list(given, inside)
    )
    listed.add_argument("code", nargs="?", help=f"{_CODE} (default: all)")


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


# -- publish with two persons --------------------------------------------------------------------


def _publish(given: argparse.Namespace, inside: Inside, work: "Work") -> int:
    """Let an officer prove who it is, do the work, and say what stands now."""
    from backend import catalogue, people

    async def run(_house: "House") -> int:
        password = _password(given.by)
        by = await people.vouch(given.by, password, roles=catalogue.ROLES, now=utc_now())
        print((await work(given, by)).in_words())
        return 0

    try:
        return inside(run)
    except catalogue.NotComparable as wrong:
        return complain(str(wrong), wrong.findings)


async def _propose(given: argparse.Namespace, by: "Officer") -> "catalogue.Publication":
    from backend import catalogue

    code, source = catalogue.checked_source(given.file)
    made = await catalogue.propose(
        code,
        source,
        from_day=given.from_day,
        by=by,
        reason=given.reason,
        closes_drafts=given.close_drafts,
        now=utc_now(),
    )
    _print_changes(made)
    return made


async def _approve(given: argparse.Namespace, by: "Officer") -> "catalogue.Publication":
    from backend import catalogue

    _print_changes(await catalogue.publication(given.number))
    return await catalogue.approve(given.number, by=by, now=utc_now())


async def _withdraw(given: argparse.Namespace, by: "Officer") -> "catalogue.Publication":
    from backend import catalogue

    return await catalogue.withdraw(given.number, by=by, reason=given.reason, now=utc_now())


async def _roll_back(given: argparse.Namespace, by: "Officer") -> "catalogue.Publication":
    from backend import catalogue

    made = await catalogue.roll_back(
        given.code, by=by, reason=given.reason, version=given.to, now=utc_now()
    )
    _print_changes(made)
    return made


def _list(given: argparse.Namespace, inside: Inside) -> int:
    from backend import catalogue

    async def run(_house: "House") -> int:
        for one in await catalogue.publications(given.code):
            print(one.in_words())
        return 0

    return inside(run, writes=False)


def _print_changes(found: "catalogue.Publication") -> None:
    from backend import catalogue

    for one in catalogue.changes(found):
        print(f"  {one.part}: {one.words}")


def _password(login: str) -> str:
    """Ask for the password on the terminal; a script gives it as one line of input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"Mật khẩu của {login}: ")
    return sys.stdin.readline().rstrip("\n")


# -- import --------------------------------------------------------------------------------------


def _import(given: argparse.Namespace) -> int:
    from backend import catalogue

    today = utc_now().astimezone(VIETNAM).date()
    try:
        path, made = catalogue.import_record(
            given.file, out=given.out, today=today, code=given.code
        )
    except catalogue.NotARecord as wrong:
        return complain(str(wrong))
    print(f"Đã ghi bản nháp: {path}\nCòn phải làm:")
    print("\n".join(f"  - {one}" for one in made.todo))
    return 0
