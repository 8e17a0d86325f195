"""Phones as people hold them: size, language, and a network that is slow or gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import CDPSession, Page

SLOW_BYTES_A_SECOND = 400_000 / 8
SLOW_DELAY_MS = 400
SLOWER_PROCESSOR = 4

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "vi-VN",
    "timezone_id": "Asia/Ho_Chi_Minh",
    "reduced_motion": "reduce",
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 "
        "(KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
    ),
}
"""A cheap Android phone of Ô Môn."""


@contextmanager
def slow(page: Page, *, processor: int = 1) -> Iterator[CDPSession]:
    """Hold the page to 400 kbit/s and 400 ms, and its processor to a share, for a while."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": SLOW_DELAY_MS,
            "downloadThroughput": SLOW_BYTES_A_SECOND,
            "uploadThroughput": SLOW_BYTES_A_SECOND,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})
    yield session
    session.detach()
