"""ZaloPay over real HTTP, against a pretend one in a process of its own."""

import pytest

from payment_adapters.contract import Outcome
from payment_adapters.zalopay.adapter import create
from tests.payment_adapters.over_http import GivesBack, OverHttp, World, action_of
from tests.payment_adapters.zalopay_harness import APP, KEY1, KEY2


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(
        "zalopay",
        tmp_path_factory.mktemp("zalopay"),
        create(),
        {"app_id": APP, "key1": KEY1, "key2": KEY2},
    )
    yield made
    made.close()


class TestZaloPayOverHttp(OverHttp, GivesBack):
    secret = "key1"

    def test_the_citizen_is_sent_to_the_page_of_the_order(self, world):
        attempt, started = world.started()

        assert action_of(started) == f"{world.url}/pay/{attempt.provider_ref}"

    def test_a_callback_for_another_application_does_not_pass(self, world):
        world.faults({"kind": "other_merchant", "service": "notice"})

        attempt, _ = world.started()
        world.press(attempt)
        world.wait(1)

        assert world.outcomes[0] is Outcome.BAD_SIGNATURE

    def test_money_that_is_looked_at_is_pending(self, world):
        attempt, _ = world.started()

        world.press(attempt, "suspect")

        assert world.call("query", attempt)[0].status == "pending"
