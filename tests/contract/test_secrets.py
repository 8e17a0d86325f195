"""No configured secret is told by anybody: answers, logs, the stored rows, the app in the browser.

It runs last of the walk, so that all that went well or wrong before is in the logs too.
"""

import contextlib
import os
import subprocess
import threading
import tomllib
import typing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import entry_points

import httpx
import pytest

from payment_adapters.contract import GROUP, Secret
from tests.contract import people
from tests.contract.conftest import PROVIDERS, WARD
from tests.running import MOTCUA, ROOT

LISTENING = (*PROVIDERS, "bank_notice", "sandbox")
WHERE_THEY_LIVE = {"settings.toml", "demo.toml", "demo.json", "keys.toml"}
SHORTEST = 8


def configured(house):
    """Every secret of the installation: of its payment adapters, its one-stop system, its keys."""
    settings = tomllib.loads((house.data / "settings.toml").read_text())
    tables = {name: table for name, table in settings["payments"].items() if name != "accounts"}
    found = {settings["onestop"]["password"]}
    for point in entry_points(group=GROUP):
        if point.name in tables:
            kind = point.load()().spec.config_type
            secret = {n for n, hint in typing.get_type_hints(kind).items() if _is_secret(hint)}
            found |= {tables[point.name][name] for name in secret & tables[point.name].keys()}
    keys = tomllib.loads(next(house.data.glob("keys*.toml")).read_text())
    found |= {one["secret"] for every in keys.values() if isinstance(every, list) for one in every}
    return {one for one in found if len(one) >= SHORTEST}


def _is_secret(hint):
    return hint is Secret or Secret in typing.get_args(hint)


@contextlib.contextmanager
def mirror(port, status):
    """A provider out of order: it answers with a page that repeats whatever it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            said = b"<html>" + self.path.encode() + bytes(self.headers) + body
            self.send_response(status)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = answer  # noqa: N815 - the names that the base class calls

        def log_message(self, *words):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


@pytest.fixture(scope="module")
def said(house):
    """All that outsiders are answered when everything goes wrong."""
    answers = [
        httpx.get(f"{house.web}/{path}") for path in ("", "health/ready", "api/openapi.json")
    ]
    for name, port in PROVIDERS.items():
        answers += [_paid(house, name)]
        for status in (200, 401, 500):
            with mirror(port, status):
                answers += [_paid(house, name)]
    for name in LISTENING:
        notices = f"{house.web}/api/v1/payments/notices/{name}"
        answers += [httpx.post(notices, content=one) for one in (b"", b"{", b"<html>", b"[1]")]
        answers += [httpx.get(notices), httpx.get(f"{house.web}/api/v1/payments/return/{name}")]
    return [repr(answer.headers) + answer.text for answer in answers]


def _paid(house, name):
    phone = people.sent_dossier(house.web, WARD)
    phone.submit()
    answer = phone.pay(name)
    assert answer.status_code < 500, answer.text
    return answer


def test_every_way_to_pay_has_a_secret_to_look_for(house):
    assert len(configured(house)) >= 12


def test_no_secret_is_in_an_answer(house, said):
    assert not [one for one in configured(house) if any(one in text for text in said)]


def test_no_secret_is_in_what_is_logged_sent_or_stored(house, said):
    kept = {
        path.relative_to(house.data): path.read_bytes()
        for path in house.data.rglob("*")
        if path.is_file() and path.name not in WHERE_THEY_LIVE
    }

    assert any(path.name == "output.log" for path in kept)
    assert b"provider-failed" in b"".join(kept.values())
    assert not [
        (path, secret[:4])
        for path, data in kept.items()
        for secret in configured(house)
        if secret.encode() in data
    ]


def test_no_secret_is_in_the_app_that_is_built(house):
    built = {path: path.read_bytes() for path in (ROOT / "pwa/dist").rglob("*") if path.is_file()}

    assert any(path.suffix == ".js" for path in built)
    assert not [
        path
        for path, data in built.items()
        for secret in configured(house)
        if secret.encode() in data
    ]


@pytest.mark.parametrize("words", [("adapters", "list"), ("check-money",)], ids=" ".join)
def test_no_secret_is_in_what_a_command_prints(house, words):
    where = {
        "MOTCUA_DATA": str(house.data),
        "MOTCUA_CONFIG": str(house.data / "settings.toml"),
    }
    done = subprocess.run(
        [MOTCUA, *words], cwd=ROOT, env=os.environ | where | house.database,
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert not [one for one in configured(house) if one in done.stdout + done.stderr]
