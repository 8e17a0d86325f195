"""What an adapter says of itself, begins, and answers when it is asked."""
# ruff: noqa: S101, D102, PLR2004
# A kit of tests: it asserts, its names are sentences, its figures are the cases themselves.

import asyncio
import re
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import msgspec
import pytest

from payment_adapters.contract import (
    API_VERSION,
    Adapter,
    AdapterError,
    HttpRequest,
    Instructions,
    Misconfigured,
    Observation,
    Redirect,
    Rejected,
    ShowQr,
    Started,
    Transient,
    Unsure,
)
from payment_adapters.strict import read_config
from payment_adapters.testing.harness import (
    AMOUNT,
    NOW,
    Harness,
    Says,
    make_code,
    sample_attempt,
)
from payment_adapters.testing.world import (
    ODD,
    Part,
    calls,
    context_of,
    named,
    names_us,
    query,
    says_unsupported,
    start,
)

HOSTILE_TEXTS = (
    "Lệ phí trích lục – Nguyễn Thị Bưởi",
    "\"quotes' & amp; + plus % percent = equals | bar",
    "line\nbreak\ttab\x00null",
    "🎉" * 300,
    "x" * 5_000,
    "",
)
NO_AMOUNTS = (
    '"15000"',
    "15000.0",
    "1.5e4",
    "true",
    "null",
    "[15000]",
    "9223372036854775808",
    "1" + "0" * 400,
    "NaN",
    "",
    "0x3A98",
    "15,000",
    "１５０００",
)
MOMENTS = (
    "2026-11-22T14:30:05+07:00",
    "2026-11-23T00:00:00+07:00",
    "2026-12-31T23:59:59+07:00",
    "2026-11-22T12:05:00+07:00",
)
"""Afternoon, midnight, the last second of a year, noon: where a 12-hour clock goes wrong."""


