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
├── VersionClosed 409        the law closed the version of this draft; `errors` say what is new
├── VersionNotBegun 409      the law behind this version counts from a later day on
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
_STATES = {"proposed": "chờ duyệt", "approved": "đã duyệt", "withdrawn": "đã thu hồi"}


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

    def in_words(self) -> str:
        """Write it as one line: number, state, day, procedure, who and why."""
        who = [f"đề nghị: {self.proposed_by}"]
        if self.approved_by:
            who.append(f"duyệt: {self.approved_by}")
        if self.withdrawn_by:
            who.append(f"thu hồi: {self.withdrawn_by} ({self.withdrawn_why})")
        closes = "; bản cũ không nhận nữa" if self.closes_drafts else ""
        return (
            f"{self.id}  {_STATES[self.state]}  từ 00:00 ngày {self.from_day:%d/%m/%Y}  "
            f"{self.code}@{self.version}  {'; '.join(who)}  {self.reason}{closes}"
        )


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
    """Dossiers of this draft's version are not taken any more.

    `valid_to` names the last day on which they were, `errors` say in words what changed.
    """

    status = 409
    slug = "version-closed"
    title = "Quy định cũ đã hết hiệu lực. Mở lại thủ tục để làm theo mẫu mới."


class VersionNotBegun(Problem):
    """The law behind this draft's version is not in force yet; `valid_from` names its first day."""

    status = 409
    slug = "version-not-begun"
    title = "Mẫu này chưa có hiệu lực. Mở lại thủ tục để làm theo mẫu đang dùng."


def in_force(publications: Iterable[Publication], *, on: date) -> Publication | None:
    """Find what is served on a day: of those begun the latest day, then the latest approval."""
    begun = [one for one in publications if one.state == "approved" and one.from_day <= on]
    return max(begun, key=_order, default=None)


def in_order(publications: Iterable[Publication], *, on: date) -> list[Publication]:
    """List what was served until a day, the latest first."""
    begun = [one for one in publications if one.state == "approved" and one.from_day <= on]
    return sorted(begun, key=_order, reverse=True)


def closed_from(publications: Iterable[Publication], version: str, *, on: date) -> date | None:
    """Say from which day drafts of a version are taken no more; None while they are."""
    day = None
    for one in in_order(publications, on=on):
        if one.version == version:
            break
        if one.closes_drafts:
            day = one.from_day
    return day


def _order(one: Publication) -> tuple[date, float, int]:
    approved = one.approved_at.timestamp() if one.approved_at else 0.0
    return one.from_day, approved, one.id
