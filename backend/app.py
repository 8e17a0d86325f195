"""Build the house: open what it stands on once, wire the rooms, answer HTTP.

`opened` gives the things that every command needs; `build` makes the web application around them.
Nothing here decides anything: who reacts to what stands in `reactions`, what is done in the rooms.
"""

import asyncio
import contextlib
import gc
import hmac
import os
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn, cast
from urllib.parse import unquote, urlsplit
from uuid import UUID

import httpx
from litestar import Litestar, get
from litestar.di import NamedDependency, Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from msgspec import Struct

from backend import attachments, catalogue, dossiers, forwarding, people, places, qr, reactions
from backend.attachments import Checker
from backend.attachments import routes as attachment_routes
from backend.catalogue import routes as catalogue_routes
from backend.fee_receipts import Clerk, issuer_of
from backend.fee_receipts import jobs as fee_receipt_jobs
from backend.forwarding import Forwarder
from backend.forwarding import jobs as forwarding_jobs
from backend.intake import jobs as intake_jobs
from backend.intake import routes as intake_routes
from backend.notices import jobs as notice_jobs
from backend.payments import Adapters
from backend.payments import jobs as payment_jobs
from backend.payments import routes as payment_routes
from backend.people import routes as people_routes
from backend.places import routes as place_routes
from backend.platform import audit, http, limits, outbox
from backend.platform import jobs as job_rows
from backend.platform import settings as settings_of
from backend.platform.db import (
    DamagedDatabase,
    Database,
    LockHeld,
    MigrationRefused,
    hold_lock,
    migrate,
    open_database,
    row,
)
from backend.platform.files import FileStore, LocalFiles
from backend.platform.http import outgoing
from backend.platform.jobs import Handler0, Runner
from backend.platform.keys import KeyMissing, Keys, KeysRefused, load_keys, make_keys_file
from backend.platform.kit import logs
from backend.platform.kit.clock import Clock, utc_now
from backend.platform.kit.errors import Unavailable
from backend.platform.kit.ids import Randomness
from backend.platform.links import Links
from backend.platform.settings import Settings, SettingsRefused
from backend.platform.signing import Signer
from backend.platform.vault import DossierKey, Vault
from backend.platform.workshop import Workshop
from backend.qr import routes as qr_routes
from backend.targets import routes as target_routes
from backend.tracking import routes as tracking_routes
from backend.workbench import routes as workbench_routes

ROUTES = (
    intake_routes,
    tracking_routes,
    payment_routes,
    attachment_routes,
    catalogue_routes,
    place_routes,
    qr_routes,
    people_routes,
    workbench_routes,
    target_routes,
)
"""Every room that answers HTTP."""

SEAL_SECONDS = 1.0
HOUR = 3600.0
_logger = logs.get("app")


class Refused(Exception):  # noqa: N818 - it reads as the sentence it is
    """The house cannot be opened; the text is for the operator."""


class House(Struct, frozen=True, kw_only=True):
    """What the rooms are handed (đồ dùng chung), made once per process."""

    settings: Settings
    keys: Keys
    database: Database
    vault: Vault
    signer: Signer
    links: Links
    files: FileStore
    workshop: Workshop
    adapters: Adapters
    outgoing: httpx.AsyncClient
    clock: Clock
    random: Randomness


@contextlib.asynccontextmanager
async def opened(
    environ: Mapping[str, str],
    *,
    writes: bool = True,
    clock: Clock = utc_now,
    random: Randomness = os.urandom,
) -> AsyncGenerator[House, None]:
    """Open the house for one process; raises Refused with a sentence for the operator.

    On SQLite a writing process takes DATA/lock first. The database is brought up to date by the
    process that holds it alone; on PostgreSQL that is `motcua migrate`.
    """
    async with contextlib.AsyncExitStack() as stack:
        try:
            settings = settings_of.load(environ)
            yield await _open(stack, settings, writes=writes, clock=clock, random=random)
        except (SettingsRefused, KeysRefused, KeyMissing, MigrationRefused, DamagedDatabase) as no:
            raise Refused(str(no)) from no
        except (LockHeld, places.BadPlaces) as no:
            raise Refused(str(no)) from no


