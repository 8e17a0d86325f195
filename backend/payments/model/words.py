"""What other rooms and the wire see of money: obligations, attempts, events, refusals."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from msgspec import Struct

from backend.catalogue.model.fees import QuoteLine
from backend.payments.model.desk import DeskVerb, Why
from backend.payments.model.refunds import RefundState, RefundVerb, Route
from backend.payments.model.states import SETTLED, AttemptState, ObligationState, Reason
from backend.platform.kit.errors import Fault, Problem
from backend.platform.kit.money import Dong
from backend.platform.outbox import Event

FeeKind = Literal["phi", "le_phi"]


class Line(Struct, frozen=True):
    """One line of what is owed (khoản thu), with its basis, as it was frozen."""

    name: str
    kind: FeeKind
    quantity: int
    unit_amount: Dong | None
    amount: Dong | None
    law: str | None


class Obligation(Struct, frozen=True, kw_only=True):
    """What is owed for a dossier (nghĩa vụ tài chính); `paid` is all money that was received.

    `due` is what is to be paid now: less than `amount` once a part counts. `pay_until` stands where
    an exemption was refused.
    """

    id: UUID
    state: ObligationState
    amount: Dong | None
    paid: int
    lines: tuple[Line, ...]
    due: Dong = 0
    pay_until: datetime | None = None


class Kept(Struct, frozen=True, kw_only=True):
    """What we keep of a fee (tiền phí đã thu): `whole` when exactly all of it is paid and ours."""

    obligation: UUID
    unit: str
    lines: tuple[Line, ...]
    amount: Dong | None
    whole: bool
    settled_at: datetime | None


class ObligationBrief(Struct, frozen=True, kw_only=True):
    """The same for lists and figures; `adapter` is the one whose attempt settled it."""

    state: ObligationState
    amount: Dong | None
    paid: int
    adapter: str | None


class Transfer(Struct, frozen=True, kw_only=True):
    """A transfer part by part, for copy buttons."""

    bank: str
    account: str
    name: str
    amount: Dong
    memo: str


class NextAction(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the citizen does next: go to `url`, scan `payload`, or read `text`."""

    kind: Literal["redirect", "qr", "instructions", "done"]
    url: str | None = None
    payload: str | None = None
    text: str | None = None
    transfer: Transfer | None = None


class Attempt(Struct, frozen=True, kw_only=True):
    """One try to pay (lần trả tiền)."""

    attempt: UUID
    adapter: str
    state: AttemptState
    next_action: NextAction | None
    expires_at: datetime | None


class Opened(Struct, frozen=True):
    """An attempt, and whether it was made just now (201) or was there (200)."""

    attempt: Attempt
    fresh: bool


class Way(Struct, frozen=True):
    """A way to pay that can be offered (cách trả)."""

    adapter: str
    title_vi: str
    title_en: str


class Bill(Struct, frozen=True, kw_only=True):
    """A dossier's money as its citizen sees it; `ways` only while something can be paid.

    `ways_down` are those that would take it, but whose providers do not answer now. `payee` is
    whose account transfers go to.
    """

    obligation: Obligation | None = None
    attempts: tuple[Attempt, ...] = ()
    ways: tuple[Way, ...] = ()
    ways_down: tuple[Way, ...] = ()
    payee: str | None = None


class ProviderHealth(Struct, frozen=True, kw_only=True):
    """How a provider answers, for the operator; `calls` is False where nobody is called."""

    adapter: str
    title: str
    calls: bool
    silent: int
    since: datetime | None
    down: bool


class Unmatched(Struct, frozen=True, kw_only=True):
    """Money that an officer should look at (khoản tiền cần xem), with the reason.

    `counted` tells that it settled an obligation after all (late money); `memo` stands there only
    when the vault was handed in, and `masked` where others share the account. `foreign` money came
    to a bank account that takes nobody's fees here.
    """

    event: UUID
    at: datetime
    adapter: str
    account: str
    amount: Dong
    reason: Reason
    unit: str
    dossier: UUID | None
    counted: bool
    memo: str | None
    masked: bool
    foreign: bool
    rev: int
    kind: Literal["payment", "reversal"]
    state: ObligationState | None
    can: tuple[DeskVerb, ...]


class Suggestion(Struct, frozen=True, kw_only=True):
    """A dossier that money may be for (gợi ý khớp), and in what they are like."""

    dossier: UUID
    due: int
    why: tuple[Why, ...]
    score: int


class Decided(Struct, frozen=True, kw_only=True):
    """What an officer decided of money (quyết định), and why."""

    at: datetime
    by: str
    verb: str
    reason: str


