"""Loading units and calendars, and refusing broken files."""

import shutil
from datetime import date

import pytest

from backend import places


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(places.DATA, copy)
    return copy


@pytest.fixture(autouse=True)
def _loaded():
    yield
    places.load("test")


def test_demo_units_are_loaded_in_demo_and_test_alone():
    places.load("demo")
    assert places.get("om-long-hung").demo

    places.load("production")
    assert not places.get("om-long-hung").demo
    assert places.get("ct-thoi-long").name == "Phường Thới Long"


def test_an_unknown_unit_is_not_found():
    places.load("test")

    with pytest.raises(places.UnknownUnit):
        places.get("om-nowhere")
    with pytest.raises(places.UnknownUnit):
        places.name("")


def test_the_door_answers_from_what_was_loaded():
    places.load("test")

    assert places.name("om-thoi-an") == "Phường Thới An"
    assert len(places.below("om", date(2026, 11, 22))) == 8
    assert [one.code for one in places.above("om-thoi-an", date(2026, 11, 22))][-1] == "om"
    assert not places.calendar().is_working(date(2026, 11, 24))
    assert str(places.hours("om-thoi-an")) == "07:00–11:30, 13:30–17:00"
    assert places.current().unit("om") is not None


BROKEN = [
    (
        "demo.yaml",
        "kind: district",
        "kind: distrct",
        'units[0].kind: "distrct" is not one of the known words. Did you mean "district"?',
    ),
    (
        "demo.yaml",
        "code: om-thoi-hoa",
        "code: om-chau-van-liem",
        'the id "om-chau-van-liem" stands twice',
    ),
    (
        "demo.yaml",
        "child: om-thoi-an,",
        "child: om-thoi-am,",
        'edges: "om-thoi-am" is no unit. Did you mean "om-thoi-an"?',
    ),
    ("demo.yaml", '"31154"', '"31153"', "the gso code 31153 of om-thoi-hoa means two units"),
    (
        "demo.yaml",
        "    kind: district\n",
        "    kind: district\n    hours: {sessions: [{opens: '13:00', closes: '12:00'}]}\n",
        "the hours of om do not follow each other",
    ),
    (
        "calendar-2026.yaml",
        "day: 2026-11-24",
        "day: 2026-11-31",
        'data/calendar-2026.yaml:23:11  off[14].day: "2026-11-31" is not a date that exists',
    ),
    (
        "calendar-2026.yaml",
        "day: 2026-11-24",
        "day: 2027-11-24",
        "data/calendar-2026.yaml:23:11  off[14].day: 2027-11-24 is not in 2026",
    ),
    (
        "calendar-2026.yaml",
        "day: 2026-02-17",
        "day: 2026-02-16",
        "data/calendar-2026.yaml:12:11  off[3].day: 2026-02-16 stands twice",
    ),
    (
        "calendar-2026.yaml",
        "day: 2026-08-22",
        "day: 2026-08-21",
        "data/calendar-2026.yaml:26:11  work[1].day: 2026-08-21 is no Saturday or Sunday",
    ),
    (
        "calendar-2026.yaml",
        "day: 2026-08-22",
        "day: 2026-04-26",
        "data/calendar-2026.yaml:26:11  work[1].day: 2026-04-26 stands in off, too",
    ),
    (
        "calendar-2026.yaml",
        "instead_of: 2026-08-31",
        "instead_of: 2026-08-30",
        "data/calendar-2026.yaml:26:67  work[1].instead_of: 2026-08-30 is no day off in this file",
    ),
    (
        "calendar-2026.yaml",
        "instead_of: 2026-04-26",
        "instead_of: 2026-04-24",
        "data/calendar-2026.yaml:17:68  off[8].instead_of: 2026-04-24 is no Saturday or Sunday",
    ),
    (
        "calendar-2026.yaml",
        "year: 2026",
        "year: 2028",
        "data/calendar-2026.yaml:2:7  year: is 2028, the file says 2026",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), BROKEN)
def test_a_broken_data_file_stops_the_start_and_names_its_place(folder, file, old, new, expected):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(places.BadPlaces) as refused:
        places.load("demo", folder=folder)

    assert expected in str(refused.value)


def test_a_year_without_a_notice_is_warned_about_with_its_place(folder):
    [warning] = places.warnings(folder)

    assert str(warning).startswith(
        "data/calendar-2027.yaml:2:7  notice: 2027 has no government notice"
    )


def test_a_calendar_that_is_no_yaml_stops_the_start(folder):
    (folder / "calendar-2026.yaml").write_text("year: [", encoding="utf-8")

    with pytest.raises(places.BadPlaces, match="is not YAML"):
        places.load("demo", folder=folder)


def test_a_missing_data_file_stops_the_start(folder):
    (folder / "demo.yaml").unlink()

    with pytest.raises(places.BadPlaces, match="the file is missing"):
        places.load("demo", folder=folder)
