"""A pretend VNPAY 2.1.0: reads the specification with eyes of its own, and as strictly."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from http import HTTPStatus
from urllib.parse import parse_qsl, quote_plus

from backend.demo.providers.protocol import (
    Asked,
    Call,
    Desk,
    Order,
    Provider,
    Refund,
    Reply,
    Settings,
)

VIETNAM = timezone(timedelta(hours=7))
PAY, API = "/paymentv2/vpcpay.html", "/merchant_webapi/api/transaction"

_PAY_FIELDS = {
    "vnp_Version": r"2\.1\.0",
    "vnp_Command": r"pay",
    "vnp_Amount": r"[0-9]{1,12}",
    "vnp_CurrCode": r"VND",
    "vnp_TxnRef": r"[A-Za-z0-9]{1,100}",
    "vnp_OrderInfo": r"[A-Za-z0-9 .-]{1,255}",
    "vnp_OrderType": r"[a-z0-9]{1,100}",
    "vnp_Locale": r"vn|en",
    "vnp_IpAddr": r"[0-9A-Fa-f.:]{7,45}",
    "vnp_ReturnUrl": r".{10,255}",
    "vnp_CreateDate": r"20[0-9]{12}",
    "vnp_ExpireDate": r"20[0-9]{12}",
}
_LEAST, _BEYOND = 5_000, 1_000_000_000  # đồng: from the first, below the second
_QUERY = "RequestId Version Command TmnCode TxnRef TransactionDate CreateDate IpAddr OrderInfo"
_REFUND = (
    "RequestId Version Command TmnCode TransactionType TxnRef Amount TransactionNo"
    " TransactionDate CreateBy CreateDate IpAddr OrderInfo"
)
_REFUND_SAYS = (
    "ResponseId Command ResponseCode Message TmnCode TxnRef Amount BankCode PayDate"
    " TransactionNo TransactionType TransactionStatus OrderInfo"
)
_QUERY_SAYS = f"{_REFUND_SAYS} PromotionCode PromotionAmount"
_STATES = {
    "made": ("99", "01"),
    "pending": ("99", "01"),
    "paid": ("00", "00"),
    "failed": ("51", "02"),
    "review": ("07", "07"),
    "reversed": ("00", "04"),
}
_REFUND_STATES = {"pending": "05", "done": "00", "refused": "09"}


class Vnpay:
    """The other side of `payment_adapters.vnpay`; `asked_before` are the RequestIds of today."""

    title = "VNPAY GIẢ ĐỊNH"
    pauses: tuple[float, ...] = (5.0,) * 10

    def __init__(self, settings: Settings) -> None:
        self.site = settings.text("tmn_code")
        self.key = settings.text("secret").encode()
        self.notices = f"{settings.web}/api/v1/payments/notices/vnpay"
        self.asked_before: set[str] = set()

    def service(self, asked: Asked) -> str:
        """Name what is asked for: the page, or one of the two commands of the one API address."""
        if (asked.method, asked.path) == ("GET", PAY):
            return "start"
        if (asked.method, asked.path) == ("POST", API):
            return "refund" if b'"refund"' in asked.body else "query"
        return ""

    async def answer(self, service: str, asked: Asked, desk: Desk) -> Reply:
        """Open the page, answer a question, give money back."""
        if service == "start":
            return self._start(asked, desk)
        try:
            said = {key: str(value) for key, value in json.loads(asked.body).items()}
        except (ValueError, AttributeError):
            return self._says({"ResponseCode": "03", "Message": "Invalid format"}, _QUERY_SAYS)
        given = {name.removeprefix("vnp_"): value for name, value in said.items()}
        if service == "refund":
            return self._says(self._refund(given, desk), _REFUND_SAYS)
        return self._says(self._query(given, desk), _QUERY_SAYS)

    # -- the page -------------------------------------------------------------------------------

    def _start(self, asked: Asked, desk: Desk) -> Reply:
        signed, _, signature = asked.query.partition("&vnp_SecureHash=")
        given = dict(parse_qsl(signed, keep_blank_values=True))
        if signature != self._hash(_written(given)) or signed != _written(given):
            return _refused("70")
        if given.get("vnp_TmnCode") != self.site:
            return _refused("72")
        if any(not re.fullmatch(form, given.get(n, "")) for n, form in _PAY_FIELDS.items()):
            return _refused("03")
        amount = int(given["vnp_Amount"])
        if amount % 100 or not _LEAST <= amount // 100 < _BEYOND:
            return _refused("32")
        order = Order(
            ref=given["vnp_TxnRef"],
            merchant=self.site,
            amount=amount // 100,
            words=given["vnp_OrderInfo"],
            return_url=given["vnp_ReturnUrl"],
            notice_url=self.notices,
            made_at=_read(given["vnp_CreateDate"]),
            expires_at=_read(given["vnp_ExpireDate"]),
        )
        return Reply(location=desk.page(desk.make(order)))

    # -- questions ------------------------------------------------------------------------------

    def _query(self, given: Mapping[str, str], desk: Desk) -> dict[str, str]:
        refused = self._refusal(given, _QUERY)
        order = desk.order(given.get("TxnRef", ""))
        if not refused and (order is None or _stamp(order.made_at) != given["TransactionDate"]):
            refused = "91"
        said = {"Command": "querydr", "TmnCode": self.site, "TxnRef": given.get("TxnRef", "")}
        if refused or order is None:
            return {**said, "ResponseCode": refused, "Message": "Refused"}
        said |= {"ResponseCode": "00", "Message": "QueryDR Success", **_payment(order)}
        if refunds := desk.refunds(order.ref):
            said |= _refunded(refunds[-1], order)
        return said

    def _refund(self, given: Mapping[str, str], desk: Desk) -> dict[str, str]:
        said = {"Command": "refund", "TmnCode": self.site, "TxnRef": given.get("TxnRef", "")}
        refused = self._refusal(given, _REFUND)
        order = desk.order(given.get("TxnRef", ""))
        if not refused and (order is None or _stamp(order.made_at) != given["TransactionDate"]):
            refused = "91"
        if not refused and order is not None and order.status != "paid":
            refused = "95"
        if refused or order is None:
            return {**said, "ResponseCode": refused, "Message": "Refused"}
        amount = int(given["Amount"]) // 100
        whole = sum(one.amount for one in desk.refunds(order.ref) if one.status != "refused")
        if whole + amount > order.paid:
            return {**said, "ResponseCode": "03", "Message": "Amount"}
        refund = desk.give_back(
            Refund(code=given["RequestId"], ref=order.ref, amount=amount, at=desk.now)
        )
        return {
            **said,
            "ResponseCode": "00",
            "Message": "Refund Success",
            "TmnCode": order.merchant,
            "OrderInfo": given["OrderInfo"],
            "BankCode": "NCB",
            "PayDate": _stamp(desk.now),
            **_refunded(refund, order),
        }

    def _refusal(self, given: Mapping[str, str], names: str) -> str:
        """Check who asks; the code of the refusal, or nothing."""
        text = "|".join(given.get(name, "") for name in names.split())
        if not hmac.compare_digest(given.get("SecureHash", ""), self._hash(text)):
            return "97"
        if given["TmnCode"] != self.site:
            return "02"
        if not re.fullmatch(r"[A-Za-z0-9]{1,32}", given["RequestId"]):
            return "03"
        if given["RequestId"] in self.asked_before:
            return "94"
        self.asked_before.add(given["RequestId"])
        return ""

    def _says(self, said: Mapping[str, str], names: str) -> Reply:
        said = {"ResponseId": "a1", **said}
        text = "|".join(said.get(name, "") for name in names.split())
        body = {f"vnp_{name}": value for name, value in said.items()}
        return Reply(body=json.dumps({**body, "vnp_SecureHash": self._hash(text)}).encode())

    # -- telling --------------------------------------------------------------------------------

    def notice(self, order: Order, *, now: datetime) -> Call:
        """Make the IPN: a GET with a signed query string."""
        del now
        return Call(method="GET", url=f"{order.notice_url}?{self._result(order)}")

    def heard(self, status: int, body: bytes) -> bool:
        """Stop at RspCode 00 and 02; everything else is told again."""
        try:
            return status == HTTPStatus.OK and json.loads(body)["RspCode"] in ("00", "02")
        except (ValueError, LookupError, TypeError):
            return False

    def back(self, order: Order) -> str:
        """Give the address to go back to; it says the same as the notice."""
        return f"{order.return_url}{'&' if '?' in order.return_url else '?'}{self._result(order)}"

    def _result(self, order: Order) -> str:
        response, status = _STATES[order.status]
        if order.why == "cancelled":
            response = "24"
        said = {f"vnp_{n}": v for n, v in _payment(order).items() if n != "TransactionType"}
        said |= {
            "vnp_TxnRef": order.ref,
            "vnp_ResponseCode": response,
            "vnp_TransactionStatus": status,
            "vnp_CardType": "ATM",
            "vnp_BankTranNo": f"VNP{order.txn}" if order.paid else "",
        }
        text = _written({name: value for name, value in said.items() if value})
        return f"{text}&vnp_SecureHash={self._hash(text)}"

    def _hash(self, text: str) -> str:
        return hmac.new(self.key, text.encode(), hashlib.sha512).hexdigest()


def create(settings: Settings) -> Provider:
    """Make the pretend VNPAY."""
    return Vnpay(settings)


def _payment(order: Order) -> dict[str, str]:
    return {
        "TmnCode": order.merchant,
        "Amount": str((order.paid or order.amount) * 100),
        "BankCode": "NCB",
        "PayDate": _stamp(order.moved_at) if order.moved_at else "",
        "TransactionNo": order.txn if order.paid else "0",
        "TransactionType": "01",
        "TransactionStatus": _STATES[order.status][1],
        "OrderInfo": order.words,
    }


def _refunded(refund: Refund, order: Order) -> dict[str, str]:
    return {
        "Amount": str(refund.amount * 100),
        "TransactionNo": refund.txn,
        "TransactionType": "02" if refund.amount == order.paid else "03",
        "TransactionStatus": _REFUND_STATES[refund.status],
    }


def _refused(code: str) -> Reply:
    page = f"<!doctype html><title>VNPAY</title><p>Giao dịch không hợp lệ, mã lỗi {code}</p>"
    return Reply(status=400, body=page.encode(), media_type="text/html")


def _written(values: Mapping[str, str]) -> str:
    return "&".join(f"{quote_plus(n)}={quote_plus(values[n])}" for n in sorted(values))


def _stamp(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def _read(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)
