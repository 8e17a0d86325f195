"""The fault switch of the pretend systems: read again when it changes, right in number."""

import json

import pytest

from backend.demo.faults import FaultFileError, Faults

KINDS = ("lose", "slow")


def kinds(faults, service="A"):
    return [fault.kind for fault in faults.pick(service)]


def test_without_a_file_nothing_goes_wrong(tmp_path):
    assert kinds(Faults(None, kinds=KINDS)) == []
    assert kinds(Faults(tmp_path / "missing.toml", kinds=KINDS)) == []


def test_the_next_calls_go_wrong_and_no_more(tmp_path):
    file = tmp_path / "faults.toml"
    file.write_text('[[fault]]\nkind = "lose"\nservice = "A"\nnext = 2\n')
    faults = Faults(file, kinds=KINDS)

    assert [kinds(faults, "B"), kinds(faults), kinds(faults), kinds(faults)] == [
        [],
        ["lose"],
        ["lose"],
        [],
    ]


def test_a_share_of_the_calls_goes_wrong_the_same_way_for_the_same_seed(tmp_path):
    file = tmp_path / "faults.json"
    file.write_text(json.dumps({"seed": 7, "fault": [{"kind": "slow", "share": 0.3}]}))

    first, second = (
        [bool(kinds(faults)) for _ in range(1000)]
        for faults in (Faults(file, kinds=KINDS), Faults(file, kinds=KINDS))
    )

    assert first == second
    assert 250 < sum(first) < 350


def test_a_changed_file_holds_from_the_next_call(tmp_path):
    file = tmp_path / "faults.toml"
    file.write_text("")
    faults = Faults(file, kinds=KINDS)
    before = kinds(faults)
    file.write_text('[[fault]]\nkind = "lose"\n')

    assert (before, kinds(faults)) == ([], ["lose"])


@pytest.mark.parametrize("content", ['[[fault]]\nkind = "explode"', "fault = 3", "[[fault"])
def test_a_file_that_makes_no_sense_is_refused_at_the_start(tmp_path, content):
    file = tmp_path / "faults.toml"
    file.write_text(content)

    with pytest.raises(FaultFileError, match=r"faults\.toml"):
        Faults(file, kinds=KINDS)


def test_a_file_that_breaks_later_leaves_the_last_good_rules(tmp_path, capsys):
    file = tmp_path / "faults.toml"
    file.write_text('[[fault]]\nkind = "lose"\n')
    faults = Faults(file, kinds=KINDS)
    file.write_text("[[fau")

    assert kinds(faults) == ["lose"]
    assert "faults.toml" in capsys.readouterr().err
