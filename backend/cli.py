"""The command `motcua` (dòng lệnh): serve, work, migrate, check, make posters, verify, simulate."""

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backend import adapters, commands
from backend import due as due_dates
from backend.platform.kit.clock import utc_now

if TYPE_CHECKING:
    from backend.app import House

Run = Callable[[argparse.Namespace], int]

_DOTS_OF_A_TOKEN = 2


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 (it failed) or 2 (the words are off)."""
    arguments = parser().parse_args(words)
    run: Run = arguments.run
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Describe every command; each imports what it needs only when it runs."""
    top = argparse.ArgumentParser(prog="motcua", description="Một Cửa QR: dossiers by QR code.")
    known = top.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, says: str, run: Run) -> argparse.ArgumentParser:
        made = known.add_parser(name, help=says, description=says)
        made.set_defaults(run=run)
        return made

    serve = command("serve", "serve web and jobs; production unless MOTCUA_MODE says else", _serve)
    serve.add_argument("--host", help="address to listen at (default MOTCUA_HOST, 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen at (default MOTCUA_PORT, 8000)")
    command("worker", "run jobs beside web processes (PostgreSQL only)", _worker)
    command("migrate", "bring the database up to date", _migrate)
    check = command("check-procedures", "check every procedure file, naming all faults", _check)
    check.add_argument("folder", nargs="?", type=Path, help="default: the folder served from here")
    due = command("due", "say by when a result is due, and how that comes", due_dates.run)
    _dated(due)
    says = "for authors: compare, preview, publish with two persons, import"
    commands.describe(known.add_parser("procedures", help=says, description=says), _inside)
    says = "begin a payment adapter, list them, see who answers"
    adapters.describe(known.add_parser("adapters", help=says, description=says), _inside)
    posters = command("posters", "make a poster, or list those of a unit", _posters)
    posters.add_argument("--unit", required=True, help="ward, such as om-long-hung")
    posters.add_argument("--procedure", help="make one for this procedure, such as 2.000635")
    posters.add_argument("--campaign", help="campaign or place, so that its scans are counted")
    officers = command(
        "officers", "add an officer, give a new password or a title, end, or list", _officers
    )
    _named(officers)
    keys = command("keys", "make a new keys file (never over an old one)", _keys)
    keys.add_argument("file", type=Path, help="where it is made, such as /etc/motcua/keys.toml")
    verify = command("verify", "check a receipt or a token against published keys", _verify)
    verify.add_argument("what", help="a receipt (JSON file), or a token")
    verify.add_argument("--keys", type=Path, required=True, help="a copy of /.well-known/jwks.json")
    command("verify-audit", "check the chain of the audit journal", _verify_audit)
    command("check-money", "check that the ledger says what the money did", _check_money)
    _simulated(command("simulate", "run a pretend one-stop, bank or payment provider", _simulate))
    demo = command("demo", "serve the demo with both pretend systems until Ctrl-C", _demo)
    demo.add_argument("--host", default="127.0.0.1", help="address to listen at")
    demo.add_argument(
        "--port", type=int, default=8000, help="the next two are the pretend systems'"
    )
    demo.add_argument("--data", type=Path, default=Path("data"), help="the demo's data folder")
    demo.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    return top


def _dated(due: argparse.ArgumentParser) -> None:
    due.add_argument("--unit", required=True, help="ward, such as om-long-hung")
    due.add_argument("--procedure", required=True, help="its code, such as 1.004873")
    due.add_argument(
        "--accepted", required=True, metavar="TIME", help='when accepted, "2026-11-02 15:28"'
    )
    due.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="FROM..TO",
        help='the clock stood still, "2026-11-03 10:00..2026-11-05 10:00"; may be repeated',
    )
    due.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="an answer that changes the time, such as loai_viec=bo_sung; may be repeated",
    )
    due.add_argument("--json", action="store_true", help="for programs, as JSON")


def _named(officers: argparse.ArgumentParser) -> None:
    officers.add_argument(
        "what", choices=["list", "add", "password", "title", "end"], help="what to do"
    )
    officers.add_argument("login", nargs="?", help="the officer's login; not for list")
    officers.add_argument("--name", help="as people call them (default: the login)")
    officers.add_argument(
        "--role",
        choices=["officer", "leader", "operator", "author"],
        help="what they may do (default officer)",
    )
    officers.add_argument("--title", default="", help="chức danh, printed on papers (optional)")
    officers.add_argument(
        "--unit", action="append", default=[], help="ward or district; may be repeated"
    )


