"""Keys file, vault, signatures and links."""

# ruff: noqa: S311 - seeded randomness, so that a failing case can be replayed
import os
import random
import stat
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from backend.platform.keys import (
    KINDS,
    KeyMissing,
    Keys,
    KeysRefused,
    load_keys,
    make_keys,
    make_keys_file,
)
from backend.platform.kit.errors import NotFound
from backend.platform.links import Links
from backend.platform.signing import Forged, Signer, verify
from backend.platform.vault import OVERHEAD, SealBroken, Vault

A, B = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def fresh(seed=1):
    return make_keys(random=random.Random(seed).randbytes)


def rotated():
    old, new = fresh(1), fresh(2)
    return old, Keys(*(getattr(new, kind) + getattr(old, kind) for kind in KINDS))


def test_a_keys_file_reads_back_and_is_private(tmp_path):
    path = tmp_path / "deep" / "keys.toml"

    made = make_keys_file(path, random=os.urandom)

    assert load_keys(path, production=True) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o400


def test_a_keys_file_is_never_overwritten(tmp_path):
    path = tmp_path / "keys.toml"
    make_keys_file(path, random=os.urandom)

    with pytest.raises(FileExistsError):
        make_keys_file(path, random=os.urandom)


def test_production_refuses_keys_of_a_demonstration(tmp_path):
    path = tmp_path / "keys.toml"
    make_keys_file(path, random=os.urandom, demo=True)

    assert load_keys(path).demo
    with pytest.raises(KeysRefused, match="demonstration"):
        load_keys(path, production=True)


def test_production_refuses_keys_that_others_can_read(tmp_path):
    path = tmp_path / "keys.toml"
    make_keys_file(path, random=os.urandom)
    path.chmod(0o640)

    with pytest.raises(KeysRefused, match="chmod"):
        load_keys(path, production=True)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("wrap = ", "not TOML"),
        ("", r"no \[\[wrap\]\]"),
        ("[[wrapp]]\n", "'wrapp'"),
        ('[[wrap]]\nid = "w"\nsecret = "short"\n', "'w'"),
        ('[[wrap]]\nid = ""\n', "number 1"),
        ("wrap = [1]\n", "number 1"),
    ],
)
def test_a_broken_keys_file_is_named_without_its_content(tmp_path, text, named):
    path = tmp_path / "keys.toml"
    path.write_text(text)

    with pytest.raises(KeysRefused, match=named):
        load_keys(path)


def test_a_missing_keys_file_says_how_to_make_one(tmp_path):
    with pytest.raises(KeysRefused, match="motcua keys"):
        load_keys(tmp_path / "keys.toml")


def test_keys_show_only_their_ids():
    keys = fresh()

    assert keys.wrap[0][0] in repr(keys)
    assert repr(keys.wrap[0][1]) not in repr(keys)


def test_what_is_sealed_opens_again():
    _wrapped, key = Vault(fresh()).new_key(A)

    sealed = key.seal("dossiers.private.1", b"Nguyen")

    assert len(sealed) == len(b"Nguyen") + OVERHEAD
    assert key.open("dossiers.private.1", sealed) == b"Nguyen"


def test_sealed_bytes_open_in_no_other_place_and_no_other_dossier():
    vault = Vault(fresh())
    wrapped, key = vault.new_key(A)
    sealed = key.seal("here", b"x")

    with pytest.raises(SealBroken):
        key.open("there", sealed)
    with pytest.raises(SealBroken):
        vault.open_key(wrapped, B)


def test_an_altered_or_cut_value_does_not_open():
    _wrapped, key = Vault(fresh()).new_key(A)
    sealed = key.seal("here", b"a longer text")

    for broken in [
        b"",
        sealed[:-1],
        sealed[:20],
        *(_flipped(sealed, at) for at in range(0, 40, 3)),
    ]:
        with pytest.raises(SealBroken):
            key.open("here", broken)


