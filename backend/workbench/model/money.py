"""What the desk of money reads and sends: rows, suggestions, decisions, refunds, payout list."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from backend.payments.model.desk import DeskVerb
from backend.payments.model.desk import Why as Likeness
from backend.payments.model.refunds import RefundState, RefundVerb, Route
from backend.payments.model.words import Decided, Payee
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Fault, Malformed, Unprocessable
from backend.platform.kit.vietnamese import refuse_control_characters
from backend.workbench.model import Quotation, Rev

Reasoned = Annotated[str, Meta(min_length=1, max_length=500)]
Code = Annotated[str, Meta(min_length=1, max_length=40)]
Short = Annotated[str, Meta(min_length=1, max_length=120)]
_SECONDS_A_DAY = 86_400


class Money(Struct, frozen=True, kw_only=True):
    """Money that somebody should look at (tiền cần đối chiếu), with the reason."""

    id: UUID
    at: datetime
    adapter: str
    account: str
    amount: int
    reason: str
    unit: str
    code: str | None
    counted: bool
    memo: str | None
    masked: bool
    foreign: bool
    rev: int
    age: int
    kind: str
    unit_name: str
    owner_masked: str | None
    can: tuple[DeskVerb, ...]


class MoneyList(Struct, frozen=True):
    """A page of it, newest first; `next` is the cursor of the following one."""

    items: list[Money]
    next: str | None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"([0-9]{1,17})-([0-9a-f]{32})\Z", re.ASCII)


def money_cursor(at: datetime, event: UUID) -> str:
    """Write after which money the next page begins: to the microsecond, as much comes at once."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}-{event.hex}"


def read_money_cursor(text: str) -> tuple[datetime, UUID]:
    """Read a cursor; Malformed when it is none of ours."""
    found = _CURSOR.match(text)
    if found is None:
        raise Malformed("after")
    return _EPOCH + int(found[1]) * timedelta(microseconds=1), UUID(found[2])


class MoneyAct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every decision of money carries (quyết định): the revision read, and why."""

    seen: Rev
    reason: Reasoned

    def checked_reason(self) -> str:
        """Give the reason without hidden characters; Unprocessable when it is blank."""
        return _said(self.reason, "/reason")


class MoneyTo(MoneyAct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision that puts money to a dossier, by its code (mã hồ sơ)."""

    code: Code


class PayeeGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The account that the citizen named (tài khoản nhận tiền hoàn)."""

    bank: Short
    account: Annotated[str, Meta(min_length=4, max_length=34, pattern="^[0-9A-Za-z]+$")]
    name: Short


class Approval(MoneyAct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second person agrees to a refund (duyệt hoàn); `payee` for the accountant's list."""

    route: Route
    payee: PayeeGiven | None = None

    def checked_payee(self) -> Payee | None:
        """Give whose account it is, without hidden characters."""
        if self.payee is None or self.route == "provider":
            return None
        return Payee(
            bank=_said(self.payee.bank, "/payee/bank"),
            account=_said(self.payee.account, "/payee/account"),
            name=_said(self.payee.name, "/payee/name"),
        )


