"""The papers over HTTP: what they say, who gets them, and whether they prove themselves."""

import msgspec
import pypdfium2
import pytest

from backend import fee_receipts
from backend.notices import Proof
from backend.platform.kit.clock import iso
from tests.backend.citizens import HERE


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(document[0].get_textpage().get_text_bounded().split())


async def listed(money):
    answer = await money.phone.web.get(
        f"{money.phone.path}/fee_receipts", headers=money.phone.headers
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def opened(money, url):
    answer = await money.phone.web.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return text_of(answer.content)


async def test_the_receipt_says_all_that_a_receipt_says(money):
    await money.cash()

    shown = await listed(money)
    said = await opened(money, shown["receipts"][0]["url"])

    owner = money.phone.manifest.get("submitter") or money.phone.manifest["owner"]
    for words in (
        "BIÊN LAI THU PHÍ", "UBND PHƯỜNG MẪU", "Mã số thuế: 0100000000",
        "Mẫu số: 01BLP2-001", "Ký hiệu: AA-26E", "0000001", owner["name"],
        "8.000", "Tám nghìn đồng", "ngày 20 tháng 11 năm 2026",
        "chưa được kiểm chứng", "chưa có chữ ký số",
    ):  # fmt: skip
        assert words in said, words
    assert "KHÔNG PHẢI BIÊN LAI" not in said


async def test_the_acknowledgement_is_there_at_once_and_says_that_it_is_no_receipt(money):
    before = await listed(money)
    await money.cash()
    shown = await listed(money)

    said = await opened(money, shown["acknowledgement_url"])

    assert before["acknowledgement_url"] is None
    assert before["receipts"] == []
    assert "Không phải biên lai" in said
    assert "KHÔNG PHẢI BIÊN LAI" in said
    assert "Tám nghìn đồng" in said
    assert money.phone.manifest["owner"]["name"] not in said


async def test_a_link_to_an_acknowledgement_leads_nowhere_once_the_money_has_gone(money):
    await money.cash()
    url = (await listed(money))["acknowledgement_url"]
    await money.tell("reversal")

    answer = await money.phone.web.get(url)

    assert answer.status_code == 409
    assert (await listed(money))["acknowledgement_url"] is None


async def test_a_receipt_that_does_not_stand_says_so_on_its_face(money):
    await money.cash()
    url = (await listed(money))["receipts"][0]["url"]
    await money.tell("reversal")
    held = await opened(money, url)
    await money.cash()
    (row,) = await money.receipts()
    await fee_receipts.replace(
        row.id, seen=row.rev, reason="Sai", by="officer:lan", clerk=money.house.clerk,
        now=money.house.now,
    )  # fmt: skip

    old, new = [await opened(money, one["url"]) for one in (await listed(money))["receipts"]]

    assert "TẠM GIỮ" in held
    assert "ĐÃ ĐƯỢC THAY THẾ" in old
    assert "số 0000002" in old
    assert "Thay thế biên lai số 0000001" in new


async def test_anybody_can_prove_a_receipt_and_hears_whether_it_stands(money):
    await money.cash()
    (row,) = await money.receipts()
    proof = Proof(
        at=iso(row.issued_at), code=money.phone.answer["code"], digest=row.digest,
        kind="fee_receipt", unit=row.unit,
    )  # fmt: skip
    token = money.house.signer.sign(msgspec.json.encode(proof))

    first = await money.phone.web.post("/api/v1/verify", json={"token": token})
    await money.tell("reversal")
    second = await money.phone.web.post("/api/v1/verify", json={"token": token})

    assert (first.json()["genuine"], first.json()["kind"]) == (True, "fee_receipt")
    assert [one.json()["standing"] for one in (first, second)] == ["issued", "on_hold"]
    assert "Nguyễn" not in first.text


@pytest.mark.parametrize("headers", [{}, {"Authorization": f"Bearer {'x' * 43}"}])
async def test_receipts_are_only_for_the_key_of_the_dossier(money, headers):
    await money.cash()

    answer = await money.phone.web.get(f"{money.phone.path}/fee_receipts", headers=headers)

    assert answer.status_code in {401, 404}


async def test_a_link_to_another_dossiers_receipt_is_not_found(money):
    await money.cash()
    (row,) = await money.receipts()
    links, now = money.house.links, money.house.now
    other = msgspec.convert("00000000-0000-4000-8000-000000000000", type=type(row.id))
    token = links.make(
        money.dossier, f"fee_receipt:{other}", purpose="citizen", until=now.replace(year=2027)
    )

    assert (await money.phone.web.get(f"{HERE}/f/{token}")).status_code == 404
