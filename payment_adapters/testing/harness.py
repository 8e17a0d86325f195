"""What the kit must know of a provider, and how it plays the world around an adapter."""
# ruff: noqa: S101 - a kit of tests asserts

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    Account,
    Adapter,
    AdapterError,
    Attempt,
    Context,
    HttpAnswer,
    HttpRequest,
    Notice,
    Observation,
    Outcome,
    RawRequest,
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


def start(
    harness: Harness, attempt: Attempt, *, odd: str = "", sent: list[HttpRequest] | None = None
) -> Started:
    """Let the adapter begin a payment; `odd` spoils the answer, `sent` keeps the calls."""
    adapter, ctx = harness.create(), context_of(harness, odd=odd, sent=sent)
    return asyncio.run(adapter.start(ctx, attempt))


def query(
    harness: Harness, scene: Scene, *, odd: str = "", sent: list[HttpRequest] | None = None
) -> tuple[Observation, ...]:
    """Let the adapter ask; `odd` spoils the answer, `sent` keeps the calls."""
    adapter, ctx = harness.create(), context_of(harness, scene=scene, odd=odd, sent=sent)
    return asyncio.run(adapter.query(ctx, sample_attempt()))


def calls(harness: Harness) -> bool:
    """Tell whether starting needs a call at all."""
    sent: list[HttpRequest] = []
    if harness.create().spec.capabilities.starts:
        start(harness, sample_attempt(), sent=sent)
    return bool(sent)


def parse(harness: Harness, request: RawRequest) -> Notice:
    """Let the adapter read a notice."""
    return harness.create().parse_notice(context_of(harness), request)


def refuses(harness: Harness, request: RawRequest, error: type[AdapterError]) -> None:
    """Check that a notice is refused in the right way, and that no key is told."""
    with pytest.raises(error) as refused:
        parse(harness, request)
    assert not any(secret in repr(refused.value) for secret in harness.secrets)


def with_header(
    request: RawRequest, number: int, header: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    """Put one header in the place of another."""
    return (*request.headers[:number], header, *request.headers[number + 1 :])


def names_us(harness: Harness, seen: Observation) -> bool:
    """Tell whether an observation leads back to our attempt."""
    ref = harness.create().provider_ref(sample_attempt())
    return seen.provider_ref == ref or (bool(seen.account) and CODE in (seen.memo or ""))


def says_unsupported(call: Any) -> None:
    """Check that a call ends as `Unsupported`."""
    with pytest.raises(Unsupported):
        asyncio.run(call)


class Part:
    """A part of the kit; `Conformance` joins them."""

    def harness(self) -> Harness:
        """Hand over the harness of the adapter under test."""
        raise NotImplementedError
