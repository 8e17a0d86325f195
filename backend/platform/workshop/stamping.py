"""Purpose stamps (dấu mục đích sử dụng): words all over a view copy, so that it serves one end."""

import math
from functools import lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

_FACE = files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-SemiBold.ttf"
_COLOUR = (150, 30, 30)
_STRENGTH = 90
_SLANT = 30
_SMALLEST = 9
_OF_THE_LONGER_SIDE = 48
_LINES_APART = 7


def stamped(picture: Image.Image, words: str) -> Image.Image:
    """Write words aslant all over a picture, so faintly that the paper can still be read."""
    size = max(_SMALLEST, max(picture.size) // _OF_THE_LONGER_SIDE)
    side = math.ceil(math.hypot(*picture.size))
    ink = Image.new("L", (side, side))
    pen = ImageDraw.Draw(ink)
    line = f"{words}   "
    wide = max(1, int(pen.textlength(line, font=_font(size))))
    for row, top in enumerate(range(0, side, size * _LINES_APART)):
        for left in range(-(row % 2) * wide // 2, side, wide):
            pen.text((left, top), line, font=_font(size), fill=_STRENGTH)
    left, top = (side - picture.width) // 2, (side - picture.height) // 2
    box = (left, top, left + picture.width, top + picture.height)
    over = ink.rotate(_SLANT, Image.Resampling.BILINEAR).crop(box)
    picture.paste(Image.new("RGB", picture.size, _COLOUR), mask=over)
    return picture


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FACE), size)