def test_a_wrapped_key_cut_short_does_not_open():
    vault = Vault(fresh())
    wrapped, _key = vault.new_key(A)

    for end in range(len(wrapped)):
        with pytest.raises((SealBroken, KeyMissing)):
            vault.open_key(wrapped[:end], A)


def test_after_rotation_old_keys_still_open_and_new_ones_are_used():
    old, both = rotated()
    wrapped, key = Vault(old).new_key(A)
    sealed = key.seal("here", b"x")

    assert Vault(both).open_key(wrapped, A).open("here", sealed) == b"x"
    assert both.wrap[0][0].encode() in Vault(both).new_key(A)[0]


def test_a_key_that_is_gone_is_named():
    wrapped, _key = Vault(fresh(1)).new_key(A)

    with pytest.raises(KeyMissing, match=fresh(1).wrap[0][0]):
        Vault(fresh(2)).open_key(wrapped, A)


def test_a_further_index_key_hides_nothing_that_was_found_before():
    old, both = rotated()

    assert Vault(both).blind("om", "bưởi") == Vault(old).blind("om", "bưởi")


def test_a_blind_index_depends_on_word_unit_and_key():
    vault = Vault(fresh(1))

    blind = vault.blind("om-long-hung", "nguyen")

    assert blind == vault.blind("om-long-hung", "nguyen")
    assert (
        len(
            {
                blind,
                vault.blind("om-long-hun", "gnguyen"),
                vault.blind("om-long-hung", "nguyet"),
                Vault(fresh(2)).blind("om-long-hung", "nguyen"),
            }
        )
        == 4
    )


def test_open_keys_show_nothing():
    assert repr(Vault(fresh()).new_key(A)[1]) == "DossierKey(…)"


def test_a_signature_is_checked_with_the_public_keys_alone():
    signer = Signer(fresh())

    token = signer.sign('{"á":1}'.encode())

    assert verify(token, signer.jwks()) == '{"á":1}'.encode()
    assert token == signer.sign('{"á":1}'.encode())
    assert all("d" not in key for key in signer.jwks()["keys"])


def test_old_signatures_hold_after_rotation():
    old, both = rotated()

    assert verify(Signer(old).sign(b"x"), Signer(both).jwks()) == b"x"


def test_no_altered_token_is_taken():
    signer = Signer(fresh())
    token = signer.sign(b"payload")

    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        with pytest.raises(Forged):
            verify(token[:at] + other + token[at + 1 :], signer.jwks())


@pytest.mark.parametrize(
    "token",
    ["", "a.b", "a.b.c.d", "..", "á.b.c", "e30.e30.AAAA", "eyJhbGciOiJub25lIiwia2lkIjoiYSJ9.e30."],
)
def test_what_is_no_token_of_ours_is_forged(token):
    with pytest.raises(Forged):
        verify(token, Signer(fresh()).jwks())


def test_a_foreign_signature_is_forged():
    with pytest.raises(Forged):
        verify(Signer(fresh(1)).sign(b"x"), Signer(fresh(2)).jwks())


def test_a_link_leads_to_its_file_until_its_end():
    links = Links(fresh())

    token = links.make(A, "ab" * 32, purpose="onestop", until=NOW + timedelta(hours=72))

    link = links.read(token, now=NOW + timedelta(hours=72))
    assert (link.dossier, link.what, link.purpose) == (A, "ab" * 32, "onestop")
    with pytest.raises(NotFound):
        links.read(token, now=NOW + timedelta(hours=72, seconds=1))


def test_no_altered_link_leads_anywhere():
    links = Links(fresh())
    token = links.make(A, "receipt", purpose="citizen", until=NOW)

    for broken in [
        "",
        "á",
        "A",
        token[:-1],
        token + "A",
        token[:10] + ("x" if token[10] != "x" else "y") + token[11:],
        "A" * 9999,
    ]:
        with pytest.raises(NotFound):
            links.read(broken, now=NOW)


def test_links_survive_rotation():
    old, both = rotated()
    token = Links(old).make(A, "slip", purpose="citizen", until=NOW)

    assert Links(both).read(token, now=NOW).what == "slip"


def _flipped(sealed, at):
    return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
