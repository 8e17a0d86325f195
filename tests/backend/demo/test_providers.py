"""What all pretend providers share: the book, the payer's page, the telling, the faults."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from backend.demo.faults import Faults
from backend.demo.providers import app
from backend.demo.providers.book import Book
from backend.demo.providers.desk import KINDS, Machine
from backend.demo.providers.protocol import Call, Order, Refund, Reply, Settings

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
SIGNED = "ab" * 32
NOTICES = "http://service/notices"


class Plain:
    """A provider without any proof, so that only what all share is looked at."""

    title = "Cổng giả định"
    pauses = (1.0, 5.0)

    def service(self, asked):
        return {"/start": "start", "/query": "query", "/refund": "refund"}.get(asked.path, "")

    async def answer(self, service, asked, desk):
        given = json.loads(asked.body)
        if service == "start":
            order = desk.make(order_of(given["ref"], given["amount"], now=desk.now))
            return Reply(location=desk.page(order))
        if service == "refund":
            refund = desk.give_back(Refund(at=desk.now, **given))
            return Reply(body=refund.status.encode())
        order = desk.order(given["ref"])
        said = f"{order.merchant} {order.status} {order.paid} {SIGNED}"
        return Reply(body=said.encode(), media_type="text/plain")

    def notice(self, order, *, now):
        said = f"{order.merchant} {order.ref} {order.status} {order.paid} {SIGNED}"
        return Call(method="POST", url=order.notice_url, body=said.encode())

    def heard(self, status, body):
        return (status, body) == (200, b"ok")

    def back(self, order):
        return f"{order.return_url}?status={order.status}"


def order_of(ref, amount, *, now):
    return Order(
        ref=ref,
        merchant="SHOP",
        amount=amount,
        words="Phí hồ sơ",
        return_url="http://service/return",
        notice_url=NOTICES,
        made_at=now,
        expires_at=now + timedelta(minutes=15),
    )


class World:
    """A pretend provider in this process, its clock moved by hand, and the service it tells."""

    def __init__(self, folder):
        self.now = NOON
        self.heard, self.reply, self.ended = [], httpx.Response(200, content=b"ok"), []
        self.file = folder / "faults.json"
        self.folder = folder
        self.begin()

    def begin(self):
        self.machine = Machine(
            provider=Plain(),
            settings=Settings(web="http://service", table={}),
            book=Book(self.folder / "book.sqlite3"),
            faults=Faults(self.file, kinds=KINDS.keys()),
            clock=lambda: self.now,
            client=httpx.AsyncClient(transport=httpx.MockTransport(self.hear)),
            end=self.end,
        )
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app.create_app(self.machine)), base_url="http://bank"
        )

    def end(self, code):
        self.ended.append(code)
        raise EndedError

    def hear(self, request):
        self.heard.append(request.content.decode())
        return self.reply

    def faults(self, *rules):
        self.file.write_text(json.dumps({"fault": list(rules)}))

    async def ask(self, service, **words):
        return await self.http.post(f"/{service}", content=json.dumps(words))

    async def press(self, act, ref="R1"):
        return await self.http.post(f"/pay/{ref}", json={"act": act})

    async def passes(self, seconds):
        self.now += timedelta(seconds=seconds)
        await self.machine.work_once()


class EndedError(Exception):
    """Stands for the end of the process."""


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


async def started(world, ref="R1", amount=15_000):
    answer = await world.ask("start", ref=ref, amount=amount)
    assert answer.headers["location"] == f"http://bank/pay/{ref}"


async def test_a_payer_pays_is_sent_back_and_the_service_is_told_once(world):
    await started(world)

    page = (await world.http.get("/pay/R1")).text
    form = await world.http.post("/pay/R1", data={"act": "pay"})
    await world.passes(0)
    await world.passes(600)

    assert all(words in page for words in ("15.000\u00a0đ", "Phí hồ sơ", "Trả tiền", "Huỷ"))
    assert (form.status_code, form.headers["location"]) == (
        303,
        "http://service/return?status=paid",
    )
    assert world.heard == [f"SHOP R1 paid 15000 {SIGNED}"]
    assert "Đã trả xong." in (await world.http.get("/pay/R1")).text
    assert "R1" in (await world.http.get("/")).text


@pytest.mark.parametrize(
    ("act", "status", "told"),
    [
        ("cancel", "failed", "failed 0"),
        ("decline", "failed", "failed 0"),
        ("suspect", "review", "review 15000"),
        ("silent", "paid", None),
        ("late", "pending", None),
        ("reverse", "made", None),
    ],
)
async def test_each_button_has_its_outcome(world, act, status, told):
    await started(world)

    pressed = (await world.press(act)).json()
    await world.passes(0)

    assert pressed["status"] == status
    assert world.heard == ([f"SHOP R1 {told} {SIGNED}"] if told else [])


async def test_late_money_comes_after_thirty_seconds(world):
    await started(world)
    await world.press("late")

    await world.passes(29)
    before = list(world.heard)
    await world.passes(1)
    await world.passes(0)

    assert before == []
    assert world.heard == [f"SHOP R1 paid 15000 {SIGNED}"]


async def test_a_second_press_changes_nothing_and_a_reversal_is_told(world):
    await started(world)
    await world.press("pay")

    again = (await world.press("cancel")).json()
    back = (await world.press("reverse")).json()
    await world.passes(0)

    assert (again["status"], back["status"]) == ("paid", "reversed")
    assert sorted(world.heard) == [
        f"SHOP R1 paid 15000 {SIGNED}",
        f"SHOP R1 reversed 15000 {SIGNED}",
    ]


async def test_a_notice_is_repeated_in_the_providers_pauses_then_given_up(world):
    world.reply = httpx.Response(503)
    await started(world)
    await world.press("pay")

    for seconds in (0, 59, 1, 299, 1, 86_400):
        await world.passes(seconds)

    assert len(world.heard) == 3
    told = (await world.http.get("/orders")).json()[0]["notices"]
    assert [(one["tries"], one["outcome"]) for one in told] == [(3, "đã thôi báo: 503")]


@pytest.mark.parametrize(
    ("rule", "heard"),
    [
        ({"kind": "lose"}, []),
        ({"kind": "repeat", "times": 3}, [f"SHOP R1 paid 15000 {SIGNED}"] * 3),
        ({"kind": "other_amount"}, [f"SHOP R1 paid 16000 {SIGNED}"]),
        ({"kind": "other_merchant"}, [f"SHOX R1 paid 15000 {SIGNED}"]),
        ({"kind": "forge"}, [f"SHOP R1 paid 15000 {SIGNED[:-1]}0"]),
    ],
)
async def test_a_notice_lies_as_the_fault_file_says(world, rule, heard):
    world.faults({"service": "notice", **rule})
    await started(world)

    await world.press("pay")
    await world.passes(0)

    assert world.heard == heard


async def test_a_delayed_notice_comes_late_and_a_held_one_after_the_next(world):
    world.faults(
        {"kind": "delay", "service": "notice", "next": 1, "seconds": 30},
        {"kind": "reorder", "service": "notice", "next": 2, "seconds": 600},
    )
    for ref in ("R1", "R2", "R3"):
        await started(world, ref)
        await world.press("pay", ref)

    await world.passes(0)
    await world.passes(1)
    await world.passes(30)

    assert [words.split()[1] for words in world.heard] == ["R3", "R2", "R1"]


async def test_a_notice_that_was_owed_is_sent_after_the_process_died(world):
    world.faults({"kind": "die", "service": "notice", "next": 1})
    await started(world)
    await world.press("pay")
    with pytest.raises(EndedError):
        await world.passes(0)

    world.begin()
    await world.passes(0)

    assert world.ended == [1]
    assert world.heard == [f"SHOP R1 paid 15000 {SIGNED}"]


@pytest.mark.parametrize(
    ("rule", "status", "body"),
    [
        ({"kind": "down"}, 503, "<html>"),
        ({"kind": "error"}, 500, "<html>"),
        ({"kind": "html"}, 200, "<html>"),
        ({"kind": "cut"}, 200, "SHOP paid 15000"),
        ({"kind": "slow", "seconds": 0}, 200, f"SHOP paid 15000 {SIGNED}"),
        ({"kind": "forge"}, 200, f"SHOP paid 15000 {SIGNED[:-1]}0"),
        ({"kind": "other_amount"}, 200, f"SHOP paid 16000 {SIGNED}"),
        ({"kind": "other_merchant"}, 200, f"SHOX paid 15000 {SIGNED}"),
    ],
)
async def test_an_answer_goes_wrong_as_the_fault_file_says(world, rule, status, body):
    await started(world)
    await world.press("pay")
    world.faults({"service": "query", **rule})

    answer = await world.ask("query", ref="R1")

    assert answer.status_code == status
    assert answer.text.startswith(body)


async def test_a_provider_that_is_down_has_taken_nothing_and_one_that_dies_has(world):
    world.faults({"kind": "down", "service": "start", "next": 1}, {"kind": "die"})

    refused = await world.ask("start", ref="R1", amount=15_000)
    known = world.machine.book.order("R1")
    with pytest.raises(EndedError):
        await world.machine.answer(asked_of("start", ref="R1", amount=15_000))

    assert (refused.status_code, known) == (503, None)
    assert world.machine.book.order("R1").amount == 15_000


def asked_of(service, **words):
    return app.Asked(
        method="POST",
        path=f"/{service}",
        query="",
        headers={},
        body=json.dumps(words).encode(),
        origin="http://bank",
    )


async def test_the_same_reference_is_the_same_order(world):
    await started(world)
    await started(world, amount=99_000)

    assert world.machine.book.order("R1").amount == 15_000


async def test_refunds_never_go_above_what_was_paid_and_a_code_counts_once(world):
    await started(world)
    unpaid = await world.ask("refund", code="F0", ref="R1", amount=1)
    await world.press("pay")

    said = [
        (await world.ask("refund", code=code, ref="R1", amount=amount)).text
        for code, amount in (("F1", 5_000), ("F1", 5_000), ("F2", 10_001), ("F3", 10_000))
    ]

    assert unpaid.text == "refused"
    assert said == ["done", "done", "refused", "done"]


async def test_a_refund_is_done_later_or_refused_as_the_fault_file_says(world):
    await started(world)
    await world.press("pay")
    world.faults({"kind": "refund_later", "service": "refund", "seconds": 20})
    later = await world.ask("refund", code="F1", ref="R1", amount=1_000)
    world.faults({"kind": "refund_refused", "service": "refund"})
    refused = await world.ask("refund", code="F2", ref="R1", amount=1_000)

    await world.passes(20)

    assert (later.text, refused.text) == ("pending", "refused")
    assert world.machine.book.refund("F1").status == "done"


@pytest.mark.parametrize("path", ["/pay/NONE", "/nowhere"])
async def test_what_is_not_known_is_not_found(world, path):
    assert (await world.http.get(path)).status_code == 404
    assert (await world.http.post(path)).status_code == 404


async def test_a_button_that_does_not_exist_is_refused(world):
    await started(world)

    assert (await world.press("steal")).status_code == 422


async def test_a_service_that_cannot_be_reached_is_told_again(world):
    def gone(_request):
        raise httpx.ConnectError("gone")

    world.machine.client = httpx.AsyncClient(transport=httpx.MockTransport(gone))
    await started(world)
    await world.press("pay")

    await world.passes(0)

    task = world.machine.book.tasks("R1")[0]
    assert (task.tries, task.outcome, task.due) == (
        1,
        None,
        (NOON + timedelta(minutes=1)).timestamp(),
    )


def test_numbers_have_fifteen_digits_and_are_given_once():
    book = Book(None)

    numbers = [book.number(NOON.timestamp()) for _ in range(3)]

    assert len(set(numbers)) == 3
    assert all(len(number) == 15 and number.isdigit() for number in numbers)


def test_settings_are_the_services_own_and_what_is_missing_is_named(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('public_url = "http://service/"\n[payments.plain]\nkey = "k"\n')

    known = app.read_settings("plain", file)

    assert (known.web, known.text("key"), known.minute) == ("http://service", "k", 60.0)
    with pytest.raises(SystemExit, match="other"):
        known.text("other")
    with pytest.raises(SystemExit, match="vnpay"):
        app.read_settings("vnpay", file)
    with pytest.raises(SystemExit, match="none"):
        app.read_settings("plain", tmp_path / "none.toml")


def test_a_provider_that_nobody_wrote_is_refused_by_name(tmp_path):
    with pytest.raises(SystemExit, match="nobody"):
        app.build("nobody", settings=tmp_path)
