"""Identity cards of invented people: their code, a photo of the card, a camera that sees it."""

import io
from pathlib import Path

import segno
from PIL import Image, ImageDraw

CARD = (
    "092199000123|361234567|Nguyễn Thị Bé Tư|01021999|Nữ|"
    "Khu vực 5, Châu Văn Liêm, Ô Môn, Cần Thơ|15062021"
)
_SCREEN = (640, 480)
_FRAMES = 4


def _code(text: str, module: int) -> Image.Image:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=module, border=4)
    return Image.open(out).convert("L")


def photo_of_card(
    folder: Path, text: str = CARD, *, scratched: bool = False, name: str = "the"
) -> Path:
    """Write a photo of a card, its code small in the corner; perhaps scratched through."""
    table = Image.new("RGB", (2400, 1600), (120, 96, 70))
    pen = ImageDraw.Draw(table)
    pen.rounded_rectangle((200, 150, 2200, 1410), 60, fill=(214, 230, 222))
    table.paste(_code(text, 7), (1640, 200))
    if scratched:
        pen.rectangle((1600, 330, 2150, 480), fill=(200, 200, 200))
    path = folder / f"{name}.jpg"
    table.rotate(4, expand=True, fillcolor=(120, 96, 70)).save(path, quality=85)
    return path


def film_of_card(folder: Path, text: str = CARD, *, scratched: bool = False) -> Path:
    """Write what a camera before the card sees, as Chromium's pretend camera reads it (Y4M)."""
    screen = Image.new("L", _SCREEN, 150)
    code = _code(text, 7)
    place = ((_SCREEN[0] - code.width) // 2, (_SCREEN[1] - code.height) // 2)
    screen.paste(code, place)
    if scratched:
        ImageDraw.Draw(screen).rectangle((0, 180, _SCREEN[0], 300), fill=200)
    grey = bytes([128]) * (_SCREEN[0] * _SCREEN[1] // 2)
    frame = b"FRAME\n" + screen.tobytes() + grey
    path = folder / "the.y4m"
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * _FRAMES)
    return path
