"""Who acts in a history: citizens with their phones and an officer, each one step at a time.

A step that gets no answer is taken again later, as people and apps do. What an answer promised is
noted in `told`; only that is held against us at the end.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from backend import catalogue, dossiers
from backend.platform.kit.errors import Problem
from backend.workbench.actions import deciding
from backend.workbench.model import Collection, Decision
from tests.backend.citizens import entry, photo
from tests.simulation.dying import DiedError
from tests.simulation.wires import FAULTS, OURS, through
from tests.simulation.world import ACCOUNT, WARD, World

LATER = frozenset({429, 503, 507})
WAYS = (
    "vietqr",
    "vietqr told_twice",
    "vietqr two_transfers",
    "vietqr late",
    "vietqr short",
    "sandbox pay",
    "sandbox notice_twice",
    "sandbox silent_paid",
    "sandbox double",
    "sandbox wrong_amount",
    "sandbox fail",
    "sandbox pay_after_expiry",
    "sandbox reversal",
    "cash",
    "nothing",
)


class LostError(Exception):
    """No answer came that says anything; the step is taken again."""


@dataclass
class Told:
    """What one citizen was told."""

    saved: bool = False
    kept: set[str] = field(default_factory=set)
    code: str = ""
    receipt: dict[str, Any] = field(default_factory=dict)
    owed: int = 0


class Citizen:
    """A phone with one dossier: save, send, hand in, pay."""

    def __init__(self, world: World, number: int) -> None:
        """Fill the form and take the photos; nothing is sent yet."""
        self.world = world
        chance = world.chance
        self.name = f"citizen {number}"
        self.id = UUID(bytes=chance.randbytes(16), version=4)
        self.key = base64.urlsafe_b64encode(chance.randbytes(32)).rstrip(b"=").decode()
        self.path = f"/api/v1/dossiers/{self.id}"
        self.manifest = catalogue.example("2.000635", unit=WARD)
        self.manifest["answers"]["so_luong_ban_sao"] = chance.choice((1, 2, 3))
        self.photos = {}
        files = [photo(world.seed * 100 + number * 10 + n) for n in range(chance.choice((1, 2)))]
        for data in files:
            self.photos[hashlib.sha256(data).hexdigest()] = data
        self.manifest["papers"] = [{"paper": "uy_quyen", "files": [entry(one) for one in files]}]
        self.way = chance.choice(WAYS)
        self.told = Told()
        self.movements: list[int] = []
        self.ref = ""
        self.stage = self.save
        self.done = False

    async def step(self) -> None:
        """Take the next step, or the last one again."""
        try:
            await self.stage()
        except LostError:
            self.world.note(f"{self.name}: no answer to {self.stage.__name__}")

    # -- the wire -----------------------------------------------------------------------------

    async def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """Send one request over a bad line; LostError when nothing useful comes back."""
        world = self.world
        headers = {"Authorization": f"Bearer {self.key}"} | given.pop("headers", {})
        request = httpx.Request(method, f"{OURS}{path}", headers=headers, **given)
        fault = "" if world.quiet or world.chance.random() > 0.2 else world.chance.choice(FAULTS)
        world.faults += bool(fault)
        if fault in {"lose-request", "unavailable"}:
            raise LostError
        if not world.quiet and world.chance.random() < 0.15:
            world.echoes.append((self.name, _copy(request)))
        try:
            answer = await world.alive(through(world.web, request), f"{self.name} {method} {path}")
            if fault == "twice":
                answer = await world.alive(through(world.web, _copy(request)), f"{self.name} again")
        except DiedError:
            raise LostError from None
        if fault in {"lose-answer", "garble"} or answer.status_code in LATER:
            raise LostError
        if answer.status_code >= 500:
            raise AssertionError(f"{self.name}: {method} {path} is {answer.status_code}")
        return answer

    # -- stages -------------------------------------------------------------------------------

    async def save(self) -> None:
        """PUT the manifest."""
        answer = await self.ask("PUT", self.path, json=self.manifest)
        assert answer.status_code in {200, 201}, f"{self.name}: {answer.text}"
        self.told.saved = True
        self.stage = self.send

    async def send(self) -> None:
        """Send one piece of the first photo that is not whole."""
        for digest, data in self.photos.items():
            if digest not in self.told.kept:
                await self._send(digest, data)
                return
        self.stage = self.hand_in

    async def _send(self, digest: str, data: bytes) -> None:
        path = f"{self.path}/files/{digest}"
        asked = await self.ask("HEAD", path)
        offset = int(asked.headers["upload-offset"])
        end = min(len(data), offset + self.world.chance.choice((200, 500, 5000)))
        answer = await self.ask(
            "PATCH",
            path,
            content=data[offset:end],
            headers={
                "Content-Type": "application/partial-upload",
                "Upload-Offset": str(offset),
                "Upload-Complete": "?1" if end == len(data) else "?0",
            },
        )
        assert answer.status_code in {200, 201, 204, 409}, f"{self.name}: {answer.text}"
        if answer.status_code in {200, 201}:
            self.told.kept.add(digest)

    async def hand_in(self) -> None:
        """POST submit; a 409 may only name what was never acknowledged."""
        answer = await self.ask("POST", f"{self.path}/submit")
        assert answer.status_code == 200, f"{self.name}: {answer.text}"
        body = answer.json()
        if self.told.code:
            assert body["receipt"] == self.told.receipt, f"{self.name}: another receipt"
        self.world.handed_in += not self.told.code
        self.told.code, self.told.receipt = body["code"], body["receipt"]
        self.told.owed = body["obligation"]["amount"]
        self.world.note(f"{self.name}: {self.told.code}, owes {self.told.owed}, pays {self.way}")
        self.stage = {"vietqr": self.scan, "sandbox": self.go, "cash": self.rest}.get(
            self.way.split()[0], self.rest
        )

    async def _begin(self, adapter: str) -> dict[str, Any] | None:
        answer = await self.ask("POST", f"{self.path}/payments", json={"adapter": adapter})
        if answer.status_code == 409:
            kind, waits = answer.json()["type"], {"provider-deciding", "way-down"}
            assert kind in {"already-paid", "nothing-due", *waits}, f"{self.name}: {kind}"
            if kind not in waits:
                self.stage = self.rest
            return None
        assert answer.status_code in {200, 201}, f"{self.name}: {answer.text}"
        found: dict[str, Any] = answer.json()
        return found if found["next_action"] else None

    async def scan(self) -> None:
        """Scan the VietQR and transfer in the bank's app."""
        attempt = await self._begin("vietqr")
        if attempt is None:
            return
        memo = attempt["next_action"]["transfer"]["memo"]
        kind = self.way.partition(" ")[2]
        amount = self.told.owed - (1000 if kind == "short" else 0)
        situation = kind if kind in {"told_twice", "two_transfers", "late"} else "plain"
        moved = self.world.teller.transfer(
            bank="Vietcombank", account=ACCOUNT, amount=amount, memo=memo, situation=situation
        )
        self.movements += [one.id for one in moved]
        self.stage = self.rest

    async def go(self) -> None:
        """Go to the sandbox's page and press a button."""
        attempt = await self._begin("sandbox")
        if attempt is None:
            return
        self.ref = attempt["next_action"]["url"].rpartition("/")[2]
        payment = self.world.teller.ledger.payment(self.ref)
        assert payment is not None, f"{self.name}: the bank does not know its own page"
        self.world.teller.press(payment, self.way.partition(" ")[2])
        self.stage = self.come_back

    async def come_back(self) -> None:
        """Come back from the bank's page: a hint, no more."""
        await self.ask("GET", f"/api/v1/payments/return/sandbox?ref={self.ref}&result=paid")
        self.stage = self.rest

    async def rest(self) -> None:
        """Ask for the receipt once more now and then; it must be the same for ever."""
        self.done = True
        if self.world.chance.random() < 0.2:
            await self.hand_in_again()

    async def hand_in_again(self) -> None:
        """Repeat the submission, as a second tab does."""
        answer = await self.ask("POST", f"{self.path}/submit")
        if answer.status_code == 200:
            assert answer.json()["receipt"] == self.told.receipt, f"{self.name}: another receipt"


