"""The catalogue of a process: loading, versions that stay known, searching, publishing."""

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue import People, Person
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM

PROCEDURES = Path(__file__).parents[3] / "procedures"
EXTRACT = "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 5, tzinfo=UTC)
WARD = "om-long-hung"
NOT_HERE = {"1.000689", "1.001776", "1.012373", "2.000720", "1.001570", "1.001266", "2.000004"}
"""Listed with the reason, and not fileable."""


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "procedures"
    shutil.copytree(PROCEDURES, copy)
    return copy


@pytest.fixture(autouse=True)
def _fresh(tmp_path):
    """Forget what an earlier test has loaded: an empty folder has nothing that could go on."""
    places.load("test")
    empty = tmp_path / "empty"
    empty.mkdir()
    catalogue.load(empty, demo=True, clock=lambda: NOW)


def load(folder, *, demo=True):
    catalogue.load(folder, demo=demo, clock=lambda: NOW)


def edit(folder, old, new, *, file=EXTRACT):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def titles(found):
    return [one.title for one in found]


# -- searching ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("trich luc", "Bản sao trích lục hộ tịch"),
        ("TRÍCH LỤC", "Bản sao trích lục hộ tịch"),
        ("2.000635", "Bản sao trích lục hộ tịch"),
        ("giay doc than", "Giấy xác nhận tình trạng hôn nhân"),
        ("khai sinh", "Đăng ký khai sinh"),
        ("dang ky", "Đăng ký khai sinh"),
        ("moi sinh em be", "Đăng ký khai sinh"),
        ("sinh dang ky khai", "Đăng ký khai sinh"),
        ("khai sanh", "Đăng ký khai sinh"),
        ("giấy khai sanh", "Đăng ký khai sinh"),
        ("trích lục khai sanh", "Bản sao trích lục hộ tịch"),
        ("mất khai sanh", "Đăng ký lại khai sinh"),
        ("sanh con", "Đăng ký khai sinh"),
        ("khai tữ", "Đăng ký khai tử"),
        ("giấy chứng tử", "Đăng ký khai tử"),
        ("người nhà mất", "Đăng ký khai tử"),
        ("qua đời", "Đăng ký khai tử"),
        ("hộ tịch", "Bản sao trích lục hộ tịch"),
        ("đám cưới", "Đăng ký kết hôn"),
        ("kết hôn", "Đăng ký kết hôn"),
        ("độc thân", "Giấy xác nhận tình trạng hôn nhân"),
        ("photo công chứng", "Chứng thực bản sao từ bản chính"),
        ("sao y", "Chứng thực bản sao từ bản chính"),
        ("giấy ủy quyền", "Chứng thực chữ ký"),
        ("hộ nghèo", "Công nhận hộ nghèo, hộ cận nghèo"),
        ("người già", "Trợ cấp hưu trí xã hội"),
        ("tiền già", "Trợ cấp hưu trí xã hội"),
        ("tàn tật", "Giấy xác nhận khuyết tật"),
        ("buôn bán", "Mở hộ kinh doanh"),
        ("mở quán", "Mở hộ kinh doanh"),
    ],
)
def test_a_procedure_is_found_without_diacritics_in_any_order(q, first):
    load(PROCEDURES)

    assert titles(catalogue.listing(unit=WARD, q=q))[0] == first


def test_what_matches_nothing_finds_nothing():
    load(PROCEDURES)

    assert catalogue.listing(q="hộ chiếu") == []


def test_without_a_question_all_are_listed_and_those_not_fileable_last():
    load(PROCEDURES)

    found = catalogue.listing(unit=WARD)

    last = found[-len(NOT_HERE) :]
    assert {one.code for one in last} == NOT_HERE
    assert all(one.why_not for one in last)
    assert all(one.fileable for one in found[: -len(NOT_HERE)])


