"""Settings (cấu hình): one frozen struct from the environment and one TOML file, checked at start.

`MOTCUA_PORT=8000` in the environment and `port = 8000` in the file named by `MOTCUA_CONFIG` are
the same setting; the environment wins. What is wrong is told all at once, in sentences that name
the key. `described()` lists every setting with its meaning for the documentation and its test.
"""

import ipaddress
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, get_type_hints
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from backend.platform.setting_tables import (
    Account,
    OneStop,
    ReceiptBook,
    Receipts,
    refused_books,
)

__all__ = [
    "Account",
    "Described",
    "Mode",
    "OneStop",
    "ReceiptBook",
    "Receipts",
    "Settings",
    "SettingsRefused",
    "bundled",
    "described",
    "is_loopback",
    "is_loopback_host",
    "load",
    "warnings",
]

Mode = Literal["production", "demo", "test"]

PREFIX = "MOTCUA_"


_INSIDE = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7"
_PRIVATE = tuple(map(ipaddress.ip_network, _INSIDE.split()))
"""Where a one-stop may stand inside an office, never this machine; for clouds see `outgoing`."""


class SettingsRefused(Exception):  # noqa: N818 - it reads as the sentence it is
    """The settings cannot be used; `faults` are sentences for the operator."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything the operator decides; made by `load` only."""

    mode: Annotated[
        Mode, Meta(description="`production`, `demo` (pretend systems and money) or `test`")
    ] = "production"
    data: Annotated[Path, Meta(description="folder of the database and the files")] = Path("data")
    database_url: Annotated[
        str, Meta(description="`sqlite:///PATH` (default in DATA) or `postgresql://…`")
    ] = ""
    files_url: Annotated[
        str, Meta(description="`file:///PATH` where sealed files are kept (default in DATA)")
    ] = ""
    public_url: Annotated[
        str, Meta(description="scheme and host that citizens see, no path; posters print it")
    ] = ""
    tls_cert: Annotated[Path | None, Meta(description="certificate chain (PEM), to serve TLS")] = (
        None
    )
    tls_key: Annotated[Path | None, Meta(description="its private key (PEM)")] = None
    keys_file: Annotated[
        Path | None, Meta(description="keys (TOML, mode 0400); outside DATA in production")
    ] = None
    procedures: Annotated[
        Path | None, Meta(description="folder of procedure files; default the ones delivered")
    ] = None
    config: Annotated[Path | None, Meta(description="the TOML file itself; environment only")] = (
        None
    )
    host: Annotated[str, Meta(min_length=1, description="address to listen at")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="port to listen at")] = 8000
    payments: Annotated[
        dict[str, dict[str, object]],
        Meta(description="one table per payment adapter; `enabled = true` switches it on"),
    ] = {}
    accounts: Annotated[
        tuple[Account, ...],
        Meta(description="`[[payments.accounts]]`: where bank transfers go; the first fit wins"),
    ] = ()
    onestop: Annotated[OneStop, Meta(description="the one-stop system")] = OneStop()
    receipts: Annotated[Receipts, Meta(description="receipts of fees")] = Receipts()

    def __repr__(self) -> str:
        """Show nothing secret: settings end up in logs and tracebacks."""
        return f"Settings(mode={self.mode!r}, data={str(self.data)!r}, …)"

    @property
    def production(self) -> bool:
        """Tell whether real people and real money are meant."""
        return self.mode == "production"

    @property
    def public_host(self) -> str:
        """Give the host name of the public URL, lower case, without port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def secure(self) -> bool:
        """Tell whether citizens come over https."""
        return self.public_url.startswith("https://")


class Described(Struct, frozen=True):
    """One line of the operator's table of settings."""

    key: str
    environment: str | None
    default: str
    meaning: str


def load(environ: Mapping[str, str], *, overrides: Mapping[str, object] | None = None) -> Settings:
    """Read the settings: defaults, then the TOML file, the environment, the overrides.

    Tables are merged key by key. SettingsRefused names everything that is wrong.
    """
    faults: list[str] = []
    given = _merged({}, _from_file(environ.get(f"{PREFIX}CONFIG"), faults))
    given = _merged(given, _from_environment(environ, faults))
    given = _merged(given, overrides or {})
    given = _with_accounts_apart(given, faults)
    faults += _unknown(given)
    if faults:
        raise SettingsRefused(faults)
    try:
        settings = msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as fault:
        raise SettingsRefused([f"A setting cannot be used: {fault}."]) from None
    settings = _with_defaults(settings)
    faults = list(_refusals(settings))
    if faults:
        raise SettingsRefused(faults)
    return settings


