"""Who tells us of money in the histories: every provider, in memory, with a proof of its own.

The pretend providers of the demo answer the adapters' calls and sign their notices; they share no
code with the adapters. A history has a clock and a chance of its own, whatever runs beside it.
"""
# ruff: noqa: S311 - seeded on purpose: a history can be repeated

import json
from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from datetime import datetime
from functools import partial
from random import Random
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import httpx
from msgspec.structs import replace

from backend import catalogue, payments, places
from backend.demo.providers import momo, payos, payplat, vnpay, zalopay
from backend.demo.providers.protocol import Asked, Order, Provider, Settings
from backend.fee_receipts import Clerk
from backend.fee_receipts.issuers import OwnBooks
from backend.payments.actions import asking
from backend.platform import db
from backend.platform.jobs import Later
from backend.platform.vault import Vault
from payment_adapters.bank_notice import casso
from payment_adapters.contract import Outcome, RawReply, RawRequest, Secret
from payment_adapters.sandbox import wire as sandbox
from tests.backend.fee_receipts.conftest import BOOKS
from tests.backend.payments.conftest import (
    ACCOUNT,
    AMOUNT,
    BANK,
    NOON,
    SECRET,
    SEPAY,
    TABLES,
    House,
    PretendBank,
)  # fmt: skip
from tests.backend.payments.test_model import MANGLINGS, SHAPES
from tests.backend.payments.test_providers import OWN
from tests.payment_adapters import momo_harness, payos_harness, zalopay_harness
from tests.running import ROOT

DIALECTS = ("sepay", "casso_v1", "casso_v2")
PROVIDERS: dict[str, tuple[Callable[[Settings], Provider], dict[str, object]]] = {
    "vnpay": (vnpay.create, {"base_url": "https://sandbox.vnpayment.vn", **OWN["vnpay"]}),
    "momo": (momo.create, momo_harness.SETTINGS),
    "zalopay": (zalopay.create, zalopay_harness.SETTINGS),
    "payos": (payos.create, payos_harness.SETTINGS),
    "payplat": (payplat.create, OWN["payplat"]),
}
OTHERS = {
    "sandbox": ("failed", "pending"),
    "vnpay": ("failed", "review"),
    "momo": ("failed", "review"),
    "payplat": ("failed",),
}
"""What providers tell beside payments; the others tell of payments alone."""

STOLEN = "the key of another merchant"
FIRST = 10**14
KEYS = ("secret", "secret_key", "key2", "checksum_key")
WEB = "https://motcua.example.vn"
AMOUNTS = (AMOUNT, AMOUNT, AMOUNT, AMOUNT - 1_000, AMOUNT + 500, 1)
DOUBTS = (Outcome.RETRY_LATER, Outcome.BAD_SIGNATURE, Outcome.MALFORMED)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_playing: ContextVar["Ward"] = ContextVar("playing")


Line = tuple[int, int, str]
"""A line of the account: its number, its amount, its memo."""


class Movement(NamedTuple):
    """One movement of money as it happened outside."""

    adapter: str
    txn: str
    amount: int


class Told(NamedTuple):
    """A message on its way to us, and what is certain once it was taken."""

    adapter: str
    request: Callable[[], RawRequest]
    movements: tuple[Movement, ...] = ()
    takes_back: tuple[Movement, ...] = ()
    forged: bool = False


class Ward(House):
    """The room of one history; the adapters stand ready for all histories of one dialect."""

    def __init__(self, vault: Vault, dialect: str) -> None:
        bank = {"enabled": True, "dialect": dialect, "hmac_secret": SEPAY}
        tables = {name: table for name, (_, table) in PROVIDERS.items()}
        super().__init__(vault, tables={**TABLES, **tables, "bank_notice": bank})
        assert not self.adapters.unusable, self.adapters.unusable
        self.dialect = dialect
        self.honest = {name: _provider(name) for name in PROVIDERS}
        self.thieves = {name: _provider(name, stolen=True) for name in PROVIDERS}
        self.wires = Wires()
        self.adapters.use(self.wires)
        self.orders: dict[str, Order] = {}
        self.while_called: Callable[[str], Any] | None = None
        self.clerk = Clerk(issuer=OwnBooks(BOOKS), vault=vault)

    began = NOON

    def clock(self) -> datetime:
        return _playing.get(self).now

    def of(self, seed: int) -> "Ward":
        """Give the room of one history, with a clock and a chance of its own."""
        mine = copy(self)
        mine.now, mine.random = NOON, Random(seed).randbytes
        mine.bank, mine.orders = PretendBank(mine), {}
        return mine

    async def start(self, dossier: UUID, adapter: str = "vietqr") -> payments.Opened:
        """Begin to pay; the providers that are called look at this history's clock and orders."""
        _playing.set(self)
        return await super().start(dossier, adapter)

    async def named(self, dossier: UUID, seed: int) -> None:
        """Give a dossier what a bill says of it: its code, its procedure's version."""
        await db.execute(
            "UPDATE dossiers SET version = {}, code = {} WHERE id = {}",
            catalogue.get("2.000635").version, _code(seed), dossier,
        )  # fmt: skip

    async def opens(self, page: str) -> None:
        """Open a provider's page, as the citizen's browser does."""
        _playing.set(self)
        await self.wires.request("GET", page, headers={})

    async def takes(self, one: Told) -> bool:
        """Hear a message; False when its sender must tell it again."""
        _playing.set(self)
        request = one.request()
        reply = await payments.hear(
            one.adapter, request, adapters=self.adapters, vault=self.vault,
            random=self.random, now=self.now,
        )  # fmt: skip
        return reply not in self._refusals(one.adapter, request)

    def _refusals(self, name: str, request: RawRequest) -> list[RawReply]:
        adapter, ctx = self.adapters.find(name), self.adapters.context(name, at=self.now)
        assert adapter is not None
        return [adapter.answer_notice(ctx, request, doubt) for doubt in DOUBTS]

    async def ask(self, attempt: UUID, *, ends: bool) -> bool:
        """Ask a provider what became of an attempt; False when that is for later."""
        _playing.set(self)
        work = asking.Ask(attempt, asking.EXPIRY if ends else asking.RETURN)
        try:
            await asking.ask(work, adapters=self.adapters, clock=self.clock, random=self.random)
        except Later:
            return False
        return True


