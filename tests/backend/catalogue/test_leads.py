"""A date that wants notice (báo trước): the earliest day, for whom it is served and judged."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue import People, Person
from backend.catalogue.model import leads
from backend.catalogue.model.preview import sheet
from backend.catalogue.model.preview_lines import walk_through
from backend.places.model import Duration
from tests.backend.catalogue.test_differences import base

ROOT = Path(__file__).parents[3]
LEADS = json.loads((ROOT / "procedures/vectors/leads.json").read_text(encoding="utf-8"))
FRIDAY = datetime(2026, 11, 20, 2, tzinfo=UTC)
PROMOTION = "2.000033"


@pytest.fixture(autouse=True)
def served():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: FRIDAY)


def from_day(document):
    """Find the question for the first day of the promotion."""
    return next(
        field for step in document["steps"] for field in step["fields"] if field["id"] == "tu_ngay"
    )


def served_day(**query):
    return from_day(json.loads(catalogue.packed(PROMOTION, unit="om-long-hung", **query).plain))


def faults_of(day, **when):
    found = catalogue.get(PROMOTION).faults(People(Person()), {"tu_ngay": day}, **when)
    return [one for one in found if one.pointer == "/answers/tu_ngay"]


@pytest.mark.parametrize("vector", LEADS, ids=lambda one: one["name"])
def test_the_earliest_day_comes_out_as_in_the_vectors(vector):
    filed, wanted = (date.fromisoformat(vector[key]) for key in ("filed", "expect"))

    assert places.current().day_after(filed, Duration(vector["days"], vector["unit"])) == wanted


def test_the_form_is_served_with_the_earliest_date_for_who_files_today():
    field = served_day()

    assert field["min"] == "2026-11-26"
    assert field["lead"] == {"days": 3, "unit": "working_days"}
    assert field["hint"] == "Nộp ngày 20/11/2026 thì sớm nhất là ngày 26/11/2026."
    english = served_day(language="en")
    assert english["hint"] == "Filed on 20/11/2026, the earliest is 26/11/2026."


def test_a_visit_is_served_with_the_days_off_until_its_last_day():
    document = json.loads(catalogue.packed("2.000815", unit="om-long-hung").plain)
    [day] = [one for step in document["steps"] for one in step["fields"] if one["id"] == "ngay_den"]

    assert (day["min"], day["max"]) == ("2026-11-20", "2027-01-19")
    assert day["lead"]["closed"][:3] == ["2026-11-21", "2026-11-22", "2026-11-24"]
    assert "2027-01-01" in day["lead"]["closed"]
    assert "closed" not in served_day()["lead"]


def test_another_day_serves_another_earliest_date_of_the_same_version():
    version = catalogue.get(PROMOTION).version
    now = [FRIDAY]
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: now[0])
    before = served_day()["min"]

    now[0] = datetime(2026, 11, 25, 2, tzinfo=UTC)

    assert (before, served_day()["min"]) == ("2026-11-26", "2026-11-30")
    assert catalogue.get(PROMOTION).version == version


def test_too_soon_is_refused_with_the_earliest_date_in_words():
    (fault,) = faults_of("2026-11-25", today=FRIDAY.date())

    assert fault.code == "too-early"
    assert fault.message_vi == (
        "Phải báo trước ít nhất 3 ngày làm việc. Ngày sớm nhất là 26/11/2026."
    )
    assert fault.message_en == "At least 3 working days before. The earliest date is 26/11/2026."
    assert faults_of("2026-11-26", today=FRIDAY.date()) == []


def test_the_notice_counts_from_the_day_of_filing_not_from_a_later_answer():
    later = date(2026, 11, 27)

    assert faults_of("2026-11-26", today=later, filed=FRIDAY.date()) == []
    assert [one.code for one in faults_of("2026-11-26", today=later)] == ["too-early"]


def test_the_example_can_be_handed_in_on_any_day():
    now = datetime(2027, 6, 1, 2, tzinfo=UTC)
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: now)

    answers = catalogue.example(PROMOTION)["answers"]

    assert answers["tu_ngay"] == "2027-06-04"
    assert faults_of(answers["tu_ngay"], today=now.date()) == []


def test_the_earliest_date_stands_behind_the_hint_that_the_file_has():
    field = "        label: Ngày\n        required: false\n"
    hint = "        hint: Ngày đầu tiên.\n        hint_en: The first day.\n"
    definition = base((field, f"{field}{hint}        lead: {{days: 3}}\n"))

    made = leads.dated(definition, lambda _lead: date(2026, 11, 26), on=FRIDAY.date())
    shown = leads.hinted(made, on=FRIDAY.date()).steps[1].fields[1]

    assert shown.hint == ("Ngày đầu tiên. Nộp ngày 20/11/2026 thì sớm nhất là ngày 26/11/2026.")
    assert shown.hint_en == "The first day. Filed on 20/11/2026, the earliest is 26/11/2026."


def test_a_form_without_notice_is_left_as_it_is():
    definition = base()

    made = leads.dated(definition, lambda _lead: date(2026, 11, 26), on=FRIDAY.date())

    assert made is definition
    assert leads.hinted(made, on=FRIDAY.date()) is definition


COPIES = "2.000815"


def visit(day, *, today=FRIDAY):
    found = catalogue.get(COPIES).faults(People(Person()), {"ngay_den": day}, today=today.date())
    return [(one.code, one.message_vi) for one in found if one.pointer == "/answers/ngay_den"]


def test_a_visit_lies_within_sixty_days_and_one_that_comes_late_is_not_lost():
    early = "Ngày đến này đã qua. Chọn ngày khác, từ hôm nay trở đi."

    assert visit("2026-11-20") == visit("2026-11-23") == visit("2027-01-19") == []
    assert visit("2026-11-19") == visit("2026-10-21") == []
    assert visit("1961-11-23") == visit("2026-10-20") == [("too-early", early)]
    assert visit("2027-01-20") == [("too-late", "Ngày muộn nhất là 19/01/2027")]
    assert visit("2099-12-31") == [("too-late", "Ngày muộn nhất là 19/01/2027")]


def test_in_the_evening_the_form_offers_the_next_day_on_which_the_ward_is_open():
    now = [FRIDAY]
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: now[0])

    def first_day():
        steps = json.loads(catalogue.packed(COPIES, unit="om-long-hung").plain)["steps"]
        [day] = [one for step in steps for one in step["fields"] if one["id"] == "ngay_den"]
        return day["min"], day["lead"]["ends"]

    morning = first_day()
    now[0] = datetime(2026, 11, 20, 11, tzinfo=UTC)

    assert (morning, first_day()) == (("2026-11-20", "17:00"), ("2026-11-23", "17:00"))


def test_the_form_says_from_when_until_when_one_may_come():
    steps = json.loads(catalogue.packed(COPIES, unit="om-long-hung").plain)["steps"]
    [field] = [one for step in steps for one in step["fields"] if one["id"] == "ngay_den"]

    assert (field["min"], field["max"]) == ("2026-11-20", "2027-01-19")
    assert field["hint"].endswith("Từ ngày 20/11/2026 đến ngày 19/01/2027.")


def test_the_example_of_a_visit_moves_off_a_day_off():
    saturday = datetime(2026, 12, 5, 2, tzinfo=UTC)
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: saturday)

    assert catalogue.example(COPIES)["answers"]["ngay_den"] == "2026-12-07"


def test_who_reviews_a_visit_reads_its_days_and_what_counts_from_it():
    lines = "\n".join(walk_through(sheet(catalogue.get(COPIES).definition)))

    assert "trong 60 ngày từ ngày nộp; ngày nghỉ thì hỏi lại một lần" in lines
    assert "Tính từ “Ngày đến”, nếu ngày đó sau ngày nhận hồ sơ." in lines


def test_the_example_of_a_visit_comes_within_the_days_that_are_taken():
    now = datetime(2026, 6, 1, 2, tzinfo=UTC)
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: now)

    day = catalogue.example(COPIES)["answers"]["ngay_den"]

    assert visit(day, today=now) == []
