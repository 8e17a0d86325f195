"""What each shelf of histories found, one line of JSON each: an hour of proof survives a stop.

Only shelves of the same commit count: another program is proven by playing it again.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

ALL = 10_000
"""So many histories are one shelf, the work of one of the two processes."""


class Shelf(msgspec.Struct, frozen=True):
    """Histories first to last, what they met and which of them broke a promise."""

    commit: str
    first: int
    last: int
    totals: dict[str, int]
    broken: list[str]

    @property
    def whole(self) -> bool:
        """False when the hour was over before its last history."""
        return self.totals.get("histories", 0) == self.last - self.first + 1


def spans(histories: int) -> list[tuple[int, int]]:
    """Cut histories 1 to `histories` into shelves: (first, last) of each."""
    return [(first, min(first + ALL - 1, histories)) for first in range(1, histories + 1, ALL)]


def kept(file: Path | None, *, commit: str, wanted: Iterable[tuple[int, int]]) -> list[Shelf]:
    """Read the whole shelves of this commit that are wanted; none without a file."""
    if file is None or not file.exists():
        return []
    lines = [one for line in file.read_bytes().splitlines() if (one := _read(line))]
    mine = {(one.first, one.last): one for one in lines if one.commit == commit and one.whole}
    return [mine[span] for span in wanted if span in mine]


def _read(line: bytes) -> Shelf | None:
    """Read one line; None for one that a stop tore."""
    try:
        return msgspec.json.decode(line, type=Shelf)
    except msgspec.DecodeError:
        return None


def keep(file: Path | None, shelf: Shelf) -> None:
    """Add a shelf to the file, if there is one and nothing of the shelf is missing."""
    if file and shelf.whole:
        with file.open("ab") as out:
            out.write(b"\n" + msgspec.json.encode(shelf) + b"\n")


def totals(shelves: Iterable[Shelf]) -> Counter[str]:
    """Add up what shelves met."""
    found: Counter[str] = Counter()
    for one in shelves:
        found.update(one.totals)
    return found
