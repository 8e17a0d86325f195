"""Two persons who publish procedures (người soạn, người vận hành), at a terminal of the house."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from backend.platform.kit.clock import VIETNAM
from tests.running import MOTCUA, Running

REFUSED = 2


class Publishers:
    """An author who proposes, and an operator who approves."""

    def __init__(self, house: Running) -> None:
        """Know the house whose folder and accounts they use."""
        self._house = house

    def is_refused(self, file: Path) -> str:
        """Propose a text that cannot be, and read what is wrong with it."""
        done = self._typed("author", *_proposed(file))
        assert done.returncode == REFUSED, done.stdout
        return done.stderr

    def publish(self, file: Path, *options: str) -> str:
        """Publish a text from today on; what changes is told in words."""
        proposed = self.types("author", *_proposed(file), *options)
        return proposed + self._approve(proposed)

    def roll_back(self, code: str) -> str:
        """Serve the text before this one again."""
        proposed = self.types("author", "rollback", code, "--reason", "Quyết định 2")
        return proposed + self._approve(proposed)

    def _approve(self, proposed: str) -> str:
        number = proposed.splitlines()[-1].split()[0]
        return self.types("operator", "approve", number)

    def types(self, role: str, *words: str) -> str:
        """Type one command in somebody's name, and read what it says."""
        done = self._typed(role, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _typed(self, role: str, *words: str) -> subprocess.CompletedProcess[str]:
        account = self._house.account(role)
        where = {
            "MOTCUA_DATA": str(self._house.data),
            "MOTCUA_CONFIG": str(self._house.data / "settings.toml"),
        }
        return subprocess.run(
            [MOTCUA, "procedures", *words, "--by", account["login"]],
            env=os.environ | where | self._house.database,
            input=account["password"] + "\n",
            capture_output=True,
            text=True,
            check=False,
        )


def _proposed(file: Path) -> tuple[str, ...]:
    today = datetime.now(VIETNAM).date().isoformat()
    return ("propose", str(file), "--from", today, "--reason", "Quyết định 1")
