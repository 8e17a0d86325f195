"""The command `motcua`: what its help says, and what `verify` calls genuine from published keys."""

import argparse
import json
from collections.abc import Iterator

import pytest

from backend import cli
from backend.platform.keys import make_keys
from backend.platform.signing import Signer

PLAIN = {
    "amount": 8000,
    "code": "7KQ4XRTM23ABC",
    "files": [],
    "procedure": "2.000635",
    "unit": "om-long-hung",
    "v": 1,
}


@pytest.fixture
def signer():
    return Signer(make_keys(random=lambda size: b"\x07" * size))


@pytest.fixture
def keys(tmp_path, signer):
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(signer.jwks()))
    return str(path)


@pytest.fixture
def token(signer):
    return signer.sign(json.dumps(PLAIN).encode())


def test_a_token_longer_than_any_file_name_is_proven(keys, token, capsys):
    assert len(token) > 255

    assert cli.main(["verify", token, "--keys", keys]) == 0

    assert capsys.readouterr().out.startswith("THẬT")


def test_a_receipt_in_a_file_is_proven(keys, token, tmp_path, capsys):
    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps({**PLAIN, "signature": token}))

    assert cli.main(["verify", str(receipt), "--keys", keys]) == 0

    assert capsys.readouterr().out.startswith("THẬT")


def test_a_receipt_that_says_something_else_than_was_signed_is_not_genuine(
    keys, token, tmp_path, capsys
):
    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps({**PLAIN, "amount": 0, "signature": token}))

    assert cli.main(["verify", str(receipt), "--keys", keys]) == 1

    assert capsys.readouterr().out.startswith("KHÔNG THẬT")


def test_a_forged_token_is_not_genuine(keys, token):
    assert cli.main(["verify", token[:-4] + "AAAA", "--keys", keys]) == 1


def test_a_mistyped_file_name_is_not_called_a_forgery(keys, capsys):
    assert cli.main(["verify", "bien-nhan.json", "--keys", keys]) == 2

    assert capsys.readouterr().err == "Không đọc được tệp bien-nhan.json.\n"


@pytest.mark.parametrize("content", ["no JSON", "[]", "{}"])
def test_a_file_that_is_no_receipt_is_told_in_a_sentence(keys, tmp_path, content, capsys):
    wrong = tmp_path / "wrong.json"
    wrong.write_text(content)

    assert cli.main(["verify", str(wrong), "--keys", keys]) == 2

    assert "Tệp không đúng dạng." in capsys.readouterr().err


def explained(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    """Walk through every word that a command and those below it take."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from explained(below)
        else:
            yield parser.prog, action


def test_every_word_of_every_command_is_explained():
    words = list(explained(cli.parser()))

    assert len(words) > 50
    assert [(prog, one.dest) for prog, one in words if not one.help] == []
