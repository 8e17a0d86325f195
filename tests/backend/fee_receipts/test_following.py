"""Receipts follow the money: one for each fee and kind, whatever is told twice, lost or late."""

import asyncio

import pytest
from msgspec.structs import replace

from backend import payments
from backend.fee_receipts import Clerk, jobs
from backend.fee_receipts.actions import following
from backend.fee_receipts.issuers import NotNow, OwnBooks
from backend.platform import db
from backend.platform.settings import Receipts
from tests.backend.fee_receipts.conftest import BOOKS
from tests.backend.fee_receipts.kit import wanted

FIRST = [("phi", "issued", "0000001")]
LE_PHI = ("le_phi", "issued", "0000001")
RACERS = 16
LAST = 9_999_999


class Shaky(OwnBooks):
    """Our own books on a bad line: `moods` says what happens, call by call."""

    def __init__(self, *moods):
        super().__init__(BOOKS)
        self.moods = list(moods)
        self.voided = []

    async def issue(self, wanted):
        mood = self.moods.pop(0) if self.moods else "well"
        if mood == "down":
            raise NotNow("no answer")
        given = await super().issue(wanted)
        if mood == "lost":
            raise NotNow("the answer was lost")
        return given

    async def void(self, receipt, *, reason):
        self.voided.append((receipt, reason))


async def test_a_paid_fee_gets_its_receipt(money):
    await money.cash()

    (row,) = await money.receipts()
    assert await money.stand() == FIRST
    assert (row.amount, row.form, row.series) == (8_000, "01BLP2-001", "AA-26E")


async def test_an_unpaid_fee_gets_none(money):
    await money.house.work()
    await money.follow()

    assert await money.stand() == []


async def test_phi_and_le_phi_have_receipts_of_their_own(money):
    await money.quote()
    await money.cash(22_000)

    assert await money.stand() == [*FIRST, LE_PHI]
    assert [one.amount for one in await money.receipts()] == [6_000, 16_000]


async def test_followed_again_nothing_changes(money):
    await money.cash()

    for _ in range(3):
        await money.follow()

    assert await money.stand() == FIRST


async def test_sixteen_followers_at_once_write_one_receipt(money):
    await took_cash(money)

    await asyncio.gather(*(money.follow() for _ in range(RACERS)))

    assert await money.stand() == FIRST
    assert await db.rows("SELECT number FROM receipt_numbers") == [{"number": 1}]


async def test_a_ward_without_a_book_gets_none_and_later_none_for_what_has_paper(money):
    settings = money.house.settings
    money.house.settings = replace(settings, receipts=Receipts())
    await money.cash()

    money.house.settings = settings
    await following.follow_waiting(clerk=money.house.clerk, now=money.house.now)

    assert await money.stand() == []


async def test_a_receipt_waits_while_its_book_is_full_and_is_written_into_the_next(money):
    settings = money.house.settings
    money.house.settings = with_books(settings, *(replace(one, first=LAST) for one in BOOKS))
    clerk = money.house.clerk
    await fill(clerk)
    await money.cash()
    waiting = await money.stand()

    money.house.settings = with_books(settings, *(replace(one, series="AB") for one in BOOKS))
    await comes_round(money.house)

    assert waiting == [("phi", "wanted", None)]
    assert await money.stand() == FIRST


async def test_an_issuer_that_is_down_for_one_holds_up_no_other(money):
    clerk = Clerk(issuer=Shaky("down", "down"), vault=money.house.vault)
    await took_cash(money)
    with pytest.raises(NotNow):
        await money.follow(clerk)

    await following.follow_waiting(clerk=clerk, now=money.house.now)
    await following.follow_waiting(clerk=clerk, now=money.house.now)

    assert await money.stand() == FIRST


