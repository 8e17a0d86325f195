"""A dossier that was handed in, in a ward that has its books of receipts."""

from uuid import UUID

import pytest

from backend import catalogue, payments, places, qr
from backend.fee_receipts import store
from backend.fee_receipts.actions import following
from backend.payments import Line
from backend.platform import db
from backend.platform.settings import ReceiptBook, Receipts
from payment_adapters.contract import Observation
from tests.backend.citizens import MORNING, ROOT, WARD, House

BOOKS = tuple(
    ReceiptBook(
        unit=WARD, kind=kind, form=form, series="AA-26E", name="UBND phường Mẫu",
        tax_code="0100000000",
    )
    for kind, form in (("phi", "01BLP2-001"), ("le_phi", "01BLLP2-001"))
)  # fmt: skip
BOTH = (
    Line("Bản sao trích lục", "le_phi", 2, 8_000, 16_000, "NQ"),
    Line("Chứng thực", "phi", 3, 2_000, 6_000, "TT"),
)


class Money:
    """What happens to the fee of one dossier, in the words of the counter."""

    def __init__(self, house, phone):
        self.house, self.phone = house, phone
        self.dossier = UUID(phone.id)

    async def cash(self, amount=8_000):
        await payments.collect(
            self.dossier, kind="cash", amount=amount, slip_number=None, by="officer:lan",
            now=self.house.now,
        )  # fmt: skip
        await self.house.work()

    async def quote(self, lines=BOTH):
        await payments.quote(self.dossier, lines, by="officer:lan", now=self.house.now)

    async def restate(self, lines):
        await payments.restate(self.dossier, lines, by="officer:lan", now=self.house.now)
        await self.house.work()

    async def tell(self, kind="reversal", *, txn=None):
        """Tell of the counter's money again: taken back, or another payment of the same amount."""
        (event, *_) = await db.rows("SELECT * FROM money_events WHERE kind = 'payment'")
        seen = Observation(
            status="succeeded", kind=kind, amount=event["amount"], txn=txn or event["txn"],
            account=event["account"], provider_ref=event["provider_ref"],
        )  # fmt: skip
        source = payments.Source(adapter="counter")
        await payments.settle(seen, source=source, adapters=self.house.adapters, now=self.house.now)
        await self.house.work()

    async def withdraw(self):
        assert (await self.phone.post("withdraw", {"reason": "Đổi ý"})).status_code == 200
        await self.house.work()

    async def follow(self, clerk=None):
        await following.follow(self.dossier, clerk=clerk or self.house.clerk, now=self.house.now)

    async def receipts(self):
        return await store.of_dossier(self.dossier)

    async def stand(self):
        return [(one.kind, one.state, one.number) for one in await self.receipts()]


@pytest.fixture
async def house(database, tmp_path):
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: MORNING)
    await catalogue.remember_versions(now=MORNING)
    await qr.load(now=MORNING)
    house = House(tmp_path, receipts=Receipts(books=BOOKS))
    yield house
    await house.workshop.close()


@pytest.fixture
def money(house, sent):
    return Money(house, sent)
