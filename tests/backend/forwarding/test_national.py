"""Connector `national` against the real pretend one-stop, by the conformance kit."""

import asyncio
import os

import httpx
import pytest

from backend import forwarding
from backend.forwarding.connectors import National, Unreachable
from backend.platform.http import outgoing
from backend.platform.kit.ids import make_code
from backend.platform.settings import OneStop
from tests.backend.forwarding.kit import Conformance, record


@pytest.fixture
def code():
    return make_code(13, random=os.urandom)


@pytest.fixture
def one_stop(simulator):
    simulator.well()
    return simulator


@pytest.fixture
async def connector(one_stop):
    async with outgoing.client([one_stop.url], deadline=1) as client:
        yield National(OneStop(url=one_stop.url, username="a", password="b"), client)


class TestNational(Conformance):
    pass


async def test_many_at_once_log_in_once(one_stop):
    calls = []

    async def count(request):
        calls.append(request.url.path)
        body = {"error_code": "0", "session": "s", "data": []}
        return httpx.Response(200, json=body)

    async with httpx.AsyncClient(transport=httpx.MockTransport(count)) as client:
        connector = National(OneStop(url="https://truc.example.vn", username="a"), client)
        await asyncio.gather(*(connector.look_up(f"A{number}") for number in range(8)))

    assert calls.count("/DangNhap") == 1
    assert calls.count("/TraCuuHoSo") == 8


async def test_without_an_address_nothing_can_be_reached(code):
    async with httpx.AsyncClient() as client:
        nowhere = forwarding.connect(OneStop(), client)

        with pytest.raises(Unreachable):
            await nowhere.create(record(code))


async def test_a_connector_that_is_not_built_yet_is_refused_at_the_start():
    async with httpx.AsyncClient() as client:
        with pytest.raises(ValueError, match="folder"):
            forwarding.connect(OneStop(connector="folder", url="https://x.vn"), client)
