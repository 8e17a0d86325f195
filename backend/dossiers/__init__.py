"""Dossiers (hồ sơ): the record from draft to result, THE state machine, supplements.

People, answers and papers are sealed as one piece under the dossier's own key; `opened*` give it
with that key. Every change is one of MOVES (or a step that changes no state): `move` and the verbs
with a way of their own (`submit`, `ask_supplement`, `hand_in`) write row, timeline, audit and
event in one transaction, on the revision that the actor has seen.
"""

from backend.dossiers.actions.drafting import give_key, keep_draft, submit
from backend.dossiers.actions.moving import due_of, mark_received, move
from backend.dossiers.actions.reading import (
    Listed,
    Opened,
    Page,
    by_code,
    by_second_factor,
    get,
    inbox,
    next_of,
    office_of,
    opened,
    opened_by_key,
    private,
    timeline,
)
from backend.dossiers.actions.retention import delete_old_drafts, expire_supplements
from backend.dossiers.actions.supplementing import (
    answered,
    ask_supplement,
    hand_in,
    keep_answer,
    note_unreadable,
    supplement_receipt,
    supplements,
)
from backend.dossiers.model.events import (
    DossierMoved,
    DossierSubmitted,
    SupplementAnswered,
    SupplementAsked,
)
from backend.dossiers.model.record import (
    CODE_LENGTH,
    Channel,
    Consent,
    Dossier,
    Draft,
    PaperFiles,
    Private,
    Receipt,
    ReceiptFile,
    Step,
    Unsigned,
    local,
    payload,
)
from backend.dossiers.model.states import (
    ENDS,
    MOVES,
    OPEN_STATES,
    AlreadyAsked,
    NotAllowedNow,
    Stale,
    State,
)
from backend.dossiers.model.supplements import Answer, Item, NotAsked, Supplement, TooLate

__all__ = [
    "CODE_LENGTH",
    "ENDS",
    "MOVES",
    "OPEN_STATES",
    "AlreadyAsked",
    "Answer",
    "Channel",
    "Consent",
    "Dossier",
    "DossierMoved",
    "DossierSubmitted",
    "Draft",
    "Item",
    "Listed",
    "NotAllowedNow",
    "NotAsked",
    "Opened",
    "Page",
    "PaperFiles",
    "Private",
    "Receipt",
    "ReceiptFile",
    "Stale",
    "State",
    "Step",
    "Supplement",
    "SupplementAnswered",
    "SupplementAsked",
    "TooLate",
    "Unsigned",
    "answered",
    "ask_supplement",
    "by_code",
    "by_second_factor",
    "delete_old_drafts",
    "due_of",
    "expire_supplements",
    "get",
    "give_key",
    "hand_in",
    "inbox",
    "keep_answer",
    "keep_draft",
    "local",
    "mark_received",
    "move",
    "next_of",
    "note_unreadable",
    "office_of",
    "opened",
    "opened_by_key",
    "payload",
    "private",
    "submit",
    "supplement_receipt",
    "supplements",
    "timeline",
]
