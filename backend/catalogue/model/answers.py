"""A filled form against its definition: what is visible, what is wrong, which papers it needs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import msgspec

from backend.catalogue.model import fields
from backend.catalogue.model.agreements import misfits
from backend.catalogue.model.conditions import asked_in, holds
from backend.catalogue.model.definition import Definition, Field, Paper, Party, Stop
from backend.catalogue.model.derived import work_out
from backend.catalogue.model.people import Address, Applicant, People, Person, tidied
from backend.catalogue.model.wrong import Wrong
from backend.platform.kit.errors import Fault
from backend.platform.kit.vietnamese import phone_digits

_NO_DAY = date.min


class PaperWanted(msgspec.Struct, frozen=True):
    """A paper that takes files in this case (giấy tờ cần nộp)."""

    id: str
    name: str
    name_en: str | None
    required: bool
    min_files: int
    max_files: int


class PaperGiven(Protocol):
    """A paper of a manifest: its id and the files named for it."""

    @property
    def paper(self) -> str:
        """Id of the paper."""

    @property
    def files(self) -> Sequence[object]:
        """What was photographed."""


class Visible(msgspec.Struct, frozen=True):
    """What the person sees: the questions in order, and the answers that count."""

    questions: tuple[Field, ...]
    answers: dict[str, Any]


def visible(definition: Definition, answers: Mapping[str, Any]) -> Visible:
    """Walk the form once; an answer to a hidden question does not count, nor for later ones."""
    kept: dict[str, Any] = {}
    questions: list[Field] = []
    for step in definition.steps:
        if not holds(step.when, kept, today=_NO_DAY):
            continue
        for field in step.fields:
            if not holds(field.when, kept, today=_NO_DAY):
                continue
            questions.append(field)
            if field.is_ is None and answers.get(field.id) is not None:
                kept[field.id] = fields.tidied(field, answers[field.id])
    return Visible(tuple(questions), kept)


def requester_key(definition: Definition, answers: Mapping[str, Any]) -> str:
    """Say who fills the form: `submitter` when authorised (được ủy quyền), else `owner`.

    An organisation (tổ chức) never fills it itself: somebody files for it.
    """
    if definition.applicant == "organisation":
        return "submitter"
    when = definition.submitter_when
    return "submitter" if when is not None and holds(when, answers, today=_NO_DAY) else "owner"


def clean(
    definition: Definition, people: People, answers: Mapping[str, Any]
) -> tuple[People, dict[str, Any]]:
    """Bring people and answers into the form that is judged: plain phones, nothing hidden."""
    kept = visible(definition, answers).answers
    submitter = people.submitter
    if requester_key(definition, kept) == "owner":
        submitter = None
    return People(_person(people.owner), _person(submitter) if submitter else None), kept


def stored(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Bring answers into the form in which they are kept; hidden and unknown ones stay."""
    known = {field.id: field for step in definition.steps for field in step.fields}
    return {
        key: fields.tidied(known[key], value) if key in known else value
        for key, value in answers.items()
    }


def faults(
    definition: Definition, people: People, answers: Mapping[str, Any], *, today: date
) -> list[Fault]:
    """List everything that must be put right before the dossier can be handed in."""
    form = visible(definition, answers)
    requester = requester_key(definition, form.answers)
    found: list[Fault] = []
    given = {field.id: _given(field, form, people, requester) for field in form.questions}
    for field in form.questions:
        pointer, value = given[field.id]
        found.extend(fields.content_faults(field, value, pointer, today=today))
    wrong = {one.pointer for one in found}
    beside = [one for one in _misfits(definition, given, today) if one.pointer not in wrong]
    return [*stop_faults(definition, form.answers), *found, *beside]


def _misfits(
    definition: Definition, given: Mapping[str, tuple[str, object]], today: date
) -> Iterator[Fault]:
    """List answers that do not fit one another, each at the later one; but for mild ones."""
    values = {key: value for key, (_, value) in given.items()}
    for one in definition.agreements:
        wrong = Wrong("misfit", one.words, one.words_en or one.words)
        for inside in () if one.mild else misfits(one, values, today=today):
            yield wrong.at(given[one.answer.partition(".")[0]][0] + inside)


def derived(
    definition: Definition, people: People, answers: Mapping[str, Any], *, today: date
) -> dict[str, str]:
    """Work out what the form derives (tự tính) of the answers that count, by its id."""
    form = visible(definition, answers)
    requester = requester_key(definition, form.answers)
    values = {field.id: _given(field, form, people, requester)[1] for field in form.questions}
    worked_out = {
        one.id: work_out(one, values, today=today)
        for step in definition.steps
        for one in step.derived
    }
    return {key: text for key, text in worked_out.items() if text is not None}


def applicants(
    definition: Definition, people: People, answers: Mapping[str, Any]
) -> list[Applicant]:
    """List the two who apply together, each with their role: one is the owner."""
    kept = visible(definition, answers).answers
    return [_applicant(one, people.owner, kept) for one in definition.parties]


