"""What every pretend provider does: settle, give back, tell, and go wrong as it is told to."""

import asyncio
import contextlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import httpx
import msgspec
from msgspec.structs import replace

from backend.demo.faults import Fault, Faults
from backend.demo.providers.book import Book, Task
from backend.demo.providers.protocol import Asked, Call, Order, Provider, Refund, Reply, Settings

Act = Literal["pay", "cancel", "decline", "silent", "late", "suspect", "reverse"]
LATE = timedelta(seconds=30)

KINDS = {
    "down": "answers 503 with a page, without effect",
    "error": "takes effect, answers 500",
    "html": "takes effect, answers 200 with a page of HTML",
    "cut": "takes effect, answers with half of the words",
    "slow": "takes effect, answers after `seconds`",
    "die": "takes effect, and the process ends before it answers or tells",
    "forge": "one digit of the signature is changed, in an answer or a notice",
    "other_amount": "tells 1.000 đ more than it was, rightly signed",
    "other_merchant": "tells of another merchant, rightly signed",
    "lose": "a notice is never sent",
    "delay": "a notice is sent after `seconds`",
    "repeat": "a notice is sent `times` times",
    "reorder": "a notice waits until the next one was sent, `seconds` at most",
    "refund_later": "a refund is taken and done after `seconds`",
    "refund_refused": "a refund is refused",
}
"""The kinds of the fault file; `service` is `notice`, or a service that the provider names."""

_PAGE = b"<html><h1>502 Bad Gateway</h1></html>"
_HEX = re.compile(r"[0-9A-Fa-f]{64,}")
Picked = dict[str, Fault]


