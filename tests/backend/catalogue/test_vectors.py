"""The vectors that the phone runs too: conditions, fields, fees, what is worked out."""

import json
from datetime import date
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from backend.catalogue.model import agreements, conditions
from backend.catalogue.model.agreements import Agreement, misfits
from backend.catalogue.model.conditions import Condition, holds
from backend.catalogue.model.costs import Fee
from backend.catalogue.model.definition import Field, Kind
from backend.catalogue.model.derived import Derived, DerivedKind, work_out
from backend.catalogue.model.elsewhere import SearchWordsShown
from backend.catalogue.model.fees import Price, quote
from backend.catalogue.model.fields import content_faults
from backend.catalogue.model.listing import Listed
from backend.catalogue.model.searching import find, phrase, rank, words_of

VECTORS = Path(__file__).parents[3] / "procedures/vectors"


def load(name):
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", load("conditions.json"), ids=lambda one: one["name"])
def test_conditions_come_out_as_in_the_vectors(vector):
    condition = msgspec.convert(vector["condition"], Condition)

    found = holds(condition, vector["answers"], today=date.fromisoformat(vector["today"]))

    assert found is vector["expect"]


@pytest.mark.parametrize("vector", load("fields.json"), ids=lambda one: one["name"])
def test_answers_are_judged_as_in_the_vectors(vector):
    field = msgspec.convert(vector["field"], Field)
    today = date.fromisoformat(vector["today"])

    found = content_faults(field, vector["value"], "", today=today)

    assert [
        {"pointer": one.pointer, "code": one.code, "message_vi": one.message_vi} for one in found
    ] == vector["expect"]


def test_what_the_phone_asks_about_is_taken_all_the_same():
    asked_about = [vector for vector in load("fields.json") if "doubts" in vector]

    assert asked_about
    assert all(vector["expect"] == [] for vector in asked_about)


@pytest.mark.parametrize("vector", load("agreements.json"), ids=lambda one: one["name"])
def test_answers_fit_each_other_as_in_the_vectors(vector):
    agreement = msgspec.convert(vector["agreement"], Agreement)

    today = date.fromisoformat(vector.get("today", "2026-11-22"))

    assert list(misfits(agreement, vector["values"], today=today)) == vector["expect"]


def test_every_way_that_answers_fit_is_tried():
    tried = {key for vector in load("agreements.json") for key in vector["agreement"]}

    assert set(agreements.TESTS) <= tried


UNSAID = {"fileable": True, "why_not": None, "minutes": 3, "fee_note": "", "deadline": None}


def line(listed):
    return msgspec.convert({**listed, **UNSAID}, Listed)


@pytest.mark.parametrize("vector", load("search.json")["ranks"], ids=lambda one: one["name"])
def test_a_line_fits_a_search_as_in_the_vectors(vector):
    listed = line(load("search.json")["lines"][vector["line"]])
    fillers = load("listing.json")["words"]["fillers"]

    assert rank(listed, words_of(vector["typed"]), phrase(*fillers)) == vector["expect"]


@pytest.mark.parametrize("vector", load("search.json")["finds"], ids=lambda one: one["typed"])
def test_what_people_type_finds_the_procedures_as_in_the_vectors(vector):
    listing = load("listing.json")
    words = msgspec.convert(listing["words"], SearchWordsShown)

    found = find(
        [line(one) for one in listing["items"]],
        vector["typed"],
        fillers=words.fillers,
        common=words.common,
        elsewhere=words.elsewhere,
    )

    assert {
        "typed": vector["typed"],
        "codes": [one.code for one in found.lines][:3],
        "near": found.near,
        "elsewhere": [one.id for one in found.elsewhere],
    } == vector


@pytest.mark.parametrize("vector", load("fees.json"), ids=lambda one: one["name"])
def test_fees_come_out_as_in_the_vectors(vector):
    fee = msgspec.convert({"items": vector["items"]}, Fee)
    prices = {key: msgspec.convert(one, Price) for key, one in vector["prices"].items()}
    ids = {item.name: item.id for item in fee.items}

    found = quote(fee, vector["answers"], prices, on=date.fromisoformat(vector["today"]))

    assert found.amount == vector["expect"]["amount"]
    assert [
        [ids[line.name], line.quantity, line.unit_amount, line.amount] for line in found.lines
    ] == vector["expect"]["lines"]


@pytest.mark.parametrize("vector", load("derived.json"), ids=lambda one: one["name"])
def test_what_is_derived_comes_out_as_in_the_vectors(vector):
    derived = msgspec.convert(vector["derived"], Derived)

    found = work_out(derived, vector["values"], today=date.fromisoformat(vector["today"]))

    assert found == vector["expect"]


def test_every_way_to_work_something_out_is_tried():
    kinds = {vector["derived"]["kind"] for vector in load("derived.json")}

    assert kinds == set(get_args(DerivedKind))


def test_every_sentence_says_more_than_that_something_is_wrong():
    words = {
        fault["message_vi"]
        for vector in load("fields.json")
        for fault in [*vector["expect"], *vector.get("doubts", [])]
    }

    assert not [text for text in words if "không hợp lệ" in text or "vui lòng" in text.lower()]
    assert not [text for text in words if "!" in text or len(text.split()) > 20]


def test_every_kind_of_question_and_every_test_of_a_condition_is_tried():
    kinds = {vector["field"]["kind"] for vector in load("fields.json")}
    tests = json.dumps(load("conditions.json"))

    assert kinds == set(get_args(Kind))
    assert all(f'"{name.rstrip("_")}"' in tests for name in conditions.TESTS)
