"""Start the processes of an installation: the server with its jobs, or a runner beside it.

SQLite has one process that holds the database, so web and jobs share it; PostgreSQL may have many
of both. The server's supervisor starts the worker anew when it dies; it imports this module and not
the application, which would cost it 25 MB for nothing.
"""

import asyncio
import ctypes
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server.mp import MPServer

from backend.platform import settings as settings_of
from backend.platform.kit import logs
from backend.platform.settings import Settings, SettingsRefused

if TYPE_CHECKING:
    from backend import app

_OVERRIDES = ("host", "port")
_GRACE_SECONDS = 8
_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_TIDY_SECONDS = 30


def web() -> "app.Application":
    """Build the application of one server process (the server calls this by its name)."""
    _die_with_parent()
    _keep_memory_small()
    from backend import app  # noqa: PLC0415 - see the note above

    settings = settings_of.load(os.environ)
    logs.configure(level=logging.INFO if settings.production else logging.WARNING)
    return app.build(settings, refused=_end)


def _end(refusal: "app.Refused") -> NoReturn:
    """Say in a sentence why this process cannot serve; the server gives up at the second time."""
    print(refusal, file=sys.stderr, flush=True)
    os._exit(1)


def _die_with_parent() -> None:
    """End this process when the one that started it is gone, even by SIGKILL (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _keep_memory_small() -> None:
    """Give what a rush needed back to the machine (glibc keeps 40 MB of it for good).

    All threads share one heap, and its free pages are returned twice a minute: about 5 ms each.
    """
    heap = ctypes.CDLL(None)
    if sys.platform != "linux" or not hasattr(heap, "malloc_trim"):
        return
    heap.mallopt(_M_ARENA_MAX, 1)

    def tidy() -> None:
        while True:
            time.sleep(_TIDY_SECONDS)
            heap.malloc_trim(0)

    threading.Thread(target=tidy, name="memory", daemon=True).start()


def serve(overrides: Mapping[str, object]) -> int:
    """Serve until SIGTERM or Ctrl-C; the exit code."""
    for key, value in overrides.items():
        os.environ[f"MOTCUA_{key.upper()}"] = str(value)
    try:
        settings = settings_of.load(os.environ)
    except SettingsRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    for warning in settings_of.warnings(settings):
        print(f"! {warning}", file=sys.stderr)
    if settings.mode == "test":
        print("! mode test: limits are off for callers on this machine.", file=sys.stderr)
    _server(settings).serve()
    return 0


def _server(settings: Settings) -> MPServer:
    """One web process: the supervisor's worker starts again by itself when it was killed."""
    return MPServer(
        "backend.worker:web",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=1,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=_GRACE_SECONDS,
        log_level=LogLevels.warning,
        ssl_cert=settings.tls_cert,
        ssl_key=settings.tls_key,
    )


def work() -> int:
    """Run jobs beside web processes until SIGTERM; refused on SQLite, with the reason."""
    try:
        settings = settings_of.load(os.environ)
    except SettingsRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    if settings.database_url.startswith("sqlite"):
        print(
            "SQLite chỉ cho một tiến trình giữ dữ liệu: motcua serve đã làm luôn việc nền.\n"
            "Two writers starve each other on SQLite; `motcua worker` needs postgresql://.",
            file=sys.stderr,
        )
        return 1
    logs.configure()
    return asyncio.run(_work())


async def _work() -> int:
    _keep_memory_small()
    from backend import app, catalogue  # noqa: PLC0415 - see the note above

    try:
        async with app.opened(os.environ) as house:
            runner = app.runner_of(house)
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, runner.stop)
            watching = asyncio.create_task(catalogue.watch())
            await runner.run()
            watching.cancel()
    except app.Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    logging.shutdown()
    return 0
