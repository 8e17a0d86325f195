"""Statements of banks: encodings, columns, formulas, doubled lines, broken and hostile files."""

import io
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from payment_adapters.bank_notice import sheets, statement, xlsx
from payment_adapters.bank_notice.adapter import create
from payment_adapters.bank_notice.statement import Columns
from payment_adapters.contract import Malformed, Statement, Unsupported
from payment_adapters.testing import context_of
from tests.payment_adapters.banks import COLUMNS, TITLES, VIETNAM, as_csv, as_xlsx, inline
from tests.payment_adapters.test_bank_notice import BankNoticeHarness

LINE = ["22/11/2026 14:32:12", "FT26326000123", "", "15,000", "HSP7K2M9Q Nguyễn Thị Bưởi"]
OUT = ["22/11/2026 15:00:00", "FT26326000124", "3,000", "", "Phí dịch vụ"]
ACCOUNT = "0123456789"
FILES = Path(__file__).parent / "files"


def read(body, **changes):
    columns = Columns(**{**COLUMNS, **changes})
    return statement.read(body, columns, account=ACCOUNT)


def csv_of(*rows, **how):
    return as_csv(rows, **how).encode()


def with_(column, value):
    place = TITLES.index(column)
    return [*LINE[:place], value, *LINE[place + 1 :]]


def sentence(body, **changes):
    with pytest.raises(Malformed) as refused:
        read(body, **changes)
    return str(refused.value)


# -- what a line tells -----------------------------------------------------------------------------


def test_a_line_tells_account_memo_amount_moment_and_the_banks_reference():
    line = read(csv_of(LINE))[0]

    assert line.line == 2
    assert line.seen.account == ACCOUNT
    assert line.seen.memo == LINE[4]
    assert line.seen.txn == LINE[1]
    assert (line.seen.status, line.seen.amount) == ("succeeded", 15_000)
    assert line.seen.occurred_at == datetime(2026, 11, 22, 14, 32, 12, tzinfo=VIETNAM)


def test_money_that_goes_out_is_left_out():
    assert [one.seen.txn for one in read(csv_of(OUT, LINE, OUT))] == [LINE[1]]
    assert read(csv_of(with_("Ghi có", "-15,000"))) == ()
    assert read(csv_of(with_("Ghi có", "0"))) == ()


def test_a_doubled_line_is_one_movement_and_another_amount_is_not_hidden():
    other = with_("Ghi có", "16,000")

    found = read(csv_of(LINE, LINE, other, LINE))

    assert [(one.line, one.seen.amount) for one in found] == [(2, 15_000), (4, 16_000)]


@pytest.mark.parametrize("reference", ["", "-", "x", "KHONG CO"])
def test_a_line_without_the_banks_reference_is_left_to_a_person(reference):
    found = read(csv_of(with_("Số tham chiếu", reference), with_("Số tham chiếu", reference)))

    assert [(one.seen.status, one.seen.code) for one in found] == [("review", "no-reference")]
    assert found[0].seen.txn.startswith("line:")


def test_a_file_without_a_column_of_references_is_left_to_a_person_line_by_line():
    found = read(csv_of(LINE, with_("Nội dung", "khác")), reference=None)

    assert [one.seen.status for one in found] == ["review", "review"]
    assert found[0].seen.txn != found[1].seen.txn


def test_a_list_of_the_notice_service_names_movements_by_its_own_number():
    seen = [one.seen for one in read(csv_of(with_(TITLES[1], "92704"), LINE), of="service")]

    assert (seen[0].txn, seen[0].status) == ("92704", "succeeded")
    assert (seen[1].txn.split(":")[0], seen[1].status) == ("line", "review")


def test_the_account_may_stand_in_the_file():
    body = csv_of([*LINE, "9990001"], titles=(*TITLES, "Tài khoản"))

    assert read(body, account="Tài khoản")[0].seen.account == "9990001"


def test_a_line_of_an_unknown_account_is_refused():
    with pytest.raises(Malformed, match="Dòng 2"):
        statement.read(csv_of(LINE), Columns(**COLUMNS), account="")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("15000", 15_000),
        ("15,000", 15_000),
        ("15.000", 15_000),
        ("15 000", 15_000),
        ("1\u00a0500\u00a0000", 1_500_000),
        ("1,500.000", None),
        ("+15,000", 15_000),
        ("15,000.00", 15_000),
        ("15.000,0", 15_000),
        ("15000.00", 15_000),
        ("15.000 VND", 15_000),
        ("15.000đ", 15_000),
        ("1,234,567,890", 1_234_567_890),
        ("-15.000", -15_000),
        ("1000000000000", 10**12),
        ("1000000000001", None),
        ("15,00", 15),
        ("1,5000", None),
        ("15.000.00", None),
        ("15,000,00", None),
        ("15000.5", None),
        ("15,000.50", None),
        ("1.5e4", None),
        ("=15000", None),
        ("", None),
        ("１５０００", None),
        ("15000\n", None),
        ("1" * 400, None),
    ],
)
def test_an_amount_is_whole_dong_however_it_is_grouped(text, amount):
    assert statement.money(text) == amount


