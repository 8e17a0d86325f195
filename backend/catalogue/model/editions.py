"""The versions of one procedure that stand beside each other, and which is in force on a day."""

from collections.abc import Iterator
from datetime import date

from backend.catalogue.model.definition import Definition
from backend.catalogue.model.procedure import Procedure


def begins(definition: Definition) -> date:
    """Say from which day a version counts (hiệu lực từ ngày); always, where the file says none."""
    return definition.valid_from or date.min


class Editions:
    """The versions of one procedure by their first day; each counts until the next begins."""

    def __init__(self) -> None:
        self._by_start: dict[date, Procedure] = {}

    def add(self, procedure: Procedure) -> None:
        """Put a version in, in place of one that begins on the same day."""
        self._by_start[begins(procedure.definition)] = procedure

    def on(self, day: date) -> Procedure:
        """Find the version of a day: the last that has begun, else the first that will."""
        begun = [start for start in self._by_start if start <= day]
        return self._by_start[max(begun) if begun else min(self._by_start)]

    def __iter__(self) -> Iterator[Procedure]:
        """List all versions, in no order."""
        return iter(self._by_start.values())
