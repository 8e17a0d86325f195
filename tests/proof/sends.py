"""Phones that send through cuts, kills, repeats and late arrivals, over real connections.

Each phone is the protocol of `pwa/src/drafts/sending.ts` as a small machine: what it does next
follows from what it kept, and what it kept is all that a killed tab leaves. The network is raw:
a request may stop in its middle, its answer may never be heard, it may be made twice at once, or
reach the service long after the phone has given up on it. In the end the ward must have each
dossier once, with every byte.
"""

import hashlib
import http.client
import json
import secrets
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx

from tests.contract.people import entry, example, photo
from tests.faults.installation import WARD, Installation

PIECE = 3_000
MOST_STEPS = 400
PHONES_AT_ONCE = 8
LATER = frozenset({408, 429, 502, 503, 507})
FATES = {"well": 68, "lost": 9, "cut": 8, "killed": 5, "twice": 5, "late": 5}
SAMPLE = 50


class Asked(NamedTuple):
    """One request as it goes over the wire."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Read it."""
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass(frozen=True)
class Kept:
    """What a phone has kept: all that is left of it after a kill."""

    manifest: bool = False
    edition: str | None = None
    have: dict[str, int] = field(default_factory=dict)
    code: str | None = None
    files: frozenset[str] = frozenset()
    amount: int | None = None


class Wire:
    """One connection after the other to the service, any of which may break."""

    def __init__(self, web: str) -> None:
        """Take the service's address."""
        self._host = urlsplit(web).netloc
        self._open: http.client.HTTPConnection | None = None

    def ask(self, asked: Asked) -> Answer | None:
        """Ask and hear; None when the connection broke."""
        for fresh in (self._open is None, True):
            try:
                line = self._line(fresh=fresh)
                line.request(asked.method, asked.path, asked.body, dict(asked.headers))
                heard = line.getresponse()
                body = heard.read()
            except (OSError, http.client.HTTPException):
                self.close()
                continue
            headers = {name.lower(): value for name, value in heard.getheaders()}
            return Answer(heard.status, headers, body)
        return None

    def lose(self, asked: Asked) -> None:
        """Ask, and hang up before anything is heard."""
        line = self._line(fresh=True)
        line.request(asked.method, asked.path, asked.body, dict(asked.headers))
        self.close()

    def cut(self, asked: Asked, share: float) -> None:
        """Let the network go in the middle of the request."""
        line = self._line(fresh=True)
        line.putrequest(asked.method, asked.path)
        for name, value in asked.headers:
            line.putheader(name, value)
        line.putheader("Content-Length", str(len(asked.body)))
        line.endheaders()
        line.send(asked.body[: int(len(asked.body) * share)])
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
        self._open = None

    def _line(self, *, fresh: bool) -> http.client.HTTPConnection:
        if fresh or self._open is None:
            self.close()
            self._open = http.client.HTTPConnection(self._host, timeout=60)
        return self._open


