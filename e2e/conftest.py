"""The running house, one browser, and the people who use them."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from e2e.inspector import Inspector, Looked
from e2e.people.bank import BankApp
from e2e.people.citizen import Citizen
from e2e.people.officer import OfficerAtDesk
from e2e.phones import DESK, PHONE
from e2e.pictures import photo_of_paper
from tests.running import Running, running

ROOT = Path(__file__).parents[1]
CHROMIUM = "/usr/bin/chromium"
WARD = "om-long-hung"
PICTURES = Path(__file__).parent / "pictures"
PATIENCE_MS = 20_000
CAMERA = ("--no-sandbox", "--use-fake-device-for-media-stream")

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Iterator[Running]:
    """The whole installation, as `make run` starts it."""
    if not (ROOT / "pwa" / "dist" / "index.html").exists():
        pytest.exit("The pages are not built: run `make pwa` first.", returncode=4)
    with running(tmp_path_factory.mktemp("house") / "data") as found:
        yield found


@pytest.fixture(scope="session")
def poster(house: Running) -> str:
    """The code of the ward's poster for copies of entries (2.000635)."""
    return next(
        one["code"]
        for one in house.demo["posters"]
        if one["procedure"] == "2.000635" and one["unit"] == WARD
    )


@pytest.fixture(scope="session")
def browser(house: Running) -> Iterator[Browser]:
    """Debian's Chromium, after the house; its sandbox is off only where root may not have one."""
    options = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield found
        found.close()


@pytest.fixture(scope="session")
def phone() -> dict[str, Any]:
    """What everybody holds who names no other: the phone of the first engine."""
    return PHONE


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """The shapes of all screens that were looked at in this run."""
    mine = tmp_path_factory.getbasetemp()
    return Looked((mine.parent if mine.name.startswith("popen-") else mine) / "looked")


Device = Callable[..., tuple[BrowserContext, Inspector]]


@pytest.fixture
def device(browser: Browser, phone: dict[str, Any], seen: Looked, request) -> Iterator[Device]:
    """Make devices that know nothing of each other; at the end none may have complained."""
    made: list[tuple[BrowserContext, Inspector]] = []

    def make(**profile: object) -> tuple[BrowserContext, Inspector]:
        context = browser.new_context(**{**phone, **profile})
        context.set_default_timeout(PATIENCE_MS)
        made.append((context, Inspector(context, seen)))
        return made[-1]

    yield make
    failed = getattr(request.node, "failed", False)
    with ExitStack() as closing:
        for number, (context, _) in enumerate(made):
            closing.callback(context.close)
            if failed and context.pages:
                PICTURES.mkdir(exist_ok=True)
                context.pages[-1].screenshot(path=PICTURES / f"{request.node.name}-{number}.png")
        for _, inspector in made:
            inspector.nothing_wrong()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let the device know that its test failed, so that it keeps a picture."""
    report = yield
    if report.failed:
        item.failed = True
    return report


@pytest.fixture
def measured(request) -> Callable[[str], None]:
    """Write a figure below the results; figures are told, not judged."""
    return lambda figure: request.node.user_properties.append(("figure", figure))


def pytest_terminal_summary(terminalreporter):
    """Tell the figures that were measured, by whichever process measured them."""
    for report in terminalreporter.getreports("passed"):
        for name, figure in report.user_properties:
            if name == "figure" and report.when == "call":
                terminalreporter.write_line(figure)


@pytest.fixture
def citizen(device: Device, house: Running) -> Citizen:
    """A citizen with their own phone."""
    context, inspector = device()
    return Citizen(context.new_page(), web=house.web, inspector=inspector)


@pytest.fixture
def at_desk(device: Device, house: Running) -> Callable[..., OfficerAtDesk]:
    """Sign an officer of a ward in, each at a desk of their own."""

    def sign_in(ward: str = WARD, **profile: object) -> OfficerAtDesk:
        context, inspector = device(**(DESK | profile))
        inspector.expect_status(401)
        officer = OfficerAtDesk(context.new_page(), web=house.web, inspector=inspector)
        officer.signs_in(house.account("officer", ward))
        officer.sees("Hồ sơ cần làm")
        return officer

    return sign_in


@pytest.fixture
def before_a_camera(browser: Browser, house: Running, seen: Looked) -> Callable[..., Any]:
    """A citizen whose phone's camera sees a film; whether it may be used is theirs to say."""

    @contextmanager
    def looking(film: Path, *, allowed: bool = True) -> Iterator[Citizen]:
        options = [*CAMERA, f"--use-file-for-fake-video-capture={film}"]
        options += ["--use-fake-ui-for-media-stream"] if allowed else []
        own = browser.browser_type.launch(executable_path=CHROMIUM, args=options)
        try:
            context = own.new_context(**PHONE)
            inspector = Inspector(context, seen)
            yield Citizen(context.new_page(), web=house.web, inspector=inspector)
            inspector.nothing_wrong()
        finally:
            own.close()

    return looking


@pytest.fixture
def someone_else(device: Device, house: Running) -> Citizen:
    """Another phone."""
    context, inspector = device()
    return Citizen(context.new_page(), web=house.web, inspector=inspector)


@pytest.fixture
def bank_app(device: Device, house: Running) -> BankApp:
    """The payer's bank."""
    context, inspector = device()
    address = house.demo["addresses"]["bank"]
    return BankApp(context.new_page(), address=address, inspector=inspector)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of the authorisation (giấy ủy quyền), 12 megapixels, lying on its side."""
    return photo_of_paper(tmp_path, "giay-uy-quyen", width=4000, height=3000)


@pytest.fixture
def four_photos(tmp_path: Path) -> list[Path]:
    """Four pages of one paper."""
    return [photo_of_paper(tmp_path, f"trang-{page}", seed=page) for page in range(1, 5)]


@pytest.fixture
def faults(house: Running) -> Iterator[Callable[[str, str], None]]:
    """The fault switch of the pretend systems; everything is well again afterwards."""

    def switch(system: str, rules: str) -> None:
        (house.data / f"faults-{system}.toml").write_text(rules)

    yield switch
    for system in ("onestop", "bank"):
        switch(system, "")
