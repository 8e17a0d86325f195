"""Notices and returning browsers over HTTP."""

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide
from msgspec.structs import replace

from backend.payments import routes
from backend.platform import db
from backend.platform.http.problems import exception_handlers
from payment_adapters.bank_notice.adapter import BankNotice
from tests.backend.payments.conftest import SEPAY, House

NOTICES = "/api/v1/payments/notices"
RETURN = "/api/v1/payments/return"


@pytest.fixture
async def web(house: House):
    def given(value):
        return Provide(lambda: value, sync_to_thread=False, use_cache=False)

    app = Litestar(
        route_handlers=routes.handlers,
        dependencies={
            "adapters": given(house.adapters),
            "vault": given(house.vault),
            "random": given(house.random),
            "clock": given(house.clock),
        },
        exception_handlers=exception_handlers,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://motcua") as client:
        yield client


async def test_a_signed_notice_is_heard_whatever_its_content_type(house, web):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))

    answer = await web.post(
        f"{NOTICES}/bank_notice",
        content=notice.body,
        headers={**dict(notice.headers), "content-type": "text/plain"},
    )

    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert await house.state(dossier) == "paid"


async def test_an_unsigned_notice_is_refused_in_the_providers_form(web):
    answer = await web.post(f"{NOTICES}/bank_notice", content=b"{}")

    assert (answer.status_code, answer.json()) == (401, {"success": False})


async def test_get_is_answered_too(web):
    assert (await web.get(f"{NOTICES}/sandbox")).status_code == 401


async def test_an_adapter_that_does_not_listen_is_not_found(web):
    assert (await web.post(f"{NOTICES}/counter")).status_code == 404
    assert (await web.post(f"{NOTICES}/nobody")).status_code == 404


async def test_a_returning_browser_is_sent_to_the_screen_and_believed_nothing(house, web):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    ref = house.bank.started[0]

    answer = await web.get(f"{RETURN}/sandbox?ref={ref}&result=paid", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/thanh-toan/ve"
    assert await house.state(dossier) == "open"


async def test_a_return_of_nobody_is_not_found(web):
    assert (await web.get(f"{RETURN}/nobody")).status_code == 404


async def test_every_answer_of_these_addresses_is_described(web):
    described = (await web.get("/schema/openapi.json")).json()["paths"]

    for path in (f"{NOTICES}/{{adapter}}", f"{RETURN}/{{adapter}}"):
        assert set(described[path]) == {"get", "post"}
        assert {"404", "503"} <= set(described[path]["post"]["responses"])
    assert {"200", "400", "401"} <= set(described[f"{NOTICES}/{{adapter}}"]["post"]["responses"])


class Stumbling(BankNotice):
    """An adapter with a fault of its own."""

    spec = replace(BankNotice.spec, id="stumbling")

    def parse_notice(self, ctx, request):
        raise KeyError(request.method)


async def test_a_notice_over_which_an_adapter_stumbles_comes_again_and_holds_up_no_other(house):
    table = {"enabled": True, "dialect": "sepay", "hmac_secret": SEPAY}
    house.adapters.plug("stumbling", lambda: Stumbling, table)
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))

    assert await house.hear(notice, "stumbling") == 503
    house.later(seconds=1)
    await house.hear(notice)
    await db.execute("UPDATE notices_inbox SET verdict = NULL")
    house.later(hours=1)
    await house.work()

    left = await db.rows("SELECT adapter FROM notices_inbox WHERE verdict IS NULL")
    assert [one["adapter"] for one in left] == ["stumbling"]
