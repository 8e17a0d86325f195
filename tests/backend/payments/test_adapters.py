"""Which adapters are on; a broken one never stops the start."""

from importlib.metadata import EntryPoint

import httpx
import pytest
from msgspec.structs import replace

from backend.payments import Adapters
from backend.platform.settings import Settings
from payment_adapters.contract import (
    GROUP,
    HttpRequest,
    Misconfigured,
    Transient,
    Unsure,
)
from payment_adapters.counter.adapter import Counter
from tests.backend.payments.conftest import BANK, NOON, TABLES, House


class TooNew(Counter):
    spec = replace(Counter.spec, id="too_new", api_version=99)


def make_too_new():
    return TooNew()


def explode():
    raise RuntimeError("secret-in-words")


def load(tables, *, mode="test", points=()):
    own = [EntryPoint(name, f"payment_adapters.{name}.adapter:create", GROUP) for name in TABLES]
    return Adapters.load(
        Settings(mode=mode, public_url="https://motcua.example.vn", payments=tables),
        clock=lambda: NOON,
        random=bytes,
        found=[*own, *(EntryPoint(n, f"{__name__}:{f}", GROUP) for n, f in points)],
    )


def test_all_four_are_on_by_their_tables_and_reach_their_origins():
    adapters = load(TABLES)

    assert set(adapters.usable) == set(TABLES)
    assert adapters.unusable == {}
    assert adapters.origins == (BANK,)


def test_a_name_that_two_distributions_register_is_used_by_neither():
    adapters = load({"counter": {"enabled": True}}, points=[("counter", "Counter")])

    assert adapters.usable == ()
    assert "2 distributions" in adapters.unusable["counter"]


def test_what_is_not_enabled_is_off():
    adapters = load({"counter": {"enabled": False}, "vietqr": {}})

    assert adapters.usable == ()
    assert adapters.unusable == {}


@pytest.mark.parametrize(
    ("name", "table", "words"),
    [
        ("sandbox", {**TABLES["sandbox"], "base_url": "bank"}, "base_url"),
        ("sandbox", {"enabled": True}, "missing required field"),
        ("bank_notice", {**TABLES["bank_notice"], "dialect": "other"}, "dialect"),
        ("counter", {"enabled": True, "colour": "red"}, "colour"),
        ("nobody", {"enabled": True}, "registered"),
        ("explode", {"enabled": True}, "RuntimeError"),
        ("too_new", {"enabled": True}, "version 99"),
        ("misnamed", {"enabled": True}, "counter"),
        ("missing", {"enabled": True}, "AttributeError"),
    ],
)
def test_an_unusable_adapter_is_listed_with_its_reason_and_the_rest_works(name, table, words):
    points = [
        ("explode", "explode"),
        ("too_new", "make_too_new"),
        ("misnamed", "Counter"),
        ("missing", "not_there"),
    ]

    adapters = load({"vietqr": {"enabled": True}, name: table}, points=points)

    assert adapters.usable == ("vietqr",)
    assert words in adapters.unusable[name]
    assert "secret" not in adapters.unusable[name]


def test_production_refuses_pretend_money():
    adapters = load(TABLES, mode="production")

    assert "sandbox" not in adapters.usable
    assert "production" in adapters.unusable["sandbox"]


def test_citizens_are_offered_what_can_take_the_amount():
    adapters = load(TABLES)

    with_account = [way.adapter for way in adapters.ways(24_000, account=True)]
    without = [way.adapter for way in adapters.ways(24_000, account=False)]

    assert with_account == ["counter", "vietqr", "sandbox"]
    assert without == ["counter", "sandbox"]
    assert adapters.ways(0, account=True) == []


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (httpx.ConnectError("x"), Transient),
        (httpx.ConnectTimeout("x"), Transient),
        (httpx.ReadTimeout("x"), Unsure),
        (httpx.RemoteProtocolError("x"), Unsure),
    ],
)
async def test_a_lost_call_is_known_to_have_left_or_not(vault, fault, kind):
    house = House(vault)

    async def fail(request):
        raise fault

    house.adapters.use(httpx.AsyncClient(transport=httpx.MockTransport(fail)))
    send = house.adapters.context("sandbox").send

    with pytest.raises(kind):
        await send(HttpRequest(method="POST", url=f"{BANK}/sandbox/query"))


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/x", f"{BANK}.evil.example/x", f"{BANK}@evil.example/", BANK]
)
async def test_an_adapter_reaches_its_own_origins_only(vault, url):
    send = House(vault).adapters.context("sandbox").send

    with pytest.raises(Misconfigured):
        await send(HttpRequest(method="GET", url=url))