def test_the_list_says_the_price_where_it_is_known():
    load(PROCEDURES)

    notes = {one.code: one.fee_note for one in catalogue.listing(unit=WARD)}

    assert notes["2.000635"] == "8.000\u00a0đ mỗi bản"
    assert notes["1.004873"] == "10.000\u00a0đ"
    assert notes["1.001193"] == "Tùy trường hợp; 8.000\u00a0đ mỗi bản"
    assert notes["1.001776"] == "Không thu phí"


def test_demo_amounts_are_loaded_in_demo_alone():
    load(PROCEDURES, demo=False)

    notes = {one.code: one.fee_note for one in catalogue.listing(unit=WARD)}

    assert notes["1.004873"] == "Chưa xác định mức phí"
    quote = catalogue.get("1.004873").quote({}, unit=WARD, channel="online", on=NOW.date())
    assert (quote.state, quote.amount, quote.lines[0].amount) == ("unquoted", None, None)


def test_a_list_of_an_unknown_unit_is_refused():
    load(PROCEDURES)

    with pytest.raises(places.UnknownUnit):
        catalogue.listing(unit="om-nowhere")


# -- publishing -----------------------------------------------------------------------------------


def published(code, **asked):
    return json.loads(catalogue.public(code, **asked)[0])


def test_the_definition_names_the_unit_and_its_desk():
    load(PROCEDURES)

    unit = published("2.000635", unit=WARD)["unit"]

    assert unit["name"] == "Phường Long Hưng"
    assert unit["hours"] == "07:00–11:30, 13:30–17:00"
    assert published("2.000635")["unit"] is None


def test_an_unknown_amount_is_published_as_null_and_not_as_zero():
    load(PROCEDURES, demo=False)

    (item,) = published("1.004873", unit=WARD)["fee"]["items"]

    assert (item["amount"], item["law"], item["verified"]) == (None, None, False)


def test_the_same_definition_keeps_its_tag_and_another_unit_has_another():
    load(PROCEDURES)

    first = catalogue.public("2.000635", unit=WARD)

    assert catalogue.public("2.000635", unit=WARD) == first
    assert catalogue.public("2.000635", unit="om-thoi-an")[1] != first[1]


def test_a_new_day_brings_the_amounts_of_that_day(folder):
    day = [datetime(2026, 11, 30, 5, tzinfo=UTC)]
    (folder / "tariffs/trinh-dien.yaml").write_text(
        (PROCEDURES / "tariffs/trinh-dien.yaml").read_text(encoding="utf-8")
        + '  - {procedure: "1.004873", item: xac_nhan, from: 2026-12-01, amount: 0, law: thử}\n',
        encoding="utf-8",
    )
    catalogue.load(folder, demo=True, clock=lambda: day[0])

    before = published("1.004873", unit=WARD)["fee"]["items"][0]["amount"]
    day[0] = datetime(2026, 11, 30, 17, tzinfo=UTC)  # midnight in Vietnam
    after = published("1.004873", unit=WARD)["fee"]["items"][0]["amount"]

    assert (before, after) == (10000, 0)


# -- the example ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["2.000635", "1.004873", "1.001193"])
def test_an_example_is_a_whole_dossier_without_files(code):
    load(PROCEDURES)
    procedure = catalogue.get(code)

    found = catalogue.example(code, unit="om-thoi-an")

    people = People(
        Person(**{key: value for key, value in found["owner"].items() if key != "address"}), None
    )
    assert (found["procedure"], found["version"]) == (code, procedure.version)
    assert (found["unit"], found["channel"], found["example"]) == ("om-thoi-an", "online", True)
    assert found["owner"]["phone"].isdigit()
    assert len(found["owner"]["phone"]) == 10
    assert [one["files"] for one in found["papers"]] == [[]] * len(found["papers"])
    assert [one["paper"] for one in found["papers"]] == [
        paper.id for paper in procedure.papers_wanted(people, found["answers"]) if paper.required
    ]
    assert (
        procedure.quote(found["answers"], unit="om-thoi-an", channel="online", on=NOW.date()).amount
        > 0
    )
    assert (
        procedure.missing_consents({one["id"]: one["version"] for one in found["consents"]}) == []
    )
    assert found["consents"][0]["at"] == "2026-11-22T12:00:00+07:00"