def described() -> list[Described]:
    """List every setting, tables included, with what it means."""
    rows = [*_described_struct(Settings, "")]
    rows += _described_struct(Account, "payments.accounts.")
    rows += _described_struct(OneStop, "onestop.")
    rows += _described_struct(ReceiptBook, "receipts.books.")
    return rows


def warnings(settings: Settings) -> list[str]:
    """Name what is allowed but unwise in production; the start prints it."""
    found = []
    if settings.production and not settings.secure:
        found.append("public_url is not https: phones give no camera and no offline mode there.")
    if settings.production and settings.database_url.startswith("sqlite:"):
        found.append("The database is SQLite: one process serves it, web and jobs together.")
    if settings.production:
        found.append("Backup, restore and key rotation are not there yet: copy DATA and the keys.")
        found.append("No SMS or Zalo yet: citizens get no messages, a lost key is not made anew.")
    return found


def bundled(name: str, checkout: str) -> Path:
    """Find a folder delivered with the wheel, or the one of the checkout during development."""
    inside = Path(str(files("backend"))) / "_bundled" / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / checkout


def is_loopback(url: str) -> bool:
    """Tell whether an address points back to this machine."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return is_loopback_host(host)


@lru_cache(maxsize=1024)
def is_loopback_host(host: str) -> bool:
    """Tell whether a host name or address means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def _from_file(path: str | None, faults: list[str]) -> dict[str, object]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(f"{PREFIX}CONFIG: {path} cannot be read ({type(fault).__name__}).")
    except tomllib.TOMLDecodeError as fault:
        faults.append(f"{PREFIX}CONFIG: {path} is not TOML: {fault}.")
    return {}


def _from_environment(environ: Mapping[str, str], faults: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX):
            continue
        key = name.removeprefix(PREFIX).lower()
        if key in _IN_ENVIRONMENT:
            if value:
                found[key] = value
        else:
            known = ", ".join(PREFIX + key.upper() for key in _IN_ENVIRONMENT)
            faults.append(f"{name} is not a setting. Known: {known}.")
    return found


