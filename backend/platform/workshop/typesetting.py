"""PDFs of ours (biên nhận, giấy hẹn, tờ dán): typst templates filled with data, in PDF/A-2b.

A template lies below `backend/` and reads its data as JSON, so that nothing a citizen typed is
ever part of the program:

    #let data = json(bytes(sys.inputs.data))
"""

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst
from msgspec import Struct

_ROOT = Path(__file__).parents[2]


class Sheet(Struct, forbid_unknown_fields=True):
    """What to typeset: a template's path below `backend/`, its data, and the date it carries."""

    template: str
    data: dict[str, object]
    at: int | None = None


def pdf(sheet: Sheet) -> bytes:
    """Typeset a sheet; the same sheet with the same date gives the same bytes."""
    template = (_ROOT / sheet.template).resolve()
    if not template.is_relative_to(_ROOT) or template.suffix != ".typ":
        raise ValueError(f"no template of ours: {sheet.template}")
    made = _compiler().compile(
        template,
        format="pdf",
        sys_inputs={"data": json.dumps(sheet.data, ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=sheet.at,
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """Keep one compiler alive: fonts are read once, a later sheet takes milliseconds."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(files("fontpkg_be_vietnam_pro") / "files")],
    )
    return typst.Compiler(root=_ROOT, font_paths=fonts)
