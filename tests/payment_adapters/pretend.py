"""A pretend provider as a process of its own, and the service's ears, over real HTTP."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from payment_adapters.contract import (
    AdapterError,
    BadSignature,
    Context,
    HttpAnswer,
    Malformed,
    Outcome,
    RawRequest,
    Transient,
    Unsure,
)
from payment_adapters.strict import read_config

MOTCUA = Path(sys.executable).parent / "motcua"
SECONDS = 60.0


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def until(happens, seconds=SECONDS):
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not (found := happens()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found


class Ears:
    """Where notices come in: the adapter reads them, `outcome` is what the core made of them."""

    def __init__(self, adapter):
        self.adapter, self.ctx = adapter, None
        self.outcome, self.quiet = Outcome.ACCEPTED, False
        self.heard, self.refused, self.asked = [], [], []
        self.lookup = None
        ears = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get("content-length", 0))
                path, _, query = self.path.partition("?")
                request = RawRequest(
                    method=self.command,
                    query=query,
                    headers=tuple((k.lower(), v) for k, v in self.headers.items()),
                    body=self.rfile.read(length),
                )
                reply = ears.hear(path, request)
                self.send_response(reply.status)
                self.send_header("content-length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            do_GET = do_POST = answer  # noqa: N815 - the names that the base class calls

            def log_message(self, *words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hear(self, path, request):
        if "/lookups/" in path:
            self.asked.append(self.adapter.parse_lookup(self.ctx, request))
            return self.adapter.lookup_reply(self.ctx, self.lookup, known=self.lookup is not None)
        outcome = self.outcome
        if self.quiet:
            return self.adapter.answer_notice(self.ctx, request, Outcome.ACCEPTED)
        try:
            self.heard += self.adapter.parse_notice(self.ctx, request).observations
        except BadSignature as error:
            self.refused.append(error)
            outcome = Outcome.BAD_SIGNATURE
        except Malformed as error:
            self.refused.append(error)
            outcome = Outcome.MALFORMED
        return self.adapter.answer_notice(self.ctx, request, outcome)

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Pretend:
    """One pretend provider's process with its book, its faults and the adapter that talks to it."""

    def __init__(self, name, folder, adapter, settings):
        self.name, self.folder, self.adapter = name, folder, adapter
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ears = Ears(adapter)
        self.settings = {"enabled": True, "base_url": self.url, **settings}
        rows = "\n".join(f"{key} = {json.dumps(value)}" for key, value in self.settings.items())
        (folder / "settings.toml").write_text(
            f'public_url = "{self.ears.url}"\n[simulate]\nminute = 0.2\n[payments.{name}]\n{rows}\n'
        )
        self.faults()
        self.ears.ctx = self.context()
        self.begin()

    def begin(self):
        words = ["simulate", "provider", self.name, "--port", str(self.port)]
        words += ["--faults", str(self.folder / "faults.json"), "--data", str(self.folder)]
        self.process = subprocess.Popen([MOTCUA, *words], stdout=subprocess.DEVNULL, env=os.environ)
        until(self.answers)

    def answers(self):
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/orders").status_code == 200
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.ears.close()

    def faults(self, *rules):
        self.written = getattr(self, "written", 0) + 1
        text = json.dumps({"fault": rules, "seed": self.written})
        half = self.folder / "half"
        half.write_text(text)
        half.replace(self.folder / "faults.json")

    def context(self):
        config = read_config(self.adapter.spec.config_type, self.settings)
        return Context(
            config=config,
            send=self.send,
            clock=lambda: datetime.now(UTC),
            random=os.urandom,
            notice_url=f"{self.ears.url}/api/v1/payments/notices/{self.name}",
            return_url=f"{self.ears.url}/api/v1/payments/return/{self.name}",
            production=False,
        )

    async def send(self, request):
        try:
            async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
                answer = await client.request(
                    request.method,
                    request.url,
                    headers=dict(request.headers),
                    content=request.body,
                )
        except httpx.ConnectError:
            raise Transient("unreachable") from None
        except httpx.HTTPError as error:
            raise Unsure(type(error).__name__) from None
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return HttpAnswer(status=answer.status_code, headers=headers, body=answer.content)

    # -- what people and the core do --------------------------------------------------------------

    def does(self, verb, *words):
        """Let the adapter call: start, query, refund, query_refund, fetch_bill."""
        return asyncio.run(getattr(self.adapter, verb)(self.context(), *words))

    def fails(self, verb, *words):
        """Let the adapter call, and give the error that it ends with."""
        try:
            found = self.does(verb, *words)
        except AdapterError as error:
            return error
        raise AssertionError(found)

    def opens(self, attempt):
        """Let the citizen open the page to pay on."""
        url = self.does("start", attempt).next_action.url
        answer = httpx.get(url, follow_redirects=True)
        assert answer.status_code == 200
        return answer.text

    def press(self, attempt, act="pay"):
        answer = httpx.post(
            f"{self.url}/pay/{self.adapter.provider_ref(attempt)}", json={"act": act}
        )
        return answer.json()

    def notices(self, number):
        """Wait until so many notices were heard or refused."""
        until(lambda: len(self.ears.heard) + len(self.ears.refused) >= number)
        return self.ears.heard

    def owed(self, attempt=None):
        """Give how far the notices (about one attempt) are, as the provider's own book says."""
        ref = attempt and self.adapter.provider_ref(attempt)
        found = httpx.get(f"{self.url}/orders").json()
        told = [one["notices"] for one in found if ref in (None, one["order"]["ref"])]
        return [task for tasks in told for task in tasks if task["kind"] == "notice"]

    def told(self, attempt):
        """Wait until nothing is owed about an attempt any more."""
        until(lambda: all(one["outcome"] for one in self.owed(attempt)))
        return [(one["tries"], one["outcome"]) for one in self.owed(attempt)]

    def afresh(self):
        """Hear what is still owed from before without noting it, then begin with nothing."""
        self.faults()
        self.ears.quiet = True
        until(lambda: all(one["outcome"] for one in self.owed()))
        self.ears.quiet, self.ears.outcome, self.ears.lookup = False, Outcome.ACCEPTED, None
        for kept in (self.ears.heard, self.ears.refused, self.ears.asked):
            kept.clear()
        return self


@contextlib.contextmanager
def pretending(name, folder, adapter, settings):
    made = Pretend(name, folder, adapter, settings)
    try:
        yield made
    finally:
        made.close()
