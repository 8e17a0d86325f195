"""Noticing that a provider is down (kênh trả tạm ngừng), and that it is back.

Kept in the database, because the process that asks providers is often another than the one that
offers ways to pay, and a hidden way is called by nobody but the asking. Whoever answers costs one
read a call and no write.
"""

import contextlib
from collections.abc import AsyncGenerator
from datetime import datetime

from backend.payments.actions.adapters import Adapters
from backend.payments.model.health import SILENT, WELL, Met, after, is_down
from backend.payments.model.words import ProviderHealth
from backend.payments.store import health
from backend.platform import db
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM
from payment_adapters import contract

_logger = logs.get("payments")


@contextlib.asynccontextmanager
async def watched(adapter: str, adapters: Adapters) -> AsyncGenerator[contract.Context, None]:
    """Give what one call to a provider may use, and note what it met; a deadline goes inside."""
    met: list[Met] = []
    context = adapters.context(adapter, met=met.append)
    try:
        yield context
    except TimeoutError:
        met.append("silence")
        raise
    finally:
        if met:
            await _note(adapter, met[-1], now=context.clock())


async def down(*, now: datetime) -> frozenset[str]:
    """Name the adapters whose providers do not answer; citizens are not offered them."""
    found = await health.silent(least=SILENT)
    return frozenset(name for name, one in found.items() if is_down(one, now=now))


async def report(adapters: Adapters) -> list[ProviderHealth]:
    """Say of every adapter that is on how its provider answers (for the operator)."""
    now = adapters.now()
    silent = await health.silent(least=1)
    found = []
    for card in adapters.cards():
        one = silent.get(card.adapter, WELL)
        found.append(
            ProviderHealth(
                adapter=card.adapter,
                title=card.title_vi,
                calls=adapters.calls(card.adapter),
                silent=one.silent,
                since=one.since.astimezone(VIETNAM) if one.since else None,
                down=is_down(one, now=now),
            )
        )
    return found


async def _note(adapter: str, met: Met, *, now: datetime) -> None:
    """Keep what a call met. That it cannot be kept changes nothing of what the call itself did."""
    try:
        if met == "answer" and not (await health.of(adapter)).silent:
            return
        async with db.transaction():
            before = await health.lock(adapter)
            then = after(before, met, at=now)
            await health.keep(adapter, then)
    except Exception:
        _logger.exception("health-not-kept", extra={"adapter": adapter})
        return
    if is_down(then, now=now) != is_down(before, now=now):
        said = "provider-down" if then.silent else "provider-back"
        _logger.warning(said, extra={"adapter": adapter})