def test_the_example_of_an_extract_is_filed_by_authorisation_for_one_copy():
    load(PROCEDURES)

    found = catalogue.example("2.000635", unit=WARD)

    assert found["submitter"]["name"] != found["owner"]["name"]
    assert [one["paper"] for one in found["papers"]] == ["uy_quyen"]
    assert found["answers"]["so_luong_ban_sao"] == 1


def test_a_procedure_that_cannot_be_filed_has_no_example():
    load(PROCEDURES)

    with pytest.raises(catalogue.NoExample):
        catalogue.example("1.001776", unit=WARD)


# -- versions -------------------------------------------------------------------------------------


async def test_a_dossier_stays_pinned_to_its_version_after_the_file_changed(database, folder):
    load(folder)
    await catalogue.remember_versions(now=NOW)
    old = catalogue.get("2.000635").version

    edit(folder, "max: 50", "max: 20")
    load(folder)
    await catalogue.remember_versions(now=LATER)

    pinned, current = catalogue.get("2.000635", version=old), catalogue.get("2.000635")
    answers = {"so_luong_ban_sao": 30}
    assert pinned.version == old != current.version
    assert "too-large" not in {one.code for one in judged(pinned, answers)}
    assert "too-large" in {one.code for one in judged(current, answers)}
    assert published("2.000635", version=old)["version"] == old


def judged(procedure, answers):
    return procedure.faults(People(Person()), answers, today=date(2026, 11, 22))


async def test_a_version_of_a_deleted_file_still_judges_its_dossiers(database, folder):
    load(folder)
    await catalogue.remember_versions(now=NOW)
    old = catalogue.get("2.000635").version

    (folder / EXTRACT).unlink()
    (folder / EXTRACT.replace(".yaml", ".golden.yaml")).unlink()
    load(folder)
    await catalogue.remember_versions(now=LATER)

    assert catalogue.get("2.000635", version=old).title == "Bản sao trích lục hộ tịch"
    with pytest.raises(catalogue.UnknownProcedure):
        catalogue.get("2.000635")


async def test_a_changed_block_is_a_new_version_and_the_old_one_keeps_its_own_block(
    database, folder
):
    load(folder)
    await catalogue.remember_versions(now=NOW)
    old = catalogue.get("2.000635").version

    edit(folder, "Thông tin của bạn", "Bạn là ai?", file="_shared/nguoi-yeu-cau.yaml")
    load(folder)
    await catalogue.remember_versions(now=LATER)

    assert catalogue.get("2.000635", version=old).steps[1].title == "Thông tin của bạn"
    assert catalogue.get("2.000635").steps[1].title == "Bạn là ai?"


async def test_starting_twice_with_the_same_files_keeps_one_row_a_version(database, folder):
    for moment in (NOW, LATER):
        load(folder)
        await catalogue.remember_versions(now=moment)

    assert catalogue.get("2.000635") is catalogue.get("2.000635")


async def test_a_version_that_another_process_served_is_recalled(database, folder):
    load(folder)
    ours = catalogue.get("2.000635").version
    edit(folder, "max: 50", "max: 20")
    load(folder)
    theirs = catalogue.get("2.000635").version
    await catalogue.remember_versions(now=NOW)
    load(PROCEDURES)  # we started before them and never saw their file

    assert catalogue.get("2.000635").version == ours
    assert (await catalogue.recall("2.000635", version=theirs)).version == theirs
    with pytest.raises(catalogue.UnknownProcedure):
        await catalogue.recall("2.000635", version="0" * 16)


