"""Connectors to one-stop systems (kết nối một cửa điện tử), one module each; chosen by settings."""

from collections.abc import Sequence

import httpx

from backend.forwarding.connectors.contract import (
    Connector,
    OddAnswer,
    OneStopFault,
    Refused,
    Unreachable,
)
from backend.forwarding.connectors.national import National
from backend.forwarding.model import Held, ProgressRow, Record
from backend.platform.settings import OneStop

__all__ = [
    "Connector",
    "National",
    "OddAnswer",
    "OneStopFault",
    "Refused",
    "Unreachable",
    "connect",
]


def connect(settings: OneStop, client: httpx.AsyncClient) -> Connector:
    """Build the connector that the settings name; without an address nothing can be reached."""
    if not settings.url:
        return _Nowhere()
    if settings.connector == "national":
        return National(settings, client)
    raise ValueError(f"[onestop] connector {settings.connector!r} is not built yet: use 'national'")


class _Nowhere:
    """Stands where no one-stop is set up: dossiers wait, and the desk says why."""

    async def look_up(self, _code: str) -> Held | None:
        raise _not_set_up()

    async def create(self, _record: Record) -> str:
        raise _not_set_up()

    async def update(self, _record: Record) -> str:
        raise _not_set_up()

    async def advance(self, _rows: Sequence[ProgressRow]) -> None:
        raise _not_set_up()


def _not_set_up() -> Unreachable:
    return Unreachable("[onestop] url is not set")
