"""The gate, problem documents, strict bodies and the app's files."""

import gzip
import json
import logging
from typing import Annotated
from uuid import UUID

import brotli
import httpx
import msgspec
import pytest
from litestar import Litestar, Request, get, patch, post, put
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import Meta, Struct

from backend.platform import http, limits
from backend.platform.kit import logs
from backend.platform.kit.errors import Broken, Malformed, NotFound, Problem, TooLarge
from backend.platform.settings import load

KIB = 1024


class Line(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(max_length=10)]
    amount: Annotated[int, Meta(ge=0, le=10**12)]
    paid: bool = False


class Draft(Struct, forbid_unknown_fields=True):
    lines: list[Line]


class AlreadyThere(Problem):
    status = 409
    slug = "already-there"
    title = "Đã có rồi."


@post("/api/v1/drafts", dto=http.Strict[Draft], responses=http.refusals(AlreadyThere, body=True))
async def keep(data: JSONBody[Draft]) -> Draft:
    if not data.lines:
        raise AlreadyThere("nothing new", extra={"current": 3})
    return data


@post("/api/v1/empty", status_code=200)
async def empty() -> dict[str, bool]:
    return {"ok": True}


@get("/files/{name:str}", media_type="text/plain")
async def file(name: FromPath[str]) -> str:
    if name == "gone":
        raise NotFound
    return name


class NotYet(Problem):
    status = 409
    slug = "not-yet"


@get("/f/{token:str}")
async def ended(token: FromPath[str]) -> None:
    raise {"soon": NotYet, "long": TooLarge, "odd": Broken}.get(token, NotFound)(token)


@get("/api/v1/broken")
async def broken() -> None:
    raise RuntimeError("canary: Nguyễn Thị Bích")


@get("/api/v1/full")
async def full() -> None:
    raise OSError(28, "canary")


@get("/api/v1/typed/{number:uuid}")
async def typed(number: FromPath[UUID], page: FromQuery[int] = 1) -> None:
    raise NotFound


@put("/api/v1/dossiers/1/files/2")
async def whole(request: Request) -> dict[str, int]:
    return {"size": sum([len(chunk) async for chunk in request.stream()])}


@patch("/api/v1/dossiers/1/files/2")
async def piece(request: Request) -> dict[str, int]:
    return {"size": sum([len(chunk) async for chunk in request.stream()])}


@post("/api/v1/payments/notices/vnpay", status_code=200)
async def notice(request: Request) -> dict[str, int]:
    return {"size": len(await request.body())}


HANDLERS = [keep, empty, file, ended, broken, full, typed, whole, piece, notice]


def settings(**environ):
    return load(
        {
            "MOTCUA_PUBLIC_URL": "https://motcua.example.vn",
            "MOTCUA_KEYS_FILE": "/etc/motcua/keys.toml",
            **{f"MOTCUA_{key.upper()}": value for key, value in environ.items()},
        }
    )


def house(tmp_path, **environ):
    app = Litestar(
        HANDLERS,
        exception_handlers=http.exception_handlers,
        logging_config=None,
        request_max_body_size=None,
    )
    return http.Gate(app, settings=settings(**environ), assets=http.Assets(tmp_path / "dist"))


def caller(gate, base="https://motcua.example.vn"):
    return httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=base)


@pytest.fixture
async def web(tmp_path):
    async with caller(house(tmp_path)) as client:
        yield client


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "can-bo").mkdir()
    (folder / "index.html").write_text("<!doctype html><title>Một cửa</title>" + "x" * 500)
    (folder / "can-bo/index.html").write_text("<!doctype html><title>Cán bộ</title>" + "x" * 500)
    (folder / "sw.js").write_text("// worker\n" * 50)
    (folder / "assets/main-B2xYz_12.js").write_text("let a = 1;\n" * 100)
    (folder / "assets/tiny-B2xYz_13.css").write_text("a{}")
    (folder / "photo.png").write_bytes(bytes(range(256)))
    return folder


def problem(answer, status, slug):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["status"]) == (slug, status)
    assert len(body["trace_id"]) == 16
    return body


