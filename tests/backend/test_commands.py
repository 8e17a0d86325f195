"""`motcua due`, and the commands for procedure authors run as they are typed: as processes."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from backend import cli, places
from backend.catalogue.actions.comparing import read_file
from tests.running import MOTCUA

ROOT = Path(__file__).parents[2]
EXTRACT = "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
GIVEN = {
    "--unit": "om-long-hung",
    "--procedure": "1.004873",
    "--accepted": "2026-11-20 10:00",
}
COPIES = "_shared/phi-ban-sao.yaml"
AMOUNT = "      verified: true\n"
NEW_AMOUNT = f"""{AMOUNT}    - from: 2027-01-01
      amount: 10000
      law: Nghị quyết 12/2026/NQ-HĐND
{AMOUNT}"""


def run(*words, env=None, typed=None):
    done = subprocess.run(
        [*map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False, input=typed,
        env={key: value for key, value in os.environ.items() if not key.startswith("MOTCUA_")}
        | (env or {}),
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def motcua(*words, env=None, typed=None):
    return run(MOTCUA, "procedures", *words, env=env, typed=typed)


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "procedures"
    shutil.copytree(ROOT / "procedures", copy)
    return copy


def edit(folder, old, new, file=EXTRACT):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.fixture
def env(folder, tmp_path, database_url):
    """An installation that has served the procedures of the folder once."""
    known = {
        "MOTCUA_MODE": "test",
        "MOTCUA_DATA": str(tmp_path / "data"),
        "MOTCUA_DATABASE_URL": database_url,
        "MOTCUA_PROCEDURES": str(folder),
    }
    run(MOTCUA, "migrate", env=known)
    return known


# -- diff -----------------------------------------------------------------------------------------


def test_two_equal_folders_are_the_same(folder):
    assert motcua("diff", "procedures", folder) == (0, "Hai bản giống nhau.\n", "")


def test_a_new_fee_is_told_in_words_and_the_exit_code_says_different(folder):
    edit(folder, AMOUNT, NEW_AMOUNT, file=COPIES)

    code, said, _ = motcua("diff", f"procedures/{EXTRACT}", folder / EXTRACT)

    assert code == 1
    assert said == (
        "2.000635 Bản sao trích lục hộ tịch\n"
        "  Phí, lệ phí\n"
        "    - Phí cấp bản sao trích lục hộ tịch: 8.000 → 10.000\u00a0đ từ 01/01/2027"
        " (Nghị quyết 12/2026/NQ-HĐND).\n\n"
    )


def test_folders_are_compared_procedure_by_procedure_with_their_tariffs(folder):
    edit(folder, "amount: 10000", "amount: 12000", file="tariffs/trinh-dien.yaml")
    for path in (folder / "thi-dua-khen-thuong").iterdir():
        path.unlink()

    code, said, _ = motcua("diff", "procedures", folder, "--language", "en")

    assert code == 1
    assert "1.012373 Giấy khen của Chủ tịch UBND cấp xã\n  Name and general facts\n" in said
    assert "    - This procedure is gone.\n" in said
    assert " in om: 10,000 → 12,000\u00a0đ from 01/01/2026" in said


def test_a_new_edition_in_a_folder_is_compared_with_the_one_before_it(folder):
    text = (folder / EXTRACT).read_text(encoding="utf-8")
    later = text.replace("minutes: 3\n", "minutes: 4\nvalid_from: 2027-03-01\n")
    (folder / EXTRACT.replace(".yaml", ".2027-03-01.yaml")).write_text(later, encoding="utf-8")

    new = motcua("diff", "procedures", folder)
    gone = motcua("diff", folder, "procedures")

    assert new[:2] == (
        1,
        (
            "2.000635 Bản sao trích lục hộ tịch\n"
            "  Tên và thông tin chung\n"
            "    - Áp dụng từ ngày 01/03/2027 (trước: chưa ghi ngày).\n"
            "    - Số phút khai: 3 → 4.\n\n"
        ),
    )
    assert "    - Không còn bản áp dụng từ ngày 01/03/2027.\n" in gone[1]


def test_a_broken_file_is_refused_with_its_place(folder):
    changed = edit(folder, "kind: choice", "kind: chioce")

    code, said, complaint = motcua("diff", f"procedures/{EXTRACT}", changed)

    assert (code, said) == (2, "")
    assert "có chỗ sai" in complaint
    assert 'Did you mean "choice"?' in complaint


def test_a_file_that_is_not_there_is_told_in_a_sentence(folder):
    code, _, complaint = motcua("diff", folder / EXTRACT, folder / "khong-co.yaml")

    assert code == 2
    assert complaint.startswith("Không đọc được tệp")
    assert "Traceback" not in complaint


def test_a_file_is_compared_with_the_version_that_was_served(folder, env):
    version = read_file(folder / EXTRACT, shared=folder).source.version
    edit(folder, AMOUNT, NEW_AMOUNT, file=COPIES)

    code, said, _ = motcua("diff", f"2.000635@{version}", folder / EXTRACT, env=env)
    same = motcua("diff", f"2.000635@{version}", f"2.000635@{version}", env=env)
    unknown = motcua("diff", f"2.000635@{'0' * 16}", folder / EXTRACT, env=env)

    assert (code, "8.000 → 10.000\u00a0đ từ 01/01/2027" in said) == (1, True)
    assert same[:2] == (0, "Hai bản giống nhau.\n")
    assert unknown[0] == 2
    assert "Không có thủ tục này" in unknown[2]


# -- preview --------------------------------------------------------------------------------------


def test_a_file_is_shown_as_the_citizen_will_see_it():
    code, said, _ = motcua("preview", f"procedures/{EXTRACT}")

    assert code == 0
    assert "── Màn hình 1. Bạn nộp cho ai?" in said
    assert "── CHƯA KIỂM CHỨNG" in said


def test_a_file_is_printed_with_all_its_questions(tmp_path):
    code, said, _ = motcua("preview", f"procedures/{EXTRACT}", "--as", "print", "--out", tmp_path)

    made = tmp_path / "cap-ban-sao-trich-luc-ho-tich.print.pdf"
    assert (code, said) == (0, f"Đã ghi: {made}\n")
    pdf = pypdfium2.PdfDocument(made.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    for words in ("Giấy tờ cần có", "Bạn cần mấy bản?", "Căn cứ pháp lý", "CHƯA KIỂM CHỨNG"):
        assert words in text


def test_a_broken_file_is_not_shown_but_its_faults_are(folder):
    changed = edit(folder, "kind: choice", "kind: chioce")

    code, said, complaint = motcua("preview", changed, "--as", "officer", "--language", "en")

    assert (code, said) == (2, "")
    assert 'Did you mean "choice"?' in complaint


def test_the_text_goes_into_a_folder_when_one_is_named(tmp_path):
    asked = ("--as", "officer", "--out", tmp_path / "ra")

    assert motcua("preview", f"procedures/{EXTRACT}", *asked)[0] == 0

    text = (tmp_path / "ra/cap-ban-sao-trich-luc-ho-tich.officer.txt").read_text(encoding="utf-8")
    assert text.startswith("CÁN BỘ SẼ KIỂM TRA\n")


# -- publish with two persons ---------------------------------------------------------------------


@pytest.fixture
def accounts(env):
    """The passwords of an author, an operator and an officer at the counter."""
    given = (("an", "author"), ("binh", "operator"), ("chi", "officer"))
    return {
        login: run(MOTCUA, "officers", "add", login, "--role", role, env=env)[1].split()[-1]
        for login, role in given
    }


def test_two_persons_publish_and_nobody_else(folder, env, accounts, tmp_path):
    draft = tmp_path / "draft/procedures"
    shutil.copytree(folder, draft)
    edit(draft, "title: Bạn cần mấy bản?", "title: Bạn cần bao nhiêu bản?")

    def does(*words, by, password=None):
        typed = f"{password or accounts[by]}\n"
        return motcua(*words, "--by", by, env=env, typed=typed)

    propose = ("propose", draft / EXTRACT, "--from", "2099-01-01", "--reason", "Quyết định 1")
    wrong = does(*propose, by="an", password="sai")
    counter = does(*propose, by="chi")
    made = does(*propose, "--close-drafts", by="an")
    alone = does("approve", 1, by="an")
    both = does("approve", 1, by="binh")
    gone = does("withdraw", 1, "--reason", "Có sai", by="an")
    nothing = does("rollback", "2.000635", "--reason", "Có sai", by="an")
    listed = motcua("list", env=env)

    assert (wrong[0], "Chưa đăng nhập được" in wrong[2]) == (1, True)
    assert (counter[0], "không làm việc này" in counter[2]) == (1, True)
    assert made[0] == 0
    assert "tiêu đề: “Bạn cần mấy bản?” → “Bạn cần bao nhiêu bản?”" in made[1]
    assert "1  chờ duyệt  từ 00:00 ngày 01/01/2099  2.000635@" in made[1]
    assert (alone[0], "Người đề nghị không tự duyệt" in alone[2]) == (1, True)
    assert (both[0], "1  đã duyệt" in both[1]) == (0, True)
    assert (gone[0], "đã thu hồi" in gone[1]) == (0, True)
    assert (nothing[0], "Không có bản nào trước đó" in nothing[2]) == (1, True)
    assert listed[1].count("\n") == 1
    assert "đề nghị: an; duyệt: binh; thu hồi: an (Có sai)" in listed[1]
    assert listed[1].endswith("Quyết định 1; bản cũ không nhận nữa\n")


# -- import ---------------------------------------------------------------------------------------


def test_a_national_record_becomes_a_draft_with_a_list_of_what_is_left(tmp_path):
    record = tmp_path / "ban-ghi.json"
    record.write_text('{"TENTTHC": "Thủ tục thử nghiệm", "GHICHU": "x"}', encoding="utf-8")

    without_code = motcua("import", record, "--out", tmp_path)
    code, said, _ = motcua("import", record, "--out", tmp_path, "--code", "1.999999")
    shown = motcua("preview", tmp_path / "khac/thu-tuc-thu-nghiem.yaml")

    assert (without_code[0], "Thêm --code MÃ" in without_code[2]) == (2, True)
    assert code == 0
    assert said.startswith(f"Đã ghi bản nháp: {tmp_path}/khac/thu-tuc-thu-nghiem.yaml\nCòn phải")
    assert said.endswith("  - Mục của bản ghi chưa dùng tới: GHICHU.\n")
    assert "! CHƯA NỘP ĐƯỢC QUA MẠNG" in shown[1]


# -- due -------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def loaded():
    yield
    places.load("test")


def due(*more, **changes):
    given = GIVEN | {f"--{name}": value for name, value in changes.items()}
    return cli.main(["due", *(word for pair in given.items() for word in pair), *more])


def test_the_date_comes_first_then_the_steps(capsys):
    assert due("--pause", "2026-11-23T10:00..2026-11-25 10:00") == 0

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
    assert due("--json", accepted="2026-11-20T03:00:00Z") == 0

    assert json.loads(capsys.readouterr().out)["accepted"] == "2026-11-20T10:00:00+07:00"


def test_a_year_without_a_notice_is_warned_about_on_both_ways(capsys):
    assert due("--json", accepted="2026-12-30 10:00") == 0

    out, err = capsys.readouterr()
    told = json.loads(out)
    sentence = "Năm 2027 chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi."
    assert told["due_at"] == "2027-01-05T17:00:00+07:00"
    assert told["warnings"] == [sentence]
    assert err == f"Cảnh báo: {sentence}\n"
    assert told["steps"][-1]["en"] == "Due: 17:00 Tuesday 05/01/2027"


def test_a_real_unit_of_today_is_known_as_well_as_those_of_the_demo(capsys):
    assert due(unit="ct-thoi-long") == 0

    assert capsys.readouterr().out.startswith("2026-11-26T17:00:00+07:00")


def test_an_open_pause_leaves_no_date(capsys):
    assert due("--json", "--pause", "2026-11-23 10:00..") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["due_at"], told["paused"]) == (None, True)


def test_a_procedure_without_a_date_says_so_and_why_it_cannot_be_filed(capsys):
    assert due(procedure="1.001776") == 0

    out, err = capsys.readouterr()
    assert out == "Thủ tục này không hẹn ngày trả kết quả.\n"
    assert err.startswith("Cảnh báo: Thời hạn")


CASES = "Thời hạn còn tùy câu trả lời: loai_viec. Thêm --answer CÂU=TRẢ_LỜI."


def test_a_time_that_answers_change_is_warned_about_until_one_is_given(capsys):
    assert due("--json", procedure="1.004859") == 0
    base = json.loads(capsys.readouterr().out)
    assert due("--json", "--answer", "loai_viec=bo_sung", procedure="1.004859") == 0
    same_day = json.loads(capsys.readouterr().out)
    assert due("--json", "--answer", "loai_viec=thay_doi", procedure="1.004859") == 0
    three_days = json.loads(capsys.readouterr().out)

    assert CASES in base["warnings"]
    assert same_day["due_at"] == "2026-11-20T17:00:00+07:00"
    assert three_days["due_at"] == base["due_at"] > same_day["due_at"]
    assert CASES not in same_day["warnings"] + three_days["warnings"]


def test_an_answer_that_changes_nothing_leaves_the_warning(capsys):
    assert due("--answer", "doi_ten_du_9_tuoi=true", procedure="1.004859") == 0

    assert CASES in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "changes", "sentence"),
    [
        (("--answer", "loai_viec=xoa"), {"procedure": "1.004859"}, "Không nhận câu trả lời"),
        (("--answer", "loai_viec="), {"procedure": "1.004859"}, "Không nhận câu trả lời"),
        (("--answer", "loai_viec=[1]"), {"procedure": "1.004859"}, "Không nhận câu trả lời"),
        (("--answer", "khong_co=1"), {"procedure": "1.004859"}, "'khong_co=1'"),
        (("--answer", "doi_ten_du_9_tuoi=1"), {"procedure": "1.004859"}, "Không nhận"),
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
    assert due(*more, **changes) == 2

    out, err = capsys.readouterr()
    assert sentence in err
    assert out == ""
