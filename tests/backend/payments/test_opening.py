"""Books that were kept before there was a ledger are in it as they stood, to the đồng."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from backend import payments
from backend.platform import db
from backend.platform.db import migrations, open_database
from tests.conftest import ON_POSTGRESQL, _named, _on_server

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
DUE = 24_000
WARD = "om-long-hung"


@pytest.fixture
async def before(migrated, tmp_path):
    """A database as it was before the ledger, on the engine of this run."""
    url, name = f"sqlite:///{tmp_path / 'old.db'}", f"old_{uuid4().hex}"
    if ON_POSTGRESQL:
        await _on_server(f"CREATE DATABASE {name}")
        url = _named(name)
    opened = await open_database(url)
    steps = migrations.discover()
    await migrations.apply(opened, [one for one in steps if one.number < 13])
    yield opened, steps
    await opened.close()
    if ON_POSTGRESQL:
        await _on_server(f"DROP DATABASE {name} WITH (FORCE)")


async def owed(number, *, basis="open", state="open", paid=()):
    """Keep an obligation with the money that was posted to it, as the tables were then."""
    dossier, obligation, attempt = (UUID(int=number * 10 + part) for part in range(3))
    await db.execute(
        "INSERT INTO dossiers (id, procedure, version, unit, channel, example, state, rev,"
        " created_at, changed_at, key_hash, wrapped_key, sealed)"
        " VALUES ({}, 'p', 'v', {}, 'online', 0, 'draft', 1, {}, {}, {}, {}, {})",
        dossier, WARD, NOW, NOW, dossier.bytes, b"w", b"s",
    )  # fmt: skip
    await db.execute(
        "INSERT INTO obligations (id, dossier, unit, procedure, basis, state, amount, paid, lines,"
        " opened_at) VALUES ({}, {}, {}, 'p', {}, {}, {}, {}, '[]', {})",
        obligation, dossier, WARD, basis, state, DUE, sum(paid), NOW,
    )  # fmt: skip
    await db.execute(
        "INSERT INTO payment_attempts (id, obligation, adapter, state, code, provider_ref, account,"
        " amount, description, created_at)"
        " VALUES ({}, {}, 'vietqr', 'succeeded', {}, {}, '', {}, '', {})",
        attempt, obligation, attempt.hex, attempt.hex, DUE, NOW,
    )  # fmt: skip
    for place, amount in enumerate(paid):
        event = await came(number * 100 + place, amount)
        await db.execute(
            "INSERT INTO postings (event, obligation, attempt, at) VALUES ({}, {}, {}, {})",
            event, obligation, attempt, NOW,
        )  # fmt: skip
    return obligation


async def came(number, amount, *, adapter="bank_notice", txn=None, kind="payment"):
    event = UUID(int=number * 2 + (kind == "reversal"))
    await db.execute(
        "INSERT INTO money_events (id, adapter, account, txn, kind, status, amount, provider_ref,"
        " codes, unit, received_at)"
        " VALUES ({}, {}, '0123', {}, {}, 'succeeded', {}, '', '', {}, {})",
        event, adapter, txn or str(number), kind, amount, WARD, NOW,
    )  # fmt: skip
    return event


async def back(obligation, amount, *, state="requested"):
    await db.execute(
        "INSERT INTO refunds (id, obligation, amount, state, at) VALUES ({}, {}, {}, {}, {})",
        UUID(int=obligation.int + amount), obligation, amount, state, NOW,
    )  # fmt: skip


async def test_everything_that_stood_in_the_books_is_in_the_ledger(before):
    opened, steps = before
    await owed(1)
    await owed(2, state="paid", paid=[DUE])
    second = await owed(3, state="refund_due", paid=[DUE, 1_000])
    await back(second, 1_000)
    await back(second, 7, state="withdrawn")
    ended = await owed(4, basis="cancelled", state="refund_due", paid=[DUE])
    await back(ended, DUE)
    await owed(5, paid=[DUE - 1])
    await owed(6, basis="nothing_due", state="nothing_due")
    await came(900, 5_000)
    await came(901, 6_000, adapter="counter", txn="cash:1")
    await came(902, 700, txn="t")
    await came(902, 700, txn="t", kind="reversal")

    await migrations.apply(opened, steps)
    found = await payments.audit()

    assert (found.unbalanced, found.gaps, found.uncovered) == ([], [], [])
    assert (found.obligations, found.drift) == (6, 0)
    refunds = await db.rows("SELECT reason, state FROM refunds ORDER BY amount")
    assert [(one["reason"], one["state"]) for one in refunds] == [
        ("second", "withdrawn"), ("second", "requested"), ("ended", "requested"),
    ]  # fmt: skip
