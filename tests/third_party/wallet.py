"""A pretend Ví Sen: it checks signatures as a provider does, and tells of payments."""

import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

SECRET = "secret-of-the-pretend-wallet"
MERCHANT = "UBND-OM-LONG-HUNG"


def signed(body):
    timestamp = str(int(time.time()))
    message = timestamp.encode() + b"." + body
    signature = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
    return {"X-Timestamp": timestamp, "X-Signature": f"sha256={signature}"}


class Wallet:
    """Its orders, and its server on a port of its own."""

    def __init__(self):
        self.orders = {}
        wallet = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                message = self.headers["X-Timestamp"].encode() + b"." + body
                wanted = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
                genuine = hmac.compare_digest(self.headers["X-Signature"], f"sha256={wanted}")
                answer = json.dumps(wallet.answer(self.path, json.loads(body))).encode()
                self.send_response(200 if genuine else 401)
                for name, value in signed(answer).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, path, asked):
        order = self.orders.setdefault(asked["order"], {**asked, "state": "01"})
        if path == "/v1/payments":
            own = {"merchant": MERCHANT, "order": asked["order"]}
            return {**own, "pay_url": f"{self.url}/pay/{asked['order']}"}
        return self.state(order)

    def state(self, order):
        known = ("merchant", "order", "state", "amount", "transaction", "at")
        return {name: order[name] for name in known if name in order}

    def pay(self, order):
        """Take the payer's money and tell the merchant, as often as is asked for."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        self.orders[order] |= {"state": "00", "transaction": f"SEN{order}", "at": at}

    def tell(self, order):
        body = json.dumps(self.state(self.orders[order])).encode()
        return httpx.post(self.orders[order]["notice_url"], content=body, headers=signed(body))

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
