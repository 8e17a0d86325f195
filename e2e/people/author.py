"""Two persons who publish procedures (người soạn, người vận hành), at a terminal of the house."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from backend.platform.kit.clock import VIETNAM
from tests.running import MOTCUA, Running


class Publishers:
    """An author who proposes, and an operator who approves."""

    def __init__(self, house: Running) -> None:
        """Know the house whose folder and accounts they use."""
        self._house = house

    def publish(self, file: Path, *options: str) -> str:
        """Publish a text from today on; what changes is told in words."""
        today = datetime.now(VIETNAM).date().isoformat()
        proposed = self.types(
            "author", "propose", str(file), "--from", today, "--reason", "Quyết định 1", *options
        )
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
        account = self._house.account(role)
        where = {
            "MOTCUA_DATA": str(self._house.data),
            "MOTCUA_CONFIG": str(self._house.data / "settings.toml"),
        }
        done = subprocess.run(
            [MOTCUA, "procedures", *words, "--by", account["login"]],
            env=os.environ | where | self._house.database,
            input=account["password"] + "\n",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout
