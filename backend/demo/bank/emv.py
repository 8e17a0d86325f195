"""Read a VietQR payload (EMVCo, merchant-presented) with eyes of our own.

Nothing is shared with the adapter that writes these payloads: two independent readings of one
specification are the proof that a real bank's app will understand the code on the screen.
"""

import binascii
from itertools import pairwise

import msgspec

_NAPAS = "A000000727"
_DONG = "704"
_LONGEST = 512
_SERVICES = {"QRIBFTTA": "account", "QRIBFTTC": "card"}

BANKS = {
    "970436": "Vietcombank",
    "970405": "Agribank",
    "970415": "VietinBank",
    "970418": "BIDV",
    "970422": "MB",
    "970407": "Techcombank",
    "970416": "ACB",
    "970403": "Sacombank",
    "970432": "VPBank",
    "970423": "TPBank",
    "970437": "HDBank",
    "970443": "SHB",
    "970441": "VIB",
    "970449": "LPBank",
}


class NotVietQrError(ValueError):
    """The text is no VietQR that money can be sent to; the words are for the payer."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a VietQR asks for (lệnh chuyển tiền); amount None = the payer types it."""

    bank_bin: str
    bank: str
    account: str
    amount: int | None
    memo: str
    once: bool


def read(payload: str) -> Order:
    """Read a payload to its last sign; NotVietQrError says what is wrong with it."""
    payload = payload.strip()
    if not payload.isascii() or not payload.isprintable() or len(payload) > _LONGEST:
        raise NotVietQrError("Mã chứa ký tự lạ hoặc quá dài")
    fields = _fields(payload)
    if not payload.startswith("000201") or list(fields)[-1:] != ["63"]:
        raise NotVietQrError("Đây không phải mã thanh toán EMV")
    if fields["63"] != f"{binascii.crc_hqx(payload[:-4].encode(), 0xFFFF):04X}":
        raise NotVietQrError("Mã bị hỏng: sai số kiểm tra")
    if fields.get("53") != _DONG or fields.get("58") != "VN":
        raise NotVietQrError("Mã này không thu tiền đồng tại Việt Nam")
    bank_bin, account = _receiver(fields.get("38", ""))
    return Order(
        bank_bin=bank_bin,
        bank=BANKS.get(bank_bin, f"Ngân hàng {bank_bin}"),
        account=account,
        amount=_amount(fields.get("54")),
        memo=_fields(fields.get("62", "")).get("08", ""),
        once=fields.get("01") == "12",
    )


def _receiver(text: str) -> tuple[str, str]:
    outer = _fields(text)
    inner = _fields(outer.get("01", ""))
    bank_bin, account = inner.get("00", ""), inner.get("01", "")
    if outer.get("00") != _NAPAS or outer.get("02") not in _SERVICES:
        raise NotVietQrError("Mã này không phải chuyển khoản VietQR")
    if len(bank_bin) != 6 or not bank_bin.isdigit() or not account.isalnum():  # noqa: PLR2004
        raise NotVietQrError("Mã thiếu ngân hàng hoặc số tài khoản")
    return bank_bin, account


def _amount(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdigit() or not 0 < len(text) <= 13 or text[0] == "0":  # noqa: PLR2004
        raise NotVietQrError("Số tiền trong mã không đọc được")
    return int(text)


def _fields(text: str) -> dict[str, str]:
    """Cut text into its fields: two digits of name, two of length, the value."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        name, length = text[at : at + 2], text[at + 2 : at + 4]
        end = at + 4 + (int(length) if length.isdigit() else 0)
        well_formed = len(name + length) == 4 and (name + length).isdigit()  # noqa: PLR2004
        if not well_formed or end == at + 4 or end > len(text) or name in found:
            raise NotVietQrError("Mã bị cắt hoặc sai cấu trúc")
        found[name] = text[at + 4 : end]
        at = end
    if any(first > second for first, second in pairwise(found)):
        raise NotVietQrError("Các phần của mã không đúng thứ tự")
    return found
