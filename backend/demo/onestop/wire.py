"""Make the pretend one-stop's wire go wrong as the fault file says, outside its own code.

The faults are those of real one-stop systems and of what stands before them: slow, down, an answer
lost after the effect, a call repeated by a proxy, garbage, somebody else's acknowledgement.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from backend.demo.faults import Fault, Faults
from backend.demo.serving import App

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_JSON = "application/json"


class Answer:
    """The status and body that the pretend one-stop wanted to send."""

    def __init__(self) -> None:
        self.status = 500
        self.body = b""

    async def take(self, message: Message) -> None:
        """Collect one ASGI message of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.body += message["body"]


Call = Callable[[], Awaitable[Answer]]
Kind = Callable[[Fault, Call, Send], Awaitable[None]]


async def _slow(fault: Fault, call: Call, send: Send) -> None:
    await asyncio.sleep(fault.seconds)
    answer = await call()
    await _say(send, answer.status, answer.body)


async def _down(_fault: Fault, _call: Call, send: Send) -> None:
    await _say(send, 503, b"<html><h1>503 Service Temporarily Unavailable</h1></html>", "text/html")


async def _lose(_fault: Fault, call: Call, send: Send) -> None:
    await call()
    await send(_start(200, length=4096))
    await send({"type": "http.response.body", "body": b'{"err', "more_body": True})


async def _duplicate(fault: Fault, call: Call, send: Send) -> None:
    for _ in range(fault.times - 1):
        await call()
    answer = await call()
    await _say(send, answer.status, answer.body)


async def _garble(_fault: Fault, call: Call, send: Send) -> None:
    answer = await call()
    await _say(send, 200, answer.body[: len(answer.body) // 2] + b"\xff\xfe")


async def _odd(_fault: Fault, call: Call, send: Send) -> None:
    await call()
    await _say_words(send, {"error_code": "0", "message": "Thành công", "data": []})


async def _foreign(_fault: Fault, call: Call, send: Send) -> None:
    await call()
    stranger = {"MaHoSo": "2222222222222", "SoBienNhan": "000.00.01.H13-260101-9999"}
    await _say_words(send, {"error_code": "0", "message": "Thành công", "data": [stranger]})


async def _refuse(_fault: Fault, _call: Call, send: Send) -> None:
    await _say_words(send, {"error_code": "99", "message": "Có lỗi thành công ngoài ý muốn"})


async def _expire(_fault: Fault, _call: Call, send: Send) -> None:
    await _say_words(send, {"error_code": "401", "message": "Phiên làm việc đã hết hạn"})


async def _huge(_fault: Fault, call: Call, send: Send) -> None:
    await call()
    await _say(
        send, 200, b'{"error_code": "0", "message": "' + b"x" * 3_000_000 + b'", "data": []}'
    )


async def _redirect(_fault: Fault, _call: Call, send: Send) -> None:
    await send(_start(302, length=0, location="/received"))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


KINDS: dict[str, Kind] = {
    "slow": _slow,  # answers after `seconds`
    "down": _down,  # 503 from the gateway before it, no effect
    "lose": _lose,  # takes effect, the answer breaks off
    "duplicate": _duplicate,  # a proxy repeats the call: the effect is tried `times` times
    "garble": _garble,  # takes effect, half an answer and broken letters
    "odd": _odd,  # takes effect, says success and names nobody
    "foreign": _foreign,  # takes effect, acknowledges somebody else's dossier
    "refuse": _refuse,  # another error code, and the word "thành công" in its message
    "expire": _expire,  # the session has just ended
    "huge": _huge,  # takes effect, answers 3 MB
    "redirect": _redirect,  # 302, no effect
}


def faulty(app: App, faults: Faults) -> App:
    """Wrap the pretend one-stop so that its POST services fail as the switch says."""

    async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or "/admin" in scope["path"]:
            await app(scope, receive, send)
            return
        picked = faults.pick(scope["path"].rpartition("/")[2])
        if not picked:
            await app(scope, receive, send)
            return
        body = await _body(receive)

        async def call() -> Answer:
            answer = Answer()
            await app(scope, _replay(body), answer.take)
            return answer

        await KINDS[picked[0].kind](picked[0], call, send)

    return wrapped


async def _body(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message["body"])
        if not message["more_body"]:
            return b"".join(parts)


def _replay(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _start(status: int, *, length: int, kind: str = _JSON, location: str = "") -> Message:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(length).encode())]
    if location:
        headers.append((b"location", location.encode()))
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _say(send: Send, status: int, body: bytes, kind: str = _JSON) -> None:
    await send(_start(status, length=len(body), kind=kind))
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _say_words(send: Send, words: dict[str, object]) -> None:
    await _say(send, 200, json.dumps(words, ensure_ascii=False).encode())
