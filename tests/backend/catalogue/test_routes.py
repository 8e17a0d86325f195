"""The catalogue over HTTP."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import brotli
import httpx
import msgspec
import pytest
from litestar import Litestar

from backend import catalogue, places
from backend.catalogue import routes
from backend.platform import http

PROCEDURES = Path(__file__).parents[3] / "procedures"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
EXTRACT = "/api/v1/procedures/2.000635"


@pytest.fixture
async def browser(database):
    places.load("test")
    catalogue.load(PROCEDURES, demo=True, clock=lambda: NOW)
    app = Litestar(routes.handlers, exception_handlers=http.exception_handlers, openapi_config=None)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        client.headers["accept-encoding"] = "identity"
        yield client


async def test_the_list_is_searched_without_diacritics(browser):
    answer = await browser.get("/api/v1/procedures", params={"q": "trich luc", "unit": "om"})

    assert answer.status_code == 200
    assert answer.json()["next"] is None
    assert answer.json()["items"][0]["code"] == "2.000635"


async def test_a_search_leaves_out_what_only_a_phone_needs(browser):
    answer = await browser.get("/api/v1/procedures", params={"q": "mất căn cước"})

    assert answer.json()["items"] == []
    assert [set(one) for one in answer.json()["elsewhere"]] == [
        {"id", "title", "office", "unverified"}
    ]
    assert "fillers" not in answer.json()


async def test_the_words_for_finding_are_answered_once_and_then_by_their_tag(browser):
    address = "/api/v1/search-words"
    first = await browser.get(address, params={"language": "en"})
    tag = {"if-none-match": first.headers["etag"]}
    again = await browser.get(address, params={"language": "en"}, headers=tag)
    other = await browser.get(address, headers=tag)

    assert first.json()["elsewhere"][0]["office"].startswith("The police issue identity cards")
    assert "tôi" in first.json()["fillers"]
    assert (again.status_code, again.content) == (304, b"")
    assert other.status_code == 200


async def test_a_definition_is_answered_once_and_then_by_its_tag(browser):
    first = await browser.get(EXTRACT, params={"unit": "om-long-hung"})
    again = await browser.get(
        EXTRACT, params={"unit": "om-long-hung"}, headers={"if-none-match": first.headers["etag"]}
    )

    assert first.status_code == 200
    assert first.headers["content-type"].startswith("application/json")
    assert first.headers["cache-control"] == "no-cache"
    assert first.json()["unit"]["code"] == "om-long-hung"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


async def test_a_definition_comes_compressed_to_those_who_take_brotli(browser):
    plain = await browser.get(EXTRACT)
    async with browser.stream(
        "GET", EXTRACT, headers={"accept-encoding": "gzip, br;q=0.9"}
    ) as answer:
        raw = b"".join([piece async for piece in answer.aiter_raw()])

    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["etag"] != plain.headers["etag"]
    assert brotli.decompress(raw) == plain.content
    assert len(raw) < 5000


async def test_brotli_that_is_refused_is_not_sent(browser):
    answer = await browser.get(EXTRACT, headers={"accept-encoding": "br;q=0, gzip"})

    assert "content-encoding" not in answer.headers


async def test_a_definition_is_given_in_the_version_asked_for(browser):
    version = (await browser.get(EXTRACT)).json()["version"]

    same = await browser.get(EXTRACT, params={"version": version})
    other = await browser.get(EXTRACT, params={"version": "0" * 16})

    assert same.json()["version"] == version
    assert other.status_code == 404
    assert other.json()["type"].endswith("unknown-procedure")


async def test_a_version_that_another_process_served_is_given_too(browser, tmp_path):
    folder = shutil.copytree(PROCEDURES, tmp_path / "procedures")
    extract = folder / "ho-tich" / "cap-ban-sao-trich-luc-ho-tich.yaml"
    extract.write_text(extract.read_text().replace("max: 50", "max: 20", 1))
    catalogue.load(folder, demo=True, clock=lambda: NOW)
    theirs = catalogue.get("2.000635").version
    await catalogue.remember_versions(now=NOW)
    catalogue.load(PROCEDURES, demo=True, clock=lambda: NOW)
    assert catalogue.get("2.000635").version != theirs

    answer = await browser.get(EXTRACT, params={"version": theirs})

    assert (answer.status_code, answer.json()["version"]) == (200, theirs)


async def test_an_example_is_a_manifest_and_keeps_its_tag(browser):
    first = await browser.get(f"{EXTRACT}/example", params={"unit": "om-thoi-an"})
    again = await browser.get(
        f"{EXTRACT}/example",
        params={"unit": "om-thoi-an"},
        headers={"if-none-match": first.headers["etag"]},
    )

    assert first.json()["unit"] == "om-thoi-an"
    assert first.json()["example"] is True
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "slug"),
    [
        ("/api/v1/procedures/9.999999", 404, "unknown-procedure"),
        ("/api/v1/procedures/%00", 404, "unknown-procedure"),
        (f"{EXTRACT}?unit=om-nowhere", 404, "unknown-unit"),
        ("/api/v1/procedures?unit=om-nowhere", 404, "unknown-unit"),
        (f"{EXTRACT}/example?unit=om-nowhere", 404, "unknown-unit"),
        ("/api/v1/procedures/1.001776/example", 404, "no-example"),
    ],
)
async def test_what_is_not_there_is_not_found(browser, path, status, slug):
    answer = await browser.get(path)

    assert answer.status_code == status
    assert answer.json()["type"].endswith(slug)


@pytest.mark.parametrize("query", ["version=../../etc", f"q={'x' * 201}", f"unit={'x' * 49}"])
async def test_a_query_out_of_bounds_is_refused_and_never_a_fault_of_ours(browser, query):
    path = "/api/v1/procedures" if query.startswith("q") else EXTRACT

    answer = await browser.get(f"{path}?{query}")

    assert 400 <= answer.status_code < 500


def test_the_definition_has_the_keys_that_the_phone_reads():
    places.load("test")
    catalogue.load(PROCEDURES, demo=True, clock=lambda: NOW)

    found = msgspec.json.decode(catalogue.public("1.001776", unit="om")[0])

    assert list(found) == [
        "code", "version", "name", "title", "summary", "fileable", "why_not", "field", "unit",
        "law", "who", "minutes", "submitter_when", "steps", "papers", "fee", "deadline",
        "consents", "result", "unverified", "checked_on",
    ]  # fmt: skip
    assert found["fee"] is None
    assert found["deadline"] is None
    assert found["steps"] == []
