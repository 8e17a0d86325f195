"""The keys file (tệp khóa): TOML with `wrap`, `index`, `sign`, `link`, each a list with ids.

The first of each list makes new things, the others still read old ones; of `index` the last one is
used, because marks that were made cannot be read. The file is made once, readable by its owner
alone, and lies outside DATA in production, so that a stolen backup is unreadable. Losing it means
losing every dossier: copy it to a safe place.
"""

import base64
import os
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from backend.platform.kit.ids import Randomness

Kind = Literal["wrap", "index", "sign", "link"]
KINDS: tuple[Kind, ...] = ("wrap", "index", "sign", "link")

KeyList = tuple[tuple[str, bytes], ...]

_SIZE = 32
_LONGEST_ID = 40
_CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_FOREIGN_BITS = stat.S_IRWXG | stat.S_IRWXO


class KeysRefused(Exception):  # noqa: N818 - it reads as the sentence it is
    """The keys file cannot be used; the text is a sentence for the operator."""


class KeyMissing(Exception):  # noqa: N818
    """Something was sealed with a key that the keys file no longer holds; names its id."""


class Keys(Struct, frozen=True):
    """Every secret of this installation, newest first."""

    wrap: KeyList
    index: KeyList
    sign: KeyList
    link: KeyList
    demo: bool = False

    def __repr__(self) -> str:
        """Show ids only: keys end up in no log."""
        return f"Keys({', '.join(f'{kind}={self.ids(kind)}' for kind in KINDS)})"

    def ids(self, kind: Kind) -> list[str]:
        """List the ids of one kind, newest first."""
        return [key_id for key_id, _secret in self._list(kind)]

    def find(self, kind: Kind, key_id: str) -> bytes:
        """Give a secret by its id; KeyMissing names an id that is not there."""
        for known, secret in self._list(kind):
            if known == key_id:
                return secret
        raise KeyMissing(f"the keys file holds no {kind} key with the id {key_id!r}")

    def _list(self, kind: Kind) -> KeyList:
        keys: KeyList = getattr(self, kind)
        return keys


def make_keys(*, random: Randomness, demo: bool = False) -> Keys:
    """Make fresh keys; the ids are random too, so that two installations never share one."""
    made = {kind: ((f"{kind}-{random(4).hex()}", _secret(kind, random)),) for kind in KINDS}
    return Keys(**made, demo=demo)


def make_keys_file(path: Path, *, random: Randomness, demo: bool = False) -> Keys:
    """Make the keys file with mode 0400; an existing one is never overwritten (FileExistsError).

    `demo` marks keys of a demonstration, which production refuses.
    """
    keys = make_keys(random=random, demo=demo)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_written(keys))
        file.flush()
        os.fsync(file.fileno())
    return keys


def load_keys(path: Path, *, production: bool = False) -> Keys:
    """Read the keys file; KeysRefused says what is wrong, never what is in it."""
    try:
        mode = path.stat().st_mode
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise KeysRefused(f"keys file {path}: {fault.strerror}. `motcua keys` makes one.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise KeysRefused(f"keys file {path}: not TOML.") from None
    if production and mode & _FOREIGN_BITS:
        raise KeysRefused(f"keys file {path}: others can read it. Run: chmod 0400 {path}")
    demo = tables.pop("demo", False) is True
    if production and demo:
        raise KeysRefused(f"keys file {path}: made for a demonstration. `motcua keys` makes one.")
    if unknown := sorted(tables.keys() - set(KINDS)):
        raise KeysRefused(f"keys file {path}: unknown {unknown[0]!r}. Known: {', '.join(KINDS)}.")
    return Keys(**{kind: tuple(_read(tables, kind, path)) for kind in KINDS}, demo=demo)


def _secret(kind: Kind, random: Randomness) -> bytes:
    while True:
        secret = random(_SIZE)
        if kind != "sign" or 0 < int.from_bytes(secret) < _CURVE_ORDER:
            return secret


def _written(keys: Keys) -> str:
    lines = [
        "# Keys of Một Cửa QR. Keep a copy in a safe place; without it no dossier is readable."
    ]
    if keys.demo:
        lines.append("demo = true")
    for kind in KINDS:
        for key_id, secret in getattr(keys, kind):
            text = base64.urlsafe_b64encode(secret).decode()
            lines += ["", f"[[{kind}]]", f'id = "{key_id}"', f'secret = "{text}"']
    return "\n".join(lines) + "\n"


def _read(tables: dict[str, object], kind: Kind, path: Path) -> Iterator[tuple[str, bytes]]:
    rows = tables.get(kind)
    if not isinstance(rows, list) or not rows:
        raise KeysRefused(f"keys file {path}: no [[{kind}]].")
    for place, row in enumerate(rows, start=1):
        key_id, text = (row.get("id"), row.get("secret")) if isinstance(row, dict) else (None, None)
        if not isinstance(key_id, str) or not 0 < len(key_id) <= _LONGEST_ID:
            raise KeysRefused(f"keys file {path}: [[{kind}]] number {place} has no usable id.")
        secret = _decoded(text)
        if secret is None or not _usable(kind, secret):
            raise KeysRefused(f"keys file {path}: {kind} key {key_id!r} has no usable secret.")
        yield key_id, secret


def _decoded(text: object) -> bytes | None:
    try:
        secret = base64.b64decode(str(text), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return secret if len(secret) == _SIZE else None


def _usable(kind: Kind, secret: bytes) -> bool:
    return kind != "sign" or 0 < int.from_bytes(secret) < _CURVE_ORDER


def signing_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Turn the 32 bytes of a `sign` key into a P-256 key."""
    return ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1())
