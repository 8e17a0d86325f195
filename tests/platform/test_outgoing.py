import asyncio
import gzip
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpcore
import httpx
import pytest

from backend.platform.http import outgoing

Answering = Callable[[asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(answer: Answering) -> AsyncIterator[str]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await answer(writer)
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        listening.close()


def saying(content: bytes, *, status: str = "200 OK", more: str = "") -> Answering:
    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\n{more}\r\n"
        writer.write(head.encode() + content)
        await writer.drain()

    return answer


async def test_a_listed_origin_is_reached() -> None:
    async with server(saying(b"xin chao")) as origin, outgoing.client([origin]) as client:
        answer = await client.get(f"{origin}/a?b=c")

    assert answer.text == "xin chao"


async def test_another_origin_is_refused_before_anything_is_sent() -> None:
    reached = []

    async def answer(writer: asyncio.StreamWriter) -> None:
        reached.append(writer)

    async with server(answer) as origin, outgoing.client(["https://example.vn"]) as client:
        with pytest.raises(outgoing.Forbidden):
            await client.get(origin)

    assert reached == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.vn/",
        "https://example.vn:8443/",
        "https://example.vn.evil.test/",
        "https://evil.test/https://example.vn",
        "https://example.vn@evil.test/",
    ],
)
async def test_a_look_alike_of_a_listed_origin_is_refused(url: str) -> None:
    async with outgoing.client(["https://example.vn"]) as client:
        with pytest.raises(outgoing.Forbidden):
            await client.get(url)


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    away = saying(b"", status="302 Found", more="Location: http://127.0.0.1:9/\r\n")

    async with server(away) as origin, outgoing.client([origin]) as client:
        answer = await client.get(origin)

    assert answer.status_code == 302


async def test_even_a_caller_that_follows_redirects_cannot_leave_the_listed_places() -> None:
    away = saying(b"", status="302 Found", more="Location: http://127.0.0.1:9/\r\n")

    async with server(away) as origin, outgoing.client([origin]) as client:
        with pytest.raises(outgoing.Forbidden):
            await client.get(origin, follow_redirects=True)


async def test_an_answer_beyond_the_limit_breaks_off() -> None:
    async with (
        server(saying(b"x" * 2_000_000)) as origin,
        outgoing.client([origin]) as client,
    ):
        with pytest.raises(outgoing.AnswerTooLarge):
            await client.get(origin)


async def test_a_compressed_answer_is_refused_so_that_it_cannot_grow() -> None:
    bomb = saying(gzip.compress(b"x" * 9_000_000), more="Content-Encoding: gzip\r\n")

    async with server(bomb) as origin, outgoing.client([origin]) as client:
        with pytest.raises(outgoing.AnswerTooLarge):
            await client.get(origin)


async def test_an_answer_that_drips_for_ever_ends_at_the_deadline() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with server(drip) as origin, outgoing.client([origin], deadline=0.2) as client:
        with pytest.raises(httpx.TimeoutException):
            await client.get(origin)


async def test_a_silent_place_ends_at_the_deadline() -> None:
    async def nothing(_writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async with server(nothing) as origin, outgoing.client([origin], deadline=0.1) as client:
        with pytest.raises(httpx.TimeoutException):
            await client.get(origin)


async def test_a_listed_name_that_points_into_a_private_network_is_refused() -> None:
    names = outgoing._CheckedNames(frozenset({"axis.example.vn"}), {})

    async def resolve(_host: str, _port: int) -> list[outgoing.Address]:
        return [ipaddress.ip_address("10.1.2.3")]

    names._resolve = resolve  # type: ignore[method-assign]

    with pytest.raises(httpcore.ConnectError, match="not listed"):
        await names.connect_tcp("axis.example.vn", 443)


async def test_a_private_network_that_is_listed_may_be_reached() -> None:
    networks = {"axis.example.vn": (ipaddress.ip_network("10.1.0.0/16"),)}
    names = outgoing._CheckedNames(frozenset({"axis.example.vn", "pay.example.vn"}), networks)

    assert names._may_reach("axis.example.vn", ipaddress.ip_address("10.1.2.3"))
    assert not names._may_reach("pay.example.vn", ipaddress.ip_address("10.1.2.3"))
    assert not names._may_reach("axis.example.vn", ipaddress.ip_address("10.2.2.3"))
    assert not names._may_reach("axis.example.vn", ipaddress.ip_address("169.254.169.254"))


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "::ffff:100.100.100.200"],
)
@pytest.mark.parametrize("network", ["0.0.0.0/0", "::/0"])
async def test_a_clouds_own_addresses_are_refused_whatever_is_listed(
    address: str, network: str
) -> None:
    networks = {"axis.example.vn": (ipaddress.ip_network(network),)}
    names = outgoing._CheckedNames(frozenset({"axis.example.vn", address}), networks)

    assert not names._may_reach("axis.example.vn", ipaddress.ip_address(address))
    assert not names._may_reach(address, ipaddress.ip_address(address))


async def test_the_check_of_names_is_in_force_on_real_connections() -> None:
    async with server(saying(b"reached")) as origin:
        disguised = origin.replace("127.0.0.1", "127.1")  # a name to us, loopback to the resolver

        async with outgoing.client([disguised]) as client:
            with pytest.raises(httpx.ConnectError, match="not listed"):
                await client.get(disguised)

        networks = {disguised: ["127.0.0.0/8"]}
        async with outgoing.client([disguised], private_networks=networks) as client:
            assert (await client.get(disguised)).text == "reached"
