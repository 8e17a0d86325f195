"""A filled form: what is visible, what is wrong, which papers it needs, what is kept."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalogue.model import People, Person
from backend.catalogue.model.answers import (
    clean,
    faults,
    missing_consents,
    papers_wanted,
    requester_key,
    stored,
    unknown_ids,
    visible,
)
from backend.catalogue.model.people import Address
from backend.catalogue.model.reading import read

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
DEFINITION = read("x.yaml", BASE, {}).definition
TODAY = date(2026, 11, 22)
ROWS = [{"row": "r1", "noi": "Long Hưng"}]
MAN = People(Person(name="Nguyễn Thị Mận"))


class Given(msgspec.Struct):
    """A paper of a manifest, as intake has it."""

    paper: str
    files: list[str] = []


def pointers(found):
    return [(one.pointer, one.code) for one in found]


def test_a_whole_form_has_no_faults():
    answers = {"loai": "a", "so_luong": 1, "noi_o": ROWS}

    assert faults(DEFINITION, MAN, answers, today=TODAY) == []


def test_an_empty_form_asks_only_for_what_is_visible():
    found = faults(DEFINITION, People(Person()), {}, today=TODAY)

    assert pointers(found) == [("/answers/loai", "choose"), ("/owner/name", "empty")]


def test_an_answer_to_a_hidden_question_is_not_judged_and_not_kept():
    answers = {"loai": "a", "so_luong": 1, "co_b": "rác", "noi_o": ROWS}

    assert faults(DEFINITION, MAN, answers, today=TODAY) == []
    assert "co_b" not in visible(DEFINITION, answers).answers


def test_a_hidden_answer_does_not_open_later_questions_or_papers():
    answers = {"loai": "a", "so_luong": 1, "co_b": True, "noi_o": ROWS}

    assert [paper.id for paper in papers_wanted(DEFINITION, answers)] == ["giay_a"]


def test_one_paper_stands_in_for_another():
    answers = {"loai": "a", "so_luong": 2, "co_b": True, "noi_o": ROWS}

    assert [paper.id for paper in papers_wanted(DEFINITION, answers)] == ["giay_b"]


def test_a_wanted_paper_says_how_many_files_it_takes():
    (paper,) = papers_wanted(DEFINITION, {"loai": "a"})

    assert (paper.name, paper.required, paper.min_files, paper.max_files) == ("Giấy A", True, 1, 3)


def test_filed_by_authorisation_the_requester_is_the_submitter():
    people = People(Person(), Person(name="Trần Văn Lành"))

    found = faults(DEFINITION, people, {"loai": "b", "so_luong": 1, "noi_o": ROWS}, today=TODAY)

    assert requester_key(DEFINITION, {"loai": "b"}) == "submitter"
    assert pointers(found) == [("/owner/name", "empty")]


def test_filed_by_authorisation_a_missing_submitter_is_asked_for():
    found = faults(DEFINITION, MAN, {"loai": "b", "so_luong": 1, "noi_o": ROWS}, today=TODAY)

    assert pointers(found) == [("/submitter/name", "empty")]


def test_a_submitter_who_is_not_authorised_is_not_kept():
    people, _ = clean(DEFINITION, People(MAN.owner, Person(name="Thừa")), {"loai": "a"})

    assert people.submitter is None


def test_what_is_kept_is_composed_trimmed_and_plain():
    person = Person(
        name="  Nguye\u0302\u0303n Thị Mận ",
        phone="+84 900 000 417",
        address=Address(province="Ca\u0302\u0300n Thơ"),
    )

    people, answers = clean(DEFINITION, People(person), {"loai": "a", "so_luong": 2})

    assert people.owner.name == "Nguyễn Thị Mận"
    assert people.owner.phone == "0900000417"
    assert people.owner.address.province == "Cần Thơ"
    assert answers == {"loai": "a", "so_luong": 2}


def test_numbers_in_wide_figures_are_kept_in_plain_ones_and_words_as_they_were_written():
    person = Person(
        name="Mận １",
        personal_number="０９２１９９０００１２３",
        birth_date="１９９９",
        phone="０９",
    )

    people, _ = clean(DEFINITION, People(person), {})
    answers = stored(DEFINITION, {"ngay": "２０２５-０２-２８"})

    owner = people.owner
    assert (owner.personal_number, owner.birth_date) == ("092199000123", "1999")
    assert (owner.phone, owner.name) == ("09", "Mận １")
    assert answers["ngay"] == "2025-02-28"


def test_a_phone_that_is_none_is_kept_as_written_for_the_person_to_mend():
    people, _ = clean(DEFINITION, People(Person(phone="số cũ")), {})

    assert people.owner.phone == "số cũ"


# -- what even a draft may not hold ---------------------------------------------------------------


def test_a_draft_may_be_empty_wrong_and_incomplete():
    answers = {"loai": "khác", "so_luong": 900, "ngay": "2026-02-30", "noi_o": []}

    assert unknown_ids(DEFINITION, answers, [Given("giay_a")]) == []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"la": 1}, ("/answers/la", "unknown")),
        ({"a/b~c": 1}, ("/answers/a~1b~0c", "unknown")),
        ({"ten": "Mận"}, ("/answers/ten", "unknown")),  # a person's part is no answer
        ({"so_luong": "3"}, ("/answers/so_luong", "shape")),
        ({"so_luong": True}, ("/answers/so_luong", "shape")),
        ({"loai": "a" * 49}, ("/answers/loai", "shape")),
        ({"noi_o": [{"row": "r1", "la": "x"}]}, ("/answers/noi_o/0/la", "unknown")),
        ({"noi_o": [{"row": f"r{n}"} for n in range(51)]}, ("/answers/noi_o", "shape")),
        ({"noi_o": [{"row": "r1", "noi": "x" * 51}]}, ("/answers/noi_o/0/noi", "too-long")),
    ],
)
def test_a_draft_with_unknown_ids_or_shapes_is_refused(answers, expected):
    assert pointers(unknown_ids(DEFINITION, answers, [])) == [expected]


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([Given("la")], ("/papers/0/paper", "unknown")),
        ([Given("to_khai")], ("/papers/0/paper", "unknown")),  # takes no files
        ([Given("giay_a"), Given("giay_a")], ("/papers/1/paper", "unknown")),
        ([Given("giay_a", ["f"] * 4)], ("/papers/0/files", "too-many-files")),
    ],
)
def test_a_draft_with_unknown_papers_or_too_many_files_is_refused(papers, expected):
    assert pointers(unknown_ids(DEFINITION, {}, papers)) == [expected]


def test_declarations_count_in_their_present_wording_only():
    assert missing_consents(DEFINITION, {"cam_doan": "1"}) == []
    assert pointers(missing_consents(DEFINITION, {"cam_doan": "0"})) == [("/consents", "declare")]
    assert pointers(missing_consents(DEFINITION, {})) == [("/consents", "declare")]


# -- whatever comes in ----------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["row", "noi", "province", "la"]), inner, max_size=3)
    ),
    max_leaves=6,
)
ANSWERS = st.dictionaries(
    st.sampled_from(["loai", "so_luong", "ngay", "co_b", "noi_o", "la"]), JSON, max_size=6
)


@given(ANSWERS)
def test_no_answer_of_any_shape_breaks_the_judgement(answers):
    faults(DEFINITION, MAN, answers, today=TODAY)
    papers_wanted(DEFINITION, answers)
    unknown_ids(DEFINITION, answers, [])


@given(ANSWERS)
def test_cleaning_twice_changes_nothing_more(answers):
    people, once = clean(DEFINITION, MAN, answers)

    assert clean(DEFINITION, people, once) == (people, once)


@given(ANSWERS)
def test_what_is_handed_in_without_faults_was_a_draft_without_faults(answers):
    if not faults(DEFINITION, MAN, answers, today=TODAY):
        kept = visible(DEFINITION, answers).answers
        assert unknown_ids(DEFINITION, kept, []) == []
