"""What a procedure will look like (xem trước), without a server: as text, and on paper.

The citizen's walk-through names every screen in order with its conditions in words; the officer's
view names what is to be checked; the sheet is the form on paper with its checklist.
"""

from collections.abc import Iterator

import msgspec

from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.costs import FeeItem
from backend.catalogue.model.definition import Definition, Field, Paper, Step
from backend.catalogue.model.english import Language
from backend.catalogue.model.wording import Speaker, day, money


class Question(msgspec.Struct, frozen=True):
    """One question: its wording, how it is answered, what limits it."""

    label: str
    notes: tuple[str, ...]
    options: tuple[str, ...]
    lines: int


class Screen(msgspec.Struct, frozen=True):
    """One screen of the form (màn hình)."""

    number: str
    title: str
    notes: tuple[str, ...]
    questions: tuple[Question, ...]


class Row(msgspec.Struct, frozen=True):
    """One paper, or one line of the fee, with what is to be known of it."""

    name: str
    notes: tuple[str, ...]


class Sheet(msgspec.Struct, frozen=True):
    """Everything that a preview shows, in the words of one language."""

    labels: dict[str, str]
    code: str
    name: str
    title: str
    summary: tuple[str, ...]
    why_not: str
    facts: tuple[Row, ...]
    papers: tuple[Row, ...]
    screens: tuple[Screen, ...]
    fee: tuple[Row, ...]
    exemptions: tuple[str, ...]
    deadline: tuple[str, ...]
    consents: tuple[str, ...]
    result: str
    law: tuple[str, ...]
    unverified: tuple[str, ...]
    source: tuple[str, ...]


def sheet(definition: Definition, *, language: Language = "vi") -> Sheet:
    """Put the preview of a procedure together."""
    view = _View(definition, language)
    speak = view.speak
    return Sheet(
        labels=speak.words.preview,
        code=definition.code,
        name=definition.name,
        title=str(speak.text(definition, "title")),
        summary=tuple(speak.text(definition, "summary")),
        why_not=str(speak.text(definition, "not_fileable") or ""),
        facts=tuple(view.facts()),
        papers=tuple(view.paper(one) for one in definition.papers),
        screens=tuple(view.screen(*one) for one in enumerate(definition.steps, start=1)),
        fee=tuple(view.fee()),
        exemptions=tuple(view.exemptions()),
        deadline=tuple(view.deadline()),
        consents=tuple(str(speak.text(one, "words")) for one in definition.consents),
        result=str(speak.text(definition.result, "name")),
        law=tuple(f"{one.id}. {one.title}" for one in definition.law),
        unverified=tuple(view.unverified()),
        source=tuple(view.source()),
    )


class _View:
    """Says the pieces of one definition."""

    def __init__(self, definition: Definition, language: Language) -> None:
        self.speak = Speaker(language, (definition,))
        self._definition = definition

    def _word(self, key: str, **blanks: str) -> str:
        return self.speak.words.preview[key].format_map(blanks)

    def _when(self, key: str, condition: Condition | None) -> Iterator[str]:
        if condition is not None:
            yield self._word(key, new=self.speak.condition(condition))

    def _hint(self, part: Step | Field | Paper | FeeItem, key: str = "hint") -> Iterator[str]:
        if text := self.speak.text(part, key):
            yield str(text)

    def facts(self) -> Iterator[Row]:
        definition = self._definition
        yield Row(self._word("code"), (definition.code,))
        yield Row(self._word("who"), (str(self.speak.text(definition, "who")),))
        if definition.minutes:
            minutes = self._word("minutes_of", new=str(definition.minutes))
            yield Row(self._word("minutes"), (minutes,))

    def paper(self, paper: Paper) -> Row:
        kind = self.speak.value(Paper, "kind", paper.kind)
        marks = [kind, self.speak.value(Paper, "required", paper.required)]
        if paper.kind == "upload":
            marks.append(self._word("pages", new=str(paper.max_files)))
        if paper.sensitive:
            marks.append(self._word("sensitive"))
        names = {one.id: self.speak.name(one) for one in self._definition.papers}
        others = "; ".join(names.get(one, one) for one in paper.instead_of)
        notes = ["; ".join(marks), *self._when("wanted", paper.when)]
        if others:
            notes.append(self._word("instead_of", new=others))
        return Row(str(self.speak.text(paper, "name")), (*notes, *self._hint(paper)))

    def screen(self, number: int, step: Step) -> Screen:
        return Screen(
            number=self._word("screen", new=str(number)),
            title=str(self.speak.text(step, "title")),
            notes=(*self._hint(step), *self._when("shown", step.when)),
            questions=tuple(self.question(field) for field in step.fields),
        )

    def question(self, field: Field) -> Question:
        marks = [self.speak.value(Field, "kind", field.kind)]
        marks.append(self._word("always" if field.required else "optional"))
        for key in ("min", "max", "max_length", "default"):
            value = getattr(field, key)
            if value is not None:
                marks.append(f"{self.speak.key(Field, key)}: {self.speak.answer(field, value)}")
        if field.sensitive:
            marks.append(self._word("sensitive"))
        if field.columns:
            columns = "; ".join(str(self.speak.text(one, "label")) for one in field.columns)
            marks.append(self._word("columns", new=columns))
        options = tuple(str(self.speak.text(one, "label")) for one in field.options)
        if field.kind == "yes_no":
            options = (self.speak.words.say["yes"], self.speak.words.say["no"])
        notes = ("; ".join(marks), *self._hint(field), *self._when("asked", field.when))
        lines = {"long_text": 3, "rows": 3}.get(field.kind, 0 if options else 1)
        label = str(self.speak.text(field, "label"))
        return Question(label, notes, options, lines)

    def fee(self) -> Iterator[Row]:
        fee = self._definition.fee
        for item in fee.items if fee else ():
            notes = [self.speak.value(FeeItem, "kind", item.kind)]
            if item.quantity:
                times = self.speak.value(FeeItem, "quantity", item.quantity)
                notes.append(self._word("times", new=times))
            said = ["; ".join(notes), *self._when("charged", item.when)]
            for one in item.amounts:
                blanks = {"new": money(one.amount), "date": day(one.from_), "law": one.law}
                said.append(self._word("amount", **blanks))
            if not item.amounts:
                said.append(self._word("by_council"))
            name = str(self.speak.text(item, "name"))
            yield Row(name, (*said, *self._hint(item, "note")))

    def exemptions(self) -> Iterator[str]:
        fee = self._definition.fee
        if fee is None:
            return
        yield from (self.speak.name(one) if not isinstance(one, str) else one
                    for one in self.speak.text(fee, "exemptions"))  # fmt: skip
        if fee.note:
            yield str(self.speak.text(fee, "note"))

    def deadline(self) -> Iterator[str]:
        deadline = self._definition.deadline
        if deadline is None:
            yield self._word("no_deadline")
            return
        days = self.speak.days(deadline)
        yield days[:1].upper() + days[1:] + "."
        yield str(self.speak.text(deadline, "text"))
        if deadline.cutoff:
            yield self._word("cutoff", new=deadline.cutoff)
        yield self._word("basis", new=deadline.law)

    def unverified(self) -> Iterator[str]:
        """Name what the file calls unverified, and each amount that nobody has verified."""
        yield from self.speak.text(self._definition.record, "unverified")
        fee = self._definition.fee
        for item in fee.items if fee else ():
            for one in item.amounts:
                if not one.verified:
                    blanks = {"new": money(one.amount), "date": day(one.from_)}
                    yield self._word("amount_unverified", what=one.law, **blanks)

    def source(self) -> Iterator[str]:
        record = self._definition.record
        yield from record.source
        confidence = self.speak.words.values.get(f"Record.confidence.{record.confidence}", "")
        yield self._word("checked", date=day(record.checked_on), new=confidence)


