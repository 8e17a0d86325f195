"""What an operator does wrong is told in a sentence, never in a traceback."""

import subprocess

from tests.faults.installation import MOTCUA, ROOT, Installation, installed
from tests.running import free_port


def test_two_servers_on_one_data_folder_are_refused_with_a_sentence(tmp_path):
    with installed(tmp_path / "data", officers=()) as house:
        said = house.run("officers", "list", check=False)
        second = subprocess.Popen(
            [*MOTCUA, "serve", "--port", str(free_port())],
            cwd=ROOT,
            env=house.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            words = second.communicate(timeout=30)[0].decode()
        finally:
            second.kill()

        assert "Traceback" not in said + words
        assert str(tmp_path / "data") in said
        assert str(tmp_path / "data") in words
        assert second.returncode not in {0, -9}
        house.wait_for("service")


def test_an_officer_of_an_unknown_unit_or_a_taken_login_is_refused_with_a_sentence(tmp_path):
    house = Installation(tmp_path / "data")
    house.prepare(officers=(("officer", "om-long-hung"),))

    unknown = house.run("officers", "add", "lan", "--unit", "khong-co", check=False)
    taken = house.run("officers", "add", "officer-0", "--unit", "om-long-hung", check=False)
    blank = house.run("officers", "add", " ", "--unit", "om-long-hung", check=False)

    assert "Không có đơn vị này" in unknown
    assert "đã có người dùng" in taken
    assert "Traceback" not in unknown + taken + blank
