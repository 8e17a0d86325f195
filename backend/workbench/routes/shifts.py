"""HTTP of counter shifts (ca thu): list, open, read, close."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from backend.payments import ShiftClosed, ShiftOpen
from backend.people import RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.workbench.actions import shifts
from backend.workbench.actions.reading import Desk
from backend.workbench.model.shifts import Closing, Opening, ShiftList, ShiftReport
from backend.workbench.routes.desk import DESK, OFFICER

_ALL = "/api/v1/workbench/shifts"
_ONE = f"{_ALL}/{{shift:uuid}}"
_WHO = (SignInNeeded, RoleNotAllowed, NotFound)
_READ: Any = {"opt": OFFICER, "dependencies": DESK, "responses": http.refusals(*_WHO)}


@get(_ALL, **_READ)
async def listed(
    desk: NamedDependency[Desk],
    after: Annotated[str | None, QueryParameter(max_length=120)] = None,
) -> ShiftList:
    """List the shifts of the own units, newest first."""
    return await shifts.listed(desk, after)


@post(
    _ALL,
    opt=OFFICER,
    dependencies=DESK,
    dto=http.Strict[Opening],
    return_dto=None,
    status_code=HTTP_201_CREATED,
    responses=http.refusals(*_WHO, ShiftOpen, body=True),
)
async def open_till(
    desk: NamedDependency[Desk], random: NamedDependency[Randomness], data: JSONBody[Opening]
) -> ShiftReport:
    """Open a till (mở ca thu) with the change that lies in it."""
    return await shifts.open_till(desk, data, random=random)


@get(_ONE, **_READ)
async def report(desk: NamedDependency[Desk], shift: FromPath[UUID]) -> ShiftReport:
    """Read a shift with its lines (biên bản đóng ca); an open one shows no sums."""
    return await shifts.report(desk, shift)


@post(
    f"{_ONE}/close",
    opt=OFFICER,
    dependencies=DESK,
    dto=http.Strict[Closing],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_WHO, ShiftClosed, body=True),
)
async def close(
    desk: NamedDependency[Desk], shift: FromPath[UUID], data: JSONBody[Closing]
) -> ShiftReport:
    """Close a till (đóng ca thu) by what was counted; a difference needs its reason."""
    return await shifts.close(desk, shift, data)


handlers: list[Any] = [listed, open_till, report, close]
