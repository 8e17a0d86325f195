"""Places over HTTP: the wards and communes with which a citizen can file."""

from datetime import date
from typing import Any

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from backend.places import actions
from backend.places.model import Unit
from backend.platform import http
from backend.platform.kit.clock import VIETNAM, Clock
from backend.platform.kit.vietnamese import fold

FILING_KINDS = ("ward", "commune", "town")


class Office(Struct, frozen=True):
    """A unit that takes dossiers (nơi tiếp nhận hồ sơ)."""

    code: str
    name: str
    office: str | None
    address: str | None
    phone: str | None
    hours: str
    portal_only: bool


class Offices(Struct, frozen=True):
    """All of them, in the order of their names."""

    items: list[Office]
    next: str | None = None


@get("/api/v1/units", operation_id="units", tags=["citizen"], responses=http.refusals())
async def units(clock: NamedDependency[Clock]) -> Offices:
    """List the wards and communes of today, so that a citizen of another ward finds theirs."""
    today = clock().astimezone(VIETNAM).date()
    found = [
        unit
        for unit in actions.current().units()
        if unit.kind in FILING_KINDS and unit.exists(today)
    ]
    found.sort(key=lambda unit: fold(unit.name))
    return Offices([_office(unit, today) for unit in found])


def _office(unit: Unit, today: date) -> Office:
    return Office(
        code=unit.code,
        name=unit.name,
        office=unit.office,
        address=unit.address,
        phone=unit.phone,
        hours=str(actions.hours(unit.code)),
        portal_only=unit.takes_by_portal_alone(today),
    )


handlers: list[Any] = [units]
