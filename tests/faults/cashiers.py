"""Money at the ward in a storm: cash, transfers without text, surplus given back by two persons.

Each step is looked up before it is repeated: an answer that was lost may have been a yes.
"""

import time
from typing import Any

import httpx

from tests.faults.phones import Citizen, GaveUpError

MONEY = "/api/v1/workbench/money"
WHY = "Theo sao kê"
STEPS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "requested": ("approve", 0, {"route": "manual"}),
    "approved": ("pay_out", 0, {"evidence": "UNC 12/2026"}),
    "paid_out": ("confirm", 1, {}),
}
"""What leads a refund on: the verb, which of the two officers, and what it says besides."""


class Cashier(Citizen):
    """A citizen whose money needs the people at the counter."""

    def _pay(self) -> None:
        """Pay as the seed says: half as everybody does, half by way of the counter."""
        way = self._seed % 6
        if way == 1:
            self._at_the_counter()
        elif way == 2:
            self._without_text()
        else:
            super()._pay()
        if way == 4:
            self._twice()

    def _at_the_counter(self) -> None:
        officer = self._officer(0)
        path = f"/api/v1/workbench/dossiers/{self.told.code}"
        wish = {"kind": "cash", "amount": self.told.owed}
        while not self._is_paid():
            seen = self._ask("GET", path, through=officer).json()
            self._refused_only_by_409(f"{path}/collect", officer, {"seen": seen["rev"], **wish})

    def _without_text(self) -> None:
        """Transfer without our code; an officer finds money of nobody and matches it."""
        self._transfer("CT hoc phi", 30_000_000 + self._seed)
        officer = self._officer(0)
        while not self._is_paid():
            for one in self._listed(MONEY, officer):
                if "match" in one["can"]:
                    wish = {"seen": one["rev"], "reason": WHY, "code": self.told.code}
                    self._refused_only_by_409(f"{MONEY}/{one['id']}/match", officer, wish)
                    break
            time.sleep(0.2)

    def _twice(self) -> None:
        """Pay once more; what is too much is given back by two persons."""
        told = self.told
        told.sums = {told.owed, 2 * told.owed}
        self._transfer(self._memo, 20_000_000 + self._seed)
        told.sums = {2 * told.owed}
        officers = [self._officer(number) for number in (0, 1)]
        mine: list[dict[str, Any]] = []
        while not mine:
            every = self._listed(f"{MONEY}/refunds", officers[0])
            mine = [one for one in every if one["code"] == told.code]
        path = f"{MONEY}/refunds/{mine[0]['id']}"
        while (row := self._ask("GET", path, through=officers[1]).json())["state"] != "confirmed":
            verb, who, more = STEPS[row["state"]]
            wish = {"seen": row["rev"], "reason": WHY, **more}
            self._refused_only_by_409(f"{path}/{verb}", officers[who], wish)
        told.ends = "partly_refunded"

    # -- the officers -----------------------------------------------------------------------------

    def _officer(self, number: int) -> httpx.Client:
        """Sign one of the ward's officers in."""
        account = self._house.account("officer", number)
        client = httpx.Client(base_url=self._house.web, timeout=30)
        self.more.append(client)
        words = {"login": account["login"], "password": account["password"]}
        self._ask("POST", "/api/v1/session", through=client, json=words)
        return client

    def _listed(self, path: str, officer: httpx.Client) -> list[dict[str, Any]]:
        """Read a whole list, page by page."""
        found: list[dict[str, Any]] = []
        after: str | None = ""
        while after is not None:
            params = {"after": after} if after else {}
            page = self._ask("GET", path, through=officer, params=params).json()
            found, after = found + page["items"], page["next"]
        return found

    def _refused_only_by_409(self, path: str, officer: httpx.Client, wish: dict[str, Any]) -> None:
        answer = self._ask("POST", path, through=officer, json=wish)
        if answer.status_code not in {200, 409}:
            self._book.breach(f"{self.told.code}: {path} was answered {answer.text[:200]}")
            raise GaveUpError
