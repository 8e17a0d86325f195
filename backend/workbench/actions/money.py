"""The desk of money: movements that fit nowhere, refunds, fees that change, the payout list.

Money of another unit raises the same NotFound as money that is not there.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from msgspec.structs import asdict, replace

from backend import dossiers, payments, people
from backend.payments import Adapters, RefundLine, RefundState
from backend.platform import audit
from backend.platform.db import transaction
from backend.platform.kit.ids import Randomness
from backend.workbench.actions.listing import place, whose
from backend.workbench.actions.reading import PAGE, Desk, full, mine, open_claim
from backend.workbench.model import Full
from backend.workbench.model.money import (
    Approval,
    ExemptionAsked,
    MoneyAct,
    MoneyOpened,
    MoneySuggestion,
    MoneyTo,
    PaidOut,
    RefundList,
    RefundOpened,
    RefundShown,
    Restatement,
    age,
    money_cursor,
    read_money_cursor,
)

PAYOUT: tuple[RefundState, ...] = ("approved", "paid_out")
_MOST_PAYOUTS = 1000


async def opened(desk: Desk, event: UUID, *, adapters: Adapters) -> MoneyOpened:
    """Open one movement, with whose it may be and what was decided of it."""
    units = desk.units()
    one = await payments.unmatched_one(
        event, units, adapters=adapters, now=desk.now, vault=desk.vault
    )
    dossier = await whose(desk, one.dossier)
    likely = await payments.suggestions(event, units, vault=desk.vault)
    said = await payments.decided(event, vault=desk.vault)
    return MoneyOpened(
        id=one.event,
        rev=one.rev,
        at=one.at,
        age=age(one.at, desk.now),
        adapter=one.adapter,
        account=one.account,
        kind=one.kind,
        amount=one.amount,
        reason=one.reason,
        unit=one.unit,
        unit_name=place(one.unit),
        code=dossier[0],
        owner_masked=dossier[1],
        state=one.state,
        counted=one.counted,
        memo=one.memo,
        masked=one.masked,
        foreign=one.foreign,
        can=one.can,
        suggestions=[await _suggestion(desk, each) for each in likely],
        decisions=said,
        names=await people.names_of(each.by for each in said),
    )


async def match(
    desk: Desk, event: UUID, wish: MoneyTo, *, adapters: Adapters, random: Randomness
) -> MoneyOpened:
    """Match money to a dossier of the own units."""
    await _there(desk, event, adapters)
    dossier = await mine(desk, wish.code)
    await payments.match(event, dossier.id, _act(desk, wish, random))
    return await opened(desk, event, adapters=adapters)


async def move(
    desk: Desk, event: UUID, wish: MoneyTo, *, adapters: Adapters, random: Randomness
) -> MoneyOpened:
    """Move money to another dossier of the own units."""
    await _there(desk, event, adapters)
    dossier = await mine(desk, wish.code)
    await payments.move(event, dossier.id, _act(desk, wish, random))
    return await opened(desk, event, adapters=adapters)


async def count(
    desk: Desk, event: UUID, wish: MoneyAct, *, adapters: Adapters, random: Randomness
) -> MoneyOpened:
    """Let what came count by its sum."""
    await payments.count(event, _act(desk, wish, random))
    return await opened(desk, event, adapters=adapters)


async def note(
    desk: Desk, event: UUID, wish: MoneyAct, *, adapters: Adapters, random: Randomness
) -> MoneyOpened:
    """Take money off the list with a word."""
    await payments.note(event, _act(desk, wish, random))
    return await opened(desk, event, adapters=adapters)


async def give_back(
    desk: Desk, event: UUID, wish: MoneyAct, *, adapters: Adapters, random: Randomness
) -> RefundOpened:
    """Ask that money be given back; a second person agrees."""
    refund = await payments.give_back(event, _act(desk, wish, random))
    return await read_refund(desk, refund, adapters=adapters)


async def refunds(
    desk: Desk, states: tuple[RefundState, ...], after: str | None, *, adapters: Adapters
) -> RefundList:
    """List a page of refunds of the own units, newest first."""
    before, beyond = read_money_cursor(after) if after else (desk.now, None)
    found = await _listed(
        desk, states, adapters=adapters, before=before, beyond=beyond, most=PAGE + 1
    )
    page = found[:PAGE]
    follows = money_cursor(page[-1].at, page[-1].refund) if len(found) > PAGE else None
    return RefundList(items=[await _shown(desk, one) for one in page], next=follows)


async def payout(desk: Desk, *, adapters: Adapters) -> list[RefundShown]:
    """List all that the accountant is to pay out or has; who read it stands in the journal.

    Who approved stands there by name, for this list is printed.
    """
    found = await _listed(
        desk, PAYOUT, adapters=adapters, before=desk.now, beyond=None, most=_MOST_PAYOUTS
    )
    own = [one for one in found if one.route == "manual"]
    async with transaction():
        await audit.write(
            actor=desk.officer.actor,
            verb="refunds.read",
            dossier=None,
            unit=None,
            facts={"count": len(own)},
            now=desk.now,
        )
    names = await people.names_of(one.approved_by for one in own)
    shown = [await _shown(desk, one) for one in own]
    return [replace(one, approved_by=names.get(one.approved_by or "")) for one in shown]


async def approve(
    desk: Desk, refund: UUID, wish: Approval, *, adapters: Adapters, random: Randomness
) -> RefundOpened:
    """Agree to a refund as the second person."""
    take = partial(
        payments.approve_refund,
        route=wish.route,
        payee=wish.checked_payee(),
        adapters=adapters,
        vault=desk.vault,
        random=random,
    )
    return await _step(desk, refund, wish, "approve", take, adapters=adapters, random=random)


async def reject(
    desk: Desk, refund: UUID, wish: MoneyAct, *, adapters: Adapters, random: Randomness
) -> RefundOpened:
    """Refuse a refund as the second person."""
    take = payments.reject_refund
    return await _step(desk, refund, wish, "reject", take, adapters=adapters, random=random)


async def confirm(
    desk: Desk, refund: UUID, wish: MoneyAct, *, adapters: Adapters, random: Randomness
) -> RefundOpened:
    """Confirm a payout as another person."""
    take = payments.confirm_refund
    return await _step(desk, refund, wish, "confirm", take, adapters=adapters, random=random)


async def send_back(
    desk: Desk, refund: UUID, wish: MoneyAct, *, adapters: Adapters, random: Randomness
) -> RefundOpened:
    """Send a payout back whose proof is not right."""
    take = payments.send_back_refund
    return await _step(desk, refund, wish, "send_back", take, adapters=adapters, random=random)


async def pay_out(
    desk: Desk, refund: UUID, wish: PaidOut, *, adapters: Adapters, random: Randomness
) -> RefundOpened:
    """Note that the accountant paid it out."""
    take = partial(payments.pay_out_refund, evidence=wish.checked_evidence())
    return await _step(desk, refund, wish, "pay_out", take, adapters=adapters, random=random)


async def restate(desk: Desk, code: str, wish: Restatement) -> Full:
    """Give a paid fee other lines; the difference is collected or given back."""
    dossier, by, lines = await mine(desk, code), desk.officer.actor, wish.checked_lines()
    async with transaction():
        await dossiers.note_step(dossier.id, "requoted", by=by, now=desk.now, seen=wish.seen)
        await payments.restate(dossier.id, lines, by=by, now=desk.now)
    return await full(desk, await dossiers.get(dossier.id))


async def exempt(desk: Desk, code: str, wish: ExemptionAsked) -> Full:
    """Take a step of an exemption: asked for, granted, refused with a last day or kept as paid.

    The reason names group and papers: it is a note that officers alone read.
    """
    dossier, by = await mine(desk, code), desk.officer.actor
    why, told = wish.checked_reason(), wish.checked_told()
    claimed = await open_claim(await dossiers.opened(dossier.id, desk.vault)) is not None
    async with transaction():
        await dossiers.note_step(
            dossier.id,
            wish.noted(),
            by=by,
            now=desk.now,
            seen=wish.seen,
            reason=told,
            note=why,
            vault=desk.vault,
        )
        if wish.step == "ask":
            await payments.ask_exemption(dossier.id, by=by, now=desk.now)
        elif wish.step == "grant":
            await payments.grant_exemption(dossier.id, by=by, now=desk.now)
        else:
            await payments.refuse_exemption(
                dossier.id, until=wish.ends_at(), claimed=claimed, by=by, now=desk.now
            )
    return await full(desk, await dossiers.get(dossier.id))


async def _step(
    desk: Desk,
    refund: UUID,
    wish: MoneyAct,
    verb: payments.RefundVerb,
    take: Callable[..., Awaitable[object]],
    *,
    adapters: Adapters,
    random: Randomness,
) -> RefundOpened:
    """Take a step of a refund of the own units; why stands beside it, or neither does."""
    await read_refund(desk, refund, adapters=adapters)
    act = _act(desk, wish, random)
    async with transaction():
        await take(refund, seen=act.seen, by=act.by, now=act.now)
        await payments.explain(refund, verb, act)
    return await read_refund(desk, refund, adapters=adapters)


async def _there(desk: Desk, event: UUID, adapters: Adapters) -> None:
    """Refuse money of another unit before its dossier is looked for."""
    await payments.unmatched_one(
        event, desk.units(), adapters=adapters, now=desk.now, vault=desk.vault
    )


def _act(desk: Desk, wish: MoneyAct, random: Randomness) -> payments.Deciding:
    return payments.Deciding(
        by=desk.officer.actor,
        units=tuple(desk.units()),
        seen=wish.seen,
        reason=wish.checked_reason(),
        now=desk.now,
        vault=desk.vault,
        random=random,
    )


async def _listed(
    desk: Desk,
    states: tuple[RefundState, ...],
    *,
    adapters: Adapters,
    before: datetime,
    beyond: UUID | None,
    most: int,
) -> list[RefundLine]:
    return await payments.refunds(
        desk.units(),
        states=states,
        by=desk.officer.actor,
        adapters=adapters,
        vault=desk.vault,
        before=before,
        beyond=beyond,
        most=most,
    )


async def read_refund(desk: Desk, refund: UUID, *, adapters: Adapters) -> RefundOpened:
    """Read one refund of the own units, with the steps taken and why."""
    found = await payments.refund(
        refund, desk.units(), by=desk.officer.actor, adapters=adapters, vault=desk.vault
    )
    shown = await _shown(desk, found)
    why = await payments.explained(refund, vault=desk.vault)
    names = await people.names_of([shown.requested_by, *(each.by for each in why)])
    return RefundOpened(**asdict(shown), decisions=why, names=names)


async def _shown(desk: Desk, one: RefundLine) -> RefundShown:
    code, owner = await whose(desk, one.dossier)
    return RefundShown(
        id=one.refund,
        rev=one.rev,
        at=one.at,
        age=age(one.at, desk.now),
        unit=one.unit,
        unit_name=place(one.unit),
        amount=one.amount,
        state=one.state,
        reason=one.reason,
        code=code,
        owner_masked=owner,
        adapter=one.adapter,
        route=one.route,
        routes=one.routes,
        requested_by=one.requested_by,
        approved_by=one.approved_by,
        paid_by=one.paid_by,
        confirmed_by=one.confirmed_by,
        evidence=one.evidence,
        payee=one.payee,
        can=one.can,
    )


async def _suggestion(desk: Desk, one: payments.Suggestion) -> MoneySuggestion:
    dossier = await dossiers.get(one.dossier)
    _code, owner = await whose(desk, one.dossier)
    return MoneySuggestion(
        code=dossier.code or "",
        procedure=dossier.procedure,
        unit=dossier.unit,
        owner_masked=owner or "",
        due=one.due,
        why=one.why,
        score=one.score,
    )
