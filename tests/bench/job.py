"""The benchmark's job: one citizen's whole dossier, from the poster to two looks at its state."""

import hashlib
import hmac
import io
import json
import os
import secrets
import time
import uuid
from typing import Any

from PIL import Image

from tests.bench.wire import Line

PHOTOS = 3


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


async def dossier(line: Line, setting: Setting, timings: dict[str, list[float]]) -> dict[str, Any]:
    """Do the whole job; give the code and the hashes, for the audit at the end."""
    begun = time.perf_counter()
    mark = begun

    def lap(name: str) -> None:
        nonlocal mark
        now = time.perf_counter()
        timings.setdefault(name, []).append(now - mark)
        mark = now

    poster = setting.poster
    await _ok(line, "GET", f"/q/{poster['code']}")
    lap("open")
    await _ok(
        line, "GET", f"/api/v1/procedures/{poster['procedure']}?unit={poster['unit']}",
        headers="Accept-Encoding: br\r\n",
    )  # fmt: skip
    lap("definition")
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
    manifest = setting.example | {"qr": poster["code"], "papers": []}
    for answers in ({}, setting.example["answers"], setting.example["answers"]):
        await _ok(line, "PUT", path, json.dumps(manifest | {"answers": answers}).encode(), auth)
        lap("save")
    manifest["papers"] = [{"paper": "uy_quyen", "files": files}]
    await _ok(line, "PUT", path, json.dumps(manifest).encode(), auth)
    lap("save")
    for one, data in zip(files, photos, strict=True):
        await _ok(line, "PUT", f"{path}/files/{one['sha256']}", data, auth, "image/jpeg")
        lap("photo")
    submitted = (await _ok(line, "POST", f"{path}/submit", b"", auth)).json()
    lap("submit")
    attempt = (await _ok(line, "POST", f"{path}/payments", b'{"adapter":"vietqr"}', auth)).json()
    lap("pay")
    await _notice(line, setting, attempt, submitted["obligation"]["amount"])
    lap("notice")
    for _ in range(2):
        seen = (await _ok(line, "GET", path, b"", auth)).json()
        lap("look")
    assert seen["obligation"]["state"] == "paid", seen["obligation"]
    timings.setdefault("job", []).append(time.perf_counter() - begun)
    return {
        "id": ident,
        "key": key,
        "code": submitted["code"],
        "files": {one["sha256"] for one in files},
    }


async def _ok(
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


async def _notice(line: Line, setting: Setting, attempt: dict[str, Any], amount: int) -> None:
    body = json.dumps(
        {
            "id": secrets.randbelow(2**50),
            "gateway": "Vietcombank",
            "transactionDate": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 25200)),
            "accountNumber": setting.account,
            "code": None,
            "content": memo_of(attempt["next_action"]["payload"]),
            "transferType": "in",
            "transferAmount": amount,
            "accumulated": 0,
            "subAccount": None,
            "referenceCode": secrets.token_hex(8),
            "description": "",
        }
    ).encode()
    moment = str(int(time.time()))
    signature = hmac.new(setting.secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    headers = f"X-SePay-Timestamp: {moment}\r\nX-SePay-Signature: sha256={signature}\r\n"
    await _ok(line, "POST", "/api/v1/payments/notices/bank_notice", body, headers)
