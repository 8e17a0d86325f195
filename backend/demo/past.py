"""Fill an empty demo: accounts, posters, goals, and months of past dossiers.

The past is made by the product's own actions with a clock of its own, dossier by dossier, so that
every figure the leader sees has rows, moves, money and a journal behind it. All persons are
invented. Nothing of the past is forwarded or told: only the leader's facts follow it, and the
receipts of its fees, which are written as soon as the money is there.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from backend import (
    catalogue,
    dossiers,
    payments,
    people,
    places,
    qr,
    targets,
)
from backend.app import House
from backend.demo.bank.ledger import Ledger, Movement
from backend.demo.tills import Tills
from backend.dossiers import DossierMoved
from backend.fee_receipts import Clerk, follow, issuer_of
from backend.intake.actions.drafting import keep
from backend.intake.actions.opening import Citizen, Counter
from backend.intake.actions.submitting import Submitted, submit
from backend.intake.model import Manifest
from backend.payments import ObligationSettled
from backend.platform import outbox
from backend.platform.kit.clock import VIETNAM
from backend.platform.outbox import Reaction
from payment_adapters.contract import RawRequest

DISTRICT = "om"
MONTHS = 5
SEED = 2026
LATELY = timedelta(days=4)
"""How far back dossiers may still wait on the officer's desk, so that it is not empty."""
SOON = timedelta(minutes=4)
"""How long after handing in a fee is paid."""
GOALS = {"filed_online": 80.0, "paid_online": 60.0, "on_time": 98.0}
BANK = "Vietcombank"
PACE = {
    "om-chau-van-liem": (14, 86, 72),
    "om-thoi-hoa": (9, 74, 55),
    "om-thoi-an": (8, 69, 48),
    "om-thoi-long": (7, 58, 44),
    "om-long-hung": (8, 81, 63),
    "om-phuoc-thoi": (12, 90, 77),
    "om-truong-lac": (6, 52, 35),
}
"""Dossiers a month, percent filed online, percent paid online: invented, so that wards differ."""

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Lâm", "Dương")
_MIDDLE = ("Thị Ngọc", "Văn", "Thị Mỹ", "Hoàng", "Minh", "Thị Bích", "Quốc", "Thanh")
_GIVEN = ("Lan", "Hùng", "Duyên", "Phúc", "Trúc", "Khang", "Thảo", "Nhân", "Diễm", "Tài")
_TITLE = "Công chức tư pháp – hộ tịch"
_OFFICER_NAMES = (
    "Nguyễn Minh Thư",
    "Trần Thanh Tâm",
    "Lê Hoàng Yến",
    "Phạm Quốc Bảo",
    "Huỳnh Kim Ngân",
    "Võ Văn Đạt",
    "Đặng Thu Hà",
)


async def fill(house: House) -> int:
    """Fill the demo's database and print what demo.json needs as one JSON object."""
    now = house.clock()
    accounts = await _accounts(house, now)
    posters = await _posters(house, now)
    for unit in [DISTRICT, *PACE]:
        for indicator, percent in GOALS.items():
            await targets.set_goal(
                unit, now.year, indicator, percent, head=f"Người đứng đầu {places.name(unit)}"
            )
    outbox.connect(
        {
            DossierMoved: Reaction(together=(targets.follow_move,)),
            ObligationSettled: Reaction(together=(targets.follow_money,)),
        }
    )
    past = Past(house)
    for unit, moment, chance in plan(now, Random(SEED)):  # noqa: S311 - an invented past
        await past.tills.close_before(moment.astimezone(VIETNAM).date())
        await past.one(unit, moment, chance)
    await past.tills.close_before(now.astimezone(VIETNAM).date())
    Ledger(house.settings.data / "bank.sqlite3").enter_all(past.movements)
    print(json.dumps({"accounts": accounts, "posters": posters}, ensure_ascii=False))
    return 0


async def _accounts(house: House, now: datetime) -> list[dict[str, str]]:
    wanted: list[tuple[str, people.Role, str, str]] = [
        (f"canbo.{unit.removeprefix('om-')}", "officer", unit, name)
        for unit, name in zip(PACE, _OFFICER_NAMES, strict=True)
    ]
    wanted += [
        ("ketoan", "officer", DISTRICT, "Bùi Thị Hạnh, kế toán quận (trình diễn)"),
        ("lanhdao", "leader", DISTRICT, "Lãnh đạo quận (trình diễn)"),
        ("vanhanh", "operator", DISTRICT, "Người vận hành (trình diễn)"),
        ("soanthutuc", "author", DISTRICT, "Người soạn thủ tục (trình diễn)"),
    ]
    made = []
    for login, role, unit, name in wanted:
        _officer, password = await people.add_officer(
            login, name, role=role, units=[unit], by="system", random=house.random, now=now,
            title=_TITLE if unit in PACE else "",
        )  # fmt: skip
        made.append({"role": role, "unit": unit, "login": login, "password": password})
    return made


