"""Giving money back (hoàn tiền): agreed to by a second person, then by the provider or by hand.

A provider is called once with one reference; whatever is not known is asked about, and never sent
again under another name. Each step holds the obligation's row, so that all refunds together never
exceed what came.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from msgspec.structs import replace

from backend.payments.actions.folding import refold
from backend.payments.model import ledger as book
from backend.payments.model.refunds import (
    VOID,
    RefundDecided,
    RefundVerb,
    SamePerson,
    TooMuchBack,
)
from backend.payments.model.states import kept
from backend.payments.model.words import RefundGiven
from backend.payments.store import desk, ledger, money, obligations, refunds
from backend.payments.store.rows import EventRow, ObligationRow, RefundRow
from backend.platform import audit, db, outbox
from backend.platform.kit.errors import NotFound
from payment_adapters.contract import Observation, Outcome

_NONE_YET: frozenset[str] = frozenset({"pending", "not_found", "review"})


async def request(event: EventRow, *, unit: str, reason: str, by: str, now: datetime) -> RefundRow:
    """Ask that money of no dossier be given back (đề nghị hoàn), in the caller's transaction."""
    before = await refunds.of_event(event.id)
    row = RefundRow(
        id=uuid5(event.id, f"refund {len(before)}"),
        obligation=None,
        event=event.id,
        unit=unit,
        amount=event.amount,
        state="requested",
        reason=reason,
        at=now,
        requested_by=by,
    )
    if any(one.state not in VOID | {"rejected"} for one in before) or not await refunds.add(row):
        raise RefundDecided
    await ledger.add(row.id, "refund", _reserved(event, row.amount), now=now)
    return row


async def reject(refund: UUID, *, seen: int, by: str, now: datetime) -> RefundRow:
    """Refuse to give money back (không hoàn), as the second person; it stays where it is."""
    async with db.transaction():
        row, obligation = await locked(refund)
        if row.requested_by == by:
            raise SamePerson
        await step(row, "reject", seen=seen, by=by, now=now, approved_by=by, ended_at=now)
        await _free(row, obligation, now=now)
        return await read(row.id)


async def pay_out(refund: UUID, *, seen: int, evidence: str, by: str, now: datetime) -> RefundRow:
    """Note that the accountant paid it out, with the number of the proof (số chứng từ)."""
    async with db.transaction():
        row, _obligation = await locked(refund)
        if row.route != "manual":
            raise RefundDecided
        await step(row, "pay_out", seen=seen, by=by, now=now, evidence=evidence, paid_by=by)
        return await read(row.id)


async def confirm(refund: UUID, *, seen: int, by: str, now: datetime) -> RefundRow:
    """Confirm as another person that it was paid out (xác nhận đã chi); now it is given back."""
    async with db.transaction():
        row, obligation = await locked(refund)
        if row.paid_by == by:
            raise SamePerson
        await step(row, "confirm", seen=seen, by=by, now=now, confirmed_by=by, ended_at=now)
        await _gone(row, obligation, now=now)
        return await read(row.id)


async def send_back(refund: UUID, *, seen: int, by: str, now: datetime) -> RefundRow:
    """Send a payout back whose proof is not right (trả lại chứng từ)."""
    async with db.transaction():
        row, _obligation = await locked(refund)
        await step(row, "send_back", seen=seen, by=by, now=now)
        return await read(row.id)


async def heard(observation: Observation, *, adapter: str, now: datetime) -> Outcome | None:
    """Take in what a provider tells of a refund; None when money left that we know nothing of."""
    ref = observation.provider_ref or ""
    found = await refunds.by_ref(ref, adapter)
    if found is None and observation.amount is not None:
        found = await refunds.by_attempt(ref, adapter, observation.amount)
    if found is not None:
        return await conclude(found.id, observation, now=now)
    return None if observation.status == "succeeded" else Outcome.ACCEPTED


