"""Draw the pages of the pretend bank: read a code, look at the order, pay, see what was told."""

from collections.abc import Sequence
from datetime import UTC, datetime

from backend.demo import pages
from backend.demo.bank.emv import Order
from backend.demo.bank.ledger import Movement, Payment
from backend.demo.pages import text

SYSTEM = "NGÂN HÀNG GIẢ ĐỊNH"

SITUATIONS = {
    "plain": "Đúng như đã ghi",
    "told_twice": "Báo có bị gửi hai lần",
    "two_transfers": "Chuyển hai lần liền",
    "late": "Báo có chậm 30 giây",
    "mangled": "Nội dung bị ngân hàng làm lệch",
    "never": "Không bao giờ báo có",
}
ACTS = {
    "notice_twice": "Trả, báo hai lần",
    "pay_later": "Trả, 30 giây sau mới xong",
    "wrong_amount": "Trả sai số tiền",
    "double": "Trả hai lần",
    "silent_paid": "Trả, không báo; chỉ nói khi được hỏi",
    "never": "Trừ tiền rồi im lặng mãi",
    "pay_after_expiry": "Trả sau khi đã hết hạn",
    "reversal": "Trả, 10 giây sau hoàn lại",
}


def counter(movements: Sequence[tuple[Movement, list[str]]], *, wrong: str = "") -> str:
    """Draw the first page: paste a code or choose a picture, and the last movements."""
    note = f'<p class="note note--wrong" role="alert">{text(wrong)}</p>' if wrong else ""
    body = f"""<h1>Trả tiền bằng mã VietQR</h1>
{note}
<section class="card" aria-labelledby="anh"><h2 id="anh">Chọn ảnh mã</h2>
<form class="form" method="post" action="/read-picture" enctype="multipart/form-data">
<div class="field"><label class="field__label" for="picture">Ảnh chụp mã VietQR</label>
<span class="field__hint" id="picture-hint">Ảnh màn hình trang trả tiền, hoặc ảnh chụp mã.</span>
<input class="field__input" id="picture" name="picture" type="file" accept="image/*" required
 aria-describedby="picture-hint"></div>
<button class="btn btn--main" type="submit">Đọc mã trong ảnh</button>
</form></section>
<section class="card" aria-labelledby="dan"><h2 id="dan">Hoặc dán nội dung mã</h2>
<form class="form" method="get" action="/order">
<div class="field"><label class="field__label" for="payload">Nội dung mã VietQR</label>
<span class="field__hint" id="payload-hint">Bắt đầu bằng 000201.</span>
<textarea class="field__input" id="payload" name="payload" required spellcheck="false"
 autocomplete="off" aria-describedby="payload-hint"></textarea></div>
<button class="btn" type="submit">Đọc nội dung</button>
</form></section>
{_movements(movements)}
<a class="btn" href="/statement" download>Tải sao kê hôm nay (CSV)</a>"""
    return pages.frame("Trả tiền bằng mã VietQR", system=SYSTEM, body=body)


def order(found: Order, payload: str, *, wrong: str = "") -> str:
    """Draw what a code asks for; amount and words can be changed, to play what people do."""
    note = f'<p class="note note--wrong" role="alert">{text(wrong)}</p>' if wrong else ""
    asked = pages.dong(found.amount) if found.amount is not None else "Người trả tự ghi"
    facts = pages.facts(
        {
            "Ngân hàng": text(found.bank),
            "Số tài khoản": f'<span class="mono">{text(found.account)}</span>',
            "Mã yêu cầu": asked,
            "Nội dung": f'<span class="mono">{text(found.memo or "Không ghi")}</span>',
        }
    )
    choices = "".join(
        f'<label class="choice"><input type="radio" name="situation" value="{key}"'
        f"{' checked' if key == 'plain' else ''}><span>{words}</span></label>"
        for key, words in SITUATIONS.items()
    )
    body = f"""<h1>Kiểm tra rồi chuyển tiền</h1>
{note}
<section class="card" aria-labelledby="lenh"><h2 id="lenh">Mã này yêu cầu</h2>{facts}</section>
<form class="card form" method="post" action="/pay">
<input type="hidden" name="payload" value="{text(payload)}">
<div class="field"><label class="field__label" for="amount">Số tiền chuyển (đồng)</label>
<span class="field__hint" id="amount-hint">Sửa được, để thử chuyển thiếu hoặc thừa.</span>
<input class="field__input" id="amount" name="amount" inputmode="numeric" pattern="[0-9]{{1,12}}"
 required value="{found.amount or ""}" aria-describedby="amount-hint"></div>
<div class="field"><label class="field__label" for="memo">Nội dung chuyển khoản</label>
<span class="field__hint" id="memo-hint">Sửa hoặc xóa, để thử chuyển sai hoặc không ghi gì.</span>
<input class="field__input mono" id="memo" name="memo" maxlength="200" value="{text(found.memo)}"
 autocomplete="off" spellcheck="false" aria-describedby="memo-hint"></div>
<fieldset><legend>Tình huống</legend>{choices}</fieldset>
<button class="btn btn--main" type="submit">Chuyển tiền</button>
</form>
<a class="btn" href="/">Đọc mã khác</a>"""
    return pages.frame("Kiểm tra rồi chuyển tiền", system=SYSTEM, body=body)


