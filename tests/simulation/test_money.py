"""Histories of money from seeds, in the suite: the same that `make proof` plays by the thousand."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

import asyncio
from functools import cache
from random import Random

import pytest

from backend.platform import outbox
from backend.platform.keys import make_keys
from backend.platform.vault import Vault
from tests.backend.payments.conftest import House
from tests.conftest import ON_POSTGRESQL
from tests.proof.memos import mangled
from tests.proof.money import A_BOOK, REACTIONS, audited, broken_in, dialect_of, finish, play_all
from tests.proof.tellers import TELLERS, Movement, towns

SEEDS = 6 if ON_POSTGRESQL else 30
BOOKS = (1, A_BOOK + 1, 2 * A_BOOK + 1)

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

    for begin in BOOKS:
        ward = wards[dialect_of(begin)]
        ended, failed = await play_all(ward, range(begin, begin + SEEDS))
        await finish(ward)
        histories, broken = histories + ended, broken + failed

    assert broken + await broken_in(histories) == []
    await audited()
    if not ON_POSTGRESQL:
        met = {one.adapter for history in histories for one in history.came}
        assert met == {*TELLERS, "bank_notice", "counter"} - {"vietqr"}


async def test_a_history_that_ends_otherwise_is_named(database, wards):
    outbox.connect(REACTIONS)
    (history,), _ = await play_all(wards["sepay"], [1])
    history.came.add(Movement("momo", "of nobody", 7))

    assert "must be" in (await broken_in([history]))[0]


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
