"""Where providers and returning browsers come in; judged by signature alone.

These addresses are outside the rules for origins and JSON: any content type, no cookie is read.
"""

from typing import Any

from litestar import Request, Response, route
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_204_NO_CONTENT,
    HTTP_303_SEE_OTHER,
    HTTP_400_BAD_REQUEST,
    HTTP_401_UNAUTHORIZED,
    HTTP_503_SERVICE_UNAVAILABLE,
)

from backend.payments.actions import asking, hearing, telling
from backend.payments.actions.adapters import ROUTES, Adapters
from backend.platform.http.problems import refusals
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound, Unauthorised
from backend.platform.kit.ids import Randomness
from backend.platform.vault import Vault
from payment_adapters.contract import RawRequest

RETURN_SCREEN = "/thanh-toan/ve"
_IN_THE_PROVIDERS_FORM = {
    status: ResponseSpec(
        data_container=dict[str, str | int | bool],
        description=words,
        media_type="application/json",
        generate_examples=False,
    )
    for status, words in (
        (HTTP_200_OK, "taken in, in the provider's form"),
        (HTTP_400_BAD_REQUEST, "unreadable, in the provider's form"),
        (HTTP_401_UNAUTHORIZED, "not proven genuine, in the provider's form"),
        (HTTP_503_SERVICE_UNAVAILABLE, "come again, in the provider's form"),
    )
} | {
    HTTP_204_NO_CONTENT: ResponseSpec(
        data_container=None,
        description="taken in; this provider wants no words",
        generate_examples=False,
    )
}


@route(
    f"{ROUTES}/notices/{{adapter:str}}",
    http_method=["GET", "POST"],
    status_code=HTTP_200_OK,
    responses={**refusals(NotFound), **_IN_THE_PROVIDERS_FORM},
)
async def notice(
    request: Request[Any, Any, Any],
    adapter: FromPath[str],
    adapters: NamedDependency[Adapters],
    vault: NamedDependency[Vault],
    random: NamedDependency[Randomness],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    """Take in a provider's notice (thông báo thanh toán); the reply is in the provider's form."""
    raw = await _raw(request)
    reply = await hearing.hear(
        adapter, raw, adapters=adapters, vault=vault, random=random, now=clock()
    )
    later = {"Retry-After": "5"} if reply.status == HTTP_503_SERVICE_UNAVAILABLE else {}
    return Response(
        reply.body, status_code=reply.status, media_type=reply.media_type, headers=later
    )


@route(
    f"{ROUTES}/return/{{adapter:str}}",
    http_method=["GET", "POST"],
    status_code=HTTP_303_SEE_OTHER,
    responses=refusals(NotFound),
)
async def come_back(
    request: Request[Any, Any, Any],
    adapter: FromPath[str],
    adapters: NamedDependency[Adapters],
    clock: NamedDependency[Clock],
) -> Redirect:
    """Take the browser back (quay về từ trang thanh toán): a hint whom to ask about, no more."""
    found = adapters.find(adapter)
    if found is None:
        raise NotFound
    hint = found.parse_return(adapters.context(adapter), await _raw(request))
    if hint.provider_ref:
        await asking.ask_soon(adapter, hint.provider_ref, now=clock())
    return Redirect(RETURN_SCREEN, status_code=HTTP_303_SEE_OTHER)


@route(
    f"{ROUTES}/lookups/{{adapter:str}}",
    http_method=["GET", "POST"],
    status_code=HTTP_200_OK,
    responses={
        HTTP_200_OK: ResponseSpec(
            data_container=dict[str, object],
            description="what is payable, in the platform's form",
            media_type="application/json",
            generate_examples=False,
        ),
        **refusals(NotFound, Unauthorised, body=True),
    },
)
async def look_up(
    request: Request[Any, Any, Any],
    adapter: FromPath[str],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
) -> Response[bytes]:
    """Tell a platform what is payable for a dossier (tra cứu khoản phải nộp), in its own form."""
    reply = await telling.tell(adapter, await _raw(request), adapters=adapters, random=random)
    return Response(reply.body, status_code=reply.status, media_type=reply.media_type)


async def _raw(request: Request[Any, Any, Any]) -> RawRequest:
    return RawRequest(
        method=request.method,
        query=request.scope["query_string"].decode("latin-1"),
        headers=tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in request.scope["headers"]
        ),
        body=await request.body(),
    )


handlers = [notice, come_back, look_up]
