"""The demo's past adds up: what wards took of a day is the bank's file and the tills."""
# ruff: noqa: S311 - an invented past

import os
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest

from backend import fee_receipts, payments
from backend.app import opened
from backend.demo import folder
from backend.demo.bank import statement
from backend.demo.bank.ledger import Ledger
from backend.demo.past import DISTRICT, PACE, SEED, Past, plan
from backend.platform import db, outbox
from backend.platform.keys import make_keys_file
from backend.platform.kit.clock import VIETNAM
from payment_adapters.contract import Statement

NOW = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)


@pytest.fixture
async def house(tmp_path, database_url):
    """The demo's own settings, with a clock that stands still, and nothing in it yet."""
    demo = folder.DemoFolder(tmp_path, host="127.0.0.1", ports=(8000, 8001, 8002))
    make_keys_file(tmp_path / "keys.toml", random=os.urandom)
    (tmp_path / "settings.toml").write_text(folder._toml(demo._settings(demo._kept())))
    environ = demo.environment() | {"MOTCUA_DATABASE_URL": database_url}
    async with opened(environ, clock=lambda: NOW) as made:
        outbox.connect({})
        yield made


def busiest():
    """The day of the demo's past with most dossiers, and those."""
    planned = list(plan(NOW, Random(SEED)))
    days = Counter(at.astimezone(VIETNAM).date() for _, at, _ in planned)
    day, _many = days.most_common(1)[0]
    return day, [one for one in planned if one[1].astimezone(VIETNAM).date() == day]


async def lived(house):
    """The busiest day as it was, from its first dossier to its closed tills."""
    past, (day, planned) = Past(house), busiest()
    for unit, at, chance in planned:
        await past.one(unit, at, chance)
    await past.tills.close_before(day + timedelta(days=1))
    return past, day


async def test_a_day_of_the_demos_past_is_closed_against_the_banks_file_and_adds_up(house):
    past, day = await lived(house)
    bank = Ledger(house.settings.data / "bank.sqlite3")
    bank.enter_all(past.movements)
    since = datetime.combine(day, time.min, tzinfo=VIETNAM)
    found = bank.movements_between(since.timestamp(), (since + timedelta(days=1)).timestamp())

    made = await payments.close_day(
        "bank_notice", Statement(name="sao-ke.csv", body=statement.as_csv(found)), day=day,
        unit=DISTRICT, units=(DISTRICT, *PACE), by="officer:ketoan", adapters=house.adapters,
        vault=house.vault, random=house.random, now=house.clock(),
    )  # fmt: skip

    assert {one.verdict for one in made.lines} == {"matched"}
    assert (made.difference, len(made.lines)) == (0, len(past.movements))
    shown = await db.rows("SELECT SUM(paid) AS sum FROM obligations")
    cash = await db.rows("SELECT SUM(amount) AS sum FROM money_events WHERE adapter = 'counter'")
    assert {one.told for one in past.movements} == {"heard"}
    by_file = sum(one.amount for one in past.movements)
    assert min(by_file, cash[0]["sum"]) > 0
    assert shown[0]["sum"] == by_file + cash[0]["sum"]
    assert (await payments.audit()).right


async def test_each_paid_fee_of_the_demos_past_has_its_receipt_of_that_day(house):
    _past, day = await lived(house)

    fees = await db.rows("SELECT dossier, settled_at, paid FROM obligations WHERE state = 'paid'")
    written = Counter()
    for fee in fees:
        shelf = await fee_receipts.of_dossier(fee["dossier"])
        assert {one.state for one in shelf.receipts} == {"issued"}
        assert {one.issued_at for one in shelf.receipts} == {fee["settled_at"]}
        assert sum(one.amount for one in shelf.receipts) == fee["paid"]
        written += Counter(one.issued_at.astimezone(VIETNAM).date() for one in shelf.receipts)

    assert set(written) == {day}
    assert written.total() >= len(fees) > 0


async def test_the_receipts_of_the_demos_past_are_numbered_as_their_money_came(house):
    await lived(house)

    rows = await db.rows(
        "SELECT unit, form, number FROM fee_receipts ORDER BY unit, form, issued_at"
    )
    books = {(one["unit"], one["form"]) for one in rows}
    for book in books:
        numbers = [int(one["number"]) for one in rows if (one["unit"], one["form"]) == book]
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(books) > 1
    assert await db.rows("SELECT id FROM fee_receipts WHERE state = 'wanted'") == []
