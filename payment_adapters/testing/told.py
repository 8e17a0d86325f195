"""What an adapter is told unasked: notices good, forged, altered, stale, unreadable."""
# ruff: noqa: S101, D102
# A kit of tests: it asserts, its names are sentences, its figures are the cases themselves.

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    BadSignature,
    Malformed,
    Outcome,
    RawRequest,
    ReturnHint,
)
from payment_adapters.testing import signatures
from payment_adapters.testing.asked import MOMENTS, NO_AMOUNTS
from payment_adapters.testing.harness import AMOUNT, NOW, Harness, sample_attempt
from payment_adapters.testing.world import (
    Part,
    deaf,
    named,
    names_us,
    parse,
    refuses,
    says_unsupported,
)

ANOTHER_KEY = "another-key-entirely"


class Notices(Part):
    """Notices, in whatever form the provider writes them."""

    def test_a_good_notice_is_read(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        if not adapter.spec.capabilities.notices:
            says_unsupported(lambda: adapter.parse_notice(deaf(harness), RawRequest(method="GET")))
            return

        seen = parse(harness, harness.notice(harness.told())).observations

        assert [(s.status, s.kind, s.amount, s.currency, s.txn) for s in seen] == [
            ("succeeded", "payment", AMOUNT, "VND", harness.txn)
        ]
        assert names_us(harness, seen[0])

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_a_notice_tells_the_moment_on_a_clock_of_24_hours(self, moment: str) -> None:
        moved_at = datetime.fromisoformat(moment)

        for harness, request in self.notices(moved_at=moved_at):
            seen = parse(harness, request).observations[0]
            told = "moved_at" not in harness.leaves_out
            assert seen.occurred_at == (moved_at if told else None)

    def test_reading_twice_and_in_threads_gives_the_same(self) -> None:
        for harness, request in self.notices():
            adapter, ctx = harness.create(), deaf(harness)

            with ThreadPoolExecutor(8) as pool:
                read = list(pool.map(partial(adapter.parse_notice, ctx), [request] * 64))

            assert all(notice == read[0] for notice in read)

    def test_what_was_told_before_changes_nothing(self) -> None:
        for harness, _ in self.notices():
            adapter, ctx = harness.create(), deaf(harness)
            story = [*harness.says("notice"), "paid", *reversed(harness.says("notice"))]
            requests = [harness.notice(harness.told(says=scene)) for scene in story]

            told = [adapter.parse_notice(ctx, request) for request in requests]

            assert told == [parse(harness, request) for request in requests]

    def test_a_notice_of_what_is_not_paid_says_so(self) -> None:
        for harness, _ in self.notices():
            for scene in harness.says("notice"):
                seen = parse(harness, harness.notice(harness.told(says=scene))).observations
                assert [s.status for s in seen] == ["succeeded" if scene == "paid" else scene]


class Proof(Part):
    """Nothing passes whose signature does not fit."""

    def test_no_altered_byte_passes(self) -> None:
        for harness, request in self.notices():
            if harness.proof == "token":
                continue
            good = parse(harness, request)
            errors = (BadSignature,) if harness.proof == "raw" else (BadSignature, Malformed)
            for altered, is_signed in _altered(request, harness):
                if is_signed:
                    refuses(harness, altered, *errors)
                    continue
                with contextlib.suppress(BadSignature, Malformed):
                    assert parse(harness, altered) == good

    def test_no_altered_signature_passes(self) -> None:
        for harness, request in self.notices():
            place = harness.notice_signature
            right = signatures.of(request, place)
            wrong: list[object] = ["", "null", right[:-1], right + "0", right + "\n", right[::-1]]
            if place[0] == "json":
                wrong += [None, 0, [right], {"x": right}]
            for other in wrong:
                refuses(harness, signatures.put(request, place, other), BadSignature, Malformed)
            refuses(harness, signatures.without(request, place), BadSignature, Malformed)
            refuses(harness, signatures.twice(request, place), BadSignature, Malformed)

    def test_a_signature_in_upper_case_passes_only_where_the_provider_writes_it(self) -> None:
        for harness, request in self.notices():
            place = harness.notice_signature
            right = signatures.of(request, place)
            upper = signatures.put(request, place, right.upper())
            if harness.any_case or right == right.upper():
                assert parse(harness, upper) == parse(harness, request)
            else:
                refuses(harness, upper, BadSignature)

    def test_another_key_does_not_pass(self) -> None:
        for harness, request in self.notices(secret=ANOTHER_KEY):
            refuses(harness, request, BadSignature)

    def test_another_merchants_notice_does_not_pass(self) -> None:
        for harness, request in self.notices(merchant="OTHER001"):
            if "merchant" not in harness.leaves_out:
                refuses(harness, request, BadSignature, Malformed)

    @pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
    def test_a_stale_notice_does_not_pass(self, seconds: int) -> None:
        for harness, request in self.notices(at=NOW + timedelta(seconds=seconds)):
            if "at" not in harness.leaves_out:
                refuses(harness, request, BadSignature)

    @pytest.mark.parametrize("seconds", [-300, 0, 300])
    def test_a_notice_within_five_minutes_passes(self, seconds: int) -> None:
        for harness, request in self.notices(at=NOW + timedelta(seconds=seconds)):
            assert parse(harness, request).observations

    def test_where_no_time_is_signed_a_day_of_retries_passes(self) -> None:
        yesterday = NOW - timedelta(days=1)

        for harness, request in self.notices(at=yesterday, moved_at=yesterday):
            if "at" in harness.leaves_out:
                assert parse(harness, request).observations


class Content(Part):
    """What stands in a proven notice is read without second meanings."""

    @pytest.mark.parametrize("amount", NO_AMOUNTS, ids=range(len(NO_AMOUNTS)))
    def test_an_amount_that_is_no_whole_number_in_range_is_malformed(self, amount: str) -> None:
        for harness, request in self.notices(amount=amount):
            refuses(harness, request, *_unreadable(harness))

    def test_a_negative_amount_never_comes_in(self) -> None:
        for harness, request in self.notices(amount="-15000"):
            with contextlib.suppress(BadSignature, Malformed):
                assert parse(harness, request).observations == ()

    def test_another_currency_is_told_or_refused_but_never_taken_for_dong(self) -> None:
        for harness, request in self.notices(currency="USD"):
            if "currency" in harness.leaves_out:
                continue
            with contextlib.suppress(BadSignature, Malformed):
                assert [s.currency for s in parse(harness, request).observations] == ["USD"]

    def test_a_key_that_stands_twice_is_malformed(self) -> None:
        for harness, request in self.notices(more=(("x", "1"), ("x", "2"))):
            refuses(harness, request, *_unreadable(harness))

    @pytest.mark.parametrize("text", ['{"y":[1]}', "[1,2]", "null", '""', "1.5e4"])
    def test_unknown_members_are_overlooked(self, text: str) -> None:
        for harness, request in self.notices(more=(("x", text),)):
            good = parse(harness, harness.notice(harness.told()))
            assert parse(harness, request) == good

    def test_a_notice_without_an_optional_member_is_read(self) -> None:
        for harness, request in self.notices():
            for name in harness.optional:
                less = parse(harness, harness.notice(harness.told(without=name)))
                assert harness.notice(harness.told(without=name)) != request
                assert [s.amount for s in less.observations] == [AMOUNT]

    def test_random_bytes_raise_declared_errors_only(self) -> None:
        harness = self.harness()
        adapter, ctx, seed = harness.create(), deaf(harness), Random(2)  # noqa: S311

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

    def test_notices_with_pieces_moved_raise_declared_errors_only(self) -> None:
        for harness, request in self.notices():
            seed = Random(3)  # noqa: S311 - a sample, not a secret
            for _ in range(500):
                piece = {
                    "body": _mixed(request.body, seed),
                    "query": _mixed(request.query.encode(), seed).decode("latin-1"),
                }
                with contextlib.suppress(BadSignature, Malformed):
                    parse(harness, replace(request, **piece))


class Replies(Part):
    """What goes back to the provider, into a log, and what the browser brings."""

    def test_every_outcome_has_the_providers_reply(self) -> None:
        harness = self.harness()
        adapter = harness.create()
        if not adapter.spec.capabilities.notices:
            says_unsupported(lambda: adapter.notice_reply(Outcome.ACCEPTED))
            return

        replies = {outcome: adapter.notice_reply(outcome) for outcome in Outcome}

        assert replies == dict(harness.replies)

    def test_redacting_leaves_neither_keys_nor_names_nor_cards(self) -> None:
        card = "9704361234567890128"

        for harness, request in self.notices(more=(("x", f'"{card}"'),)):
            signature = signatures.of(request, harness.notice_signature)
            left = b"".join(map(harness.create().redact, (request.body, request.query.encode())))
            secret = [*harness.secrets, signature, card]
            assert not any(word in left for word in harness.personal)
            assert not any(word.encode() in left for word in secret)

    @pytest.mark.parametrize("scene", ["paid", "failed"])
    def test_the_returning_browser_gives_a_hint_and_no_proof(self, scene: str) -> None:
        harness = self.harness()
        if type(harness).back is Harness.back:
            return
        adapter, told = harness.create(), harness.told(says=scene)

        hint = adapter.parse_return(deaf(harness), harness.back(told))

        assert type(hint) is ReturnHint
        assert hint.provider_ref == named(harness, sample_attempt()).provider_ref
        assert hint.claimed in {scene, "unknown"}


def _unreadable(harness: Harness) -> tuple[type[Malformed] | type[BadSignature], ...]:
    """Where members are signed, they must be read before anything is proven."""
    return (Malformed,) if harness.proof == "raw" else (BadSignature, Malformed)


def _altered(request: RawRequest, harness: Harness) -> list[tuple[RawRequest, bool]]:
    """Make every notice with one bit turned, and tell whether the bit was signed."""
    found = []
    for field in ("body", "query"):
        text = getattr(request, field)
        raw = text.encode("latin-1") if isinstance(text, str) else text
        free = _places(raw, harness.unsigned)
        for place in range(len(raw)):
            turned = bytearray(raw)
            turned[place] ^= 1
            value = turned.decode("latin-1") if field == "query" else bytes(turned)
            found.append((replace(request, **{field: value}), place not in free))
    return found


def _places(raw: bytes, pieces: tuple[bytes, ...]) -> set[int]:
    begins = [(raw.index(piece), len(piece)) for piece in pieces if piece in raw]
    return {place for begin, length in begins for place in range(begin, begin + length)}


def _mixed(raw: bytes, seed: Random) -> bytes:
    first, second = sorted(seed.choices(range(len(raw) + 1), k=2))
    piece = raw[first:second]
    return seed.choice((raw[:first] + raw[second:], raw[:second] + piece + raw[second:], piece))
