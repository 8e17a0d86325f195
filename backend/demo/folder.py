"""The demo's data folder: keys, settings, and DATA/demo.json that tells scripts the rest."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from backend import places
from backend.demo.bank.statement import COLUMNS
from backend.platform.db import LockHeld, hold_lock
from backend.platform.keys import make_keys_file
from backend.platform.kit.clock import utc_now

ACCOUNT = "0123456789"
BANK_BIN = "970436"
DISTRICT = "om"
HOLDER = "UBND QUAN O MON (TRINH DIEN)"
ROLES = {
    "officer": "cán bộ",
    "leader": "lãnh đạo",
    "operator": "vận hành",
    "author": "soạn thủ tục",
}
SECOND_PERSON = "ketoan"
NO_SCREEN = frozenset({"operator", "author"})


class DemoFolder:
    """One data folder of the demo; passwords and secrets stay from start to start."""

    def __init__(self, data: Path, *, host: str, ports: tuple[int, int, int]) -> None:
        """Name the folder and today's addresses: service, one-stop, bank."""
        self.data = data
        self.host = host
        self.ports = ports

    @property
    def web(self) -> str:
        """Give the service's origin."""
        return self._origin(self.ports[0])

    def _origin(self, port: int) -> str:
        return f"http://{self.host}:{port}"

    @property
    def addresses(self) -> dict[str, str]:
        """Give the three origins."""
        return dict(zip(("web", "onestop", "bank"), map(self._origin, self.ports), strict=True))

    def is_in_use(self) -> bool:
        """Tell whether another process writes to the folder; make the folder when it is missing."""
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            hold_lock(self.data).release()
        except LockHeld:
            return True
        except OSError as fault:
            sys.exit(
                f"Không ghi được vào thư mục {self.data} ({fault.strerror}). "
                "Chọn thư mục khác: make run DATA=./data-khac"
            )
        return False

    def prepare(self) -> None:
        """Make what is missing, fill the database the first time, write demo.json anew."""
        if not (self.data / "keys.toml").exists():
            make_keys_file(self.data / "keys.toml", random=os.urandom)
        kept = self._kept()
        _write(self.data / "settings.toml", _toml(self._settings(kept)))
        if not kept.get("accounts"):
            kept |= self._fill()
        posters = [one | {"pdf": f"{self.web}{one['pdf_path']}"} for one in kept.get("posters", ())]
        _write(
            self.data / "demo.json",
            json.dumps(
                {"addresses": self.addresses} | kept | {"posters": posters},
                ensure_ascii=False,
                indent=1,
            ),
        )
        self._filling.unlink(missing_ok=True)

    @property
    def _filling(self) -> Path:
        """Give the mark of a first start that has not come to its end."""
        return self.data / "filling"

    def _kept(self) -> dict[str, Any]:
        """Give what an earlier start made: accounts, posters, secrets."""
        try:
            found: dict[str, Any] = json.loads((self.data / "demo.json").read_text())
        except FileNotFoundError:
            found = {}
        found.pop("addresses", None)
        found.setdefault(
            "secrets",
            {
                "bank_notice": {
                    "dialect": "sepay",
                    "hmac_secret": secrets.token_urlsafe(24),
                    "account": ACCOUNT,
                },
                "sandbox": {"merchant": "OMON-DEMO", "secret": secrets.token_urlsafe(24)},
                "onestop": {"username": "om-demo", "password": secrets.token_urlsafe(12)},
            },
        )
        return found

    def _settings(self, kept: dict[str, Any]) -> dict[str, Any]:
        """Give the demo's settings, with DATA/demo.toml merged over them."""
        _web, onestop, bank = map(self._origin, self.ports)
        own: dict[str, Any] = {
            "mode": "demo",
            "public_url": self.web,
            "host": self.host,
            "port": self.ports[0],
            "keys_file": str(self.data / "keys.toml"),
            "payments": {
                "vietqr": {"enabled": True},
                "sandbox": {
                    "enabled": True,
                    "base_url": bank,
                    **kept["secrets"]["sandbox"],
                },
                "bank_notice": {
                    "enabled": True,
                    "dialect": "sepay",
                    "hmac_secret": kept["secrets"]["bank_notice"]["hmac_secret"],
                    "statement": COLUMNS,
                },
                "counter": {"enabled": True},
                "accounts": [
                    {"unit": "*", "bank_bin": BANK_BIN, "account": ACCOUNT, "name": HOLDER}
                ],
            },
            "onestop": {
                "connector": "national",
                "url": onestop,
                "agency_code": "000.00.17.H13",
                "authority": "here",
                **kept["secrets"]["onestop"],
            },
            "receipts": {"books": _books()},
        }
        try:
            theirs = tomllib.loads((self.data / "demo.toml").read_text())
        except FileNotFoundError:
            return own
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            sys.exit(f"Sửa tệp {self.data / 'demo.toml'} rồi chạy lại: {fault}")
        return merged(own, theirs)

    def _fill(self) -> dict[str, Any]:
        """Make accounts, posters and past dossiers in a process that holds the database."""
        self._begin_filling()
        print("Chuẩn bị dữ liệu trình diễn (lần đầu, khoảng nửa phút) …", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "backend.cli", "demo", "--fill", "--data", str(self.data)],
            env=self.environment(),
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode:
            sys.exit(
                "Chưa chuẩn bị được dữ liệu trình diễn; xem các dòng ở trên, rồi chạy lại "
                "hoặc chọn thư mục khác: make run DATA=./data-khac"
            )
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def _begin_filling(self) -> None:
        """Clear away what an interrupted first start left; what others left is never touched."""
        if self._filling.exists():
            for file in (*self.data.glob("motcua.db*"), *self.data.glob("bank.sqlite3*")):
                file.unlink()
            shutil.rmtree(self.data / "files", ignore_errors=True)
        elif not (self.data / "motcua.db").exists():
            self._filling.touch(mode=0o600)

    def environment(self) -> dict[str, str]:
        """Give the environment in which the demo's processes run."""
        return {
            **os.environ,
            "MOTCUA_DATA": str(self.data),
            "MOTCUA_CONFIG": str(self.data / "settings.toml"),
        }

    def faults(self) -> dict[str, list[str]]:
        """Give the words of the command line that name the fault files which exist."""
        found: dict[str, list[str]] = {}
        for name in ("onestop", "bank"):
            file = self.data / f"faults-{name}.toml"
            found[name] = ["--faults", str(file)]
            file.touch(mode=0o600)
        return found


