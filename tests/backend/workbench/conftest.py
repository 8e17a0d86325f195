"""A desk with two wards: dossiers handed in for each, and officers signed in over HTTP."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import httpx
import msgspec
import pytest
from litestar import Litestar
from litestar.di import Provide

from backend import catalogue, dossiers, payments, people, places, qr
from backend.attachments import FileWanted
from backend.catalogue import Person
from backend.dossiers import Draft, PaperFiles, Private, Receipt
from backend.people import routes as people_routes
from backend.platform import http, outbox
from backend.platform.db import transaction
from backend.platform.keys import make_keys
from backend.platform.kit.clock import iso
from backend.platform.kit.ids import make_code
from backend.platform.links import Links
from backend.platform.settings import OneStop, Settings
from backend.platform.vault import Vault
from backend.workbench import routes

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
WARD, NEIGHBOUR = "om-long-hung", "om-thoi-an"
OWNER = Person(name="Nguyễn Thị Bích Trâm", phone="0912345678")


class House:
    """What the desk stands on, and the citizens who hand in."""

    def __init__(self):
        self.random = Random(5).randbytes  # noqa: S311 - repeatable on purpose
        keys = make_keys(random=self.random)
        self.vault, self.links = Vault(keys), Links(keys, random=self.random)
        self.settings = Settings(mode="test", public_url="https://omon.motcua.example")
        self.now = NOON
        self._number = itertools.count(1)

    def clock(self):
        return self.now

    async def officer(self, login, *, unit=WARD, role="officer"):
        """Add an officer; give the body that signs them in."""
        _officer, password = await people.add_officer(
            login, f"Cán bộ {login}", role=role, units=[unit], by="operator",
            random=self.random, now=self.now,
        )  # fmt: skip
        return {"login": login, "password": password}

    async def handed_in(
        self,
        *,
        unit=WARD,
        procedure="2.000635",
        copies=1,
        owner=OWNER,
        submitter=None,
        answers=None,
    ):
        """Hand in a dossier with one file; give its code."""
        version = catalogue.get(procedure).version
        answers = answers or {"nop_cho": "to_chuc", "so_luong_ban_sao": copies}
        sha256 = f"{next(self._number):064x}"
        files = [FileWanted(sha256=sha256, size=9, media_type="image/jpeg", name="giay.jpg")]
        papers = [PaperFiles("van_ban_co_quan", files)]
        owned = Private(owner=owner, submitter=submitter, answers=answers, papers=papers)
        draft = Draft(
            procedure=procedure, version=version, unit=unit, channel="online", private=owned
        )
        dossier = UUID(bytes=self.random(16), version=4)
        known = await dossiers.keep_draft(
            dossier, draft, known=None, key_hash=b"k" * 32, vault=self.vault, now=self.now
        )
        receipt = self._receipt(dossier, draft)
        quote = catalogue.get(procedure).quote(
            answers, unit=unit, channel="online", on=self.now.date()
        )
        async with transaction():
            await dossiers.submit(
                known, receipt, owned=owned, campaign=None,
                expected_at=self.now + timedelta(days=1), track_digits=None,
                vault=self.vault, now=self.now,
            )  # fmt: skip
            await payments.open(dossier, quote, unit=unit, procedure=procedure, now=self.now)
        return receipt.code

    async def completes(self, code, **answers):
        """Answer what the ward asks the citizen to complete."""
        found = await dossiers.opened((await dossiers.by_code(code)).id, self.vault)
        answer = dossiers.Answer(answers=answers)
        async with transaction():
            [asked] = await dossiers.supplements(found)
            await dossiers.keep_answer(found, asked, answer, vault=self.vault)
        [asked] = await dossiers.supplements(found)
        procedure = await dossiers.procedure_of(found.dossier)
        receipt = msgspec.structs.replace(found.receipt(), at=iso(self.now))
        async with transaction():
            assert await dossiers.hand_in(
                found, asked, after=dossiers.answered(found.private(), answer, procedure),
                receipt=receipt, vault=self.vault, now=self.now,
            )  # fmt: skip

    def _receipt(self, dossier, draft):
        return Receipt(
            amount=None, at=iso(self.now), channel=draft.channel,
            code=make_code(13, random=self.random), files=[], id=dossier,
            procedure=draft.procedure, unit=draft.unit, version=draft.version, signature="",
        )  # fmt: skip

    def app(self):
        """Build the desk's routes around these things."""
        given = {
            "clock": self.clock,
            "random": self.random,
            "settings": self.settings,
            "vault": self.vault,
            "links": self.links,
            "adapters": payments.Adapters.load(self.settings, clock=self.clock, random=self.random),
        }
        return Litestar(
            [*people_routes.handlers, *routes.handlers],
            dependencies={
                **{name: _provided(thing) for name, thing in given.items()},
                "officer": Provide(people.provide_officer),
            },
            exception_handlers=http.exception_handlers,
            openapi_config=None,
        )


def _provided(thing):
    return Provide(lambda: thing, sync_to_thread=False)


@pytest.fixture
async def house(database):
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=False, clock=lambda: NOON)
    outbox.connect({})
    await qr.load(now=NOON)
    return House()


@pytest.fixture
def decided_elsewhere(house):
    """Let the one-stop system decide."""
    house.settings = msgspec.structs.replace(house.settings, onestop=OneStop(authority="onestop"))


@pytest.fixture
async def browser(house):
    """Give signed-in browsers by login, ward and role."""
    opened = []
    app = house.app()

    async def sign_in(login, *, unit=WARD, role="officer"):
        body = await house.officer(login, unit=unit, role=role)
        one = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
        )
        opened.append(one)
        answer = await one.post("/api/v1/session", json=body)
        assert answer.status_code == 200, answer.text
        return one

    yield sign_in
    for one in opened:
        await one.aclose()


@pytest.fixture
async def lan(browser):
    """An officer of the ward."""
    return await browser("lan")


@pytest.fixture
async def neighbour(browser):
    """An officer of another ward."""
    return await browser("minh", unit=NEIGHBOUR)
