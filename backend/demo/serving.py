"""Serve one pretend system (hệ thống giả định) in this process until it is told to stop."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server

App = Callable[[Any, Any, Any], Awaitable[None]]


def serve(app: App, *, host: str, port: int) -> None:
    """Answer HTTP at `host:port` in this process; return after SIGTERM or Ctrl-C."""
    asyncio.run(_serve(app, host=host, port=port))


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
