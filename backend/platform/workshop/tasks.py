"""What the child can do; each task takes a payload and bytes, and gives a map and bytes."""

from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import Any

import msgspec
from msgspec import Struct

from backend.platform.workshop import pdfs, photos, typesetting
from backend.platform.workshop.unreadable import CannotRead

__all__ = ["TASKS", "CannotRead"]

Made = tuple[dict[str, Any], bytes]


class Limits(Struct):
    """What a citizen's file may be; the caller's list of limits decides."""

    pixels: int = 50_000_000
    pages: int = 30


class View(Struct):
    """How a view copy shall be: `edge` is its longest side in pixels, `page` counts from 1.

    `stamp` are words that stand all over it.
    """

    edge: int = 1600
    page: int = 1
    stamp: str = ""


class Pictures(Struct):
    """Where one picture ends and the next begins: the sizes of JPEGs that lie end to end."""

    sizes: list[int]


def check_photo(payload: object, blob: bytes) -> Made:
    """Say what a file is, or that it cannot be read: `{kind, width, height, pages}`."""
    limits = msgspec.convert(payload or {}, Limits)
    if pdfs.is_pdf(blob):
        pages = pdfs.check(blob, most_pages=limits.pages)
        return {"kind": "pdf", "width": 0, "height": 0, "pages": pages}, b""
    kind, width, height = photos.check(blob, most_pixels=limits.pixels)
    return {"kind": kind, "width": width, "height": height, "pages": 1}, b""


def view_copy(payload: object, blob: bytes) -> Made:
    """Make the JPEG that officers see: upright, small, nothing of the original but its pixels."""
    view = msgspec.convert(payload or {}, View)
    if pdfs.is_pdf(blob):
        return pdf_page(payload, blob)
    pixels = Limits().pixels
    made = photos.view_copy(blob, edge=view.edge, most_pixels=pixels, stamp=view.stamp)
    return {"pages": 1}, made


def pdf_page(payload: object, blob: bytes) -> Made:
    """Draw one page of a PDF as a JPEG: `{pages}` says how many there are."""
    view = msgspec.convert(payload or {}, View)
    pages, picture = pdfs.page(
        blob, number=view.page, edge=view.edge, most_pages=Limits().pages, stamp=view.stamp
    )
    return {"pages": pages}, picture


def join_pages(payload: object, blob: bytes) -> Made:
    """Join view copies, given end to end, to one PDF of A4 pages."""
    ends = list(accumulate(msgspec.convert(payload, Pictures).sizes))
    pictures = [blob[start:end] for start, end in pairwise([0, *ends])]
    return {"pages": len(pictures)}, pdfs.joined(pictures)


def typeset(payload: object, _blob: bytes) -> Made:
    """Typeset a template of ours with data: `{template, data, at?}` gives a PDF."""
    return {}, typesetting.pdf(msgspec.convert(payload, typesetting.Sheet))


TASKS: dict[str, Callable[[object, bytes], Made]] = {
    "check_photo": check_photo,
    "view_copy": view_copy,
    "pdf_page": pdf_page,
    "join_pages": join_pages,
    "typeset": typeset,
}
