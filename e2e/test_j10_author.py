"""J10: two persons publish a text; drafts, posters and old codes live through it."""

import itertools
import shutil

import httpx
import pytest

from e2e.conftest import WARD
from e2e.people.author import Publishers
from e2e.people.citizen import AUTHORISATION, Citizen
from e2e.people.filling import Filling
from e2e.people.officer import by_http
from e2e.pictures import photo_of_paper
from tests.contract.people import example
from tests.running import ROOT, running

EXTRACT = "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
EXTRACT_CASES = "ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml"
MARRIAGE = "1.004873"
MARRIAGE_FILE = "ho-tich/cap-giay-xac-nhan-tinh-trang-hon-nhan.yaml"
MARRIAGE_TITLE = "Giấy xác nhận tình trạng hôn nhân"
NEW_TITLE = "Giấy xác nhận độc thân hoặc đã có vợ chồng"
MERIT = "1.010833"
MERIT_FILE = "nguoi-co-cong/cap-giay-xac-nhan-than-nhan-nguoi-co-cong.yaml"
BOOK = """\
    - id: ht_quyen
      kind: text
      label: Quyển số
      label_en: Book number (quyển số)
      required: false
      max_length: 50
"""
UNBROKEN = "Nguyễn-Thị-" * 12 + "Lành"
LONG_TITLE = (
    "Giấy xác nhận thân nhân của thương binh, bệnh binh, liệt sĩ, người hoạt động cách mạng, "
    f"người có công giúp đỡ cách mạng và {UNBROKEN}"
)
NEW_QUESTION = """\
      - id: ncc_so_ho_so
        kind: text
        label: Số ghi trên bìa hồ sơ cũ
        required: false
        max_length: 100
"""
OLD_QUESTION = """\
      - id: ncc_so_ho_so
        kind: text
        label: Số hồ sơ hoặc số quyết định
        label_en: Number of the file or decision
        required: false
        max_length: 100
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A house of its own, because what is published stays."""
    with running(tmp_path_factory.mktemp("town") / "data") as house:
        yield house


@pytest.fixture
def desk(town, tmp_path):
    """The authors' copy of all texts; what they publish is served after a short stop."""
    folder = tmp_path / "procedures"
    shutil.copytree(ROOT / "procedures", folder)
    return Desk(town, folder)


class Desk:
    """Where a text is edited, and two persons type what makes it count."""

    def __init__(self, house, folder):
        self.house, self.folder = house, folder
        self.persons = Publishers(house)

    def edits(self, file, old, new):
        """Change words of one file."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text
        (self.folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def publishes(self, file, *options):
        """Publish a file; on one SQLite file the house stands still meanwhile."""
        self.house.stop()
        said = self.persons.publish(self.folder / file, *options)
        self.house.start()
        return said

    def rolls_back(self, code):
        """Take a publication back."""
        self.house.stop()
        self.persons.roll_back(code)
        self.house.start()


@pytest.fixture
def people(device, town):
    """As many citizens of that town as are wanted, each with their own phone."""

    def another():
        context, inspector = device(service_workers="block")
        inspector.expect_lost_network()
        inspector.expect_no_worker()
        return Citizen(context.new_page(), web=town.web, inspector=inspector)

    return another


@pytest.fixture
def poster_of(town):
    """The poster that hangs at the ward for a procedure."""
    found = {one["procedure"]: one["code"] for one in town.demo["posters"] if one["unit"] == WARD}
    return found.__getitem__


@pytest.fixture
def fills(town, tmp_path, poster_of):
    """Somebody scans the poster of a procedure and fills in its example, up to the last look."""
    photos = (
        photo_of_paper(tmp_path, f"anh-{number}", seed=number) for number in itertools.count()
    )

    def fill(citizen, code):
        asked = {"unit": WARD}
        procedure = httpx.get(f"{town.web}/api/v1/procedures/{code}", params=asked).json()
        citizen.begins(poster_of(code), procedure=procedure["title"])
        Filling(citizen, procedure, example(town.web, WARD, code), photos).goes_to_the_last_look()
        return procedure["version"]

    return fill


def test_drafts_keep_their_version_and_posters_go_on_when_a_text_comes_and_is_rolled_back(
    town, desk, people, poster_of, fills
):
    first, second, passer_by = people(), people(), people()
    old = fills(first, MARRIAGE)
    desk.edits(MARRIAGE_FILE, f"title: {MARRIAGE_TITLE}\n", f"title: {NEW_TITLE}\n")
    assert NEW_TITLE in desk.publishes(MARRIAGE_FILE)
    posters = (poster_of(MARRIAGE), prints_a_poster(town))

    first.sends()
    assert version_of(town, first.is_received()) == old
    for poster in posters:
        passer_by.scans(poster)
        passer_by.sees(NEW_TITLE)
    new = fills(second, MARRIAGE)
    assert new != old
    desk.rolls_back(MARRIAGE)

    second.sends()
    assert version_of(town, second.is_received()) == new
    for poster in posters:
        passer_by.scans(poster)
        passer_by.sees(MARRIAGE_TITLE)


def prints_a_poster(town):
    """Have the ward's officer make a new poster; its sheet can be printed."""
    asked = {"unit": WARD, "procedure": MARRIAGE}
    made = by_http(town, WARD).http.post("/api/v1/workbench/posters", json=asked).json()
    assert httpx.get(made["pdf_url"]).content.startswith(b"%PDF-")
    return made["code"]


