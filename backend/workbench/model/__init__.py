"""What the officer's desk reads and sends: bodies, lines of the queue, one dossier in full.

Problem
├── ReasonNeeded 422          accepting an unpaid dossier without saying why
└── DecidedElsewhere 409      the one-stop system decides here, we only show
"""

import re
from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from backend.catalogue.model.people import Answers, Applicant, Person
from backend.catalogue.model.visits import Visit
from backend.dossiers.model.claims import Claim
from backend.dossiers.model.record import Noted
from backend.dossiers.model.states import State
from backend.dossiers.model.supplements import Item
from backend.forwarding.model.standing import Delivery
from backend.payments.model.words import Attempt, Obligation, ObligationBrief
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Fault, Problem, Unprocessable
from backend.platform.kit.money import Dong
from backend.platform.kit.vietnamese import refuse_control_characters
from backend.workbench.model.signals import Changed, Helped

Rev = Annotated[int, Meta(ge=0, le=2**31)]
Words = Annotated[str, Meta(max_length=2000)]
Short = Annotated[str, Meta(min_length=1, max_length=120)]

PAID_LATER = "Nhận trước, ông/bà trả phí sau"
"""What a citizen reads whose dossier was accepted before its fee was paid."""


class ReasonNeeded(Unprocessable):
    """A dossier whose fee is unpaid is accepted only with a reason."""

    slug = "reason-needed"
    title = "Phí chưa trả. Ghi lý do tiếp nhận khi chưa có phí rồi bấm Tiếp nhận."

    def __init__(self) -> None:
        missing = Fault(
            pointer="/reason",
            code="missing",
            message_vi="Ghi lý do tiếp nhận khi phí chưa trả.",
            message_en="Say why it is accepted while the fee is unpaid.",
        )
        super().__init__(errors=[missing])


class DecidedElsewhere(Problem):
    """Decisions are taken in the one-stop system; here they are shown."""

    status = 409
    slug = "decided-elsewhere"
    title = "Hồ sơ do hệ thống một cửa điện tử quyết định. Làm bước này ở hệ thống đó."


class Decision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every action carries (quyết định): the revision read, words for citizen and desk."""

    seen: Rev
    reason: Words | None = None
    note: Words | None = None

    def checked_reason(self) -> str | None:
        """Give the reason without hidden characters; None when there is none."""
        return _said(self.reason, "/reason")

    def checked_note(self) -> str | None:
        """Give the note without hidden characters; None when there is none."""
        return _said(self.note, "/note")

    def kept(self, told: str | None) -> "Decision":
        """Keep its words in the office, as one note, and tell the citizen `told` instead."""
        words = "\n".join(filter(None, (self.checked_reason(), self.checked_note())))
        return Decision(seen=self.seen, reason=told, note=words or None)


def _said(words: str | None, pointer: str) -> str | None:
    if words is None or not words.strip():
        return None
    refuse_control_characters(words, pointer=pointer, lines=True)
    return words.strip()


class QuotedLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a fee as the officer sets it (mức thu), with its legal basis."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: Literal["phi", "le_phi"]
    quantity: Annotated[int, Meta(ge=1, le=1000)]
    unit_amount: Dong
    law: Annotated[str, Meta(min_length=1, max_length=300)]


class Quotation(Decision, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fee that was not known at submission (báo phí)."""

    lines: Annotated[list[QuotedLine], Meta(min_length=1, max_length=20)]

    def checked_lines(self) -> list[QuotedLine]:
        """Give the lines, once no word of them hides a character."""
        for place, line in enumerate(self.lines):
            refuse_control_characters(line.name, pointer=f"/lines/{place}/name")
            refuse_control_characters(line.law, pointer=f"/lines/{place}/law")
        return self.lines


