"""The citizen's side over HTTP: the own dossier under its key, and the lost key."""

from typing import Any

from backend.intake.routes import lost, own

handlers: list[Any] = [*own.handlers, *lost.handlers]
