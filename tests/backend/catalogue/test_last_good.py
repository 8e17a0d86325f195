"""Whatever breaks in a file that was served: its last good version goes on, and says where."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.platform.kit import logs

HERE = Path(__file__).parent
BASE = (HERE / "base.yaml").read_text(encoding="utf-8")
BROKEN = json.loads((HERE / "broken.json").read_text(encoding="utf-8"))
FEWEST = 40
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


def broken_text(case):
    return case["put"] if case["find"] is None else BASE.replace(case["find"], case["put"], 1)


@pytest.fixture
def file(tmp_path):
    """Load a folder of one procedure in order; tell where its file is."""
    places.load("test")
    path = tmp_path / "p/thu-nghiem/x.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(BASE, encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    catalogue.load(empty, demo=True, clock=lambda: NOW)
    catalogue.load(tmp_path / "p", demo=True, clock=lambda: NOW)
    return path


def test_there_are_enough_ways_to_break_a_file():
    assert len(BROKEN) >= FEWEST


@pytest.mark.parametrize("case", BROKEN, ids=lambda one: one["name"])
def test_a_file_that_breaks_is_named_and_its_last_good_version_goes_on(file, case, caplog):
    before = catalogue.get("9.000001").version
    file.write_text(broken_text(case), encoding="utf-8")

    with caplog.at_level("ERROR", logger=logs.get("catalogue").name):
        catalogue.load(file.parents[1], demo=True, clock=lambda: NOW)

    told = [one.reason for one in caplog.records if one.message == "file-refused"]
    assert told
    assert all("x.yaml:" in one for one in told)
    assert catalogue.get("9.000001").version == before
    assert [one.fileable for one in catalogue.listing()] == [True]
