"""Folding (tính lại): from all facts of one obligation its state, its refunds, its ledger.

Everything here runs under the lock of the obligation's row, in the caller's transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from backend.payments.model import ledger as book
from backend.payments.model.refunds import GIVEN, REDUCIBLE, VOID, shares
from backend.payments.model.states import (
    SETTLED,
    Back,
    Fact,
    Standing,
    attempt_by_money,
    kept,
    standing,
)
from backend.payments.model.words import ObligationRestated, ObligationSettled
from backend.payments.store import attempts, ledger, money, obligations, refunds
from backend.payments.store.rows import ObligationRow, RefundRow
from backend.platform import db, outbox

SYSTEM = "system"
_WHY = {"cancelled": "ended", "exempt": "exempt", "nothing_due": "nothing_due"}


async def refold(obligation: ObligationRow, *, now: datetime) -> Standing:
    """Fold all facts of a locked obligation anew; announce when it is first settled."""
    facts = await money.facts(obligation.id)
    for attempt in {fact.attempt for fact in facts}:
        own = [fact for fact in facts if fact.attempt == attempt]
        if state := attempt_by_money(obligation.amount, own, counting=obligation.counting):
            await attempts.decide(attempt, state)
    back = back_of(await refunds.of(obligation.id))
    where = stands(obligation, facts, back)
    if not await obligations.stand(obligation, where, given_back=back.given):
        raise db.TransactionBroken("an obligation moved although it was locked")
    await _cover(obligation, where, facts, now=now)
    await _write(obligation, where, facts, back, now=now)
    if where.state in SETTLED:
        await attempts.supersede(obligation.id)
        if obligation.settled_at is None and obligation.basis != "cancelled":
            await _announce(obligation, where, facts, now=now)
    if obligation.settled_at is not None:
        await outbox.emit(ObligationRestated(dossier=obligation.dossier, at=now))
    return where


def stands(obligation: ObligationRow, facts: Sequence[Fact], back: Back) -> Standing:
    """Fold facts into where an obligation stands."""
    return standing(
        obligation.basis, obligation.amount, facts, counting=obligation.counting, back=back
    )


def back_of(rows: Sequence[RefundRow]) -> Back:
    """Sum what became of an obligation's surplus by its refunds."""
    return Back(
        given=sum(one.amount for one in rows if one.state in GIVEN),
        refused=sum(one.amount for one in rows if one.state == "rejected"),
    )


def wanted(
    obligation: ObligationRow, where: Standing, facts: Sequence[Fact], back: Back
) -> dict[book.Account, int]:
    """Say what the ledger's accounts of an obligation must hold."""
    return book.balances(
        obligation.basis,
        obligation.amount,
        where,
        facts,
        given_back=back.given,
        refused=min(back.refused, max(0, where.surplus - back.given)),
    )


async def open_books(obligation: ObligationRow, *, now: datetime) -> None:
    """Write what a new obligation charges into the ledger."""
    back = Back()
    await _write(obligation, stands(obligation, (), back), (), back, now=now)


async def _write(
    obligation: ObligationRow,
    where: Standing,
    facts: Sequence[Fact],
    back: Back,
    *,
    now: datetime,
) -> None:
    lines = book.towards(
        wanted(obligation, where, facts, back),
        await ledger.balances(obligation.id),
        obligation=obligation.id,
        unit=obligation.unit,
    )
    await ledger.add(uuid5(obligation.id, f"fold {obligation.rev}"), "fold", lines, now=now)


async def _cover(
    obligation: ObligationRow, where: Standing, facts: Sequence[Fact], *, now: datetime
) -> None:
    """Bring the refunds to the exact surplus: add what is missing, or ask for it anew."""
    live = [one for one in await refunds.of(obligation.id) if one.state not in VOID]
    movable = [one for one in live if one.state in REDUCIBLE]
    firm = [one for one in live if one.state not in REDUCIBLE]
    need = max(0, where.surplus - sum(one.amount for one in firm))
    if need < sum(one.amount for one in movable):
        for one in movable:
            await refunds.take(one.id, "withdraw", ended_at=now)
        live, movable = firm, []
    missing = need - sum(one.amount for one in movable)
    if missing > 0:
        await _request(obligation, where, facts, live, missing, now=now)


async def _request(
    obligation: ObligationRow,
    where: Standing,
    facts: Sequence[Fact],
    live: Sequence[RefundRow],
    missing: int,
    *,
    now: datetime,
) -> None:
    keep = where.applied if obligation.counting == "exact" else 0
    parts = shares(kept(facts), keep=keep, taken=_taken(facts, live), missing=missing)
    reason = _WHY.get(obligation.basis, "second" if obligation.counting == "exact" else "over")
    for number, (fact, amount) in enumerate(parts):
        await refunds.add(
            RefundRow(
                id=uuid5(obligation.id, f"refund {obligation.rev} {number}"),
                obligation=obligation.id,
                event=fact.event if fact else None,
                unit=obligation.unit,
                amount=amount,
                state="requested",
                reason=reason,
                at=now,
                requested_by=SYSTEM,
            )
        )


def _taken(facts: Sequence[Fact], live: Sequence[RefundRow]) -> dict[str, int]:
    """Sum what refunds take out of each movement already."""
    movements = {fact.event: fact.movement for fact in facts}
    taken: dict[str, int] = {}
    for one in live:
        if one.event in movements:
            movement = movements[one.event]
            taken[movement] = taken.get(movement, 0) + one.amount
    return taken


async def _announce(
    obligation: ObligationRow, where: Standing, facts: Sequence[Fact], *, now: datetime
) -> None:
    adapter = await _paying(obligation, facts)
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


async def _paying(obligation: ObligationRow, facts: Sequence[Fact]) -> str | None:
    paying: UUID | None = next((fact.attempt for fact in paying_facts(obligation, facts)), None)
    attempt = await attempts.get(paying) if paying else None
    return attempt.adapter if attempt else None


def paying_facts(obligation: ObligationRow, facts: Sequence[Fact]) -> list[Fact]:
    """List the payments that settle: those of the exact amount, or all where the sum counts."""
    every = obligation.counting == "sum"
    return [fact for fact in kept(facts) if every or fact.amount == obligation.amount]
