"""The kit finds what is wrong: each planted fault turns its test red."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    AdapterError,
    BadSignature,
    Malformed,
    Notice,
    RawReply,
    Redirect,
    ReturnHint,
    Started,
    StatementLine,
    Unsure,
)
from payment_adapters.testing import AMOUNT, CODE, NOW, Conformance
from tests.payment_adapters.kit.everything import BASE, Everything, Said
from tests.payment_adapters.kit.harnesses import EverythingHarness

RED = (AssertionError, AdapterError, pytest.fail.Exception, KeyError, TypeError, ValueError)


def said(status, *, ref=CODE, amount=AMOUNT, txn="1"):
    moved = {"amount": amount, "currency": "VND", "at": NOW, "txn": txn}
    return Said(merchant="us", ref=ref, status=status, signature="", **moved)


class Believing(Everything):
    """Reads without proving."""

    def proven(self, ctx, body):
        try:
            return msgspec.json.decode(body, type=Said)
        except msgspec.DecodeError:
            raise Malformed("members") from None


class Unsigned(Everything):
    """Proves a signature only where there is one."""

    def proven(self, ctx, body):
        try:
            return super().proven(ctx, body)
        except Malformed:
            bare = msgspec.json.decode(body, type=dict)
            return msgspec.convert({"signature": "", **bare}, Said, strict=False)


class Shy(Everything):
    """Calls everything that it does not understand a failure."""

    async def query(self, ctx, attempt):
        try:
            return await super().query(ctx, attempt)
        except Unsure:
            return (self.seen(said("02")),)

    async def refund(self, ctx, refund):
        try:
            return await super().refund(ctx, refund)
        except Unsure:
            return await super().query_refund(ctx, refund)


class Careless(Everything):
    """Checks no amount, repeats nothing alike, answers everybody the same."""

    calls: list = []  # noqa: RUF012 - the planted fault

    async def start(self, ctx, attempt):
        self.calls.append(1)
        wish = {"ref": attempt.code, "amount": attempt.amount, "nonce": len(self.calls)}
        answer = await self.call(ctx, "start", **wish)
        return Started(next_action=Redirect(f"{BASE}/{answer.ref}"), expires_at=None)

    async def refund(self, ctx, refund):
        wish = {"ref": refund.code, "of": refund.txn, "amount": refund.amount}
        return self.seen(await self.call(ctx, "refund", **wish, nonce=ctx.clock()))

    def provider_ref(self, attempt):
        return f"{attempt.created_at:%y%m%d}{attempt.code[:3]}"

    def notice_reply(self, outcome):
        return RawReply(status=204)

    def redact(self, raw):
        return raw

    def parse_return(self, ctx, request):
        return ReturnHint(provider_ref=None, claimed="paid")

    def origins(self, config):
        return ("https://elsewhere.example.vn",)

    async def fetch_bill(self, ctx, attempt):
        return (await ctx.send(self.message(ctx, "bill", {"ref": attempt.code}))).body

    def parse_lookup(self, ctx, request):
        return msgspec.json.decode(request.body)["ref"]

    def lookup_reply(self, ctx, attempt):
        return RawReply(status=200, body=b"15000")


class Hasty(Everything):
    """Takes a clock for twelve hours, any currency for đồng, a code it does not know for no."""

    def seen(self, said, kind="payment"):
        seen = super().seen(said, kind)
        at = said.at.astimezone(NOW.tzinfo) + timedelta(hours=7)
        twelve = seen.occurred_at.replace(hour=at.hour % 12)
        status = "failed" if said.status == "7777" else seen.status
        return replace(seen, occurred_at=twelve, currency="VND", status=status)

    def parse_notice(self, ctx, request):
        try:
            return super().parse_notice(ctx, request)
        except BadSignature:
            return Notice(())

    def statement(self, ctx, statement):
        lines = []
        for number, row in enumerate(statement.body.decode("utf-8", "replace").splitlines()[1:]):
            cells = row.split(",")
            amount = int(cells[2]) if cells[2].isdigit() else 0
            seen = self.seen(said("00", ref=cells[0], amount=amount, txn=str(number)))
            lines.append(StatementLine(line=1, seen=seen))
        return tuple(lines)


class Claiming(Everything):
    """Claims less than it can do."""

    spec = replace(
        Everything.spec,
        capabilities=replace(
            Everything.spec.capabilities,
            queries=False,
            refund="none",
            statements=False,
            lookups=False,
            bills=False,
        ),
    )


FAULTS = [
    (Believing, "test_no_altered_byte_passes"),
    (Believing, "test_another_key_does_not_pass"),
    (Believing, "test_another_merchants_notice_does_not_pass"),
    (Believing, "test_no_altered_signature_passes"),
    (Believing, "test_a_key_that_stands_twice_is_malformed"),
    (Believing, "test_a_question_of_another_key_or_merchant_does_not_pass"),
    (Believing, "test_no_altered_question_asks_for_another_dossier"),
    (Believing, "test_an_odd_answer_to_asking_tells_nothing", "forged", "paid"),
    (Believing, "test_an_odd_answer_to_start_leaves_the_outcome_open", "forged"),
    (Unsigned, "test_an_odd_answer_to_asking_tells_nothing", "unsigned", "paid"),
    (Unsigned, "test_no_altered_signature_passes"),
    (Shy, "test_an_odd_answer_to_asking_tells_nothing", "timeout", "paid"),
    (Shy, "test_an_odd_answer_to_asking_tells_nothing", "html", "failed"),
    (Shy, "test_an_answer_whose_amount_is_no_whole_number_tells_nothing", "1.5e4"),
    (Careless, "test_start_twice_is_the_same_payment"),
    (Careless, "test_the_first_start_is_as_golden_byte_for_byte"),
    (Careless, "test_the_limits_hold_before_any_call"),
    (Careless, "test_an_amount_that_cannot_be_paid_is_refused_before_any_call", 15_000.0),
    (Careless, "test_a_reference_is_stable_plain_and_distinct_for_10000_attempts"),
    (Careless, "test_a_reference_has_the_vietnamese_day", 18, (2026, 12, 31)),
    (Careless, "test_every_call_goes_to_an_origin_that_was_named"),
    (Careless, "test_what_cannot_be_given_back_is_refused_before_any_call", AMOUNT + 1),
    (Careless, "test_every_outcome_has_the_providers_reply"),
    (Careless, "test_redacting_leaves_neither_keys_nor_names_nor_cards"),
    (Careless, "test_the_returning_browser_gives_a_hint_and_no_proof", "failed"),
    (Careless, "test_what_is_no_receipt_is_never_handed_on", "html"),
    (Careless, "test_the_answer_tells_the_amount_or_that_nothing_is_due"),
    (Careless, "test_a_question_of_another_key_or_merchant_does_not_pass"),
    (Hasty, "test_a_notice_tells_the_moment_on_a_clock_of_24_hours", "2026-11-22T14:30:05+07:00"),
    (Hasty, "test_another_currency_is_told_or_refused_but_never_taken_for_dong"),
    (Hasty, "test_a_code_that_is_not_published_is_no_verdict", "query"),
    (Hasty, "test_no_altered_byte_passes"),
    (Hasty, "test_a_statement_is_read_as_claimed"),
    (Hasty, "test_a_line_that_stands_twice_is_one_movement"),
    (Hasty, "test_a_line_that_cannot_be_read_is_named", "abc"),
    (Claiming, "test_the_capabilities_say_what_the_adapter_overrides"),
    (Claiming, "test_asking_is_supported_as_claimed"),
    (Claiming, "test_giving_back_is_supported_as_claimed"),
    (Claiming, "test_a_statement_is_read_as_claimed"),
    (Claiming, "test_the_question_is_read_as_claimed"),
    (Claiming, "test_the_receipt_is_fetched_as_claimed"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0].__name__}-{fault[1]}")
def test_a_planted_fault_turns_its_test_red(fault):
    adapter, name, *cases = fault

    class Played(EverythingHarness):
        create = adapter

    class Kit(Conformance):
        def harness(self):
            return Played()

    with pytest.raises(RED):
        getattr(Kit(), name)(*cases)


SOURCES = {
    "test_signatures_are_compared_in_constant_time": "assert signature == wanted",
    "test_it_uses_no_clock_and_no_randomness_of_its_own": "import random",
    "test_it_calls_nobody_but_through_the_context": "import socket",
    "test_it_writes_no_log_and_no_file": "print(body)",
    "test_it_counts_money_without_floats_and_rounding": "amount = round(1.5)",
    "test_it_keeps_no_state": "global found",
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_planted_line_of_code_turns_its_test_red(name, tmp_path, monkeypatch):
    path = tmp_path / "adapter.py"
    line = SOURCES[name]
    path.write_text(
        f"def read(body, signature, wanted):\n    {line}\n    return hmac.compare_digest\n"
    )

    class Kit(Conformance):
        def harness(self):
            return EverythingHarness()

    monkeypatch.setattr("payment_adapters.testing.source.inspect.getfile", lambda _: str(path))
    with pytest.raises(AssertionError):
        getattr(Kit(), name)()
    path.write_text("def read(body):\n    return hmac.compare_digest\n")
    getattr(Kit(), name)()
