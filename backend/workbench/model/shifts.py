"""What the desk reads and sends of counter shifts."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.payments.model.shifts import Shift
from backend.platform.kit.money import Dong
from backend.platform.kit.vietnamese import refuse_control_characters


class Opening(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A till is opened (mở ca) with the change that lies in it."""

    unit: Annotated[str, Meta(min_length=1, max_length=64)]
    opening: Dong = 0


class Closing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A till is counted and closed (đóng ca); `reason` where something is missing or too much."""

    counted_cash: Dong
    counted_pos: Dong
    reason: Annotated[str, Meta(max_length=500)] = ""

    def checked_reason(self) -> str:
        """Give the reason without hidden characters; empty when there is none."""
        refuse_control_characters(self.reason, pointer="/reason", lines=True)
        return self.reason.strip()


class TakingShown(Struct, frozen=True, kw_only=True):
    """One line of the report (bảng kê): what was taken for which dossier."""

    at: datetime
    kind: Literal["cash", "pos"]
    amount: int
    slip: str | None
    code: str | None
    outside: bool


class ShiftShown(Shift, frozen=True, kw_only=True):
    """A shift as the desk shows it; `names` and `titles` are the officers', by who acted."""

    names: dict[str, str]
    titles: dict[str, str]


class ShiftReport(Struct, frozen=True, kw_only=True):
    """A shift with its lines (biên bản đóng ca); differences are counted less expected."""

    shift: ShiftShown
    unit_name: str
    cash_difference: int | None
    pos_difference: int | None
    lines: list[TakingShown]


class ShiftList(Struct, frozen=True, kw_only=True):
    """A page of shifts, newest first; `units` names the officer's units."""

    items: list[ShiftShown]
    next: str | None
    units: dict[str, str]


def difference(counted: int | None, expected: int | None) -> int | None:
    """Say what is too much (plus) or missing (minus); None while nobody has counted."""
    return None if counted is None or expected is None else counted - expected
