"""What is told to citizens, in which words, and what the two slips say; pure."""

import base64
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec
import segno
from msgspec import Struct

from backend.dossiers.model.events import DossierMoved, DossierSubmitted, SupplementAsked
from backend.dossiers.model.record import Dossier, Private, Receipt
from backend.dossiers.model.states import AT_WORK
from backend.payments.model.words import (
    MoneySetAside,
    Obligation,
    ObligationQuoted,
    ObligationSettled,
    RefundGiven,
)
from backend.platform.kit.clock import VIETNAM, iso
from backend.platform.kit.errors import Problem
from backend.platform.kit.money import dong

Told = (
    DossierSubmitted
    | DossierMoved
    | SupplementAsked
    | MoneySetAside
    | ObligationSettled
    | ObligationQuoted
    | RefundGiven
)
"""The events that citizens hear of."""

SlipKind = Literal["receipt", "slip", "fee_receipt", "paid"]

_SHORTEST_NAME = 8
_MEGABYTE = 1_000_000
_BY_VERB = {
    "accept": "accepted",
    "decline": "declined",
    "expire": "expired",
    "stop": "stopped",
    "withdraw": "withdrawn",
    "finish": "result_ready",
}
_DATED = frozenset({"accepted", "answered"})


class NotYet(Problem):
    """The slip exists from acceptance on, the receipt from submission on."""

    status = 409
    slug = "not-yet"
    title = "Chưa có giấy hẹn. Giấy hẹn có sau khi phường tiếp nhận hồ sơ."


class Notice(Struct, frozen=True, kw_only=True):
    """One notice on its way (thông báo): to a phone, in plain words, without names."""

    at: str
    code: str
    to: str
    event: str
    text: str


class Blanks(Struct, frozen=True, kw_only=True):
    """What is filled into the words of a notice."""

    code: str
    procedure: str = ""
    office: str = ""
    date: str = ""
    provisional: bool = False
    paused: bool = False
    amount: str = ""
    digits: str = ""
    track: str = ""


class Proof(Struct, frozen=True):
    """What a verification token says (mã kiểm tra); fields in the order of the alphabet."""

    at: str
    code: str
    digest: str
    kind: SlipKind
    unit: str
    v: int = 1


def kind_of(event: Told) -> str | None:
    """Tell what a citizen hears of an event; None when nothing."""
    if isinstance(event, DossierSubmitted):
        return "submitted"
    if isinstance(event, DossierMoved):
        goes_on = event.verb == "answer" and event.after in AT_WORK
        return "answered" if goes_on else _BY_VERB.get(event.verb)
    if isinstance(event, SupplementAsked):
        return "supplement" if event.by == "officer" else "retake"
    return _of_money(event)


def _of_money(
    event: ObligationQuoted | MoneySetAside | RefundGiven | ObligationSettled,
) -> str | None:
    if isinstance(event, ObligationQuoted):
        return "quoted" if event.amount else None
    if isinstance(event, MoneySetAside):
        return event.reason if event.reason in {"short", "second", "ended"} else None
    if isinstance(event, RefundGiven):
        return "given_back"
    return "paid" if event.state == "paid" else None


def key_of(event: Told) -> str:
    """Name an event so that it is told once on each channel, however often it is heard."""
    if isinstance(event, DossierMoved):
        return f"{event.dossier}:{event.verb}:{event.rev}"
    if isinstance(event, SupplementAsked):
        return f"{event.dossier}:asked:{event.supplement}"
    if isinstance(event, DossierSubmitted):
        return f"{event.dossier}:submitted"
    return f"{event.dossier}:{type(event).__name__}:{iso(event.at)}:{event.amount}"


