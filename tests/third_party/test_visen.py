"""An adapter of somebody else: begun by the scaffold, proven by the kit, installed, paid by."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
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


@pytest.fixture(scope="module")
def wallet():
    found = Wallet()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def house(site, wallet, tmp_path_factory):
    """The running service with the example installed beside it and switched on."""
    toml = (
        f'[payments.visen]\nenabled = true\nbase_url = "{wallet.url}"\n'
        f'merchant = "{MERCHANT}"\nsecret = "{SECRET}"\n'
    )
    with pytest.MonkeyPatch.context() as here:
        here.setenv("PYTHONPATH", str(site))
        with running(tmp_path_factory.mktemp("house") / "data", toml=toml) as found:
            yield found


@pytest.fixture
def owing(house, wallet):
    """A citizen who stands before the wallet's page; nothing is paid yet."""
    phone = people.sent_dossier(house.web, "om-long-hung")
    phone.owed = phone.submit().json()["obligation"]["amount"]
    known = set(wallet.orders)
    phone.attempt = phone.pay("visen").json()
    (phone.order,) = wallet.orders.keys() - known
    return phone


def is_paid(seen):
    return seen["obligation"]["state"] == "paid"


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


def test_a_fee_is_paid_once_through_the_installed_example(owing, wallet):
    wallet.pay(owing.order)
    told = [wallet.tell(owing.order) for _ in range(3)]
    seen = owing.until(is_paid)

    page = f"{wallet.url}/pay/{owing.order}"
    assert owing.attempt["next_action"] == {"kind": "redirect", "url": page}
    assert wallet.orders[owing.order]["amount"] == owing.owed
    assert [(answer.status_code, answer.content) for answer in told] == [(200, b'{"ok":true}')] * 3
    assert seen["obligation"]["paid"] == owing.owed
    assert [one["state"] for one in seen["attempts"]] == ["succeeded"]


def test_a_provider_that_tells_nothing_is_asked_when_the_browser_comes_back(owing, wallet, house):
    wallet.pay(owing.order)

    back = httpx.get(f"{house.web}/api/v1/payments/return/visen?order={owing.order}")

    assert (back.status_code, back.headers["location"]) == (303, "/thanh-toan/ve")
    assert owing.until(is_paid)["obligation"]["paid"] == owing.owed


def test_a_notice_of_the_paid_before_the_pending_one_leaves_it_paid(owing, wallet):
    pending = dict(wallet.orders[owing.order])
    wallet.pay(owing.order)
    wallet.tell(owing.order)
    wallet.orders[owing.order] = pending

    late = wallet.tell(owing.order)

    assert late.status_code == 200
    assert owing.until(is_paid)["obligation"]["paid"] == owing.owed


def test_while_a_provider_is_down_another_way_stands_open(house, wallet):
    phone = people.sent_dossier(house.web, "om-long-hung")
    phone.submit()
    wallet.stop()

    down = phone.pay("visen")
    other = phone.pay("vietqr")

    assert down.status_code < 500
    assert other.status_code == 201, other.text
    assert other.json()["next_action"]["kind"] == "qr"