class Phone:
    """One phone with one dossier; its fate is in its seed."""

    def __init__(self, web: str, golden: dict[str, Any], *, seed: int) -> None:
        """Take the service's address, a manifest to copy, and the seed."""
        self._chance = Random(seed)  # noqa: S311 - repeatable on purpose
        self._wire, self._other = Wire(web), Wire(web)
        self._late: list[Asked] = []
        self.fates: Counter[str] = Counter()
        self.last = "nothing was heard"
        self.key = secrets.token_urlsafe(32)
        self.path = f"/api/v1/dossiers/{uuid.uuid4()}"
        self.photos = dict(self._photos(seed))
        self._manifests = list(self._filled(golden))
        self.kept = Kept()

    def _photos(self, seed: int) -> Iterator[tuple[str, bytes]]:
        """Make one or two small photos that nobody else has."""
        for page in range(self._chance.choice((1, 1, 2))):
            mark = f"{seed}/{page}".encode()
            data = _PLAIN[:2] + b"\xff\xfe" + (len(mark) + 2).to_bytes(2) + mark + _PLAIN[2:]
            yield hashlib.sha256(data).hexdigest(), data

    def _filled(self, golden: dict[str, Any]) -> Iterator[bytes]:
        """Give the manifests in the order of filling in: some travel ahead, the last is meant.

        Each asks for another number of copies, so that the fee tells which one was handed in.
        """
        manifest = deepcopy(golden)
        files = [entry(data) for data in self.photos.values()]
        for copies in range(self._chance.choice((1, 1, 2, 3))):
            self.copies = copies + 1
            manifest["answers"]["so_luong_ban_sao"] = self.copies
            manifest["papers"][0]["files"] = files if copies else files[:-1]
            yield json.dumps(manifest).encode()
        if not copies:
            manifest["papers"][0]["files"] = files
            yield json.dumps(manifest).encode()

    # -- the machine --------------------------------------------------------------------------

    def carry(self) -> "Phone":
        """Do step after step until the receipt is kept, then let everything late arrive."""
        for body in self._manifests[:-1]:
            self._meet(self._put(body))
        for _ in range(MOST_STEPS):
            if self.kept.code is not None:
                break
            self._step()
        for asked in self._late:
            self._other.ask(asked)
        self._wire.close()
        self._other.close()
        return self

    def _next(self) -> Asked:
        kept = self.kept
        if not kept.manifest:
            return self._put(self._manifests[-1])
        for sha256, data in self.photos.items():
            have = kept.have.get(sha256)
            if have is None:
                return self._asked("HEAD", f"/files/{sha256}")
            if have < len(data):
                return self._piece(sha256, data, have)
        guard = (("If-Match", kept.edition),) if kept.edition else ()
        return self._asked("POST", "/submit", b"{}", *guard, ("Content-Type", "application/json"))

    def _step(self) -> None:
        before = self.kept
        asked = self._next()
        answer, killed = self._meet(asked)
        if answer is not None:
            self._hear(asked, answer)
        if killed:
            self.kept = before

    def _meet(self, asked: Asked) -> tuple[Answer | None, bool]:
        """Send a request into the network and take what the network makes of it."""
        fate = self._chance.choices(list(FATES), list(FATES.values()))[0]
        self.fates[fate] += 1
        if self._late and self._chance.random() < 0.3:
            self._other.ask(self._late.pop(0))
        if fate == "lost":
            self._wire.lose(asked)
        elif fate == "cut":
            self._wire.cut(asked, self._chance.random())
        elif fate == "late":
            self._late.append(asked)
        elif fate == "twice":
            self._other.lose(asked)
        if fate in {"lost", "cut", "late"}:
            return None, False
        return self._wire.ask(asked), fate == "killed"

    def _hear(self, asked: Asked, answer: Answer) -> None:
        """Take in an answer, as `heard` does."""
        self.last = (
            f"{asked.method} {asked.path} was answered {answer.status} {answer.body[:200]!r}"
        )
        if answer.status in LATER:
            time.sleep(0.05)
        elif asked.method == "PUT":
            if answer.status in {200, 201}:
                self.kept = replace(self.kept, manifest=True, edition=answer.headers["etag"])
            elif answer.json()["type"] == "already-submitted":
                whole = {sha256: len(data) for sha256, data in self.photos.items()}
                self.kept = replace(self.kept, manifest=True, have=whole)
        elif "/files/" in asked.path:
            self._hear_of_file(asked.path.rsplit("/", 1)[1], answer)
        elif answer.status == 200:
            found = answer.json()
            files = frozenset(one["sha256"] for one in found["receipt"]["files"])
            amount = found["receipt"]["amount"]
            self.kept = replace(self.kept, code=found["code"], files=files, amount=amount)
        elif answer.status == 412:
            self.kept = replace(self.kept, manifest=False)
        elif answer.status == 409:
            self.kept = replace(self.kept, have={})

    def _hear_of_file(self, sha256: str, answer: Answer) -> None:
        if answer.status == 404:
            self.kept = replace(self.kept, manifest=False)
            return
        size = len(self.photos[sha256])
        whole = answer.status in {200, 201}
        offset = size if whole else int(answer.headers.get("upload-offset", "0"))
        self.kept = replace(self.kept, have={**self.kept.have, sha256: offset})

    # -- requests -----------------------------------------------------------------------------

    def _asked(self, method: str, more: str, body: bytes = b"", *headers: tuple[str, str]) -> Asked:
        return Asked(
            method, self.path + more, body, (("Authorization", f"Bearer {self.key}"), *headers)
        )

    def _put(self, body: bytes) -> Asked:
        return self._asked("PUT", "", body, ("Content-Type", "application/json"))

    def _piece(self, sha256: str, data: bytes, start: int) -> Asked:
        end = min(len(data), start + PIECE)
        return self._asked(
            "PATCH",
            f"/files/{sha256}",
            data[start:end],
            ("Content-Type", "application/partial-upload"),
            ("Upload-Offset", str(start)),
            ("Upload-Complete", "?1" if end == len(data) else "?0"),
        )


