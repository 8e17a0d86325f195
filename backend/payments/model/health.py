"""Whether a provider answers (kênh trả có đang trả lời không), folded from what calls to it met.

Never from one failure: a way is down after three silent calls in a row that lie apart, so that one
cut of our own network, however many calls it hits, hides nothing. One answer brings it back; and
where nobody calls it any more it is offered again after a while, to be found out.
"""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

Met = Literal["answer", "silence"]
"""What a call met: any word of the provider itself, or nobody there (refused, cut, too slow)."""

SILENT = 3
APART = timedelta(seconds=15)
REST = timedelta(minutes=10)
ROW = timedelta(hours=1)
"""Silent calls further apart are no row: nothing is known of the time between."""


class Health(Struct, frozen=True):
    """Calls in a row without an answer: how many, since when, and when the latest was."""

    silent: int = 0
    since: datetime | None = None
    latest: datetime | None = None


WELL = Health()


def after(before: Health, met: Met, *, at: datetime) -> Health:
    """Fold what one more call met."""
    if met == "answer":
        return WELL
    row = before if before.latest and at - before.latest <= ROW else WELL
    return Health(row.silent + 1, min(row.since or at, at), max(row.latest or at, at))


def is_down(health: Health, *, now: datetime) -> bool:
    """Tell whether a way is kept from citizens now."""
    if health.since is None or health.latest is None or health.silent < SILENT:
        return False
    return health.latest - health.since >= APART and now - health.latest < REST
