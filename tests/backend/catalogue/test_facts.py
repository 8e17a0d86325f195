"""Facts with a source of their own: what is not certain is marked and told."""

from datetime import date
from pathlib import Path

import pytest

from backend import places
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]


def shown(about="deadline", more="", language="vi", before=""):
    fact = f"{{about: {about}, source: Trang, checked_on: 2026-11-22, confidence: low"
    facts = f"  facts:\n    - {fact}, words: Thời hạn chưa chắc.{more}}}\n"
    found = read("x.yaml", f"{BASE}{before}{facts}", {})
    assert found.findings == ()
    one = Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)
    return one.published(unit=None, on=date(2026, 11, 22), language=language)


def test_a_doubtful_fact_is_named_and_told_in_words():
    document = shown()

    assert document["doubts"] == ["deadline"]
    assert document["unverified"] == ["Thời hạn chưa chắc."]


def test_in_english_all_doubts_are_told_or_all_in_vietnamese():
    assert shown(more=", words_en: Not sure.", language="en")["unverified"] == ["Not sure."]
    assert shown(language="en")["unverified"] == ["Thời hạn chưa chắc."]

    before = "  unverified: [Một, Hai]\n"
    whole = shown(more=", words_en: Not sure.", language="en", before=before)
    assert whole["unverified"] == ["Một", "Hai", "Thời hạn chưa chắc."]


@pytest.mark.parametrize("about", ["papers.giay_a", "fee.items.phi", "steps.chung", "result.name"])
def test_a_fact_is_named_by_keys_and_ids(about):
    assert shown(about)["doubts"] == [about]


def test_without_doubts_nothing_is_said():
    found = read("x.yaml", BASE, {})
    one = Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)

    assert "doubts" not in one.published(unit=None, on=date(2026, 11, 22))
