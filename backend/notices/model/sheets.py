"""What the two sheets say: the receipt, and the slip with the promised date; pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from backend.catalogue.model.people import Applicant
from backend.catalogue.model.visits import Visit
from backend.dossiers.model.record import Dossier, Private, Receipt
from backend.payments.model.words import (
    Obligation,
)
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.money import dong

_SHORTEST_NAME = 8
_MEGABYTE = 1_000_000


class Pair(Struct, frozen=True):
    """One line of a slip; a value of None leaves it out."""

    label: str
    value: str | None
    strong: bool = False


class Symbol(Struct, frozen=True):
    """A QR symbol of a slip with the words beside it."""

    rows: tuple[str, ...]
    words: str


class FileRow(Struct, frozen=True):
    """A file as the receipt lists it; `mark` are the first signs of its hash (mã kiểm)."""

    name: str
    size: str
    mark: str


class PaperRow(Struct, frozen=True):
    """A paper as the slip lists it."""

    name: str
    form: str
    count: int


class ReceiptSheet(Struct, frozen=True, kw_only=True):
    """What templates/receipt.typ prints."""

    office: str
    code: list[str]
    pairs: list[Pair]
    files: list[FileRow]
    codes: list[Symbol]
    fine: str


class SlipSheet(Struct, frozen=True, kw_only=True):
    """What templates/slip.typ prints."""

    office: str
    place_date: str
    code: str
    number: str
    pairs: list[Pair]
    papers: list[PaperRow]
    codes: list[Symbol]
    submitter: str
    officer: str
    officer_title: str | None
    fine: str


class Desk(Struct, frozen=True, kw_only=True):
    """What slips say of the office: its name, address, phone and town."""

    office: str
    town: str
    address: str | None
    phone: str | None


def grouped(code: str) -> list[str]:
    """Part a dossier code as people read it: 4, 4, 5."""
    return [code[:4], code[4:8], code[8:]]


def moment(at: datetime | None) -> str | None:
    """Write a moment as people read it: `17:00 ngày 17/11/2026`."""
    return at.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y") if at else None


def size(count: int) -> str:
    """Write a file's size in kB or MB, with a decimal comma."""
    if count < _MEGABYTE:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / _MEGABYTE:.1f} MB".replace(".", ",")


def mark(sha256: str) -> str:
    """Write the first eight signs of a hash as the phone shows them: `3F9A 07C2`."""
    return f"{sha256[:4]} {sha256[4:8]}".upper()


def spoken_phone(digits: str | None) -> str | None:
    """Write a phone number as people say it: `0900 000 417`; another one stays as it is."""
    return (
        re.sub(r"^(\d{4})(\d{3})(\d{3})$", r"\1 \2 \3", digits, flags=re.ASCII) if digits else None
    )


def fee(obligation: Obligation | None) -> str:
    """Say what is to pay, never more than is known."""
    if obligation is None or obligation.state in {"nothing_due", "exempt"}:
        return "Không thu phí"
    if obligation.amount is None:
        return "Chưa xác định mức phí, cán bộ sẽ ghi vào hồ sơ"
    settled = obligation.state in {"paid", "refund_due", "partly_refunded"}
    return f"{dong(obligation.amount)}, {'đã trả' if settled else 'chưa trả'}"


PAUSED = "đang tạm dừng chờ bổ sung, ngày hẹn sẽ tính lại"
PROVISIONAL = "Ngày hẹn có thể đổi khi có thông báo nghỉ lễ"

CHANNELS = {
    "online": "Trực tuyến",
    "assisted": "Trực tuyến, có cán bộ giúp",
    "direct": "Trực tiếp",
    "post": "Qua bưu chính",
}


def receipt_pairs(
    dossier: Dossier,
    *,
    procedure: str,
    title: str,
    fee_words: str,
    expected_from: date | None = None,
    visit: Visit | None = None,
    provisional: bool = False,
) -> list[Pair]:
    """List the facts of a receipt; the expected date holds if received on `expected_from`.

    With a visit it holds for who comes before the hour of its day; one that was over when the
    dossier came is left out, for nobody can come then any more.
    """
    came = dossier.submitted_at
    if visit is not None and came is not None and visit.ends <= came:
        visit = None
    expected = moment(dossier.expected_at)
    promised = moment(dossier.due_at)
    return [
        Pair("Thủ tục", title, strong=True),
        Pair("Tên đầy đủ", procedure if procedure != title else None),
        Pair("Nhận lúc", moment(dossier.submitted_at), strong=True),
        Pair("Hình thức nộp", CHANNELS[dossier.channel]),
        Pair(
            "Hẹn trả kết quả",
            promised and (PAUSED if dossier.paused else f"chậm nhất {promised}"),
            strong=True,
        ),
        Pair("Ngày đến", visit_words(visit) if visit else None),
        Pair(
            "Dự kiến trả kết quả",
            _expected(expected, expected_from, visit) if expected and not promised else None,
        ),
        Pair("Lưu ý", PROVISIONAL if provisional else None),
        Pair("Phí", fee_words, strong=True),
        Pair("4 số để tra cứu", dossier.track_digits, strong=True),
    ]


