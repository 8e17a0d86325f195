"""What only the national portal (Cổng DVCQG) takes: by the procedure, or by the unit of the day."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from backend import places
from backend.catalogue.model import preview
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read
from backend.places.model import PortalOnly

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]
CONNECTED, ALONE = "om-long-hung", "xa-vuon-mau"
TODAY = date(2026, 11, 27)
WHY = "portal_only: Chỉ hệ thống của bộ nhận việc này.\n"
WHY_EN = "portal_only_en: Only the system of the ministry takes this.\n"


def procedure(more=""):
    found = read("x.yaml", BASE + more, {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def shown(one, unit, language="vi"):
    return one.published(unit=unit, on=TODAY, language=language)


def test_where_everything_is_connected_nothing_is_said():
    document = shown(procedure(), CONNECTED)

    assert "portal_only" not in document
    assert not procedure().by_portal_alone(unit=CONNECTED, on=TODAY)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "UBND xã Vườn Mẫu chưa nối với hệ thống một cửa điện tử."),
        ("en", "UBND xã Vườn Mẫu is not connected to the electronic one-stop system yet."),
    ],
)
def test_a_unit_that_is_not_connected_says_so_with_its_name_and_is_filled_in_still(language, words):
    document = shown(procedure(), ALONE, language)

    assert (document["portal_only"], document["fileable"]) == (words, True)
    assert "portal_only_en" not in document
    assert procedure().by_portal_alone(unit=ALONE, on=TODAY)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Chỉ hệ thống của bộ nhận việc này."),
        ("en", "Only the system of the ministry takes this."),
    ],
)
def test_a_procedure_of_the_portal_says_why_at_every_unit(language, words):
    one = procedure(WHY + WHY_EN)

    assert shown(one, CONNECTED, language)["portal_only"] == words
    assert shown(one, None, language)["portal_only"] == words
    assert one.by_portal_alone(unit=CONNECTED, on=TODAY)


def test_a_unit_is_connected_from_the_day_that_its_data_say():
    (unit,) = (one for one in PLACES.units() if one.code == ALONE)
    period = PortalOnly(from_=date(2026, 1, 1), to=date(2026, 12, 31))
    unit = msgspec.structs.replace(unit, portal_only=period)

    told = [
        unit.takes_by_portal_alone(day)
        for day in (date(2025, 12, 31), period.from_, period.to, date(2027, 1, 1))
    ]

    assert told == [False, True, True, False]


def test_the_preview_tells_the_author_that_the_portal_alone_takes_it():
    rows = preview.sheet(procedure(WHY).definition).facts

    assert [row.notes for row in rows if row.name == "Chỉ nộp trên Cổng quốc gia"] == [
        ("Chỉ hệ thống của bộ nhận việc này.",)
    ]
