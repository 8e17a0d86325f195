"""HTTP of the leader's desk: the table of a period, and the dossiers behind each number."""

from datetime import date
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from backend import people
from backend.people import Officer, RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.clock import VIETNAM, Clock
from backend.platform.kit.errors import NotFound
from backend.targets import actions
from backend.targets.model import BadPeriod

LEADER = people.only("leader")
REFUSALS = http.refusals(SignInNeeded, RoleNotAllowed, NotFound, BadPeriod)


def _today(clock: Clock) -> date:
    return clock().astimezone(VIETNAM).date()


def _refuse_foreign(officer: Officer, unit: str, today: date) -> None:
    """Answer a unit outside the leader's scope exactly like one that does not exist."""
    if unit not in people.visible_units(officer, today):
        raise NotFound


@get("/api/v1/targets", opt=LEADER, responses=REFUSALS)
async def table(
    officer: NamedDependency[Officer],
    clock: NamedDependency[Clock],
    unit: FromQuery[str],
    period: FromQuery[str],
) -> actions.Table:
    """Answer the table of a period (bảng chỉ tiêu): one line a ward, and the unit's own."""
    today = _today(clock)
    _refuse_foreign(officer, unit, today)
    return await actions.table(unit, period, today=today)


@get("/api/v1/targets/{indicator:str}/dossiers", opt=LEADER, responses=REFUSALS)
async def behind(
    officer: NamedDependency[Officer],
    clock: NamedDependency[Clock],
    indicator: FromPath[str],
    unit: FromQuery[str],
    period: FromQuery[str],
    counted: FromQuery[bool | None] = None,
    after: Annotated[str | None, QueryParameter(max_length=13)] = None,
) -> actions.Page:
    """List the dossiers behind one number (con số này từ đâu ra), without names."""
    today = _today(clock)
    _refuse_foreign(officer, unit, today)
    return await actions.behind(indicator, unit, period, counted=counted, after=after, today=today)


handlers = [table, behind]
