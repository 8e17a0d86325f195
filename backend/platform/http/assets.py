"""The app's files (ứng dụng trên điện thoại), held in memory, compressed once at start.

Each has a strong ETag per encoding, so that a second visit costs a 304; names with a hash in them
never change and are kept for a year. A file that is not there is 404, never a page; an address that
a person opens and that is nobody's is 404 too, but shows the app's first page.
"""

import gzip
import mimetypes
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from litestar import Request, Response
from litestar.datastructures import State
from msgspec import Struct

from backend.platform.http import former, headers
from backend.platform.http.etags import etag_of, same
from backend.platform.settings import bundled

_HASHED = re.compile(r"/assets/.+-[0-9A-Za-z_-]{8,}\.[a-z0-9.]+\Z")
_COMPRESSIBLE = (".html", ".js", ".css", ".json", ".svg", ".webmanifest", ".txt", ".wasm", ".map")
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
}
_SHELL = "index.html"
_SCREENS = re.compile(
    r"/(|p/[^/]+|ho-so|h|tra-cuu|tra-phi|thanh-toan/ve|v|can-bo(/.*)?|lanh-dao(/.*)?)\Z"
)
"""Addresses that only the app on the phone tells apart; `/q/CODE` is answered by room qr."""

_NO_SCREENS = re.compile(r"/(api|assets)(/|\Z)", re.IGNORECASE)

_SMALL = 128 * 1024
_BEST, _LARGE, _EARLIER = 11, 6, 4
"""How hard files are compressed at start; those of earlier builds are hardly asked for."""
_FOREVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"

_NOT_BUILT = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Một Cửa QR</title>
<p>Ứng dụng trên điện thoại chưa được dựng trên máy chủ này: chạy <code>make pwa</code>, rồi khởi
động lại. The phone app has not been built on this server.</p></html>
"""


class Answer(Struct, frozen=True):
    """A finished answer: status, headers, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Encoded(Struct, frozen=True):
    body: bytes
    etag: str


class _Asset(Struct, frozen=True):
    media_type: str
    cache: str
    encodings: dict[str, _Encoded]


class Assets:
    """Everything below one folder of a built PWA, by address.

    With `kept`, a folder of our data, hashed files of earlier builds are answered for a while.
    """

    def __init__(
        self, folder: Path | None = None, *, kept: Path | None = None, now: datetime | None = None
    ) -> None:
        root = folder or bundled("pwa", "pwa/dist")
        self._assets = dict(_load(root)) if root.is_dir() else {}
        if kept is not None and now is not None:
            files = former.remember(root / "assets", kept, now=now)
            earlier = {f"/assets/{file.name}": file for file in files}
            self._assets |= {
                path: _asset(path, file, quality=_EARLIER)
                for path, file in earlier.items()
                if path not in self._assets and _HASHED.match(path)
            }
        self._shells = sorted(
            (path.removesuffix(_SHELL) for path in self._assets if path.endswith("/" + _SHELL)),
            key=len,
            reverse=True,
        )

    def find(self, path: str, asked: Mapping[bytes, bytes]) -> Answer | None:
        """Answer a GET or HEAD for a file or a screen of the app; None when it is neither.

        `asked` are the request's headers, lower case.
        """
        asset = None if path.endswith("/" + _SHELL) else self._assets.get(path)
        if asset is None and _SCREENS.match(path) is None:
            return None
        return _answer(asset, asked) if asset else self._shell(path, asked)

    def shell(self, request: Request[object, object, State]) -> Response[bytes]:
        """Answer the app's page itself, for a route that does something first (`/q/CODE`)."""
        asked = {name.lower(): value for name, value in request.scope["headers"]}
        found = self._shell(request.url.path, asked)
        return Response(
            found.body,
            status_code=found.status,
            headers={key: text for key, text in found.headers.items() if key != "content-type"},
            media_type=found.headers.get("content-type", "text/html").partition(";")[0],
        )

    def astray(self, path: str, asked: Mapping[bytes, bytes]) -> Answer | None:
        """Answer a person whose address is nobody's; None where no person looks at the answer."""
        if asked.get(b"sec-fetch-dest") != b"document" or _NO_SCREENS.match(path):
            return None
        found = self._shell("/", {**asked, b"if-none-match": b""})
        kept = {key: text for key, text in found.headers.items() if key != "etag"}
        return Answer(max(found.status, 404), kept | {"cache-control": "no-store"}, found.body)

    def _shell(self, path: str, asked: Mapping[bytes, bytes]) -> Answer:
        for folder in self._shells:
            if path.startswith(folder):
                return _answer(self._assets[folder + _SHELL], asked)
        return Answer(
            503,
            {"content-type": _TYPES[".html"], "cache-control": "no-store", "retry-after": "60"},
            _NOT_BUILT.encode(),
        )


def _answer(asset: _Asset, asked: Mapping[bytes, bytes]) -> Answer:
    encoding = _best(asset, asked.get(b"accept-encoding", b"").decode("latin-1"))
    chosen = asset.encodings[encoding]
    given = {
        "etag": chosen.etag,
        "cache-control": asset.cache,
        "vary": "accept-encoding",
        "content-security-policy": headers.PAGE_POLICY,
    }
    known = asked.get(b"if-none-match")
    if same(known.decode("latin-1") if known else None, chosen.etag):
        return Answer(304, given, b"")
    if encoding:
        given["content-encoding"] = encoding
    return Answer(200, {**given, "content-type": asset.media_type}, chosen.body)


def _best(asset: _Asset, accepted: str) -> str:
    """Choose brotli, gzip or the plain bytes ("") by what the caller accepts."""
    names = {
        part.partition(";")[0].strip().lower()
        for part in accepted.split(",")
        if not re.search(r";\s*q=0(\.0*)?\s*\Z", part)
    }
    for encoding in ("br", "gzip"):
        if encoding in names and encoding in asset.encodings:
            return encoding
    return ""


def _load(root: Path) -> Iterator[tuple[str, _Asset]]:
    for file in sorted(root.rglob("*")):
        if file.is_file() and file.suffix not in {".br", ".gz"}:
            path = "/" + file.relative_to(root).as_posix()
            yield path, _asset(path, file)


def _asset(path: str, file: Path, *, quality: int = _BEST) -> _Asset:
    plain = file.read_bytes()
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    encodings = {"": _Encoded(plain, etag_of(plain))}
    if file.suffix in _COMPRESSIBLE:
        for name, body in (
            ("br", _brotli(file, plain, quality)),
            ("gzip", gzip.compress(plain, 9, mtime=0)),
        ):
            if len(body) < len(plain):
                encodings[name] = _Encoded(body, etag_of(body))
    return _Asset(
        media_type=_TYPES.get(file.suffix, guessed),
        cache=_FOREVER if _HASHED.match(path) else _ASK_AGAIN,
        encodings=encodings,
    )


def _brotli(file: Path, plain: bytes, quality: int) -> bytes:
    """Take the `.br` that the build left beside the file, or compress; large ones less hard."""
    beside = file.with_name(file.name + ".br")
    if beside.is_file():
        return beside.read_bytes()
    hard = quality if len(plain) <= _SMALL else min(quality, _LARGE)
    compressed: bytes = brotli.compress(plain, quality=hard)
    return compressed