async def conclude(refund: UUID, observation: Observation, *, now: datetime) -> Outcome:
    """Let a provider's word decide a refund; success wins over an earlier failure."""
    async with db.transaction():
        row, obligation = await locked(refund)
        if observation.status in _NONE_YET:
            return Outcome.ACCEPTED
        if observation.amount is not None and observation.amount != row.amount:
            return Outcome.AMOUNT_MISMATCH
        verb: RefundVerb = "succeed" if observation.status == "succeeded" else "fail"
        if not await refunds.take(row.id, verb, ended_at=now):
            return Outcome.DUPLICATE
        await _note(row, verb, by=f"adapter:{await _adapter(row)}", now=now)
        if verb == "succeed":
            await _gone(row, obligation, now=now)
        else:
            await _free(row, obligation, now=now)
        return Outcome.ACCEPTED


async def locked(refund: UUID) -> tuple[RefundRow, ObligationRow | None]:
    """Read a refund and keep its obligation (or itself) to this transaction; NotFound."""
    row = await refunds.get(refund)
    if row is None:
        raise NotFound
    if row.obligation is None:
        return row, None
    obligation = await obligations.lock_by_id(row.obligation)
    return await read(refund), obligation


async def read(refund: UUID) -> RefundRow:
    """Read a refund; NotFound."""
    row = await refunds.get(refund)
    if row is None:
        raise NotFound
    return row


async def step(
    row: RefundRow, verb: RefundVerb, *, seen: int, by: str, now: datetime, **more: object
) -> None:
    """Take a step that an officer decided; RefundDecided when somebody came first."""
    if not await refunds.take(row.id, verb, seen=seen, **more):
        raise RefundDecided
    await _note(row, verb, by=by, now=now)


async def _note(row: RefundRow, verb: str, *, by: str, now: datetime) -> None:
    await audit.write(
        actor=by,
        verb=f"refund_{verb}",
        dossier=await _dossier(row),
        unit=row.unit,
        facts={"refund": str(row.id), "amount": row.amount},
        now=now,
    )


async def _dossier(row: RefundRow) -> UUID | None:
    return (await obligations.get(row.obligation)).dossier if row.obligation else None


async def refuse_too_much(row: RefundRow, obligation: ObligationRow | None) -> None:
    """Refuse when all refunds that may still be paid are more than what came."""
    if obligation is None:
        event = await money.get(row.event) if row.event else None
        received = event.amount if event else 0
        others = await refunds.of_event(row.event or row.id)
    else:
        facts = kept(await money.facts(obligation.id))
        received = sum(fact.amount for fact in facts)
        others = await refunds.of(obligation.id)
    if _total(others) > received:
        raise TooMuchBack


def _total(rows: Sequence[RefundRow]) -> int:
    return sum(one.amount for one in rows if one.state not in VOID | {"rejected"})


async def _gone(row: RefundRow, obligation: ObligationRow | None, *, now: datetime) -> None:
    """Write that money has left us, and fold what that makes of the obligation."""
    event = await money.get(row.event) if row.event else None
    holder = book.holder_of(event.adapter, event.account) if event else f":{row.unit}"
    lines = book.given(row.obligation, holder, row.amount)
    await ledger.add(uuid5(row.id, "given"), "refund", lines, now=now)
    if obligation is None:
        return
    await refold(obligation, now=now)
    await outbox.emit(
        RefundGiven(dossier=obligation.dossier, at=now, unit=row.unit, amount=row.amount)
    )


async def _free(row: RefundRow, obligation: ObligationRow | None, *, now: datetime) -> None:
    """Let go of money that is not given back: it is the obligation's, or nobody's, again."""
    if obligation is not None:
        await refold(obligation, now=now)
        return
    event = await money.get(row.event) if row.event else None
    if event is not None:
        lines = [replace(line, amount=-line.amount) for line in _reserved(event, row.amount)]
        await ledger.add(uuid5(row.id, "freed"), "refund", lines, now=now)
        await desk.handle(event.id, handled_at=None)


def _reserved(event: EventRow, amount: int) -> list[book.Line]:
    holder = book.holder_of(event.adapter, event.account)
    return book.pair(
        book.Line(account="suspense", holder=holder, amount=amount),
        book.Line(account="give_back", holder=holder, amount=-amount),
    )


async def _adapter(row: RefundRow) -> str:
    event = await money.get(row.event) if row.event else None
    return event.adapter if event else "unknown"
