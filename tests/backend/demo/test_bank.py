"""The pretend bank: what was paid stands in its books, what it tells is signed and repeated."""

import io
import json
from datetime import UTC, datetime, timedelta
from random import Random

import httpx
import pytest
import segno

from backend.demo.bank.app import create_app
from backend.demo.bank.ledger import Ledger, Movement
from backend.demo.bank.statement import COLUMNS
from backend.demo.bank.teller import KINDS, NOTICE_PATH, Demo, Teller
from backend.demo.faults import Faults
from payment_adapters.bank_notice import statement
from payment_adapters.bank_notice import wire as sepay
from payment_adapters.bank_notice.statement import Columns
from payment_adapters.contract import Secret
from payment_adapters.sandbox import wire as sandbox

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
SEPAY, SANDBOX = "sepay-secret", "sandbox-secret"
CODE = (
    "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA"
    "53037045405150005802VN62130809HSP7K2M9Q63048571"
)


class Service:
    """Hears the bank's notices, checks them as the service does, answers as it is told to."""

    def __init__(self, bank):
        self.bank = bank
        self.heard = []
        self.status = 200

    def __call__(self, request):
        now, headers = self.bank.now, request.headers
        if request.url.path == NOTICE_PATH:
            sepay.check(
                Secret(SEPAY),
                request.content,
                timestamp=headers[sepay.TIMESTAMP],
                signature=headers[sepay.SIGNATURE],
                now=now,
            )
        else:
            sandbox.check(
                Secret(SANDBOX),
                "notice",
                request.content,
                timestamp=headers[sandbox.TIMESTAMP],
                signature=headers[sandbox.SIGNATURE],
                now=now,
            )
        self.heard.append(json.loads(request.content))
        return httpx.Response(self.status, json={"success": True, "result": "ok"})


class Bank:
    """A pretend bank in this process, with a clock that is moved by hand."""

    def __init__(self, tmp_path):
        self.now = NOON
        self.service = Service(self)
        self.file = tmp_path / "faults.toml"
        self.path = tmp_path / "bank.db"
        self.teller = Teller(
            ledger=Ledger(self.path),
            faults=Faults(self.file, kinds=KINDS),
            demo=lambda: Demo(
                web="http://web", account="0123456789", sepay_secret=SEPAY, sandbox_secret=SANDBOX
            ),
            clock=lambda: self.now,
            client=httpx.AsyncClient(transport=httpx.MockTransport(self.service)),
            chance=Random(5),  # noqa: S311 - repeatable on purpose
        )
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(create_app(self.teller)), base_url="http://bank"
        )

    def fails(self, kind, service="*", **more):
        words = "".join(f"{key} = {value}\n" for key, value in more.items())
        self.file.write_text(f'[[fault]]\nkind = "{kind}"\nservice = "{service}"\n{words}')

    async def pay(self, **wish):
        answer = await self.client.post("/pay", json={"payload": CODE} | wish)
        return answer.json()["transfers"]

    async def later(self, **time):
        self.now += timedelta(**time)
        await self.teller.work_once()

    async def memos(self):
        await self.teller.work_once()
        return [one["content"] for one in self.service.heard]

    async def call(self, path, purpose, message):
        body = json.dumps(message).encode()
        headers = sandbox.sign(Secret(SANDBOX), purpose, body, at=self.now)
        return await self.client.post(path, content=body, headers=headers)

    async def start(self, amount=15_000, number=1, **more):
        wish = {
            "merchant": "mot-cua",
            "ref": f"261122-HSP7K2M{number:02d}",
            "amount": amount,
            "description": "Lệ phí <b>",
            "return_url": "http://web/ve?a=1",
            "notice_url": "http://web/api/v1/payments/notices/sandbox",
            "expires_at": (NOON + timedelta(minutes=15)).isoformat(),
        } | more
        answer = await self.call("/sandbox/payments", "start", wish)
        return wish, answer

    async def press(self, wish, act="pay"):
        answer = await self.client.post(f"/sandbox/pay/{wish['ref']}", json={"act": act})
        await self.teller.work_once()
        return answer.json()["result"]

    async def ask(self, wish):
        question = {"merchant": "mot-cua", "ref": wish["ref"]}
        return (await self.call("/sandbox/query", "query", question)).json()


