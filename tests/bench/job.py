"""The benchmark's job: one citizen's whole dossier, from the poster to two looks at its state."""

import hashlib
import hmac
import io
import json
import os
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from PIL import Image

from tests.bench.wire import Line

PHOTOS = 3
NOTICES = "/api/v1/payments/notices/bank_notice"


def base_photo() -> bytes:
    """Make a 1200×1600 JPEG of about 300 kB (noise, the hard case), as the phone leaves it."""
    out = io.BytesIO()
    Image.effect_noise((1200, 1600), 8).convert("RGB").save(out, "JPEG", quality=75)
    return out.getvalue()


def another(photo: bytes) -> bytes:
    """Make a photo that no store has seen: other bytes in a comment segment, same picture."""
    comment = os.urandom(16)
    return photo[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + photo[2:]


class Setting:
    """What a job needs to know of the running installation."""

    def __init__(self, demo: dict[str, Any], example: dict[str, Any]) -> None:
        """Read the addresses, the bank's secret and one poster from demo.json."""
        self.demo, self.example = demo, example
        bank = demo["secrets"]["bank_notice"]
        self.secret, self.account = bank["hmac_secret"].encode(), bank["account"]
        self.poster = next(one for one in demo["posters"] if one["procedure"] == "2.000635")
        self.photo = base_photo()


class Owing(NamedTuple):
    """A dossier that was handed in and has its VietQR; nothing is paid yet."""

    ident: str
    key: str
    code: str
    digests: set[str]
    attempt: dict[str, Any]
    amount: int

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/api/v1/dossiers/{self.ident}"

    @property
    def auth(self) -> str:
        """The header that opens it."""
        return f"Authorization: Bearer {self.key}\r\n"


async def dossier(line: Line, setting: Setting, timings: dict[str, list[float]]) -> dict[str, Any]:
    """Do the whole job; give the code and the hashes, for the audit at the end."""
    begun = time.perf_counter()
    lap = _laps(timings, begun)
    poster = setting.poster
    await ok(line, "GET", f"/q/{poster['code']}")
    lap("open")
    await ok(
        line, "GET", f"/api/v1/procedures/{poster['procedure']}?unit={poster['unit']}",
        headers="Accept-Encoding: br\r\n",
    )  # fmt: skip
    lap("definition")
    owing = await handed_in(line, setting, lap)
    headers, body = notice_of(setting, owing)
    await ok(line, "POST", NOTICES, body, headers)
    lap("notice")
    for _ in range(2):
        seen = (await ok(line, "GET", owing.path, b"", owing.auth)).json()
        lap("look")
    assert seen["obligation"]["state"] == "paid", seen["obligation"]
    timings.setdefault("job", []).append(time.perf_counter() - begun)
    return {"id": owing.ident, "key": owing.key, "code": owing.code, "files": owing.digests}


def _laps(timings: dict[str, list[float]], begun: float) -> Callable[[str], None]:
    mark = begun

    def lap(name: str) -> None:
        nonlocal mark
        now = time.perf_counter()
        timings.setdefault(name, []).append(now - mark)
        mark = now

    return lap


async def handed_in(
    line: Line, setting: Setting, lap: Callable[[str], None] = lambda _: None
) -> Owing:
    """Fill in, photograph, hand in and choose VietQR."""
    ident, key = str(uuid.uuid4()), secrets.token_urlsafe(32)
    auth = f"Authorization: Bearer {key}\r\n"
    path = f"/api/v1/dossiers/{ident}"
    photos = [another(setting.photo) for _ in range(PHOTOS)]
    files = [
        {
            "sha256": hashlib.sha256(one).hexdigest(),
            "size": len(one),
            "media_type": "image/jpeg",
            "name": f"{number}.jpg",
        }
        for number, one in enumerate(photos)
    ]
    manifest = setting.example | {"qr": setting.poster["code"], "papers": []}
    for answers in ({}, setting.example["answers"], setting.example["answers"]):
        await ok(line, "PUT", path, json.dumps(manifest | {"answers": answers}).encode(), auth)
        lap("save")
    manifest["papers"] = [{"paper": "uy_quyen", "files": files}]
    await ok(line, "PUT", path, json.dumps(manifest).encode(), auth)
    lap("save")
    for one, data in zip(files, photos, strict=True):
        await ok(line, "PUT", f"{path}/files/{one['sha256']}", data, auth, "image/jpeg")
        lap("photo")
    submitted = (await ok(line, "POST", f"{path}/submit", b"", auth)).json()
    lap("submit")
    attempt = (await ok(line, "POST", f"{path}/payments", b'{"adapter":"vietqr"}', auth)).json()
    lap("pay")
    digests = {str(one["sha256"]) for one in files}
    return Owing(ident, key, submitted["code"], digests, attempt, submitted["obligation"]["amount"])


async def ok(
    line: Line,
    method: str,
    path: str,
    body: bytes = b"",
    headers: str = "",
    kind: str = "application/json",
) -> Any:
    answer = await line.call(method, path, body, headers=headers, kind=kind)
    assert answer.status in {200, 201, 204}, (method, path, answer.status, answer.body[:400])
    return answer


def memo_of(payload: str) -> str:
    """Read the purpose from a VietQR payload: field 62, sub-field 08."""
    at = 0
    while at < len(payload):
        tag, length = payload[at : at + 2], int(payload[at + 2 : at + 4])
        value = payload[at + 4 : at + 4 + length]
        if tag == "62":
            return value[4 : 4 + int(value[2:4])]
        at += 4 + length
    raise AssertionError("the payload has no purpose")


def notice_of(setting: Setting, owing: Owing) -> tuple[str, bytes]:
    """Write the bank's signed notice that a fee was transferred: headers and body."""
    body = json.dumps(
        {
            "id": secrets.randbelow(2**50),
            "gateway": "Vietcombank",
            "transactionDate": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 25200)),
            "accountNumber": setting.account,
            "code": None,
            "content": memo_of(owing.attempt["next_action"]["payload"]),
            "transferType": "in",
            "transferAmount": owing.amount,
            "accumulated": 0,
            "subAccount": None,
            "referenceCode": secrets.token_hex(8),
            "description": "",
        }
    ).encode()
    moment = str(int(time.time()))
    signature = hmac.new(setting.secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    headers = f"X-SePay-Timestamp: {moment}\r\nX-SePay-Signature: sha256={signature}\r\n"
    return headers, body
