"""A platform asks what is payable for a dossier, and what is paid there is paid."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from backend import catalogue, payments, places
from backend.payments import routes
from backend.platform import db
from backend.platform.http.problems import exception_handlers
from payment_adapters.contract import RawRequest, Secret
from payment_adapters.payplat import wire
from tests.backend.payments.conftest import ACCOUNT, AMOUNT, TABLES, WARD, House
from tests.backend.payments.test_providers import KEY, OWN

ROOT = Path(__file__).parents[3]
CODE = "2222222222222"
LOOKUPS = "/api/v1/payments/lookups"


@pytest.fixture
async def house(house, vault):
    places.load("demo")
    catalogue.load(ROOT / "procedures", demo=True, clock=house.clock)
    made = House(vault, tables={**TABLES, **OWN})
    yield made
    await made.client.aclose()


@pytest.fixture
async def web(house):
    def given(value):
        return Provide(lambda: value, sync_to_thread=False, use_cache=False)

    app = Litestar(
        route_handlers=routes.handlers,
        dependencies={
            name: given(getattr(house, name)) for name in ("adapters", "vault", "random", "clock")
        },
        exception_handlers=exception_handlers,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
        yield client


async def a_dossier(house, *, amount=AMOUNT, state=None):
    dossier = await house.dossier(amount=amount, state=state)
    await db.execute(
        "UPDATE dossiers SET version = {}, code = {} WHERE id = {}",
        catalogue.get("2.000635").version, CODE, dossier,
    )  # fmt: skip
    return dossier


def question(code=CODE, *, key=KEY, partner="OMON", at="20261122120000"):
    said = {"LoaiBanTin": "LOOKUP", "MaDoiTac": partner, "MaHoSo": code, "ThoiGianGD": at}
    return json.dumps(wire.signed(key, wire.LOOKUP, said)).encode()


async def asks(web, body=None, adapter="payplat"):
    return await web.post(f"{LOOKUPS}/{adapter}", content=question() if body is None else body)


def confirm(ref, *, amount=AMOUNT, txn="t1", **changes):
    said = {
        **dict.fromkeys(wire.CONFIRM, "x"),
        "MaLoi": "00",
        "MaDoiTac": "OMON",
        "MaThamChieu": ref,
        "SoTien": str(amount),
        "MaTienTe": "VND",
        "MaGiaoDich": txn,
        "ThoiGianGD": "20261122120500",
        **changes,
    }
    body = json.dumps(wire.signed(KEY, wire.CONFIRM, said)).encode()
    return RawRequest(method="POST", body=body)


async def test_what_is_payable_is_told_with_its_lines_account_and_reference(house, web):
    await a_dossier(house)

    answer = await asks(web)

    said = answer.json()
    data = said["data"]
    assert (answer.status_code, said["error_code"]) == (200, "1")
    assert (data["SoTien"], data["MaHoSo"], data["TKThuHuong"]) == ("24000", CODE, ACCOUNT)
    assert [one["SoTien"] for one in data["PhiLePhi"]] == ["24000"]
    assert data["TenDonVi"] == places.name(WARD)
    assert {data[one] for one in ("HoTenNguoiNop", "SoCMNDNguoiNop", "DiaChiNguoiNop")} == {""}


async def test_what_is_paid_there_is_paid_here(house, web):
    dossier = await a_dossier(house)
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]

    status = await house.hear(confirm(ref), "payplat")

    assert status == 200
    assert await house.state(dossier) == "paid"
    assert (await asks(web)).json()["error_code"] == "0"


async def test_it_is_still_paid_in_time_hours_after_the_question(house, web):
    dossier = await a_dossier(house)
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]
    house.later(hours=23)
    await house.work()

    await house.hear(confirm(ref), "payplat")

    assert await house.state(dossier) == "paid"
    assert await house.unmatched() == []


async def test_asked_again_the_same_reference_is_told(house, web):
    dossier = await a_dossier(house)

    refs = {(await asks(web)).json()["data"]["MaTraCuuTT"] for _ in range(3)}

    assert len(refs) == 1
    assert await house.attempts(dossier) == ["pending"]


async def test_sixteen_questions_at_once_make_one_attempt(house, web):
    dossier = await a_dossier(house)

    answers = await asyncio.gather(*(asks(web) for _ in range(16)))

    assert len({one.json()["data"]["MaTraCuuTT"] for one in answers}) == 1
    assert await house.attempts(dossier) == ["pending"]


async def test_a_question_puts_nothing_aside_that_the_citizen_has_begun(house, web):
    dossier = await a_dossier(house)
    code = await house.code(dossier)

    await asks(web)
    await house.hear(house.transfer(code))

    assert await house.state(dossier) == "paid"
    assert sorted(await house.attempts(dossier)) == ["succeeded", "superseded"]


async def test_a_question_that_is_never_followed_by_money_blocks_no_other_way(house, web):
    dossier = await a_dossier(house)
    house.adapters.use(
        httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(404)))
    )
    await asks(web)
    house.later(minutes=5)
    await house.work()

    assert (await house.start(dossier, "vietqr")).fresh


async def test_while_another_payment_is_being_confirmed_nothing_is_told_as_payable(house, web):
    dossier = await a_dossier(house)
    house.bank.mood = "lost"
    await house.start(dossier, "sandbox")

    assert (await asks(web)).json()["error_code"] == "0"


async def test_paid_twice_is_given_back(house, web):
    dossier = await a_dossier(house)
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]
    await house.hear(house.transfer(await house.code(dossier)))

    await house.hear(confirm(ref), "payplat")

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT


async def test_an_unknown_dossier_and_one_without_fee_are_told_apart(house, web):
    unknown = await asks(web, question("3" * 13))
    await a_dossier(house, amount=0, state="nothing_due")
    free = await asks(web)

    assert [one.json()["error_code"] for one in (unknown, free)] == ["-1", "0"]


async def test_a_fee_that_is_not_known_yet_is_not_payable(house, web):
    await a_dossier(house, amount=None, state="unquoted")

    assert (await asks(web)).json()["error_code"] == "0"


@pytest.mark.parametrize(
    "body",
    [
        question(key=Secret("another-key")),
        question(partner="OTHER"),
        question(at="20261122115400"),
        question(at="20261122120600"),
        b'{"MaHoSo": "2222222222222"}',
    ],
)
async def test_a_question_that_is_not_proven_learns_nothing(house, web, body):
    dossier = await a_dossier(house)

    answer = await asks(web, body)

    assert (answer.status_code, answer.json()["type"]) == (401, "unauthorised")
    assert CODE not in answer.text
    assert await house.attempts(dossier) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b"<html>", question("' OR 1=1"), b"1" * 70_000]
)
async def test_an_odd_question_is_no_fault_of_ours(house, web, body):
    answer = await asks(web, body)

    assert answer.status_code in {400, 401}
    assert answer.json()["title"]


async def test_who_answers_no_questions_is_not_found(web):
    for name in ("vietqr", "vnpay", "nobody"):
        assert (await asks(web, adapter=name)).status_code == 404


async def test_one_dossier_is_asked_about_so_often_and_no_more(house, web):
    await a_dossier(house)
    answers = [await asks(web) for _ in range(31)]

    assert [one.status_code for one in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["retry-after"]) <= 3600


async def test_the_platforms_receipt_is_fetched_once_and_kept_sealed(house, web):
    dossier = await a_dossier(house)
    asked = []

    def platform(request):
        asked.append(json.loads(request.content)["LoaiBanTin"])
        return httpx.Response(200, content=b"%PDF-1.4 NGUYEN VAN A")

    house.adapters.use(httpx.AsyncClient(transport=httpx.MockTransport(platform)))
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]
    for _ in range(2):
        await house.hear(confirm(ref), "payplat")
        await house.work()

    kept = await payments.provider_bill(dossier, vault=house.vault)
    [row] = await db.rows("SELECT * FROM provider_bills")
    assert kept == b"%PDF-1.4 NGUYEN VAN A"
    assert b"NGUYEN" not in row["sealed"]
    assert asked.count("GET_BILL") == 1


async def test_a_payment_told_as_open_first_has_its_receipt_fetched_once_it_came(house, web):
    dossier = await a_dossier(house)
    answer = httpx.Response(200, content=b"%PDF-1.4")
    house.adapters.use(httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer)))
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]
    await house.hear(confirm(ref, MaLoi="24"), "payplat")
    await house.work()

    await house.hear(confirm(ref), "payplat")
    await house.work()

    assert await payments.provider_bill(dossier, vault=house.vault) == b"%PDF-1.4"


async def test_a_receipt_that_cannot_be_had_now_is_had_later(house, web):
    dossier = await a_dossier(house)
    answers = [httpx.Response(503), httpx.Response(200, content=b"<html>")]
    answers.append(httpx.Response(200, content=b"%PDF-1.4"))
    house.adapters.use(httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answers.pop(0))))
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]
    await house.hear(confirm(ref), "payplat")

    for _ in range(3):
        await house.work()
        house.later(minutes=16)

    assert await house.state(dossier) == "paid"
    assert await payments.provider_bill(dossier, vault=house.vault) == b"%PDF-1.4"


async def test_a_receipt_that_never_comes_is_not_asked_for_for_ever(house, web):
    await a_dossier(house)
    house.adapters.use(
        httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(503)))
    )
    ref = (await asks(web)).json()["data"]["MaTraCuuTT"]
    await house.hear(confirm(ref), "payplat")
    await house.work()
    house.later(days=8)

    await house.work()

    left = await db.rows("SELECT id FROM jobs WHERE topic = 'payments.bill' AND done_at IS NULL")
    assert left == []


async def test_who_gives_out_no_receipts_is_asked_for_none(house):
    dossier = await a_dossier(house)
    await house.hear(house.transfer(await house.code(dossier)))

    assert await db.rows("SELECT id FROM jobs WHERE topic = 'payments.bill'") == []
