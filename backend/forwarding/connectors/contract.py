"""What a connector to a one-stop system is (kết nối một cửa điện tử): four questions and no state.

A connector translates; it decides nothing and remembers nothing but its session. Every fault is
told as one of the errors below, and everything is tried again by the room: a connector must not
retry, apart from one fresh log-in. `README.md` says how to write one; the kit in
`tests/backend/forwarding/kit.py` proves it.
"""

from collections.abc import Sequence
from typing import Protocol

from backend.forwarding.model import Held, ProgressRow, Record


class OneStopFault(Exception):  # noqa: N818 - it is the one-stop's fault, told as it happened
    """The one-stop did not do, or may not have done, what was asked; tried again."""


class Unreachable(OneStopFault):
    """No whole answer came: whether it had an effect is not known."""


class OddAnswer(OneStopFault):
    """An answer came that does not say what it must: whether it had an effect is not known."""


class Refused(OneStopFault):
    """The one-stop answered with an error code; its words may speak of people: desk only."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"error code {code}")
        self.words = words


class Connector(Protocol):
    """One way to a one-stop system."""

    async def look_up(self, code: str, /) -> Held | None:
        """Return the dossier as it is held there, None when it is unknown."""

    async def create(self, record: Record, /) -> str:
        """Enter a new dossier; return its number there. The answer must name our dossier."""

    async def update(self, record: Record, /) -> str:
        """Put new facts in the place of the old ones; return its number there."""

    async def advance(self, rows: Sequence[ProgressRow], /) -> None:
        """Append at most ten rows of progress."""
