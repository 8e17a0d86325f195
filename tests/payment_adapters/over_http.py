"""What must hold with every provider, over real HTTP both ways; subclass with a `world` fixture."""

import asyncio
import dataclasses
import os
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from msgspec.structs import replace

from backend.payments.model.matching import make_payment_code
from payment_adapters.contract import (
    Attempt,
    BadSignature,
    Malformed,
    Misconfigured,
    Outcome,
    RawRequest,
    Redirect,
    Refund,
    Rejected,
    Transient,
    Unsure,
)
from payment_adapters.strict import read_config
from tests.payment_adapters.pretend import Pretend, until

AMOUNT = 15_000


class World(Pretend):
    """A pretend provider whose notices are booked as the core does: a movement counts once."""

    def __init__(self, name, folder, adapter, settings):
        self.lock, self.later, self.outcomes, self.refs = threading.Lock(), 0, [], set()
        super().__init__(name, folder, adapter, settings)
        self.ears.hear = self.hear

    @property
    def heard(self):
        return self.ears.heard

    def hear(self, path, request):
        """Book a notice; what is still owed about an earlier test's attempts ends here."""
        del path
        if not any(ref.encode() in request.body for ref in self.refs):
            return self.adapter.notice_reply(Outcome.ACCEPTED)
        with self.lock:
            outcome = self.judge(request)
            self.outcomes.append(outcome)
        return self.adapter.notice_reply(outcome)

    def judge(self, request):
        try:
            seen = self.adapter.parse_notice(self.ears.ctx, request).observations
        except BadSignature:
            return Outcome.BAD_SIGNATURE
        except Malformed:
            return Outcome.MALFORMED
        if self.later:
            self.later -= 1
            return Outcome.RETRY_LATER
        known = {one.txn for one in self.heard}
        self.ears.heard += seen
        return Outcome.DUPLICATE if {one.txn for one in seen} <= known else Outcome.ACCEPTED

    def fresh(self):
        """Forget what the last test did."""
        self.faults()
        if self.process.poll() is not None:
            self.begin()
        self.ears.heard, self.outcomes, self.later, self.refs = [], [], 0, set()

    def attempt(self, amount=AMOUNT, description="Phí trích lục – hộ tịch"):
        now = datetime.now(UTC)
        made = Attempt(
            code=make_payment_code(random=os.urandom),
            amount=amount,
            description=description,
            created_at=now,
            expires_at=now + timedelta(minutes=15),
        )
        ref = self.adapter.provider_ref(made)
        self.refs.add(ref)
        return replace(made, provider_ref=ref)

    def refund_of(self, attempt, seen, amount=AMOUNT):
        now = datetime.now(UTC)
        return Refund(
            code=make_payment_code(random=os.urandom),
            amount=amount,
            attempt=attempt,
            txn=seen.txn,
            paid=attempt.amount,
            paid_at=now,
            created_at=now,
            reason="Nộp hai lần | trả lại",
            by="cb01",
        )

    def call(self, verb, *words, **settings):
        """Let the adapter call, with other settings than the provider knows if need be."""
        table = {**self.settings, **settings}
        config = read_config(self.adapter.spec.config_type, table)
        ctx = dataclasses.replace(self.context(), config=config)
        return asyncio.run(getattr(self.adapter, verb)(ctx, *words))

    def started(self, **changes):
        attempt = self.attempt(**changes)
        return attempt, self.call("start", attempt)

    def paid(self):
        attempt, _ = self.started()
        self.press(attempt, "silent")
        return attempt, self.call("query", attempt)[0]

    def wait(self, count):
        until(lambda: len(self.outcomes) >= count)
        return self.heard


ODD = [
    {"kind": "html"},
    {"kind": "cut"},
    {"kind": "error"},
    {"kind": "slow", "seconds": 4},
]


