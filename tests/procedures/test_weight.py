"""What a definition weighs on its way to a phone, as the server packs it."""

import json
from pathlib import Path

from backend import catalogue, places
from tests.procedures.test_procedures import PROCEDURES, procedures

BUDGET = Path(__file__).parents[2] / "pwa/budget.json"
LANGUAGES = ("vi", "en")


def test_every_definition_fits_what_the_first_question_reserves_for_it():
    reserve = json.loads(BUDGET.read_text())["citizen_critical_path"]["definition_reserve"]
    places.load("demo")
    catalogue.load(PROCEDURES, demo=True)
    longest = max(places.current().units(), key=lambda unit: len(unit.name)).code
    fileable = [code for code, procedure in procedures().items() if procedure.fileable]

    weights = {
        (code, language): len(catalogue.packed(code, unit=longest, language=language).brotli)
        for code in fileable
        for language in LANGUAGES
    }

    assert fileable
    assert {key: weight for key, weight in weights.items() if weight > reserve} == {}
