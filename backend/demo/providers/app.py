"""Build one pretend provider's HTTP and serve it, with its book, its clock and its faults."""

import asyncio
import contextlib
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import msgspec
from litestar import Litestar, Request, Response, get, post, route
from litestar.params import FromPath
from litestar.response import Redirect

from backend.demo import pages
from backend.demo.faults import Faults
from backend.demo.providers import momo, page, payos, payplat, vnpay, zalopay
from backend.demo.providers.book import Book, Task
from backend.demo.providers.desk import KINDS, Act, Machine
from backend.demo.providers.protocol import Asked, Order, Provider, Refund, Settings
from backend.demo.serving import serve

PROVIDERS: dict[str, Callable[[Settings], Provider]] = {
    "momo": momo.create,
    "payos": payos.create,
    "payplat": payplat.create,
    "vnpay": vnpay.create,
    "zalopay": zalopay.create,
}
"""Every provider by the id of its adapter: a line here and a module beside this one."""

SHOWN = 100


class Told(msgspec.Struct, frozen=True):
    """One order, its refunds, and how far its notices are."""

    order: Order
    refunds: list[Refund]
    notices: list[Task]


class Pressed(msgspec.Struct, frozen=True):
    """The answer to a button of the page, for scripts."""

    ref: str
    status: str
    return_url: str


class _Wish(msgspec.Struct, frozen=True):
    act: Act = "pay"


def create_app(machine: Machine) -> Litestar:
    """Build the HTTP of one pretend provider."""

    @asynccontextmanager
    async def working(_app: Litestar) -> AsyncIterator[None]:
        async with machine.client:
            work = asyncio.create_task(machine.work())
            yield
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work

    return Litestar(
        [*_people(machine), _merchant(machine), pages.style],
        lifespan=[working],
        openapi_config=None,
        logging_config=None,
    )


def _people(machine: Machine) -> list[Any]:
    """Make the pages for people, which scripts use too."""
    title = machine.provider.title

    @get("/", sync_to_thread=False)
    def register() -> Response[str]:
        return pages.answer(page.register(title, machine.book.orders(last=10)))

    @get("/orders", sync_to_thread=False)
    def orders() -> list[Told]:
        book = machine.book
        return [
            Told(one, book.refunds(one.ref), book.tasks(one.ref)) for one in book.orders(last=SHOWN)
        ]

    @get("/pay/{ref:str}", sync_to_thread=False)
    def checkout(ref: FromPath[str]) -> Response[str]:
        order = machine.book.order(ref)
        if order is None:
            return pages.answer(page.missing(title), status=404)
        back = machine.provider.back(order)
        return pages.answer(page.checkout(title, order, back=back, now=machine.clock()))

    @post("/pay/{ref:str}", status_code=200)
    async def press(ref: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
        order = machine.book.order(ref)
        if order is None:
            return pages.answer(page.missing(title), status=404)
        by_form = request.headers.get("content-type", "").startswith("application/x-www-form")
        body = await request.body()
        try:
            given = dict(parse_qsl(body.decode())) if by_form else msgspec.json.decode(body)
            act = msgspec.convert(given, _Wish).act
        except ValueError as error:
            return Response({"detail": str(error)}, status_code=422)
        moved = machine.press(order, act)
        url = machine.provider.back(moved)
        if by_form:
            return Redirect(url, status_code=303)
        return Response(Pressed(ref=ref, status=moved.status, return_url=url))

    return [register, orders, checkout, press]


def _merchant(machine: Machine) -> Any:
    """Make the one handler of everything that a merchant may ask."""

    @route("/{rest:path}", http_method=["GET", "POST"], status_code=200)
    async def answer(request: Request[Any, Any, Any]) -> Response[Any]:
        reply = await machine.answer(
            Asked(
                method=request.method,
                path=request.url.path,
                query=request.scope["query_string"].decode("latin-1"),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=await request.body(),
                origin=str(request.base_url).rstrip("/"),
            )
        )
        if reply.location:
            return Redirect(reply.location, status_code=303)
        return Response(reply.body, status_code=reply.status, media_type=reply.media_type)

    return answer


def read_settings(name: str, path: Path) -> Settings:
    """Read the service's own settings file: `public_url`, `[payments.NAME]`, `[simulate]`."""
    try:
        found = tomllib.loads(path.read_text())
        return Settings(
            web=found["public_url"].rstrip("/"),
            table=found["payments"][name],
            minute=found.get("simulate", {}).get("minute", 60.0),
        )
    except (OSError, ValueError) as error:
        raise SystemExit(f"Không đọc được {path}: {error}") from None
    except LookupError as error:
        raise SystemExit(f"{path}: thiếu {error} (cần public_url và [payments.{name}])") from None


def build(
    name: str, *, settings: Path, faults: Path | None = None, state: Path | None = None
) -> Litestar:
    """Build one pretend provider with its book, its clock and its faults."""
    if name not in PROVIDERS:
        raise SystemExit(f"Chưa có nhà cung cấp giả định {name!r}. Có: {', '.join(PROVIDERS)}")
    known = read_settings(name, settings)
    return create_app(
        Machine(
            provider=PROVIDERS[name](known),
            settings=known,
            book=Book(state),
            faults=Faults(faults, kinds=KINDS.keys()),
            clock=lambda: datetime.now(UTC),
            client=httpx.AsyncClient(timeout=15, trust_env=False),
        )
    )


def run(  # the defaults are those of `motcua simulate provider`
    name: str,
    port: int,
    faults: Path | None = None,
    *,
    settings: Path,
    host: str = "127.0.0.1",
    state: Path | None = None,
) -> None:
    """Serve one pretend provider until SIGTERM."""
    serve(build(name, settings=settings, faults=faults, state=state), host=host, port=port)