@lru_cache(maxsize=4)
def words(language: str) -> Mapping[str, str]:
    """Read the words of a language: `vi`, the source, or `en`."""
    text = files("backend.notices").joinpath(f"words/{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def worded(kind: str, blanks: Blanks, *, language: str = "vi") -> str:
    """Write a notice."""
    known = words(language)
    if kind in _DATED and not blanks.date:
        kind = f"{kind}_without_date"
    text = known[kind].format_map(msgspec.structs.asdict(blanks))
    if kind == "supplement" and blanks.paused:
        text = f"{text} {known['paused']}"
    return f"{text} {known['provisional']}" if kind in _DATED and blanks.provisional else text


def proof_of(receipt: Receipt, *, kind: SlipKind, at: datetime) -> bytes:
    """Write what the verification token of a receipt or slip signs, as canonical JSON."""
    digest = hashlib.sha256(receipt.payload()).digest()
    proof = Proof(
        at=iso(at),
        code=receipt.code,
        digest=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        kind=kind,
        unit=receipt.unit,
    )
    return msgspec.json.encode(proof)


def receipt_proof(receipt: Receipt) -> bytes:
    """Write what proves a receipt, on paper and on the screen: its own moment, byte for byte."""
    return proof_of(receipt, kind="receipt", at=datetime.fromisoformat(receipt.at))


def proof_symbol(text: str) -> tuple[str, ...]:
    """Draw the QR symbol of a verification link at level M: it is long, and paper is smooth."""
    made = segno.make(text, error="m", boost_error=False, micro=False)
    return tuple("".join("1" if dark else "0" for dark in row) for row in made.matrix)


# -- the two sheets --------------------------------------------------------------------------------


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


def fee(obligation: Obligation | None) -> str:
    """Say what is to pay, never more than is known."""
    if obligation is None or obligation.state in {"nothing_due", "exempt"}:
        return "Không thu phí"
    if obligation.amount is None:
        return "Chưa xác định mức phí, cán bộ sẽ báo"
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
    dossier: Dossier, *, procedure: str, fee_words: str, provisional: bool = False
) -> list[Pair]:
    """List the facts of a receipt."""
    expected = moment(dossier.expected_at)
    promised = moment(dossier.due_at)
    return [
        Pair("Thủ tục", procedure),
        Pair("Nhận lúc", moment(dossier.submitted_at), strong=True),
        Pair("Hình thức nộp", CHANNELS[dossier.channel]),
        Pair(
            "Hẹn trả kết quả",
            promised and (PAUSED if dossier.paused else f"chậm nhất {promised}"),
            strong=True,
        ),
        Pair(
            "Dự kiến trả kết quả",
            f"{expected}, phường xác nhận khi tiếp nhận" if expected and not promised else None,
        ),
        Pair("Lưu ý", PROVISIONAL if provisional else None),
        Pair("Phí", fee_words, strong=True),
        Pair("4 số để tra cứu", dossier.track_digits, strong=True),
    ]


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
    provisional: bool = False,
) -> list[Pair]:
    """List the facts of the slip in the order of the official form."""
    submitter = owned.submitter or owned.owner
    by_other = owned.submitter is not None
    return [
        Pair("Tiếp nhận hồ sơ của", submitter.name, strong=True),
        Pair("Địa chỉ", _address(submitter.address)),
        Pair("Số điện thoại", submitter.phone),
        Pair("Chủ hồ sơ", owned.owner.name if by_other else None),
        Pair("Nội dung yêu cầu giải quyết", procedure),
        Pair("Hình thức nộp", CHANNELS[dossier.channel]),
        Pair("Số lượng hồ sơ", "01 bộ"),
        Pair("Thời gian nhận hồ sơ", moment(dossier.accepted_at)),
        Pair("Thời gian trả kết quả", _promise(dossier), strong=True),
        Pair("Lưu ý", PROVISIONAL if provisional else None),
        Pair("Nơi nhận kết quả", desk.address or desk.office),
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
    pages = {
        file.sha256: f"{_short(names.get(paper.paper, paper.paper))}, trang {page}"
        for paper in owned.papers
        for page, file in enumerate(paper.files, start=1)
    }
    return [
        FileRow(pages.get(file.sha256, file.name), size(file.size), file.sha256[:8])
        for file in receipt.files
    ]


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
