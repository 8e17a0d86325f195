"""The gate (cổng vào): what every request must satisfy before anything else looks at it.

It stands around the whole app: wrong host 421, unsafe calls from other sites 403, bodies that are
no JSON 415 or too large 413. It answers the app's files itself, names each request by a trace id,
adds the security headers, and turns what nobody caught into a problem document, never a 500.
"""

import os
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, structs

from backend.platform import limits
from backend.platform.http import headers
from backend.platform.http.assets import Answer, Assets
from backend.platform.http.problems import MEDIA_TYPE, Misdirected, as_problem, document, report
from backend.platform.kit import logs
from backend.platform.kit.errors import Forbidden, Malformed, Problem, TooLarge, WrongType
from backend.platform.kit.ids import Randomness
from backend.platform.settings import Settings, is_loopback_host

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FILES = "/f/"
_KIB = 1024
_logger = logs.get("http")


class BodyRule(Struct, frozen=True):
    """What bodies are taken below some addresses."""

    path: re.Pattern[str]
    limit: int
    method: str | None = None
    json: bool = True
    same_site: bool = True


BODY_RULES = (
    BodyRule(re.compile(r"/api/v1/dossiers/[^/]+/files/"), 12 * _KIB * _KIB, "PUT", json=False),
    BodyRule(re.compile(r"/api/v1/dossiers/[^/]+/files/"), _KIB * _KIB, "PATCH", json=False),
    BodyRule(
        re.compile(r"/api/v1/payments/(notices|return|lookups)/"),
        256 * _KIB,
        json=False,
        same_site=False,
    ),
    BodyRule(re.compile(r"/api/v1/workbench/closes\Z"), _KIB * _KIB, "POST", json=False),
    BodyRule(re.compile(r"/"), 256 * _KIB),
)
"""The first that fits holds: files whole and in pieces, providers' notices, statements, others."""


