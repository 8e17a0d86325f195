"""Two who apply together (hai bên cùng nộp): each has a role, one of them owns the dossier."""

from pathlib import Path

from backend import places
from backend.catalogue import Applicant, People, Person
from backend.catalogue.model.preview import sheet
from backend.catalogue.model.preview_lines import walk_through
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read

ROOT = Path(__file__).parents[3] / "procedures"
PLACES = places.read(places.DATA, demo=True)[0]
BLOCKS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "_shared").glob("*.yaml")}
TIEN = Person(name="Bùi Thị Cẩm Tiên", personal_number="092301000158")
LONG = Person(name="Võ Hoàng Long", personal_number="092098000269")


def marriage():
    path = ROOT / "ho-tich/dang-ky-ket-hon.yaml"
    found = read("x.yaml", path.read_text(encoding="utf-8"), BLOCKS)
    assert found.findings == ()
    return Procedure(found.definition, version="v", tariffs=(), places=PLACES)


def test_whoever_files_both_stand_with_their_roles():
    by_her = {
        "nop_cho": "ben_nu",
        "nam_ho_ten": LONG.name,
        "nam_so_dinh_danh": LONG.personal_number,
    }
    by_him = {
        "nop_cho": "ben_nam",
        "nu_ho_ten": TIEN.name,
        "nu_so_dinh_danh": TIEN.personal_number,
    }
    both = [
        Applicant("Bên nữ", TIEN.name, TIEN.personal_number),
        Applicant("Bên nam", LONG.name, LONG.personal_number),
    ]

    assert marriage().applicants(People(TIEN), by_her) == both
    assert marriage().applicants(People(LONG), by_him) == both


def test_who_is_not_named_yet_has_the_role_alone():
    assert marriage().applicants(People(Person()), {}) == [
        Applicant("Bên nữ", ""),
        Applicant("Bên nam", ""),
    ]


def test_a_hidden_answer_is_nobody():
    left_over = {"nop_cho": "ben_nu", "nu_ho_ten": "Người Khác", "nam_ho_ten": LONG.name}

    names = [one.name for one in marriage().applicants(People(TIEN), left_over)]

    assert names == [TIEN.name, LONG.name]


def test_both_must_come_for_the_result():
    assert [(one.who, one.step) for one in marriage().presence({})] == [("both", "result")]


def test_an_author_reads_who_owns_the_dossier_when():
    text = "\n".join(walk_through(sheet(marriage().definition)))

    assert "Bên nam: là chủ hồ sơ khi “Bạn là bên nào?” là “Tôi là bên nam”" in text
