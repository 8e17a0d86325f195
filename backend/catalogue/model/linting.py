"""Judges one procedure file: names that must exist, values that must fit, rules that must agree.

It also settles the texts of the file into their kinds: `is: true` about a yes-or-no question is
a truth value, `min: 1` of a number a number.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from backend.catalogue.model import conditions, english
from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.definition import Definition, Field, Step
from backend.platform import yamlfiles
from backend.platform.yamlfiles import Finding, Mapping, Node, Place, Sequence

Path = tuple[str | int, ...]

TEXTS = ("name", "email", "text", "long_text")
NUMBERS = ("number", "money")
DATES = ("date", "partial_date")
PERSON_KINDS = {
    "name": ("name",),
    "personal_number": ("personal_number",),
    "phone": ("phone",),
    "email": ("email",),
    "birth_date": ("date", "partial_date"),
    "gender": ("choice",),
    "address": ("address",),
}
MOST_FIELDS = 5


def lint(definition: Definition, root: Node, *, judged: bool) -> tuple[Definition, list[Finding]]:
    """Settle and judge a typed definition; places come from the node it was read from."""
    linter = _Linter(root)
    settled = linter.settle(definition)
    if judged:
        linter.judge(settled)
    return settled, sorted(linter.findings)


def warn(definition: Definition, root: Node) -> Iterator[Finding]:
    """List the texts that have no English beside them; they are shown in Vietnamese."""
    for path in english.missing(definition):
        message = f'warning: no English beside it, add the key "{path[-1]}{english.BESIDE}"'
        yield _place(root, path).finding(_written(path), message)


class _Linter:
    """Walks one definition in the order of the form; a question may look back only."""

    def __init__(self, root: Node) -> None:
        self.findings: list[Finding] = []
        self._root = root
        self._asked: dict[str, Field] = {}

    def _note(self, path: Path, message: str) -> None:
        self.findings.append(_place(self._root, path).finding(_written(path), message))

    # -- settling ---------------------------------------------------------------------------

    def settle(self, definition: Definition) -> Definition:
        """Give each value the kind of the question it is about."""
        steps = tuple(
            self._settle_step(step, ("steps", index)) for index, step in enumerate(definition.steps)
        )
        papers = tuple(
            msgspec.structs.replace(
                paper, when=self._settle_condition(paper.when, ("papers", index, "when"))
            )
            for index, paper in enumerate(definition.papers)
        )
        when = self._settle_condition(definition.submitter_when, ("submitter_when",))
        fee = definition.fee
        if fee is not None:
            items = tuple(
                msgspec.structs.replace(
                    item,
                    when=self._settle_condition(
                        item.when, ("fee", "items", index, "when"), dated=True
                    ),
                )
                for index, item in enumerate(fee.items)
            )
            fee = msgspec.structs.replace(fee, items=items)
        return msgspec.structs.replace(
            definition, steps=steps, papers=papers, submitter_when=when, fee=fee
        )

    def _settle_step(self, step: Step, path: Path) -> Step:
        when = self._settle_condition(step.when, (*path, "when"))
        fields = tuple(
            self._settle_field(field, (*path, "fields", index))
            for index, field in enumerate(step.fields)
        )
        return msgspec.structs.replace(step, when=when, fields=fields)

    def _settle_field(self, field: Field, path: Path) -> Field:
        settled = msgspec.structs.replace(
            field,
            when=self._settle_condition(field.when, (*path, "when")),
            min=self._bound(field, "min", path),
            max=self._bound(field, "max", path),
            default=self._default(field, path),
            columns=tuple(
                self._settle_field(column, (*path, "columns", index))
                for index, column in enumerate(field.columns)
            ),
        )
        if field.id in self._asked and "columns" not in path:
            self._note((*path, "id"), f'"{field.id}" is asked already; ids are unique')
        if field.is_ is None and "columns" not in path:
            self._asked[field.id] = settled
        return settled

    def _bound(self, field: Field, name: str, path: Path) -> Any:
        value = getattr(field, name)
        if value is None:
            return None
        if field.kind in (*NUMBERS, "rows"):
            return self._number(value, (*path, name))
        if field.kind in DATES:
            return self._day(value, (*path, name))
        self._note((*path, name), f"{name} is for numbers, dates and rows, not for {field.kind}")
        return None

    def _number(self, value: object, path: Path) -> int | None:
        text = str(value)
        if text.lstrip("-").isascii() and text.lstrip("-").isdigit():
            return int(text)
        self._note(path, f'"{text}" is not a whole number')
        return None

    def _day(self, value: object, path: Path) -> str | None:
        if conditions.full_date(value):
            return str(value)
        self._note(path, f'"{value}" is not a date that exists, written 2026-11-24')
        return None

    def _default(self, field: Field, path: Path) -> Any:
        if field.default is None:
            return None
        return self._value_of(field, str(field.default), (*path, "default"))

    def _value_of(self, field: Field, text: str, path: Path) -> Any:
        """Read a text as an answer to that question."""
        if field.kind in ("yes_no", "declaration"):
            if text in ("true", "false"):
                return text == "true"
            self._note(path, f'"{text}" is not true or false')
        elif field.kind in NUMBERS:
            return self._number(text, path)
        elif field.kind == "date":
            return self._day(text, path)
        elif field.kind == "choice":
            ids = [option.id for option in field.options]
            if text in ids:
                return text
            help_ = yamlfiles.suggestion(text, ids)
            self._note(path, f'"{text}" is no option of {field.id}.{help_}')
        elif field.kind in ("rows", "address", "partial_date"):
            self._note(path, f"an answer of the kind {field.kind} can only be tested with filled")
        else:
            return text
        return None

    # -- conditions -------------------------------------------------------------------------

    def _settle_condition(
        self, condition: Condition | None, path: Path, *, dated: bool = False
    ) -> Condition | None:
        if condition is None:
            return None
        forms = [name for name in ("all_", "any_", "not_", "answer") if _set(condition, name)]
        tests = [name for name in conditions.TESTS if _set(condition, name)]
        if len(forms) != 1:
            self._note(path, "a condition is exactly one of all, any, not, answer")
            return condition
        if condition.answer is None and tests:
            self._note(path, f"{tests[0].rstrip('_')} stands beside answer only")
            return condition
        if condition.answer is None:
            return self._settle_group(condition, path, dated=dated)
        if len(tests) != 1:
            known = ", ".join(name.rstrip("_") for name in conditions.TESTS)
            self._note(path, f"an answer takes exactly one test of {known}")
            return condition
        return self._settle_test(condition, tests[0], path, dated=dated)

    def _settle_group(self, condition: Condition, path: Path, *, dated: bool) -> Condition:
        changes: dict[str, Any] = {}
        for name in ("all_", "any_"):
            parts = getattr(condition, name)
            if parts is None:
                continue
            if not parts:
                self._note(path, f"{name.rstrip('_')} holds no condition")
            changes[name] = tuple(
                self._settle_condition(part, (*path, name.rstrip("_"), index), dated=dated)
                for index, part in enumerate(parts)
            )
        if condition.not_ is not None:
            changes["not_"] = self._settle_condition(condition.not_, (*path, "not"), dated=dated)
        return msgspec.structs.replace(condition, **changes)

    def _settle_test(
        self, condition: Condition, name: str, path: Path, *, dated: bool
    ) -> Condition:
        field = self._asked.get(condition.answer or "")
        if field is None:
            help_ = yamlfiles.suggestion(condition.answer or "", self._asked)
            self._note((*path, "answer"), f'"{condition.answer}" is not asked before.{help_}')
            return condition
        key = name.rstrip("_")
        value = getattr(condition, name)
        if name == "is_":
            settled: Any = self._value_of(field, str(value), (*path, key))
        elif name == "in_":
            settled = tuple(
                self._value_of(field, str(one), (*path, key, index))
                for index, one in enumerate(value)
            )
        elif name in conditions.ORDERED:
            settled = self._limit(field, value, (*path, key))
        else:
            settled = value
            if name == "older_than_days" and (not dated or field.kind != "date"):
                self._note((*path, key), "is for fee lines and questions of the kind date only")
        return msgspec.structs.replace(condition, **{name: settled})

    def _limit(self, field: Field, value: object, path: Path) -> Any:
        if field.kind in NUMBERS:
            return self._number(value, path)
        if field.kind == "date":
            return self._day(value, path)
        self._note(path, f"{path[-1]} compares numbers and dates, {field.id} is {field.kind}")
        return None

    # -- judging ----------------------------------------------------------------------------

    def judge(self, definition: Definition) -> None:
        """Look at everything that is not about one value alone."""
        self._judge_whole(definition)
        self._unique(("steps",), [step.id for step in definition.steps])
        for index, step in enumerate(definition.steps):
            if len(step.fields) > MOST_FIELDS:
                message = f"asks {len(step.fields)} questions; at most {MOST_FIELDS} on a screen"
                self._note(("steps", index, "fields"), message)
            for place, field in enumerate(step.fields):
                self._judge_field(field, ("steps", index, "fields", place))
        self._judge_papers(definition)
        self._judge_fee(definition)
        self._judge_english(definition)
        self._unique(("consents",), [consent.id for consent in definition.consents])

    def _judge_whole(self, definition: Definition) -> None:
        deadline = definition.deadline
        if deadline is not None and (deadline.days == 0) != (deadline.cutoff is not None):
            self._note(("deadline",), "days: 0 (same day) and cutoff belong together")
        if definition.not_fileable is not None:
            return
        people = {field.is_ for _, field in _fields(definition)}
        if definition.record.confidence == "low":
            self._note(("record", "confidence"), "of low confidence: add not_fileable with why")
        for key in ("steps", "consents", "papers"):
            if not getattr(definition, key):
                self._note((), f'the key "{key}" is missing; a procedure that is filed needs it')
        if definition.minutes is None:
            self._note((), 'the key "minutes" is missing; a procedure that is filed needs it')
        if definition.steps and not people & {"owner.name", "requester.name"}:
            self._note(("steps",), "no question edits owner.name or requester.name")
        if definition.submitter_when is not None and "owner.name" not in people:
            self._note(("submitter_when",), "then a question must edit owner.name")

    def _judge_field(self, field: Field, path: Path) -> None:
        if (field.kind == "choice") != bool(field.options):
            self._note(path, "options and the kind choice belong together")
        self._unique((*path, "options"), [option.id for option in field.options])
        if (field.kind == "rows") != bool(field.columns):
            self._note(path, "columns and the kind rows belong together")
        if field.max_length is not None and field.kind not in TEXTS:
            self._note((*path, "max_length"), f"is for texts, not for {field.kind}")
        if field.min is not None and field.max is not None and field.min > field.max:  # type: ignore[operator]
            self._note((*path, "min"), f"{field.min} is above max {field.max}")
        if field.is_ is not None:
            self._judge_person(field, path)
        self._unique((*path, "columns"), [column.id for column in field.columns])
        for index, column in enumerate(field.columns):
            if column.kind in ("rows", "declaration") or column.is_ or column.when:
                self._note((*path, "columns", index), "a column is a plain question")
            self._judge_field(column, (*path, "columns", index))

    def _judge_person(self, field: Field, path: Path) -> None:
        kinds = PERSON_KINDS[str(field.is_).split(".")[1]]
        if field.kind not in kinds:
            self._note((*path, "kind"), f"{field.is_} is of the kind {' or '.join(kinds)}")

    def _judge_papers(self, definition: Definition) -> None:
        ids = [paper.id for paper in definition.papers]
        self._unique(("papers",), ids)
        for index, paper in enumerate(definition.papers):
            path = ("papers", index)
            if paper.required == "when" and paper.when is None:
                self._note(path, 'required: when needs the key "when"')
            if paper.required == "always" and paper.when is not None:
                self._note((*path, "when"), "required: always has no when")
            for place, other in enumerate(paper.instead_of):
                if other == paper.id or other not in ids:
                    help_ = yamlfiles.suggestion(other, [one for one in ids if one != paper.id])
                    self._note((*path, "instead_of", place), f'"{other}" is no other paper.{help_}')

    def _judge_english(self, definition: Definition) -> None:
        for path, text, beside in english.pairs(definition):
            if isinstance(beside, tuple) and beside and len(beside) != len(text):
                message = f"has {len(beside)} lines, the Vietnamese has {len(text)}"
                self._note((*path[:-1], f"{path[-1]}{english.BESIDE}"), message)

    def _judge_fee(self, definition: Definition) -> None:
        items = definition.fee.items if definition.fee else ()
        self._unique(("fee", "items"), [item.id for item in items])
        numbers = [field.id for field in self._asked.values() if field.kind == "number"]
        for index, item in enumerate(items):
            path: Path = ("fee", "items", index)
            if item.quantity is not None and item.quantity.answer not in numbers:
                wrong = item.quantity.answer
                help_ = yamlfiles.suggestion(wrong, numbers)
                self._note(
                    (*path, "quantity", "answer"), f'"{wrong}" is no question for a number.{help_}'
                )
            days = [amount.from_ for amount in item.amounts]
            if days != sorted(set(days)):
                self._note((*path, "amounts"), "the dates (from) rise, each once")

    def _unique(self, path: Path, ids: list[str]) -> None:
        for index, one in enumerate(ids):
            if one in ids[:index]:
                self._note((*path, index, "id"), f'"{one}" stands here already; ids are unique')


def _fields(definition: Definition) -> Iterator[tuple[Step, Field]]:
    return ((step, field) for step in definition.steps for field in step.fields)


def _set(condition: Condition, name: str) -> bool:
    return getattr(condition, name) is not None


def _place(node: Node, path: Path) -> Place:
    for piece in path:
        node = _below(node, piece)
    return node.place


def _below(node: Node, piece: str | int) -> Node:
    """Step down to a key or an item; a key that was left out stands where its group begins."""
    if isinstance(node, Sequence):
        return node.items[int(piece)]
    below = node.get(str(piece)) if isinstance(node, Mapping) else None
    return below or node


def _written(path: Path) -> str:
    text = ""
    for piece in path:
        text += f"[{piece}]" if isinstance(piece, int) else f".{piece}" if text else piece
    return text
