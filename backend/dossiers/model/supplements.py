"""Completing a dossier (bổ sung hồ sơ): what is asked, what may be answered, what it changes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from backend.catalogue.model.people import Answers, Person
from backend.dossiers.model.record import Id, PaperFiles, Private
from backend.platform.kit.errors import Fault, Problem, Unprocessable

LONGEST = timedelta(days=366)
"""The latest `until` of a request, from its making."""


class Item(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing to complete (nội dung cần bổ sung): a paper or a field, and the words for it."""

    words: Annotated[str, Meta(min_length=1, max_length=1000)]
    paper: Id | None = None
    field: Id | None = None


class Answer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the citizen hands in for a request (phần bổ sung): flagged items only."""

    answers: Answers = {}
    papers: Annotated[list[PaperFiles], Meta(max_length=40)] = []


class Request(Struct, frozen=True, omit_defaults=True):
    """The words of a request as they are sealed."""

    items: list[Item]
    reason: str | None = None


Asker = Literal["officer", "system"]
"""Who asks: an officer, once and officially, or the machine for a photo that does not open."""


class Supplement(Struct, frozen=True, kw_only=True):
    """A request to complete a dossier (yêu cầu bổ sung hồ sơ), by `officer` or by `system`."""

    id: UUID
    dossier: UUID
    by: Asker
    items: list[Item]
    reason: str | None
    asked_at: datetime
    until: datetime | None
    answer: Answer | None
    answered_at: datetime | None
    closed_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answered_at is None and self.closed_at is None


class NotAsked(Unprocessable):
    """The answer holds something that was not asked for."""

    slug = "not-asked"
    title = "Chỉ bổ sung những chỗ phường đã yêu cầu. Bỏ phần khác rồi gửi lại."


class TooLate(Problem):
    """The time to answer is over."""

    status = 409
    slug = "not-allowed-now"
    title = "Đã hết hạn bổ sung. Muốn làm lại thì nộp hồ sơ mới."


def refuse_unasked(answer: Answer, items: Sequence[Item]) -> None:
    """Refuse an answer that touches more than the flagged fields and papers: NotAsked."""
    fields = {item.field for item in items}
    papers = {item.paper for item in items}
    strange = [f"/answers/{one}" for one in answer.answers if one not in fields]
    strange += [
        f"/papers/{place}" for place, one in enumerate(answer.papers) if one.paper not in papers
    ]
    if strange:
        raise NotAsked(errors=[_unasked(pointer) for pointer in strange])


def merged(
    owned: Private, answer: Answer, *, people_fields: Mapping[str, tuple[str, str]]
) -> Private:
    """Give the private part after an answer.

    `people_fields` names, for a field that edits a person, whom and what: `("owner", "name")`.
    """
    replaced = {paper.paper: paper for paper in answer.papers}
    papers = [replaced.pop(paper.paper, paper) for paper in owned.papers]
    result = msgspec.structs.replace(owned, papers=[*papers, *replaced.values()])
    for field, value in answer.answers.items():
        if field not in people_fields:
            result = msgspec.structs.replace(result, answers={**result.answers, field: value})
            continue
        whom, what = people_fields[field]
        person = getattr(result, whom)
        if person is not None:
            result = msgspec.structs.replace(result, **{whom: _edited(person, field, what, value)})
    return result


def _edited(person: Person, field: str, what: str, value: object) -> Person:
    try:
        return msgspec.convert({**msgspec.to_builtins(person), what: value}, Person)
    except msgspec.ValidationError:
        raise Unprocessable(errors=[_wrong(f"/answers/{field}", "wrong")]) from None


def refuse_items(
    items: Sequence[Item],
    *,
    fields: Collection[str],
    papers: Collection[str],
    until: datetime | None,
    now: datetime,
) -> None:
    """Refuse a request that asks for nothing, for something unknown, or until a wrong day."""
    faults = [
        _wrong(f"/items/{place}", "unknown")
        for place, item in enumerate(items)
        if (item.paper is None) == (item.field is None)
        or (item.paper is not None and item.paper not in papers)
        or (item.field is not None and item.field not in fields)
    ]
    if not items:
        faults.append(_wrong("/items", "missing"))
    if until is None or not now < until <= now + LONGEST:
        faults.append(_wrong("/until", "wrong-day"))
    if faults:
        raise Unprocessable(errors=faults)


def besides(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """Give the items, and of the others those about something else."""
    known = {(item.paper, item.field) for item in items}
    return [*items, *(item for item in others if (item.paper, item.field) not in known)]


def retake(paper: str, name: str) -> Item:
    """Word the request for a photo that does not open."""
    return Item(words=f"Có ảnh của {name} không mở được. Chụp lại giấy này.", paper=paper)


def _unasked(pointer: str) -> Fault:
    return _wrong(pointer, "not-asked")


def _wrong(pointer: str, code: str) -> Fault:
    vietnamese, english = _WORDS[code]
    return Fault(pointer=pointer, code=code, message_vi=vietnamese, message_en=english)


_WORDS = {
    "unknown": (
        "Không có giấy tờ hay mục này trong thủ tục.",
        "The procedure has no such paper or field.",
    ),
    "missing": ("Ghi ít nhất một chỗ cần bổ sung.", "Name at least one thing to complete."),
    "wrong-day": (
        "Hạn bổ sung phải sau hôm nay, trong vòng một năm.",
        "The day must come after today, within a year.",
    ),
    "not-asked": ("Phường không yêu cầu bổ sung chỗ này.", "This was not asked for."),
    "wrong": ("Giá trị này không dùng được. Sửa lại rồi gửi.", "This value cannot be used."),
}
