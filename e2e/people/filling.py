"""Filling any form (điền tờ khai) from answers written down before.

Each answer goes into the box that the phone draws for its kind of question, found by its words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from e2e.people.citizen import Citizen

Written = dict[str, Any]
LAST_LOOK = "Xem lại trước khi gửi"
YES_NO = {True: re.compile("Có$"), False: re.compile("Không$")}
DATE = ("Năm", "Tháng", "Ngày")
ADDRESS = {
    "street": "Số nhà, đường, khu vực",
    "ward": "Phường, xã",
    "province": "Tỉnh, thành phố",
}


class Filling:
    """One citizen, one procedure as the service hands it out, and a dossier for it."""

    def __init__(
        self, citizen: Citizen, procedure: Written, dossier: Written, photos: Iterator[Path]
    ) -> None:
        """Take what is to be answered; each paper of the dossier gets the next photo."""
        self.citizen = citizen
        self.dossier = dossier
        self._photos = photos
        self._steps = {step["title"]: step for step in procedure["steps"]}
        self._papers = {
            short_name(paper["name"]): paper["id"]
            for paper in procedure["papers"]
            if paper["kind"] == "upload"
        }

    def goes_to_the_last_look(self) -> None:
        """Answer every page as it comes, until all of it can be looked over."""
        title = self._page_after("")
        while title != LAST_LOOK:
            if title in self._steps:
                self._answers(self._steps[title])
            else:
                self._photographs(self._papers[title])
            self.fits_on_the_screen()
            self.citizen.presses(re.compile("^(Tiếp tục|Bỏ qua)"))
            title = self._page_after(title)
        self.fits_on_the_screen()

    def reads_each_row_with_its_columns(self) -> None:
        """Find each cell of repeated rows beside what its column asks."""
        asked = [field for step in self._steps.values() for field in step["fields"]]
        for field in (one for one in asked if one["kind"] == "rows"):
            rows = self.dossier["answers"].get(field["id"], [])
            answer = self.citizen.page.get_by_role("definition").filter(
                has=self.citizen.page.get_by_role("list")
            )
            for column in field["columns"]:
                cells = answer.get_by_role("paragraph").filter(has_text=column["label"])
                assert cells.count() >= sum(column["id"] in row for row in rows), column["label"]

    def fits_on_the_screen(self) -> None:
        """See nothing that reaches over the edge, and have the page looked at."""
        size = self.citizen.page.viewport_size
        assert size is not None
        assert self.citizen.widest() <= size["width"], self.citizen.page.url
        self.citizen.inspector.look(self.citizen.page)

    def _page_after(self, title: str) -> str:
        titles = {*self._steps, *self._papers, LAST_LOOK} - {title}
        any_of = re.compile(f"^({'|'.join(map(re.escape, titles))})$")
        heading = self.citizen.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(any_of)
        return heading.inner_text()

    def _answers(self, step: Written) -> None:
        form = self.citizen.page.get_by_role("main")
        for field in step["fields"]:
            answer = self._answer_to(field)
            if answer is not None:
                put(form, field, answer)

    def _answer_to(self, field: Written) -> Any:
        role, _, detail = (field.get("is") or "").partition(".")
        if not detail:
            return self.dossier["answers"].get(field["id"])
        owner = self.dossier["owner"]
        person = self.dossier.get("submitter", owner) if role == "requester" else owner
        return person.get(detail)

    def _photographs(self, paper: str) -> None:
        if paper in (one["paper"] for one in self.dossier["papers"]):
            self.citizen.chooses_photos([next(self._photos)])
            self.citizen.has_photos(1, "Phường đã giữ")


def short_name(paper: str) -> str:
    """Give the heading of a paper: its official name without the law's remark on it."""
    at = paper.find(" (")
    return paper[:at] if at >= 8 else paper


def put(where: Locator, field: Written, answer: Any) -> None:
    """Give one answer in the box with the question's words."""
    words = field["label"] if field["required"] else f"{field['label']} (không bắt buộc)"
    group = where.get_by_role("group", name=words, exact=True)
    match field["kind"]:
        case "choice":
            _chooses(group, next(one for one in field["options"] if one["id"] == answer))
        case "yes_no":
            group.get_by_role("radio", name=YES_NO[answer]).check()
        case "date" | "partial_date":
            for part, digits in zip(DATE, answer.split("-"), strict=False):
                group.get_by_role("textbox", name=part, exact=True).fill(digits)
        case "address":
            for part, label in ADDRESS.items():
                group.get_by_role("textbox", name=label).fill(answer.get(part, ""))
        case "rows":
            _adds_rows(group, field, answer)
        case _:
            where.get_by_role("textbox", name=words, exact=True).fill(str(answer))


def _chooses(group: Locator, option: Written) -> None:
    words = " ".join(filter(None, (option["label"], option.get("hint"))))
    group.get_by_role("radio", name=words, exact=True).check()


def _adds_rows(group: Locator, field: Written, rows: list[Written]) -> None:
    for number, row in enumerate(rows):
        group.get_by_role("button", name=re.compile("^Thêm ")).last.click()
        card = group.get_by_role("listitem").nth(number)
        for column in field["columns"]:
            if column["id"] in row:
                put(card, column, row[column["id"]])
