"""The conformance kit (bộ kiểm tra kênh thanh toán): a pytest plugin that every adapter passes.

Subclass `Conformance` in a test module and hand over a `Harness`, which knows how the provider
signs and answers; the kit does the rest: it forges, alters, repeats, truncates, times out. A test
about something that the adapter does not claim checks instead that it says `Unsupported`.
"""
# ruff: noqa: S101, D102, PLR2004
# A kit of tests: it asserts, its names are sentences, its figures are the cases themselves.

import asyncio
import inspect
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Literal

import msgspec
import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    API_VERSION,
    Account,
    Adapter,
    AdapterError,
    Attempt,
    BadSignature,
    Context,
    HttpAnswer,
    HttpRequest,
    Malformed,
    Misconfigured,
    Notice,
    Observation,
    Outcome,
    RawRequest,
    ReturnHint,
    Started,
    Transient,
    Unsupported,
    Unsure,
)
from payment_adapters.strict import read_config

NOW = datetime(2026, 11, 22, 7, 32, 12, tzinfo=UTC)
CODE = "HSP7K2M9Q"
AMOUNT = 15_000
TXN = "92704"
HOSTILE_TEXTS = (
    "Lệ phí trích lục – Nguyễn Thị Bưởi",
    "\"quotes' & amp; + plus % percent = equals",
    "line\nbreak\ttab\x00null",
    "🎉" * 300,
    "x" * 5_000,
    "",
)
NO_AMOUNTS = (
    '"15000"',
    "15000.0",
    "1.5e4",
    "-1",
    "true",
    "null",
    "[15000]",
    "9223372036854775808",
    "1" + "0" * 400,
    "NaN",
)

Scene = Literal["paid", "pending", "failed", "not_found"]


class Harness:
    """What the kit must know of a provider; override what the adapter claims.

    `settings` is the operator's table with `secrets` in it; `personal` are words that stand in the
    sample notice and may not survive `redact`.
    """

    create: Callable[[], Adapter]
    settings: Mapping[str, object] = {}
    secrets: tuple[str, ...] = ()
    personal: tuple[bytes, ...] = ()
    replies: Mapping[Outcome, tuple[int, bytes]] = {}

    def notice(
        self,
        *,
        amount: str = str(AMOUNT),
        at: datetime = NOW,
        secret: str | None = None,
        more: str = "",
    ) -> RawRequest:
        """Make a signed notice of a payment of CODE with movement TXN.

        `amount` and `more` (further members, such as `,"x":1`) are put into the JSON as they are;
        `secret` signs instead of the right key.
        """
        raise NotImplementedError

    def answer(self, request: HttpRequest, scene: Scene) -> HttpAnswer:
        """Play the provider: answer one call of the adapter in a scene."""
        raise NotImplementedError


def sample_attempt(**changes: Any) -> Attempt:
    """Make the attempt that the kit works with."""
    attempt = Attempt(
        code=CODE,
        amount=AMOUNT,
        description="Phí hồ sơ",
        created_at=NOW,
        expires_at=NOW + timedelta(minutes=15),
        account=Account(bank_bin="970436", number="0123456789", name="UBND PHUONG MAU"),
    )
    return replace(attempt, **changes)


def make_code(seed: Random) -> str:
    """Make a code of our form; its check symbol does not matter to adapters."""
    return "HS" + "".join(seed.choices("23456789ABCDEFGHJKMNPQRSTVWXYZ", k=7))