def test_titles_may_differ_in_case_and_spaces_and_stand_below_a_heading():
    titles = tuple(f" {title.upper()} " for title in TITLES)
    above = (["NGÂN HÀNG MẪU"], [], ["Tài khoản", ACCOUNT])

    assert read(csv_of(LINE, titles=titles, above=above))[0].line == 5


def test_balances_sums_repeated_titles_and_empty_rows_are_no_movements():
    opening = ["", "", "", "1,000", "Số dư đầu kỳ"]
    sums = (["", "", "3,000", "30,000", "Tổng cộng"], [], ["", "", "", "=SUM(D2:D9)", ""])
    other = with_("Số tham chiếu", "FT26326000125")

    body = csv_of(opening, LINE, [], TITLES, ["", "", "", "", ""], other, below=sums)

    assert [(one.line, one.seen.amount) for one in read(body)] == [(3, 15_000), (7, 15_000)]


def test_a_movement_below_a_line_without_a_date_is_refused():
    undated = ["", "", "", "15,000", "HSP7K2M9Q"]

    assert "Dòng 3" in sentence(csv_of(LINE, undated, LINE))
    assert "Dòng 3" in sentence(csv_of(LINE, with_("Ngày giao dịch", "")))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Ghi có", "mười lăm nghìn"),
        ("Ghi có", ""),
        ("Ngày giao dịch", "22/11/2026 02:32:12 PM"),
        ("Ngày giao dịch", "30/02/2026"),
        ("Ngày giao dịch", "46348.6"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_line_and_column(column, value):
    said = sentence(csv_of(LINE, with_(column, value)))

    assert "Dòng 3" in said
    assert column in said
    assert not value or value not in said


def test_a_missing_title_is_named():
    assert "“Ghi Có Lạ”" in sentence(csv_of(LINE), credit="Ghi Có Lạ")
    assert "Dòng 1" in sentence(b"x\n" * 100)


# -- encodings and marks ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_encodings_of_banks_are_recognised(encoding, delimiter):
    text = as_csv([LINE], delimiter=delimiter)

    assert read(text.encode(encoding)) == read(as_csv([LINE]).encode())


def test_windows_1258_is_recognised_by_its_letters():
    assert read(in_1258(as_csv([LINE]))) == read(as_csv([LINE]).encode())


def in_1258(text):
    """Write Vietnamese as Windows did: the letter, then its tone."""
    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            out += parted(letter)
    return bytes(out)


def parted(letter):
    parts = unicodedata.normalize("NFD", letter)
    tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    base = unicodedata.normalize("NFC", parts.replace(tone, ""))
    return base.encode("cp1258") + tone.encode("cp1258")


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "shift_jis", "koi8-r", "utf-32"])
def test_another_encoding_is_refused_by_its_line(encoding):
    strange = {"cp1252": "Straße", "cp1251": "платёж", "koi8-r": "платёж", "shift_jis": "支払い"}
    text = "a\nb\n" + strange.get(encoding, "x")

    said = sentence(text.encode(encoding))

    assert ("Dòng 1" if encoding == "utf-32" else "Dòng 3") in said


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Dòng 1"),
        (b"\xff\xfea\x00\n\x00\x00\xd8", "Dòng 2"),
        (b"<html><table>", "trang web"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, ".xlsx"),
        (b"x" * 17_000_000, "16 MB"),
        (b"a,b\n" + b"c\x00" * 3 + b"d" * 300, "Dòng 1"),
        (b"a,b\n" * 60 + b"c\x00", "Dòng 61"),
        (as_csv([LINE]).encode() + b'"unclosed', "Dòng 3"),
        (as_csv([LINE]).encode() + b"x" * 6_000, "Dòng 3"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(body, words):
    assert words in sentence(body)


def test_a_file_may_name_its_delimiter():
    body = b"sep=;\r\n" + csv_of(with_("Nội dung", "a,b,c,d,e,f,g,h"), delimiter=";")

    assert read(body)[0].seen.memo == "a,b,c,d,e,f,g,h"


def test_a_memo_of_two_lines_does_not_move_the_numbers():
    body = csv_of(with_("Nội dung", "một\nhai"), with_("Ghi có", "x"))

    assert "Dòng 4" in sentence(body)


def test_a_file_of_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)

    assert "quá dài" in sentence(csv_of(LINE, OUT, OUT))
    assert "quá dài" in sentence(as_xlsx([LINE, OUT, OUT]))


# -- XLSX ------------------------------------------------------------------------------------------


def number(text):
    return f'<c t="n"><v>{text}</v></c>'


def test_numbers_and_dates_of_excel_are_read():
    row = [number("46348.605694444444"), inline(LINE[1]), "<c />", number("15000"), inline("x")]

    seen = read(as_xlsx([row]))[0].seen

    assert (seen.amount, seen.txn) == (15_000, LINE[1])
    assert seen.occurred_at == datetime(2026, 11, 22, 14, 32, 12, tzinfo=VIETNAM)


