"""A lost key over HTTP: ask for a one-time code, get a new key."""

from typing import Any

from litestar import Request, post
from litestar.datastructures.state import State
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED

from backend import notices
from backend.intake.actions import keys
from backend.intake.model import KeyConfirmed, KeyLost, NewKey, WrongOneTimeCode
from backend.platform import http
from backend.platform.kit.clock import Clock
from backend.platform.kit.ids import Randomness
from backend.platform.settings import Settings
from backend.platform.vault import Vault

Asked = Request[Any, Any, State]


@post(
    "/api/v1/keys",
    dto=http.Strict[KeyLost],
    return_dto=None,
    status_code=HTTP_202_ACCEPTED,
    responses=http.refusals(body=True),
)
async def lose_key(
    *,
    data: JSONBody[KeyLost],
    request: Asked,
    settings: NamedDependency[Settings],
    vault: NamedDependency[Vault],
    random: NamedDependency[Randomness],
    clock: NamedDependency[Clock],
) -> None:
    """Ask for a one-time code to the dossier's phone (mất khóa); always looks the same."""
    await keys.ask_code(
        data,
        address=_address(request),
        channels=notices.channels(settings),
        vault=vault,
        random=random,
        now=clock(),
    )


@post(
    "/api/v1/keys/confirm",
    dto=http.Strict[KeyConfirmed],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(WrongOneTimeCode, body=True),
)
async def confirm_key(
    data: JSONBody[KeyConfirmed],
    request: Asked,
    vault: NamedDependency[Vault],
    random: NamedDependency[Randomness],
    clock: NamedDependency[Clock],
) -> NewKey:
    """Give a new key for the right one-time code; earlier keys end."""
    return await keys.confirm(
        data, address=_address(request), vault=vault, random=random, now=clock()
    )


def _address(request: Asked) -> str:
    return request.client.host if request.client else ""


handlers: list[Any] = [lose_key, confirm_key]