class OverHttp:
    """What must hold with every provider; `world` is a fixture of the subclass."""

    answers_signed = False
    starts_again = False
    tells_failures = False
    secret = ""

    @pytest.fixture(autouse=True)
    def begin(self, world):
        world.fresh()

    def test_a_payer_pays_and_both_ways_tell_the_same_movement(self, world):
        attempt, _ = world.started()

        before = world.call("query", attempt)[0]
        world.press(attempt)
        told = world.wait(1)[0]
        asked = world.call("query", attempt)[0]

        assert before.status == "pending"
        assert (told.status, told.amount, told.currency) == ("succeeded", AMOUNT, "VND")
        assert told.provider_ref == asked.provider_ref == attempt.provider_ref
        assert (asked.status, asked.amount, asked.txn) == ("succeeded", AMOUNT, told.txn)
        assert told.occurred_at == asked.occurred_at
        assert world.outcomes == [Outcome.ACCEPTED]

    def test_a_lost_notice_is_made_good_by_asking(self, world):
        world.faults({"kind": "lose", "service": "notice"})

        attempt, _ = world.started()
        world.press(attempt)

        assert world.call("query", attempt)[0].status == "succeeded"
        assert world.outcomes == []

    def test_a_repeated_notice_is_one_movement(self, world):
        world.faults({"kind": "repeat", "service": "notice", "times": 3})

        attempt, _ = world.started()
        world.press(attempt)

        assert len({seen.txn for seen in world.wait(3)}) == 1
        assert sorted(one.name for one in world.outcomes) == [
            "ACCEPTED",
            "DUPLICATE",
            "DUPLICATE",
        ]

    def test_notices_in_another_order_name_their_own_attempt(self, world):
        world.faults({"kind": "reorder", "service": "notice", "next": 1, "seconds": 30})
        first, _ = world.started()
        second, _ = world.started(amount=20_000)

        world.press(first)
        world.press(second)
        seen = world.wait(2)

        wanted = [(second.provider_ref, 20_000), (first.provider_ref, AMOUNT)]
        assert [(one.provider_ref, one.amount) for one in seen] == wanted

    def test_a_notice_that_comes_late_is_still_proven(self, world):
        world.faults({"kind": "delay", "service": "notice", "seconds": 0.6})

        attempt, _ = world.started()
        world.press(attempt)

        assert world.wait(1)[0].txn == world.call("query", attempt)[0].txn

    def test_a_forged_notice_is_refused_again_and_again(self, world):
        world.faults({"kind": "forge", "service": "notice"})

        attempt, _ = world.started()
        world.press(attempt)
        world.wait(2)

        assert set(world.outcomes) == {Outcome.BAD_SIGNATURE}
        assert world.heard == []

    def test_a_notice_of_another_amount_says_that_amount(self, world):
        world.faults({"kind": "other_amount", "service": "notice"})

        attempt, _ = world.started()
        world.press(attempt)

        assert world.wait(1)[0].amount == AMOUNT + 1_000

    def test_a_notice_that_we_could_not_take_comes_again(self, world):
        world.later = 1

        attempt, _ = world.started()
        world.press(attempt)
        world.wait(2)

        assert world.outcomes == [Outcome.RETRY_LATER, Outcome.ACCEPTED]

    @pytest.mark.parametrize("odd", ODD, ids=lambda rule: rule["kind"])
    def test_an_odd_answer_to_start_is_a_doubt_and_asking_ends_it(self, world, odd):
        world.faults({"service": "start", **odd})
        attempt = world.attempt()

        with pytest.raises(Unsure):
            world.call("start", attempt)

        assert [seen.status for seen in world.call("query", attempt)] == ["pending"]

    @pytest.mark.parametrize("odd", ODD, ids=lambda rule: rule["kind"])
    def test_an_odd_answer_to_asking_is_no_verdict(self, world, odd):
        attempt, _ = world.started()
        world.press(attempt, "cancel")
        world.faults({"service": "query", "next": 1, **odd})

        with pytest.raises(Unsure):
            world.call("query", attempt)

        assert [seen.status for seen in world.call("query", attempt)] == ["failed"]

    @pytest.mark.parametrize("verb", ["start", "query"])
    def test_a_provider_that_is_down_is_a_doubt(self, world, verb):
        world.faults({"kind": "down"})

        with pytest.raises(Unsure):
            world.call(verb, world.attempt())

    def test_a_forged_answer_is_a_doubt_where_answers_are_signed(self, world):
        attempt, _ = world.started()
        world.faults({"kind": "forge", "service": "query"})

        if self.answers_signed:
            with pytest.raises(Unsure):
                world.call("query", attempt)
        else:
            assert world.call("query", attempt)[0].status == "pending"

    def test_a_provider_that_dies_in_start_is_asked_when_it_is_back(self, world):
        world.faults({"kind": "die", "service": "start", "next": 1})
        attempt = world.attempt()

        with pytest.raises(Unsure):
            world.call("start", attempt)
        with pytest.raises(Transient):
            world.call("query", attempt)
        world.process.wait(5)
        world.fresh()

        assert world.call("query", attempt)[0].status == "pending"

    def test_an_order_that_never_was_is_not_found(self, world):
        assert [s.status for s in world.call("query", world.attempt())] == ["not_found"]

    def test_a_payer_who_cancels_is_told_as_failed_and_nothing_is_booked(self, world):
        attempt, _ = world.started()

        world.press(attempt, "cancel")
        if self.tells_failures:
            world.wait(1)

        assert [seen.status for seen in world.call("query", attempt)] == ["failed"]
        assert all(seen.status == "failed" for seen in world.heard)

    def test_money_on_its_way_is_pending(self, world):
        attempt, _ = world.started()

        world.press(attempt, "late")

        assert [seen.status for seen in world.call("query", attempt)] == ["pending"]

    def test_starting_again_is_the_same_payment_or_a_doubt_and_never_a_second(self, world):
        attempt, first = world.started()

        if self.starts_again:
            assert world.call("start", attempt) == first
        else:
            with pytest.raises(Unsure):
                world.call("start", attempt)

        assert world.call("query", attempt)[0].status == "pending"

    def test_a_wrong_key_is_said_to_the_operator(self, world):
        wrong = {self.secret: "another-key-of-nobody"}
        attempt, _ = world.started()

        for verb in ("start", "query"):
            with pytest.raises((Misconfigured, Unsure)) as refused:
                world.call(verb, attempt, **wrong)
            assert "another-key" not in str(refused.value)

    def test_the_browser_brings_back_a_hint_alone(self, world):
        attempt, _ = world.started()

        back = world.press(attempt, "silent")["return_url"]
        request = RawRequest(method="GET", query=urlsplit(back).query)
        ctx = world.context()
        hint = world.adapter.parse_return(ctx, request)

        assert back.startswith(ctx.return_url)
        assert (hint.provider_ref, hint.claimed) == (attempt.provider_ref, "paid")

    @pytest.mark.parametrize("text", ["", "🎉" * 300, "a&b=c|d+e%f\n\x00g", "Nguyễn Thị Bưởi"])
    def test_any_description_is_taken(self, world, text):
        attempt, _ = world.started(description=text)

        assert world.call("query", attempt)[0].status == "pending"


