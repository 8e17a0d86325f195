"""A procedure before it is served: what is asked, what is checked, the sheet."""

import re

from backend.catalogue.model import preview
from tests.backend.catalogue.test_differences import base
from tests.backend.catalogue.test_reading import BASE

LAW = "{from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}"


def walk(*edits, language="vi"):
    return preview.walk_through(preview.sheet(base(*edits), language=language))


def test_every_screen_and_question_stands_in_order_with_its_condition():
    lines = walk()

    screens = [line for line in lines if line.startswith("── Màn hình")]
    assert screens == ["── Màn hình 1. Bạn cần gì?", "── Màn hình 2. Bao nhiêu?"]
    questions = [line.strip() for line in lines if line.startswith("   ? ")]
    assert questions == [
        "? Loại", "? Họ tên", "? Họ tên chủ hồ sơ", "? Số lượng", "? Ngày", "? Có giấy B",
        "? Nơi ở",
    ]  # fmt: skip
    assert "   Chỉ hiện khi “Loại” là “A” hoặc “B”." in lines
    assert "       Chỉ hỏi khi “Số lượng” lớn hơn 1." in lines
    assert "       số; bắt buộc; mức nhỏ nhất: 1; mức lớn nhất: 9; câu trả lời có sẵn: 1" in lines
    assert "       nhiều dòng; bắt buộc; mức nhỏ nhất: 1; mỗi dòng ghi: Nơi" in lines


def test_papers_fee_deadline_and_declarations_are_told():
    text = "\n".join(walk())

    assert "- Giấy A\n       chụp ảnh gửi kèm; tùy trường hợp; nhiều nhất 3 trang" in text
    assert "Chỉ cần khi “Loại” là “A”." in text
    assert "Có giấy này thì không cần: Giấy A." in text
    assert "2.000 đồng từ 01/01/2026. Căn cứ: Thông tư." in text
    assert "phí; nhân với “Số lượng”" in text
    assert "Nhận sau 15:00 thì tính sang ngày làm việc tiếp theo." in text
    assert "[ ] Tôi cam đoan." in text


def test_an_amount_nobody_has_verified_stands_among_the_unverified():
    text = "\n".join(walk((LAW, LAW.replace("true", "false"))))

    assert "── CHƯA KIỂM CHỨNG\n   ! Mức thu 2.000 đồng từ 01/01/2026 (Thông tư)." in text
    assert "CHƯA KIỂM CHỨNG" not in "\n".join(walk())


def test_a_procedure_without_fee_deadline_form_and_papers_says_so():
    keys = "papers|steps|fee|deadline|consents|submitter_when|minutes"
    text = re.sub(rf"^({keys}):.*\n([ -].*\n)*", "", BASE, flags=re.MULTILINE)
    bare = preview.sheet(base(text=f"{text}not_fileable: Chưa có mẫu.\n"))

    text = "\n".join(preview.walk_through(bare))

    for sentence in ("Không thu phí.", "Chưa ghi thời hạn.", "Không cần giấy tờ.",
                     "! CHƯA NỘP ĐƯỢC QUA MẠNG: Chưa có mẫu."):  # fmt: skip
        assert sentence in text


def test_amounts_of_a_council_marks_and_exemptions_are_told():
    amounts = f"""      amounts:
        - {{from: 2020-01-01, amount: 1000, law: Thông tư, verified: true}}
        - {LAW}
"""
    fee = "      when: {answer: loai, is: a}\n  exemptions: [Trẻ em]\n  note: Mang thẻ.\n"
    marked = ("    max_files: 3\n", "    max_files: 3\n    sensitive: true\n")
    answer = ("        label: Ngày\n", "        label: Ngày\n        sensitive: true\n")

    text = "\n".join(walk((amounts, fee), marked, answer))

    assert "Mức thu do nghị quyết của địa phương quy định." in text
    assert "Chỉ thu khi “Loại” là “A”." in text
    assert "── Không phải trả\n   - Trẻ em\n   - Mang thẻ." in text
    assert text.count("thông tin nhạy cảm, ít người được xem") == 2


def test_the_officer_sees_law_and_sources_and_no_screens():
    lines = preview.desk(preview.sheet(base()))

    assert lines[0] == "CÁN BỘ SẼ KIỂM TRA"
    assert "   1/2026/TT. Thông tư thử nghiệm" in lines
    assert "   Xem lại ngày 22/11/2026, độ chắc chắn: cao." in lines
    assert not any("Màn hình" in line for line in lines)


def test_the_preview_speaks_english():
    lines = walk(("label: Ngày\n", "label: Ngày\n        label_en: Day\n"), language="en")

    assert lines[0] == "WHAT THE CITIZEN SEES"
    assert "   ? Day" in lines
    assert "       Asked only when “Số lượng” is above 1." in lines


def test_hints_stand_with_what_they_help_with_and_a_deadline_of_days_is_counted():
    hint = ("    max_files: 3\n", "    max_files: 3\n    hint: Chụp đủ trang.\n")
    days = ('days: 0\n  cutoff: "15:00"', "days: 3")
    once = ("      quantity: {answer: so_luong}\n", "")

    text = "\n".join(walk(hint, days, once))

    assert "Chụp đủ trang." in text
    assert "── Thời hạn\n   3 ngày làm việc.\n   Trong ngày\n   Căn cứ: Luật." in text
    assert "nhân với" not in text