class Collection(Decision, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money taken at the counter (thu tại quầy)."""

    kind: Literal["cash", "pos"]
    amount: Dong
    slip_number: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    terminal: Annotated[str, Meta(min_length=1, max_length=64)] | None = None

    def checked_slip(self) -> str | None:
        """Give the number of the card slip without hidden characters."""
        return _said(self.slip_number, "/slip_number")

    def checked_terminal(self) -> str | None:
        """Give the terminal (mã máy POS) that the card slip names; cash has none."""
        named = self.terminal
        if named is None or (self.kind == "pos" and _TERMINAL.fullmatch(named)):
            return named
        raise Unprocessable(errors=[_NO_TERMINAL])


_TERMINAL = re.compile("[0-9A-Za-z-]{1,32}")
_NO_TERMINAL = Fault(
    pointer="/terminal",
    code="terminal",
    message_vi="Mã máy POS chỉ có chữ không dấu, số và gạch ngang. Thu tiền mặt thì để trống.",
    message_en="A terminal's number has letters, digits and hyphens only. Cash has none.",
)


class SupplementWanted(Decision, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The one request to complete a dossier (yêu cầu bổ sung); `until` a date or a moment."""

    items: Annotated[list[Item], Meta(min_length=1, max_length=40)]
    until: Annotated[str, Meta(max_length=40)]

    def checked_items(self) -> list[Item]:
        """Give the items, once no word of them hides a character."""
        for place, item in enumerate(self.items):
            refuse_control_characters(item.words, pointer=f"/items/{place}/words", lines=True)
        return self.items

    def ends_at(self) -> datetime:
        """Read `until`: a date means the end of that day in Vietnam."""
        try:
            if len(self.until) == len("2026-11-30"):
                day = date.fromisoformat(self.until)
                return datetime.combine(day, time(23, 59, 59), tzinfo=VIETNAM)
            moment = datetime.fromisoformat(self.until)
        except ValueError:
            raise Unprocessable(errors=[_NO_DATE]) from None
        return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


_NO_DATE = Fault(
    pointer="/until",
    code="date",
    message_vi="Ngày hết hạn bổ sung chưa đúng. Viết như 2026-11-30.",
    message_en="The last day is not a date. Write it as 2026-11-30.",
)


class PosterWanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A poster to make (tờ dán) for one procedure at one unit."""

    unit: Short
    procedure: Short
    campaign: Short | None = None

    def checked_campaign(self) -> str | None:
        """Give the campaign without hidden characters; None when there is none."""
        return _said(self.campaign, "/campaign")


class PosterWithdrawn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A poster to take out of use (thu hồi), with its successor if there is one."""

    replaced_by: Short | None = None


class Papers(Struct, frozen=True):
    """How many of the papers that must be there are there, and readable (thành phần hồ sơ)."""

    have: int
    need: int


class Line(Struct, frozen=True, kw_only=True):
    """One line of the queue (hàng chờ): no name in full, nothing that needs no decision.

    `submitter_masked` is who handed it in for the owner; null where owners filed themselves.
    """

    code: str
    procedure: str
    procedure_title: str
    unit: str
    unit_name: str
    state: str
    rev: int
    submitted_at: datetime | None
    expected_at: datetime | None
    due_at: datetime | None
    owner_masked: str
    submitter_masked: str | None
    papers: Papers
    obligation: ObligationBrief | None
    channel: str
    held: bool


class Queue(Struct, frozen=True):
    """A page of the queue; `next` is the cursor of the following one.

    The first page also counts all that needs work, by state; a state without any misses.
    """

    items: list[Line]
    next: str | None
    counts: dict[State, int] | None = None


class File(Struct, frozen=True, kw_only=True):
    """One file of a dossier, `view_urls` page by page; the addresses hold for five minutes."""

    sha256: str
    paper: str
    paper_name: str
    name: str
    size: int
    media_type: str
    check: str
    pages: int | None
    view_url: str
    view_urls: list[str]
    original_url: str


class PaperPdf(Struct, frozen=True):
    """All pages of a paper as one PDF (cả giấy tờ); the address holds for five minutes."""

    paper: str
    url: str


class Asked(Struct, frozen=True, kw_only=True):
    """A request to complete the dossier (yêu cầu bổ sung), by `officer` or by `system`."""

    id: UUID
    by: str
    items: list[Item]
    reason: str | None
    asked_at: datetime
    until: datetime | None
    answered_at: datetime | None


class ToCome(Struct, frozen=True):
    """Who must come in person (phải có mặt), at which step, as the citizen was told."""

    step: Literal["submit", "verification", "council", "result"]
    text: str


class Full(Struct, frozen=True, kw_only=True):
    """One dossier as the desk sees it (hồ sơ); `moves` are those it may offer now.

    `helped` stands where the phone that is told of it is told of more than a family's dossiers,
    `changed` where answers were completed since it was filed.
    """

    code: str
    procedure: str
    procedure_name: str
    procedure_title: str
    version: str
    unit: str
    unit_name: str
    channel: str
    state: str
    rev: int
    submitted_at: datetime | None
    expected_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    receipt_number: str | None
    example: bool
    held: bool
    owner: Person
    submitter: Person | None
    helped: Helped | None
    applicants: list[Applicant]
    visit: Visit | None
    presence: list[ToCome]
    answers: Answers
    changed: Changed | None
    papers: Papers
    files: list[File]
    paper_pdfs: list[PaperPdf]
    obligation: Obligation | None
    attempts: list[Attempt]
    provider_bill: str | None
    exemption_claim: Claim | None
    timeline: list[Noted]
    supplements: list[Asked]
    moves: list[str]
    decided_here: bool
    forwarded: Delivery | None


class NotSent(Struct, frozen=True, kw_only=True):
    """A dossier that is not in the one-stop system yet (chưa sang một cửa), with its age."""

    code: str
    procedure: str
    unit: str
    state: str
    due_at: datetime
    age: int
    tries: int
    problem: str | None
    flagged: bool


class Discrepancy(Struct, frozen=True, kw_only=True):
    """Something in which we and the one-stop system do not agree (sai lệch)."""

    code: str
    unit: str
    kind: str
    ours: str
    theirs: str
    seen_at: datetime


class Sending(Struct, frozen=True):
    """What the desk must know of the hand-over: what waits, and what disagrees."""

    items: list[NotSent]
    discrepancies: list[Discrepancy]
    next: str | None = None


class PosterLine(Struct, frozen=True, kw_only=True):
    """One poster of the list."""

    code: str
    unit: str
    unit_name: str
    procedures: tuple[str, ...]
    campaign: str | None
    state: str
    replaced_by: str | None
    made_at: datetime
    scans: int
    pdf_url: str


class PosterList(Struct, frozen=True):
    """All posters of the officer's units."""

    items: list[PosterLine]
    next: str | None = None


def have_and_need(
    wanted: dict[str, int], given: dict[str, list[str]], unreadable: frozenset[str]
) -> Papers:
    """Count papers: `wanted` paper → least files, `given` paper → hashes; unreadable ones miss."""
    have = sum(
        len([sha for sha in given.get(paper, ()) if sha not in unreadable]) >= max(1, least)
        and not unreadable.intersection(given.get(paper, ()))
        for paper, least in wanted.items()
    )
    return Papers(have=have, need=len(wanted))
