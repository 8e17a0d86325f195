"""A receipt is cancelled or replaced with a reason; both stay, and one of sixteen wins."""

import asyncio
from uuid import uuid4

import pytest

from backend import fee_receipts
from backend.fee_receipts import Clerk, NoReceiptNow, ReceiptDecided
from backend.fee_receipts.actions.deciding import Voided, void
from backend.fee_receipts.actions.following import PAYER
from backend.platform.kit.errors import NotFound
from tests.backend.fee_receipts.test_following import RACERS, Shaky, money_line


async def step(money, verb, row, *, seen=None, clerk=None, **more):
    return await verb(
        row.id, seen=row.rev if seen is None else seen, reason="Sai tên người nộp",
        by="officer:minh", clerk=clerk or money.house.clerk, now=money.house.now, **more,
    )  # fmt: skip


async def test_a_cancelled_receipt_stays_and_is_not_written_again_by_itself(money):
    await money.cash()
    (row,) = await money.receipts()

    await step(money, fee_receipts.cancel, row)
    await money.follow()

    (there,) = await money.receipts()
    assert (there.state, there.number, there.ended_by) == ("cancelled", "0000001", "officer:minh")
    assert "Sai tên".encode() not in there.reason


async def test_a_replaced_receipt_stays_and_the_new_one_has_the_next_number(money):
    await money.cash()
    (row,) = await money.receipts()

    made = await step(money, fee_receipts.replace, row, payer="Trần Văn Đúng")

    old, new = await money.receipts()
    assert (old.state, old.number) == ("replaced", "0000001")
    assert (new.id, new.state, new.number, new.replaces) == (made, "issued", "0000002", old.id)


async def test_the_new_receipt_has_the_corrected_name_and_else_the_old_one(money):
    await money.cash()
    (row,) = await money.receipts()

    await step(money, fee_receipts.replace, row, payer="Trần Văn Đúng")
    second = (await money.receipts())[-1]
    await step(money, fee_receipts.replace, second)

    key = await money.house._key_of(money.dossier)
    names = [key.open(PAYER, one.payer).decode() for one in await money.receipts()]
    assert names[1:] == ["Trần Văn Đúng"] * 2
    assert names[0] != names[1]


async def test_of_sixteen_replacements_at_once_one_takes_a_number(money):
    await money.cash()
    (row,) = await money.receipts()

    ends = await asyncio.gather(
        *(step(money, fee_receipts.replace, row) for _ in range(RACERS)), return_exceptions=True
    )

    assert [type(one) for one in ends].count(ReceiptDecided) == RACERS - 1
    assert await money.stand() == [
        ("phi", "replaced", "0000001"), ("phi", "issued", "0000002"),
    ]  # fmt: skip


async def test_after_a_change_of_the_fee_the_new_receipt_says_what_was_kept(money):
    await money.quote()
    await money.cash(22_000)
    await money.restate((money_line(),))
    held = (await money.receipts())[0]

    with pytest.raises(NoReceiptNow):
        await step(money, fee_receipts.replace, held)
    await step(money, fee_receipts.cancel, held)

    assert (await money.stand())[0] == ("phi", "cancelled", "0000001")


async def test_no_receipt_replaces_one_whose_money_has_gone(money):
    await money.cash()
    await money.tell("reversal")
    (row,) = await money.receipts()

    with pytest.raises(NoReceiptNow):
        await step(money, fee_receipts.replace, row)

    assert (await money.stand()) == [("phi", "on_hold", "0000001")]


async def test_an_old_reading_and_an_ended_receipt_are_refused(money):
    await money.cash()
    (row,) = await money.receipts()

    with pytest.raises(ReceiptDecided):
        await step(money, fee_receipts.cancel, row, seen=row.rev + 1)
    await step(money, fee_receipts.cancel, row)
    for verb in (fee_receipts.cancel,):
        with pytest.raises(ReceiptDecided):
            await step(money, verb, row, seen=row.rev + 1)


async def test_a_cancelled_receipt_is_replaced_when_an_officer_says_so(money):
    await money.cash()
    (row,) = await money.receipts()
    await step(money, fee_receipts.cancel, row)

    await step(money, fee_receipts.replace, (await money.receipts())[0])

    assert [one[1:] for one in await money.stand()] == [
        ("replaced", "0000001"), ("issued", "0000002"),
    ]  # fmt: skip


async def test_an_issuer_that_is_down_numbers_the_new_receipt_later(money):
    await money.cash()
    (row,) = await money.receipts()
    clerk = Clerk(issuer=Shaky("down"), vault=money.house.vault)

    await step(money, fee_receipts.replace, row, clerk=clerk)
    waiting = (await money.stand())[-1]
    await money.house.work()

    assert waiting == ("phi", "wanted", None)
    assert (await money.stand())[-1] == ("phi", "issued", "0000002")


async def test_the_issuer_hears_of_what_is_void_with_the_reason(money):
    await money.cash()
    (row,) = await money.receipts()
    issuer = Shaky()
    clerk = Clerk(issuer=issuer, vault=money.house.vault)

    await step(money, fee_receipts.cancel, row, clerk=clerk)
    await void(Voided(money.dossier, row.id), clerk=clerk)

    assert issuer.voided == [(row.id, "Sai tên người nộp")]


async def test_a_receipt_that_is_not_there_is_not_found(money):
    with pytest.raises(NotFound):
        await fee_receipts.cancel(
            uuid4(), seen=0, reason="x", by="officer:minh", clerk=money.house.clerk,
            now=money.house.now,
        )  # fmt: skip
