"""The state machine of a dossier (trạng thái hồ sơ) as a table of moves, and its refusals."""

import enum

from msgspec import Struct

from backend.platform.kit.errors import Problem


class State(enum.StrEnum):
    """Where a dossier stands (trạng thái hồ sơ)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROCESSING = "processing"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    RESULT_READY = "result_ready"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    EXPIRED = "expired"


class NotAllowedNow(Problem):
    """The dossier's state does not allow this move."""

    status = 409
    slug = "not-allowed-now"
    title = "Hồ sơ không còn ở bước làm được việc này. Tải lại để xem hồ sơ đang ở đâu."


class Stale(Problem):
    """Somebody changed the dossier after it was read."""

    status = 409
    slug = "stale"
    title = "Có người vừa làm việc với hồ sơ này. Tải lại rồi quyết định."


class AlreadyAsked(Problem):
    """The one supplement request that an officer has was made before."""

    status = 409
    slug = "already-asked"
    title = "Mỗi hồ sơ chỉ được yêu cầu bổ sung một lần. Lần nữa phải trình lãnh đạo."


class Move(Struct, frozen=True, kw_only=True):
    """One allowed move (bước chuyển trạng thái): by whom, from where, to where.

    `after` is None where the dossier returns to the state it came from. `stamp` names the moment
    of the dossier that the move records. `words` is the step as the timeline tells it; `{office}`
    stands for Phường, Xã …
    """

    before: tuple[State, ...]
    after: State | None
    by: tuple[str, ...]
    words: str
    stamp: str | None = None


_WAITING = State.SUPPLEMENT_REQUESTED
AT_WORK = (State.ACCEPTED, State.PROCESSING)
"""The states in which the clock runs (đang giải quyết)."""
_OFFICE = ("officer", "onestop")

MOVES: dict[str, Move] = {
    "submit": Move(
        before=(State.DRAFT,),
        after=State.SUBMITTED,
        by=("citizen",),
        stamp="submitted_at",
        words="{office} đã nhận đủ hồ sơ, chờ cán bộ tiếp nhận",
    ),
    "accept": Move(
        before=(State.SUBMITTED,),
        after=State.ACCEPTED,
        by=_OFFICE,
        stamp="accepted_at",
        words="{office} đã tiếp nhận hồ sơ",
    ),
    "decline": Move(
        before=(State.SUBMITTED,),
        after=State.DECLINED,
        by=_OFFICE,
        stamp="finished_at",
        words="{office} không nhận hồ sơ",
    ),
    "process": Move(
        before=(State.ACCEPTED,),
        after=State.PROCESSING,
        by=("onestop",),
        words="{office} đang giải quyết",
    ),
    "request_supplement": Move(
        before=(State.SUBMITTED, *AT_WORK),
        after=_WAITING,
        by=_OFFICE,
        words="Cần ông/bà bổ sung hồ sơ",
    ),
    "answer": Move(
        before=(_WAITING,),
        after=None,
        by=("citizen",),
        words="Ông/bà đã bổ sung hồ sơ",
    ),
    "expire": Move(
        before=(_WAITING,),
        after=State.EXPIRED,
        by=("system",),
        stamp="finished_at",
        words="Hết hạn bổ sung, hồ sơ đã đóng",
    ),
    "stop": Move(
        before=AT_WORK,
        after=State.STOPPED,
        by=_OFFICE,
        stamp="finished_at",
        words="{office} dừng giải quyết hồ sơ",
    ),
    "finish": Move(
        before=AT_WORK,
        after=State.RESULT_READY,
        by=_OFFICE,
        stamp="finished_at",
        words="Đã có kết quả",
    ),
    "return": Move(
        before=(State.RESULT_READY,),
        after=State.RETURNED,
        by=_OFFICE,
        stamp="returned_at",
        words="Đã trả kết quả",
    ),
    "withdraw": Move(
        before=(State.SUBMITTED, *AT_WORK, _WAITING),
        after=State.WITHDRAWN,
        by=("citizen", "onestop"),
        stamp="finished_at",
        words="Ông/bà đã rút hồ sơ",
    ),
}
"""Every move there is; any other is refused with 409 `not-allowed-now`."""

