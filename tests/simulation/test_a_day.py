"""An auditor samples a day: paid fees, the ledger, and the bank's file with its differences.

J13: the sum of what dossiers show as paid is the provider's file, less and plus what is listed.
"""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

import csv
import io
from collections import Counter
from random import Random

from backend import payments
from backend.payments.store import ledger
from backend.platform import db, outbox
from backend.platform.keys import make_keys
from backend.platform.vault import Vault
from payment_adapters.contract import Statement
from tests.backend.payments.conftest import ACCOUNT, AMOUNT, SEPAY, TABLES, House

COLUMNS = {
    "moment": "Ngày", "credit": "Ghi có", "memo": "Nội dung", "reference": "Số tham chiếu"
}  # fmt: skip
BANK = {
    "enabled": True, "dialect": "sepay", "hmac_secret": SEPAY, "name_by": "reference",
    "account": ACCOUNT, "statement": COLUMNS,
}  # fmt: skip
TOLD, LOST, NOT_IN_THE_FILE = "told", "lost", "not in the file"


class Day:
    """A day at the bank: what came, and whether we were told of it."""

    def __init__(self, house):
        self.house, self.lines = house, []

    async def transfer(self, memo, amount, fate=TOLD):
        number = len(self.lines) + 1
        self.lines.append((f"FT{number:05d}", amount, memo, fate))
        if fate != LOST:
            told = self.house.transfer(memo, amount=amount, txn=number, reference=f"FT{number:05d}")
            assert await self.house.hear(told) == 200

    def file(self):
        """Write the bank's file, with a title above and what went out in between."""
        text = io.StringIO()
        rows = csv.writer(text)
        rows.writerow(COLUMNS.values())
        for ref, amount, memo, fate in self.lines:
            if fate != NOT_IN_THE_FILE:
                rows.writerow(["22/11/2026 12:00:00", f"{amount:,}".replace(",", "."), memo, ref])
        return Statement(name="sao-ke.csv", body=text.getvalue().encode())


async def a_day(house):
    """Many pay, some twice, too little, without text, unheard of, or at the counter."""
    day, dossiers = Day(house), [await house.dossier() for _ in range(12)]
    codes = [await house.code(one) for one in dossiers]
    for number, code in enumerate(codes[:8]):
        await day.transfer(f"CT {code}", AMOUNT, LOST if number in {2, 5} else TOLD)
    await day.transfer(f"CT {codes[0]}", AMOUNT)
    await day.transfer(f"CT {codes[8]}", AMOUNT - 1_000)
    await day.transfer("CT hoc phi", 7_000)
    await day.transfer(f"CT {codes[9]}", AMOUNT, NOT_IN_THE_FILE)
    await payments.collect(
        dossiers[10], kind="cash", amount=AMOUNT, slip_number=None, by="officer:lan", now=house.now
    )
    return day, dossiers


async def test_what_is_paid_is_the_banks_file_less_and_plus_what_is_listed(database):
    outbox.connect({})
    vault = Vault(make_keys(random=Random(1).randbytes))
    house = House(vault, tables={**TABLES, "bank_notice": BANK})
    day, dossiers = await a_day(house)

    adapter, ctx = house.adapters.find("bank_notice"), house.adapters.context("bank_notice")
    said = {one.seen.txn: one.seen.amount for one in adapter.statement(ctx, day.file())}
    events = await db.rows("SELECT txn, amount FROM money_events WHERE adapter = 'bank_notice'")
    ours = {one["txn"]: one["amount"] for one in events}
    missing_with_us = {txn: amount for txn, amount in said.items() if txn not in ours}
    missing_with_them = {txn: amount for txn, amount in ours.items() if txn not in said}
    shown = sum([(await payments.of_dossier(one))[0].paid for one in dossiers])
    held: Counter[str] = Counter()
    for one in await ledger.by_holder():
        held[one["account"]] += one["amount"]

    assert (sorted(missing_with_us), sorted(missing_with_them)) == (
        ["FT00003", "FT00006"],
        ["FT00012"],
    )
    by_file = sum(said.values()) - sum(missing_with_us.values()) + sum(missing_with_them.values())
    assert shown == by_file + held["till"] - 7_000  # the last belongs to no dossier yet
    assert (held["collected"], held["till"], held["suspense"]) == (by_file, AMOUNT, -7_000)
    assert (await payments.audit()).right
