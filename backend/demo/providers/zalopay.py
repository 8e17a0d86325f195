"""A pretend ZaloPay openapi v2: reads the specification with eyes of its own, and as strictly."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
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

VIETNAM = timezone(timedelta(hours=7))
SERVICES = {
    "/v2/create": "start",
    "/v2/query": "query",
    "/v2/refund": "refund",
    "/v2/query_refund": "query_refund",
}
_CREATE = "app_id app_trans_id app_user amount app_time embed_data item"
_REFUND = "app_id zp_trans_id amount description timestamp"
_QUERY_REFUND = "app_id m_refund_id timestamp"
_DRIFT = timedelta(minutes=15)
_LIVES = range(300, 2_592_001)
_LEAST = 1_000
_LONGEST_ORDER, _LONGEST_REFUND = 256, 100
_OK, _FAIL, _PROCESSING = 1, 2, 3
_DATA, _RIGHTS, _AGAIN, _UNKNOWN = -401, -402, -68, -101
_OVER, _CANCELLED, _BANK = -54, -329, -217
_TOO_MUCH, _REFUND_AGAIN, _BAD_REFUND_ID, _BAD_REFUND_DAY = -14, -23, -24, -25


class ZaloPay:
    """The other side of `payment_adapters.zalopay`."""

    title = "ZALOPAY GIẢ ĐỊNH"
    pauses: tuple[float, ...] = (1.0, 1.0, 1.0)

    def __init__(self, settings: Settings) -> None:
        self.app = int(settings.text("app_id"))
        self.ours = settings.text("key1")
        self.theirs = settings.text("key2")

    def service(self, asked: Asked) -> str:
        """Name what is asked for."""
        return SERVICES.get(asked.path, "") if asked.method == "POST" else ""

    async def answer(self, service: str, asked: Asked, desk: Desk) -> Reply:
        """Prove who asks, then open an order, tell of one, give back, tell of that."""
        answers = {
            "start": self._start,
            "query": self._query,
            "refund": self._refund,
            "query_refund": self._query_refund,
        }
        try:
            given = json.loads(asked.body)
            if given["app_id"] != self.app:
                return _says(_FAIL, _RIGHTS)
            return answers[service](given, desk)
        except RefusedError as refused:
            return _says(_FAIL, refused.code)
        except (ValueError, KeyError, TypeError):
            return _says(_FAIL, _DATA)

    def _prove(self, given: Mapping[str, object], text: str) -> None:
        if not hmac.compare_digest(_text(given, "mac"), _mac(self.ours, text)):
            raise RefusedError(_RIGHTS)

    # -- answering ------------------------------------------------------------------------------

    def _start(self, given: Mapping[str, object], desk: Desk) -> Reply:
        self._prove(given, _joined(given, _CREATE))
        ref, now = _text(given, "app_trans_id"), desk.now
        _refuse_unless(re.fullmatch(rf"{_day(now)}_[0-9A-Za-z]{{1,33}}", ref) is not None)
        _refuse_unless(abs(now - _moment(given, "app_time")) <= _DRIFT)
        embedded = json.loads(_text(given, "embed_data"))
        _refuse_unless(isinstance(json.loads(_text(given, "item")), list))
        _refuse_unless(0 < len(_text(given, "description")) <= _LONGEST_ORDER)
        life = _whole(given, "expire_duration_seconds")
        _refuse_unless(life in _LIVES and _whole(given, "amount") >= _LEAST)
        if desk.order(ref) is not None:
            raise RefusedError(_AGAIN)
        order = Order(
            ref=ref,
            merchant=str(self.app),
            amount=_whole(given, "amount"),
            words=_text(given, "description"),
            return_url=embedded["redirecturl"],
            notice_url=_text(given, "callback_url"),
            made_at=now,
            expires_at=now + timedelta(seconds=life),
            extra={
                name: str(given[name]) for name in ("app_user", "app_time", "embed_data", "item")
            },
        )
        page = desk.page(desk.make(order))
        return _says(_OK, 1, order_url=page, zp_trans_token="AC" + ref)

    def _query(self, given: Mapping[str, object], desk: Desk) -> Reply:
        ref = _text(given, "app_trans_id")
        self._prove(given, f"{self.app}|{ref}|{self.ours}")
        order = desk.order(ref)
        if order is None:
            raise RefusedError(_UNKNOWN)
        if order.status == "made" and desk.now > order.expires_at:
            raise RefusedError(_OVER)
        if order.status == "failed":
            raise RefusedError(_CANCELLED if order.why == "cancelled" else _BANK)
        if order.status in ("paid", "reversed"):
            moved = _milliseconds(order.moved_at or desk.now)
            number = int(order.txn)
            return _says(_OK, 1, amount=order.paid, zp_trans_id=number, server_time=moved)
        moving = order.status != "made"
        return _says(_PROCESSING, 1, is_processing=moving, amount=0, zp_trans_id=0)

    def _refund(self, given: Mapping[str, object], desk: Desk) -> Reply:
        self._prove(given, _joined(given, _REFUND))
        code = _text(given, "m_refund_id")
        if not re.fullmatch(rf"[0-9]{{6}}_{self.app}_[0-9A-Za-z]{{1,32}}", code):
            raise RefusedError(_BAD_REFUND_ID)
        if not code.startswith(f"{_day(desk.now)}_"):
            raise RefusedError(_BAD_REFUND_DAY)
        _refuse_unless(abs(desk.now - _moment(given, "timestamp")) <= _DRIFT)
        _refuse_unless(0 < len(_text(given, "description")) <= _LONGEST_REFUND)
        order = desk.paid_by(_text(given, "zp_trans_id"))
        if order is None:
            raise RefusedError(_UNKNOWN)
        if desk.refund(code) is not None:
            raise RefusedError(_REFUND_AGAIN)
        amount = _whole(given, "amount")
        made = desk.give_back(Refund(code=code, ref=order.ref, amount=amount, at=desk.now))
        if made.status == "refused":
            raise RefusedError(_TOO_MUCH)
        if made.status == "pending":
            return _says(_PROCESSING, 2, refund_id=int(made.txn))
        return _says(_OK, 1, refund_id=int(made.txn))

    def _query_refund(self, given: Mapping[str, object], desk: Desk) -> Reply:
        self._prove(given, _joined(given, _QUERY_REFUND))
        _refuse_unless(abs(desk.now - _moment(given, "timestamp")) <= _DRIFT)
        made = desk.refund(_text(given, "m_refund_id"))
        if made is None:
            raise RefusedError(_UNKNOWN)
        return {
            "done": _says(_OK, 1),
            "pending": _says(_PROCESSING, 2),
            "refused": _says(_FAIL, 0),
        }[made.status]

    # -- telling --------------------------------------------------------------------------------

    def notice(self, order: Order, *, now: datetime) -> Call | None:
        """Make the callback; only successes are called back."""
        if order.status != "paid":
            return None
        data = {
            "app_id": int(order.merchant.replace("X", "0")),
            "app_trans_id": order.ref,
            "app_time": int(order.extra["app_time"]),
            "app_user": order.extra["app_user"],
            "amount": order.paid,
            "embed_data": order.extra["embed_data"],
            "item": order.extra["item"],
            "zp_trans_id": int(order.txn),
            "server_time": _milliseconds(order.moved_at or now),
            "channel": 38,
            "merchant_user_id": "x",
            "user_fee_amount": 0,
            "discount_amount": 0,
        }
        text = json.dumps(data, separators=(",", ":"))
        body = {"data": text, "mac": _mac(self.theirs, text), "type": 1}
        headers = {"content-type": "application/json"}
        return Call(
            method="POST", url=order.notice_url, headers=headers, body=json.dumps(body).encode()
        )

    def heard(self, status: int, body: bytes) -> bool:
        """Stop at return_code 1 and 2; at 0 and at anything else call again."""
        try:
            return status == HTTPStatus.OK and json.loads(body)["return_code"] in (1, 2)
        except (ValueError, LookupError, TypeError):
            return False

    def back(self, order: Order) -> str:
        """Give the address to go back to."""
        said = {
            "appid": str(self.app),
            "apptransid": order.ref,
            "pmcid": "38",
            "bankcode": "",
            "amount": str(order.amount),
            "discountamount": "0",
            "status": "1" if order.status == "paid" else "-49",
        }
        checksum = _mac(self.theirs, "|".join(said.values()))
        return f"{order.return_url}?{urlencode({**said, 'checksum': checksum})}"


class RefusedError(Exception):
    """ZaloPay refuses; its code says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def create(settings: Settings) -> Provider:
    """Make the pretend ZaloPay."""
    return ZaloPay(settings)


def _says(code: int, finer: int, **more: object) -> Reply:
    said = {
        "return_code": code,
        "return_message": "Giao dịch thành công" if code == _OK else "Giao dịch chưa thành công",
        "sub_return_code": finer,
        "sub_return_message": "",
        **more,
    }
    return Reply(body=json.dumps(said, ensure_ascii=False).encode())


def _refuse_unless(right: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not right:
        raise RefusedError(_DATA)


def _mac(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def _joined(given: Mapping[str, object], names: str) -> str:
    return "|".join(str(given[name]) for name in names.split())


def _text(given: Mapping[str, object], name: str) -> str:
    value = given[name]
    _refuse_unless(isinstance(value, str))
    return str(value)


def _whole(given: Mapping[str, object], name: str) -> int:
    value = given[name]
    if type(value) is not int:
        raise RefusedError(_DATA)
    return value


def _moment(given: Mapping[str, object], name: str) -> datetime:
    return datetime.fromtimestamp(_whole(given, name) / 1000, VIETNAM)


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _day(now: datetime) -> str:
    return f"{now.astimezone(VIETNAM):%y%m%d}"
