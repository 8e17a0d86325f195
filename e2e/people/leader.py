"""The district's leader (lãnh đạo), who looks at the month on a phone."""

import re

from playwright.sync_api import Locator, expect

from e2e.people.officer import Worker


class Leader(Worker):
    """A leader before the table of the wards."""

    desk = "/lanh-dao/"

    def table(self) -> Locator:
        """Find the table of the wards."""
        found = self.page.get_by_role("table", name=re.compile("theo phường"))
        expect(found).to_be_visible()
        return found

    def ward(self, name: str) -> str:
        """Read the line of one ward."""
        return self.table().get_by_role("row", name=name).inner_text()

    def opens_the_ward(self, name: str) -> None:
        """Tap the ward's name: what its figure is made of."""
        self.taps += 1
        self.table().get_by_role("link", name=name).click()
