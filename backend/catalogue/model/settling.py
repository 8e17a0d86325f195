"""Settles the texts of a procedure file into the kinds of the questions they are about.

`is: true` about a yes-or-no question is a truth value, `min: 1` of a number a number. A condition
looks at questions asked before it, in the order of the form.
"""

from typing import Any, TypeVar, get_args

import msgspec

from backend.catalogue.model import agreements, conditions
from backend.catalogue.model.agreements import Agreement
from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.costs import Fee, FeeItem
from backend.catalogue.model.definition import (
    Definition,
    Field,
    Holder,
    Kind,
    Paper,
    Party,
    Step,
    Stop,
)
from backend.catalogue.model.derived import SOURCES, Derived
from backend.catalogue.model.notes import Notes, Path
from backend.catalogue.model.promises import Deadline, DeadlineCase, Presence
from backend.platform import yamlfiles
from backend.platform.yamlfiles import Node

NUMBERS = ("number", "money")
DATES = ("date", "partial_date")
KINDS: tuple[str, ...] = get_args(Kind)

Conditional = TypeVar(
    "Conditional", Paper, FeeItem, DeadlineCase, Presence, Stop, Agreement, Holder
)


class Settler(Notes):
    """Walks one definition in the order of the form; a question may look back only."""

    def __init__(self, root: Node) -> None:
        super().__init__(root)
        self.asked: dict[str, Field] = {}
        self._seen: dict[str, Field] = {}
        self._with_columns: dict[str, Field] = {}

    def settle(self, definition: Definition) -> Definition:
        """Give each value the kind of the question it is about."""
        steps = tuple(
            self._settle_step(step, ("steps", index)) for index, step in enumerate(definition.steps)
        )
        papers = self._settle_whens(definition.papers, ("papers",))
        when = self._settle_condition(definition.submitter_when, ("submitter_when",))
        for index, agreement in enumerate(definition.agreements):
            self._look_at_agreement(agreement, ("agreements", index))
        for index, holder in enumerate(definition.holders):
            self._look_at_holder(holder, ("holders", index))
        return msgspec.structs.replace(
            definition,
            steps=steps,
            papers=papers,
            submitter_when=when,
            fee=self._settle_fee(definition.fee),
            parties=self._settle_parties(definition),
            presence=self._settle_whens(definition.presence, ("presence",)),
            stops=self._settle_whens(definition.stops, ("stops",)),
            agreements=self._settle_whens(definition.agreements, ("agreements",)),
            holders=self._settle_whens(definition.holders, ("holders",)),
            deadline=self._settle_deadline(definition.deadline),
        )

    def _settle_parties(self, definition: Definition) -> tuple[Party, ...]:
        settled = []
        for index, party in enumerate(definition.parties):
            path: Path = ("parties", index)
            when = self._settle_condition(party.owner_when, (*path, "owner_when"))
            settled.append(msgspec.structs.replace(party, owner_when=when))
            self._look_at_answer(party.name, "name", (*path, "name"))
            if party.personal_number is not None:
                number = (*path, "personal_number")
                self._look_at_answer(party.personal_number, "personal_number", number)
        return tuple(settled)

    def _look_at_answer(self, source: str, kind: str, path: Path) -> None:
        self._look_at_source(source, (kind,), path)
        if source in self._seen and source not in self.asked:
            self.note(path, f"{source} edits a person; name the question for the other one")

    def _look_at_agreement(self, agreement: Agreement, path: Path) -> None:
        """Both answers are asked, the later one is named first, and their kinds are compared."""
        if len(agreement.tests) != 1 and (agreement.tests or agreement.when is None):
            known = ", ".join(agreements.TESTS)
            self.note(path, f"an agreement takes exactly one test of {known}, or when alone")
            return
        test, other = agreement.test
        counted = agreement.years is not None
        if (counted and test not in agreements.YEARS) or (not counted and test == "aged"):
            known = ", ".join(agreements.YEARS)
            self.note((*path, "years"), f"stands beside one of {known}; aged needs it")
        kinds = {"unlike": ("personal_number",), "": KINDS}.get(test, DATES)
        own = KINDS if test == "aged" else kinds
        self._look_at_source(agreement.answer, own, (*path, "answer"), self._with_columns)
        if test:
            self._look_at_source(other, kinds, (*path, test), self._with_columns)
            self._look_at_places(agreement, path)

    def _look_at_places(self, agreement: Agreement, path: Path) -> None:
        """Compare a column within its rows, and name first what is asked last."""
        test, other = agreement.test
        here, _, column = agreement.answer.partition(".")
        if "." in other and other.partition(".")[0] != here:
            self.note((*path, test), f"{other} is of other rows; compare within one row")
        if test == "apart" and not (column and "." in other):
            self.note((*path, test), "is for rows: two columns, first and last day")
        order = list(self._with_columns)
        asked = {agreement.answer, other} <= set(order) and test != "apart"
        if asked and order.index(agreement.answer) <= order.index(other):
            self.note((*path, "answer"), f"{other} is not asked before; name the later one here")

    def _look_at_holder(self, holder: Holder, path: Path) -> None:
        """Name questions that are asked, and something to compare."""
        self._look_at_source(holder.number, ("personal_number",), (*path, "number"))
        if holder.birth_date is not None:
            self._look_at_source(holder.birth_date, DATES, (*path, "birth_date"))
        if holder.gender is not None:
            self._look_at_source(holder.gender, ("choice",), (*path, "gender"))
        if holder.birth_date is None and holder.gender is None and holder.sex is None:
            self.note(path, "compares a number with birth_date, gender or sex; name one")

    def _settle_fee(self, fee: Fee | None) -> Fee | None:
        if fee is None:
            return None
        items = self._settle_whens(fee.items, ("fee", "items"), dated=True)
        return msgspec.structs.replace(fee, items=items)

    def _settle_deadline(self, deadline: Deadline | None) -> Deadline | None:
        if deadline is None:
            return None
        cases = self._settle_whens(deadline.cases, ("deadline", "cases"))
        if deadline.counts_from is not None:
            self._look_at_answer(deadline.counts_from, "date", ("deadline", "counts_from"))
        return msgspec.structs.replace(deadline, cases=cases)

    def _settle_whens(
        self, parts: tuple[Conditional, ...], path: Path, *, dated: bool = False
    ) -> tuple[Conditional, ...]:
        """Settle the condition of each part of a list."""
        return tuple(
            msgspec.structs.replace(
                part, when=self._settle_condition(part.when, (*path, index, "when"), dated=dated)
            )
            for index, part in enumerate(parts)
        )

    def _settle_step(self, step: Step, path: Path) -> Step:
        when = self._settle_condition(step.when, (*path, "when"))
        fields = tuple(
            self._settle_field(field, (*path, "fields", index))
            for index, field in enumerate(step.fields)
        )
        for index, one in enumerate(step.derived):
            self._look_at_sources(one, (*path, "derived", index))
        if step.sensitive:
            fields = tuple(msgspec.structs.replace(field, sensitive=True) for field in fields)
        return msgspec.structs.replace(step, when=when, fields=fields)

    def _look_at_sources(self, derived: Derived, path: Path) -> None:
        self._look_at_source(derived.of, SOURCES[derived.kind], (*path, "of"))
        if derived.at is not None and derived.kind == "age":
            self._look_at_source(derived.at, ("date",), (*path, "at"))
        elif derived.at is not None:
            self.note((*path, "at"), f"is for an age, not for {derived.kind}")

    def _look_at_source(
        self, source: str, kinds: tuple[str, ...], path: Path, seen: dict[str, Field] | None = None
    ) -> None:
        known = self._seen if seen is None else seen
        field = known.get(source)
        if field is None:
            help_ = yamlfiles.suggestion(source, known)
            self.note(path, f'"{source}" is not asked before.{help_}')
        elif field.kind not in kinds:
            self.note(path, f"{source} is {field.kind}, wanted {' or '.join(kinds)}")

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
        if field.id in self.asked and "columns" not in path:
            self.note((*path, "id"), f'"{field.id}" is asked already; ids are unique')
        if "columns" not in path:
            self._seen[field.id] = self._with_columns[field.id] = settled
            for column in settled.columns:
                self._with_columns[f"{field.id}.{column.id}"] = column
        if field.is_ is None and "columns" not in path:
            self.asked[field.id] = settled
        return settled

    def _bound(self, field: Field, name: str, path: Path) -> Any:
        value = getattr(field, name)
        if value is None:
            return None
        if field.kind in (*NUMBERS, "rows"):
            return self._number(value, (*path, name))
        if field.kind in DATES:
            return self._day(value, (*path, name))
        self.note((*path, name), f"{name} is for numbers, dates and rows, not for {field.kind}")
        return None

    def _number(self, value: object, path: Path) -> int | None:
        text = str(value)
        if text.lstrip("-").isascii() and text.lstrip("-").isdigit():
            return int(text)
        self.note(path, f'"{text}" is not a whole number')
        return None

    def _day(self, value: object, path: Path) -> str | None:
        if conditions.full_date(value):
            return str(value)
        self.note(path, f'"{value}" is not a date that exists, written 2026-11-24')
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
            self.note(path, f'"{text}" is not true or false')
        elif field.kind in NUMBERS:
            return self._number(text, path)
        elif field.kind == "date":
            return self._day(text, path)
        elif field.kind == "choice":
            ids = [option.id for option in field.options]
            if text in ids:
                return text
            help_ = yamlfiles.suggestion(text, ids)
            self.note(path, f'"{text}" is no option of {field.id}.{help_}')
        elif field.kind in ("rows", "address", "partial_date"):
            self.note(path, f"an answer of the kind {field.kind} can only be tested with filled")
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
            self.note(path, "a condition is exactly one of all, any, not, answer")
            return condition
        if condition.answer is None and tests:
            self.note(path, f"{tests[0].rstrip('_')} stands beside answer only")
            return condition
        if condition.answer is None:
            return self._settle_group(condition, path, dated=dated)
        if len(tests) != 1:
            known = ", ".join(name.rstrip("_") for name in conditions.TESTS)
            self.note(path, f"an answer takes exactly one test of {known}")
            return condition
        return self._settle_test(condition, tests[0], path, dated=dated)

    def _settle_group(self, condition: Condition, path: Path, *, dated: bool) -> Condition:
        changes: dict[str, Any] = {}
        for name in ("all_", "any_"):
            parts = getattr(condition, name)
            if parts is None:
                continue
            if not parts:
                self.note(path, f"{name.rstrip('_')} holds no condition")
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
        field = self.asked.get(condition.answer or "")
        if field is None:
            help_ = yamlfiles.suggestion(condition.answer or "", self.asked)
            self.note((*path, "answer"), f'"{condition.answer}" is not asked before.{help_}')
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
                self.note((*path, key), "is for fee lines and questions of the kind date only")
        return msgspec.structs.replace(condition, **{name: settled})

    def _limit(self, field: Field, value: object, path: Path) -> Any:
        if field.kind in NUMBERS:
            return self._number(value, path)
        if field.kind == "date":
            return self._day(value, path)
        self.note(path, f"{path[-1]} compares numbers and dates, {field.id} is {field.kind}")
        return None


def _set(condition: Condition, name: str) -> bool:
    return getattr(condition, name) is not None
