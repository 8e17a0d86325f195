"""The payload of a VietQR code (NAPAS 247, EMVCo merchant-presented), byte for byte; pure.

A payload is a row of fields: two digits of id, two digits of length in characters, the value. The
last field is a checksum over everything before it. Source: the QR format of NAPAS (version 1.5.2).
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

NAPAS = "A000000727"
CURRENCY = "704"
LONGEST_ACCOUNT = 19
LONGEST_PURPOSE = 25
LARGEST_AMOUNT = 10**12
_BIN_DIGITS = 6
_LONGEST_PAYLOAD = 512
_CHECKSUM = "6304"

Service = Literal["QRIBFTTA", "QRIBFTTC"]
"""To an account (A) or to a card (C)."""

BANKS = {
    "970403": "Sacombank",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970422": "MB",
    "970423": "TPBank",
    "970432": "VPBank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970441": "VIB",
    "970443": "SHB",
    "970449": "LPBank",
}
"""Short names by BIN (list of api.vietqr.io, seen in November 2026); others show their BIN."""


class Transfer(Struct, frozen=True, kw_only=True):
    """What a VietQR asks for; without an amount the payer types it."""

    bank_bin: str
    account: str
    amount: int | None = None
    purpose: str = ""
    service: Service = "QRIBFTTA"


def bank_name(bank_bin: str) -> str:
    """Name a bank as people know it; its BIN when it is not in the list."""
    return BANKS.get(bank_bin, bank_bin)


def write(transfer: Transfer) -> str:
    """Build the payload; ValueError when a value does not fit the format.

    What `_refuse` lets through keeps every field below 99 characters, so no length can be cut.
    """
    _refuse(transfer)
    beneficiary = _field("00", transfer.bank_bin) + _field("01", transfer.account)
    fields = [
        _field("00", "01"),
        _field("01", "11" if transfer.amount is None else "12"),
        _field(
            "38",
            _field("00", NAPAS) + _field("01", beneficiary) + _field("02", transfer.service),
        ),
        _field("53", CURRENCY),
        "" if transfer.amount is None else _field("54", str(transfer.amount)),
        _field("58", "VN"),
        _field("62", _field("08", transfer.purpose)) if transfer.purpose else "",
    ]
    body = "".join(fields) + _CHECKSUM
    return body + checksum(body)


def read(payload: str) -> Transfer:
    """Take a payload apart, as a bank's app does; ValueError when it is none of this format."""
    if not payload.isascii() or len(payload) > _LONGEST_PAYLOAD:
        raise ValueError("not a VietQR payload")
    if payload[-8:-4] != _CHECKSUM or checksum(payload[:-4]) != payload[-4:]:
        raise ValueError("the checksum does not fit")
    top = dict(_fields(payload))
    merchant = dict(_fields(top.get("38", "")))
    beneficiary = dict(_fields(merchant.get("01", "")))
    if merchant.get("00") != NAPAS or top.get("53") != CURRENCY:
        raise ValueError("not a transfer in đồng through NAPAS")
    amount = top.get("54")
    if amount is not None and not (amount.isdigit() and len(amount) <= len(str(LARGEST_AMOUNT))):
        raise ValueError("the amount is not a whole number of đồng")
    found = Transfer(
        bank_bin=beneficiary.get("00", ""),
        account=beneficiary.get("01", ""),
        amount=None if amount is None else int(amount),
        purpose=dict(_fields(top.get("62", ""))).get("08", ""),
        service="QRIBFTTC" if merchant.get("02") == "QRIBFTTC" else "QRIBFTTA",
    )
    _refuse(found)
    return found


def checksum(text: str) -> str:
    """Compute CRC-16/CCITT-FALSE as four upper-case hex digits; `123456789` gives 29B1."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
            crc &= 0xFFFF
    return f"{crc:04X}"


def _field(key: str, value: str) -> str:
    return f"{key}{len(value):02d}{value}"


def _fields(text: str) -> Iterator[tuple[str, str]]:
    while text:
        key, length, text = text[:2], text[2:4], text[4:]
        if not (key.isdigit() and length.isdigit()) or int(length) > len(text) or length == "00":
            raise ValueError("a field is cut")
        yield key, text[: int(length)]
        text = text[int(length) :]


def _refuse(transfer: Transfer) -> None:
    digits = transfer.bank_bin.isascii() and transfer.bank_bin.isdigit()
    if len(transfer.bank_bin) != _BIN_DIGITS or not digits:
        raise ValueError("a bank's BIN has 6 digits")
    account = transfer.account
    if not (1 <= len(account) <= LONGEST_ACCOUNT and account.isascii() and account.isalnum()):
        raise ValueError(f"an account has 1 to {LONGEST_ACCOUNT} letters and digits")
    amount = transfer.amount
    if amount is not None and (type(amount) is not int or not 1 <= amount <= LARGEST_AMOUNT):
        raise ValueError("an amount is a whole number of đồng above 0")
    purpose = transfer.purpose
    allowed = purpose.isascii() and all(sign.isalnum() or sign == " " for sign in purpose)
    if len(purpose) > LONGEST_PURPOSE or not allowed:
        raise ValueError(f"a purpose has at most {LONGEST_PURPOSE} plain letters, digits, spaces")