class Till:
    """The book of one pretend provider: the orders of the history that is being played."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    @property
    def now(self) -> datetime:
        return _playing.get().now

    def order(self, ref: str) -> Order | None:
        return _playing.get().orders.get(ref)

    def make(self, order: Order) -> Order:
        return _playing.get().orders.setdefault(order.ref, order)

    def page(self, order: Order) -> str:
        return f"{self.origin}/pay/{order.ref}"

    def refunds(self, ref: str) -> tuple[()]:
        return ()


class Wires:
    """Stands where the HTTP client stands, and hands each call to the provider it is for."""

    def __init__(self) -> None:
        self.origins = {str(table["base_url"]): name for name, (_, table) in PROVIDERS.items()}

    async def request(
        self, method: str, url: str, *, headers: dict[str, str], content: bytes = b""
    ) -> httpx.Response:
        parts, playing = urlsplit(url), _playing.get()
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin == BANK:
            asked = SimpleNamespace(content=content, url=SimpleNamespace(path=parts.path))
            answer = await playing.bank(asked)
            await _called(playing, json.loads(content)["ref"], parts.path == sandbox.START)
            return answer
        provider = playing.honest[self.origins[origin]]
        asked = Asked(
            method=method, path=parts.path, query=parts.query, body=content, origin=origin,
            headers={name.lower(): value for name, value in headers.items()},
        )  # fmt: skip
        known = set(playing.orders)
        service = provider.service(asked)
        reply = await provider.answer(service, asked, Till(origin))
        for ref in playing.orders.keys() - known:
            await _called(playing, ref, service == "start")
        located = {"location": reply.location} if reply.location else {}
        return httpx.Response(reply.status, content=reply.body, headers=located)


async def _called(playing: Ward, ref: str, starts: bool) -> None:
    """Let something happen while a provider has our call and has not answered it."""
    happens = playing.while_called
    if happens and starts:
        playing.while_called = None
        await happens(ref)


# -- what is told --------------------------------------------------------------------------------


def paid(
    house: Ward, name: str, ref: str, *, amount: int, number: int, stolen: bool = False
) -> Told:
    """Tell that an attempt was paid; `stolen` signs as another merchant would."""
    txn = str(number)
    tells = "bank_notice" if name == "vietqr" else name
    moved = () if stolen else (Movement(tells, txn, amount),)
    if name == "vietqr":
        return _transferred(house, [(number, amount, ref)], stolen=stolen)
    if name == "sandbox":
        secret = STOLEN if stolen else SECRET
        say = partial(house.notice, ref, amount=amount, txn=txn, secret=secret)
        return Told(name, say, moved, forged=stolen)
    order = replace(house.orders[ref], status="paid", paid=amount, txn=txn, moved_at=house.now)
    provider = (house.thieves if stolen else house.honest)[name]
    return Told(name, partial(_notice, house, provider, order), moved, forged=stolen)


def _transferred(house: Ward, lines: list[Line], *, stolen: bool = False) -> Told:
    request = partial(BANKS[house.dialect], house, lines, STOLEN if stolen else SEPAY)
    moved = () if stolen else tuple(Movement("bank_notice", str(n), a) for n, a, _ in lines)
    return Told("bank_notice", request, moved, forged=stolen)


def transfers(house: Ward, code: str, seed: int, chance: Random) -> list[Told]:
    """Tell of transfers with our code in a mangled memo, in the dialect of the house."""
    lines = []
    for number in range(chance.choice((1, 1, 2, 3))):
        memo = chance.choice(MANGLINGS)(chance.choice(SHAPES).format(code))
        lines.append((seed * 100 + number + 1, chance.choice(AMOUNTS), memo))
    together = house.dialect == "casso_v1" and chance.random() < 0.3
    told = [_transferred(house, call) for call in ([lines] if together else [[o] for o in lines])]
    if chance.random() < 0.1:
        told.append(paid(house, "vietqr", code, amount=AMOUNT, number=seed * 100, stolen=True))
    return told


def at_page(name: str, house: Ward, ref: str, seed: int, chance: Random) -> list[Told]:
    """Tell of payments, failures, doubts and reversals of a provider's page; some are forged."""
    told, first = [], FIRST + seed * 10
    for number in range(first, first + chance.choice((1, 1, 2))):
        amount = chance.choice(AMOUNTS)
        told.append(paid(house, name, ref, amount=amount, number=number))
        if number == first:
            _booked(house, name, ref, told[0].movements[0])
        if name == "sandbox" and chance.random() < 0.3:
            say = partial(house.notice, ref, amount=amount, txn=str(number), event="reversal")
            told.append(Told(name, say, (), told[-1].movements))
    told += [_other(house, name, ref, how) for how in OTHERS.get(name, ()) if chance.random() < 0.2]
    if chance.random() < 0.1:
        told.append(paid(house, name, ref, amount=AMOUNT, number=first + 9, stolen=True))
    return told


