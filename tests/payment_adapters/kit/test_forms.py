"""The kit plays a provider of any form: a query, or JSON that carries its own signature."""

from payment_adapters.testing import Conformance
from tests.payment_adapters.kit.harnesses import AsQueryHarness, EverythingHarness, OnlyWholeHarness


class TestEverything(Conformance):
    def harness(self):
        return EverythingHarness()


class TestOnlyWhole(Conformance):
    def harness(self):
        return OnlyWholeHarness()


class TestAsQuery(Conformance):
    def harness(self):
        return AsQueryHarness()
