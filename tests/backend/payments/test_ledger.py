"""The ledger says what the money did, to the đồng, whatever happens in whatever order."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import payments
from backend.payments.model import ledger as book
from backend.payments.model.refunds import shares
from backend.payments.model.states import Back, Fact, kept, standing
from backend.payments.store import ledger
from backend.platform import db
from tests.backend.payments.conftest import ACCOUNT, AMOUNT, NOON, WARD

HOLDER = f"bank_notice:{ACCOUNT}"
TRY = UUID(int=1)


async def balances():
    found = await db.rows(
        "SELECT account, CAST(SUM(amount) AS BIGINT) AS amount FROM ledger"
        " GROUP BY account HAVING SUM(amount) <> 0"
    )
    return {one["account"]: one["amount"] for one in found}


async def test_a_fee_is_charged_when_it_is_opened_and_paid_by_what_came(house):
    dossier = await house.dossier()
    owed = await balances()

    await house.hear(house.transfer(await house.code(dossier)))

    assert owed == {"receivable": AMOUNT, "fees": -AMOUNT}
    assert await balances() == {"collected": AMOUNT, "fees": -AMOUNT}


async def test_money_of_nobody_stands_in_suspense_under_its_account(house):
    await house.hear(house.transfer("khong ma", amount=7_000))

    assert await balances() == {"collected": 7_000, "suspense": -7_000}
    (line,) = await db.rows("SELECT holder FROM ledger WHERE account = 'suspense'")
    assert line["holder"] == HOLDER


async def test_short_money_is_held_and_a_second_payment_is_to_be_given_back(house):
    code = await house.code(await house.dossier())

    await house.hear(house.transfer(code, amount=1_000, txn=1))
    held = await balances()
    await house.hear(house.transfer(code, txn=2))
    await house.hear(house.transfer(code, txn=3))

    assert held["received"] == -1_000
    assert (await balances())["give_back"] == -(AMOUNT + 1_000)
    assert await house.surplus() == AMOUNT + 1_000


async def test_cash_stands_in_the_till_and_a_card_slip_does_not(house):
    for kind, slip in (("cash", None), ("pos", "0001")):
        await payments.collect(
            await house.dossier(), kind=kind, amount=AMOUNT, slip_number=slip,
            by="officer:lan", now=house.now,
        )  # fmt: skip

    told = await balances()
    assert (told["till"], told["collected"]) == (AMOUNT, AMOUNT)


async def test_what_is_written_is_never_changed(house):
    await house.dossier()

    with pytest.raises(Exception, match="never changed"):
        await db.execute("UPDATE ledger SET amount = 1")


async def test_an_entry_that_does_not_balance_is_refused(house):
    line = book.Line(account="fees", holder=WARD, amount=1)

    with pytest.raises(db.TransactionBroken, match="does not balance"):
        await ledger.add(UUID(int=1), "fold", [line], now=NOON)


async def test_the_audit_finds_what_is_missing_in_the_ledger(house):
    await house.hear(house.transfer("khong ma", amount=7_000))
    before = await payments.audit()
    line = book.Line(account="till", holder=WARD, amount=5)

    await ledger.add(UUID(int=9), "money", book.pair(line, book.Line(
        account="suspense", holder=WARD, amount=-5)), now=NOON)  # fmt: skip
    found = await payments.audit()

    assert (before.right, before.drift) == (True, 0)
    assert (found.right, found.drift) == (False, 10)
    await _take_back(line)


async def _take_back(line):
    """Write the entry that makes the audit of the fixture right again."""
    await ledger.add(UUID(int=10), "money", book.pair(
        book.Line(account="suspense", holder=WARD, amount=line.amount),
        book.Line(account=line.account, holder=WARD, amount=-line.amount)), now=NOON)  # fmt: skip


async def test_the_audit_finds_a_surplus_without_a_refund(house):
    code = await house.code(await house.dossier())
    for txn in (1, 2):
        await house.hear(house.transfer(code, txn=txn))

    await db.execute("UPDATE refunds SET state = 'withdrawn'")
    found = await payments.audit()
    await db.execute("UPDATE refunds SET state = 'requested'")

    assert (found.drift, len(found.uncovered)) == (0, 1)


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_drifts_in_a_history_of_chance(house, seed):
    chance = Random(seed)
    owed = [await house.dossier() for _ in range(3)]
    codes = [await house.code(one) for one in owed]
    for step in range(30):
        memo = chance.choice([*codes, "khong ma", " ".join(codes[:2])])
        amount = chance.choice([AMOUNT, AMOUNT, AMOUNT - 1_000, AMOUNT + 500])
        await house.hear(house.transfer(memo, amount=amount, txn=chance.randrange(20)))
        if step % 11 == 10:
            await payments.cancel(chance.choice(owed), now=house.now)
        house.later(minutes=1)

    found = await payments.audit()
    assert (found.unbalanced, found.gaps, found.uncovered) == ([], [], [])
    assert found.obligations == 3


facts = st.lists(
    st.builds(
        Fact,
        attempt=st.just(TRY),
        movement=st.sampled_from("abcd"),
        kind=st.sampled_from(["payment", "payment", "reversal"]),
        amount=st.sampled_from([AMOUNT, 1_000, 30_000]),
    ),
    max_size=6,
    unique_by=lambda fact: (fact.movement, fact.kind),
)


@given(facts, st.sampled_from(["open", "exempt", "cancelled"]), st.sampled_from(["exact", "sum"]))
def test_the_accounts_of_an_obligation_always_explain_its_money(history, basis, counting):
    where = standing(basis, AMOUNT, history, counting=counting, back=Back())
    told = book.balances(basis, AMOUNT, where, history, given_back=0, refused=0)

    raw = sum(fact.amount if fact.kind == "payment" else -fact.amount for fact in history)
    assert sum(told.values()) == -raw


@given(facts, st.integers(0, 60_000), st.sampled_from([0, AMOUNT]))
def test_a_surplus_is_shared_out_to_the_last_dong(history, missing, keep):
    parts = shares(kept(history), keep=keep, taken={}, missing=missing)

    assert sum(amount for _, amount in parts) == missing
    for fact, amount in parts:
        assert fact is None or 0 < amount <= fact.amount
    if keep and any(fact.amount == keep for fact in kept(history)):
        used = [fact.movement for fact, _ in parts if fact is not None]
        assert len(used) < len(kept(history)) or not used
