"""What the contract gives to an adapter that leaves it out."""

import asyncio
from datetime import timedelta
from types import MappingProxyType

import pytest

from payment_adapters.contract import RawRequest, Refund, Statement, Unsupported
from payment_adapters.counter.adapter import create
from payment_adapters.testing import AMOUNT, CODE, NOW, TXN, Harness, context_of, sample_attempt

REFUND = Refund(
    code=CODE,
    amount=AMOUNT,
    attempt=sample_attempt(),
    txn=TXN,
    paid=AMOUNT,
    paid_at=NOW,
    created_at=NOW + timedelta(days=1),
    reason="Nộp thừa",
    by="canbo01",
)


class CounterHarness(Harness):
    create = staticmethod(create)
    settings = MappingProxyType({"enabled": True})


CTX = context_of(CounterHarness())


@pytest.mark.parametrize(
    "ask",
    [
        lambda counter: asyncio.run(counter.refund(CTX, REFUND)),
        lambda counter: asyncio.run(counter.query_refund(CTX, REFUND)),
        lambda counter: asyncio.run(counter.fetch_bill(CTX, sample_attempt())),
        lambda counter: counter.statement(CTX, Statement(name="a.csv", body=b"")),
        lambda counter: counter.parse_lookup(CTX, RawRequest(method="POST")),
        lambda counter: counter.lookup_reply(CTX, None),
    ],
)
def test_what_an_adapter_leaves_out_is_said_to_be_unsupported(ask):
    with pytest.raises(Unsupported):
        ask(create())


def test_a_giving_back_is_named_by_our_own_code():
    assert create().refund_ref(REFUND) == CODE