@pytest.fixture
def bank(tmp_path):
    return Bank(tmp_path)


async def test_a_code_that_is_paid_is_told_in_a_signed_notice(bank):
    [movement] = await bank.pay()
    await bank.teller.work_once()

    [notice] = bank.service.heard
    assert notice["id"] == movement["id"]
    assert (notice["transferAmount"], notice["accountNumber"]) == (15_000, "0123456789")
    assert notice["transactionDate"] == "2026-11-22 12:00:00"
    assert ".HSP7K2M9Q." in notice["content"]
    assert sepay.read(json.dumps(notice).encode())[0].amount == 15_000


async def test_the_payer_may_pay_short_over_and_without_words(bank):
    await bank.pay(amount=14_000)
    await bank.pay(amount=16_000, memo="")
    await bank.teller.work_once()

    assert [one["transferAmount"] for one in bank.service.heard] == [14_000, 16_000]
    assert "HSP7K2M9Q" not in bank.service.heard[1]["content"]


@pytest.mark.parametrize(
    ("situation", "notices", "movements"),
    [("plain", 1, 1), ("told_twice", 2, 1), ("two_transfers", 2, 2), ("never", 0, 1)],
)
async def test_situations_are_played_as_they_are_called(bank, situation, notices, movements):
    await bank.pay(situation=situation)
    await bank.teller.work_once()

    assert len(bank.service.heard) == notices
    assert len({one["id"] for one in bank.service.heard}) == min(notices, movements)
    assert len(bank.teller.ledger.movements()) == movements


async def test_a_late_notice_comes_after_half_a_minute(bank):
    await bank.pay(situation="late")
    await bank.later(seconds=29)
    before = len(bank.service.heard)
    await bank.later(seconds=2)

    assert (before, len(bank.service.heard)) == (0, 1)


async def test_an_unheard_notice_is_repeated_seven_times_in_growing_minutes(bank):
    bank.service.status = 503
    await bank.pay()
    for _ in range(60):
        await bank.later(minutes=1)

    assert len(bank.service.heard) == 8
    assert bank.teller.ledger.words_about(str(bank.service.heard[0]["id"])) == ["đã thôi báo"]


async def test_a_notice_that_was_owed_is_sent_after_a_restart(bank, tmp_path):
    await bank.pay()
    again = Bank(tmp_path)

    await again.teller.work_once()

    assert len(again.service.heard) == 1


async def test_the_file_of_a_day_names_each_movement_as_its_notice_does(bank):
    (paid,) = await bank.pay(memo="Bút ký, HSP7K2M9Q")
    (silent,) = await bank.pay(amount=9_000, situation="never")
    await bank.memos()

    file = await bank.client.get("/statement")
    lines = statement.read(file.content, Columns(**COLUMNS), account="")

    assert [(one.seen.txn, one.seen.amount) for one in lines] == [
        (str(paid["id"]), paid["amount"]), (str(silent["id"]), 9_000),
    ]  # fmt: skip
    assert lines[0].seen.txn == str(bank.service.heard[0]["id"])
    assert lines[0].seen.memo == paid["content"]
    assert lines[0].seen.occurred_at == NOON
    other = await bank.client.get("/statement", params={"day": "2026-11-21"})
    assert statement.read(other.content, Columns(**COLUMNS), account="") == ()


async def test_money_on_an_account_that_nobody_watches_is_told_to_nobody(bank):
    bank.teller.demo = lambda: Demo(web="http://web", account="999", sepay_secret=SEPAY)
    await bank.pay()
    await bank.teller.work_once()

    assert bank.service.heard == []


