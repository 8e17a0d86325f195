"""What stands between a phone and the service: lost answers, and servers that say no."""

from collections.abc import Callable

from playwright.sync_api import Page, Route

SUBMIT = "**/api/v1/dossiers/*/submit"
FILES = "**/api/v1/dossiers/*/files/*"

Handler = Callable[[Route], None]


def refuses(status: int, title: str, **headers: str) -> Handler:
    """Answer with a problem document instead of asking the service."""
    slug = {413: "too-large", 429: "too-many", 503: "busy"}.get(status, "fault")

    def answer(route: Route) -> None:
        route.fulfill(
            status=status,
            content_type="application/problem+json",
            headers=headers,
            json={"type": slug, "title": title, "status": status, "trace_id": "0af7651916cd43dd"},
        )

    return answer


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
