"""The book of a pretend provider: orders, refunds, and the notices that are still owed.

One SQLite connection; a file survives a kill, so that a notice which was owed is sent after the
next start, as real providers do. Without a file everything stays in memory.
"""

import sqlite3
from pathlib import Path

import msgspec

from backend.demo.providers.protocol import Order, Refund

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (ref TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refunds (code TEXT PRIMARY KEY, ref TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tasks (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  body TEXT NOT NULL,
  due REAL NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  outcome TEXT
);
CREATE TABLE IF NOT EXISTS numbers (last INTEGER NOT NULL);
"""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Something still to do: tell how an order stood (`notice`), settle one, finish a refund."""

    id: int
    kind: str
    about: str
    body: str
    due: float
    tries: int
    outcome: str | None = None


class Book:
    """The book of one pretend provider; `path` None keeps it in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_TABLES)

    def number(self, now: float) -> str:
        """Give 15 digits that were never given before: hundredths of milliseconds, or one more."""
        row = self._database.execute("SELECT max(last) AS last FROM numbers").fetchone()
        number = max(int(now * 1000) * 100, (row["last"] or 0) + 1)
        self._database.execute("INSERT INTO numbers (last) VALUES (?)", (number,))
        return str(number)

    def order(self, ref: str) -> Order | None:
        """Give one order."""
        row = self._database.execute("SELECT body FROM orders WHERE ref = ?", (ref,)).fetchone()
        return msgspec.json.decode(row["body"], type=Order) if row else None

    def orders(self, *, last: int) -> list[Order]:
        """Give the last orders, newest first."""
        rows = self._database.execute(
            "SELECT body FROM orders ORDER BY rowid DESC LIMIT ?", (last,)
        )
        return [msgspec.json.decode(row["body"], type=Order) for row in rows]

    def paid_by(self, txn: str) -> Order | None:
        """Give the order that a movement of money paid."""
        row = self._database.execute(
            "SELECT body FROM orders WHERE body ->> 'txn' = ? AND body ->> 'paid' > 0", (txn,)
        ).fetchone()
        return msgspec.json.decode(row["body"], type=Order) if row else None

    def keep(self, order: Order) -> None:
        """Write an order as it now stands."""
        self._database.execute(
            "INSERT INTO orders (ref, body) VALUES (?, ?)"
            " ON CONFLICT (ref) DO UPDATE SET body = excluded.body",
            (order.ref, msgspec.json.encode(order).decode()),
        )

    def refund(self, code: str) -> Refund | None:
        """Give one refund."""
        row = self._database.execute("SELECT body FROM refunds WHERE code = ?", (code,)).fetchone()
        return msgspec.json.decode(row["body"], type=Refund) if row else None

    def refunds(self, ref: str) -> list[Refund]:
        """Give the refunds of an order, oldest first."""
        rows = self._database.execute(
            "SELECT body FROM refunds WHERE ref = ? ORDER BY rowid", (ref,)
        )
        return [msgspec.json.decode(row["body"], type=Refund) for row in rows]

    def keep_refund(self, refund: Refund) -> None:
        """Write a refund as it now stands."""
        self._database.execute(
            "INSERT INTO refunds (code, ref, body) VALUES (?, ?, ?)"
            " ON CONFLICT (code) DO UPDATE SET body = excluded.body",
            (refund.code, refund.ref, msgspec.json.encode(refund).decode()),
        )

    def owe(self, kind: str, about: str, body: str, *, due: float) -> None:
        """Put something on the list of what is to do."""
        self._database.execute(
            "INSERT INTO tasks (kind, about, body, due) VALUES (?, ?, ?, ?)",
            (kind, about, body, due),
        )

    def due(self, now: float) -> list[Task]:
        """Give what is to do now, in the order in which it became due."""
        rows = self._database.execute(
            "SELECT * FROM tasks WHERE outcome IS NULL AND due <= ? ORDER BY due, id LIMIT 100",
            (now,),
        )
        return [Task(**dict(row)) for row in rows]

    def tasks(self, about: str) -> list[Task]:
        """Give everything that was owed about one order, done or not."""
        rows = self._database.execute("SELECT * FROM tasks WHERE about = ? ORDER BY id", (about,))
        return [Task(**dict(row)) for row in rows]

    def finish(self, task: Task, outcome: str) -> None:
        """Strike a task off, with the words that say how it ended."""
        self._database.execute(
            "UPDATE tasks SET outcome = ?, tries = tries + 1 WHERE id = ?", (outcome, task.id)
        )

    def postpone(self, task: Task, *, due: float) -> None:
        """Try a task again later."""
        self._database.execute(
            "UPDATE tasks SET due = ?, tries = tries + 1 WHERE id = ?", (due, task.id)
        )

    def hasten(self, about: str, *, due: float) -> None:
        """Bring forward what was held back about one order."""
        self._database.execute(
            "UPDATE tasks SET due = ? WHERE about = ? AND outcome IS NULL", (due, about)
        )