async def test_a_fee_that_changes_while_the_book_is_full_is_written_as_it_is_then(money):
    settings = money.house.settings
    money.house.settings = with_books(settings, *(replace(one, first=LAST) for one in BOOKS))
    await fill(money.house.clerk)
    await money.quote()
    await money.cash(22_000)
    await money.restate((replace(money_line(), quantity=1, amount=8_000),))

    money.house.settings = with_books(settings, *(replace(one, series="AB") for one in BOOKS))
    await following.follow_waiting(clerk=money.house.clerk, now=money.house.now)

    issued = [one for one in await money.receipts() if one.number]
    assert [(one.kind, one.amount) for one in issued] == [("le_phi", 8_000)]


async def comes_round(house):
    """Do the room's recurring work once."""
    for _seconds, work in jobs.recurring(house.clerk, clock=lambda: house.now).values():
        await work()


def with_books(settings, *books):
    return replace(settings, receipts=Receipts(books=books))


async def fill(clerk):
    """Take the last number of both books."""
    for kind in ("phi", "le_phi"):
        await clerk.issuer.issue(wanted(kind=kind))


async def took_cash(money):
    """Take the fee at the counter and do no job yet."""
    await payments.collect(
        money.dossier, kind="cash", amount=8_000, slip_number=None, by="officer:lan",
        now=money.house.now,
    )  # fmt: skip


def money_line():
    return payments.Line("Bản sao trích lục", "le_phi", 2, 8_000, 16_000, "NQ")


@pytest.mark.parametrize("mood", ["down", "lost"])
async def test_an_issuer_that_cannot_be_reached_is_asked_for_the_same_number(money, mood):
    clerk = Clerk(issuer=Shaky(mood, mood), vault=money.house.vault)
    await took_cash(money)

    for _ in range(2):
        with pytest.raises(NotNow):
            await money.follow(clerk)
    await money.follow(clerk)

    assert await money.stand() == FIRST
    assert await db.rows("SELECT number FROM receipt_numbers") == [{"number": 1}]


async def test_what_an_issuer_may_know_of_is_finished_and_held_when_the_money_has_gone(money):
    clerk = Clerk(issuer=Shaky("lost"), vault=money.house.vault)
    await took_cash(money)
    with pytest.raises(NotNow):
        await money.follow(clerk)

    await money.tell("reversal")

    assert await money.stand() == [("phi", "on_hold", "0000001")]


async def test_a_reversal_holds_the_receipt_and_money_that_comes_again_lets_it_go(money):
    await money.cash()

    await money.tell("reversal")
    held = await money.stand()
    await money.cash()

    assert held == [("phi", "on_hold", "0000001")]
    assert await money.stand() == FIRST


async def test_a_withdrawn_dossier_holds_the_receipt_of_the_money_that_is_given_back(money):
    await money.cash()

    await money.withdraw()

    assert await money.stand() == [("phi", "on_hold", "0000001")]


async def test_a_second_payment_that_is_given_back_leaves_the_receipt_alone(money):
    await money.cash()

    await money.tell("payment", txn="cash:again")

    obligation, _ = await payments.of_dossier(money.dossier)
    assert obligation.state == "refund_due"
    assert await money.stand() == FIRST


async def test_a_changed_quantity_holds_the_receipt(money):
    await money.quote()
    await money.cash(22_000)

    await money.restate((money_line(),))

    assert await money.stand() == [("phi", "on_hold", "0000001"), LE_PHI]


async def test_the_payers_name_stands_nowhere_in_the_open(money):
    await money.cash()

    manifest = money.phone.manifest
    name = (manifest.get("submitter") or manifest["owner"])["name"]
    rows = await db.rows("SELECT * FROM fee_receipts")
    journal = await db.rows("SELECT facts FROM audit")
    assert name.encode() not in b"".join(one for one in rows[0].values() if type(one) is bytes)
    assert name not in str(rows)
    assert name not in str(journal)
    assert [one["verb"] for one in await verbs()] == ["receipt_issue"]


async def verbs():
    return await db.rows("SELECT verb FROM audit WHERE verb LIKE 'receipt_%' ORDER BY id")
