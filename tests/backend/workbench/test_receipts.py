"""Receipts of fees at the desk, over HTTP: seen, cancelled, replaced, by whom and how often."""

import asyncio

import msgspec
import pytest

from backend import dossiers
from backend.fee_receipts import Clerk, issuer_of
from backend.fee_receipts.actions.following import follow
from backend.platform.settings import Receipts
from tests.backend.fee_receipts.conftest import BOOKS
from tests.backend.workbench.test_routes import act, refused

WHY = "Sai tên người nộp"


@pytest.fixture
def books(house):
    """Give the ward its books, before the desk opens."""
    house.settings = msgspec.structs.replace(house.settings, receipts=Receipts(books=BOOKS))


@pytest.fixture
async def paid(books, house, lan):
    """A dossier whose fee was taken at the counter and has its receipt."""
    code = await house.handed_in()
    assert (await act(lan, code, "collect", kind="cash", amount=8000)).status_code == 200
    clerk = Clerk(issuer=issuer_of(house.settings.receipts), vault=house.vault)
    await follow((await dossiers.by_code(code)).id, clerk=clerk, now=house.now)
    return f"/api/v1/workbench/dossiers/{code}/fee_receipts"


async def first(desk, path):
    answer = await desk.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"][0]["receipt"]


async def test_an_officer_sees_the_receipt_with_a_link_to_its_pdf(paid, lan):
    shown = (await lan.get(paid)).json()

    (item,) = shown["items"]
    assert (item["receipt"]["number"], item["receipt"]["state"]) == ("0000001", "issued")
    assert "/f/" in item["url"]
    assert "/f/" in shown["acknowledgement_url"]
    assert "Bích" not in str(shown)


async def test_a_receipt_is_replaced_once_by_sixteen_clicks(paid, lan):
    one = await first(lan, paid)
    body = {"seen": one["rev"], "reason": WHY, "payer": "Trần Văn Đúng"}

    answers = await asyncio.gather(
        *(lan.post(f"{paid}/{one['receipt']}/replace", json=body) for _ in range(16))
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 15
    items = (await lan.get(paid)).json()["items"]
    assert [(item["receipt"]["state"], item["receipt"]["number"]) for item in items] == [
        ("replaced", "0000001"), ("issued", "0000002"),
    ]  # fmt: skip


async def test_a_receipt_is_cancelled_with_a_reason(paid, lan):
    one = await first(lan, paid)
    path = f"{paid}/{one['receipt']}/cancel"

    blank = await lan.post(path, json={"seen": one["rev"], "reason": "  "})
    done = await lan.post(path, json={"seen": one["rev"], "reason": WHY})
    again = await lan.post(path, json={"seen": one["rev"], "reason": WHY})

    assert refused(blank, 422, "content")
    assert done.json()["items"][0]["receipt"]["state"] == "cancelled"
    assert refused(again, 409, "receipt-decided")


async def test_receipts_of_another_ward_and_of_another_dossier_are_not_found(
    paid, house, lan, neighbour
):
    one = await first(lan, paid)
    other = await house.handed_in()
    elsewhere = f"/api/v1/workbench/dossiers/{other}/fee_receipts/{one['receipt']}/cancel"
    body = {"seen": one["rev"], "reason": WHY}

    assert refused(await neighbour.get(paid), 404, "not-found")
    assert refused(
        await neighbour.post(f"{paid}/{one['receipt']}/cancel", json=body), 404, "not-found"
    )
    assert refused(await lan.post(elsewhere, json=body), 404, "not-found")


@pytest.mark.parametrize(
    "more", [{"payer": ""}, {"payer": "a\u200bb"}, {"payer": "x" * 201}, {"seen": -1}, {"x": 1}]
)
async def test_a_body_of_a_wrong_shape_is_refused(paid, lan, more):
    one = await first(lan, paid)
    body = {"seen": one["rev"], "reason": WHY} | more

    assert refused(await lan.post(f"{paid}/{one['receipt']}/replace", json=body), 422, "content")


@pytest.mark.parametrize("more", [{"payer": "   "}, {}])
async def test_no_name_keeps_the_earlier_one(paid, lan, more):
    one = await first(lan, paid)
    body = {"seen": one["rev"], "reason": WHY} | more

    answer = await lan.post(f"{paid}/{one['receipt']}/replace", json=body)

    assert answer.status_code == 200
    assert answer.json()["items"][1]["receipt"]["number"] == "0000002"