class Officer:
    """The ward's officer, who takes up what has come in."""

    def __init__(self, world: World, citizens: list[Citizen]) -> None:
        """Know the counter and those who come to it."""
        self.world = world
        self.citizens = citizens
        self.told: dict[str, list[str]] = {}

    async def step(self) -> None:
        """Decide on one dossier, or take cash; a lost answer is looked up next time."""
        codes = [one for one in self.citizens if one.told.code]
        if not codes:
            return
        citizen = self.world.chance.choice(codes)
        code = citizen.told.code
        dossier = await dossiers.by_code(code)
        verb = self._choice(dossier.state.value, citizen)
        if verb is None:
            return
        desk = self.world.desk()
        seen = dossier.rev - (self.world.chance.random() < 0.1)
        if verb == "collect":
            wish = Collection(seen=seen, kind="cash", amount=citizen.told.owed)
            act = deciding.collect(desk, code, wish)
        elif verb == "accept":
            act = deciding.accept(desk, code, Decision(seen=seen, reason="Nộp phí sau"))
        else:
            act = deciding.move(desk, code, verb, Decision(seen=seen, reason="Theo quy định"))
        try:
            await self.world.alive(act, f"officer {verb} {code}")
            self.told.setdefault(code, []).append(verb)
            self.world.note(f"officer: {verb} {code}")
        except DiedError:
            self.world.note(f"officer: no answer to {verb} {code}")
        except Problem as refused:
            if refused.status not in {409, 422}:
                raise AssertionError(f"officer {verb} {code}: {refused!r}") from refused

    def _choice(self, state: str, citizen: Citizen) -> str | None:
        chance = self.world.chance
        if citizen.way == "cash" and state in {"submitted", "accepted"} and chance.random() < 0.5:
            return "collect"
        return {
            "submitted": chance.choice(("accept", "accept", "accept", None, "decline")),
            "accepted": chance.choice(("finish", "finish", None, "stop")),
            "result_ready": chance.choice(("return", None)),
        }.get(state)


def _copy(request: httpx.Request) -> httpx.Request:
    return httpx.Request(
        request.method, request.url, headers=request.headers, content=request.content
    )
