"""The real procedures: golden dossiers, words, and the files that are generated."""

import re
from pathlib import Path

import pytest

from backend import catalogue, places
from backend.catalogue.model import documents, folder, golden
from backend.catalogue.model.procedure import Procedure
from backend.platform.kit.vietnamese import fold

ROOT = Path(__file__).parents[2]
PROCEDURES = ROOT / "procedures"
FOUND = folder.collect(
    {
        path.relative_to(PROCEDURES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(PROCEDURES.glob("*/*.yaml"))
    },
    name="procedures",
)
PLACES = places.read(places.DATA, demo=True)[0]

NAMES = {
    "2.000635": "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
    "1.004873": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
    "1.001193": "Thủ tục đăng ký khai sinh",
    "1.004884": "Thủ tục đăng ký lại khai sinh",
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.000656": "Thủ tục đăng ký khai tử",
    "1.001022": "Thủ tục đăng ký nhận cha, mẹ, con",
    "1.000689": "Thủ tục đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
    "1.004859": ("Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc"),
    "2.000815": (
        "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của "
        "Việt Nam; cơ quan, tổ chức có thẩm quyền của nước ngoài; cơ quan, tổ chức có thẩm quyền "
        "của Việt Nam liên kết với cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc "
        "chứng nhận"
    ),
    "2.000884": (
        "Thủ tục chứng thực chữ ký trong các giấy tờ, văn bản (áp dụng cho cả trường hợp chứng "
        "thực điểm chỉ và trường hợp người yêu cầu chứng thực không thể ký, không thể điểm chỉ "
        "được)"
    ),
    "1.001776": (
        "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng, "
        "hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng"
    ),
    "1.001731": "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội",
    "1.014027": ("Thực hiện, điều chỉnh, tạm dừng, thôi hưởng trợ cấp hưu trí xã hội hàng tháng"),
    "1.001699": "Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật",
    "1.011607": "Công nhận hộ nghèo, hộ cận nghèo thường xuyên hằng năm",
    "1.010833": "Cấp giấy xác nhận thân nhân của người có công",
    "1.012373": "Thủ tục tặng Giấy khen của Chủ tịch UBND xã theo công trạng",
    "1.001612": "Đăng ký thành lập hộ kinh doanh",
    "2.000720": "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh",
    "1.001570": (
        "Tạm ngừng kinh doanh, tiếp tục kinh doanh trước thời hạn đã thông báo của hộ kinh doanh"
    ),
    "1.001266": "Chấm dứt hoạt động hộ kinh doanh",
    "2.000033": "Thông báo hoạt động khuyến mại",
    "2.000004": (
        "Đăng ký hoạt động khuyến mại đối với chương trình khuyến mại mang tính may rủi "
        "thực hiện trên địa bàn 1 tỉnh, thành phố trực thuộc Trung ương"
    ),
}
"""The official names, verbatim."""


NOT_HERE = {"1.000689", "1.001776", "1.012373", "2.000720", "1.001570", "1.001266", "2.000004"}
"""Listed with the reason, and not fileable."""


def procedures():
    return {
        code: Procedure(
            reading.definition,
            version=reading.source.version,
            tariffs=FOUND.tariffs,
            places=PLACES,
        )
        for code, reading in FOUND.good.items()
    }


CASES = [
    pytest.param(procedure, case, id=f"{code}: {case.name}")
    for code, procedure in procedures().items()
    for case in FOUND.goldens.get(code, ())
]
TEXTS = [
    (code, text)
    for code, procedure in procedures().items()
    for step in procedure.steps
    for field in step.fields
    for text in (step.title, step.hint, field.label, field.hint, *(o.hint for o in field.options))
    if text
]


def test_all_procedures_are_there_and_those_not_verified_cannot_be_filed():
    not_here = {code for code, procedure in procedures().items() if not procedure.fileable}

    assert FOUND.findings == []
    assert set(FOUND.good) == set(NAMES)
    assert not_here == NOT_HERE


@pytest.mark.parametrize(("procedure", "case"), CASES)
def test_a_golden_dossier_comes_out_as_its_file_says(procedure, case):
    assert golden.differences(procedure, case) == []


def test_official_names_are_verbatim():
    names = {code: procedure.name for code, procedure in procedures().items()}

    assert names == NAMES


@pytest.mark.parametrize("code", [code for code, one in procedures().items() if one.steps])
def test_a_procedure_that_is_written_has_two_valid_and_two_faulty_dossiers(code):
    deadline = FOUND.good[code].definition.deadline
    faulty = [case for case in FOUND.goldens[code] if case.expect.faults]
    valid = [case for case in FOUND.goldens[code] if not case.expect.faults]

    assert len(valid) >= 2
    assert len(faulty) >= 2
    assert deadline is None or any(case.expect.due_at for case in valid)


def test_every_first_screen_asks_for_whom():
    firsts = {procedure.steps[0].title for procedure in procedures().values() if procedure.fileable}

    assert firsts == {"Bạn nộp cho ai?"}


def test_declarations_are_ticked_at_the_end_and_asked_nowhere_else():
    fields = [field for one in procedures().values() for step in one.steps for field in step.fields]

    assert [field.id for field in fields if field.kind == "declaration"] == []


def test_the_words_are_short_plain_and_blame_nobody():
    long = [text for _, text in TEXTS if any(len(part.split()) > 20 for part in text.split(". "))]
    forbidden = [
        text
        for _, text in TEXTS
        if re.search(r"vui lòng|quý khách|anh/chị|hợp lệ|đồng bộ|tải lên|!", text, re.IGNORECASE)
    ]

    assert long == []
    assert forbidden == []


def test_every_fact_names_its_source_and_what_is_unverified():
    for procedure in procedures().values():
        record = procedure.definition.record
        assert record.source
        assert record.unverified
        assert record.checked_on.year == 2026


def test_what_is_unverified_is_marked_and_stands_in_no_name():
    extract = FOUND.good["2.000635"]
    names = [text for _, text in TEXTS if re.search(r"cần kiểm tra|to be checked", text)]

    assert names == []
    assert [fact.about for fact in extract.definition.record.facts if fact.confidence == "low"] == [
        "fee.exemptions.dan_toc_thieu_so"
    ]


def test_demo_amounts_say_so_in_every_line():
    demo = [tariff for tariff in FOUND.tariffs if tariff.demo]

    assert demo
    said = {(price.law, price.law_en) for tariff in demo for price in tariff.prices}
    assert said == {("số liệu trình diễn", "demonstration figures")}


def test_no_name_in_the_golden_dossiers_is_searched_for_in_vain():
    names = [case.owner.name for cases in FOUND.goldens.values() for case in cases]

    assert all(fold(name).isascii() for name in names)


def test_what_is_generated_is_fresh():
    readme = (PROCEDURES / "README.md").read_text(encoding="utf-8")
    schema = (PROCEDURES / "procedure.schema.json").read_text(encoding="utf-8")

    assert schema == documents.schema(), "run catalogue.write_generated"
    assert readme == documents.with_keys(readme), "run catalogue.write_generated"
    listing = (PROCEDURES / "vectors/listing.json").read_text(encoding="utf-8")
    assert listing == documents.search_list(FOUND), "run catalogue.write_generated"


def test_writing_what_is_generated_gives_the_same_files(tmp_path):
    (tmp_path / "README.md").write_text(
        f"# Trước\n\n{documents.BEGIN}\n{documents.END}\n\nsau\n", encoding="utf-8"
    )

    catalogue.write_generated(tmp_path)

    written = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert documents.key_tables() in written
    assert written.startswith("# Trước")
    assert written.endswith("sau\n")
    assert (tmp_path / "procedure.schema.json").read_text(encoding="utf-8") == documents.schema()


def test_the_readme_explains_every_key():
    silent = re.findall(r"^\| `\w+` \| (?:needed)? \|  \|$", documents.key_tables(), re.MULTILINE)

    assert silent == []
