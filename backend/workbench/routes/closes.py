"""HTTP of daily closes (đối soát ngày): list, upload a day's file, read, sign."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures.state import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from backend.payments import Adapters, CloseSigned, NoStatement, SamePerson
from backend.people import RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.workbench.actions import closes
from backend.workbench.actions.reading import Desk
from backend.workbench.model.closes import CloseList, CloseShown, Signing
from backend.workbench.routes.desk import DESK, OFFICER

_ALL = "/api/v1/workbench/closes"
_ONE = f"{_ALL}/{{close:uuid}}"
_WHO = (SignInNeeded, RoleNotAllowed, NotFound)
_READ: Any = {"opt": OFFICER, "dependencies": DESK, "responses": http.refusals(*_WHO)}
_Name = Annotated[str, QueryParameter(min_length=1, max_length=64)]


@get(_ALL, **_READ)
async def listed(
    desk: NamedDependency[Desk],
    adapters: NamedDependency[Adapters],
    after: Annotated[str | None, QueryParameter(max_length=120)] = None,
) -> CloseList:
    """List the closes of the own units, newest first, without their lines."""
    return await closes.listed(desk, after, adapters=adapters)


@post(
    _ALL,
    opt=OFFICER,
    dependencies=DESK,
    status_code=HTTP_201_CREATED,
    responses=http.refusals(*_WHO, NoStatement),
)
async def upload(
    *,
    request: Request[Any, Any, State],
    desk: NamedDependency[Desk],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    adapter: _Name,
    unit: _Name,
    day: Annotated[date, QueryParameter()],
) -> CloseShown:
    """Take a bank's or provider's file of a day (sao kê) as the body, and give the list."""
    return await closes.upload(
        desk,
        await request.body(),
        adapter=adapter,
        day=day,
        unit=unit,
        adapters=adapters,
        random=random,
    )


@get(_ONE, **_READ)
async def one(
    desk: NamedDependency[Desk], adapters: NamedDependency[Adapters], close: FromPath[UUID]
) -> CloseShown:
    """Read a close with its list (bảng đối soát)."""
    return await closes.one(desk, close, adapters=adapters)


@post(
    f"{_ONE}/sign",
    opt=OFFICER,
    dependencies=DESK,
    dto=http.Strict[Signing],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_WHO, CloseSigned, SamePerson, body=True),
)
async def sign(
    desk: NamedDependency[Desk],
    adapters: NamedDependency[Adapters],
    close: FromPath[UUID],
    data: JSONBody[Signing],
) -> CloseShown:
    """Sign a close as the second person (ký đối soát); its list never changes."""
    return await closes.sign(desk, close, data, adapters=adapters)


handlers: list[Any] = [listed, upload, one, sign]
