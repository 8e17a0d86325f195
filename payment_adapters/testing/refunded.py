"""Giving money back by the provider, and asking what became of it."""
# ruff: noqa: S101, D102
# A kit of tests: it asserts, and its names are sentences.

from typing import Any

import pytest

from payment_adapters.contract import HttpRequest, Rejected, Transient, Unsure
from payment_adapters.testing.asked import NO_AMOUNTS
from payment_adapters.testing.harness import (
    AMOUNT,
    REFUND_CODE,
    Harness,
    Says,
    sample_refund,
)
from payment_adapters.testing.world import (
    ODD,
    Part,
    context_of,
    named_refund,
    query_refund,
    refund,
    says_unsupported,
)

A_PART = 5_000


class Refunds(Part):
    """A giving back is asked for once, and is never called done before the provider says so."""

    def test_giving_back_is_supported_as_claimed(self) -> None:
        harness = self.harness()
        adapter, ctx, wish = harness.create(), context_of(harness), sample_refund()
        if self.gives_back("full", "partial") is None:
            says_unsupported(lambda: adapter.refund(ctx, wish))
            says_unsupported(lambda: adapter.query_refund(ctx, wish))
            return

        seen = refund(harness, wish)

        assert (seen.status, seen.kind) == ("succeeded", "refund")
        assert (seen.amount, seen.currency, seen.txn) == (AMOUNT, "VND", harness.refund_txn)
        assert seen.provider_ref == named_refund(harness, wish).provider_ref

    def test_a_part_is_given_back_as_claimed(self) -> None:
        harness, wish = self.harness(), sample_refund(amount=A_PART)
        if self.gives_back("full"):
            self.given_back_by_no_call(wish)
        if not self.gives_back("partial"):
            return

        seen = refund(harness, wish, harness.told(amount=str(A_PART * harness.unit)))

        assert (seen.status, seen.amount) == ("succeeded", A_PART)

    @pytest.mark.parametrize("amount", [AMOUNT + 1, 0, -1, True, 5_000.0, "5000", 2**63])
    def test_what_cannot_be_given_back_is_refused_before_any_call(self, amount: Any) -> None:
        if self.gives_back("full", "partial"):
            self.given_back_by_no_call(sample_refund(amount=amount))

    def given_back_by_no_call(self, wish: Any) -> None:
        sent: list[HttpRequest] = []

        with pytest.raises(Rejected):
            refund(self.harness(), wish, sent=sent)

        assert sent == []

    def test_giving_back_twice_is_the_same_giving_back(self) -> None:
        sent: list[HttpRequest] = []
        harness = self.gives_back("full", "partial")
        if harness is None:
            return

        first = refund(harness, sample_refund(), sent=sent)
        second = refund(harness, sample_refund(), sent=sent)

        assert first == second
        assert sent[: len(sent) // 2] == sent[len(sent) // 2 :]

    def test_two_givings_back_of_one_payment_have_two_references(self) -> None:
        harness = self.gives_back("full", "partial")
        if harness is None:
            return

        refs = {
            named_refund(harness, sample_refund(code=code)).provider_ref
            for code in (REFUND_CODE, "HSR3W8N2M", "HSAAAAAAA")
        }

        assert len(refs) == len({REFUND_CODE, "HSR3W8N2M", "HSAAAAAAA"})

    @pytest.mark.parametrize("scene", ["pending", "failed"])
    def test_giving_back_tells_what_is_not_done(self, scene: Says) -> None:
        harness = self.gives_back("full", "partial")
        if harness is None or scene not in harness.says("refund"):
            return

        try:
            seen = refund(harness, sample_refund(), harness.told(says=scene)).status
        except Rejected:
            seen = "failed"

        assert seen == scene

    @pytest.mark.parametrize("scene", ["paid", "pending", "failed", "not_found"])
    def test_asking_tells_what_became_of_a_giving_back(self, scene: Says) -> None:
        harness = self.gives_back("full", "partial")
        if harness is None or scene not in harness.says("query_refund"):
            return

        seen = query_refund(harness, harness.told(says=scene))

        assert seen.kind == "refund"
        assert seen.status == ("succeeded" if scene == "paid" else scene)
        if scene == "paid":
            assert (seen.amount, seen.txn) == (AMOUNT, harness.refund_txn)
            assert seen.provider_ref == named_refund(harness, sample_refund()).provider_ref

    @pytest.mark.parametrize("odd", ODD)
    def test_an_odd_answer_leaves_the_giving_back_open(self, odd: str) -> None:
        harness = self.gives_back("full", "partial")
        if harness is None:
            return

        with pytest.raises(Unsure):
            refund(harness, sample_refund(), odd=odd)
        with pytest.raises(Unsure):
            query_refund(harness, odd=odd)

    def test_a_giving_back_that_never_left_is_said_to_have_never_left(self) -> None:
        harness = self.gives_back("full", "partial")
        if harness is None:
            return

        with pytest.raises(Transient):
            refund(harness, sample_refund(), odd="unreachable")

    @pytest.mark.parametrize("amount", NO_AMOUNTS, ids=range(len(NO_AMOUNTS)))
    def test_an_odd_amount_is_never_told_as_given_back(self, amount: str) -> None:
        harness = self.gives_back("full", "partial")
        if harness is None:
            return

        try:
            seen = refund(harness, sample_refund(), harness.told(amount=amount))
        except Unsure:
            return

        assert seen.amount in {AMOUNT, None}

    def gives_back(self, *kinds: str) -> Harness | None:
        harness = self.harness()
        return harness if harness.create().spec.capabilities.refund in kinds else None