def merged(own: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Merge tables key by key; what is theirs wins."""
    return own | {
        key: merged(own[key], value)
        if isinstance(value, dict) and isinstance(own.get(key), dict)
        else value
        for key, value in theirs.items()
    }


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.replace(path)


def _books() -> list[dict[str, Any]]:
    """Give each ward its two books of receipts; form, series and tax code are invented."""
    places.load("demo")
    wards = [one for one in places.below(DISTRICT, utc_now().date()) if one.kind == "ward"]
    return [
        {
            "unit": ward.code,
            "kind": kind,
            "form": f"TRINHDIEN-{kind.upper().replace('_', '')}",
            "series": "TD-26E",
            "name": f"{ward.office or ward.name} (trình diễn)",
            "tax_code": "0000000000",
        }
        for ward in wards
        for kind in ("phi", "le_phi")
    ]


def _toml(table: dict[str, Any], path: tuple[str, ...] = ()) -> str:
    """Write nested tables as TOML; scalars are written as JSON, which TOML reads alike."""
    lines = [f"[{'.'.join(path)}]"] if path else []
    tables: list[str] = []
    for key, value in table.items():
        if isinstance(value, dict):
            tables.append(_toml(value, (*path, key)))
        elif isinstance(value, list):
            name = ".".join((*path, key))
            tables += [
                "\n".join([f"[[{name}]]", *(f"{k} = {json.dumps(v)}" for k, v in one.items())])
                for one in value
            ]
        else:
            lines.append(f"{key} = {json.dumps(value)}")
    return "\n".join([*lines, "", *tables, ""])


def table(folder: DemoFolder, *, seconds: float) -> str:
    """Draw what a visitor needs: addresses, a poster to begin with, accounts."""
    places.load("demo")
    demo = json.loads((folder.data / "demo.json").read_text())
    poster = next(
        (one for one in demo["posters"] if one["procedure"] == "2.000635"), demo["posters"][0]
    )
    ward = places.name(poster["unit"])
    scan = f"{folder.web}/q/{poster['code']}"
    took = f"{seconds:.1f}".replace(".", ",")
    lines = [
        "",
        f"Một Cửa QR đã sẵn sàng sau {took} giây (bản trình diễn, số liệu bịa).",
        "",
        f"  Người dân       {scan}   như quét tờ dán của {ward[:1].lower()}{ward[1:]}",
        f"  Tờ dán PDF      {poster['pdf']}   để in hoặc quét thử",
        f"  Cán bộ          {folder.web}/can-bo/   đăng nhập bằng tài khoản cán bộ",
        f"  Lãnh đạo        {folder.web}/lanh-dao/   đăng nhập bằng tài khoản lãnh đạo",
        f"  Ngân hàng giả   {demo['addresses']['bank']}   đưa ảnh mã VietQR vào đây để trả thử",
        f"  Một cửa giả     {demo['addresses']['onestop']}   xem hồ sơ đã chuyển sang một cửa",
        "",
        "  Tài khoản trình diễn (tên đăng nhập, mật khẩu)",
    ]
    lines += [_account(one, receives=poster["unit"]) for one in demo["accounts"]]
    lines += ["", f"  Mọi địa chỉ và mật khẩu: {folder.data / 'demo.json'}", "  Dừng: Ctrl-C", ""]
    return "\n".join(lines)


def _account(one: dict[str, str], *, receives: str) -> str:
    """Draw an account's line; the one that gets the first poster's dossiers is pointed out."""
    place, more = places.name(one["unit"]), ""
    if one["role"] == "officer" and one["unit"] == receives:
        more = "   nhận hồ sơ từ tờ dán trên"
    elif one["login"] == SECOND_PERSON:
        more = "   người thứ hai khi hoàn tiền"
    elif one["role"] in NO_SCREEN:
        more = "   chưa có màn hình riêng"
    return f"    {ROLES[one['role']]:<14}{place:<24}{one['login']:<22}{one['password']}{more}"
