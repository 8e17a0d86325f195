"""Procedures (thủ tục hành chính): read from `procedures/`, checked, versioned, published.

`load` and `remember_versions` once at start; then `get` judges dossiers, `listing` finds, `public`
and `example` give what the PWA and acceptance programs take. `check`, `untranslated` and
`print_findings` are the linter behind `motcua check-procedures`; `compare` says in words what
differs between two versions, `preview_text` and `preview_pdf` show a file before it is served.
"""

from backend.catalogue.actions.comparing import (
    NotComparable,
    Side,
    compare,
    print_comparison,
    side_of_path,
    side_of_version,
)
from backend.catalogue.actions.previewing import preview_pdf, preview_text
from backend.catalogue.actions.serving import (
    Listed,
    NoExample,
    UnknownProcedure,
    check,
    example,
    get,
    listing,
    load,
    packed,
    print_findings,
    public,
    recall,
    remember_versions,
    untranslated,
    write_generated,
)
from backend.catalogue.model import (
    Answers,
    PaperWanted,
    People,
    Person,
    Procedure,
    Quote,
    QuoteLine,
)

__all__ = [
    "Answers",
    "Listed",
    "NoExample",
    "NotComparable",
    "PaperWanted",
    "People",
    "Person",
    "Procedure",
    "Quote",
    "QuoteLine",
    "Side",
    "UnknownProcedure",
    "check",
    "compare",
    "example",
    "get",
    "listing",
    "load",
    "packed",
    "preview_pdf",
    "preview_text",
    "print_comparison",
    "print_findings",
    "public",
    "recall",
    "remember_versions",
    "side_of_path",
    "side_of_version",
    "untranslated",
    "write_generated",
]
