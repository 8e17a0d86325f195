"""Choosers: a few questions that lead to the right one of several sister procedures."""

from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue.actions import listing
from backend.catalogue.model import folder
from tests.backend.citizens import ROOT

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
CHOOSER = """title: Tôi cần giấy
title_en: I need a paper
questions:
  - id: mot
    question: Đã có chưa?
    options:
      - {label: Rồi, label_en: Yes, next: hai}
      - {label: Chưa, procedure: "9.000001"}
  - id: hai
    question: Mất rồi à?
    options:
      - {label: Ừ, elsewhere: Hỏi tỉnh.}
      - {label: Chưa mất, procedure: "9.000001"}
"""


def collected(text):
    files = {"thu-nghiem/x.yaml": BASE, "choosers/giay.yaml": text}
    return folder.collect(files, name="p")


def findings(old, new):
    assert old in CHOOSER
    found = collected(CHOOSER.replace(old, new, 1))
    assert found.choosers == {}
    return [str(one).removeprefix("p/choosers/giay.yaml:") for one in found.findings]


def test_a_chooser_that_is_in_order_is_kept_by_the_name_of_its_file():
    found = collected(CHOOSER)

    assert found.findings == []
    assert list(found.choosers) == ["giay"]


@pytest.mark.parametrize(
    ("old", "new", "expect"),
    [
        (
            'procedure: "9.000001"',
            'procedure: "9.000002"',
            '8:34  questions[0].options[1].procedure: "9.000002" is no procedure here',
        ),
        ("next: hai", "next: ba", '7:43  questions[0].options[0].next: "ba" is no later question'),
        (
            "{label: Ừ, elsewhere: Hỏi tỉnh.}",
            "{label: Ừ, next: mot}",
            '12:26  questions[1].options[0].next: "mot" is no later question',
        ),
        (
            ", elsewhere: Hỏi tỉnh.",
            "",
            "12:9  questions[1].options[0]: leads to exactly one of next, procedure, elsewhere",
        ),
        (
            ", next: hai",
            ", elsewhere: Đi",
            '9:9  questions[1].id: "hai" is never asked: no option before leads here',
        ),
        ("  - id: hai", "  - id: mot", '9:9  questions[1].id: "mot" stands here already'),
        ("question: Đã", "qestion: Đã", '5:5  questions[0]: "qestion" is not a key here'),
    ],
)
def test_a_chooser_that_leads_nowhere_is_refused_with_its_place(old, new, expect):
    found = findings(old, new)

    assert any(one.startswith(expect) for one in found), found


def test_more_than_three_questions_in_a_row_are_too_many():
    more = "".join(
        f"  - id: q{n}\n    question: Câu {n}?\n    options:\n"
        f"      - {{label: A, next: q{n + 1}}}\n      - {{label: B, elsewhere: Đi}}\n"
        for n in range(3)
    )
    text = (
        "title: Nhiều\nquestions:\n"
        + more
        + CHOOSER.split("questions:\n")[1].replace("id: mot", "id: q3")
    )

    found = collected(text)

    assert [one.message for one in found.findings] == ["asks up to 5 questions; at most 3"]


def test_choosers_come_with_the_list_in_the_language_asked_for():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True)

    vietnamese = catalogue.offered(["2.000635"])
    english = catalogue.offered(["2.000635"], language="en")

    assert [one.id for one in vietnamese] == ["giay-khai-sinh"]
    assert vietnamese[0].title == "Tôi cần giấy khai sinh"
    assert english[0].questions[0].question.startswith("Was the birth ever registered")
    assert english[0].questions[0].options[0].procedure == "1.001193"


def test_a_chooser_is_offered_only_where_it_leads_to_something_found():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True)

    assert catalogue.offered(["1.010833"]) == []


def test_where_nothing_is_found_every_chooser_is_offered_and_the_other_office_named():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True)

    answer = listing.found(q="đăng ký tạm trú", language="en")

    assert answer.items == []
    assert len(answer.choosers) == len(listing.found().choosers) > 1
    assert [one.id for one in answer.elsewhere] == ["cu_tru"]
    assert answer.elsewhere[0].office.startswith("The police register residence.")
    assert answer.elsewhere[0].unverified


def test_without_a_search_the_list_comes_with_every_other_office_and_the_fillers():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True)

    answer = listing.found()

    assert {"can_cuoc", "ho_chieu"} <= {one.id for one in answer.elsewhere}
    assert "tôi" in answer.fillers
    assert not answer.near
