"""Phones as people hold them: size, language, and a network that is slow or gone."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

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

DESK: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 800},
    "device_scale_factor": 1,
    "is_mobile": False,
    "has_touch": False,
    "user_agent": None,
}
"""The screen at the counter."""

FIREFOX_PHONE: dict[str, Any] = {
    **PHONE,
    "user_agent": "Mozilla/5.0 (Android 13; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0",
}
"""The same phone with Firefox on it."""


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


_BEAT = 0.02


@contextmanager
def slow_processes(browser: Browser, *, processor: int) -> Iterator[None]:
    """Let the browser's pages and their workers run a share of the time, for a while.

    The throttling of the developer tools holds back the page's own thread alone; this stops whole
    processes and lets them go on, workers and decoders included.
    """
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    pages = [one["id"] for one in found if one["type"] == "renderer"]
    over = threading.Event()

    def hold_back() -> None:
        while not over.is_set():
            for number, pause in (
                (signal.SIGSTOP, _BEAT * (processor - 1)),
                (signal.SIGCONT, _BEAT),
            ):
                for page in pages:
                    with suppress(ProcessLookupError):  # a page that was closed meanwhile
                        os.kill(page, number)
                time.sleep(pause)

    holding = threading.Thread(target=hold_back)
    holding.start()
    try:
        yield
    finally:
        over.set()
        holding.join()
