"""Commands (dòng lệnh) that are more than one call: `motcua due`, and `motcua procedures …`.

`due` opens no database; those for procedure authors compare, preview, publish and import.
"""

import argparse
import asyncio
import getpass
import json
import logging
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from backend.platform.kit.clock import VIETNAM, iso, utc_now
from backend.platform.settings import bundled

if TYPE_CHECKING:
    from backend import catalogue
    from backend.app import House
    from backend.people import Officer
    from backend.places import Due, Pause

    Work = Callable[[argparse.Namespace, Officer], Awaitable[catalogue.Publication]]

Run = Callable[[argparse.Namespace], int]
Command = Callable[[str, str, Run], argparse.ArgumentParser]
_TIME = re.compile(r"20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
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
    propose.add_argument("file", type=Path)
    propose.add_argument("--from", dest="from_day", type=date.fromisoformat, required=True)
    propose.add_argument("--reason", required=True, help="the decision behind it, for the record")
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
        made.add_argument(what, type=int if what == "number" else str)
        if work is not _approve:
            made.add_argument("--reason", required=True)
        if work is _roll_back:
            made.add_argument("--to", metavar="VERSION", help="this version, not the one before")
        made.add_argument("--by", required=True, metavar="LOGIN")
    propose.add_argument("--by", required=True, metavar="LOGIN")
    listed = command(
        "list", "list what was proposed and approved", lambda given: _list(given, inside)
    )
    listed.add_argument("code", nargs="?")


def folder() -> Path:
    """Name the folder of procedures that is served from here."""
    given = os.environ.get("MOTCUA_PROCEDURES")
    return Path(given) if given else bundled("procedures", "procedures")


def complain(sentence: str, lines: Iterable[object] = ()) -> int:
    """Say why nothing was done; the exit code is 2."""
    print("\n".join([sentence, *map(str, lines)]), file=sys.stderr)
    return 2


# -- due -----------------------------------------------------------------------------------------


def due(arguments: argparse.Namespace) -> int:
    """Say by when a result is due and how that comes; 2 with a sentence when a word is off."""
    from backend import catalogue

    logging.getLogger().addHandler(logging.NullHandler())  # a year without a notice is told below
    try:
        accepted = _moment(arguments.accepted)
        pauses = _pauses(arguments.pause, accepted)
        _load_unit(arguments.unit, accepted)
        catalogue.load(folder(), demo=True)
        procedure = _procedure(arguments.procedure)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    found = procedure.due(accepted, unit=arguments.unit, pauses=pauses)
    warnings = _warnings(found, procedure.definition.not_fileable)
    for warning in warnings:
        print(f"Cảnh báo: {warning}", file=sys.stderr)
    _print(found, warnings, accepted, arguments)
    return 0


def _print(
    due: "Due | None", warnings: Sequence[str], accepted: datetime, arguments: argparse.Namespace
) -> None:
    at = iso(due.at) if due and due.at else None
    steps = due.steps if due else ()
    if arguments.json:
        told = {
            "unit": arguments.unit,
            "procedure": arguments.procedure,
            "accepted": iso(accepted),
            "due_at": at,
            "paused": due is not None and at is None,
            "steps": msgspec.to_builtins(steps),
            "warnings": warnings,
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif due is None:
        print("Thủ tục này không hẹn ngày trả kết quả.")
    else:
        print("\n".join([at or "Đang tạm dừng", *(f"  {step.vi}" for step in steps)]))


def _warnings(due: "Due | None", not_fileable: str | None) -> list[str]:
    years = due.unannounced if due else ()
    return [
        *(f"Năm {year} chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi." for year in years),
        *([not_fileable] if not_fileable else []),
    ]


def _load_unit(unit: str, accepted: datetime) -> None:
    """Load the places that have a unit on a day: the real ones, else those of the demo."""
    from backend import places

    for mode in ("production", "demo"):
        places.load(mode)
        found = places.current().unit(unit)
        if found is not None and found.exists(accepted.date()):
            return
    known = ", ".join(one.code for one in places.current().units())
    raise ValueError(f"Không có đơn vị {unit} vào ngày đó. Có: {known}.")


def _procedure(code: str) -> "catalogue.Procedure":
    from backend import catalogue

    try:
        return catalogue.get(code)
    except catalogue.UnknownProcedure:
        known = ", ".join(one.code for one in catalogue.listing())
        raise ValueError(f"Không có thủ tục {code}. Có: {known}.") from None


def _pauses(texts: Sequence[str], accepted: datetime) -> "list[Pause]":
    from backend.places import Pause

    found = []
    for text in texts:
        begins, dots, ends = text.partition("..")
        if not dots:
            raise ValueError(f"Không hiểu lần tạm dừng {text!r}. Ghi TỪ..ĐẾN, còn dừng thì bỏ ĐẾN.")
        pause = Pause(_moment(begins), _moment(ends) if ends.strip() else None)
        if pause.begins < accepted:
            raise ValueError(f"Lần tạm dừng {text!r} bắt đầu trước lúc tiếp nhận.")
        if pause.ends is not None and pause.ends < pause.begins:
            raise ValueError(f"Lần tạm dừng {text!r} kết thúc trước khi bắt đầu.")
        found.append(pause)
    return found


def _moment(text: str) -> datetime:
    """Read a moment; without a zone it is Vietnamese time. ValueError with a sentence."""
    wrong = ValueError(f"Không hiểu thời điểm {text!r}. Ghi ngày và giờ như 2026-11-02 15:28.")
    if _TIME.fullmatch(text.strip()) is None:
        raise wrong
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise wrong from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)


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
