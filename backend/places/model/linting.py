"""Looks calendar files through (lịch nghỉ lễ): each fault with its line, each guess by its name."""

from collections.abc import Iterator
from datetime import date

from backend.places.model.calendar import SATURDAY, CalendarYear
from backend.platform.yamlfiles import Finding, Mapping, Node, Place, Sequence


def faults(year: CalendarYear, node: Node, *, named: str) -> list[Finding]:
    """Find what contradicts itself in a year's file; `named` is the year that its name says."""
    found = [
        *_days([one.day for one in year.off], "off", year, node),
        *_days([one.day for one in year.work], "work", year, node),
    ]
    off = {one.day for one in year.off}
    for index, on in enumerate(year.work):
        path, place = f"work[{index}].day", _place(node, "work", index, "day")
        if on.day.weekday() < SATURDAY:
            found.append(place.finding(path, f"{on.day} is no Saturday or Sunday"))
        if on.day in off:
            found.append(place.finding(path, f"{on.day} stands in off, too"))
        if on.instead_of is not None and on.instead_of not in off:
            place = _place(node, "work", index, "instead_of")
            message = f"{on.instead_of} is no day off in this file"
            found.append(place.finding(f"work[{index}].instead_of", message))
    for index, free in enumerate(year.off):
        if free.instead_of is not None and free.instead_of.weekday() < SATURDAY:
            place = _place(node, "off", index, "instead_of")
            message = f"{free.instead_of} is no Saturday or Sunday"
            found.append(place.finding(f"off[{index}].instead_of", message))
    if named != str(year.year):
        found.append(_key(node, "year").finding("year", f"is {year.year}, the file says {named}"))
    return found


def warnings(year: CalendarYear, node: Node) -> list[Finding]:
    """Say that a year has no government notice: its dates are a guess, and shown as one."""
    if year.notice is not None:
        return []
    message = f"{year.year} has no government notice; due dates in it are shown as provisional"
    return [_key(node, "year").finding("notice", message)]


def _days(days: list[date], key: str, year: CalendarYear, node: Node) -> Iterator[Finding]:
    for index, day in enumerate(days):
        path, place = f"{key}[{index}].day", _place(node, key, index, "day")
        if day.year != year.year:
            yield place.finding(path, f"{day} is not in {year.year}")
        if day in days[:index]:
            yield place.finding(path, f"{day} stands twice")


def _key(node: Node, key: str) -> Place:
    found = node.get(key) if isinstance(node, Mapping) else None
    return found.place if found else node.place


def _place(node: Node, key: str, index: int, part: str) -> Place:
    """Find where a part of an item of a list stands."""
    items = node.get(key) if isinstance(node, Mapping) else None
    return _key(items.items[index], part) if isinstance(items, Sequence) else node.place
