"""Photos and PDFs for tests: good ones, and those that people and attackers really send."""

import base64
import io
import struct
import zipfile
import zlib

from PIL import Image

HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAAB4AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABo"
    "dmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEA"
    "GEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAA"
    "AwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMI"
    "CAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAACZtZGF0AAAAGigBrxmA9wkZvo0Ike4fkU2qZj7N+NIcFDKe"
)
"""A gradient of 96 × 64 pixels."""


def picture(width=320, height=240, mode="RGB"):
    """A gradient, dark at the top."""
    grey = Image.linear_gradient("L").resize((width, height))
    if mode == "I;16":
        return Image.frombytes(
            mode, grey.size, b"".join(bytes((0, value)) for value in grey.tobytes())
        )
    return grey.convert(mode)


def jpeg(width=320, height=240, *, orientation=None, note=b""):
    """A JPEG, with an EXIF orientation and a private note in its EXIF when asked for."""
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    if note:
        exif[0x010E] = note.decode()
    out = io.BytesIO()
    picture(width, height).save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def png(width=320, height=240, mode="RGB"):
    """A PNG of any mode."""
    out = io.BytesIO()
    picture(width, height, mode).save(out, "PNG")
    return out.getvalue()


def png_bomb(edge=30_000):
    """A hundred kilobytes that claim to be `edge` × `edge` pixels."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", edge, edge, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(100_000_000), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def pdf(pages=1, *, side=200, trailer=b""):
    """A PDF of empty pages, written by hand; `trailer` adds entries such as /Encrypt."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        *(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] >>" % (side, side)
            for _ in range(pages)
        ),
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


LOCK = (
    b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"28" * 32 + b"> /U <" + b"11" * 32
    + b"> >> /ID [<00> <00>]"
)  # fmt: skip
"""Makes a PDF ask for a password."""


def zipped():
    """A zip archive, as Office files are."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
