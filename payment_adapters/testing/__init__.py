"""The conformance kit (bộ kiểm tra kênh thanh toán): a pytest plugin that every adapter passes.

Subclass `Conformance` in a test module and hand over a `Harness`, which knows how the provider
signs and answers; the kit does the rest: it forges, alters, repeats, truncates, times out. A test
about something that the adapter does not claim checks instead that it says `Unsupported`.
"""

import pytest

from payment_adapters.testing.asked import Asking, Card, Starting
from payment_adapters.testing.filed import Bills, Lookups, Statements
from payment_adapters.testing.harness import (
    AMOUNT,
    CODE,
    NOW,
    REFUND_CODE,
    REFUND_TXN,
    TXN,
    Harness,
    Row,
    Told,
    as_members,
    as_query,
    sample_attempt,
    sample_bill,
    sample_refund,
)
from payment_adapters.testing.refunded import Refunds
from payment_adapters.testing.source import Codes, Source
from payment_adapters.testing.told import Content, Notices, Proof, Replies
from payment_adapters.testing.world import context_of


class Conformance(
    Card,
    Starting,
    Asking,
    Notices,
    Proof,
    Content,
    Replies,
    Refunds,
    Statements,
    Lookups,
    Bills,
    Codes,
    Source,
):
    """Every test that an adapter must pass."""


def pytest_configure(config: pytest.Config) -> None:
    """Say what the plugin is for; it changes nothing else."""
    config.addinivalue_line("markers", "payment_adapter: a test of a payment adapter")


__all__ = [
    "AMOUNT",
    "CODE",
    "NOW",
    "REFUND_CODE",
    "REFUND_TXN",
    "TXN",
    "Conformance",
    "Harness",
    "Row",
    "Told",
    "as_members",
    "as_query",
    "context_of",
    "sample_attempt",
    "sample_bill",
    "sample_refund",
]
