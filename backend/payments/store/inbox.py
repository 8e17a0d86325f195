"""Queries about notices as they came."""

from datetime import datetime
from uuid import UUID

from backend.payments.store.rows import InboxRow
from backend.platform import db


async def receive(row: InboxRow) -> None:
    """Keep a notice as it came."""
    await db.insert("notices_inbox", row, conflict="id")


async def judge(inbox: UUID, verdict: str) -> None:
    """Write what became of a notice."""
    await db.execute("UPDATE notices_inbox SET verdict = {} WHERE id = {}", verdict, inbox)


async def unread(*, before: datetime, most: int) -> list[InboxRow]:
    """List notices that nobody finished with: a crash came in between."""
    found = await db.rows(
        "SELECT * FROM notices_inbox WHERE verdict IS NULL AND at < {} ORDER BY at LIMIT {}",
        before, most,
    )  # fmt: skip
    return [InboxRow(**one) for one in found]


async def forget_refused(*, before: datetime) -> int:
    """Delete what was refused long ago."""
    return await db.execute(
        "DELETE FROM notices_inbox WHERE verdict IN ('bad_signature', 'malformed') AND at < {}",
        before,
    )


async def forget(inbox: UUID) -> None:
    """Delete one refused notice."""
    await db.execute("DELETE FROM notices_inbox WHERE id = {}", inbox)
