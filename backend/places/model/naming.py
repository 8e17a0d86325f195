"""Names in an address (tên trong địa chỉ): those of today, and what became of earlier ones."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.places.model.calendar import Line
from backend.places.model.units import Places, Unit

GsoCode = Annotated[str, Meta(pattern="^[0-9]{2}([0-9]{3})?$")]


class Coded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name and its GSO code, both of the period that the file states."""

    name: Line
    code: GsoCode


class CommunesFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All wards and communes of one province from a day on, with their source."""

    source: Line
    checked_on: date
    from_: date = msgspec.field(name="from")
    province: Coded
    merged: tuple[Coded, ...] = ()
    communes: Annotated[tuple[Coded, ...], Meta(min_length=1)]


class Former(msgspec.Struct, frozen=True):
    """An earlier name: whose it was, since when it is no more, and the names that took over."""

    name: str
    within: str
    since: date
    now: tuple[str, ...]


class Names(msgspec.Struct, frozen=True):
    """What a phone needs to help with an address in one province."""

    province: str
    merged: tuple[Former, ...]
    wards: tuple[str, ...]
    former: tuple[Former, ...]


def names(file: CommunesFile, places: Places) -> Names:
    """Put together the names of today and the earlier ones that led to them."""
    province = file.province.name
    merged = tuple(Former(one.name, "", file.from_, (province,)) for one in file.merged)
    wards = tuple(one.name for one in file.communes)
    return Names(province, merged, wards, tuple(_former(places, file.from_)))


def _former(places: Places, on: date) -> Iterator[Former]:
    for unit in places.units():
        heirs = tuple(heir.name for heir in places.successors(unit.code, on=on))
        if heirs and not unit.exists(on):
            yield Former(unit.name, _district(places, unit), on, heirs)


def _district(places: Places, unit: Unit) -> str:
    """Name the district that a ward last belonged to, as far as the data say."""
    last = unit.to or date.max
    above = places.above(unit.code, on=last)
    return next((one.name for one in above if one.level == "district"), "")