# -- broken files ---------------------------------------------------------------------------------


def test_a_broken_file_at_the_first_start_is_listed_with_its_reason(folder, caplog):
    edit(folder, "kind: partial_date\n", "kind: partial_dtae\n")

    load(folder)

    broken = catalogue.get("2.000635")
    assert not broken.fileable
    assert broken.why_not == (
        "Thủ tục này đang được sửa trên máy, chưa nộp được. Hỏi bộ phận một cửa của phường."
    )
    assert broken.name == "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh"
    [line] = [logs.JsonLines().format(record) for record in caplog.records]
    assert f"procedures/{EXTRACT}:1" in line
    assert "Did you mean" in line


def test_the_others_go_on_beside_a_broken_file(folder):
    edit(folder, "kind: partial_date\n", "kind: partial_dtae\n")

    load(folder)

    assert {one.code for one in catalogue.listing() if not one.fileable} == {"2.000635", *NOT_HERE}


async def test_after_a_broken_file_was_deployed_its_last_good_version_goes_on(
    database, folder, caplog
):
    load(folder)
    await catalogue.remember_versions(now=NOW)
    good = catalogue.get("2.000635").version

    edit(folder, "kind: partial_date\n", "kind: partial_dtae\n")
    catalogue.load(folder.parent / "empty", demo=True, clock=lambda: NOW)  # a new process
    load(folder)
    await catalogue.remember_versions(now=LATER)

    assert catalogue.get("2.000635").version == good
    assert catalogue.get("2.000635").fileable
    lines = [logs.JsonLines().format(record) for record in caplog.records]
    assert any("last-good-version-goes-on" in line and good in line for line in lines)


async def test_a_file_that_is_no_yaml_any_more_is_known_by_its_path(database, folder):
    load(folder)
    await catalogue.remember_versions(now=NOW)
    good = catalogue.get("2.000635").version

    (folder / EXTRACT).write_text("{", encoding="utf-8")
    catalogue.load(folder.parent / "empty", demo=True, clock=lambda: NOW)
    load(folder)
    await catalogue.remember_versions(now=LATER)

    assert catalogue.get("2.000635").version == good


async def test_the_version_served_last_goes_on_not_the_newest_text(database, folder):
    load(folder)
    first = catalogue.get("2.000635").version
    await catalogue.remember_versions(now=NOW)
    edit(folder, "max: 50", "max: 20")
    load(folder)
    await catalogue.remember_versions(now=LATER)
    edit(folder, "max: 20", "max: 50")  # rolled back
    load(folder)
    await catalogue.remember_versions(now=datetime(2026, 11, 24, tzinfo=UTC))

    edit(folder, "kind: partial_date\n", "kind: partial_dtae\n")
    catalogue.load(folder.parent / "empty", demo=True, clock=lambda: NOW)
    load(folder)
    await catalogue.remember_versions(now=datetime(2026, 11, 25, tzinfo=UTC))

    assert catalogue.get("2.000635").version == first


def test_loading_again_in_the_same_process_keeps_the_good_version(folder):
    load(folder)
    good = catalogue.get("2.000635").version

    edit(folder, 'code: "2.000635"', 'code: "2.00635"')
    load(folder)

    assert catalogue.get("2.000635").version == good


def test_a_file_that_is_not_utf8_takes_out_itself_alone(folder, caplog):
    (folder / EXTRACT).write_bytes(b"\xff\xfe")

    load(folder)

    lines = [logs.JsonLines().format(record) for record in caplog.records]
    assert any("the file is not UTF-8" in line for line in lines)
    assert catalogue.get("1.001193").fileable


# -- due dates ------------------------------------------------------------------------------------