async def test_a_refusal_carries_its_slug_its_sentence_and_what_it_adds(web):
    answer = await web.post("/api/v1/drafts", json={"lines": []})

    body = problem(answer, 409, "already-there")
    assert (body["title"], body["detail"], body["current"]) == ("Đã có rồi.", "nothing new", 3)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/assets/missing.js", "/index.html", "/Q"])
async def test_what_is_not_there_is_a_problem_and_never_a_page(web, path):
    problem(await web.get(path), 404, "not-found")


@pytest.mark.parametrize("path", ["/8HK8HDZD", "/TRA-CUU", "/kiem-tra/x", "/index.html"])
async def test_a_person_with_a_mistyped_address_sees_the_first_page(dist, web, path):
    answer = await web.get(path, headers={"sec-fetch-dest": "document"})

    first = await web.get("/")
    assert (answer.status_code, answer.text) == (404, first.text)
    assert answer.headers["cache-control"] == "no-store"


async def test_what_a_known_address_does_not_have_stays_a_problem(dist, web):
    answer = await web.get("/files/gone", headers={"sec-fetch-dest": "document"})

    problem(answer, 404, "not-found")


async def test_a_link_to_a_file_that_has_ended_is_a_page_to_a_person_and_a_problem_to_programs(
    dist, web
):
    opened = await web.get("/f/AbCd", headers={"sec-fetch-dest": "document"})

    assert (opened.status_code, opened.text) == (404, (await web.get("/")).text)
    problem(await web.get("/f/AbCd"), 404, "not-found")


@pytest.mark.parametrize(
    ("token", "status", "slug"),
    [("soon", 409, "not-yet"), ("long", 413, "too-large"), ("odd", 503, "fault")],
)
async def test_a_file_that_is_refused_is_a_page_to_a_person_and_a_problem_to_programs(
    dist, web, token, status, slug
):
    opened = await web.get(f"/f/{token}", headers={"sec-fetch-dest": "document"})

    assert (opened.status_code, opened.text) == (status, (await web.get("/")).text)
    problem(await web.get(f"/f/{token}"), status, slug)


async def test_a_known_address_is_answered_to_a_person_too(dist, web):
    answer = await web.get("/files/here", headers={"sec-fetch-dest": "document"})

    assert (answer.status_code, answer.text) == (200, "here")


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/assets/missing.js"])
async def test_a_person_sees_no_page_where_programs_ask(web, path):
    answer = await web.get(path, headers={"sec-fetch-dest": "document"})

    problem(answer, 404, "not-found")


