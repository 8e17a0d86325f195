"""HTTP of the officer's desk: dossiers and posters, and the money."""

from typing import Any

from backend.workbench.routes import closes, desk, money, receipts, shifts

handlers: list[Any] = [
    *desk.handlers,
    *money.handlers,
    *receipts.handlers,
    *shifts.handlers,
    *closes.handlers,
]
