"""The pretend bank's books (sổ ngân hàng giả định): movements, payments, and what is still to do.

One SQLite connection; a file survives a kill, so that a notice which was owed is still sent after a
restart, as real banks do. Without a file everything stays in memory.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

Telling = Literal["yes", "late", "never", "unwatched", "heard"]
"""Whether the account's holder is told: now, later, never; nobody listens; or it has long been."""

TaskKind = Literal["sepay", "sandbox", "settle", "reverse"]

_TABLES = """
CREATE TABLE IF NOT EXISTS movements (
  id INTEGER PRIMARY KEY,
  at REAL NOT NULL,
  bank TEXT NOT NULL,
  account TEXT NOT NULL,
  amount INTEGER NOT NULL,
  content TEXT NOT NULL,
  reference TEXT NOT NULL,
  told TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS payments (ref TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tasks (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  body TEXT NOT NULL,
  due REAL NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  outcome TEXT
);
CREATE INDEX IF NOT EXISTS tasks_due ON tasks (due) WHERE outcome IS NULL;
"""


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came onto an account (biến động số dư)."""

    id: int
    at: float
    bank: str
    account: str
    amount: int
    content: str
    reference: str
    told: Telling = "yes"


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment of the sandbox, and what became of it."""

    merchant: str
    ref: str
    amount: int
    description: str
    return_url: str
    notice_url: str
    expires_at: datetime
    payee: str = ""
    script: str
    status: Literal["open", "pending", "paid", "failed", "reversed"] = "open"
    paid: int | None = None
    txn: str | None = None
    at: datetime | None = None
    code: str = ""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is still to do: a notice to send, a payment to settle."""

    id: int
    kind: TaskKind
    about: str
    body: dict[str, object]
    due: float
    tries: int


class Ledger:
    """The books of one pretend bank; `path` None keeps them in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_TABLES)

    def new_movement_id(self, now: float) -> int:
        """Return a number that was never given before: milliseconds, or one more than the last."""
        row = self._database.execute("SELECT max(id) AS last FROM movements").fetchone()
        return max(int(now * 1000), (row["last"] or 0) + 1)

    def enter(self, movement: Movement) -> None:
        """Write a movement into the books."""
        self.enter_all([movement])

    def enter_all(self, movements: Iterable[Movement]) -> None:
        """Write movements into the books, all or none."""
        self._database.execute("BEGIN IMMEDIATE")
        with self._database:
            self._database.executemany(
                "INSERT INTO movements (id, at, bank, account, amount, content, reference, told)"
                " VALUES (:id, :at, :bank, :account, :amount, :content, :reference, :told)",
                [msgspec.to_builtins(one) for one in movements],
            )

    def movement(self, number: int) -> Movement | None:
        """Return one movement."""
        row = self._database.execute("SELECT * FROM movements WHERE id = ?", (number,)).fetchone()
        return Movement(**dict(row)) if row else None

    def movements(self, limit: int = 50) -> list[Movement]:
        """Return the last movements, newest first."""
        rows = self._database.execute(
            "SELECT * FROM movements ORDER BY id DESC LIMIT ?", (limit,)
        ).fetchall()
        return [Movement(**dict(row)) for row in rows]

    def movements_between(self, since: float, until: float) -> list[Movement]:
        """Return the movements of a span, in their order."""
        rows = self._database.execute(
            "SELECT * FROM movements WHERE at >= ? AND at < ? ORDER BY id", (since, until)
        ).fetchall()
        return [Movement(**dict(row)) for row in rows]

    def balance(self, account: str) -> int:
        """Return what an account holds."""
        row = self._database.execute(
            "SELECT coalesce(sum(amount), 0) AS sum FROM movements WHERE account = ?", (account,)
        ).fetchone()
        return int(row["sum"])

    def payment(self, ref: str) -> Payment | None:
        """Return one payment of the sandbox."""
        row = self._database.execute("SELECT body FROM payments WHERE ref = ?", (ref,)).fetchone()
        return msgspec.json.decode(row["body"], type=Payment) if row else None

    def keep(self, payment: Payment) -> None:
        """Write a payment of the sandbox as it now stands."""
        self._database.execute(
            "INSERT INTO payments (ref, body) VALUES (?, ?)"
            " ON CONFLICT (ref) DO UPDATE SET body = excluded.body",
            (payment.ref, msgspec.json.encode(payment)),
        )

    def add_task(self, kind: TaskKind, about: str, body: dict[str, object], *, due: float) -> None:
        """Put something on the list of what is to do."""
        self._database.execute(
            "INSERT INTO tasks (kind, about, body, due) VALUES (?, ?, ?, ?)",
            (kind, about, json.dumps(body, ensure_ascii=False), due),
        )

    def due(self, now: float) -> list[Task]:
        """Return what is to do now, in the order in which it became due."""
        rows = self._database.execute(
            "SELECT id, kind, about, body, due, tries FROM tasks"
            " WHERE outcome IS NULL AND due <= ? ORDER BY due, id LIMIT 100",
            (now,),
        ).fetchall()
        return [Task(**dict(row) | {"body": json.loads(row["body"])}) for row in rows]

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
        """Bring forward what was held back for one movement."""
        self._database.execute(
            "UPDATE tasks SET due = ? WHERE about = ? AND outcome IS NULL", (due, about)
        )

    def words_about(self, about: str) -> list[str]:
        """Say how far the notices of one movement or payment are."""
        rows = self._database.execute(
            "SELECT tries, outcome FROM tasks WHERE about = ? AND kind IN ('sepay', 'sandbox')"
            " ORDER BY id",
            (about,),
        )
        return [row["outcome"] or f"đang chờ, đã thử {row['tries']} lần" for row in rows]
