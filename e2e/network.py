"""What stands between a phone and the service: lost answers, and servers that say no."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

SUBMIT = "**/api/v1/dossiers/*/submit"
FILES = "**/api/v1/dossiers/*/files/*"

Handler = Callable[[Route], None]


_SLUGS = {413: "too-large", 429: "too-many", 503: "busy"}


def refuses(status: int, title: str, *, slug: str = "", **headers: str) -> Handler:
    """Answer with a problem document instead of asking the service."""
    kind = slug or _SLUGS.get(status, "fault")

    def answer(route: Route) -> None:
        route.fulfill(
            status=status,
            content_type="application/problem+json",
            headers=headers,
            json={"type": kind, "title": title, "status": status, "trace_id": "0af7651916cd43dd"},
        )

    return answer


# What comes while the first question is read: judging answers, rarer boxes, what to bring.
NEXT = re.compile(r"/assets/(next|judge|more)-")


def brings_only_what(page: str, *, besides: re.Pattern[str] | None = None) -> Handler:
    """Bring the files that this page names; the network goes before any other is fetched."""

    def bring(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path in page or (besides is not None and besides.match(path)):
            route.continue_()
        else:
            route.abort("internetdisconnected")

    return bring


class HeldBack:
    """Calls that hang on the way until they are let go."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._held: list[Route] = []
        self._free = False

    def __call__(self, route: Route) -> None:
        """Hold one call back, or let it pass when the way is free again."""
        if self._free:
            route.continue_()
        else:
            self._held.append(route)

    def let_go(self) -> None:
        """Let all of them reach the service, and whatever follows."""
        self._free = True
        while self._held:
            self._held.pop().continue_()


def loses_the_answer(route: Route) -> None:
    """Let the service do its work, and lose what it says."""
    route.fetch()
    route.abort("connectionreset")


def lets_through(page: Page, address: str, *, method: str, count: int) -> None:
    """Let so many of these calls through; then the network is gone for them."""
    passed = 0

    def count_down(route: Route) -> None:
        nonlocal passed
        if route.request.method != method:
            route.continue_()
        elif passed < count:
            passed += 1
            route.continue_()
        else:
            route.abort("internetdisconnected")

    page.route(address, count_down)
