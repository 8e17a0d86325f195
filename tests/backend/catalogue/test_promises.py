"""What a procedure promises: times by case, no due date, presence, draft, posting."""

from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from backend import places
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read
from backend.platform.kit.clock import VIETNAM

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]
WARD = "om-long-hung"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=VIETNAM)
DEADLINE = """deadline:
  text: Trong ngày
  days: 0
  cutoff: "15:00"
  law: Luật
"""
CASES = """deadline:
  text: Trong ngày
  days: 0
  cutoff: "15:00"
  law: Luật
  cases:
    - {when: {answer: loai, is: b}, text: 03 ngày làm việc, days: 3, law: Điều 2}
    - {when: {answer: so_luong, above: 5}, text: 06 ngày làm việc, days: 6}
  verification: {text: Xác minh thêm 05 ngày, text_en: Five more, days: 5, law: Điều 3}
"""


def procedure(deadline=DEADLINE, more=""):
    found = read("x.yaml", BASE.replace(DEADLINE, deadline) + more, {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def due(one, **answers):
    return one.due_at(MONDAY, unit=WARD, answers=answers).isoformat()[:16]


def shown(one, language="vi"):
    return one.published(unit=WARD, on=date(2026, 11, 16), language=language)


def test_the_first_case_that_holds_sets_the_time():
    cases = procedure(CASES)

    assert due(cases, loai="a", so_luong=1) == "2026-11-16T17:00"
    assert due(cases, loai="b", so_luong=9) == "2026-11-19T17:00"
    assert due(cases, loai="a", so_luong=9) == "2026-11-25T17:00"


def test_without_answers_the_base_time_counts():
    assert due(procedure(CASES)) == "2026-11-16T17:00"


def test_a_hidden_answer_makes_no_case():
    hidden = CASES.replace("{answer: so_luong, above: 5}", "{answer: co_b, is: true}")

    assert due(procedure(hidden), loai="a", so_luong=1, co_b=True) == "2026-11-16T17:00"


def test_verifying_is_said_and_never_added():
    document = shown(procedure(CASES))

    assert due(procedure(CASES), loai="b") == "2026-11-19T17:00"
    assert document["deadline"]["verification"] == {
        "text": "Xác minh thêm 05 ngày",
        "days": 5,
        "unit": "working_days",
        "law": "Điều 3",
    }
    assert shown(procedure(CASES), "en")["deadline"]["verification"]["text"] == "Five more"


def test_days_of_the_calendar_end_on_a_working_day():
    plain = procedure("deadline: {text: 5 ngày, days: 5, unit: days, law: Luật}\n")

    assert due(plain) == "2026-11-23T17:00"


def test_what_an_older_phone_knows_of_a_deadline_stays_as_it_was():
    assert shown(procedure())["deadline"] == {
        "text": "Trong ngày",
        "days": 0,
        "unit": "working_days",
        "cutoff": "15:00",
        "law": "Luật",
    }


def test_a_committed_time_stands_beside_the_statutory_one():
    kept = procedure("deadline: {text: 5 ngày, days: 5, committed_days: 3, law: Luật}\n")

    assert shown(kept)["deadline"]["committed_days"] == 3
    assert due(kept) == "2026-11-23T17:00"


def test_a_notice_has_no_due_date_and_says_why():
    notice = procedure(
        "no_deadline: {text: Thông báo thì không hẹn trả., text_en: A notice has none.}\n"
    )

    assert notice.due_at(MONDAY, unit=WARD) is None
    assert shown(notice)["deadline"] is None
    assert shown(notice)["no_deadline"] == {"text": "Thông báo thì không hẹn trả."}


def test_presence_draft_and_posting_are_told():
    more = """presence:
  - {who: both, step: result, text: Hai bên cùng đến ký., when: {answer: loai, is: a}}
draft_confirmation: {text: Bạn xem dự thảo trong 1 ngày.}
public_posting: {days: 3, text: Danh sách niêm yết ở phường.}
"""

    document = shown(procedure(more=more))

    assert document["presence"] == [
        {
            "who": "both",
            "step": "result",
            "text": "Hai bên cùng đến ký.",
            "when": {"answer": "loai", "is": "a"},
        }
    ]
    assert document["draft_confirmation"] == {"days": 1, "text": "Bạn xem dự thảo trong 1 ngày."}
    assert document["public_posting"]["days"] == 3


def test_a_result_may_bring_others_along():
    text = BASE.replace(
        "  name: Kết quả\n", "  name: Kết quả\n  also: [{name: Trích lục, code: KQ.1}]\n"
    )
    found = read("x.yaml", text, {})

    assert [one.code for one in found.definition.result.also] == ["KQ.1"]


def test_the_time_found_is_the_case_itself():
    cases = procedure(CASES)

    assert cases.times_by_answers
    assert cases.time({"loai": "b"}).law == "Điều 2"
    assert not procedure().times_by_answers


@pytest.mark.parametrize("days", [1, 10, 40])
def test_days_of_the_calendar_never_end_before_their_number(days):
    plain = procedure(f"deadline: {{text: ngày, days: {days}, unit: days, law: Luật}}\n")

    end = plain.due_at(MONDAY, unit=WARD)

    assert (end.date() - MONDAY.date()).days >= days
    assert PLACES.calendar.is_working(end.date())


def test_a_definition_survives_being_written_as_json():
    definition = procedure(CASES).definition

    assert msgspec.json.decode(msgspec.json.encode(definition), type=type(definition)) == definition


VISIT = 'deadline: {text: ngày, days: 0, cutoff: "15:00", counts_from: ngay, law: Luật}\n'


@pytest.mark.parametrize(
    ("visit", "ends"),
    [
        ("2026-12-10", "2026-12-10T17:00:00+07:00"),
        ("2026-12-12", "2026-12-14T17:00:00+07:00"),  # a Saturday
        ("2026-01-01", "2026-11-16T17:00:00+07:00"),
        (None, "2026-11-16T17:00:00+07:00"),
    ],
)
def test_a_time_begins_with_the_visit_where_that_lies_ahead(visit, ends):
    asked = procedure(VISIT)
    given = {"loai": "a", "so_luong": 1, "ngay": visit}

    assert asked.due_at(MONDAY, unit=WARD, answers=given).astimezone(VIETNAM).isoformat() == ends
    assert asked.times_by_answers
    assert asked.begins_with_a_visit
