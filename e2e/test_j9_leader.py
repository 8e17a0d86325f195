"""J9: the district's leader looks at the month, and at what is behind a number."""

import re
from datetime import datetime

import httpx
import pytest

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import WARD
from e2e.people.leader import Leader
from e2e.people.officer import by_http, shown
from tests.contract.people import Officer, sent_dossier

INDICATORS = {
    "filed_online": ("Nộp trực tuyến", "Hồ sơ nộp trực tuyến"),
    "paid_online": ("Thanh toán", "Phí trả trực tuyến"),
    "on_time": ("Đúng hạn", "Hồ sơ giải quyết đúng hạn"),
}


@pytest.fixture
def leader(device, house) -> Leader:
    """The district's leader with a phone, signed in."""
    context, inspector = device()
    inspector.expect_status(401)
    found = Leader(context.new_page(), web=house.web, inspector=inspector)
    found.signs_in(house.account("leader"))
    found.sees("Hồ sơ nộp trực tuyến")
    return found


def figures(house):
    """Ask over HTTP for this month's figures, by ward and indicator."""
    http = Officer(house.web, house.account("leader")).http
    month = datetime.now(VIETNAM).strftime("%Y-%m")
    items = http.get("/api/v1/targets", params={"unit": "om", "period": month}).json()["items"]
    return {(one["unit"], one["indicator"]): one for one in items}


def said(share):
    """Write a share as the table does."""
    return f"{share:.1f}".replace(".", ",")


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_leader_sees_each_wards_month_against_its_target(leader, house, indicator):
    tab, title = INDICATORS[indicator]
    leader.presses(tab)
    leader.sees(title)
    line = leader.ward("Long Hưng")

    figure = figures(house)[WARD, indicator]
    assert said(figure["share"]) in line
    assert f"{figure['numerator']}/{figure['denominator']}" in line.replace(".", "")
    leader.reads(re.compile("Quận Ô Môn"), "Số như 9/12")
    assert leader.widest() <= leader.page.viewport_size["width"]


@pytest.mark.parametrize("width", [360, 320])
def test_no_indicator_is_cut_off_on_a_narrow_phone(leader, width):
    leader.has_every_tab_in_sight("Chỉ tiêu", width)


def test_the_three_indicators_stand_in_one_line_on_a_phone(leader):
    leader.has_its_tabs_in_one_line("Chỉ tiêu", 360)

    leader.presses("Mục lục")
    leader.presses("EN, English")
    leader.has_its_tabs_in_one_line("Target", 360)


def test_a_figure_shows_its_formula_its_source_and_its_dossiers(leader, house):
    figure = figures(house)[WARD, "filed_online"]
    leader.opens_the_ward("Long Hưng")

    leader.sees(f"Phường Long Hưng: {said(figure['share'])} %")
    leader.reads("Con số này từ đâu ra", "hồ sơ đã tiếp nhận trong kỳ")
    leader.page.get_by_text("Định nghĩa và căn cứ").click()
    leader.reads("chưa kiểm chứng", "QĐ 766/QĐ-TTg")
    leader.presses(re.compile(f"^Được tính {figure['numerator']}$"))
    leader.reads("Trang này không hiện tên người dân.")
    leader.presses(f"Không được tính {figure['denominator'] - figure['numerator']}")
    leader.inspector.look(leader.page)
    leader.presses("Chỉ tiêu các phường")
    leader.sees("Hồ sơ nộp trực tuyến")


def test_a_dossier_that_is_accepted_moves_the_number(leader, house):
    before = figures(house)[WARD, "filed_online"]
    code = sent_dossier(house.web, WARD).look()["code"]
    by_http(house, WARD).act(code, "accept", reason="Trả phí khi nhận kết quả")
    leader.page.reload()
    leader.sees("Hồ sơ nộp trực tuyến")

    counted = f"{before['numerator'] + 1}/{before['denominator'] + 1}"
    assert counted in leader.ward("Long Hưng").replace(".", "")
    leader.opens_the_ward("Long Hưng")
    leader.presses(re.compile("^Được tính"))
    leader.reads(shown(code))


def test_another_month_is_chosen_and_stays_in_the_address(leader):
    year = datetime.now(VIETNAM).year
    leader.page.get_by_role("combobox", name="Kỳ báo cáo").select_option(label=f"Năm {year}")
    leader.reads(f"Năm {year}, tính đến hết ngày")
    leader.page.reload()

    leader.reads(f"Năm {year}, tính đến hết ngày")


def test_an_officer_is_told_that_this_desk_is_the_leaders(device, house):
    context, inspector = device()
    inspector.expect_status(401)
    person = Leader(context.new_page(), web=house.web, inspector=inspector)
    person.signs_in(house.account("officer", WARD))

    person.reads("Trang này dành cho người khác")


def test_nobody_else_reads_the_figures(house):
    answer = httpx.get(f"{house.web}/api/v1/targets", params={"unit": "om", "period": "2026"})

    assert answer.status_code == 401