def _booked(house: Ward, name: str, ref: str, moved: Movement) -> None:
    """Let the provider know of a payment when it is asked."""
    if name == "sandbox":
        said = {"status": "paid", "amount": moved.amount, "txn": moved.txn}
        house.bank.said[ref] = {**said, "at": house.now.isoformat()}
        return
    done = {"status": "paid", "paid": moved.amount, "txn": moved.txn, "moved_at": house.now}
    house.orders[ref] = replace(house.orders[ref], **done)


def _other(house: Ward, name: str, ref: str, how: str) -> Told:
    """Tell of what is no payment: a failure, or money that is under doubt."""
    if name == "sandbox":
        return Told(name, partial(house.notice, ref, status=how))
    blank = replace(house.orders[ref], status=how, paid=0, txn="", moved_at=None)
    return Told(name, partial(_notice, house, house.honest[name], blank))


def _notice(house: Ward, provider: Provider, order: Order) -> RawRequest:
    call = provider.notice(order, now=house.now)
    assert call is not None
    headers = tuple((name.lower(), value) for name, value in call.headers.items())
    query = urlsplit(call.url).query
    return RawRequest(method=call.method, query=query, headers=headers, body=call.body)


TELLERS: dict[str, Callable[[Ward, str, int, Random], list[Told]]] = {
    "vietqr": transfers,
    **{name: partial(at_page, name) for name in ("sandbox", *PROVIDERS)},
}
"""Who is paid at, by the adapter that begins; a further provider takes part by one line."""


# -- the bank's three dialects -------------------------------------------------------------------


def _sepay(house: Ward, lines: list[Line], key: str) -> RawRequest:
    ((txn, amount, memo),) = lines
    return house.transfer(memo, amount=amount, txn=txn, secret=key)


def _casso_v1(house: Ward, lines: list[Line], key: str) -> RawRequest:
    data = [
        {
            "id": txn,
            "tid": f"FT{txn}",
            "description": memo,
            "amount": amount,
            "when": "2026-11-22 12:00:00",
            "bank_sub_acc_id": ACCOUNT,
        }
        for txn, amount, memo in lines
    ]
    body = json.dumps({"error": 0, "data": data}).encode()
    return RawRequest(method="POST", headers=((casso.TOKEN, key),), body=body)


def _casso_v2(house: Ward, lines: list[Line], key: str) -> RawRequest:
    ((txn, amount, memo),) = lines
    line = {
        "id": txn,
        "reference": f"FT{txn}",
        "description": memo,
        "amount": amount,
        "transactionDateTime": "2026-11-22 12:00:00",
        "accountNumber": ACCOUNT,
        "virtualAccountNumber": "",
    }
    body = json.dumps({"error": 0, "data": line}, ensure_ascii=False).encode()
    headers = casso.sign(Secret(key), body, at=house.now)
    lower = tuple((name.lower(), value) for name, value in headers.items())
    return RawRequest(method="POST", headers=lower, body=body)


BANKS: dict[str, Callable[[Ward, list[Line], str], RawRequest]] = {
    "sepay": _sepay,
    "casso_v1": _casso_v1,
    "casso_v2": _casso_v2,
}


def towns(vault: Vault) -> dict[str, Ward]:
    """Make the rooms that histories are played in, one for each dialect."""
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: NOON)
    return {dialect: Ward(vault, dialect) for dialect in DIALECTS}


def _provider(name: str, *, stolen: bool = False) -> Provider:
    create, table = PROVIDERS[name]
    keys = {key: STOLEN for key in KEYS if key in table}
    return create(Settings(web=WEB, table={**table, **(keys if stolen else {})}))


def _code(seed: int) -> str:
    """Write a seed as a dossier's code of 13 symbols."""
    symbols = ""
    for _ in range(13):
        seed, at = divmod(seed, len(ALPHABET))
        symbols += ALPHABET[at]
    return symbols
