"""Histories of money from seeds, in the suite: the same that `make proof` plays by the thousand."""

import asyncio
from random import Random

import pytest

from backend.platform import outbox
from backend.platform.keys import make_keys
from backend.platform.vault import Vault
from tests.backend.payments.conftest import House
from tests.conftest import ON_POSTGRESQL
from tests.proof.money import audited, mangled, play

SEEDS = 12 if ON_POSTGRESQL else 60

# What a thread opened for a process that died meanwhile is closed by the collector, late.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


async def test_every_history_of_money_ends_as_its_events_say(database):
    outbox.connect({})
    house = House(Vault(make_keys(random=Random(1).randbytes)))  # noqa: S311

    for seed in range(1, SEEDS + 1):
        await play(house, seed)

    await audited()


async def test_fifty_notices_at_once_have_one_effect(database):
    outbox.connect({})
    house = House(Vault(make_keys(random=Random(1).randbytes)))  # noqa: S311
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
