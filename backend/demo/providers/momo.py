"""A pretend MoMo gateway v2: reads the specification with eyes of its own, and as strictly."""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

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

SERVICES = {
    "/v2/gateway/api/create": "start",
    "/v2/gateway/api/query": "query",
    "/v2/gateway/api/refund": "refund",
}
_CREATE = (
    "accessKey amount extraData ipnUrl orderId orderInfo partnerCode redirectUrl requestId"
    " requestType"
)
_CREATED = "accessKey amount message orderId partnerCode payUrl requestId responseTime resultCode"
_QUERY = "accessKey orderId partnerCode requestId"
_REFUND = "accessKey amount description orderId partnerCode requestId transId"
_TOLD = (
    "accessKey amount extraData message orderId orderInfo orderType partnerCode payType requestId"
    " responseTime resultCode transId"
)
_ID = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z._-]{0,49}")
_LIFE = timedelta(minutes=15)
_LEAST, _MOST = 1_000, 50_000_000
_LONGEST_TEXT = 255
_WORDS = {
    0: "Thành công.",
    13: "Xác thực doanh nghiệp thất bại.",
    20: "Yêu cầu sai định dạng.",
    22: "Số tiền giao dịch không hợp lệ.",
    40: "RequestId bị trùng.",
    41: "OrderId bị trùng.",
    42: "OrderId không hợp lệ hoặc không được tìm thấy.",
    1000: "Giao dịch đã được khởi tạo, chờ người dùng xác nhận thanh toán.",
    1001: "Tài khoản không đủ tiền.",
    1005: "Url hoặc QR code đã hết hạn.",
    1006: "Người dùng đã từ chối xác nhận thanh toán.",
    1081: "Giao dịch hoàn tiền bị từ chối.",
    7000: "Giao dịch đang được xử lý.",
    9000: "Giao dịch đã được xác nhận thành công.",
}


