"""The desk of money over HTTP: what is seen, what is decided, by whom, and how often."""

import asyncio
import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest

from backend import dossiers, payments
from backend.platform.db import rows
from backend.workbench.model.money import RefundShown, age, payout_sheet
from payment_adapters.contract import Observation
from tests.backend.workbench.test_routes import (
    NOON,
    WARD,
    act,
    look,
    pay_by_hand,
    refused,
    surplus_of,
)

MONEY = "/api/v1/workbench/money"
REFUNDS = f"{MONEY}/refunds"
WHY = "Theo sao kê"


@pytest.fixture
async def minh(browser):
    """Another officer of the same ward: the second person."""
    return await browser("minh")


async def step(desk, refund, verb, **body):
    read = (await desk.get(f"{REFUNDS}/{refund}")).json()
    return await desk.post(
        f"{REFUNDS}/{refund}/{verb}", json={"seen": read["rev"], "reason": WHY, **body}
    )


async def test_every_row_says_how_much_why_how_old_whose_and_what_next(house, lan):
    code = await house.handed_in()
    await surplus_of(house, lan, code)

    (money,) = (await lan.get(MONEY)).json()["items"]
    (refund,) = (await lan.get(REFUNDS)).json()["items"]

    assert (money["amount"], money["reason"], money["age"], money["can"]) == (
        8000, "second", 0, ["move", "note"],
    )  # fmt: skip
    for row in (money, refund):
        assert (row["unit"], row["code"], row["owner_masked"]) == (WARD, code, "Nguyễn T. B. T.")
        assert row["unit_name"]
        assert "Bích" not in str(row)
    assert (refund["state"], refund["routes"], refund["can"]) == (
        "requested", ["manual"], ["approve", "reject"],
    )  # fmt: skip


async def test_money_is_moved_once_by_sixteen_clicks(house, lan):
    code, other = await house.handed_in(), await house.handed_in()
    event, _refund = await surplus_of(house, lan, code)

    body = {"seen": 0, "reason": WHY, "code": other}
    answers = await asyncio.gather(
        *(lan.post(f"{MONEY}/{event}/move", json=body) for _ in range(16))
    )
    opened = (await lan.get(f"{MONEY}/{event}")).json()

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15
    assert (await look(lan, other))["obligation"]["state"] == "paid"
    assert (await look(lan, code))["obligation"]["state"] == "paid"
    assert [(one["verb"], one["by"], one["reason"]) for one in opened["decisions"]] == [
        ("move", "officer:lan", WHY)
    ]
    assert opened["names"] == {"officer:lan": "Cán bộ lan"}
    assert opened["can"] == []


async def test_money_is_matched_only_to_a_dossier_of_the_own_ward(house, lan):
    code, foreign = await house.handed_in(), await house.handed_in(unit="om-thoi-an")
    event, _refund = await surplus_of(house, lan, code)

    answer = await lan.post(
        f"{MONEY}/{event}/move", json={"seen": 0, "reason": WHY, "code": foreign}
    )

    assert refused(answer, 404, "not-found")


async def test_money_of_nobody_is_matched_to_a_dossier(house, lan):
    code = await house.handed_in()
    adapters = payments.Adapters(house.settings, clock=house.clock, random=house.random)
    seen = Observation(status="succeeded", amount=8000, account="0292", memo="", txn="FT1")
    source = payments.Source(adapter="bank_notice")
    await payments.settle(seen, source=source, adapters=adapters, now=house.now)
    house.now += timedelta(minutes=1)
    (money,) = (await lan.get(MONEY)).json()["items"]

    body = {"seen": money["rev"], "reason": WHY, "code": code}
    matched = await lan.post(f"{MONEY}/{money['id']}/match", json=body)
    noted = await lan.post(f"{MONEY}/{money['id']}/note", json={"seen": 1, "reason": WHY})

    assert (money["can"], money["code"]) == (["match", "give_back", "note"], None)
    assert (matched.json()["code"], matched.json()["state"]) == (code, "paid")
    assert refused(noted, 409, "money-decided")
    assert (await lan.get(MONEY)).json()["items"] == []


async def test_short_money_counts_and_the_rest_is_taken_at_the_counter(house, lan):
    code = await house.handed_in()
    await pay_by_hand(house, (await dossiers.by_code(code)).id, amount=5000)
    (money,) = (await lan.get(MONEY)).json()["items"]

    counted = await lan.post(f"{MONEY}/{money['id']}/count", json={"seen": 0, "reason": WHY})
    rest = await act(lan, code, "collect", kind="cash", amount=3000)

    assert money["can"] == ["move", "count", "give_back", "note"]
    assert counted.status_code == 200, counted.text
    assert rest.json()["obligation"]["state"] == "paid"


