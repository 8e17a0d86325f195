"""Choosers: a few questions that lead to the right one of several sister procedures."""

from pathlib import Path

import msgspec
import pytest

from backend import catalogue, places
from backend.catalogue.actions import listing
from backend.catalogue.model import elsewhere, folder
from backend.catalogue.model.elsewhere import SearchWords
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


def test_without_a_search_the_list_leaves_out_what_helps_finding_and_a_phone_asks_for_it():
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True)

    answer = listing.found()
    words = listing.search_words()

    assert (answer.elsewhere, answer.near) == ([], False)
    assert {"can_cuoc", "ho_chieu"} <= {one.id for one in words.elsewhere}
    assert "tôi" in words.fillers
    assert "đăng" in words.common


def test_whatever_nobody_has_compared_is_told_as_not_verified():
    words = serving_words("medium"), serving_words("high")

    assert [one.elsewhere[0].unverified for one in words] == [True, False]


def serving_words(confidence):
    door = {
        "id": "x",
        "title": "X",
        "keywords": ["x"],
        "office": "Hỏi tỉnh.",
        "law": [{"id": "1/2025/QH15", "title": "Luật"}],
        "source": "Luật",
        "checked_on": "2026-11-28",
        "confidence": confidence,
    }
    return elsewhere.all_shown(msgspec.convert({"elsewhere": [door]}, SearchWords), "vi")


def words_file(*, door="tinh", filler="tôi", common="cấp"):
    one = (
        "  - {{id: {id}, title: X, keywords: [x], office: Hỏi tỉnh., "
        "law: [{{id: 1/2025/QH15, title: Luật}}], source: Luật, "
        "checked_on: 2026-11-28, confidence: low}}\n"
    )
    doors = one.format(id="mot") + one.format(id=door)
    return f"fillers: [tôi, {filler}]\ncommon: [đăng, {common}]\nelsewhere:\n{doors}"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (words_file(filler="mình"), []),
        (words_file(filler="mình", door="mot"), ['elsewhere[1].id: "mot" is there already']),
        (words_file(filler="con tôi"), ['fillers[1]: "con tôi" is not one word']),
        (words_file(filler="tôi"), ['fillers[1]: "tôi" is there already']),
        (words_file(filler="mình", common="đăng ký"), ['common[1]: "đăng ký" is not one word']),
        ("fillers: 3\n", ["fillers: "]),
    ],
)
def test_words_for_finding_that_no_search_could_use_are_told(text, wrong):
    found = folder.collect({"search/words.yaml": text}, name="p")

    assert len(found.findings) == len(wrong)
    assert all(part in str(one) for part, one in zip(wrong, found.findings, strict=True))


def test_a_second_file_of_words_for_finding_replaces_nothing_and_is_told():
    text = words_file(filler="mình")
    found = folder.collect({"search/words.yaml": text, "search/z.yaml": "fillers: []"}, name="p")

    assert found.search.fillers == ("tôi", "mình")
    assert ["stand in search/words.yaml alone" in str(one) for one in found.findings] == [True]
