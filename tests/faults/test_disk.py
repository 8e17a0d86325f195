"""A disk that is full or lies: no false acknowledgement, and the service recovers by itself."""

import hashlib
import os
import shutil
import subprocess
import time

import pytest

from tests.contract.people import Phone, entry, example, photo
from tests.faults.installation import WARD, installed

SMALL = "48m"


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a file system of a few megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=700", "tmpfs", folder],
        stderr=subprocess.PIPE,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small file system can be made here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    """Take all the room there is; give the file that holds it."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(folder).free)
        while shutil.disk_usage(folder).free:
            file.seek(0, os.SEEK_END)
            file.write(b"x" * 4096)
            file.flush()
    return filler


def drafted(house, seed, *, big=False):
    phone = Phone(house.web, example(house.web, WARD))
    data = photo(seed, width=2400, height=3200) if big else photo(seed)
    phone.attach("uy_quyen", entry(data))
    return phone, data


def is_full(answer):
    """Tell whether an answer says what a full disk should say."""
    assert answer.status_code in {503, 507}, answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert "máy" in answer.json()["title"]
    return answer.status_code == 507


def test_on_a_full_disk_nothing_is_acknowledged_and_afterwards_all_goes_on(small_disk):
    with installed(small_disk / "data") as house:
        ready, data = drafted(house, 1)
        waiting, other = drafted(house, 2, big=True)
        assert ready.save().status_code == waiting.save().status_code == 201
        assert ready.send(data).status_code == 201

        filler = fill(small_disk)
        refused = [waiting.send(other)]
        fresh = [drafted(house, seed) for seed in range(10, 40)]
        saves = [phone.save() for phone, _ in fresh]
        submitted = ready.submit()
        reading = ready.look()
        filler.unlink()

        assert any(is_full(answer) for answer in refused)
        for (phone, _), answer in zip(fresh, saves, strict=True):
            if answer.status_code == 201:
                assert phone.look()["state"] == "draft"
            else:
                is_full(answer)
        assert reading["files"][0]["sha256"] == hashlib.sha256(data).hexdigest()
        assert submitted.status_code == 200 or is_full(submitted)
        again = ready.submit()
        assert again.status_code == 200, again.text
        if submitted.status_code == 200:
            assert again.json()["receipt"] == submitted.json()["receipt"]
        assert waiting.send(other).status_code in {200, 201}
        assert waiting.submit().status_code == 200


def test_after_a_failed_fsync_the_process_ends_without_an_answer_and_another_goes_on(tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: it makes fsync fail from outside (apt: strace)")
    with installed(tmp_path / "data") as house:
        phone, data = drafted(house, 3)
        assert phone.save().status_code == 201
        worker = house.pids()["web worker"]
        tracer = subprocess.Popen(
            [
                *("strace", "-f", "-qq", "-p", str(worker), "-o", tmp_path / "strace.txt"),
                *("-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO"),
            ],
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 10
        while f"TracerPid:\t{tracer.pid}" not in status(worker) and time.monotonic() < until:
            time.sleep(0.02)

        try:
            answered = phone.send(data).status_code
        except Exception:  # noqa: BLE001 - the connection may end in any way but an answer of 2xx
            answered = 0
        tracer.wait(10)
        house.wait_for("service")

        assert answered not in {200, 201, 204}
        assert house.pids()["web worker"] != worker
        assert phone.send(data).status_code in {200, 201}
        assert phone.submit().status_code == 200


def status(pid):
    try:
        with open(f"/proc/{pid}/status") as file:  # noqa: PTH123 - not a file of ours
            return file.read()
    except OSError:
        return ""
