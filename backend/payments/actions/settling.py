"""Money that came (tiền về): proven movements are posted, and states follow from them.

An observation is stored once, under a name made of what it says. It is posted to the attempt that
it names, or that our code in its memo names; without one it stays and is matched when the attempt
appears. Everything about one obligation happens under its row's lock.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from backend.payments.actions.adapters import Adapters
from backend.payments.model.matching import codes_in
from backend.payments.model.states import (
    ATTEMPT_MOVES,
    SETTLED,
    Fact,
    Reason,
    Standing,
    attempt_by_money,
    kept,
    reason_of,
    standing,
)
from backend.payments.model.words import MoneySetAside, ObligationRestated, ObligationSettled
from backend.payments.store import attempts, money, obligations
from backend.payments.store.rows import AttemptRow, EventRow, ObligationRow
from backend.platform import audit, db, outbox
from backend.platform.vault import DossierKey
from payment_adapters.contract import Observation, Outcome

MEMO = "money_events.memo"
RACE = timedelta(minutes=10)
"""How long parked money is matched again by the sweep; a new attempt looks for all of it."""


class Source(Struct, frozen=True, kw_only=True):
    """Where observations come from: an adapter, and the notice with its key if there is one."""

    adapter: str
    inbox: UUID | None = None
    key: DossierKey | None = None


async def settle(
    observation: Observation, *, source: Source, adapters: Adapters, now: datetime
) -> Outcome:
    """Take one observation in; told twice, it counts once and finishes what was left undone."""
    if observation.kind == "refund" or observation.status in {"pending", "not_found"}:
        return Outcome.ACCEPTED  # no adapter gives money back yet
    event = _event(observation, source=source, adapters=adapters, now=now)
    async with db.transaction():
        before = await money.add(event)
        other_amount = before is not None and before.amount != event.amount
        if other_amount and event.status == "succeeded":
            return await _contradiction(event)
        if event.status == "aside":
            return Outcome.AMOUNT_MISMATCH if before is None else Outcome.DUPLICATE
        found = await _attempts_for(event)
        if len(found) != 1:
            return Outcome.UNKNOWN_REF if before is None else Outcome.DUPLICATE
        return await post(event, found[0], now=now)


async def post(event: EventRow, attempt: AttemptRow, *, now: datetime) -> Outcome:
    """Post a movement to an attempt and let the states follow, in the caller's transaction."""
    obligation = await obligations.lock_by_id(attempt.obligation)
    fresh = await attempts.get(attempt.id) or attempt
    reason: Reason | None = None
    if event.status == "succeeded":
        reason = reason_of(
            kind=event.kind,
            money=event.amount,
            amount=obligation.amount,
            before=obligation.state,
            attempt=fresh.state,
        )
    if not await money.post(event.id, fresh, reason=reason, now=now):
        return Outcome.DUPLICATE
    if event.status == "failed":
        await attempts.move(fresh.id, "fail", ATTEMPT_MOVES["pending"]["fail"])
        return Outcome.ACCEPTED
    await audit.write(
        actor=f"adapter:{event.adapter}",
        verb=f"money_{event.kind}",
        dossier=obligation.dossier,
        unit=obligation.unit,
        facts={"attempt": str(fresh.id), "amount": event.amount, "reason": reason},
        now=now,
    )
    await refold(obligation, now=now)
    if reason is not None:
        await outbox.emit(
            MoneySetAside(
                dossier=obligation.dossier,
                at=now,
                unit=obligation.unit,
                reason=reason,
                amount=event.amount,
            )
        )
    mismatch = reason in {"short", "over"}
    return Outcome.AMOUNT_MISMATCH if mismatch else Outcome.ACCEPTED


