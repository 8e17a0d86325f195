"""What needs a look besides dossiers: money, the hand-over; and the posters of the own units."""

from uuid import UUID

from backend import dossiers, forwarding, payments, places, qr
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.platform.kit.vietnamese import masked_name
from backend.workbench.actions.reading import PAGE, Desk
from backend.workbench.model import (
    Discrepancy,
    NotSent,
    PosterLine,
    PosterList,
    Sending,
)
from backend.workbench.model.money import Money, MoneyList, age, money_cursor, read_money_cursor


async def money(desk: Desk, after: str | None, *, adapters: payments.Adapters) -> MoneyList:
    """List a page of money that somebody should look at (tiền cần đối chiếu), newest first."""
    before, beyond = read_money_cursor(after) if after else (desk.now, None)
    found = await payments.unmatched(
        desk.units(),
        adapters=adapters,
        now=desk.now,
        before=before,
        beyond=beyond,
        most=PAGE + 1,
        vault=desk.vault,
    )
    page = found[:PAGE]
    follows = money_cursor(page[-1].at, page[-1].event) if len(found) > PAGE else None
    return MoneyList(items=[await _money(desk, one) for one in page], next=follows)


async def _money(desk: Desk, one: payments.Unmatched) -> Money:
    code, owner = await whose(desk, one.dossier)
    return Money(
        id=one.event,
        at=dossiers.local(one.at),
        adapter=one.adapter,
        account=one.account,
        amount=one.amount,
        reason=one.reason,
        unit=one.unit,
        code=code,
        counted=one.counted,
        memo=one.memo,
        masked=one.masked,
        foreign=one.foreign,
        rev=one.rev,
        age=age(one.at, desk.now),
        kind=one.kind,
        unit_name=place(one.unit),
        owner_masked=owner,
        can=one.can,
    )


async def whose(desk: Desk, dossier: UUID | None) -> tuple[str | None, str | None]:
    """Give a dossier's code and its owner's masked name; nothing for money of nobody."""
    if dossier is None:
        return None, None
    found = await dossiers.opened(dossier, desk.vault)
    return found.dossier.code, masked_name(found.private().owner.name or "")


def place(unit: str) -> str:
    """Name a unit; nothing for an account that many units share."""
    return places.name(unit) if unit != "*" else ""


async def _code(dossier: UUID) -> str | None:
    return (await dossiers.get(dossier)).code


async def sending(desk: Desk) -> Sending:
    """List what is not in the one-stop system yet, oldest first, and what disagrees with it."""
    waiting = await forwarding.waiting(desk.units(), now=desk.now)
    differing = await forwarding.differences(desk.units())
    return Sending(
        items=[await _not_sent(one) for one in waiting],
        discrepancies=[
            Discrepancy(
                code=await _code(one.dossier) or "",
                unit=one.unit,
                kind=one.kind,
                ours=one.ours,
                theirs=one.theirs,
                seen_at=dossiers.local(one.seen_at),
            )
            for one in differing
        ],
    )


async def _not_sent(one: forwarding.Waiting) -> NotSent:
    dossier = await dossiers.get(one.dossier)
    return NotSent(
        code=dossier.code or "",
        procedure=dossier.procedure,
        unit=dossier.unit,
        state=dossier.state,
        due_at=dossiers.local(one.due_at),
        age=one.age,
        tries=one.tries,
        problem=one.problem,
        flagged=one.flagged,
    )


async def make_poster(
    desk: Desk, unit: str, procedure: str, campaign: str | None, *, random: Randomness
) -> PosterLine:
    """Make a poster (tờ dán) for one of the officer's units."""
    _own(desk, unit)
    made = await qr.make_poster(
        unit, procedure, campaign, by=desk.officer.actor, random=random, now=desk.now
    )
    return _poster(desk, made)


async def posters(desk: Desk, unit: str | None) -> PosterList:
    """List the posters of one of the officer's units, or of all."""
    if unit is not None:
        _own(desk, unit)
    found = await qr.of_units([unit] if unit else desk.units(), now=desk.now)
    return PosterList([_poster(desk, one) for one in found])


async def withdraw_poster(desk: Desk, code: str, replaced_by: str | None) -> PosterLine:
    """Take a poster of the officer's units out of use (thu hồi)."""
    for one in filter(None, (code, replaced_by)):
        if (await qr.find(one, now=desk.now)).unit not in desk.units():
            raise qr.UnknownQr
    gone = await qr.withdraw(code, by=desk.officer.actor, now=desk.now, replaced_by=replaced_by)
    found = await qr.of_units([gone.unit], now=desk.now)
    return next(_poster(desk, one) for one in found if one.code == gone.code)


def _own(desk: Desk, unit: str) -> None:
    if unit not in desk.units():
        raise NotFound


def _poster(desk: Desk, poster: qr.Poster) -> PosterLine:
    return PosterLine(
        code=poster.code,
        unit=poster.unit,
        unit_name=places.name(poster.unit),
        procedures=poster.procedures,
        campaign=poster.campaign,
        state=poster.state,
        replaced_by=poster.replaced_by,
        made_at=dossiers.local(poster.made_at),
        scans=poster.scans,
        pdf_url=desk.address(poster.path),
    )
