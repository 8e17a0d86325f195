"""An adapter of somebody else: begun by the scaffold, proven by the kit, installed, paid by."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract import people
from tests.running import MOTCUA, running
from tests.third_party.wallet import MERCHANT, SECRET, Wallet

VISEN = Path(__file__).parent / "visen"
UV = Path(sys.executable).parent / "uv"
WRITTEN_BY_HAND = {"motcua_visen/adapter.py", "motcua_visen/wire.py", "motcua_visen/__init__.py"}


def run(*words, cwd, **environ):
    """Run a command and give its exit code and its output."""
    done = subprocess.run(
        words, cwd=cwd, env={**os.environ, **environ}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def kit(folder, **environ):
    """Run the tests of an adapter's distribution as its author does."""
    return run(sys.executable, "-m", "pytest", "-q", "--tb=no", cwd=folder, **environ)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder that the example's distribution is installed into, by pip, without a network."""
    folder = tmp_path_factory.mktemp("third-party")
    source = shutil.copytree(VISEN, folder / "source")
    code, said = run(
        *(UV, "pip", "install", "--offline", "--no-deps", "--no-build-isolation"),
        *("--python", sys.executable, "--target", folder / "site", source),
        cwd=folder,
    )
    assert code == 0, said
    return folder / "site"


@pytest.fixture
def wallet():
    found = Wallet()
    yield found
    found.stop()


def test_the_scaffold_is_red_until_the_provider_is_written_and_green_then(tmp_path):
    code, said = run(MOTCUA, "adapters", "new", "visen", "--into", tmp_path / "own", cwd=tmp_path)
    assert code == 0, said
    red, before = kit(tmp_path / "own")

    for name in WRITTEN_BY_HAND:
        shutil.copy(VISEN / name, tmp_path / "own" / name)
    green, after = kit(tmp_path / "own")

    assert red == 1
    assert int(re.search(r"(\d+) failed", before)[1]) >= 40
    assert green == 0, after


def test_the_example_is_the_scaffold_with_two_files_written(tmp_path):
    run(MOTCUA, "adapters", "new", "visen", "--into", tmp_path / "own", cwd=tmp_path)
    made = {p.relative_to(tmp_path / "own").as_posix() for p in tmp_path.rglob("*") if p.is_file()}

    written = {
        name for name in made if (tmp_path / "own" / name).read_text() != (VISEN / name).read_text()
    }

    assert written == WRITTEN_BY_HAND


def test_the_installed_example_passes_the_kit(site):
    shutil.copytree(VISEN / "tests", site.parent / "alone" / "tests")

    code, said = kit(site.parent / "alone", PYTHONPATH=str(site))

    assert code == 0, said
    assert int(re.search(r"(\d+) passed", said)[1]) > 200


def test_the_installed_example_is_found_by_its_entry_point(site, tmp_path):
    code, said = run(MOTCUA, "adapters", "list", cwd=tmp_path, PYTHONPATH=str(site))

    assert code == 0, said
    assert re.search(r"^visen +Ví Sen +motcua-visen 0.1.0 +chưa bật$", said, re.MULTILINE)


def test_a_fee_is_paid_once_through_the_installed_example(site, wallet, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(site))
    toml = (
        f'[payments.visen]\nenabled = true\nbase_url = "{wallet.url}"\n'
        f'merchant = "{MERCHANT}"\nsecret = "{SECRET}"\n'
    )
    with running(tmp_path / "data", toml=toml) as house:
        phone = people.sent_dossier(house.web, "om-long-hung")
        obligation = phone.submit().json()["obligation"]
        attempt = phone.pay("visen").json()
        [order] = wallet.orders

        wallet.pay(order)
        told = [wallet.tell(order) for _ in range(3)]
        seen = phone.until(lambda found: found["obligation"]["state"] == "paid")

    assert attempt["next_action"] == {"kind": "redirect", "url": f"{wallet.url}/pay/{order}"}
    assert wallet.orders[order]["amount"] == obligation["amount"]
    assert [(answer.status_code, answer.content) for answer in told] == [(200, b'{"ok":true}')] * 3
    assert seen["obligation"]["paid"] == obligation["amount"]
    assert [one["state"] for one in seen["attempts"]] == ["succeeded"]