async def refold(obligation: ObligationRow, *, now: datetime) -> None:
    """Fold all facts of a locked obligation anew; announce when it is first settled."""
    facts = await money.facts(obligation.id)
    for attempt in {fact.attempt for fact in facts}:
        own = [fact for fact in facts if fact.attempt == attempt]
        if state := attempt_by_money(obligation.amount, own):
            await attempts.decide(attempt, state)
    where = standing(obligation.basis, obligation.amount, facts)
    if not await obligations.stand(obligation, where):
        raise db.TransactionBroken("an obligation moved although it was locked")
    await obligations.record_surplus(obligation, where.surplus, now=now)
    if where.state in SETTLED:
        await attempts.supersede(obligation.id)
        if obligation.settled_at is None and obligation.basis != "cancelled":
            await _announce(obligation, where, facts, now=now)
    if obligation.settled_at is not None and where.paid != obligation.paid:
        await outbox.emit(ObligationRestated(dossier=obligation.dossier, at=now))


async def _announce(
    obligation: ObligationRow, where: Standing, facts: Sequence[Fact], *, now: datetime
) -> None:
    exact = (fact.attempt for fact in kept(facts) if fact.amount == obligation.amount)
    paying = next(exact, None)
    attempt = await attempts.get(paying) if paying else None
    adapter = attempt.adapter if attempt else None
    await obligations.settle(obligation.id, by=adapter, now=now)
    await outbox.emit(
        ObligationSettled(
            dossier=obligation.dossier,
            at=now,
            unit=obligation.unit,
            procedure=obligation.procedure,
            state=where.state,
            adapter=adapter,
            amount=obligation.amount or 0,
        )
    )


async def match_parked(attempt: AttemptRow, *, now: datetime) -> None:
    """Post what came before the attempt was known, in the transaction that makes it."""
    for event in await money.parked_for(attempt):
        if [one.id for one in await _attempts_for(event)] == [attempt.id]:
            await post(event, attempt, now=now)


async def match_lately_parked(*, now: datetime) -> int:
    """Match what was parked while its attempt was being made (recurring work)."""
    matched = 0
    for event in await money.parked_since(now - RACE, most=200):
        found = await _attempts_for(event)
        if len(found) == 1:
            async with db.transaction():
                await post(event, found[0], now=now)
            matched += 1
    return matched


async def _attempts_for(event: EventRow) -> list[AttemptRow]:
    if event.provider_ref:
        return await attempts.by_ref(event.adapter, event.provider_ref)
    return await attempts.by_codes(event.account, event.codes.split())


async def _contradiction(event: EventRow) -> Outcome:
    """Keep the same movement told with another amount, apart: it moves nothing."""
    txn = f"{event.txn}:{event.amount}"
    row = replace(
        event,
        id=money.event_id(event.adapter, event.account, txn, event.kind, "aside"),
        txn=txn,
        status="aside",
        reason="contradiction",
    )
    before = await money.add(row)
    return Outcome.AMOUNT_MISMATCH if before is None else Outcome.DUPLICATE


def _event(seen: Observation, *, source: Source, adapters: Adapters, now: datetime) -> EventRow:
    reason = _aside(seen, production=adapters.production)
    status: Literal["succeeded", "failed", "aside"] = "succeeded"
    if reason:
        status = "aside"
    elif seen.status == "failed":
        status = "failed"
    ref, account = seen.provider_ref or "", seen.account or ""
    txn = seen.txn or f"ref:{ref}"
    codes = " ".join(codes_in(seen.memo or ""))
    if reason is None and not ref and not codes:
        reason = "no_text"
    memo = (seen.memo or "").encode()
    return EventRow(
        id=money.event_id(source.adapter, account, txn, seen.kind, status),
        adapter=source.adapter,
        account=account,
        txn=txn,
        kind="reversal" if seen.kind == "reversal" else "payment",
        status=status,
        amount=seen.amount or 0,
        provider_ref=ref,
        codes=codes,
        reason=reason,
        unit=adapters.unit_of(account) if account else "*",
        inbox=source.inbox,
        sealed=source.key.seal(MEMO, memo) if source.key and memo else None,
        occurred_at=seen.occurred_at,
        received_at=now,
    )


def _aside(seen: Observation, *, production: bool) -> Reason | None:
    """Tell why a movement may not count by itself, whoever it is for."""
    if seen.currency != "VND":
        return "currency"
    if seen.test and production:
        return "test"
    unclear = seen.status == "succeeded" and not seen.amount
    return "review" if unclear or seen.status == "review" else None
