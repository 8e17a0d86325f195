"""The command (dòng lệnh) `motcua adapters`: begin a payment adapter, list those installed."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from backend.commands import Inside
from backend.platform.kit.clock import utc_now
from payment_adapters.contract import GROUP

if TYPE_CHECKING:
    from backend.app import House
    from backend.payments import ProviderHealth
    from backend.platform.settings import Settings

Run = Callable[[argparse.Namespace], int]


def describe(parser: argparse.ArgumentParser, inside: Inside) -> None:
    """Describe the commands below `motcua adapters`."""
    commands = parser.add_subparsers(metavar="WHAT", required=True)

    def command(name: str, says: str, run: Run) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=says, description=says)
        made.set_defaults(run=run)
        return made

    new = command("new", "write the beginning of an adapter, with its tests", _new)
    new.add_argument("name", help="2 to 30 letters a-z and digits, such as visen")
    new.add_argument("--into", type=Path, help="an empty folder (default motcua-NAME)")
    command("list", "list the adapters installed here, and what can be used", _list)
    command("health", "say whether providers answer, and which ways are hidden", _health(inside))


def _new(arguments: argparse.Namespace) -> int:
    from payment_adapters import scaffold

    into = arguments.into or Path(f"motcua-{arguments.name}")
    try:
        made = scaffold.make(arguments.name, into)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    for path in made:
        print(path)
    print(f"Việc tiếp theo: cd {into}, rồi python -m pytest. README.md ghi từng bước.")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    del arguments
    settings = _settings()
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    count = Counter(point.name for point in points)
    rows = [_row(point, settings, twice=count[point.name] > 1) for point in points]
    missing = sorted(set(settings.payments if settings else ()) - set(count))
    rows += [(name, "", "", "không dùng được: chưa cài gói nào có kênh này") for name in missing]
    widths = [max((len(row[column]) for row in rows), default=0) + 2 for column in range(3)]
    for row in rows:
        print("".join(map(str.ljust, row[:3], widths)) + row[3])
    return 0


def _health(inside: Inside) -> Run:
    async def run(house: "House") -> int:
        from backend import payments

        for one in await payments.health(house.adapters):
            print(f"{one.adapter:<14}{one.title:<34}{answers(one)}")
        return 0

    return lambda _arguments: inside(run, writes=False)


def answers(one: "ProviderHealth") -> str:
    """Say in words how a provider answers."""
    if not one.calls:
        return "không gọi ra ngoài"
    if one.since is None:
        return "đang trả lời"
    silent = f"không trả lời {one.silent} lần liền, từ {one.since:%H:%M ngày %d/%m}"
    return f"{silent}; đang ẩn với người dân" if one.down else silent


def _row(
    point: EntryPoint, settings: "Settings | None", *, twice: bool
) -> tuple[str, str, str, str]:
    origin = f"{point.dist.name} {point.dist.version}" if point.dist else ""
    title, state = _examined(point, settings)
    return point.name, title, origin, "không dùng được: hai gói cùng tên" if twice else state


def _settings() -> "Settings | None":
    """Read this place's settings; without them the list tells only what is installed."""
    from backend.platform.settings import SettingsRefused, load

    try:
        return load(os.environ)
    except SettingsRefused as refused:
        print(
            f"Chưa đọc được cấu hình, nên chưa biết kênh nào đang bật: {refused}", file=sys.stderr
        )
        return None


def _examined(point: EntryPoint, settings: "Settings | None") -> tuple[str, str]:
    """Give an adapter's title, and whether it is on, off, or cannot be used and why."""
    from backend.payments import Adapters

    table = settings.payments.get(point.name, {}) if settings else {}
    try:
        title = point.load()().spec.title_vi
    except Exception as fault:  # noqa: BLE001 - foreign code must not stop the list
        return "", f"không dùng được: không nạp được ({type(fault).__name__})"
    if settings is None or table.get("enabled") is not True:
        return title, "chưa bật"
    adapters = Adapters(settings, clock=utc_now, random=os.urandom)
    adapters.plug(point.name, point.load, table)
    reason = adapters.unusable.get(point.name)
    return title, f"không dùng được: {reason}" if reason else "đang dùng"
