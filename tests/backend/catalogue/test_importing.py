"""A national record becomes a draft: words verbatim, nothing guessed, nothing fileable."""

from datetime import date

import msgspec
import pytest

from backend import catalogue
from backend.catalogue.model.importing import NotARecord, draft
from backend.catalogue.model.reading import read

TODAY = date(2026, 11, 27)
RECORD = {
    "MATTHC": "1.999999",
    "TENTTHC": "Thủ tục xác nhận việc thử nghiệm",
    "LINHVUCTHUCHIEN": [{"TENLINHVUC": "Hộ tịch"}],
    "TRINHTUTHUCHIEN": "Bước 1: nộp hồ sơ.\nBước 2: nhận kết quả.",
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": kenh,
            "THOIGIANGIAIQUYET": "3",
            "DONVITINH": "Ngày làm việc",
            "PHILEPHI": [{"SOTIEN": sotien, "DONVI": "Đồng", "MOTA": "Lệ phí xác nhận"}],
        }
        for kenh, sotien in (("Trực tiếp", 8000), ("Trực tuyến", 4000))
    ],
    "THANHPHANHOSO": [
        {
            "GIAYTO": [
                {
                    "MAGIAYTO": "G01",
                    "TENMAUDON": "Tờ khai theo mẫu số 1",
                    "URL": "https://x.invalid",
                },
                {"MAGIAYTO": "G02", "TENGIAYTO": "Giấy tờ chứng minh: 'bản chính' #1"},
            ]
        }
    ],
    "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.1", "TENKETQUA": "Giấy xác nhận"}],
    "CANCUPHAPLY": [{"SOVANBAN": "01/2026/TT-BTP", "TENVANBAN": "Thông tư thử nghiệm"}],
    "COQUANTHUCHIEN": "Ủy ban nhân dân cấp xã",
    "YEUCAU": "Không",
    "MOTADOITUONGTHUCHIEN": "Công dân Việt Nam",
    "MUCMOI": "chưa biết",
}


def made(record=RECORD, **options):
    return draft(record, source="ban-ghi.json", today=TODAY, **options)


def definition(record=RECORD, **options):
    found = made(record, **options)
    reading = read(found.path, found.text, {})
    assert reading.findings == ()
    return reading.definition


def without(*keys, **more):
    return {key: value for key, value in RECORD.items() if key not in keys} | more


def test_official_words_are_taken_verbatim():
    found = definition()

    assert (found.code, found.name) == ("1.999999", "Thủ tục xác nhận việc thử nghiệm")
    assert (found.field.id, found.field.name) == ("ho-tich", "Hộ tịch")
    assert [(one.id, one.title) for one in found.law] == [("01/2026/TT-BTP", "Thông tư thử nghiệm")]
    assert found.who == "Công dân Việt Nam"
    assert [(one.id, one.name, one.kind, one.required) for one in found.papers] == [
        ("g01", "Tờ khai theo mẫu số 1", "form", "optional"),
        ("g02", "Giấy tờ chứng minh: 'bản chính' #1", "upload", "optional"),
    ]
    assert (found.result.name, found.result.code) == ("Giấy xác nhận", "KQ.1")
    assert (found.deadline.text, found.deadline.days) == ("3 Ngày làm việc", 3)


def test_what_has_no_key_is_kept_as_a_comment():
    text = made().text

    assert "# TRINHTUTHUCHIEN:\n# Bước 1: nộp hồ sơ.\n# Bước 2: nhận kết quả.\n" in text
    assert "# COQUANTHUCHIEN:\n# Ủy ban nhân dân cấp xã\n" in text


def test_a_draft_cannot_be_filed_and_says_what_is_not_verified():
    found = definition()

    assert found.not_fileable
    assert found.record.confidence == "low"
    assert len(found.record.unverified) == 4
    assert found.record.checked_on == TODAY


def test_money_without_law_and_date_is_a_note_and_no_amount():
    (item,) = definition().fee.items

    assert (item.name, item.kind, item.amounts) == ("Lệ phí xác nhận", "le_phi", ())
    assert "8000 Đồng (Trực tiếp); 4000 Đồng (Trực tuyến)" in item.note


def test_a_record_that_names_no_money_is_not_free():
    (item,) = definition(without("CACHTHUCTHUCHIEN")).fee.items

    assert item.amounts == ()
    assert "không nêu mức thu" in item.note


