"""Codes over HTTP: the scan, the record, the poster."""

from datetime import UTC, datetime

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from backend import qr
from backend.platform import http
from backend.platform.db import rows
from backend.platform.settings import Settings
from backend.platform.workshop import Workshop
from backend.qr import routes

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def given_as(thing):
    return Provide(lambda: thing, sync_to_thread=False)


@pytest.fixture
async def web(codes, tmp_path):
    (tmp_path / "index.html").write_text("<!doctype html><title>Một Cửa QR</title>")
    workshop = Workshop()
    given = {
        "assets": http.Assets(tmp_path),
        "clock": lambda: NOON,
        "settings": Settings(public_url="https://omon.motcua.example"),
        "workshop": workshop,
    }
    app = Litestar(
        routes.handlers,
        dependencies={name: given_as(thing) for name, thing in given.items()},
        exception_handlers=http.exception_handlers,
        openapi_config=None,
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8000"
    ) as client:
        yield client
    await workshop.close()


async def test_a_scan_answers_the_app_in_any_letter_case_and_counts(web, poster):
    code = poster.code

    answers = [await web.get(path) for path in (f"/q/{code}", f"/Q/{code}", f"/Q/{code.lower()}")]
    await qr.flush_scans()

    assert [one.status_code for one in answers] == [200] * 3
    assert {one.headers["content-type"] for one in answers} == {"text/html; charset=utf-8"}
    assert all("Một Cửa QR" in one.text for one in answers)
    assert [one["scans"] for one in await rows("SELECT scans FROM qr_scans")] == [3]


async def test_a_scan_names_what_the_page_will_ask_for(web, poster):
    answer = await web.get(f"/Q/{poster.code}")

    [procedure] = poster.procedures
    assert f"</api/v1/qr/{poster.code}>; rel=preload" in answer.headers["link"]
    assert f"</api/v1/procedures/{procedure}?unit={poster.unit}>" in answer.headers["link"]


@pytest.mark.parametrize("code", ["22222222", "x", "%F0%9F%92%A9", "%00", "'--"])
async def test_an_unknown_code_answers_the_app_with_404_and_counts_nothing(web, code):
    answer = await web.get(f"/q/{code}")
    await qr.flush_scans()

    assert answer.status_code == 404
    assert "Một Cửa QR" in answer.text
    assert await rows("SELECT * FROM qr_scans") == []


async def test_the_record_says_where_a_code_leads(web, poster):
    answer = await web.get(f"/api/v1/qr/{poster.code.lower()}")

    assert answer.status_code == 200
    assert answer.json() == {
        "code": poster.code,
        "kind": "poster",
        "unit": {
            "code": "om-long-hung",
            "name": "Phường Long Hưng",
            "office": "UBND phường Long Hưng",
        },
        "procedures": [
            {
                "code": "2.000635",
                "name": "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
                "title": "Bản sao trích lục hộ tịch",
                "fee_note": "8.000\u00a0đ mỗi bản",
            }
        ],
        "campaign": "cho-o-mon",
        "state": "live",
        "replaced_by": None,
    }


async def test_a_withdrawn_code_is_known_but_says_so(web, poster):
    await qr.withdraw(poster.code, by="operator", now=NOON)

    answer = await web.get(f"/api/v1/qr/{poster.code}")
    scan = await web.get(f"/q/{poster.code}")

    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    assert scan.status_code == 200


@pytest.mark.parametrize("code", ["22222222", "7KQ4XRT0", "a%20b", "x" * 500])
async def test_an_unknown_record_is_404_with_a_sentence(web, code):
    answer = await web.get(f"/api/v1/qr/{code}")

    assert answer.status_code == 404
    assert answer.json()["type"] == "not-found"
    assert answer.json()["title"].startswith("Không có mã này.")


async def test_the_poster_is_read_without_a_session_and_not_sent_twice(web, poster):
    answer = await web.get(poster.path)
    again = await web.get(poster.path, headers={"If-None-Match": answer.headers["etag"]})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert (again.status_code, again.content) == (304, b"")


async def test_a_poster_of_an_unknown_or_withdrawn_code_is_404(web, poster):
    await qr.withdraw(poster.code, by="operator", now=NOON)

    gone = await web.get(poster.path)
    unknown = await web.get(qr.poster_path("22222222"))

    assert (gone.status_code, gone.json()["type"]) == (404, "poster-gone")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "not-found")
