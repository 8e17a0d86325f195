"""Procedure files: what is refused, where, and what a version is."""

import json
from pathlib import Path

import msgspec
import pytest

from backend.catalogue.model.reading import read

HERE = Path(__file__).parent
BASE = (HERE / "base.yaml").read_text(encoding="utf-8")
BROKEN = json.loads((HERE / "broken.json").read_text(encoding="utf-8"))
BLOCKS = {"chung": "- {id: c, label: C}\n", "hong": "a: 1\n"}
OPTION = "          - {id: b, label: B}\n"


def broken_text(case):
    return case["put"] if case["find"] is None else BASE.replace(case["find"], case["put"], 1)


def test_the_base_of_the_broken_files_is_in_order():
    found = read("x.yaml", BASE, BLOCKS)

    assert found.findings == ()
    assert found.definition is not None


@pytest.mark.parametrize("case", BROKEN, ids=lambda one: one["name"])
def test_a_broken_file_is_refused_with_every_place(case):
    found = read("x.yaml", broken_text(case), BLOCKS)

    assert found.definition is None
    assert [str(one).removeprefix("x.yaml:") for one in found.findings] == case["expect"]


def test_all_faults_come_at_once_in_the_order_of_the_file():
    text = BASE.replace("minutes: 2", "minutes: hai").replace("kind: date", "kind: dtae")

    found = read("x.yaml", text.replace("confidence: high", "confidence: hihg"), BLOCKS)

    assert [one.line for one in found.findings] == [10, 59, 93]


def test_a_fault_inside_a_shared_block_names_the_block():
    blocks = {**BLOCKS, "chung": "- {id: c, lable: C}\n"}

    found = read(
        "p/thu-nghiem/x.yaml", BASE.replace(OPTION, f"{OPTION}          - use: chung\n"), blocks
    )

    assert str(found.findings[1]).startswith("p/_shared/chung.yaml:1:11  steps[0]")


def test_a_broken_file_still_tells_its_code_and_name():
    found = read("x.yaml", BASE.replace("minutes: 2", "minutes: hai"), BLOCKS)

    assert (found.code, found.name) == ("9.000001", "Thủ tục thử nghiệm")


def test_values_take_the_kind_of_the_question_they_are_about():
    definition = read("x.yaml", BASE, BLOCKS).definition

    number = definition.steps[1].fields[0]
    assert (number.min, number.max, number.default) == (1, 9, 1)
    assert definition.papers[2].when.is_ is True
    assert definition.steps[1].fields[2].when.above == 1


def test_scalars_stay_what_the_clerk_wrote():
    definition = read("x.yaml", BASE.replace("label: Loại", "label: no"), BLOCKS).definition

    assert definition.steps[0].fields[0].label == "no"


def test_decomposed_letters_are_composed():
    text = BASE.replace("Thủ tục thử nghiệm", "Thu\u0309 tục")

    assert read("x.yaml", text, BLOCKS).definition.name == "Thủ tục"


# -- versions -------------------------------------------------------------------------------------


def version(text, blocks=BLOCKS, path="x.yaml"):
    return read(path, text, blocks).source.version


def test_a_version_is_sixteen_hex_digits_of_the_content():
    assert len(version(BASE)) == 16
    assert int(version(BASE), 16) >= 0
    assert version(BASE) == version(BASE, path="elsewhere/y.yaml")


def test_any_change_of_the_file_is_another_version():
    assert version(BASE) != version(BASE + "\n")


def test_a_change_of_a_used_block_is_another_version():
    text = BASE.replace(OPTION, f"{OPTION}          - use: chung\n")

    assert version(text) != version(text, {**BLOCKS, "chung": "- {id: c, label: Khác}\n"})


def test_a_change_of_a_block_that_is_not_used_is_no_other_version():
    assert version(BASE) == version(BASE, {"chung": "- {id: c, label: Khác}\n"})


def test_a_version_is_read_again_from_its_own_texts_alone():
    text = BASE.replace(OPTION, f"{OPTION}          - use: chung\n")
    source = read("x.yaml", text, BLOCKS).source

    again = read(source.path, source.text, source.blocks, judged=False)

    assert again.source == source
    assert again.definition == read("x.yaml", text, BLOCKS).definition


def test_a_version_served_before_is_read_though_the_linter_has_become_stricter():
    text = BASE.replace("confidence: high", "confidence: low")

    assert read("x.yaml", text, BLOCKS).definition is None
    assert read("x.yaml", text, BLOCKS, judged=False).definition is not None


def test_a_source_survives_being_stored_as_json():
    source = read("x.yaml", BASE, BLOCKS).source

    assert msgspec.json.decode(msgspec.json.encode(source), type=type(source)) == source
