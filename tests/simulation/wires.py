"""The wires between the systems (đường truyền): calls that may be lost, repeated, late or garbled.

Each fault is one that real networks and real neighbours show; which one strikes is the seed's.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from tests.simulation.dying import DiedError

if TYPE_CHECKING:
    from tests.simulation.world import World

OURS = "http://localhost:7000"
FAULTS = ("lose-request", "lose-answer", "twice", "garble", "unavailable")


class Wire(httpx.AsyncBaseTransport):
    """Carries a call from one system to another inside this process."""

    def __init__(self, world: "World", *, fetches: bool = False, notices: bool = False) -> None:
        """Say who calls: the one-stop that fetches a file, the bank that tells, or we."""
        self._world = world
        self._own_life = notices
        self._fetches = fetches

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one call, with at most one fault."""
        world = self._world
        fault = ""
        if not world.quiet and world.chance.random() < 0.25:
            fault = world.chance.choice(FAULTS)
            world.faults += 1
            world.note(f"{fault}: {request.method} {_short(request.url)}")
        if self._is_down(request) or fault == "lose-request":
            raise httpx.ConnectError("unreachable")
        if fault == "unavailable":
            return httpx.Response(503, content=b"<h1>503</h1>")
        if fault == "twice":
            await self._deliver(request)
        answer = await self._deliver(request)
        if fault == "lose-answer":
            raise httpx.ReadTimeout("no answer")
        if fault == "garble" and self._fetches:
            raise httpx.RemoteProtocolError("the file broke off before its announced length")
        if fault == "garble":
            return httpx.Response(200, content=answer.content[: len(answer.content) // 2] + b"\xff")
        return answer

    def _is_down(self, request: httpx.Request) -> bool:
        world = self._world
        return request.url.port == 7001 and world.now < world.onestop_down_until

    async def _deliver(self, request: httpx.Request) -> httpx.Response:
        world = self._world
        path = request.url.path
        if request.url.port == 7001:
            words = await world.onestop.answer(path.rpartition("/")[2], request.content)
            return httpx.Response(200, json=words)
        if request.url.port == 7002:
            return await world.answer_of_bank(path, request)
        return await self._ours(request)

    async def _ours(self, request: httpx.Request) -> httpx.Response:
        """Reach our own door; inside one of our own acts it dies with that act, not by itself."""
        if not self._own_life:
            return await through(self._world.web, request)
        try:
            return await self._world.alive(
                through(self._world.web, request), f"{request.method} {_short(request.url)}"
            )
        except DiedError:
            raise httpx.ReadError("the other side is gone") from None


async def through(web: Any, request: httpx.Request) -> httpx.Response:
    """Take a request through our gate and read the whole answer."""
    answer = await httpx.ASGITransport(web, raise_app_exceptions=True).handle_async_request(request)
    content = await answer.aread()
    return httpx.Response(answer.status_code, headers=answer.headers, content=content)


def _short(url: httpx.URL) -> str:
    """Name an address without what is new in each run."""
    steps = urlsplit(str(url)).path.split("/")
    return "/".join(step if len(step) < 30 else step[:6] for step in steps)
