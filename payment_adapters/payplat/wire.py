"""What we and the national platform say to each other, message format 1.0.6; pure.

Source: the public code of one province's service API. The platform's owner has not confirmed it:
everything marked "unverified" is our reading and stands in the README too.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Literal

from payment_adapters.contract import (
    Attempt,
    BadSignature,
    Bill,
    BillLine,
    Malformed,
    Observation,
    Secret,
)
from payment_adapters.strict import as_text, read_json

VERSION = "1.0.6"
VIETNAM = timezone(timedelta(hours=7))
PROOF = "MaXacThuc"
Names = tuple[str, ...]

INIT: Names = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan")
INIT += ("MaKenhThanhToan", "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich")
INIT += ("ThoiGianGD", "Ip")
CONFIRM: Names = (
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
)
CONFIRM += ("MaNganHang", "ThoiGianGD", "ThongTinGiaoDich")
ASK = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
"""QUERY and GET_BILL."""
ANSWER = (*CONFIRM, "TrangThaiGD")
"""The answer to QUERY: unverified, the source reads MaLoi and TrangThaiGD of it and no more."""
HEARD = ("MaLoi", "MoTaLoi", "MaDoiTac", "ThoiGianGD")
"""Our reply to CONFIRM."""
LOOKUP = ("LoaiBanTin", "MaDoiTac", "MaHoSo", "ThoiGianGD")
"""The question what is payable: unverified."""

Verdict = Literal["succeeded", "pending", "failed"]
STATES: dict[str, Verdict] = {
    "1": "succeeded",
    "3": "pending",  # the bank has not said yet
    "4": "failed",
}
"""TrangThaiGD; a state that stands in no table is `pending`."""

SUCCESS = "00"
"""MaLoi; no table of the others is published, so none of them is a failure."""

_LONGEST_NAME = 250
_LONGEST = 1000
_STAMP = re.compile(r"[0-9]{14}", re.ASCII)
_AMOUNT = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
_DOSSIER = re.compile(r"[0-9A-Za-z._/-]{1,64}", re.ASCII)
_KINDS = {"phi": "PHI", "le_phi": "LEPHI"}  # LoaiPhiLePhi: unverified


def stamp(at: datetime) -> str:
    """Write a moment as yyyyMMddHHmmss in Vietnam's time, on a clock of 24 hours."""
    return f"{at.astimezone(VIETNAM):%Y%m%d%H%M%S}"


def moment(text: str) -> datetime:
    """Read such a moment; Malformed otherwise."""
    if not _STAMP.fullmatch(text):
        raise Malformed("ThoiGianGD")
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
    except ValueError:
        raise Malformed("ThoiGianGD") from None


def line(text: str, longest: int = _LONGEST_NAME) -> str:
    """Write one line of text: composed letters, no `|` that would shift what is signed."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(mark if mark.isprintable() and mark != "|" else " " for mark in composed)
    return " ".join(shown.split())[:longest].rstrip()


def proof(secret: Secret, names: Sequence[str], values: Mapping[str, str]) -> str:
    """Make MaXacThuc: SHA-256 of the values joined with `|`, the shared secret as the last."""
    text = "|".join(values.get(name, "") for name in names).encode()
    return hashlib.sha256(text + b"|" + secret.reveal()).hexdigest()


def signed(secret: Secret, names: Sequence[str], values: Mapping[str, str]) -> dict[str, str]:
    """Make the members of a message; what is signed is what is sent."""
    return {**{name: values[name] for name in names}, PROOF: proof(secret, names, values)}


def proven(secret: Secret, names: Sequence[str], body: bytes) -> dict[str, str]:
    """Prove a message and give its signed values; BadSignature, or Malformed when unreadable."""
    said = read_json(body, dict[str, object])
    values = {name: as_text(said.get(name)) for name in names}
    given = said.get(PROOF)
    right = proof(secret, names, values)
    same = isinstance(given, str) and hmac.compare_digest(given.encode(), right.encode())
    if not same or any("|" in value for value in values.values()):
        raise BadSignature(PROOF)
    return values


def unproven(names: Sequence[str], body: bytes) -> dict[str, str]:
    """Read an answer of a platform that does not sign its answers."""
    said = read_json(body, dict[str, object])
    return {name: as_text(said.get(name)) for name in names}


def confirmed(said: Mapping[str, str]) -> Observation:
    """Put a proven CONFIRM into the core's words."""
    verdict: Verdict = "succeeded" if said["MaLoi"] == SUCCESS else "pending"
    return _payment(verdict, said, code=said["MaLoi"])


