"""Procedures (thủ tục hành chính): read from `procedures/`, checked, versioned, published.

`load` and `remember_versions` once at start; then `get` judges dossiers, `listing` finds, `public`
and `example` give what the PWA and acceptance programs take. `check`, `untranslated` and
`print_findings` are the linter behind `motcua check-procedures`.
"""

from backend.catalogue.actions import (
    NoExample,
    UnknownProcedure,
    check,
    example,
    get,
    listing,
    load,
    offered,
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
from backend.catalogue.model.listing import Listed

__all__ = [
    "Answers",
    "Listed",
    "NoExample",
    "PaperWanted",
    "People",
    "Person",
    "Procedure",
    "Quote",
    "QuoteLine",
    "UnknownProcedure",
    "check",
    "example",
    "get",
    "listing",
    "load",
    "offered",
    "packed",
    "print_findings",
    "public",
    "recall",
    "remember_versions",
    "untranslated",
    "write_generated",
]
