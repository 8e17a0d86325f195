"""Procedures (thủ tục hành chính): read from `procedures/`, checked, versioned, published.

`load` and `remember_versions` once at start; then `get` judges dossiers, `listing` finds, `public`
and `example` give what the PWA and acceptance programs take. `check`, `untranslated` and
`print_findings` are the linter behind `motcua check-procedures`; `compare` says in words what
differs between two versions, `preview_text` and `preview_pdf` show a file before it is served.
`propose`, `approve`, `withdraw`, `roll_back` publish with two persons.
"""

from backend.catalogue.actions.checking import (
    check,
    print_findings,
    untranslated,
    write_generated,
)
from backend.catalogue.actions.comparing import (
    NotComparable,
    Side,
    compare,
    print_comparison,
    side_of_path,
    side_of_version,
)
from backend.catalogue.actions.importing import import_record
from backend.catalogue.actions.listing import listing, offered
from backend.catalogue.actions.previewing import preview_pdf, preview_text
from backend.catalogue.actions.publishing import (
    ROLES,
    approve,
    changes,
    changes_between,
    checked_source,
    propose,
    publication,
    publications,
    refuse_early,
    refuse_out_of_force,
    roll_back,
    withdraw,
)
from backend.catalogue.actions.serving import (
    NoExample,
    UnknownProcedure,
    example,
    get,
    hear_of_publications,
    load,
    packed,
    public,
    recall,
    remember_versions,
    served,
)
from backend.catalogue.actions.watching import watch
from backend.catalogue.model import (
    Answers,
    Applicant,
    PaperWanted,
    People,
    Person,
    Procedure,
    Quote,
    QuoteLine,
    Visit,
)
from backend.catalogue.model.english import Language
from backend.catalogue.model.importing import NotARecord
from backend.catalogue.model.listing import Listed
from backend.catalogue.model.publication import Publication, VersionClosed, VersionNotBegun

__all__ = [
    "ROLES",
    "Answers",
    "Applicant",
    "Language",
    "Listed",
    "NoExample",
    "NotARecord",
    "NotComparable",
    "PaperWanted",
    "People",
    "Person",
    "Procedure",
    "Publication",
    "Quote",
    "QuoteLine",
    "Side",
    "UnknownProcedure",
    "VersionClosed",
    "VersionNotBegun",
    "Visit",
    "approve",
    "changes",
    "changes_between",
    "check",
    "checked_source",
    "compare",
    "example",
    "get",
    "hear_of_publications",
    "import_record",
    "listing",
    "load",
    "offered",
    "packed",
    "preview_pdf",
    "preview_text",
    "print_comparison",
    "print_findings",
    "propose",
    "public",
    "publication",
    "publications",
    "recall",
    "refuse_early",
    "refuse_out_of_force",
    "remember_versions",
    "roll_back",
    "served",
    "side_of_path",
    "side_of_version",
    "untranslated",
    "watch",
    "withdraw",
    "write_generated",
]
