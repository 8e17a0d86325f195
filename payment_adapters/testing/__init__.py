"""The conformance kit (bộ kiểm tra kênh thanh toán): a pytest plugin that every adapter passes.

Subclass `Conformance` in a test module and hand over a `Harness`, which knows how the provider
signs and answers; the kit does the rest: it forges, alters, repeats, truncates, times out. A test
about something that the adapter does not claim checks instead that it says `Unsupported`.
"""

import pytest

from payment_adapters.testing.asked import Asking, Card, Starting
from payment_adapters.testing.harness import (
    AMOUNT,
    CODE,
    NOW,
    TXN,
    Harness,
    Scene,
    context_of,
    sample_attempt,
)
from payment_adapters.testing.told import Notices, Source


class Conformance(Card, Starting, Asking, Notices, Source):
    """Every test that an adapter must pass."""


def pytest_configure(config: pytest.Config) -> None:
    """Say what the plugin is for; it changes nothing else."""
    config.addinivalue_line("markers", "payment_adapter: a test of a payment adapter")


__all__ = [
    "AMOUNT",
    "CODE",
    "NOW",
    "TXN",
    "Conformance",
    "Harness",
    "Scene",
    "context_of",
    "sample_attempt",
]
