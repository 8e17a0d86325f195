"""Photos of papers, as phones make them: large, lying on their side, each another one."""

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw

LYING = 6
"""EXIF orientation: the phone was held upright, the sensor lies on its side."""


def photo_of_paper(
    folder: Path, name: str, *, seed: int = 1, width: int = 1600, height: int = 1200
) -> Path:
    """Write a JPEG of a written sheet, lying on its side with EXIF orientation 6."""
    chance = random.Random(seed)  # noqa: S311 - strokes on a picture, not a secret
    sheet = Image.new("RGB", (width, height), (214, 206, 190))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((width // 20, height // 20, width * 19 // 20, height * 19 // 20), (247, 246, 240))
    for line in range(26):
        left = width // 10 + line * width // 33
        for stroke in range(chance.randrange(8, 22)):
            top = height // 9 + stroke * height // 30
            pen.rectangle((left, top, left + width // 90, top + height // 40), (40, 40, 60))
    exif = Image.Exif()
    exif[0x0112] = LYING
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=82, exif=exif)
    path = folder / f"{name}.jpg"
    path.write_bytes(out.getvalue())
    return path
