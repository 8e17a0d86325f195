"""A publication (công bố): which text of a procedure is served from which day, by whose agreement.

One officer proposes, another approves; from 00:00 of its day on it is served instead of what the
folder holds. A rollback is a publication of an earlier text that counts from its approval on.

Problem
├── UnknownPublication 404   no such number
├── SamePerson 409           who proposes does not approve
├── AlreadyPlanned 409       that procedure has a publication for that day already
├── NotWaiting 409           approved or withdrawn already
├── InForce 409              served already: roll back instead
├── NothingBefore 409        there is no earlier version to go back to
├── VersionClosed 409        the law closed the version of this draft; `changes` say what is new
└── DayGone 422              a text is published from today on at the earliest
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

import msgspec

from backend.catalogue.model.reading import Source
from backend.platform.kit.errors import NotFound, Problem, Unprocessable

Kind = Literal["publish", "rollback"]
State = Literal["proposed", "approved", "withdrawn"]


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """One publication with its history; logins are those of officers."""

    id: int
    code: str
    kind: Kind
    state: State
    from_day: date
    closes_drafts: bool
    source: Source
    reason: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    withdrawn_by: str | None
    withdrawn_why: str | None

    @property
    def version(self) -> str:
        """Name the text that is published."""
        return self.source.version


class UnknownPublication(NotFound):
    """No publication has that number."""

    slug = "unknown-publication"
    title = "Không có đề nghị công bố số này. Xem danh sách: motcua procedures list."


class SamePerson(Problem):
    """The one who proposed cannot be the second person."""

    status = 409
    slug = "same-person"
    title = "Người đề nghị không tự duyệt. Nhờ một người khác duyệt."


class AlreadyPlanned(Problem):
    """There is a publication of that procedure for that day."""

    status = 409
    slug = "already-planned"
    title = "Thủ tục này đã có đề nghị công bố cho ngày đó. Thu hồi đề nghị kia trước."


class NotWaiting(Problem):
    """It was approved or withdrawn already."""

    status = 409
    slug = "not-waiting"
    title = "Đề nghị này không còn chờ duyệt."


class InForce(Problem):
    """What is served already cannot be withdrawn."""

    status = 409
    slug = "in-force"
    title = "Bản này đang có hiệu lực. Muốn bỏ thì quay lại bản trước: motcua procedures rollback."


class NothingBefore(Problem):
    """There is no other version."""

    status = 409
    slug = "nothing-before"
    title = "Không có bản nào trước đó để quay lại."


class DayGone(Unprocessable):
    """The day has begun to lie behind."""

    slug = "day-gone"
    title = "Ngày hiệu lực đã qua. Chọn từ hôm nay trở đi."


class VersionClosed(Problem):
    """Dossiers of this draft's version are not taken any more."""

    status = 409
    slug = "version-closed"
    title = "Quy định đã đổi, bản khai này không còn nhận. Xem điều đã đổi rồi làm lại bản mới."


def in_force(publications: Iterable[Publication], *, on: date) -> Publication | None:
    """Find what is served on a day: of those begun the latest day, then the latest approval."""
    begun = [one for one in publications if one.state == "approved" and one.from_day <= on]
    return max(begun, key=_order, default=None)


def in_order(publications: Iterable[Publication], *, on: date) -> list[Publication]:
    """List what was served until a day, the latest first."""
    begun = [one for one in publications if one.state == "approved" and one.from_day <= on]
    return sorted(begun, key=_order, reverse=True)


def open_versions(publications: Iterable[Publication], *, on: date) -> set[str] | None:
    """Name the versions whose drafts are taken; None when no publication has closed any."""
    begun = in_order(publications, on=on)
    last = next((place for place, one in enumerate(begun) if one.closes_drafts), None)
    return None if last is None else {one.version for one in begun[: last + 1]}


def _order(one: Publication) -> tuple[date, float, int]:
    approved = one.approved_at.timestamp() if one.approved_at else 0.0
    return one.from_day, approved, one.id
