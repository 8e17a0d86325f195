"""PDF papers: counted, refused when locked, drawn page by page; nothing in them ever runs."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from backend.platform.workshop.photos import as_jpeg
from backend.platform.workshop.unreadable import CannotRead

_MAGIC = b"%PDF-"
_NOT_LOCKED = -1
_TINY = 64
_LARGEST_SIDE = 14_400
_A4 = (595.276, 841.89)
_MARGIN = 17


def is_pdf(blob: bytes) -> bool:
    """Tell by its first bytes."""
    return blob.startswith(_MAGIC)


def check(blob: bytes, *, most_pages: int) -> int:
    """Count the pages and draw the first one very small; CannotRead says what is wrong."""
    with _opened(blob, most_pages) as document:
        _drawn(document, 1, _TINY)
        return len(document)


def page(
    blob: bytes, *, number: int, edge: int, most_pages: int, stamp: str = ""
) -> tuple[int, bytes]:
    """Draw one page as a JPEG of at most `edge` pixels; gives the number of pages too."""
    with _opened(blob, most_pages) as document:
        if not 1 <= number <= len(document):
            raise CannotRead("no-such-page")
        return len(document), _drawn(document, number, edge, stamp)


def joined(pictures: Sequence[bytes]) -> bytes:
    """Join JPEGs to one PDF, each whole on an A4 page of its own, upright or lying as it is."""
    document = pypdfium2.PdfDocument.new()
    try:
        for picture in pictures:
            _add(document, picture)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()


def _add(document: pypdfium2.PdfDocument, picture: bytes) -> None:
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(picture), inline=True)
    width, height = image.get_px_size()
    if not (width and height):
        raise CannotRead("damaged")
    wide, high = _A4 if height >= width else _A4[::-1]
    scale = min((wide - 2 * _MARGIN) / width, (high - 2 * _MARGIN) / height)
    place = pypdfium2.PdfMatrix().scale(width * scale, height * scale)
    image.set_matrix(place.translate((wide - width * scale) / 2, (high - height * scale) / 2))
    sheet = document.new_page(wide, high)
    sheet.insert_obj(image)
    sheet.gen_content()


def _drawn(document: pypdfium2.PdfDocument, number: int, edge: int, stamp: str = "") -> bytes:
    sheet = document[number - 1]
    width, height = sheet.get_size()
    if not (0 < width <= _LARGEST_SIDE and 0 < height <= _LARGEST_SIDE):
        raise CannotRead("damaged")
    bitmap = sheet.render(scale=edge / max(width, height))
    return as_jpeg(bitmap.to_pil(), stamp=stamp)


@contextmanager
def _opened(blob: bytes, most_pages: int) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(blob)
    except pypdfium2.PdfiumError as fault:
        locked = "assword" in str(fault)
        raise CannotRead("locked" if locked else "damaged") from None
    try:
        if raw.FPDF_GetSecurityHandlerRevision(document) != _NOT_LOCKED:
            raise CannotRead("locked")
        if not 1 <= len(document) <= most_pages:
            raise CannotRead("too-many-pages" if len(document) else "damaged")
        yield document
    except pypdfium2.PdfiumError:
        raise CannotRead("damaged") from None
    finally:
        document.close()
