"""Attachments (giấy tờ nộp kèm): receive bytes by offset, prove, keep sealed, check, hand out.

This room knows no dossiers: callers hand in the dossier's id and open key, and have decided that
the caller may. A file is acknowledged when its bytes are safe on the disk and its row is stored;
whether it opens is found out right afterwards, in the workshop.
"""

from backend.attachments.actions import (
    MOST_JOINED,
    delete,
    forget,
    forget_but,
    joined,
    offset,
    on_arrival,
    read,
    receive,
    states,
    sweep,
    view,
)
from backend.attachments.jobs import Checker
from backend.attachments.model import (
    LIMITS,
    MEDIA_TYPES,
    FileChecked,
    FileState,
    FileUnreadable,
    FileWanted,
    HashMismatch,
    OffsetConflict,
)

__all__ = [
    "LIMITS",
    "MEDIA_TYPES",
    "MOST_JOINED",
    "Checker",
    "FileChecked",
    "FileState",
    "FileUnreadable",
    "FileWanted",
    "HashMismatch",
    "OffsetConflict",
    "delete",
    "forget",
    "forget_but",
    "joined",
    "offset",
    "on_arrival",
    "read",
    "receive",
    "states",
    "sweep",
    "view",
]
