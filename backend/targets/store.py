"""Every query of the leader's figures; what runs inside a citizen's request is plain SQL."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from backend.platform.db import execute, row
from backend.targets.model import Fact, Period
from backend.targets.tables import TargetFact, TargetGoal

_COLUMNS = (
    "code, unit, procedure, channel, accepted_at, accepted_on, due_on, ended_on, waiting_since,"
    " amount, exempt, paid_online"
)


def _fact(found: Mapping[str, Any]) -> Fact:
    return msgspec.convert(dict(found), Fact, strict=False)


async def put(dossier: UUID, fact: Fact) -> None:
    """Keep the fact row of a dossier; a repeat changes nothing."""
    await execute(
        f"INSERT INTO target_facts (dossier, {_COLUMNS})"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})"
        " ON CONFLICT (dossier) DO NOTHING",
        dossier,
        *(getattr(fact, name) for name in Fact.__struct_fields__),
    )


async def waits(dossier: UUID, *, since: date) -> None:
    """Note that a supplement is awaited: the clock stands still."""
    await execute("UPDATE target_facts SET waiting_since = {} WHERE dossier = {}", since, dossier)


async def goes_on(dossier: UUID, *, due_on: date | None) -> None:
    """Note that no supplement is awaited any more, and what is promised now."""
    await execute(
        "UPDATE target_facts SET waiting_since = NULL, due_on = {} WHERE dossier = {}",
        due_on,
        dossier,
    )


async def ended(dossier: UUID, *, on: date) -> None:
    """Note the day on which the work on a dossier ended; the first end stays."""
    await execute(
        "UPDATE target_facts SET ended_on = {} WHERE dossier = {} AND ended_on IS NULL",
        on,
        dossier,
    )


async def money(dossier: UUID, *, amount: int, exempt: bool, paid_online: bool) -> None:
    """Note what a dossier owes and whether it was paid online."""
    await execute(
        "UPDATE target_facts SET amount = {}, exempt = {}, paid_online = {} WHERE dossier = {}",
        amount,
        exempt,
        paid_online,
        dossier,
    )


async def facts(units: Sequence[str], period: Period) -> list[Fact]:
    """List the facts of some units in a period, oldest first."""
    found = (
        await TargetFact.select()
        .where(
            TargetFact.unit.is_in(list(units)),
            TargetFact.accepted_on >= period.first,
            TargetFact.accepted_on <= period.last,
        )
        .order_by(TargetFact.accepted_on, TargetFact.code)
    )
    return [_fact(one) for one in found]


async def goals(units: Sequence[str], year: int) -> dict[tuple[str, str], float]:
    """Give the goals of a year: (unit, indicator) → percent."""
    found = await TargetGoal.select(
        TargetGoal.unit, TargetGoal.indicator, TargetGoal.percent
    ).where(TargetGoal.unit.is_in(list(units)), TargetGoal.year == year)
    return {(one["unit"], one["indicator"]): one["percent"] for one in found}


async def put_goal(unit: str, year: int, indicator: str, percent: float, head: str) -> None:
    """Set a goal, replacing the earlier one of that unit, year and indicator."""
    await execute(
        "INSERT INTO target_goals (unit, year, indicator, percent, head)"
        " VALUES ({}, {}, {}, {}, {})"
        " ON CONFLICT (unit, year, indicator) DO UPDATE SET percent = {}, head = {}",
        unit,
        year,
        indicator,
        percent,
        head,
        percent,
        head,
    )


async def fact_of(dossier: UUID) -> Fact | None:
    """Give the fact row of one dossier, if it was accepted."""
    found = await row(f"SELECT {_COLUMNS} FROM target_facts WHERE dossier = {{}}", dossier)
    return _fact(found) if found else None
