"""Paying (trả phí): an attempt at a provider, or money taken at the counter."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from backend.payments.actions import asking, billing, health, settling
from backend.payments.actions.adapters import Adapters
from backend.payments.actions.owing import as_attempt, as_obligation
from backend.payments.model.matching import make_payment_code
from backend.payments.model.states import ATTEMPT_MOVES, LIVE, PAID, PAYABLE, Verb
from backend.payments.model.words import (
    AlreadyPaid,
    NextAction,
    NothingDue,
    Obligation,
    Opened,
    ProviderDeciding,
    WayDown,
)
from backend.payments.store import attempts, money, obligations
from backend.payments.store.rows import AttemptRow, EventRow, ObligationRow
from backend.platform import audit, db
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import Busy, Fault, Unprocessable
from backend.platform.kit.ids import Randomness
from payment_adapters import contract

PATIENCE = timedelta(minutes=15)
"""How long an attempt is offered; late money counts all the same."""

DEADLINE = 10.0
_JUST_BEGUN = timedelta(seconds=15)
_TRIES = 5
_COUNTER = "counter"


async def start(
    dossier: UUID,
    adapter: str,
    *,
    adapters: Adapters,
    clock: Clock,
    random: Randomness,
    description: str = "Phí hồ sơ",
    payer_ip: str = "",
    by: str = "citizen",
) -> Opened:
    """Begin to pay, or give back the live attempt of the same adapter (bắt đầu trả phí).

    The attempt is committed before the provider is called; the call has 10 s. What it answers is
    stored, and a doubt leaves the attempt `unknown`. `payer_ip` is kept nowhere. Refusals:
    AlreadyPaid, NothingDue, ProviderDeciding, WayDown, Unprocessable (an adapter that cannot take
    it).
    """
    row, fresh = await _reserve(
        dossier,
        adapter,
        adapters=adapters,
        now=clock(),
        random=random,
        description=description,
        by=by,
    )
    if _wants_call(row, fresh=fresh, now=clock()):
        row = await _call(row, dossier=dossier, adapters=adapters, payer_ip=payer_ip)
    return Opened(attempt=as_attempt(row), fresh=fresh)


async def collect(
    dossier: UUID,
    *,
    kind: Literal["cash", "pos"],
    amount: int,
    slip_number: str | None,
    by: str,
    now: datetime,
    terminal: str | None = None,
) -> Obligation:
    """Book money that an officer took at the counter (thu tại quầy); cash or a card slip.

    A slip's number is used once, on its `terminal` where that is named (nhiều máy POS).
    One of two officers at once wins; open attempts are put aside and still watched.
    """
    async with db.transaction():
        row = payable(await obligations.lock(dossier))
        _refuse_collection(row, kind=kind, amount=amount, slip_number=slip_number)
        attempt = _counter_attempt(row, now=now)
        slip = f"{terminal}:{slip_number}" if terminal and slip_number else slip_number
        event = _counter_event(row, attempt, kind=kind, slip_number=slip, now=now)
        if await settling.take_in(event, now=now) is not None:
            raise Unprocessable(errors=[_SLIP_USED])
        await attempts.add(attempt)
        await audit.write(
            actor=by,
            verb=f"collect_{kind}",
            dossier=dossier,
            unit=row.unit,
            facts={"amount": amount, "slip": slip},
            now=now,
        )
        await settling.post(event, attempt, now=now)
        there = await obligations.of(dossier)
    return as_obligation(there or row)


async def _reserve(
    dossier: UUID,
    adapter: str,
    *,
    adapters: Adapters,
    now: datetime,
    random: Randomness,
    description: str,
    by: str,
) -> tuple[AttemptRow, bool]:
    """Find the live attempt of this adapter, or commit a new one and put the others aside."""
    async with db.transaction():
        row = payable(await obligations.lock(dossier))
        row = await with_account(row, adapters)
        tries = await attempts.of(row.id)
        plugged = _fitting(adapters, adapter, row)
        if live := live_of(adapter, tries, now=now):
            return live, False
        if any(one.state == "unknown" for one in tries):
            raise ProviderDeciding
        if adapter in await health.down(now=now):
            raise WayDown
        await _end_overdue(tries, adapters, now=now)
        attempt = await add(
            row, plugged, now=now, until=now + PATIENCE, random=random, description=description
        )
        await attempts.supersede(row.id, keep=attempt.id)
        await asking.watch(attempt, plugged, now=now, random=random)
        await audit.write(
            actor=by,
            verb="pay_start",
            dossier=dossier,
            unit=row.unit,
            facts={"attempt": str(attempt.id), "adapter": adapter, "amount": attempt.amount},
            now=now,
        )
        await settling.match_parked(attempt, now=now)
        return await attempts.get(attempt.id) or attempt, True


async def _end_overdue(tries: Sequence[AttemptRow], adapters: Adapters, *, now: datetime) -> None:
    """Call what ran out and cannot be asked about unverified, as the sweep would."""
    for one in tries:
        ran_out = one.expires_at is not None and one.expires_at <= now
        if ran_out and one.state in LIVE and not asking.can_ask(one, adapters):
            await attempts.move(one.id, "give_up", ATTEMPT_MOVES["created"]["give_up"])


async def add(
    row: ObligationRow,
    plugged: contract.Adapter,
    *,
    now: datetime,
    until: datetime,
    random: Randomness,
    description: str,
) -> AttemptRow:
    """Make an attempt under a code and a reference of its own, in the caller's transaction."""
    to_account = plugged.spec.capabilities.needs_account
    for _ in range(_TRIES):
        made = AttemptRow(
            id=UUID(bytes=random(16), version=4),
            obligation=row.id,
            adapter=plugged.spec.id,
            state="created",
            code=make_payment_code(random=random),
            provider_ref="",
            account=(row.account or "") if to_account else "",
            amount=row.due,
            description=description,
            action=None,
            created_at=now,
            expires_at=until.replace(microsecond=0),
        )
        ref = plugged.provider_ref(asking.as_adapter_sees(made, row))
        if await attempts.add(named := replace(made, provider_ref=ref)):
            return named
    raise Busy


