"""The counter through the kit, and the words it gives the citizen."""

from payment_adapters.contract import Instructions
from payment_adapters.counter import wire
from payment_adapters.counter.adapter import create
from payment_adapters.testing import Conformance, Harness

SETTINGS = {"enabled": True}


class CounterHarness(Harness):
    create = staticmethod(create)
    settings = SETTINGS
    golden = wire.instructions("HSP7K2M9Q", 15_000)


class TestCounter(Conformance):
    def harness(self):
        return CounterHarness()


def test_the_citizen_reads_the_amount_and_our_reference():
    text = wire.instructions("HSP7K2M9Q", 24_000)

    assert "24.000\u00a0đ" in text
    assert "HSP7K2M9Q" in text
    assert Instructions(text).text == text
