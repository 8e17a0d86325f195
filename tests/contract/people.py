"""What outsiders do over HTTP: a phone, a bank, an officer. Nothing of ours is imported."""

import hashlib
import hmac
import io
import json
import secrets
import time
import uuid
from typing import Any

import httpx
from PIL import Image

NOTHING_KEPT = httpx.Limits(max_keepalive_connections=0)
"""Each call opens and closes its connection, as a phone on a bad network does."""


def photo(seed: int = 1, *, width: int = 900, height: int = 1200) -> bytes:
    """Make a small real JPEG, another one for each seed."""
    picture = Image.new("RGB", (width, height), (240, 240, 235))
    for row in range(40):
        shade = (seed * 37 + row * 11) % 200
        picture.paste(
            (shade, 40, 60), (60, 60 + row * 24, 60 + (seed * 53 + row * 97) % 700, 72 + row * 24)
        )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def entry(data: bytes, name: str = "giay.jpg", media_type: str = "image/jpeg") -> dict[str, Any]:
    """Describe a file as the manifest does."""
    digest = hashlib.sha256(data).hexdigest()
    return {"sha256": digest, "size": len(data), "media_type": media_type, "name": name}


class Phone:
    """One citizen's phone with one dossier on it."""

    def __init__(self, web: str, manifest: dict[str, Any]) -> None:
        """Take the service's address and a manifest; id and key are made here, as on a phone."""
        self.id = str(uuid.uuid4())
        self.key = secrets.token_urlsafe(32)
        self.manifest = manifest
        self.http = httpx.Client(
            base_url=web,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=30,
            limits=NOTHING_KEPT,
        )
        self.path = f"/api/v1/dossiers/{self.id}"

    def attach(self, paper: str, *files: dict[str, Any]) -> None:
        """Name the files of one paper in the manifest."""
        self.manifest["papers"] = [
            one for one in self.manifest["papers"] if one["paper"] != paper
        ] + [{"paper": paper, "files": list(files)}]

    def save(self, **headers: str) -> httpx.Response:
        """PUT the manifest."""
        return self.http.put(self.path, json=self.manifest, headers=headers)

    def send(self, data: bytes) -> httpx.Response:
        """PUT one whole file."""
        digest = hashlib.sha256(data).hexdigest()
        return self.http.put(
            f"{self.path}/files/{digest}", content=data, headers={"Content-Type": "image/jpeg"}
        )

    def submit(self) -> httpx.Response:
        """POST submit with an empty body."""
        return self.http.post(f"{self.path}/submit")

    def look(self) -> dict[str, Any]:
        """GET the dossier."""
        answer = self.http.get(self.path)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def pay(self, adapter: str) -> httpx.Response:
        """POST payments."""
        return self.http.post(f"{self.path}/payments", json={"adapter": adapter})

    def until(self, seen: Any, *, seconds: float = 20) -> dict[str, Any]:
        """Look again and again until a condition holds of the dossier."""
        end = time.monotonic() + seconds
        while True:
            found = self.look()
            if seen(found):
                return found
            if time.monotonic() > end:
                message = f"never seen; last: {json.dumps(found, ensure_ascii=False)[:1500]}"
                raise AssertionError(message)
            time.sleep(0.1)


def example(web: str, unit: str, code: str = "2.000635") -> dict[str, Any]:
    """Fetch the golden dossier of a procedure."""
    answer = httpx.get(f"{web}/api/v1/procedures/{code}/example", params={"unit": unit})
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def sent_dossier(
    web: str,
    unit: str,
    *,
    seed: int = 1,
    code: str = "2.000635",
    answers: dict[str, Any] | None = None,
) -> Phone:
    """Hand in a whole dossier: manifest with these answers changed, one photo a paper, submit."""
    phone = Phone(web, example(web, unit, code))
    phone.manifest["answers"] |= answers or {}
    photos = {}
    for number, paper in enumerate([one["paper"] for one in phone.manifest["papers"]]):
        photos[paper] = photo(seed * 100 + number)
        phone.attach(paper, entry(photos[paper]))
    assert phone.save().status_code == 201
    for data in photos.values():
        assert phone.send(data).status_code == 201
    answer = phone.submit()
    assert answer.status_code == 200, answer.text
    return phone


def sepay_notice(
    secret: str,
    *,
    account: str,
    amount: int,
    memo: str,
    number: int | None = None,
    at: int | None = None,
) -> tuple[bytes, dict[str, str]]:
    """Make a signed SePay notice: the raw body and its headers (payments.md §4.2)."""
    body = json.dumps(
        {
            "id": number or secrets.randbelow(10**9),
            "gateway": "Vietcombank",
            "transactionDate": time.strftime(
                "%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 7 * 3600)
            ),
            "accountNumber": account,
            "code": None,
            "content": memo,
            "transferType": "in",
            "transferAmount": amount,
            "accumulated": 0,
            "subAccount": None,
            "referenceCode": f"FT{secrets.randbelow(10**12)}",
            "description": memo,
        },
        ensure_ascii=False,
    ).encode()
    moment = str(at or int(time.time()))
    signature = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/json",
        "X-SePay-Timestamp": moment,
        "X-SePay-Signature": f"sha256={signature}",
    }


class Officer:
    """A signed-in officer or leader."""

    def __init__(self, web: str, account: dict[str, str]) -> None:
        """Sign in with a demo account."""
        self.http = httpx.Client(base_url=web, timeout=30, limits=NOTHING_KEPT)
        answer = self.http.post(
            "/api/v1/session", json={"login": account["login"], "password": account["password"]}
        )
        assert answer.status_code == 200, answer.text
        self.me = answer.json()

    def dossier(self, code: str) -> httpx.Response:
        """GET one dossier of the workbench."""
        return self.http.get(f"/api/v1/workbench/dossiers/{code}")

    def act(self, code: str, action: str, **body: Any) -> httpx.Response:
        """POST one action with the revision that was just read."""
        seen = body.pop("seen", None) or self.dossier(code).json()["rev"]
        return self.http.post(
            f"/api/v1/workbench/dossiers/{code}/{action}", json={"seen": seen, **body}
        )