async def _open(
    stack: contextlib.AsyncExitStack,
    settings: Settings,
    *,
    writes: bool,
    clock: Clock,
    random: Randomness,
) -> House:
    keys = _keys(settings)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    embedded = settings.database_url.startswith("sqlite")
    if embedded and writes:
        stack.enter_context(hold_lock(settings.data))
    database = await open_database(settings.database_url, read_only=not writes)
    stack.push_async_callback(database.close)
    if writes:
        await migrate(database)
    adapters = Adapters.load(settings, clock=clock, random=random)
    there = settings.onestop
    origins = {*adapters.origins, *filter(None, [there.url])}
    calls = outgoing.client(origins, private_networks={there.url: there.networks})
    stack.push_async_callback(calls.aclose)
    adapters.use(calls)
    workshop = Workshop()
    stack.push_async_callback(workshop.close)
    house = House(
        settings=settings,
        keys=keys,
        database=database,
        vault=Vault(keys, random=random),
        signer=Signer(keys),
        links=Links(keys, random=random),
        files=LocalFiles(Path(unquote(urlsplit(settings.files_url).path)), random=random),
        workshop=workshop,
        adapters=adapters,
        outgoing=calls,
        clock=clock,
        random=random,
    )
    await _load_records(house, writes=writes)
    return house


def _keys(settings: Settings) -> Keys:
    """Load the keys; a demo or test without any makes its own, production never does."""
    path = settings.keys_file
    if path is None:
        raise KeysRefused("keys_file is not set")
    if not path.exists() and not settings.production:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_keys_file(path, random=os.urandom, demo=True)
    return load_keys(path, production=settings.production)


async def _load_records(house: House, *, writes: bool) -> None:
    """Load units, procedures and poster codes, and say who reacts to what."""
    demo = not house.settings.production
    places.load(house.settings.mode)
    if house.settings.procedures is not None:
        catalogue.load(house.settings.procedures, demo=demo, clock=house.clock)
    if writes:
        await catalogue.remember_versions(now=house.clock())
    outbox.connect(reactions.TABLE)
    await qr.load(now=house.clock())


def runner_of(house: House) -> Runner:
    """Make the job runner with every room's handlers and recurring work."""
    clock, vault, settings = house.clock, house.vault, house.settings
    forwarder = Forwarder(
        connector=forwarding.connect(settings.onestop, house.outgoing),
        vault=vault,
        links=house.links,
        clock=clock,
        files_base_url=settings.onestop.files_base_url or settings.public_url,
        authority=settings.onestop.authority,
    )
    clerk = Clerk(issuer=issuer_of(settings.receipts), vault=vault)
    return Runner(
        {
            **forwarding_jobs.handlers(forwarder),
            **payment_jobs.handlers(house.adapters, vault, clock=clock, random=house.random),
            **fee_receipt_jobs.handlers(clerk, clock=clock),
            **intake_jobs.handlers(vault, clock=clock),
            **notice_jobs.handlers(settings, vault, clock=clock),
        },
        clock=clock,
        random=house.random,
        every={
            **forwarding_jobs.recurring(forwarder, seconds=60.0 if settings.production else 5.0),
            **payment_jobs.recurring(house.adapters, vault, clock=clock),
            **fee_receipt_jobs.recurring(clerk, clock=clock),
            **intake_jobs.recurring(house.files, clock=clock),
            **_of_the_ground(house),
        },
        at_once=forwarding_jobs.AT_ONCE,
    )


def audit_key(keys: Keys) -> bytes:
    """Give the key that chains the journal: made from the oldest index key, which stays."""
    return hmac.digest(keys.index[-1][1], b"audit journal", "sha256")


def audit_heads(settings: Settings) -> Path:
    """Name the file to which the journal's head is published daily; copy it elsewhere."""
    return settings.data / "audit-heads.jsonl"


def _of_the_ground(house: House) -> dict[str, tuple[float, Handler0]]:
    """Give the recurring work that belongs to no room."""
    key = audit_key(house.keys)
    heads = audit_heads(house.settings)

    async def seal() -> None:
        await audit.seal(key=key)
        await audit.publish(heads, now=house.clock())

    async def tidy() -> None:
        await limits.sweep(now=house.clock())
        await job_rows.forget(before=house.clock() - timedelta(days=7))
        await attachments.sweep(files=house.files, now=house.clock())

    return {"audit.seal": (SEAL_SECONDS, seal), "ground.tidy": (HOUR, tidy)}


Application = http.Gate