def answered(said: Mapping[str, str]) -> Observation:
    """Put an answer to QUERY into the core's words; its MaLoi was `00`."""
    state = said["TrangThaiGD"]
    return _payment(STATES.get(state, "pending"), said, code=f"{said['MaLoi']}/{state}")


def _payment(verdict: Verdict, said: Mapping[str, str], *, code: str) -> Observation:
    if verdict == "succeeded" and not said["MaGiaoDich"]:
        raise Malformed("MaGiaoDich")
    money = said["SoTien"]
    if (money or verdict == "succeeded") and not _AMOUNT.fullmatch(money):
        raise Malformed("SoTien")
    return Observation(
        status=verdict,
        amount=int(money) if money else None,
        currency=said["MaTienTe"][:8],
        provider_ref=said["MaThamChieu"],
        txn=said["MaGiaoDich"] or None,
        occurred_at=moment(said["ThoiGianGD"]) if said["ThoiGianGD"] else None,
        code=code[:64],
    )


def asked_for(said: Mapping[str, str]) -> str:
    """Give the dossier that a proven look-up asks about."""
    if not _DOSSIER.fullmatch(said["MaHoSo"]):
        raise Malformed("MaHoSo")
    return said["MaHoSo"]


# -- what is to be paid ---------------------------------------------------------------------------


def receipt_info(bill: Bill, attempt: Attempt, *, agency: str, suffix: str) -> dict[str, object]:
    """Write ThongTinBienLai: what a payment is for; nobody's name stands in it."""
    title, unit = line(bill.service_title), line(bill.unit_title)
    return {
        "MaDichVu": "2",
        "MaDVC": f"{bill.service_code}{suffix}",
        "TenDVC": title,
        "MaTTHC": bill.service_code,
        "TenTTHC": title,
        "MaDonVi": agency,
        "TenDonVi": unit,
        "MaHoSo": bill.reference,
        **_account(attempt),
        "NoiDungThanhToan": line(attempt.description),
        "HoTenNguoiNop": "",
        "SoCMNDNguoiNop": "",
        "DiaChiNguoiNop": "",
        "HuyenNguoiNop": "",
        "TinhNguoiNop": "",
        "PhiLePhi": [_fee(one) for one in bill.lines],
        "DSKhoanNop": [
            {"NoiDung": line(one.title), "SoTien": str(one.amount)} for one in bill.lines
        ],
    }


def payable(bill: Bill, attempt: Attempt, *, agency: str, suffix: str) -> dict[str, object]:
    """Write the answer to "what is payable": MaTraCuuTT is the reference that comes back to us."""
    return {
        "MaTraCuuTT": attempt.provider_ref or attempt.code,
        "SoTien": str(attempt.amount),
        "MaTienTe": "VND",
        **receipt_info(bill, attempt, agency=agency, suffix=suffix),
    }


def _account(attempt: Attempt) -> dict[str, object]:
    account = attempt.account
    return {
        "TKThuHuong": account.number if account else "",
        "MaNHThuHuong": account.bank_bin if account else "",
        "TenTKThuHuong": line(account.name) if account else "",
    }


def _fee(one: BillLine) -> dict[str, str]:
    return {
        "LoaiPhiLePhi": _KINDS[one.kind],
        "MaPhiLePhi": one.code,
        "TenPhiLePhi": line(one.title),
        "SoTien": str(one.amount),
    }
