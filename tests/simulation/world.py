"""One ward in one process: our core and jobs, a pretend bank, a pretend one-stop, one seed.

Time is a number that is moved by hand, chance comes from the seed, and the wires between the
systems are function calls that may lose, repeat or delay what they carry. Our process may die at
any wait: then everything in memory is made anew over the same database and files.
"""

from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import httpx

from backend import app, catalogue, dossiers, places, qr, reactions
from backend.attachments import Checker
from backend.demo.bank import sandbox as bank_services
from backend.demo.bank.ledger import Ledger
from backend.demo.bank.teller import KINDS, Demo, Teller
from backend.demo.faults import Faults
from backend.demo.onestop.book import Book
from backend.demo.onestop.service import OneStop
from backend.payments import Adapters
from backend.people import Officer
from backend.platform import audit, db, http, outbox
from backend.platform.files import LocalFiles
from backend.platform.keys import make_keys
from backend.platform.links import Links
from backend.platform.settings import Account, Receipts, Settings
from backend.platform.settings import OneStop as OneStopSettings
from backend.platform.signing import Signer
from backend.platform.vault import Vault
from backend.platform.workshop import Unreadable, Workshop
from backend.platform.workshop.tasks import TASKS, CannotRead
from backend.workbench.actions.reading import Desk
from tests.backend.fee_receipts.conftest import BOOKS
from tests.simulation.dying import DiedError, mortal
from tests.simulation.wires import OURS, Wire

ROOT = Path(__file__).parents[2]
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WARD = "om-long-hung"
BANK, ONESTOP = "http://localhost:7002", "http://localhost:7001"
SECRETS = {"sepay": "sepay secret of the simulation", "sandbox": "sandbox secret, simulated"}
ACCOUNT = "0123456789"
GIVEN: dict[str, Any] = {}
"""What the handlers are handed; a new life of our process puts new things in."""
_apps: list[Any] = []
LONGEST_LIFE = 10
"""No single act of ours waits more often than this, so a death may fall on any of them."""


class Inline(Workshop):
    """The workshop without its child process: the same tasks, called here."""

    async def run(self, task, payload, blob=b"", *, timeout=10):  # noqa: ASYNC109
        try:
            return TASKS[task](payload, blob)
        except CannotRead as no:
            raise Unreadable(no.reason) from None

    async def close(self):
        """Nothing to end."""


