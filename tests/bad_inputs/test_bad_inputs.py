"""Every input of the catalogue gets its status and, when refused, a Vietnamese sentence."""

import pytest

from tests.bad_inputs import run
from tests.proof.fuzz import World


@pytest.mark.parametrize("part", run.PARTS)
def test_no_bad_input_of_this_kind_is_answered_wrongly(house, part):
    faults = [f"{one.name}: {one.fault}" for one in run.part(house, part) if one.fault]

    assert not faults, "\n".join(faults)
    assert '"event":"fault"' not in house.output("service")


def test_the_catalogue_holds_three_hundred_inputs():
    assert run.count() >= 300


def test_the_api_answers_as_its_description_says(house):
    fuzzed = World(house).fuzz(seed=1, examples=9, phases="fuzzing")

    assert fuzzed.passed, fuzzed.said[-6000:]
    assert fuzzed.server_errors == 0
    assert fuzzed.cases >= 300
