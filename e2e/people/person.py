"""Anybody before a screen: what they see, and what hands can do, by words and labels alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from playwright.sync_api import Locator, Page, expect

from e2e.inspector import Inspector


class Person:
    """One person, one screen; every page they come to is looked at by the inspector."""

    def __init__(self, page: Page, *, web: str, inspector: Inspector) -> None:
        """Sit down before the screen."""
        self.page = page
        self.web = web
        self.inspector = inspector
        self.taps = 0

    # -- seeing ---------------------------------------------------------------------------------

    def sees(self, heading: str) -> None:
        """Wait for the page with this heading, and have it looked at."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        self.inspector.look(self.page)

    def reads(self, *sentences: str | re.Pattern[str]) -> None:
        """Find each of these words on the screen, and have the state looked at."""
        for words in sentences:
            expect(self.page.get_by_text(words).first).to_be_visible()
        self.inspector.look(self.page)

    def reads_in(self, label: str, words: str) -> None:
        """Find these words in the box with this label."""
        expect(self.page.get_by_role("textbox", name=label)).to_have_value(words)

    def reads_nowhere(self, words: str) -> None:
        """Find these words nowhere on the screen."""
        expect(self.page.get_by_text(words)).to_have_count(0)

    def is_told(self, words: str) -> None:
        """Be told at once, by a voice too: an alert."""
        expect(self.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
        self.inspector.look(self.page)

    def widest(self) -> int:
        """Measure how far the page reaches sideways, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def has_one_main_button(self) -> None:
        """See that one button is filled, not two: what comes next is plain."""
        expect(self.page.locator(".btn--main").filter(visible=True)).to_have_count(1)

    # -- doing ----------------------------------------------------------------------------------

    def opens(self, address: str) -> Self:
        """Open an address, as a scan or a link does."""
        self.page.goto(address if address.startswith("http") else f"{self.web}{address}")
        return self

    def button(self, words: str | re.Pattern[str]) -> Locator:
        """Find what can be tapped under these words, a link or a button."""
        role = self.page.get_by_role
        return role("button", name=words).or_(role("link", name=words)).first

    def presses(self, words: str | re.Pattern[str]) -> None:
        """Tap a button or a link."""
        self.taps += 1
        self.button(words).click()

    def goes_on(self) -> None:
        """Tap `Tiếp tục`."""
        self.presses("Tiếp tục")

    def chooses(self, answer: str, *, of: str | None = None) -> None:
        """Choose one answer, of one question where there are more."""
        self.taps += 1
        where = self.page.get_by_role("group", name=of) if of else self.page
        where.get_by_role("radio", name=answer).check()

    def fills(self, answers: dict[str, str], *, of: str | None = None) -> None:
        """Type answers into the boxes with these labels."""
        where = self.page.get_by_role("group", name=of) if of else self.page
        for label, words in answers.items():
            where.get_by_role("textbox", name=label).fill(words)

    def types(self, words: str, *, into: str) -> None:
        """Type key by key, as a keyboard does, into the box with this label."""
        self.page.get_by_role("textbox", name=into).press_sequentially(words)

    def ticks(self, words: str) -> None:
        """Tick a declaration."""
        self.taps += 1
        self.page.get_by_role("checkbox", name=words).check()

    # -- the network ------------------------------------------------------------------------------

    def loses_network(self) -> None:
        """Airplane mode on."""
        self.inspector.expect_lost_network()
        self.page.context.set_offline(True)

    def finds_network(self) -> None:
        """Airplane mode off."""
        self.page.context.set_offline(False)

    @contextmanager
    def without_network(self) -> Iterator[None]:
        """Be without network for a while."""
        self.loses_network()
        yield
        self.finds_network()
