"""Due dates: the shared vectors, the laws, the simulation, and the words that tell the count."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from backend import places
from backend.places.model import (
    OFFICE_HOURS,
    Calendar,
    Due,
    Duration,
    Hours,
    Pause,
    Session,
    deadline,
)
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM
from tests.proof.deadlines import CALENDARS, Case, Wall, cases, differences, engine, wall

OFFICE_ANNOUNCED = ("office", "announced")

VECTORS = json.loads(
    (Path(__file__).parents[3] / "procedures/vectors/due.json").read_text(encoding="utf-8")
)
PLACES = places.read(places.DATA, demo=True)[0]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def found(
    start: str, amount: int, unit: str = "working_days", *pauses: tuple[str, str | None]
) -> Due:
    return deadline(
        at(start),
        Duration(amount, unit),
        calendar=PLACES.calendar,
        hours=OFFICE_HOURS,
        pauses=[Pause(at(begins), at(ends) if ends else None) for begins, ends in pauses],
    )


def case(vector: dict) -> Case:
    return Case(
        desk="office",
        calendar="announced",
        start=datetime.fromisoformat(vector["start"]),
        amount=vector["amount"],
        unit=vector["unit"],
        cutoff=vector["cutoff"],
        pauses=tuple(
            Pause(datetime.fromisoformat(begins), ends and datetime.fromisoformat(ends))
            for begins, ends in vector["pauses"]
        ),
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_due_dates_come_out_as_in_the_vectors(vector):
    asked = case(vector)
    due = deadline(
        asked.start,
        Duration(asked.amount, asked.unit),
        calendar=PLACES.calendar,
        hours=OFFICE_HOURS,
        cutoff=asked.cutoff,
        pauses=asked.pauses,
    ).at

    expected = vector["expect"] and datetime.fromisoformat(vector["expect"])
    assert due == expected
    assert due is None or due.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda one: one["name"])
def test_the_simulation_agrees_with_the_vectors(vector):
    expected = vector["expect"] and datetime.fromisoformat(vector["expect"])

    assert wall(case(vector)).due(case(vector)) == expected


def test_two_thousand_cases_of_chance_come_out_as_on_the_wall_and_keep_the_laws():
    assert differences(seed=1, number=2_000) == []


def test_the_simulation_notices_an_engine_that_works_through_lunch():
    _calendar, off, work = CALENDARS["announced"]
    no_lunch = Wall(Hours((Session("07:00", "17:00"),)), off, work)
    office = [
        one for one in cases(seed=1, number=300) if (one.desk, one.calendar) == OFFICE_ANNOUNCED
    ]

    assert any(no_lunch.due(one) != engine(one) for one in office)


def test_a_desk_that_closes_early_owes_its_results_by_then():
    hours = Hours(sessions=(Session("07:30", "11:00"), Session("13:00", "16:30")))

    due = deadline(
        at("2026-11-20T09:00"),
        Duration(0),
        calendar=PLACES.calendar,
        hours=hours,
        cutoff="15:00",
    )

    assert due.at.time() == time(16, 30)
    assert str(hours) == "07:30–11:00, 13:00–16:30"


def test_a_calendar_without_any_working_day_is_refused_not_searched_for_ever():
    class Never(Calendar):
        def is_working(self, day: date) -> bool:
            return False

    with pytest.raises(ValueError, match="no working day"):
        deadline(
            at("2026-11-02T08:00"),
            Duration(1, "working_hours"),
            calendar=Never(()),
            hours=OFFICE_HOURS,
        )


# -- the words ------------------------------------------------------------------------------------


def told(due: Due) -> list[str]:
    return [step.vi for step in due.steps]


def test_hours_are_told_day_by_day_in_both_languages():
    due = found("2026-11-02T15:28", 7, "working_hours")

    assert told(due) == [
        "Nhận 15:28 thứ Hai 02/11/2026",
        "Thứ Hai 02/11: tính 1 giờ 32 phút, còn 5 giờ 28 phút",
        "Thứ Ba 03/11: tính 5 giờ 28 phút, đủ thời hạn",
        "Hẹn trả: 14:28 thứ Ba 03/11/2026",
    ]
    assert [step.en for step in due.steps] == [
        "Received 15:28 Monday 02/11/2026",
        "Monday 02/11: counts 1 h 32 min, 5 h 28 min left",
        "Tuesday 03/11: counts 5 h 28 min, complete",
        "Due: 14:28 Tuesday 03/11/2026",
    ]


def test_working_days_are_told_together_and_days_off_by_their_name():
    assert told(found("2026-11-20T10:00", 3)) == [
        "Nhận 10:00 thứ Sáu 20/11/2026",
        "Ngày nhận thứ Sáu 20/11 không tính",
        "Thứ Bảy 21/11 đến Chủ nhật 22/11: nghỉ cuối tuần",
        "Thứ Hai 23/11: tính 1 ngày làm việc, còn 2 ngày làm việc",
        "Thứ Ba 24/11: nghỉ Ngày Văn hóa Việt Nam",
        "Thứ Tư 25/11 đến thứ Năm 26/11: tính 2 ngày làm việc, đủ thời hạn",
        "Hẹn trả: 17:00 thứ Năm 26/11/2026",
    ]


def test_a_pause_is_told_where_it_stands_and_the_days_off_in_it_are_not():
    pause = ("2026-11-20T10:00", "2026-11-23T10:30")

    assert told(found("2026-11-19T15:00", 8, "working_hours", pause)) == [
        "Nhận 15:00 thứ Năm 19/11/2026",
        "Thứ Năm 19/11: tính 2 giờ, còn 6 giờ",
        "Thứ Sáu 20/11: tính 3 giờ, còn 3 giờ",
        "Tạm dừng từ 10:00 thứ Sáu 20/11/2026 đến 10:30 thứ Hai 23/11/2026",
        "Thứ Hai 23/11: tính 3 giờ, đủ thời hạn",
        "Hẹn trả: 15:30 thứ Hai 23/11/2026",
    ]


def test_while_it_is_paused_no_date_is_told():
    due = found("2026-11-19T15:00", 3, "working_days", ("2026-11-20T10:00", None))

    assert due.at is None
    assert told(due)[-3:] == [
        "Thứ Sáu 20/11: tính 3 giờ, còn 2 ngày làm việc 5 giờ",
        "Tạm dừng từ 10:00 thứ Sáu 20/11/2026",
        "Đang tạm dừng, chưa có ngày hẹn mới",
    ]


def test_a_pause_that_begins_on_the_day_of_receipt_is_told_there():
    due = found("2026-11-02T10:00", 3, "working_days", ("2026-11-02T11:00", "2026-11-02T15:00"))

    assert "Tạm dừng từ 11:00 thứ Hai 02/11/2026 đến 15:00 thứ Hai 02/11/2026" in told(due)


def test_a_pause_that_begins_before_the_count_is_told_before_it():
    due = deadline(
        at("2026-11-06T16:00"),
        Duration(2),
        calendar=PLACES.calendar,
        hours=OFFICE_HOURS,
        cutoff="15:00",
        pauses=[Pause(at("2026-11-06T16:30"), at("2026-11-10T09:00"))],
    )

    assert told(due)[:4] == [
        "Nhận 16:00 thứ Sáu 06/11/2026",
        "Sau 15:00, tính như nhận 07:00 thứ Hai 09/11/2026",
        "Ngày nhận thứ Hai 09/11 không tính",
        "Tạm dừng từ 16:30 thứ Sáu 06/11/2026 đến 09:00 thứ Ba 10/11/2026",
    ]


@pytest.mark.parametrize(
    ("start", "cutoff", "why"),
    [
        ("2026-11-20T15:01", "15:00", "Sau 15:00"),
        ("2026-11-21T09:00", "15:00", "Ngày nghỉ"),
        ("2026-11-20T18:00", None, "Ngoài giờ làm việc"),
    ],
)
def test_it_is_told_why_a_dossier_counts_as_received_later(start, cutoff, why):
    due = PLACES.deadline(at(start), Duration(0), unit="om", cutoff=cutoff)

    assert told(due)[1] == f"{why}, tính như nhận 07:00 thứ Hai 23/11/2026"


def test_plain_days_are_told_with_the_move_off_a_day_off():
    assert told(found("2026-11-05T10:00", 9, "days"))[2:] == [
        "Thứ Sáu 06/11 đến thứ Bảy 14/11: tính 9 ngày, đủ thời hạn",
        "Chủ nhật 15/11: nghỉ cuối tuần",
        "Hẹn trả: 17:00 thứ Hai 16/11/2026",
    ]


def test_worked_saturdays_and_substitute_days_are_named():
    worked = told(found("2026-08-20T10:00", 3))
    substitute = told(found("2026-04-24T10:00", 1))

    assert "Thứ Bảy 22/08 (làm bù): tính 1 ngày làm việc, còn 1 ngày làm việc" in worked
    assert "Thứ Hai 27/04: Nghỉ bù Giỗ Tổ Hùng Vương" in substitute


def test_a_year_without_a_notice_is_told_and_warned_about(caplog):
    due = PLACES.deadline(at("2026-12-30T10:00"), Duration(5), unit="om-long-hung")

    assert due.unannounced == (2027,)
    assert "Năm 2027 chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi" in told(due)
    assert "year 2027" in logs.JsonLines().format(caplog.records[0])


# -- promises that no rule of ours made -----------------------------------------------------------


def shifted(promised: str, begins: str, ends: str) -> Due:
    return PLACES.shifted(at(promised), Pause(at(begins), at(ends)), unit="om")


def test_a_promise_moves_by_the_working_time_that_was_left_of_it():
    due = shifted("2026-11-23T11:00", "2026-11-20T16:00", "2026-11-25T08:00")

    assert due.at == at("2026-11-25T15:00")
    assert told(due) == [
        "Hẹn trước đây: 11:00 thứ Hai 23/11/2026",
        "Tạm dừng từ 16:00 thứ Sáu 20/11/2026 đến 08:00 thứ Tư 25/11/2026",
        "Hẹn trả: 15:00 thứ Tư 25/11/2026",
    ]


def test_a_promise_that_was_broken_before_the_pause_stays_as_it_was():
    due = shifted("2026-11-19T11:00", "2026-11-20T16:00", "2026-11-25T08:00")

    assert due.at == at("2026-11-19T11:00")


@pytest.mark.parametrize(
    ("comes", "received"),
    [
        ("2026-11-27T09:00", "2026-11-27T09:00"),
        ("2026-11-27T05:30", "2026-11-27T05:30"),
        ("2026-11-27T17:00", "2026-11-30T07:00"),
        ("2026-11-28T09:00", "2026-11-30T07:00"),
        ("2026-11-24T09:00", "2026-11-25T07:00"),
    ],
    ids=["at work", "before opening", "after closing", "saturday", "holiday"],
)
def test_what_comes_when_the_desk_is_closed_is_received_when_it_opens_next(comes, received):
    assert PLACES.reached(at(comes), unit="om-long-hung") == at(received)