def _simulated(simulate: argparse.ArgumentParser) -> None:
    simulate.add_argument("system", choices=["onestop", "bank", "provider"], help="what to play")
    simulate.add_argument("name", nargs="?", default="", help="which provider, such as vnpay")
    simulate.add_argument("--host", default="127.0.0.1", help="address to listen at")
    simulate.add_argument("--port", type=int, required=True, help="port to listen at")
    simulate.add_argument(
        "--faults", type=Path, help="file of faults to play, read when it changes"
    )
    simulate.add_argument("--data", type=Path, help="the demo's data folder (default MOTCUA_DATA)")
    simulate.add_argument(
        "--settings", type=Path, help="the service's settings (default DATA/settings.toml)"
    )


# -- serving -------------------------------------------------------------------------------------


def _serve(arguments: argparse.Namespace) -> int:
    from backend import worker

    given = {"host": arguments.host, "port": arguments.port}
    return worker.serve({key: value for key, value in given.items() if value is not None})


def _worker(_arguments: argparse.Namespace) -> int:
    from backend import worker

    return worker.work()


def _migrate(_arguments: argparse.Namespace) -> int:
    async def run(_house: "House") -> int:
        print("Cơ sở dữ liệu đã là bản mới nhất.")  # opening the house has seen to it
        return 0

    return _inside(run)


# -- records -------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from backend import catalogue
    from backend.platform.settings import bundled

    given = os.environ.get("MOTCUA_PROCEDURES")
    folder = arguments.folder or (Path(given) if given else bundled("procedures", "procedures"))
    return catalogue.print_findings(folder)


def _posters(arguments: argparse.Namespace) -> int:
    from backend import qr

    async def run(house: "House") -> int:
        if arguments.procedure:
            made = await qr.make_poster(
                arguments.unit,
                arguments.procedure,
                arguments.campaign,
                by="operator",
                random=os.urandom,
                now=utc_now(),
            )
            print(f"{house.settings.public_url}{qr.poster_path(made.code)}")
            return 0
        for one in await qr.of_units([arguments.unit], now=utc_now()):
            print(one.code, ",".join(one.procedures), one.state)
        return 0

    return _inside(run)


def _officers(arguments: argparse.Namespace) -> int:
    from backend import people

    async def run(_house: "House") -> int:
        now, by = utc_now(), "operator"
        if arguments.what == "list":
            for one in await people.officers(now=now):
                who = people.Signed(one.name, one.title).words()
                print(f"{one.login:<24}{one.role:<10}{','.join(one.units):<30}{who}")
        elif arguments.what == "add":
            _officer, password = await people.add_officer(
                arguments.login,
                arguments.name or arguments.login,
                role=arguments.role or "officer",
                units=arguments.unit,
                by=by,
                random=os.urandom,
                now=now,
                title=arguments.title,
            )
            print(f"Mật khẩu (chỉ hiện lần này): {password}")
        elif arguments.what == "password":
            password = await people.new_password(arguments.login, by=by, random=os.urandom, now=now)
            print(f"Mật khẩu mới (chỉ hiện lần này): {password}")
        elif arguments.what == "title":
            await people.new_title(arguments.login, arguments.title, by=by, now=now)
        else:
            await people.end_officer(arguments.login, by=by, now=now)
        return 0

    if arguments.what != "list" and not arguments.login:
        print("Thiếu tên đăng nhập: motcua officers add TÊN --unit om-long-hung", file=sys.stderr)
        return 2
    try:
        return _inside(run)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2


# -- proofs --------------------------------------------------------------------------------------


