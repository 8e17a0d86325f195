"""The visit that starts the time: its session by the desk's hours, and its hour."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue.model.visits import visit
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
    assert f"{due('2026-11-19', 'chieu'):%d %H:%M}" == "20 17:00"
