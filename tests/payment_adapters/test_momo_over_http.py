"""MoMo over real HTTP, against a pretend one in a process of its own."""

import pytest

from payment_adapters.contract import Outcome, Unsure
from payment_adapters.momo.adapter import create
from tests.payment_adapters.momo_harness import ACCESS, PARTNER, SECRET
from tests.payment_adapters.over_http import GivesBack, OverHttp, World, action_of


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    made = World(
        "momo",
        tmp_path_factory.mktemp("momo"),
        create(),
        {"partner_code": PARTNER, "access_key": ACCESS, "secret_key": SECRET},
    )
    yield made
    made.close()


class TestMoMoOverHttp(OverHttp, GivesBack):
    starts_again = True
    tells_failures = True
    secret = "secret_key"

    def test_the_citizen_is_sent_to_the_page_of_the_order(self, world):
        attempt, started = world.started()

        assert action_of(started) == f"{world.url}/pay/{attempt.code}"

    def test_a_forged_answer_to_start_is_a_doubt(self, world):
        world.faults({"kind": "forge", "service": "start"})

        with pytest.raises(Unsure):
            world.started()

    def test_a_notice_for_another_merchant_does_not_pass(self, world):
        world.faults({"kind": "other_merchant", "service": "notice"})

        attempt, _ = world.started()
        world.press(attempt)
        world.wait(1)

        assert world.outcomes[0] is Outcome.BAD_SIGNATURE

    @pytest.mark.parametrize("service", ["start", "query"])
    def test_an_answer_for_another_merchant_or_amount_is_a_doubt(self, world, service):
        attempt, _ = world.started()
        kind = "other_amount" if service == "start" else "other_merchant"
        world.faults({"kind": kind, "service": service})

        with pytest.raises(Unsure):
            world.call(service, attempt)

    def test_authorised_money_is_pending(self, world):
        attempt, _ = world.started()

        world.press(attempt, "suspect")

        assert [s.code for s in (*world.wait(1), *world.call("query", attempt))] == ["9000"] * 2
        assert {seen.status for seen in world.heard} == {"pending"}
