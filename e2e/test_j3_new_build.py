"""J3: a new version of the app comes out while a form is filled in; no page goes white."""

import re
import shutil

import httpx
import pytest
from playwright.sync_api import expect

from e2e.conftest import WARD
from e2e.installation import Installation, build_anew
from e2e.network import NEXT, brings_only_what
from e2e.people.author import Publishers
from e2e.people.citizen import AUTHORISATION, AUTHORISED, KEPT_FOR_LATER, Citizen
from tests.running import ROOT

SCRIPT = re.compile(r"/assets/first-[\w-]+\.js")
LATER_STYLE = re.compile(r"/assets/later-[\w-]+\.css$")
EXTRACT = "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
NEW_ONE_WAITS = """async () => {
  const worker = await navigator.serviceWorker.getRegistration()
  await worker.update()
  while (worker.waiting === null) await new Promise((resolve) => setTimeout(resolve, 20))
}"""


@pytest.fixture
def text(tmp_path):
    """A new text of the procedure: filling it in takes longer."""
    folder = tmp_path / "texts"
    shutil.copytree(ROOT / "procedures", folder)
    old = (folder / EXTRACT).read_text(encoding="utf-8")
    (folder / EXTRACT).write_text(old.replace("minutes: 3\n", "minutes: 4\n"), encoding="utf-8")
    return folder / EXTRACT


@pytest.fixture(scope="module")
def own_house(tmp_path_factory):
    """An installation that may be updated, and is by each of these journeys."""
    house = Installation(tmp_path_factory.mktemp("house"))
    try:
        yield house.start()
    finally:
        house.stop()


@pytest.fixture
def own_poster(own_house):
    """Its poster for copies of entries."""
    return next(
        one["code"]
        for one in own_house.demo["posters"]
        if (one["procedure"], one["unit"]) == ("2.000635", WARD)
    )


@pytest.fixture
def there(device, own_house):
    """A citizen of that house; `keeps` says whether their phone takes the worker."""

    def make(*, keeps):
        workers = "allow" if keeps else "block"
        context, inspector = device(service_workers=workers)
        inspector.expect_lost_network()
        if not keeps:
            inspector.expect_no_worker()
        return Citizen(context.new_page(), web=own_house.web, inspector=inspector)

    return make


def script_of(house):
    """Find the script that the house's page names today."""
    return SCRIPT.search(httpx.get(house.web).text)[0]


def begins_with_the_first_pages_alone(citizen, house, poster):
    """Come to the first question; what the later pages need is not on the phone yet."""
    page = httpx.get(house.web).text
    citizen.page.route("**/assets/*.js", brings_only_what(page, besides=NEXT))
    with citizen.page.expect_response(LATER_STYLE):
        citizen.begins(poster)


def test_a_page_that_is_open_while_a_new_build_comes_out_finds_the_files_of_its_own(
    there, own_house, own_poster, photo
):
    citizen = there(keeps=False)
    before = script_of(own_house)
    begins_with_the_first_pages_alone(citizen, own_house, own_poster)
    own_house.is_updated()
    citizen.page.unroute("**/assets/*.js")
    assert script_of(own_house) != before

    citizen.answers_up_to_the_paper()
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.sends()
    citizen.is_received()


def test_a_page_whose_files_are_gone_is_not_white_and_opened_anew_it_goes_on(
    there, own_house, own_poster, photo
):
    citizen = there(keeps=False)
    citizen.inspector.expect_status(404)
    begins_with_the_first_pages_alone(citizen, own_house, own_poster)
    before = script_of(own_house)
    own_house.is_updated(forgets=True)
    citizen.page.unroute("**/assets/*.js")
    gone = httpx.get(f"{own_house.web}{before}")
    assert gone.status_code == 404
    assert "html" not in gone.headers["content-type"]

    citizen.answers_for_another_person()
    citizen.goes_on()
    citizen.sees("Trang này đã có bản mới")
    citizen.reads("Những gì đã lưu trên máy này vẫn còn. Tải lại trang để làm tiếp.")
    citizen.reads_nowhere("Chưa có mạng")
    citizen.has_one_main_button()
    citizen.presses("Tải lại trang")
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads("Nguyễn Thị Bé Tư")
    citizen.sends()
    citizen.is_received()


def test_a_first_question_whose_next_files_are_gone_tells_of_the_new_version(
    there, own_house, own_poster
):
    citizen = there(keeps=False)
    citizen.inspector.expect_status(404)
    citizen.page.route("**/assets/*", brings_only_what(httpx.get(own_house.web).text))
    citizen.scans(own_poster)
    citizen.presses("Xem và bắt đầu")
    citizen.presses("Bắt đầu")
    citizen.sees("Bạn nộp cho ai?")
    own_house.is_updated(forgets=True)
    citizen.page.unroute("**/assets/*")
    citizen.chooses(AUTHORISED)
    citizen.goes_on()

    citizen.reads("Trang này đã có bản mới")
    citizen.has_one_main_button()
    citizen.presses("Tải lại trang")
    citizen.sees("Bạn nộp cho ai?")
    assert citizen.page.get_by_role("radio", name=AUTHORISED).is_checked()
    citizen.goes_on()
    citizen.sees("Thông tin của bạn")


def test_a_part_of_a_page_whose_files_are_gone_offers_no_second_main_button(
    there, own_house, own_poster
):
    citizen = there(keeps=False)
    citizen.inspector.expect_status(404)
    citizen.page.route("**/assets/*", brings_only_what(httpx.get(own_house.web).text))
    citizen.scans(own_poster)
    own_house.is_updated(forgets=True)
    citizen.page.unroute("**/assets/*")
    citizen.presses("Xem và bắt đầu")

    citizen.reads("Trang này đã có bản mới")
    citizen.has_one_main_button()


def test_a_phone_that_keeps_the_pages_goes_on_with_them_and_takes_the_new_ones_afterwards(
    there, own_house, own_poster, text
):
    citizen = there(keeps=True)
    citizen.begins(own_poster)
    citizen.answers_for_another_person()
    citizen.page.evaluate(KEPT_FOR_LATER)
    with own_house.closed():
        build_anew(own_house.pages)
        shutil.rmtree(own_house.data / "pages")
        Publishers(own_house).publish(text)

    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.opens("/ho-so")
    citizen.page.evaluate(NEW_ONE_WAITS)
    citizen.page.reload()
    citizen.reads("Có bản mới của trang này.")
    citizen.has_one_main_button()
    citizen.presses("Dùng bản mới")
    expect(citizen.page.locator(f"script[src='{script_of(own_house)}']")).to_have_count(1)
    citizen.presses("Làm tiếp")
    citizen.sees(AUTHORISATION)
