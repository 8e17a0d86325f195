"""Deciding of unmatched money (xử lý tiền chưa khớp): match, move, count, give back, note.

Each decision takes the obligation's row, then the movement's: of many officers at once one is
heard, the others are told so. It stands in the journal, its reason sealed beside the movement.
"""

from datetime import datetime
from uuid import UUID, uuid5

from msgspec import Struct

from backend.payments.actions import looking, refunding, settling
from backend.payments.actions.folding import refold
from backend.payments.model.desk import DeskVerb, MoneyDecided, MoneyGivenBack, MoneyTakenBack
from backend.payments.model.ledger import Line, holder_of, pair
from backend.payments.model.refunds import REDUCIBLE, VOID, RefundVerb
from backend.payments.model.states import Reason, reason_of
from backend.payments.model.words import NothingDue, ObligationRestated
from backend.payments.store import attempts, desk, ledger, money, obligations, refunds
from backend.payments.store.desk import DecisionRow
from backend.payments.store.rows import AttemptRow, EventRow, ObligationRow
from backend.platform import audit, db, outbox
from backend.platform.kit.ids import Randomness
from backend.platform.vault import Vault
from payment_adapters.contract import Outcome

_UNDONE: frozenset[Reason] = frozenset({"short", "over"})


class Deciding(Struct, frozen=True, kw_only=True):
    """An officer who decides: who, for which units, on what reading, and why."""

    by: str
    units: tuple[str, ...]
    seen: int
    reason: str
    now: datetime
    vault: Vault
    random: Randomness


async def match(event: UUID, dossier: UUID, act: Deciding) -> None:
    """Match money to what a dossier owes (khớp tiền), as if its code had stood in the memo."""
    async with db.transaction():
        row = await _found(event, act, "match")
        obligation = await _locked(dossier)
        await _claim(row, "match", act, obligation=obligation)
        attempt = await _attempt_for(row, obligation, now=act.now)
        if await money.was_posted(row.id):
            await _put(row, None, obligation, attempt, now=act.now)
        elif await settling.post(row, attempt, now=act.now) is Outcome.DUPLICATE:
            raise MoneyDecided
        await _leave_open(row, obligation)


async def move(event: UUID, dossier: UUID, act: Deciding) -> None:
    """Move money from the dossier it came to, to another one (chuyển sang hồ sơ khác)."""
    async with db.transaction():
        row = await _found(event, act, "move")
        before, after = await _both(row, dossier)
        await _claim(row, "move", act, obligation=after)
        attempt = await _attempt_for(row, after, now=act.now)
        await _put(row, before, after, attempt, now=act.now)
        await _refold_left(before, now=act.now)
        await _leave_open(row, after)


async def count(event: UUID, act: Deciding) -> None:
    """Let what came count by its sum (tính số đã nhận): the rest is due, a surplus goes back."""
    async with db.transaction():
        row = await _found(event, act, "count")
        obligation = await _holder_of(row)
        await _claim(row, "count", act, obligation=obligation)
        await obligations.count_sum(obligation.id)
        await attempts.supersede(obligation.id)
        counted = await obligations.lock_by_id(obligation.id)
        await refold(counted, now=act.now)
        await outbox.emit(ObligationRestated(dossier=counted.dossier, at=act.now))


async def give_back(event: UUID, act: Deciding) -> UUID:
    """Ask that money be given back (đề nghị hoàn); a second person agrees. Answers the refund."""
    async with db.transaction():
        row = await _found(event, act, "give_back")
        place = await money.place(row.id)
        obligation = await obligations.lock_by_id(place[0]) if place else None
        await _claim(row, "give_back", act, obligation=obligation)
        await money.hold(row.id)
        if await money.place(row.id) != place:
            raise MoneyDecided
        if obligation is not None:
            seq = await money.repost(row.id, None, reason=None, now=act.now)
            await _book_move(row, obligation, None, seq=seq, now=act.now)
            await _refold_left(obligation, now=act.now)
        unit = obligation.unit if obligation else row.unit
        asked = await refunding.request(
            row,
            unit=act.units[0] if unit == "*" else unit,
            reason="unmatched",
            by=act.by,
            now=act.now,
        )
        return asked.id


async def note(event: UUID, act: Deciding) -> None:
    """Take money off the list with a word (đã xem); nothing moves."""
    async with db.transaction():
        row = await _found(event, act, "note")
        await _claim(row, "note", act, obligation=None)


async def explain(refund: UUID, verb: RefundVerb, act: Deciding) -> None:
    """Keep why a step of a refund was taken (lý do), in the caller's transaction."""
    row = await refunds.get(refund)
    await _keep(verb, act, refund=refund, obligation=row.obligation if row else None)


async def _found(event: UUID, act: Deciding, verb: DeskVerb) -> EventRow:
    """Read a movement of the officer's units that this can be done with."""
    shown = await looking.seen(event, act.units)
    row = await money.get(event)
    if row is None or verb not in looking.steps_of(shown):
        raise MoneyDecided
    if verb in {"match", "move"} and await money.twin(row, "reversal") is not None:
        raise MoneyTakenBack
    return row


async def _locked(dossier: UUID) -> ObligationRow:
    obligation = await obligations.lock(dossier)
    if obligation is None:
        raise NothingDue
    return obligation