@pytest.mark.parametrize("text", ["15000.5", "15.125", "1.5E4", "-1.5E-3", "abc"])
def test_a_number_of_excel_that_is_no_whole_dong_is_refused(text):
    row = [inline(LINE[0]), inline(LINE[1]), "<c />", number(text), inline("x")]

    assert "Dòng 2" in sentence(as_xlsx([row]))


@pytest.mark.parametrize("place", [0, 1, 3, 4])
def test_a_formula_is_refused_and_its_result_never_taken(place):
    row = [inline(text) for text in LINE]
    row[place] = f'<c t="str"><f>1+1</f><v>{LINE[place]}</v></c>'

    assert "công thức" in sentence(as_xlsx([row]))


def test_a_formula_that_sums_below_the_lines_does_not_matter():
    sums = ["<c />", "<c />", "<c />", "<c><f>SUM(D2:D2)</f><v>15000</v></c>", inline("Cộng")]

    assert len(read(as_xlsx([LINE, sums]))) == 1


def test_shared_texts_are_read_without_the_reading_aids():
    shared = (
        '<sst xmlns="x"><si><t>HSP7K2M9Q</t></si>'
        "<si><r><t>FT2632</t></r><r><t>6000123</t></r><rPh><t>aid</t></rPh></si></sst>"
    )
    memo, reference = '<c r="E2" t="s"><v>0</v></c>', '<c r="B2" t="s"><v>1</v></c>'
    row = [inline(LINE[0]), reference, '<c r="D2"><v>15000</v></c>', memo]

    seen = read(as_xlsx([row], parts={"xl/sharedStrings.xml": shared}))[0].seen

    assert (seen.memo, seen.txn) == ("HSP7K2M9Q", "FT26326000123")


@pytest.mark.parametrize("name", ["sao-ke-1.xlsx", "sao-ke-2.xlsx"])
def test_files_of_two_other_writers_are_read_alike(name):
    """One was written by openpyxl, one by XlsxWriter with letters of two weights in a title."""
    found = read((FILES / name).read_bytes())

    assert [(one.line, one.seen.amount, one.seen.memo) for one in found] == [
        (5, 15_000, "HSP7K2M9Q Nguyễn Thị Bưởi"),
        (7, 1_234_567, "=1+1"),
    ]
    assert [one.seen.occurred_at for one in found] == [
        datetime(2026, 11, 22, 14, 32, 12, tzinfo=VIETNAM),
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=VIETNAM),
    ]


def test_a_part_named_from_the_root_is_found():
    links = (
        '<Relationships><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/>'
        "</Relationships>"
    )

    assert read(as_xlsx([LINE], parts={"xl/_rels/workbook.xml.rels": links}))


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("parts", "more", "words"),
    [
        ({"xl/workbook.xml": BOMB}, "", "DTD"),
        ({"xl/worksheets/sheet2.xml": BOMB}, "", "DTD"),
        ({"xl/worksheets/sheet2.xml": "<a>" + " " * 70_000_000 + "</a>"}, "", "quá lớn"),
        ({"xl/worksheets/sheet2.xml": "<worksheet>"}, "", "hỏng"),
        ({"xl/worksheets/sheet2.xml": None}, "", "hỏng"),
        ({"xl/workbook.xml": "<workbook/>"}, "", "không có trang"),
        ({"xl/_rels/workbook.xml.rels": "<x/>"}, "", "hỏng"),
        ({}, '<workbookPr date1904="1"/>', "1904"),
        ({f"x{n}": "" for n in range(1_001)}, "", "quá nhiều"),
    ],
    ids=range(9),
)
def test_a_hostile_or_broken_archive_is_refused_in_a_sentence(parts, more, words):
    assert words in sentence(as_xlsx([LINE], parts=parts, more=more))


@pytest.mark.parametrize(
    "cell",
    ['<c r="ZZ1"><v>1</v></c>', '<c t="s"><v>5</v></c>', inline("x" * 5_001)],
)
def test_a_cell_out_of_bounds_is_refused(cell):
    assert sentence(as_xlsx([[cell]]))


def test_a_cut_archive_is_refused():
    whole = as_xlsx([LINE])

    for end in range(2, len(whole), 97):
        assert sentence(whole[:end])


def test_an_archive_with_a_password_is_refused():
    packed = bytearray(as_xlsx([LINE]))
    with zipfile.ZipFile(io.BytesIO(bytes(packed))) as archive:
        place = archive.start_dir
    packed[place + 8] |= 1  # the flag of encryption in the first entry of the directory

    assert sentence(bytes(packed))


# -- the adapter -----------------------------------------------------------------------------------


def test_without_named_columns_no_statement_is_read():
    harness = BankNoticeHarness()
    harness.settings = {**harness.settings}
    del harness.settings["statement"]

    with pytest.raises(Unsupported):
        create().statement(context_of(harness), Statement(name="x.csv", body=b""))
