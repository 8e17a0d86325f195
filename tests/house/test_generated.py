"""What is generated from the server's own words is as the server says it today."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_description_and_the_phones_shapes_are_fresh():
    run = [sys.executable, "requirements/describe.py", "--check"]

    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_shape_that_the_server_has_and_the_phone_has_not_is_told(tmp_path):
    copy = tmp_path / "requirements/describe.py"
    copy.parent.mkdir()
    copy.write_text((ROOT / "requirements/describe.py").read_text())

    done = subprocess.run(
        [sys.executable, str(copy), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "docs/openapi.json is out of date: python requirements/describe.py" in done.stdout
    assert "pwa/src/api/schema.ts is out of date" in done.stdout


def test_every_call_of_the_description_says_what_it_refuses():
    described = json.loads((ROOT / "docs/openapi.json").read_text())

    silent = [
        f"{method} {path}"
        for path, methods in described["paths"].items()
        for method, call in methods.items()
        if len(call["responses"]) < 2 and not path.startswith(("/health", "/.well-known"))
    ]

    assert silent == []