def moved(movements: Sequence[tuple[Movement, list[str]]]) -> str:
    """Draw what was done: the movements of one order and how far their notices are."""
    total = sum(one.amount for one, _ in movements)
    title = f"Đã chuyển {pages.dong(total)}"
    body = f"""<h1>{title}</h1>
<p class="note note--safe">Tiền đã vào tài khoản nhận. Có báo có, trang trả tiền tự đổi.</p>
{_movements(movements, title="Giao dịch")}
<a class="btn btn--main" href="/">Trả mã khác</a>"""
    return pages.frame(title, system=SYSTEM, body=body)


def _movements(
    movements: Sequence[tuple[Movement, list[str]]], *, title: str = "Giao dịch gần đây"
) -> str:
    if not movements:
        return '<p class="quiet">Chưa có giao dịch nào.</p>'
    rows = "".join(_row(movement, words) for movement, words in movements)
    return (
        f'<section class="card" aria-labelledby="gd"><h2 id="gd">{title}</h2>'
        f'<ul class="rows">{rows}</ul></section>'
    )


def _row(movement: Movement, words: list[str]) -> str:
    told = {
        "unwatched": "Tài khoản này dịch vụ không theo dõi",
        "never": "Không báo, theo tình huống đã chọn",
        "heard": "Báo có: đã báo ngay khi tiền vào",
    }.get(movement.told) or (
        "Báo có: " + "; ".join(words) if words else "Báo có bị làm mất, theo tệp sự cố"
    )
    at = pages.moment(datetime.fromtimestamp(movement.at, UTC))
    return (
        f"<li><b>{pages.dong(movement.amount)}</b> vào "
        f'<span class="mono">{text(movement.account)}</span>, {text(movement.bank)}<br>'
        f'<span class="mono">{text(movement.content)}</span><br>'
        f'<span class="quiet">{at}. {text(told)}</span></li>'
    )


def checkout(payment: Payment, *, now: datetime) -> str:
    """Draw the sandbox's page: pay, cancel, or play one of the known faults."""
    title = f"Trả {pages.dong(payment.amount)}"
    facts = pages.facts(
        {
            "Đơn vị nhận tiền": _payee(payment),
            "Nội dung": text(payment.description),
            "Mã giao dịch": f'<span class="mono">{text(payment.ref)}</span>',
            "Trả trước": pages.moment(payment.expires_at),
        }
    )
    body = f'<h1>{title}</h1>{_state(payment, now)}<section class="card">{facts}</section>'
    if payment.status in ("open", "pending"):
        body += _buttons(payment)
    else:
        address = text(back(payment, claimed(payment)))
        body += f'<a class="btn btn--main" href="{address}">Về trang hồ sơ</a>'
    return pages.frame(title, system=SYSTEM, body=body)


def _payee(payment: Payment) -> str:
    """Name who gets the money; where no account is set, the code it is known by here."""
    return text(payment.payee) or f'<span class="mono">{text(payment.merchant)}</span>'


def _state(payment: Payment, now: datetime) -> str:
    if payment.status == "open":
        late = now > payment.expires_at
        return '<p class="note">Đã quá giờ, vẫn có thể trả.</p>' if late else ""
    words = {
        "pending": "Đang xử lý.",
        "paid": "Đã trả xong.",
        "failed": "Chưa trả: đã hủy, hoặc tài khoản không đủ tiền.",
        "reversed": "Đã trả rồi hoàn lại.",
    }[payment.status]
    kind = "note--wrong" if payment.status == "failed" else "note--safe"
    return f'<p class="note {kind}">{words}</p>'


def _buttons(payment: Payment) -> str:
    acts = "".join(_button(payment, act, words) for act, words in ACTS.items())
    return f"""{_button(payment, "pay", "Trả tiền", "btn--main")}
{_button(payment, "fail", "Hủy, không trả", "btn--warn")}
<details class="more"><summary>Trả nhưng…</summary><div class="form">{acts}</div></details>"""


def _button(payment: Payment, act: str, words: str, kind: str = "") -> str:
    return (
        f'<form method="post" action="/sandbox/pay/{text(payment.ref)}">'
        f'<input type="hidden" name="act" value="{act}">'
        f'<button class="btn {kind}" type="submit">{words}</button></form>'
    )


def claimed(payment: Payment) -> str:
    """Say what the bank tells the browser: paid, failed or pending."""
    return {"failed": "failed", "open": "pending", "pending": "pending"}.get(payment.status, "paid")


def back(payment: Payment, claim: str) -> str:
    """Return the address to go back to; what it claims is a hint and is not signed."""
    joint = "&" if "?" in payment.return_url else "?"
    return f"{payment.return_url}{joint}ref={payment.ref}&result={claim}"


def missing() -> str:
    """Draw the page for a payment or movement that is not known."""
    body = (
        "<h1>Không tìm thấy giao dịch này</h1>"
        "<p>Quay lại trang hồ sơ và chọn cách trả tiền lần nữa.</p>"
        '<a class="btn" href="/">Về trang đầu của ngân hàng giả định</a>'
    )
    return pages.frame("Không tìm thấy giao dịch", system=SYSTEM, body=body)
