"""The officer's bodies and counts."""

from datetime import datetime

import pytest

from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Unprocessable
from backend.workbench.model import (
    Decision,
    Papers,
    SupplementWanted,
    have_and_need,
)
from backend.workbench.model.signals import HELPED, Helped, earlier, helped


def wanted(until):
    return SupplementWanted(seen=1, items=[], until=until)


def test_a_date_means_the_end_of_that_day():
    assert wanted("2026-11-30").ends_at() == datetime(2026, 11, 30, 23, 59, 59, tzinfo=VIETNAM)


def test_a_moment_without_a_zone_is_vietnamese_time():
    assert wanted("2026-11-30T17:00:00").ends_at() == datetime(2026, 11, 30, 17, tzinfo=VIETNAM)


def test_a_moment_with_a_zone_stays_what_it_is():
    assert wanted("2026-11-30T10:00:00Z").ends_at() == datetime(2026, 11, 30, 17, tzinfo=VIETNAM)


@pytest.mark.parametrize("until", ["", "tomorrow", "2026-02-30", "30/11/2026", "2026-11-30T25:00"])
def test_what_is_no_date_is_refused_with_its_place(until):
    with pytest.raises(Unprocessable) as refused:
        wanted(until).ends_at()

    assert refused.value.errors[0].pointer == "/until"


def test_an_empty_reason_is_no_reason():
    assert Decision(seen=1, reason="  \n ").checked_reason() is None
    assert Decision(seen=1).checked_note() is None


def test_a_reason_keeps_its_lines_but_no_hidden_characters():
    assert Decision(seen=1, reason=" Thiếu\ntrang 2 ").checked_reason() == "Thiếu\ntrang 2"
    with pytest.raises(Unprocessable):
        Decision(seen=1, reason="Thiếu\u202e").checked_reason()


@pytest.mark.parametrize(
    ("wanted", "given", "unreadable", "papers"),
    [
        ({}, {}, set(), Papers(0, 0)),
        ({"a": 1}, {}, set(), Papers(0, 1)),
        ({"a": 1, "b": 1}, {"a": ["x"]}, set(), Papers(1, 2)),
        ({"a": 2}, {"a": ["x"]}, set(), Papers(0, 1)),
        ({"a": 1}, {"a": ["x", "y"]}, {"y"}, Papers(0, 1)),
        ({"a": 0}, {"a": []}, set(), Papers(0, 1)),
        ({"a": 1}, {"a": ["x"], "extra": ["y"]}, {"y"}, Papers(1, 1)),
    ],
)
def test_papers_count_when_they_are_there_and_readable(wanted, given, unreadable, papers):
    assert have_and_need(wanted, given, frozenset(unreadable)) == papers


def test_a_familys_dossiers_on_one_phone_are_no_signal_and_more_are():
    assert helped(0) is None
    assert helped(HELPED) is None
    assert helped(HELPED + 1) == Helped(HELPED + 1, 30)


def test_earlier_values_are_those_of_questions_answered_otherwise():
    before = {"so_luong": 1, "muc_dich": "Xin việc", "ghi_chu": "x"}

    assert earlier(before, before) == {}
    assert earlier(before, {"so_luong": 3, "muc_dich": "Xin việc", "them": True}) == {
        "so_luong": 1,
        "ghi_chu": "x",
        "them": None,
    }
