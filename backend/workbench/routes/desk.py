"""HTTP of the officer's desk: queue, one dossier, decisions, posters."""

from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures.state import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK
from msgspec.structs import replace

from backend import catalogue, dossiers, payments, people, qr
from backend.people import Officer, RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.platform.links import Links
from backend.platform.settings import Settings
from backend.platform.vault import Vault
from backend.workbench.actions import deciding, listing, reading
from backend.workbench.actions.reading import Desk
from backend.workbench.model import (
    Collection,
    DecidedElsewhere,
    Decision,
    Full,
    PosterLine,
    PosterList,
    PosterWanted,
    PosterWithdrawn,
    Queue,
    Quotation,
    ReasonNeeded,
    Sending,
    SupplementWanted,
)
from backend.workbench.model.money import MoneyList

OFFICER = people.only("officer")
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
_ONE = "/api/v1/workbench/dossiers/{code:str}"
_READS = http.refusals(SignInNeeded, RoleNotAllowed, NotFound)
_MOVES = http.refusals(
    SignInNeeded,
    RoleNotAllowed,
    NotFound,
    dossiers.NotAllowedNow,
    dossiers.Stale,
    dossiers.AlreadyAsked,
    DecidedElsewhere,
    ReasonNeeded,
    body=True,
)


def provide_desk(
    officer: NamedDependency[Officer],
    vault: NamedDependency[Vault],
    links: NamedDependency[Links],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
    request: Request[Any, Any, State],
) -> Desk:
    """Put an officer's desk together for one request."""
    return Desk(
        officer=officer,
        vault=vault,
        links=links,
        origin=_origin(request, settings),
        decided_here=settings.onestop.authority == "here",
        now=clock(),
    )


def _origin(request: Request[Any, Any, State], settings: Settings) -> str:
    """Give where the officer came in: the public address, or this machine when tried here."""
    host = request.headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return f"{request.scope['scheme']}://{host}" if name in _HERE else settings.public_url


DESK = {"desk": Provide(provide_desk, sync_to_thread=False)}


def provide_speaking_desk(
    silent: NamedDependency[Desk],
    language: Annotated[catalogue.Language, QueryParameter(name="language")] = "vi",
) -> Desk:
    """Let the desk tell the words of a procedure in a language."""
    return replace(silent, language=language)


_SPEAKING = {
    "silent": DESK["desk"],
    "desk": Provide(provide_speaking_desk, sync_to_thread=False),
}
_READ: Any = {"opt": OFFICER, "dependencies": DESK, "responses": _READS}
_TELL: Any = _READ | {"dependencies": _SPEAKING}
_ACT: Any = {
    "opt": OFFICER,
    "dependencies": _SPEAKING,
    "responses": _MOVES,
    "return_dto": None,
    "status_code": HTTP_200_OK,
}


@get("/api/v1/workbench/dossiers", **_TELL)
async def inbox(
    desk: NamedDependency[Desk],
    where: Annotated[dossiers.State | None, QueryParameter(name="state")] = None,
    q: Annotated[str, QueryParameter(max_length=120)] = "",
    after: Annotated[str | None, QueryParameter(max_length=120)] = None,
) -> Queue:
    """List what waits at the desk (hồ sơ cần làm), nearest deadline first."""
    return await reading.queue(desk, state=where, q=q, after=after)


@get(_ONE, **_TELL)
async def one(desk: NamedDependency[Desk], code: FromPath[str]) -> Full:
    """Open one dossier of the own units."""
    return await reading.read(desk, code)


@post(f"{_ONE}/accept", dto=http.Strict[Decision], **_ACT)
async def accept(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Decision]
) -> Full:
    """Accept a dossier (tiếp nhận); while the fee is unpaid only with a reason."""
    return await deciding.accept(desk, code, data)


@post(f"{_ONE}/decline", dto=http.Strict[Decision], **_ACT)
async def decline(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Decision]
) -> Full:
    """Decline a dossier (từ chối tiếp nhận); the reason is told to the citizen."""
    return await deciding.move(desk, code, "decline", data)