class PaidOut(MoneyAct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The accountant paid it out (đã chi); `evidence` is the number of the proof (số chứng từ)."""

    evidence: Annotated[str, Meta(min_length=1, max_length=64)]

    def checked_evidence(self) -> str:
        """Give the number without hidden characters."""
        return _said(self.evidence, "/evidence")


class Restatement(Quotation, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paid fee gets other lines (đổi số lượng); why is said."""

    reason: Reasoned


class ExemptionAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of an exemption (miễn phí): asked for, granted, or refused with a last day to pay.

    A fee that was paid meanwhile has no such day: it stays paid.

    `reason` stays with officers; `told` is a sentence for the citizen, with a refusal alone.
    """

    seen: Rev
    reason: Reasoned
    step: Literal["ask", "grant", "refuse"]
    until: date | None = None
    told: Annotated[str, Meta(max_length=300)] = ""

    def checked_reason(self) -> str:
        """Give the reason without hidden characters; Unprocessable when it is blank."""
        return _said(self.reason, "/reason")

    def checked_told(self) -> str | None:
        """Give what the citizen is told; Unprocessable beside a step that is no refusal."""
        if self.told and self.step != "refuse":
            raise Unprocessable(errors=[_TOLD_ALONE])
        return _said(self.told, "/told") if self.told.strip() else None

    def ends_at(self) -> datetime | None:
        """Give the end of the last day to pay; None where there is none: the fee was paid."""
        if self.until is None:
            return None
        return datetime.combine(self.until, time(23, 59, 59), tzinfo=VIETNAM)

    def noted(self) -> str:
        """Name the step as the dossier's history keeps it."""
        kept = self.step == "refuse" and self.until is None
        return "exemption_refuse_paid" if kept else f"exemption_{self.step}"


class MoneySuggestion(Struct, frozen=True, kw_only=True):
    """A dossier that the money may be for (gợi ý), and why."""

    code: str
    procedure: str
    unit: str
    owner_masked: str
    due: int
    why: tuple[Likeness, ...]
    score: int


class MoneyOpened(Struct, frozen=True, kw_only=True):
    """One movement of money in full (một khoản tiền): what it is, whose it may be, what was done.

    `age` counts whole days since it came, or since it is to be given back. `names` are the
    officers' names, by who acted.
    """

    id: UUID
    rev: int
    at: datetime
    age: int
    adapter: str
    account: str
    kind: str
    amount: int
    reason: str
    unit: str
    unit_name: str
    code: str | None
    owner_masked: str | None
    state: str | None
    counted: bool
    memo: str | None
    masked: bool
    foreign: bool
    can: tuple[DeskVerb, ...]
    suggestions: list[MoneySuggestion]
    decisions: list[Decided]
    names: dict[str, str]


class RefundShown(Struct, frozen=True, kw_only=True):
    """A refund as the desk shows it (khoản hoàn): how much, why, how old, who did what, what next.

    `routes` can be chosen at approval; people are their logins, the payee is for the payout alone.
    """

    id: UUID
    rev: int
    at: datetime
    age: int
    unit: str
    unit_name: str
    amount: int
    state: RefundState
    reason: str
    code: str | None
    owner_masked: str | None
    adapter: str | None
    route: Route | None
    routes: tuple[Route, ...]
    requested_by: str
    approved_by: str | None
    paid_by: str | None
    confirmed_by: str | None
    evidence: str | None
    payee: Payee | None
    can: tuple[RefundVerb, ...]


class RefundOpened(RefundShown, frozen=True, kw_only=True):
    """One refund with the steps that officers took, and why; `names` are theirs, by who acted."""

    decisions: list[Decided]
    names: dict[str, str]


class RefundList(Struct, frozen=True):
    """A page of refunds, newest first; `next` is the cursor of the following one."""

    items: list[RefundShown]
    next: str | None


def age(since: datetime, now: datetime) -> int:
    """Count whole days since a moment; none for one that is still to come."""
    return max(0, int((now - since).total_seconds() // _SECONDS_A_DAY))


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")
_HEAD = (
    "Mã khoản hoàn",
    "Mã hồ sơ",
    "Đơn vị",
    "Số tiền",
    "Lý do",
    "Ngân hàng",
    "Số tài khoản",
    "Chủ tài khoản",
    "Người duyệt",
    "Số chứng từ",
)


def payout_sheet(rows: Iterable[RefundShown]) -> bytes:
    """Write the accountant's list (danh sách chi hoàn) so that a spreadsheet runs nothing of it."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_HEAD)
    for one in rows:
        payee = one.payee or Payee(bank="", account="", name="")
        cells = (
            str(one.id), one.code or "", one.unit_name, one.amount, one.reason,
            payee.bank, payee.account, payee.name, one.approved_by or "", one.evidence or "",
        )  # fmt: skip
        writer.writerow([_harmless(cell) for cell in cells])
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def _harmless(cell: str | int) -> str | int:
    """Keep a text a text: one that a spreadsheet would run, or round as a number."""
    if isinstance(cell, int):
        return cell
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.isdigit() else cell


def _said(words: str, pointer: str) -> str:
    refuse_control_characters(words, pointer=pointer, lines=pointer == "/reason")
    if not words.strip():
        missing = Fault(
            pointer=pointer,
            code="missing",
            message_vi="Chỗ này cần ghi rõ.",
            message_en="This must be filled in.",
        )
        raise Unprocessable(errors=[missing])
    return words.strip()


_TOLD_ALONE = Fault(
    pointer="/told",
    code="unasked",
    message_vi="Chỉ ghi lời cho người nộp khi không miễn phí.",
    message_en="Words for the citizen go with a refusal alone.",
)
