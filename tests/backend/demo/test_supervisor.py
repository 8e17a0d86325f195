"""What a person reads when the demo cannot start: one sentence, and nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.demo.folder import DemoFolder
from backend.demo.supervisor import LAST_PORT, Child, Supervisor, free_ports, note_of
from backend.platform.db import hold_lock

HOST = "127.0.0.1"


def supervisor(data: Path) -> Supervisor:
    return Supervisor(host=HOST, port=free_ports(HOST, [0])[0] % LAST_PORT or 1, data=data)


@pytest.mark.parametrize("port", [0, -1, LAST_PORT + 1, 99_999])
def test_a_port_that_cannot_be_is_named(tmp_path, port):
    with pytest.raises(SystemExit, match=f"từ 1 đến {LAST_PORT}"):
        Supervisor(host=HOST, port=port, data=tmp_path)


def test_a_folder_in_use_is_left_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("backend.demo.supervisor.STOP_SECONDS", 0.0)
    (tmp_path / "demo.json").write_text("of the other one")

    with hold_lock(tmp_path), pytest.raises(SystemExit, match="đang có bản khác chạy"):
        supervisor(tmp_path)._wait_for_folder()

    assert (tmp_path / "demo.json").read_text() == "of the other one"
    assert not (tmp_path / "settings.toml").exists()


def test_a_folder_that_was_let_go_is_taken(tmp_path):
    hold_lock(tmp_path).release()

    supervisor(tmp_path)._wait_for_folder()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SystemExit, match="Không ghi được vào thư mục"):
        DemoFolder(tmp_path / "file" / "data", host=HOST, ports=(1, 2, 3)).is_in_use()


def test_broken_demo_settings_are_named(tmp_path):
    (tmp_path / "demo.toml").write_text("mode = ")

    with pytest.raises(SystemExit, match=r"Sửa tệp .*demo\.toml"):
        DemoFolder(tmp_path, host=HOST, ports=(1, 2, 3)).prepare()


def interrupted(folder: DemoFolder, monkeypatch, *, code: int = 1, said: str = "") -> None:
    """Start for the first time; filling leaves half a database and ends with this code."""

    def fill(command, **_options):
        for name in ("motcua.db", "bank.sqlite3"):
            with (folder.data / name).open("a") as books:
                books.write("half")
        return subprocess.CompletedProcess(command, code, stdout=said.encode())

    monkeypatch.setattr("backend.demo.folder.subprocess.run", fill)
    folder.prepare()


def test_a_first_start_that_was_interrupted_begins_anew(tmp_path, monkeypatch):
    folder = DemoFolder(tmp_path, host=HOST, ports=(1, 2, 3))
    with pytest.raises(SystemExit, match="rồi chạy lại"):
        interrupted(folder, monkeypatch)

    said = json.dumps({"accounts": [{"login": "lanhdao"}], "posters": []})
    interrupted(folder, monkeypatch, code=0, said=said)

    assert (tmp_path / "motcua.db").read_text() == "half"
    assert (tmp_path / "bank.sqlite3").read_text() == "half"
    assert not (tmp_path / "filling").exists()
    assert json.loads((tmp_path / "demo.json").read_text())["accounts"]


def test_a_database_that_no_first_start_began_is_never_cleared(tmp_path, monkeypatch):
    (tmp_path / "motcua.db").write_text("of a ward, ")
    folder = DemoFolder(tmp_path, host=HOST, ports=(1, 2, 3))

    for _start in range(2):
        with pytest.raises(SystemExit):
            interrupted(folder, monkeypatch)

    assert (tmp_path / "motcua.db").read_text() == "of a ward, halfhalf"


def test_a_warning_about_this_machine_is_a_sentence_and_other_lines_are_none():
    warning = json.dumps({"event": "sqlite-version", "version": "3.40.1", "reason": "WAL"})

    note = note_of(warning)

    assert note
    assert note.strip() == (
        "Lưu ý: máy này dùng SQLite 3.40.1, vẫn an toàn. "
        "Khi đang chạy, đừng để chương trình khác ghi vào tệp dữ liệu."
    )
    assert note_of(json.dumps({"event": "sqlite", "version": "3.40.1"})) is None


def test_what_a_process_says_is_labelled_but_where_it_listens_the_table_says(capfd):
    says = "print('4711 http://127.0.0.1:8001'); print('kho lưu đầy')"

    child = Child("bank", [sys.executable, "-c", says], os.environ | {"PYTHONIOENCODING": "utf-8"})
    child.thread.join()
    child.process.communicate()

    assert capfd.readouterr().out == "bank    | kho lưu đầy\n"