def visit_words(visit: Visit) -> str:
    """Write when somebody comes: `22/12/2026 (buổi sáng)`."""
    day = f"{visit.begins:%d/%m/%Y}"
    return f"{day} ({visit.session.lower()})" if visit.session else day


def _expected(moment: str, received: date | None, visit: Visit | None) -> str:
    condition = f", nếu được nhận ngày {received:%d/%m/%Y}" if received else ""
    if visit is not None:
        at = f"trước {visit.before} " if visit.before else ""
        condition = f", nếu đến {at}ngày {visit.begins:%d/%m/%Y}"
    return f"{moment}{condition}. Phường xác nhận khi tiếp nhận"


def receipt_fine(dossier: Dossier) -> str:
    """Say what a receipt is not, and with what its dossier is looked up."""
    digits = "4 số để tra cứu" if dossier.track_digits else "4 số cuối điện thoại"
    return (
        "Biên nhận này không ghi họ tên và không thay giấy hẹn trả kết quả. "
        f"Xem hồ sơ bằng mã hồ sơ và {digits}. Không đưa mã OTP cho ai."
    )


def slip_pairs(
    dossier: Dossier,
    owned: Private,
    desk: Desk,
    *,
    procedure: str,
    fee_words: str,
    track: str,
    applicants: Sequence[Applicant] = (),
    presence: str | None = None,
    visit: Visit | None = None,
    provisional: bool = False,
) -> list[Pair]:
    """List the facts of the slip in the order of the official form.

    `presence` says who must come for the result (phải có mặt), `visit` when somebody must before.
    """
    submitter = owned.submitter or owned.owner
    by_other = owned.submitter is not None
    return [
        Pair("Tiếp nhận hồ sơ của", submitter.name, strong=True),
        Pair("Địa chỉ", _address(submitter.address)),
        Pair("Số điện thoại", spoken_phone(submitter.phone)),
        Pair("Chủ hồ sơ", owned.owner.name if by_other else None),
        *(Pair(one.role, one.name or None) for one in applicants),
        Pair("Nội dung yêu cầu giải quyết", procedure),
        Pair("Hình thức nộp", CHANNELS[dossier.channel]),
        Pair("Số lượng hồ sơ", "01 bộ"),
        Pair("Thời gian nhận hồ sơ", moment(dossier.accepted_at)),
        Pair("Ngày phải đến", visit_words(visit) if visit else None, strong=True),
        Pair("Thời gian trả kết quả", _promise(dossier), strong=True),
        Pair("Lưu ý", PROVISIONAL if provisional else None),
        Pair("Nơi nhận kết quả", desk.address or desk.office),
        Pair("Khi nhận kết quả", presence),
        Pair("Phí", fee_words),
        Pair("Tra cứu", track),
        Pair("4 số để tra cứu", dossier.track_digits),
        Pair("Điện thoại hỏi đáp", desk.phone),
    ]


def paper_rows(owned: Private, names: Mapping[str, str]) -> list[PaperRow]:
    """List the papers that were handed in."""
    return [
        PaperRow(
            names.get(paper.paper, paper.paper),
            _form({file.media_type for file in paper.files}),
            len(paper.files),
        )
        for paper in owned.papers
        if paper.files
    ]


def file_rows(receipt: Receipt, owned: Private, names: Mapping[str, str]) -> list[FileRow]:
    """List the files of a receipt by paper and page, with the first eight signs of their hashes."""
    pages: dict[str, list[str]] = {}
    for paper in owned.papers:
        for page, file in enumerate(paper.files, start=1):
            name = f"{_short(names.get(paper.paper, paper.paper))}, trang {page}"
            pages.setdefault(file.sha256, []).append(name)
    rows = []
    for one in receipt.files:
        found = pages.get(one.sha256)  # one photo may be a page of several papers
        rows.append(FileRow(found.pop(0) if found else one.name, size(one.size), mark(one.sha256)))
    return rows


def _promise(dossier: Dossier) -> str:
    due = moment(dossier.due_at)
    if due and dossier.paused:
        return PAUSED
    return f"chậm nhất {due}, có thể sớm hơn" if due else "không ghi ngày hẹn trả"


def _short(name: str) -> str:
    """Leave out the law's remark on a paper: what people call it stands before the bracket."""
    short = name.partition(" (")[0]
    return short if len(short) >= _SHORTEST_NAME else name


def _form(media_types: set[str]) -> str:
    return "Tệp PDF" if media_types == {"application/pdf"} else "Ảnh chụp"


def _address(address: object) -> str | None:
    parts: Sequence[str] = [
        getattr(address, part, "") or "" for part in ("street", "ward", "province")
    ]
    return ", ".join(part for part in parts if part) or None