def _keys(arguments: argparse.Namespace) -> int:
    from backend.platform.keys import make_keys_file

    try:
        made = make_keys_file(arguments.file, random=os.urandom)
    except FileExistsError:
        print(f"{arguments.file} đã có; khóa cũ không bao giờ bị ghi đè.", file=sys.stderr)
        return 1
    for kind in ("wrap", "index", "sign", "link"):
        print(f"{kind:<6}{', '.join(made.ids(kind))}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from backend.platform.signing import Forged, verify

    try:
        jwks = json.loads(arguments.keys.read_text())
        token, shown = _what_to_verify(arguments.what)
    except OSError as wrong:
        print(f"Không đọc được tệp {wrong.filename}.", file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError):
        print("Tệp không đúng dạng. Cần biên nhận hoặc mã ký, và bản jwks.json.", file=sys.stderr)
        return 2
    try:
        payload = verify(token, jwks)
    except Forged:
        print("KHÔNG THẬT: chữ ký không khớp với khóa đã công bố.")
        return 1
    signed = json.loads(payload)
    if shown is not None and shown != signed:
        print("KHÔNG THẬT: nội dung trong tệp khác với nội dung đã ký. Nội dung đã ký:")
    else:
        print("THẬT. Nội dung đã ký:")
    print(json.dumps(signed, ensure_ascii=False, indent=1))
    return 0 if shown in (None, signed) else 1


def _what_to_verify(what: str) -> tuple[str, dict[str, object] | None]:
    """Give the signature and what stands beside it: a receipt's file shows more than its token."""
    try:
        text = Path(what).read_text("utf-8")
    except OSError:
        if what.count(".") != _DOTS_OF_A_TOKEN:
            raise
        return what.strip(), None
    receipt = json.loads(text)
    return receipt.pop("signature").strip(), receipt


def _verify_audit(_arguments: argparse.Namespace) -> int:
    from backend.app import audit_heads, audit_key
    from backend.platform import audit

    async def run(house: "House") -> int:
        heads = audit.read_heads(audit_heads(house.settings))
        found = await audit.verify(key=audit_key(house.keys), heads=heads, now=utc_now())
        for one in found.findings:
            print(f"{one.kind}: dòng {one.entry}, vị trí {one.position}")
        print(f"{found.rows} dòng nhật ký, {found.sealed} đã niêm, {len(found.findings)} chỗ sai.")
        return 0 if found.intact else 1

    return _inside(run, writes=False)


def _check_money(_arguments: argparse.Namespace) -> int:
    from backend import payments
    from backend.platform.db import transaction

    async def run(_house: "House") -> int:
        async with transaction():  # one moment: money may come meanwhile
            found = await payments.audit()
        for gap in found.gaps:
            print(f"{gap.account} {gap.holder}: sổ cái {gap.ledger}, biến động {gap.events}")
        for entry in found.unbalanced:
            print(f"bút toán {entry}: hai vế không bằng nhau")
        for one in found.uncovered:
            print(f"khoản thu {one}: tiền thừa chưa có khoản hoàn")
        print(f"{found.obligations} khoản thu, chênh lệch {found.drift} đ.")
        return 0 if found.right else 1

    return _inside(run, writes=False)


# -- pretending ----------------------------------------------------------------------------------


def _simulate(arguments: argparse.Namespace) -> int:
    from backend.demo import bank, onestop, providers

    data = arguments.data or Path(os.environ.get("MOTCUA_DATA", "data"))
    place = {"faults": arguments.faults, "host": arguments.host}
    state = data / f"{arguments.name or arguments.system}.sqlite3" if data.is_dir() else None
    if arguments.system == "onestop":
        onestop.run(arguments.port, state=state, **place)
    elif arguments.system == "provider":
        settings = arguments.settings or data / "settings.toml"
        providers.run(arguments.name, arguments.port, settings=settings, state=state, **place)
    else:
        bank.run(arguments.port, data=data, state=state, **place)
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    if arguments.fill:
        from backend.demo import past

        return _inside(past.fill)
    from backend.demo import supervisor

    return supervisor.run(host=arguments.host, port=arguments.port, data=arguments.data)


def _inside(run: "Callable[[House], Awaitable[int]]", *, writes: bool = True) -> int:
    """Run one piece of work in an opened house; a refusal is a sentence, never a traceback."""
    from backend.app import Refused, opened
    from backend.platform.kit import logs
    from backend.platform.kit.errors import Problem

    logs.configure(level=logging.ERROR)  # warnings are for who serves; here somebody reads

    async def whole() -> int:
        async with opened(os.environ, writes=writes) as house:
            return await run(house)

    try:
        return asyncio.run(whole())
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except Problem as problem:
        print(f"{problem.title} {problem.detail}".strip(), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
