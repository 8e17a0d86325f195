"""What a place means, without files or web: units, names, working time, deadlines."""

from backend.places.model.calendar import (
    OFFICE_HOURS,
    Calendar,
    CalendarYear,
    DayOff,
    DayOn,
    Hours,
    Session,
)
from backend.places.model.deadlines import Due, Duration, DurationUnit, Pause, deadline
from backend.places.model.story import Step
from backend.places.model.units import (
    DatedCode,
    Edge,
    Places,
    PlacesFile,
    PortalOnly,
    Unit,
    UnitId,
)

__all__ = [
    "OFFICE_HOURS",
    "Calendar",
    "CalendarYear",
    "DatedCode",
    "DayOff",
    "DayOn",
    "Due",
    "Duration",
    "DurationUnit",
    "Edge",
    "Hours",
    "Pause",
    "Places",
    "PlacesFile",
    "PortalOnly",
    "Session",
    "Step",
    "Unit",
    "UnitId",
    "deadline",
]