async def test_a_wrong_verb_says_which_are_right(web):
    answer = await web.get("/api/v1/drafts")

    problem(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["allow"]


async def test_a_fault_of_ours_is_503_and_shows_nothing(web, caplog):
    with caplog.at_level(logging.ERROR, logger="motcua"):
        answer = await web.get("/api/v1/broken")

    body = problem(answer, 503, "fault")
    assert int(answer.headers["retry-after"]) > 0
    assert "canary" not in answer.text
    written = logs.JsonLines().format(caplog.records[0])
    assert "canary" not in written
    assert json.loads(written)["fault"] == "RuntimeError"
    assert len(body["trace_id"]) == 16


async def test_no_room_is_507(web):
    problem(await web.get("/api/v1/full"), 507, "full")


@pytest.mark.parametrize(
    "path", ["/api/v1/typed/x", "/api/v1/typed/%FF", "/%00", "/api/v1/typed/" + "9" * 5000]
)
async def test_an_impossible_address_is_not_found(web, path):
    answer = await web.get(path)

    assert answer.status_code in {400, 404}
    assert answer.json()["status"] == answer.status_code


async def test_an_impossible_parameter_is_named(web):
    answer = await web.get(f"/api/v1/typed/{UUID(int=1)}?page=x")

    body = problem(answer, 400, "malformed")
    assert body["errors"][0]["pointer"] == "/query/page"


@pytest.mark.parametrize(
    ("raw", "pointer", "code"),
    [
        ('{"lines":[{"name":"a","amount":"8000"}]}', "/lines/0/amount", "type"),
        ('{"lines":[{"name":"a","amount":8000.0}]}', "/lines/0/amount", "type"),
        ('{"lines":[{"name":"a","amount":1e400}]}', "/lines/0/amount", "type"),
        ('{"lines":[{"name":"a","amount":-1}]}', "/lines/0/amount", "too-small"),
        ('{"lines":[{"name":"a","amount":9223372036854775808}]}', "/lines/0/amount", "too-big"),
        ('{"lines":[{"name":"a","amount":1,"paid":"1"}]}', "/lines/0/paid", "type"),
        ('{"lines":[{"name":"aaaaaaaaaaa","amount":1}]}', "/lines/0/name", "too-long"),
        ('{"lines":[{"amount":1}]}', "/lines/0/name", "missing"),
        ('{"lines":[],"more":1}', "/more", "unknown"),
        ("[]", "", "type"),
        ("null", "", "type"),
    ],
)
async def test_content_that_breaks_a_rule_is_422_with_its_place(web, raw, pointer, code):
    answer = await web.post(
        "/api/v1/drafts", content=raw, headers={"content-type": "application/json"}
    )

    [fault] = problem(answer, 422, "content")["errors"]
    assert (fault["pointer"], fault["code"]) == (pointer, code)
    assert fault["message_vi"]
    assert "`" not in fault["message_en"]
    assert "Expected" not in fault["message_en"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'a':1}",
        b'{"lines":NaN}',
        b"\xff\xfe",
        b'{"lines":[{"name":"\xff","amount":1}]}',
    ],
)
async def test_what_is_no_json_is_400(web, raw):
    answer = await web.post(
        "/api/v1/drafts", content=raw, headers={"content-type": "application/json"}
    )

    problem(answer, 400, "malformed")


@pytest.mark.parametrize("raw", [b"[" * 100_000, b'{"lines":' + b"[" * 90_000, b'{"a":' * 50_000])
async def test_deep_nesting_is_refused_like_any_other_shape(web, raw):
    answer = await web.post(
        "/api/v1/drafts", content=raw, headers={"content-type": "application/json"}
    )

    assert answer.status_code in {400, 422}
    with pytest.raises(Malformed):
        http.decode(raw, object)


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/json; charset=utf-16",
        "application/jsonx",
        "",
    ],
)
async def test_a_body_that_does_not_say_json_is_415(web, kind):
    answer = await web.post(
        "/api/v1/drafts", content=b'{"lines":[]}', headers={"content-type": kind}
    )

    problem(answer, 415, "wrong-type")
    assert "JSON" in answer.json()["title"]


async def test_a_body_without_any_type_or_length_is_415(web):
    async def pieces():
        yield b'{"lines":[]}'

    answer = await web.post("/api/v1/drafts", content=pieces())

    problem(answer, 415, "wrong-type")


async def test_a_body_may_be_empty_where_nothing_is_asked(web):
    assert (await web.post("/api/v1/empty")).json() == {"ok": True}


