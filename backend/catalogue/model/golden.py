"""Golden dossiers (hồ sơ mẫu): filled forms beside a procedure, with what must come of them.

They stand in `<procedure>.golden.yaml`. One valid dossier is the example that the demo and the
acceptance programs send in.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from backend.catalogue.model.definition import Definition, Field
from backend.catalogue.model.fees import Channel, QuoteState
from backend.catalogue.model.parts import Id, Line
from backend.catalogue.model.people import People, Person
from backend.catalogue.model.procedure import Procedure
from backend.platform.kit.clock import VIETNAM, iso

Text = Annotated[str, Meta(max_length=3000)]
Moment = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}$")]
Given = dict[str, Text | dict[str, Text] | list[dict[str, Text]]]


class ExpectedFee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the fee must come to."""

    state: QuoteState
    amount: Annotated[int, Meta(ge=0)] | None = None


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must come of a golden dossier."""

    faults: Annotated[tuple[Line, ...], Meta(description="each pointer and code")] = ()
    papers: Annotated[tuple[Id, ...], Meta(description="papers that must have files")] = ()
    fee: ExpectedFee | None = None
    derived: Annotated[dict[str, Line], Meta(description="what is worked out, by id")] | None = None
    accepted_at: Annotated[Moment, Meta(description="when an officer accepts")] | None = None
    due_at: Annotated[Moment, Meta(description="by when the result is then due")] | None = None


class Golden(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One filled form with an invented person."""

    name: Annotated[Line, Meta(description="the case in a sentence")]
    example: Annotated[bool, Meta(description="what demo and acceptance programs send")] = False
    on: Annotated[date, Meta(description="the day of filing")]
    unit: Annotated[Line, Meta(description="unit id of the demo, `om-long-hung`")]
    channel: Annotated[Channel, Meta(description="how it is filed")] = "online"
    owner: Person
    submitter: Person | None = None
    answers: Annotated[Given, Meta(description="by question id")]
    expect: Expected


def filled(definition: Definition, golden: Golden) -> dict[str, Any]:
    """Give the answers their kinds: the file holds texts, a manifest numbers and truth values."""
    kinds = {field.id: field for step in definition.steps for field in step.fields}
    return {key: _filled(kinds.get(key), value) for key, value in golden.answers.items()}


def differences(procedure: Procedure, golden: Golden) -> list[str]:
    """List where a golden dossier comes out otherwise than its file says."""
    people = People(golden.owner, golden.submitter)
    answers = filled(procedure.definition, golden)
    expect = golden.expect
    faults = [
        f"{fault.pointer} {fault.code}"
        for fault in procedure.faults(people, answers, today=golden.on)
    ]
    papers = [paper.id for paper in procedure.papers_wanted(people, answers) if paper.required]
    pairs: list[tuple[str, object, object]] = [
        ("faults", sorted(faults), sorted(expect.faults)),
        ("papers", sorted(papers), sorted(expect.papers)),
        ("fee", _fee(procedure, golden, answers), expect.fee),
        ("due_at", _due(procedure, golden, answers), expect.due_at),
    ]
    if expect.derived is not None:
        pairs.append(
            ("derived", procedure.derived(people, answers, today=golden.on), expect.derived)
        )
    unknown = [fault.pointer for fault in procedure.unknown_ids(answers)]
    if unknown:
        pairs.append(("answers", unknown, []))
    return [
        f"{name} came out as {_plain(found)}, expected {_plain(wanted)}"
        for name, found, wanted in pairs
        if found != wanted
    ]


def weaknesses(procedure: Procedure, goldens: Mapping[int, Golden]) -> list[tuple[int, str]]:
    """List what the golden dossiers of a procedure leave untried, by their place in the file."""
    found = []
    examples = [place for place, golden in goldens.items() if golden.example]
    if len(examples) != 1:
        found.append((0, f"{len(examples)} dossiers are marked example, wanted one"))
    if not any(golden.expect.faults for golden in goldens.values()):
        found.append((0, "no dossier with faults"))
    if examples:
        example = goldens[examples[0]]
        takes_files = any(paper.kind == "upload" for paper in procedure.papers)
        fee = example.expect.fee
        if example.expect.faults:
            found.append((examples[0], "the example has faults"))
        derives = any(step.derived for step in procedure.steps)
        if derives and not example.expect.derived:
            found.append((examples[0], "the example tells what is worked out of it (derived)"))
        if takes_files and not example.expect.papers:
            found.append((examples[0], "the example needs a paper, as the procedure can"))
        if procedure.definition.fee and not (fee and fee.amount):
            found.append((examples[0], "the example needs a fee above 0, as the procedure can"))
    return found


def manifest(
    procedure: Procedure, golden: Golden, *, unit: str, at: datetime, on: date
) -> dict[str, Any]:
    """Write the example as the manifest that `PUT /api/v1/dossiers/{id}` takes; files are empty.

    A date that wants notice (báo trước) is moved where it would be too soon for who files `on`.
    """
    people = People(golden.owner, golden.submitter)
    answers = procedure.in_time(filled(procedure.definition, golden), on=on)
    whole = {
        "procedure": procedure.code,
        "version": procedure.version,
        "unit": unit,
        "channel": golden.channel,
        "owner": msgspec.to_builtins(golden.owner),
        "submitter": msgspec.to_builtins(golden.submitter),
        "answers": answers,
        "consents": [
            {"id": consent.id, "version": consent.version, "at": iso(at)}
            for consent in procedure.definition.consents
        ],
        "example": True,
        "papers": [
            {"paper": paper.id, "files": []}
            for paper in procedure.papers_wanted(people, answers)
            if paper.required
        ],
    }
    return {key: value for key, value in whole.items() if value is not None}


def _filled(field: Field | None, value: Any) -> Any:
    if field is None or isinstance(value, dict):
        return value
    if isinstance(value, list):
        columns = {column.id: column for column in field.columns}
        return [
            {key: _filled(columns.get(key), inner) for key, inner in row.items()} for row in value
        ]
    if field.kind in ("number", "money") and value.lstrip("-").isdigit():
        return int(value)
    if field.kind in ("yes_no", "declaration") and value in ("true", "false"):
        return value == "true"
    return value


def _fee(procedure: Procedure, golden: Golden, answers: Mapping[str, Any]) -> ExpectedFee | None:
    quote = procedure.quote(answers, unit=golden.unit, channel=golden.channel, on=golden.on)
    return None if quote is None else ExpectedFee(quote.state, quote.amount)


def _due(procedure: Procedure, golden: Golden, answers: Mapping[str, Any]) -> str | None:
    accepted = golden.expect.accepted_at
    if accepted is None:
        return None
    start = datetime.strptime(accepted, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)
    due = procedure.due_at(start, unit=golden.unit, answers=answers)
    return due.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M") if due else None


def _plain(value: object) -> str:
    if isinstance(value, ExpectedFee):
        return f"{value.state} {value.amount}"
    return str(value)
