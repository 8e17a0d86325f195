"""Periods, shares, and which dossier counts by which definition."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.targets.model import BY_ID, BadPeriod, Fact, period, share

SEEN = date(2026, 11, 22)


def fact(**changed):
    given = {
        "code": "2" * 13,
        "unit": "om-long-hung",
        "procedure": "2.000635",
        "channel": "online",
        "accepted_at": datetime(2026, 11, 2, 2, tzinfo=UTC),
        "accepted_on": date(2026, 11, 2),
        "due_on": date(2026, 11, 3),
        "ended_on": None,
        "waiting_since": None,
        "amount": 8000,
        "exempt": False,
        "paid_online": True,
    }
    return Fact(**given | changed)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(text, first, last):
    found = period(text)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-0", "2026-Q5", "2026-11-22", "20٢٦", "2026\n"]
)
def test_any_other_period_is_refused(text):
    with pytest.raises(BadPeriod):
        period(text)


def test_a_share_of_nothing_is_no_number():
    assert share(0, 0) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_the_percentage_to_one_decimal(part, whole):
    found = share(part, whole)

    assert abs(found - 100 * part / whole) <= 0.05 + 1e-9
    assert round(found, 1) == found


@pytest.mark.parametrize(
    ("channel", "counts"),
    [("online", True), ("assisted", True), ("direct", False), ("post", False)],
)
def test_filed_online_looks_at_the_channel_alone(channel, counts):
    indicator, one = BY_ID["filed_online"], fact(channel=channel)

    assert indicator.base(one, SEEN)
    assert indicator.hit(one, SEEN) is counts


@pytest.mark.parametrize(
    ("changed", "belongs"),
    [({}, True), ({"amount": 0}, False), ({"exempt": True}, False), ({"paid_online": False}, True)],
)
def test_only_dossiers_that_owe_something_belong_to_paid_online(changed, belongs):
    assert BY_ID["paid_online"].base(fact(**changed), SEEN) is belongs


@pytest.mark.parametrize(
    ("changed", "in_time"),
    [
        ({"ended_on": date(2026, 11, 3)}, True),
        ({"ended_on": date(2026, 11, 2)}, True),
        ({"ended_on": date(2026, 11, 4)}, False),
        ({}, False),
        ({"due_on": date(2026, 11, 22)}, True),
        ({"waiting_since": date(2026, 11, 3)}, True),
        ({"waiting_since": date(2026, 11, 4)}, False),
        ({"waiting_since": date(2026, 11, 3), "ended_on": date(2026, 11, 9)}, False),
    ],
)
def test_on_time_compares_days_and_measures_open_dossiers_today(changed, in_time):
    assert BY_ID["on_time"].hit(fact(**changed), SEEN) is in_time


def test_a_procedure_without_a_due_date_stands_outside_on_time():
    assert not BY_ID["on_time"].base(fact(due_on=None), SEEN)


def test_every_definition_says_its_sentence_source_and_version():
    for indicator in BY_ID.values():
        assert indicator.sentence.endswith(".")
        assert indicator.sentence_en.endswith(".")
        assert "766/QĐ-TTg" in indicator.source
        assert "766/QĐ-TTg" in indicator.source_en
        assert indicator.version
