"""The messages that people get (tin nhắn), as the demo writes them down."""

import json
import time
from typing import Any

from tests.running import Running

PATIENCE = 15


def latest_message(house: Running, code: str, event: str) -> dict[str, Any]:
    """Wait for the newest message of one kind about a dossier."""
    until = time.monotonic() + PATIENCE
    while True:
        lines = (house.data / "notices.jsonl").read_text().splitlines()
        found = [json.loads(line) for line in lines if code in line and event in line]
        if found:
            newest: dict[str, Any] = found[-1]
            return newest
        assert time.monotonic() < until, f"no message {event} about {code}"
        time.sleep(0.1)
