"""Answers that end the form early: judged on the server as on the phone."""

from datetime import date
from pathlib import Path

from backend import places
from backend.catalogue.model import folder
from backend.catalogue.model.conditions import Condition, asked_in
from backend.catalogue.model.people import People, Person
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]
STOPS = """stops:
  - id: loai_b
    when: {answer: loai, is: b}
    title: Loại B chưa nộp được ở đây
    reason: Loại B do tỉnh giải quyết.
    reason_en: Kind B is for the province.
    next: Đến trung tâm hành chính công của tỉnh.
    procedure: "9.000002"
  - {id: nhieu, when: {answer: so_luong, above: 5}, title: Nhiều quá, reason: Vì, next: Đến phường}
fee:
"""
TODAY = date(2026, 11, 16)


def procedure():
    found = read("x.yaml", BASE.replace("fee:\n", STOPS), {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def faults(**answers):
    found = procedure().faults(People(Person(name="Lê Thị Thử")), answers, today=TODAY)
    return [
        (one.pointer, one.message_vi, one.message_en) for one in found if one.code == "not-eligible"
    ]


def test_the_first_stop_that_holds_refuses_with_reason_and_next_door():
    assert faults(loai="b", so_luong=9) == [
        (
            "/answers/loai",
            "Loại B do tỉnh giải quyết. Đến trung tâm hành chính công của tỉnh.",
            "Kind B is for the province. Đến trung tâm hành chính công của tỉnh.",
        )
    ]


def test_without_such_an_answer_nothing_is_refused():
    assert faults(loai="a", so_luong=1) == []
    assert procedure().stop({}) is None


def test_the_phone_is_told_the_stops_in_its_language():
    english = procedure().published(unit=None, on=TODAY, language="en")["stops"]

    assert [one["id"] for one in english] == ["loai_b", "nhieu"]
    assert english[0]["reason"] == "Kind B is for the province."
    assert english[0]["when"] == {"answer": "loai", "is": "b"}


def test_a_stop_that_leads_to_no_procedure_is_found():
    text = BASE.replace("fee:\n", STOPS).replace("field: {id: thu-nghiem", "field: {id: a")

    found = folder.collect({"a/x.yaml": text}, name="p")
    findings = [str(one) for one in folder.judge(found, PLACES)]

    told = 'p/a/x.yaml:1:1  stops[0].procedure: "9.000002" is no procedure here.'
    assert any(one.startswith(told) for one in findings)


def test_the_questions_of_a_condition_are_listed_in_its_order_however_deep():
    plain = [Condition(answer=name, is_=True) for name in "abcd"]
    deep = Condition(all_=(plain[0], Condition(any_=(plain[1], plain[2]))))

    found = list(asked_in(Condition(any_=(deep, Condition(not_=plain[3])))))

    assert found == ["a", "b", "c", "d"]
