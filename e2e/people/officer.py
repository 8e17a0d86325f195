"""The officer at the one-stop counter (cán bộ một cửa)."""

from typing import Any

from tests.contract import people
from tests.running import Running


def by_http(house: Running, ward: str) -> people.Officer:
    """Sign the ward's officer in over HTTP, for journeys whose screens are the citizen's."""
    return people.Officer(house.web, house.account("officer", ward))


def inbox_item(house: Running, ward: str, code: str) -> dict[str, Any]:
    """Find a dossier in the ward's inbox as the officer's screen is told it."""
    answer = by_http(house, ward).http.get("/api/v1/workbench/dossiers", params={"q": code})
    found: dict[str, Any] = answer.json()["items"][0]
    return found
