"""Says in words what differs between two versions of a procedure (so sánh hai bản).

Every key of a definition is compared. The usual changes have a sentence of their own (a fee, a
paper now required, a question reworded); any other key says its old and its new value. What
drafts under way may hold, or may lack, carries a warning.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from backend.catalogue.model import timeline
from backend.catalogue.model.definition import (
    Consent,
    Deadline,
    Definition,
    Fee,
    FeeItem,
    Field,
    Law,
    Option,
    Paper,
    Part,
    Step,
)
from backend.catalogue.model.english import Language
from backend.catalogue.model.wording import Speaker

Group = Literal[
    "general", "law", "papers", "steps", "fee", "deadline", "consents", "result", "record"
]
_OWN = ("law", "papers", "steps", "fee", "deadline", "consents", "result", "record")


class Difference(msgspec.Struct, frozen=True):
    """One change (thay đổi): its part of the procedure, the sentence, a warning or nothing."""

    part: str
    words: str
    warning: str | None = None


def differences(
    before: Definition, after: Definition, *, language: Language = "vi"
) -> list[Difference]:
    """List every change from one version to the other, grouped by part; [] when they are equal."""
    if before == after:
        return []
    compared = _Comparison(before, after, language)
    compared.run()
    return compared.found


class _Comparison:
    """Walks two definitions side by side, in the order of the file."""

    def __init__(self, before: Definition, after: Definition, language: Language) -> None:
        self.found: list[Difference] = []
        self._before = before
        self._after = after
        self._speak = Speaker(language, (after, before))
        self._group: Group = "general"

    def run(self) -> None:
        before, after = self._before, self._after
        self._keys(before, after, but=_OWN)
        self._at("law")
        self._listed(before.law, after.law, "law")
        self._at("papers")
        self._listed(before.papers, after.papers, "paper")
        self._at("steps")
        self._steps()
        self._at("fee")
        self._fee(before.fee, after.fee)
        self._at("deadline")
        self._deadline(before.deadline, after.deadline)
        self._at("consents")
        self._listed(before.consents, after.consents, "consent")
        self._at("result")
        self._keys(before.result, after.result, subject=self._subject(after.result))
        self._at("record")
        self._keys(before.record, after.record)
        if not self.found:  # two equal ids in one list: say at least that something changed
            self._note("same_words", what="", key=self._speak.words.parts["general"])

    # -- saying -----------------------------------------------------------------------------

    def _at(self, group: Group) -> None:
        self._group = group

    def _note(self, kind: str, *, warning: str | None = None, **blanks: str) -> None:
        part = self._speak.words.parts[self._group]
        words = self._speak.say(kind, **blanks)
        self.found.append(Difference(part, words, warning and self._speak.say(warning)))

    def _subject(self, part: Part, inside: str = "") -> str:
        known = self._speak.words.subject.get(type(part).__name__, "")
        return inside + known.format(what=self._speak.name(part))

    # -- any part ---------------------------------------------------------------------------

    def _keys(self, before: Any, after: Any, *, subject: str = "", but: Sequence[str] = ()) -> None:
        """Compare two parts of the same kind key by key."""
        for field in msgspec.structs.fields(type(after)):
            old, new = getattr(before, field.name), getattr(after, field.name)
            if old != new and field.encode_name not in but:
                self._key(type(after), field.encode_name, old, new, subject)

    def _key(self, part: type, key: str, old: Any, new: Any, subject: str) -> None:
        named = self._speak.key(part, key)
        if isinstance(old, Part) and isinstance(new, Part):
            self._keys(old, new, subject=self._subject(new, subject))
        elif isinstance(old, tuple) and isinstance(new, tuple):
            self._lines(part, key, old, new, subject)
        elif old is None or new is None:
            value = self._speak.value(part, key, new if old is None else old)
            kind = "set" if old is None else "unset"
            self._note(kind, what=subject, key=named, old=value, new=value)
        else:
            values = {"old": self._speak.value(part, key, old)}
            values["new"] = self._speak.value(part, key, new)
            self._note("changed", what=subject, key=named, **values)

    def _lines(
        self, part: type, key: str, old: tuple[Any, ...], new: tuple[Any, ...], subject: str
    ) -> None:
        """Compare two lists of texts, or of parts without a rule of their own."""
        named = self._speak.key(part, key)
        was, now = ([self._line(one) for one in lines] for lines in (old, new))
        for line in now:
            if line not in was:
                self._note("line_added", what=subject, key=named, new=line)
        for line in was:
            if line not in now:
                self._note("line_removed", what=subject, key=named, old=line)
        if set(was) != set(now):
            return
        known = dict(zip(was, old, strict=True))
        same = sorted(map(str, old)) == sorted(map(str, new))
        if same or not isinstance(new[0], Part):
            self._note("lines_moved" if same else "same_words", what=subject, key=named)
            return
        for name, one in zip(now, new, strict=True):
            self._keys(known[name], one, subject=f"{subject}{named} “{name}”, ")

    def _line(self, one: Any) -> str:
        return self._speak.name(one) if isinstance(one, Part) else str(one)

    def _listed(self, before: Sequence[Any], after: Sequence[Any], kind: str) -> None:
        """Compare two lists of parts by their ids, and each pair by its rule."""
        was, now = ({one.id: one for one in parts} for parts in (before, after))
        for id_, part in now.items():
            if id_ not in was:
                self._added(part, kind)
            elif was[id_] != part:
                self._changed(was[id_], part)
        for id_, part in was.items():
            if id_ not in now:
                self._note(f"{kind}_removed", what=self._speak.name(part), warning=_lost(part))
        if _moved(list(was), list(now)):
            self._note(f"{kind}_moved")

    def _added(self, part: Any, kind: str) -> None:
        new = self._wanted(part) if isinstance(part, Paper) else ""
        needed = isinstance(part, Paper) and part.required == "always" and part.kind == "upload"
        what = f"{part.id}, {part.title}" if isinstance(part, Law) else self._speak.name(part)
        self._note(f"{kind}_added", what=what, new=new, warning="warn_required" if needed else None)
        if isinstance(part, FeeItem):
            self._amounts(self._speak.name(part), (), part.amounts)

    def _changed(self, old: Any, new: Any) -> None:
        if isinstance(new, Paper):
            self._paper(old, new)
        elif isinstance(new, FeeItem):
            self._keys(old, new, subject=self._subject(new), but=("amounts",))
            self._amounts(self._speak.name(new), old.amounts, new.amounts)
        else:
            self._keys(old, new, subject=self._subject(new), but=("fields",))

    # -- papers -----------------------------------------------------------------------------

    def _paper(self, old: Paper, new: Paper) -> None:
        but = ["required"]
        if old.required != new.required:
            word = {"always": "required", "when": "when", "optional": "optional"}[new.required]
            warning = "warn_required" if new.required == "always" else None
            now = self._speak.condition(new.when) if new.when else self._wanted(new)
            blanks = {"what": self._speak.name(new), "old": self._wanted(old), "new": now}
            self._note(f"paper_now_{word}", warning=warning, **blanks)
            if "when" in (old.required, new.required):
                but.append("when")
        self._keys(old, new, subject=self._subject(new), but=but)

    def _wanted(self, paper: Paper) -> str:
        if paper.when is not None:
            return self._speak.condition(paper.when)
        return self._speak.value(Paper, "required", paper.required)

    # -- questions --------------------------------------------------------------------------

    def _steps(self) -> None:
        self._listed(self._before.steps, self._after.steps, "step")
        was, now = _asked(self._before), _asked(self._after)
        for id_, (step, field) in now.items():
            if id_ not in was:
                self._asked_now(step, field)
                continue
            old_step, old = was[id_]
            if old_step.id != step.id:
                names = {"old": self._speak.name(old_step), "new": self._speak.name(step)}
                self._note("field_moved", what=self._speak.name(field), **names)
            self._question(old, field)
        for id_, (_step, field) in was.items():
            if id_ not in now:
                self._note("field_removed", what=self._speak.name(field), warning="warn_removed")
        self._order_of_questions()

    def _order_of_questions(self) -> None:
        was = {step.id: [field.id for field in step.fields] for step in self._before.steps}
        for step in self._after.steps:
            if _moved(was.get(step.id, []), [field.id for field in step.fields]):
                self._note("fields_moved", what=self._subject(step))

    def _asked_now(self, step: Step, field: Field) -> None:
        always = "always" if field.required else "optional"
        how = self._speak.value(Paper, "required", always)
        if field.when is not None:
            how += f", {self._speak.condition(field.when)}"
        warning = "warn_required" if field.required else None
        names = {"what": self._speak.name(field), "new": self._speak.name(step)}
        self._note("field_added", warning=warning, old=how, **names)

    def _question(self, old: Field, new: Field, inside: str = "") -> None:
        """Compare two forms of one question, or of one column of its rows."""
        if old.label != new.label:
            self._note("field_reworded", old=old.label, new=new.label)
        if old.required != new.required:
            word = "required" if new.required else "optional"
            warning = "warn_required" if new.required else None
            self._note(f"field_now_{word}", what=self._speak.name(new), warning=warning)
        subject = self._subject(new, inside)
        if old.kind != new.kind or old.is_ != new.is_:
            self._question_of_another_kind(old, new, subject)
        but = ("label", "required", "kind", "is", "options", "columns")
        self._keys(old, new, subject=subject, but=but)
        self._inside(old.options, new.options, "option", subject)
        self._inside(old.columns, new.columns, "column", subject)

    def _question_of_another_kind(self, old: Field, new: Field, subject: str) -> None:
        for key, was, now in (("kind", old.kind, new.kind), ("is", old.is_, new.is_)):
            if was == now:
                continue
            blanks = {"what": subject, "key": self._speak.key(Field, key)}
            values = {"old": self._speak.value(Field, key, was)}
            values["new"] = self._speak.value(Field, key, now)
            self._note("changed", warning="warn_removed", **blanks, **values)

    def _inside(
        self, old: Sequence[Option | Field], new: Sequence[Option | Field], kind: str, subject: str
    ) -> None:
        """Compare what a question is made of: its choices, or the columns of its rows."""
        was, now = ({one.id: one for one in parts} for parts in (old, new))
        for id_, part in now.items():
            before = was.get(id_)
            if before is None:
                self._note(f"{kind}_added", what=subject, new=self._speak.name(part))
            elif isinstance(before, Field) and isinstance(part, Field):
                self._question(before, part, subject)
            else:
                self._keys(before, part, subject=self._subject(part, subject))
        for id_, part in was.items():
            if id_ not in now:
                blanks = {"what": subject, "old": self._speak.name(part)}
                self._note(f"{kind}_removed", warning="warn_removed", **blanks)
        if _moved(list(was), list(now)):
            self._note(f"{kind}s_moved", what=subject)

    # -- fee and deadline -------------------------------------------------------------------

    def _fee(self, old: Fee | None, new: Fee | None) -> None:
        if old is None or new is None:
            if old is not new:
                self._note("fee_added" if new else "fee_removed")
            self._listed(old.items if old else (), new.items if new else (), "item")
            return
        self._listed(old.items, new.items, "item")
        was, now = ([self._line(one) for one in fee.exemptions] for fee in (old, new))
        for one in now:
            if one not in was:
                self._note("exemption_added", new=one)
        for one in was:
            if one not in now:
                self._note("exemption_removed", old=one)
        self._keys(old, new, but=("items",) if set(was) == set(now) else ("items", "exemptions"))

    def _amounts(self, what: str, old: Sequence[Any], new: Sequence[Any]) -> None:
        for kind, blanks in timeline.changes(old, new, self._speak):
            self._note(kind, what=what, **blanks)

    def _deadline(self, old: Deadline | None, new: Deadline | None) -> None:
        if old is None or new is None:
            if old is not new:
                present = old or new
                text = str(self._speak.text(present, "text"))
                self._note("deadline_removed" if old else "deadline_added", old=text, new=text)
            return
        if old.days != new.days:
            short = str(old.days) if old.days and new.days else self._speak.days(old)
            self._note("deadline_days", old=short, new=self._speak.days(new))
        self._keys(old, new, subject=self._subject(new), but=("days",))


def _asked(definition: Definition) -> dict[str, tuple[Step, Field]]:
    return {field.id: (step, field) for step in definition.steps for field in step.fields}


def _lost(part: Any) -> str | None:
    return "warn_removed" if isinstance(part, (Paper, Consent)) else None


def _moved(was: Sequence[str], now: Sequence[str]) -> bool:
    """Tell whether what stands in both lists stands in another order."""
    return [one for one in was if one in now] != [one for one in now if one in was]


def tariff_differences(
    before: Mapping[str, Sequence[Any]],
    after: Mapping[str, Sequence[Any]],
    *,
    language: Language = "vi",
) -> list[Difference]:
    """Say what differs between the amounts set by councils; by what is charged, in words."""
    speak = Speaker(language, ())
    return [
        Difference(speak.words.parts["fee"], speak.say(kind, what=what, **blanks))
        for what in {**before, **after}
        for kind, blanks in timeline.changes(before.get(what, ()), after.get(what, ()), speak)
    ]