# -- as text --------------------------------------------------------------------------------------


def walk_through(shown: Sheet) -> list[str]:
    """Write what a citizen is shown and asked, screen after screen, as lines of text."""
    return [
        *_head(shown, "citizen"),
        *shown.summary,
        *(f"{row.name}: {'; '.join(row.notes)}" for row in shown.facts),
        *_why_not(shown),
        *(line for screen in shown.screens for line in _screen(screen)),
        *_rows(shown, "papers", shown.papers, none="no_papers"),
        *_money(shown),
        *_lines(shown, "deadline", shown.deadline),
        *_lines(shown, "consents", [f"[ ] {one}" for one in shown.consents]),
        *_lines(shown, "result", [shown.result]),
        *_lines(shown, "unverified", [f"! {one}" for one in shown.unverified]),
    ]


def desk(shown: Sheet) -> list[str]:
    """Write what an officer checks and by which rule, as lines of text."""
    return [
        *_head(shown, "officer"),
        *(f"{row.name}: {'; '.join(row.notes)}" for row in shown.facts),
        *_why_not(shown),
        *_rows(shown, "papers", shown.papers, none="no_papers"),
        *_money(shown),
        *_lines(shown, "deadline", shown.deadline),
        *_lines(shown, "result", [shown.result]),
        *_lines(shown, "law", shown.law),
        *_lines(shown, "unverified", [f"! {one}" for one in shown.unverified]),
        *_lines(shown, "source", shown.source),
    ]


def _head(shown: Sheet, audience: str) -> list[str]:
    return [shown.labels[audience], f"{shown.title}  ({shown.labels['draft']})", shown.name, ""]


def _why_not(shown: Sheet) -> list[str]:
    return ["", f"! {shown.labels['not_fileable']}: {shown.why_not}"] if shown.why_not else []


def _screen(screen: Screen) -> Iterator[str]:
    yield from ("", f"── {screen.number}. {screen.title}")
    yield from (f"   {note}" for note in screen.notes)
    for question in screen.questions:
        yield f"   ? {question.label}"
        yield from (f"       {note}" for note in question.notes)
        yield from (f"       ( ) {option}" for option in question.options)


def _rows(shown: Sheet, key: str, rows: tuple[Row, ...], *, none: str) -> list[str]:
    lines = [line for row in rows for line in (f"- {row.name}", *(f"    {n}" for n in row.notes))]
    return _lines(shown, key, lines or [shown.labels[none]])


def _money(shown: Sheet) -> list[str]:
    exempt = [f"- {one}" for one in shown.exemptions]
    rows = _rows(shown, "fee", shown.fee, none="free")
    return [*rows, *(_lines(shown, "exempt", exempt) if exempt else [])]


def _lines(shown: Sheet, key: str, lines: list[str] | tuple[str, ...]) -> list[str]:
    return ["", f"── {shown.labels[key]}", *(f"   {line}" for line in lines)] if lines else []
