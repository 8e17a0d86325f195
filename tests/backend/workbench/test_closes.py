"""Daily closes over HTTP: a file goes up, its list is read and signed by the own ward alone."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from backend import payments
from backend.platform.settings import Account
from payment_adapters.contract import Observation
from tests.backend.payments.test_closing import READS_FILES, csv, line
from tests.backend.workbench.test_routes import WARD, refused

CLOSES = "/api/v1/workbench/closes"
ASKED = {"adapter": "bank_notice", "unit": WARD, "day": "2026-11-22"}


@pytest.fixture
def bank(house):
    """Let the bank's own file be read, before the desk opens."""
    account = Account(unit="*", bank_bin="970436", account="0292000017", name="UBND")
    house.settings = msgspec.structs.replace(
        house.settings, payments=READS_FILES, accounts=(account,)
    )


@pytest.fixture
async def hoa(browser):
    """Another officer of the same ward: the second person."""
    return await browser("hoa")


async def upload(desk, body, **asked):
    return await desk.post(CLOSES, params=ASKED | asked, content=body)


async def test_a_file_goes_up_and_its_list_is_signed_by_another(bank, lan, hoa):
    made = await upload(lan, csv(line("FT263260011")).body)
    path = f"{CLOSES}/{made.json()['close']}"

    own = await lan.post(f"{path}/sign", json={"note": "Đã hỏi ngân hàng"})
    without = await hoa.post(f"{path}/sign", json={})
    signed = await hoa.post(f"{path}/sign", json={"note": "Đã hỏi ngân hàng"})
    again = await hoa.post(f"{path}/sign", json={})

    assert made.status_code == 201, made.text
    assert made.json()["counts"]["missing_with_us"] == 1
    assert refused(own, 409, "same-person")
    assert refused(without, 422, "content")
    assert without.json()["errors"][0]["pointer"] == "/note"
    assert (signed.json()["signed_by"], signed.json()["note"]) == (
        "officer:hoa", "Đã hỏi ngân hàng",
    )  # fmt: skip
    assert signed.json()["names"] == {"officer:lan": "Cán bộ lan", "officer:hoa": "Cán bộ hoa"}
    assert refused(again, 409, "close-signed")
    assert (await lan.get(path)).json() == signed.json()


async def test_a_close_names_the_days_money_on_foreign_accounts(bank, house, lan, hoa):
    stray = Observation(
        status="succeeded", amount=5_000, account="999", memo="", txn="x1",
        occurred_at=datetime(2026, 11, 22, 5, tzinfo=UTC),
    )  # fmt: skip
    adapters = payments.Adapters(house.settings, clock=house.clock, random=house.random)
    await payments.settle(
        stray, source=payments.Source(adapter="bank_notice"), adapters=adapters, now=house.now
    )
    made = (await upload(lan, csv(line("FT263260011")).body)).json()

    path = f"{CLOSES}/{made['close']}"
    signed = await hoa.post(f"{path}/sign", json={"note": "Đã hỏi ngân hàng"})

    theirs = [{"account": "999", "count": 1, "amount": 5_000}]
    assert made["foreign"] == signed.json()["foreign"] == theirs
    assert made["counts"]["missing_with_them"] == 0
    house.now += timedelta(minutes=1)
    money = (await lan.get("/api/v1/workbench/money")).json()["items"]
    assert {one["account"] for one in money if one["foreign"]} == {"999"}


async def test_the_list_names_days_units_and_who_reads_files_without_lines(bank, lan):
    made = (await upload(lan, csv(line("FT263260011")).body)).json()

    listed = (await lan.get(CLOSES)).json()

    assert listed["items"] == [made | {"lines": []}]
    assert listed["units"] == {WARD: made["unit_name"]}
    assert listed["sources"] == ["bank_notice"]


async def test_a_line_without_a_reference_is_shown_under_no_name_of_ours(bank, lan):
    made = await upload(lan, csv(line("khong ro"), line("FT263260011")).body)

    assert sorted(one["txn"] for one in made.json()["lines"]) == ["", "FT263260011"]


async def test_where_nobody_named_the_columns_nothing_reads_files(lan):
    assert (await lan.get(CLOSES)).json()["sources"] == []


async def test_a_file_that_cannot_be_read_is_a_sentence(bank, lan):
    assert refused(await upload(lan, b"\x00\xff"), 422, "no-statement")
    assert refused(await upload(lan, b"", adapter="counter"), 422, "no-statement")


async def test_another_wards_closes_are_not_found(bank, lan, neighbour):
    made = (await upload(lan, csv(line("FT263260011")).body)).json()

    assert refused(await neighbour.get(f"{CLOSES}/{made['close']}"), 404, "not-found")
    assert refused(
        await neighbour.post(f"{CLOSES}/{made['close']}/sign", json={}), 404, "not-found"
    )
    assert refused(await upload(neighbour, b""), 404, "not-found")
    assert (await neighbour.get(CLOSES)).json()["items"] == []


@pytest.mark.parametrize("asked", [{"day": "hôm nay"}, {"unit": ""}, {"adapter": "x" * 65}])
async def test_a_question_of_a_wrong_shape_is_refused(bank, lan, asked):
    answer = await upload(lan, b"", **asked)

    assert answer.status_code in {400, 422}
    assert answer.json()["title"]
