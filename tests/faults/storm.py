"""Kill processes while citizens hand in dossiers, then count what became of every promise."""

import hashlib
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from random import Random
from threading import Event
from typing import Any

import httpx

from tests.contract.people import example
from tests.faults.cashiers import Cashier
from tests.faults.installation import WARD, Installation, Keeper
from tests.faults.phones import Book, Told

VICTIMS = ("web worker", "service", "onestop", "bank", "photo child")
STATES = {"accepted": "2", "result_ready": "9"}
"""Our states and the one-stop's numbers for them (TrangThaiHoSo)."""


@dataclass
class Outcome:
    """What a storm came to; every list names a breach and must be empty."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    files: int = 0
    lost: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    money: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    audits: int = 0
    given_back: int = 0
    breaches: list[str] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    delivered: int = 0
    raw_deliveries: int = 0
    audit: str = ""

    @property
    def faults(self) -> list[str]:
        """Give every breach of every kind."""
        lists = (self.lost, self.hashes, self.doubled, self.order, self.money, self.books)
        return [words for one in (*lists, self.breaches) for words in one]


class Storm:
    """Phones at work in an installation whose processes are killed."""

    def __init__(self, house: Installation, *, seed: int, phones: int) -> None:
        """Take the house, a seed for the choice of victims, and how many phones send at once."""
        self._house = house
        self._chance = Random(seed)  # noqa: S311 - repeatable on purpose
        self._phones = phones
        self._seed = seed
        self._golden = example(house.web, WARD)
        self.book = Book()
        self._over = Event()
        self._enough = Event()
        self.outcome = Outcome()

    def rage(self, victims: Sequence[str], *, pause: float, most_kills: int = 10**6) -> None:
        """Kill each victim in turn, with a pause after the service answers again."""
        numbers = count(self._seed * 1000)
        with Keeper(self._house), ThreadPoolExecutor(self._phones) as pool:
            working = [pool.submit(self._work, numbers) for _ in range(self._phones)]
            for victim in victims:
                time.sleep(pause * (0.3 + 1.4 * self._chance.random()))
                if self._house.kill(victim):
                    self.outcome.kills[victim] += 1
                    self._audit(victim)
                self._wait_for_service()
                if self.outcome.kills.total() >= most_kills:
                    break
            self._enough.set()
            self._finish(working)

    def _work(self, numbers: Any) -> None:
        while not self._enough.is_set():
            citizen = Cashier(
                self._house, self.book, self._golden, seed=next(numbers), over=self._over
            )
            citizen.carry()

    def _finish(self, working: Sequence[Any]) -> None:
        """Give the phones two quiet minutes to end what they began."""
        until = time.monotonic() + 120
        while time.monotonic() < until and not all(one.done() for one in working):
            time.sleep(0.2)
        self._over.set()
        for one in working:
            one.result()

    def _audit(self, victim: str) -> None:
        """Check the books of money as the disk held them when the victim died."""
        found = self._house.audit_of_money()
        if found is not None:
            self.outcome.audits += 1
            if not found.right:
                self.outcome.books.append(f"after a kill of the {victim}: {found}")

    def _wait_for_service(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self._house.web}/health/ready", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError(self._house.output("service"))

    # -- counting -------------------------------------------------------------------------------

    def count(self, *, patience: float = 90) -> Outcome:
        """Compare what was told with what is there, once the hand-over has come to rest."""
        told = [one for one in self.book.told if one.code]
        held = self._at_rest(told, patience)
        out = self.outcome
        out.acknowledged = len(told)
        out.breaches += self.book.breaches
        out.answers = dict(self.book.answers)
        out.raw_deliveries = sum(one["deliveries"] for rows in held.values() for one in rows)
        for one in self.book.told:
            self._count_dossier(one)
        for one in told:
            self._count_delivery(one, held.get(one.code, []))
        self._count_codes(told)
        said = self._house.run("check-money", check=False).strip()
        if "chênh lệch 0 đ" not in said:
            out.books.append(f"at the end: {said}")
        out.audit = self._house.run("verify-audit", check=False).strip().splitlines()[-1]
        if "0 chỗ sai" not in out.audit:
            out.breaches.append(f"the journal: {out.audit}")
        return out

    def _at_rest(self, told: list[Told], patience: float) -> dict[str, list[dict[str, Any]]]:
        """Wait until everything paid has arrived with its moves, or patience is over."""
        until = time.monotonic() + patience
        wanted = {one.code: len(one.moves) for one in told if one.paid}
        while True:
            held: dict[str, list[dict[str, Any]]] = {}
            for one in self._house.received():
                held.setdefault(one["code"], []).append(one)
            behind = [
                code
                for code, moves in wanted.items()
                if code not in held or len(held[code][0]["progress"]) < moves
            ]
            if not behind or time.monotonic() > until:
                return held
            time.sleep(0.5)

    def _count_dossier(self, told: Told) -> None:
        """Look a dossier up with its key: all that was acknowledged must be there."""
        path = told.path
        answer = httpx.get(f"{self._house.web}{path}", headers=told.headers, timeout=30)
        name = told.code or told.id
        if answer.status_code != 200:
            self.outcome.lost.append(f"{name}: {answer.status_code}")
            return
        found = answer.json()
        self.outcome.files += len(told.kept)
        if told.code and (found["code"] != told.code or found["state"] == "draft"):
            self.outcome.lost.append(f"{name}: is {found['state']} {found['code']}")
        self._count_money(told, found["obligation"])
        if told.code:
            checks = {one["sha256"]: one["check"] for one in found["files"]}
            if any(checks.get(digest) == "unreadable" for digest in told.kept):
                self.outcome.hashes.append(f"{name}: a good photo is called unreadable")
        for digest in told.kept:
            self._count_file(told, digest)

    def _count_money(self, told: Told, owed: dict[str, Any]) -> None:
        wrong_end = told.done and owed["state"] != told.ends
        if told.paid and (owed["paid"] not in told.sums or wrong_end):
            self.outcome.money.append(f"{told.code}: {owed}, told {told.sums} {told.ends}")
        self.outcome.given_back += told.done and told.ends == "partly_refunded"

    def _count_file(self, told: Told, digest: str) -> None:
        """Fetch an acknowledged photo back and hash it."""
        headers = told.headers
        link = httpx.post(
            f"{self._house.web}{told.path}/links", json={"what": digest}, headers=headers
        )
        if link.status_code != 200:
            self.outcome.lost.append(f"{told.code or told.id}: photo {link.text[:120]}")
            return
        data = httpx.get(link.json()["url"], timeout=30).content
        if hashlib.sha256(data).hexdigest() != digest:
            self.outcome.hashes.append(f"{told.code or told.id}: {digest[:12]}")

    def _count_delivery(self, told: Told, held: list[dict[str, Any]]) -> None:
        """Compare one dossier with what the one-stop holds in effect."""
        out = self.outcome
        if not told.paid:
            return
        if not held:
            out.lost.append(f"{told.code}: paid and never forwarded")
            return
        if len(held) > 1:
            out.doubled.append(f"{told.code}: {len(held)} times in effect")
        out.delivered += 1
        if {one["sha256"] for one in held[0]["files"]} != told.digests:
            out.hashes.append(f"{told.code}: other files at the one-stop")
        states = [one["TrangThai"] for one in held[0]["progress"]]
        if len(states) != len(set(states)):
            out.doubled.append(f"{told.code}: moves {states}")
        wanted = [STATES[move] for move in told.moves]
        if [state for state in states if state in wanted] != wanted:
            out.order.append(f"{told.code}: {states}, told {wanted}")

    def _count_codes(self, told: list[Told]) -> None:
        for code, times in Counter(one.code for one in told).items():
            if times > 1:
                self.outcome.doubled.append(f"{code}: given to {times} dossiers")
