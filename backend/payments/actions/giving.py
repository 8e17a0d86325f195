"""Refunds by their provider or by the accountant's list (chi hoàn): agreed to, sent, asked about.

A refund gets its reference before anybody is told of it. A call whose outcome is not known is
asked about on the ladder, and never repeated under another reference.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from backend.payments.actions import asking, refunding
from backend.payments.actions.adapters import Adapters
from backend.payments.model.matching import make_payment_code
from backend.payments.model.refunds import (
    REDUCIBLE,
    STEPS,
    NotByProvider,
    RefundDecided,
    RefundState,
    RefundVerb,
    Route,
    SamePerson,
)
from backend.payments.model.words import Payee, RefundLine
from backend.payments.store import attempts, desk, money, obligations, refunds
from backend.payments.store.rows import AttemptRow, EventRow, ObligationRow, RefundRow
from backend.platform import db, jobs
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM, Clock
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.platform.vault import Vault
from payment_adapters import contract

TOPIC = "payments.refund"
_PAYEE = "refunds.payee"
_DEADLINE = 20.0
_AGAIN = 60.0
_SHORT_ID = 8
_NONE_OF_THEN = UUID(int=2**128 - 1)
_logger = logs.get("payments")


class Give(Struct, frozen=True):
    """A job: give a refund back by its provider, or ask what became of it; `step` of the ladder."""

    refund: UUID
    step: int


class Part(Struct, frozen=True):
    """The payment that a refund gives back, or a part of it."""

    event: EventRow
    attempt: AttemptRow
    obligation: ObligationRow


async def approve(
    refund: UUID,
    *,
    seen: int,
    route: Route,
    payee: Payee | None,
    by: str,
    adapters: Adapters,
    vault: Vault,
    random: Randomness,
    now: datetime,
) -> RefundRow:
    """Agree to a refund as the second person (duyệt hoàn), and say by which way it goes.

    SamePerson, RefundDecided, TooMuchBack, NotByProvider.
    """
    async with db.transaction():
        row, obligation = await refunding.locked(refund)
        if row.requested_by == by:
            raise SamePerson
        if row.state == "requested":
            await refunding.refuse_too_much(row, obligation)
        more: dict[str, object] = {"route": route, "approved_by": by, "approved_at": now}
        if route == "provider":
            more |= await _named(row, adapters, by=by, random=random, now=now)
            await _next(row.id, 0, now)
        elif payee is not None:
            wrapped, key = vault.new_key(row.id)
            more |= {"wrapped_key": wrapped, "payee": key.seal(_PAYEE, msgspec.json.encode(payee))}
        await refunding.step(row, "approve", seen=seen, by=by, now=now, **more)
        if row.event is not None:
            await desk.handle(row.event, handled_at=now)
        return await refunding.read(row.id)


async def give(work: Give, *, adapters: Adapters, clock: Clock) -> None:
    """Call the provider once, or ask what became of the call; the ladder goes on until it is known.

    `jobs.Later` when nothing has begun for certain.
    """
    row = await refunds.get(work.refund)
    part = await _part(row) if row else None
    if row is None or part is None or row.state not in {"approved", "submitted", "unknown"}:
        return
    adapter = adapters.find(part.event.adapter)
    if adapter is None:
        raise jobs.Later(3600)
    first, row = await _submit(row.id)
    if row.state not in {"submitted", "unknown"}:
        return
    said = await _say(row, part, adapters, first=first)
    if said is not None:
        await refunding.conclude(row.id, said, now=clock())
    steps = asking.ladder(adapter.spec.capabilities.query_hours)
    if work.step < len(steps) and (said is None or said.status not in {"succeeded", "failed"}):
        begun = row.approved_at or row.at
        await _next(row.id, work.step + 1, max(begun + steps[work.step], clock()))


async def listed(
    units: Sequence[str],
    *,
    states: Sequence[RefundState],
    by: str,
    adapters: Adapters,
    vault: Vault,
    before: datetime,
    beyond: UUID | None = None,
    most: int = 50,
) -> list[RefundLine]:
    """List refunds of these units, newest first, with what this officer can do with each."""
    found = await refunds.page(
        units, states=states, before=before, beyond=beyond or _NONE_OF_THEN, most=most
    )
    return [_line(one, by=by, adapters=adapters, vault=vault) for one in found]


async def one(
    refund: UUID, units: Sequence[str], *, by: str, adapters: Adapters, vault: Vault
) -> RefundLine:
    """Read one refund of these units; NotFound for another unit's, as for none."""
    row = await refunds.one(refund)
    if row is None or row["unit"] not in units:
        raise NotFound
    return _line(row, by=by, adapters=adapters, vault=vault)


def may(row_state: RefundState, *, by: str, requested_by: str, paid_by: str | None,
        route: Route | None) -> tuple[RefundVerb, ...]:  # fmt: skip
    """List the steps that an officer may take: a second person for each second step."""
    steps = STEPS.get(row_state, ())
    if requested_by == by and row_state == "requested":
        return ()
    if paid_by == by:
        return tuple(step for step in steps if step != "confirm")
    return () if row_state == "approved" and route != "manual" else steps


