"""Names for addresses, which phones carry, say the same as the graph of units."""

import json
from datetime import date
from pathlib import Path

from backend import places

LAST_DAY = date(2025, 6, 30)
FIRST_DAY = date(2025, 7, 1)
NAMES = Path(__file__).parents[3] / "pwa/src/citizen/ward/provinces/92.json"


def graph() -> places.Places:
    """The units of production."""
    found, findings = places.read(places.DATA, demo=False)
    assert not findings
    return found


def test_a_code_that_is_used_again_names_one_ward_before_and_another_after():
    before, after = (graph().by_gso("31157", on=day) for day in (LAST_DAY, FIRST_DAY))

    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Phường Long Hưng", "Phường Thới Long")


def test_the_wards_of_today_are_those_that_phones_offer():
    offered = json.loads(NAMES.read_text(encoding="utf-8"))["wards"]

    today = {
        unit.name for unit in graph().units() if unit.kind == "ward" and unit.exists(FIRST_DAY)
    }

    assert len(today) > 2
    assert today <= set(offered)


def test_each_earlier_ward_of_o_mon_leads_phones_to_its_heirs_in_the_graph():
    former = json.loads(NAMES.read_text(encoding="utf-8"))["former"]["Thành phố Cần Thơ"]
    told = {name: set(now) for name, within, *now in former if within == "Quận Ô Môn"}

    known = graph()
    heirs = {
        unit.name: {heir.name for heir in known.successors(unit.code, on=FIRST_DAY)}
        for unit in known.units()
        if unit.level == "commune" and not unit.exists(FIRST_DAY)
    }
    renamed = {name: now for name, now in heirs.items() if name in told}

    assert len(renamed) > 3
    assert {name: told[name] for name in renamed} == renamed