class World:
    """Everything that one seed plays with."""

    def __init__(self, seed: int, folder: Path) -> None:
        """Make the lasting things: keys, files, the other systems' books."""
        self.seed = seed
        self.chance = Random(seed)  # noqa: S311 - a history that can be replayed
        self.now = MORNING
        self.log: list[str] = []
        self.echoes: list[tuple[str, httpx.Request]] = []
        self.deaths = self.faults = self.handed_in = 0
        self.quiet = False
        self.reactions = reactions.TABLE
        self.folder = folder
        self._bytes = Random(seed + 1).randbytes  # noqa: S311
        self.keys = make_keys(random=self._bytes)
        self.settings = Settings(
            mode="test",
            data=folder,
            public_url=OURS,
            payments={
                "vietqr": {"enabled": True},
                "counter": {"enabled": True},
                "bank_notice": {
                    "enabled": True,
                    "dialect": "sepay",
                    "hmac_secret": SECRETS["sepay"],
                },
                "sandbox": {
                    "enabled": True,
                    "base_url": BANK,
                    "merchant": "SIM",
                    "secret": SECRETS["sandbox"],
                },
            },
            accounts=(Account(unit="*", bank_bin="970436", account=ACCOUNT, name="UBND PHUONG"),),
            receipts=Receipts(books=BOOKS),
            onestop=OneStopSettings(url=ONESTOP, username="om", password="om"),
        )
        self.teller = self._bank()
        self.onestop = OneStop(book=Book(None, agency="000.00.17.H13"), clock=self.clock,
                               fetch=self._client(fetches=True))  # fmt: skip
        self.onestop_down_until = MORNING

    def clock(self) -> datetime:
        return self.now

    def random(self, size: int) -> bytes:
        return self._bytes(size)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def note(self, words: str) -> None:
        """Write a step into the history that a failing seed prints."""
        self.log.append(f"{(self.now - MORNING).total_seconds():>9.0f} s  {words}")

    # -- our process ------------------------------------------------------------------------------

    async def boot(self) -> None:
        """Make everything that lives in memory anew."""
        vault = Vault(self.keys, random=self.random)
        adapters = Adapters.load(self.settings, clock=self.clock, random=self.random)
        calls = self._client()
        adapters.use(calls)
        given: dict[str, Any] = {
            "settings": self.settings,
            "vault": vault,
            "signer": Signer(self.keys),
            "links": Links(self.keys, random=self.random),
            "files": LocalFiles(self.folder / "files", random=self.random, fsync=lambda _: None),
            "workshop": Inline(),
            "adapters": adapters,
            "outgoing": calls,
            "clock": self.clock,
            "random": self.random,
        }
        self.house = app.House(keys=self.keys, database=None, **given)
        GIVEN.update(given)
        outbox.connect(self.reactions)
        assets = http.Assets(self.folder / "no-pages")
        if not _apps:
            _apps.append(app.routed(GIVEN, assets))
        self.web = http.Gate(_apps[0], settings=self.settings, assets=assets, random=self.random)
        self.checker = Checker(
            files=given["files"], workshop=given["workshop"], clock=self.clock, key_of=self._key_of
        )
        self.runner = app.runner_of(self.house)
        await self.checker.sweep(settled=timedelta(0))
        if db.engine() == "sqlite":  # as the runner does at its start
            await db.execute("UPDATE jobs SET leased_until = NULL WHERE done_at IS NULL")

    async def alive(self, life: Coroutine[Any, Any, Any], what: str) -> Any:
        """Let our process do something; sometimes it dies in it, and is started again.

        Raises DiedError to whoever waited for the answer.
        """
        deadly = not self.quiet and self.chance.random() < 0.2
        steps = self.chance.randrange(1, LONGEST_LIFE) if deadly else 0
        gently = self.chance.random() < 0.5 or db.engine() == "postgresql"
        deaths: list[int] = []
        try:
            return await mortal(life, steps, deaths, gently=gently)
        except BaseException:
            if not deaths:
                raise
            self.deaths += 1
            self.note(f"dies at wait {steps} of: {what}")
            await self.boot()
            raise DiedError from None

    async def work(self) -> None:
        """Do the jobs and the recurring work that are due, dying now and then."""
        tasks = [("checks", self._checks), ("jobs", self._jobs)]
        tasks += [(name, handler) for name, (_, handler) in self.runner._every.items()]
        for name, task in tasks:
            try:
                await self.alive(task(), name)
            except DiedError:
                self.later(seconds=61)  # a lease of the dead process has run out by then

    async def _checks(self) -> None:
        await self.checker.sweep()  # as it does every minute
        await self.checker.drain()

    async def _jobs(self) -> None:
        await self.runner.drain(self.now)

    async def _key_of(self, dossier: UUID):
        return (await dossiers.opened(dossier, self.house.vault)).key

    # -- the others -------------------------------------------------------------------------------

    def _client(self, *, fetches: bool = False) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=Wire(self, fetches=fetches), timeout=20)

    def _bank(self) -> Teller:
        demo = Demo(
            web=OURS,
            account=ACCOUNT,
            sepay_secret=SECRETS["sepay"],
            sandbox_secret=SECRETS["sandbox"],
        )
        return Teller(
            ledger=Ledger(None),
            faults=Faults(None, kinds=KINDS),
            demo=lambda: demo,
            clock=self.clock,
            client=httpx.AsyncClient(transport=Wire(self, notices=True), timeout=20),
            chance=Random(self.seed + 2),  # noqa: S311
        )

    async def tell(self) -> None:
        """Let the bank send the notices that are due, in an order of chance."""
        due = self.teller.ledger.due(self.now.timestamp())
        self.chance.shuffle(due)
        for task in due:
            await self.teller._do(task)

    async def answer_of_bank(self, path: str, request: httpx.Request) -> httpx.Response:
        """Answer our adapter as the pretend bank does."""
        service = {"/sandbox/payments": bank_services.start, "/sandbox/query": bank_services.query}
        more = {"origin": BANK} if path == "/sandbox/payments" else {}
        status, headers, body = await service[path](
            self.teller, request.headers, request.content, **more
        )
        return httpx.Response(status, headers=headers, content=body)

    # -- officers ---------------------------------------------------------------------------------

    def desk(self) -> Desk:
        """Put the ward's officer at the desk."""
        officer = Officer(UUID(int=1), "lan", "Nguyễn Thị Lan", "officer", (WARD,))
        return Desk(
            officer=officer,
            vault=self.house.vault,
            links=self.house.links,
            origin=OURS,
            decided_here=True,
            now=self.now,
        )

    def audit_key(self) -> bytes:
        return app.audit_key(self.keys)

    async def verdict(self):
        """Seal the journal and check all of it."""
        await audit.seal(key=self.audit_key())
        return await audit.verify(key=self.audit_key(), heads=[], now=self.now)


def load_records() -> None:
    """Load units and procedures once for all seeds."""
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: MORNING)


async def open_world(seed: int, folder: Path, *, table: Any = None) -> World:
    """Start a world over a fresh database that is open already; `table` says who reacts to what."""
    await catalogue.remember_versions(now=MORNING)
    await qr.load(now=MORNING)
    world = World(seed, folder)
    world.reactions = table or reactions.TABLE
    await world.boot()
    return world