class MoMo:
    """The other side of `payment_adapters.momo`; `asked_before` are the request ids it has had."""

    title = "MOMO GIẢ ĐỊNH"
    pauses: tuple[float, ...] = (1.0, 5.0, 15.0, 60.0)

    def __init__(self, settings: Settings) -> None:
        self.partner = settings.text("partner_code")
        self.access = settings.text("access_key")
        self.key = settings.text("secret_key").encode()
        self.asked_before: set[str] = set()

    def service(self, asked: Asked) -> str:
        """Name what is asked for."""
        return SERVICES.get(asked.path, "") if asked.method == "POST" else ""

    async def answer(self, service: str, asked: Asked, desk: Desk) -> Reply:
        """Prove who asks, then open an order, tell of one, or give back."""
        try:
            given = json.loads(asked.body)
            names = {"start": _CREATE, "query": _QUERY, "refund": _REFUND}[service]
            self._prove(given, names)
            answers = {"start": self._start, "query": self._query, "refund": self._refund}
            return answers[service](given, desk)
        except RefusedError as refused:
            return _answer({"resultCode": refused.code, "message": _WORDS[refused.code]}, 400)
        except (ValueError, KeyError, TypeError):
            return _answer({"resultCode": 20, "message": _WORDS[20]}, 400)

    def _prove(self, given: Mapping[str, object], names: str) -> None:
        if given["partnerCode"] != self.partner:
            raise RefusedError(13)
        if not hmac.compare_digest(str(given["signature"]), self._sign(given, names)):
            raise RefusedError(13)
        for name in ("orderId", "requestId"):
            if not _ID.fullmatch(_text(given, name)):
                raise RefusedError(20)

    # -- answering ------------------------------------------------------------------------------

    def _start(self, given: Mapping[str, object], desk: Desk) -> Reply:
        words, amount = _text(given, "orderInfo"), _amount(given)
        if given["requestType"] != "captureWallet" or given["lang"] not in {"vi", "en"}:
            raise RefusedError(20)
        if not words or len(words) > _LONGEST_TEXT or words != unicodedata.normalize("NFC", words):
            raise RefusedError(20)
        wished = Order(
            ref=_text(given, "orderId"),
            merchant=self.partner,
            amount=amount,
            words=words,
            return_url=_text(given, "redirectUrl"),
            notice_url=_text(given, "ipnUrl"),
            made_at=desk.now,
            expires_at=desk.now + _LIFE,
            extra={"requestId": _text(given, "requestId"), "extraData": _text(given, "extraData")},
        )
        order = desk.make(wished)
        if order.extra != wished.extra:
            raise RefusedError(41)
        if (order.amount, order.words) != (wished.amount, wished.words):
            raise RefusedError(40)
        said = desk.order(order.ref) or order
        return self._opened(said, desk)

    def _opened(self, order: Order, desk: Desk) -> Reply:
        page = desk.page(order)
        said: dict[str, object] = {
            "partnerCode": order.merchant,
            "orderId": order.ref,
            "requestId": order.extra["requestId"],
            "amount": order.amount,
            "responseTime": _milliseconds(desk.now),
            "message": _WORDS[0],
            "resultCode": 0,
            "payUrl": page,
            "deeplink": "momo://app?action=payWithApp",
            "qrCodeUrl": page,
        }
        return _answer({**said, "signature": self._sign(said, _CREATED)})

    def _query(self, given: Mapping[str, object], desk: Desk) -> Reply:
        request, ref = _text(given, "requestId"), _text(given, "orderId")
        if request in self.asked_before:
            raise RefusedError(40)
        self.asked_before.add(request)
        said: dict[str, object] = {
            "partnerCode": self.partner,
            "orderId": ref,
            "requestId": request,
        }
        order = desk.order(ref)
        if order is None:
            return _answer({**said, "resultCode": 42, "message": _WORDS[42], "signature": None})
        code = _code(order, desk.now)
        said |= {
            "partnerCode": order.merchant,
            "extraData": order.extra["extraData"],
            "amount": order.paid or order.amount,
            "transId": int(order.txn or 0),
            "payType": "qr",
            "resultCode": code,
            "refundTrans": [_given(one) for one in desk.refunds(ref)],
            "message": _WORDS[code],
            "responseTime": _milliseconds(desk.now),
            "lastUpdated": _milliseconds(order.moved_at or order.made_at),
            "signature": None,
        }
        return _answer(said)

    def _refund(self, given: Mapping[str, object], desk: Desk) -> Reply:
        amount, code = _amount(given), _text(given, "orderId")
        order = desk.paid_by(str(given["transId"]))
        if order is None or desk.order(code) is not None:
            raise RefusedError(42 if order is None else 41)
        wished = Refund(
            code=code,
            ref=order.ref,
            amount=amount,
            at=desk.now,
            extra={"requestId": _text(given, "requestId")},
        )
        made = desk.give_back(wished)
        if made.extra != wished.extra or made.amount != amount:
            raise RefusedError(41)
        result = {"done": 0, "pending": 7000, "refused": 1081}[made.status]
        said: dict[str, object] = {
            "partnerCode": order.merchant,
            "orderId": code,
            "requestId": wished.extra["requestId"],
            "amount": made.amount,
            "transId": int(made.txn),
            "resultCode": result,
            "message": _WORDS[result],
            "responseTime": _milliseconds(desk.now),
        }
        return _answer(said)

    # -- telling --------------------------------------------------------------------------------

    def notice(self, order: Order, *, now: datetime) -> Call:
        """Make the IPN."""
        body = json.dumps(self._result(order, now), ensure_ascii=False).encode()
        headers = {"content-type": "application/json; charset=UTF-8"}
        return Call(method="POST", url=order.notice_url, headers=headers, body=body)

    def heard(self, status: int, body: bytes) -> bool:
        """Stop at 204 alone."""
        return status == HTTPStatus.NO_CONTENT and not body

    def back(self, order: Order) -> str:
        """Give the address to go back to; it says the same as the notice."""
        result = self._result(order, order.moved_at or order.made_at)
        return f"{order.return_url}?{urlencode(result)}"

    def _result(self, order: Order, now: datetime) -> dict[str, object]:
        code = _code(order, now)
        said: dict[str, object] = {
            "partnerCode": order.merchant,
            "orderId": order.ref,
            "requestId": order.extra["requestId"],
            "amount": order.paid or order.amount,
            "orderInfo": order.words,
            "orderType": "momo_wallet",
            "transId": int(order.txn or 0),
            "resultCode": code,
            "message": _WORDS[code],
            "payType": "qr" if order.paid else "",
            "responseTime": _milliseconds(order.moved_at or order.made_at),
            "extraData": order.extra["extraData"],
        }
        return {**said, "signature": self._sign(said, _TOLD)}

    def _sign(self, values: Mapping[str, object], names: str) -> str:
        known = {**values, "accessKey": self.access}
        row = "&".join(f"{name}={known[name]}" for name in names.split())
        return hmac.new(self.key, row.encode(), hashlib.sha256).hexdigest()


class RefusedError(Exception):
    """MoMo refuses; its code says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def create(settings: Settings) -> Provider:
    """Make the pretend MoMo."""
    return MoMo(settings)


def _code(order: Order, now: datetime) -> int:
    if order.status == "made":
        return 1005 if now > order.expires_at else 1000
    if order.status == "failed":
        return 1006 if order.why == "cancelled" else 1001
    return {"paid": 0, "pending": 7000, "review": 9000, "reversed": 0}[order.status]


def _given(refund: Refund) -> dict[str, object]:
    return {
        "orderId": refund.code,
        "amount": refund.amount,
        "resultCode": {"done": 0, "pending": 7000, "refused": 1081}[refund.status],
        "transId": int(refund.txn),
        "createdTime": _milliseconds(refund.at),
    }


def _amount(given: Mapping[str, object]) -> int:
    amount = given["amount"]
    if type(amount) is not int:
        raise RefusedError(20)
    if not _LEAST <= amount <= _MOST:
        raise RefusedError(22)
    return amount


def _text(given: Mapping[str, object], name: str) -> str:
    value = given[name]
    if not isinstance(value, str):
        raise RefusedError(20)
    return value


def _answer(said: Mapping[str, object], status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(said, ensure_ascii=False).encode())


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
