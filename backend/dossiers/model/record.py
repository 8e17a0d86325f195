"""What a dossier is made of (hồ sơ): its open part, its private part, timeline and receipt."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from backend.attachments.model import FileWanted
from backend.catalogue.model.people import Answers, Person
from backend.dossiers.model.states import (
    AT_WORK,
    ENDS,
    GOES_ON,
    MOVES,
    NOTED_EN,
    STANDS_STILL,
    STEPS,
    State,
)
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Malformed
from backend.platform.kit.ids import clean_code
from backend.platform.kit.vietnamese import fold, phone_digits

CODE_LENGTH = 13
"""Symbols of a dossier code (mã hồ sơ), its check symbol included."""

NO_DEADLINE = datetime(9000, 1, 1, tzinfo=UTC)
"""Where a dossier without a due date stands in the queue: last."""

Id = Annotated[str, Meta(min_length=1, max_length=64)]

Channel = Literal["online", "assisted", "direct", "post"]
"""How a dossier came in (kênh nộp hồ sơ)."""


class PaperFiles(Struct, frozen=True, forbid_unknown_fields=True):
    """The files given for one paper (giấy tờ nộp kèm), in page order."""

    paper: Id
    files: list[FileWanted]


class Consent(Struct, frozen=True, forbid_unknown_fields=True):
    """A declaration the citizen agreed to (lời cam đoan), with the version of its words."""

    id: Id
    version: Id
    at: datetime


class Private(Struct, frozen=True, kw_only=True):
    """What a dossier says about people; sealed as one piece under the dossier's own key."""

    owner: Person
    submitter: Person | None = None
    answers: Answers = {}
    consents: list[Consent] = []
    papers: list[PaperFiles] = []

    def files(self) -> dict[str, FileWanted]:
        """List the files by hash, each once, in the order of the papers."""
        return {file.sha256: file for paper in self.papers for file in paper.files}

    def pages(self) -> list[FileWanted]:
        """List every page of every paper in order; one photo may be a page of several papers."""
        return [file for paper in self.papers for file in paper.files]

    def papers_of(self, sha256: str) -> list[str]:
        """Name the papers that hold a file."""
        return [one.paper for one in self.papers if any(f.sha256 == sha256 for f in one.files)]

    def phones(self) -> list[str]:
        """List the phones to be told, the submitter's first."""
        people = [one for one in (self.submitter, self.owner) if one]
        found = [digits for one in people if (digits := phone_digits(one.phone or ""))]
        return list(dict.fromkeys(found))

    def contact(self) -> str | None:
        """Give the phone that is told of everything; None where nobody left one."""
        return next(iter(self.phones()), None)

    def name_words(self, besides: Sequence[str] = ()) -> list[str]:
        """List the folded words of the people's names, each once: what a search finds them by.

        `besides` are names that stand in the answers, as that of who applies together.
        """
        people = [one for one in (self.owner, self.submitter) if one]
        names = [*(one.name or "" for one in people), *besides]
        return sorted({word for name in names for word in fold(name).split()})


class Draft(Struct, frozen=True, kw_only=True):
    """A manifest (bản kê hồ sơ) as it is kept: the open part and the private part."""

    procedure: str
    version: str
    unit: str
    channel: Channel
    qr: str | None = None
    example: bool = False
    private: Private


class Dossier(Struct, frozen=True, kw_only=True):
    """One dossier (hồ sơ): its open part, as of revision `rev`.

    `expected_at` is the due date if the desk accepts it as soon as it is open, by its answers
    until acceptance; `due_at` is the promised one, fixed by acceptance and moved by what stood
    still, whatever the answers become. `finished_at` is the end of handling, whatever the end.
    """

    id: UUID
    code: str | None = None
    procedure: str
    version: str
    unit: str
    channel: Channel
    qr: str | None = None
    campaign: str | None = None
    example: bool = False
    state: State = State.DRAFT
    came_from: State | None = None
    rev: int
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    expected_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    held_at: datetime | None = None
    queue_at: datetime | None = None
    track_digits: str | None = None
    receipt_number: str | None = None
    wrapped_key: bytes

    @property
    def paused(self) -> bool:
        """Whether the clock stands still (tạm dừng): it had begun, and the citizen is asked."""
        return self.state is State.SUPPLEMENT_REQUESTED and self.accepted_at is not None

    @property
    def held(self) -> bool:
        """Whether a supplement asked by the system holds the forward back."""
        return self.held_at is not None

    def changed(self, after: State, verb: str, *, now: datetime) -> "Dossier":
        """Give the dossier after a move of the table, its promised date excepted."""
        stamp = MOVES[verb].stamp
        changes: dict[str, object] = {stamp: now} if stamp else {}
        if verb == "accept" or after in ENDS:
            changes["held_at"] = None
        changes["came_from"] = self.state if verb == "request_supplement" else None
        return msgspec.structs.replace(
            self, state=after, rev=self.rev + 1, changed_at=now, **changes
        )


