"""Bank files as tests need them: a CSV and an XLSX of rows, written by hand."""

import csv
import io
import zipfile
from datetime import timedelta, timezone
from xml.sax.saxutils import escape

VIETNAM = timezone(timedelta(hours=7))
TITLES = ("Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung")
COLUMNS = {
    "moment": TITLES[0],
    "reference": TITLES[1],
    "debit": TITLES[2],
    "credit": TITLES[3],
    "memo": TITLES[4],
}
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '{more}<sheets><sheet name="An" sheetId="1" state="hidden" r:id="rId1"/>'
    '<sheet name="Sao ke" sheetId="2" r:id="rId2"/></sheets></workbook>'
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="rId2" Type="x" Target="worksheets/sheet2.xml"/></Relationships>'
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "{rows}</sheetData></worksheet>"
)


def cells_of(row):
    """Write a row of the kit as a bank writes its line."""
    moment = f"{row.moved_at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
    return [moment, row.txn, "", row.amount, f"{row.code} {row.memo}".strip()]


def as_csv(rows, *, delimiter=",", titles=TITLES, above=(), below=()):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([*above, titles, *rows, *below])
    return text.getvalue()


def inline(text):
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def as_xlsx(rows, *, titles=TITLES, parts=None, more=""):
    """Write an archive; a cell that begins with `<c` is put in as it is."""
    lines = []
    for number, row in enumerate((titles, *rows), start=1):
        cells = "".join(cell if cell.startswith(("<c ", "<c>")) else inline(cell) for cell in row)
        lines.append(f'<row r="{number}">{cells}</row>')
    content = {
        "xl/workbook.xml": _BOOK.format(more=more),
        "xl/_rels/workbook.xml.rels": _LINKS,
        "xl/worksheets/sheet1.xml": _SHEET.format(rows=""),
        "xl/worksheets/sheet2.xml": _SHEET.format(rows="".join(lines)),
        **(parts or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            if part is not None:
                archive.writestr(name, part)
    return packed.getvalue()
