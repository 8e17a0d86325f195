"""The messages that people get (tin nhắn), as the demo writes them down."""

import json
import time
from typing import Any

from tests.running import Running

PATIENCE = 15


def messages(house: Running, code: str, event: str) -> list[dict[str, Any]]:
    """List the messages of one kind about a dossier, once there is one."""
    until = time.monotonic() + PATIENCE
    while True:
        lines = (house.data / "notices.jsonl").read_text().splitlines()
        told = [json.loads(line) for line in lines if code in line]
        found = [one for one in told if one["event"] == event]
        if found:
            return found
        assert time.monotonic() < until, f"no message {event} about {code}"
        time.sleep(0.1)


def latest_message(house: Running, code: str, event: str) -> dict[str, Any]:
    """Wait for the newest message of one kind about a dossier."""
    return messages(house, code, event)[-1]