class Conformance:
    """Every test that an adapter must pass."""

    def harness(self) -> Harness:
        """Hand over the harness of the adapter under test."""
        raise NotImplementedError

    # -- the card and the settings ---------------------------------------------------------------

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

    # -- references ------------------------------------------------------------------------------

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

    # -- start -----------------------------------------------------------------------------------

    def test_start_twice_is_the_same_payment(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.starts:
            return _says_unsupported(harness.create().start(context_of(harness), sample_attempt()))
        sent: list[HttpRequest] = []

        first = _start(harness, sample_attempt(), sent=sent)
        second = _start(harness, sample_attempt(), sent=sent)

        assert first == second
        assert len({(request.url, request.body) for request in sent}) <= 1
        assert first.expires_at is None or first.expires_at.tzinfo is not None
        return None

    @pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
    def test_any_description_is_carried_or_cut_but_never_breaks_the_call(self, text: str) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.starts:
            return

        started = _start(harness, sample_attempt(description=text))

        assert msgspec.json.encode(started)

    @pytest.mark.parametrize("odd", ["timeout", "html", "500", "302", "cut", "unsigned", "forged"])
    def test_an_odd_answer_to_start_leaves_the_outcome_open(self, odd: str) -> None:
        harness = self.harness()
        if not _calls(harness, "start"):
            return

        with pytest.raises(Unsure):
            _start(harness, sample_attempt(), odd=odd)

    def test_what_never_left_is_said_to_have_never_left(self) -> None:
        harness = self.harness()
        if not _calls(harness, "start"):
            return

        with pytest.raises(Transient):
            _start(harness, sample_attempt(), odd="unreachable")

    def test_every_call_goes_to_an_origin_that_was_named(self) -> None:
        harness = self.harness()
        config = read_config(harness.create().spec.config_type, harness.settings)
        sent: list[HttpRequest] = []

        if harness.create().spec.capabilities.starts:
            _start(harness, sample_attempt(), sent=sent)
        if harness.create().spec.capabilities.queries:
            _query(harness, "paid", sent=sent)

        origins = harness.create().origins(config)
        assert all(request.url.startswith(tuple(o + "/" for o in origins)) for request in sent)
        assert bool(sent) == bool(origins)

    def test_nothing_secret_is_sent(self) -> None:
        harness = self.harness()
        sent: list[HttpRequest] = []
        if not _calls(harness, "start"):
            return

        _start(harness, sample_attempt(), sent=sent)

        assert not any(s.encode() in msgspec.json.encode(r) for r in sent for s in harness.secrets)

    # -- asking ----------------------------------------------------------------------------------

    def test_asking_is_supported_as_claimed(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.queries:
            _says_unsupported(harness.create().query(context_of(harness), sample_attempt()))
            return

        paid = _query(harness, "paid")[0]

        assert (paid.status, paid.amount, paid.currency) == ("succeeded", AMOUNT, "VND")
        assert paid.txn == TXN
        assert paid.occurred_at is not None
        assert paid.occurred_at.tzinfo is not None

    @pytest.mark.parametrize("scene", ["pending", "failed", "not_found"])
    def test_asking_tells_what_is_not_paid(self, scene: Scene) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.queries:
            return

        assert [seen.status for seen in _query(harness, scene)] == [scene]

    @pytest.mark.parametrize("odd", ["timeout", "html", "500", "302", "cut", "unsigned", "forged"])
    @pytest.mark.parametrize("scene", ["paid", "failed"])
    def test_an_odd_answer_to_asking_tells_nothing(self, odd: str, scene: Scene) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.queries:
            return

        with pytest.raises(Unsure):
            _query(harness, scene, odd=odd)

    # -- notices ---------------------------------------------------------------------------------

    def test_a_good_notice_is_read(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.notices:
            with pytest.raises(Unsupported):
                harness.create().parse_notice(context_of(harness), RawRequest(method="POST"))
            return

        seen = _parse(harness, harness.notice()).observations

        assert [(s.status, s.kind, s.amount, s.currency, s.txn) for s in seen] == [
            ("succeeded", "payment", AMOUNT, "VND", TXN)
        ]
        assert _names_us(harness, seen[0])
        assert seen[0].occurred_at == NOW

    def test_reading_twice_and_in_threads_gives_the_same(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.notices:
            return
        adapter, ctx, request = harness.create(), context_of(harness), harness.notice()

        with ThreadPoolExecutor(8) as pool:
            read = list(pool.map(lambda _: adapter.parse_notice(ctx, request), range(64)))

        assert all(notice == read[0] for notice in read)

    def test_no_altered_byte_passes(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.notices:
            return
        request = harness.notice()

        for place in range(len(request.body)):
            altered = bytearray(request.body)
            altered[place] ^= 1
            _refuses(harness, replace(request, body=bytes(altered)), BadSignature)

    def test_no_altered_header_passes(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.notices:
            return
        request = harness.notice()

        for number, (name, value) in enumerate(request.headers):
            if not name.startswith("x-"):
                continue
            for other in ("", "null", value[:-1], value + "0", value.upper(), value + "\n"):
                if other != value:
                    headers = _with_header(request, number, (name, other))
                    _refuses(harness, replace(request, headers=headers), BadSignature)
            twice = (*request.headers, (name, value))
            _refuses(harness, replace(request, headers=twice), BadSignature)
            without = tuple(header for header in request.headers if header[0] != name)
            _refuses(harness, replace(request, headers=without), BadSignature)

    def test_another_key_does_not_pass(self) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            _refuses(harness, harness.notice(secret="another-key-entirely"), BadSignature)  # noqa: S106

    @pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
    def test_a_stale_notice_does_not_pass(self, seconds: int) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            stale = harness.notice(at=NOW + timedelta(seconds=seconds))
            _refuses(harness, stale, BadSignature)

    @pytest.mark.parametrize("seconds", [-300, 0, 300])
    def test_a_notice_within_five_minutes_passes(self, seconds: int) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            fresh = harness.notice(at=NOW + timedelta(seconds=seconds))
            assert _parse(harness, fresh).observations

    @pytest.mark.parametrize("amount", NO_AMOUNTS)
    def test_an_amount_that_is_no_whole_number_in_range_is_malformed(self, amount: str) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            _refuses(harness, harness.notice(amount=amount), Malformed)

    def test_a_key_that_stands_twice_is_malformed(self) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            _refuses(harness, harness.notice(more=',"x":1,"x":2'), Malformed)

    def test_unknown_members_are_overlooked(self) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            assert _parse(harness, harness.notice(more=',"x":{"y":[1]}')).observations

    def test_random_bytes_raise_declared_errors_only(self) -> None:
        harness = self.harness()
        adapter, ctx, seed = harness.create(), context_of(harness), Random(2)  # noqa: S311

        for _ in range(500):
            noise = seed.randbytes(seed.randrange(200))
            request = RawRequest(
                method="POST",
                query=noise.decode("latin-1"),
                headers=(("x-noise", noise.decode("latin-1")),),
                body=noise,
            )
            if adapter.spec.capabilities.notices:
                with pytest.raises((BadSignature, Malformed)):
                    adapter.parse_notice(ctx, request)
            assert isinstance(adapter.parse_return(ctx, request), ReturnHint)

    def test_every_outcome_has_the_providers_reply(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        if not adapter.spec.capabilities.notices:
            with pytest.raises(Unsupported):
                adapter.notice_reply(Outcome.ACCEPTED)
            return

        replies = {outcome: adapter.notice_reply(outcome) for outcome in Outcome}

        assert {o: (r.status, r.body) for o, r in replies.items()} == dict(harness.replies)

    def test_redacting_leaves_neither_keys_nor_names(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.notices:
            return

        left = harness.create().redact(harness.notice().body)

        assert not any(word in left for word in harness.personal)
        assert not any(secret.encode() in left for secret in harness.secrets)

    # -- the code itself -------------------------------------------------------------------------

    def test_it_loads_fast_and_without_the_core(self) -> None:
        module = inspect.getmodule(self.harness().create().__class__)
        assert module is not None

        found = subprocess.run(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-c", _IMPORT, module.__name__],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
        )

        milliseconds, foreign = found.stdout.split("|")
        assert float(milliseconds) < 50
        assert foreign.strip() == "[]"

    def test_it_keeps_no_state(self) -> None:
        adapter = self.harness().create()

        assert not getattr(adapter, "__dict__", {})

    def test_it_uses_no_clock_and_no_randomness_of_its_own(self) -> None:
        folder = Path(inspect.getfile(self.harness().create().__class__)).parent

        text = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))

        for forbidden in (".now(", "utcnow", "time.time", "import random", "urandom", "uuid4"):
            assert forbidden not in text
        assert "hmac.new" not in text or "compare_digest" in text


def pytest_configure(config: pytest.Config) -> None:
    """Say what the plugin is for; it changes nothing else."""
    config.addinivalue_line("markers", "payment_adapter: a test of a payment adapter")


_IMPORT = """
import sys, time, json, hmac, hashlib, re, urllib.parse, msgspec
import payment_adapters.strict
began = time.process_time()
__import__(sys.argv[1])
took = (time.process_time() - began) * 1000
print(took, "|", [name for name in ("backend", "litestar", "piccolo") if name in sys.modules])
"""


def context_of(
    harness: Harness,
    *,
    scene: Scene = "paid",
    odd: str = "",
    sent: list[HttpRequest] | None = None,
    production: bool = False,
) -> Context:
    """Make the context of the kit: time stands still, calls go to the harness."""

    async def send(request: HttpRequest) -> HttpAnswer:
        await asyncio.sleep(0)
        if sent is not None:
            sent.append(request)
        return _spoilt(harness.answer(request, scene), odd)

    return Context(
        config=read_config(harness.create().spec.config_type, harness.settings),
        send=send,
        clock=lambda: NOW,
        random=lambda size: b"\x07" * size,
        notice_url="https://motcua.example.vn/api/v1/payments/notices/x",
        return_url="https://motcua.example.vn/api/v1/payments/return/x",
        production=production,
    )


def _spoilt(answer: HttpAnswer, odd: str) -> HttpAnswer:
    if odd == "timeout":
        raise Unsure("timeout")
    if odd == "unreachable":
        raise Transient("unreachable")
    signature = {name: value for name, value in answer.headers.items() if "signature" in name}
    plain = {name: value for name, value in answer.headers.items() if name not in signature}
    forged = {
        name: value[:-1] + ("0" if value[-1] != "0" else "1") for name, value in signature.items()
    }
    spoilt = {
        "html": HttpAnswer(status=200, body=b"<html>502 Bad Gateway</html>"),
        "500": HttpAnswer(status=500, headers=answer.headers, body=answer.body),
        "302": HttpAnswer(status=302, headers={"location": "https://elsewhere.example"}),
        "cut": HttpAnswer(status=200, headers=answer.headers, body=answer.body[:-5]),
        "unsigned": HttpAnswer(status=200, headers=plain, body=answer.body),
        "forged": HttpAnswer(status=200, headers={**plain, **forged}, body=answer.body),
    }
    return spoilt.get(odd, answer)


def _start(
    harness: Harness, attempt: Attempt, *, odd: str = "", sent: list[HttpRequest] | None = None
) -> Started:
    adapter, ctx = harness.create(), context_of(harness, odd=odd, sent=sent)
    return asyncio.run(adapter.start(ctx, attempt))


def _query(
    harness: Harness, scene: Scene, *, odd: str = "", sent: list[HttpRequest] | None = None
) -> tuple[Observation, ...]:
    adapter, ctx = harness.create(), context_of(harness, scene=scene, odd=odd, sent=sent)
    return asyncio.run(adapter.query(ctx, sample_attempt()))


def _calls(harness: Harness, what: Literal["start"]) -> bool:
    sent: list[HttpRequest] = []
    if harness.create().spec.capabilities.starts and what == "start":
        _start(harness, sample_attempt(), sent=sent)
    return bool(sent)


def _parse(harness: Harness, request: RawRequest) -> Notice:
    return harness.create().parse_notice(context_of(harness), request)


def _refuses(harness: Harness, request: RawRequest, error: type[AdapterError]) -> None:
    with pytest.raises(error) as refused:
        _parse(harness, request)
    assert not any(secret in repr(refused.value) for secret in harness.secrets)


def _with_header(
    request: RawRequest, number: int, header: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    return (*request.headers[:number], header, *request.headers[number + 1 :])


def _names_us(harness: Harness, seen: Observation) -> bool:
    ref = harness.create().provider_ref(sample_attempt())
    return seen.provider_ref == ref or (bool(seen.account) and CODE in (seen.memo or ""))


def _says_unsupported(call: Any) -> None:
    with pytest.raises(Unsupported):
        asyncio.run(call)
