"""What an adapter says of itself, begins, and answers when it is asked."""
# ruff: noqa: S101, D102, PLR2004
# A kit of tests: it asserts, its names are sentences, its figures are the cases themselves.

from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
import pytest

from payment_adapters.contract import API_VERSION, HttpRequest, Misconfigured, Transient, Unsure
from payment_adapters.strict import read_config
from payment_adapters.testing.harness import (
    AMOUNT,
    TXN,
    Part,
    Scene,
    calls,
    context_of,
    make_code,
    query,
    sample_attempt,
    says_unsupported,
    start,
)

HOSTILE_TEXTS = (
    "Lệ phí trích lục – Nguyễn Thị Bưởi",
    "\"quotes' & amp; + plus % percent = equals",
    "line\nbreak\ttab\x00null",
    "🎉" * 300,
    "x" * 5_000,
    "",
)


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
        assert spec.capabilities.starts or spec.capabilities.notices

    def test_settings_are_read_and_their_secrets_never_shown(self) -> None:
        harness = self.harness()
        config = read_config(harness.create().spec.config_type, harness.settings)

        shown = repr(config) + str(config)

        assert all(secret not in shown for secret in harness.secrets)

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
        adapter = self.harness().create()
        seed = Random(1)  # noqa: S311 - a sample, not a secret
        attempts = [sample_attempt(code=make_code(seed)) for _ in range(10_000)]

        refs = [adapter.provider_ref(attempt) for attempt in attempts]

        assert refs == [adapter.provider_ref(attempt) for attempt in attempts]
        assert len(set(refs)) == len({attempt.code for attempt in attempts})
        assert all(ref.isascii() and ref.isprintable() and 0 < len(ref) <= 64 for ref in refs)

    @pytest.mark.parametrize("hour", [16, 17, 18])
    def test_a_reference_has_the_vietnamese_day(self, hour: int) -> None:
        adapter = self.harness().create()
        moment = datetime(2026, 12, 31, hour, 30, tzinfo=UTC)
        in_vietnam = moment + timedelta(hours=7)

        ref = adapter.provider_ref(sample_attempt(created_at=moment))

        assert in_vietnam.day == moment.day or f"{moment:%y%m%d}" not in ref


class Starting(Part):
    """Beginning a payment."""

    def test_start_twice_is_the_same_payment(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.starts:
            return says_unsupported(harness.create().start(context_of(harness), sample_attempt()))
        sent: list[HttpRequest] = []

        first = start(harness, sample_attempt(), sent=sent)
        second = start(harness, sample_attempt(), sent=sent)

        assert first == second
        assert len({(request.url, request.body) for request in sent}) <= 1
        assert first.expires_at is None or first.expires_at.tzinfo is not None
        return None

    @pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
    def test_any_description_is_carried_or_cut_but_never_breaks_the_call(self, text: str) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.starts:
            return

        started = start(harness, sample_attempt(description=text))

        assert msgspec.json.encode(started)

    @pytest.mark.parametrize("odd", ["timeout", "html", "500", "302", "cut", "unsigned", "forged"])
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
            query(harness, "paid", sent=sent)

        origins = harness.create().origins(config)
        assert all(request.url.startswith(tuple(o + "/" for o in origins)) for request in sent)
        assert bool(sent) == bool(origins)

    def test_nothing_secret_is_sent(self) -> None:
        harness = self.harness()
        sent: list[HttpRequest] = []
        if not calls(harness):
            return

        start(harness, sample_attempt(), sent=sent)

        assert not any(s.encode() in msgspec.json.encode(r) for r in sent for s in harness.secrets)


class Asking(Part):
    """Asking what became of it."""

    def test_asking_is_supported_as_claimed(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.queries:
            says_unsupported(harness.create().query(context_of(harness), sample_attempt()))
            return

        paid = query(harness, "paid")[0]

        assert (paid.status, paid.amount, paid.currency) == ("succeeded", AMOUNT, "VND")
        assert paid.txn == TXN
        assert paid.occurred_at is not None
        assert paid.occurred_at.tzinfo is not None

    @pytest.mark.parametrize("scene", ["pending", "failed", "not_found"])
    def test_asking_tells_what_is_not_paid(self, scene: Scene) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.queries:
            return

        assert [seen.status for seen in query(harness, scene)] == [scene]

    @pytest.mark.parametrize("odd", ["timeout", "html", "500", "302", "cut", "unsigned", "forged"])
    @pytest.mark.parametrize("scene", ["paid", "failed"])
    def test_an_odd_answer_to_asking_tells_nothing(self, odd: str, scene: Scene) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.queries:
            return

        with pytest.raises(Unsure):
            query(harness, scene, odd=odd)
