"""A lean HTTP/1.1 client: the driver shares two cores with what it measures."""

import asyncio
import json
from typing import Any


class Answer:
    """Status, headers (lower case) and body of one answer."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: dict[bytes, bytes], body: bytes) -> None:
        """Hold what came."""
        self.status = status
        self.headers = headers
        self.body = body

    def json(self) -> Any:
        """Decode the body."""
        return json.loads(self.body)


class Line:
    """One kept-alive connection to one origin."""

    def __init__(self, host: str, port: int) -> None:
        """Name the origin; the connection is opened at the first request."""
        self._host, self._port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.sent = self.received = 0

    async def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        headers: str = "",
        kind: str = "application/json",
    ) -> Answer:
        """Send one request and read its whole answer."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n{headers}"
        if body or method in {"POST", "PUT", "PATCH"}:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        raw = head.encode() + b"\r\n" + body
        self._writer.write(raw)
        self.sent += len(raw)
        return await self._answer(method)

    async def _answer(self, method: str) -> Answer:
        assert self._reader is not None
        block = await self._reader.readuntil(b"\r\n\r\n")
        lines = block[:-4].split(b"\r\n")
        status = int(lines[0].split(b" ", 2)[1])
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip()
        body = b""
        if b"content-length" in headers and method != "HEAD":
            body = await self._reader.readexactly(int(headers[b"content-length"]))
        elif headers.get(b"transfer-encoding") == b"chunked":
            body = await self._chunks()
        self.received += len(block) + len(body)
        return Answer(status, headers, body)

    async def _chunks(self) -> bytes:
        assert self._reader is not None
        parts = []
        while True:
            size = int(await self._reader.readline(), 16)
            part = await self._reader.readexactly(size + 2)
            if size == 0:
                return b"".join(parts)
            parts.append(part[:-2])

    def close(self) -> None:
        """Let the connection go."""
        if self._writer is not None:
            self._writer.close()
