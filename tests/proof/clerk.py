"""The clerk in histories of money: writes receipts as the house does, and officers replace some.

The jobs are those that the house adds, done by the room's own handlers over the database, with the
issuer that numbers by books. Only who hands the jobs out is played; the real runner does it in
tests/simulation, with deaths in it as well.
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

import msgspec

from backend import fee_receipts, payments
from backend.catalogue import Quote, QuoteLine
from backend.dossiers import Private
from backend.dossiers.actions.reading import PRIVATE
from backend.dossiers.model.record import Person
from backend.fee_receipts import Clerk, NoReceiptNow, ReceiptDecided
from backend.fee_receipts import jobs as work
from backend.platform import db
from tests.backend.payments.conftest import WARD
from tests.proof.promises import History
from tests.proof.tellers import Ward

PAYER = msgspec.json.encode(Private(owner=Person(name="Nguyễn Thị Thử")))
LONGEST_LIFE = 40
"""One job of the clerk waits about so often; a death may fall on any of it."""


async def handed_in(house: Ward, fee: dict[str, int]) -> UUID:
    """Hand in a dossier that owes a fee of one kind or two, sealed as real ones are."""
    made = UUID(bytes=house.random(16), version=4)
    wrapped, key = house.vault.new_key(made)
    await db.execute(
        "INSERT INTO dossiers (id, procedure, version, unit, channel, example, state, rev,"
        " created_at, changed_at, key_hash, wrapped_key, sealed)"
        " VALUES ({}, '2.000635', 'v', {}, 'online', 0, 'draft', 1, {}, {}, {}, {}, {})",
        made, WARD, house.now, house.now, made.bytes, wrapped, key.seal(PRIVATE, PAYER),
    )  # fmt: skip
    lines = tuple(
        QuoteLine("Bản sao trích lục", kind, 1, amount, amount, "TT 281/2016")
        for kind, amount in fee.items()
    )
    quote = Quote("open", lines)
    await payments.open(made, quote, unit=WARD, procedure="2.000635", now=house.now)
    return made


async def next_job(dossier: UUID, clerk: Clerk, *, now: datetime) -> bool:
    """Do the next job about a dossier's receipts; False when there is none."""
    job = await db.row(
        "SELECT id, topic, payload FROM jobs WHERE lane = {} AND done_at IS NULL"
        " ORDER BY id LIMIT 1",
        f"fee_receipts:{dossier}",
    )
    if job is None:
        return False
    handlers = work.handlers(clerk, clock=lambda: now)
    await handlers[job["topic"]](str(job["payload"]).encode())
    await db.execute("UPDATE jobs SET done_at = {} WHERE id = {}", now, job["id"])
    return True


async def seen_by_officer(history: History) -> tuple[UUID, int] | None:
    """Read the first receipt that has a number, as an officer does who will replace it."""
    found = await db.row(
        "SELECT id, rev FROM fee_receipts WHERE dossier = {} AND state IN ('issued', 'on_hold')"
        " ORDER BY kind, seq LIMIT 1",
        history.dossier,
    )
    return (found["id"], found["rev"]) if found else None


async def replaces(house: Ward, receipt: UUID, seen: int) -> bool:
    """Let an officer replace a receipt as it was read; False when it was refused."""
    with suppress(NoReceiptNow, ReceiptDecided):
        await fee_receipts.replace(
            receipt, seen=seen, reason="Sai tên", by="officer:lan",
            clerk=house.clerk, now=house.now, payer="Trần Văn Thử",
        )  # fmt: skip
        return True
    return False


async def catch_up(clerk: Clerk, *, now: datetime) -> None:
    """Do every job about receipts that is left, as time alone would."""
    left = await db.rows(
        "SELECT DISTINCT lane FROM jobs WHERE lane LIKE 'fee_receipts:%' AND done_at IS NULL"
    )
    for one in left:
        dossier = UUID(one["lane"].partition(":")[2])
        while await next_job(dossier, clerk, now=now):
            pass