async def _posters(house: House, now: datetime) -> list[dict[str, str]]:
    fileable = [one.code for one in catalogue.listing(unit=None, q=None) if one.fileable]
    made = []
    for unit in PACE:
        for procedure in fileable:
            poster = await qr.make_poster(
                unit,
                procedure,
                "Ngày hội nộp hồ sơ qua mạng (trình diễn)",
                by="system",
                random=house.random,
                now=now,
            )
            made.append(
                {
                    "code": poster.code,
                    "unit": unit,
                    "procedure": procedure,
                    "pdf_path": qr.poster_path(poster.code),
                }
            )
    return made


def plan(now: datetime, random: Random) -> Iterator[tuple[str, datetime, Random]]:
    """Spread the past over working days and desk hours, oldest first, ward by ward."""
    today = now.astimezone(VIETNAM).date()
    begun = (today.replace(day=1) - timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    days = [begun + timedelta(days=step) for step in range((today - begun).days - 1)]
    working = [day for day in days if places.calendar().is_working(day)]
    moments = []
    for unit, (monthly, _online, _paid) in PACE.items():
        for _ in range(round(monthly * len(working) / 21)):
            day, minute = random.choice(working), random.randrange(7 * 60 + 30, 15 * 60 + 30)
            moments.append((_moment(day, minute), unit))
    for moment, unit in sorted(moments):
        yield unit, moment, random


def _moment(day: date, minute: int) -> datetime:
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=VIETNAM)
    return local.astimezone(UTC)