STEPS = {
    **{verb: move.words for verb, move in MOVES.items()},
    "retake": "Có giấy tờ không mở được, cần chụp lại",
    "retaken": "Ông/bà đã gửi lại giấy tờ",
    "quoted": "{office} đã báo phí",
    "collected": "{office} đã thu phí tại quầy",
    "requoted": "{office} đã tính lại phí",
    "exemption_claim": "Ông/bà đã đề nghị được miễn phí",
    "exemption_ask": "{office} đang xét miễn phí",
    "exemption_grant": "{office} đã duyệt miễn phí",
    "exemption_refuse": "{office} không miễn phí, đề nghị nộp phí",
    "exemption_refuse_paid": "{office} không miễn phí, phí đã trả giữ nguyên",
}
"""Words of the timeline: the moves, and the steps that change no state."""

NOTED_EN = {
    "answer": "What was asked for was added",
    "retake": "A paper does not open and is to be photographed again",
    "retaken": "The paper was sent again",
    "quoted": "The fee was set",
    "collected": "The fee was paid at the counter",
    "requoted": "The fee was counted again",
    "exemption_claim": "An exemption from the fee was asked for",
    "exemption_ask": "An exemption from the fee is being considered",
    "exemption_grant": "Exempt from the fee",
    "exemption_refuse": "Not exempt, the fee is to be paid",
    "exemption_refuse_paid": "Not exempt, the fee stays paid",
}
"""The same in English for the steps that change no state; of a move English names the state.

An answer is a move too, but the state that it leads back to would be named a second time."""

STANDS_STILL = "Thời hạn giải quyết tạm dừng"
GOES_ON = "Thời hạn tính tiếp, hẹn trả chậm nhất {until:%H:%M ngày %d/%m/%Y}"
"""Words of the timeline for the clock."""

OPEN_STATES = (State.SUBMITTED, *AT_WORK, _WAITING, State.RESULT_READY)
"""The states in which somebody still has something to do (hồ sơ đang giải quyết)."""

ENDS = (State.DECLINED, State.STOPPED, State.WITHDRAWN, State.EXPIRED, State.RETURNED)
"""The states that nothing leads out of."""

NEXT: dict[State, tuple[str, str]] = {
    State.DRAFT: (
        "Mở lại hồ sơ trên máy đã tạo và bấm Gửi hồ sơ.",
        "Open it on the phone where it was made and send it.",
    ),
    State.SUBMITTED: (
        "Chờ {office} tiếp nhận. Không phải làm gì thêm.",
        "Wait for the ward to accept it. Nothing more to do.",
    ),
    State.ACCEPTED: (
        "{Office} đang giải quyết. Chờ đến ngày hẹn trả kết quả.",
        "The ward is at work. Wait for the promised day.",
    ),
    State.DECLINED: (
        "Mở hồ sơ để xem lý do, hoặc hỏi {office}.",
        "Open the dossier for the reason, or ask the ward.",
    ),
    State.PROCESSING: (
        "{Office} đang giải quyết. Chờ đến ngày hẹn trả kết quả.",
        "The ward is at work. Wait for the promised day.",
    ),
    State.SUPPLEMENT_REQUESTED: (
        "Mở hồ sơ để xem nội dung cần bổ sung.",
        "Open the dossier to see what to add.",
    ),
    State.RESULT_READY: (
        "Mang giấy hẹn đến {office} để nhận kết quả.",
        "Bring the slip to the ward to fetch the result.",
    ),
    State.RETURNED: ("Không phải làm gì thêm.", "Nothing more to do."),
    State.WITHDRAWN: ("Muốn làm lại thì nộp hồ sơ mới.", "To try again, file a new dossier."),
    State.STOPPED: (
        "Mở hồ sơ để xem lý do, hoặc hỏi {office}.",
        "Open the dossier for the reason, or ask the ward.",
    ),
    State.EXPIRED: ("Muốn làm lại thì nộp hồ sơ mới.", "To try again, file a new dossier."),
}
"""What happens next, in Vietnamese and English, below the name of the state and without it."""


def kind_of(actor: str) -> str:
    """Tell the kind of an actor of the audit journal: `officer` of `officer:ovl-01`."""
    return actor.partition(":")[0]


def allowed(verb: str, before: State, *, by: str, came_from: State | None = None) -> State:
    """Tell the state after a move, or refuse it with NotAllowedNow.

    `by` is `citizen`, `officer:<login>`, `onestop` or `system`.
    """
    move = MOVES.get(verb)
    if move is None or before not in move.before or kind_of(by) not in move.by:
        raise NotAllowedNow(f"{verb}: {before}")
    after = move.after or came_from
    if after is None:
        raise NotAllowedNow(f"{verb}: nothing to return to")
    return after
