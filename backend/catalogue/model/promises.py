"""What a procedure promises and asks of the citizen's time: deadline, result, presence."""

from typing import Annotated, Literal

from msgspec import Meta

from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.parts import English, Line, Part, Words

Cutoff = Annotated[
    str,
    Meta(
        pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description="same day: received later counts for the next working day",
    ),
]
Days = Annotated[int, Meta(ge=0, le=200, description="0 is the same day")]
DayUnit = Annotated[
    Literal["working_days", "days"], Meta(description="working days unless said otherwise")
]


class DeadlineCase(Part, frozen=True, kw_only=True):
    """Another time for some dossiers (trường hợp): the first whose condition holds counts."""

    when: Condition
    text: Annotated[Words, Meta(description="the official sentence about this case")]
    text_en: English | None = None
    days: Days
    unit: DayUnit = "working_days"
    cutoff: Cutoff | None = None
    law: Annotated[Line, Meta(description="document and article; else that of the deadline")] | (
        None
    ) = None


class Verification(Part, frozen=True, kw_only=True):
    """What may be added when something must be verified (xác minh); the due date stays without."""

    reason: Annotated[Line, Meta(description="when; else “Khi phải xác minh”")] | None = None
    reason_en: English | None = None
    text: Annotated[Words, Meta(description="the official sentence, verbatim")]
    text_en: English | None = None
    days: Annotated[int, Meta(ge=1, le=200, description="days that may be added")] | None = None
    total_days: (
        Annotated[int, Meta(ge=1, le=200, description="or: days that it may take in all")] | None
    ) = None
    unit: DayUnit = "working_days"
    law: Annotated[Line, Meta(description="document and article")]


class Deadline(Part, frozen=True, kw_only=True):
    """The statutory time (thời hạn giải quyết)."""

    text: Annotated[Words, Meta(description="the official sentence, verbatim")]
    text_en: English | None = None
    days: Days
    unit: DayUnit = "working_days"
    cutoff: Cutoff | None = None
    counts_from: (
        Annotated[Line, Meta(description="question of a visit: its day begins the time, if later")]
        | None
    ) = None
    law: Annotated[Line, Meta(description="document and article")]
    committed_days: (
        Annotated[
            int,
            Meta(ge=0, le=200, description="what the office undertakes; fewer, shown beside"),
        ]
        | None
    ) = None
    cases: Annotated[
        tuple[DeadlineCase, ...], Meta(description="other times; the first that holds counts")
    ] = ()
    verification: Annotated[Verification, Meta(description="more time for verifying")] | None = None


class NoDeadline(Part, frozen=True, kw_only=True):
    """Why a procedure has no due date (không có thời hạn), as a notice has none."""

    text: Annotated[Words, Meta(description="said to the citizen in place of a time")]
    text_en: English | None = None
    unverified: (
        Annotated[bool, Meta(description="there is a time, but nobody has verified which")] | None
    ) = None
    law: Annotated[Line, Meta(description="document and article")] | None = None


class OtherResult(Part, frozen=True, kw_only=True):
    """One more thing that the citizen gets."""

    name: Annotated[Line, Meta(description="the official name, verbatim")]
    name_en: English | None = None
    code: Annotated[Line, Meta(description="result type, where one is known")] | None = None


class Result(Part, frozen=True, kw_only=True):
    """What the citizen gets (kết quả)."""

    name: Annotated[Line, Meta(description="the official name; for a notice: that nothing comes")]
    name_en: English | None = None
    code: Annotated[Line, Meta(description="result type, where one is known")] | None = None
    notice: Annotated[
        bool, Meta(description="a notice (thông báo): taken in is done, nothing is handed over")
    ] = False
    also: Annotated[tuple[OtherResult, ...], Meta(description="what comes with it")] = ()


class Presence(Part, frozen=True, kw_only=True):
    """Who must come in person (phải có mặt), at which step; without it nobody must."""

    who: Annotated[
        Literal["applicant", "both", "original"],
        Meta(description="the applicant, both parties, or whoever brings the original"),
    ]
    step: Annotated[
        Literal["submit", "verification", "council", "result"], Meta(description="when that is")
    ]
    text: Annotated[Line, Meta(description="who comes, when, with what; one sentence")]
    text_en: English | None = None
    when: Annotated[Condition, Meta(description="only in this case")] | None = None
    law: Annotated[Line, Meta(description="document and article")] | None = None


class DraftConfirmation(Part, frozen=True, kw_only=True):
    """The draft that the citizen looks over before it is signed (dự thảo); silence agrees."""

    days: Annotated[int, Meta(ge=1, le=5, description="days to answer")] = 1
    text: Annotated[Line, Meta(description="one sentence; what silence means")]
    text_en: English | None = None
    law: Annotated[Line, Meta(description="document and article")] | None = None


class PublicPosting(Part, frozen=True, kw_only=True):
    """Posting in public before the decision (niêm yết công khai): how long, what is seen."""

    days: Annotated[int, Meta(ge=1, le=60, description="how long")]
    unit: DayUnit = "working_days"
    text: Annotated[Line, Meta(description="one sentence: what is posted, where")]
    text_en: English | None = None
    law: Annotated[Line, Meta(description="document and article")] | None = None
