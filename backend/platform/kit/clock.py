"""Time as a value: a clock is passed in, moments are aware, the wire speaks Vietnamese time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""What tells the time: an aware moment in UTC. Tests pass their own."""

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Fixed +07:00: Vietnam has kept no summer time since 1975, so no time-zone data is needed."""


def utc_now() -> datetime:
    """Tell the time by the machine's clock, in UTC; the only place that asks it."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """Write a moment for the wire: whole seconds, Vietnamese offset, `2026-11-22T16:05:09+07:00`.

    A moment without a zone is a mistake of ours, never guessed: ValueError.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be written")
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")
