"""A dossier that owes a fee, the four adapters, and a small pretend bank beside them."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

import json
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import httpx
import msgspec
import pytest

from backend import payments
from backend.catalogue import Quote, QuoteLine
from backend.payments import jobs as payment_jobs
from backend.platform import db, outbox
from backend.platform import jobs as platform_jobs
from backend.platform.keys import load_keys, make_keys_file
from backend.platform.settings import Account, Settings
from backend.platform.vault import Vault
from payment_adapters.bank_notice import wire as sepay
from payment_adapters.contract import RawRequest, Secret
from payment_adapters.sandbox import wire as sandbox

BANK = "https://bank.example.vn"
SECRET = "sandbox-secret-of-tests"
SEPAY = "sepay-secret-of-tests"
ACCOUNT = "0292000017"
WARD = "om-long-hung"
AMOUNT = 24_000
NOON = datetime(2026, 11, 22, 5, 0, 0, tzinfo=UTC)
TABLES = {
    "counter": {"enabled": True},
    "vietqr": {"enabled": True},
    "bank_notice": {"enabled": True, "dialect": "sepay", "hmac_secret": SEPAY},
    "sandbox": {"enabled": True, "base_url": BANK, "merchant": "mot-cua", "secret": SECRET},
}


class PretendBank:
    """Speaks the sandbox's wire; `down`, `lost`, `refuses` are its moods."""

    def __init__(self, house):
        self.house = house
        self.mood = ""
        self.started = []
        self.said = {}
        self.before_answer = None

    async def __call__(self, request):
        if self.mood == "down":
            raise httpx.ConnectError("refused")
        asked = json.loads(request.content)
        own = {"merchant": "mot-cua", "ref": asked["ref"]}
        if request.url.path == sandbox.QUERY:
            return self.signed({**own, "status": "pending", **self.said.get(asked["ref"], {})})
        self.started.append(asked["ref"])
        if self.before_answer:
            await self.before_answer(asked)
        if self.mood == "lost":
            raise httpx.ReadTimeout("no answer")
        if self.mood == "refuses":
            return httpx.Response(422, json={"code": "amount"})
        page = f"{BANK}{sandbox.PAGE}{asked['ref']}"
        return self.signed({**own, "pay_url": page, "expires_at": asked["expires_at"]})

    def signed(self, message):
        body = json.dumps(message).encode()
        headers = sandbox.sign(Secret(SECRET), "answer", body, at=self.house.now)
        return httpx.Response(200, headers=headers, content=body)