class Standstill(Struct, frozen=True, kw_only=True):
    """A stretch in which the clock stood still, with what was promised before and after it."""

    begins: datetime
    ends: datetime | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None


class Step(Struct, frozen=True):
    """One step of the timeline (quá trình giải quyết), times in Vietnamese time.

    `what` ends with the officer's reason; `what_en` is our words alone, `reason` stands beside it.
    """

    at: datetime
    what: str
    state: State
    until: datetime | None = None
    what_en: str | None = None
    reason: str | None = None


class Noted(Step, frozen=True):
    """A step as officers read it, with their own note (ghi chú nội bộ)."""

    note: str | None = None


class Why(Struct, frozen=True, omit_defaults=True):
    """The words of a move: the reason is told to the citizen, the note stays with officers."""

    reason: str | None = None
    note: str | None = None


class ReceiptFile(Struct, frozen=True):
    """One file as the receipt names it."""

    name: str
    sha256: str
    size: int


class Unsigned(Struct, frozen=True, kw_only=True):
    """The receipt as it is signed; it names no person.

    The fields stand in the order of the alphabet: written as they stand, without spaces, they are
    the canonical JSON that anybody can make again from a receipt.
    """

    amount: int | None
    at: str
    channel: str
    code: str
    files: list[ReceiptFile]
    id: UUID
    procedure: str
    unit: str
    v: int = 1
    version: str


class Receipt(Unsigned, frozen=True, kw_only=True):
    """The signed receipt (biên nhận điện tử): proof of what arrived, byte for byte the same."""

    signature: str

    def payload(self) -> bytes:
        """Give the bytes that the signature covers."""
        return payload(msgspec.convert(self, Unsigned, from_attributes=True))


def payload(receipt: Unsigned) -> bytes:
    """Write a receipt as canonical JSON: UTF-8, keys sorted, no spaces."""
    return msgspec.json.encode(receipt)


def second_factors(owned: Private, track_digits: str | None) -> list[str]:
    """List the four digits that open the tracking page: of the phones, or those made for it."""
    return sorted({phone[-4:] for phone in owned.phones()}) or [track_digits or ""]


def told(
    verb: str,
    after: State,
    at: datetime,
    until: datetime | None = None,
    *,
    office: str,
    before: State | None = None,
    reason: str | None = None,
) -> Step:
    """Tell a past move as a step of the timeline; an acceptance needs no word for its reason.

    Where the clock stops or goes on, that is told too.
    """
    what = STEPS[verb].replace("{office}", office)
    if verb == "request_supplement" and before in AT_WORK:
        what = f"{what}. {STANDS_STILL}"
    if verb == "answer" and until is not None:
        what = f"{what}. {GOES_ON.format(until=local(until))}"
    if reason:
        what = f"{what}. {reason}" if verb == "accept" else f"{what}. Lý do: {reason}"
    return Step(
        at=local(at),
        what=what,
        state=after,
        until=local(until) if until else None,
        what_en=NOTED_EN.get(verb),
        reason=reason or None,
    )


def local(moment: datetime) -> datetime:
    """Bring a moment to the form of the wire: Vietnamese time, whole seconds."""
    return moment.astimezone(VIETNAM).replace(microsecond=0)


def cursor(place: datetime, code: str) -> str:
    """Write the place in the queue after which the next page begins."""
    return f"{(place - _EPOCH) // timedelta(microseconds=1)}-{code}"


def read_cursor(text: str) -> tuple[datetime, str]:
    """Read a cursor; Malformed when it is none of ours."""
    micros, _, code = text.partition("-")
    if not (micros.isascii() and micros.isdigit() and len(micros) <= _LONGEST):
        raise Malformed("after")
    if clean_code(code, length=CODE_LENGTH) != code:
        raise Malformed("after")
    return min(int(micros), _LAST) * timedelta(microseconds=1) + _EPOCH, code


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = (NO_DEADLINE - _EPOCH) // timedelta(microseconds=1)
_LONGEST = 18
