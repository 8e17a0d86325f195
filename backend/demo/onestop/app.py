"""Build the pretend one-stop's HTTP: the wire, what was received, and the tester's page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl

import httpx
import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from backend.demo import pages
from backend.demo.faults import Faults
from backend.demo.onestop import page
from backend.demo.onestop.book import Book, Received, RefusedError
from backend.demo.onestop.service import OneStop
from backend.demo.onestop.vocabulary import State
from backend.demo.onestop.wire import KINDS, faulty
from backend.demo.serving import App, serve

AGENCY = "000.00.01.H13"
SHOWN = 100
"""Dossiers on the tester's page: it stays small, however many have come."""


class SetStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a tester asks for: this dossier now stands there."""

    code: str
    status: State
    note: Annotated[str, msgspec.Meta(max_length=500)] = ""


def create_app(one_stop: OneStop) -> Litestar:
    """Build the HTTP of one pretend one-stop, without faults."""

    @post("/{service:str}", status_code=200)
    async def answer(service: FromPath[str], request: Request[Any, Any, Any]) -> dict[str, object]:
        return await one_stop.answer(service, await request.body())

    @get("/received", sync_to_thread=False)
    def received() -> list[Received]:
        return one_stop.book.received()

    @get("/", sync_to_thread=False)
    def register() -> Response[str]:
        latest = one_stop.book.received(last=SHOWN)
        return pages.answer(page.register(latest, count=one_stop.book.count()))

    @post("/admin/status", status_code=200)
    async def set_status(request: Request[Any, Any, Any]) -> Response[Any]:
        by_form = request.headers.get("content-type", "").startswith("application/x-www-form")
        body = await request.body()
        try:
            wish = msgspec.convert(
                dict(parse_qsl(body.decode())) if by_form else msgspec.json.decode(body), SetStatus
            )
            one_stop.book.set_status(wish.code, wish.status, note=wish.note, now=one_stop.clock())
        except (ValueError, RefusedError) as error:
            return Response({"detail": str(error)}, status_code=422)
        return Redirect("/", status_code=303) if by_form else Response({"status": wish.status})

    @asynccontextmanager
    async def fetching(_app: Litestar) -> AsyncIterator[None]:
        async with one_stop.fetch:
            yield

    return Litestar(
        [answer, received, register, set_status, pages.style],
        lifespan=[fetching],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=10_000_000,
    )


def build(  # the defaults are those of `motcua simulate onestop`
    *,
    faults: Path | None = None,
    state: Path | None = None,
    agency: str = AGENCY,
    username: str | None = None,
    password: str | None = None,
) -> App:
    """Build the pretend one-stop with its register, its clock and its faults."""
    one_stop = OneStop(
        book=Book(state, agency=agency),
        clock=lambda: datetime.now(UTC),
        fetch=httpx.AsyncClient(timeout=15, trust_env=False),
        username=username,
        password=password,
    )
    return faulty(create_app(one_stop), Faults(faults, kinds=KINDS.keys()))


def run(
    port: int,
    faults: Path | None = None,
    *,
    host: str = "127.0.0.1",
    state: Path | None = None,
    agency: str = AGENCY,
    username: str | None = None,
    password: str | None = None,
) -> None:
    """Serve the pretend one-stop until SIGTERM; without a name and password anybody may log in."""
    app = build(faults=faults, state=state, agency=agency, username=username, password=password)
    serve(app, host=host, port=port)
