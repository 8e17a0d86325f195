"""Sign-in over HTTP, and the guard that every handler for officers stands behind.

The cookie holds an opaque token. On https it is `__Host-motcua` and Secure; only where both the
scheme is http and the host is this very machine it is plain `motcua`.
"""

from collections.abc import Mapping
from datetime import datetime
from inspect import signature
from typing import Annotated, Any

from litestar import Litestar, Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.datastructures.state import State
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import JSONBody
from msgspec import Meta, Struct

from backend import places
from backend.people import actions
from backend.people.model import ROLES, Officer, Role, RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.clock import VIETNAM, Clock
from backend.platform.kit.errors import Forbidden
from backend.platform.kit.ids import Randomness

_HTTPS_COOKIE = "__Host-motcua"
_LOOPBACK_COOKIE = "motcua"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_LONGEST_TOKEN = 64


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """What an officer types (đăng nhập); `code` is for a second factor and not asked yet."""

    login: Annotated[str, Meta(max_length=200)]
    password: Annotated[str, Meta(max_length=200)]
    code: Annotated[str, Meta(max_length=20)] | None = None


class Me(Struct, frozen=True):
    """Who is signed in; `unit_names` spells the ids of `units` out."""

    name: str
    role: Role
    units: tuple[str, ...]
    login: str
    unit_names: Mapping[str, str]


def only(*roles: Role) -> dict[str, object]:
    """Declare in a handler's `opt` which roles may call it."""
    return {"roles": frozenset(roles)}


EVERYBODY = only(*ROLES)


def undeclared(app: Litestar) -> list[str]:
    """Name the handlers that ask for the officer without declaring roles, or the reverse."""
    handlers = [
        (route.path, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
    ]
    return [
        f"{path}: {handler.handler_name}"
        for path, handler in handlers
        if _asks_for_officer(handler) != bool(_roles(handler))
    ]


def _asks_for_officer(handler: HTTPRouteHandler) -> bool:
    """Tell whether a handler, or anything that is provided to it, asks for the officer."""
    providers = handler.resolve_dependencies()
    waiting = set(handler.parsed_fn_signature.parameters)
    known: set[str] = set()
    while waiting:
        name = waiting.pop()
        known.add(name)
        if name in providers:
            waiting |= set(signature(providers[name].dependency).parameters) - known
    return "officer" in known


def _cookie_name(request: Request[Any, Any, State]) -> str:
    host = request.headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    plain = request.scope["scheme"] == "http" and name in _LOOPBACK
    return _LOOPBACK_COOKIE if plain else _HTTPS_COOKIE


def _token(request: Request[Any, Any, State]) -> str:
    token = request.cookies.get(_cookie_name(request), "")
    return token if len(token) <= _LONGEST_TOKEN else ""


def _cookie(request: Request[Any, Any, State], token: str) -> Cookie:
    name = _cookie_name(request)
    return Cookie(
        key=name,
        value=token,
        path="/",
        secure=name == _HTTPS_COOKIE,
        httponly=True,
        samesite="strict",
        max_age=None if token else 0,
    )


def _me(officer: Officer) -> Me:
    names = {unit: places.name(unit) for unit in officer.units}
    return Me(officer.name, officer.role, officer.units, officer.login, names)


async def provide_officer(
    request: Request[Any, Any, State], clock: NamedDependency[Clock]
) -> Officer:
    """Find the signed-in officer of a request; refuse other roles than the handler declares."""
    token = _token(request)
    if not token:
        raise SignInNeeded
    officer = await actions.recognise(token, now=clock())
    if officer.role not in _roles(request.route_handler):
        raise RoleNotAllowed
    return officer


async def desks_of(request: Request[Any, Any, State], *, now: datetime) -> list[str]:
    """List the units at whose desk (quầy) a request is made: an officer's of today, else none."""
    token = _token(request)
    if not token:
        return []
    try:
        found = await actions.recognise(token, now=now)
    except SignInNeeded:
        return []
    on = now.astimezone(VIETNAM).date()
    return actions.visible_units(found, on) if found.role == "officer" else []


def _roles(handler: BaseRouteHandler | HTTPRouteHandler) -> frozenset[Role]:
    roles: frozenset[Role] = handler.opt.get("roles", frozenset())
    return roles


@post(
    "/api/v1/session",
    dto=http.Strict[SignIn],
    return_dto=None,
    status_code=200,
    responses=http.refusals(SignInNeeded, body=True),
)
async def sign_in(
    data: JSONBody[SignIn],
    request: Request[Any, Any, State],
    clock: NamedDependency[Clock],
    random: NamedDependency[Randomness],
) -> Response[Me]:
    """Sign in (đăng nhập); a session that the browser already had ends."""
    address = request.client.host if request.client else ""
    officer, token = await actions.sign_in(
        data.login, data.password, address=address, random=random, now=clock()
    )
    if earlier := _token(request):
        await actions.forget(earlier)
    return Response(_me(officer), cookies=[_cookie(request, token)])


@delete("/api/v1/session", opt=EVERYBODY, responses=http.refusals(SignInNeeded, Forbidden))
async def sign_out(
    officer: NamedDependency[Officer],
    request: Request[Any, Any, State],
    clock: NamedDependency[Clock],
) -> Response[None]:
    """Sign out (đăng xuất): the session ends on the server."""
    await actions.sign_out(_token(request), officer, now=clock())
    return Response(None, status_code=204, cookies=[_cookie(request, "")])


@get("/api/v1/me", opt=EVERYBODY, responses=http.refusals(SignInNeeded))
async def me(officer: NamedDependency[Officer]) -> Me:
    """Tell who is signed in."""
    return _me(officer)


handlers: list[Any] = [sign_in, sign_out, me]
