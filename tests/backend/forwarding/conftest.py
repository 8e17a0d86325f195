"""A dossier's way to a real pretend one-stop: a process of its own, reached over HTTP."""

import asyncio
import hashlib
import socket
import subprocess
import sys
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import httpx
import pytest

from backend import catalogue, dossiers, forwarding, payments, places
from backend.attachments import FileWanted
from backend.catalogue import Person
from backend.dossiers import Draft, PaperFiles, Private, Receipt
from backend.forwarding import jobs as forwarding_jobs
from backend.platform import outbox
from backend.platform.db import transaction
from backend.platform.http import outgoing
from backend.platform.jobs import Runner
from backend.platform.keys import make_keys
from backend.platform.kit.clock import iso
from backend.platform.kit.ids import make_code
from backend.platform.links import Links
from backend.platform.settings import OneStop
from backend.platform.vault import Vault

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
WARD = "om-long-hung"
PAPER = b"\xff\xd8 giay to \xff\xd9"
DEADLINE = 2.5
REACTIONS = {
    dossiers.DossierSubmitted: outbox.Reaction(together=(forwarding.on_submitted,)),
    dossiers.DossierMoved: outbox.Reaction(together=(forwarding.on_moved,)),
    payments.ObligationSettled: outbox.Reaction(together=(forwarding.on_settled,)),
}


class Simulator:
    """The pretend one-stop as a process, and its fault switch."""

    def __init__(self, folder):
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.faults = folder / "faults.toml"
        self.state = folder / "onestop.db"
        self.faults.touch()

    def start(self):
        call = (
            "from pathlib import Path; from backend.demo import onestop;"
            f"onestop.run({self.port}, Path({str(self.faults)!r}), state=Path({str(self.state)!r}))"
        )
        self.process = subprocess.Popen([sys.executable, "-c", call], cwd=ROOT)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                return httpx.get(f"{self.url}/received")
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError("the pretend one-stop does not start")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def fail(self, kind, service="DongBoHoSoMC", *, times=1, **more):
        words = "".join(f"{key} = {value}\n" for key, value in more.items())
        rule = f'[[fault]]\nkind = "{kind}"\nservice = "{service}"\nnext = {times}\n{words}'
        with self.faults.open("a") as file:
            file.write(rule)

    def down(self):
        self.faults.write_text('[[fault]]\nkind = "down"\n')

    def well(self):
        self.faults.write_text("")

    def received(self, code):
        found = httpx.get(f"{self.url}/received").json()
        return [one for one in found if one["code"] == code]

    def set_status(self, code, status, note=""):
        body = {"code": code, "status": status, "note": note}
        httpx.post(f"{self.url}/admin/status", json=body).raise_for_status()


@pytest.fixture(scope="session")
def simulator(tmp_path_factory):
    made = Simulator(tmp_path_factory.mktemp("onestop"))
    made.start()
    yield made
    made.kill()


class House:
    """A ward's office with a clock that is moved by hand."""

    def __init__(self, simulator, seed, files_base_url):
        self.now = NOON
        self.random = Random(seed).randbytes  # noqa: S311 - repeatable on purpose
        keys = make_keys(random=self.random)
        self.vault, self.links = Vault(keys), Links(keys, random=self.random)
        self.onestop = simulator
        settings = OneStop(url=simulator.url, username="om", password="om")
        self.client = outgoing.client([simulator.url], deadline=DEADLINE)
        self.forwarder = forwarding.Forwarder(
            connector=forwarding.connect(settings, self.client),
            vault=self.vault,
            links=self.links,
            clock=self.clock,
            files_base_url=files_base_url,
        )
        self.runner = Runner(
            forwarding_jobs.handlers(self.forwarder), clock=self.clock, random=self.random
        )

    def clock(self):
        return self.now

    def later(self, **time):
        self.now += timedelta(**time)

    async def work(self):
        await self.runner.drain(self.now)

    async def work_until_done(self, *, hours=2):
        """Let the runner try for some hours, as often as its pauses allow."""
        for _ in range(hours * 4):
            await self.work()
            self.later(minutes=15)
        await self.work()

    async def handed_in(self, *, owner=None, channel="online", procedure="2.000635"):
        """Hand in a dossier with one file and a fee that is not paid yet."""
        procedure = catalogue.get(procedure)
        owner = owner or Person(
            name="Nguyễn Thị Bích Trâm", phone="0912345678", personal_number="092190001239"
        )
        answers = {"nop_cho": "to_chuc", "so_luong_ban_sao": 3}
        sha256 = hashlib.sha256(PAPER).hexdigest()
        wanted = FileWanted(
            sha256=sha256, size=len(PAPER), media_type="image/jpeg", name="giay-uy-quyen.jpg"
        )
        owned = Private(
            owner=owner, answers=answers, papers=[PaperFiles("van_ban_co_quan", [wanted])]
        )
        draft = Draft(
            procedure=procedure.code,
            version=procedure.version,
            unit=WARD,
            channel=channel,
            private=owned,
        )
        dossier = UUID(bytes=self.random(16), version=4)
        known = await dossiers.keep_draft(
            dossier, draft, known=None, key_hash=b"k" * 32, vault=self.vault, now=self.now
        )
        receipt = self._receipt(dossier, draft)
        quote = procedure.quote(answers, unit=WARD, channel=channel, on=self.now.date())
        async with transaction():
            made = await dossiers.submit(
                known,
                receipt,
                owned=owned,
                campaign=None,
                expected_at=None,
                track_digits=None,
                vault=self.vault,
                now=self.now,
            )
            await payments.open(dossier, quote, unit=WARD, procedure=procedure.code, now=self.now)
        return made

    def _receipt(self, dossier, draft):
        return Receipt(
            amount=None,
            at=iso(self.now),
            channel=draft.channel,
            code=make_code(13, random=self.random),
            files=[],
            id=dossier,
            procedure=draft.procedure,
            unit=draft.unit,
            version=draft.version,
            signature="",
        )

    async def settled(self, **given):
        """Hand in a dossier for which nothing is owed any more."""
        made = await self.handed_in(**given)
        await self.settle(made)
        return made

    async def settle(self, dossier, state="paid"):
        async with transaction():
            await outbox.emit(
                payments.ObligationSettled(
                    dossier=dossier.id,
                    at=self.now,
                    unit=dossier.unit,
                    procedure=dossier.procedure,
                    state=state,
                    adapter="vietqr",
                    amount=24_000,
                )
            )

    async def moved(self, dossier, verb, *, by="officer:ovl-01", reason=None):
        return await dossiers.move(
            dossier.id, verb, by=by, now=self.now, reason=reason, vault=self.vault
        )

    async def poll(self):
        await forwarding.poll(self.forwarder)


@pytest.fixture
async def files():
    """Serve /f/{token} as the service does: a token opens one file, for a time."""
    opened = []

    async def answer(reader, writer):
        line = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1].decode()
        opened.append(line)
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(PAPER)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + PAPER)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", opened
    server.close()
    await server.wait_closed()


@pytest.fixture
async def house(request, database, simulator, files):
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: NOON)
    outbox.connect(REACTIONS)
    simulator.well()
    made = House(simulator, zlib.crc32(request.node.nodeid.encode()), files[0])
    yield made
    await made.client.aclose()
