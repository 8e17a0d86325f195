"""Histories of money from seeds, in the suite: the same that `make proof` plays by the thousand."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

import asyncio
from copy import copy
from functools import cache
from random import Random
from uuid import uuid4

import pytest
from msgspec.structs import replace

from backend.fee_receipts import Clerk, store
from backend.fee_receipts.issuers import OwnBooks
from backend.platform import db, outbox
from backend.platform.keys import make_keys
from backend.platform.vault import Vault
from tests.backend.fee_receipts.conftest import BOOKS
from tests.backend.payments.conftest import House
from tests.conftest import ON_POSTGRESQL
from tests.proof.memos import mangled
from tests.proof.money import A_BOOK, REACTIONS, audited, dialect_of, finish, play_all
from tests.proof.promises import (
    RECEIPTS,
    REFUNDS,
    STATES,
    TOLD,
    TWICE,
    broken_in,
    numbers_astray,
)
from tests.proof.tellers import TELLERS, Movement, towns

SEEDS = 6 if ON_POSTGRESQL else 30
FEW = 20
FIRSTS = (1, A_BOOK + 1, 2 * A_BOOK + 1)

# What a thread opened for a process that died meanwhile is closed by the collector, late.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@cache
def vault():
    return Vault(make_keys(random=Random(1).randbytes))


@pytest.fixture(scope="module")
def wards():
    return towns(vault())


async def test_every_history_of_money_ends_as_its_events_say(database, wards):
    outbox.connect(REACTIONS)
    histories, broken = [], []

    for begin in FIRSTS:
        ward = wards[dialect_of(begin)]
        ended, failed = await play_all(ward, range(begin, begin + SEEDS))
        await finish(ward)
        histories, broken = histories + ended, broken + failed

    assert broken + await broken_in(histories) + await numbers_astray() == []
    await audited()
    if not ON_POSTGRESQL:
        met = {one.adapter for history in histories for one in history.came}
        assert met == {*TELLERS, "bank_notice", "counter"} - {"vietqr"}
        written = await db.rows("SELECT DISTINCT kind, state FROM fee_receipts ORDER BY kind")
        kinds = {one["kind"] for one in written}
        assert (kinds, {one["state"] for one in written}) == (
            {"phi", "le_phi"},
            {"issued", "on_hold", "replaced"},
        )


async def test_a_history_that_ends_otherwise_is_named(database, wards):
    outbox.connect(REACTIONS)
    (history,), _ = await play_all(wards["sepay"], [1])
    history.came.add(Movement("momo", "of nobody", 7))

    assert "must be" in str((await broken_in([history]))[0])


@pytest.fixture
async def played(database, wards):
    """Play histories that keep every promise, so that a fault can be planted in one."""
    outbox.connect(REACTIONS)
    histories, broken = await play_all(wards["sepay"], range(1, FEW + 1))
    await finish(wards["sepay"])
    assert broken + await broken_in(histories) == []
    return histories


def with_surplus(histories):
    return next(one for one in histories if one.whole and one.wanted()[2])


PLANTED = {
    STATES: "UPDATE obligations SET state = 'open' WHERE dossier = {}",
    REFUNDS: "UPDATE refunds SET state = 'withdrawn'"
    " WHERE obligation = (SELECT id FROM obligations WHERE dossier = {})",
    RECEIPTS: "UPDATE fee_receipts SET state = 'on_hold' WHERE state = 'issued' AND dossier = {}",
}


@pytest.mark.parametrize(("promise", "fault"), PLANTED.items())
async def test_a_promise_that_is_broken_is_named_with_its_history(played, promise, fault):
    victim = with_surplus(played)

    await db.execute(fault, victim.dossier)

    found = {(one.promise, one.seed) for one in await broken_in(played)}
    assert found == {(promise, victim.seed)}


async def test_a_fee_whose_settling_is_told_to_nobody_is_named(played):
    victim = with_surplus(played)

    await db.execute("DELETE FROM jobs WHERE lane = {}", f"proof:{victim.dossier}")

    found = {(one.promise, one.seed) for one in await broken_in(played)}
    assert found == {(TOLD, victim.seed)}


async def test_a_second_receipt_of_a_fee_and_kind_is_counted(played):
    victim = with_surplus(played)
    rows = await store.of_dossier(victim.dossier)
    issued = next(one for one in rows if one.state == "issued")

    await db.execute("DROP INDEX fee_receipts_live")  # it alone would forbid what follows
    second = replace(issued, id=uuid4(), seq=99, number="9999999", digest="of the second")
    assert await store.add(second)

    (found,) = await broken_in(played)
    assert (found.promise, found.seed) == (TWICE, victim.seed)
    assert await numbers_astray() == []


class Forgetful(OwnBooks):
    """Our own books, but whoever asks again for a receipt is given another number."""

    def __init__(self):
        super().__init__(BOOKS)
        self.asked = set()

    async def issue(self, wanted):
        again = wanted.receipt in self.asked
        self.asked.add(wanted.receipt)
        return await super().issue(replace(wanted, receipt=uuid4()) if again else wanted)


async def test_an_issuer_that_gives_a_second_number_is_found(database, wards):
    outbox.connect(REACTIONS)
    ward = copy(wards["sepay"])
    ward.clerk = Clerk(issuer=Forgetful(), vault=vault())

    await play_all(ward, range(1, SEEDS + 1))
    await finish(ward)

    assert any("is on no receipt" in words for words in await numbers_astray())


async def test_fifty_notices_at_once_have_one_effect(database):
    outbox.connect({})
    house = House(vault())
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))

    answers = await asyncio.gather(*(house.hear(notice) for _ in range(50)))

    assert set(answers) == {200}
    assert await house.state(dossier) == "paid"
    assert await house.surplus() == 0
    await audited()


def test_our_code_is_found_in_mangled_memos_and_nobody_elses():
    memos = mangled(4_000, seed=1)

    assert (memos.missed, memos.wrong) == ([], [])