def test_the_due_date_follows_the_rule_of_the_procedure():
    load(PROCEDURES)
    start = datetime(2026, 11, 23, 15, 1, tzinfo=VIETNAM)

    assert catalogue.get("2.000635").due_at(start, unit=WARD) == datetime(
        2026, 11, 25, 17, tzinfo=VIETNAM
    )
    assert catalogue.get("1.004873").due_at(start, unit=WARD) == datetime(
        2026, 11, 27, 17, tzinfo=VIETNAM
    )
    assert catalogue.get("1.001776").due_at(start, unit=WARD) is None


def test_a_procedure_without_a_fee_has_no_quote():
    load(PROCEDURES)

    assert catalogue.get("1.001776").quote({}, unit=WARD, channel="online", on=NOW.date()) is None


def test_hidden_copies_cost_nothing():
    load(PROCEDURES)
    answers = {"ks_ngay_sinh": "2026-11-01", "de_nghi_ban_sao": False, "so_luong_ban_sao": 5}

    quote = catalogue.get("1.001193").quote(answers, unit=WARD, channel="online", on=NOW.date())

    assert (quote.state, quote.amount) == ("nothing_due", 0)
    assert [line.amount for line in quote.lines] == [0]


# -- the linter -----------------------------------------------------------------------------------


def test_the_linter_is_silent_on_what_is_in_order(capsys):
    assert catalogue.check(PROCEDURES) == []
    assert catalogue.print_findings(PROCEDURES) == 0
    assert "are in order" in capsys.readouterr().out


LINTED = [
    (EXTRACT, "id: ho-tich,", "id: chung-thuc,", 'field.id is "chung-thuc"'),
    (EXTRACT, 'code: "2.000635"', 'code: "1.001193"', "1.001193 is in"),
    (EXTRACT, "  - use: cam-doan", "  - use: cam-doam", 'Did you mean "cam-doan"?'),
    ("tariffs/trinh-dien.yaml", "place: om", "place: on", '"on" is no unit'),
    ("tariffs/trinh-dien.yaml", "item: xac_nhan", "item: xac_nhn", 'Did you mean "xac_nhan"?'),
    ("tariffs/trinh-dien.yaml", '"1.004873"', '"1.003873"', 'Did you mean "1.004873"?'),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "amount: 8000", "amount: 9000",
     "fee came out as open 8000, expected open 9000"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "2026-11-20 17:00", "2026-11-21 17:00",
     "due_at came out as 2026-11-20 17:00"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "papers: [uy_quyen]", "papers: []",
     "papers came out as ['uy_quyen'], expected []"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "  example: true\n", "",
     "0 dossiers are marked example"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", 'so_luong_ban_sao: "1"', "so_luong: 1",
     "answers came out as ['/answers/so_luong']"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "- name: Được", "- nmae: Được",
     'Did you mean "name"?'),
    ("tariffs/trinh-dien.yaml", "demo: true", "demo: yes", '"yes" is not true or false'),
    ("tariffs/trinh-dien.yaml", "place: om", "place: {om", "is not YAML"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "- name: Được", "- {name: Được",
     "is not YAML"),
    ("ho-tich/cap-ban-sao-trich-luc-ho-tich.golden.yaml", "example: true", "exemple: true",
     'Did you mean "example"?'),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "expected"), LINTED)
def test_the_linter_finds_what_does_not_fit_together(folder, capsys, file, old, new, expected):
    edit(folder, old, new, file=file)

    assert catalogue.print_findings(folder) == 1
    assert expected in capsys.readouterr().out


def test_the_linter_finds_blocks_nobody_uses_and_missing_golden_dossiers(folder):
    (folder / "_shared/thua.yaml").write_text("- {id: x, label: X}\n", encoding="utf-8")
    (folder / EXTRACT.replace(".yaml", ".golden.yaml")).unlink()

    found = [str(one) for one in catalogue.check(folder)]

    assert found == [
        "procedures/_shared/thua.yaml:1:1  no procedure uses this block",
        f"procedures/{EXTRACT}:1:1  has no golden dossiers: add a file ….golden.yaml beside it",
    ]


