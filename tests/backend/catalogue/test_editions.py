"""Versions of one procedure beside each other: which counts on a day, and what has ended."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue.model import folder as folders

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
TODAY, NEXT_YEAR = date(2026, 11, 22), date(2027, 3, 1)
FIRST, LATER = "thu-nghiem/x.yaml", "thu-nghiem/x.2027-03-01.yaml"
NEW = BASE.replace("title: Thử nghiệm", "title: Mẫu mới\nvalid_from: 2027-03-01")


class Clock:
    """A clock that a test turns; midnight in Vietnam is 17:00 UTC."""

    def __init__(self):
        self.now = datetime(2027, 2, 28, 16, 59, 59, tzinfo=UTC)

    def __call__(self):
        return self.now

    def midnight(self):
        self.now = datetime(2027, 2, 28, 17, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def load(tmp_path, clock):
    """Write files and load them; earlier ones go."""
    places.load("test")

    def _load(**files):
        shutil.rmtree(tmp_path / "p", ignore_errors=True)
        (tmp_path / "p/thu-nghiem").mkdir(parents=True)
        for name, text in files.items():
            (tmp_path / "p/thu-nghiem" / f"{name}.yaml").write_text(text, encoding="utf-8")
        catalogue.load(tmp_path / "p", demo=True, clock=clock)

    _load()
    return _load


def title():
    return catalogue.get("9.000001").title


def test_a_scheduled_version_begins_at_midnight_without_a_restart(load, clock):
    load(x=BASE, x2027=NEW)
    before, listed = title(), catalogue.listing()[0].title
    packed = catalogue.packed("9.000001").etag

    clock.midnight()

    assert (before, listed, title()) == ("Thử nghiệm", "Thử nghiệm", "Mẫu mới")
    assert catalogue.listing()[0].title == "Mẫu mới"
    assert len(catalogue.listing()) == 1
    assert catalogue.packed("9.000001").etag != packed


def test_a_draft_keeps_its_version_when_the_next_has_begun(load, clock):
    load(x=BASE, x2027=NEW)
    version = catalogue.get("9.000001").version

    clock.midnight()

    assert catalogue.get("9.000001", version=version).title == "Thử nghiệm"
    assert catalogue.get("9.000001").version != version


def test_what_has_not_begun_is_listed_and_cannot_be_filed(load):
    load(x=NEW)

    listed = catalogue.listing()[0]

    assert (listed.fileable, listed.why_not) == (False, "Áp dụng từ ngày 01/03/2027.")


def test_what_has_ended_is_listed_and_cannot_be_filed(load, clock):
    load(x=BASE.replace("minutes: 2", "minutes: 2\nvalid_to: 2027-02-28"))
    before = catalogue.listing()[0].fileable

    clock.midnight()

    listed = catalogue.listing(language="en")[0]
    assert before
    assert (listed.fileable, listed.why_not) == (
        False,
        "These rules have ended. Ask at the one-stop counter for the new ones.",
    )
    assert catalogue.get("9.000001").closed(date(2027, 3, 1))
    assert not catalogue.get("9.000001").closed(date(2027, 2, 28))


def test_a_broken_later_version_lets_the_present_one_go_on(load):
    load(x=BASE, x2027=NEW.replace("minutes: 2", "minutes: hai"))

    assert title() == "Thử nghiệm"


def test_a_later_version_that_breaks_goes_on_as_it_was(load, clock):
    load(x=BASE, x2027=NEW)
    load(x=BASE, x2027=NEW.replace("minutes: 2", "minutes: hai"))
    before = title()

    clock.midnight()

    assert (before, title()) == ("Thử nghiệm", "Mẫu mới")


def test_two_versions_of_the_same_day_are_refused():
    found = folders.collect({FIRST: BASE, "thu-nghiem/y.yaml": BASE}, name="p")

    (told,) = (str(one) for one in found.findings)
    assert told.startswith("p/thu-nghiem/y.yaml:1:1  code: 9.000001 is in p/thu-nghiem/x.yaml")
    assert "another valid_from" in told


def test_versions_are_named_by_code_the_later_ones_with_their_day():
    found = folders.collect({LATER: NEW, FIRST: BASE}, name="p")

    assert list(found.good) == ["9.000001", "9.000001@2027-03-01"]
    assert found.good["9.000001"].source.path == f"p/{FIRST}"
    assert found.findings == []


def test_the_dates_and_the_national_page_are_told(load):
    load(
        x=BASE.replace("minutes: 2", "minutes: 2\nvalid_from: 2026-01-01\nnational_portal_id: a-b")
    )

    document = catalogue.get("9.000001").published(unit=None, on=TODAY)

    assert (document["valid_from"], document["national_portal_id"]) == ("2026-01-01", "a-b")
    assert "valid_to" not in document
