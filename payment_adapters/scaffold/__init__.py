"""The beginning of an adapter of one's own (khung của một kênh thanh toán): a whole distribution.

It is written by `motcua adapters new NAME`: the settings, the card and the tests stand, what the
provider says does not; the kit is red until that is written.
"""

import re
from importlib.resources import files
from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9]{1,29}")
_FILES = {
    "pyproject.toml": "pyproject.toml.txt",
    "README.md": "README.md.txt",
    "motcua_@name@/__init__.py": "init.py.txt",
    "motcua_@name@/adapter.py": "adapter.py.txt",
    "motcua_@name@/wire.py": "wire.py.txt",
    "tests/test_@name@.py": "test.py.txt",
}


def make(name: str, into: Path) -> list[Path]:
    """Write the files of a new adapter; ValueError for an odd name or a folder with files in it."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"“{name}” is no name for an adapter: 2 to 30 letters a-z and digits.")
    if into.exists() and any(into.iterdir()):
        raise ValueError(f"{into} is not empty; nothing is written over.")
    template = files("payment_adapters.scaffold") / "template"
    made = []
    for place, source in _FILES.items():
        path = into / _filled(place, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled((template / source).read_text("utf-8"), name), "utf-8")
        made.append(path)
    return made


def _filled(text: str, name: str) -> str:
    return text.replace("@Name@", name.capitalize()).replace("@name@", name)