class Card(Part):
    """The card, the settings, the references."""

    def test_the_card_is_sane(self) -> None:
        spec = self.harness().create().spec

        assert spec.id.isascii()
        assert spec.id.replace("_", "").isalnum()
        assert spec.title_vi
        assert spec.title_en
        assert spec.api_version == API_VERSION
        assert 1 <= spec.capabilities.amount_min <= spec.capabilities.amount_max <= 10**12
        assert 1 <= spec.capabilities.query_hours <= 24 * 366
        assert spec.capabilities.starts or spec.capabilities.notices

    def test_the_capabilities_say_what_the_adapter_overrides(self) -> None:
        adapter = self.harness().create()
        can = adapter.spec.capabilities
        claims = {
            "start": can.starts,
            "parse_notice": can.notices,
            "notice_reply": can.notices,
            "query": can.queries,
            "refund": can.refund in {"full", "partial"},
            "query_refund": can.refund in {"full", "partial"},
            "statement": can.statements,
            "parse_lookup": can.lookups,
            "lookup_reply": can.lookups,
            "fetch_bill": can.bills,
        }

        made = {name: getattr(type(adapter), name) is not getattr(Adapter, name) for name in claims}

        assert made == claims

    def test_settings_are_read_and_their_secrets_never_shown(self) -> None:
        harness = self.harness()
        config = read_config(harness.create().spec.config_type, harness.settings)

        shown = repr(config) + str(config)

        assert all(secret not in shown for secret in harness.secrets)
        assert config == read_config(harness.create().spec.config_type, harness.settings)

    def test_an_adapter_is_off_until_it_is_switched_on(self) -> None:
        harness = self.harness()
        table = {name: value for name, value in harness.settings.items() if name != "enabled"}

        config = read_config(harness.create().spec.config_type, table)

        assert getattr(config, "enabled", None) is False

    def test_an_unknown_setting_is_refused_without_telling_any_value(self) -> None:
        harness = self.harness()
        table = {**harness.settings, "unknown_setting": "x"}

        with pytest.raises(Misconfigured) as refused:
            read_config(harness.create().spec.config_type, table)

        assert all(secret not in str(refused.value) for secret in harness.secrets)

    def test_good_settings_have_no_finding(self) -> None:
        harness = self.harness()

        assert harness.create().check_config(context_of(harness)) == []

    def test_pretend_money_is_refused_in_production(self) -> None:
        harness = self.harness()
        adapter = harness.create()

        findings = adapter.check_config(context_of(harness, production=True))

        assert bool(findings) == adapter.spec.capabilities.pretend

    def test_a_reference_is_stable_plain_and_distinct_for_10000_attempts(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        seed = Random(1)  # noqa: S311 - a sample, not a secret
        attempts = [sample_attempt(code=make_code(seed)) for _ in range(10_000)]

        refs = [adapter.provider_ref(attempt) for attempt in attempts]

        assert refs == [adapter.provider_ref(attempt) for attempt in attempts]
        assert len(set(refs)) == len({attempt.code for attempt in attempts})
        assert all(re.fullmatch(harness.ref_pattern, ref) and len(ref) <= 64 for ref in refs)

    @pytest.mark.parametrize("day", [(2026, 12, 31), (2026, 11, 22), (2028, 2, 28)])
    @pytest.mark.parametrize("hour", [16, 17, 18])
    def test_a_reference_has_the_vietnamese_day(self, hour: int, day: tuple[int, int, int]) -> None:
        adapter = self.harness().create()
        moment = datetime(*day, hour, 30, tzinfo=UTC)
        in_vietnam = moment + timedelta(hours=7)

        ref = adapter.provider_ref(sample_attempt(created_at=moment))

        assert in_vietnam.day == moment.day or f"{moment:%y%m%d}" not in ref


class Starting(Part):
    """Beginning a payment."""

    def test_start_is_supported_as_claimed(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        if not adapter.spec.capabilities.starts:
            says_unsupported(lambda: adapter.start(context_of(harness), sample_attempt()))
            return

        started = start(harness, sample_attempt())

        assert started.expires_at is None or started.expires_at.tzinfo is not None

    def test_the_first_start_is_as_golden_byte_for_byte(self) -> None:
        harness = self.harness()
        sent: list[HttpRequest] = []
        if not harness.create().spec.capabilities.starts:
            return

        started = start(harness, sample_attempt(), sent=sent)

        assert _first_words(started, sent) == harness.golden

    def test_start_twice_is_the_same_payment(self) -> None:
        harness = self.harness()
        sent: list[HttpRequest] = []
        if not harness.create().spec.capabilities.starts:
            return

        first = start(harness, sample_attempt(), sent=sent)
        second = start(harness, sample_attempt(), sent=sent)

        assert first == second
        assert sent[: len(sent) // 2] == sent[len(sent) // 2 :]

    @pytest.mark.parametrize("amount", [0, -1, True, 15_000.0, "15000", 10**12 + 1, 2**63])
    def test_an_amount_that_cannot_be_paid_is_refused_before_any_call(self, amount: Any) -> None:
        self.refused_before_any_call(amount)

    def test_the_limits_hold_before_any_call(self) -> None:
        can = self.harness().create().spec.capabilities

        self.refused_before_any_call(can.amount_min - 1)
        self.refused_before_any_call(can.amount_max + 1)

    def refused_before_any_call(self, amount: Any) -> None:
        harness = self.harness()
        sent: list[HttpRequest] = []
        if not harness.create().spec.capabilities.starts:
            return

        with pytest.raises(Rejected):
            start(harness, sample_attempt(amount=amount), sent=sent)

        assert sent == []

    @pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
    def test_any_description_is_carried_or_cut_but_never_breaks_the_call(self, text: str) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.starts:
            return

        started = start(harness, sample_attempt(description=text))

        assert msgspec.json.encode(started)

    @pytest.mark.parametrize("odd", ODD)
    def test_an_odd_answer_to_start_leaves_the_outcome_open(self, odd: str) -> None:
        harness = self.harness()
        if not calls(harness):
            return

        with pytest.raises(Unsure):
            start(harness, sample_attempt(), odd=odd)

    def test_what_never_left_is_said_to_have_never_left(self) -> None:
        harness = self.harness()
        if not calls(harness):
            return

        with pytest.raises(Transient):
            start(harness, sample_attempt(), odd="unreachable")

    def test_every_call_goes_to_an_origin_that_was_named(self) -> None:
        harness = self.harness()
        config = read_config(harness.create().spec.config_type, harness.settings)
        sent: list[HttpRequest] = []

        if harness.create().spec.capabilities.starts:
            start(harness, sample_attempt(), sent=sent)
        if harness.create().spec.capabilities.queries:
            query(harness, sent=sent)

        origins = harness.create().origins(config)
        assert all(request.url.startswith(tuple(o + "/" for o in origins)) for request in sent)
        assert bool(sent) == bool(origins)

    def test_nothing_secret_is_sent(self) -> None:
        harness = self.harness()
        sent: list[HttpRequest] = []
        started = None

        if harness.create().spec.capabilities.starts:
            started = start(harness, sample_attempt(), sent=sent)
        if harness.create().spec.capabilities.queries:
            query(harness, sent=sent)

        shown = msgspec.json.encode([started, [(call.url, call.body) for call in sent]])
        headers = msgspec.json.encode([call.headers for call in sent])
        assert not any(secret.encode() in shown for secret in harness.secrets)
        hidden = set(harness.secrets) - set(harness.sent_secrets)
        assert not any(secret.encode() in headers for secret in hidden)


class Asking(Part):
    """Asking what became of it."""

    def test_asking_is_supported_as_claimed(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        if not adapter.spec.capabilities.queries:
            says_unsupported(lambda: adapter.query(context_of(harness), sample_attempt()))
            return

        paid = query(harness)

        assert [(s.status, s.kind, s.amount, s.currency, s.txn) for s in paid] == [
            ("succeeded", "payment", AMOUNT, "VND", harness.txn)
        ]
        assert names_us(harness, paid[0])
        assert paid[0].occurred_at is None or paid[0].occurred_at == NOW

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_asking_tells_the_moment_on_a_clock_of_24_hours(self, moment: str) -> None:
        harness = self.harness()
        moved_at = datetime.fromisoformat(moment)
        if not harness.create().spec.capabilities.queries:
            return

        seen = query(harness, harness.told(moved_at=moved_at))[0]

        assert seen.occurred_at is None or seen.occurred_at == moved_at

    @pytest.mark.parametrize("scene", ["pending", "failed", "not_found"])
    def test_asking_tells_what_is_not_paid(self, scene: Says) -> None:
        harness = self.harness()
        if not self.asked(harness, scene):
            return

        assert [seen.status for seen in query(harness, harness.told(says=scene))] == [scene]

    @pytest.mark.parametrize("odd", ODD)
    @pytest.mark.parametrize("scene", ["paid", "failed"])
    def test_an_odd_answer_to_asking_tells_nothing(self, odd: str, scene: Says) -> None:
        harness = self.harness()
        if not self.asked(harness, scene):
            return

        with pytest.raises(Unsure):
            query(harness, harness.told(says=scene), odd=odd)

    @pytest.mark.parametrize("amount", NO_AMOUNTS, ids=range(len(NO_AMOUNTS)))
    def test_an_answer_whose_amount_is_no_whole_number_tells_nothing(self, amount: str) -> None:
        harness = self.harness()
        if not self.asked(harness, "paid"):
            return

        with pytest.raises(Unsure):
            query(harness, harness.told(amount=amount))

    def test_questions_at_once_do_not_mix(self) -> None:
        harness = self.harness()
        scenes = [scene for scene in harness.says("query") if self.asked(harness, scene)] * 16
        adapter, attempt = harness.create(), named(harness, sample_attempt())

        async def at_once() -> list[tuple[Observation, ...]]:
            worlds = [context_of(harness, told=harness.told(says=scene)) for scene in scenes]
            return await asyncio.gather(*(adapter.query(ctx, attempt) for ctx in worlds))

        seen = asyncio.run(at_once())

        wanted = ["succeeded" if scene == "paid" else scene for scene in scenes]
        assert [observations[0].status for observations in seen] == wanted

    def test_what_never_left_is_not_an_answer(self) -> None:
        harness = self.harness()
        if not self.asked(harness, "paid"):
            return

        with pytest.raises(AdapterError) as raised:
            query(harness, odd="unreachable")

        assert isinstance(raised.value, Transient)

    def asked(self, harness: Harness, scene: Says) -> bool:
        return harness.create().spec.capabilities.queries and scene in harness.says("query")


def _first_words(started: Started, sent: list[HttpRequest]) -> str:
    if sent:
        return f"{sent[0].url}\n{sent[0].body.decode()}"
    action = started.next_action
    if isinstance(action, Redirect):
        return action.url
    if isinstance(action, ShowQr):
        return action.payload
    return action.text if isinstance(action, Instructions) else ""
