"""Places over HTTP."""

from datetime import UTC, datetime

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from backend import places
from backend.places import routes
from backend.platform import http

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
async def browser():
    places.load("test")
    app = Litestar(
        routes.handlers,
        dependencies={"clock": Provide(lambda: lambda: NOW, sync_to_thread=False)},
        exception_handlers=http.exception_handlers,
        openapi_config=None,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


async def test_the_wards_of_today_are_listed_by_name_and_nothing_above_them(browser):
    answer = await browser.get("/api/v1/units")

    codes = [unit["code"] for unit in answer.json()["items"]]
    assert answer.status_code == 200
    assert "om-long-hung" in codes
    assert "om" not in codes
    names = [unit["name"] for unit in answer.json()["items"]]
    assert names[0] == "Phường Châu Văn Liêm"


async def test_each_ward_tells_where_its_desk_is_when_it_is_open_and_its_phone(browser):
    answer = await browser.get("/api/v1/units")

    ward = next(unit for unit in answer.json()["items"] if unit["code"] == "om-thoi-hoa")
    assert ward["phone"] == "0292 000 0002 (trình diễn)"
    assert ward["address"].startswith("Bộ phận một cửa")
    assert ward["hours"] == "07:00–11:30, 13:30–17:00"


async def test_a_unit_that_takes_dossiers_by_the_portal_alone_is_marked_before_it_is_chosen(
    browser,
):
    answer = await browser.get("/api/v1/units")

    alone = [unit["code"] for unit in answer.json()["items"] if unit["portal_only"]]
    assert alone == ["xa-vuon-mau"]
