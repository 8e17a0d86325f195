"""The same house and the same people, before a second engine: Firefox ESR as Debian has it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from e2e.phones import FIREFOX_PHONE
from tests.running import Running

FIREFOX = Path(__file__).with_name("firefox.py")


@pytest.fixture(scope="session")
def browser(house: Running) -> Iterator[Browser]:
    """Firefox, after the house."""
    with sync_playwright() as playwright:
        found = playwright.firefox.launch(executable_path=FIREFOX, channel="moz-firefox")
        yield found
        found.close()


@pytest.fixture(scope="session")
def phone() -> dict[str, Any]:
    """A phone with Firefox."""
    return FIREFOX_PHONE
