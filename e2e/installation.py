"""An installation of its own, for journeys during which it is updated: other pages, other texts."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import ROOT, Running

HASH = re.compile(r"(?<=-)[\w-]{8}(?=\.(?:js|css|wasm)\b)")


class Installation(Running):
    """A house that runs from a folder whose pages are its own."""

    def __init__(self, folder: Path) -> None:
        """Lay the folder out as a checkout is; what it keeps stands in `data`."""
        for name in ("backend", "payment_adapters", "procedures"):
            (folder / name).symlink_to(ROOT / name)
        self.pages = folder / "pwa" / "dist"
        shutil.copytree(ROOT / "pwa" / "dist", self.pages)
        super().__init__(folder / "data", cwd=folder)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Stand still for a while, as for an update; phones find nobody meanwhile."""
        self.stop()
        yield
        self.start()

    def is_updated(self, *, forgets: bool = False) -> None:
        """Serve the next build: every script has another name, and so the worker another list.

        With `forgets` the pages of the build before are not kept, as after two weeks.
        """
        with self.closed():
            build_anew(self.pages)
            if forgets:
                shutil.rmtree(self.data / "pages")


def build_anew(pages: Path) -> None:
    """Give each file another hash, in its name and wherever it is named, as a build does."""
    for file in list(pages.rglob("*")):
        if file.suffix in {".html", ".js", ".css"}:
            file.write_text(HASH.sub(_another, file.read_text()))
        if file.parent.name == "assets":
            file.rename(file.with_name(HASH.sub(_another, file.name)))


def _another(found: re.Match[str]) -> str:
    return found[0][::-1].swapcase()
