"""One version of a procedure, ready to judge dossiers: what dossiers and counters ask of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

import msgspec

from backend.catalogue.model import answers as forms
from backend.catalogue.model import fees, leads, publishing, visits
from backend.catalogue.model.answers import PaperGiven, PaperWanted
from backend.catalogue.model.conditions import asked_in, holds
from backend.catalogue.model.costs import Exemption
from backend.catalogue.model.definition import Definition, Lead, Paper, Step, Stop
from backend.catalogue.model.english import Language, in_english
from backend.catalogue.model.fees import Price, Quote, TariffFile
from backend.catalogue.model.people import Applicant, People
from backend.catalogue.model.promises import Deadline, DeadlineCase, Presence
from backend.catalogue.model.visits import Visit
from backend.places.model import Due, Duration, Hours, Pause, Places, Unit
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Fault

LATE_VISIT = timedelta(days=30)
"""How long a phone keeps what could not be sent: a visit told so long ago is taken all the same."""


class Procedure:
    """A procedure (thủ tục hành chính) in one version, with the tariffs and places of today."""

    def __init__(
        self,
        definition: Definition,
        *,
        version: str,
        tariffs: Sequence[TariffFile],
        places: Places,
    ) -> None:
        self.definition = definition
        self.version = version
        self._tariffs = tuple(tariffs)
        self._places = places

    def spoken(self, language: Language) -> "Procedure":
        """Give the same version in a language; Vietnamese stays where it has no English."""
        return self._english if language == "en" else self

    @cached_property
    def _english(self) -> "Procedure":
        return Procedure(
            in_english(self.definition),
            version=self.version,
            tariffs=self._tariffs,
            places=self._places,
        )

    @property
    def code(self) -> str:
        """National code, `2.000635`."""
        return self.definition.code

    @property
    def name(self) -> str:
        """The official name, verbatim."""
        return self.definition.name

    @property
    def title(self) -> str:
        """The name in plain words."""
        return self.definition.title

    @property
    def fileable(self) -> bool:
        """Whether a dossier can be filed here."""
        return self.definition.not_fileable is None

    @property
    def why_not(self) -> str | None:
        """Why it cannot be filed here, for citizens."""
        return self.definition.not_fileable

    def closed(self, on: date) -> bool:
        """Whether the law behind this version has ended (hết hiệu lực)."""
        end = self.definition.valid_to
        return end is not None and end < on

    def begins_after(self, on: date) -> date | None:
        """Give the first day of this version (hiệu lực từ ngày) while it lies ahead."""
        start = self.definition.valid_from
        return start if start is not None and on < start else None

    def as_of(self, on: date) -> Definition:
        """Give the definition of a day: outside its dates it cannot be filed, and says why."""
        start = self.begins_after(on)
        if start is not None:
            vi, en = "Áp dụng từ ngày", "In force from"
            return _not_now(self.definition, f"{vi} {start:%d/%m/%Y}.", f"{en} {start:%d/%m/%Y}.")
        if self.closed(on):
            vi = "Quy định cũ đã hết hiệu lực. Hỏi bộ phận một cửa về quy định mới."
            en = "These rules have ended. Ask at the one-stop counter for the new ones."
            return _not_now(self.definition, vi, en)
        return self.definition

    @property
    def papers(self) -> tuple[Paper, ...]:
        """All papers (thành phần hồ sơ), in order."""
        return self.definition.papers

    @property
    def steps(self) -> tuple[Step, ...]:
        """The form, one screen each."""
        return self.definition.steps

    def stored(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Bring answers into the form in which they are kept: what has one line is one line."""
        return forms.stored(self.definition, answers)

    def clean(self, people: People, answers: Mapping[str, Any]) -> tuple[People, dict[str, Any]]:
        """Bring people and answers into the form that is judged: plain phones, nothing hidden."""
        return forms.clean(self.definition, people, answers)

    def faults(
        self,
        people: People,
        answers: Mapping[str, Any],
        *,
        today: date,
        filed: date | None = None,
    ) -> list[Fault]:
        """List everything to put right before the dossier can be handed in.

        `filed` is the day of filing, where that was earlier than today.
        """
        on = filed or today
        definition = self._dated(self.definition, on, visits_from=on - LATE_VISIT)
        return forms.faults(definition, people, answers, today=today)

    def _dated(
        self, definition: Definition, filed: date, *, visits_from: date | None = None
    ) -> Definition:
        """Give the questions that want notice (báo trước) their earliest date."""
        places = self._places

        def earliest(lead: Lead) -> date:
            comes = lead.open and lead.days == 0
            first = visits_from if comes and visits_from else filed
            return places.day_after(first, Duration(lead.days, lead.unit))

        return leads.dated(definition, earliest, on=filed)

    def in_time(self, answers: Mapping[str, Any], *, on: date) -> dict[str, Any]:
        """Move the dates that want notice (báo trước) to the earliest, where they are too soon."""
        is_working = self._places.calendar.is_working
        return leads.in_time(self._dated(self.definition, on), answers, is_working)

    def derived(self, people: People, answers: Mapping[str, Any], *, today: date) -> dict[str, str]:
        """Work out what is derived of the answers (tự tính): a date in words, an age."""
        return forms.derived(self.definition, people, answers, today=today)

    def applicants(self, people: People, answers: Mapping[str, Any]) -> list[Applicant]:
        """List the two who apply together (hai bên) with their roles; [] where one applies."""
        return forms.applicants(self.definition, people, answers)

    def presence(self, answers: Mapping[str, Any]) -> list[Presence]:
        """List who must come in person in this case, and at which step."""
        kept = forms.visible(self.definition, answers).answers
        return [one for one in self.definition.presence if holds(one.when, kept, today=date.min)]

    def stop(self, answers: Mapping[str, Any]) -> Stop | None:
        """Find what ends the form early (không đủ điều kiện); None when it may be filed."""
        return forms.stop(self.definition, answers)

    def unknown_ids(
        self, answers: Mapping[str, Any], papers: Sequence[PaperGiven] = ()
    ) -> list[Fault]:
        """List what even a draft may not hold: unknown ids, wrong shapes, too many files."""
        return forms.unknown_ids(self.definition, answers, papers)

    def papers_wanted(self, people: People, answers: Mapping[str, Any]) -> list[PaperWanted]:
        """List the papers that take files in this case."""
        del people  # the rules so far look at answers alone
        return forms.papers_wanted(self.definition, answers)

    def missing_consents(self, given: Mapping[str, str]) -> list[Fault]:
        """List the declarations not ticked in their present wording; `given` is id to version."""
        return forms.missing_consents(self.definition, given)

    def prices(self, *, unit: str | None, channel: str, on: date) -> dict[str, Price]:
        """Find the amount of each fee line in force at a unit; unknown ones are None."""
        chain = [one.code for one in self._places.above(unit, on=on)] if unit else []
        return {
            item.id: fees.price(
                item,
                procedure=self.code,
                tariffs=self._tariffs,
                places=chain,
                channel=channel,
                on=on,
            )
            for item in (self.definition.fee.items if self.definition.fee else ())
        }

    def quote(
        self, answers: Mapping[str, Any], *, unit: str, channel: str, on: date
    ) -> Quote | None:
        """Say what is to pay; None when the procedure carries no fee."""
        if self.definition.fee is None:
            return None
        kept = forms.visible(self.definition, answers).answers
        prices = self.prices(unit=unit, channel=channel, on=on)
        return fees.quote(self.definition.fee, kept, prices, on=on)

    def exempt_groups(self) -> dict[str, str]:
        """Name who pays nothing (diện được miễn phí) by id; lines of words alone are no groups."""
        fee = self.definition.fee
        groups = fee.exemptions if fee else ()
        return {one.id: one.words for one in groups if isinstance(one, Exemption)}

    @property
    def times_by_answers(self) -> bool:
        """Whether the time, or where it begins, depends on the answers."""
        return bool(self.deciding_answers)

    @property
    def asks_for_a_day(self) -> bool:
        """Whether a question takes days on which the desk is open, from the next one on."""
        fields = (field for step in self.definition.steps for field in step.fields)
        return any(field.lead is not None and field.lead.open for field in fields)

    @property
    def begins_with_a_visit(self) -> bool:
        """Whether the time begins with the day on which somebody comes."""
        deadline = self.definition.deadline
        return deadline is not None and deadline.counts_from is not None

    @property
    def same_day_before(self) -> str | None:
        """Before which hour of a day (`15:00`) the result comes that day, whatever is answered."""
        deadline = self.definition.deadline
        if deadline is None or deadline.days or deadline.cases:
            return None
        return deadline.cutoff

    @property
    def deciding_answers(self) -> set[str]:
        """Name the questions whose answers change the time, or where it begins."""
        deadline = self.definition.deadline
        if deadline is None:
            return set()
        visit = {deadline.counts_from} if deadline.counts_from else set()
        return visit | {question for one in deadline.cases for question in asked_in(one.when)}

    def asked(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the answers that the form asks for, given the others."""
        return forms.visible(self.definition, answers).answers

    def answer_faults(self, answers: Mapping[str, Any], *, today: date) -> list[Fault]:
        """List what is wrong with these answers by themselves."""
        return forms.answer_faults(self.definition, answers, today=today)

    def time(self, answers: Mapping[str, Any]) -> Deadline | DeadlineCase | None:
        """Find the time that counts for these answers: the first case that holds, else the base."""
        deadline = self.definition.deadline
        if deadline is None or not deadline.cases:
            return deadline
        kept = forms.visible(self.definition, answers).answers
        holding = (one for one in deadline.cases if holds(one.when, kept, today=date.min))
        return next(holding, deadline)

    def due_at(
        self, start: datetime, *, unit: str, answers: Mapping[str, Any] | None = None
    ) -> datetime | None:
        """Say by when the result is due for a dossier accepted then; None without a deadline."""
        due = self.due(start, unit=unit, answers=answers)
        return due.at if due else None

    def due(
        self,
        start: datetime,
        *,
        unit: str,
        answers: Mapping[str, Any] | None = None,
        pauses: Sequence[Pause] = (),
    ) -> Due | None:
        """Say by when the result is due and why, without what was paused; None without a deadline.

        Its `at` is None while a pause stands.
        """
        found = self.time(answers or {})
        if found is None:
            return None
        limit = Duration(found.days, found.unit)
        begins = self._begins(start, answers or {}, unit)
        return self._places.deadline(begins, limit, unit=unit, cutoff=found.cutoff, pauses=pauses)

    def _begins(self, start: datetime, answers: Mapping[str, Any], unit: str) -> datetime:
        """Let the time begin with the visit, where one is told and lies on a later day."""
        visit = self.visit(answers, unit=unit)
        later = visit is not None and visit.begins.date() > start.astimezone(VIETNAM).date()
        return visit.begins if visit and later else start

    def visit(self, answers: Mapping[str, Any], *, unit: str) -> Visit | None:
        """Tell when somebody means to come (ngày đến); None where that is not asked or told."""
        if not self.begins_with_a_visit:
            return None
        kept, found = forms.visible(self.definition, answers).answers, self.time(answers)
        hours = self._places.hours(unit)
        return visits.visit(self.definition, kept, hours, cutoff=found.cutoff if found else None)

    def fee_note(self, *, unit: str | None, on: date, language: Language = "vi") -> str:
        """Say the price in a few words."""
        prices = self.prices(unit=unit, channel="online", on=on)
        return publishing.fee_note(self.definition, prices, language)

    def _compared(self, *, unit: str | None, on: date) -> dict[str, Price]:
        """Find the prices online, with those of the counter where they differ."""
        counter = self.prices(unit=unit, channel="direct", on=on)
        return {
            key: one
            if counter[key].amount == one.amount
            else msgspec.structs.replace(one, at_counter=counter[key].amount)
            for key, one in self.prices(unit=unit, channel="online", on=on).items()
        }

    def published(
        self,
        *,
        unit: str | None,
        on: date,
        visits_from: date | None = None,
        language: Language = "vi",
    ) -> dict[str, Any]:
        """Write the definition as the PWA draws it, in one language.

        `visits_from` is the first day on which one can still come: the next one in the evening.
        """
        place = self._places.unit(unit) if unit else None
        known = _unit(place, self._places.hours(place.code)) if place else None
        prices = self._compared(unit=unit, on=on)
        dated = self._dated(self.as_of(on), on, visits_from=visits_from)
        definition = leads.hinted(dated, on=on)
        document = publishing.published(
            definition,
            version=self.version,
            unit=known,
            prices=prices,
            language=language,
            portal_alone=place is not None and place.takes_by_portal_alone(on),
        )
        hours = self._places.hours(unit or "")
        closes, is_working = hours.sessions[-1].closes, self._places.calendar.is_working
        leads.with_days_off(document["steps"], is_working, closes=closes)
        visits.with_ends(document["steps"], definition, hours)
        return document

    def by_portal_alone(self, *, unit: str, on: date) -> bool:
        """Tell whether it is prepared here and filed at the national portal (Cổng DVCQG)."""
        place = self._places.unit(unit)
        at_unit = place is not None and place.takes_by_portal_alone(on)
        return at_unit or self.definition.portal_only is not None


def _not_now(definition: Definition, vietnamese: str, english: str) -> Definition:
    return msgspec.structs.replace(definition, not_fileable=vietnamese, not_fileable_en=english)


def _unit(unit: Unit, hours: Hours) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "office": unit.office,
        "address": unit.address,
        "phone": unit.phone,
        "hours": str(hours),
    }