def stop(definition: Definition, answers: Mapping[str, Any]) -> Stop | None:
    """Find what ends the form early: the first stop whose condition holds."""
    kept = visible(definition, answers).answers
    return next((one for one in definition.stops if holds(one.when, kept, today=_NO_DAY)), None)


def stop_faults(definition: Definition, answers: Mapping[str, Any]) -> list[Fault]:
    """List why nothing can be filed here, at the answer that says so."""
    found = stop(definition, answers)
    if found is None:
        return []
    english = f"{found.reason_en or found.reason} {found.next_en or found.next}"
    pointer = f"/answers/{next(asked_in(found.when))}"
    return [Fault(pointer, "not-eligible", f"{found.reason} {found.next}", english)]


def unknown_ids(
    definition: Definition, answers: Mapping[str, Any], papers: Sequence[PaperGiven]
) -> list[Fault]:
    """List what even a draft may not hold: unknown ids, wrong shapes, too much of anything."""
    known = {
        field.id: field for step in definition.steps for field in step.fields if field.is_ is None
    }
    found: list[Fault] = []
    for key, value in answers.items():
        pointer = f"/answers/{_escaped(key)}"
        if key in known:
            found.extend(fields.shape_faults(known[key], value, pointer))
        else:
            found.append(fields.UNKNOWN.at(pointer))
    return [*found, *_paper_faults(definition, papers)]


def answer_faults(
    definition: Definition, answers: Mapping[str, Any], *, today: date
) -> list[Fault]:
    """List what is wrong with these answers by themselves: unknown, or not true to their kind."""
    known = {field.id: field for step in definition.steps for field in step.fields}
    found: list[Fault] = []
    for key, value in answers.items():
        pointer = f"/answers/{_escaped(key)}"
        if key in known and known[key].is_ is None:
            found.extend(fields.content_faults(known[key], value, pointer, today=today))
        else:
            found.append(fields.UNKNOWN.at(pointer))
    return found


def papers_wanted(definition: Definition, answers: Mapping[str, Any]) -> list[PaperWanted]:
    """List the papers that take files for these answers; alternatives replace each other."""
    kept = visible(definition, answers).answers
    wanted = [paper for paper in definition.papers if holds(paper.when, kept, today=_NO_DAY)]
    replaced = {other for paper in wanted if paper.required == "when" for other in paper.instead_of}
    return [
        _wanted(paper) for paper in wanted if paper.kind == "upload" and paper.id not in replaced
    ]


def missing_consents(definition: Definition, given: Mapping[str, str]) -> list[Fault]:
    """List the declarations (lời cam đoan) not ticked; `given` is id to version."""
    return [
        fields.DECLARE.at("/consents")
        for consent in definition.consents
        if given.get(consent.id) != consent.version
    ]


def _paper_faults(definition: Definition, papers: Sequence[PaperGiven]) -> Iterator[Fault]:
    known = {paper.id: paper for paper in definition.papers if paper.kind == "upload"}
    seen: set[str] = set()
    for index, given in enumerate(papers):
        paper = known.get(given.paper)
        if paper is None or given.paper in seen:
            yield fields.UNKNOWN.at(f"/papers/{index}/paper")
        elif len(given.files) > paper.max_files:
            yield Wrong(
                "too-many-files",
                f"{paper.name}: chỉ gửi được {paper.max_files} trang",
                f"{paper.name}: at most {paper.max_files} pages",
            ).at(f"/papers/{index}/files")
        seen.add(given.paper)


def _wanted(paper: Paper) -> PaperWanted:
    required = paper.required != "optional" and paper.unless is None
    return PaperWanted(
        id=paper.id,
        name=paper.name,
        name_en=paper.name_en,
        required=required,
        min_files=int(required),
        max_files=paper.max_files,
    )


def _applicant(party: Party, owner: Person, answers: Mapping[str, Any]) -> Applicant:
    if holds(party.owner_when, answers, today=_NO_DAY):
        return Applicant(party.role, owner.name, owner.personal_number)
    number = answers.get(party.personal_number or "")
    return Applicant(party.role, str(answers.get(party.name) or ""), number)


def _given(field: Field, form: Visible, people: People, requester: str) -> tuple[str, object]:
    """Tell where what a question edits stands, and what stands there."""
    if field.is_ is None:
        return f"/answers/{field.id}", form.answers.get(field.id)
    who, part = field.is_.split(".")
    key = requester if who == "requester" else who
    return f"/{key}/{part}", _part(people, key, part)


def _part(people: People, key: str, part: str) -> object:
    person = people.submitter if key == "submitter" else people.owner
    value = getattr(person or Person(), part)
    return msgspec.to_builtins(value) if isinstance(value, Address) else value


def _person(person: Person) -> Person:
    plain = tidied(person)
    phone = phone_digits(plain.phone) if plain.phone else None
    return msgspec.structs.replace(plain, phone=phone) if phone else plain


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
