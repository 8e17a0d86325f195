"""Money that came (tiền về): proven movements are posted, and states follow from them.

An observation is stored once, under a name made of what it says. It is posted to the attempt that
it names, or that our code in its memo names; without one it stays and is matched when the attempt
appears. Everything about one obligation happens under its row's lock.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from msgspec import Struct
from msgspec.structs import replace

from backend.payments.actions import refunding
from backend.payments.actions.adapters import Adapters
from backend.payments.actions.folding import refold
from backend.payments.model.ledger import Line, came, holder_of, pair
from backend.payments.model.matching import codes_in
from backend.payments.model.states import ATTEMPT_MOVES, Reason, reason_of
from backend.payments.model.words import MoneySetAside
from backend.payments.store import attempts, ledger, money, obligations
from backend.payments.store.rows import AttemptRow, EventRow, ObligationRow
from backend.platform import audit, db, jobs, outbox
from backend.platform.vault import DossierKey
from payment_adapters.contract import Observation, Outcome

MEMO = "money_events.memo"
RACE = timedelta(minutes=10)
"""How long parked money is matched again by the sweep."""

EARLY = timedelta(days=1)
"""How far back a new attempt looks for money that came before it: its code was made just now, so
that older money naming it is chance, and a person's to judge. A year of it is not searched."""


FETCH = "payments.bill"


class Fetch(Struct, frozen=True):
    """A job: fetch the receipt that a provider gives out for an attempt."""

    attempt: UUID


class Source(Struct, frozen=True, kw_only=True):
    """Where observations come from: an adapter, and the notice with its key if there is one."""

    adapter: str
    inbox: UUID | None = None
    key: DossierKey | None = None


async def settle(
    observation: Observation, *, source: Source, adapters: Adapters, now: datetime
) -> Outcome:
    """Take one observation in; told twice, it counts once and finishes what was left undone."""
    heard = None
    if observation.kind == "refund":
        heard = await refunding.heard(observation, adapter=source.adapter, now=now)
    if heard is not None or observation.status in {"pending", "not_found"}:
        return heard or Outcome.ACCEPTED
    event = _event(observation, source=source, adapters=adapters, now=now)
    async with db.transaction():
        before = await take_in(event, now=now)
        other_amount = before is not None and before.amount != event.amount
        if other_amount and event.status == "succeeded":
            return await _contradiction(event)
        if event.status == "aside":
            return Outcome.AMOUNT_MISMATCH if before is None else Outcome.DUPLICATE
        if before is not None and await money.was_posted(before.id):
            return Outcome.DUPLICATE  # all that follows from it was stored with its posting
        found = await _attempts_for(event)
        if len(found) != 1:
            return Outcome.UNKNOWN_REF if before is None else Outcome.DUPLICATE
        outcome = await post(event, found[0], now=now)
        if (event.kind, event.status) == ("payment", "succeeded"):
            await _want_bill(found[0], adapters, now=now)
        return outcome


async def take_in(event: EventRow, *, now: datetime) -> EventRow | None:
    """Keep a movement and write it into the ledger; the one that stands there when told before."""
    before = await money.add(event)
    if before is None and event.status == "succeeded":
        lines = came(event.adapter, event.account, event.txn, kind=event.kind, amount=event.amount)
        await ledger.add(event.id, "money", lines, now=now)
    return before


async def post(event: EventRow, attempt: AttemptRow, *, now: datetime) -> Outcome:
    """Post a movement to an attempt and let the states follow, in the caller's transaction."""
    obligation = await obligations.lock_by_id(attempt.obligation)
    fresh = await attempts.get(attempt.id) or attempt
    reason: Reason | None = None
    if event.status == "succeeded":
        reason = reason_of(
            kind=event.kind,
            money=event.amount,
            amount=None if obligation.amount is None else obligation.due,
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
    await book_match(event, obligation, now=now)
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


async def book_match(event: EventRow, obligation: ObligationRow, *, now: datetime) -> None:
    """Write into the ledger that money is an obligation's now, and no longer nobody's."""
    signed = event.amount if event.kind == "payment" else -event.amount
    lines = pair(
        Line(account="suspense", holder=holder_of(event.adapter, event.account), amount=signed),
        Line(account="received", holder=obligation.unit, amount=-signed, obligation=obligation.id),
    )
    await ledger.add(uuid5(event.id, "match"), "match", lines, now=now)


async def _want_bill(attempt: AttemptRow, adapters: Adapters, *, now: datetime) -> None:
    """Let the provider's own receipt be fetched, where it gives out any; later, and once."""
    adapter = adapters.find(attempt.adapter)
    if adapter is not None and adapter.spec.capabilities.bills:
        payload = Fetch(attempt.id)
        await jobs.add(FETCH, lane=None, key=str(attempt.id), payload=payload, due_at=now)


async def match_parked(attempt: AttemptRow, *, now: datetime) -> None:
    """Post what came before the attempt was known, in the transaction that makes it."""
    for event in await money.parked_for(attempt, since=now - EARLY):
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
    """Find the attempts that money may be for; what takes a payment back goes where it went."""
    if event.kind == "reversal" and (payment := await money.twin(event, "payment")):
        place = await money.place(payment)
        moved = await attempts.get(place[1]) if place else None
        if moved is not None:
            return [moved]
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
    kind: Literal["payment", "reversal"] = "payment" if seen.kind == "payment" else "reversal"
    codes = " ".join(codes_in(seen.memo or ""))
    if reason is None and not ref and not codes:
        reason = "no_text"
    memo = (seen.memo or "").encode()
    return EventRow(
        id=money.event_id(source.adapter, account, txn, seen.kind, status),
        adapter=source.adapter,
        account=account,
        txn=txn,
        kind=kind,
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
    unclear = (seen.status == "succeeded" and not seen.amount) or seen.kind == "refund"
    return "review" if unclear or seen.status == "review" else None
