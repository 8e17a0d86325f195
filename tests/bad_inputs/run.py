"""Send every bad input of the catalogue to a running house and judge the answers.

`form.json` holds values for one place of a golden dossier, `calls.json` whole requests,
`raw.json` bytes on the wire, `notices.json` what banks send; `binaries` makes files. An answer is
right when its status is one of those named and, from 400 on, it is a problem document whose title
is a Vietnamese sentence. Nothing may answer 500 or more.
"""

import contextlib
import copy
import hashlib
import hmac
import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from tests.bad_inputs import binaries
from tests.contract.people import Officer, Phone, entry, example, photo
from tests.faults.installation import WARD, Installation

HERE = Path(__file__).parent
PARTS = ("form", "calls", "raw", "notices", "files")
PROBLEM = "application/problem+json"
VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]")


class Judged(NamedTuple):
    """One input and what is wrong with the answer to it; `fault` is empty when nothing is."""

    name: str
    status: int
    fault: str


def judge(name: str, answer: httpx.Response, wanted: list[int], *, told: bool = True) -> Judged:
    """Compare an answer with what is accepted; `told` asks for a sentence."""
    status = answer.status_code
    if status >= 500:
        return Judged(name, status, f"{status}: {answer.text[:300]}")
    if status not in wanted:
        return Judged(name, status, f"{status} is not in {wanted}: {answer.text[:300]}")
    if status >= 400 and told and answer.request.method != "HEAD":
        return Judged(name, status, _untold(answer))
    return Judged(name, status, "")


def _untold(answer: httpx.Response) -> str:
    """Say what a refusal lacks; empty when it is told as it should be."""
    if answer.headers.get("content-type", "").startswith("text/html"):
        return "" if VIETNAMESE.search(answer.text.lower()) else "a page without Vietnamese"
    if not answer.headers.get("content-type", "").startswith(PROBLEM):
        return f"no problem document: {answer.headers.get('content-type')} {answer.text[:200]}"
    body = answer.json()
    if not VIETNAMESE.search(body.get("title", "").lower()) or body["title"][-1] != ".":
        return f"no Vietnamese sentence: {body}"
    if body["status"] != answer.status_code or not body.get("trace_id"):
        return f"status or trace is off: {body}"
    for fault in body.get("errors", ()):
        if not VIETNAMESE.search(fault.get("message_vi", "").lower()):
            return f"an error has no Vietnamese words: {fault}"
    return ""


# -- values of a form ------------------------------------------------------------------------------


def form(house: Installation) -> Iterator[Judged]:
    """Put each value into a golden dossier, save it, and hand in what is kept."""
    golden = {code: example(house.web, WARD, code) for code in ("2.000635", "1.001193", "1.004873")}
    data = photo(7, width=60, height=80)
    for manifest in golden.values():
        for paper in manifest["papers"]:
            paper["files"] = [entry(data)]
    with httpx.Client(base_url=house.web, timeout=30) as client:
        for group in _read("form.json"):
            for one in group["inputs"]:
                name = f"form {group['pointer']}: {one['why']}"
                body = _with(golden[group["procedure"]], group["pointer"], one["value"])
                yield from _handed_in(client, body, data, one, name)


def _handed_in(
    client: httpx.Client, body: bytes, data: bytes, one: dict[str, Any], name: str
) -> Iterator[Judged]:
    """Save a manifest and, where it is kept, hand it in; judge both answers."""
    path = f"/api/v1/dossiers/{uuid4()}"
    key = {"Authorization": f"Bearer {uuid4().hex}{uuid4().hex}"}
    answer = client.put(path, content=body, headers={"Content-Type": "application/json"} | key)
    yield judge(name, answer, one["save"])
    if answer.status_code < 400 and one["submit"]:
        digest = hashlib.sha256(data).hexdigest()
        headers = {"Content-Type": "image/jpeg"} | key
        client.put(f"{path}/files/{digest}", content=data, headers=headers)
        submitted = client.post(f"{path}/submit", headers=key)
        yield judge(f"{name} (handed in)", submitted, one["submit"])


