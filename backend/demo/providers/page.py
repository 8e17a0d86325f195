"""Draw the pages of a pretend provider: what is to be paid and two buttons; the last orders."""

from collections.abc import Sequence
from datetime import datetime

from backend.demo import pages
from backend.demo.pages import text
from backend.demo.providers.protocol import Order

ACTS = {
    "silent": "Trả, không báo; chỉ nói khi được hỏi",
    "late": "Trả, 30 giây sau mới xong",
    "suspect": "Trả, bị giữ lại vì nghi ngờ",
    "decline": "Tài khoản không đủ tiền",
}
_STATES = {
    "made": "Chưa trả",
    "pending": "Đang xử lý.",
    "paid": "Đã trả xong.",
    "failed": "Chưa trả: đã hủy, hoặc tài khoản không đủ tiền.",
    "review": "Đã trừ tiền, đang bị giữ lại để kiểm tra.",
    "reversed": "Đã trả rồi hoàn lại.",
}


def register(title: str, orders: Sequence[Order]) -> str:
    """Draw the first page: the last orders."""
    rows = "".join(
        f'<li><a href="/pay/{text(order.ref)}">{text(order.ref)}</a> '
        f"<b>{pages.dong(order.amount)}</b><br>"
        f'<span class="quiet">{_STATES[order.status]}</span></li>'
        for order in orders
    )
    listed = f'<ul class="rows">{rows}</ul>' if rows else '<p class="quiet">Chưa có khoản nào.</p>'
    body = f"<h1>Các khoản gần đây</h1>{listed}"
    return pages.frame("Các khoản gần đây", system=title, body=body)


def checkout(title: str, order: Order, *, back: str, now: datetime) -> str:
    """Draw the payer's page: pay, cancel, or one of the ways in which it goes wrong."""
    heading = f"Trả {pages.dong(order.amount)}"
    facts = pages.facts(
        {
            "Đơn vị nhận tiền": f'<span class="mono">{text(order.merchant)}</span>',
            "Nội dung": text(order.words),
            "Mã giao dịch": f'<span class="mono">{text(order.ref)}</span>',
            "Trả trước": pages.moment(order.expires_at),
        }
    )
    body = f'<h1>{heading}</h1>{_state(order, now)}<section class="card">{facts}</section>'
    if order.status in ("made", "pending"):
        body += _buttons(order)
    else:
        body += f'<a class="btn btn--main" href="{text(back)}">Về trang hồ sơ</a>'
    return pages.frame(heading, system=title, body=body)


def missing(title: str) -> str:
    """Draw the page for an order that is not known."""
    body = (
        "<h1>Không tìm thấy giao dịch này</h1>"
        "<p>Quay lại trang hồ sơ và chọn cách trả tiền lần nữa.</p>"
    )
    return pages.frame("Không tìm thấy giao dịch", system=title, body=body)


def _state(order: Order, now: datetime) -> str:
    if order.status == "made":
        late = now > order.expires_at
        return '<p class="note">Đã quá giờ, vẫn có thể trả.</p>' if late else ""
    kind = "note--wrong" if order.status == "failed" else "note--safe"
    return f'<p class="note {kind}">{_STATES[order.status]}</p>'


def _buttons(order: Order) -> str:
    acts = "".join(_button(order, act, words) for act, words in ACTS.items())
    return f"""{_button(order, "pay", "Trả tiền", "btn--main")}
{_button(order, "cancel", "Huỷ", "btn--warn")}
<details class="more"><summary>Tình huống khác</summary><div class="form">{acts}</div></details>"""


def _button(order: Order, act: str, words: str, kind: str = "") -> str:
    return (
        f'<form method="post" action="/pay/{text(order.ref)}">'
        f'<input type="hidden" name="act" value="{act}">'
        f'<button class="btn {kind}" type="submit">{words}</button></form>'
    )