@post(f"{_ONE}/stop", dto=http.Strict[Decision], **_ACT)
async def stop(desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Decision]) -> Full:
    """Stop the handling of a dossier (dừng giải quyết)."""
    return await deciding.move(desk, code, "stop", data)


@post(f"{_ONE}/finish", dto=http.Strict[Decision], **_ACT)
async def finish(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Decision]
) -> Full:
    """Say that the result is ready (có kết quả)."""
    return await deciding.move(desk, code, "finish", data)


@post(f"{_ONE}/return", dto=http.Strict[Decision], **_ACT)
async def hand_over(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Decision]
) -> Full:
    """Note that the result was handed over (trả kết quả)."""
    return await deciding.move(desk, code, "return", data)


@post(f"{_ONE}/request_supplement", dto=http.Strict[SupplementWanted], **_ACT)
async def request_supplement(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[SupplementWanted]
) -> Full:
    """Ask the citizen once to complete the dossier (yêu cầu bổ sung)."""
    return await deciding.request_supplement(desk, code, data)


@post(f"{_ONE}/quote", dto=http.Strict[Quotation], **_ACT)
async def quote(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Quotation]
) -> Full:
    """Set a fee that was not known at submission (báo phí), with its basis."""
    return await deciding.quote(desk, code, data)


@post(f"{_ONE}/collect", dto=http.Strict[Collection], **_ACT)
async def collect(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Collection]
) -> Full:
    """Take money at the counter (thu tại quầy)."""
    return await deciding.collect(desk, code, data)


@get("/api/v1/workbench/money", **_READ)
async def money(
    desk: NamedDependency[Desk],
    adapters: NamedDependency[payments.Adapters],
    after: Annotated[str | None, QueryParameter(max_length=120)] = None,
) -> MoneyList:
    """List money that somebody should look at (tiền cần đối chiếu), with its reason."""
    return await listing.money(desk, after, adapters=adapters)


@get("/api/v1/workbench/sending", **_READ)
async def sending(desk: NamedDependency[Desk]) -> Sending:
    """List what is not in the one-stop system yet (chưa sang một cửa), and what disagrees."""
    return await listing.sending(desk)


@get("/api/v1/workbench/posters", **_READ)
async def posters(
    desk: NamedDependency[Desk],
    unit: Annotated[str | None, QueryParameter(max_length=120)] = None,
) -> PosterList:
    """List the posters (tờ dán) of the own units, newest first, with their scans."""
    return await listing.posters(desk, unit)


@post(
    "/api/v1/workbench/posters",
    dto=http.Strict[PosterWanted],
    return_dto=None,
    opt=OFFICER,
    dependencies=DESK,
    responses=http.refusals(
        SignInNeeded,
        RoleNotAllowed,
        NotFound,
        catalogue.UnknownProcedure,
        qr.NotForPosters,
        body=True,
    ),
)
async def make_poster(
    desk: NamedDependency[Desk],
    random: NamedDependency[Randomness],
    data: JSONBody[PosterWanted],
) -> PosterLine:
    """Make a poster of one procedure for one of the own units."""
    return await listing.make_poster(
        desk, data.unit, data.procedure, data.checked_campaign(), random=random
    )


@post(
    "/api/v1/workbench/posters/{code:str}/withdraw",
    dto=http.Strict[PosterWithdrawn],
    return_dto=None,
    status_code=HTTP_200_OK,
    opt=OFFICER,
    dependencies=DESK,
    responses=http.refusals(SignInNeeded, RoleNotAllowed, qr.UnknownQr, body=True),
)
async def withdraw_poster(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[PosterWithdrawn]
) -> PosterLine:
    """Take a poster out of use (thu hồi), naming its successor."""
    return await listing.withdraw_poster(desk, code, data.replaced_by)


handlers: list[Any] = [
    inbox,
    one,
    accept,
    decline,
    stop,
    finish,
    hand_over,
    request_supplement,
    quote,
    collect,
    money,
    sending,
    posters,
    make_poster,
    withdraw_poster,
]
