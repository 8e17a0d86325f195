"""The visit that starts the time: its session by the desk's hours, and its hour."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue.model.reading import read
from backend.catalogue.model.visits import visit, with_ends
from backend.places.model.calendar import Hours, Session
from backend.platform.kit.clock import VIETNAM

ROOT = Path(__file__).parents[3]
FRIDAY = datetime(2026, 11, 20, 2, tzinfo=UTC)
COPIES, WARD = "2.000815", "om-long-hung"


@pytest.fixture(autouse=True)
def served():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: FRIDAY)


def copies():
    return catalogue.get(COPIES)


def due(day, session, *, at=FRIDAY):
    answers = {"ngay_den": day, "buoi_den": session}
    return copies().due_at(at, unit=WARD, answers=answers).astimezone(VIETNAM)


def test_a_visit_has_the_hours_of_its_session_and_the_hour_that_decides_the_day():
    found = copies().visit({"ngay_den": "2026-11-23", "buoi_den": "chieu"}, unit=WARD)

    assert found is not None
    assert f"{found.begins:%d %H:%M}–{found.ends:%H:%M}" == "23 13:30–17:00"
    assert (found.session, found.session_en, found.before) == ("Buổi chiều", "Afternoon", "15:00")


def test_a_morning_ends_before_the_hour_so_nothing_is_said_of_it():
    found = copies().visit({"ngay_den": "2026-11-23", "buoi_den": "sang"}, unit=WARD)

    assert found is not None
    assert (f"{found.ends:%H:%M}", found.before) == ("11:30", None)


def test_a_day_without_a_session_is_the_whole_day():
    found = copies().visit({"ngay_den": "2026-11-23"}, unit=WARD)

    assert found is not None
    assert (f"{found.begins:%H:%M}–{found.ends:%H:%M}", found.session) == ("07:00–17:00", None)


def test_a_desk_with_other_sessions_is_open_for_the_visit_all_day():
    day = Hours(sessions=(Session("08:00", "16:00"),))

    found = visit(
        copies().definition, {"ngay_den": "2026-11-23", "buoi_den": "chieu"}, day, cutoff="15:00"
    )

    assert found is not None
    assert (f"{found.begins:%H:%M}–{found.ends:%H:%M}", found.session) == (
        "08:00–16:00",
        "Buổi chiều",
    )


def test_a_session_after_the_hour_is_answered_on_the_next_working_day():
    evening = Hours(sessions=(Session("07:00", "11:30"), Session("15:30", "19:00")))

    found = visit(
        copies().definition,
        {"ngay_den": "2026-11-23", "buoi_den": "chieu"},
        evening,
        cutoff="15:00",
    )

    assert found is not None
    assert found.before is None


@pytest.mark.parametrize("answers", [{}, {"ngay_den": "2026-13-01"}])
def test_without_a_day_there_is_no_visit(answers):
    assert copies().visit(answers, unit=WARD) is None


def test_a_procedure_whose_time_waits_for_nobody_has_no_visit():
    assert catalogue.get("2.000635").visit({"ngay_den": "2026-11-23"}, unit=WARD) is None


def test_the_time_begins_with_the_session_of_a_later_day():
    assert f"{due('2026-11-23', 'chieu'):%d %H:%M}" == "23 17:00"


def test_a_visit_of_before_the_receipt_changes_no_time():
    """Received after the hour of a Friday: a visit of that Monday must not make it the Friday."""
    late = datetime(2026, 11, 20, 9, tzinfo=UTC)

    assert f"{due(None, None, at=late):%d %H:%M}" == "23 17:00"
    assert due("2026-11-16", "sang", at=late) == due(None, None, at=late)
    assert due("2026-11-25", "sang", at=late) != due(None, None, at=late)


def test_a_second_choice_beside_the_day_of_a_visit_is_refused():
    folder = ROOT / "procedures"
    text = (folder / "chung-thuc/chung-thuc-chu-ky.yaml").read_text(encoding="utf-8")
    blocks = {one.stem: one.read_text(encoding="utf-8") for one in folder.glob("_shared/*.yaml")}
    desk = """    - id: quay
      kind: choice
      label: Quầy
      label_en: Desk
      options: [{id: a, label: A, label_en: A}]
"""
    assert read("x/a.yaml", text, blocks).findings == ()
    blocks["ngay-den"] = blocks["ngay-den"].replace(
        "    - id: buoi_den\n", f"{desk}    - id: buoi_den\n"
    )

    [found] = read("x/a.yaml", text, blocks).findings

    assert "one choice beside ngay_den names the sessions of the desk" in str(found)


def test_the_form_tells_when_each_session_of_the_desk_ends():
    shown = copies().published(unit=WARD, on=FRIDAY.date())

    [choice] = [one for step in shown["steps"] for one in step["fields"] if one["id"] == "buoi_den"]
    assert [one["ends"] for one in choice["options"]] == ["11:30", "17:00"]


def test_a_desk_with_other_sessions_is_told_no_ends():
    steps = copies().published(unit=WARD, on=FRIDAY.date())["steps"]
    options = [
        option for step in steps for one in step["fields"] for option in one.get("options", ())
    ]
    for option in options:
        option.pop("ends", None)

    with_ends(steps, copies().definition, Hours(sessions=(Session("08:00", "16:00"),)))

    assert not any("ends" in option for option in options)
