"""What anybody may learn of a dossier with its code: state and next step, no names; pure."""

from datetime import date, datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from backend.dossiers.model.states import State
from backend.notices.model import Reach
from backend.payments.model.states import AttemptState, ObligationState
from backend.payments.model.words import ObligationBrief, Way
from backend.platform.kit.errors import Fault
from backend.platform.kit.money import dong


class Wanted(Struct, frozen=True, forbid_unknown_fields=True):
    """A look-up (tra cứu): a code and the last four digits of the dossier's phone."""

    code: Annotated[str, Meta(max_length=64)]
    phone_last4: Annotated[str, Meta(max_length=16)]


class Owed(Struct, frozen=True, omit_defaults=True):
    """What is owed, without its lines; `paid` is what has come, where anything has."""

    state: ObligationState
    amount: int | None
    paid: int = 0


class Tracked(Struct, frozen=True, kw_only=True):
    """Where a dossier stands, for whoever holds its code and second factor.

    `expected_at` holds if it is received on the day `expected_from`. `paused`: the clock stands
    still, `due_at` is what was promised before. `provisional`: the date may change when the
    holidays of its year are announced. `visit_over` is null where nobody has to come any more; who
    comes before `visit_before` of the day that was chosen is served that day. The day itself, and
    the dates that would tell it, are for the holder of the key alone. `until` is the last moment
    to add what the ward asks for. `code_by` is how a one-time code comes that opens the dossier on
    another device; null where none can come.
    """

    code: str
    procedure: str
    procedure_name: str
    procedure_title: str
    unit: str
    unit_name: str
    unit_office: str | None
    state: State
    next: str
    next_en: str
    submitted_at: datetime | None
    accepted_at: datetime | None
    expected_at: datetime | None
    expected_from: date | None
    visit_over: bool | None
    visit_before: str | None
    due_at: datetime | None
    paused: bool
    provisional: bool
    until: datetime | None
    code_by: Reach | None
    obligation: Owed | None


class TokenShown(Struct, frozen=True, forbid_unknown_fields=True):
    """A verification token as a slip's QR holds it."""

    token: Annotated[str, Meta(max_length=4096)]


class Verified(Struct, frozen=True, kw_only=True):
    """Whether a receipt or slip is ours (kiểm tra giấy thật).

    `standing` tells of a receipt of a fee whether it still stands; it is not said of others.
    """

    genuine: bool
    kind: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    unit_office: str | None = None
    at: str | None = None
    code_masked: str | None = None
    standing: str | UnsetType | None = UNSET


class PayToken(Struct, frozen=True, forbid_unknown_fields=True):
    """The token of a pay link (đường dẫn trả hộ), as it stands behind `#`."""

    token: Annotated[str, Meta(max_length=512)]


class PayWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """How the holder of a pay link wants to pay."""

    token: Annotated[str, Meta(max_length=512)]
    adapter: Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,31}\Z", max_length=32)]


class Try(Struct, frozen=True):
    """One try to pay, without what its page may tell of who began it."""

    adapter: str
    state: AttemptState
    expires_at: datetime | None


class Lent(Struct, frozen=True, kw_only=True):
    """One fee as the holder of its pay link sees it: what for, how much, to whom; nobody's name."""

    procedure_name: str
    procedure_title: str
    unit_name: str
    unit_office: str | None
    code_masked: str
    state: ObligationState
    amount: int | None
    due: int
    payee: str | None
    attempts: tuple[Try, ...]
    ways: tuple[Way, ...]
    ways_down: tuple[Way, ...]


AT_THE_COUNTER = "counter"
"""Needs the dossier's code, which a pay link does not tell."""

NO_SUCH_WAY = Fault(
    pointer="/adapter",
    code="choice",
    message_vi="Cách trả này không dùng được với đường dẫn trả hộ. Chọn cách khác.",
    message_en="This way of paying cannot be used with a pay link.",
)


def masked_code(code: str) -> str:
    """Hide the middle of a code: the holder of the paper knows it, others learn nothing."""
    return f"{code[:4]}•••••{code[-4:]}"


def purpose_stamp(code: str, unit_name: str, day: date) -> str:
    """Say what a view of an identity paper serves (mục đích sử dụng), for whom, since when."""
    grouped = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    return f"Chỉ dùng để giải quyết hồ sơ {grouped}, {unit_name}, ngày {day:%d/%m/%Y}"


def unsettled(
    state: State, owed: ObligationBrief | None, *, accepted: bool = False
) -> tuple[str, str] | None:
    """Say what comes next where the fee is not settled, in Vietnamese and English; else None.

    An officer who accepts a dossier unpaid has said why: then only the day of the result waits.
    """
    if owed is None or state not in _UNPAID or (accepted and state is State.SUPPLEMENT_REQUESTED):
        return None
    if state is State.SUBMITTED and owed.state in _UNDECIDED:
        return _UNDECIDED[owed.state]
    if owed.state not in {"open", "expired"} or owed.amount is None:
        return None
    if owed.paid:
        return None if state is State.SUPPLEMENT_REQUESTED else _SHORT
    words, english = _UNPAID[state]
    amount, in_english = dong(owed.amount), dong(owed.amount, "en")
    return words.replace("{amount}", amount), english.replace("{amount}", in_english)


_UNDECIDED = {
    "unquoted": ("Chờ {office} ghi mức phí.", "Wait for the ward to set the fee."),
    "exemption_review": (
        "Chờ {office} xem đề nghị miễn phí.",
        "Wait for the ward to answer on the exemption.",
    ),
}

_SHORT = (
    "Tiền phí về chưa đủ. Hỏi {office} về phần còn lại.",
    "Only part of the fee has come. Ask the ward about the rest.",
)

_UNPAID = {
    State.SUBMITTED: (
        "Còn phải trả {amount} thì {office} mới bắt đầu làm.",
        "{amount} to pay before the ward begins.",
    ),
    State.SUPPLEMENT_REQUESTED: (
        "Mở hồ sơ để xem nội dung cần bổ sung. Còn phải trả {amount} thì {office} mới bắt đầu làm.",
        "Open the dossier to see what to add. {amount} to pay before the ward begins.",
    ),
    State.RESULT_READY: (
        "Còn phải trả {amount}. Mang giấy hẹn đến {office} để nhận kết quả.",
        "{amount} to pay. Bring the slip to the ward to fetch the result.",
    ),
}
