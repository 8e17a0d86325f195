"""Chosen colours: what is told by a colour alone elsewhere keeps its frame, its weight, its dot."""

from datetime import datetime, timedelta

import pytest

from backend.platform.kit.clock import VIETNAM
from e2e.conftest import PICTURES, WARD
from e2e.people.citizen import Citizen
from e2e.people.officer import by_http
from tests.contract.people import sent_dossier

TITLE = "Bản sao trích lục hộ tịch"
SEEN = 4.5  # what a line needs against its ground where somebody asks for more contrast
CONTRAST = """([selector, side]) => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((one) => Number(one) / 255)
    const [r, g, b] = parts.map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4))
    return .2126 * r + .7152 * g + .0722 * b
  }
  const ground = light(getComputedStyle(document.body).backgroundColor)
  const line = light(getComputedStyle(document.querySelector(selector))[side])
  return (Math.max(ground, line) + .05) / (Math.min(ground, line) + .05)
}"""
STYLE = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"


@pytest.fixture
def asked(house):
    """A dossier for which the ward asks for another photo."""
    phone = sent_dossier(house.web, WARD)
    until = (datetime.now(VIETNAM) + timedelta(days=7)).date().isoformat()
    item = {"paper": "uy_quyen", "words": "Trang 1 mờ, không đọc được chữ ký."}
    answer = by_http(house, WARD).act(
        phone.look()["code"], "request_supplement", items=[item], until=until
    )
    assert answer.status_code == 200
    return phone


def reader(device, house, **profile):
    """A citizen whose device shows the colours that they chose."""
    context, inspector = device(**profile)
    return Citizen(context.new_page(), web=house.web, inspector=inspector)


def keeps_picture(person, name):
    """Keep a picture of the whole screen, to be looked at."""
    PICTURES.mkdir(exist_ok=True)
    person.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_more_contrast_what_the_ward_asks_stands_in_a_clear_frame(
    device, house, asked, scheme
):
    person = reader(device, house, contrast="more", color_scheme=scheme)
    person.opens_the_dossier(asked)
    person.reads("Cần ông/bà")
    keeps_picture(person, f"tuong-phan-{scheme}-bo-sung")

    for selector in (".ask", ".quote", ".where"):
        side = "borderBlockEndColor"
        assert person.page.evaluate(CONTRAST, [selector, side]) >= SEEN, selector
        assert person.page.evaluate(STYLE, [selector, "borderBlockEndStyle"]) == "solid"


def test_in_forced_colours_the_main_button_the_choice_and_the_waiting_dot_are_told_apart(
    device, house
):
    person = reader(device, house, forced_colors="active")
    person.opens_the_dossier(sent_dossier(house.web, WARD))
    person.presses("Trả phí 8.000 đ")
    person.sees("Trả phí bằng cách nào?")
    ground = person.page.evaluate(STYLE, ["body", "backgroundColor"])
    keeps_picture(person, "mau-ep-tra-phi")
    assert person.page.evaluate(STYLE, [".btn--main", "borderTopWidth"]) == "4px"
    assert person.page.evaluate(STYLE, [".btn--plain", "borderTopColor"]) == ground
    chosen = ".choice__input:checked + .choice__body"
    assert person.page.evaluate(STYLE, [chosen, "outlineOffset"]) == "-3px"

    person.presses("Tiếp tục")
    person.sees("Trả 8.000 đ")
    keeps_picture(person, "mau-ep-cho-tien")

    assert person.page.evaluate(STYLE, [".pulse", "backgroundColor"]) != ground
