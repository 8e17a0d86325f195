"""The API fuzzed from its own description: every answer must be one that the description names.

schemathesis makes the cases; `World` makes dossiers, officers and a poster for them to hit. Checked
for each case: no 5xx, and status, media type and body as /api/openapi.json says.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.contract.people import Officer, photo, sent_dossier
from tests.faults.installation import ROOT, WARD, Installation

CHECKS = (
    "not_a_server_error",
    "response_schema_conformance",
    "status_code_conformance",
    "content_type_conformance",
)
SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
DOSSIERS = 12


class Fuzzed(NamedTuple):
    """What a run came to."""

    cases: int
    server_errors: int
    passed: bool
    said: str
    calls: Counter[str]


class World:
    """What there is to hit in an installation, written down for the fuzzer."""

    def __init__(self, house: Installation) -> None:
        """Fill the house: dossiers in several states, a poster, sessions, a file link."""
        self._house = house
        officer = Officer(house.web, house.account("officer"))
        leader = Officer(house.web, house.account("leader"))
        poster = officer.http.post(
            "/api/v1/workbench/posters", json={"unit": WARD, "procedure": "2.000635"}
        ).json()
        dossiers = [self._dossier(number, officer) for number in range(DOSSIERS)]
        link = self._phone.http.post(f"{self._phone.path}/links", json={"what": "receipt"}).json()
        account = house.account("officer")
        self.facts = {
            "dossiers": dossiers,
            "poster": poster["code"],
            "token": link["url"].rpartition("/")[2],
            "sign_in": {"login": account["login"], "password": account["password"]},
            "cookies": {
                name: "; ".join(f"{key}={value}" for key, value in one.http.cookies.items())
                for name, one in (("officer", officer), ("leader", leader))
            },
        }

    def _dossier(self, number: int, officer: Officer) -> dict[str, object]:
        self._phone = phone = sent_dossier(self._house.web, WARD, seed=number)
        answer = phone.submit().json()
        supplement = None
        if number % 3 == 1:
            officer.act(answer["code"], "accept", reason="Công dân nộp phí sau")
        if number % 3 == 2:
            items = [{"paper": "uy_quyen", "words": "Ảnh bị mờ, ông/bà chụp lại giúp"}]
            until = "2026-12-31T17:00:00+07:00"
            officer.act(answer["code"], "request_supplement", items=items, until=until)
            supplement = phone.look()["supplement"]["id"]
        return {
            "id": phone.id,
            "key": phone.key,
            "code": answer["code"],
            "digits": phone.manifest["owner"]["phone"][-4:],
            "manifest": phone.manifest,
            "files": [one["sha256"] for one in answer["receipt"]["files"]],
            "signature": answer["receipt"]["signature"],
            "supplement": supplement,
            "photo": photo(number).hex()[:64],
        }

    def fuzz(
        self, *, seed: int, examples: int, phases: str = "coverage,fuzzing", workers: int = 2
    ) -> Fuzzed:
        """Run schemathesis once with a seed; `examples` per operation at most."""
        world, calls = self._house.data / "fuzz.json", self._house.data / f"calls-{seed}.txt"
        world.write_text(json.dumps(self.facts, ensure_ascii=False))
        command = [
            *(SCHEMATHESIS, "run", f"{self._house.web}/api/openapi.json", "--no-color"),
            *("--checks", ",".join(CHECKS), "--phases", phases),
            *("--max-examples", str(examples), "--seed", str(seed), "--workers", str(workers)),
            *("--generation-database", "none", "--suppress-health-check", "all"),
            *("--warnings", "off", "--request-timeout", "30", "--continue-on-failure"),
        ]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ
            | {
                "SCHEMATHESIS_HOOKS": "tests.proof.fuzz_hooks",
                "FUZZ_WORLD": str(world),
                "FUZZ_CALLS": str(calls),
                "FUZZ_SEED": str(seed),
                "PYTHONPATH": str(ROOT),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        lines = calls.read_text().splitlines() if calls.exists() else []
        found = Counter(lines)
        errors = sum(number for line, number in found.items() if re.match("5", line))
        return Fuzzed(len(lines), errors, done.returncode == 0, done.stdout.decode(), found)
