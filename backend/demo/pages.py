"""Draw the pages of the pretend systems: one frame, one small style sheet, no script."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path

from litestar import MediaType, Response, get

STYLE = (Path(__file__).parent / "pages.css").read_bytes()
_VIETNAM = timezone(timedelta(hours=7))

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action *; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

_MARK = (
    '<svg class="top__mark" viewBox="0 0 36 36" aria-hidden="true"><path fill="currentColor" '
    'd="M3 14 18 4l15 10v3H3zM6 19h4v10H6zM13 19h4v10h-4zM19 19h4v10h-4z'
    'M26 19h4v10h-4zM3 31h30v3H3z"/></svg>'
)


def frame(title: str, *, system: str, body: str) -> str:
    """Return a whole page; `title` is plain text, `body` is HTML whose values were escaped."""
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{text(title)} – {text(system)}</title>
<link rel="stylesheet" href="/pages.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#noi-dung">Đến nội dung chính</a>
<header class="top">
<div class="top__row">{_MARK}<p class="top__name"><a href="/">{text(system)}</a></p></div>
<p class="top__pretend">Chỉ để trình diễn, không có tiền thật và hồ sơ thật</p>
</header>
<main class="page" id="noi-dung">
{body}
</main>
</body>
</html>
"""


def answer(page: str, *, status: int = 200) -> Response[str]:
    """Answer with a page that may not be kept, framed or given a script."""
    return Response(page, status_code=status, media_type=MediaType.HTML, headers=_HEADERS)


def text(value: object) -> str:
    """Escape a value for the text or an attribute of a page."""
    return escape(str(value))


def dong(amount: int) -> str:
    """Write an amount as citizens read it: 24.000 đ, with a no-break space."""
    return f"{amount:,}".replace(",", ".") + "\u00a0đ"


def moment(at: datetime) -> str:
    """Write a moment as citizens read it, in Vietnam's time."""
    return at.astimezone(_VIETNAM).strftime("%H:%M:%S ngày %d/%m/%Y")


def facts(pairs: Mapping[str, str]) -> str:
    """List names and values; the values are HTML."""
    rows = "".join(
        f"<div><dt>{text(name)}</dt><dd>{value}</dd></div>" for name, value in pairs.items()
    )
    return f'<dl class="facts">{rows}</dl>'


@get("/pages.css", media_type="text/css", sync_to_thread=False, include_in_schema=False)
def style() -> bytes:
    """Hand out the one style sheet."""
    return STYLE
