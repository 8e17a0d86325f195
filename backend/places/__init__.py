"""Places (đơn vị): units as a dated graph, desk hours, and the calendar of working days.

`load(mode)` once at start; then `get`, `name`, `below`, `above`, `hours` and `calendar` answer
from memory. Data files stand in `data/`, each with its source.
"""

from backend.places.actions import (
    DATA,
    BadPlaces,
    UnknownUnit,
    above,
    below,
    calendar,
    current,
    get,
    hours,
    load,
    name,
    read,
)
from backend.places.model import Calendar, Hours, Places, Unit, due

__all__ = [
    "DATA",
    "BadPlaces",
    "Calendar",
    "Hours",
    "Places",
    "Unit",
    "UnknownUnit",
    "above",
    "below",
    "calendar",
    "current",
    "due",
    "get",
    "hours",
    "load",
    "name",
    "read",
]
