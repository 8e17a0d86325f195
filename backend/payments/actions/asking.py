"""Asking providers (hỏi lại): what became of an attempt, on a ladder and before time runs out."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from backend.payments.actions import health, settling
from backend.payments.actions.adapters import Adapters
from backend.payments.model.states import ATTEMPT_MOVES, LIVE, Verb
from backend.payments.store import attempts, obligations
from backend.payments.store.rows import AttemptRow, ObligationRow
from backend.platform import jobs
from backend.platform.kit import logs
from backend.platform.kit.clock import Clock
from backend.platform.kit.ids import Randomness
from payment_adapters import contract

TOPIC = "payments.ask"
LADDER = tuple(
    timedelta(minutes=minutes) for minutes in (1, 3, 7, 15, 30, 2 * 60, 6 * 60, 24 * 60, 47 * 60)
)
"""When an attempt is asked about, counted from its making; each a little off, by chance."""

DAY = timedelta(hours=24)
EXPIRY, RETURN = -1, -2
_BEFORE_THE_END = timedelta(hours=1)
_DEADLINE = 20.0
_JITTER = 0.1
_TAKEN_BY_NOW = timedelta(minutes=2)
_PATIENCE_PAST_EXPIRY = timedelta(minutes=15)
_logger = logs.get("payments")


def ladder(hours: int) -> tuple[timedelta, ...]:
    """Give the ladder of a provider that tells of an attempt for so many hours.

    It goes on daily after the steps of everybody, and asks once more an hour before the end.
    """
    window = timedelta(hours=hours)
    last = window - min(_BEFORE_THE_END, window / 4)
    steps = [step for step in LADDER if step < last]
    following = LADDER[-1] + DAY
    while following < last:
        steps.append(following)
        following += DAY
    return (*steps, last)


class Ask(Struct, frozen=True):
    """A job: ask about an attempt; `step` of the ladder, EXPIRY or RETURN."""

    attempt: UUID
    step: int


async def watch(
    attempt: AttemptRow, adapter: contract.Adapter, *, now: datetime, random: Randomness
) -> None:
    """Begin to ask about an attempt, in the transaction that makes it."""
    if adapter.spec.capabilities.queries:
        steps = ladder(adapter.spec.capabilities.query_hours)
        await _next(attempt, 0, steps, now=now, random=random)


async def ask(work: Ask, *, adapters: Adapters, clock: Clock, random: Randomness) -> None:
    """Ask once and take in the answer; the ladder goes on until money has spoken.

    `jobs.Later` when an attempt is to end and its provider cannot be reached yet.
    """
    attempt = await attempts.get(work.attempt)
    if attempt is None or attempt.state in {"succeeded", "review"}:
        return
    statuses = await _asked(attempt, adapters=adapters, now=clock)
    if work.step == EXPIRY:
        await _end(attempt, statuses, now=clock())
        return
    await _note(attempt, statuses, now=clock())
    steps = _steps(attempt, adapters)
    if 0 <= work.step < len(steps) - 1:
        await _next(attempt, work.step + 1, steps, now=clock(), random=random)


async def probe(*, adapters: Adapters, clock: Clock) -> None:
    """Ask providers that do not answer about their latest attempt; a word brings them back."""
    for name in sorted(await health.down(now=clock())):
        latest = await attempts.latest(name)
        if latest is not None and can_ask(latest, adapters):
            await _asked(latest, adapters=adapters, now=clock)


async def sweep(*, adapters: Adapters, now: datetime) -> None:
    """End attempts whose time is over: ask first where one can ask (recurring work)."""
    for attempt in await attempts.overdue(now, most=100):
        if not can_ask(attempt, adapters):
            await _move(attempt, "give_up")
        else:
            await jobs.add(
                TOPIC,
                lane=None,
                key=f"{attempt.id}:expiry",
                payload=Ask(attempt.id, EXPIRY),
                due_at=now,
            )


async def ask_soon(adapter: str, provider_ref: str, *, now: datetime) -> None:
    """Ask about an attempt whose browser came back; once, and not here."""
    for attempt in await attempts.by_ref(adapter, provider_ref):
        if attempt.state in LIVE:
            payload = Ask(attempt.id, RETURN)
            await jobs.add(
                TOPIC, lane=None, key=f"{attempt.id}:return", payload=payload, due_at=now
            )


def can_ask(attempt: AttemptRow, adapters: Adapters) -> bool:
    """Tell whether the provider of an attempt can be asked about it."""
    found = adapters.find(attempt.adapter)
    return found is not None and found.spec.capabilities.queries


def as_adapter_sees(row: AttemptRow, obligation: ObligationRow) -> contract.Attempt:
    """Give an adapter what it may know of an attempt."""
    account = None
    if obligation.account and obligation.bank_bin:
        account = contract.Account(
            bank_bin=obligation.bank_bin,
            number=obligation.account,
            name=obligation.account_name or "",
        )
    return contract.Attempt(
        code=row.code,
        amount=row.amount,
        description=row.description,
        created_at=row.created_at,
        expires_at=row.expires_at or row.created_at,
        account=account,
        provider_ref=row.provider_ref,
    )


def log_refusal(row: AttemptRow, fault: Exception) -> None:
    """Write which adapter failed and how, without its words."""
    _logger.warning(
        "provider-failed", extra={"adapter": row.adapter, "reason": type(fault).__name__}
    )


async def _asked(attempt: AttemptRow, *, adapters: Adapters, now: Clock) -> set[str]:
    """Ask and take in what is told; the statuses that were told, none when nothing is known."""
    seen = await _query(attempt, adapters) or ()
    for observation in seen:
        source = settling.Source(adapter=attempt.adapter)
        await settling.settle(observation, source=source, adapters=adapters, now=now())
    return {one.status for one in seen}


async def _query(
    attempt: AttemptRow, adapters: Adapters
) -> tuple[contract.Observation, ...] | None:
    """Ask the provider; None when nothing is known."""
    adapter = adapters.find(attempt.adapter)
    if adapter is None or not adapter.spec.capabilities.queries:
        return None
    obligation = await obligations.get(attempt.obligation)
    try:
        async with health.watched(attempt.adapter, adapters) as ctx, asyncio.timeout(_DEADLINE):
            return await adapter.query(ctx, as_adapter_sees(attempt, obligation))
    except Exception as fault:  # noqa: BLE001 - a provider that cannot be asked is asked later
        log_refusal(attempt, fault)
        return None


async def _note(attempt: AttemptRow, statuses: set[str], *, now: datetime) -> None:
    """Move a doubtful attempt by what the provider said of it."""
    if attempt.state == "created":
        await _move(attempt, "doubt")
    if "pending" in statuses:
        await _move(attempt, "start")
    elif "not_found" in statuses and now - attempt.created_at > _TAKEN_BY_NOW:
        await attempts.fail_doubtful(attempt.id)


async def _end(attempt: AttemptRow, statuses: set[str], *, now: datetime) -> None:
    if statuses & {"pending", "not_found", "failed"}:
        await _move(attempt, "expire")
        return
    if statuses:
        return
    if attempt.expires_at and now - attempt.expires_at < _PATIENCE_PAST_EXPIRY:
        raise jobs.Later(60)
    await _move(attempt, "give_up")


async def _move(attempt: AttemptRow, verb: Verb) -> None:
    await attempts.move(attempt.id, verb, ATTEMPT_MOVES["created"][verb])


def _steps(attempt: AttemptRow, adapters: Adapters) -> tuple[timedelta, ...]:
    found = adapters.find(attempt.adapter)
    return ladder(found.spec.capabilities.query_hours) if found else ()


async def _next(
    attempt: AttemptRow,
    step: int,
    steps: tuple[timedelta, ...],
    *,
    now: datetime,
    random: Randomness,
) -> None:
    spread = 1 + _JITTER * (random(1)[0] / 255)
    in_time = min(steps[step] * spread, steps[-1])
    due_at = max(attempt.created_at + in_time, now)
    await jobs.add(
        TOPIC,
        lane=None,
        key=f"{attempt.id}:{step}",
        payload=Ask(attempt.id, step),
        due_at=due_at,
    )
