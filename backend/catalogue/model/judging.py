"""Judges a settled definition: names that must exist, rules that must agree."""

from collections.abc import Iterator, Mapping

import msgspec

from backend.catalogue.model import english
from backend.catalogue.model.conditions import is_positive
from backend.catalogue.model.costs import Amount, Exemption, FeeItem
from backend.catalogue.model.definition import Definition, Field, PersonField, Step
from backend.catalogue.model.notes import Notes, Path
from backend.catalogue.model.promises import Deadline, DeadlineCase
from backend.platform import yamlfiles
from backend.platform.yamlfiles import Node

TEXTS = ("name", "email", "text", "long_text")
PERSON_KINDS = {
    "name": ("name",),
    "personal_number": ("personal_number",),
    "phone": ("phone",),
    "email": ("email",),
    "birth_date": ("date", "partial_date"),
    "gender": ("choice",),
    "address": ("address",),
    "tax_code": ("text",),
    "establishment_number": ("text",),
}
NUMBERED = {"owner.tax_code", "owner.establishment_number"}
MOST_FIELDS = 5
PARTIES = 2
SHOWN = ("present", "present_original")


class Judge(Notes):
    """Looks at everything of a definition that is not about one value alone."""

    def __init__(self, root: Node, asked: Mapping[str, Field]) -> None:
        super().__init__(root)
        self._asked = asked
        self._of_organisation = False

    def judge(self, definition: Definition) -> None:
        """Look at everything that is not about one value alone."""
        self._of_organisation = definition.applicant == "organisation"
        self._judge_whole(definition)
        self._unique(("steps",), [step.id for step in definition.steps])
        for index, step in enumerate(definition.steps):
            if len(step.fields) > MOST_FIELDS:
                message = f"asks {len(step.fields)} questions; at most {MOST_FIELDS} on a screen"
                self.note(("steps", index, "fields"), message)
            for place, field in enumerate(step.fields):
                self._judge_field(field, ("steps", index, "fields", place))
        self._judge_names(definition)
        self._judge_papers(definition)
        self._judge_fee(definition)
        self._judge_english(definition)
        self._judge_result(definition)
        self._judge_stops(definition)
        self._judge_facts(definition)
        self._unique(("agreements",), [one.id for one in definition.agreements])
        self._unique(("consents",), [consent.id for consent in definition.consents])

    def _judge_names(self, definition: Definition) -> None:
        """Each step, question and paper has an id of its own; so has what is worked out."""
        taken = {paper.id: "a paper" for paper in definition.papers}
        for index, step in enumerate(definition.steps):
            path: Path = ("steps", index)
            self._refuse_taken(step.id, taken, (*path, "id"))
            for place, field in enumerate(step.fields):
                self._refuse_taken(field.id, taken, (*path, "fields", place, "id"))
        taken |= {field.id: "a question" for _, field in _fields(definition)}
        for index, step in enumerate(definition.steps):
            for place, derived in enumerate(step.derived):
                path = ("steps", index, "derived", place, "id")
                self._refuse_taken(derived.id, taken, path)
                taken[derived.id] = "worked out"

    def _refuse_taken(self, id_: str, taken: Mapping[str, str], path: Path) -> None:
        if id_ in taken:
            self.note(path, f'"{id_}" is {taken[id_]} already; give this another id')

    def _judge_whole(self, definition: Definition) -> None:
        self._judge_time(definition)
        start, end = definition.valid_from, definition.valid_to
        if start is not None and end is not None and end < start:
            self.note(("valid_to",), f"is before valid_from {start}")
        if definition.not_fileable is not None:
            return
        people = {field.is_ for _, field in _fields(definition)}
        if definition.record.confidence == "low":
            self.note(("record", "confidence"), "of low confidence: add not_fileable with why")
        for key in ("steps", "consents", "papers"):
            if not getattr(definition, key):
                self.note((), f'the key "{key}" is missing; a procedure that is filed needs it')
        if definition.minutes is None:
            self.note((), 'the key "minutes" is missing; a procedure that is filed needs it')
        if definition.steps and not people & {"owner.name", "requester.name"}:
            self.note(("steps",), "no question edits owner.name or requester.name")
        if definition.submitter_when is not None and "owner.name" not in people:
            self.note(("submitter_when",), "then a question must edit owner.name")
        self._judge_applicant(definition, people)
        self._judge_parties(definition)

    def _judge_applicant(self, definition: Definition, people: set[PersonField | None]) -> None:
        if definition.applicant is None:
            for numbered in sorted(NUMBERED & people):
                self.note(("steps",), f'{numbered} is for "applicant: organisation"')
            return
        if not ({"owner.name", "requester.name"} <= people and people & NUMBERED):
            message = "needs owner.name, a number of the owner, and requester.name"
            self.note(("applicant",), message)
        if definition.submitter_when is not None:
            self.note(
                ("submitter_when",), "somebody always files for an organisation; leave it out"
            )

    def _judge_parties(self, definition: Definition) -> None:
        parties = definition.parties
        self._unique(("parties",), [one.id for one in parties])
        if parties and len(parties) != PARTIES:
            self.note(("parties",), f"names {len(parties)}; two apply together")
        if parties and definition.applicant is not None:
            self.note(("parties",), "are persons; an organisation applies alone")

    def _judge_time(self, definition: Definition) -> None:
        deadline = definition.deadline
        if deadline is None:
            if definition.no_deadline is None and definition.not_fileable is None:
                self.note((), 'the key "deadline" is missing; where the law sets none: no_deadline')
            return
        if definition.no_deadline is not None:
            self.note(("no_deadline",), "stands in place of deadline, not beside it")
        self._judge_days(deadline, ("deadline",))
        self._judge_sessions(definition)
        for index, case in enumerate(deadline.cases):
            self._judge_days(case, ("deadline", "cases", index))
        committed = deadline.committed_days
        if committed is not None and committed >= deadline.days:
            message = f"is not below the statutory {deadline.days}; then leave it out"
            self.note(("deadline", "committed_days"), message)
        more = deadline.verification
        if more is not None and (more.days is None) == (more.total_days is None):
            self.note(("deadline", "verification"), "takes one of days and total_days")

    def _judge_sessions(self, definition: Definition) -> None:
        """See that one choice at most stands beside the day of a visit: the sessions."""
        asked = definition.deadline.counts_from if definition.deadline else None
        for index, step in enumerate(definition.steps):
            choices = [one.id for one in step.fields if one.kind == "choice"]
            if len(choices) > 1 and any(one.id == asked for one in step.fields):
                known = ", ".join(choices)
                message = f"one choice beside {asked} names the sessions of the desk, not {known}"
                self.note(("steps", index, "fields"), message)

    def _judge_days(self, time: Deadline | DeadlineCase, path: Path) -> None:
        if (time.days == 0) != (time.cutoff is not None):
            self.note(path, "days: 0 (same day) and cutoff belong together")
        if time.days == 0 and time.unit == "days":
            self.note((*path, "unit"), "the same day is counted in working_days")

    def _judge_result(self, definition: Definition) -> None:
        result = definition.result
        if result.notice and (result.code is not None or result.also):
            self.note(("result", "notice"), "a notice hands nothing over: no code, no also")

    def _judge_field(self, field: Field, path: Path) -> None:
        if (field.kind == "choice") != bool(field.options):
            self.note(path, "options and the kind choice belong together")
        self._unique((*path, "options"), [option.id for option in field.options])
        if (field.kind == "rows") != bool(field.columns):
            self.note(path, "columns and the kind rows belong together")
        self._judge_limits(field, path)
        if field.kind == "declaration" and field.default is not None:
            self.note((*path, "default"), "a declaration is never ticked beforehand")
        if field.lead is not None:
            self._judge_lead(field, path)
        if field.is_ is not None:
            self._judge_person(field, path)
        self._unique((*path, "columns"), [column.id for column in field.columns])
        for index, column in enumerate(field.columns):
            plain = column.kind not in ("rows", "declaration") and not column.lead
            if not plain or column.is_ or column.when:
                self.note((*path, "columns", index), "a column is a plain question")
            self._judge_field(column, (*path, "columns", index))

    def _judge_limits(self, field: Field, path: Path) -> None:
        if field.max_length is not None and field.kind not in TEXTS:
            self.note((*path, "max_length"), f"is for texts, not for {field.kind}")
        # Settled before: both are numbers, or both are dates as text.
        if field.min is not None and field.max is not None and field.min > field.max:  # type: ignore[operator]
            self.note((*path, "min"), f"{field.min} is above max {field.max}")
        if field.min_age is not None and field.kind not in ("date", "partial_date"):
            self.note((*path, "min_age"), f"is for dates of birth, not for {field.kind}")

    def _judge_lead(self, field: Field, path: Path) -> None:
        if field.kind != "date":
            self.note((*path, "lead"), f"is for the kind date, not for {field.kind}")
        elif field.min is not None:
            self.note((*path, "min"), "lead sets the earliest date; leave min out")
        elif field.max is None:
            self.note((*path, "lead"), "needs max: without it the latest date is today")
        elif field.lead is not None and field.lead.days == 0 and field.lead.within is None:
            self.note((*path, "lead", "days"), "0 is no notice: only together with within")
        elif field.lead is not None and field.lead.open and field.lead.within is None:
            self.note((*path, "lead", "open"), "lists the days off: only together with within")

    def _judge_person(self, field: Field, path: Path) -> None:
        kinds = PERSON_KINDS[str(field.is_).split(".")[1]]
        if field.is_ == "owner.name" and self._of_organisation:
            kinds = ("text",)
        if field.kind not in kinds:
            self.note((*path, "kind"), f"{field.is_} is of the kind {' or '.join(kinds)}")

    def _judge_papers(self, definition: Definition) -> None:
        ids = [paper.id for paper in definition.papers]
        self._unique(("papers",), ids)
        for index, paper in enumerate(definition.papers):
            path = ("papers", index)
            if paper.required == "when" and paper.when is None:
                self.note(path, 'required: when needs the key "when"')
            if paper.required == "always" and paper.when is not None:
                self.note((*path, "when"), "required: always has no when")
            if paper.needed_if and paper.when is None:
                self.note((*path, "needed_if"), 'words for a condition need the key "when"')
            if paper.in_person_only and paper.kind not in SHOWN:
                self.note((*path, "in_person_only"), "is for papers that are shown, not sent")
            if len(paper.any_of) == 1:
                self.note((*path, "any_of"), "one of several: name two papers or more")
            if paper.any_of and paper.kind == "form":
                self.note((*path, "any_of"), "the form is made from the answers, it is one")
            for place, other in enumerate(paper.instead_of):
                if other == paper.id or other not in ids:
                    help_ = yamlfiles.suggestion(other, [one for one in ids if one != paper.id])
                    self.note((*path, "instead_of", place), f'"{other}" is no other paper.{help_}')

    def _judge_stops(self, definition: Definition) -> None:
        self._unique(("stops",), [one.id for one in definition.stops])
        for index, stop in enumerate(definition.stops):
            if not is_positive(stop.when):
                message = "a stop looks at what was answered: without not and filled: false"
                self.note(("stops", index, "when"), message)
            if stop.procedure == definition.code:
                self.note(("stops", index, "procedure"), "leads to this procedure itself")

    def _judge_facts(self, definition: Definition) -> None:
        for index, fact in enumerate(definition.record.facts):
            path: Path = ("record", "facts", index)
            wrong, known = _unknown_key(definition, fact.about)
            if wrong:
                help_ = yamlfiles.suggestion(wrong, known)
                self.note((*path, "about"), f'"{wrong}" of "{fact.about}" is not here.{help_}')
            if (fact.confidence == "low") != (fact.words is not None):
                message = "low needs words that tell citizens; what is certain needs none"
                self.note((*path, "confidence"), message)

    def _judge_english(self, definition: Definition) -> None:
        for path, text, beside in english.pairs(definition):
            if isinstance(beside, tuple) and beside and len(beside) != len(text):
                message = f"has {len(beside)} lines, the Vietnamese has {len(text)}"
                self.note((*path[:-1], f"{path[-1]}{english.BESIDE}"), message)

    def _judge_fee(self, definition: Definition) -> None:
        fee = definition.fee
        items = fee.items if fee else ()
        self._unique(("fee", "items"), [item.id for item in items])
        for index, item in enumerate(items):
            self._judge_item(item, ("fee", "items", index))
        groups = [one for one in (fee.exemptions if fee else ()) if isinstance(one, Exemption)]
        if fee and groups and (len(groups) < len(fee.exemptions) or fee.exemptions_en):
            self.note(("fee", "exemptions"), "are all groups of keys, or all lines of words")
        self._unique(("fee", "exemptions"), [one.id for one in groups])

    def _judge_item(self, item: FeeItem, path: Path) -> None:
        numbers = [field.id for field in self._asked.values() if field.kind == "number"]
        for key, count in (("quantity", item.quantity), ("per", item.per)):
            if count is not None and count.answer not in numbers:
                help_ = yamlfiles.suggestion(count.answer, numbers)
                message = f'"{count.answer}" is no question for a number.{help_}'
                self.note((*path, key, "answer"), message)
        days = [amount.from_ for amount in item.amounts]
        if days != sorted(set(days)):
            self.note((*path, "amounts"), "the dates (from) rise, each once")
        for index, amount in enumerate(item.amounts):
            self._judge_tiers(item, amount, (*path, "amounts", index))

    def _judge_tiers(self, item: FeeItem, amount: Amount, path: Path) -> None:
        starts = [tier.above for tier in amount.then]
        if starts != sorted(set(starts)):
            self.note((*path, "then"), "the numbers (above) rise, each once")
        if item.per is None and (amount.then or amount.most is not None):
            self.note(path, 'then and most count something: the line needs the key "per"')

    def _unique(self, path: Path, ids: list[str]) -> None:
        for index, one in enumerate(ids):
            if one in ids[:index]:
                self.note((*path, index, "id"), f'"{one}" stands here already; ids are unique')


def _fields(definition: Definition) -> Iterator[tuple[Step, Field]]:
    return ((step, field) for step in definition.steps for field in step.fields)


def _unknown_key(definition: Definition, about: str) -> tuple[str, list[str]]:
    """Follow a path of keys and ids; tell the first piece that leads nowhere, and what would."""
    here: object = definition
    for piece in about.split("."):
        known = _below(here)
        if known.get(piece) in (None, ()):
            return piece, [key for key, value in known.items() if value not in (None, ())]
        here = known[piece]
    return "", []


def _below(part: object) -> dict[str, object]:
    """List what stands below: the keys of a group, or the items of a list by their ids."""
    if isinstance(part, tuple):
        return {str(getattr(one, "id", index)): one for index, one in enumerate(part)}
    if isinstance(part, msgspec.Struct):
        return {
            field.encode_name: getattr(part, field.name) for field in msgspec.structs.fields(part)
        }
    return {}
