"""The contract's rows for money, walked over HTTP alone, with the bank played by the script."""

import concurrent.futures
import hashlib
import hmac
import json
import time

import httpx
import pytest

from tests.contract import people
from tests.contract.test_citizen import is_problem


def memo_of(attempt):
    """Read the matching code from the QR payload: field 62, sub-field 08."""
    payload = attempt["next_action"]["payload"]
    fields, at = {}, 0
    while at < len(payload):
        tag, length = payload[at : at + 2], int(payload[at + 2 : at + 4])
        fields[tag] = payload[at + 4 : at + 4 + length]
        at += 4 + length
    inner = fields["62"]
    assert inner.startswith("08")
    return inner[4:13]


@pytest.fixture
def waiting(sent):
    """A dossier whose citizen looks at a VietQR."""
    sent.submit()
    answer = sent.pay("vietqr")
    assert answer.status_code == 201, answer.text
    sent.attempt = answer.json()
    sent.memo = memo_of(sent.attempt)
    return sent


def paid(seen):
    return seen["obligation"]["state"] == "paid"


def test_a_vietqr_is_started_once_and_repeats_answer_the_live_attempt(waiting):
    again = waiting.pay("vietqr")

    assert again.status_code == 200
    assert again.json()["attempt"] == waiting.attempt["attempt"]
    assert waiting.attempt["next_action"]["kind"] == "qr"
    assert waiting.attempt["expires_at"]


def test_a_paid_fee_has_its_acknowledgement_at_once_and_its_receipt_soon(waiting, credit):
    credit(amount=8000, memo=waiting.memo)
    waiting.until(paid)
    end = time.monotonic() + 20
    while not (shown := waiting.http.get(f"{waiting.path}/fee_receipts").json())["receipts"]:
        assert shown["acknowledgement_url"]
        assert time.monotonic() < end
        time.sleep(0.1)

    (one,) = shown["receipts"]
    assert one["receipt"]["state"] == "issued"
    assert len(one["receipt"]["number"]) == 7
    for url in (one["url"], shown["acknowledgement_url"]):
        pdf = httpx.get(url)
        assert pdf.headers["content-type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF-")


def test_a_signed_notice_of_the_right_amount_pays(waiting, credit):
    answer = credit(amount=8000, memo=f"MBVCB.123.{waiting.memo}.CT tu 0123 NGUYEN VAN A")

    assert answer.status_code == 200
    assert answer.json() == {"success": True}
    seen = waiting.until(paid)
    assert seen["obligation"]["paid"] == 8000
    assert is_problem(waiting.pay("vietqr"), 409, "already-paid")


def test_sixteen_copies_of_one_notice_pay_once(waiting, credit):
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        jobs = [
            pool.submit(credit, amount=8000, memo=waiting.memo, number=987654321) for _ in range(16)
        ]
        statuses = {job.result().status_code for job in jobs}

    assert statuses == {200}
    assert waiting.until(paid)["obligation"]["paid"] == 8000


def test_a_second_payment_makes_a_refund_due_of_just_the_surplus(waiting, credit):
    credit(amount=8000, memo=waiting.memo)
    waiting.until(paid)
    credit(amount=8000, memo=waiting.memo)

    seen = waiting.until(lambda now: now["obligation"]["state"] == "refund_due")

    assert seen["obligation"]["paid"] == 16000


@pytest.mark.parametrize("kind", ["forged", "stale", "unsigned"])
def test_a_notice_that_is_not_genuine_changes_nothing(waiting, credit, house, kind):
    if kind == "forged":
        answer = credit(amount=8000, memo=waiting.memo, secret="another secret entirely")
    elif kind == "stale":
        answer = credit(amount=8000, memo=waiting.memo, at=1_700_000_000)
    else:
        answer = httpx.post(
            f"{house.web}/api/v1/payments/notices/bank_notice",
            json={"id": 1, "content": waiting.memo, "transferAmount": 8000},
        )

    assert answer.status_code == 401
    assert waiting.look()["obligation"]["state"] == "open"


