"""Data files: strict reading, with the place of every fault."""

from datetime import date
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from backend.platform import yamlfiles
from backend.platform.yamlfiles import LIMITS, Mapping


class Leaf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A small struct of every kind of value."""

    name: str
    count: Annotated[int, Meta(ge=1)] = 1
    truth: bool = False
    day: date | None = None
    word: Literal["one", "two"] = "one"
    many: tuple[str, ...] = ()
    inner: "Leaf | None" = None
    table: dict[str, int] = {}
    either: int | str | None = None


def convert(text):
    node, findings = yamlfiles.read(text, file="f.yaml")
    assert findings == []
    return yamlfiles.convert(node, Leaf)


def messages(text):
    return [str(one) for one in convert(text)[1]]


def test_a_file_becomes_a_struct():
    value, findings = convert(
        "name: x\ncount: 3\ntruth: true\nday: 2026-11-24\nword: two\n"
        "many: [a, b]\ninner: {name: y}\ntable: {a: 1}\neither: 12\n"
    )

    assert findings == []
    assert value == Leaf(
        "x", 3, True, date(2026, 11, 24), "two", ("a", "b"), Leaf("y"), {"a": 1}, "12"
    )


@pytest.mark.parametrize(
    "written", ["031", "no", "12:30", "1e3", "~", "null", "0x1F", "2026-01-01"]
)
def test_a_text_stays_what_was_written(written):
    value, _ = convert(f"name: {written}\n")

    assert value.name == written


@pytest.mark.parametrize("written", ["031", "+3", "1_000", "1.0", "0x1F", "", "٣"])
def test_what_looks_like_a_number_to_yaml_is_no_number_here(written):
    assert len(messages(f"name: x\ncount: {written}\n")) == 1


@pytest.mark.parametrize("written", ["True", "yes", "on", "1"])
def test_only_true_and_false_are_truth_values(written):
    assert "is not true or false" in messages(f"name: x\ntruth: {written}\n")[0]


def test_a_quoted_empty_text_is_a_text_and_nothing_is_none():
    assert convert('name: ""\n')[0].name == ""
    assert messages("name:\n") == ["f.yaml:1:6  name: has no value, wanted text"]


def test_all_faults_come_at_once_with_their_paths():
    known = ", ".join(Leaf.__struct_fields__)

    assert messages("count: 0\nmany: x\ninner: {nme: y}\ntable: {a: b}\n") == [
        'f.yaml:1:1  the key "name" is missing',
        'f.yaml:1:8  count: "0" is not a whole number of at least 1.',
        'f.yaml:2:7  many: found "x", wanted a list',
        f'f.yaml:3:9  inner: "nme" is not a key here. Did you mean "name"? Known: {known}',
        'f.yaml:3:8  inner: the key "name" is missing',
        'f.yaml:4:12  table.a: "b" is not a whole number.',
    ]


def test_a_wrong_shape_is_named():
    assert messages("name: {a: b}\ntable: [1]\ninner: [1]\n") == [
        "f.yaml:1:7  name: found a group of keys, wanted text",
        "f.yaml:2:8  table: found a list, wanted a group of keys",
        "f.yaml:3:8  inner: found a list, wanted a group of keys",
    ]


def test_a_long_value_is_shortened_in_its_fault():
    assert '"' + "x" * 60 + '…"' in messages(f"name: x\nword: {'x' * 200}\n")[0]


def test_a_suggestion_without_known_words_is_silent():
    assert yamlfiles.suggestion("x", []) == ""


def test_a_rule_of_the_struct_itself_is_a_fault_of_the_file():
    class Picky(msgspec.Struct):
        name: str

        def __post_init__(self):
            raise ValueError("never")

    node, _ = yamlfiles.read("name: x\n", file="f.yaml")

    assert str(yamlfiles.convert(node, Picky)[1][0]) == "f.yaml:1:1  never"


def test_a_struct_of_what_no_file_can_hold_is_our_mistake():
    node, _ = yamlfiles.read("[1.5]", file="f.yaml")

    with pytest.raises(TypeError, match="no data file holds"):
        yamlfiles.convert(node, list[float])


# -- limits ---------------------------------------------------------------------------------------


def refused(text):
    node, findings = yamlfiles.read(text, file="f.yaml")
    assert node is None
    return str(findings[-1])


def test_a_file_that_is_too_large_is_not_even_parsed():
    assert (
        refused("x" * (LIMITS.characters + 1)) == "f.yaml:1:1  the file is over 262144 characters"
    )


def test_a_file_of_too_many_values_is_refused():
    assert "more than 20000 values" in refused("[" + "a," * 20_000 + "]")


def test_a_file_nested_too_deep_is_refused_without_recursion():
    assert "nested deeper than 16 levels" in refused("[" * 100_000)


def test_hidden_characters_are_named_with_their_place():
    assert refused("a: b\nc: d\u202e\n") == "f.yaml:2:5  hidden character RIGHT-TO-LEFT OVERRIDE"
    assert refused("\ufeffa: b\n") == "f.yaml:1:1  hidden character ZERO WIDTH NO-BREAK SPACE"


def test_windows_line_ends_are_taken():
    node, findings = yamlfiles.read("a: b\r\nc: d\r\n", file="f.yaml")

    assert findings == []
    assert isinstance(node, Mapping)
    assert node.get("c").place == ("f.yaml", 2, 4)


# -- whatever comes in ---------------------------------------------------------------------------


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%,? \n", max_size=60))
def test_no_text_breaks_the_reader(text):
    node, findings = yamlfiles.read(text, file="f.yaml")

    assert (node is None) <= bool(findings)
    if node is not None:
        yamlfiles.convert(node, Leaf)
