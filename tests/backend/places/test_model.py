"""Units, codes and working days."""

from datetime import date, datetime

import pytest

from backend import places
from backend.places.model import Calendar, Duration, Edge, Places, PlacesFile, Unit
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM

BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)


@pytest.fixture(scope="module")
def real() -> Places:
    found, findings = places.read(places.DATA, demo=False)
    assert findings == []
    return found


@pytest.fixture(scope="module")
def demo() -> Places:
    found, findings = places.read(places.DATA, demo=True)
    assert findings == []
    return found


# -- the merger of 1 July 2025 --------------------------------------------------------------------


def test_a_reused_code_names_another_ward_after_the_merger(real):
    assert real.by_gso("31157", on=BEFORE).code == "om-long-hung"
    assert real.by_gso("31157", on=AFTER).code == "ct-thoi-long"
    assert real.by_gso("31153", on=BEFORE).name == "Phường Châu Văn Liêm"
    assert real.by_gso("31153", on=AFTER).name == "Phường Ô Môn"


def test_a_code_that_was_given_up_names_nothing_after_the_merger(real):
    assert real.by_gso("31165", on=BEFORE).code == "om-truong-lac"
    assert real.by_gso("31165", on=AFTER) is None


def test_code_and_first_day_are_a_key(real):
    keys = [(code.code, code.from_) for unit in real.units() for code in unit.codes]

    assert len(keys) == len(set(keys))


def test_an_old_ward_stays_known_by_its_own_id_for_its_posters_and_dossiers(real):
    old = real.unit("om-long-hung")

    assert old.name == "Phường Long Hưng"
    assert old.exists(BEFORE)
    assert not old.exists(AFTER)


def test_successors_are_told_and_keep_other_ids(real):
    assert [one.code for one in real.successors("om-long-hung", on=AFTER)] == ["ct-thoi-long"]
    assert real.successors("om-long-hung", on=BEFORE) == []


def test_figures_of_the_district_hold_its_seven_wards_before_and_nothing_after(real):
    before = {unit.code for unit in real.below("om", on=BEFORE)}
    after = real.below("om", on=AFTER)

    assert len(before) == 8
    assert "ct-thoi-long" not in before
    assert after == []


def test_figures_of_the_city_hold_new_wards_only_after_the_merger(real):
    after = {unit.code for unit in real.below("can-tho", on=AFTER)}

    assert after == {"can-tho", "ct-o-mon", "ct-thoi-long", "ct-phuoc-thoi"}


def test_a_new_ward_may_take_over_from_several_districts(real):
    old = [unit for unit in real.units() if unit.to == BEFORE and unit.level == "commune"]
    into = {unit.code: real.successors(unit.code, on=AFTER)[0].code for unit in old}

    assert into["tl-thoi-thanh"] == into["om-thoi-an"] == "ct-o-mon"
    assert into["tn-tan-hung"] == into["om-thoi-long"] == "ct-thoi-long"


# -- the graph ------------------------------------------------------------------------------------


def test_the_demo_district_has_its_seven_wards_all_marked_demo(demo):
    wards = demo.below("om", on=date(2026, 11, 22))[1:]

    assert len(wards) == 7
    assert all(ward.demo and "trình diễn" in ward.address + ward.phone for ward in wards)


def test_what_is_above_comes_nearest_first(demo):
    assert [one.code for one in demo.above("om-thoi-an", on=AFTER)] == ["om-thoi-an", "om"]


def unit(code: str) -> Unit:
    return Unit(code=code, name=code, kind="ward", level="commune", from_=date(2020, 1, 1))


def edge(child: str, parent: str, relation: str, **dates: date) -> Edge:
    return Edge(
        child=child, parent=parent, relation=relation, **{"from_": date(2020, 1, 1), **dates}
    )


def graph(*edges: Edge) -> Places:
    units = tuple(unit(code) for code in ("a", "b", "c", "d"))
    file = PlacesFile(source="test", checked_on=date(2026, 1, 1), units=units, edges=edges)
    return Places([file], Calendar(()))


def codes(found: list[Unit]) -> list[str]:
    return [one.code for one in found]


def test_a_leader_sees_what_a_unit_manages_beside_what_it_administers():
    places_ = graph(edge("b", "a", "administrative"), edge("c", "a", "manages"))

    assert codes(places_.below("a", on=AFTER)) == ["a", "b", "c"]


def test_a_desk_or_a_successor_is_not_below():
    places_ = graph(edge("b", "a", "desk_of"), edge("c", "a", "successor_of"))

    assert codes(places_.below("a", on=AFTER)) == ["a"]


def test_a_relation_counts_in_its_period_only():
    places_ = graph(edge("b", "a", "manages", to=BEFORE))

    assert codes(places_.below("a", on=BEFORE)) == ["a", "b"]
    assert codes(places_.below("a", on=AFTER)) == ["a"]


def test_a_circle_of_relations_ends():
    places_ = graph(edge("b", "a", "manages"), edge("a", "b", "manages"))

    assert codes(places_.below("a", on=AFTER)) == ["a", "b"]
    assert codes(places_.above("a", on=AFTER)) == ["a", "b"]


def test_nothing_is_below_an_unknown_unit():
    assert graph().below("nowhere", on=AFTER) == []


# -- the calendar ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 4, 27), False),  # substitute day
        (date(2026, 8, 22), True),  # a Saturday that is worked
        (date(2026, 8, 31), False),  # the Monday it is worked for
        (date(2027, 5, 3), False),  # substitute day, computed
    ],
)
def test_the_calendar_knows_holidays_substitutes_and_worked_saturdays(demo, day, working):
    assert demo.calendar.is_working(day) is working


def test_a_year_without_a_file_still_keeps_the_fixed_holidays():
    calendar = Calendar(())

    assert not calendar.is_working(date(2031, 9, 2))
    assert not calendar.is_working(date(2031, 11, 24))
    assert calendar.is_working(date(2025, 11, 24))
    assert not calendar.is_announced(2031)


def test_a_due_date_in_a_year_without_a_notice_is_warned_about(demo, caplog):
    start = datetime(2026, 12, 30, 10, tzinfo=VIETNAM)

    demo.deadline(start, Duration(5), unit="om-long-hung")

    assert "year 2027" in logs.JsonLines().format(caplog.records[0])


def test_a_due_date_in_an_announced_year_is_not_warned_about(demo, caplog):
    demo.deadline(datetime(2026, 11, 2, 10, tzinfo=VIETNAM), Duration(5), unit="om")

    assert caplog.text == ""


def test_a_calendar_without_any_working_day_is_refused_not_searched_for_ever():
    class Never(Calendar):
        def is_working(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="no working day"):
        Never(()).next_working(date(2026, 1, 1))
