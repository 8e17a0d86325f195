"""Every provider's notices through the core: good, repeated, forged, odd, early, late."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

import socket
from itertools import permutations
from random import Random

import pytest
from msgspec.structs import replace

from backend import payments
from backend.payments import jobs
from backend.platform import db, outbox
from backend.platform.keys import make_keys
from backend.platform.vault import Vault
from payment_adapters.contract import RawRequest
from tests.backend.payments.conftest import AMOUNT
from tests.conftest import ON_POSTGRESQL
from tests.proof.tellers import DIALECTS, PROVIDERS, TELLERS, paid, towns

WAYS = [(name, "sepay") for name in TELLERS] + [("vietqr", one) for one in DIALECTS[1:]]
ON_EACH_ENGINE = [("vietqr", "sepay"), ("vnpay", "sepay")]
"""What providers write has nothing to do with the database: on the second one, two are enough."""


class Owing:
    """A dossier that owes a fee, and an attempt to pay it in one way."""

    def __init__(self, house, name):
        self.house, self.name, self.ref, self.dossier = house, name, "", None

    async def begin(self):
        self.dossier = await self.house.dossier()
        if self.name == "payplat":
            await self.house.named(self.dossier, self.dossier.int)
        started = (await self.house.start(self.dossier, self.name)).attempt
        row = await db.row("SELECT * FROM payment_attempts WHERE id = {}", started.attempt)
        if self.name == "vnpay":
            await self.house.opens(started.next_action.url)
        self.ref = row["code" if self.name == "vietqr" else "provider_ref"]

    def told(self, *, amount=AMOUNT, number=10**14, ref=None, stolen=False):
        return paid(
            self.house, self.name, ref or self.ref, amount=amount, number=number, stolen=stolen
        )

    async def takes(self, told):
        """Hear it, and say whether its sender may rest."""
        return await self.house.takes(told)

    async def stands(self):
        owed, _ = await payments.of_dossier(self.dossier)
        return owed.state, owed.paid


@pytest.fixture(scope="module")
def wards():
    return towns(Vault(make_keys(random=Random(1).randbytes)))


@pytest.fixture(params=ON_EACH_ENGINE if ON_POSTGRESQL else WAYS, ids="-".join)
async def owing(request, database, wards):
    outbox.connect({})
    name, dialect = request.param
    made = Owing(wards[dialect].of(1), name)
    await made.begin()
    yield made
    assert (await payments.audit()).right


async def test_a_notice_pays_and_its_repeats_change_nothing(owing):
    taken = [await owing.takes(owing.told()) for _ in range(3)]

    assert taken == [True] * 3
    assert await owing.stands() == ("paid", AMOUNT)
    assert len(await db.rows("SELECT id FROM money_events")) == 1


@pytest.mark.parametrize("amount", [AMOUNT - 1_000, AMOUNT + 1_000, 1])
async def test_another_amount_pays_nothing_and_stands_on_the_desk(owing, amount):
    assert await owing.takes(owing.told(amount=amount))

    assert await owing.stands() == ("open", amount)
    (shown,) = await owing.house.unmatched()
    assert (shown.amount, shown.reason) == (amount, "short" if amount < AMOUNT else "over")


async def test_what_another_merchants_key_signed_is_refused(owing):
    assert not await owing.takes(owing.told(stolen=True))

    assert await owing.stands() == ("open", 0)
    assert await db.rows("SELECT verdict FROM notices_inbox") == [{"verdict": "bad_signature"}]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"<html>502</html>", b"\xff\xfe{}", b'{"a":1,"a":2}']
)
async def test_what_is_not_signed_is_refused_whatever_it_is(owing, body):
    told = owing.told()
    blank = RawRequest(method=told.request().method, query="", body=body)

    assert not await owing.takes(told._replace(request=lambda: blank))

    assert await owing.stands() == ("open", 0)


async def test_a_notice_that_was_cut_is_refused(owing):
    whole = owing.told().request()
    cut = replace(whole, body=whole.body[:-9], query=whole.query[:-9])

    assert not await owing.takes(owing.told()._replace(request=lambda: cut))

    assert await owing.stands() == ("open", 0)


async def test_a_notice_of_a_payment_that_is_not_ours_is_kept_and_pays_nobody(owing):
    stranger = owing.ref[:-1] + ("3" if owing.ref[-1] != "3" else "4")
    if owing.name in PROVIDERS:
        order = owing.house.orders[owing.ref]
        owing.house.orders[stranger] = replace(order, ref=stranger)

    assert await owing.takes(owing.told(ref=stranger))

    assert await owing.stands() == ("open", 0)
    (shown,) = await owing.house.unmatched(("*",))
    assert shown.amount == AMOUNT


@pytest.mark.parametrize(("name", "other"), list(permutations(("vnpay", "momo", "payplat"), 2)))
async def test_a_name_is_worth_nothing_at_another_provider(database, wards, name, other):
    outbox.connect({})
    ours, theirs = (Owing(wards["sepay"].of(seed), way) for seed, way in ((1, name), (2, other)))
    for one in (ours, theirs):
        await one.begin()
    order = theirs.house.orders[theirs.ref]
    theirs.house.orders[ours.ref] = replace(order, ref=ours.ref)

    assert await theirs.takes(theirs.told(ref=ours.ref))

    assert await ours.stands() == await theirs.stands() == ("open", 0)


async def test_money_after_the_time_still_pays(owing):
    owing.house.later(minutes=20)
    sweep = jobs.recurring(owing.house.adapters, owing.house.vault, clock=owing.house.clock)
    await sweep["payments.overdue"][1]()

    assert await owing.takes(owing.told())

    assert await owing.stands() == ("paid", AMOUNT)
    assert [one.reason for one in await owing.house.unmatched()] in ([], ["late"])


async def test_a_provider_that_goes_on_telling_for_a_day_is_believed_then(owing):
    owing.house.later(hours=24)

    assert [await owing.takes(owing.told()) for _ in range(2)] == [True, True]

    assert await owing.stands() == ("paid", AMOUNT)


async def test_an_old_notice_is_refused_where_its_time_is_signed(owing):
    request = owing.told().request()
    owing.house.later(minutes=6)

    taken = await owing.takes(owing.told()._replace(request=lambda: request))

    bank_signs_time = owing.name == "vietqr" and owing.house.dialect != "casso_v1"
    assert taken != (owing.name == "sandbox" or bank_signs_time)


async def test_a_notice_that_overtakes_the_answer_to_our_call_pays(database, wards):
    outbox.connect({})
    for seed, name in enumerate(["sandbox", *(one for one in PROVIDERS if one != "vnpay")]):
        owing = Owing(wards["sepay"].of(seed), name)

        async def overtakes(ref, owing=owing):
            assert await owing.takes(owing.told(ref=ref, number=10**14 + len(ref)))

        owing.house.while_called = overtakes
        await owing.begin()

        assert await owing.stands() == ("paid", AMOUNT)
    assert (await payments.audit()).right


class Nobody:
    """A client through which nothing may be called."""

    async def request(self, method, url, **given):
        raise AssertionError(f"a call while a notice is heard: {method} {url}")


async def test_hearing_a_notice_calls_nobody(owing, monkeypatch, request):
    told = [owing.told(), owing.told(), owing.told(stolen=True), owing.told(number=2, amount=1)]

    def connects(*_):
        raise AssertionError("a connection while a notice is heard")

    owing.house.adapters.use(Nobody())
    request.addfinalizer(lambda: owing.house.adapters.use(owing.house.wires))
    if not ON_POSTGRESQL:  # there the database is reached by a connection
        monkeypatch.setattr(socket.socket, "connect", connects)
    monkeypatch.setattr(socket, "getaddrinfo", connects)
    taken = [await owing.takes(one) for one in told]

    assert taken == [True, True, False, True]
    assert (await owing.stands())[1] == AMOUNT + 1