async def test_faults_of_the_file_lose_delay_repeat_and_mangle(bank):
    bank.fails("lose")
    await bank.pay()
    lost = len(await bank.memos())
    bank.fails("repeat", times=3)
    await bank.pay()
    repeated = len(await bank.memos())
    bank.fails("delay", seconds=20)
    await bank.pay()
    delayed = len(await bank.memos())
    await bank.later(seconds=21)

    assert (lost, repeated, delayed, len(bank.service.heard)) == (0, 3, 3, 4)
    bank.fails("mangle")
    await bank.pay()
    assert ".HSP7K2M9Q." not in (await bank.memos())[-1]


async def test_a_reordered_notice_comes_after_the_next_one(bank):
    bank.fails("reorder", next=1, seconds=60)
    [first] = await bank.pay()
    [second] = await bank.pay()
    await bank.teller.work_once()
    await bank.later(seconds=1)

    assert [one["id"] for one in bank.service.heard] == [second["id"], first["id"]]


@pytest.mark.parametrize("body", [b"{", b'{"payload": "x"}', b'{"payload": 1}', b"\xff"])
async def test_what_cannot_be_paid_is_refused_and_moves_nothing(bank, body):
    answer = await bank.client.post("/pay", content=body)

    assert answer.status_code == 422
    assert bank.teller.ledger.movements() == []


async def test_a_person_pays_by_form_from_a_picture_to_the_page_of_what_was_done(bank):
    picture = io.BytesIO()
    segno.make(CODE).save(picture, kind="png", scale=6)
    read = await bank.client.post("/read-picture", files={"picture": picture.getvalue()})
    form = {"payload": CODE, "amount": "15000", "memo": "HSP7K2M9Q", "situation": "two_transfers"}
    paid = await bank.client.post("/pay", data=form)
    done = await bank.client.get(paid.headers["location"])

    assert 'value="HSP7K2M9Q"' in read.text
    assert paid.status_code == 303
    assert "Đã chuyển 30.000\u00a0đ" in done.text
    assert all("NGÂN HÀNG GIẢ ĐỊNH" in page.text for page in (read, done))


@pytest.mark.parametrize("picture", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"0" * 50])
async def test_a_picture_without_a_code_is_refused_in_words(bank, picture):
    answer = await bank.client.post("/read-picture", files={"picture": ("a.png", picture)})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("amount", ["", "0", "1.5", "-1", "9" * 20])
async def test_a_wrong_amount_keeps_the_order_on_the_page(bank, amount):
    answer = await bank.client.post("/pay", data={"payload": CODE, "amount": amount, "memo": ""})

    assert answer.status_code == 422
    assert "Số tiền là số nguyên" in answer.text
    assert CODE in answer.text


async def test_a_payment_of_the_sandbox_is_started_paid_told_and_answered(bank):
    wish, started = await bank.start()
    again = await bank.start()
    page = await bank.client.get(f"/sandbox/pay/{wish['ref']}")
    before = await bank.ask(wish)
    claim = await bank.press(wish)
    after = await bank.ask(wish)

    assert started.json()["pay_url"] == f"http://bank/sandbox/pay/{wish['ref']}"
    assert again[1].json() == started.json()
    assert "Lệ phí &lt;b&gt;" in page.text
    assert (before["status"], claim, after["status"]) == ("pending", "paid", "paid")
    [notice] = bank.service.heard
    assert (notice["txn"], notice["amount"]) == (after["txn"], 15_000)


async def test_the_page_of_the_sandbox_names_who_gets_the_money(bank):
    wish, _ = await bank.start(payee="UBND PHUONG <b>")
    other, _ = await bank.start(number=2)

    named = await bank.client.get(f"/sandbox/pay/{wish['ref']}")
    coded = await bank.client.get(f"/sandbox/pay/{other['ref']}")

    assert "Đơn vị nhận tiền" in named.text
    assert "UBND PHUONG &lt;b&gt;" in named.text
    assert "mot-cua" in coded.text
    assert "Ngân hàng thử nghiệm" not in named.text + coded.text