def test_the_linter_wants_the_example_to_tell_what_is_worked_out_of_it(folder):
    golden = "ho-tich/dang-ky-khai-sinh.golden.yaml"
    line = next(
        one
        for one in (folder / golden).read_text(encoding="utf-8").splitlines(keepends=True)
        if "ks_ngay_sinh_chu" in one
    )
    edit(folder, line, "", file=golden)

    assert [str(one) for one in catalogue.check(folder)] == [
        f"procedures/{golden}:2:3  [0]: the example tells what is worked out of it (derived)"
    ]


def test_a_golden_dossier_names_what_is_worked_out_otherwise(folder):
    golden = "ho-tich/dang-ky-khai-sinh.golden.yaml"
    edit(folder, "ngày mười lăm tháng mười năm", "ngày mười sáu tháng mười năm", file=golden)

    (found,) = catalogue.check(folder)

    assert "derived came out as" in found.message


def test_the_linter_wants_an_example_with_a_paper_and_a_fee_and_a_dossier_with_faults(folder):
    path = folder / EXTRACT.replace(".yaml", ".golden.yaml")
    text = path.read_text(encoding="utf-8").replace("  example: true\n", "")
    alone = "\n- name: Nộp cho chính mình, ba bản\n"
    kept = text[text.index(alone) : text.index("\n- name: Con xin")]
    path.write_text(kept.replace(alone, f"{alone}  example: true\n"), encoding="utf-8")
    only = "  kind: phi\n  when: {answer: nop_cho, is: uy_quyen}\n"
    edit(folder, "  kind: phi\n", only, file="_shared/phi-ban-sao.yaml")
    edit(folder, "open, amount: 24000", "nothing_due, amount: 0", file=str(path))

    beside = f"procedures/{path.relative_to(folder).as_posix()}"
    found = [one.message for one in catalogue.check(folder) if one.file == beside]

    assert found == [
        "no dossier with faults",
        "the example needs a fee above 0, as the procedure can",
        "the example needs a paper, as the procedure can",
    ]


def test_a_procedure_whose_fee_became_nothing_has_an_example_that_costs_nothing(folder):
    golden = EXTRACT.replace(".yaml", ".golden.yaml")
    text = (folder / golden).read_text(encoding="utf-8")
    nothing = re.sub(r"open, amount: \d+", "nothing_due, amount: 0", text)
    (folder / golden).write_text(nothing, encoding="utf-8")
    edit(folder, "amount: 8000", "amount: 0", file="_shared/phi-ban-sao.yaml")

    assert [one for one in catalogue.check(folder) if EXTRACT[:-5] in one.file] == []


def test_an_example_with_faults_is_found(folder):
    path = folder / EXTRACT.replace(".yaml", ".golden.yaml")
    text = path.read_text(encoding="utf-8").replace("  example: true\n", "")
    last = "- name: Chưa trả lời gì\n"
    path.write_text(text.replace(last, f"{last}  example: true\n"), encoding="utf-8")

    found = [one.message for one in catalogue.check(folder)]

    assert "the example has faults" in found


def test_a_shared_block_that_is_no_yaml_is_found_where_it_is_used(folder):
    (folder / "_shared/cam-doan.yaml").write_text("{", encoding="utf-8")

    found = catalogue.check(folder)

    assert {one.file for one in found} == {"procedures/_shared/cam-doan.yaml"}


def test_an_empty_or_missing_folder_is_not_in_order(tmp_path, capsys):
    assert catalogue.print_findings(tmp_path / "nowhere") == 1
    assert "nowhere:1:1  no procedure files in this folder" in capsys.readouterr().out


def test_a_golden_file_beside_nothing_is_found(folder):
    (folder / "ho-tich/khong-co.golden.yaml").write_text("[]\n", encoding="utf-8")

    assert "stands beside no procedure" in str(catalogue.check(folder)[0])
