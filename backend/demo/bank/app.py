"""Build the pretend bank and serve it, with its books, its clock and its faults."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
from litestar import Litestar
from litestar.di import Provide

from backend.demo.bank.ledger import Ledger
from backend.demo.bank.routes import handlers
from backend.demo.bank.teller import KINDS, Teller, read_demo
from backend.demo.faults import Faults
from backend.demo.serving import serve


def create_app(teller: Teller) -> Litestar:
    """Build the HTTP of one pretend bank."""

    @asynccontextmanager
    async def working(_app: Litestar) -> AsyncIterator[None]:
        async with teller.client:
            work = asyncio.create_task(teller.work())
            yield
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work

    return Litestar(
        handlers,
        dependencies={"teller": Provide(lambda: teller, sync_to_thread=False)},
        lifespan=[working],
        openapi_config=None,
        logging_config=None,
    )


def build(
    *,
    faults: Path | None = None,
    data: Path = Path("data"),
    state: Path | None = None,
    minute: float = 60.0,
) -> Litestar:
    """Build the pretend bank with its books, its clock and its faults."""
    return create_app(
        Teller(
            ledger=Ledger(state),
            faults=Faults(faults, kinds=KINDS),
            demo=lambda: read_demo(data / "demo.json"),
            clock=lambda: datetime.now(UTC),
            client=httpx.AsyncClient(timeout=5, trust_env=False),
            chance=random.Random(),  # noqa: S311 - chance for a play, not a secret
            minute=minute,
        )
    )


def run(
    port: int,
    faults: Path | None = None,
    *,
    host: str = "127.0.0.1",
    data: Path = Path("data"),
    state: Path | None = None,
    minute: float = 60.0,
) -> None:
    """Serve the pretend bank until SIGTERM; addresses and secrets are read from `data`."""
    serve(build(faults=faults, data=data, state=state, minute=minute), host=host, port=port)