class Gate:
    """The outermost ASGI app: `Gate(litestar, settings=…, assets=…)`."""

    def __init__(
        self,
        app: App,
        *,
        settings: Settings,
        assets: Assets,
        random: Randomness = os.urandom,
        rules: tuple[BodyRule, ...] = BODY_RULES,
    ) -> None:
        self._app = app
        self._assets = assets
        self._random = random
        self._rules = rules
        self._host = settings.public_host
        self._origin = settings.public_url
        self._loopback_passes = not settings.production
        self._lifts_limits = settings.mode == "test"
        self._always = headers.always(secure=settings.secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; lifespan events go straight through, web sockets are not served."""
        if scope["type"] != "http":
            await (_refuse_socket(send) if scope["type"] == "websocket" else
                   self._app(scope, receive, send))  # fmt: skip
            return
        logs.trace_id.set(self._random(8).hex())
        client = scope.get("client") or ("",)
        limits.lifted.set(self._lifts_limits and is_loopback_host(client[0]))
        asked = dict(scope["headers"])
        answering = _Answering(scope, send, self._always)
        try:
            self._check_host(scope, asked)
            if scope["method"] not in _SAFE:
                receive = self._checked_body(scope, asked, receive)
            elif found := self._assets.find(scope["path"], asked):
                await answering.finish(found)
                return
            astray = self._assets.astray(scope["path"], asked)
            await self._app(scope, receive, answering.unless_astray(astray))
        except Exception as fault:  # noqa: BLE001 - the last net: nothing leaves as a bare 500
            await answering.refuse(fault)
        finally:
            answering.log()

    def _check_host(self, scope: Scope, asked: dict[bytes, bytes]) -> None:
        host = _host_name(asked.get(b"host", b""))
        own = host == self._host or (self._loopback_passes and is_loopback_host(host))
        if not own or sum(name == b"host" for name, _ in scope["headers"]) != 1:
            raise Misdirected

    def _checked_body(self, scope: Scope, asked: dict[bytes, bytes], receive: Receive) -> Receive:
        rule = next(
            rule
            for rule in self._rules
            if rule.path.match(scope["path"]) and rule.method in {None, scope["method"]}
        )
        if rule.same_site:
            self._check_site(asked)
        length = asked.get(b"content-length", b"")
        if length.isdigit() and int(length[:20]) > rule.limit:
            raise TooLarge
        is_json = not rule.json or _is_json(asked.get(b"content-type", b""))
        if not is_json and (b"content-type" in asked or length.strip(b"0")):
            raise _not_json()
        return _counted(receive, rule.limit, body_allowed=is_json)

    def _check_site(self, asked: dict[bytes, bytes]) -> None:
        """Refuse what another site's page sent; a caller that is no browser sends neither."""
        if asked.get(b"sec-fetch-site", b"same-origin") not in {b"same-origin", b"none"}:
            raise Forbidden
        if b"origin" in asked and not self._is_own(asked[b"origin"].decode("latin-1"), asked):
            raise Forbidden

    def _is_own(self, origin: str, asked: dict[bytes, bytes]) -> bool:
        if origin == self._origin:
            return True
        here = urlsplit(f"//{asked[b'host'].decode('latin-1')}").netloc
        there = origin.removeprefix("http://").removeprefix("https://")
        return self._loopback_passes and there == here and is_loopback_host(_host_name(here))


class _Answering:
    """One answer on its way: adds the headers that every answer has, and remembers its status."""

    def __init__(self, scope: Scope, send: Send, always: headers.Headers) -> None:
        self._scope = scope
        self._send = send
        self._always = always
        self._started = time.perf_counter()
        self._status = 0

    async def send(self, message: Message) -> None:
        """Pass a message on; the first one gets its headers."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = self._complete(message.get("headers", ()))
        await self._send(message)

    def unless_astray(self, page: Answer | None) -> Send:
        """Give what passes messages on, or sends `page` where the app has no such address.

        So it does where a file is refused: the page asks why, and tells the person who opened it.
        """
        if page is None:
            return self.send
        shown = False
        file = self._scope["path"].startswith(_FILES)

        async def send(message: Message) -> None:
            nonlocal shown
            status = message.get("status", 0)
            unknown = status == HTTPStatus.NOT_FOUND and "path_template" not in self._scope
            if unknown or (file and status >= HTTPStatus.BAD_REQUEST):
                shown = True
                await self.finish(structs.replace(page, status=max(page.status, status)))
            if not shown:
                await self.send(message)

        return send

    async def finish(self, answer: Answer) -> None:
        """Send a whole answer; HEAD gets its headers alone."""
        body = b"" if self._scope["method"] == "HEAD" else answer.body
        raw = [(key.lower().encode(), text.encode()) for key, text in answer.headers.items()]
        if answer.status != 304:  # noqa: PLR2004 - Not Modified has no body to measure
            raw.append((b"content-length", str(len(answer.body)).encode()))
        await self.send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})

    async def refuse(self, fault: Exception) -> None:
        """Answer what was refused here or caught nowhere; a half-sent answer can only be cut."""
        problem = as_problem(fault)
        report(fault, problem)
        if self._status:
            raise fault
        given = {"content-type": MEDIA_TYPE, **problem.headers}
        await self.finish(Answer(problem.status, given, document(problem)))

    def log(self) -> None:
        """Write one line: the route, never the address with what it holds."""
        _logger.info(
            "answered",
            extra={
                "method": self._scope["method"],
                "route": self._scope.get("path_template", "-"),
                "status": self._status,
                "ms": round((time.perf_counter() - self._started) * 1000, 1),
            },
        )

    def _complete(self, given: Any) -> headers.Headers:
        raw = [*given]
        names = {name for name, _ in raw}
        raw += [pair for pair in self._always if pair[0] not in names]
        if b"content-security-policy" not in names:
            raw.append((b"content-security-policy", headers.DATA_POLICY.encode()))
        if b"cache-control" not in names:
            raw.append((b"cache-control", b"no-store"))
        return raw


def _counted(receive: Receive, limit: int, *, body_allowed: bool) -> Receive:
    """Count the bytes that really come: a declared length proves nothing.

    A caller who goes away inside the body, as phones do, is no fault of ours.
    """
    taken, whole = 0, False

    async def counted() -> Message:
        nonlocal taken, whole
        message = await receive()
        if message["type"] == "http.disconnect" and not whole:
            raise Malformed("the connection ended inside the body")
        whole = whole or not message.get("more_body", False)
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge
        if taken and not body_allowed:
            raise _not_json()
        return message

    return counted


def _is_json(content_type: bytes) -> bool:
    media_type, _, rest = content_type.decode("latin-1").partition(";")
    charset = rest.strip().lower().removeprefix("charset=").strip('"')
    return media_type.strip().lower() == "application/json" and charset in {"", "utf-8"}


class NotJson(WrongType):
    """A body that is no JSON came to an address that takes nothing else."""

    title = "Địa chỉ này chỉ nhận dữ liệu JSON. Mở lại trang rồi thử lại."


def _not_json() -> Problem:
    return NotJson("Content-Type: application/json")


@lru_cache(maxsize=1024)
def _host_name(host: bytes | str) -> str:
    """Give the name of a Host header without its port, lower case; "" when it is malformed."""
    text = host.decode("latin-1") if isinstance(host, bytes) else host
    try:
        parts = urlsplit(f"//{text}")
        valid = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    plain = valid and parts.netloc == text and "@" not in text
    return (parts.hostname or "") if plain else ""


async def _refuse_socket(send: Send) -> None:
    await send({"type": "websocket.close", "code": 1008})
