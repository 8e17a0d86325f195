"""How many new dossiers one address may begin (giới hạn hồ sơ mới), counted in memory.

It keeps one machine from filling the database with drafts. It is generous, because a whole event
(đợt tuyên truyền) stands behind one address, and each process counts for itself.
"""

import math
from datetime import datetime, timedelta

from backend.platform.kit.errors import TooMany

MOST_NEW = 6000
WINDOW = timedelta(hours=1)
_MOST_ADDRESSES = 10_000


class Crowds:
    """Counts new drafts by address; a window opens with the first one."""

    def __init__(self) -> None:
        self._counted: dict[str, tuple[datetime, int]] = {}

    def count(self, address: str, *, now: datetime) -> None:
        """Count one new draft; TooMany when the address has begun enough for now."""
        begun, count = self._counted.get(address, (now, 0))
        if now - begun >= WINDOW:
            begun, count = now, 0
        if count >= MOST_NEW:
            raise TooMany(retry_after=math.ceil((begun + WINDOW - now).total_seconds()))
        if len(self._counted) >= _MOST_ADDRESSES:
            self._forget(now)
        self._counted[address] = (begun, count + 1)

    def _forget(self, now: datetime) -> None:
        """Drop closed windows; under a flood of addresses, all of them."""
        kept = {key: one for key, one in self._counted.items() if now - one[0] < WINDOW}
        self._counted = kept if len(kept) < _MOST_ADDRESSES else {}