def _line(row: dict[str, Any], *, by: str, adapters: Adapters, vault: Vault) -> RefundLine:
    own = RefundRow(**{name: row[name] for name in RefundRow.__struct_fields__})
    adapter = row["adapter"]
    return RefundLine(
        refund=own.id,
        rev=own.rev,
        at=own.at.astimezone(VIETNAM),
        unit=own.unit,
        amount=own.amount,
        state=own.state,
        reason=own.reason,
        dossier=row["dossier"],
        event=own.event,
        adapter=adapter,
        route=own.route,
        routes=_routes(own, adapter, adapters),
        requested_by=own.requested_by,
        approved_by=own.approved_by,
        paid_by=own.paid_by,
        confirmed_by=own.confirmed_by,
        evidence=own.evidence,
        payee=_payee(own, vault),
        can=may(
            own.state,
            by=by,
            requested_by=own.requested_by,
            paid_by=own.paid_by,
            route=own.route,
        ),
    )


def _routes(row: RefundRow, adapter: str | None, adapters: Adapters) -> tuple[Route, ...]:
    """List the ways that can be chosen: the provider's own only where it has one."""
    found = adapters.find(adapter) if adapter else None
    gives = found is not None and found.spec.capabilities.refund in {"full", "partial"}
    if row.state not in REDUCIBLE:
        return ()
    return ("provider", "manual") if gives and row.obligation else ("manual",)


def _payee(row: RefundRow, vault: Vault) -> Payee | None:
    if row.payee is None or row.wrapped_key is None:
        return None
    plain = vault.open_key(row.wrapped_key, row.id).open(_PAYEE, row.payee)
    return msgspec.json.decode(plain, type=Payee)


async def _named(
    row: RefundRow, adapters: Adapters, *, by: str, random: Randomness, now: datetime
) -> dict[str, object]:
    """Give a refund its one reference; NotByProvider where its provider gives nothing back."""
    part = await _part(row)
    adapter = adapters.find(part.event.adapter) if part else None
    can = adapter.spec.capabilities.refund if adapter else "none"
    whole = part is not None and row.amount == part.event.amount
    if part is None or adapter is None or not (can == "partial" or (can == "full" and whole)):
        raise NotByProvider
    named = msgspec.structs.replace(
        row, code=make_payment_code(random=random), approved_by=by, approved_at=now
    )
    return {"code": named.code, "provider_ref": adapter.refund_ref(_seen(named, part))}


async def _part(row: RefundRow) -> Part | None:
    """Find what a refund gives back; None where the money came without an attempt of its own."""
    event = await money.get(row.event) if row.event else None
    place = await money.place(row.event) if row.event else None
    attempt = await attempts.get(place[1]) if place else None
    if event is None or attempt is None or event.adapter != attempt.adapter:
        return None
    return Part(event, attempt, await obligations.get(attempt.obligation))


async def _submit(refund: UUID) -> tuple[bool, RefundRow]:
    """Commit that the provider will be called, before it is; False when it was called before."""
    async with db.transaction():
        row, _obligation = await refunding.locked(refund)
        first = row.route == "provider" and await refunds.take(row.id, "submit")
        return first, await refunding.read(refund)


async def _say(
    row: RefundRow, part: Part, adapters: Adapters, *, first: bool
) -> contract.Observation | None:
    """Call or ask; None while nothing is known. What never began is begun again, same name."""
    adapter = adapters.find(part.event.adapter)
    if adapter is None:
        return None
    seen, ctx = _seen(row, part), adapters.context(part.event.adapter)
    try:
        async with asyncio.timeout(_DEADLINE):
            if first:
                return await adapter.refund(ctx, seen)
            said = await adapter.query_refund(ctx, seen)
            return said if said.status != "not_found" else await adapter.refund(ctx, seen)
    except contract.Rejected as no:
        _logger.warning("refund-refused", extra={"adapter": adapter.spec.id, "reason": no.code})
        return contract.Observation(status="failed", kind="refund", code=no.code)
    except contract.Transient as fault:
        asking.log_refusal(part.attempt, fault)
        raise jobs.Later(_AGAIN) from None
    except Exception as fault:  # noqa: BLE001 - whatever it was, the provider may have taken it
        asking.log_refusal(part.attempt, fault)
        await refunds.take(row.id, "doubt")
        return None


def _seen(row: RefundRow, part: Part) -> contract.Refund:
    """Give an adapter what it may know of a refund."""
    if row.code is None or row.approved_at is None or row.approved_by is None:
        raise RefundDecided
    return contract.Refund(
        code=row.code,
        amount=row.amount,
        attempt=asking.as_adapter_sees(part.attempt, part.obligation),
        txn=part.event.txn,
        paid=part.event.amount,
        paid_at=part.event.occurred_at or part.event.received_at,
        created_at=row.approved_at,
        reason="Hoan phi ho so",
        by=sha256(row.approved_by.encode()).hexdigest()[:_SHORT_ID],
        provider_ref=row.provider_ref or "",
    )


async def _next(refund: UUID, step: int, due_at: datetime) -> None:
    await jobs.add(
        TOPIC, lane=None, key=f"{refund}:{step}", payload=Give(refund, step), due_at=due_at
    )
