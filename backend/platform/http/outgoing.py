"""The one guarded client for outgoing calls: listed origins, no redirects, small answers in time.

Payment providers and the one-stop are reached through this client alone. It refuses before a packet
leaves: an origin that is not in the settings, or a name that points into a private network which is
not listed (the address that was checked is the address that is used, so a name cannot change its
mind in between). An answer that grows beyond the limit or takes longer than the deadline breaks off
as the same `httpx.TransportError` that a lost connection raises, so callers know one kind of "we
cannot tell". TLS is always verified; environment proxies are ignored.
"""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import httpcore
import httpx

ANSWER_LIMIT = 1024 * 1024
DEADLINE = 20.0

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_NONE: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
_CLOUD_OWN: Final = frozenset(
    map(ipaddress.ip_address, ["169.254.169.254", "fd00:ec2::254", "100.100.100.200"])
)
"""Where clouds tell a machine its own secrets; some lie inside networks that may be listed."""


class Forbidden(httpx.TransportError):
    """The call would leave the listed places; nothing was sent."""


class AnswerTooLarge(httpx.TransportError):
    """The answer grew beyond the limit; whether the call had an effect is not known."""


def client(
    allowed_origins: Collection[str],
    *,
    private_networks: Mapping[str, Collection[str]] = _NONE,
    answer_limit: int = ANSWER_LIMIT,
    deadline: float = DEADLINE,
) -> httpx.AsyncClient:
    """Return a client that reaches only `allowed_origins` (`https://host[:port]`).

    An origin written as an IP address or `localhost` lists itself. Names that resolve to private
    addresses are refused unless the address lies in one of the `private_networks` (CIDR) of that
    very origin, as the integration axis of a province often does.
    """
    # httpx writes whole addresses at INFO; ours may hold references of payments.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return httpx.AsyncClient(
        transport=_Guard(allowed_origins, private_networks, answer_limit, deadline),
        timeout=httpx.Timeout(deadline, connect=min(5.0, deadline)),
        headers={"Accept-Encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
    )


def origin_of(url: str) -> str:
    """Return the origin of an address in one spelling: scheme, host, port."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"


class _Guard(httpx.AsyncBaseTransport):
    """Let a request through when its origin is listed, and bound its answer in size and time."""

    def __init__(
        self,
        origins: Collection[str],
        networks: Mapping[str, Collection[str]],
        answer_limit: int,
        deadline: float,
    ) -> None:
        self._origins = frozenset(map(origin_of, origins))
        self._answer_limit = answer_limit
        self._deadline = deadline
        self._inner = httpx.AsyncHTTPTransport(trust_env=False)
        listed = frozenset(urlsplit(origin).hostname or "" for origin in self._origins)
        by_host = {
            urlsplit(origin).hostname or "": tuple(map(ipaddress.ip_network, ranges))
            for origin, ranges in networks.items()
        }
        backend = _CheckedNames(listed, by_host)
        # httpx has no argument for it; the tests prove that the names are really checked.
        self._inner._pool._network_backend = backend  # noqa: SLF001

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if origin_of(str(request.url)) not in self._origins:
            raise Forbidden(f"{request.url.host} is not a listed place", request=request)
        ends = asyncio.get_running_loop().time() + self._deadline
        try:
            async with asyncio.timeout_at(ends):
                answer = await self._inner.handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("the deadline has passed", request=request) from error
        if answer.headers.get("content-encoding", "identity") != "identity":
            await answer.aclose()
            raise AnswerTooLarge("compressed answers are not taken", request=request)
        body = _Bounded(answer.stream, limit=self._answer_limit, ends=ends)
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=body, extensions=answer.extensions
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Bounded(httpx.AsyncByteStream):
    """Read an answer to its end, its limit or its deadline, whichever comes first."""

    def __init__(
        self, inner: httpx.AsyncByteStream | httpx.SyncByteStream, *, limit: int, ends: float
    ) -> None:
        assert isinstance(inner, httpx.AsyncByteStream)  # noqa: S101 - an async transport's stream
        self._inner = inner
        self._limit = limit
        self._ends = ends

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        pieces = aiter(self._inner)
        while True:
            try:
                async with asyncio.timeout_at(self._ends):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except TimeoutError as error:
                raise httpx.ReadTimeout("the deadline has passed") from error
            size += len(piece)
            if size > self._limit:
                raise AnswerTooLarge(f"more than {self._limit} bytes")
            yield piece

    async def aclose(self) -> None:
        await self._inner.aclose()


class _CheckedNames(httpcore.AsyncNetworkBackend):
    """Resolve a name, check every address, and connect to the very address that was checked."""

    def __init__(
        self,
        listed: frozenset[str],
        networks: Mapping[str, tuple[Network, ...]],
    ) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._listed = listed
        self._networks = networks

    async def connect_tcp(  # the signature is httpcore's
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._resolve(host, port)
        for address in addresses:
            if not self._may_reach(host, address):
                raise httpcore.ConnectError(f"{host} points to {address}, which is not listed")
        error: Exception | None = None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error or httpcore.ConnectError(f"{host} has no address")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)

    async def _resolve(self, host: str, port: int) -> list[Address]:
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
        return [ipaddress.ip_address(text) for text in texts]

    def _may_reach(self, host: str, address: Address) -> bool:
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        if (mapped or address) in _CLOUD_OWN:
            return False
        if address.is_global:
            return True
        if host in self._listed and (host == "localhost" or _is_address(host)):
            return True
        return any(address in network for network in self._networks.get(host, ()))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
