"""The citizen's side over HTTP: the own dossier under its key, and the lost key."""

from typing import Any

from backend.intake.routes import draft, files, lost, own, receipts

handlers: list[Any] = [
    *own.handlers,
    *files.handlers,
    *draft.handlers,
    *lost.handlers,
    *receipts.handlers,
]