@dataclass(kw_only=True)
class Machine:
    """One pretend provider at work: its book, its clock, its faults."""

    provider: Provider
    settings: Settings
    book: Book
    faults: Faults
    clock: Callable[[], datetime]
    client: httpx.AsyncClient
    end: Callable[[int], None] = os._exit
    _wake: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _sending: set[int] = field(default_factory=set, init=False)
    _held: str | None = field(default=None, init=False)

    def pick(self, service: str) -> Picked:
        """Give the faults of this call by their kind."""
        return {fault.kind: fault for fault in self.faults.pick(service)}

    # -- answering ------------------------------------------------------------------------------

    async def answer(self, asked: Asked) -> Reply:
        """Answer one call of the merchant, with the faults that strike it."""
        service = self.provider.service(asked)
        if not service:
            return Reply(status=404)
        picked = self.pick(service)
        if "down" in picked:
            return Reply(status=503, body=_PAGE, media_type="text/html")
        desk = CallDesk(machine=self, picked=picked, origin=asked.origin)
        reply = await self.provider.answer(service, asked, desk)
        if "slow" in picked:
            await asyncio.sleep(picked["slow"].seconds)
        if "die" in picked:
            self.end(1)
        return _spoilt(reply, picked)

    # -- the payer's page -----------------------------------------------------------------------

    def press(self, order: Order, act: Act) -> Order:
        """Press a button of the page; one that comes too late changes nothing."""
        now = self.clock()
        if act == "reverse" and order.status == "paid":
            return self._move(order, "reversed", now=now)
        if act == "reverse" or order.status not in ("made", "pending"):
            return order
        if act in ("cancel", "decline"):
            why = "cancelled" if act == "cancel" else "declined"
            return self._move(replace(order, why=why), "failed", now=now)
        if act == "late":
            waiting = replace(order, status="pending")
            self.book.keep(waiting)
            self.book.owe("settle", order.ref, "", due=(now + LATE).timestamp())
            return waiting
        to: Literal["review", "paid"] = "review" if act == "suspect" else "paid"
        return self._move(replace(order, paid=order.amount), to, now=now, tell=act != "silent")

    def _move(
        self,
        order: Order,
        to: Literal["paid", "failed", "review", "reversed"],
        *,
        now: datetime,
        tell: bool = True,
    ) -> Order:
        txn = order.txn or self.book.number(now.timestamp())
        moved = replace(order, status=to, txn=txn, moved_at=now.replace(microsecond=0))
        self.book.keep(moved)
        if tell:
            self._tell(moved, now)
        return moved

    # -- telling --------------------------------------------------------------------------------

    def _tell(self, order: Order, now: datetime) -> None:
        """Owe a notice, unless the fault switch loses, delays, repeats or holds it back."""
        picked = self.pick("notice")
        if "lose" in picked:
            return
        due = now.timestamp()
        held, self._held = self._held, None
        if "delay" in picked:
            due += picked["delay"].seconds
        elif "reorder" in picked:
            self._held, due = order.ref, due + picked["reorder"].seconds
        told = _lied(order, picked)
        body = msgspec.json.encode(_Owed(order=told, forge="forge" in picked, die="die" in picked))
        for _ in range(picked["repeat"].times if "repeat" in picked else 1):
            self.book.owe("notice", order.ref, body.decode(), due=due)
        if held is not None:
            self.book.hasten(held, due=due + 0.5)
        self._wake.set()

    async def work(self) -> None:
        """Do what is due, for ever; a slow listener keeps no other waiting."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                group.create_task(self.work_once())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), 0.25)

    async def work_once(self) -> None:
        """Do what is due now and is not being done already."""
        due = self.book.due(self.clock().timestamp())
        mine = [task for task in due if task.id not in self._sending]
        self._sending.update(task.id for task in mine)
        try:
            await asyncio.gather(*map(self._do, mine))
        finally:
            self._sending.difference_update(task.id for task in mine)

    async def _do(self, task: Task) -> None:
        if task.kind == "notice":
            await self._send(task)
            return
        self.book.finish(task, "xong")
        if task.kind == "settle" and (order := self.book.order(task.about)):
            self.press(order, "pay")
        elif task.kind == "refund" and (refund := self.book.refund(task.body)):
            self.book.keep_refund(replace(refund, status="done"))

    async def _send(self, task: Task) -> None:
        owed = msgspec.json.decode(task.body, type=_Owed)
        if owed.die and task.tries == 0:
            self.book.postpone(task, due=task.due)
            self.end(1)
        call = self.provider.notice(owed.order, now=self.clock())
        if call is None:
            self.book.finish(task, "không báo")
            return
        status, body = await self.call(_forged(call) if owed.forge else call)
        now = self.clock().timestamp()
        if status and self.provider.heard(status, body):
            self.book.finish(task, f"đã nghe: {status}")
        elif task.tries >= len(self.provider.pauses):
            self.book.finish(task, f"đã thôi báo: {status}")
        else:
            pause = self.provider.pauses[task.tries] * self.settings.minute
            self.book.postpone(task, due=now + pause)

    async def call(self, call: Call) -> tuple[int, bytes]:
        """Call the merchant; status 0 when nothing came back."""
        try:
            answer = await self.client.request(
                call.method, call.url, content=call.body, headers=dict(call.headers)
            )
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0, b""
        return answer.status_code, answer.content


@dataclass(frozen=True, kw_only=True)
class CallDesk:
    """The book as one call sees it: with the lies that the fault file wants of it."""

    machine: Machine
    picked: Picked
    origin: str

    @property
    def now(self) -> datetime:
        """Tell the time, with its zone."""
        return self.machine.clock()

    def order(self, ref: str) -> Order | None:
        """Give an order as it is to be told now."""
        found = self.machine.book.order(ref)
        return found and _lied(found, self.picked)

    def make(self, order: Order) -> Order:
        """Enter a new order, or give the one that has this reference already."""
        known = self.machine.book.order(order.ref)
        if known is None:
            self.machine.book.keep(order)
        return known or order

    def page(self, order: Order) -> str:
        """Give the address of the page where the payer presses a button."""
        return f"{self.origin}/pay/{order.ref}"

    def give_back(self, refund: Refund) -> Refund:
        """Enter a refund, or give the one that has this code already."""
        book = self.machine.book
        if known := book.refund(refund.code):
            return known
        made = replace(refund, txn=book.number(self.now.timestamp()), status=self._verdict(refund))
        book.keep_refund(made)
        if made.status == "pending":
            due = self.now.timestamp() + self.picked["refund_later"].seconds
            book.owe("refund", made.ref, made.code, due=due)
        return made

    def _verdict(self, refund: Refund) -> Literal["pending", "done", "refused"]:
        order = self.machine.book.order(refund.ref)
        given = sum(one.amount for one in self.refunds(refund.ref) if one.status != "refused")
        enough = order is not None and given + refund.amount <= order.paid
        if not enough or "refund_refused" in self.picked:
            return "refused"
        return "pending" if "refund_later" in self.picked else "done"

    def paid_by(self, txn: str) -> Order | None:
        """Give the order that a movement of money paid."""
        return self.machine.book.paid_by(txn)

    def refund(self, code: str) -> Refund | None:
        """Give one refund as it now stands."""
        return self.machine.book.refund(code)

    def refunds(self, ref: str) -> Sequence[Refund]:
        """Give all refunds of an order."""
        return self.machine.book.refunds(ref)

    async def call(self, call: Call) -> tuple[int, bytes]:
        """Ask the merchant something; status 0 when nothing came back."""
        return await self.machine.call(call)


class _Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A notice on the list: how the order stood, and what goes wrong in the telling."""

    order: Order
    forge: bool = False
    die: bool = False


def _lied(order: Order, picked: Picked) -> Order:
    if "other_amount" in picked:
        paid = order.paid + 1000 if order.paid else 0
        order = replace(order, amount=order.amount + 1000, paid=paid)
    if "other_merchant" in picked:
        order = replace(order, merchant=order.merchant[:-1] + "X")
    return order


def _spoilt(reply: Reply, picked: Picked) -> Reply:
    if "error" in picked:
        return Reply(status=500, body=_PAGE, media_type="text/html")
    if "html" in picked:
        return Reply(body=_PAGE, media_type="text/html")
    if "cut" in picked:
        return replace(reply, body=reply.body[: len(reply.body) // 2])
    if "forge" in picked:
        return replace(reply, body=_other_digit(reply.body.decode()).encode())
    return reply


def _forged(call: Call) -> Call:
    headers = {name: _other_digit(value) for name, value in call.headers.items()}
    body = _other_digit(call.body.decode()).encode()
    return replace(call, url=_other_digit(call.url), headers=headers, body=body)


def _other_digit(text: str) -> str:
    """Change one digit of every signature; nothing else is 64 hexadecimal digits long."""
    return _HEX.sub(lambda found: found[0][:-1] + ("0" if found[0][-1] != "0" else "1"), text)