def version_of(town, code):
    """Read which text a dossier was filed under, as the ward's officer does."""
    return by_http(town, WARD).dossier(code).json()["version"]


def test_a_form_that_the_law_closes_tells_what_changed_and_keeps_what_fits(
    desk, people, poster_of, photo
):
    citizen = people()
    citizen.begins(poster_of("2.000635"))
    citizen.answers_for_another_person()
    citizen.fills({"Số lượng bản sao": "30"})
    citizen.presses("Câu trước")
    citizen.sees("Giấy đó đăng ký ở đâu, khi nào?")
    citizen.fills({"Quyển số": "Q-02"})
    citizen.goes_on()
    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.chooses_photos([photo])
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    desk.edits(EXTRACT, "max: 50", "max: 20")
    desk.edits(EXTRACT_CASES, '"50"', '"20"')
    desk.edits(EXTRACT_CASES, "amount: 400000", "amount: 160000")
    desk.edits("_shared/noi-dang-ky.yaml", BOOK, "")
    desk.publishes(EXTRACT, "--close-drafts")
    citizen.inspector.expect_status(409)

    citizen.sends()
    citizen.sees("Biểu mẫu của thủ tục này đã đổi")
    citizen.reads("Cần trả lời lại", "Số lượng bản sao", "Không hỏi nữa", "Quyển số")
    citizen.presses("Tiếp tục với mẫu mới")
    citizen.sees("Bạn cần mấy bản?")
    citizen.fills({"Số lượng bản sao": "20"})
    citizen.goes_on()
    citizen.sees(AUTHORISATION)
    citizen.has_photos(1, "Phường đã giữ")
    citizen.goes_on()
    citizen.sees("Xem lại trước khi gửi")
    citizen.reads_nowhere("Q-02")
    citizen.presses("Gửi hồ sơ")
    citizen.is_received()


def test_words_longer_than_the_screen_are_read_whole_and_missing_english_is_told(
    desk, people, poster_of, fills
):
    title = "title: Giấy xác nhận thân nhân người có công\n"
    desk.edits(MERIT_FILE, title, f'title: "{LONG_TITLE}"\n')
    desk.edits(MERIT_FILE, OLD_QUESTION, NEW_QUESTION)
    desk.publishes(MERIT_FILE)
    citizen = people()

    fills(citizen, MERIT)
    citizen.sends()
    citizen.is_received()
    for width in (320, 360):
        citizen.page.set_viewport_size({"width": width, "height": 740})
        citizen.scans(poster_of(MERIT))
        citizen.sees(LONG_TITLE)
        assert citizen.widest() <= width
    citizen.presses("EN, English")
    citizen.presses("Look and begin")
    citizen.reads("Some texts of this procedure are in Vietnamese only.")
