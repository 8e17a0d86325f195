"""A citizen's phone against the app in this process, and the house it talks to."""

import base64
import contextlib
import functools
import hashlib
import io
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx
from litestar import Litestar
from litestar.di import Provide
from PIL import Image

from backend import attachments, catalogue, dossiers, reactions
from backend.attachments import Checker
from backend.fee_receipts import Clerk, issuer_of
from backend.fee_receipts import jobs as fee_receipt_jobs
from backend.intake import jobs as intake_jobs
from backend.intake import routes as intake_routes
from backend.notices import jobs as notice_jobs
from backend.payments import Adapters
from backend.platform import http
from backend.platform.files import LocalFiles
from backend.platform.jobs import Runner
from backend.platform.keys import make_keys
from backend.platform.links import Links
from backend.platform.outbox import connect
from backend.platform.settings import Account, Settings
from backend.platform.signing import Signer
from backend.platform.vault import Vault
from backend.platform.workshop import Workshop
from backend.tracking import routes as tracking_routes

ROOT = Path(__file__).parents[2]
MORNING = datetime(2026, 11, 20, 2, 0, 0, 123456, tzinfo=UTC)
WARD = "om-long-hung"
HERE = "http://localhost"


class House:
    """Everything the citizen's routes stand on, real but for clock and chance."""

    def __init__(self, folder, **settings):
        self.now = MORNING
        self.random = Random(7).randbytes  # noqa: S311 - repeatable on purpose
        keys = make_keys(random=self.random)
        self.vault, self.signer = Vault(keys), Signer(keys)
        self.links = Links(keys, random=self.random)
        self.files = LocalFiles(folder / "files", random=self.random)
        self.workshop = Workshop()
        self.settings = Settings(
            data=folder,
            public_url=HERE,
            payments={"vietqr": {"enabled": True}, "counter": {"enabled": True}},
            accounts=(
                Account(unit="*", bank_bin="970436", account="0123456789", name="UBND PHUONG"),
            ),
            **{"mode": "demo"} | settings,
        )
        self.adapters = Adapters.load(self.settings, clock=self.clock, random=self.random)
        self.checker = Checker(
            files=self.files, workshop=self.workshop, clock=self.clock, key_of=self._key_of
        )
        connect(reactions.TABLE)

    def clock(self):
        return self.now

    def pass_time(self, **span):
        self.now += timedelta(**span)

    async def _key_of(self, dossier):
        return (await dossiers.opened(dossier, self.vault)).key

    @property
    def clerk(self):
        return Clerk(issuer=issuer_of(self.settings.receipts), vault=self.vault)

    async def work(self):
        """Check the photos that wait, then do every job of the citizen's rooms that is due."""
        await self.checker.drain()
        runner = Runner(
            {
                **fee_receipt_jobs.handlers(self.clerk, clock=self.clock),
                **intake_jobs.handlers(self.vault, clock=self.clock),
                **notice_jobs.handlers(self.settings, self.vault, clock=self.clock),
            },
            clock=self.clock,
            random=self.random,
        )
        await runner.drain(self.now)

    async def end_of(self, name):
        """Do one piece of recurring work."""
        await intake_jobs.recurring(self.files, clock=self.clock)[name][1]()

    def notices(self):
        """Read the log of notices."""
        log = self.settings.data / "notices.jsonl"
        return log.read_bytes() if log.exists() else b""

    def app(self):
        """Give the app around these things; it is built once, which takes a second."""
        _given.update({name: getattr(self, name) for name in NAMES})
        settings, random = self.settings, self.random
        return http.Gate(_app(), settings=settings, assets=_assets(), random=random)

    @contextlib.asynccontextmanager
    async def browser(self):
        transport = httpx.ASGITransport(self.app())
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            yield client


NAMES = (
    "settings",
    "vault",
    "signer",
    "links",
    "files",
    "workshop",
    "clock",
    "random",
    "adapters",
)
_given = {}


@functools.cache
def _assets():
    """The built app, compressed once for all tests."""
    return http.Assets()


@functools.cache
def _app():
    return Litestar(
        [*intake_routes.handlers, *tracking_routes.handlers],
        dependencies={name: _provided(name) for name in NAMES},
        exception_handlers=http.exception_handlers,
        logging_config=None,
    )


def _provided(name):
    return Provide(lambda: _given[name], sync_to_thread=False)


def photo(seed=1, size=(64, 80)):
    """Make a small real JPEG, another one for each seed."""
    out = io.BytesIO()
    Image.new("RGB", size, (seed % 256, 40, 60)).save(out, "JPEG", comment=str(seed).encode())
    return out.getvalue()


def entry(data, name="giấy ủy quyền.jpg", media_type="image/jpeg"):
    """Describe a file as the manifest does."""
    digest = hashlib.sha256(data).hexdigest()
    return {"sha256": digest, "size": len(data), "media_type": media_type, "name": name}


class Phone:
    """One citizen's phone with one dossier on it."""

    def __init__(self, web, *, procedure="2.000635", seed=1):
        self.web = web
        self.id = str(uuid.UUID(bytes=Random(seed).randbytes(16), version=4))  # noqa: S311
        raw = hashlib.sha256(f"key {seed}".encode()).digest()
        self.key = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
        self.path = f"/api/v1/dossiers/{self.id}"
        self.manifest = catalogue.example(procedure, unit=WARD)
        self.photos = {
            one["paper"]: photo(seed * 10 + n) for n, one in enumerate(self.manifest["papers"])
        }

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.key}"}

    def attach(self, paper, *data):
        """Name the files of a paper in the manifest."""
        files = [entry(one, f"trang {n + 1}.jpg") for n, one in enumerate(data)]
        kept = [one for one in self.manifest["papers"] if one["paper"] != paper]
        self.manifest["papers"] = [*kept, {"paper": paper, "files": files}]

    async def save(self, **headers):
        return await self.web.put(self.path, json=self.manifest, headers=self.headers | headers)

    async def send(self, data, media_type="image/jpeg"):
        digest = hashlib.sha256(data).hexdigest()
        headers = self.headers | {"Content-Type": media_type}
        return await self.web.put(f"{self.path}/files/{digest}", content=data, headers=headers)

    async def post(self, what, body=None):
        if body is None:
            return await self.web.post(f"{self.path}/{what}", headers=self.headers)
        return await self.web.post(f"{self.path}/{what}", json=body, headers=self.headers)

    async def put(self, what, body):
        return await self.web.put(f"{self.path}/{what}", json=body, headers=self.headers)

    async def look(self):
        answer = await self.web.get(self.path, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def prepare(self):
        """Save the manifest and send its photos: ready to be handed in."""
        for paper, data in self.photos.items():
            self.attach(paper, data)
        assert (await self.save()).status_code in {200, 201}
        for data in self.photos.values():
            answer = await self.send(data)
            assert answer.status_code == 201, answer.text

    async def hand_in(self):
        """Do the whole of it; give the answer to submit."""
        await self.prepare()
        answer = await self.post("submit")
        assert answer.status_code == 200, answer.text
        return answer.json()


async def states_of(phone):
    return await attachments.states(uuid.UUID(phone.id))
