"""Hears of publications that another process approved (theo dõi công bố), beside the server."""

import asyncio

from backend.catalogue.actions import serving
from backend.platform.kit import logs
from backend.platform.kit.errors import Problem

EVERY = 10.0
"""Seconds; what is approved for a later day is known long before its midnight."""

_logger = logs.get("catalogue")


async def watch(*, every: float = EVERY) -> None:
    """Look for publications until cancelled; a database that is away is asked again."""
    while True:
        await asyncio.sleep(every)
        try:
            await serving.hear_of_publications()
        except Problem as fault:
            _logger.warning("publications-not-read", extra={"reason": type(fault).__name__})
