"""A procedure before it is served: what is asked, what is checked, the sheet."""

import re

from backend.catalogue.model import preview, preview_lines
from tests.backend.catalogue.test_differences import base
from tests.backend.catalogue.test_reading import BASE

LAW = "{from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}"


def walk(*edits, language="vi"):
    return preview_lines.walk_through(preview.sheet(base(*edits), language=language))


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
    assert "Cần khi “Loại” là “A”." in text
    assert "Có giấy này thì không cần: Giấy A." in text
    assert "2.000\u00a0đ từ 01/01/2026. Căn cứ: Thông tư." in text
    assert "phí; nhân với “Số lượng”" in text
    assert "Nhận sau 15:00 thì tính sang ngày làm việc tiếp theo." in text
    assert "[ ] Tôi cam đoan." in text


def test_an_amount_nobody_has_verified_stands_among_the_unverified():
    text = "\n".join(walk((LAW, LAW.replace("true", "false"))))

    assert "── CHƯA KIỂM CHỨNG\n   ! Mức thu 2.000\u00a0đ từ 01/01/2026 (Thông tư)." in text
    assert "CHƯA KIỂM CHỨNG" not in "\n".join(walk())


def test_a_procedure_without_fee_deadline_form_and_papers_says_so():
    keys = "papers|steps|fee|deadline|consents|submitter_when|minutes"
    text = re.sub(rf"^({keys}):.*\n([ -].*\n)*", "", BASE, flags=re.MULTILINE)
    bare = preview.sheet(base(text=f"{text}not_fileable: Chưa có mẫu.\n"))

    text = "\n".join(preview_lines.walk_through(bare))

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
    lines = preview_lines.desk(preview.sheet(base()))

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


STOP = """stops:
  - id: chua
    title: Chưa đủ tuổi
    when: {answer: loai, is: b}
    reason: Người dưới 75 tuổi chưa được nhận.
    next: Hỏi phường về trợ cấp khác.
    procedure: "1.001776"
    law: Nghị định 1
"""
PRESENCE = """presence:
  - {who: both, step: result, text: Hai bên cùng đến., when: {answer: loai, is: a}, law: Luật 2}
"""


def test_who_cannot_file_and_who_must_come_in_person_is_told_to_citizen_and_officer():
    shown = preview.sheet(base(("fee:", f"{STOP}{PRESENCE}fee:")))

    for text in (
        "\n".join(preview_lines.walk_through(shown)),
        "\n".join(preview_lines.desk(shown)),
    ):
        assert "── Trường hợp không nộp được ở đây\n   - Chưa đủ tuổi\n" in text
        assert "Dừng khi “Loại” là “B”." in text
        assert "Nên làm: Hỏi phường về trợ cấp khác." in text
        assert "Thủ tục nên làm: 1.001776." in text
        assert "── Phải có mặt\n   - Cả hai bên, khi nhận kết quả\n" in text
        assert "Chỉ khi “Loại” là “A”.\n       Căn cứ: Luật 2." in text


def test_a_stop_and_a_presence_without_law_or_another_procedure_say_no_more_than_they_know():
    stop = STOP.replace('    procedure: "1.001776"\n', "").replace("    law: Nghị định 1\n", "")
    presence = PRESENCE.replace(", law: Luật 2", "")
    fact = "  facts:\n    - {about: fee, source: Báo, checked_on: 2026-11-01, confidence: high}\n"
    sure = ("  confidence: high\n", f"  confidence: high\n{fact}")
    verified = "  law: Luật\n  verification: {text: Phải xác minh., law: Luật}\nconsents:"

    shown = preview.sheet(
        base(("fee:", f"{stop}{presence}fee:"), sure, ("  law: Luật\nconsents:", verified))
    )

    text = "\n".join(preview_lines.walk_through(shown))
    assert "Thủ tục nên làm" not in text
    assert "Chỉ khi “Loại” là “A”." in text
    assert "Phải xác minh." in text


def test_alternatives_of_a_paper_and_when_it_is_not_needed_are_told():
    more = "any_of: [{name: Thẻ}, {name: Sổ}]\n    unless: Đã có trên hệ thống\n    identity: true"

    text = "\n".join(walk(("    max_files: 3\n", f"    max_files: 3\n    {more}\n")))

    assert "Một trong các giấy sau là đủ:\n       – Thẻ\n       – Sổ\n" in text
    assert "Không cần nếu: Đã có trên hệ thống." in text
    assert "nhiều nhất 3 trang; giấy tờ tùy thân, bản xem có đóng dấu" in text


def test_the_case_in_which_a_paper_is_needed_is_told_in_the_words_of_the_file():
    more = "needed_if: bạn nộp thay người khác\n    needed_if_en: you file for somebody else"
    edit = ("    max_files: 3\n", f"    {more}\n    max_files: 3\n")

    assert "Cần khi bạn nộp thay người khác." in "\n".join(walk(edit))
    assert "Needed when you file for somebody else." in "\n".join(walk(edit, language="en"))


