"""Queries about the ledger: entries are added, balances are summed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from backend.payments.model.ledger import Line
from backend.platform import db

Cause = Literal["money", "match", "move", "fold", "refund"]
_SUM = "CAST(SUM(amount) AS BIGINT)"


async def add(entry: UUID, cause: Cause, lines: Sequence[Line], *, now: datetime) -> None:
    """Add an entry (bút toán); its lines sum to 0 and it is written once, or it is no entry."""
    if not lines:
        return
    if sum(line.amount for line in lines):
        raise db.TransactionBroken("an entry of the ledger that does not balance")
    values = [
        (entry, number, cause, line.account, line.holder, line.obligation, line.amount, now)
        for number, line in enumerate(lines)
    ]
    rows = ", ".join("({}, {}, {}, {}, {}, {}, {}, {})" for _ in values)
    await db.execute(
        "INSERT INTO ledger (entry, line, cause, account, holder, obligation, amount, at)"
        f" VALUES {rows}",
        *(value for row in values for value in row),
    )


async def balances(obligation: UUID) -> dict[str, int]:
    """Sum the accounts of an obligation."""
    found = await db.rows(
        f"SELECT account, {_SUM} AS amount FROM ledger WHERE obligation = {{}} GROUP BY account",
        obligation,
    )
    return {one["account"]: one["amount"] for one in found}


async def unbalanced(*, most: int = 100) -> list[UUID]:
    """List entries whose lines do not sum to 0: there are none, or a row was lost."""
    found = await db.rows(
        "SELECT entry FROM ledger GROUP BY entry HAVING SUM(amount) <> 0 LIMIT {}", most
    )
    return [one["entry"] for one in found]


async def by_holder() -> list[dict[str, Any]]:
    """Sum the accounts that no obligation has, by whose they are."""
    return await db.rows(
        f"SELECT account, holder, {_SUM} AS amount FROM ledger"
        " WHERE obligation IS NULL OR account = 'given_back' GROUP BY account, holder"
    )


async def came() -> list[dict[str, Any]]:
    """Sum the movements themselves, by where they came to; `unplaced` belongs to nobody."""
    signed = "CASE e.kind WHEN 'payment' THEN e.amount ELSE -e.amount END"
    return await db.rows(
        "SELECT e.adapter, e.account,"
        " CASE WHEN e.adapter = 'counter' AND e.txn LIKE 'cash:%' THEN 1 ELSE 0 END AS cash,"
        f" CAST(SUM({signed}) AS BIGINT) AS amount,"
        f" CAST(SUM(CASE WHEN p.event IS NULL THEN {signed} ELSE 0 END) AS BIGINT) AS unplaced"
        " FROM money_events e LEFT JOIN placed p ON p.event = e.id"
        " WHERE e.status = 'succeeded' GROUP BY 1, 2, 3"
    )


async def unmatched_refunds() -> list[dict[str, Any]]:
    """Sum refunds of money that belongs to no obligation, by where it came to and their state."""
    return await db.rows(
        "SELECT e.adapter, e.account, r.state, CAST(SUM(r.amount) AS BIGINT) AS amount"
        " FROM refunds r JOIN money_events e ON e.id = r.event"
        " WHERE r.obligation IS NULL GROUP BY 1, 2, 3"
    )


async def given_back() -> list[dict[str, Any]]:
    """Sum what was given back of obligations' money, by where it had come to."""
    return await db.rows(
        "SELECT COALESCE(e.adapter, '') AS adapter, COALESCE(e.account, r.unit) AS account,"
        " CAST(SUM(r.amount) AS BIGINT) AS amount"
        " FROM refunds r LEFT JOIN money_events e ON e.id = r.event"
        " WHERE r.state IN ('succeeded', 'confirmed') GROUP BY 1, 2"
    )