def _merged(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = _merged(old, value) if both else value  # type: ignore[arg-type]
    return result


def _with_accounts_apart(given: dict[str, object], faults: list[str]) -> dict[str, object]:
    """Move `[[payments.accounts]]` beside the adapters' tables."""
    if "accounts" in given:
        faults.append("accounts is not a setting here. Write [[payments.accounts]].")
    payments = given.get("payments", {})
    if not isinstance(payments, Mapping):
        faults.append("payments must be a table with one table per adapter.")
        return given
    adapters = {key: table for key, table in payments.items() if key != "accounts"}
    return {**given, "payments": adapters, "accounts": payments.get("accounts", ())}


def _unknown(given: Mapping[str, object]) -> Iterator[str]:
    yield from _unknown_in(given, Settings, "")
    onestop = given.get("onestop")
    if isinstance(onestop, Mapping):
        yield from _unknown_in(onestop, OneStop, "onestop.")
    accounts = given.get("accounts")
    for account in accounts if isinstance(accounts, list) else ():
        if isinstance(account, Mapping):
            yield from _unknown_in(account, Account, "payments.accounts.")
    yield from _unknown_in_receipts(given.get("receipts"))


def _unknown_in_receipts(receipts: object) -> Iterator[str]:
    if not isinstance(receipts, Mapping):
        return
    yield from _unknown_in(receipts, Receipts, "receipts.")
    books = receipts.get("books")
    for book in books if isinstance(books, list) else ():
        if isinstance(book, Mapping):
            yield from _unknown_in(book, ReceiptBook, "receipts.books.")


def _unknown_in(given: Mapping[str, object], known: type[Struct], before: str) -> Iterator[str]:
    names = [name for name in known.__struct_fields__ if name != "accounts"]
    for key in given.keys() - {*names, "accounts"}:
        yield f"{before}{key} is not a setting. Known: {', '.join(before + n for n in names)}."


def _path(kind: type, value: object) -> object:
    """Make paths, which msgspec does not know; adapters' tables stay as they were written."""
    if kind is not Path:
        return value
    if not isinstance(value, str | Path):
        raise TypeError("Expected a path")
    return Path(value)


def _with_defaults(settings: Settings) -> Settings:
    data = settings.data.expanduser().absolute()
    shown = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    shown = f"[{shown}]" if ":" in shown else shown
    own_url = "" if settings.production else f"http://{shown}:{settings.port}"
    own_keys = None if settings.production else data / "keys.toml"
    return msgspec.structs.replace(
        settings,
        data=data,
        database_url=settings.database_url or f"sqlite:///{data / 'motcua.db'}",
        files_url=settings.files_url or f"file://{data / 'files'}",
        public_url=settings.public_url or own_url,
        keys_file=settings.keys_file or own_keys,
        procedures=settings.procedures or bundled("procedures", "procedures"),
    )


def _refusals(settings: Settings) -> Iterator[str]:
    yield from _refused_addresses(settings)
    if (settings.tls_cert is None) != (settings.tls_key is None):
        yield "tls_cert and tls_key belong together: give both or none."
    if settings.onestop.connector != "national":
        yield f"onestop.connector {settings.onestop.connector!r} is not built yet: use 'national'."
    yield from _refused_networks(settings.onestop.networks)
    yield from refused_books(settings.receipts.books)
    if settings.production:
        yield from _refused_in_production(settings)


def _refused_networks(networks: Sequence[str]) -> Iterator[str]:
    for network in networks:
        try:
            found = ipaddress.ip_network(network)
        except ValueError:
            yield f"onestop.networks {network!r} must be a network such as 10.20.0.0/16."
            continue
        if not any(found[0] in one and found[-1] in one for one in _PRIVATE):
            yield f"onestop.networks {network!r} must lie within {_INSIDE}."


def _refused_addresses(settings: Settings) -> Iterator[str]:
    if settings.public_url and not _is_origin(settings.public_url):
        yield "public_url must be a scheme and a host, no path: https://motcua.example.vn."
    if not settings.database_url.startswith(("sqlite:///", "postgresql://")):
        yield "database_url must begin with sqlite:/// or postgresql://."
    if not settings.files_url.startswith("file:///"):
        yield "files_url must begin with file:/// (s3:// is not there yet)."


def _refused_in_production(settings: Settings) -> Iterator[str]:
    if not settings.public_url:
        yield f"production needs public_url ({PREFIX}PUBLIC_URL): posters and links carry it."
    if settings.keys_file is None:
        yield f"production needs keys_file ({PREFIX}KEYS_FILE); `motcua keys` makes one."
    elif settings.keys_file.resolve().is_relative_to(settings.data.resolve()):
        yield "keys_file lies inside data: a stolen backup would hold its own keys. Move it out."
    if settings.payments.get("sandbox", {}).get("enabled", "sandbox" in settings.payments):
        yield "payments.sandbox is pretend money and is refused in production. Remove its table."
    for adapter, table in settings.payments.items():
        for key in _loopback_keys(table):
            yield f"payments.{adapter}.{key} points to this machine; production needs the provider."


def _loopback_keys(table: Mapping[str, object], before: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _loopback_keys(value, f"{before}{key}.")
        elif isinstance(value, str) and "://" in value and is_loopback(value):
            yield before + key


def _is_origin(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and plain and port != 0


def _described_struct(struct: type[Struct], before: str) -> Iterator[Described]:
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        if before == "" and field.name == "accounts":
            continue
        meta = next(m for m in hints[field.name].__metadata__ if isinstance(m, Meta))
        in_environment = before == "" and field.name in _IN_ENVIRONMENT
        yield Described(
            key=before + field.name,
            environment=PREFIX + field.name.upper() if in_environment else None,
            default=_default_of(field),
            meaning=meta.description or "",
        )


def _default_of(field: msgspec.structs.FieldInfo) -> str:
    if field.default is msgspec.NODEFAULT or field.default is None:
        return ""
    return str(field.default) if isinstance(field.default, str | int | Path) else ""


_IN_ENVIRONMENT = tuple(
    name
    for name in Settings.__struct_fields__
    if name not in {"payments", "accounts", "onestop", "receipts"}
)
