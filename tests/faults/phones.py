"""Citizens, a bank and an officer who try again until they are answered, as the app does.

Each carries one dossier from the draft to the result and notes what it was told. Only what was
told counts: a call whose answer was lost is repeated, and the repeat must find the same truth.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from random import Random
from threading import Event, Lock
from typing import Any

import httpx

from tests.contract.people import Phone, entry, photo
from tests.contract.test_money import memo_of
from tests.faults.installation import Installation

PIECE = 12_000
LATER = frozenset({429, 502, 503, 507})


class GaveUpError(Exception):
    """The storm is over and this one had not finished: nothing was promised for the rest."""


@dataclass
class Told:
    """What one citizen was told (những gì người dân đã được báo)."""

    id: str
    path: str
    headers: dict[str, str]
    digests: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    code: str = ""
    receipt: dict[str, Any] = field(default_factory=dict)
    owed: int = 0
    paid: bool = False
    sums: set[int] = field(default_factory=set)
    ends: str = "paid"
    moves: list[str] = field(default_factory=list)
    done: bool = False


@dataclass
class Book:
    """All that was told to anybody, and every breach that a citizen saw."""

    told: list[Told] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def note(self, status: int) -> None:
        """Count an answer by its status; 0 stands for none."""
        with self.lock:
            self.answers[status] = self.answers.get(status, 0) + 1

    def breach(self, words: str) -> None:
        """Write down that the service broke its word."""
        with self.lock:
            self.breaches.append(words)


class Citizen:
    """One phone in a storm."""

    def __init__(
        self, house: Installation, book: Book, golden: dict[str, Any], *, seed: int, over: Event
    ) -> None:
        """Take the house, the book of what is told, a manifest to copy, and the end's signal."""
        self._house = house
        self._book = book
        self._over = over
        self._chance = Random(seed)  # noqa: S311 - repeatable on purpose
        self._seed = seed
        phone = Phone(house.web, json.loads(json.dumps(golden)))
        self._photos = {}
        for number, paper in enumerate([one["paper"] for one in phone.manifest["papers"]]):
            data = photo(seed * 10 + number)
            self._photos[hashlib.sha256(data).hexdigest()] = data
            phone.attach(paper, entry(data))
        self.phone = phone
        key = {"Authorization": phone.http.headers["Authorization"]}
        self.told = Told(phone.id, phone.path, key, digests=set(self._photos))
        self.more: list[httpx.Client] = []
        self._memo = ""

    def carry(self) -> Told:
        """Carry the dossier as far as the storm allows."""
        try:
            self._hand_in()
            self._pay()
            if self._seed % 3 == 0:
                self._be_served()
            self.told.done = True
        except GaveUpError:
            pass
        finally:
            for client in (self.phone.http, *self.more):
                client.close()
        return self.told

    # -- calls --------------------------------------------------------------------------------

    def _ask(
        self, method: str, url: str, *, through: httpx.Client | None = None, **given: Any
    ) -> httpx.Response:
        """Send until an answer comes that is not `later`."""
        wait = 0.1
        while True:
            if self._over.is_set():
                raise GaveUpError
            try:
                answer = (through or self.phone.http).request(method, url, **given)
                self._book.note(answer.status_code)
                if answer.status_code not in LATER:
                    return answer
            except httpx.HTTPError:
                self._book.note(0)
            time.sleep(wait * (0.5 + self._chance.random()))
            wait = min(1.0, wait * 1.6)

    def _hand_in(self) -> None:
        phone, told = self.phone, self.told
        saved = self._ask("PUT", phone.path, json=phone.manifest)
        if saved.status_code not in {200, 201}:
            self._book.breach(f"a manifest was answered {saved.status_code}: {saved.text[:200]}")
            raise GaveUpError
        with self._book.lock:
            self._book.told.append(told)
        for digest, data in self._photos.items():
            self._send(digest, data)
        while True:
            answer = self._ask("POST", f"{phone.path}/submit")
            if answer.status_code == 200:
                break
            self._book.breach(f"submit was answered {answer.status_code}: {answer.text[:300]}")
            if answer.status_code != 409:
                raise GaveUpError
            for digest, data in self._photos.items():
                self._send(digest, data)
        self._hear(answer.json())

    def _hear(self, answer: dict[str, Any]) -> None:
        told = self.told
        told.code, told.receipt = answer["code"], answer["receipt"]
        told.owed = answer["obligation"]["amount"]
        if {one["sha256"] for one in told.receipt["files"]} != told.digests:
            self._book.breach(f"{told.code}: the receipt names other files")
        if self._chance.random() < 0.3:
            again = self._ask("POST", f"{told.path}/submit").json()
            if again["receipt"] != told.receipt:
                self._book.breach(f"{told.code}: a second receipt is another one")

    def _send(self, digest: str, data: bytes) -> None:
        """Send a photo in pieces, from where the server is."""
        path = f"{self.phone.path}/files/{digest}"
        while True:
            asked = self._ask("HEAD", path)
            offset = int(asked.headers.get("upload-offset", "0"))
            if digest in self.told.kept and offset != len(data):
                self._book.breach(f"a photo that was kept has {offset} bytes of {len(data)}")
            if offset == len(data):
                self.told.kept.add(digest)
                return
            end = min(len(data), offset + PIECE)
            answer = self._ask(
                "PATCH",
                path,
                content=data[offset:end],
                headers={
                    "Content-Type": "application/partial-upload",
                    "Upload-Offset": str(offset),
                    "Upload-Complete": "?1" if end == len(data) else "?0",
                },
            )
            if answer.status_code in {200, 201}:
                self.told.kept.add(digest)
                return
            if answer.status_code not in {204, 409}:
                self._book.breach(f"a piece was answered {answer.status_code}: {answer.text[:200]}")
                raise GaveUpError

    # -- money --------------------------------------------------------------------------------

    def _pay(self) -> None:
        """Pay at the pretend bank's page, or by a transfer that the bank tells by notice."""
        told = self.told
        adapter = "sandbox" if self._seed % 2 else "vietqr"
        while True:
            begun = self._ask("POST", f"{told.path}/payments", json={"adapter": adapter})
            if begun.status_code in {200, 201} and begun.json()["next_action"]:
                self._press(begun.json()) if adapter == "sandbox" else self._scan(begun.json())
                break
            kind = begun.json().get("type")
            if kind == "already-paid":
                break
            if begun.status_code >= 400 and kind not in {"provider-deciding", "way-down"}:
                self._book.breach(f"{told.code}: paying was answered {begun.text[:200]}")
                raise GaveUpError
            time.sleep(0.5)
        while not self._is_paid():
            time.sleep(0.2)

    def _is_paid(self) -> bool:
        """Look whether the fee is paid, and not more than that."""
        told = self.told
        seen = self._ask("GET", told.path).json()["obligation"]
        if seen["paid"] > told.owed:
            self._book.breach(f"{told.code}: paid {seen['paid']} of {told.owed}")
            raise GaveUpError
        told.paid = seen["state"] == "paid" and seen["paid"] == told.owed
        told.sums = {told.owed}
        return told.paid

    def _press(self, attempt: dict[str, Any]) -> None:
        """Press "Trả tiền" on the bank's page and come back, as a browser does."""
        url = attempt["next_action"]["url"]
        pressed = self._ask("POST", url, json={"act": "pay"})
        if pressed.status_code == 200:
            self._ask("GET", pressed.json()["return_url"], follow_redirects=False)

    def _scan(self, attempt: dict[str, Any]) -> None:
        """Transfer with the code of the VietQR."""
        self._memo = f"CT {memo_of(attempt)}"
        self._transfer(self._memo, 10_000_000 + self._seed)

    def _transfer(self, memo: str, number: int) -> None:
        """Be the bank: tell of one transfer until it is heard, signed anew each time."""
        bank = self._house.secrets["bank_notice"]
        body = json.dumps(
            {
                "id": number,
                "gateway": "Vietcombank",
                "transactionDate": time.strftime("%Y-%m-%d %H:%M:%S"),
                "accountNumber": bank["account"],
                "code": None,
                "content": memo,
                "transferType": "in",
                "transferAmount": self.told.owed,
                "subAccount": None,
            }
        ).encode()
        for _ in range(self._chance.choice((1, 1, 2))):
            while True:
                moment = str(int(time.time()))
                made = hmac.new(
                    bank["hmac_secret"].encode(), f"{moment}.".encode() + body, "sha256"
                )
                headers = {
                    "Content-Type": "application/json",
                    "X-SePay-Timestamp": moment,
                    "X-SePay-Signature": f"sha256={made.hexdigest()}",
                }
                path = "/api/v1/payments/notices/bank_notice"
                if self._ask("POST", path, content=body, headers=headers).status_code == 200:
                    break
                self._book.breach(f"{self.told.code}: a genuine notice was refused")
                raise GaveUpError

    # -- the counter --------------------------------------------------------------------------

    def _be_served(self) -> None:
        """Let the officer accept and finish; a lost answer is looked up before it is repeated."""
        account = self._house.account("officer")
        self._ask(
            "POST",
            "/api/v1/session",
            json={"login": account["login"], "password": account["password"]},
        )
        for action, state in (("accept", "accepted"), ("finish", "result_ready")):
            while True:
                path = f"/api/v1/workbench/dossiers/{self.told.code}"
                seen = self._ask("GET", path).json()
                if seen["state"] == state:
                    break
                answer = self._ask("POST", f"{path}/{action}", json={"seen": seen["rev"]})
                if answer.status_code == 200:
                    break
                if answer.status_code != 409:
                    self._book.breach(f"{action} was answered {answer.text[:200]}")
                    raise GaveUpError
            self.told.moves.append(state)
