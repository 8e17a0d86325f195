#!/usr/bin/env python3
"""Debian's Firefox ESR for Playwright: starts it, stands between them, and mends two gaps.

Both speak WebDriver BiDi, of different years. Playwright asks each new browser for a colour scheme
(`emulation.setMediaFeaturesOverride`), which Firefox does not know yet: it is answered here, and
Firefox keeps its own light colours. And Firefox gives no name to a download whose bytes the page
made itself, while Playwright hears only of named ones: it is named by its address. All else goes
through untouched; what a page may do is not changed. When Firefox has learned both, this file goes.
"""

import asyncio
import json
import re
import struct
import sys
from functools import partial
from typing import Any

FIREFOX = "/usr/bin/firefox-esr"
UNKNOWN = b'"emulation.setMediaFeaturesOverride"'
DOWNLOAD = b'"browsingContext.download'
LISTENING = re.compile(rb"(WebDriver BiDi listening on ws://127\.0\.0\.1:)(\d+)")
HOST = re.compile(rb"Host: [^\r]*")
SHORT = 4096
MASKED = 0x80
WIDTHS = {126: 2, 127: 8}
WHOLE_TEXT = 0x81
SMALL = 125
"""RFC 6455, 5.2: a frame begins with its kind and its size; what a client says is masked."""

Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


async def frame(reader: Reader) -> tuple[bytes, bytes]:
    """Read one frame: its head, with the mask at its end, and what it carries."""
    head = await reader.readexactly(2)
    size = head[1] & ~MASKED
    if size in WIDTHS:
        wide = await reader.readexactly(WIDTHS[size])
        head, size = head + wide, int.from_bytes(wide, "big")
    if head[1] & MASKED:
        head += await reader.readexactly(4)
    return head, await reader.readexactly(size)


def text(message: dict[str, Any]) -> bytes:
    """Make the frame of a short message to Playwright."""
    words = json.dumps(message).encode()
    size = bytes((len(words),)) if len(words) <= SMALL else struct.pack(">BH", 126, len(words))
    return bytes((WHOLE_TEXT,)) + size + words


def unknown(head: bytes, said: bytes) -> int | None:
    """Give the number of a command that Firefox does not know; of all others nothing."""
    if len(said) > SHORT:
        return None
    words = bytes(letter ^ head[-4:][place % 4] for place, letter in enumerate(said))
    return int(json.loads(words)["id"]) if UNKNOWN in words else None


def named(head: bytes, said: bytes) -> bytes:
    """Give a download without a name that of its address; leave all else as it is."""
    if len(said) > SHORT or DOWNLOAD not in said:
        return head + said
    event = json.loads(said)
    about = event.get("params", {})
    if "url" not in about or about.get("navigation") is not None:
        return head + said
    return text({**event, "params": {**about, "download": about["url"]}})


async def brings_commands(client: Reader, answers: Writer, browser: Writer) -> None:
    """Bring Playwright's commands to Firefox; answer the one that it does not know."""
    while True:
        head, said = await frame(client)
        number = unknown(head, said)
        if number is None:
            browser.write(head + said)
            await browser.drain()
        else:
            answers.write(text({"type": "success", "id": number, "result": {}}))


async def brings_answers(browser: Reader, answers: Writer) -> None:
    """Bring back what Firefox says, frame by frame."""
    while True:
        answers.write(named(*await frame(browser)))
        await answers.drain()


async def stands_between(port: int, client: Reader, answers: Writer) -> None:
    """Let both greet each other, then bring what they say until one of them hangs up."""
    browser, commands = await asyncio.open_connection("127.0.0.1", port)
    greeting = await client.readuntil(b"\r\n\r\n")
    commands.write(HOST.sub(b"Host: 127.0.0.1:%d" % port, greeting))
    answers.write(await browser.readuntil(b"\r\n\r\n"))
    ways = (brings_commands(client, answers, commands), brings_answers(browser, answers))
    both = [asyncio.create_task(way) for way in ways]
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    for way in both:
        way.cancel()
    await asyncio.gather(*both, return_exceptions=True)
    for end in (commands, answers):
        end.close()


async def main() -> int:
    """Run Firefox; where it says that it listens, name our own door instead."""
    firefox = await asyncio.create_subprocess_exec(
        FIREFOX, *sys.argv[1:], stderr=asyncio.subprocess.PIPE
    )
    async for line in firefox.stderr or ():
        words = line
        if found := LISTENING.search(line):
            port = int(found[2])
            door = await asyncio.start_server(partial(stands_between, port), "127.0.0.1")
            own = door.sockets[0].getsockname()[1]
            words = LISTENING.sub(rb"\g<1>%d" % own, line)
        sys.stderr.buffer.write(words)
        sys.stderr.buffer.flush()
    return await firefox.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
