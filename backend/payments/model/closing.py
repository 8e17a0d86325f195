"""The daily close (đối soát ngày): what a bank or provider says of a day, beside what we say.

Problem
├── CloseSigned 409       somebody signed this close already
└── NoStatement 422       this adapter reads no files, or cannot read this one
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from backend.platform.kit.errors import Fault, Problem

Kind = Literal["payment", "reversal"]
Name = tuple[str, str, Kind]
"""Account, transaction and kind: what makes two movements the same one."""

Verdict = Literal["matched", "missing_with_us", "missing_with_them", "amount_differs"]


class CloseSigned(Problem):
    """It was signed already; a signed list never changes."""

    status = 409
    slug = "close-signed"
    title = "Bảng đối soát này đã ký rồi. Tải lại để xem."


class NoStatement(Problem):
    """The file cannot be read, or its adapter reads none; the detail names the line."""

    status = 422
    slug = "no-statement"
    title = "Không đọc được sao kê này. Kiểm tra tệp và kênh thanh toán rồi tải lại."


class Movement(Struct, frozen=True, kw_only=True):
    """One movement of money, theirs or ours, under the name that both sides give it."""

    account: str
    txn: str
    kind: Kind
    amount: int

    @property
    def name(self) -> Name:
        """Name it."""
        return (self.account, self.txn, self.kind)


class CloseLine(Struct, frozen=True, kw_only=True):
    """One line of the list (một dòng đối soát); None on the side where it is missing."""

    verdict: Verdict
    account: str
    txn: str
    kind: Kind
    ours: int | None
    theirs: int | None


class Foreign(Struct, frozen=True, kw_only=True):
    """Money of a day that a bank told of for an account that takes no fees here, in no close."""

    account: str
    count: int
    amount: int


class DailyClose(Struct, frozen=True, kw_only=True):
    """A close as people see it; `counts` by verdict, `difference` is theirs less ours in đồng."""

    close: UUID
    unit: str
    adapter: str
    day: date
    uploaded_by: str
    uploaded_at: datetime
    signed_by: str | None
    signed_at: datetime | None
    note: str | None
    counts: dict[Verdict, int]
    difference: int
    lines: tuple[CloseLine, ...]


def compared(theirs: Sequence[Movement], ours: Sequence[Movement]) -> list[CloseLine]:
    """Put every movement of both sides into exactly one line; what differs stands first."""
    told = {one.name: one for one in theirs}
    known = {one.name: one for one in ours}
    names = dict.fromkeys([*told, *known])
    lines = [_line(name, told.get(name), known.get(name)) for name in names]
    return sorted(lines, key=lambda one: (one.verdict == "matched", one.account, one.txn, one.kind))


def counts_of(lines: Sequence[CloseLine]) -> dict[Verdict, int]:
    """Count lines by verdict."""
    found: dict[Verdict, int] = {
        "matched": 0, "missing_with_us": 0, "missing_with_them": 0, "amount_differs": 0,
    }  # fmt: skip
    for line in lines:
        found[line.verdict] += 1
    return found


def difference_of(lines: Sequence[CloseLine]) -> int:
    """Sum theirs less ours; what was taken back counts against its side."""
    return sum(
        (1 if line.kind == "payment" else -1) * ((line.theirs or 0) - (line.ours or 0))
        for line in lines
    )


def differs(lines: Sequence[CloseLine]) -> bool:
    """Tell whether anything is missing on a side, or has another amount."""
    return any(line.verdict != "matched" for line in lines)


NOTE_NEEDED = Fault(
    pointer="/note",
    code="missing",
    message_vi="Có khoản lệch. Ghi đã hỏi ai và vì sao lệch rồi mới ký.",
    message_en="Something differs. Say whom you asked and why it differs before you sign.",
)


def _line(name: Name, theirs: Movement | None, ours: Movement | None) -> CloseLine:
    account, txn, kind = name
    return CloseLine(
        verdict=_verdict(theirs, ours),
        account=account,
        txn=txn,
        kind=kind,
        ours=ours.amount if ours else None,
        theirs=theirs.amount if theirs else None,
    )


def _verdict(theirs: Movement | None, ours: Movement | None) -> Verdict:
    if ours is None:
        return "missing_with_us"
    if theirs is None:
        return "missing_with_them"
    return "matched" if theirs.amount == ours.amount else "amount_differs"
