"""Queries of notices: each event is told once on each channel."""

from datetime import datetime
from uuid import UUID

from backend.platform.db import execute, row


async def sent(event: str, channel: str) -> bool:
    """Tell whether an event was told on a channel."""
    found = await row("SELECT event FROM notices WHERE event = {} AND channel = {}", event, channel)
    return found is not None


async def keep(event: str, channel: str, *, dossier: UUID, kind: str, now: datetime) -> None:
    """Note that an event was told on a channel."""
    await execute(
        "INSERT INTO notices (event, channel, dossier, kind, sent_at) VALUES ({}, {}, {}, {}, {})"
        " ON CONFLICT (event, channel) DO NOTHING",
        event, channel, dossier, kind, now,
    )  # fmt: skip