def test_a_short_payment_does_not_pay(waiting, credit):
    answer = credit(amount=7000, memo=waiting.memo)

    assert answer.status_code == 200
    assert waiting.look()["obligation"]["state"] == "open"


@pytest.mark.parametrize("amount", [2**63, 10**400, -1, 15000.0, "8000", None])
def test_a_signed_notice_with_an_odd_amount_is_never_a_5xx(house, credit, waiting, amount):
    answer = credit(amount=amount, memo=waiting.memo)

    assert answer.status_code < 500
    assert waiting.look()["obligation"]["state"] == "open"


def test_another_way_of_paying_supersedes_the_first_and_the_first_still_counts(waiting, credit):
    other = waiting.pay("counter")
    states = {one["adapter"]: one["state"] for one in waiting.look()["attempts"]}
    credit(amount=8000, memo=waiting.memo)

    assert other.status_code == 201
    assert other.json()["next_action"]["kind"] == "instructions"
    assert states["vietqr"] == "superseded"
    waiting.until(paid)


def test_the_sandbox_redirects_to_the_pretend_bank(waiting, house):
    answer = waiting.pay("sandbox")

    assert answer.status_code == 201
    assert answer.json()["next_action"]["kind"] == "redirect"
    assert answer.json()["next_action"]["url"].startswith(house.demo["addresses"]["bank"])


def test_the_browser_comes_back_to_a_hint_only(http):
    answer = http.get("/api/v1/payments/return/sandbox?x=1", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/thanh-toan/ve")


def test_an_unverified_fee_is_unquoted_until_an_officer_quotes_it(http, ward):
    found = http.get(f"/api/v1/procedures/1.004873?unit={ward}").json()

    assert found["fee"] is None or found["fee"]["items"]


def test_what_was_paid_is_forwarded_once_with_every_file(waiting, credit, house):
    credit(amount=8000, memo=waiting.memo)
    code = waiting.look()["code"]
    end = time.monotonic() + 20
    held = []
    while time.monotonic() < end and not (held and held[0]["files"]):
        received = httpx.get(f"{house.demo['addresses']['onestop']}/received").json()
        held = [one for one in received if one["code"] == code]
        time.sleep(0.2)

    assert len(held) == 1
    assert held[0]["receipt_number"]
    assert {one["sha256"] for one in held[0]["files"]} == {
        one["sha256"] for paper in waiting.manifest["papers"] for one in paper["files"]
    }


def test_a_dossier_without_a_draft_cannot_be_paid(phone):
    phone.save()

    assert phone.pay("vietqr").status_code in {404, 409}


def test_an_unknown_way_of_paying_is_refused_with_a_sentence(sent):
    sent.submit()
    answer = sent.pay("gold")

    assert answer.status_code in {404, 409, 422}
    assert json.loads(answer.text)["title"]


def test_people_module_signs_like_the_published_vector():
    body = (
        b'{"id":92704,"gateway":"Vietcombank","transactionDate":"2026-11-22 14:32:12",'
        b'"accountNumber":"0123456789","code":"HSP7K2M9Q",'
        b'"content":"MBVCB.3278907687.HSP7K2M9Q.CT tu 0123499999 NGUYEN VAN A toi 0123456789",'
        b'"transferType":"in","transferAmount":15000,"accumulated":19077000,"subAccount":null,'
        b'"referenceCode":"MBVCB.3278907687","description":""}'
    )
    found = hmac.new(b"DummySepaySecret", b"1795246332." + body, hashlib.sha256).hexdigest()

    assert found == "e59e59bc6f3baafbd1b08f5c98517e6069d25fcb9bc71920e259b68de03edf71"
    assert (
        people.sepay_notice("s", account="1", amount=1, memo="m", at=5)[1]["X-SePay-Timestamp"]
        == "5"
    )
