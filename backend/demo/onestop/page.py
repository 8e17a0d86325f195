"""Draw the register of the pretend one-stop, so that a person sees what has arrived."""

from collections.abc import Sequence

from backend.demo import pages
from backend.demo.onestop.book import Received
from backend.demo.onestop.vocabulary import STATE_WORDS
from backend.demo.pages import text

SYSTEM = "HỆ THỐNG MỘT CỬA GIẢ ĐỊNH"
_CHANNELS = {"1": "trực tiếp", "2": "trực tuyến", "3": "bưu chính"}


def register(latest: Sequence[Received], *, count: int) -> str:
    """Return the page that lists what was received last, newest first."""
    title = f"{count} hồ sơ đã đến" if count else "Chưa có hồ sơ nào đến"
    hint = "Mỗi hồ sơ có một số biên nhận. Gửi lặp lại không tạo hồ sơ mới."
    if len(latest) < count:
        hint += f" Trang này ghi {len(latest)} hồ sơ đến sau cùng."
    cards = "".join(_card(one) for one in reversed(latest))
    body = f'<div><h1>{title}</h1><p class="quiet">{hint}</p></div>{cards}'
    return pages.frame(title, system=SYSTEM, body=body)


def _card(one: Received) -> str:
    record = one.record
    state = str(record["TrangThaiHoSo"])
    head = pages.facts(
        {
            "Mã hồ sơ": f'<span class="mono">{text(one.code)}</span>',
            "Thủ tục": text(record["TenTTHC"]),
            "Chủ hồ sơ": text(record["ChuHoSo"]),
            "Đơn vị xử lý": text(record.get("DonViXuLy") or "Không ghi"),
            "Kênh": _CHANNELS[str(record["KenhThucHien"])],
            "Lệ phí": _fees(record.get("DanhSachLePhi")),
            "Số lần gửi đến": text(one.deliveries),
        }
    )
    return (
        f'<section class="card" aria-labelledby="h-{text(one.code)}">'
        f'<h2 id="h-{text(one.code)}">{text(one.receipt_number)}</h2>'
        f'<p><span class="tag tag--safe">{text(state)} · {STATE_WORDS[state]}</span></p>'
        f"{head}{_files(one)}{_progress(one)}{_set_status(one.code, state)}</section>"
    )


def _fees(lines: object) -> str:
    if not isinstance(lines, list | tuple) or not lines:
        return "Không có dòng nào"
    return "<br>".join(f"{text(line['TenPhiLePhi'])}: {pages.dong(line['Gia'])}" for line in lines)


def _files(one: Received) -> str:
    rows = "".join(
        f"<li>{text(file.name)}<br>"
        f'<span class="quiet">{_figure(file.size)} byte, mã kiểm </span>'
        f'<span class="mono">{file.sha256[:16]}</span></li>'
        for file in one.files
    )
    return _more(f"{len(one.files)} tệp đã tải về", rows)


def _progress(one: Received) -> str:
    rows = "".join(
        f"<li><b>{text(row['TrangThai'])} · {STATE_WORDS[row['TrangThai']]}</b><br>"
        f"{text(row['NoiDungXuLy'])}<br>"
        f'<span class="quiet">{_when(row["ThoiDiemXuLy"])} {text(row["PhongBanXuLy"])}</span></li>'
        for row in one.progress
    )
    return _more(f"{len(one.progress)} dòng tiến độ", rows)


def _more(title: str, rows: str) -> str:
    if not rows:
        return f'<p class="quiet">{title}</p>'
    return f'<details class="more"><summary>{title}</summary><ul class="rows">{rows}</ul></details>'


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _when(digits: str) -> str:
    date = f"{digits[6:8]}/{digits[4:6]}/{digits[:4]}"
    return f"{digits[8:10]}:{digits[10:12]} ngày {date}"


def _set_status(code: str, state: str) -> str:
    options = "".join(
        f'<option value="{number}"{" selected" if number == state else ""}>{number} · {words}'
        "</option>"
        for number, words in STATE_WORDS.items()
    )
    return f"""<details class="more"><summary>Đổi trạng thái tại đây</summary>
<form class="form" method="post" action="/admin/status">
<input type="hidden" name="code" value="{text(code)}">
<div class="field"><label class="field__label" for="s-{text(code)}">Trạng thái mới</label>
<select class="field__input" id="s-{text(code)}" name="status">{options}</select></div>
<div class="field"><label class="field__label" for="n-{text(code)}">Ghi chú</label>
<input class="field__input" id="n-{text(code)}" name="note" maxlength="500"></div>
<button class="btn" type="submit">Đổi trạng thái</button>
</form></details>"""
