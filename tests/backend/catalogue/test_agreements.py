"""Answers that must fit each other: judged on the server as on the phone, told in two languages."""

from datetime import date
from pathlib import Path

from backend import places
from backend.catalogue.model.differences import differences
from backend.catalogue.model.people import People, Person
from backend.catalogue.model.preview import sheet
from backend.catalogue.model.preview_lines import desk
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]
TODAY = date(2026, 11, 16)
SECOND_DAY = """      - id: ngay
        kind: date
        label: Ngày
        required: false
      - id: ngay_sau
        kind: date
        label: Ngày sau
        required: false
"""
STAY = """          - {id: noi, kind: text, label: Nơi, max_length: 50}
          - {id: tu, kind: partial_date, label: Từ, required: false}
          - {id: den, kind: partial_date, label: Đến, required: false}
"""
AGREEMENTS = """agreements:
  - id: ngay_sau
    answer: ngay_sau
    after: ngay
    words: Ngày sau phải sau ngày. Xem lại cả hai.
    words_en: The later day must be later. Check both.
  - {id: o, answer: noi_o.den, not_before: noi_o.tu, words: Ngày đến trước ngày đi.}
fee:
"""


def text():
    _, _, old_stay = BASE.partition("        columns:\n")
    stay = old_stay.splitlines(keepends=True)[0]
    first_day, _, _ = SECOND_DAY.partition("      - id: ngay_sau")
    whole = BASE.replace(first_day, SECOND_DAY).replace(stay, STAY)
    return whole.replace("fee:\n", AGREEMENTS, 1)