class Payee(Struct, frozen=True, kw_only=True):
    """Whose account the accountant pays to (tài khoản nhận tiền hoàn); sealed where it is kept."""

    bank: str
    account: str
    name: str


class RefundLine(Struct, frozen=True, kw_only=True):
    """A refund as officers see it (khoản hoàn); `can` are the steps that this officer may take."""

    refund: UUID
    rev: int
    at: datetime
    unit: str
    amount: Dong
    state: RefundState
    reason: str
    dossier: UUID | None
    event: UUID | None
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


class Priced(Protocol):
    """One line of an officer's quote (báo phí)."""

    @property
    def name(self) -> str:
        """What is charged."""

    @property
    def kind(self) -> FeeKind:
        """Phí or lệ phí."""

    @property
    def quantity(self) -> int:
        """How many."""

    @property
    def unit_amount(self) -> int:
        """The price of one."""

    @property
    def law(self) -> str:
        """On what basis."""


# -- events ---------------------------------------------------------------------------------------


class ObligationSettled(Event, frozen=True, kw_only=True):
    """Nothing is owed any more (đã xong nghĩa vụ tài chính): paid, exempt or nothing due; once."""

    unit: str
    procedure: str
    state: ObligationState
    adapter: str | None
    amount: int


class ExemptionDecided(Event, frozen=True, kw_only=True):
    """An officer decided who pays nothing (kết quả xét miễn phí).

    `amount` is what is to be given back when it was granted, else what is to be paid `until` then;
    without such a day it is the fee that was paid already, and stays paid.
    """

    unit: str
    procedure: str
    granted: bool
    amount: int
    until: datetime | None


class ObligationRestated(Event, frozen=True, kw_only=True):
    """Something changed after a fee was settled (biến động sau khi đã thu): all is told anew."""


class ObligationQuoted(Event, frozen=True, kw_only=True):
    """An officer said how much it is (đã báo phí)."""

    unit: str
    procedure: str
    amount: int


class MoneySetAside(Event, frozen=True, kw_only=True):
    """Money came that did not pay as agreed (tiền cần xem); `reason` as officers read it."""

    unit: str
    reason: str
    amount: int


class RefundGiven(Event, frozen=True, kw_only=True):
    """Money has been given back (đã hoàn tiền)."""

    unit: str
    amount: int


# -- refusals -------------------------------------------------------------------------------------


class AlreadyPaid(Problem):
    """The fee is paid; a second payment would have to be given back."""

    status = 409
    slug = "already-paid"
    title = "Phí đã trả rồi. Không cần trả nữa."


NO_LAST_DAY = Fault(
    pointer="/until",
    code="missing",
    message_vi="Ghi ngày cuối phải nộp phí.",
    message_en="Give the last day to pay.",
)


class NothingDue(Problem):
    """There is nothing to pay, or not yet."""

    status = 409
    slug = "nothing-due"
    title = "Hiện không có khoản nào phải trả. Nếu chưa có mức phí, cán bộ sẽ báo."


class ProviderDeciding(Problem):
    """Another attempt's outcome is not known yet."""

    status = 409
    slug = "provider-deciding"
    title = "Đang xác nhận với ngân hàng. Đừng trả lần nữa, chờ ít phút rồi xem lại."


class WayDown(Problem):
    """The provider of this way does not answer at present; the others do."""

    status = 409
    slug = "way-down"
    title = "Cách trả này đang tạm ngừng. Chọn cách khác, hoặc thử lại sau ít phút."


def due_settled(obligation: Obligation | ObligationBrief | None) -> bool:
    """Tell whether no fee holds a dossier back: paid, exempt, zero, or no fee at all."""
    return obligation is None or obligation.state in SETTLED


def frozen(lines: Sequence[QuoteLine]) -> tuple[Line, ...]:
    """Freeze the lines of a tariff's quote."""
    return tuple(
        Line(line.name, line.kind, line.quantity, line.unit_amount, line.amount, line.law)
        for line in lines
    )


def priced(lines: Sequence[Priced]) -> tuple[Line, ...]:
    """Freeze an officer's lines: an amount is quantity times price."""
    return tuple(
        Line(
            line.name,
            line.kind,
            line.quantity,
            line.unit_amount,
            line.quantity * line.unit_amount,
            line.law,
        )
        for line in lines
    )


def still_due(lines: Sequence[Line], *, amount: int, due: int) -> tuple[Line, ...]:
    """List what is to be paid now: the frozen lines, or one line for the rest of them."""
    if due == amount or not lines:
        return tuple(lines)
    first = lines[0]
    return (Line(f"{first.name} (phần còn thiếu)", first.kind, 1, due, due, first.law),)