def _with(manifest: dict[str, Any], pointer: str, value: Any) -> bytes:
    """Put a value at a pointer of a manifest and write it as JSON."""
    changed = copy.deepcopy(manifest)
    steps = pointer.split("/")[1:]
    raw = value["raw"] if isinstance(value, dict) and set(value) == {"raw"} else None
    inner = "\ue000RAW\ue000" if raw is not None else _grown(value)
    if not steps:
        return json.dumps(inner).encode()
    place = changed
    for step in steps[:-1]:
        place = place[step]
    if inner == {"delete": True}:
        place.pop(steps[-1], None)
    else:
        place[steps[-1]] = inner
    text = json.dumps(changed, ensure_ascii=False)
    if raw is not None:
        text = text.replace(f'"{inner}"', raw)
    return text.encode("utf-8", "surrogatepass")


def _grown(value: Any) -> Any:
    """Repeat what the catalogue writes as `{"repeat": [text, times]}`."""
    if isinstance(value, dict):
        if set(value) == {"repeat"}:
            return value["repeat"][0] * value["repeat"][1]
        return {key: _grown(one) for key, one in value.items()}
    return [_grown(one) for one in value] if isinstance(value, list) else value


# -- whole requests --------------------------------------------------------------------------------


class Scene:
    """The dossiers, codes and people that whole requests speak of by name."""

    def __init__(self, house: Installation) -> None:
        """Make a draft, a sent dossier, a poster, and sign the officer in."""
        self.house = house
        self.officer = Officer(house.web, house.account("officer"))
        self.leader = Officer(house.web, house.account("leader"))
        self.draft, self.data = _drafted(house, 11)
        self.sent, data = _drafted(house, 12)
        self.sent.send(data)
        answer = self.sent.submit().json()
        self.rev = self.officer.dossier(answer["code"]).json()["rev"]
        self.http = httpx.Client(base_url=house.web, timeout=30, follow_redirects=False)
        self.words = {
            "DRAFT": self.draft.id,
            "SENT": self.sent.id,
            "SHA": hashlib.sha256(self.data).hexdigest(),
            "CODE": answer["code"],
            "DIGITS": self.sent.manifest["owner"]["phone"][-4:],
            "SIGNATURE": answer["receipt"]["signature"],
        }

    def fill(self, text: str) -> str:
        """Put names for the words in capitals between braces."""
        return re.sub(r"\{([A-Z]+)\}", lambda found: self.words[found[1]], text)

    def close(self) -> None:
        """Let the connections go."""
        for one in (self.http, self.draft.http, self.sent.http):
            one.close()
        self.officer.http.close()
        self.leader.http.close()


def _drafted(house: Installation, seed: int) -> tuple[Phone, bytes]:
    phone = Phone(house.web, example(house.web, WARD))
    data = photo(seed, width=60, height=80)
    phone.attach("uy_quyen", entry(data))
    assert phone.save().status_code == 201
    return phone, data


def calls(scene: Scene) -> Iterator[Judged]:
    """Send each whole request of `calls.json`, as the citizen, the officer or nobody."""
    people = {
        "citizen": scene.draft.http,
        "sender": scene.sent.http,
        "officer": scene.officer.http,
        "leader": scene.leader.http,
        "nobody": scene.http,
    }
    for one in _read("calls.json"):
        given: dict[str, Any] = {"headers": one.get("headers", {})}
        if "json" in one:
            text = scene.fill(json.dumps(_grown(one["json"]), ensure_ascii=False))
            given["content"] = text.replace('"seen": 1,', f'"seen": {scene.rev},')
            given["headers"] = {"Content-Type": "application/json"} | given["headers"]
        if "body" in one:
            given["content"] = _grown(one["body"])
        client = people[one.get("as", "nobody")]
        headers = {name: _grown(value) for name, value in given.pop("headers").items()}
        request = client.build_request(
            one.get("method", "GET"), scene.fill(_grown(one["path"])), headers=headers, **given
        )
        yield judge(f"call {one['why']}", client.send(request), one["status"])


def raw(scene: Scene) -> Iterator[Judged]:
    """Write each of `raw.json` to a socket: what no client library would send."""
    parts = urlsplit(scene.house.web)
    for one in _read("raw.json"):
        text = _grown(one["send"]).replace("{HOST}", parts.netloc)
        status = _said(parts.hostname or "", parts.port or 0, text.encode("latin-1"))
        wrong = status not in one["status"]
        yield Judged(f"raw {one['why']}", status, f"{status} not in {one['status']}" * wrong)


