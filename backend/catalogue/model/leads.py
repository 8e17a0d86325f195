"""How long before a date a dossier is filed (báo trước): the first and last day of a question."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from backend.catalogue.model.definition import Definition, Field, Lead, Step

Earliest = Callable[[Lead], date]


def dated(definition: Definition, earliest: Earliest, *, on: date) -> Definition:
    """Give each question with a lead the dates (`min`, `max`) that it takes of who files then."""
    if not any(field.lead for step in definition.steps for field in step.fields):
        return definition
    steps = tuple(_step(step, earliest, on) for step in definition.steps)
    return msgspec.structs.replace(definition, steps=steps)


def hinted(definition: Definition, *, on: date) -> Definition:
    """Say the earliest date under the question, for who files on that day."""
    if not any(field.lead for step in definition.steps for field in step.fields):
        return definition
    steps = tuple(
        msgspec.structs.replace(step, fields=tuple(_hinted(field, on) for field in step.fields))
        for step in definition.steps
    )
    return msgspec.structs.replace(definition, steps=steps)


def with_days_off(
    steps: list[dict[str, Any]], is_working: Callable[[date], bool], *, closes: str
) -> list[dict[str, Any]]:
    """Write the days off (`closed`) and the desk's last hour (`ends`) in place of `open`."""
    for field in (field for step in steps for field in step["fields"] if "lead" in field):
        if field["lead"].pop("open"):
            first, last = (date.fromisoformat(field[key]) for key in ("min", "max"))
            days = (first + timedelta(days=one) for one in range((last - first).days + 1))
            field["lead"]["closed"] = [day.isoformat() for day in days if not is_working(day)]
            field["lead"]["ends"] = closes
    return steps


def in_time(
    dated: Definition, answers: Mapping[str, Any], is_working: Callable[[date], bool]
) -> dict[str, Any]:
    """Move answers too soon to the earliest date, too late to the latest, visits off days off."""
    asked = {field.id: field for step in dated.steps for field in step.fields if field.lead}
    return {
        key: _in_time(asked[key], value, is_working)
        if key in asked and isinstance(value, str)
        else value
        for key, value in answers.items()
    }


def _in_time(field: Field, value: str, is_working: Callable[[date], bool]) -> str:
    moved = min(max(value, str(field.min)), str(field.max))
    while field.lead is not None and field.lead.open and not is_working(date.fromisoformat(moved)):
        moved = (date.fromisoformat(moved) + timedelta(days=1)).isoformat()
    return moved


def _step(step: Step, earliest: Earliest, on: date) -> Step:
    fields = tuple(_field(field, earliest, on) for field in step.fields)
    return msgspec.structs.replace(step, fields=fields)


def _field(field: Field, earliest: Earliest, on: date) -> Field:
    if field.lead is None:
        return field
    least, most = earliest(field.lead).isoformat(), field.max
    if field.lead.within is not None:
        most = min(str(most), (on + timedelta(days=field.lead.within)).isoformat())
    return msgspec.structs.replace(field, min=least, max=most)


def _hinted(field: Field, on: date) -> Field:
    if field.lead is None:
        return field
    first = date.fromisoformat(str(field.min))
    said = f"Nộp ngày {on:%d/%m/%Y} thì sớm nhất là ngày {first:%d/%m/%Y}."
    english = f"Filed on {on:%d/%m/%Y}, the earliest is {first:%d/%m/%Y}."
    if field.lead.within is not None:
        last = date.fromisoformat(str(field.max))
        said = f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}."
        english = f"From {first:%d/%m/%Y} to {last:%d/%m/%Y}."
    return msgspec.structs.replace(
        field,
        hint=f"{field.hint} {said}" if field.hint else said,
        hint_en=f"{field.hint_en} {english}" if field.hint_en else english,
    )
