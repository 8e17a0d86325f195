"""A pretend national platform (PayPlat 1.0.6), and the portal page that asks what is due."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from urllib.parse import parse_qs

import msgspec

from backend.demo.providers.protocol import Asked, Call, Desk, Order, Provider, Reply, Settings

VIETNAM = timezone(timedelta(hours=7))
PORTAL = "/cong-dich-vu-cong"
PATIENCE = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_INIT = (
    "LoaiBanTin PhienBan MaDoiTac MaThamChieu SoTien LoaiHinhThanhToan MaKenhThanhToan MaThietBi"
    " NgonNgu MaTienTe MaNganHang ThongTinGiaoDich ThoiGianGD Ip"
)
_FORMS = {
    "LoaiBanTin": r"INIT",
    "PhienBan": r"1\.0\.6",
    "MaThamChieu": r"\w{1,255}",
    "SoTien": r"[1-9][0-9]{0,11}",
    "LoaiHinhThanhToan": r"PAY",
    "MaTienTe": r"VND",
    "ThongTinGiaoDich": r"[^|]{1,250}",
    "ThoiGianGD": r"20[0-9]{12}",
    "Ip": r"[0-9A-Fa-f.:]{7,45}",
}
_ASK = "LoaiBanTin PhienBan MaDoiTac MaThamChieu ThoiGianGD"
_CONFIRM = (
    "LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD"
    " ThongTinGiaoDich"
)
_STATES = {"made": "3", "pending": "3", "paid": "1", "failed": "4", "review": "3", "reversed": "3"}
_NOT_FOUND, _WRONG_PROOF, _WRONG_FORM = "02", "97", "03"


class _Line(msgspec.Struct, frozen=True):
    SoTien: int


class PayPlat:
    """The other side of `payment_adapters.payplat`."""

    title = "CỔNG DỊCH VỤ CÔNG GIẢ ĐỊNH"
    pauses: tuple[float, ...] = (1.0, 5.0, 15.0, 30.0, 60.0)

    def __init__(self, settings: Settings) -> None:
        self.partner = settings.text("partner")
        self.key = settings.text("secret")
        self.token = str(settings.table.get("token", ""))
        self.paths = {
            settings.text("init_path"): "start",
            settings.text("query_path"): "query",
            settings.text("bill_path"): "bill",
        }
        self.notices = f"{settings.web}/api/v1/payments/notices/payplat"
        self.lookups = f"{settings.web}/api/v1/payments/lookups/payplat"
        self.home = settings.web

    def service(self, asked: Asked) -> str:
        """Name what is asked for; the portal's page asks us what is payable for a dossier."""
        if (asked.method, asked.path) == ("GET", PORTAL):
            return "portal"
        return self.paths.get(asked.path, "") if asked.method == "POST" else ""

    async def answer(self, service: str, asked: Asked, desk: Desk) -> Reply:
        """Take a payment, say how it stands, hand out its receipt."""
        if service == "portal":
            return await self._portal(asked, desk)
        if self.token and asked.headers.get("authorization") != f"Bearer {self.token}":
            return Reply(status=401)
        try:
            given = json.loads(asked.body)
            said = {key: value for key, value in given.items() if isinstance(value, str)}
            info = given.get("ThongTinBienLai", {})
        except (ValueError, AttributeError):
            return _refused(_WRONG_FORM)
        if service == "start":
            return self._start(said, info, desk)
        if not self._proves(said, _ASK) or said["LoaiBanTin"] not in ("QUERY", "GET_BILL"):
            return _refused(_WRONG_PROOF)
        order = desk.order(said["MaThamChieu"])
        return self._bill(order) if service == "bill" else self._query(order, said)

    def _start(self, said: Mapping[str, str], info: Mapping[str, object], desk: Desk) -> Reply:
        if not self._proves(said, _INIT):
            return _refused(_WRONG_PROOF)
        if any(not re.fullmatch(form, said.get(name, "")) for name, form in _FORMS.items()):
            return _refused(_WRONG_FORM)
        made_at = _read(said["ThoiGianGD"])
        clock_is_right = abs(desk.now - made_at) < _HOUR
        if not clock_is_right or not _adds_up(info, int(said["SoTien"])):
            return _refused(_WRONG_FORM)
        order = desk.make(self._order(said["MaThamChieu"], int(said["SoTien"]), said, made_at))
        inside = json.dumps({"UrlThanhToan": desk.page(order)})
        return Reply(body=json.dumps({"error_code": "0", "message": inside}).encode())

    def _order(self, ref: str, amount: int, said: Mapping[str, str], made_at: datetime) -> Order:
        return Order(
            ref=ref,
            merchant=self.partner,
            amount=amount,
            words=said["ThongTinGiaoDich"],
            return_url=self.home + "/api/v1/payments/return/payplat",
            notice_url=self.notices,
            made_at=made_at,
            expires_at=made_at + PATIENCE,
        )

    def _query(self, order: Order | None, said: Mapping[str, str]) -> Reply:
        if order is None:
            values = dict.fromkeys(_CONFIRM.split(), "")
            values |= {"LoaiBanTin": "QUERY", "MaLoi": _NOT_FOUND, "MaDoiTac": self.partner}
            values |= {"MaThamChieu": said["MaThamChieu"], "TrangThaiGD": ""}
        else:
            values = self._result(order, "QUERY") | {"MaLoi": "00"}
            values["TrangThaiGD"] = _STATES[order.status]
        return Reply(body=self._signed(values, f"{_CONFIRM} TrangThaiGD"))

    def _bill(self, order: Order | None) -> Reply:
        if order is None or order.status != "paid":
            return _refused(_NOT_FOUND)
        pdf = f"%PDF-1.4\n% {order.ref} {order.paid}\n%%EOF\n"
        return Reply(body=pdf.encode(), media_type="application/pdf")

    # -- the portal's page: what is payable for a dossier -----------------------------------------

    async def _portal(self, asked: Asked, desk: Desk) -> Reply:
        """Ask the service what is due for a dossier, and open the page to pay it."""
        dossier = parse_qs(asked.query).get("ma_ho_so", [""])[0]
        values = {
            "LoaiBanTin": "LOOKUP",
            "MaDoiTac": self.partner,
            "MaHoSo": dossier,
            "ThoiGianGD": _stamp(desk.now),
        }
        body = self._signed(values, "LoaiBanTin MaDoiTac MaHoSo ThoiGianGD")
        status, answer = await desk.call(
            Call(
                method="POST",
                url=self.lookups,
                headers={"Content-Type": "application/json"},
                body=body,
            )
        )
        try:
            said = json.loads(answer)
            if said["error_code"] != "1":
                return Reply(status=404, body=answer)
            data = said["data"]
            words = {"ThongTinGiaoDich": data["NoiDungThanhToan"]}
            order = self._order(data["MaTraCuuTT"], int(data["SoTien"]), words, desk.now)
        except (ValueError, LookupError, TypeError):
            return Reply(status=502, body=b"%d" % status)
        return Reply(location=desk.page(desk.make(order)))

    # -- telling ----------------------------------------------------------------------------------

    def notice(self, order: Order, *, now: datetime) -> Call:
        """Make the CONFIRM."""
        del now
        body = self._signed(self._result(order, "CONFIRM"), _CONFIRM)
        headers = {"Content-Type": "application/json"}
        return Call(method="POST", url=order.notice_url, headers=headers, body=body)

    def heard(self, status: int, body: bytes) -> bool:
        """Stop when the reply says 00 and is signed with our key."""
        try:
            said = json.loads(body)
            proven = self._proves(said, "MaLoi MoTaLoi MaDoiTac ThoiGianGD")
        except (ValueError, AttributeError, TypeError):
            return False
        return status == HTTPStatus.OK and proven and said["MaLoi"] == "00"

    def back(self, order: Order) -> str:
        """Give the address to go back to; the real one's words are not known."""
        return order.return_url

    def _result(self, order: Order, kind: str) -> dict[str, str]:
        return {
            "LoaiBanTin": kind,
            "MaLoi": "00" if order.status == "paid" else "24",
            "MaDoiTac": order.merchant,
            "MaThamChieu": order.ref,
            "SoTien": str(order.paid or order.amount),
            "MaTienTe": "VND",
            "MaGiaoDich": order.txn,
            "MaNganHang": "VCB",
            "ThoiGianGD": _stamp(order.moved_at or order.made_at),
            "ThongTinGiaoDich": order.words,
        }

    def _proves(self, said: Mapping[str, str], names: str) -> bool:
        right = said.get("MaDoiTac") == self.partner
        return right and hmac.compare_digest(said.get("MaXacThuc", ""), self._proof(said, names))

    def _proof(self, said: Mapping[str, str], names: str) -> str:
        text = "|".join([*(said.get(name, "") for name in names.split()), self.key])
        return hashlib.sha256(text.encode()).hexdigest()

    def _signed(self, values: Mapping[str, str], names: str) -> bytes:
        return json.dumps({**values, "MaXacThuc": self._proof(values, names)}).encode()


def create(settings: Settings) -> Provider:
    """Make the pretend platform."""
    return PayPlat(settings)


def _adds_up(info: Mapping[str, object], amount: int) -> bool:
    """Check that the receipt's lines are the amount, and that the account is named."""
    named = all(info.get(name) for name in ("MaDVC", "MaHoSo", "MaDonVi", "TKThuHuong"))
    try:
        lines = msgspec.convert(
            [info["PhiLePhi"], info["DSKhoanNop"]], list[list[_Line]], strict=False
        )
    except (LookupError, msgspec.ValidationError):
        return False
    return named and all(sum(one.SoTien for one in part) == amount for part in lines)


def _refused(code: str) -> Reply:
    return Reply(body=json.dumps({"error_code": code, "message": "Từ chối"}).encode())


def _stamp(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def _read(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