async def test_a_refund_goes_by_the_accountant_with_two_persons(house, lan, minh):
    code = await house.handed_in()
    _event, refund = await surplus_of(house, lan, code)
    payee = {"bank": "Vietcombank", "account": "0011223344", "name": "=NGUYEN VAN A"}

    approved = await step(lan, refund, "approve", route="manual", payee=payee)
    sheet = await minh.get(f"{REFUNDS}/payout.csv")
    paid = await step(lan, refund, "pay_out", evidence="UNC 12/2026")
    alone = await step(lan, refund, "confirm")
    done = await step(minh, refund, "confirm")

    assert approved.json()["state"] == "approved"
    assert ",Cán bộ lan," in sheet.text
    assert paid.json()["can"] == ["send_back"]
    assert refused(alone, 409, "same-person")
    assert (done.json()["state"], done.json()["confirmed_by"]) == ("confirmed", "officer:minh")
    assert (await look(lan, code))["obligation"]["state"] == "partly_refunded"
    assert (await payments.audit()).right
    assert sheet.headers["content-disposition"].startswith("attachment")
    line = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))[1]
    assert line[5:8] == ["Vietcombank", "'0011223344", "'=NGUYEN VAN A"]
    (read,) = await rows("SELECT actor FROM audit WHERE verb = 'refunds.read'")
    assert read["actor"] == "officer:minh"


async def test_each_step_of_a_refund_keeps_who_took_it_and_why(house, lan, minh):
    _event, refund = await surplus_of(house, lan, await house.handed_in())

    await step(lan, refund, "approve", route="manual", reason="Hai lần trả trên sao kê")
    await step(lan, refund, "pay_out", evidence="UNC 12", reason="Đã chi")
    alone = await step(lan, refund, "confirm", reason="Tự xác nhận")
    back = await step(minh, refund, "send_back", reason="Sai số tài khoản")
    read = (await minh.get(f"{REFUNDS}/{refund}")).json()

    assert alone.status_code == 409
    assert {(one["verb"], one["by"], one["reason"]) for one in read["decisions"]} == {
        ("approve", "officer:lan", "Hai lần trả trên sao kê"),
        ("pay_out", "officer:lan", "Đã chi"),
        ("send_back", "officer:minh", "Sai số tài khoản"),
    }
    assert {"officer:lan", "officer:minh"} <= set(read["names"])
    assert back.json() == read


async def test_a_step_of_a_refund_without_a_word_why_changes_nothing(house, lan):
    _event, refund = await surplus_of(house, lan, await house.handed_in())

    answer = await step(lan, refund, "reject", reason=" \n ")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/reason"
    read = (await lan.get(f"{REFUNDS}/{refund}")).json()
    assert (read["state"], read["decisions"]) == ("requested", [])


async def test_of_sixteen_approvals_one_counts(house, lan):
    _event, refund = await surplus_of(house, lan, await house.handed_in())

    body = {"seen": 0, "reason": WHY, "route": "manual"}
    answers = await asyncio.gather(
        *(lan.post(f"{REFUNDS}/{refund}/approve", json=body) for _ in range(16))
    )

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15
    journal = await rows("SELECT id FROM audit WHERE verb = 'refund_approve'")
    assert len(journal) == 1
    assert len(await rows("SELECT id FROM money_decisions")) == 1


async def test_who_asked_for_a_refund_cannot_agree_to_it(house, lan, minh):
    code = await house.handed_in()
    await pay_by_hand(house, (await dossiers.by_code(code)).id, amount=5000)
    (money,) = (await lan.get(MONEY)).json()["items"]

    asked = await lan.post(f"{MONEY}/{money['id']}/give_back", json={"seen": 0, "reason": WHY})
    alone = await step(lan, asked.json()["id"], "approve", route="manual")
    other = await step(minh, asked.json()["id"], "reject")
    back = (await lan.get(MONEY)).json()["items"]

    assert asked.json()["requested_by"] == "officer:lan"
    assert refused(alone, 409, "same-person")
    assert other.json()["state"] == "rejected"
    assert [one["id"] for one in back] == [money["id"]]


async def test_a_way_that_the_provider_has_not_is_refused_with_its_place(house, lan):
    _event, refund = await surplus_of(house, lan, await house.handed_in())

    answer = await step(lan, refund, "approve", route="provider")

    assert refused(answer, 422, "not-by-provider")
    assert answer.json()["errors"][0]["pointer"] == "/route"


async def test_refunds_are_read_by_state_and_page_by_page(house, lan):
    for _ in range(3):
        code = await house.handed_in()
        await act(lan, code, "collect", kind="cash", amount=8000)
        await pay_by_hand(house, (await dossiers.by_code(code)).id)

    found = (await lan.get(REFUNDS, params={"state": "requested"})).json()
    none = (await lan.get(REFUNDS, params={"state": "confirmed"})).json()
    wrong = await lan.get(REFUNDS, params={"state": "x"})
    cursor = await lan.get(REFUNDS, params={"after": "x"})

    assert (len(found["items"]), found["next"], none["items"]) == (3, None, [])
    assert (wrong.status_code, cursor.status_code) == (400, 400)


