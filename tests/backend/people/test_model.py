"""Officers' words and rules."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from backend.people import model
from backend.platform.kit.ids import ALPHABET

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def seeded(seed):
    return Random(seed).randbytes  # noqa: S311 - repeatable on purpose


def test_a_session_lives_while_it_is_used():
    started = NOON - timedelta(hours=11, minutes=59)
    seen = NOON - timedelta(minutes=29)

    assert model.alive(started=started, seen=seen, now=NOON)


def test_a_session_ends_after_thirty_idle_minutes():
    assert not model.alive(
        started=NOON - timedelta(hours=1), seen=NOON - timedelta(minutes=30), now=NOON
    )


def test_a_session_ends_after_twelve_hours_however_much_it_is_used():
    assert not model.alive(started=NOON - timedelta(hours=12), seen=NOON, now=NOON)


def test_a_login_is_the_same_in_any_case_and_normal_form():
    assert model.login_key(" Bích.Lan ") == model.login_key("bi\u0301ch.lan") == "bích.lan"


def test_what_nobody_can_type_is_no_login():
    assert model.login_key("") is None
    assert model.login_key("lan\x00") is None
    assert model.login_key("lan\u202eadmin") is None
    assert model.login_key("a" * 65) is None


@given(st.integers())
def test_a_password_can_be_read_aloud(seed):
    password = model.make_password(seeded(seed))

    groups = password.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)


def test_a_token_is_kept_only_as_its_hash():
    token = model.make_token(seeded(1))

    assert len(token) == 43
    assert token.encode() not in model.token_hash(token)
    assert len(model.token_hash(token)) == 32


def test_a_strange_cookie_is_just_another_token():
    assert len(model.token_hash("\ud800")) == 32