async def with_account(row: ObligationRow, adapters: Adapters) -> ObligationRow:
    """Freeze the account of an obligation that has none yet, where one fits."""
    if row.account is not None:
        return row
    found = adapters.account_for(row.unit, row.procedure)
    if found is None:
        return row
    await obligations.freeze_account(row.id, found.bank_bin, found.account, found.name)
    return replace(row, bank_bin=found.bank_bin, account=found.account, account_name=found.name)


async def _call(row: AttemptRow, *, dossier: UUID, adapters: Adapters, payer_ip: str) -> AttemptRow:
    """Call the provider, outside of any transaction, and store what came of it."""
    obligation = await obligations.of(dossier)
    plugged = adapters.find(row.adapter)
    if obligation is None or plugged is None:
        return row
    bill = await billing.bill_of(obligation) if plugged.spec.capabilities.bills else None
    seen = replace(asking.as_adapter_sees(row, obligation), payer_ip=payer_ip, bill=bill)
    try:
        async with health.watched(row.adapter, adapters) as ctx, asyncio.timeout(DEADLINE):
            started = await plugged.start(ctx, seen)
    except (contract.Rejected, contract.Transient, contract.Misconfigured) as fault:
        asking.log_refusal(row, fault)
        return await _move(row, "refuse")
    except Exception as fault:  # noqa: BLE001 - whatever it was, the provider may have taken it
        asking.log_refusal(row, fault)
        return await _move(row, "doubt")
    action = msgspec.convert(msgspec.to_builtins(started.next_action), NextAction)
    async with db.transaction():
        await attempts.offer(row.id, action, started.expires_at)
        return await _move(row, "start")


async def _move(row: AttemptRow, verb: Verb) -> AttemptRow:
    after = ATTEMPT_MOVES["created"][verb]
    await attempts.move(row.id, verb, after)
    return await attempts.get(row.id) or row