async def test_a_paid_fee_is_restated_and_the_difference_is_due(house, lan):
    code = await house.handed_in()
    await act(lan, code, "collect", kind="cash", amount=8000)
    line = {
        "name": "Bản sao", "kind": "le_phi", "quantity": 2, "unit_amount": 8000, "law": "NQ 1"
    }  # fmt: skip

    changed = await act(lan, code, "restate", reason=WHY, lines=[line])
    stale = await lan.post(
        f"/api/v1/workbench/dossiers/{code}/restate",
        json={"seen": 1, "reason": WHY, "lines": [line]},
    )

    owed = changed.json()["obligation"]
    assert (owed["state"], owed["amount"], owed["due"]) == ("open", 16_000, 8_000)
    assert refused(stale, 409, "stale")


async def completed(house, lan, code, **answers):
    """Let the ward ask for these answers anew, and the citizen give them; what the desk reads."""
    items = [{"field": field, "words": "Ghi lại"} for field in answers]
    asked = await act(lan, code, "request_supplement", items=items, until="2026-11-30")
    assert asked.status_code == 200, asked.text
    await house.completes(code, **answers)
    return await look(lan, code)


def line_of(copies):
    return {
        "name": "Bản sao", "kind": "le_phi", "quantity": copies, "unit_amount": 8000, "law": "NQ 1"
    }  # fmt: skip


async def test_answers_that_change_the_fee_are_told_and_change_no_money(house, lan):
    code = await house.handed_in()
    before = await look(lan, code)

    found = await completed(house, lan, code, so_luong_ban_sao=3)
    quoted = await act(lan, code, "quote", lines=[line_of(3)])

    assert before["changed"] is None
    assert found["obligation"] == before["obligation"]
    assert found["changed"]["answers"] == {"so_luong_ban_sao": 1}
    fee = found["changed"]["fee"]
    assert (fee["amount"], [one["quantity"] for one in fee["lines"]]) == (24_000, [3])
    assert quoted.json()["obligation"]["amount"] == 24_000
    assert quoted.json()["changed"] == {"answers": {"so_luong_ban_sao": 1}, "fee": None}


async def test_a_paid_fee_that_answers_change_is_told_until_it_is_restated(house, lan):
    code = await house.handed_in(copies=3)
    await act(lan, code, "collect", kind="cash", amount=24_000)

    found = await completed(house, lan, code, so_luong_ban_sao=1)
    restated = await act(lan, code, "restate", reason=WHY, lines=[line_of(1)])

    assert (found["changed"]["fee"]["amount"], found["obligation"]["amount"]) == (8000, 24_000)
    assert restated.json()["changed"]["fee"] is None
    assert restated.json()["obligation"]["state"] == "refund_due"


async def test_answers_that_cost_nothing_more_leave_the_fee_of_an_officer_alone(house, lan):
    code = await house.handed_in()
    await act(lan, code, "quote", lines=[line_of(2)])

    found = await completed(house, lan, code, muc_dich="Làm hồ sơ xin việc")

    assert found["changed"] == {"answers": {"muc_dich": None}, "fee": None}


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("match", {"seen": 0, "reason": WHY}),
        ("match", {"seen": 0, "reason": "", "code": "x"}),
        ("count", {"seen": "0", "reason": WHY}),
        ("note", {"seen": 0, "reason": WHY, "more": 1}),
        ("note", {"seen": -1, "reason": WHY}),
    ],
)
async def test_a_decision_of_another_shape_is_refused(house, lan, verb, body):
    event, _refund = await surplus_of(house, lan, await house.handed_in())

    answer = await lan.post(f"{MONEY}/{event}/{verb}", json=body)

    assert answer.status_code in {400, 422}
    assert answer.json()["title"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"reason": "  "}, "/reason"),
        ({"reason": "a\u202eb"}, "/reason"),
    ],
)
async def test_a_reason_that_says_nothing_or_hides_something_is_refused(house, lan, body, pointer):
    event, _refund = await surplus_of(house, lan, await house.handed_in())

    answer = await lan.post(f"{MONEY}/{event}/note", json={"seen": 0, **body})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_an_age_is_whole_days_and_never_below_none():
    assert age(NOON, NOON.replace(day=26, hour=4)) == 2
    assert age(NOON, NOON.replace(hour=1)) == 0


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1", "@x", "\tx", "|x"])
def test_a_spreadsheet_runs_nothing_of_the_list(risky):
    row = RefundShown(
        id=UUID(int=1), rev=0, at=NOON, age=0, unit=WARD, unit_name=risky, amount=5,
        state="approved", reason="second", code=None, owner_masked=None, adapter=None,
        route="manual", routes=(), requested_by="system", approved_by=None, paid_by=None,
        confirmed_by=None, evidence=None, payee=None, can=(),
    )  # fmt: skip

    text = payout_sheet([row]).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(text)))[1][2] == f"'{risky}"
