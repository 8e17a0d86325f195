"""Where a scanned code leads: the app shell itself, the code's record, the poster's PDF."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures.state import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED, HTTP_404_NOT_FOUND
from msgspec import Struct

from backend import catalogue, places
from backend.platform import http
from backend.platform.kit.clock import VIETNAM, Clock
from backend.platform.settings import Settings
from backend.platform.workshop import Workshop
from backend.qr import actions
from backend.qr.model import PosterGone, Record, UnknownQr
from backend.qr.model import State as CodeState


class Place(Struct, frozen=True):
    """A unit by its id and name, and its office as people address it (UBND phường)."""

    code: str
    name: str
    office: str | None


class Opened(Struct, frozen=True):
    """A procedure that a code opens."""

    code: str
    name: str
    title: str
    fee_note: str


class Found(Struct, frozen=True):
    """What a code is (mã QR): where it leads and whether it still holds."""

    code: str
    kind: str
    unit: Place
    procedures: list[Opened]
    campaign: str | None
    state: CodeState
    replaced_by: str | None


@get(["/q/{code:str}", "/Q/{code:str}"], include_in_schema=False)
async def scan(
    code: FromPath[str],
    request: Request[Any, Any, State],
    assets: NamedDependency[http.Assets],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    """Answer a scan with the app's page itself; an unknown code gets it too, with status 404."""
    page = assets.shell(request)
    try:
        record = await actions.follow(code, now=clock())
    except UnknownQr:
        page.status_code = (
            HTTP_404_NOT_FOUND if page.status_code == HTTP_200_OK else page.status_code
        )
    else:
        page.headers["Link"] = _ahead(record)
    return page


def _ahead(record: Record) -> str:
    """Name what the page will ask for, so that slow phones fetch it beside the page's scripts."""
    wanted = [f"/api/v1/qr/{record.code}"]
    if len(record.procedures) == 1:
        wanted.append(f"/api/v1/procedures/{record.procedures[0]}?unit={record.unit}")
    return ", ".join(f"<{path}>; rel=preload; as=fetch; crossorigin" for path in wanted)


@get("/api/v1/qr/{code:str}", responses=http.refusals(UnknownQr))
async def look_up(code: FromPath[str], clock: NamedDependency[Clock]) -> Found:
    """Tell where a code leads; withdrawn and expired ones answer with their state."""
    now = clock()
    record = await actions.find(code, now=now)
    unit = places.get(record.unit)
    return Found(
        code=record.code,
        kind=record.kind,
        unit=Place(record.unit, unit.name, unit.office),
        procedures=[_opened(one, record.unit, now) for one in record.procedures],
        campaign=record.campaign,
        state=record.state(now),
        replaced_by=record.replaced_by,
    )


_UNCHANGED = ResponseSpec(None, description="not changed since that ETag")


def _opened(code: str, unit: str, now: datetime) -> Opened:
    procedure = catalogue.get(code)
    note = procedure.fee_note(unit=unit, on=now.astimezone(VIETNAM).date())
    return Opened(procedure.code, procedure.name, procedure.title, note)


@get(
    "/api/v1/qr/{code:str}/poster.pdf",
    media_type="application/pdf",
    responses={**http.refusals(UnknownQr, PosterGone), HTTP_304_NOT_MODIFIED: _UNCHANGED},
)
async def poster(
    code: FromPath[str],
    request: Request[Any, Any, State],
    settings: NamedDependency[Settings],
    workshop: NamedDependency[Workshop],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    """Give the A4 poster of a live code as PDF."""
    pdf, etag = await actions.poster_pdf(
        code, public_url=settings.public_url, workshop=workshop, now=clock()
    )
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if http.same(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="to-dan-{code.upper()}.pdf"'
    return Response(pdf, media_type="application/pdf", headers=headers)


handlers: list[Any] = [scan, look_up, poster]
