"""Take the pictures of the README from a running demo: `python -m tests.pictures`."""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.contract import people
from tests.running import ROOT, Running, running

FOLDER = ROOT / "docs" / "pictures"
WARD = "om-long-hung"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 740}
COLOURS = 128
BESIDE = ("1.000894", "2.000884", "1.001612", "1.004873")
"""Procedures whose dossiers stand in the queue too, so that it looks as on a working day."""


def shot(page: Page, name: str) -> None:
    """Write one picture, small: flat colours need no more than a palette."""
    page.wait_for_timeout(900)
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def signed_in(browser: Browser, house: Running, path: str, account: dict[str, str]) -> Page:
    """Open a desk and sign in."""
    page = browser.new_page(viewport=DESK, locale="vi-VN")
    page.goto(f"{house.web}{path}")
    page.get_by_role("textbox").first.fill(account["login"])
    page.locator("input[type=password]").fill(account["password"])
    page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    return page


def fill_queue(house: Running) -> None:
    """Hand in dossiers of several procedures; two of them are accepted."""
    codes = [
        people.sent_dossier(house.web, WARD, seed=seed, code=code).look()["code"]
        for seed, code in enumerate(BESIDE, start=2)
    ]
    officer = people.Officer(house.web, house.account("officer", WARD))
    for code in codes[:2]:
        officer.act(code, "accept", reason="Trả phí khi nhận kết quả").raise_for_status()


def main() -> None:
    """Start a demo, hand in dossiers, and take the four pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data") as house:
        phone = people.sent_dossier(house.web, WARD)
        fill_queue(house)
        poster = next(one for one in house.demo["posters"] if one["unit"] == WARD)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            page = browser.new_page(viewport=PHONE, locale="vi-VN")
            page.goto(f"{house.web}/q/{poster['code']}")
            shot(page, "landing")
            page.goto(f"{house.web}/h#{phone.id}.{phone.key}")
            shot(page, "proof")
            officer = house.account("officer", WARD)
            shot(signed_in(browser, house, "/can-bo/", officer), "inbox")
            shot(signed_in(browser, house, "/lanh-dao/", house.account("leader")), "wards")
            browser.close()


if __name__ == "__main__":
    main()