def _said(host: str, port: int, raw_bytes: bytes) -> int:
    """Send bytes, give the status that came back; 0 when the connection was closed instead."""
    with socket.create_connection((host, port), timeout=10) as line:
        line.settimeout(3)
        with contextlib.suppress(OSError):
            line.sendall(raw_bytes)
            line.shutdown(socket.SHUT_WR)
        with contextlib.suppress(OSError):
            found = re.match(rb"HTTP/1\.[01] (\d{3})", line.recv(4096))
            return int(found[1]) if found else 0
    return 0


# -- banks -----------------------------------------------------------------------------------------


def notices(scene: Scene) -> Iterator[Judged]:
    """Send each of `notices.json` as a bank would, signed or forged; it is answered in its form."""
    secret = scene.house.secrets["bank_notice"]["hmac_secret"]
    for one in _read("notices.json"):
        body = _notice(one).encode("utf-8", "surrogatepass")
        moment = str(int(time.time()) + one.get("late", 0))
        if "timestamp" in one:
            moment = one["timestamp"]
        key = one.get("secret", secret)
        signed = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": one.get("type", "application/json"),
            "X-SePay-Timestamp": moment,
            "X-SePay-Signature": one.get("signature", f"sha256={signed}"),
        }
        for name in one.get("without", ()):
            del headers[name]
        path = f"/api/v1/payments/notices/{one.get('adapter', 'bank_notice')}"
        answer = scene.http.post(path, content=body, headers=headers)
        yield judge(f"notice {one['why']}", answer, one["status"], told=False)


def _notice(one: dict[str, Any]) -> str:
    if "raw" in one:
        return str(_grown(one["raw"]))
    movement = {
        "id": 1,
        "gateway": "Vietcombank",
        "transactionDate": "2026-11-22 14:32:12",
        "accountNumber": "0123456789",
        "code": None,
        "content": "HSP7K2M9Q",
        "transferType": "in",
        "transferAmount": 15000,
        "accumulated": 0,
        "subAccount": None,
        "referenceCode": "FT1",
        "description": "",
    }
    text = json.dumps(movement, ensure_ascii=False)
    for name, value in one.get("set", {}).items():
        plain = isinstance(value, dict) and "raw" in value
        written = value["raw"] if plain else json.dumps(_grown(value))
        before = json.dumps(movement[name], ensure_ascii=False)
        text = text.replace(f'"{name}": {before}', f'"{name}": {written}')
    for name in one.get("drop", ()):
        before = json.dumps(movement[name], ensure_ascii=False)
        text = text.replace(f'"{name}": {before}, ', "")
    return text


# -- files -----------------------------------------------------------------------------------------


def files(house: Installation) -> Iterator[Judged]:
    """Send each bad file as a paper; what is kept must end as `ok` or `unreadable`, as named."""
    waiting = []
    for one in binaries.ALL:
        data = one.make()
        phone = Phone(house.web, example(house.web, WARD))
        phone.attach("uy_quyen", entry(data, name=one.name, media_type=one.media_type))
        saved = phone.save()
        if saved.status_code >= 400:
            yield judge(f"file {one.why}", saved, one.status)
            continue
        digest = hashlib.sha256(data).hexdigest()
        headers = {"Content-Type": one.media_type}
        answer = phone.http.put(f"{phone.path}/files/{digest}", content=data, headers=headers)
        yield judge(f"file {one.why}", answer, one.status)
        if answer.status_code < 400:
            waiting.append((one, phone))
    for one, phone in waiting:
        found = phone.until(lambda seen: seen["files"][0]["check"] != "pending", seconds=30)
        check = found["files"][0]["check"]
        fault = "" if check in one.check else f"{check} is not in {one.check}"
        yield Judged(f"file {one.why} (checked)", 200, fault)
        phone.http.close()


def part(house: Installation, name: str) -> Iterator[Judged]:
    """Send one part of the catalogue: form, calls, raw, notices or files."""
    with contextlib.ExitStack() as stack:
        if name in {"form", "files"}:
            yield from {"form": form, "files": files}[name](house)
            return
        scene = Scene(house)
        stack.callback(scene.close)
        yield from {"calls": calls, "raw": raw, "notices": notices}[name](scene)


def count() -> int:
    """Count the inputs of the catalogue."""
    values = sum(len(group["inputs"]) for group in _read("form.json"))
    lists = sum(len(_read(name)) for name in ("calls.json", "raw.json", "notices.json"))
    return values + lists + len(binaries.ALL)


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text())
