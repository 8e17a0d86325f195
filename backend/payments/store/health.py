"""Queries about how providers answer; one row per adapter, shared by all processes."""

from backend.payments.model.health import WELL, Health
from backend.platform import db


async def of(adapter: str) -> Health:
    """Read how an adapter's provider answers."""
    found = await db.row(
        "SELECT silent, since, latest FROM provider_health WHERE adapter = {}", adapter
    )
    return Health(**found) if found else WELL


async def silent(*, least: int) -> dict[str, Health]:
    """Read those whose latest calls in a row, so many at least, met nobody."""
    found = await db.rows(
        "SELECT adapter, silent, since, latest FROM provider_health WHERE silent >= {}"
        " ORDER BY adapter",
        least,
    )  # fmt: skip
    return {one.pop("adapter"): Health(**one) for one in found}


async def lock(adapter: str) -> Health:
    """Read it and keep its row to this transaction."""
    found = await db.rows(
        "INSERT INTO provider_health (adapter, silent) VALUES ({}, 0)"
        " ON CONFLICT (adapter) DO UPDATE SET silent = provider_health.silent"
        " RETURNING silent, since, latest",
        adapter,
    )  # fmt: skip
    return Health(**found[0])


async def keep(adapter: str, health: Health) -> None:
    """Write how it answers now."""
    await db.execute(
        "UPDATE provider_health SET silent = {}, since = {}, latest = {} WHERE adapter = {}",
        health.silent, health.since, health.latest, adapter,
    )  # fmt: skip