@pytest.mark.parametrize(
    ("time", "unit"),
    [("3", "Ngày"), ("24", "Giờ"), ("0", "Ngày làm việc"), ("999", "Ngày làm việc"), ("", "")],
)
def test_a_time_that_is_not_clear_is_left_open(time, unit):
    ways = {"CACHTHUCTHUCHIEN": {"THOIGIANGIAIQUYET": time, "DONVITINH": unit}}

    found = made(without("CACHTHUCTHUCHIEN", **ways))

    assert read(found.path, found.text, {}).definition.deadline is None
    assert any("máy không tự chọn" in one for one in found.todo)


def test_times_that_differ_by_channel_are_left_open():
    ways = [{"THOIGIANGIAIQUYET": one, "DONVITINH": "Ngày làm việc"} for one in ("3", "5")]

    found = definition(without("CACHTHUCTHUCHIEN", CACHTHUCTHUCHIEN=ways))

    assert found.deadline is None
    assert any("3 Ngày làm việc; 5 Ngày làm việc" in one for one in found.record.unverified)


def test_what_is_left_to_do_is_listed():
    todo = made().todo

    assert {one.partition(":")[0] for one in todo} >= {"title", "summary", "papers", "fee", "steps"}
    assert todo[-1] == "Mục của bản ghi chưa dùng tới: MUCMOI."


def test_a_record_that_says_little_is_a_draft_all_the_same():
    little = {
        "CANCUPHAPLY": [{}],
        "YEUCAU": [{"x": ["một"]}],
        "TENTTHC": "Việc nhỏ",
        "THANHPHANHOSO": ["Đơn", "Đơn", {}, 7, None],
    }

    found = made(little, code="1.999998")
    read_again = read(found.path, found.text, {})

    assert read_again.findings == ()
    assert found.path == "khac/viec-nho.yaml"
    assert [one.id for one in read_again.definition.papers] == ["don", "don_2", "x_7"]
    assert {"who: bản ghi không nêu ai được nộp.", "law: bản ghi không nêu căn cứ pháp lý.",
            "result: bản ghi không nêu kết quả."} <= set(found.todo)  # fmt: skip
    assert "papers: bản ghi không nêu giấy tờ." in made({**little, "THANHPHANHOSO": ""},
                                                       code="1.999998").todo  # fmt: skip


def test_texts_that_are_too_long_or_hold_strange_signs_are_kept_in_bounds():
    long = {"TENTTHC": "Tên\x00 rất\n dài " + "a" * 3000, "YEUCAU": "x\u2028: {y}\x07\r\nz",
            "KETQUATHUCHIEN": ["k" * 400], "LINHVUCTHUCHIEN": ["123"]}  # fmt: skip

    found = made(without(*long, **long))

    assert read(found.path, found.text, {}).findings == ()
    assert {"name: quá dài, đã cắt bớt; xem lại nguyên văn.",
            "result: quá dài, đã cắt bớt; xem lại nguyên văn."} <= set(found.todo)  # fmt: skip


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ([], "không phải một bản ghi"),
        ("x", "không phải một bản ghi"),
        ({}, "TENTTHC"),
        ({"TENTTHC": True, "MATTHC": "1.999999"}, "TENTTHC"),
        ({"TENTTHC": "Tên", "MATTHC": "12"}, "--code"),
    ],
)
def test_what_is_no_record_is_refused_with_a_sentence(record, says):
    with pytest.raises(NotARecord, match=says):
        made(record)


def test_a_single_record_in_a_list_is_taken():
    assert made([RECORD]).path == made().path


# -- from file to file -----------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ban-ghi.json"
    path.write_bytes(msgspec.json.encode(RECORD))
    return path


def test_the_draft_is_written_once_and_never_over_another(file, tmp_path):
    path, found = catalogue.import_record(file, out=tmp_path / "p", today=TODAY)

    assert path.read_text(encoding="utf-8") == found.text
    assert catalogue.check(tmp_path / "p") == []
    with pytest.raises(NotARecord, match="không ghi đè"):
        catalogue.import_record(file, out=tmp_path / "p", today=TODAY)


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b""])
def test_a_file_that_is_no_json_is_refused(tmp_path, body):
    file = tmp_path / "x.json"
    file.write_bytes(body)

    with pytest.raises(NotARecord, match="JSON"):
        catalogue.import_record(file, out=tmp_path, today=TODAY)


def test_a_file_that_cannot_be_read_or_written_is_told(file, tmp_path):
    with pytest.raises(NotARecord, match="Không đọc được"):
        catalogue.import_record(tmp_path / "khong-co.json", out=tmp_path, today=TODAY)
    with pytest.raises(NotARecord, match="Không ghi được"):
        catalogue.import_record(file, out=file, today=TODAY)