def _raise(refusal: Refused) -> NoReturn:
    raise refusal


def build(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    random: Randomness = os.urandom,
    refused: Callable[[Refused], NoReturn] = _raise,
) -> Application:
    """Make the web application; its house is opened when the server starts it, or `refused`."""
    assets = http.Assets(kept=settings.data / "pages", now=clock())
    given: dict[str, Any] = {"settings": settings, "clock": clock, "random": random}

    @contextlib.asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncGenerator[None, None]:
        async with contextlib.AsyncExitStack() as stack:
            opening = opened(os.environ, clock=clock, random=random)
            try:
                house = await stack.enter_async_context(opening)
            except Refused as refusal:
                refused(refusal)
            given.update((name, getattr(house, name)) for name in House.__struct_fields__)
            _settle_memory()
            async with _working(house):
                yield

    app = routed(given, assets, lifespan=lifespan)
    return http.Gate(cast("Any", app), settings=settings, assets=assets, random=random)


def routed(
    given: Mapping[str, Any],
    assets: http.Assets,
    *,
    lifespan: Callable[[Litestar], AbstractAsyncContextManager[None]] | None = None,
) -> Litestar:
    """Put every room's handlers together; they are handed what `given` holds when they are called.

    `given` names the fields of House. Raises Refused when a handler for officers has no roles.
    """

    def provided(name: str) -> Provide:
        return Provide(lambda: given[name], sync_to_thread=False)

    names = [name for name in House.__struct_fields__ if name not in {"keys", "database"}]
    app = Litestar(
        [live, ready, *(handler for room in ROUTES for handler in room.handlers)],
        lifespan=[lifespan] if lifespan else [],
        dependencies={
            **{name: provided(name) for name in names},
            "assets": Provide(lambda: assets, sync_to_thread=False),
            "officer": Provide(people.provide_officer),
        },
        exception_handlers=http.exception_handlers,
        openapi_config=OpenAPIConfig(
            title="Một Cửa QR",
            version="1",
            path="/api",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        logging_config=None,
    )
    _resolve_one_by_one(app)
    if forgotten := people.undeclared(app):
        raise Refused(f"these handlers declare no roles: {', '.join(forgotten)}")
    return app


def _resolve_one_by_one(app: Litestar) -> None:
    """Hand over dependencies without a task group: ours are values that are already there.

    Litestar starts a task for each dependency of a batch, which costs more than most handlers do.
    """
    for route in app.routes:
        for _handler, model in getattr(route, "route_handler_map", {}).values():
            model.dependency_batches = [
                {dependency} for batch in model.dependency_batches for dependency in batch
            ]


def _settle_memory() -> None:
    """Keep what start made out of the collector's sight; requests leave few circles behind."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@contextlib.asynccontextmanager
async def _working(house: House) -> AsyncGenerator[None, None]:
    """Run jobs and photo checks beside the server until it stops."""

    async def key_of(dossier: UUID) -> DossierKey:
        return (await dossiers.opened(dossier, house.vault)).key

    checker = Checker(files=house.files, workshop=house.workshop, clock=house.clock, key_of=key_of)
    tasks = [asyncio.create_task(checker.run()), asyncio.create_task(catalogue.watch())]
    runner = runner_of(house)
    if house.database.engine == "sqlite" or not house.settings.production:
        tasks.append(asyncio.create_task(runner.run()))
    try:
        yield
    finally:
        runner.stop()
        for task in tasks[:2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await qr.flush_scans()


@get("/health/live", operation_id="live", tags=["health"], responses=http.refusals())
async def live() -> dict[str, str]:
    """Answer while the process runs (còn sống)."""
    return {"status": "ok"}


@get("/health/ready", operation_id="ready", tags=["health"], responses=http.refusals())
async def ready(
    settings: NamedDependency[Settings], outgoing: NamedDependency[httpx.AsyncClient]
) -> dict[str, str]:
    """Answer when the database does (sẵn sàng); a demo waits for its pretend systems too."""
    await row("SELECT 1 AS one")
    if not settings.production:
        addresses = {settings.onestop.url, settings.payments.get("sandbox", {}).get("base_url")}
        for address in filter(None, addresses):
            try:
                await outgoing.get(f"{address}/", timeout=1)
            except httpx.HTTPError:
                raise Unavailable(retry_after=1) from None
    return {"status": "ok"}