async def test_money_of_the_past_was_told_of_and_is_not_called_lost(bank):
    old = {"bank": "VCB", "account": "0123456789", "amount": 8000, "content": "x", "at": 1.0}
    bank.teller.ledger.enter(Movement(id=1, reference="DEMO1", told="heard", **old))
    bank.fails("lose")
    await bank.pay()

    page = (await bank.client.get("/")).text

    assert page.count("đã báo ngay khi tiền vào") == 1
    assert page.count("Báo có bị làm mất") == 1


async def test_the_same_reference_with_other_content_is_a_conflict(bank):
    wish, _ = await bank.start()

    assert (await bank.start(amount=16_000))[1].status_code == 409
    assert (await bank.ask(wish))["status"] == "pending"


async def test_an_unsigned_or_foreign_call_is_refused(bank):
    wish, _ = await bank.start()
    body = json.dumps({"merchant": "mot-cua", "ref": wish["ref"]}).encode()
    foreign = sandbox.sign(Secret("other"), "query", body, at=bank.now)
    old = sandbox.sign(Secret(SANDBOX), "query", body, at=bank.now - timedelta(minutes=6))

    for headers in ({}, foreign, old):
        answer = await bank.client.post("/sandbox/query", content=body, headers=headers)
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("ending", "claim", "said", "notices"),
    [
        (2, "failed", "failed", 1),
        (4, "paid", "paid", 2),
        (7, "pending", "pending", 0),
        (10, "paid", "paid", 0),
        (12, "paid", "paid", 2),
    ],
)
async def test_the_last_digits_of_an_amount_choose_a_script(bank, ending, claim, said, notices):
    wish, _ = await bank.start(amount=15_000 + ending)

    claimed = await bank.press(wish)

    assert (claimed, (await bank.ask(wish))["status"]) == (claim, said)
    assert len(bank.service.heard) == notices


async def test_scripts_that_take_time_are_paid_when_their_time_comes(bank):
    later, _ = await bank.start(amount=15_003, number=3)
    expired, _ = await bank.start(amount=15_008, number=8)
    reversed_, _ = await bank.start(amount=15_009, number=9)
    for wish in (later, expired, reversed_):
        await bank.press(wish)
    first = [(await bank.ask(wish))["status"] for wish in (later, expired, reversed_)]
    await bank.later(seconds=31)
    second = [(await bank.ask(wish))["status"] for wish in (later, expired, reversed_)]
    await bank.later(minutes=15)
    third = [(await bank.ask(wish))["status"] for wish in (later, expired, reversed_)]

    assert first == ["pending", "pending", "paid"]
    assert second == ["paid", "pending", "reversed"]
    assert third == ["paid", "paid", "reversed"]


async def test_money_may_be_told_of_before_the_start_is_answered(bank):
    wish, started = await bank.start(amount=15_005)

    assert started.status_code == 200
    assert [one["ref"] for one in bank.service.heard] == [wish["ref"]]


async def test_a_wrong_amount_is_what_was_really_paid(bank):
    wish, _ = await bank.start(amount=15_006)
    await bank.press(wish)

    assert (await bank.ask(wish))["amount"] == 14_006


async def test_the_file_can_choose_a_script_too(bank):
    bank.fails("silent_paid", "start")
    wish, _ = await bank.start()
    await bank.press(wish)

    assert bank.service.heard == []


async def test_an_unknown_payment_is_not_found(bank):
    question = {"ref": "261122-HSP7K2M99"}

    assert (await bank.ask(question))["status"] == "not_found"
    assert (await bank.client.get("/sandbox/pay/261122-HSP7K2M99")).status_code == 404
    assert (await bank.client.get("/moved/7")).status_code == 404