def _wants_call(row: AttemptRow, *, fresh: bool, now: datetime) -> bool:
    """Call for a new attempt, and again (it is safe) for one whose answer was lost.

    A process that died in the call leaves no next action, even where asking has since made the
    attempt `pending`: without another call the citizen could not pay until it ends.
    """
    if fresh or row.state == "unknown":
        return row.state in LIVE
    lost = row.action is None and now - row.created_at > _JUST_BEGUN
    return lost and row.state in LIVE


def live_of(adapter: str, tries: Sequence[AttemptRow], *, now: datetime) -> AttemptRow | None:
    """Find the attempt at an adapter that can still be used."""
    for one in tries:
        in_time = one.state == "unknown" or one.expires_at is None or one.expires_at > now
        if one.adapter == adapter and one.state in LIVE and in_time:
            return one
    return None


def _fitting(adapters: Adapters, name: str, row: ObligationRow) -> contract.Adapter:
    found = adapters.find(name)
    has_account = row.account is not None
    if found is None or not adapters.fits(found, row.due, account=has_account):
        raise Unprocessable(errors=[_NO_SUCH_WAY])
    return found


def payable(row: ObligationRow | None) -> ObligationRow:
    """Give an obligation that money is still wanted for; NothingDue, AlreadyPaid."""
    if row is None or (row.state not in PAYABLE and row.state not in PAID):
        raise NothingDue
    if row.state in PAID:
        raise AlreadyPaid
    return row


def _refuse_collection(
    row: ObligationRow, *, kind: str, amount: int, slip_number: str | None
) -> None:
    if amount != row.due:
        raise Unprocessable(errors=[_OTHER_AMOUNT])
    if (kind == "pos") != bool(slip_number):
        raise Unprocessable(errors=[_SLIP_NEEDED])


def _counter_attempt(row: ObligationRow, *, now: datetime) -> AttemptRow:
    named = uuid5(row.id, f"counter {row.rev}")
    return AttemptRow(
        id=named,
        obligation=row.id,
        adapter=_COUNTER,
        state="created",
        code=f"QUAY-{named.hex}",
        provider_ref=named.hex,
        account="",
        amount=row.due,
        description="",
        action=None,
        created_at=now,
        expires_at=None,
    )


def _counter_event(
    row: ObligationRow,
    attempt: AttemptRow,
    *,
    kind: str,
    slip_number: str | None,
    now: datetime,
) -> EventRow:
    txn = f"pos:{slip_number}" if kind == "pos" else f"cash:{attempt.id.hex}"
    return EventRow(
        id=money.event_id(_COUNTER, row.unit, txn, "payment", "succeeded"),
        adapter=_COUNTER,
        account=row.unit,
        txn=txn,
        kind="payment",
        status="succeeded",
        amount=attempt.amount,
        provider_ref=attempt.provider_ref,
        codes="",
        reason=None,
        unit=row.unit,
        inbox=None,
        sealed=None,
        occurred_at=now,
        received_at=now,
    )


def _fault(pointer: str, code: str, vi: str, en: str) -> Fault:
    return Fault(pointer=pointer, code=code, message_vi=vi, message_en=en)


_NO_SUCH_WAY = _fault(
    "/adapter",
    "choice",
    "Cách trả này không dùng được cho khoản phí này. Chọn cách khác.",
    "This way of paying cannot take this fee.",
)
_OTHER_AMOUNT = _fault(
    "/amount",
    "amount",
    "Số tiền thu phải đúng bằng phí phải trả.",
    "The amount must equal the fee.",
)
_SLIP_NEEDED = _fault(
    "/slip_number",
    "missing",
    "Thu thẻ thì ghi số biên lai máy POS; thu tiền mặt thì để trống.",
    "A card payment needs the slip's number, cash has none.",
)
_SLIP_USED = _fault(
    "/slip_number",
    "used",
    "Số biên lai POS này đã ghi rồi. Kiểm tra lại.",
    "This slip was booked before.",
)
