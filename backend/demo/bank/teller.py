"""What the pretend bank does: take transfers, settle the sandbox's payments, tell about them.

A movement of money is certain once it is in the books; telling about it is another matter and goes
wrong as the fault file says. Notices are repeated as SePay repeats them (seven times, in minutes
that grow as Fibonacci's numbers) and, for the sandbox, until they are heard.
"""

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

import httpx
import msgspec

from backend.demo.bank.ledger import Ledger, Movement, Payment, Task, Telling
from backend.demo.faults import Fault, Faults
from payment_adapters.bank_notice import wire as sepay
from payment_adapters.contract import Secret
from payment_adapters.sandbox import wire as sandbox

VIETNAM = timezone(timedelta(hours=7))
NOTICE_PATH = "/api/v1/payments/notices/bank_notice"
SEPAY_MINUTES = (1, 1, 2, 3, 5, 8, 13)
SANDBOX_SECONDS = (1, 5, 15)
KINDS = ("lose", "delay", "repeat", "reorder", "mangle", *sandbox.SCRIPTS.values())

Situation = Literal["plain", "told_twice", "two_transfers", "late", "mangled", "never"]


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    """What the pretend bank needs to know of DATA/demo.json."""

    web: str | None = None
    account: str | None = None
    sepay_secret: str | None = None
    sandbox_secret: str | None = None


def read_demo(path: Path) -> Demo:
    """Read addresses and secrets as they are now; a missing file knows nothing."""
    try:
        found = msgspec.json.decode(path.read_bytes())
        bank_notice = found["secrets"].get("bank_notice", {})
        return Demo(
            web=found["addresses"]["web"],
            account=bank_notice.get("account"),
            sepay_secret=bank_notice.get("hmac_secret"),
            sandbox_secret=found["secrets"].get("sandbox", {}).get("secret"),
        )
    except (OSError, msgspec.DecodeError, LookupError, TypeError):
        return Demo()


