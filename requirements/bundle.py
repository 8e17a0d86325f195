"""Put the procedures and the built app into the wheel, under backend/_bundled."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Bundle(BuildHookInterface[Any]):
    """Add the two data folders to a wheel; an editable install reads them from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name what goes where, and refuse to make a wheel without the app."""
        if version == "editable":
            return
        app = Path(self.root) / "pwa" / "dist"
        if not (app / "index.html").is_file():
            message = "pwa/dist is missing: run `make pwa` before building the wheel"
            raise FileNotFoundError(message)
        build_data["force_include"] |= {
            str(app): "backend/_bundled/pwa",
            str(Path(self.root) / "procedures"): "backend/_bundled/procedures",
        }