@pytest.mark.parametrize(
    ("verb", "path", "limit"),
    [
        ("POST", "/api/v1/drafts", 256 * KIB),
        ("PUT", "/api/v1/dossiers/1/files/2", 12 * KIB * KIB),
        ("PATCH", "/api/v1/dossiers/1/files/2", KIB * KIB),
        ("POST", "/api/v1/payments/notices/vnpay", 256 * KIB),
    ],
)
async def test_a_body_over_its_limit_is_413_declared_or_not(web, verb, path, limit):
    async def pieces():
        for _ in range(limit // KIB + 1):
            yield b" " * KIB

    headers = {"content-type": "application/json"}

    declared = await web.request(verb, path, content=b" " * (limit + 1), headers=headers)
    streamed = await web.request(verb, path, content=pieces(), headers=headers)

    problem(declared, 413, "too-large")
    problem(streamed, 413, "too-large")


async def test_who_goes_away_inside_the_body_is_no_fault_of_ours(tmp_path, caplog):
    sent = []
    coming = [
        {"type": "http.request", "body": b'{"lines":', "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive():
        return coming.pop(0)

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"motcua.example.vn"), (b"content-type", b"application/json")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/drafts",
        "raw_path": b"/api/v1/drafts",
        "query_string": b"",
        "root_path": "",
        "scheme": "https",
        "http_version": "1.1",
        "headers": headers,
        "client": ("203.0.113.9", 5000),
        "server": ("motcua.example.vn", 443),
        "extensions": {},
    }

    await house(tmp_path)(scope, receive, send)

    assert sent[0]["status"] == 400
    assert not [line for line in caplog.records if line.levelno >= logging.ERROR]


async def test_a_file_may_be_as_large_as_its_limit(web):
    answer = await web.put("/api/v1/dossiers/1/files/2", content=b"x" * 12 * KIB * KIB)

    assert answer.json() == {"size": 12 * KIB * KIB}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://motcua.example.vn.evil.example"},
        {"origin": "http://motcua.example.vn"},
        {"origin": "https://motcua.example.vn:8443"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://motcua.example.vn", "sec-fetch-site": "cross-site"},
    ],
)
async def test_another_sites_page_cannot_send_anything(web, headers):
    problem(await web.post("/api/v1/empty", headers=headers), 403, "forbidden")


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "https://motcua.example.vn", "sec-fetch-site": "same-origin"}],
)
async def test_our_own_page_and_programs_may_send(web, headers):
    assert (await web.post("/api/v1/empty", headers=headers)).status_code == 200


async def test_a_providers_notice_comes_from_anywhere_in_any_type(web):
    answer = await web.post(
        "/api/v1/payments/notices/vnpay",
        content=b"a=1",
        headers={"origin": "https://bank.example", "content-type": "text/plain"},
    )

    assert answer.json() == {"size": 3}


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "localhost",
        "",
        "motcua.example.vn@evil",
        "motcua.example.vn:x",
        "a b",
    ],
)
async def test_a_request_for_another_host_is_misdirected(web, host):
    problem(await web.get("/api/v1/broken", headers={"host": host}), 421, "wrong-host")


@pytest.mark.parametrize("host", ["motcua.example.vn:443", "MOTCUA.example.vn"])
async def test_our_host_is_known_with_port_and_in_any_case(web, host):
    problem(await web.get("/api/v1/nothing", headers={"host": host}), 404, "not-found")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
async def test_a_demo_is_reached_by_the_names_of_this_machine(tmp_path, host):
    gate = house(tmp_path, mode="demo")

    async with caller(gate, f"http://{host}") as client:
        own = await client.post("/api/v1/empty", headers={"origin": f"http://{host}"})
        other = await client.post("/api/v1/empty", headers={"origin": "http://localhost:9"})

    assert own.status_code == 200
    assert other.status_code == 403


async def test_every_answer_has_the_security_headers(web):
    for answer in [await web.get("/api/v1/nothing"), await web.get("/api/v1/broken")]:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["permissions-policy"].startswith("camera=(self)")


async def test_plain_http_promises_no_https(tmp_path):
    gate = house(tmp_path, mode="demo", public_url="http://127.0.0.1:8000")

    async with caller(gate, "http://127.0.0.1:8000") as client:
        answer = await client.get("/api/v1/nothing")

    assert "strict-transport-security" not in answer.headers


async def test_without_a_built_app_the_page_says_so(web):
    answer = await web.get("/")

    assert answer.status_code == 503
    assert "chưa được dựng" in answer.text


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
async def test_an_asset_comes_precompressed_and_costs_a_304_afterwards(
    tmp_path, dist, encoding, unpack
):
    async with caller(house(tmp_path)) as web:
        asked = {"accept-encoding": encoding}
        request = web.build_request("GET", "/assets/main-B2xYz_12.js", headers=asked)
        answer = await web.send(request, stream=True)
        raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        again = await web.get(
            "/assets/main-B2xYz_12.js",
            headers={**asked, "if-none-match": f'"x", W/{answer.headers["etag"]}'},
        )

    assert answer.headers["content-encoding"] == encoding
    assert unpack(raw) == (dist / "assets/main-B2xYz_12.js").read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (again.status_code, again.content) == (304, b"")


