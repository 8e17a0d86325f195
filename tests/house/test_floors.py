"""The rules of the house hold, and each checker finds a violation that is planted for it."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ROOM_FILES = {"__init__", "routes", "jobs", "actions", "store", "tables", "model"}
FREE = {"platform", "demo", "migrations", "_bundled", "__pycache__"}
ROOMS = sorted(
    path.name
    for path in (ROOT / "backend").iterdir()
    if path.is_dir() and path.name not in FREE and (path / "__init__.py").is_file()
)


def planted(tmp_path, *, file, text):
    """Copy the house, add one line to one of its files, and give the copy's folder."""
    for part in ("backend", "payment_adapters"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / file).open("a") as open_file:
        open_file.write(text)
    return tmp_path


def lint_imports(folder):
    """Run import-linter in a folder; give its exit code and output."""
    done = subprocess.run(
        [BIN / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": str(BIN), "COLUMNS": "200"},
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "text", "contract"),
    [
        (
            "backend/platform/kit/ids.py",
            "\n\ndef upwards():\n    from backend import dossiers\n    return dossiers\n",
            "A floor imports only what lies below it",
        ),
        ("backend/places/model/units.py", "\nimport backend.places.actions\n", "Inside a room"),
        ("backend/dossiers/model.py", "\nimport piccolo.table\n", "Models know no framework"),
        ("payment_adapters/contract.py", "\nimport backend.places\n", "Payment adapters know"),
        ("backend/unnamed/__init__.py", "", "A floor imports only what lies below it"),
    ],
)
def test_a_planted_import_upwards_is_found(tmp_path, file, text, contract):
    (tmp_path / Path(file).parent).mkdir(parents=True, exist_ok=True)
    if not (ROOT / file).exists():
        text = text or '"""A room without a floor."""\n'
        folder = planted(tmp_path / "house", file="backend/__init__.py", text="")
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text)
    else:
        folder = planted(tmp_path / "house", file=file, text=text)

    code, output = lint_imports(folder)

    assert code == 1
    assert f"{contract}" in output
    assert "BROKEN" in output


def test_every_room_has_a_floor_and_only_the_files_that_rooms_have():
    strange = {
        f"{room}/{path.name}"
        for room in ROOMS
        for path in (ROOT / "backend" / room).glob("*.py")
        if path.stem not in ROOM_FILES
    }

    assert not strange


def test_every_room_with_actions_is_under_the_contract_of_its_inside():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    inside = next(one for one in contracts["contracts"] if one["id"] == "inside")

    named = {container.removeprefix("backend.") for container in inside["containers"]}

    assert named == set(ROOMS)


def foreign_stores(folder):
    """List the imports of another room's store or tables, in functions too."""
    found = []
    for path in sorted((folder / "backend").glob("*/**/*.py")):
        room = path.relative_to(folder).parts[1]
        if room in FREE:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                parts = name.split(".")
                if parts[0] == "backend" and parts[2:3] == ["store"] and parts[1] != room:
                    found.append(f"{path.relative_to(folder)}: {name}")
    return found


def test_nobody_opens_another_rooms_store(tmp_path):
    folder = planted(
        tmp_path / "house",
        file="backend/intake/actions.py",
        text="\n\ndef peep():\n    from backend.dossiers import store\n    return store\n",
    )

    assert foreign_stores(ROOT) == []
    assert any("backend.dossiers.store" in line for line in foreign_stores(folder))


def test_ruff_and_mypy_find_what_is_planted(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "planted.py").write_text("def double(number):\n    print(number)\n")
    (tmp_path / "untyped.py").write_text("def double(number: int) -> str:\n    return number * 2\n")

    ruff = subprocess.run(
        [BIN / "ruff", "check", "--no-cache", "planted.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    mypy = subprocess.run(
        [BIN / "mypy", "--strict", "--config-file=", "untyped.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ruff.returncode == 1
    assert {"T201", "ANN001", "D100"} <= set(ruff.stdout.split())
    assert mypy.returncode == 1
    assert "return-value" in mypy.stdout


def test_modules_stay_readable_to_the_end():
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("backend", "payment_adapters", "pwa/src")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".ts", ".tsx"}
        and (lines := len(path.read_text().splitlines())) > 400
        and path.name != "schema.ts"
    }

    assert not long


def pinned_to_memory(folder):
    """List where a dossier's form is looked for in this process's memory alone."""
    return [
        f"{path.relative_to(folder)}:{node.lineno}"
        for path in sorted((folder / "backend").glob("*/**/*.py"))
        if path.relative_to(folder).parts[1] != "catalogue"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "catalogue.get"
        and any(keyword.arg == "version" for keyword in node.keywords)
    ]


def test_the_form_of_a_dossier_is_found_also_where_another_process_has_served_it(tmp_path):
    text = "\n\ndef form(code):\n    return catalogue.get(code, version='a')\n"
    folder = planted(tmp_path / "house", file="backend/notices/actions.py", text=text)

    assert not pinned_to_memory(ROOT)
    assert len(pinned_to_memory(folder)) == 1
