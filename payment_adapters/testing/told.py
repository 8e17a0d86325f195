"""What an adapter is told unasked, and how its own code is made."""
# ruff: noqa: S101, D102, PLR2004
# A kit of tests: it asserts, its names are sentences, its figures are the cases themselves.

import inspect
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    BadSignature,
    Malformed,
    Outcome,
    RawRequest,
    ReturnHint,
    Unsupported,
)
from payment_adapters.testing.harness import (
    AMOUNT,
    NOW,
    TXN,
    Part,
    context_of,
    names_us,
    parse,
    refuses,
    with_header,
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


_IMPORT = """
import sys, time, json, hmac, hashlib, re, urllib.parse, msgspec
import payment_adapters.strict
began = time.process_time()
__import__(sys.argv[1])
took = (time.process_time() - began) * 1000
print(took, "|", [name for name in ("backend", "litestar", "piccolo") if name in sys.modules])
"""


class Notices(Part):
    """Notices: good, forged, stale, altered, unreadable."""

    def test_a_good_notice_is_read(self) -> None:
        harness = self.harness()
        if not harness.create().spec.capabilities.notices:
            with pytest.raises(Unsupported):
                harness.create().parse_notice(context_of(harness), RawRequest(method="POST"))
            return

        seen = parse(harness, harness.notice()).observations

        assert [(s.status, s.kind, s.amount, s.currency, s.txn) for s in seen] == [
            ("succeeded", "payment", AMOUNT, "VND", TXN)
        ]
        assert names_us(harness, seen[0])
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
            refuses(harness, replace(request, body=bytes(altered)), BadSignature)

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
                    headers = with_header(request, number, (name, other))
                    refuses(harness, replace(request, headers=headers), BadSignature)
            twice = (*request.headers, (name, value))
            refuses(harness, replace(request, headers=twice), BadSignature)
            without = tuple(header for header in request.headers if header[0] != name)
            refuses(harness, replace(request, headers=without), BadSignature)

    def test_another_key_does_not_pass(self) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            refuses(harness, harness.notice(secret="another-key-entirely"), BadSignature)  # noqa: S106

    @pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
    def test_a_stale_notice_does_not_pass(self, seconds: int) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            stale = harness.notice(at=NOW + timedelta(seconds=seconds))
            refuses(harness, stale, BadSignature)

    @pytest.mark.parametrize("seconds", [-300, 0, 300])
    def test_a_notice_within_five_minutes_passes(self, seconds: int) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            fresh = harness.notice(at=NOW + timedelta(seconds=seconds))
            assert parse(harness, fresh).observations

    @pytest.mark.parametrize("amount", NO_AMOUNTS)
    def test_an_amount_that_is_no_whole_number_in_range_is_malformed(self, amount: str) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            refuses(harness, harness.notice(amount=amount), Malformed)

    def test_a_key_that_stands_twice_is_malformed(self) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            refuses(harness, harness.notice(more=',"x":1,"x":2'), Malformed)

    def test_unknown_members_are_overlooked(self) -> None:
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            assert parse(harness, harness.notice(more=',"x":{"y":[1]}')).observations

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


class Source(Part):
    """The code of the adapter itself."""

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
