"""Serve one pretend system (hệ thống giả định) in this process until it is told to stop."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

from granian.constants import Interfaces
from granian.server.embed import Server

App = Callable[[Any, Any, Any], Awaitable[None]]


def serve(app: App, *, host: str, port: int) -> NoReturn:
    """Answer HTTP at `host:port` in this process until SIGTERM or Ctrl-C, then end it."""
    asyncio.run(_serve(app, host=host, port=port))
    # Granian's own threads may still want the interpreter while it shuts down, and then abort the
    # process (seen in one of three stops); everything of ours is on disk by now.
    sys.stdout.flush()
    os._exit(0)


async def _serve(app: App, *, host: str, port: int) -> None:
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, server.stop)
    print(f"{os.getpid()} http://{host}:{port}", flush=True)
    await server.serve()
