"""What is done with the leader's figures: follow each dossier, answer with shares and lists."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from backend import dossiers, payments, places
from backend.dossiers import DossierMoved
from backend.payments import ObligationRestated, ObligationSettled
from backend.platform.kit.clock import VIETNAM, iso
from backend.platform.kit.errors import NotFound
from backend.platform.outbox import Event
from backend.targets import store
from backend.targets.model import BY_ID, INDICATORS, Fact, Indicator, period, share

ENDS = frozenset({"result_ready", "declined", "stopped", "withdrawn", "expired", "returned"})
PAGE = 100


class Figure(Struct, frozen=True):
    """One number of the table: percent with one decimal, null where nothing is counted."""

    unit: str
    unit_name: str
    indicator: str
    numerator: int
    denominator: int
    share: float | None
    target: float | None


class Definition(Struct, frozen=True):
    """What a number means (định nghĩa chỉ tiêu): its sentence and source, in both languages."""

    id: str
    sentence: str
    sentence_en: str
    source: str
    source_en: str
    version: str


class Table(Struct, frozen=True):
    """The leader's table of one period, with the definition of each indicator in it."""

    period: str
    seen_until: date
    items: list[Figure]
    definitions: list[Definition]


class Counted(Struct, frozen=True):
    """One dossier behind a number, without names."""

    code: str
    unit: str
    procedure: str
    channel: str
    accepted_at: str
    counted: bool


class Page(Struct, frozen=True):
    """One page of dossiers; `next` is handed back as `after` for the following one."""

    items: list[Counted]
    next: str | None


DEFINITIONS = [msgspec.convert(one, Definition, from_attributes=True) for one in INDICATORS]


def day_of(moment: datetime) -> date:
    """Give the calendar day in Vietnam of a moment."""
    return moment.astimezone(VIETNAM).date()


def _day_or_none(moment: datetime | None) -> date | None:
    return day_of(moment) if moment else None


async def follow_move(event: Event) -> None:
    """Keep the fact row in step with the dossier's move, in the same transaction."""
    assert isinstance(event, DossierMoved)  # noqa: S101 - the reactions table
    if event.dossier is None:
        return
    on = day_of(event.at)
    if event.verb == "accept":
        await store.put(event.dossier, await _fact_of(event.dossier, at=event.at))
    elif event.after == "supplement_requested":
        await store.waits(event.dossier, since=on)
    elif event.before == "supplement_requested":
        await store.goes_on(event.dossier, due_on=_day_or_none(await _due_at(event.dossier)))
    if event.after in ENDS:
        await store.ended(event.dossier, on=on)


async def _due_at(dossier: UUID) -> datetime | None:
    return (await dossiers.get(dossier)).due_at


async def follow_money(event: Event) -> None:
    """Keep the money part of the fact row in step with the obligation."""
    assert isinstance(event, ObligationSettled | ObligationRestated)  # noqa: S101 - reactions
    if event.dossier is not None:
        owed = await _money_of(event.dossier)
        await store.money(event.dossier, amount=owed[0], exempt=owed[1], paid_online=owed[2])


async def _money_of(dossier: UUID) -> tuple[int, bool, bool]:
    obligation, _attempts = await payments.of_dossier(dossier)
    if obligation is None:
        return 0, False, False
    online = await payments.paid_online(dossier)
    return obligation.amount or 0, await payments.is_exempt(dossier), online


async def _fact_of(dossier: UUID, *, at: datetime) -> Fact:
    found = await dossiers.get(dossier)
    await payments.hold(dossier)  # money that settles meanwhile finds this fact to correct
    amount, exempt, paid_online = await _money_of(dossier)
    return Fact(
        code=found.code or "",
        unit=found.unit,
        procedure=found.procedure,
        channel=found.channel,
        accepted_at=at,
        accepted_on=day_of(at),
        due_on=_day_or_none(found.due_at),
        ended_on=None,
        waiting_since=None,
        amount=amount,
        exempt=exempt,
        paid_online=paid_online,
    )


async def set_goal(unit: str, year: int, indicator: str, percent: float, *, head: str) -> None:
    """Give a unit a goal for a year (giao chỉ tiêu), tied to the name of its head's office."""
    await store.put_goal(unit, year, _indicator(indicator).id, percent, head)


async def table(unit: str, period_text: str, *, today: date) -> Table:
    """Answer the table of a district (one line a ward and its own) or of one ward."""
    span = period(period_text)
    below = [one.code for one in places.below(unit, on=min(span.last, today))]
    wards = [code for code in below if places.get(code).level == "commune"]
    lines = sorted({unit, *wards}, key=lambda code: (code == unit, code))
    facts = await store.facts([*dict.fromkeys([unit, *wards])], span)
    goals = await store.goals(lines, span.first.year)
    seen = min(span.last, today)
    items = [
        _figure(line, indicator, _within(facts, line, unit), seen, goals)
        for line in lines
        for indicator in INDICATORS
    ]
    return Table(period=span.name, seen_until=seen, items=items, definitions=DEFINITIONS)


def _within(facts: Sequence[Fact], line: str, whole: str) -> Sequence[Fact]:
    return facts if line == whole else [fact for fact in facts if fact.unit == line]


def _figure(
    unit: str,
    indicator: Indicator,
    facts: Sequence[Fact],
    seen: date,
    goals: dict[tuple[str, str], float],
) -> Figure:
    base = [fact for fact in facts if indicator.base(fact, seen)]
    hits = sum(indicator.hit(fact, seen) for fact in base)
    return Figure(
        unit=unit,
        unit_name=places.name(unit),
        indicator=indicator.id,
        numerator=hits,
        denominator=len(base),
        share=share(hits, len(base)),
        target=goals.get((unit, indicator.id)),
    )


async def behind(
    indicator_id: str,
    unit: str,
    period_text: str,
    *,
    counted: bool | None,
    after: str | None,
    today: date,
) -> Page:
    """List the dossiers behind one number, a page: all of the denominator, or one side of it."""
    indicator, span = _indicator(indicator_id), period(period_text)
    units = [one.code for one in places.below(unit, on=min(span.last, today))] or [unit]
    seen = min(span.last, today)
    listed = [
        Counted(
            code=fact.code,
            unit=fact.unit,
            procedure=fact.procedure,
            channel=fact.channel,
            accepted_at=iso(fact.accepted_at),
            counted=indicator.hit(fact, seen),
        )
        for fact in await store.facts(units, span)
        if indicator.base(fact, seen)
    ]
    listed = [one for one in listed if counted is None or one.counted is counted]
    nowhere = len(listed) if after else 0  # an unknown place ends the list; it never begins anew
    begin = next((at + 1 for at, one in enumerate(listed) if one.code == after), nowhere)
    page = listed[begin : begin + PAGE]
    more = begin + PAGE < len(listed)
    return Page(items=page, next=page[-1].code if more else None)


def _indicator(name: str) -> Indicator:
    try:
        return BY_ID[name]
    except KeyError:
        detail = f"Không có chỉ tiêu {name}."
        raise NotFound(detail) from None
