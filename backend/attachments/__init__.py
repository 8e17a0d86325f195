"""Attachments (giấy tờ nộp kèm): receive bytes by offset, prove, keep sealed, check, hand out.

This room knows no dossiers: callers hand in the dossier's id and open key, and have decided that
the caller may. A file is acknowledged when its bytes are safe on the disk and its row is stored;
whether it opens is found out right afterwards, in the workshop.
"""

from backend.attachments.actions.keeping import (
    delete,
    forget,
    forget_but,
    offset,
    on_arrival,
    read,
    receive,
    states,
    sweep,
)
from backend.attachments.actions.viewing import (
    MOST_JOINED,
    joined,
    may_be_joined,
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
    NotJoined,
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
    "NotJoined",
    "OffsetConflict",
    "delete",
    "forget",
    "forget_but",
    "joined",
    "may_be_joined",
    "offset",
    "on_arrival",
    "read",
    "receive",
    "states",
    "sweep",
    "view",
]
