"""The officer at the one-stop counter (cán bộ một cửa), at the desk and over HTTP."""

import re
from datetime import date
from typing import Any

from playwright.sync_api import expect

from e2e.people.person import Person
from tests.contract import people
from tests.running import Running

TRIES = 30
PAUSE_MS = 500
LEAST_TARGET = 48


def by_http(house: Running, ward: str) -> people.Officer:
    """Sign the ward's officer in over HTTP, for journeys whose screens are the citizen's."""
    return people.Officer(house.web, house.account("officer", ward))


def inbox_item(house: Running, ward: str, code: str) -> dict[str, Any]:
    """Find a dossier in the ward's inbox as the officer's screen is told it."""
    answer = by_http(house, ward).http.get("/api/v1/workbench/dossiers", params={"q": code})
    found: dict[str, Any] = answer.json()["items"][0]
    return found


def shown(code: str) -> str:
    """Write a code as the screens do, in three groups."""
    return f"{code[:4]} {code[4:8]} {code[8:]}"


class Worker(Person):
    """Anybody who signs in at a desk."""

    desk = "/"

    def has_every_tab_in_sight(self, tabs: str, width: int) -> None:
        """See each of these tabs whole and large enough on a screen of this width."""
        self.page.set_viewport_size({"width": width, "height": 740})
        links = self.page.get_by_role("navigation", name=tabs).get_by_role("link").all()
        boxes = [one.bounding_box() for one in links]
        assert boxes
        for box in boxes:
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["height"] >= LEAST_TARGET

    def has_its_tabs_in_one_line(self, tabs: str, width: int) -> None:
        """See these tabs beside each other, whichever of them is chosen, on a screen so wide."""
        self.page.set_viewport_size({"width": width, "height": 740})
        links = self.page.get_by_role("navigation", name=tabs).get_by_role("link")
        for number in range(links.count()):
            links.nth(number).click()
            expect(links.nth(number)).to_have_attribute("aria-current", "true")
            assert len({box["y"] for one in links.all() if (box := one.bounding_box())}) == 1

    def signs_in(self, account: dict[str, str]) -> None:
        """Open the desk, and give name and password."""
        self.opens(self.desk)
        self.gives_name_and_password(account)

    def gives_name_and_password(self, account: dict[str, str]) -> None:
        """Fill the form that stands before every desk."""
        self.sees("Đăng nhập")
        self.fills({"Tên đăng nhập": account["login"], "Mật khẩu": account["password"]})
        self.presses("Đăng nhập")


class OfficerAtDesk(Worker):
    """An officer before the screen at the counter."""

    desk = "/can-bo/"

    def queue(self) -> list[str]:
        """Read the codes of the queue from top to bottom."""
        table = self.page.get_by_role("table", name="Hồ sơ, gần hạn nhất ở trên")
        expect(table).to_be_visible()
        self.inspector.look(self.page)
        links = table.get_by_role("link").all_inner_texts()
        found = [re.search(r"\w{4}\s\w{4}\s\w{5}", words) for words in links]
        return [re.sub(r"\s", "", one[0]) for one in found if one]

    def searches(self, words: str) -> None:
        """Type a code or a name into the search."""
        self.page.get_by_role("textbox", name="Gõ mã hồ sơ hoặc tên người nộp").fill(words)
        self.presses("Tìm")

    def opens_the_dossier(self, code: str, *, title: str = "Bản sao trích lục hộ tịch") -> None:
        """Find a dossier by its code, which opens it."""
        self.opens(self.desk)
        self.sees("Hồ sơ cần làm")
        self.searches(code)
        self.sees(title)

    def sees_the_paper(self, name: str) -> None:
        """Wait until the picture of a paper stands in the viewer."""
        expect(self.page.get_by_role("img", name=f"{name}, bản xem")).to_be_visible()
        self.inspector.look(self.page)

    def decides(self, move: str, *, words: str | None = None) -> None:
        """Take a decision: open it, say why where that is asked, confirm."""
        self.presses(move)
        self.inspector.look(self.page)
        if words is not None:
            self.page.get_by_role("textbox", name=re.compile("^Lý do")).fill(words)
        self.page.get_by_role("button", name=move).last.click()

    def takes_a_card(self, amount: str, *, terminal: str, slip: str) -> None:
        """Take the fee by card; without terminal and slip it is not written down."""
        self.page.get_by_role("button", name="Thu tại quầy", exact=True).click()
        self.chooses("Thẻ (POS)")
        self.presses(f"Ghi đã thu {amount}")
        self.reads("Ghi mã máy POS, dòng TID trên biên lai", "Ghi số biên lai của máy POS")
        self.fills({"Mã máy POS": terminal, "Số biên lai máy POS": slip})
        self.presses(f"Ghi đã thu {amount}")
        self.reads(f"Đã ghi thu {amount}")

    def asks_for(self, needs: dict[str, str], *, until: date) -> None:
        """Ask for these papers and answers, each in words that the citizen reads."""
        self.presses("Yêu cầu bổ sung")
        for name, words in needs.items():
            more = self.page.get_by_role("combobox", name="Thêm chỗ cần bổ sung")
            more.select_option(label=name)
            self.page.get_by_role("textbox", name=name).fill(words)
        parts = {"Ngày": until.day, "Tháng": until.month, "Năm": until.year}
        self.fills({part: str(value) for part, value in parts.items()}, of="Hạn bổ sung")
        self.inspector.look(self.page)
        self.presses("Gửi yêu cầu bổ sung")

    def opens_the_money(self, amount: str) -> None:
        """Find a sum in the list of money to look at, and open it."""
        self.opens("/can-bo/tien")
        self.sees("Tiền cần đối chiếu")
        self.presses(re.compile(f"^{amount}"))
        self.sees(f"Khoản {amount}")

    def opens_the_refund(self, amount: str) -> None:
        """Find a refund in the list of refunds, and open it."""
        self.opens("/can-bo/hoan-tien")
        self.sees("Hoàn tiền")
        self.presses(f"Hoàn {amount}")
        self.sees(f"Hoàn {amount}")

    def settles(self, step: str, send: str, *, reason: str, **boxes: str) -> None:
        """Take a step with money: open it, fill its boxes, say why, confirm."""
        self.page.get_by_role("button", name=step, exact=True).click()
        self.fills({**boxes, "Lý do": reason})
        self.inspector.look(self.page)
        self.presses(send)

    def comes_back_until(self, words: str | re.Pattern[str]) -> None:
        """Come back to the page until these words stand on it."""
        for _ in range(TRIES):
            self.page.reload()
            expect(self.page.get_by_role("heading", level=1)).to_be_visible()
            self.page.wait_for_timeout(PAUSE_MS)
            if self.page.get_by_text(words).count():
                break
        self.reads(words)