class Past:
    """Makes dossiers as they were once handed in, accepted, paid and finished."""

    def __init__(self, house: House) -> None:
        """Take the opened house; the bank's secret signs the past's notices."""
        self.house = house
        self.tills = Tills(house)
        self.clerk = Clerk(issuer=issuer_of(house.settings.receipts), vault=house.vault)
        self.movements: list[Movement] = []
        self.secret = str(house.settings.payments["bank_notice"]["hmac_secret"]).encode()
        self.counter = Counter(
            vault=house.vault,
            signer=house.signer,
            random=house.random,
            adapters=house.adapters,
            files=house.files,
        )

    async def one(self, unit: str, at: datetime, random: Random) -> None:
        """Make one past dossier of a unit, handed in at a moment."""
        _monthly, filed_online, paid_online = PACE[unit]
        channel = _channel(filed_online, random)
        citizen = Citizen(dossier=UUID(bytes=os.urandom(16), version=4), key_hash=os.urandom(32))
        manifest = msgspec.convert(_manifest(unit, channel, at, random), Manifest)
        await keep(
            citizen,
            manifest,
            if_match=None,
            address=None,
            desks=(),
            examples=True,
            vault=self.house.vault,
            files=self.house.files,
            now=at,
        )
        submitted = await submit(citizen, counter=self.counter, now=at)
        by = f"officer:canbo.{unit.removeprefix('om-')}"
        online = _happens(paid_online, random)
        await self._pay(citizen.dossier, unit, submitted, at, by=by, online=online)
        await follow(citizen.dossier, clerk=self.clerk, now=at + SOON)
        await self._work(citizen.dossier, at, by=by, random=random)

    async def _pay(
        self, dossier: UUID, unit: str, submitted: Submitted, at: datetime, *, by: str, online: bool
    ) -> None:
        owed = submitted.obligation
        if owed is None or owed.state != "open" or owed.amount is None:
            return
        soon = at + SOON
        if not online:
            await self.tills.take(unit, owed.amount, by=by, at=soon)
            await payments.collect(
                dossier, kind="cash", amount=owed.amount, slip_number=None, by=by, now=soon
            )
            return
        opened = await payments.start(
            dossier,
            "vietqr",
            adapters=self.house.adapters,
            clock=lambda: at,
            random=self.house.random,
        )
        action = opened.attempt.next_action
        payload = (action.payload if action else None) or ""
        await self._credit(payload, owed.amount, soon)

    async def _credit(self, payload: str, amount: int, at: datetime) -> None:
        """Let the bank book the money and tell of it, signed as SePay signs."""
        movement = self._booked(_purpose(payload), amount, at)
        body = json.dumps(
            {
                "id": movement.id,
                "gateway": movement.bank,
                "transactionDate": f"{at.astimezone(VIETNAM):%Y-%m-%d %H:%M:%S}",
                "accountNumber": movement.account,
                "code": None,
                "content": movement.content,
                "transferType": "in",
                "transferAmount": movement.amount,
                "accumulated": 0,
                "subAccount": None,
                "referenceCode": movement.reference,
                "description": "",
            }
        ).encode()
        stamp = str(int(at.timestamp()))
        signature = hmac.new(self.secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        await payments.hear(
            "bank_notice",
            RawRequest(
                method="POST",
                headers=(
                    ("x-sepay-timestamp", stamp),
                    ("x-sepay-signature", f"sha256={signature}"),
                ),
                body=body,
            ),
            adapters=self.house.adapters,
            vault=self.house.vault,
            random=self.house.random,
            now=at,
        )

    def _booked(self, content: str, amount: int, at: datetime) -> Movement:
        """Write money into the bank's books, so that its file of that day names it too."""
        last = self.movements[-1].id if self.movements else 0
        movement = Movement(
            id=max(int(at.timestamp() * 1000), last + 1),
            at=at.timestamp(),
            bank=BANK,
            account=self.house.settings.accounts[0].account,
            amount=amount,
            content=content,
            reference=f"DEMO{os.urandom(5).hex()}",
            told="heard",
        )
        self.movements.append(movement)
        return movement

    async def _work(self, dossier: UUID, at: datetime, *, by: str, random: Random) -> None:
        """Accept, finish mostly in time, hand over; some of the last days still wait."""
        now, accepted = self.house.clock(), at + timedelta(minutes=random.randrange(6, 45))
        if now - at < LATELY and _happens(70, random):
            return
        if _happens(3, random):
            await dossiers.move(
                dossier, "decline", by=by, now=accepted, vault=self.house.vault,
                reason="Việc này thuộc thẩm quyền của phường khác (trình diễn)",
            )  # fmt: skip
            return
        moved = await dossiers.move(dossier, "accept", by=by, now=accepted, vault=self.house.vault)
        late = timedelta(days=random.choice((2, 3))) if _happens(5, random) else timedelta(0)
        promised = moved.due_at or accepted + timedelta(days=1)
        finished = promised - timedelta(hours=random.choice((1, 2, 3))) + late
        if max(finished, accepted) >= now - timedelta(days=1):
            return
        finished = max(finished, accepted + timedelta(minutes=30))
        await dossiers.move(dossier, "finish", by=by, now=finished)
        await dossiers.move(dossier, "return", by=by, now=finished + timedelta(hours=1))


def _happens(percent: int, random: Random) -> bool:
    return random.randrange(100) < percent


def _channel(online: int, random: Random) -> str:
    if _happens(online, random):
        return "assisted" if _happens(25, random) else "online"
    return "post" if _happens(10, random) else "direct"


def _manifest(unit: str, channel: str, at: datetime, random: Random) -> dict[str, Any]:
    """Give the manifest of an invented person who asks for copies of an own record."""
    name = " ".join(random.choice(part) for part in (_FAMILY, _MIDDLE, _GIVEN))
    year = random.randrange(1955, 1999)
    example: dict[str, Any] = dict(catalogue.example("2.000635", unit=unit))
    return example | {
        "channel": channel,
        "owner": {
            "name": name,
            "personal_number": f"0921{year % 100:02d}{random.randrange(10**6):06d}",
            "phone": f"0900{random.randrange(10**6):06d}",
            "birth_date": f"{year}-0{random.randrange(1, 10)}-1{random.randrange(10)}",
            "gender": "nu",
            "address": {
                "province": "Thành phố Cần Thơ",
                "ward": places.name(unit),
                "street": f"Khu vực {random.randrange(1, 9)}",
            },
        },
        "submitter": None,
        "answers": {
            "nop_cho": "ban_than",
            "ht_loai": random.choice(("khai_sinh", "ket_hon")),
            "ht_da_dang_ky_tai": f"UBND {places.name(unit).lower()}",
            "so_luong_ban_sao": random.choice((1, 1, 2, 2, 3, 5)),
        },
        "consents": [one | {"at": at.isoformat()} for one in example["consents"]],
        "papers": [],
    }


def _purpose(payload: str) -> str:
    """Read the transfer's text out of a VietQR payload: field 62, sub-field 08."""
    at = 0
    while at < len(payload):
        tag, length = payload[at : at + 2], int(payload[at + 2 : at + 4])
        value = payload[at + 4 : at + 4 + length]
        if tag == "62":
            return value[4 : 4 + int(value[2:4])]
        at += 4 + length
    return ""
