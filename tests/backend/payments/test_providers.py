"""Providers with their own forms, through the core: what they hear and what they are answered."""

import json
from pathlib import Path
from urllib.parse import parse_qsl

import httpx
import pytest

from backend import catalogue, payments, places
from backend.platform import db
from payment_adapters.contract import RawRequest, Secret
from payment_adapters.payplat import wire as payplat
from payment_adapters.vnpay import wire as vnpay
from tests.backend.payments.conftest import AMOUNT, TABLES, WARD, House

ROOT = Path(__file__).parents[3]
KEY = Secret("a-secret-of-both-providers")
PAYER = "198.51.100.7"
PLATFORM = "https://payplat.example.vn"
OWN = {
    "vnpay": {"enabled": True, "tmn_code": "DEMO0001", "secret": "a-secret-of-both-providers"},
    "payplat": {
        "enabled": True,
        "base_url": PLATFORM,
        "init_path": "/init",
        "query_path": "/query",
        "bill_path": "/bill",
        "partner": "OMON",
        "secret": "a-secret-of-both-providers",
        "agency_code": "000.00.17.H13",
    },
}


@pytest.fixture
async def house(house, vault):
    made = House(vault, tables={**TABLES, **OWN})
    yield made
    await made.client.aclose()


async def start(house, dossier, adapter):
    return await payments.start(
        dossier,
        adapter,
        adapters=house.adapters,
        clock=house.clock,
        random=house.random,
        payer_ip=PAYER,
    )


def given(url):
    return {name.removeprefix("vnp_"): value for name, value in parse_qsl(url.partition("?")[2])}


def ipn(ref, *, amount=AMOUNT, key=KEY, **changes):
    said = {
        "Amount": vnpay.hundredfold(amount),
        "BankCode": "NCB",
        "OrderInfo": "Phi ho so",
        "PayDate": "20261122120500",
        "ResponseCode": "00",
        "TmnCode": "DEMO0001",
        "TransactionNo": "14226112",
        "TransactionStatus": "00",
        "TxnRef": ref,
    }
    return RawRequest(method="GET", query=vnpay.signed_query(key, {**said, **changes}))


async def hear(house, adapter, request):
    reply = await payments.hear(
        adapter,
        request,
        adapters=house.adapters,
        vault=house.vault,
        random=house.random,
        now=house.now,
    )
    return reply.status, json.loads(reply.body)


async def test_vnpays_page_is_told_where_the_payer_is_and_only_while_it_is_offered(house):
    dossier = await house.dossier()

    opened = await start(house, dossier, "vnpay")
    said = given(opened.attempt.next_action.url)
    await hear(house, "vnpay", ipn(said["TxnRef"]))

    assert (said["IpAddr"], said["Amount"]) == (PAYER, "2400000")
    rows = [
        await db.rows(f"SELECT * FROM {table}") for table in ("payment_attempts", "jobs", "audit")
    ]
    assert PAYER not in repr(rows)
    assert (await payments.of_dossier(dossier))[1][0].next_action is None


async def test_a_notice_by_get_pays_and_each_repeat_has_vnpays_reply(house):
    dossier = await house.dossier()
    ref = given((await start(house, dossier, "vnpay")).attempt.next_action.url)["TxnRef"]

    forged = await hear(house, "vnpay", ipn(ref, key=Secret("another")))
    unknown = await hear(house, "vnpay", ipn("HSNOBODY1", TransactionNo="1"))
    other = await hear(house, "vnpay", ipn(ref, amount=AMOUNT + 1000, TransactionNo="2"))
    right = await hear(house, "vnpay", ipn(ref))
    again = await hear(house, "vnpay", ipn(ref))

    said = [(status, body["RspCode"]) for status, body in (forged, unknown, other, right, again)]
    assert said == [(200, "97"), (200, "01"), (200, "04"), (200, "00"), (200, "02")]


async def test_a_notice_of_the_right_amount_settles(house):
    dossier = await house.dossier()
    ref = given((await start(house, dossier, "vnpay")).attempt.next_action.url)["TxnRef"]

    await hear(house, "vnpay", ipn(ref))

    assert await house.state(dossier) == "paid"


async def test_vnpay_is_not_offered_below_its_limit(house):
    offered = {way.adapter for way in house.adapters.ways(4_000, account=True)}

    assert "vnpay" not in offered
    assert "vnpay" in {way.adapter for way in house.adapters.ways(5_000, account=True)}


class Platform:
    """A pretend national platform that takes every INIT and keeps what it was told."""

    def __init__(self):
        self.told = {}

    def __call__(self, request):
        self.told = json.loads(request.content)
        inside = json.dumps({"UrlThanhToan": f"{PLATFORM}/pay/1"})
        return httpx.Response(200, json={"error_code": "0", "message": inside})


async def a_dossier_of_the_catalogue(house):
    places.load("demo")
    catalogue.load(ROOT / "procedures", demo=True, clock=house.clock)
    dossier = await house.dossier()
    version = catalogue.get("2.000635").version
    await db.execute(
        "UPDATE dossiers SET version = {}, code = '2222222222222' WHERE id = {}", version, dossier
    )
    return dossier


async def test_the_national_platform_gets_the_bill_and_its_own_words_back(house):
    dossier, platform = await a_dossier_of_the_catalogue(house), Platform()
    house.adapters.use(httpx.AsyncClient(transport=httpx.MockTransport(platform)))

    opened = await start(house, dossier, "payplat")
    confirm = {
        **dict.fromkeys(payplat.CONFIRM, "x"),
        "MaLoi": "00",
        "MaDoiTac": "OMON",
        "MaThamChieu": platform.told["MaThamChieu"],
        "SoTien": "24000",
        "MaTienTe": "VND",
        "ThoiGianGD": "20261122120500",
    }
    body = json.dumps(payplat.signed(KEY, payplat.CONFIRM, confirm)).encode()
    status, reply = await hear(house, "payplat", RawRequest(method="POST", body=body))

    info = platform.told["ThongTinBienLai"]
    assert opened.attempt.next_action.url == f"{PLATFORM}/pay/1"
    assert (info["MaHoSo"], info["MaTTHC"], info["MaDonVi"], info["TenDonVi"]) == (
        "2222222222222",
        "2.000635",
        "000.00.17.H13",
        places.name(WARD),
    )
    assert [one["SoTien"] for one in info["PhiLePhi"]] == ["24000"]
    assert platform.told["Ip"] == PAYER
    assert (status, reply["MaLoi"], reply["ThoiGianGD"]) == (200, "00", "20261122120500")
    assert payplat.proven(KEY, payplat.HEARD, json.dumps(reply).encode())
    assert await house.state(dossier) == "paid"
