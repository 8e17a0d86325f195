"""Files that people and attackers really send, with what must become of each."""

import io
import zlib
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from PIL import Image

from tests import papers


class Bad(NamedTuple):
    """One file: how it is made, how it is named, the statuses and checks that are right."""

    why: str
    make: Callable[[], bytes]
    status: list[int]
    check: list[str] = ["unreadable"]  # noqa: RUF012 - a NamedTuple's default is never changed
    media_type: str = "image/jpeg"
    name: str = "giay.jpg"


KEPT, REFUSED = [201], [413, 415, 422]
READABLE = ["ok"]
EITHER = ["ok", "unreadable"]


def _gif() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "GIF")
    return out.getvalue()


def _of(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, kind)
    return out.getvalue()


def _mutated(seed: int) -> Callable[[], bytes]:
    """Change some bytes of a good file behind its head."""

    def make() -> bytes:
        chance = Random(seed)  # noqa: S311 - repeatable on purpose
        data = bytearray(chance.choice([papers.jpeg(), papers.png(), papers.HEIC, papers.pdf(3)]))
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(16, len(data))] = chance.randrange(256)
        return bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)])

    return make


def _pdf_with(words: bytes) -> Callable[[], bytes]:
    return lambda: papers.pdf(trailer=words)


ALL = [
    Bad("a whole JPEG", papers.jpeg, KEPT, READABLE),
    Bad("a whole PNG", papers.png, KEPT, READABLE, "image/png"),
    Bad("a whole HEIC", lambda: papers.HEIC, KEPT, READABLE, "image/heic"),
    Bad("a whole PDF", papers.pdf, KEPT, READABLE, "application/pdf"),
    Bad("no bytes", lambda: b"", REFUSED),
    Bad("one byte", lambda: b"\xff", REFUSED),
    Bad("eleven bytes of a JPEG", lambda: papers.jpeg()[:11], REFUSED),
    Bad("the head of a JPEG alone", lambda: papers.jpeg()[:20], KEPT),
    Bad("half a JPEG", lambda: papers.jpeg()[: len(papers.jpeg()) // 2], KEPT),
    Bad("a JPEG without its last bytes", lambda: papers.jpeg()[:-40], KEPT, EITHER),
    Bad("a JPEG with a tail of PHP", lambda: papers.jpeg() + b"<?php system(1)?>", KEPT, EITHER),
    Bad("a JPEG with a zip behind it", lambda: papers.jpeg() + papers.zipped(), KEPT, EITHER),
    Bad("a JPEG with the place in it", lambda: papers.jpeg(note=b"GPS 10.1,105.6"), KEPT, READABLE),
    Bad("a JPEG that lies on its side", lambda: papers.jpeg(orientation=6), KEPT, READABLE),
    Bad("a JPEG with an impossible orientation", lambda: papers.jpeg(orientation=99), KEPT, EITHER),
    Bad("a JPEG named as PNG", papers.jpeg, KEPT, READABLE, "image/png"),
    Bad("a JPEG named as an executable", papers.jpeg, [415, 422], [], "application/x-msdownload"),
    Bad("a PNG named as JPEG", papers.png, KEPT, READABLE),
    Bad("a JPEG of all zeros behind its head", lambda: papers.jpeg()[:24] + bytes(5000), KEPT),
    Bad("a JPEG of one pixel", lambda: papers.jpeg(1, 1), KEPT, EITHER),
    Bad("a very wide JPEG", lambda: papers.jpeg(60_000, 2), KEPT, EITHER),
    Bad("half a PNG", lambda: papers.png()[: len(papers.png()) // 2], KEPT, ["unreadable"]),
    Bad("a PNG of 30,000 x 30,000", papers.png_bomb, KEPT, ["unreadable"], "image/png"),
    Bad("a PNG of 50,000 x 50,000", lambda: papers.png_bomb(50_000), KEPT, ["unreadable"]),
    Bad("a PNG of 16 bits", lambda: papers.png(mode="I;16"), KEPT, EITHER),
    Bad("a PNG with a palette", lambda: papers.png(mode="P"), KEPT, READABLE),
    Bad("a PNG with a wrong sum", lambda: papers.png()[:-20] + bytes(20), KEPT, EITHER),
    Bad("half a HEIC", lambda: papers.HEIC[: len(papers.HEIC) // 2], KEPT, ["unreadable"]),
    Bad("a HEIC named as JPEG", lambda: papers.HEIC, KEPT, READABLE),
    Bad("the head of a HEIC", lambda: papers.HEIC[:32], KEPT, ["unreadable"], "image/heic"),
    Bad("a film", lambda: b"\0\0\0\x18ftypmp42" + bytes(100), REFUSED, [], "image/heic"),
    Bad("a PDF that asks for a password", _pdf_with(papers.LOCK), KEPT, ["unreadable"]),
    Bad("a PDF of 31 pages", lambda: papers.pdf(31), KEPT, ["unreadable"], "application/pdf"),
    Bad("a PDF of 30 pages", lambda: papers.pdf(30), KEPT, READABLE, "application/pdf"),
    Bad("a PDF without a page", lambda: papers.pdf(0), KEPT, ["unreadable"], "application/pdf"),
    Bad("a PDF of one huge page", lambda: papers.pdf(side=10**8), KEPT, EITHER, "application/pdf"),
    Bad("a PDF with a script", _pdf_with(b"/OpenAction << /S /JavaScript /JS (app.alert) >>"),
        KEPT, EITHER, "application/pdf"),
    Bad("the head of a PDF", lambda: b"%PDF-1.7\n" + bytes(50), KEPT, ["unreadable"]),
    Bad("half a PDF", lambda: papers.pdf(5)[:300], KEPT, EITHER, "application/pdf"),
    Bad("a PDF of compressed zeros", lambda: papers.pdf() + zlib.compress(bytes(10**7)), KEPT,
        EITHER, "application/pdf"),
    Bad("an SVG with a script", lambda: papers.SVG, REFUSED, [], "image/png"),
    Bad("an SVG with its own type", lambda: papers.SVG, REFUSED, [], "image/svg+xml"),
    Bad("a page with a script", lambda: b"<!doctype html><script>alert(1)</script>", REFUSED),
    Bad("a Word file", papers.zipped, REFUSED),
    Bad("a Word file with its own type", papers.zipped, REFUSED, [], "application/msword"),
    Bad("a GIF", _gif, REFUSED),
    Bad("a TIFF", lambda: _of("TIFF"), REFUSED),
    Bad("a WebP", lambda: _of("WEBP"), REFUSED),
    Bad("a BMP", lambda: _of("BMP"), REFUSED),
    Bad("a program", lambda: b"\x7fELF" + bytes(200), REFUSED),
    Bad("EICAR", lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        REFUSED),
    Bad("a script with the head of a PDF behind it", lambda: b"<script>" + papers.pdf(), REFUSED),
    Bad("an entity bomb", lambda: b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>' * 9, REFUSED),
    Bad("a hostile name", papers.jpeg, [201, 422], EITHER, "image/jpeg", '"><img src=x>.jpg'),
    Bad("a path as name", papers.jpeg, [201, 422], EITHER, "image/jpeg", "../../../etc/cron.d/x"),
    Bad("a header as name", papers.jpeg, [201, 422], EITHER, "image/jpeg", "a\r\nSet-Cookie: x=1"),
    Bad("a Vietnamese name", papers.jpeg, KEPT, READABLE, "image/jpeg", "Giấy ủy quyền 2.jpg"),
    *(
        Bad(f"a good file with changed bytes, seed {seed}", _mutated(seed), [*KEPT, *REFUSED],
            EITHER)
        for seed in range(30)
    ),
]  # fmt: skip
"""Every file of the catalogue."""
