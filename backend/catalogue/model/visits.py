"""The visit that a dossier asks for (ngày đến): which day, which session, and when it is over."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from backend.catalogue.model.conditions import full_date
from backend.catalogue.model.definition import Definition, Field, Option
from backend.places.model import Hours
from backend.platform.kit.clock import VIETNAM


class Visit(Struct, frozen=True, kw_only=True):
    """When somebody means to come (ngày, buổi đến); it names nobody.

    `before`: who comes later on that day is served as if on the next working day.
    """

    begins: datetime
    ends: datetime
    session: str | None
    session_en: str | None
    before: str | None


def visit(
    definition: Definition, answers: Mapping[str, Any], hours: Hours, *, cutoff: str | None
) -> Visit | None:
    """Find the visit that answers tell; None where the procedure asks for none, or none is told.

    The choice beside the day names the sessions of the desk, in their order; else the day is whole.
    """
    asked = definition.deadline.counts_from if definition.deadline else None
    day = full_date(answers.get(asked or ""))
    if day is None:
        return None
    opens, closes, chosen = _session(_beside(definition, asked), answers, hours)
    before = cutoff if cutoff and opens < time.fromisoformat(cutoff) <= closes else None
    return Visit(
        begins=_at(day, opens),
        ends=_at(day, closes),
        session=chosen.label if chosen else None,
        session_en=(chosen.label_en or chosen.label) if chosen else None,
        before=before,
    )


def with_ends(
    steps: list[dict[str, Any]], definition: Definition, hours: Hours
) -> list[dict[str, Any]]:
    """Write beside each session of a visit when it ends (`ends`), where the desk has the same."""
    asked = definition.deadline.counts_from if definition.deadline else None
    chosen = _beside(definition, asked)
    for field in (field for step in steps for field in step["fields"]):
        options = field["options"] if chosen is not None and field["id"] == chosen.id else []
        if len(options) == len(hours.sessions):
            for option, session in zip(options, hours.sessions, strict=True):
                option["ends"] = session.closes
    return steps


def _beside(definition: Definition, asked: str | None) -> Field | None:
    """Find the question for the session, in the same step as the day."""
    for step in definition.steps:
        if any(field.id == asked for field in step.fields):
            return next((field for field in step.fields if field.kind == "choice"), None)
    return None


def _session(
    field: Field | None, answers: Mapping[str, Any], hours: Hours
) -> tuple[time, time, Option | None]:
    spans, options = hours.spans, field.options if field else ()
    given = answers.get(field.id) if field else None
    chosen = next((index for index, one in enumerate(options) if one.id == given), None)
    if chosen is None:
        return spans[0][0], spans[-1][1], None
    if len(spans) != len(options):
        return spans[0][0], spans[-1][1], options[chosen]
    return *spans[chosen], options[chosen]


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM)