def procedure():
    found = read("x.yaml", text(), {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def misfits(**answers):
    given = {"loai": "a", "so_luong": 1, **answers}
    found = procedure().faults(People(Person(name="Lê Thị Thử")), given, today=TODAY)
    return [(one.pointer, one.message_vi, one.message_en) for one in found if one.code == "misfit"]


def test_a_later_day_that_is_not_later_is_told_at_its_question():
    assert misfits(ngay="2026-01-02", ngay_sau="2026-01-02") == [
        (
            "/answers/ngay_sau",
            "Ngày sau phải sau ngày. Xem lại cả hai.",
            "The later day must be later. Check both.",
        )
    ]
    assert misfits(ngay="2026-01-02", ngay_sau="2026-01-03") == []


def test_of_rows_the_one_that_does_not_fit_is_named():
    rows = [
        {"row": "1", "noi": "A", "tu": "2019", "den": "2020"},
        {"row": "2", "noi": "B", "tu": "2020", "den": "1999"},
    ]

    assert [one[0] for one in misfits(noi_o=rows)] == ["/answers/noi_o/1/den"]


def test_an_answer_that_is_wrong_by_itself_is_told_once():
    given = {"loai": "a", "so_luong": 1, "ngay": "2026-01-02", "ngay_sau": "2026-02-30"}

    found = procedure().faults(People(Person(name="Lê Thị Thử")), given, today=TODAY)

    assert [one.code for one in found if one.pointer == "/answers/ngay_sau"] == ["day"]


def test_an_answer_that_is_hidden_is_compared_with_nothing():
    assert misfits(loai="", ngay="2026-01-02", ngay_sau="2026-01-01") == []


def test_the_phone_is_told_the_rules_in_its_language():
    english = procedure().published(unit=None, on=TODAY, language="en")["agreements"]

    assert english[0] == {
        "id": "ngay_sau",
        "answer": "ngay_sau",
        "after": "ngay",
        "words": "The later day must be later. Check both.",
    }


def test_who_reviews_a_file_reads_its_rules_in_words():
    lines = desk(sheet(procedure().definition))

    assert "   - “Ngày sau” phải sau “Ngày”" in lines
    assert "   - “Đến” không được trước “Từ”" in lines


MILD = """agreements:
  - id: ngay_sau
    answer: ngay_sau
    not_before: ngay
    years: 12
    when: {answer: loai, is: a}
    mild: true
    words: Cách chưa đến 12 năm.
  - {id: o, answer: noi_o.tu, apart: noi_o.den, words: Trùng thời gian.}
  - {id: tuoi, answer: ngay_sau, aged: ngay, years: 18, words: Chưa đủ 18 tuổi.}
  - id: khac
    answer: so_luong
    when: {all: [{answer: loai, is: a}, {answer: so_luong, above: 1}]}
    words: Chỉ một bản.
holders:
  - {number: so, birth_date: ngay, sex: nu}
  - {number: so, birth_date: ngay, when: {answer: loai, is: a}}
fee:
"""
NUMBER = """      - id: so
        kind: personal_number
        label: Số
        required: false
  - id: rieng
"""


def mild():
    whole = text().replace(AGREEMENTS, MILD).replace("  - id: rieng\n", NUMBER)
    found = read("x.yaml", whole, {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def test_what_is_mild_is_never_refused_and_the_rest_is():
    given = {"loai": "a", "so_luong": 2, "ngay": "2020-01-02", "ngay_sau": "2020-01-03"}

    found = mild().faults(People(Person(name="Lê Thị Thử")), given, today=TODAY)

    said = [one.message_vi for one in found if one.code == "misfit"]
    assert said == ["Chưa đủ 18 tuổi.", "Chỉ một bản."]


def test_a_rule_of_when_alone_about_a_question_that_is_hidden_says_nothing():
    hidden = MILD.replace(
        "answer: so_luong\n    when: {all: [{answer: loai",
        "answer: ngay_sau\n    when: {all: [{answer: loai",
    )
    whole = text().replace(AGREEMENTS, hidden).replace("  - id: rieng\n", NUMBER)
    ngay_sau = "      - id: ngay_sau\n        kind: date\n"
    whole = whole.replace(ngay_sau, ngay_sau + "        when: {answer: loai, is: b}\n")
    found = read("x.yaml", whole, {})
    assert found.findings == ()
    given = {"loai": "a", "so_luong": 2, "ngay": "2020-01-02", "ngay_sau": "2020-01-03"}

    procedure_ = Procedure(found.definition, version="1", tariffs=(), places=PLACES)
    faults = procedure_.faults(People(Person(name="Lê Thị Thử")), given, today=TODAY)

    assert [one for one in faults if one.code == "misfit"] == []


def test_what_is_mild_reaches_the_phone_under_a_key_that_an_old_page_passes_over():
    shown = mild().published(unit=None, on=TODAY, language="vi")

    assert [one["id"] for one in shown["agreements"]] == ["o", "tuoi", "khac"]
    assert [(one["id"], one["mild"]) for one in shown["asks"]] == [("ngay_sau", True)]
    assert "asks" not in procedure().published(unit=None, on=TODAY, language="vi")


def test_what_is_asked_once_stands_in_the_words_of_reviewers():
    lines = desk(sheet(mild().definition))
    start = lines.index("── Câu trả lời phải khớp nhau")

    assert lines[start + 1 : start + 17] == [
        "   - “Ngày sau” không được trước “Ngày”, ít nhất 12 năm",
        "       Cách chưa đến 12 năm.",
        "       Chỉ khi “Loại” là “A”.",
        "       Chỉ hỏi lại một lần, không từ chối.",
        "   - Các dòng không được trùng thời gian: từ “Từ” đến “Đến”",
        "       Trùng thời gian.",
        "   - Người sinh ngày “Ngày” phải từ đủ 18 tuổi",
        "       Chưa đủ 18 tuổi.",
        "   - “Số lượng” không khớp khi “Loại” là “A” và “Số lượng” lớn hơn 1",
        "       Chỉ một bản.",
        "   - “Số” phải khớp với “Ngày”, giới tính nữ",
        "       Chỉ hỏi lại một lần, không từ chối.",
        "   - “Số” phải khớp với “Ngày”",
        "       Chỉ khi “Loại” là “A”.",
        "       Chỉ hỏi lại một lần, không từ chối.",
        "",
    ]


def test_a_rule_that_becomes_mild_and_a_number_that_gets_a_holder_are_told():
    before = read("x.yaml", text().replace("  - id: rieng\n", NUMBER), {}).definition
    assert before is not None

    said = [one.words for one in differences(before, mild().definition)]

    assert "Quy tắc khớp nhau “Cách chưa đến 12 năm.”, nay có chỉ hỏi lại: có." in said
    assert "Số định danh của ai: thêm “Số”." in said


def test_a_new_rule_is_a_difference_in_words():
    before = read("x.yaml", text().replace(AGREEMENTS, "fee:\n"), {}).definition
    assert before is not None

    said = [one.words for one in differences(before, procedure().definition)]

    assert said[0] == "Thêm quy tắc khớp nhau: “Ngày sau phải sau ngày. Xem lại cả hai.”."
