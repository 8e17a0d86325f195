"""Places (đơn vị): units as a dated graph, desk hours, and the calendar of working days.

`load(mode)` once at start; then `get`, `name`, `below`, `above`, `hours` and `calendar` answer
from memory, and `current().deadline(…)` says by when a unit owes a result. Data files stand in
`data/`, each with its source.
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
    warnings,
)
from backend.places.model import (
    Calendar,
    Due,
    Duration,
    DurationUnit,
    Hours,
    Pause,
    Places,
    Unit,
)

__all__ = [
    "DATA",
    "BadPlaces",
    "Calendar",
    "Due",
    "Duration",
    "DurationUnit",
    "Hours",
    "Pause",
    "Places",
    "Unit",
    "UnknownUnit",
    "above",
    "below",
    "calendar",
    "current",
    "get",
    "hours",
    "load",
    "name",
    "read",
    "warnings",
]
