"""Files (tệp): the contract of a file store and its local implementation, sealed and durable."""

from backend.platform.files.contract import (
    START,
    Damaged,
    FileName,
    FileStore,
    Mark,
    WrongHash,
)
from backend.platform.files.local import LocalFiles

__all__ = [
    "START",
    "Damaged",
    "FileName",
    "FileStore",
    "LocalFiles",
    "Mark",
    "WrongHash",
]
