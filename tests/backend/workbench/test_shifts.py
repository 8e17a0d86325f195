"""Counter shifts over HTTP: opened, counted, closed with a report, by the own ward alone."""

import asyncio

import pytest

from tests.backend.workbench.conftest import NEIGHBOUR
from tests.backend.workbench.test_routes import WARD, act, refused

SHIFTS = "/api/v1/workbench/shifts"


@pytest.fixture
async def shift(lan):
    answer = await lan.post(SHIFTS, json={"unit": WARD, "opening": 50_000})
    assert answer.status_code == 201, answer.text
    return f"{SHIFTS}/{answer.json()['shift']['shift']}"


async def test_a_shift_is_closed_with_its_report(house, lan, shift):
    code = await house.handed_in()
    await act(lan, code, "collect", kind="pos", amount=8000, slip_number="12", terminal="T1")
    before = (await lan.get(shift)).json()

    done = await lan.post(f"{shift}/close", json={"counted_cash": 50_000, "counted_pos": 8000})

    report = done.json()
    assert before["shift"]["expected_pos"] is None
    assert before["lines"] == []
    assert done.status_code == 200, done.text
    assert (report["cash_difference"], report["pos_difference"]) == (0, 0)
    assert [(one["code"], one["amount"], one["slip"]) for one in report["lines"]] == [
        (code, 8000, "T1:12")
    ]
    assert report["unit_name"]
    assert report["shift"]["names"] == {"officer:lan": "Cán bộ lan"}
    assert [one["names"] for one in (await lan.get(SHIFTS)).json()["items"]] == [
        {"officer:lan": "Cán bộ lan"}
    ]
    assert (await lan.get(shift)).json() == report


@pytest.mark.parametrize(
    "taken",
    [
        {"kind": "pos", "slip_number": "12", "terminal": "Máy 1"},
        {"kind": "pos", "slip_number": "12", "terminal": "1" * 33},
        {"kind": "pos", "slip_number": "12", "terminal": "T1\n"},
        {"kind": "cash", "terminal": "T1"},
    ],
)
async def test_a_terminal_is_a_number_on_a_card_slip(house, lan, taken):
    code = await house.handed_in()

    answer = await act(lan, code, "collect", amount=8000, **taken)

    assert refused(answer, 422, "content")
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/terminal"
    assert fault["message_vi"].startswith("Mã máy POS chỉ có chữ không dấu")


async def test_two_terminals_may_print_the_same_number(house, lan):
    first, second, third = [await house.handed_in() for _ in range(3)]
    slip = {"kind": "pos", "amount": 8000, "slip_number": "12"}

    one = await act(lan, first, "collect", **slip, terminal="T1")
    other = await act(lan, second, "collect", **slip, terminal="T2")
    again = await act(lan, third, "collect", **slip, terminal="T2")

    assert (one.status_code, other.status_code) == (200, 200)
    assert refused(again, 422, "content")
    assert again.json()["errors"][0]["pointer"] == "/slip_number"


async def test_a_difference_is_told_and_needs_a_reason(lan, shift):
    body = {"counted_cash": 49_000, "counted_pos": 0}

    without = await lan.post(f"{shift}/close", json=body)
    done = await lan.post(f"{shift}/close", json=body | {"reason": "Thối nhầm"})

    assert refused(without, 422, "content")
    assert without.json()["errors"][0]["pointer"] == "/reason"
    assert done.json()["cash_difference"] == -1000
    assert done.json()["shift"]["reason"] == "Thối nhầm"


async def test_a_recount_stands_beside_the_first_count_with_who_and_when(lan, shift):
    first = await lan.post(f"{shift}/close", json={"counted_cash": 49_000, "counted_pos": 0})
    waiting = (await lan.get(shift)).json()["shift"]
    done = await lan.post(f"{shift}/close", json={"counted_cash": 50_000, "counted_pos": 0})

    assert refused(first, 422, "content")
    assert [one["cash"] for one in waiting["told"]] == [49_000]
    assert (waiting["expected_cash"], waiting["names"]) == (None, {"officer:lan": "Cán bộ lan"})
    told = done.json()["shift"]["told"]
    assert [(one["by"], one["cash"], one["pos"]) for one in told] == [
        ("officer:lan", 49_000, 0),
        ("officer:lan", 50_000, 0),
    ]
    assert all(one["at"].endswith("+07:00") for one in told)


async def test_of_sixteen_clicks_one_closes(lan, shift):
    body = {"counted_cash": 50_000, "counted_pos": 0}

    answers = await asyncio.gather(*(lan.post(f"{shift}/close", json=body) for _ in range(16)))

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15
    assert refused(await lan.post(f"{shift}/close", json=body), 409, "shift-closed")


async def test_a_second_shift_of_the_till_is_refused(lan, shift):
    assert refused(await lan.post(SHIFTS, json={"unit": WARD}), 409, "shift-open")
    (item,) = (await lan.get(SHIFTS)).json()["items"]
    assert item["closed_at"] is None


async def test_another_wards_till_is_not_found(neighbour, lan, shift):
    body = {"counted_cash": 0, "counted_pos": 0, "reason": "x"}

    assert refused(await neighbour.get(shift), 404, "not-found")
    assert refused(await neighbour.post(f"{shift}/close", json=body), 404, "not-found")
    assert refused(await neighbour.post(SHIFTS, json={"unit": WARD}), 404, "not-found")
    theirs = (await neighbour.get(SHIFTS)).json()
    assert (theirs["items"], theirs["next"], list(theirs["units"])) == ([], None, [NEIGHBOUR])


@pytest.mark.parametrize(
    "body",
    [
        {"counted_cash": -1, "counted_pos": 0},
        {"counted_cash": 1.5, "counted_pos": 0},
        {"counted_cash": 10**13, "counted_pos": 0},
        {"counted_cash": "1", "counted_pos": 0},
        {"counted_cash": 1, "counted_pos": 0, "reason": "a\u200bb"},
        {"counted_cash": 1},
    ],
)
async def test_a_count_of_a_wrong_shape_is_refused(lan, shift, body):
    assert refused(await lan.post(f"{shift}/close", json=body), 422, "content")