def test_deadlines_of_their_own_verifying_and_what_the_office_undertakes_are_told():
    more = """  days: 5
  law: Luật
  committed_days: 3
  cases:
    - {when: {answer: loai, is: b}, text: Riêng., days: 9, unit: days}
  verification: {text: Phải xác minh., %s: 7, law: Luật}
draft_confirmation: {text: Bạn xem dự thảo.}
public_posting: {text: Niêm yết ở phường., days: 7}
"""
    old = '  days: 0\n  cutoff: "15:00"\n  law: Luật\n'

    added, total = ("\n".join(walk((old, more % key))) for key in ("days", "total_days"))

    assert "Cơ quan cam kết: 3 ngày làm việc." in added
    assert "Riêng khi “Loại” là “B”: 9 ngày.\n   Riêng." in added
    assert "Khi phải xác minh, thêm nhiều nhất 7 ngày làm việc.\n   Phải xác minh." in added
    assert "Khi phải xác minh, tất cả nhiều nhất 7 ngày làm việc." in total
    assert "   Bạn xem dự thảo.\n   Niêm yết ở phường." in added


def test_tiers_a_cap_and_proofs_of_exemptions_are_told():
    limits = "then: [{above: 2, amount: 1000}], most: 200000, law: Thông tư, verified: true}"
    tiers = (LAW, LAW.replace("law: Thông tư, verified: true}", limits))
    per = ("      quantity: {answer: so_luong}\n", "      per: {answer: so_luong}\n")
    exempt = "  exemptions: [{id: tre, words: Trẻ em, evidence: Giấy khai sinh}]\ndeadline:"

    text = "\n".join(walk(tiers, per, ("deadline:", exempt)))

    assert "Từ phần thứ 3 trở đi, mỗi phần 1.000\u00a0đ; tính theo “Số lượng”." in text
    assert "Nhiều nhất 200.000\u00a0đ." in text
    assert "- Trẻ em (chứng minh bằng: Giấy khai sinh)" in text


def test_the_days_the_owner_and_what_is_doubtful_are_told():
    dates = "minutes: 2\nvalid_from: 2027-03-01\nvalid_to: 2027-12-31\napplicant: organisation"
    fact = "  facts:\n    - {about: deadline, source: Báo, checked_on: 2026-11-01, confidence: low,"
    doubt = ("  confidence: high\n", f"  confidence: high\n{fact} words: Thời hạn chưa chắc.}}\n")

    text = "\n".join(walk(("minutes: 2", dates), doubt))

    assert "Áp dụng: từ ngày 01/03/2027 đến hết ngày 31/12/2027" in text
    assert "Ai đứng tên hồ sơ: cơ quan, tổ chức" in text
    assert "! Thời hạn chưa chắc." in text


def test_why_there_is_no_deadline_is_told_in_its_place():
    none = "no_deadline: {text: Không hẹn ngày.}\nconsents:"

    cutoff = '  days: 0\n  cutoff: "15:00"\n  law: Luật\n'

    text = "\n".join(walk((f"deadline:\n  text: Trong ngày\n{cutoff}consents:", none)))

    assert "── Thời hạn\n   Không hẹn ngày." in text


DATED = "        kind: date\n        label: Ngày\n        required: false\n"
ROWS = "          - {id: noi, kind: text, label: Nơi, max_length: 50}\n"
WORKED_OUT = """    derived:
      - {id: chu, kind: date_in_words, of: ngay, label: Bằng chữ, label_en: In words}
      - {id: tuoi, kind: age, of: ngay, at: ngay, label: Tuổi}
"""


def test_notice_before_a_date_and_what_is_worked_out_are_told_and_stand_on_paper():
    notice = (DATED, f"{DATED}        max: 2030-12-31\n        lead: {{days: 3}}\n")
    derived = (ROWS, ROWS + WORKED_OUT)

    text = "\n".join(walk(notice, derived))
    english = "\n".join(walk(notice, derived, language="en"))

    assert "nộp trước ngày này ít nhất 3 ngày làm việc" in text
    assert "   ? Bằng chữ\n       tự tính, không hỏi: ngày ghi bằng chữ, từ “Ngày”" in text
    assert "   ? Tuổi\n       tự tính, không hỏi: tuổi, từ “Ngày” · “Ngày”" in text
    assert "   ? In words\n       worked out, never asked: a date in words, of “Ngày”" in english


def test_why_it_may_take_longer_is_told_in_the_words_of_the_file():
    more = "  law: Luật\n  verification: {%stext: Quá., days: 2, law: Luật}\nconsents:"
    plain = ("  law: Luật\nconsents:", more % "")
    named = ("  law: Luật\nconsents:", more % "reason: Khi việc phức tạp, ")

    assert "Khi phải xác minh, thêm nhiều nhất 2 ngày làm việc." in "\n".join(walk(plain))
    assert "Khi việc phức tạp, thêm nhiều nhất 2 ngày làm việc." in "\n".join(walk(named))
