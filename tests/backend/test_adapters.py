"""The command `motcua adapters`: a beginning is written, and the list says what can be used."""

import re
from datetime import datetime
from importlib.metadata import EntryPoint

import pytest

from backend import adapters, cli
from backend.payments import ProviderHealth
from backend.platform.kit.clock import VIETNAM
from payment_adapters.contract import GROUP

SETTINGS = """\
mode = "test"
[payments.counter]
enabled = true
[payments.sandbox]
enabled = true
base_url = "https://bank.example.vn/path"
merchant = "m"
secret = "the-secret-of-the-sandbox"
[payments.gold]
enabled = true
"""


def listed(capsys):
    assert cli.main(["adapters", "list"]) == 0
    shown = capsys.readouterr()
    return {line.split()[0]: line for line in shown.out.splitlines()}, shown.err


@pytest.fixture
def configured(tmp_path, monkeypatch):
    (tmp_path / "motcua.toml").write_text(SETTINGS)
    monkeypatch.setenv("MOTCUA_CONFIG", str(tmp_path / "motcua.toml"))


def register(monkeypatch, *points):
    found = [EntryPoint(name, value, GROUP) for name, value in points]
    monkeypatch.setattr(adapters, "entry_points", lambda group: found)


def test_a_beginning_is_written_under_its_name(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert cli.main(["adapters", "new", "visen"]) == 0

    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert made == {
        "motcua-visen/README.md",
        "motcua-visen/pyproject.toml",
        "motcua-visen/motcua_visen/__init__.py",
        "motcua-visen/motcua_visen/adapter.py",
        "motcua-visen/motcua_visen/wire.py",
        "motcua-visen/tests/test_visen.py",
    }
    assert not [p for p in tmp_path.rglob("*.*") if p.is_file() and "@" in p.read_text()[:400]]
    assert "motcua-visen/README.md" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["Visen", "vi-sen", "v", "1sen", "ví", "../sen", "x" * 31])
def test_an_odd_name_is_refused_in_a_sentence(name, tmp_path, capsys):
    assert cli.main(["adapters", "new", name, "--into", str(tmp_path / "own")]) == 2

    assert "no name" in capsys.readouterr().err
    assert not (tmp_path / "own").exists()


def test_nothing_is_written_over(tmp_path, capsys):
    (tmp_path / "mine.py").write_text("x = 1\n")

    assert cli.main(["adapters", "new", "visen", "--into", str(tmp_path)]) == 2

    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


@pytest.mark.usefixtures("configured")
def test_the_list_tells_what_is_on_off_wrongly_set_and_missing(capsys):
    lines, _ = listed(capsys)

    assert re.fullmatch(r"counter +Trả tại quầy +mot-cua-qr \S+ +đang dùng", lines["counter"])
    assert lines["vietqr"].endswith("chưa bật")
    assert "không dùng được: payments.sandbox.base_url" in lines["sandbox"]
    assert lines["gold"].endswith("chưa cài gói nào có kênh này")
    assert "the-secret" not in "".join(lines.values())


@pytest.mark.usefixtures("configured")
def test_a_broken_distribution_and_a_name_taken_twice_are_listed_and_stop_nothing(
    capsys, monkeypatch
):
    counter = "payment_adapters.counter.adapter:create"
    register(monkeypatch, ("broken", "nowhere.at:all"), ("counter", counter), ("counter", counter))

    lines, _ = listed(capsys)

    assert lines["broken"].endswith("không nạp được (ModuleNotFoundError)")
    assert lines["counter"].endswith("không dùng được: hai gói cùng tên")


def test_without_settings_the_list_tells_what_is_installed_and_says_so(
    capsys, monkeypatch, tmp_path
):
    (tmp_path / "motcua.toml").write_text("mode = 5\n")
    monkeypatch.setenv("MOTCUA_CONFIG", str(tmp_path / "motcua.toml"))

    lines, words = listed(capsys)

    assert lines["vietqr"].endswith("chưa bật")
    assert "Chưa đọc được cấu hình" in words


def test_the_operator_reads_who_answers_and_which_way_is_hidden(tmp_path, capsys, monkeypatch):
    (tmp_path / "motcua.toml").write_text(SETTINGS.replace("/path", ""))
    monkeypatch.setenv("MOTCUA_CONFIG", str(tmp_path / "motcua.toml"))
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path / "data"))
    assert cli.main(["migrate"]) == 0
    capsys.readouterr()

    assert cli.main(["adapters", "health"]) == 0

    shown = dict(line.split(None, 1) for line in capsys.readouterr().out.splitlines())
    assert re.fullmatch(r"Trả tại quầy +không gọi ra ngoài", shown["counter"])
    assert shown["sandbox"].endswith("đang trả lời")


@pytest.mark.parametrize(
    ("down", "words"),
    [
        (False, "không trả lời 4 lần liền, từ 12:00 ngày 22/11"),
        (True, "không trả lời 4 lần liền, từ 12:00 ngày 22/11; đang ẩn với người dân"),
    ],
)
def test_a_provider_that_does_not_answer_is_told_with_its_hour(down, words):
    since = datetime(2026, 11, 22, 12, 0, tzinfo=VIETNAM)
    one = ProviderHealth(adapter="m", title="M", calls=True, silent=4, since=since, down=down)

    assert adapters.answers(one) == words