async def test_each_encoding_has_its_own_etag(tmp_path, dist):
    async with caller(house(tmp_path)) as web:
        answers = [
            await web.get("/sw.js", headers={"accept-encoding": encoding})
            for encoding in ["br", "gzip", "identity", "br;q=0, gzip;q=0.0"]
        ]

    assert len({answer.headers["etag"] for answer in answers}) == 3
    assert all(answer.headers["cache-control"] == "no-cache" for answer in answers)
    assert all(answer.headers["vary"] == "accept-encoding" for answer in answers)


async def test_what_does_not_shrink_is_sent_plain(tmp_path, dist):
    async with caller(house(tmp_path)) as web:
        for path in ["/photo.png", "/assets/tiny-B2xYz_13.css"]:
            answer = await web.get(path, headers={"accept-encoding": "br"})

            assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Một cửa"),
        ("/p/2.000635", "Một cửa"),
        ("/ho-so", "Một cửa"),
        ("/thanh-toan/ve", "Một cửa"),
        ("/v", "Một cửa"),
        ("/can-bo/", "Cán bộ"),
        ("/can-bo/ho-so/1", "Cán bộ"),
        ("/lanh-dao/", "Một cửa"),
    ],
)
async def test_every_screen_is_answered_by_its_shell(tmp_path, dist, path, title):
    async with caller(house(tmp_path)) as web:
        answer = await web.get(path)

    assert title in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    policy = answer.headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy


async def test_head_tells_the_length_and_sends_nothing(tmp_path, dist):
    async with caller(house(tmp_path)) as web:
        answer = await web.head("/sw.js", headers={"accept-encoding": "identity"})

    assert answer.content == b""
    assert int(answer.headers["content-length"]) == (dist / "sw.js").stat().st_size


async def test_no_path_leads_out_of_the_folder(tmp_path, dist):
    (tmp_path / "secret").write_text("x")

    async with caller(house(tmp_path)) as web:
        for path in ["/../secret", "/assets/../../secret", "/%2e%2e/secret"]:
            assert (await web.get(path)).status_code == 404


def test_etags_answer_the_two_questions():
    etag = http.etag_of(b"x")

    assert http.same(f'"a", {etag}', etag)
    assert http.same("*", etag)
    assert not http.same(None, etag)
    assert not http.stale(None, etag)
    assert not http.stale(etag, etag)
    assert not http.stale("*", etag)
    assert http.stale("*", None)
    assert http.stale('"other"', etag)
    assert http.stale(f"W/{etag}", etag)


def test_every_sentence_of_msgspec_finds_a_vietnamese_one():
    fault = http.fault_of("something new")

    assert (fault.code, fault.pointer) == ("wrong", "")


def test_refusals_are_declared_for_openapi():
    app = Litestar([keep])

    operation = app.openapi_schema.paths["/api/v1/drafts"].post

    wanted = {"400", "403", "405", "409", "413", "415", "421", "422", "429", "503", "507"}
    assert wanted <= operation.responses.keys()
    assert "already-there" in operation.responses["409"].description


def test_a_log_line_holds_only_listed_fields():
    record = logging.LogRecord("motcua.payments", logging.INFO, "", 0, "parked", None, None)
    record.adapter, record.name_of_citizen, record.reason = "vietqr", "canary", "a\nb" * 200

    line = logs.JsonLines().format(record)

    assert "canary" not in line
    assert "\n" not in line
    assert msgspec.json.decode(line)["adapter"] == "vietqr"
    assert len(line) < 500


@pytest.mark.parametrize(
    ("mode", "address", "lifted"),
    [("test", "127.0.0.1", True), ("test", "203.0.113.9", False), ("demo", "127.0.0.1", False)],
)
async def test_limits_are_lifted_only_in_mode_test_and_for_this_machine(
    tmp_path, mode, address, lifted
):
    seen = []

    async def app(scope, receive, send):
        seen.append(limits.lifted.get())

    gate = http.Gate(app, settings=settings(mode=mode), assets=http.Assets(tmp_path / "dist"))
    headers = [(b"host", b"motcua.example.vn")]
    scope = {"type": "http", "method": "GET", "path": "/x", "headers": headers}

    await gate({**scope, "client": (address, 5000)}, None, None)

    assert seen == [lifted]
