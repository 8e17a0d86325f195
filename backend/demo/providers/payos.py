"""A pretend payOS v2: reads the specification with eyes of its own, and as strictly.

Beside what payOS offers there is `POST /bank/{orderCode}` `{"amount"}`: a payer's bank sends one
transfer of any amount to the link's account, as often as one likes.
"""

import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlencode

import httpx

from backend.demo.providers.protocol import (
    Asked,
    Call,
    Desk,
    Order,
    Provider,
    Reply,
    Settings,
)

VIETNAM = timezone(timedelta(hours=7))
LINKS, BANK = "/v2/payment-requests", "/bank/"
ONE = re.compile(rf"{LINKS}/([0-9]{{1,16}})")
TRANSFER = re.compile(rf"{BANK}([0-9]{{1,16}})")
_LONGEST = 2**53 - 1
_NO_VIRTUAL = {"virtualAccountName": "", "virtualAccountNumber": ""}
_COUNTER = {
    "counterAccountBankId": "",
    "counterAccountBankName": "",
    "counterAccountName": None,
    "counterAccountNumber": None,
}
_DESCS = {
    "20": "Thông tin truyền lên không đúng.",
    "101": "Không tìm thấy mã thanh toán",
    "201": "Mã kiểm tra(signature) không hợp lệ",
    "214": "Cổng thanh toán không tồn tại hoặc đã tạm dừng",
    "231": "Đơn thanh toán đã tồn tại",
    "401": "Unauthorized",
}


class PayOs:
    """The other side of `payment_adapters.payos`; `transfers` are those that no page sent."""

    title = "PAYOS GIẢ ĐỊNH"
    pauses: tuple[float, ...] = (1.0, 5.0, 15.0, 60.0)

    def __init__(self, settings: Settings) -> None:
        self.client = settings.text("client_id")
        self.api_key = settings.text("api_key")
        self.key = settings.text("checksum_key").encode()
        self.bin = str(settings.table.get("bank_bin") or "970422")
        self.prefix = str(settings.table.get("account_prefix") or "VQRQ")
        self.notices = f"{settings.web}/api/v1/payments/notices/payos"
        self.transfers: dict[str, list[dict[str, object]]] = {}

    def service(self, asked: Asked) -> str:
        """Name what is asked for."""
        if (asked.method, asked.path) == ("POST", LINKS):
            return "start"
        if asked.method == "GET" and ONE.fullmatch(asked.path):
            return "query"
        return "transfer" if asked.method == "POST" and TRANSFER.fullmatch(asked.path) else ""

    async def answer(self, service: str, asked: Asked, desk: Desk) -> Reply:
        """Prove who asks, then make a link or tell of one; or let a transfer come."""
        if service == "transfer":
            return await self._transfer(asked, desk)
        if asked.headers.get("x-client-id") != self.client:
            return _refused("214")
        if not hmac.compare_digest(asked.headers.get("x-api-key", ""), self.api_key):
            return _refused("401", status=401)
        try:
            if service == "start":
                return self._start(json.loads(asked.body), desk)
        except (ValueError, KeyError, TypeError):
            return _refused("20")
        return self._query(asked.path.rpartition("/")[2], desk)

    # -- answering ------------------------------------------------------------------------------

    def _start(self, given: Mapping[str, object], desk: Desk) -> Reply:
        names = ("amount", "cancelUrl", "description", "orderCode", "returnUrl")
        row = "&".join(f"{name}={given[name]}" for name in names)
        if not hmac.compare_digest(str(given["signature"]), self._hash(row)):
            return _refused("201")
        amount, code, ends = (_whole(given[n]) for n in ("amount", "orderCode", "expiredAt"))
        words = str(given["description"])
        if not (0 < code <= _LONGEST and amount > 0 and re.fullmatch("[0-9A-Za-z ]{1,9}", words)):
            return _refused("20")
        if desk.order(str(code)) is not None:
            return _refused("231")
        order = Order(
            ref=str(code),
            merchant=self.client,
            amount=amount,
            words=words,
            return_url=str(given["returnUrl"]),
            notice_url=self.notices,
            made_at=desk.now,
            expires_at=datetime.fromtimestamp(ends, UTC),
        )
        return self._opened(desk.make(order), desk)

    def _opened(self, order: Order, desk: Desk) -> Reply:
        """Answer with the link; a lie about its amount stands in the QR alone."""
        shown = desk.order(order.ref) or order
        account = self._account(order)
        data = {
            "bin": self.bin,
            "accountNumber": account,
            "accountName": "UBND PHUONG MAU",
            "amount": order.amount,
            "description": order.words,
            "orderCode": int(order.ref),
            "currency": "VND",
            "paymentLinkId": _link(order),
            "status": "PENDING",
            "expiredAt": int(order.expires_at.timestamp()),
            "checkoutUrl": desk.page(order),
            "qrCode": _qr(self.bin, account, shown.amount, order.words),
        }
        return self._signed(data)

    def _query(self, ref: str, desk: Desk) -> Reply:
        order = desk.order(ref)
        if order is None:
            return _refused("101")
        moved = self._moved(order)
        paid = sum(int(str(one["amount"])) for one in moved)
        data = {
            "id": _link(order),
            "orderCode": int(order.ref),
            "amount": order.amount,
            "amountPaid": paid,
            "amountRemaining": max(order.amount - paid, 0),
            "status": _state(order, paid, desk.now),
            "createdAt": order.made_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
            "transactions": moved,
            "cancellationReason": None,
            "canceledAt": None,
        }
        return self._signed(data)

    async def _transfer(self, asked: Asked, desk: Desk) -> Reply:
        order = desk.order(asked.path.rpartition("/")[2])
        if order is None:
            return Reply(status=404)
        amount = int(json.loads(asked.body)["amount"])
        earlier = self.transfers.setdefault(order.ref, [])
        one = self._one(order, amount, f"FT{order.ref}{len(earlier) + 1:02d}", desk.now)
        earlier.append(one)
        status, _ = await desk.call(self._told(order, one))
        return Reply(body=json.dumps({"reference": one["reference"], "heard": status}).encode())

    # -- telling --------------------------------------------------------------------------------

    def notice(self, order: Order, *, now: datetime) -> Call | None:
        """Make the webhook; it tells of transfers alone."""
        if order.status != "paid":
            return None
        return self._told(order, self._one(order, order.paid, order.txn, order.moved_at or now))

    def heard(self, status: int, body: bytes) -> bool:
        """Stop at any success."""
        try:
            return httpx.codes.is_success(status) and json.loads(body)["success"] is True
        except (ValueError, LookupError, TypeError):
            return False

    def back(self, order: Order) -> str:
        """Give the address to go back to; nothing in it is signed."""
        state = {"paid": "PAID", "failed": "CANCELLED"}.get(order.status, "PENDING")
        said = {
            "code": "00",
            "id": _link(order),
            "cancel": "true" if state == "CANCELLED" else "false",
            "status": state,
            "orderCode": order.ref,
        }
        return f"{order.return_url}?{urlencode(said)}"

    def _told(self, order: Order, one: Mapping[str, object]) -> Call:
        data = {
            "orderCode": int(order.ref),
            **one,
            "currency": "VND",
            "paymentLinkId": _link(order),
            "code": "00",
            "desc": "Thành công",
        }
        body = {"code": "00", "desc": "success", "success": True, "data": data}
        text = json.dumps({**body, "signature": self._hash(_row(data))}, ensure_ascii=False)
        headers = {"content-type": "application/json"}
        return Call(method="POST", url=order.notice_url, headers=headers, body=text.encode())

    def _moved(self, order: Order) -> list[dict[str, object]]:
        pressed = []
        if order.paid:
            moved_at = order.moved_at or order.made_at
            pressed.append(self._one(order, order.paid, order.txn, moved_at))
        return [*pressed, *self.transfers.get(order.ref, [])]

    def _one(self, order: Order, amount: int, reference: str, at: datetime) -> dict[str, object]:
        return {
            "reference": reference,
            "amount": amount,
            "accountNumber": self._account(order),
            "description": order.words,
            "transactionDateTime": f"{at.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}",
            **_NO_VIRTUAL,
            **_COUNTER,
        }

    def _account(self, order: Order) -> str:
        return f"{self.prefix}{order.ref}"[:19]

    def _signed(self, data: Mapping[str, object]) -> Reply:
        said = {"code": "00", "desc": "success", "data": data}
        text = json.dumps({**said, "signature": self._hash(_row(data))}, ensure_ascii=False)
        return Reply(body=text.encode())

    def _hash(self, row: str) -> str:
        return hmac.new(self.key, row.encode(), hashlib.sha256).hexdigest()