class House:
    """The room as a test uses it: a clock that is moved by hand, and words for the common steps."""

    def __init__(self, vault, *, mode="test", tables=None, accounts=None):
        self.now = NOON
        self.random = Random(7).randbytes
        self.vault = vault
        self.bank = PretendBank(self)
        self.events, self.aside = [], []
        account = Account(unit="*", bank_bin="970436", account=ACCOUNT, name="UBND PHUONG MAU")
        settings = Settings(
            mode=mode,
            public_url="https://motcua.example.vn",
            payments=TABLES if tables is None else tables,
            accounts=(account,) if accounts is None else accounts,
        )
        self.adapters = payments.Adapters.load(settings, clock=self.clock, random=self.random)
        self.client = httpx.AsyncClient(transport=httpx.MockTransport(self.bank))
        self.adapters.use(self.client)

    def clock(self):
        return self.now

    def later(self, **time):
        self.now += timedelta(**time)

    async def dossier(self, *, amount=AMOUNT, state=None, unit=WARD):
        made = UUID(bytes=self.random(16), version=4)
        await db.execute(
            "INSERT INTO dossiers (id, procedure, version, unit, channel, example, state, rev,"
            " created_at, changed_at, key_hash, wrapped_key, sealed)"
            " VALUES ({}, '2.000635', 'v', {}, 'online', 0, 'draft', 1, {}, {}, {}, {}, {})",
            made, unit, self.now, self.now, made.bytes, b"w", b"s",
        )  # fmt: skip
        line = QuoteLine("Bản sao trích lục", "le_phi", 3, 8_000, amount, "TT 281/2016")
        quote = Quote(state or "open", (line,))
        await payments.open(made, quote, unit=unit, procedure="2.000635", now=self.now)
        return made

    async def start(self, dossier, adapter="vietqr"):
        return await payments.start(
            dossier, adapter, adapters=self.adapters, clock=self.clock, random=self.random
        )

    async def code(self, dossier):
        opened = await self.start(dossier)
        return opened.attempt.next_action.transfer.memo

    async def state(self, dossier):
        return (await payments.of_dossier(dossier))[0].state

    async def attempts(self, dossier):
        return [one.state for one in (await payments.of_dossier(dossier))[1]]

    def transfer(
        self, memo, *, amount=AMOUNT, txn=1, account=ACCOUNT, secret=SEPAY, at=None, reference="x"
    ):
        body = json.dumps(
            {
                "id": txn,
                "gateway": "Vietcombank",
                "transactionDate": "2026-11-22 12:00:00",
                "accountNumber": account,
                "code": None,
                "content": memo,
                "transferType": "in",
                "transferAmount": amount,
                "accumulated": 1,
                "subAccount": None,
                "referenceCode": reference,
                "description": "",
            }
        ).encode()
        headers = sepay.sign(Secret(secret), body, at=at or self.now)
        return RawRequest(
            method="POST",
            headers=tuple((name.lower(), value) for name, value in headers.items()),
            body=body,
        )

    def notice(
        self, ref, *, status="paid", event="payment", amount=AMOUNT, txn="t1", secret=SECRET
    ):
        message = sandbox.Notice(
            merchant="mot-cua", ref=ref, txn=txn, event=event, status=status, amount=amount,
            currency="VND", at=self.now,
        )  # fmt: skip
        body = msgspec.json.encode(message)
        headers = sandbox.sign(Secret(secret), "notice", body, at=self.now)
        lower = tuple((name.lower(), value) for name, value in headers.items())
        return RawRequest(method="POST", headers=lower, body=body)

    async def hear(self, request, adapter="bank_notice"):
        reply = await payments.hear(
            adapter,
            request,
            adapters=self.adapters,
            vault=self.vault,
            random=self.random,
            now=self.now,
        )
        return reply.status

    async def unmatched(self, units=(WARD,)):
        before = self.now + timedelta(days=1)
        return await payments.unmatched(
            units, adapters=self.adapters, now=self.now, before=before, vault=self.vault
        )

    async def work(self):
        recurring = payment_jobs.recurring(self.adapters, self.vault, clock=self.clock)
        for _, handler in recurring.values():
            await handler()
        handlers = payment_jobs.handlers(
            self.adapters, self.vault, clock=self.clock, random=self.random
        )
        runner = platform_jobs.Runner(handlers, clock=self.clock, random=self.random)
        await runner.drain(self.now)

    async def surplus(self):
        found = await db.rows("SELECT amount FROM refunds WHERE state = 'requested'")
        return sum(row["amount"] for row in found)


@pytest.fixture(scope="session")
def vault(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "keys.toml"
    make_keys_file(path, random=Random(3).randbytes)
    return Vault(load_keys(path))


@pytest.fixture
async def house(database, vault):
    made = House(vault)

    async def remember(event):
        made.events.append(event)

    async def set_aside(event):
        made.aside.append(event)

    heard = outbox.Reaction(together=(remember,))
    outbox.connect(
        {
            payments.ObligationSettled: heard,
            payments.ExemptionDecided: heard,
            payments.ObligationQuoted: heard,
            payments.MoneySetAside: outbox.Reaction(together=(set_aside,)),
            payments.RefundGiven: heard,
        }
    )
    yield made
    audit = await payments.audit()
    assert (audit.unbalanced, audit.gaps, audit.uncovered) == ([], [], [])
    await made.client.aclose()
