"""Names for addresses: complete, dated, and the same as what the graph of units says."""

import shutil
from datetime import date

import pytest

from backend import places
from backend.places.model import CommunesFile, Places
from backend.platform import yamlfiles

LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)


def real() -> tuple[Places, dict[str, str]]:
    """The graph of units in production, and the names of the communes file by their codes."""
    text = (places.DATA / "communes-2025.yaml").read_text(encoding="utf-8")
    node, _findings = yamlfiles.read(text, file="communes-2025.yaml")
    file, faults = yamlfiles.convert(node, CommunesFile)
    assert not faults
    graph, findings = places.read(places.DATA, demo=False)
    assert not findings
    return graph, {one.code: one.name for one in file.communes}


def former(name: str) -> places.Former:
    return next(one for one in places.names().former if one.name == name)


def test_the_new_can_tho_has_its_103_wards_and_communes_each_with_a_code_of_its_own():
    _graph, by_code = real()

    names = places.names()

    assert len(set(names.wards)) == len(by_code) == 103
    assert names.province == "Thành phố Cần Thơ"
    assert [one.name for one in names.merged] == ["Tỉnh Hậu Giang", "Tỉnh Sóc Trăng"]


def test_an_earlier_ward_of_o_mon_leads_to_the_ward_that_took_over():
    assert former("Phường Long Hưng") == places.Former(
        "Phường Long Hưng", "Quận Ô Môn", FIRST_DAY, ("Phường Thới Long",)
    )
    assert former("Phường Châu Văn Liêm").now == ("Phường Ô Môn",)
    assert former("Phường Trường Lạc").now == ("Phường Phước Thới",)
    assert former("Xã Thới Thạnh").now == ("Phường Ô Môn",)


def test_every_name_that_took_over_is_a_name_of_today():
    names = places.names()

    assert {name for one in names.former for name in one.now} <= set(names.wards)


def test_a_code_that_is_used_again_names_one_ward_before_and_another_after():
    graph, by_code = real()

    before, after = (graph.by_gso("31157", on=day) for day in (LAST_DAY, FIRST_DAY))

    assert before is not None
    assert after is not None
    assert before.name == "Phường Long Hưng"
    assert after.name == by_code["31157"] == "Phường Thới Long"


def test_the_units_of_the_graph_and_the_list_of_names_agree_on_every_code_of_today():
    graph, by_code = real()

    today = {
        dated.code: unit.name
        for unit in graph.units()
        if unit.level == "commune" and unit.exists(FIRST_DAY)
        for dated in unit.codes
    }

    assert today
    assert today.items() <= by_code.items()


def test_the_names_do_not_depend_on_the_mode():
    places.load("test")

    assert "Phường Ô Môn" in places.names().wards


def test_a_fault_in_the_list_is_told_with_its_place(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(places.DATA, folder)
    file = folder / "communes-2025.yaml"
    file.write_text(file.read_text().replace('code: "31157"', 'code: "3115"'))

    with pytest.raises(places.BadPlaces, match=r"data/communes-2025\.yaml:\d+:\d+ .*code"):
        places.names(folder)
