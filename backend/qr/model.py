"""Words and rules of QR codes (mã QR) and posters (tờ dán): state, address, what paper says.

Problem
├── UnknownQr 404          never made, or mistyped: both look alike
├── PosterGone 404         the code is withdrawn or expired: no more paper of it
└── NotForPosters 422      the procedure cannot be filed here, a poster would lead nowhere
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import segno
from msgspec import Struct

from backend.platform.kit.errors import NotFound, Unprocessable
from backend.platform.kit.money import dong

CODE_LENGTH = 8
_SMALLEST_VERSION = 3  # below it the symbol would be smaller than 77 mm in the poster's doorway

State = Literal["live", "withdrawn", "expired"]


class Record(Struct, frozen=True, kw_only=True):
    """One code as it stands in memory."""

    code: str
    kind: str
    unit: str
    procedures: tuple[str, ...]
    campaign: str | None
    made_at: datetime
    changed_at: datetime
    expires_at: datetime | None
    withdrawn_at: datetime | None
    replaced_by: str | None

    def state(self, now: datetime) -> State:
        """Tell whether the paper on the wall still holds."""
        if self.withdrawn_at is not None and self.withdrawn_at <= now:
            return "withdrawn"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "live"


class Poster(Struct, frozen=True, kw_only=True):
    """One poster in the officer's list (tờ dán); `path` is where its PDF is read."""

    code: str
    unit: str
    procedures: tuple[str, ...]
    campaign: str | None
    state: State
    replaced_by: str | None
    made_at: datetime
    scans: int
    path: str


class UnknownQr(NotFound):
    """There is no such code."""

    title = "Không có mã này. Quét lại mã trên tờ dán, hoặc chọn thủ tục ở trang chính."


class PosterGone(NotFound):
    """The poster of this code is no longer printed."""

    slug = "poster-gone"
    title = "Tờ dán này không còn dùng. Hỏi bộ phận một cửa để lấy tờ mới."


class NotForPosters(Unprocessable):
    """The procedure cannot be filed online, so a poster of it would lead nowhere."""

    slug = "not-fileable"
    title = "Thủ tục này chưa nộp qua mạng được nên chưa làm tờ dán. Chọn thủ tục khác."


class FeeItem(Struct, frozen=True):
    """What a poster needs of one line of the tariff."""

    amount: int | None = None
    quantity: dict[str, object] | None = None
    per: dict[str, object] | None = None
    unit: str = "bản"
    when: object = None
    law: str | None = None

    @property
    def invented(self) -> bool:
        """Whether the amount is demonstration data (số liệu trình diễn)."""
        return "trình diễn" in (self.law or "")

    @property
    def is_counted(self) -> bool:
        """Whether it grows with a number that is answered, as copies or pages."""
        return self.quantity is not None or self.per is not None


class Fee(Struct, frozen=True):
    """What a poster needs of a procedure's fee."""

    items: tuple[FeeItem, ...] = ()


class Deadline(Struct, frozen=True):
    """What a poster needs of a procedure's deadline."""

    text: str = ""
    days: int | None = None
    cutoff: str | None = None
    unit: str | None = None
    cases: tuple["DeadlineCase", ...] = ()
    counts_from: str | None = None


class DeadlineCase(Struct, frozen=True):
    """What a poster needs of another time for some dossiers."""

    days: int


class Presence(Struct, frozen=True):
    """At which step somebody must come in person."""

    step: str


class NoDeadline(Struct, frozen=True):
    """Why a procedure has no due date, in words."""

    text: str
    unverified: bool | None = None


class Shown(Struct, frozen=True):
    """What a poster and its start page need of a procedure's public definition."""

    code: str
    name: str
    title: str
    fileable: bool = True
    fee: Fee | None = None
    deadline: Deadline | None = None
    no_deadline: NoDeadline | None = None
    presence: tuple[Presence, ...] = ()
    minutes: int | None = None

    @property
    def is_at_the_desk(self) -> bool:
        """Whether somebody must come for the filing itself, as with an original to be shown."""
        return any(one.step == "submit" for one in self.presence)


class Fact(Struct, frozen=True):
    """One of the three answers at the poster's foot: a few large words, then a line."""

    head: str
    text: str


class Words(Struct, frozen=True):
    """A piece of the fine print."""

    words: str
    strong: bool = False


class Sheet(Struct, frozen=True):
    """Everything that the template of the A4 poster prints."""

    office: str
    title: tuple[str, ...]
    hint: tuple[str, ...]
    rows: tuple[str, ...]
    domain: str
    path: str
    facts: tuple[Fact, ...]
    fine: tuple[tuple[Words, ...], ...]


def printed_address(public_url: str, code: str) -> str:
    """Give what the symbol holds: upper case keeps it in the dense alphanumeric mode."""
    parts = urlsplit(public_url)
    return f"{parts.scheme}://{parts.netloc}/q/{code}".upper()


def spoken_code(code: str) -> str:
    """Write a code as people read it aloud: `7KQ4-XRTM`."""
    return f"{code[:4]}-{code[4:]}"


