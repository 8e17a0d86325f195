"""Counter shifts (ca thu): what a till should hold, what was counted, and the difference.

Problem
├── ShiftOpen 409      the till of this unit is in somebody's hands
└── ShiftClosed 409    this shift was closed already
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from backend.platform.kit.errors import Fault, Problem
from backend.platform.kit.money import Dong


class ShiftOpen(Problem):
    """One till, one shift at a time."""

    status = 409
    slug = "shift-open"
    title = "Quầy này đang có ca thu mở. Đóng ca đó trước."


class ShiftClosed(Problem):
    """It was closed already; a closed shift never changes."""

    status = 409
    slug = "shift-closed"
    title = "Ca thu này đã đóng. Tải lại để xem."


class Taking(Struct, frozen=True, kw_only=True):
    """One movement of a shift; `outside` was taken while no shift was open."""

    event: UUID
    at: datetime
    kind: Literal["cash", "pos"]
    amount: int
    slip: str | None
    dossier: UUID | None
    outside: bool


class Counted(Struct, frozen=True, kw_only=True):
    """What the officer counted at the end: notes in the till, and the sum of the card slips."""

    cash: Dong
    pos: Dong


class Told(Struct, frozen=True, kw_only=True):
    """One count as it was said (số đếm được), whether the shift was closed by it or not."""

    by: str
    at: datetime
    cash: Dong
    pos: Dong

    def repeats(self, other: "Told") -> bool:
        """Tell whether the same person says the same again."""
        return (self.by, self.cash, self.pos) == (other.by, other.cash, other.pos)


class Shift(Struct, frozen=True, kw_only=True):
    """A shift as people see it (ca thu); sums are None until it is closed: count first.

    `expected_cash` is what the till held at the opening and what came in cash. `outside` is money
    that was taken before, while no shift was open: it is in no till that was counted here. `told`
    are all counts in their order: after the first come the recounts (đếm lại).
    """

    shift: UUID
    unit: str
    opened_by: str
    opened_at: datetime
    opening: Dong
    closed_by: str | None
    closed_at: datetime | None
    expected_cash: int | None
    expected_pos: int | None
    outside: int | None
    counted_cash: int | None
    counted_pos: int | None
    reason: str | None
    told: tuple[Told, ...]

    @property
    def differs(self) -> bool:
        """Tell whether what was counted is not what should be there."""
        return (self.expected_cash, self.expected_pos) != (self.counted_cash, self.counted_pos)


class Sums(Struct, frozen=True):
    """What came in a shift, and outside of any."""

    cash: int
    pos: int
    outside: int


def sums_of(takings: Sequence[Taking]) -> Sums:
    """Sum the movements of a shift; what was taken back counts against it."""
    inside = [one for one in takings if not one.outside]
    return Sums(
        cash=sum(one.amount for one in inside if one.kind == "cash"),
        pos=sum(one.amount for one in inside if one.kind == "pos"),
        outside=sum(one.amount for one in takings if one.outside),
    )


def agrees(opening: int, sums: Sums, counted: Counted) -> bool:
    """Tell whether nothing is missing and nothing too much."""
    return (opening + sums.cash, sums.pos) == (counted.cash, counted.pos)


REASON_NEEDED = Fault(
    pointer="/reason",
    code="missing",
    message_vi="Số đếm được khác số phải có. Ghi lý do chênh lệch.",
    message_en="What was counted differs from what should be there. Say why.",
)