async def _holder_of(row: EventRow) -> ObligationRow:
    place = await money.place(row.id)
    if place is None:
        raise MoneyDecided
    return await obligations.lock_by_id(place[0])


async def _both(row: EventRow, dossier: UUID) -> tuple[ObligationRow, ObligationRow]:
    """Lock where money is and where it goes to, always in the order of their ids."""
    place, target = await money.place(row.id), await obligations.of(dossier)
    if target is None:
        raise NothingDue
    if place is None or place[0] == target.id:
        raise MoneyDecided
    locked = {
        one: await obligations.lock_by_id(one) for one in sorted((place[0], target.id), key=str)
    }
    return locked[place[0]], locked[target.id]


async def _claim(
    row: EventRow, verb: DeskVerb, act: Deciding, *, obligation: ObligationRow | None
) -> None:
    """Take the movement, of many at once one; the decision is kept with its sealed reason."""
    if not await desk.claim(row.id, seen=act.seen, handled_at=act.now):
        raise MoneyDecided
    await _keep(verb, act, event=row.id, obligation=obligation.id if obligation else None)
    await audit.write(
        actor=act.by,
        verb=f"money_{verb}",
        dossier=obligation.dossier if obligation else None,
        unit=obligation.unit if obligation else row.unit,
        facts={"event": str(row.id), "amount": row.amount},
        now=act.now,
    )


async def _keep(
    verb: DeskVerb | RefundVerb,
    act: Deciding,
    *,
    obligation: UUID | None,
    event: UUID | None = None,
    refund: UUID | None = None,
) -> None:
    """Keep a decision; its reason is sealed under a key of its own."""
    named = UUID(bytes=act.random(16), version=4)
    wrapped, key = act.vault.new_key(named)
    await desk.decide(
        DecisionRow(
            id=named,
            event=event,
            refund=refund,
            obligation=obligation,
            verb=verb,
            officer=act.by,
            at=act.now,
            wrapped_key=wrapped,
            reason=key.seal(looking.DECISION, act.reason.encode()),
        )
    )


async def _leave_open(row: EventRow, obligation: ObligationRow) -> None:
    """Keep money on the list that fits no better where it is now."""
    there = await desk.one(row.id)
    fits = there is None or there["posted_reason"] not in _UNDONE
    if not fits and obligation.counting == "exact":
        await desk.handle(row.id, handled_at=None)


async def _attempt_for(row: EventRow, obligation: ObligationRow, *, now: datetime) -> AttemptRow:
    """Find or make the attempt under which an officer puts money to an obligation."""
    named = uuid5(obligation.id, f"desk {row.id}")
    made = AttemptRow(
        id=named,
        obligation=obligation.id,
        adapter=row.adapter,
        state="created",
        code=f"TAY-{named.hex}",
        provider_ref=named.hex,
        account="",
        amount=obligation.due,
        description="",
        action=None,
        created_at=now,
        expires_at=None,
    )
    await attempts.add(made)
    return await attempts.get(named) or made


async def _put(
    row: EventRow,
    before: ObligationRow | None,
    after: ObligationRow,
    attempt: AttemptRow,
    *,
    now: datetime,
) -> None:
    """Put money that was posted before to another obligation, and fold what that makes of it."""
    reason = _reason(row, after, attempt)
    seq = await money.repost(row.id, attempt, reason=reason, now=now)
    await _book_move(row, before, after, seq=seq, now=now)
    await refold(after, now=now)


def _reason(row: EventRow, after: ObligationRow, attempt: AttemptRow) -> Reason | None:
    found = reason_of(
        kind=row.kind,
        money=row.amount,
        amount=None if after.amount is None else after.due,
        before=after.state,
        attempt=attempt.state,
    )
    return found if found in _UNDONE else None


async def _refold_left(before: ObligationRow, *, now: datetime) -> None:
    """Fold what money has left; an attempt that has none any more is left to people."""
    facts = {fact.attempt for fact in await money.facts(before.id)}
    for attempt in await attempts.of(before.id):
        if attempt.id not in facts and attempt.state in {"succeeded", "review"}:
            await attempts.decide(attempt.id, "review")
    where = await refold(before, now=now)
    if where.surplus < await _on_its_way(before.id):
        raise MoneyGivenBack


async def _on_its_way(obligation: UUID) -> int:
    """Sum what somebody was told to pay back: it cannot leave the obligation any more."""
    stays = VOID | REDUCIBLE | {"rejected"}
    return sum(one.amount for one in await refunds.of(obligation) if one.state not in stays)


async def _book_move(
    row: EventRow,
    before: ObligationRow | None,
    after: ObligationRow | None,
    *,
    seq: int,
    now: datetime,
) -> None:
    """Write into the ledger whose money it is now; nobody's stands in suspense."""
    left, there = _whose(row, before, row.amount), _whose(row, after, -row.amount)
    await ledger.add(uuid5(row.id, f"move {seq}"), "move", pair(left, there), now=now)


def _whose(row: EventRow, obligation: ObligationRow | None, amount: int) -> Line:
    if obligation is None:
        holder = holder_of(row.adapter, row.account)
        return Line(account="suspense", holder=holder, amount=amount)
    return Line(account="received", holder=obligation.unit, amount=amount, obligation=obligation.id)