def symbol(text: str) -> tuple[str, ...]:
    """Draw the QR symbol of a text at level Q: one string of 0 and 1 a row, no quiet zone."""
    made = segno.make(text, error="q", boost_error=False, micro=False)
    if int(made.version) < _SMALLEST_VERSION:
        made = segno.make(text, error="q", boost_error=False, version=_SMALLEST_VERSION)
    return tuple("".join("1" if dark else "0" for dark in row) for row in made.matrix)


_FREE = Fact("Không thu phí", "nộp hồ sơ không mất tiền")


def fee_fact(fee: Fee | None) -> Fact:
    """Say what it costs (phí, lệ phí), never more than is known."""
    items = fee.items if fee else ()
    if any(item.amount is None for item in items):
        return Fact("Phí: cán bộ báo", "mức thu chưa kiểm chứng, chưa phải trả khi nộp")
    if not any(item.amount for item in items):
        return _FREE
    note = " (số liệu trình diễn)" if any(item.invented for item in items) else ""
    if len(items) == 1 and items[0].when is None:
        each = f"mỗi {items[0].unit}, " if items[0].is_counted else ""
        return _priced(items[0].amount or 0, f"{each}trả bằng điện thoại{note}")
    more = [f"mỗi {item.unit} thêm {dong(item.amount or 0)}" for item in items if item.is_counted]
    once = [item for item in items if not item.is_counted]
    if any(item.when is not None for item in once):
        highest = max(item.amount or 0 for item in once)
        return Fact("Tùy trường hợp", "; ".join((f"cao nhất {dong(highest)}", *more)) + note)
    least = sum(item.amount or 0 for item in once)
    if more:
        return Fact(f"Từ {dong(least)}", "; ".join(more) + note)
    return _priced(least, "trả bằng điện thoại" + note)


def _priced(amount: int, text: str) -> Fact:
    return Fact(dong(amount), text) if amount else _FREE


def deadline_fact(deadline: Deadline | None, without: NoDeadline | None = None) -> Fact:
    """Say when the result comes (thời hạn giải quyết), or why there is no date."""
    if without is not None:
        head = "Chưa rõ hạn trả" if without.unverified else "Không có hạn trả"
        return Fact(head, without.text)
    if deadline is None or deadline.days is None:
        return Fact("Có hẹn trả", deadline.text if deadline else "ghi trên giấy tiếp nhận")
    if deadline.cases:
        most = max(deadline.days, *(case.days for case in deadline.cases))
        return Fact("Tùy trường hợp", f"lâu nhất {most} ngày làm việc, tính từ khi tiếp nhận")
    if deadline.cutoff:
        done = "đến" if deadline.counts_from else "gửi"
        return Fact("Trong ngày", f"làm việc, nếu {done} trước {deadline.cutoff}")
    if deadline.days == 0:
        return Fact("Trong ngày", "làm việc, tính từ khi phường tiếp nhận")
    kind = "làm việc, " if deadline.unit != "days" else ""
    return Fact(f"{deadline.days} ngày", f"{kind}tính từ khi phường tiếp nhận")


def sheet(
    code: str,
    shown: Sequence[Shown],
    *,
    office: str,
    address: str | None,
    phone: str | None,
    public_url: str,
) -> Sheet:
    """Put together the words of a poster of one procedure or of several."""
    first = shown[0]
    parts = urlsplit(public_url)
    one = len(shown) == 1
    return Sheet(
        office=office,
        title=(
            f"{first.title.rstrip(' .?')}?" if one else "Làm giấy tờ ở phường?",
            f"Quét mã, {'khai trước' if one and first.is_at_the_desk else 'nộp'} tại nhà.",
        ),
        hint=("Mở máy ảnh hoặc Zalo,", "quét mã này"),
        rows=symbol(printed_address(public_url, code)),
        domain=parts.netloc.lower(),
        path=f"/q/{code}",
        facts=(
            fee_fact(first.fee) if one else Fact("Biết phí trước", "xem mức thu rồi mới nộp"),
            deadline_fact(first.deadline, first.no_deadline)
            if one
            else Fact("Có hẹn trả", "ghi trên giấy tiếp nhận"),
            Fact(
                f"{first.minutes} phút" if one and first.minutes else "Vài phút",
                "trên điện thoại, không cần tài khoản",
            ),
        ),
        fine=_fine_print(code, shown, address=address, phone=phone),
    )


def _fine_print(
    code: str, shown: Sequence[Shown], *, address: str | None, phone: str | None
) -> tuple[tuple[Words, ...], ...]:
    names = "; ".join(procedure.name for procedure in shown).removeprefix("Thủ tục ")
    call = (Words(", gọi "), Words(phone, strong=True)) if phone else ()
    return (
        (Words(f"Thủ tục: {names}."),),
        (
            Words("Không có điện thoại thông minh? Hỏi bộ phận một cửa"),
            *((Words(f" ({address})"),) if address else ()),
            *call,
            Words("."),
        ),
        (
            Words("Trang này không bao giờ hỏi mã OTP, số thẻ ngân hàng. Tờ dán số "),
            Words(spoken_code(code), strong=True),
            Words("."),
        ),
    )
