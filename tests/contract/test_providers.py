"""A citizen pays at providers with forms of their own, each a process of its own."""

import contextlib
import subprocess
import time

import httpx
import pytest

from tests.contract.conftest import PROVIDERS
from tests.running import MOTCUA


@pytest.fixture(scope="module", params=sorted(PROVIDERS))
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


@pytest.mark.parametrize("provider", ["vnpay"], indirect=True)
def test_money_whose_notice_is_never_sent_is_found_when_the_browser_comes_back(sent, provider):
    page = opened(sent, provider)

    pressed = httpx.post(str(page.url), json={"act": "silent"}).json()
    httpx.get(pressed["return_url"])

    sent.until(lambda found: found["obligation"]["state"] == "paid")


@pytest.mark.parametrize("provider", ["vnpay"], indirect=True)
def test_what_the_citizen_cancels_leaves_the_fee_open(sent, provider):
    page = opened(sent, provider)

    httpx.post(str(page.url), json={"act": "cancel"})

    sent.until(lambda found: found["attempts"][0]["state"] == "failed")
    assert sent.look()["obligation"]["state"] == "open"
    assert sent.pay("vietqr").status_code == 201


def test_a_notice_that_is_not_signed_is_refused_in_the_providers_form(web, provider):
    answer = httpx.get(f"{web}/api/v1/payments/notices/{provider}?vnp_TxnRef=HSP7K2M9Q")

    said = answer.json()
    assert said.get("RspCode") == "97" or said["MaLoi"] == "99"