_PLAIN = photo(1, width=240, height=320)


@dataclass
class Counted:
    """What came of all sends."""

    sent: int = 0
    at_ward: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> list[str]:
        """Give every breach of the promise, in words."""
        found = {"lost": self.lost, "doubled": self.doubled, "incomplete": self.incomplete}
        return [f"{kind}: {words}" for kind, all_of in found.items() for words in all_of]


def send(house: Installation, count: int, *, seed: int) -> Counted:
    """Let so many phones send, and count what the ward has of them."""
    golden = example(house.web, WARD)
    seeds = range(seed * 1_000_000, seed * 1_000_000 + count)
    with ThreadPoolExecutor(PHONES_AT_ONCE) as pool:
        phones = list(pool.map(lambda one: Phone(house.web, golden, seed=one).carry(), seeds))
    counted = Counted(sent=len(phones))
    with httpx.Client(base_url=house.web, timeout=60) as officer:
        account = house.account("officer")
        login = {key: account[key] for key in ("login", "password")}
        officer.post("/api/v1/session", json=login).raise_for_status()
        at_ward = Counter(_codes(officer))
        counted.at_ward = at_ward.total()
        for number, phone in enumerate(phones):
            counted.fates.update(phone.fates)
            _judge(phone, at_ward, counted)
            if number % SAMPLE == 0 and phone.kept.code is not None:
                _read(phone, officer, counted)
    prices = Counter((phone.kept.amount or 0) / phone.copies for phone in phones)
    [(price, _), *others] = prices.most_common()
    counted.incomplete += [
        f"{phone.kept.code}: an older draft was handed in"
        for phone in phones
        if others and (phone.kept.amount or 0) / phone.copies != price
    ]
    codes = Counter(phone.kept.code for phone in phones if phone.kept.code is not None)
    known = set(codes)
    counted.doubled += [f"code {code} twice" for code, n in (codes + at_ward).items() if n > 2]
    counted.doubled += [f"{code} is nobody's" for code in at_ward if code not in known]
    return counted


def _codes(officer: httpx.Client) -> Iterator[str]:
    """List every dossier of the ward."""
    after: str | None = ""
    while after is not None:
        page = officer.get("/api/v1/workbench/dossiers", params={"after": after} if after else {})
        page.raise_for_status()
        found = page.json()
        yield from (one["code"] for one in found["items"])
        after = found["next"]


def _judge(phone: Phone, at_ward: Counter[str], counted: Counted) -> None:
    code = phone.kept.code
    if code is None:
        counted.lost.append(f"{phone.path} was never acknowledged: {phone.kept}; {phone.last}")
    elif code not in at_ward:
        counted.lost.append(f"{code} is not at the ward")
    if code is not None and phone.kept.files != set(phone.photos):
        counted.incomplete.append(f"{code}: the receipt names other files")


def _read(phone: Phone, officer: httpx.Client, counted: Counted) -> None:
    """Read the files of one dossier as the officer does, byte by byte."""
    found = officer.get(f"/api/v1/workbench/dossiers/{phone.kept.code}").json()
    for one in found["files"]:
        there = hashlib.sha256(officer.get(one["original_url"]).content).hexdigest()
        if there != one["sha256"]:
            counted.incomplete.append(f"{phone.kept.code}: {one['sha256'][:8]} has other bytes")
    if {one["sha256"] for one in found["files"]} != set(phone.photos):
        counted.incomplete.append(f"{phone.kept.code}: the officer sees other files")
