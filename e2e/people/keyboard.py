"""A person who uses the keyboard alone: every control must be reached with Tab and shown."""

from playwright.sync_api import Locator, Page, expect

FARTHEST = 60
RADIO_KEYS = 12


class Keyboard:
    """Moves with Tab, presses with Enter and Space, chooses with the arrows."""

    def __init__(self, page: Page) -> None:
        """Put the hands on the keys."""
        self.page = page

    def _reach(self, wanted: Locator) -> None:
        """Tab until the control has the focus and shows it."""
        expect(wanted).to_be_visible()
        for _ in range(FARTHEST):
            if wanted.evaluate("(node) => node === document.activeElement"):
                ring = wanted.evaluate(
                    """(node) => [node, node.nextElementSibling, node.parentElement].some((one) =>
                      one && (getComputedStyle(one).outlineStyle !== 'none'
                        || getComputedStyle(one).boxShadow !== 'none'))"""
                )
                assert ring, f"{wanted} shows no focus"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached with Tab")

    def presses(self, words: str) -> None:
        """Reach a button or a link, and press Enter."""
        role = self.page.get_by_role
        self._reach(role("button", name=words).or_(role("link", name=words)).first)
        self.page.keyboard.press("Enter")

    def goes_on(self) -> None:
        """Press `Tiếp tục`."""
        self.presses("Tiếp tục")

    def types(self, label: str, words: str) -> None:
        """Reach a box and type."""
        self._reach(self.page.get_by_role("textbox", name=label).first)
        self.page.keyboard.type(words)

    def ticks(self, words: str) -> None:
        """Reach a box to tick, and tick it with Space."""
        wanted = self.page.get_by_role("checkbox", name=words)
        self._reach(wanted)
        self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def chooses(self, answer: str) -> None:
        """Reach a group of answers, and go to the wanted one with the arrows."""
        wanted = self.page.get_by_role("radio", name=answer)
        group = self.page.get_by_role("group").filter(has=wanted).get_by_role("radio")
        self._reach(group.first)
        self.page.keyboard.press("Space")
        for _ in range(RADIO_KEYS):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{answer} is not reached with the arrows")
