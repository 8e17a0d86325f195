"""How the kit plays the world around an adapter: a clock that stands still, calls that go wrong."""
# ruff: noqa: S101 - a kit of tests asserts

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    AdapterError,
    Attempt,
    Context,
    HttpAnswer,
    HttpRequest,
    Notice,
    Observation,
    RawRequest,
    Refund,
    Started,
    Transient,
    Unsupported,
    Unsure,
)
from payment_adapters.strict import read_config
from payment_adapters.testing.harness import (
    CODE,
    NOW,
    Harness,
    Told,
    sample_attempt,
    sample_refund,
)

ODD = ("timeout", "html", "500", "302", "cut", "empty", "array", "unsigned", "forged")
"""What may go wrong with an answer; after each of them nothing is known."""


def context_of(
    harness: Harness,
    *,
    told: Told | None = None,
    odd: str = "",
    sent: list[HttpRequest] | None = None,
    production: bool = False,
) -> Context:
    """Make the context of the kit: time stands still, calls go to the harness."""

    async def send(request: HttpRequest) -> HttpAnswer:
        await asyncio.sleep(0)
        if sent is not None:
            sent.append(request)
        return _spoilt(harness, harness.answer(request, told or harness.told()), odd)

    return Context(
        config=read_config(harness.create().spec.config_type, harness.settings),
        send=send,
        clock=lambda: NOW,
        random=lambda size: b"\x07" * size,
        notice_url="https://motcua.example.vn/api/v1/payments/notices/x",
        return_url="https://motcua.example.vn/api/v1/payments/return/x",
        production=production,
    )


def _spoilt(harness: Harness, answer: HttpAnswer, odd: str) -> HttpAnswer:
    if odd == "timeout":
        raise Unsure("timeout")
    if odd == "unreachable":
        raise Transient("unreachable")
    if odd in {"unsigned", "forged"}:
        spoilt = harness.spoil(answer, odd)
        if spoilt is None:  # it signs no such answer, so there is nothing to spoil
            raise Unsure(odd)
        return spoilt
    others = {
        "html": HttpAnswer(status=200, body=b"<html>502 Bad Gateway</html>"),
        "500": HttpAnswer(status=500, headers=answer.headers, body=answer.body),
        "302": HttpAnswer(status=302, headers={"location": "https://elsewhere.example"}),
        "cut": HttpAnswer(status=200, headers=answer.headers, body=answer.body[:-5]),
        "empty": HttpAnswer(status=200, headers=answer.headers),
        "array": HttpAnswer(status=200, headers=answer.headers, body=b"[]"),
    }
    return others.get(odd, answer)


# -- one call each: `odd` spoils the answer, `sent` keeps the calls, `told` is what is answered ----


def start(harness: Harness, attempt: Attempt, **world: Any) -> Started:
    """Let the adapter begin a payment."""
    adapter = harness.create()
    return asyncio.run(adapter.start(context_of(harness, **world), named(harness, attempt)))


def query(harness: Harness, told: Told | None = None, **world: Any) -> tuple[Observation, ...]:
    """Let the adapter ask about the sample attempt."""
    ctx = context_of(harness, told=told, **world)
    return asyncio.run(harness.create().query(ctx, named(harness, sample_attempt())))


def refund(harness: Harness, wish: Refund, told: Told | None = None, **world: Any) -> Observation:
    """Let the adapter give money back."""
    ctx = context_of(harness, told=told, **world)
    return asyncio.run(harness.create().refund(ctx, named_refund(harness, wish)))


def query_refund(harness: Harness, told: Told | None = None, **world: Any) -> Observation:
    """Let the adapter ask about the sample giving back."""
    ctx = context_of(harness, told=told, **world)
    return asyncio.run(harness.create().query_refund(ctx, named_refund(harness, sample_refund())))


def bill(harness: Harness, **world: Any) -> bytes:
    """Let the adapter fetch the provider's receipt."""
    ctx = context_of(harness, **world)
    return asyncio.run(harness.create().fetch_bill(ctx, named(harness, sample_attempt())))


def parse(harness: Harness, request: RawRequest) -> Notice:
    """Let the adapter read a notice; a call out of it fails the test."""
    return harness.create().parse_notice(deaf(harness), request)


def deaf(harness: Harness) -> Context:
    """Make a context in which nothing may be sent."""

    def no_call(request: HttpRequest) -> Awaitable[HttpAnswer]:
        raise AssertionError(f"a call out of a reading: {request.method}")

    return dataclasses.replace(context_of(harness), send=no_call)


def named(harness: Harness, attempt: Attempt) -> Attempt:
    """Give an attempt the reference that the core keeps with it."""
    return replace(attempt, provider_ref=harness.create().provider_ref(attempt))


def named_refund(harness: Harness, wish: Refund) -> Refund:
    """Give a giving back, and its attempt, the references that the core keeps with them."""
    named_wish = replace(wish, attempt=named(harness, wish.attempt))
    return replace(named_wish, provider_ref=harness.create().refund_ref(named_wish))


# -- what every part of the kit asks --------------------------------------------------------------


def calls(harness: Harness) -> bool:
    """Tell whether starting needs a call at all."""
    sent: list[HttpRequest] = []
    if harness.create().spec.capabilities.starts:
        start(harness, sample_attempt(), sent=sent)
    return bool(sent)


def refuses(
    harness: Harness, request: RawRequest, *errors: type[AdapterError], how: Any = parse
) -> None:
    """Check that a message is refused in a right way, and that no key is told."""
    with pytest.raises(errors) as refused:
        how(harness, request)
    assert not any(secret in repr(refused.value) for secret in harness.secrets)


def names_us(harness: Harness, seen: Observation) -> bool:
    """Tell whether an observation leads back to our attempt."""
    ref = harness.create().provider_ref(sample_attempt())
    return seen.provider_ref == ref or (bool(seen.account) and CODE in (seen.memo or ""))


def says_unsupported(call: Callable[[], Any]) -> None:
    """Check that a call ends as `Unsupported`."""

    async def run() -> None:
        answer = call()
        if isinstance(answer, Awaitable):
            await answer

    with pytest.raises(Unsupported):
        asyncio.run(run())


class Part:
    """A part of the kit; `Conformance` joins them."""

    def harness(self) -> Harness:
        """Hand over the harness of the adapter under test."""
        raise NotImplementedError

    def notices(self, **changes: Any) -> Iterator[tuple[Harness, RawRequest]]:
        """Make a signed notice with changes; none where the provider tells nothing unasked."""
        harness = self.harness()
        if harness.create().spec.capabilities.notices:
            yield harness, harness.notice(harness.told(**changes))
