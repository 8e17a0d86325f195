"""Photos (ảnh chụp giấy tờ): checked cheaply before they are decoded, copied without their past."""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager

import pi_heif
from PIL import Image, ImageOps

from backend.platform.workshop.stamping import stamped
from backend.platform.workshop.unreadable import CannotRead

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # our own limit stands before every decoding

_KINDS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "HEIF": "heic"}
_TAKEN = ("JPEG", "PNG", "HEIF")
_QUALITY = 80
_REDUCED = 8
_EASY_PIXELS = 12_000_000
_LONGEST_EDGE = 30_000


def check(blob: bytes, *, most_pixels: int) -> tuple[str, int, int]:
    """Decode a photo as cheaply as it can be proven whole; gives kind, width, height.

    A JPEG is decoded at an eighth of its scale, which still walks through all of its data.
    """
    with _opened(blob, most_pixels) as photo:
        width, height = photo.size
        photo.draft("RGB", (width // _REDUCED, height // _REDUCED))
        photo.load()
        return _KINDS[str(photo.format)], width, height


def view_copy(blob: bytes, *, edge: int, most_pixels: int, stamp: str = "") -> bytes:
    """Make an upright JPEG of at most `edge` pixels, without EXIF, place or preview."""
    with _opened(blob, most_pixels) as photo:
        photo.draft("RGB", (edge, edge))
        small = _thinned(photo)
        small.thumbnail((edge, edge), Image.Resampling.BICUBIC, reducing_gap=2.0)
        return as_jpeg(ImageOps.exif_transpose(small), stamp=stamp)


def as_jpeg(picture: Image.Image, *, stamp: str = "") -> bytes:
    """Write pixels as a JPEG that carries nothing else but a stamp; transparent ones get white."""
    if picture.has_transparency_data:
        over = Image.new("RGBA", picture.size, "white")
        over.alpha_composite(picture.convert("RGBA"))
        picture = over
    pixels = Image.new("RGB", picture.size)
    pixels.paste(picture.convert("RGB"))
    if stamp:
        pixels = stamped(pixels, stamp)
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _thinned(photo: Image.Image) -> Image.Image:
    """Bring rare kinds of pixels to usual ones, huge pictures first to every n-th pixel.

    Shrinking well needs a second copy in memory, which 50 million pixels with alpha do not leave.
    """
    step = math.ceil(math.sqrt(photo.width * photo.height / _EASY_PIXELS))
    if step > 1 and photo.mode != "RGB":
        size = (photo.width // step, photo.height // step)
        photo = photo.resize(size, Image.Resampling.NEAREST)
    if photo.mode.startswith("I"):
        photo = photo.point(lambda value: value / 256).convert("L")
    return photo.convert("RGBA") if photo.mode in {"P", "1"} else photo


@contextmanager
def _opened(blob: bytes, most_pixels: int) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(blob), formats=_TAKEN) as photo:
            _refuse_bomb(photo.size, most_pixels)
            yield photo
    except CannotRead:
        raise
    except MemoryError:
        raise CannotRead("memory") from None
    except Exception:  # noqa: BLE001 - decoders of other people's bytes raise what they like
        raise CannotRead("damaged") from None


def _refuse_bomb(size: tuple[int, int], most_pixels: int) -> None:
    """Refuse by what the head says, before a single pixel is made."""
    if size[0] * size[1] > most_pixels or max(size) > _LONGEST_EDGE:
        raise CannotRead("too-many-pixels")