def create(settings: Settings) -> Provider:
    """Make the pretend payOS."""
    return PayOs(settings)


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("no whole number")
    return value


def _refused(code: str, *, status: int = 200) -> Reply:
    said = {"code": code, "desc": _DESCS[code], "data": None, "signature": None}
    return Reply(status=status, body=json.dumps(said, ensure_ascii=False).encode())


def _row(data: Mapping[str, object]) -> str:
    return "&".join(f"{name}={_value(data[name])}" for name in sorted(data))


def _value(value: object) -> str:
    if isinstance(value, list):
        items = [dict(sorted(item.items())) for item in value]
        return json.dumps(items, ensure_ascii=False, separators=(",", ":"))
    return "" if value in (None, "null", "undefined") else str(value)


def _state(order: Order, paid: int, now: datetime) -> str:
    if paid:
        return "PAID" if paid >= order.amount else "UNDERPAID"
    if order.status == "made":
        return "EXPIRED" if now > order.expires_at else "PENDING"
    return {"failed": "CANCELLED", "pending": "PROCESSING"}.get(order.status, "PROCESSING")


def _link(order: Order) -> str:
    return hashlib.sha256(order.ref.encode()).hexdigest()[:32]


def _qr(bank: str, account: str, amount: int, words: str) -> str:
    to = _field("00", bank) + _field("01", account)
    merchant = _field("00", "A000000727") + _field("01", to) + _field("02", "QRIBFTTA")
    text = (
        "000201010212"
        + _field("38", merchant)
        + _field("53", "704")
        + _field("54", str(amount))
        + _field("58", "VN")
        + _field("62", _field("08", words))
        + "6304"
    )
    return text + f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def _field(name: str, value: str) -> str:
    return f"{name}{len(value):02d}{value}"
