"""Says in words what differs between two versions of a procedure (so sánh hai bản).

Every key of a definition is compared. The usual changes have a sentence of their own (a fee, a
paper now required, a question reworded); any other key says its old and its new value. What
drafts under way may hold, or may lack, carries a warning.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from backend.catalogue.model import timeline
from backend.catalogue.model.costs import Exemption, Fee, FeeItem
from backend.catalogue.model.definition import (
    Consent,
    Definition,
    Field,
    Law,
    Option,
    Paper,
    Step,
    Stop,
)
from backend.catalogue.model.english import Language
from backend.catalogue.model.promises import Deadline, DeadlineCase, Presence
from backend.catalogue.model.sidebyside import Difference, SideBySide, by_identity, moved
from backend.catalogue.model.wording import Speaker, day

_DATES = ("valid_from", "valid_to")
_PROMISED = ("no_deadline", "draft_confirmation", "public_posting")
_OWN = ("law", "papers", "steps", "stops", "agreements", "fee", "presence", "deadline", "consents",
        "result", "record", *_DATES, *_PROMISED)  # fmt: skip


def differences(
    before: Definition, after: Definition, *, language: Language = "vi"
) -> list[Difference]:
    """List every change from one version to the other, grouped by part; [] when they are equal."""
    if before == after:
        return []
    compared = _Comparison(before, after, language)
    compared.run()
    return compared.found


class _Comparison(SideBySide):
    """Walks two definitions side by side, in the order of the file."""

    def run(self) -> None:
        before, after = self._before, self._after
        self._dates()
        self._keys(before, after, but=_OWN)
        self._at("law")
        self._listed(before.law, after.law, "law")
        self._at("papers")
        self._listed(before.papers, after.papers, "paper")
        self._at("steps")
        self._steps()
        self._listed(before.stops, after.stops, "stop")
        self._listed(before.agreements, after.agreements, "agreement")
        self._at("fee")
        self._fee(before.fee, after.fee)
        self._at("presence")
        self._listed(before.presence, after.presence, "presence")
        self._at("deadline")
        self._deadline(before.deadline, after.deadline)
        self._keys(before, after, only=_PROMISED)
        self._at("consents")
        self._listed(before.consents, after.consents, "consent")
        self._at("result")
        self._keys(before.result, after.result, subject=self._subject(after.result))
        self._at("record")
        self._keys(before.record, after.record)
        if not self.found:  # two equal ids in one list: say at least that something changed
            self._note("same_words", what="", key=self._speak.words.parts["general"])

    def _dates(self) -> None:
        for key in _DATES:
            old, new = getattr(self._before, key), getattr(self._after, key)
            if old != new:
                said = [day(one) if one else self._speak.words.say["no_day"] for one in (old, new)]
                self._note(key if new else f"{key}_gone", old=said[0], new=said[1])

    # -- lists of parts ---------------------------------------------------------------------

    def _listed(self, before: Sequence[Any], after: Sequence[Any], kind: str) -> None:
        """Compare two lists of parts by their ids, and each pair by its rule."""
        was, now = by_identity(before), by_identity(after)
        for id_, part in now.items():
            if id_ not in was:
                self._added(part, kind)
            elif was[id_] != part:
                self._changed(was[id_], part)
        for id_, part in was.items():
            if id_ not in now:
                lost = "warn_removed" if isinstance(part, (Paper, Consent)) else None
                self._note(f"{kind}_removed", warning=lost, **self._told(part))
        if moved(list(was), list(now)):
            self._note(f"{kind}_moved")

    def _added(self, part: Any, kind: str) -> None:
        needed = isinstance(part, Paper) and part.required == "always" and part.kind == "upload"
        told = self._told(part)
        self._note(f"{kind}_added", warning="warn_required" if needed else None, **told)
        if isinstance(part, FeeItem):
            self._amounts(self._speak.name(part), (), part.amounts)
        elif isinstance(part, Exemption) and part.evidence:
            proof = str(self._speak.text(part, "evidence"))
            self._note("exemption_proof", what=told["what"], new=proof)

    def _told(self, part: Any) -> dict[str, str]:
        """Say what a part of a list is, for the sentences that it comes or goes."""
        speak = self._speak
        if isinstance(part, Paper):
            return {"what": speak.name(part), "new": self._wanted(part)}
        if isinstance(part, Law):
            return {"what": f"{part.id}, {part.title}"}
        if isinstance(part, Stop):
            return {"what": speak.name(part), "new": speak.condition(part.when)}
        if isinstance(part, DeadlineCase):
            return {"what": speak.name(part), "new": speak.days(part)}
        if isinstance(part, Presence):
            who, step = (speak.value(Presence, key, getattr(part, key)) for key in ("who", "step"))
            return {"what": who, "key": step, "new": speak.name(part)}
        return {"what": speak.line(part)}

    def _changed(self, old: Any, new: Any) -> None:
        if isinstance(new, Paper):
            self._paper(old, new)
        elif isinstance(new, FeeItem):
            self._keys(old, new, subject=self._subject(new), but=("amounts",))
            self._amounts(self._speak.name(new), old.amounts, new.amounts)
        elif isinstance(new, DeadlineCase):
            self._days(old, new, "case_days")
            self._keys(old, new, subject=self._subject(new), but=("days",))
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
            if moved(was.get(step.id, []), [field.id for field in step.fields]):
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
        if moved(list(was), list(now)):
            self._note(f"{kind}s_moved", what=subject)

    # -- fee and deadline -------------------------------------------------------------------

    def _fee(self, old: Fee | None, new: Fee | None) -> None:
        if old is None or new is None:
            if old is not new:
                self._note("fee_added" if new else "fee_removed")
            self._listed(old.items if old else (), new.items if new else (), "item")
            return
        self._listed(old.items, new.items, "item")
        self._exemptions(old, new)
        self._keys(old, new, but=("items", "exemptions"))

    def _exemptions(self, old: Fee, new: Fee) -> None:
        """Compare who pays nothing: groups by their ids, or all by their words."""
        was, now = old.exemptions, new.exemptions
        if all(isinstance(one, Exemption) for one in (*was, *now)):
            self._listed(was, now, "exemption")
            return
        self._listed(_lines(was), _lines(now), "exemption")
        if _lines(was) == _lines(now) and was != now:
            self._note("same_words", what="", key=self._speak.key(Fee, "exemptions"))

    def _amounts(self, what: str, old: Sequence[Any], new: Sequence[Any]) -> None:
        for kind, blanks in timeline.changes(old, new, self._speak):
            self._note(kind, what=what, **blanks)

    def _deadline(self, old: Deadline | None, new: Deadline | None) -> None:
        if old is None or new is None:
            if old is not new:
                present = old or new
                text = str(self._speak.text(present, "text"))
                self._note("deadline_removed" if old else "deadline_added", old=text, new=text)
            self._listed(old.cases if old else (), new.cases if new else (), "case")
            return
        self._days(old, new, "deadline_days")
        self._keys(old, new, subject=self._subject(new), but=("days", "cases"))
        self._listed(old.cases, new.cases, "case")

    def _days(self, old: Deadline | DeadlineCase, new: Deadline | DeadlineCase, kind: str) -> None:
        if old.days != new.days:
            short = str(old.days) if old.days and new.days else self._speak.days(old)
            what = self._speak.name(new)
            self._note(kind, what=what, old=short, new=self._speak.days(new))


def _lines(exemptions: Sequence[str | Exemption]) -> list[str]:
    return [one if isinstance(one, str) else one.words for one in exemptions]


def _asked(definition: Definition) -> dict[str, tuple[Step, Field]]:
    return {field.id: (step, field) for step in definition.steps for field in step.fields}


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
