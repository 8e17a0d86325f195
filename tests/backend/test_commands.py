"""The command `motcua due`: the date, the steps that led to it, and refusals in a sentence."""

import json

import pytest

from backend import cli, places

GIVEN = {
    "--unit": "om-long-hung",
    "--procedure": "1.004873",
    "--accepted": "2026-11-20 10:00",
}


@pytest.fixture(autouse=True)
def _loaded():
    yield
    places.load("test")


def run(*more, **changes):
    given = GIVEN | {f"--{name}": value for name, value in changes.items()}
    return cli.main(["due", *(word for pair in given.items() for word in pair), *more])


def test_the_date_comes_first_then_the_steps(capsys):
    assert run("--pause", "2026-11-23T10:00..2026-11-25 10:00") == 0

    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "2026-11-27T17:00:00+07:00",
        "  Nhận 10:00 thứ Sáu 20/11/2026",
        "  Ngày nhận thứ Sáu 20/11 không tính",
        "  Thứ Bảy 21/11 đến Chủ nhật 22/11: nghỉ cuối tuần",
        "  Thứ Hai 23/11: tính 3 giờ, còn 2 ngày làm việc 5 giờ",
        "  Tạm dừng từ 10:00 thứ Hai 23/11/2026 đến 10:00 thứ Tư 25/11/2026",
        "  Thứ Tư 25/11: tính 5 giờ, còn 2 ngày làm việc",
        "  Thứ Năm 26/11 đến thứ Sáu 27/11: tính 2 ngày làm việc, đủ thời hạn",
        "  Hẹn trả: 17:00 thứ Sáu 27/11/2026",
    ]
    assert err == ""


def test_a_moment_in_another_zone_is_the_same_moment(capsys):
    assert run("--json", accepted="2026-11-20T03:00:00Z") == 0

    assert json.loads(capsys.readouterr().out)["accepted"] == "2026-11-20T10:00:00+07:00"


def test_a_year_without_a_notice_is_warned_about_on_both_ways(capsys):
    assert run("--json", accepted="2026-12-30 10:00") == 0

    out, err = capsys.readouterr()
    told = json.loads(out)
    sentence = "Năm 2027 chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi."
    assert told["due_at"] == "2027-01-05T17:00:00+07:00"
    assert told["warnings"] == [sentence]
    assert err == f"Cảnh báo: {sentence}\n"
    assert told["steps"][-1]["en"] == "Due: 17:00 Tuesday 05/01/2027"


def test_a_real_unit_of_today_is_known_as_well_as_those_of_the_demo(capsys):
    assert run(unit="ct-thoi-long") == 0

    assert capsys.readouterr().out.startswith("2026-11-26T17:00:00+07:00")


def test_an_open_pause_leaves_no_date(capsys):
    assert run("--json", "--pause", "2026-11-23 10:00..") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["due_at"], told["paused"]) == (None, True)


def test_a_procedure_without_a_date_says_so_and_why_it_cannot_be_filed(capsys):
    assert run(procedure="1.001776") == 0

    out, err = capsys.readouterr()
    assert out == "Thủ tục này không hẹn ngày trả kết quả.\n"
    assert err.startswith("Cảnh báo: Thời hạn")


@pytest.mark.parametrize(
    ("more", "changes", "sentence"),
    [
        ((), {"unit": "om-nowhere"}, "Không có đơn vị om-nowhere vào ngày đó. Có: om,"),
        ((), {"procedure": "9.999999"}, "Không có thủ tục 9.999999. Có: "),
        ((), {"accepted": "2026-11-20"}, "Không hiểu thời điểm '2026-11-20'."),
        ((), {"accepted": "2026-13-20 10:00"}, "Không hiểu thời điểm '2026-13-20 10:00'."),
        ((), {"accepted": "0001-01-01 10:00"}, "Không hiểu thời điểm"),
        (("--pause", "2026-11-23 10:00"), {}, "Không hiểu lần tạm dừng"),
        (("--pause", "2026-11-19 10:00.."), {}, "bắt đầu trước lúc tiếp nhận"),
        (("--pause", "2026-11-23 10:00..2026-11-23 09:00"), {}, "kết thúc trước khi bắt đầu"),
    ],
)
def test_a_bad_value_is_refused_with_a_sentence_and_exit_2(capsys, more, changes, sentence):
    assert run(*more, **changes) == 2

    out, err = capsys.readouterr()
    assert sentence in err
    assert out == ""
