"""Shows a procedure file as citizens, officers and paper will show it (xem trước), offline."""

from pathlib import Path
from typing import Literal

import msgspec

from backend.catalogue.actions.comparing import NotComparable, read_file
from backend.catalogue.model import preview, preview_lines
from backend.catalogue.model.english import Language
from backend.platform.workshop import Workshop

TEMPLATE = "catalogue/templates/preview.typ"
Audience = Literal["citizen", "officer"]


def _sheet(path: Path, shared: Path, language: Language) -> preview.Sheet:
    reading = read_file(path, shared=shared)
    if reading.definition is None:
        raise NotComparable(f"Tệp {path} có chỗ sai.", reading.findings)
    return preview.sheet(reading.definition, language=language)


def preview_text(
    path: Path, *, audience: Audience, shared: Path, language: Language = "vi"
) -> list[str]:
    """Write a file as lines of text; raises NotComparable with every fault of it."""
    shown = _sheet(path, shared, language)
    return preview_lines.walk_through(shown) if audience == "citizen" else preview_lines.desk(shown)


async def preview_pdf(path: Path, *, shared: Path, language: Language = "vi") -> bytes:
    """Print a file as the form and checklist on paper; raises NotComparable."""
    data = msgspec.to_builtins(_sheet(path, shared, language))
    workshop = Workshop()
    try:
        _facts, pdf = await workshop.run("typeset", {"template": TEMPLATE, "data": data})
    finally:
        await workshop.close()
    return pdf
