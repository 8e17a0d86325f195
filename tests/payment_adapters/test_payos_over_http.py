"""payOS over real HTTP, against a pretend one in a process of its own."""

import httpx
import pytest

from payment_adapters.contract import Misconfigured, Unsure
from payment_adapters.payos.adapter import create
from payment_adapters.vietqr import wire as vietqr
from tests.payment_adapters.over_http import AMOUNT, OverHttp, World
from tests.payment_adapters.payos_harness import API_KEY, BANK, CLIENT, KEY


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(
        "payos",
        tmp_path_factory.mktemp("payos"),
        create(),
        {
            "client_id": CLIENT,
            "api_key": API_KEY,
            "checksum_key": KEY,
            "bank_bin": BANK,
            "account_prefix": "VQRQ",
        },
    )
    yield made
    made.close()


def transfer(world, attempt, amount):
    """Let a payer's bank send one transfer of any amount."""
    ref = world.adapter.provider_ref(attempt)
    return httpx.post(f"{world.url}/bank/{ref}", json={"amount": amount}, trust_env=False).json()


class TestPayOsOverHttp(OverHttp):
    answers_signed = True
    secret = "checksum_key"

    def test_the_qr_of_the_link_is_shown(self, world):
        attempt, started = world.started()

        read = vietqr.read(started.next_action.payload)

        assert (read.bank_bin, read.amount, read.purpose) == (BANK, AMOUNT, attempt.code)
        assert read.account.startswith("VQRQ")

    def test_a_qr_with_another_amount_is_never_shown(self, world):
        world.faults({"kind": "other_amount", "service": "start"})

        with pytest.raises(Unsure):
            world.started()

    def test_a_forged_answer_to_start_is_a_doubt(self, world):
        world.faults({"kind": "forge", "service": "start"})

        with pytest.raises(Unsure):
            world.started()

    def test_several_transfers_on_one_link_are_told_one_by_one(self, world):
        attempt, _ = world.started()

        first = transfer(world, attempt, 5_000)
        second = transfer(world, attempt, 10_000)
        told = world.wait(2)
        asked = world.call("query", attempt)

        assert [first["heard"], second["heard"]] == [200, 200]
        assert first["reference"] != second["reference"]
        assert [(s.amount, s.txn) for s in told] == [(s.amount, s.txn) for s in asked]
        assert [s.amount for s in told] == [5_000, 10_000]

    def test_a_wrong_api_key_is_said_to_the_operator(self, world):
        for verb in ("start", "query"):
            with pytest.raises(Misconfigured):
                world.call(verb, world.attempt(), api_key="another-api-key")
