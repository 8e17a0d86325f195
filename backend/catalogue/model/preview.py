"""What a procedure will look like (xem trước), without a server: its pieces in words.

`preview_lines` writes them as lines for citizen and officer; the template prints them on paper.
"""

from collections.abc import Iterator

import msgspec

from backend.catalogue.model.agreements import Agreement
from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.costs import Amount, Exemption, FeeItem
from backend.catalogue.model.definition import Definition, Field, Holder, Paper, Step, Stop
from backend.catalogue.model.derived import Derived
from backend.catalogue.model.english import Language
from backend.catalogue.model.promises import Deadline, Presence, Verification
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
    stops: tuple[Row, ...]
    agreements: tuple[Row, ...]
    presence: tuple[Row, ...]
    fee: tuple[Row, ...]
    exemptions: tuple[str, ...]
    deadline: tuple[str, ...]
    consents: tuple[str, ...]
    result: str
    law: tuple[str, ...]
    unverified: tuple[str, ...]
    source: tuple[str, ...]
    notes: tuple[str, ...]


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
        stops=tuple(view.stop(one) for one in definition.stops),
        agreements=(
            *(view.agreement(one) for one in definition.agreements),
            *(view.holder(one) for one in definition.holders),
        ),
        presence=tuple(view.presence(one) for one in definition.presence),
        fee=tuple(view.fee()),
        exemptions=tuple(view.exemptions()),
        deadline=tuple(view.deadline()),
        consents=tuple(str(speak.text(one, "words")) for one in definition.consents),
        result=str(speak.text(definition.result, "name")),
        law=tuple(f"{one.id}. {one.title}" for one in definition.law),
        unverified=tuple(view.unverified()),
        source=tuple(view.source()),
        notes=definition.record.notes,
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
        if definition.portal_only:
            why = str(self.speak.text(definition, "portal_only"))
            yield Row(self._word("portal_only"), (why,))
        if definition.minutes:
            minutes = self._word("minutes_of", new=str(definition.minutes))
            yield Row(self._word("minutes"), (minutes,))
        if definition.applicant:
            owner = self.speak.value(Definition, "applicant", definition.applicant)
            yield Row(self._word("applicant"), (owner,))
        for party in definition.parties:
            when = self.speak.condition(party.owner_when)
            yield Row(self.speak.name(party), (self._word("party", new=when),))
        dates = [
            self._word(key, new=day(one))
            for key in ("valid_from", "valid_to")
            if (one := getattr(definition, key)) is not None
        ]
        if dates:
            yield Row(self._word("valid"), (" ".join(dates),))

    def paper(self, paper: Paper) -> Row:
        kind = self.speak.value(Paper, "kind", paper.kind)
        marks = [kind, self.speak.value(Paper, "required", paper.required)]
        if paper.kind == "upload":
            marks.append(self._word("pages", new=str(paper.max_files)))
        given = {"sensitive": paper.sensitive, "identity": paper.identity,
                 "in_person": paper.in_person_only}  # fmt: skip
        marks += [self._word(key) for key, marked in given.items() if marked]
        notes = ["; ".join(marks), *self._needed(paper), *self._instead(paper)]
        return Row(str(self.speak.text(paper, "name")), (*notes, *self._hint(paper)))

    def _needed(self, paper: Paper) -> Iterator[str]:
        if case := self.speak.needed(paper):
            yield self._word("wanted", new=case)

    def _instead(self, paper: Paper) -> Iterator[str]:
        """Say what will do in its place, and when it is not needed."""
        names = {one.id: self.speak.name(one) for one in self._definition.papers}
        others = "; ".join(names.get(one, one) for one in paper.instead_of)
        if others:
            yield self._word("instead_of", new=others)
        if paper.any_of:
            yield self._word("any_of")
            yield from (f"– {self.speak.name(one)}" for one in paper.any_of)
        if paper.unless:
            yield self._word("unless", new=str(self.speak.text(paper, "unless")))

    def stop(self, stop: Stop) -> Row:
        text = {key: str(self.speak.text(stop, key)) for key in ("title", "reason", "next")}
        notes = [*self._when("stopped", stop.when), text["reason"]]
        notes.append(self._word("next", new=text["next"]))
        if stop.procedure:
            notes.append(self._word("next_procedure", new=stop.procedure))
        return Row(text["title"], (*notes, *self._basis(stop.law)))

    def agreement(self, agreement: Agreement) -> Row:
        test, other = agreement.test
        blanks = {"what": self.speak.source(agreement.answer), "new": self.speak.source(other)}
        years = str(agreement.years or "")
        if not test and agreement.when is not None:
            test, blanks["new"] = "contradicts", self.speak.condition(agreement.when)
        name = self._word(test, years=years, **blanks)
        if years and test != "aged":
            name += self._word("years", new=years)
        notes = [str(self.speak.text(agreement, "words"))]
        notes += self._when("only", agreement.when if agreement.test[0] else None)
        notes += [self._word("mild")] if agreement.mild else []
        return Row(name, tuple(notes))

    def holder(self, holder: Holder) -> Row:
        """Say with what a personal number is compared."""
        beside = [self.speak.source(one) for one in (holder.birth_date, holder.gender) if one]
        beside += [self.speak.value(Holder, "sex", holder.sex)] if holder.sex else []
        name = self._word("holder", what=self.speak.source(holder.number), new=", ".join(beside))
        return Row(name, (*self._when("only", holder.when), self._word("mild")))

    def presence(self, presence: Presence) -> Row:
        who, step = (
            self.speak.value(Presence, key, getattr(presence, key)) for key in ("who", "step")
        )
        name = self._word("present", what=who[:1].upper() + who[1:], new=step)
        text = str(self.speak.text(presence, "text"))
        return Row(name, (text, *self._when("only", presence.when), *self._basis(presence.law)))

    def _basis(self, law: str | None) -> Iterator[str]:
        if law:
            yield self._word("basis", new=law)

    def screen(self, number: int, step: Step) -> Screen:
        return Screen(
            number=self._word("screen", new=str(number)),
            title=str(self.speak.text(step, "title")),
            notes=(*self._hint(step), *self._when("shown", step.when)),
            questions=(
                *(self.question(field) for field in step.fields),
                *(self.derived(one) for one in step.derived),
            ),
        )

    def question(self, field: Field) -> Question:
        marks = [self.speak.value(Field, "kind", field.kind)]
        marks.append(self._word("always" if field.required else "optional"))
        for key in ("min", "max", "min_age", "max_length", "default"):
            value = getattr(field, key)
            if value is not None:
                marks.append(f"{self.speak.key(Field, key)}: {self.speak.answer(field, value)}")
        if field.lead is not None and field.lead.days:
            marks.append(self._word("lead", new=self.speak.days(field.lead)))
        if field.lead is not None and field.lead.within is not None:
            marks.append(self._word("within", new=str(field.lead.within)))
        if field.lead is not None and field.lead.open:
            marks.append(self._word("open"))
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

    def derived(self, derived: Derived) -> Question:
        sources = [one for one in (derived.of, derived.at) if one]
        said = " · ".join(self.speak.source(one) for one in sources)
        note = self._word("derived", what=self.speak.value(Derived, "kind", derived.kind), new=said)
        return Question(str(self.speak.text(derived, "label")), (note,), (), 1)

    def fee(self) -> Iterator[Row]:
        fee = self._definition.fee
        for item in fee.items if fee else ():
            notes = [self.speak.value(FeeItem, "kind", item.kind)]
            if item.quantity:
                times = self.speak.value(FeeItem, "quantity", item.quantity)
                notes.append(self._word("times", new=times))
            said = ["; ".join(notes), *self._when("charged", item.when)]
            for one in item.amounts:
                amount = money(one.amount, self.speak.language)
                blanks = {"new": amount, "date": day(one.from_), "law": one.law}
                said += [self._word("amount", **blanks), *self._limits(item, one)]
            if not item.amounts:
                said.append(self._word("by_council"))
            name = str(self.speak.text(item, "name"))
            yield Row(name, (*said, *self._hint(item, "note")))

    def _limits(self, item: FeeItem, amount: Amount) -> Iterator[str]:
        """Say what later ones cost, and the most that is charged."""
        if amount.then:
            counted = self.speak.value(FeeItem, "per", item.per)
            tiers = "; ".join(self.speak.name(one) for one in amount.then)
            yield self._word("tiers", new=tiers[:1].upper() + tiers[1:], what=counted)
        if amount.most is not None:
            yield self._word("most", new=self.speak.value(Amount, "most", amount.most))

    def exemptions(self) -> Iterator[str]:
        fee = self._definition.fee
        if fee is None:
            return
        groups = [one for one in fee.exemptions if isinstance(one, Exemption)]
        for one in groups or self.speak.text(fee, "exemptions"):
            words = self.speak.line(one)
            proof = self.speak.text(one, "evidence") if isinstance(one, Exemption) else None
            yield self._word("proof", what=words, new=str(proof)) if proof else words
        if fee.note:
            yield str(self.speak.text(fee, "note"))

    def deadline(self) -> Iterator[str]:
        deadline, without = self._definition.deadline, self._definition.no_deadline
        if deadline is not None:
            yield from self._time(deadline)
        elif without is not None:
            yield str(self.speak.text(without, "text"))
        else:
            yield self._word("no_deadline")
        for one in (self._definition.draft_confirmation, self._definition.public_posting):
            if one is not None:
                yield str(self.speak.text(one, "text"))

    def _time(self, deadline: Deadline) -> Iterator[str]:
        days = self.speak.days(deadline)
        yield days[:1].upper() + days[1:] + "."
        yield str(self.speak.text(deadline, "text"))
        if deadline.cutoff:
            yield self._word("cutoff", new=deadline.cutoff)
        if deadline.counts_from:
            yield self._word("counts_from", new=self.speak.source(deadline.counts_from))
        if deadline.committed_days is not None:
            fewer = msgspec.structs.replace(deadline, days=deadline.committed_days)
            yield self._word("committed", new=self.speak.days(fewer))
        yield self._word("basis", new=deadline.law)
        for case in deadline.cases:
            yield self._word("case", what=self.speak.name(case), new=self.speak.days(case))
            yield str(self.speak.text(case, "text"))
        if deadline.verification is not None:
            yield from self._verification(deadline.verification)

    def _verification(self, more: Verification) -> Iterator[str]:
        days = more.days or more.total_days
        if days is not None:
            key = "verification" if more.days else "verification_total"
            unit = self.speak.value(Verification, "unit", more.unit)
            said = self.speak.words.say["days"].format(new=days, what=unit)
            reason = self.speak.text(more, "reason") or self._word("verification_when")
            yield self._word(key, what=str(reason), new=said)
        yield str(self.speak.text(more, "text"))

    def unverified(self) -> Iterator[str]:
        """Name what the file calls unverified, and each amount that nobody has verified."""
        record = self._definition.record
        yield from self.speak.text(record, "unverified")
        for fact in record.facts:
            if fact.confidence == "low" and fact.words:
                yield str(self.speak.text(fact, "words"))
        fee = self._definition.fee
        for item in fee.items if fee else ():
            for one in item.amounts:
                if not one.verified:
                    amount = money(one.amount, self.speak.language)
                    blanks = {"new": amount, "date": day(one.from_)}
                    yield self._word("amount_unverified", what=one.law, **blanks)

    def source(self) -> Iterator[str]:
        record = self._definition.record
        yield from record.source
        confidence = self.speak.words.values.get(f"Record.confidence.{record.confidence}", "")
        yield self._word("checked", date=day(record.checked_on), new=confidence)
