"""Codes with real places and procedures, and posters typeset for real."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from backend import catalogue, places, qr

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def random():
    return Random(11).randbytes  # noqa: S311 - repeatable on purpose


@pytest.fixture
async def codes(database):
    """Load what codes lead to, and the codes of a fresh database."""
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: NOON)
    await qr.load(now=NOON)


@pytest.fixture
async def poster(codes, random):
    return await qr.make_poster(
        "om-long-hung", "2.000635", "cho-o-mon", by="operator", random=random, now=NOON
    )
