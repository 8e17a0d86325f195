"""How long before a date a dossier must be filed (báo trước): the earliest day of a question."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from backend.catalogue.model.definition import Definition, Field, Lead, Step

Earliest = Callable[[Lead], date]


def dated(definition: Definition, earliest: Earliest) -> Definition:
    """Give each question with a lead the earliest date (`min`) that it takes."""
    if not any(field.lead for step in definition.steps for field in step.fields):
        return definition
    steps = tuple(_step(step, earliest) for step in definition.steps)
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


def in_time(dated: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Move answers that are too soon to the earliest date."""
    least = {
        field.id: str(field.min) for step in dated.steps for field in step.fields if field.lead
    }
    return {
        key: max(value, least[key]) if key in least and isinstance(value, str) else value
        for key, value in answers.items()
    }


def _step(step: Step, earliest: Earliest) -> Step:
    fields = tuple(
        msgspec.structs.replace(field, min=earliest(field.lead).isoformat())
        if field.lead
        else field
        for field in step.fields
    )
    return msgspec.structs.replace(step, fields=fields)


def _hinted(field: Field, on: date) -> Field:
    if field.lead is None:
        return field
    first = date.fromisoformat(str(field.min))
    said = f"Nộp ngày {on:%d/%m/%Y} thì sớm nhất là ngày {first:%d/%m/%Y}."
    english = f"Filed on {on:%d/%m/%Y}, the earliest is {first:%d/%m/%Y}."
    return msgspec.structs.replace(
        field,
        hint=f"{field.hint} {said}" if field.hint else said,
        hint_en=f"{field.hint_en} {english}" if field.hint_en else english,
    )
