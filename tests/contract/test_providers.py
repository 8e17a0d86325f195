"""A citizen pays at providers with forms of their own, each a process of its own."""

import contextlib
import subprocess
import time

import httpx
import pytest

from tests.contract.conftest import PROVIDERS
from tests.running import MOTCUA

PAGES = [name for name in PROVIDERS if name != "payos"]  # payOS's QR is shown on our own screen


@pytest.fixture(scope="module", params=PAGES)
def provider(request, house):
    """A pretend provider that reads the very settings of the running service."""
    name, port = request.param, PROVIDERS[request.param]
    words = ["simulate", "provider", name, "--port", str(port), "--data", str(house.data)]
    with subprocess.Popen([MOTCUA, *words], stdout=subprocess.DEVNULL) as process:
        wait_for(f"http://127.0.0.1:{port}/orders")
        yield name
        process.terminate()


def wait_for(url):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(url)
        time.sleep(0.05)
    raise TimeoutError(url)


def last_notice(name):
    """Tell how the provider's last notice ended, once it has: heard, or given up."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = httpx.get(f"http://127.0.0.1:{PROVIDERS[name]}/orders").json()[0]["notices"]
        if found and found[-1]["outcome"]:
            return found[-1]["outcome"]
        time.sleep(0.05)
    raise TimeoutError(name)


def opened(phone, name):
    """Begin to pay, and open the provider's page as the phone's browser does."""
    answer = phone.pay(name)
    assert answer.status_code == 201, answer.text
    action = answer.json()["next_action"]
    assert action["kind"] == "redirect"
    page = httpx.get(action["url"], follow_redirects=True)
    assert page.status_code == 200, page.text
    return page


def test_a_citizen_pays_on_the_providers_page_and_the_dossier_is_paid(sent, provider):
    page = opened(sent, provider)

    pressed = httpx.post(str(page.url), json={"act": "pay"}).json()
    back = httpx.get(pressed["return_url"])

    assert "8.000" in page.text
    assert (back.status_code, back.headers["location"]) == (303, "/thanh-toan/ve")
    seen = sent.until(lambda found: found["obligation"]["state"] == "paid")
    assert [(one["adapter"], one["state"]) for one in seen["attempts"]] == [(provider, "succeeded")]
    assert seen["attempts"][0]["next_action"] is None
    assert last_notice(provider).startswith("đã nghe")


@pytest.mark.parametrize("provider", ["vnpay", "momo", "zalopay"], indirect=True)
def test_money_whose_notice_is_never_sent_is_found_when_the_browser_comes_back(sent, provider):
    page = opened(sent, provider)

    pressed = httpx.post(str(page.url), json={"act": "silent"}).json()
    httpx.get(pressed["return_url"])

    sent.until(lambda found: found["obligation"]["state"] == "paid")


@pytest.mark.parametrize("provider", ["vnpay", "momo"], indirect=True)
def test_what_the_citizen_cancels_leaves_the_fee_open(sent, provider):
    page = opened(sent, provider)

    httpx.post(str(page.url), json={"act": "cancel"})

    sent.until(lambda found: found["attempts"][0]["state"] == "failed")
    assert sent.look()["obligation"]["state"] == "open"
    assert sent.pay("vietqr").status_code == 201


@pytest.mark.parametrize("provider", ["payos"], indirect=True)
def test_a_citizen_scans_the_qr_of_payos_and_the_dossier_is_paid(sent, provider):
    action = sent.pay(provider).json()["next_action"]
    bank = f"http://127.0.0.1:{PROVIDERS[provider]}"
    ref = httpx.get(f"{bank}/orders").json()[0]["order"]["ref"]

    httpx.post(f"{bank}/pay/{ref}", json={"act": "pay"})

    assert (action["kind"], "5303704" in action["payload"]) == ("qr", True)
    assert "8.000" in action["text"]
    sent.until(lambda found: found["obligation"]["state"] == "paid")


@pytest.mark.parametrize("provider", ["payplat"], indirect=True)
def test_what_was_filed_here_is_paid_on_the_national_portal(sent, provider):
    portal = f"http://127.0.0.1:{PROVIDERS[provider]}/cong-dich-vu-cong"
    unknown = httpx.get(portal, params={"ma_ho_so": "3" * 13})

    page = httpx.get(portal, params={"ma_ho_so": sent.look()["code"]}, follow_redirects=True)
    httpx.post(str(page.url), json={"act": "pay"})

    assert (unknown.status_code, unknown.json()["error_code"]) == (404, "-1")
    assert "8.000" in page.text
    seen = sent.until(lambda found: found["obligation"]["state"] == "paid")
    assert [(one["adapter"], one["state"]) for one in seen["attempts"]] == [(provider, "succeeded")]


def test_a_question_what_is_payable_that_nobody_signed_is_not_answered(web, sent):
    body = {"LoaiBanTin": "LOOKUP", "MaDoiTac": "OMON", "MaHoSo": sent.look()["code"]}

    answer = httpx.post(f"{web}/api/v1/payments/lookups/payplat", json=body)

    assert (answer.status_code, answer.json()["type"]) == (401, "unauthorised")


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("vnpay", 200, '"97"'),
        ("payplat", 400, '"99"'),
        ("momo", 400, ""),
        ("zalopay", 200, '"return_code":-1'),
        ("payos", 400, '{"success":false}'),
    ],
)
def test_a_notice_that_is_not_signed_is_refused_in_the_providers_form(web, name, status, words):
    answer = httpx.get(f"{web}/api/v1/payments/notices/{name}?vnp_TxnRef=HSP7K2M9Q")

    assert answer.status_code == status
    assert words in answer.text
