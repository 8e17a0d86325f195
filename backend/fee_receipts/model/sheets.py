"""What the printed receipt and the acknowledgement say; pure."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from backend.fee_receipts.model.receipts import State
from backend.notices.model.sheets import Pair, Symbol
from backend.payments.model.words import Line
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.money import dong

UNCHECKED = "Mẫu biên lai này chưa được kiểm chứng theo quy định về chứng từ."
PROVED = "Mã QR chứng minh giấy này do hệ thống lập. Giấy này chưa có chữ ký số của đơn vị thu."
NO_RECEIPT = (
    "Giấy này chỉ xác nhận hệ thống đã ghi nhận tiền của bạn. "
    "Giấy này KHÔNG PHẢI BIÊN LAI và không dùng để thanh toán, quyết toán. "
    "Biên lai được lập sau, nếu đơn vị thu có lập trên hệ thống này."
)
BANNERS: dict[State, str] = {
    "on_hold": "ĐANG TẠM GIỮ: khoản tiền này đang được xem lại hoặc hoàn lại",
    "cancelled": "BIÊN LAI ĐÃ HỦY, không còn giá trị",
    "replaced": "BIÊN LAI ĐÃ ĐƯỢC THAY THẾ, không còn giá trị",
}


class Row(Struct, frozen=True):
    """A line of the fee as it is printed."""

    name: str
    quantity: str
    unit_amount: str
    amount: str


class FeeReceiptSheet(Struct, frozen=True, kw_only=True):
    """What templates/fee_receipt.typ prints."""

    banner: str | None
    title: str
    collector: str
    tax_code: str
    form: str
    series: str
    number: str
    place_date: str
    pairs: list[Pair]
    rows: list[Row]
    total: str
    words: str
    codes: list[Symbol]
    fine: list[str]


class PaidSheet(Struct, frozen=True, kw_only=True):
    """What templates/paid.typ prints."""

    office: str
    code: list[str]
    pairs: list[Pair]
    codes: list[Symbol]
    fine: str


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Write the lines of a fee for people."""
    return [
        Row(line.name, str(line.quantity), dong(line.unit_amount or 0), dong(line.amount or 0))
        for line in lines
    ]


def day_of(at: datetime, town: str) -> str:
    """Write place and day as official papers do."""
    day = at.astimezone(VIETNAM)
    return f"{town}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"


def banner_of(state: State, *, replaced_by: str | None, replaces: str | None) -> str | None:
    """Say above a receipt that it does not stand, or which one it replaces; None when it stands."""
    if state == "replaced" and replaced_by:
        return f"{BANNERS['replaced']}. Biên lai thay thế: số {replaced_by}"
    if state in BANNERS:
        return BANNERS[state]
    return f"Thay thế biên lai số {replaces}" if replaces else None


def fine_of(checked: str | None) -> list[str]:
    """Say what the paper proves, and that its form is not checked until somebody says so."""
    return [PROVED] if checked else [UNCHECKED, PROVED]
