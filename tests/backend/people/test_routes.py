"""Sign-in over HTTP, cookies, and the declaration of roles."""

from datetime import UTC, datetime, timedelta
from random import Random

import httpx
import pytest
from litestar import Litestar, get
from litestar.di import NamedDependency, Provide

from backend import people, places
from backend.people import routes
from backend.platform import http

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
RANDOM = Random(7).randbytes  # noqa: S311 - repeatable on purpose


class Watch:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@get("/leaders-only", opt=people.only("leader"))
async def leaders_only(officer: NamedDependency[people.Officer]) -> str:
    return officer.name


@get("/forgot")
async def forgot(officer: NamedDependency[people.Officer]) -> str:
    return officer.name


def built(*more, watch=None):
    clock = watch or Watch()
    return Litestar(
        [*routes.handlers, *more],
        dependencies={
            "clock": Provide(lambda: clock, sync_to_thread=False),
            "random": Provide(lambda: RANDOM, sync_to_thread=False),
            "officer": Provide(people.provide_officer),
        },
        exception_handlers=http.exception_handlers,
        openapi_config=None,
    )


def browser(app, base="http://127.0.0.1:8000"):
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base)


@pytest.fixture
async def account(database):
    places.load("test")
    _officer, password = await people.add_officer(
        "lan", "Bích Lan", role="officer", units=["om-long-hung"], by="operator",
        random=RANDOM, now=NOON,
    )  # fmt: skip
    return {"login": "lan", "password": password}


async def test_signing_in_answers_who_one_is_and_sets_a_plain_cookie_on_this_machine(account):
    async with browser(built()) as one:
        answer = await one.post("/api/v1/session", json=account)

        assert answer.status_code == 200
        assert answer.json() == {
            "name": "Bích Lan",
            "role": "officer",
            "units": ["om-long-hung"],
            "login": "lan",
            "unit_names": {"om-long-hung": "Phường Long Hưng"},
        }
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("motcua=")
        assert "httponly" in cookie.lower()
        assert "samesite=strict" in cookie.lower()
        assert "secure" not in cookie.lower()
        assert (await one.get("/api/v1/me")).json() == answer.json()


@pytest.mark.parametrize(
    "base", ["https://omon.example", "https://127.0.0.1", "http://omon.example"]
)
async def test_anywhere_else_the_cookie_is_secure_and_bound_to_the_host(account, base):
    async with browser(built(), base) as one:
        cookie = (await one.post("/api/v1/session", json=account)).headers["set-cookie"]

    assert cookie.startswith("__Host-motcua=")
    assert "secure" in cookie.lower()
    assert "path=/" in cookie.lower()
    assert "domain=" not in cookie.lower()


async def test_the_plain_cookie_counts_for_nothing_over_https(account):
    app = built()
    async with browser(app) as one:
        await one.post("/api/v1/session", json=account)
        token = one.cookies["motcua"]

    async with browser(app, "https://omon.example") as other:
        answer = await other.get("/api/v1/me", headers={"Cookie": f"motcua={token}"})

    assert answer.status_code == 401


@pytest.mark.parametrize("cookie", ["", "A" * 43, "A" * 5000, "x; motcua=", "%00", '"'])
async def test_a_forged_cookie_is_nobody(account, cookie):
    async with browser(built()) as one:
        answer = await one.get("/api/v1/me", headers={"Cookie": f"motcua={cookie}"})

    assert answer.status_code == 401


async def test_every_401_reads_the_same(account):
    watch = Watch()
    async with browser(built(watch=watch)) as one:
        answers = [
            await one.get("/api/v1/me"),
            await one.post("/api/v1/session", json={"login": "lan", "password": "guess"}),
            await one.post("/api/v1/session", json={"login": "nobody", "password": "guess"}),
            await one.get("/api/v1/me", headers={"Cookie": "motcua=forged"}),
        ]
        await one.post("/api/v1/session", json=account)
        watch.now += timedelta(minutes=30)
        answers.append(await one.get("/api/v1/me"))

    told = [{**answer.json(), "trace_id": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [401] * 5
    assert all(one == told[0] for one in told)


async def test_signing_in_again_ends_the_session_before(account):
    async with browser(built()) as one:
        await one.post("/api/v1/session", json=account)
        earlier = one.cookies["motcua"]
        await one.post("/api/v1/session", json=account)
        one.cookies.clear()

        answer = await one.get("/api/v1/me", headers={"Cookie": f"motcua={earlier}"})

    assert answer.status_code == 401


async def test_signing_out_takes_the_cookie_and_ends_the_session(account):
    async with browser(built()) as one:
        await one.post("/api/v1/session", json=account)
        token = one.cookies["motcua"]

        answer = await one.delete("/api/v1/session")
        again = await one.get("/api/v1/me", headers={"Cookie": f"motcua={token}"})

    assert answer.status_code == 204
    assert "max-age=0" in answer.headers["set-cookie"].lower()
    assert again.status_code == 401
    assert (await one.aclose()) is None


async def test_the_wrong_role_is_told_so(account):
    async with browser(built(leaders_only)) as one:
        await one.post("/api/v1/session", json=account)

        answer = await one.get("/leaders-only")

    assert answer.status_code == 403
    assert answer.json()["type"] == "role"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"login": "lan"},
        {"login": 1, "password": "x"},
        {"login": "lan", "password": "x" * 201},
        {"login": "lan", "password": "x", "more": 1},
        {"login": "lan", "password": None},
    ],
)
async def test_a_body_of_another_shape_is_refused_with_its_place(account, body):
    async with browser(built()) as one:
        answer = await one.post("/api/v1/session", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_a_handler_that_declares_no_roles_lets_nobody_in_and_is_named(account):
    app = built(forgot)
    async with browser(app) as one:
        await one.post("/api/v1/session", json=account)

        answer = await one.get("/forgot")

    assert answer.status_code == 403
    assert [fault.split(":")[0] for fault in people.undeclared(app)] == ["/forgot"]
    assert people.undeclared(built(leaders_only)) == []