class GivesBack:
    """What must hold with every provider that gives money back by itself."""

    def test_a_part_and_then_the_rest_are_given_back_and_no_more(self, world):
        attempt, seen = world.paid()
        part = world.refund_of(attempt, seen, 5_000)
        rest = world.refund_of(attempt, seen, 10_000)
        more = world.refund_of(attempt, seen, 1_000)

        done = [world.call("refund", one) for one in (part, rest)]
        with pytest.raises(Rejected):
            world.call("refund", more)

        assert [(one.status, one.kind, one.amount) for one in done] == [
            ("succeeded", "refund", 5_000),
            ("succeeded", "refund", 10_000),
        ]
        asked = [world.call("query_refund", one) for one in (part, rest)]
        assert [(one.txn, one.amount) for one in asked] == [(one.txn, one.amount) for one in done]
        assert done[0].txn != done[1].txn

    def test_a_giving_back_that_takes_time_is_pending_until_it_is_done(self, world):
        attempt, seen = world.paid()
        refund = world.refund_of(attempt, seen)
        world.faults({"kind": "refund_later", "service": "refund", "seconds": 0.5})

        begun = world.call("refund", refund)
        asked = world.call("query_refund", refund)
        until(lambda: world.call("query_refund", refund).status == "succeeded")

        assert (begun.status, asked.status) == ("pending", "pending")

    def test_a_refused_giving_back_is_refused(self, world):
        attempt, seen = world.paid()
        world.faults({"kind": "refund_refused", "service": "refund"})

        with pytest.raises(Rejected):
            world.call("refund", world.refund_of(attempt, seen))

    @pytest.mark.parametrize("odd", ODD, ids=lambda rule: rule["kind"])
    def test_a_lost_answer_is_a_doubt_and_asking_ends_it(self, world, odd):
        attempt, seen = world.paid()
        refund = world.refund_of(attempt, seen)
        world.faults({"service": "refund", **odd})

        with pytest.raises(Unsure):
            world.call("refund", refund)

        assert world.call("query_refund", refund).status == "succeeded"

    def test_giving_back_twice_gives_back_once(self, world):
        attempt, seen = world.paid()
        refund = world.refund_of(attempt, seen, 5_000)
        first = world.call("refund", refund)

        try:
            second = world.call("refund", refund)
        except Unsure:
            second = world.call("query_refund", refund)

        assert (second.status, second.txn) == ("succeeded", first.txn)
        orders = httpx.get(f"{world.url}/orders", trust_env=False).json()
        ours = next(one for one in orders if one["order"]["ref"] == attempt.provider_ref)
        assert len(ours["refunds"]) == 1

    def test_a_giving_back_that_never_was_is_not_found(self, world):
        attempt, seen = world.paid()

        asked = world.call("query_refund", world.refund_of(attempt, seen))

        assert (asked.status, asked.kind) == ("not_found", "refund")

    def test_a_movement_that_never_was_is_refused(self, world):
        attempt, seen = world.paid()
        foreign = replace(world.refund_of(attempt, seen), txn="123")

        with pytest.raises(Rejected):
            world.call("refund", foreign)


def action_of(started):
    """Give the address that a citizen is sent to."""
    assert isinstance(started.next_action, Redirect)
    return started.next_action.url