@dataclass(kw_only=True)
class Teller:
    """The pretend bank at work; `minute` is how long its minutes last."""

    ledger: Ledger
    faults: Faults
    demo: Callable[[], Demo]
    clock: Callable[[], datetime]
    client: httpx.AsyncClient
    chance: random.Random
    minute: float = 60.0
    _wake: asyncio.Event = field(default_factory=asyncio.Event, init=False)
    _sending: set[int] = field(default_factory=set, init=False)
    _held: str | None = field(default=None, init=False)

    # -- transfers ------------------------------------------------------------------------------

    def transfer(
        self, *, bank: str, account: str, amount: int, memo: str, situation: Situation = "plain"
    ) -> list[Movement]:
        """Move money onto an account and owe its holder a notice for each movement."""
        times = 2 if situation == "two_transfers" else 1
        return [self._move(bank, account, amount, memo, situation) for _ in range(times)]

    def _move(
        self, bank: str, account: str, amount: int, memo: str, situation: Situation
    ) -> Movement:
        now = self.clock().timestamp()
        picked = {fault.kind: fault for fault in self.faults.pick("sepay")}
        if situation == "mangled" or "mangle" in picked:
            memo = self._mangle(memo)
        number = self.ledger.new_movement_id(now)
        reference = f"MBVCB.{number}"
        middle = f".{memo}" if memo else ""
        movement = Movement(
            id=number,
            at=now,
            bank=bank,
            account=account,
            amount=amount,
            content=f"{reference}{middle}.CT tu 0123499999 NGUYEN VAN A toi {account}",
            reference=reference,
            told=self._telling(account, situation),
        )
        self.ledger.enter(movement)
        if movement.told == "yes":
            self._owe_sepay(movement, now, picked, twice=situation == "told_twice")
        if movement.told == "late":
            self._owe_sepay(movement, now + 30, {}, twice=False)
        return movement

    def _telling(self, account: str, situation: Situation) -> Telling:
        if self.demo().account not in (None, account):
            return "unwatched"
        if situation == "never":
            return "never"
        return "late" if situation == "late" else "yes"

    def _mangle(self, memo: str) -> str:
        cut = len(memo) // 2
        return self.chance.choice(
            [
                memo.lower(),
                f"{memo[:cut]} {memo[cut:]}",
                f"884140.100924.223855.{memo} FT24255276428461",
                memo[:-2],
            ]
        )

    def _owe_sepay(
        self, movement: Movement, due: float, picked: dict[str, Fault], *, twice: bool
    ) -> None:
        at = datetime.fromtimestamp(movement.at, VIETNAM)
        body: dict[str, object] = {
            "id": movement.id,
            "gateway": movement.bank,
            "transactionDate": at.strftime("%Y-%m-%d %H:%M:%S"),
            "accountNumber": movement.account,
            "code": None,
            "content": movement.content,
            "transferType": "in",
            "transferAmount": movement.amount,
            "accumulated": self.ledger.balance(movement.account),
            "subAccount": None,
            "referenceCode": movement.reference,
            "description": "",
        }
        self._owe("sepay", str(movement.id), body, due=due, picked=picked, twice=twice)

    def _owe(
        self,
        kind: Literal["sepay", "sandbox"],
        about: str,
        body: dict[str, object],
        *,
        due: float,
        picked: dict[str, Fault],
        twice: bool = False,
    ) -> None:
        """Owe a notice, unless the fault switch loses, delays, repeats or holds it back."""
        if "lose" in picked:
            return
        held, self._held = self._held, None
        if "delay" in picked:
            due += picked["delay"].seconds
        elif "reorder" in picked:
            self._held, due = about, due + picked["reorder"].seconds
        times = picked["repeat"].times if "repeat" in picked else 1 + twice
        for _ in range(times):
            self.ledger.add_task(kind, about, body, due=due)
        if held is not None:
            self.ledger.hasten(held, due=due + 0.5)
        self._wake.set()

    # -- the sandbox's payments -----------------------------------------------------------------

    def scripted(self, amount: int) -> str:
        """Say what happens to a payment: by the fault file, else by its amount."""
        scripts = set(sandbox.SCRIPTS.values())
        named = [fault.kind for fault in self.faults.pick("start") if fault.kind in scripts]
        return named[0] if named else sandbox.script(amount)

    def press(self, payment: Payment, act: str) -> str:
        """Press a button on the citizen's page; return the claim: paid, failed or pending."""
        if payment.status not in ("open", "pending"):
            return "failed" if payment.status == "failed" else "paid"
        script = payment.script if act == "pay" else act
        now = self.clock()
        if script == "fail":
            self._tell(self._moved(payment, "failed", payment.amount, script), "payment")
            return "failed"
        waits = {"pay_later": now + timedelta(seconds=30), "never": None}
        waits["pay_after_expiry"] = max(now, payment.expires_at) + timedelta(seconds=5)
        if script not in waits:
            self.settle(payment.ref, script)
            return "paid"
        self.ledger.keep(msgspec.structs.replace(payment, status="pending", script=script))
        due = waits[script]
        if due is not None:
            body: dict[str, object] = {"script": script}
            self.ledger.add_task("settle", payment.ref, body, due=due.timestamp())
        return "pending"

    def settle(self, ref: str, script: str) -> None:
        """Take the money of a payment and owe the notices that its script allows."""
        payment = self.ledger.payment(ref)
        if payment is None or payment.status not in ("open", "pending"):
            return
        less = 1000 if payment.amount >= 2000 else -1000  # noqa: PLR2004
        paid = payment.amount - (less if script == "wrong_amount" else 0)
        settled = self._moved(payment, "paid", paid, script)
        if script == "silent_paid":
            return
        self._tell(settled, "payment", twice=script == "notice_twice")
        if script == "double":
            self._tell(msgspec.structs.replace(settled, txn=self._txn()), "payment")
        if script == "reversal":
            self.ledger.add_task("reverse", ref, {}, due=self.clock().timestamp() + 10)

    def _moved(
        self, payment: Payment, status: Literal["paid", "failed"], paid: int, script: str
    ) -> Payment:
        moved = msgspec.structs.replace(
            payment,
            status=status,
            paid=paid,
            txn=self._txn(),
            at=self.clock().astimezone(VIETNAM).replace(microsecond=0),
            code="00" if status == "paid" else "51",
            script=script,
        )
        self.ledger.keep(moved)
        return moved

    def _txn(self) -> str:
        milliseconds = int(self.clock().timestamp() * 1000)
        return f"SB{milliseconds}{self.chance.randrange(10**6):06d}"

    def _reverse(self, ref: str) -> None:
        payment = self.ledger.payment(ref)
        if payment is None or payment.status != "paid":
            return
        reversed_ = msgspec.structs.replace(payment, status="reversed")
        self.ledger.keep(reversed_)
        self._tell(reversed_, "reversal")

    def _tell(
        self,
        payment: Payment,
        event: Literal["payment", "reversal"],
        *,
        twice: bool = False,
    ) -> None:
        assert payment.txn is not None and payment.at is not None  # noqa: S101, PT018 - moved
        notice = sandbox.Notice(
            merchant=payment.merchant,
            ref=payment.ref,
            txn=payment.txn,
            event=event,
            status="failed" if payment.status == "failed" else "paid",
            amount=payment.paid if payment.paid is not None else payment.amount,
            currency="VND",
            at=payment.at,
            code=payment.code,
        )
        picked = {fault.kind: fault for fault in self.faults.pick("sandbox")}
        body: dict[str, object] = {
            "url": payment.notice_url,
            "notice": msgspec.json.encode(notice).decode(),
        }
        due = self.clock().timestamp()
        self._owe("sandbox", payment.ref, body, due=due, picked=picked, twice=twice)

    # -- telling ----------------------------------------------------------------------------------

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
        due = self.ledger.due(self.clock().timestamp())
        mine = [task for task in due if task.id not in self._sending]
        self._sending.update(task.id for task in mine)
        try:
            await asyncio.gather(*map(self._do, mine))
        finally:
            self._sending.difference_update(task.id for task in mine)

    async def _do(self, task: Task) -> None:
        if task.kind == "settle":
            self.ledger.finish(task, "xong")
            self.settle(task.about, str(task.body["script"]))
        elif task.kind == "reverse":
            self.ledger.finish(task, "xong")
            self._reverse(task.about)
        else:
            await self._send(task)

    async def _send(self, task: Task) -> None:
        heard = await self._heard(task)
        now = self.clock()
        if heard:
            self.ledger.finish(task, f"đã báo lúc {now.astimezone(VIETNAM):%H:%M:%S}")
            return
        pauses = [60.0 * minutes for minutes in SEPAY_MINUTES]
        if task.kind == "sandbox":
            pauses = [*map(float, SANDBOX_SECONDS), *[60.0] * 1440]
        if task.tries >= len(pauses):
            self.ledger.finish(task, "đã thôi báo")
            return
        pause = pauses[task.tries] * self.minute / 60
        self.ledger.postpone(task, due=now.timestamp() + pause)

    async def _heard(self, task: Task) -> bool:
        """Send one notice, signed afresh; True when the other side says that it has it."""
        demo = self.demo()
        now = self.clock()
        if task.kind == "sepay":
            url, secret = f"{demo.web}{NOTICE_PATH}", demo.sepay_secret
            body = msgspec.json.encode(task.body)
        else:
            url, secret = str(task.body["url"]), demo.sandbox_secret
            body = str(task.body["notice"]).encode()
        if demo.web is None or secret is None:
            return False
        if task.kind == "sepay":
            headers = sepay.sign(Secret(secret), body, at=now)
        else:
            headers = sandbox.sign(Secret(secret), "notice", body, at=now)
        try:
            answer = await self.client.post(
                url, content=body, headers=headers | {"Content-Type": "application/json"}
            )
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        wanted = b'"success"' if task.kind == "sepay" else b'"result"'
        return answer.status_code == httpx.codes.OK and wanted in answer.content
