"""Daily closes at the desk: uploaded, read and signed, in the officer's own units.

Another unit's close raises the same NotFound as one that is not there.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from msgspec.structs import asdict, replace

from backend import payments, people, places
from backend.payments import Adapters, CloseLine, DailyClose
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.workbench.actions.reading import PAGE, Desk, names_in, titles_in, unit_names
from backend.workbench.model.closes import CloseList, CloseShown, Signing
from backend.workbench.model.money import money_cursor, read_money_cursor
from payment_adapters.contract import NAMELESS, Statement

_AHEAD = timedelta(days=1)
"""The first page begins after now: what was made at this very moment stands in it too."""


async def listed(desk: Desk, after: str | None, *, adapters: Adapters) -> CloseList:
    """List a page of closes of the own units, and what a new one is made of."""
    before, beyond = read_money_cursor(after) if after else (desk.now + _AHEAD, None)
    found = await payments.listed_closes(
        desk.units(), vault=desk.vault, before=before, beyond=beyond, most=PAGE + 1
    )
    page = found[:PAGE]
    follows = money_cursor(page[-1].uploaded_at, page[-1].close) if len(found) > PAGE else None
    return CloseList(
        items=await _shown([replace(one, lines=()) for one in page], adapters=None),
        next=follows,
        units=unit_names(desk),
        sources=payments.readers(adapters),
    )


async def upload(
    desk: Desk,
    body: bytes,
    *,
    adapter: str,
    day: date,
    unit: str,
    adapters: Adapters,
    random: Randomness,
) -> CloseShown:
    """Compare a day's file of an own unit with what we know."""
    units = desk.units()
    if unit not in units:
        raise NotFound
    made = await payments.close_day(
        adapter,
        Statement(name=f"{adapter}-{day}", body=body),
        day=day,
        unit=unit,
        units=units,
        by=desk.officer.actor,
        adapters=adapters,
        vault=desk.vault,
        random=random,
        now=desk.now,
    )
    return await _opened(made, adapters)


async def one(desk: Desk, close: UUID, *, adapters: Adapters) -> CloseShown:
    """Read a close with its list."""
    found = await payments.one_close(close, vault=desk.vault)
    if found.unit not in desk.units():
        raise NotFound
    return await _opened(found, adapters)


async def sign(desk: Desk, close: UUID, wish: Signing, *, adapters: Adapters) -> CloseShown:
    """Sign a close as the second person, with a word on what differs."""
    await one(desk, close, adapters=adapters)
    signed = await payments.sign_close(
        close, note=wish.checked_note(), by=desk.officer.actor, vault=desk.vault, now=desk.now
    )
    return await _opened(signed, adapters)


async def _opened(close: DailyClose, adapters: Adapters) -> CloseShown:
    (shown,) = await _shown([close], adapters=adapters)
    return shown


async def _shown(closes: Sequence[DailyClose], *, adapters: Adapters | None) -> list[CloseShown]:
    """Put beside each where it is of, and the names of those who acted; foreign money in full."""
    acted = [(one.uploaded_by, one.signed_by) for one in closes]
    known = await people.signed_by(who for pair in acted for who in pair)
    return [
        CloseShown(
            **asdict(one) | {"lines": tuple(map(_line, one.lines))},
            unit_name=places.name(one.unit),
            foreign=await payments.foreign_money(one.adapter, one.day, adapters=adapters)
            if adapters
            else (),
            names=names_in(known, pair),
            titles=titles_in(known, pair),
        )
        for one, pair in zip(closes, acted, strict=True)
    ]


def _line(one: CloseLine) -> CloseLine:
    """Leave out a name that was made here: nobody finds it in the file."""
    return replace(one, txn="") if one.txn.startswith(NAMELESS) else one
