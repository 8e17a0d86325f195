"""Photos of papers, as phones make them: large, lying on their side, each another one."""

import io
import random
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

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


AUTHORISATION = """\
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
GIẤY ỦY QUYỀN
Tôi tên là Nguyễn Thị Bé Tư, sinh ngày 01 tháng 02 năm 1999,
cư trú tại khu vực Thới Hòa, phường Long Hưng, thành phố Cần Thơ.
Nay ủy quyền cho ông Trần Văn Lành thay mặt tôi nộp hồ sơ
cấp bản sao trích lục khai sinh tại Ủy ban nhân dân phường.
Việc ủy quyền này có hiệu lực kể từ ngày ký cho đến khi
người được ủy quyền nhận xong kết quả và giao lại cho tôi.
Hai bên đã đọc lại, hiểu rõ và cùng ký tên dưới đây.
Long Hưng, ngày 17 tháng 11 năm 2026"""
"""Invented, like everybody in it."""

_MM = 13
_MARGIN = 26
_TWELVE_POINTS = 55


def photo_of_letters(folder: Path, name: str, *, blur: float = 0, light: float = 1) -> Path:
    """Write a 12-megapixel photo of a page printed in 12 points, lying on its side.

    `blur` is the radius in pixels of the photo, `light` a share of good light.
    """
    sheet = Image.new("RGB", (3000, 4000), (196, 188, 170))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((110, 110, 2890, 3890), (247, 246, 240))
    face = files("fontpkg_be_vietnam_pro") / "files" / "BeVietnamPro-Regular.ttf"
    font = ImageFont.truetype(str(face), _TWELVE_POINTS)
    for line, words in enumerate(AUTHORISATION.splitlines()):
        place = (110 + _MARGIN * _MM, 110 + _MARGIN * _MM + line * 2 * _TWELVE_POINTS)
        pen.text(place, words, font=font, fill=(40, 40, 60))
    seen = sheet.filter(ImageFilter.GaussianBlur(blur)).point(lambda value: int(value * light))
    exif = Image.Exif()
    exif[0x0112] = LYING
    path = folder / f"{name}.jpg"
    seen.transpose(Image.Transpose.ROTATE_90).save(path, "JPEG", quality=90, exif=exif)
    return path
